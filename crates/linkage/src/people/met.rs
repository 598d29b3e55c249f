//! Where pairs of persons meet: looked up once, weighed as often as rates change.

use super::{
    kind::{ALL, Kind, Nearness},
    shared::{Shared, common},
};
use crate::columns::{PackedPair, pack, sort_by_leading_bits, unpack};

/// A value that two persons share, and how near they are in what concerns its kind.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fact {
    pub(crate) kind: Kind,
    pub(crate) near: Nearness,
    /// Persons who hold the value: not more than the cap of its kind.
    pub(crate) holders: u16,
    pub(crate) value: u32,
}

/// Pairs of persons with what they share of the kinds that are weighed value by value.
pub(crate) struct Met {
    pairs: Vec<PackedPair>,
    /// Where the facts of a pair end.
    ends: Vec<u32>,
    facts: Vec<Fact>,
    /// Whether a pair has sentences or employers in common, which are weighed as sets.
    in_sets: Vec<bool>,
}

/// Two persons who met.
#[derive(Clone, Copy)]
pub(crate) struct Meeting<'m> {
    pub(crate) one: u32,
    pub(crate) other: u32,
    pub(crate) facts: &'m [Fact],
    pub(crate) in_sets: bool,
}

impl Met {
    /// From pairs with the number of a kind in which they meet, in any order and as often as they meet. Sorted by pair.
    pub(crate) fn of(shared: &Shared, mut pairs: Vec<(PackedPair, u8)>) -> Self {
        sort_by_leading_bits(&mut pairs, |pair| pair.0, |&pair| pair);
        let mut met = Self { pairs: Vec::new(), ends: Vec::new(), facts: Vec::new(), in_sets: Vec::new() };
        for same in pairs.chunk_by(|one, other| one.0 == other.0) {
            let kinds = same.iter().fold(0_u16, |kinds, &(_, kind)| kinds | 1 << kind);
            let (one, other) = unpack(same[0].0);
            met.pairs.push(same[0].0);
            met.in_sets.push(meet_in_sets(shared, one, other));
            facts_between(shared, (one, other), kinds, &mut met.facts);
            met.ends.push(met.facts.len() as u32);
        }
        met
    }

    pub(crate) fn len(&self) -> usize {
        self.pairs.len()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = Meeting<'_>> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        let parts = self.pairs.iter().zip(starts).zip(self.ends.iter().zip(&self.in_sets));
        parts.map(|((&pair, start), (&end, &in_sets))| {
            let (one, other) = unpack(pair);
            Meeting { one, other, facts: &self.facts[start as usize..end as usize], in_sets }
        })
    }
}

/// Whether two persons have sentences or employers in common.
pub(crate) fn meet_in_sets(shared: &Shared, one: u32, other: u32) -> bool {
    super::kind::SETS.iter().any(|&kind| {
        let lists = &shared.held(kind).by_person;
        common(lists.get(one), lists.get(other)).is_some()
    })
}

/// Adds what two persons share of some kinds, given as bits; what is explained by the house that both have their mailbox in is left
/// out.
pub(crate) fn facts_between(shared: &Shared, (one, other): (u32, u32), kinds: u16, into: &mut Vec<Fact>) {
    let mut near: Option<Near> = None;
    for kind in ALL {
        if kinds >> kind.number() & 1 == 0 {
            continue;
        }
        if shared.is_said_already(kind, one, other) {
            continue;
        }
        let held = shared.held(kind);
        let theirs = held.by_person.get(other);
        for &value in held.by_person.get(one) {
            if theirs.binary_search(&value).is_err() || !held.is_shared(value) {
                continue;
            }
            let near = near.get_or_insert_with(|| Near::of(shared, one, other));
            let explained = kind.is_of_a_place() && near.of_one_house;
            if !explained {
                let holders = held.holders(value) as u16;
                into.push(Fact { kind, near: near.in_what_concerns(kind), holders, value });
            }
        }
    }
}

/// Pairs of those who share a value that some but not too many hold, with the number of its kind.
pub(crate) fn add_pairs(shared: &Shared, kind: Kind, most_holders: u32, into: &mut Vec<(PackedPair, u8)>) {
    let held = shared.held(kind);
    for value in 1..held.by_value.len() as u32 {
        let holders = held.by_value.get(value);
        if held.is_shared(value) && holders.len() <= most_holders as usize {
            for (at, &one) in holders.iter().enumerate() {
                into.extend(holders[at + 1..].iter().map(|&other| (pack(one, other), kind.number() as u8)));
            }
        }
    }
}

/// All that makes two near, whatever kind of value they share.
struct Near {
    of_one_name: bool,
    of_one_house: bool,
    of_one_network: bool,
    of_one_town: bool,
}

impl Near {
    fn of(shared: &Shared, one: u32, other: u32) -> Self {
        Self {
            of_one_name: shared.are_of_one_name(one, other),
            of_one_house: shared.are_of_one_house(one, other),
            of_one_network: shared.are_of_one_network(one, other),
            of_one_town: shared.are_of_one_town(one, other),
        }
    }

    /// As [`super::evidence::nearness`].
    fn in_what_concerns(&self, kind: Kind) -> Nearness {
        let one_roof = self.of_one_name || self.of_one_house || kind != Kind::Ip && self.of_one_network;
        if one_roof || kind == Kind::DocumentRoot && self.of_one_town {
            Nearness::OneRoof
        } else if kind.is_of_a_place() && self.of_one_town {
            Nearness::OneTown
        } else {
            Nearness::Strangers
        }
    }
}
