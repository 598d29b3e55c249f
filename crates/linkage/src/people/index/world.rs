//! Some persons of an index as the ring finder sees persons: with everybody else counted, and nobody else at hand.

use std::collections::BTreeSet;

use super::{
    super::{
        columns::Column,
        evidence::Templates,
        kind::{ALL, Kind},
        rings::{NONE, Ring},
        shared::{Held, Lists, Part, Shared},
    },
    key::Space,
    map::Map,
    state::{State, space_of_kind},
};

/// How many persons hold some values.
pub(super) type Counts = Map<(Space, u64), u32>;

/// Some persons.
pub(super) struct World {
    /// The row that stands for each person, ascending.
    pub(super) persons: Vec<u32>,
    pub(super) shared: Shared,
    pub(super) templates: Templates,
    /// Hashes by kind and value; value 0 is nothing.
    values: Vec<Vec<u64>>,
}

impl World {
    /// Persons as the index knows them; `persons` in any order.
    pub(super) fn of(state: State<'_>, persons: Vec<u32>) -> Self {
        Self::counted(state, persons, &mut Counts::default())
    }

    /// The same, where values may have been counted before: in the same state.
    pub(super) fn counted(state: State<'_>, mut persons: Vec<u32>, counts: &mut Counts) -> Self {
        persons.sort_unstable();
        persons.dedup();
        let rows: Vec<Vec<u32>> = persons.iter().map(|&person| state.some_rows_of(person)).collect();
        let (mut held, mut values) = (Vec::with_capacity(ALL.len()), Vec::with_capacity(ALL.len()));
        let (mut sentences, mut roots) = (BTreeSet::new(), BTreeSet::new());
        for kind in ALL {
            let (pairs, hashes) = numbered(&rows, |rows, take| state.each_value(rows, kind, take));
            let mut inside = vec![0_u32; hashes.len()];
            pairs.iter().for_each(|&(_, value)| inside[value as usize] += 1);
            let is_set = matches!(kind, Kind::Phrases | Kind::Employers);
            let mut outside = vec![0_u32; hashes.len()];
            for value in 1..hashes.len() {
                // A lone value of one person at hand is nothing that two share.
                if is_set || inside[value] > 1 {
                    let (space, hash) = (space_of_kind(kind), hashes[value]);
                    let count = *counts.entry((space, hash)).or_insert_with(|| state.count_of_persons(space, hash) as u32);
                    outside[value] = count.saturating_sub(inside[value]);
                }
            }
            let spread = match kind {
                Kind::Phrases => Some((state.base.spread_sentences(), &mut sentences)),
                Kind::DocumentRoot => Some((state.base.spread_roots(), &mut roots)),
                _ => None,
            };
            if let Some((spread, into)) = spread {
                let known = (1..hashes.len() as u32).filter(|&value| spread.binary_search(&hashes[value as usize]).is_ok());
                into.extend(known);
            }
            let all = state.base.values().get(kind.number()).map_or(0, |&values| values as usize);
            let cap = state.base.cap(kind);
            held.push(Held::part(&pairs, persons.len(), outside, cap, all.max(hashes.len())));
            values.push(hashes);
        }
        let lists = |column: Column| {
            let each = |rows: &[u32], take: &mut dyn FnMut(u64)| {
                rows.iter().map(|&row| state.cell(column, row)).filter(|&value| value != 0).for_each(take);
            };
            let (pairs, hashes) = numbered(&rows, each);
            (Lists::of(&pairs, persons.len()), hashes)
        };
        let (domains, domain_hashes) = lists(Column::Domain);
        let domain_holders = domain_hashes
            .iter()
            .map(|&hash| if hash == 0 { 0 } else { state.persons_with(Space::of(Column::Domain), hash).1 as u32 })
            .collect();
        let shared = Shared::of_part(Part {
            held,
            families: lists(Column::Family).0,
            places: lists(Column::Place).0,
            domains,
            domain_holders,
            persons: persons.len(),
            population: state.persons(),
        });
        Self { persons, shared, templates: Templates::known(sentences, roots), values }
    }

    /// The number of a person here.
    pub(super) fn number(&self, person: u32) -> Option<u32> {
        self.persons.binary_search(&person).ok().map(|at| at as u32)
    }

    /// The hash of a value.
    pub(super) fn hash(&self, kind: Kind, value: u32) -> u64 {
        self.values[kind.number()][value as usize]
    }

    /// The rings that some of the persons are in, as far as they are at hand.
    pub(super) fn rings(&self, state: State<'_>) -> Vec<Ring> {
        let mut placed: Vec<(u32, u32, bool)> = (0..self.persons.len() as u32)
            .map(|number| {
                let (ring, core) = state.place(self.persons[number as usize]);
                (ring, number, core)
            })
            .filter(|&(ring, ..)| ring != NONE)
            .collect();
        placed.sort_unstable();
        let of = |same: &[(u32, u32, bool)]| Ring {
            members: same.iter().map(|&(_, number, _)| number).collect(),
            core: same.iter().filter(|&&(.., core)| core).map(|&(_, number, _)| number).collect(),
        };
        placed.chunk_by(|one, other| one.0 == other.0).map(of).collect()
    }
}

/// Pairs of person and value, both as numbers at hand, sorted; and the hashes of the values, from 1. `each` calls what it is given with
/// the values of some rows.
fn numbered(rows: &[Vec<u32>], each: impl Fn(&[u32], &mut dyn FnMut(u64))) -> (Vec<(u32, u32)>, Vec<u64>) {
    let mut held: Vec<(u64, u32)> = Vec::with_capacity(rows.len());
    for (number, rows) in rows.iter().enumerate() {
        each(rows, &mut |hash| held.push((hash, number as u32)));
    }
    held.sort_unstable();
    held.dedup();
    let mut hashes = vec![0];
    let mut pairs = Vec::with_capacity(held.len());
    for (hash, number) in held {
        if hashes.last() != Some(&hash) {
            hashes.push(hash);
        }
        pairs.push((number, hashes.len() as u32 - 1));
    }
    pairs.sort_unstable();
    (pairs, hashes)
}
