//! When the surroundings change: whose answers would be others now.
//!
//! Every assessment recorded what it asked. A change of a list is run against those questions without assessing anybody, so that a list
//! of thousands of entries costs little where it means nobody; ranges and tables are asked once more what they were asked then.

use std::collections::BTreeSet;

use bonafide_model::{
    check::Need,
    id::SubjectId,
    lens::{Answer, Asked, IpTraits, Question, Reply, Surroundings},
};
use bonafide_watchlist::{
    entry::Entry,
    rescreen::{self, Memory, Options, People, Population, Subject, SubjectKey, rescreen},
    screening::Screener,
};

use crate::lists::{QUESTION_SCORE_IN_SCRIPT, wanted};

/// What changed between the versions of the lists that some subjects were assessed with and those in force.
#[derive(Debug, Default)]
pub struct ListChange {
    /// Entries that are new or say something else.
    pub newer: Vec<Entry>,
    /// Ids of entries that are gone or say something else.
    pub older: BTreeSet<String>,
}

impl ListChange {
    /// The subjects whose answers may be others now: those that an entry of the change may fit, those that one of them fitted, and those
    /// that were never answered. `lists` are those in force; with each subject comes what it asked.
    #[must_use]
    pub fn touches(&self, lists: &Screener, subjects: &[(SubjectId, Vec<Asked>)]) -> BTreeSet<SubjectId> {
        let mut touched = BTreeSet::new();
        let mut questions = Vec::new();
        for (subject, asked) in subjects {
            for (number, Asked { question, answer, .. }) in asked.iter().enumerate() {
                let Question::ListHits(query) = question else { continue };
                match answer {
                    Ok(Reply::ListHits(hits)) if !hits.iter().any(|hit| self.older.contains(&hit.entry)) => {
                        // Each question of a subject is a party of its own.
                        let population = Population(number.to_string().into());
                        let key = SubjectKey { population, subject: subject.clone() };
                        questions.push(Subject { key, wanted: wanted(query) });
                    }
                    _ => drop(touched.insert(subject.clone())),
                }
            }
        }
        questions.retain(|question| !touched.contains(&question.key.subject));
        let people = People::new(questions);
        let change = rescreen::ListChange { entries: self.newer.iter().collect(), removed: Vec::new() };
        let options = Options { threshold: QUESTION_SCORE_IN_SCRIPT, ..Options::default() };
        let outcome = rescreen(&people, lists, &change, &Memory::default(), &options);
        touched.extend(outcome.opened.into_iter().map(|alert| alert.subject.subject));
        touched
    }
}

/// Whether network ranges or reference tables tell a subject something else now than they told it then. Another version of a file that
/// says the same of it is no news.
#[must_use]
pub fn tell_otherwise(surroundings: &dyn Surroundings, subject: &SubjectId, asked: &[Asked]) -> bool {
    let of_tables = asked.iter().filter(|asked| matches!(asked.question.need(), Need::NetworkData | Need::ReferenceTable));
    of_tables.into_iter().any(|asked| {
        let now = surroundings.answer_to(subject, &asked.question);
        substance(&asked.answer) != substance(&now)
    })
}

/// What an answer says, without where it says it from; nothing where it says nothing.
fn substance(answer: &Answer) -> Option<Reply> {
    let mut reply = answer.clone().ok()?;
    match &mut reply {
        Reply::IpTraits(traits) if traits.categories.is_empty() => return None,
        Reply::IpTraits(traits) => {
            *traits = IpTraits { categories: std::mem::take(&mut traits.categories), ..IpTraits::default() }
        }
        Reply::IpPlace(place) => place.source.clear(),
        Reply::Employer(None) | Reply::School(None) | Reply::Technology(None) => return None,
        Reply::Employer(Some(record)) => record.source.clear(),
        Reply::School(Some(record)) => record.source.clear(),
        Reply::Technology(Some(record)) => record.source.clear(),
        _ => {}
    }
    Some(reply)
}
