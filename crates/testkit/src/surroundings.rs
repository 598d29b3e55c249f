//! Surroundings that answer what they were told, and say what is missing for everything else.

use std::collections::BTreeMap;

use bonafide_model::{
    check::Missing,
    lens::{Answer, Question, Surroundings},
};

/// Fixed answers.
#[derive(Clone, Debug, Default)]
pub struct Told(BTreeMap<Question, Answer>);

impl Told {
    /// Nothing is known of anything.
    #[must_use]
    pub fn nothing() -> Self {
        Self::default()
    }

    /// Adds an answer.
    pub fn tell(&mut self, question: Question, answer: Answer) {
        self.0.insert(question, answer);
    }
}

impl Surroundings for Told {
    fn answer(&self, question: &Question) -> Answer {
        self.0.get(question).cloned().unwrap_or_else(|| Err(Missing::new(question.need(), "nothing is loaded")))
    }
}
