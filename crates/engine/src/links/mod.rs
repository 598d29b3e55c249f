//! The room of the link graph: who else holds a value, who belongs together, and how far it is to somebody known to be bad.
//!
//! It is made from the dossiers of one call and of the store, linked with each other at once; evidence names other subjects by id
//! and never by their values. Names never make anybody a suspect; popular values say nothing; what people of one household, firm or
//! course share as a matter of course is told as such. Only people's decisions make anybody known bad.

mod answers;
mod circle;
mod gather;
mod innocent;
mod names;
mod postings;

use bonafide_linkage::people::{Applicants, Linked, Names, RowsById};
use bonafide_model::{
    assessment::LensVersions,
    check::{Missing, Need},
    id::SubjectId,
    lens::{Answer, Question, Reply},
};

use self::{gather::About, postings::Postings};
use crate::house::Room;

pub use bonafide_linkage::Error;
pub use gather::Links;

/// Subjects linked with each other.
pub struct LinkRoom {
    applicants: Applicants,
    rows: RowsById,
    linked: Linked,
    names: Names,
    about: Vec<About>,
    postings: Postings,
    version: String,
    /// What is there to compare with at all.
    knows: Knows,
}

/// What the graph holds of some kind; what it does not hold it cannot answer.
#[derive(Clone, Copy, Debug, Default)]
struct Knows {
    rings: bool,
    known_bad: bool,
    texts: usize,
    known_bad_texts: bool,
    /// Whether somebody of a ring or known to be bad follows accounts.
    circles: bool,
}

impl LinkRoom {
    fn new(applicants: Applicants, linked: Linked, about: Vec<About>, postings: Postings, version: String) -> Self {
        let is_suspect = |row: usize| about[row].known_bad || linked.ring(row as u32).is_some();
        let knows = Knows {
            circles: (0..about.len()).any(|row| !about[row].follows.is_empty() && is_suspect(row)),
            rings: linked.rings() > 0,
            known_bad: about.iter().any(|known| known.known_bad),
            texts: about.iter().filter(|known| known.has_text).count(),
            known_bad_texts: about.iter().any(|known| known.known_bad && known.has_text),
        };
        let (rows, names) = (applicants.rows_by_id(), linked.names(&applicants));
        Self { applicants, rows, linked, names, about, postings, version, knows }
    }

    /// Number of subjects.
    #[must_use]
    pub fn subjects(&self) -> usize {
        self.about.len()
    }

    /// Number of rings.
    #[must_use]
    pub fn rings(&self) -> usize {
        self.linked.rings()
    }

    /// A hash over the subjects, their facts, and who is known to be bad.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.version
    }

    /// All other subjects of a subject's ring: those of its own person and of everybody else's.
    #[must_use]
    pub fn ring_of(&self, subject: &SubjectId) -> Vec<SubjectId> {
        let Some(row) = self.row(subject) else { return Vec::new() };
        let mates = self.linked.ring_mates(&self.applicants, row);
        if mates.is_empty() {
            return Vec::new();
        }
        let all = mates.iter().chain(std::iter::once(&row)).flat_map(|&mate| self.linked.rows_of_person(mate));
        let mut ids: Vec<SubjectId> =
            all.filter(|&&other| other != row).map(|&other| SubjectId::new(self.applicants.id(other))).collect();
        ids.sort_unstable();
        ids.dedup();
        ids
    }

    fn row(&self, subject: &SubjectId) -> Option<u32> {
        self.rows.get(subject.as_str(), &self.applicants)
    }

    /// Why a question cannot be answered from what there is.
    fn lacks(&self, question: &Question) -> Option<&'static str> {
        let knows = self.knows;
        match question {
            Question::Dismissals(_) => Some("no dismissal of a worker is recorded"),
            Question::Neighbourhood(_) if !knows.circles => Some("no known cluster's circle of accounts is recorded"),
            _ if self.about.len() < 2 => Some("there is no other subject to compare with"),
            Question::Clusters(_) if !knows.rings && !knows.known_bad => Some("no ring and no confirmed case is known"),
            Question::Templates(_) if !knows.known_bad_texts => Some("no confirmed case has a résumé whose template is known"),
            Question::SharedPassages(_) if knows.texts < 2 => Some("there is no other résumé to compare with"),
            _ => None,
        }
    }
}

impl Room for LinkRoom {
    fn answer(&self, _question: &Question) -> Option<Answer> {
        None
    }

    fn answer_to(&self, subject: &SubjectId, question: &Question) -> Option<Answer> {
        if question.need() != Need::LinkGraph {
            return None;
        }
        let row = self.row(subject)?;
        if let Some(why) = self.lacks(question) {
            return Some(Err(Missing::new(Need::LinkGraph, why)));
        }
        let reply = match question {
            Question::Holders(identifier) => Reply::Holders(self.holders(row, identifier)),
            Question::Clusters(identifier) => Reply::Clusters(self.clusters(row, identifier)),
            Question::Templates(_) => Reply::Templates(self.templates(row)),
            Question::SharedPassages(_) => Reply::SharedPassages(self.shared_passages(row)),
            Question::Ties(_) => Reply::Ties(self.ties(row)),
            Question::Neighbourhood(_) => Reply::Neighbourhood(self.neighbourhood(row)),
            Question::OtherTellings(_) => Reply::OtherTellings(self.other_tellings(row)),
            _ => return None,
        };
        Some(Ok(reply))
    }

    fn versions(&self, versions: &mut LensVersions) {
        versions.links.clone_from(&self.version);
    }
}
