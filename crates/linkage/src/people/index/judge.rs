//! What people judged about who is who, over what linking says.
//!
//! Persons are a function of what linking alone would say and of the judgements that stand: so a judgement that is withdrawn leaves
//! nothing behind. Of judgements that contradict each other the later one stands, and the earlier one is named.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::{
    super::{rings::NONE, same::Millibits},
    event::{Changes, Judgement, NOWHERE, Place, Verdict},
    state::State,
};
use crate::cluster::UnionFind;

/// Rows of a part by which it is compared with another.
const SAMPLE: usize = 4;

/// A judgement that was made, and what it changed then.
pub(super) type Made = (Judgement, Changes);

/// What two rows were judged to be, oldest first; of each pair the latest.
pub(super) type Pair = (u32, u32, Verdict);

/// The groups of rows that are persons, and the judgements, by number, that a later one overrules. `rows` are ascending and hold
/// whole groups of `machine`; judgements about others are left out.
pub(super) fn settle(
    rows: &[u32],
    machine: &dyn Fn(u32) -> u32,
    judged: &[Pair],
    weight: &dyn Fn(u32, u32) -> Millibits,
) -> (Vec<Vec<u32>>, Vec<usize>) {
    let (mut union, apart, overruled) = accept(rows, judged);
    let mut by_machine: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for (at, &row) in rows.iter().enumerate() {
        by_machine.entry(machine(row)).or_default().push(at as u32);
    }
    for group in by_machine.values() {
        join_group(group, &mut union, &apart, &|one, other| weight(rows[one as usize], rows[other as usize]));
    }
    let mut groups: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for (at, &row) in rows.iter().enumerate() {
        groups.entry(union.root(at as u32)).or_default().push(row);
    }
    (groups.into_values().collect(), overruled)
}

/// Judgements from the latest on, as far as they go together: rows that are one, pairs that are not, and those that are overruled.
fn accept(rows: &[u32], judged: &[Pair]) -> (UnionFind, Vec<(u32, u32)>, Vec<usize>) {
    let at = |row: u32| rows.binary_search(&row).ok().map(|at| at as u32);
    let mut union = UnionFind::new(rows.len());
    let mut apart: Vec<(u32, u32)> = Vec::new();
    let mut overruled = Vec::new();
    for (number, &(one, other, verdict)) in judged.iter().enumerate().rev() {
        let (Some(one), Some(other)) = (at(one), at(other)) else { continue };
        match verdict {
            Verdict::Same if may_join(&mut union, &apart, one, other) => union.join(one, other),
            Verdict::NotSame if union.root(one) != union.root(other) => apart.push((one, other)),
            Verdict::Unsure => {}
            Verdict::Same | Verdict::NotSame => overruled.push(number),
        }
    }
    overruled.sort_unstable();
    (union, apart, overruled)
}

/// Whether no judgement keeps two sets apart.
fn may_join(union: &mut UnionFind, apart: &[(u32, u32)], one: u32, other: u32) -> bool {
    let (one, other) = (union.root(one), union.root(other));
    apart.iter().all(|&(left, right)| {
        let (left, right) = (union.root(left), union.root(right));
        (left, right) != (one, other) && (right, left) != (one, other)
    })
}

/// Joins what linking takes for one person, as far as no judgement keeps it apart: the rest goes to the side that it is most like.
fn join_group(group: &[u32], union: &mut UnionFind, apart: &[(u32, u32)], weight: &dyn Fn(u32, u32) -> Millibits) {
    let roots: BTreeSet<u32> = group.iter().map(|&row| union.root(row)).collect();
    let mut sides: BTreeSet<u32> = BTreeSet::new();
    for &(one, other) in apart {
        let (one, other) = (union.root(one), union.root(other));
        if roots.contains(&one) && roots.contains(&other) {
            sides.extend([one, other]);
        }
    }
    if sides.is_empty() {
        group.iter().for_each(|&row| union.join(group[0], row));
        return;
    }
    let mut parts: HashMap<u32, Vec<u32>> = HashMap::new();
    for &row in group {
        let part = parts.entry(union.root(row)).or_default();
        if part.len() < SAMPLE {
            part.push(row);
        }
    }
    let average = |one: &[u32], other: &[u32]| -> i64 {
        let pairs = one.iter().flat_map(|&one| other.iter().map(move |&other| (one, other)));
        let sum: i64 = pairs.map(|(one, other)| i64::from(weight(one, other))).sum();
        sum / (one.len() * other.len()).max(1) as i64
    };
    // Sides that nothing keeps apart are one; then everybody else.
    let sides: Vec<u32> = sides.into_iter().collect();
    let mut wanted: Vec<(i64, u32, u32)> = Vec::new();
    for (at, one) in sides.iter().enumerate() {
        wanted.extend(sides[at + 1..].iter().map(|other| (average(&parts[one], &parts[other]), *one, *other)));
    }
    wanted.sort_unstable_by_key(|&(average, one, other)| (std::cmp::Reverse(average), one, other));
    let mut rest: Vec<(i64, u32, u32)> = Vec::new();
    for &root in roots.iter().filter(|root| sides.binary_search(root).is_err()) {
        // Of equals the one with the first row: it does not depend on who else is of a side.
        let like = |side: &u32| (average(&parts[&root], &parts[side]), std::cmp::Reverse(parts[side][0]), *side);
        rest.extend(sides.iter().map(like).max().map(|(average, _, side)| (average, root, side)));
    }
    rest.sort_unstable_by_key(|&(average, root, side)| (std::cmp::Reverse(average), root, side));
    for (_, one, other) in wanted.into_iter().chain(rest) {
        if may_join(union, apart, one, other) {
            union.join(one, other);
        }
    }
}

/// The latest judgement of every pair, oldest first, with its number among all.
pub(super) fn standing<'j>(judgements: impl Iterator<Item = &'j Judgement>) -> Vec<(usize, &'j Judgement)> {
    let mut latest: BTreeMap<(&str, &str), (usize, &Judgement)> = BTreeMap::new();
    for (number, judgement) in judgements.enumerate() {
        latest.insert(pair_of(judgement), (number, judgement));
    }
    let mut standing: Vec<(usize, &Judgement)> = latest.into_values().collect();
    standing.sort_unstable_by_key(|&(number, _)| number);
    standing
}

/// Two ids in one order.
pub(super) fn pair_of(judgement: &Judgement) -> (&str, &str) {
    let (one, other) = (judgement.one.as_str(), judgement.other.as_str());
    if one <= other { (one, other) } else { (other, one) }
}

/// What persons and rings become by a new judgement, which is the last of `made`. Returns the changes and the judgements that are
/// overruled by it, by number.
pub(super) fn changes(state: State<'_>, made: &[Made]) -> (Changes, Vec<usize>) {
    let Some(((new, _), before)) = made.split_last() else { return (Changes::default(), Vec::new()) };
    let row = |id: &str| state.row_of(id);
    let standing = standing(made.iter().map(|(judgement, _)| judgement));
    let pairs: Vec<(usize, Pair)> = standing
        .iter()
        .filter_map(|&(number, judgement)| Some((number, (row(&judgement.one)?, row(&judgement.other)?, judgement.verdict))))
        .collect();
    // All persons whom this and the judgements about them concern.
    let start = [row(&new.one), row(&new.other)];
    let mut concerned: BTreeSet<u32> = start.iter().flatten().map(|&row| state.person(row)).collect();
    let mut rows: BTreeSet<u32> = BTreeSet::new();
    let mut open: Vec<u32> = concerned.iter().copied().collect();
    while let Some(person) = open.pop() {
        let of = state.rows_of(person);
        let mut met: BTreeSet<u32> = of.iter().map(|&row| state.machine(row)).collect();
        for &(_, (one, other, _)) in &pairs {
            if state.person(one) == person || state.person(other) == person {
                met.extend([one, other]);
            }
        }
        rows.extend(of);
        for row in met {
            let person = state.person(row);
            if concerned.insert(person) {
                open.push(person);
            }
        }
    }
    let rows: Vec<u32> = rows.into_iter().collect();
    let judged: Vec<Pair> = pairs.iter().map(|&(_, pair)| pair).collect();
    let weight = |one: u32, other: u32| super::persons::weight(state, one, other);
    let (groups, overruled) = settle(&rows, &|row| state.machine(row), &judged, &weight);
    // The new one is the last of the standing ones.
    let (_, _, before_it) = accept(&rows, &judged[..judged.len().saturating_sub(1)]);
    let overruled = overruled.into_iter().filter(|at| !before_it.contains(at)).map(|at| pairs[at].0).collect();
    let mut changes = Changes::default();
    let mut places: BTreeMap<u32, Place> = BTreeMap::new();
    let mut after: BTreeSet<u32> = BTreeSet::new();
    for group in &groups {
        let Some(person) = state.oldest(group.iter().copied()) else { continue };
        after.insert(person);
        let mut sources: BTreeSet<u32> = BTreeSet::new();
        for &row in group {
            let from = state.person(row);
            sources.insert(from);
            if from != person {
                changes.persons.push((row, from, person));
            }
        }
        // Who had no place takes that of those who are now the same person.
        let own = if concerned.contains(&person) { state.place(person) } else { NOWHERE };
        let taken = || sources.iter().map(|&source| state.place(source)).find(|place| place.0 != NONE);
        places.insert(person, if own.0 == NONE { taken().unwrap_or(NOWHERE) } else { own });
    }
    for &gone in concerned.difference(&after) {
        places.insert(gone, NOWHERE);
    }
    // What the judgement that this one replaces did to rings is undone.
    let replaced = before.iter().rev().find(|(judgement, _)| pair_of(judgement) == pair_of(new));
    for &(person, from, to) in replaced.iter().flat_map(|(_, changes)| &changes.rings) {
        if state.place(person) == to && (after.contains(&person) || !concerned.contains(&person)) {
            places.insert(person, from);
        }
    }
    dissolve(state, &mut places);
    for (person, to) in places {
        let from = state.place(person);
        if from != to {
            changes.rings.push((person, from, to));
        }
    }
    (changes, overruled)
}

/// A ring of one is none.
fn dissolve(state: State<'_>, places: &mut BTreeMap<u32, Place>) {
    let rings: BTreeSet<u32> = places.keys().map(|&person| state.place(person).0).filter(|&ring| ring != NONE).collect();
    for ring in rings {
        let stays = |person: u32| places.get(&person).map_or(ring, |place| place.0) == ring;
        let mut members: BTreeSet<u32> = state.members(ring).into_iter().filter(|&member| stays(member)).collect();
        members.extend(places.iter().filter(|(_, place)| place.0 == ring).map(|(&person, _)| person));
        if let (1, Some(&last)) = (members.len(), members.first()) {
            places.insert(last, NOWHERE);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn settled(machine: &[u32], judged: &[Pair]) -> (Vec<Vec<u32>>, Vec<usize>) {
        let rows: Vec<u32> = (0..machine.len() as u32).collect();
        // Rows with near numbers are most alike.
        let weight = |one: u32, other: u32| 10_000 - 1_000 * one.abs_diff(other) as Millibits;
        settle(&rows, &|row| machine[row as usize], judged, &weight)
    }

    #[test]
    fn judgements_join_and_part() {
        use Verdict::{NotSame, Same, Unsure};
        assert_eq!(settled(&[0, 0, 2, 2], &[]).0, [vec![0, 1], vec![2, 3]]);
        assert_eq!(settled(&[0, 0, 2, 2], &[(1, 2, Same)]).0, [vec![0, 1, 2, 3]]);
        assert_eq!(settled(&[0, 0, 2, 2], &[(1, 2, Unsure)]).0, [vec![0, 1], vec![2, 3]]);
        assert_eq!(settled(&[0, 0, 0, 0], &[(0, 3, NotSame)]).0, [vec![0, 1], vec![2, 3]], "each to whom it is most like");
        assert_eq!(settled(&[0, 0, 0, 0], &[(0, 3, NotSame), (0, 2, Same)]).0, [vec![0, 1, 2], vec![3]]);
    }

    #[test]
    fn the_later_judgement_stands_and_the_earlier_is_named() {
        use Verdict::{NotSame, Same};
        assert_eq!(settled(&[0, 1, 2], &[(0, 1, Same), (1, 2, Same), (0, 2, NotSame)]), (vec![vec![0], vec![1, 2]], vec![0]));
        assert_eq!(settled(&[0, 1, 2], &[(0, 2, NotSame), (0, 1, Same), (1, 2, Same)]), (vec![vec![0, 1, 2]], vec![0]));
    }

    proptest! {
        #[test]
        fn no_judgement_that_stands_is_broken_and_nothing_depends_on_what_was_withdrawn(
            machine in prop::collection::vec(0_u32..4, 1..12),
            judged in prop::collection::vec((0_u32..12, 0_u32..12, prop::sample::select(vec![Verdict::Same, Verdict::NotSame])), 0..10),
        ) {
            let rows = machine.len() as u32;
            let mut judged: Vec<Pair> = judged.into_iter().filter(|&(one, other, _)| one < other && other < rows).collect();
            judged.dedup_by_key(|&mut (one, other, _)| (one, other));
            let (groups, overruled) = settled(&machine, &judged);
            let mut all: Vec<u32> = groups.iter().flatten().copied().collect();
            all.sort_unstable();
            prop_assert_eq!(all, (0..rows).collect::<Vec<_>>());
            let group = |row: u32| groups.iter().position(|group| group.contains(&row));
            for (number, &(one, other, verdict)) in judged.iter().enumerate() {
                if !overruled.contains(&number) {
                    prop_assert_eq!(group(one) == group(other), verdict == Verdict::Same);
                }
            }
            let mut with_withdrawn = judged.clone();
            with_withdrawn.push((0, rows - 1, Verdict::Unsure));
            prop_assert_eq!(settled(&machine, &with_withdrawn).0, groups);
        }
    }
}
