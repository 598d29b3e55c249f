//! Everything linked anew, from keyed hashes.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::{
    super::{
        Linked,
        columns::{Applicants, Column},
        link_judged,
        same::{self, Millibits},
    },
    base::{Columns, TOKENS, ordered},
    build::{ALL_LISTS, Hashes, columns},
    event::Judgement,
    judge::{Pair, settle, standing},
    names::NameForms,
    state::State,
};
use crate::error::Error;

/// Whether two applications, by id, bear names that may be one person's.
pub(super) type Alike<'a> = &'a dyn Fn(&str, &str) -> bool;

/// The applications of an index but some, with the batch of each.
fn gather(state: State<'_>, without: &HashSet<u32>) -> Result<(Applicants, Vec<u32>), Error> {
    let mut applicants = Applicants::default();
    // As hashes they are other values than in their column.
    applicants.set_own_values_listed();
    let (mut ages, mut names, mut text) = (Vec::new(), NameForms::default(), String::new());
    let mut hexadecimal = |hash: u64| {
        use std::fmt::Write as _;
        text.clear();
        // Writing into a string does not fail.
        let _ = write!(text, "{hash:016x}");
        text.clone()
    };
    for row in state.all_rows().filter(|row| !without.contains(row)) {
        let Some(number) = applicants.add_row(&state.id(row))? else { continue };
        for column in Column::ALL.into_iter().filter(|&column| column != Column::Avatar) {
            let hash = state.cell(column, row);
            if hash == 0 {
                applicants.set(column, "");
                continue;
            }
            let value = hexadecimal(hash);
            applicants.set(column, &value);
            if matches!(column, Column::Given | Column::Family) && names.get(value.as_bytes()).is_empty() {
                names.insert(&value, state.name_forms(hash).to_vec());
            }
        }
        applicants.set_avatar(Some(state.picture(row)).filter(|&picture| picture != 0));
        for (list, many) in ALL_LISTS.into_iter().enumerate() {
            for hash in state.list(list, row) {
                applicants.hold(many, number, &hexadecimal(hash))?;
            }
        }
        state.list(TOKENS, row).into_iter().for_each(|token| applicants.hold_token(number, token));
        applicants.set_stamp(state.stamp(row));
        applicants.end_row()?;
        ages.push(state.age(row));
    }
    applicants.number()?;
    let mut applicants = applicants.finish();
    applicants.set_name_forms(names);
    let ages = applicants.of_rows(ages);
    Ok((applicants, ages))
}

/// The columns of a new segment: all applications but some, linked with the judgements that stand.
///
/// `alike` tells of two people of one ring whether they bear one name: then they are one person's, and whoever shares something with
/// them shares it with one. Without it those that were so before are so again.
pub(super) fn relinked(
    state: State<'_>,
    without: &HashSet<u32>,
    judgements: &[Judgement],
    alike: Option<Alike<'_>>,
) -> Result<Columns, Error> {
    let (applicants, ages) = gather(state, without)?;
    let by_id = applicants.rows_by_id();
    let row_of = |id: &str| by_id.get(id, &applicants);
    let judged: Vec<Pair> = standing(judgements.iter())
        .into_iter()
        .filter_map(|(_, judgement)| Some((row_of(&judgement.one)?, row_of(&judgement.other)?, judgement.verdict)))
        .collect();
    let alone = same::persons(&applicants);
    let link =
        |joined: &[(u32, u32)]| link_judged(&applicants, &alone, joined, |lowest, weight| settled(lowest, &judged, weight));
    let (linked, machine, joined) = if let Some(alike) = alike {
        let (linked, machine) = link(&[]);
        let joined = of_one_name(&applicants, &linked, alike);
        if joined.is_empty() {
            (linked, machine, joined)
        } else {
            let (linked, machine) = link(&joined);
            (linked, machine, joined)
        }
    } else {
        let new = |row: u32| if without.contains(&row) { None } else { row_of(&state.id(row)) };
        let joined: Vec<(u32, u32)> = state.joined().filter_map(|(one, other)| Some((new(one)?, new(other)?))).collect();
        let (linked, machine) = link(&joined);
        (linked, machine, joined)
    };
    let mut columns = columns(&applicants, &linked, Hashes::Kept, &ages)?;
    columns.machine = oldest_of(&applicants, &machine, &ages);
    columns.joined = joined.into_iter().map(|(one, other)| ordered(one, other)).collect();
    columns.joined.sort_unstable();
    Ok(columns)
}

/// The lowest row of everybody's person as judged.
fn settled(lowest: &[u32], judged: &[Pair], weight: &dyn Fn(u32, u32) -> Millibits) -> Vec<u32> {
    let concerned: HashSet<u32> =
        judged.iter().flat_map(|&(one, other, _)| [lowest[one as usize], lowest[other as usize]]).collect();
    let rows: Vec<u32> = (0..lowest.len() as u32).filter(|&row| concerned.contains(&lowest[row as usize])).collect();
    let (groups, _) = settle(&rows, &|row| lowest[row as usize], judged, weight);
    let mut settled = lowest.to_vec();
    for group in groups {
        let first = group.iter().copied().min().unwrap_or_default();
        group.into_iter().for_each(|row| settled[row as usize] = first);
    }
    settled
}

/// Pairs of two people of one ring who bear one name.
fn of_one_name(applicants: &Applicants, linked: &Linked, alike: Alike<'_>) -> Vec<(u32, u32)> {
    let mut rings: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for row in 0..applicants.rows() as u32 {
        if let Some(ring) = linked.ring(row) {
            rings.entry(ring).or_default().push(row);
        }
    }
    let mut pairs = Vec::new();
    for rows in rings.values() {
        for (at, &one) in rows.iter().enumerate() {
            let others = rows[at + 1..].iter().copied().filter(|&other| linked.person(one) != linked.person(other));
            pairs.extend(others.filter(|&other| alike(applicants.id(one), applicants.id(other))).map(|other| (one, other)));
        }
    }
    pairs
}

/// The oldest row, then the one with the lowest id, of every row's group.
pub(super) fn oldest_of(applicants: &Applicants, groups: &[u32], ages: &[u32]) -> Vec<u32> {
    let mut oldest: HashMap<u32, u32> = HashMap::new();
    let key = |row: u32| (ages[row as usize], applicants.id(row));
    for (row, &group) in groups.iter().enumerate() {
        let row = row as u32;
        // Most are alone.
        if group == row {
            continue;
        }
        let best = oldest.entry(group).or_insert(group);
        if key(row) < key(*best) {
            *best = row;
        }
    }
    groups.iter().map(|group| oldest.get(group).copied().unwrap_or(*group)).collect()
}
