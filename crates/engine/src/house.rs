//! The surroundings of an assessment: reference tables always, and whatever rooms are open.

use std::sync::Arc;

use bonafide_model::{
    assessment::LensVersions,
    check::{Missing, Need},
    id::SubjectId,
    lens::{Answer, Question, Surroundings},
};

use crate::{run::Versioned, tables::Tables};

/// A room that answers some of the questions. `None`: the question is for another room.
pub trait Room: Send + Sync {
    /// Answers a question that belongs to this room.
    fn answer(&self, question: &Question) -> Option<Answer>;

    /// Answers a question that belongs to this room and is asked on behalf of a subject.
    fn answer_to(&self, _subject: &SubjectId, question: &Question) -> Option<Answer> {
        self.answer(question)
    }

    /// Adds the versions of what the room holds.
    fn versions(&self, versions: &mut LensVersions);
}

/// Everything that surrounds a subject: reference tables, and the rooms that are open in this run.
///
/// Without any list or intel loaded the house still answers: it says what is missing and which command adds it.
#[derive(Clone, Default)]
pub struct House {
    tables: Arc<Tables>,
    rooms: Vec<Arc<dyn Room>>,
}

impl House {
    /// The built-in reference tables and nothing else.
    #[must_use]
    pub fn offline() -> Self {
        Self { tables: Arc::new(Tables::builtin()), rooms: Vec::new() }
    }

    /// Replaces the reference tables.
    #[must_use]
    pub fn with_tables(mut self, tables: Tables) -> Self {
        self.tables = Arc::new(tables);
        self
    }

    /// Opens a room.
    #[must_use]
    pub fn with_room(mut self, room: Arc<dyn Room>) -> Self {
        self.rooms.push(room);
        self
    }

    /// The reference tables.
    #[must_use]
    pub fn tables(&self) -> &Tables {
        &self.tables
    }
}

impl Surroundings for House {
    fn answer(&self, question: &Question) -> Answer {
        self.rooms
            .iter()
            .find_map(|room| room.answer(question))
            .or_else(|| self.tables.answer(question))
            .unwrap_or_else(|| Err(not_loaded(question)))
    }

    fn answer_to(&self, subject: &SubjectId, question: &Question) -> Answer {
        self.rooms
            .iter()
            .find_map(|room| room.answer_to(subject, question))
            .or_else(|| self.tables.answer(question))
            .unwrap_or_else(|| Err(not_loaded(question)))
    }
}

impl Versioned for House {
    fn versions(&self) -> LensVersions {
        let mut versions = LensVersions { tables: self.tables.hash().to_string(), ..LensVersions::default() };
        for room in &self.rooms {
            room.versions(&mut versions);
        }
        versions
    }
}

fn not_loaded(question: &Question) -> Missing {
    let what = match (question, question.need()) {
        (Question::Package(_), _) => "no list of malicious packages is loaded",
        (Question::IpTraits(_), _) => "no list of VPN, proxy and hosting ranges is loaded",
        (Question::IpPlace(_), _) => "no GeoIP database is loaded",
        (Question::Employer(_), _) => "no register of employers is loaded",
        (Question::School(_), _) => "no register of schools is loaded",
        (_, Need::Intel) => "no indicators are loaded",
        (_, Need::WatchList) => "no watch list is loaded",
        (_, Need::LinkGraph) => "this run does not link subjects with each other",
        _ => "nothing is loaded that could answer",
    };
    Missing::new(question.need(), what)
}
