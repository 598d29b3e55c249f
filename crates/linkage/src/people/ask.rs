//! Questions about two applications that were linked.

use super::{
    Linked,
    columns::{Applicants, Many},
    kind::{Kind, LONE},
    reasons::bits,
    rings::{NONE, PRIOR},
    same::rarity,
    shared::common,
};

/// Bits that must speak for two applicants before it is as likely as not that one hand is behind both: one applicant in 340 belongs
/// to a ring, as far as anybody has published (Pindrop, 2026).
pub const PRIOR_BITS: f64 = PRIOR as f64 / 1_000.0;

/// What two applicants have in common in the way in which honest people have it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Near {
    /// They bear one family name.
    pub family: bool,
    /// Their mailboxes are in one house that is no provider: a firm's, an agency's.
    pub house: bool,
    /// They have applied from one network address.
    pub network: bool,
    /// They say that they live in one town.
    pub town: bool,
}

impl Linked {
    /// How near two applications are.
    #[must_use]
    pub fn near(&self, one: u32, other: u32) -> Near {
        let (one, other) = (self.shared.person_of[one as usize], self.shared.person_of[other as usize]);
        Near {
            family: self.shared.are_of_one_name(one, other),
            house: self.shared.are_of_one_house(one, other),
            network: self.shared.are_of_one_network(one, other),
            town: self.shared.are_of_one_town(one, other),
        }
    }

    /// How many persons may hold a value of a kind before it is popular and means nothing.
    #[must_use]
    pub fn most_holders(&self, kind: Kind) -> u32 {
        self.shared.held(kind).cap
    }

    /// The bits by which a value of a kind that so few persons hold speaks for one hand behind two applications, given how near they
    /// are: as honest people in this population share such values. `None` for kinds that are weighed as sets.
    #[must_use]
    pub fn weight_of(&self, kind: Kind, one: u32, other: u32, holders: u32) -> Option<f64> {
        if !LONE.contains(&kind) {
            return None;
        }
        let (one, other) = (self.shared.person_of[one as usize], self.shared.person_of[other as usize]);
        Some(bits(self.rates.of_holders(&self.shared, kind, one, other, holders as usize)))
    }

    /// Whether two applications of two persons belong to one ring.
    #[must_use]
    pub fn are_of_one_ring(&self, one: u32, other: u32) -> bool {
        let (one, other) = (self.shared.person_of[one as usize], self.shared.person_of[other as usize]);
        let ring = |person: u32| self.rings.ring_of[person as usize];
        one != other && ring(one) != NONE && ring(one) == ring(other)
    }

    /// The other persons of an application's ring, one row for each: its lowest id.
    #[must_use]
    pub fn ring_mates(&self, applicants: &Applicants, row: u32) -> Vec<u32> {
        let person = self.shared.person_of[row as usize];
        let ring = self.rings.ring_of[person as usize];
        if ring == NONE {
            return Vec::new();
        }
        let others = self.rings.rings[ring as usize].members.iter().copied().filter(|&other| other != person);
        let lowest = |person: u32| {
            self.shared.rows.get(person).iter().copied().min_by(|&one, &other| applicants.id(one).cmp(applicants.id(other)))
        };
        let mut rows: Vec<u32> = others.filter_map(lowest).collect();
        rows.sort_unstable_by(|&one, &other| applicants.id(one).cmp(applicants.id(other)));
        rows
    }

    /// All applications of a person, that of the row included.
    #[must_use]
    pub fn rows_of_person(&self, row: u32) -> &[u32] {
        self.shared.rows.get(self.shared.person_of[row as usize])
    }

    /// Sentences that two applications' résumés have in common and that are not popular, the rarest first, figures and proper words
    /// left open.
    #[must_use]
    pub fn sentences<'a>(&self, applicants: &'a Applicants, one: u32, other: u32) -> Vec<&'a str> {
        let (one, other) = (self.shared.person_of[one as usize], self.shared.person_of[other as usize]);
        let held = self.shared.held(Kind::Phrases);
        let (mine, theirs) = (held.by_person.get(one), held.by_person.get(other));
        if one == other || common(mine, theirs).is_none() {
            return Vec::new();
        }
        let both = mine.iter().copied().filter(|&value| held.is_shared(value) && theirs.binary_search(&value).is_ok());
        let mut weighed: Vec<(i32, &str)> = both
            .map(|value| {
                let holders = held.by_value.get(value).len() as u32;
                (-rarity(self.shared.persons(), holders), applicants.list_text(Many::Phrases, value))
            })
            .collect();
        weighed.sort_unstable();
        weighed.into_iter().map(|(_, text)| text).collect()
    }
}
