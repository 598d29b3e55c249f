//! Applicants: who is the same person, and who belongs together.
//!
//! Two relations that are never mixed. *Same person* joins applications of one identity; names count there. *Associated* joins
//! personas with one hand behind them; what they share counts there, by its rarity, less what is innocent about it, and names never.

mod ask;
mod avatar;
mod canonical;
mod columns;
mod copies;
mod crowd;
mod evidence;
mod gather;
mod index;
mod joined;
mod kind;
mod met;
mod pairs;
mod paths;
mod popular;
mod rates;
mod read;
mod reasons;
mod rings;
mod same;
mod shared;
mod tally;
mod templates;
mod text;
mod ties;

pub use ask::{Near, PRIOR_BITS};
pub use columns::{Applicants, Column, Many, RowsById};
pub use gather::{Gather, Row};
pub use index::{Added, History, Holding, Index, Judged, Judgement, Key, Mark, Verdict};
#[doc(hidden)]
pub use index::{ask_segment, read_log};
pub use joined::link_joined;
pub use kind::Kind;
pub use pairs::{ResumePair, Resumes};
pub use read::{Problem, Problems, read, read_resumes};
pub use reasons::{Ignored, Line, Names, Path, Reason};

use rates::Rates;
use rings::{NONE, Rings};
use shared::Shared;

/// Applications linked.
pub struct Linked {
    shared: Shared,
    lowest: Vec<u32>,
    rings: Rings,
    rates: Rates,
    learned: ties::Learned,
    paths: paths::Paths,
    /// Pairs of applications that were compared.
    pub compared: usize,
}

/// Links applications.
#[must_use]
pub fn link(applicants: &Applicants) -> Linked {
    let (lowest, compared) = same::persons(applicants);
    let shared = Shared::of(applicants, &lowest);
    let (rings, rates, learned) = rings::find(&shared);
    Linked { shared, lowest, rings, rates, learned, paths: paths::Paths::default(), compared }
}

/// Links applications with what people judged. `alone`: what [`same::persons`] says of them. Those of each pair of `joined` are one
/// person's, whatever their data says. `settle` is given the lowest row of every row's person and a weight of any two rows, and answers
/// with the lowest rows as judged. Returns also what linking says without any judgement.
fn link_judged(
    applicants: &Applicants,
    (alone, compared): &(Vec<u32>, usize),
    joined: &[(u32, u32)],
    settle: impl FnOnce(&[u32], &dyn Fn(u32, u32) -> same::Millibits) -> Vec<u32>,
) -> (Linked, Vec<u32>) {
    let mut machine = alone.clone();
    joined::join(&mut machine, joined);
    let lowest = settle(&machine, &same::weigher(applicants));
    let shared = Shared::of(applicants, &lowest);
    let (rings, rates, learned) = rings::find(&shared);
    (Linked { shared, lowest, rings, rates, learned, paths: paths::Paths::default(), compared: *compared }, machine)
}

impl Linked {
    /// The lowest row of the person of a row.
    #[must_use]
    pub fn person(&self, row: u32) -> u32 {
        self.lowest[row as usize]
    }

    /// The ring of a row, as the lowest row of its members.
    #[must_use]
    pub fn ring(&self, row: u32) -> Option<u32> {
        let number = self.rings.ring_of[self.shared.person_of[row as usize] as usize];
        let ring = (number != NONE).then(|| &self.rings.rings[number as usize])?;
        Some(self.shared.rows.get(ring.members[0])[0])
    }

    /// What speaks for a row's belonging to a ring, in bits.
    #[must_use]
    pub fn score(&self, row: u32) -> f64 {
        f64::from(self.rings.score[self.shared.person_of[row as usize] as usize]) / 1_000.0
    }

    /// Number of rings.
    #[must_use]
    pub fn rings(&self) -> usize {
        self.rings.rings.len()
    }

    /// Number of personas in rings.
    #[must_use]
    pub fn flagged(&self) -> usize {
        self.rings.rings.iter().map(|ring| ring.members.len()).sum()
    }

    /// Pairs of persons that were weighed.
    #[must_use]
    pub fn weighed(&self) -> usize {
        self.rings.weighed
    }
}
