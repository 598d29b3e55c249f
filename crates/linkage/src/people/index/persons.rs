//! Whose application a new one is: the same weights as when all are linked at once, over keyed hashes.

use std::cmp::Reverse;

use super::{
    super::{
        columns::Column,
        same::{BUDGET, MOST, Millibits, OTHER_FAMILY_NAME, OTHER_NAME, RELATIVES, RULES, THRESHOLD, rarity},
    },
    build::{KEYS, popular_with_name},
    key::{Space, both},
    names::are_near,
    state::State,
};

/// A single pair counts at most so much for or against, as when all are linked at once.
const STRONGEST: Millibits = 20_000;
/// Persons that a new application may be of, those with the strongest links.
const MOST_PERSONS: usize = 12;
/// Rows of one that are compared with a person's.
const MOST_COMPARED: usize = 24;

/// What speaks for one person behind two rows.
pub(super) fn weight(state: State<'_>, left: u32, right: u32) -> Millibits {
    let mut weight = -rarity(state.rows(), 1);
    for rule in &RULES {
        let (one, other) = (state.cell(rule.column, left), state.cell(rule.column, right));
        if one != 0 && other != 0 {
            weight += if one == other { agrees(state, rule.column, one, rule.share) } else { rule.differs };
        }
    }
    weight + names(state, left, right)
}

fn agrees(state: State<'_>, column: Column, value: u64, share: i32) -> Millibits {
    (rarity(state.rows(), state.count(Space::of(column), value)) * share / 100).clamp(0, MOST)
}

fn names(state: State<'_>, left: u32, right: u32) -> Millibits {
    let [g1, f1, g2, f2] = [
        state.cell(Column::Given, left),
        state.cell(Column::Family, left),
        state.cell(Column::Given, right),
        state.cell(Column::Family, right),
    ];
    if [g1, f1, g2, f2].contains(&0) {
        return 0;
    }
    let given = |name: u64| agrees(state, Column::Given, name, 100);
    let whole = |g: u64, f: u64| (given(g) + agrees(state, Column::Family, f, 100)).min(18_000);
    let near = |one: u64, other: u64| one == other || are_near(state.name_forms(one), state.name_forms(other));
    let lesser = || whole(g1, f1).min(whole(g2, f2)) * 3 / 4;
    match (near(g1, g2), near(f1, f2)) {
        _ if g1 == g2 && f1 == f2 => whole(g1, f1),
        (true, true) => lesser(),
        _ if near(g1, f2) && near(f1, g2) => lesser(),
        (false, true) => RELATIVES,
        (true, false) => OTHER_FAMILY_NAME + given(g1).min(given(g2)) / 4,
        (false, false) => OTHER_NAME,
    }
}

/// Rows that share a value with a row, by which applications of one person are met. Ascending.
fn candidates(state: State<'_>, row: u32) -> Vec<u32> {
    let mut met: Vec<u32> = Vec::new();
    let name = state.name(row);
    let named = |rows: &[u32]| rows.iter().copied().filter(|&other| state.name(other) == name).collect::<Vec<_>>();
    let few = |rows: Vec<u32>| if rows.len() <= BUDGET.most_holders as usize { rows } else { Vec::new() };
    for column in KEYS {
        let value = state.cell(column, row);
        if value == 0 {
            continue;
        }
        let held = state.holders(Space::of(column), value);
        if held.count <= BUDGET.most_holders {
            met.extend(held.rows);
        } else if name != 0 {
            // Behind a popular value applications of one name are still one person's.
            met.extend(few(named(&held.rows)));
            met.extend(few(state.holders(Space::POPULAR, popular_with_name(column, value, name)).rows));
        }
    }
    if name != 0 {
        let held = state.holders(Space::NAME, name);
        if held.count <= BUDGET.most_holders {
            met.extend(held.rows);
        } else {
            let place = state.cell(Column::Place, row);
            met.extend(few(held.rows.iter().copied().filter(|&other| state.cell(Column::Place, other) == place).collect()));
            met.extend(few(state.holders(Space::POPULAR, both(name, place)).rows));
        }
    }
    met.sort_unstable();
    met.dedup();
    met.retain(|&other| other != row);
    met
}

/// The persons that a new row is of, strongest first: it joins the first, and those behind it are found to be the same person by
/// it. And the row most like it. `may_join` tells whether no judgement keeps two persons apart.
pub(super) fn persons_of(state: State<'_>, row: u32, may_join: impl Fn(u32, u32) -> bool) -> (Vec<u32>, Option<u32>) {
    let mut best: Option<(Millibits, Reverse<u32>)> = None;
    let mut linked: Vec<(u32, Millibits)> = Vec::new();
    for other in candidates(state, row) {
        let weight = weight(state, row, other);
        if weight > THRESHOLD {
            best = best.max(Some((weight, Reverse(other))));
            linked.push((state.person(other), weight));
        }
    }
    linked.sort_unstable_by_key(|&(person, weight)| (person, Reverse(weight)));
    linked.dedup_by_key(|&mut (person, _)| person);
    linked.sort_unstable_by_key(|&(person, weight)| (Reverse(weight), person));
    linked.truncate(MOST_PERSONS);
    let mut open: Vec<(u32, Vec<u32>)> = linked
        .into_iter()
        .map(|(person, _)| (person, state.some_rows_of(person).into_iter().take(MOST_COMPARED).collect()))
        .collect();
    let (mut mine, mut joined) = (vec![row], Vec::new());
    while !open.is_empty() {
        let average = |rows: &[u32]| -> i64 {
            let pairs = mine.iter().flat_map(|&one| rows.iter().map(move |&other| (one, other)));
            let sum: i64 = pairs.map(|(one, other)| i64::from(weight(state, one, other).clamp(-STRONGEST, STRONGEST))).sum();
            sum / (mine.len() * rows.len()).max(1) as i64
        };
        let strongest = open
            .iter()
            .enumerate()
            .map(|(at, (_, rows))| (average(rows), Reverse(rows.first().copied()), at))
            .filter(|&(average, ..)| average > i64::from(THRESHOLD))
            .max();
        let Some((.., at)) = strongest else { break };
        let (person, rows) = open.swap_remove(at);
        if joined.iter().all(|&other| may_join(other, person)) {
            joined.push(person);
            mine.extend(rows);
            mine.truncate(MOST_COMPARED);
        }
    }
    (joined, best.map(|(_, Reverse(row))| row))
}
