//! Everything linked anew, from keyed hashes.

use std::collections::{HashMap, HashSet};

use super::{
    super::{
        Linked,
        columns::{Applicants, Column},
        link_judged,
    },
    base::{Columns, LISTS},
    build::{ALL_LISTS, Hashes, columns},
    event::Judgement,
    judge::{Pair, settle, standing},
    names::NameForms,
    state::State,
};
use crate::error::Error;

/// The applications of an index but some, with the batch of each.
fn gather(state: State<'_>, without: &HashSet<u32>) -> Result<(Applicants, Vec<u32>), Error> {
    let mut applicants = Applicants::default();
    // As hashes they are other values than in their column.
    applicants.set_own_mailboxes_listed();
    let (mut ages, mut names, mut text) = (Vec::new(), NameForms::default(), String::new());
    let mut hexadecimal = |hash: u64| {
        use std::fmt::Write as _;
        text.clear();
        // Writing into a string does not fail.
        let _ = write!(text, "{hash:016x}");
        text.clone()
    };
    for row in (0..state.rows() as u32).filter(|row| !without.contains(row)) {
        let Some(number) = applicants.add_row(state.id(row))? else { continue };
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
        for (list, many) in ALL_LISTS.into_iter().enumerate().take(LISTS) {
            for hash in state.list(list, row) {
                applicants.hold(many, number, &hexadecimal(hash))?;
            }
        }
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
pub(super) fn relinked(
    state: State<'_>,
    without: &HashSet<u32>,
    judgements: &[Judgement],
    mark: u64,
) -> Result<(Columns, Linked), Error> {
    let (applicants, ages) = gather(state, without)?;
    let by_id = applicants.rows_by_id();
    let judged: Vec<Pair> = standing(judgements.iter())
        .into_iter()
        .filter_map(|(_, judgement)| {
            Some((by_id.get(&judgement.one, &applicants)?, by_id.get(&judgement.other, &applicants)?, judgement.verdict))
        })
        .collect();
    let (linked, machine) = link_judged(&applicants, |lowest, weight| {
        let concerned: HashSet<u32> =
            judged.iter().flat_map(|&(one, other, _)| [lowest[one as usize], lowest[other as usize]]).collect();
        let rows: Vec<u32> = (0..lowest.len() as u32).filter(|&row| concerned.contains(&lowest[row as usize])).collect();
        let (groups, _) = settle(&rows, &|row| lowest[row as usize], &judged, weight);
        let mut settled = lowest.to_vec();
        for group in groups {
            let first = group.iter().copied().min().unwrap_or_default();
            group.into_iter().for_each(|row| settled[row as usize] = first);
        }
        settled
    });
    let mut columns = columns(&applicants, &linked, Hashes::Kept, mark, &ages)?;
    columns.machine = oldest_of(&applicants, &machine, &ages);
    Ok((columns, linked))
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
