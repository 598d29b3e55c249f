//! The room of the link graph: who else holds a value, who belongs together, and how far it is to somebody known to be bad.
//!
//! It is made from the dossiers of one call and of the store, linked with each other at once; evidence names other subjects by id
//! and never by their values. Names never make anybody a suspect; popular values say nothing; what people of one household, firm or
//! course share as a matter of course is told as such. Only people's decisions make anybody known bad.

mod answers;
mod circle;
mod details;
mod dossier;
mod error;
mod gather;
mod innocent;
mod kept;
mod names;
mod token;

use std::sync::OnceLock;

use bonafide_linkage::people::{Gather, Index, Key};
use bonafide_model::{
    assessment::LensVersions,
    check::{Missing, Need},
    id::SubjectId,
    lens::{Answer, Question, Reply},
};

use self::{details::Details, token::Token};
use crate::house::Room;

pub use details::Subjects;
pub use error::Error;
pub use gather::Links;
pub use kept::Kept;

/// Subjects linked with each other: an index that knows who shares what, and details that are read where somebody asks.
pub struct LinkRoom {
    index: Index,
    details: Details,
    version: String,
    /// What is there to compare with at all; found out when somebody asks.
    texts: OnceLock<usize>,
    known_bad_texts: OnceLock<bool>,
    circles: OnceLock<bool>,
}

/// An index of nobody that no file stands behind. Its key says nothing that the values beside it in memory do not say.
fn empty() -> Result<Index, Error> {
    let nobody = Gather::default().finish();
    let linked = bonafide_linkage::people::link(&nobody);
    Ok(Index::in_memory(&nobody, &linked, Key::from_bytes([0; Key::BYTES]))?)
}

impl LinkRoom {
    fn new(index: Index, details: Details) -> Self {
        let version = index.version();
        Self { index, details, version, texts: OnceLock::new(), known_bad_texts: OnceLock::new(), circles: OnceLock::new() }
    }

    /// Number of subjects.
    #[must_use]
    pub fn subjects(&self) -> usize {
        self.index.count().unwrap_or_default()
    }

    /// Number of rings.
    #[must_use]
    pub fn rings(&self) -> usize {
        self.index.rings()
    }

    /// A hash over the subjects, their facts, who is known to be bad, and how all are linked.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.version
    }

    /// Why a subject of the store could not be read when it was asked for, if that happened: answers that needed it lack something.
    #[must_use]
    pub fn failure(&self) -> Option<String> {
        self.details.failure()
    }

    /// All other subjects of a subject's ring: those of its own person and of everybody else's.
    #[must_use]
    pub fn ring_of(&self, subject: &SubjectId) -> Vec<SubjectId> {
        let Some(row) = self.index.row(subject.as_str()) else { return Vec::new() };
        let mates = self.index.ring_mates(row);
        if mates.is_empty() {
            return Vec::new();
        }
        let all = mates.iter().chain(std::iter::once(&row)).flat_map(|&mate| self.index.rows_of_person(mate));
        let mut ids: Vec<SubjectId> =
            all.filter(|&other| other != row).map(|other| SubjectId::new(self.index.id(other))).collect();
        ids.sort_unstable();
        ids.dedup();
        ids
    }

    /// Why a question cannot be answered from what there is.
    fn lacks(&self, question: &Question) -> Option<&'static str> {
        match question {
            Question::Dismissals(_) => Some("no dismissal of a worker is recorded"),
            Question::Neighbourhood(_) if !self.knows_circles() => Some("no known cluster's circle of accounts is recorded"),
            _ if self.subjects() < 2 => Some("there is no other subject to compare with"),
            Question::Clusters(_) if self.index.rings() == 0 && self.index.known_bad().is_empty() => {
                Some("no ring and no confirmed case is known")
            }
            Question::Templates(_) if !self.knows_bad_texts() => Some("no confirmed case has a résumé whose template is known"),
            Question::SharedPassages(_) if self.texts() < 2 => Some("there is no other résumé to compare with"),
            _ => None,
        }
    }

    /// Number of subjects whose résumés are known.
    fn texts(&self) -> usize {
        *self.texts.get_or_init(|| self.index.holders(Token::has_text().0).count as usize)
    }

    /// Whether the résumé of somebody known to be bad is there.
    fn knows_bad_texts(&self) -> bool {
        let has_text = |row: u32| {
            let known = self.details.of(&self.index.id(row));
            known.and_then(|known| known.about().map(|about| about.has_text)).unwrap_or_default()
        };
        *self.known_bad_texts.get_or_init(|| self.index.known_bad().into_iter().any(has_text))
    }

    /// Whether somebody of a ring or known to be bad follows accounts. Where very many follow some, that is taken for granted.
    fn knows_circles(&self) -> bool {
        *self.circles.get_or_init(|| {
            let following = self.index.holders(Token::follows().0);
            let is_suspect = |&row: &u32| self.index.is_known_bad(row) || self.index.ring(row).is_some();
            let are_all_listed = following.rows.len() == following.count as usize;
            following.rows.iter().any(is_suspect)
                || !are_all_listed && (self.index.rings() > 0 || !self.index.known_bad().is_empty())
        })
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
        let row = self.index.row(subject.as_str())?;
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
