//! From applications that were linked to the columns of a segment.

use rayon::prelude::*;

use super::{
    super::{
        Linked,
        columns::{Applicants, Column, Many, hash},
        kind::{ALL, Kind},
        rings::NONE,
    },
    base::{COLUMNS, Columns, MOST_LISTED, SENTENCES, TEXT_LISTS, Table, both_ways, space_of_list},
    key::{Key, Space, both},
    names::forms,
    version,
};
use crate::{columns::MISSING, error::Error};

/// All lists of texts in the order of their numbers.
pub(super) const ALL_LISTS: [Many; TEXT_LISTS] =
    [Many::Mailboxes, Many::Employers, Many::Phrases, Many::ProjectPhrases, Many::Accounts, Many::Wallets, Many::Aliases];

/// Columns by which applications of one person are met.
pub(super) const KEYS: [Column; 8] =
    [Column::Email, Column::Phone, Column::Account, Column::Ip, Column::Device, Column::Wallet, Column::History, Column::Avatar];

/// How the texts of applications become hashes.
#[derive(Clone, Copy)]
pub(super) enum Hashes<'a> {
    /// Texts as they were written.
    Of(&'a Key),
    /// Texts are hashes already, in hexadecimal digits; pictures are as they are kept.
    Kept,
}

impl Hashes<'_> {
    pub(super) fn text(self, space: Space, text: &[u8]) -> u64 {
        match self {
            Self::Of(key) => key.hash(space, text),
            Self::Kept => std::str::from_utf8(text).ok().and_then(|text| u64::from_str_radix(text, 16).ok()).unwrap_or_default(),
        }
    }

    pub(super) fn token(self, token: u64) -> u64 {
        match self {
            Self::Of(key) => key.token(token),
            Self::Kept => token,
        }
    }

    pub(super) fn picture(self, picture: u64) -> u64 {
        match self {
            Self::Of(key) => key.picture(picture),
            Self::Kept => picture,
        }
    }
}

/// The hash of a cell of applications.
pub(super) fn cell(applicants: &Applicants, hashes: Hashes<'_>, column: Column, value: u32) -> u64 {
    match column {
        _ if value == MISSING => 0,
        Column::Avatar => hashes.picture(applicants.picture_of_group(value)),
        _ => hashes.text(Space::of(column), applicants.bytes(column, value)),
    }
}

/// A popular value with a name, as one.
pub(super) fn popular_with_name(column: Column, value: u64, name: u64) -> u64 {
    both(both(1 + u64::from(Space::of(column).0), value), name)
}

/// The columns of applications that were linked; `age_of` a row is the number of its batch.
pub(super) fn columns(applicants: &Applicants, linked: &Linked, hashes: Hashes<'_>, age_of: &[u32]) -> Result<Columns, Error> {
    let rows = applicants.rows();
    let names = linked.names_by_age(applicants, |row| age_of[row as usize]);
    let mut columns = Columns { ages: age_of.to_vec(), stamps: applicants.stamps().to_vec(), ..Columns::default() };
    for row in 0..rows as u32 {
        columns.ids.extend_from_slice(applicants.id(row).as_bytes());
        let end = u32::try_from(columns.ids.len())
            .map_err(|_| Error::OverLimit { what: "the ids of an index".to_owned(), limit: "4 GiB".to_owned() })?;
        columns.id_ends.push(end);
    }
    let person_of = &linked.shared.person_of;
    columns.person = person_of.iter().map(|&person| names.persons[person as usize]).collect();
    let ring_of = |person: u32| linked.rings.ring_of[person as usize];
    columns.ring = person_of.iter().map(|&person| names.rings.get(ring_of(person) as usize).copied().unwrap_or(NONE)).collect();
    columns.core = person_of
        .iter()
        .map(|&person| {
            let ring = linked.rings.rings.get(ring_of(person) as usize);
            u8::from(ring.is_some_and(|ring| ring.core.binary_search(&person).is_ok()))
        })
        .collect();
    columns.scores = person_of.iter().map(|&person| linked.rings.score[person as usize]).collect();
    for &(evidence, one, other) in &linked.rings.edges {
        let (one, other) = (names.persons[one as usize], names.persons[other as usize]);
        columns.edges.extend(both_ways(one, other, evidence.weight, evidence.kinds));
    }
    columns.edges.sort_unstable();
    columns.flagged = linked.flagged() as u64;
    columns.ring_count = linked.rings() as u64;
    columns.persons = linked.shared.persons() as u64;
    add_cells(applicants, hashes, person_of, &mut columns);
    add_lists(applicants, hashes, person_of, &mut columns);
    columns.pictures = (0..rows as u32).map(|row| applicants.picture(row).map_or(0, |picture| hashes.picture(picture))).collect();
    columns.names = name_forms(applicants, hashes);
    columns.rates = linked.rates.to_numbers();
    columns.ties = linked.learned.to_numbers();
    columns.caps = ALL.iter().map(|&kind| linked.shared.held(kind).cap).collect();
    columns.values = ALL.iter().map(|&kind| linked.shared.held(kind).values as u32).collect();
    let spread = |kind: Kind, count: usize, hash: &dyn Fn(u32) -> u64| -> Vec<u64> {
        let mut spread: Vec<u64> =
            (1..count as u32).filter(|&value| linked.rings.templates.is_spread(kind, value)).map(hash).collect();
        spread.sort_unstable();
        spread
    };
    columns.spread_sentences = spread(Kind::Phrases, applicants.list_bound(Many::Phrases), &|value| {
        hashes.text(Space::PHRASES, applicants.list_text(Many::Phrases, value).as_bytes())
    });
    columns.spread_roots = spread(Kind::DocumentRoot, applicants.bound(Column::DocumentRoot), &|value| {
        cell(applicants, hashes, Column::DocumentRoot, value)
    });
    columns.sum = sum(applicants, &columns);
    Ok(columns)
}

/// The columns of applications that nobody has judged, all of one batch.
pub(super) fn columns_of(applicants: &Applicants, linked: &Linked, key: &Key) -> Result<Columns, Error> {
    let ages = vec![0; applicants.rows()];
    let mut columns = columns(applicants, linked, Hashes::Of(key), &ages)?;
    columns.machine.clone_from(&columns.person);
    columns.mark = key.mark();
    columns.age = 1;
    Ok(columns)
}

/// The version of what was linked at once.
fn sum(applicants: &Applicants, columns: &Columns) -> u128 {
    let ids: Vec<u64> = (0..applicants.rows() as u32).into_par_iter().map(|row| hash(applicants.id(row).as_bytes())).collect();
    let mut sum = 0_u128;
    for (row, &id) in ids.iter().enumerate() {
        let person = columns.person[row];
        sum = sum.wrapping_add(version::application(id, columns.stamps[row]));
        sum = sum.wrapping_add(version::person(id, ids[person as usize]));
        if person as usize == row {
            let ring = columns.ring[row];
            if ring != NONE {
                sum = sum.wrapping_add(version::ring(id, ids[ring as usize], (ring, columns.core[row] == 1)));
            }
            sum = sum.wrapping_add(version::score(id, columns.scores[row]));
        }
    }
    for &(pair, weight, kinds) in &columns.edges {
        let (one, other) = ((pair >> 32) as u32, pair as u32);
        if one < other {
            sum = sum.wrapping_add(version::link(ids[one as usize], ids[other as usize], weight, kinds));
        }
    }
    columns
        .rates
        .iter()
        .chain(&columns.ties)
        .enumerate()
        .fold(sum, |sum, (number, &rate)| sum.wrapping_add(version::rate(number, rate)))
}

fn add_cells(applicants: &Applicants, hashes: Hashes<'_>, person_of: &[u32], columns: &mut Columns) {
    let rows = applicants.rows();
    let mut of_column: Vec<Vec<u64>> = Vec::with_capacity(COLUMNS);
    for column in Column::ALL {
        let of_value: Vec<u64> =
            (0..applicants.bound(column) as u32).into_par_iter().map(|value| cell(applicants, hashes, column, value)).collect();
        of_column.push(applicants.column(column).iter().map(|&value| of_value[value as usize]).collect());
    }
    for (at, cells) in of_column.iter().enumerate() {
        let held = cells.iter().enumerate().filter(|&(_, &hash)| hash != 0).map(|(row, &hash)| (hash, row as u32)).collect();
        let table = Table::of(held, person_of);
        columns.cells.push(cells.par_iter().map(|&hash| table.number(hash)).collect());
        debug_assert_eq!(columns.tables.len(), at);
        columns.tables.push(table);
    }
    let [given, family, place] = [Column::Given, Column::Family, Column::Place].map(|column| &of_column[column as usize]);
    let name = |row: usize| if given[row] == 0 || family[row] == 0 { 0 } else { both(given[row], family[row]) };
    let named: Vec<(u64, u32)> = (0..rows).map(|row| (name(row), row as u32)).filter(|&(name, _)| name != 0).collect();
    let mut popular: Vec<(u64, u32)> = Vec::new();
    for column in KEYS {
        let mut held = vec![0_u32; applicants.bound(column)];
        let values = applicants.column(column);
        values.iter().for_each(|&value| held[value as usize] += 1);
        let of_popular = values
            .iter()
            .enumerate()
            .filter(|&(row, &value)| value != MISSING && held[value as usize] as usize > MOST_LISTED && name(row) != 0);
        popular.extend(of_popular.map(|(row, _)| {
            let value = of_column[column as usize][row];
            (popular_with_name(column, value, name(row)), row as u32)
        }));
    }
    let mut by_name = named.clone();
    by_name.par_sort_unstable();
    for same in by_name.chunk_by(|one, other| one.0 == other.0).filter(|same| same.len() > MOST_LISTED) {
        let placed = same.iter().filter(|&&(_, row)| place[row as usize] != 0);
        popular.extend(placed.map(|&(name, row)| (both(name, place[row as usize]), row)));
    }
    columns.spaces_behind = Some((Table::of(named, person_of), Table::of(popular, person_of)));
}

fn add_lists(applicants: &Applicants, hashes: Hashes<'_>, person_of: &[u32], columns: &mut Columns) {
    let rows = applicants.rows();
    let of_list: Vec<Vec<u64>> = ALL_LISTS
        .iter()
        .enumerate()
        .map(|(at, &many)| {
            let count = applicants.list_bound(many) as u32;
            let hash = |value: u32| hashes.text(space_of_list(at), applicants.list_text(many, value).as_bytes());
            (0..count).into_par_iter().map(hash).collect()
        })
        .collect();
    let held = |at: usize| applicants.held(ALL_LISTS[at]).iter().map(move |&(row, value)| (row, value)).collect::<Vec<_>>();
    for lists in [&[0_usize][..], &[1], &[2, 3], &[4], &[5], &[6]] {
        let pairs = lists.iter().flat_map(|&at| held(at).into_iter().map(move |(row, value)| (at, row, value)));
        let table = Table::of(pairs.map(|(at, row, value)| (of_list[at][value as usize], row)).collect(), person_of);
        for &at in lists {
            let mut starts = vec![0_u32; rows + 1];
            let held = held(at);
            held.iter().for_each(|&(row, _)| starts[row as usize + 1] += 1);
            for row in 1..starts.len() {
                starts[row] += starts[row - 1];
            }
            columns.list_starts.push(starts);
            // In the order of their hashes: that of the texts would say something about them.
            let mut numbered: Vec<(u32, u32)> =
                held.iter().map(|&(row, value)| (row, table.number(of_list[at][value as usize]))).collect();
            numbered.sort_unstable();
            columns.list_values.push(numbered.into_iter().map(|(_, number)| number).collect());
            if at == SENTENCES {
                columns.work = vec![0; table.len()];
                held.iter().for_each(|&(_, value)| {
                    if let Some(at) = (table.number(of_list[at][value as usize]) as usize).checked_sub(1) {
                        columns.work[at] = 1;
                    }
                });
            }
        }
        columns.tables.push(table);
    }
    if let Some((names, popular)) = columns.spaces_behind.take() {
        columns.tables.extend([names, popular]);
    }
    add_tokens(applicants, hashes, person_of, columns);
}

fn add_tokens(applicants: &Applicants, hashes: Hashes<'_>, person_of: &[u32], columns: &mut Columns) {
    let held: Vec<(u64, u32)> = applicants.tokens().par_iter().map(|&(row, token)| (hashes.token(token), row)).collect();
    let table = Table::of(held.clone(), person_of);
    let mut starts = vec![0_u32; applicants.rows() + 1];
    held.iter().for_each(|&(_, row)| starts[row as usize + 1] += 1);
    for row in 1..starts.len() {
        starts[row] += starts[row - 1];
    }
    let mut numbered: Vec<(u32, u32)> = held.into_iter().map(|(hash, row)| (row, table.number(hash))).collect();
    numbered.sort_unstable();
    columns.list_starts.push(starts);
    columns.list_values.push(numbered.into_iter().map(|(_, number)| number).collect());
    columns.tables.push(table);
}

/// The forms of all names, ascending by the names' hashes.
fn name_forms(applicants: &Applicants, hashes: Hashes<'_>) -> Vec<(u64, Vec<u32>)> {
    let mut all: Vec<(u64, Vec<u32>)> = Vec::new();
    for column in [Column::Given, Column::Family] {
        let of = (1..applicants.bound(column) as u32).into_par_iter().map(|value| {
            let text = applicants.bytes(column, value);
            let forms = match (hashes, applicants.name_forms()) {
                (Hashes::Of(key), _) => forms(key, text),
                (Hashes::Kept, kept) => kept.map_or_else(Vec::new, |kept| kept.get(text).to_vec()),
            };
            (hashes.text(Space::of(column), text), forms)
        });
        all.par_extend(of);
    }
    all.par_sort_unstable();
    all.dedup_by_key(|&mut (hash, _)| hash);
    all
}
