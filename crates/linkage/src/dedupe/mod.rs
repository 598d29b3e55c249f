//! Record linkage of any table: columns are typed, weights learned, rows put into clusters.

mod pairs;
mod quality;
mod read;
mod typing;

pub use pairs::{Contribution, ScoredPair};
pub use quality::{Bridge, ClusterQuality, Quality};
pub use read::{Table, read_csv};
pub use typing::ID_HEADINGS;

use std::collections::{BTreeMap, HashSet};

use rayon::prelude::*;

use crate::{
    cluster::Link,
    columns::{Dictionary, MISSING, ValueId},
    error::Error,
    person::{self, Field, Kind, Linked, MOST_FIELDS, Model, Records, Settings},
};

/// Values of a column that its kind is decided from.
const TYPED_VALUES: usize = 4096;

/// What a caller may say of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Treatment {
    /// It holds this, whatever its values look like.
    Is(Kind),
    /// It is no evidence.
    Ignore,
}

/// How tables are linked.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Settings of the relation.
    pub settings: Settings,
    /// Columns by heading that are not left to be typed by their values.
    pub columns: BTreeMap<String, Treatment>,
    /// A model learned before; without one it is learned from the tables.
    pub model: Option<Model>,
    /// Threads; `None` for as many as there are processors. The outcome is the same.
    pub threads: Option<usize>,
}

/// The outcome for one or more tables.
pub struct Deduped {
    /// Ids of the rows as they came in, table after table.
    pub ids: Vec<String>,
    /// By row: the position in `ids` of the member whose id names the cluster, the lowest in byte order.
    pub clusters: Vec<u32>,
    /// The distinct records and what was found among them.
    pub linked: Linked,
    /// The distinct records.
    pub records: Records,
    /// By row: its distinct record.
    pub record_of: Vec<u32>,
}

/// Puts the rows of tables into clusters of one person each. Columns are those that all tables have.
///
/// The outcome does not depend on the order of rows, columns, tables or threads.
///
/// # Errors
/// [`Error::NoId`] and [`Error::RepeatedId`] for tables whose rows cannot be named, [`Error::NothingShared`] where tables have no
/// column in common, [`Error::Model`] where a model belongs to other columns.
/// [`Error::SharedId`] where two tables use one id, [`Error::Threads`] where threads cannot be started.
pub fn dedupe(tables: Vec<Table>, options: &Options) -> Result<Deduped, Error> {
    match options.threads {
        None => dedupe_here(tables, options),
        Some(threads) => rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .map_err(|source| Error::Threads { threads, source })?
            .install(|| dedupe_here(tables, options)),
    }
}

fn dedupe_here(tables: Vec<Table>, options: &Options) -> Result<Deduped, Error> {
    let (ids, mut fields) = join(tables, &options.columns)?;
    if let Some(model) = &options.model {
        arrange(&mut fields, model)?;
    }
    let (records, record_of) = distinct(fields, &ids);
    let linked = person::link(&records, &options.settings, options.model.as_ref());
    let clusters = name_clusters(&ids, &record_of, &linked);
    Ok(Deduped { ids, clusters, linked, records, record_of })
}

impl Deduped {
    /// The links between distinct records.
    #[must_use]
    pub fn links(&self) -> &[Link] {
        &self.linked.links
    }
}

/// All rows of all tables in the columns they share, typed and canonical.
fn join(tables: Vec<Table>, treated: &BTreeMap<String, Treatment>) -> Result<(Vec<String>, Vec<Field>), Error> {
    let mut ids = Vec::new();
    let mut tables = tables.into_iter();
    let Some(mut all) = tables.next() else { return Err(Error::NothingShared) };
    ids.append(&mut all.ids);
    let several = tables.len() > 0;
    for table in tables {
        all.columns.retain(|column| table.columns.iter().any(|other| other.heading == column.heading));
        for other in table.columns {
            let Some(column) = all.columns.iter_mut().find(|column| column.heading == other.heading) else { continue };
            let mut number = vec![MISSING; other.values.bound()];
            for value in 1..other.values.bound() as ValueId {
                number[value as usize] = column.values.intern(other.values.text(value))?;
            }
            column.cells.extend(other.cells.iter().map(|&value| number[value as usize]));
        }
        let known: HashSet<&str> = ids.iter().map(String::as_str).collect();
        if let Some(id) = table.ids.iter().find(|id| known.contains(id.as_str())) {
            return Err(Error::SharedId { id: id.clone() });
        }
        ids.extend(table.ids);
    }
    let mut columns = all.columns;
    if several && columns.is_empty() {
        return Err(Error::NothingShared);
    }
    columns.sort_by(|one, other| one.heading.cmp(&other.heading));
    let typed: Result<Vec<Field>, Error> = columns
        .into_par_iter()
        .filter(|column| treated.get(&column.heading) != Some(&Treatment::Ignore))
        .map(|column| {
            let told = treated.get(&column.heading).copied();
            typed(column, told)
        })
        .collect();
    let mut fields = typed?;
    // A column with one value, or none, tells nobody apart.
    fields.retain(|field| field.values.bound() > 2);
    fields = without_repetition(fields)?;
    if fields.len() > MOST_FIELDS {
        // Those that tell most people apart stay.
        fields.sort_by(|one, other| other.values.bound().cmp(&one.values.bound()).then_with(|| one.name.cmp(&other.name)));
        fields.truncate(MOST_FIELDS);
        fields.sort_by(|one, other| one.name.cmp(&other.name));
    }
    pair_names(&mut fields);
    Ok((ids, fields))
}

fn typed(column: read::Column, told: Option<Treatment>) -> Result<Field, Error> {
    let distinct = column.values.bound() - 1;
    // The lowest values by a mixed number stand for all: the same ones in whatever order rows came.
    let mut mixed: Vec<(u64, ValueId)> =
        (1..=distinct as ValueId).map(|value| (fingerprint(column.values.bytes_of(value)), value)).collect();
    if mixed.len() > TYPED_VALUES {
        mixed.select_nth_unstable(TYPED_VALUES);
        mixed.truncate(TYPED_VALUES);
    }
    let values: Vec<&str> = mixed.iter().map(|&(_, value)| column.values.text(value)).collect();
    let filled = column.cells.iter().filter(|&&cell| cell != MISSING).count();
    let kind = match told {
        Some(Treatment::Is(kind)) => kind,
        _ => typing::kind(&typing::Sample { heading: &column.heading, values: &values, distinct, filled }),
    };
    let mut canonical = Dictionary::default();
    let mut number = vec![MISSING; distinct + 1];
    for value in 1..=distinct as ValueId {
        number[value as usize] = canonical.intern(&typing::canonical(kind, column.values.text(value)))?;
    }
    let cells = column.cells.iter().map(|&value| number[value as usize]).collect();
    Ok(Field::new(column.heading, kind, cells, canonical))
}

/// Names that stand in several columns count once: a full name beside its parts keeps only the words that the parts lack, and goes
/// where nothing is left of it.
fn without_repetition(fields: Vec<Field>) -> Result<Vec<Field>, Error> {
    let parts: Vec<usize> =
        (0..fields.len()).filter(|&at| fields[at].kind == Kind::Name && words_per_value(&fields[at]) < 1.5).collect();
    if parts.is_empty() {
        return Ok(fields);
    }
    let mut kept = Vec::with_capacity(fields.len());
    let mut rests = Vec::new();
    for (at, field) in fields.iter().enumerate() {
        if field.kind != Kind::Name || parts.contains(&at) {
            continue;
        }
        let mut rest = Dictionary::default();
        let mut cells = Vec::with_capacity(field.column.len());
        let (mut filled, mut repeated, mut left) = (0_u64, 0_u64, 0_u64);
        for (row, &value) in field.column.iter().enumerate() {
            let mut words: Vec<&str> = field.values.text(value).split(' ').filter(|word| !word.is_empty()).collect();
            let all = words.len();
            for &part in &parts {
                let own = fields[part].values.text(fields[part].column[row]);
                words.retain(|word| !own.split(' ').any(|other| other == *word));
            }
            filled += u64::from(all > 0);
            repeated += u64::from(words.len() < all);
            left += u64::from(!words.is_empty());
            cells.push(rest.intern(&words.join(" "))?);
        }
        if repeated * 10 >= filled * 6 {
            rests.push((at, (left * 20 >= filled).then_some((cells, rest))));
        }
    }
    for (at, field) in fields.into_iter().enumerate() {
        match rests.iter().position(|(which, _)| *which == at).map(|position| rests.swap_remove(position)) {
            None => kept.push(field),
            Some((_, None)) => {}
            Some((_, Some((cells, rest)))) => kept.push(Field::new(field.name, Kind::Text, cells, rest)),
        }
    }
    Ok(kept)
}

fn words_per_value(field: &Field) -> f64 {
    let values = field.values.bound().max(2) - 1;
    let words: usize = (1..=values as ValueId).map(|value| field.values.text(value).split(' ').count()).sum();
    words as f64 / values as f64
}

/// Two columns of one-word names may be written in each other's place.
fn pair_names(fields: &mut [Field]) {
    let names: Vec<usize> =
        (0..fields.len()).filter(|&at| fields[at].kind == Kind::Name && words_per_value(&fields[at]) < 1.5).collect();
    if let [one, other] = names[..] {
        fields[one].partner = Some(other);
        fields[other].partner = Some(one);
    }
}

/// Brings fields into the order of a model.
fn arrange(fields: &mut [Field], model: &Model) -> Result<(), Error> {
    let fits = model.fields.len() == fields.len()
        && model.fields.iter().zip(fields.iter()).all(|(known, field)| known.name == field.name && known.kind == field.kind);
    if fits && model.version == person::MODEL_VERSION {
        return Ok(());
    }
    let found: Vec<&str> = fields.iter().map(|field| field.name.as_str()).collect();
    let known: Vec<&str> = model.fields.iter().map(|field| field.name.as_str()).collect();
    Err(Error::Model {
        why: format!(
            "it knows the columns {} and the tables have {} (version {}, this program writes {}); learn one from these tables",
            known.join(", "),
            found.join(", "),
            model.version,
            person::MODEL_VERSION
        ),
    })
}

/// Rows with the same values as one record, in an order that depends on their content alone.
fn distinct(fields: Vec<Field>, ids: &[String]) -> (Records, Vec<u32>) {
    let rows = ids.len();
    let mut mixed = vec![0_u64; rows];
    for field in &fields {
        let of_value: Vec<u64> =
            (0..field.values.bound() as ValueId).into_par_iter().map(|value| fingerprint(field.values.bytes_of(value))).collect();
        for (mixed, &value) in mixed.iter_mut().zip(&field.column) {
            *mixed = mix(mixed.rotate_left(23) ^ of_value[value as usize]);
        }
    }
    let same = |one: u32, other: u32| fields.iter().all(|field| field.column[one as usize] == field.column[other as usize]);
    let mut order: Vec<u32> = (0..rows as u32).collect();
    order.par_sort_unstable_by(|&one, &other| {
        mixed[one as usize].cmp(&mixed[other as usize]).then_with(|| {
            // Equal numbers are equal rows, or an accident that the texts decide.
            let text = |field: &Field, row: u32| field.values.bytes_of(field.column[row as usize]).to_vec();
            if same(one, other) {
                return std::cmp::Ordering::Equal;
            }
            fields
                .iter()
                .map(|field| text(field, one).cmp(&text(field, other)))
                .find(|order| order.is_ne())
                .unwrap_or(std::cmp::Ordering::Equal)
        })
    });
    let mut record_of = vec![0_u32; rows];
    let mut first: Vec<u32> = Vec::new();
    for &row in &order {
        if first.last().is_none_or(|&last| !same(last, row)) {
            first.push(row);
        }
        record_of[row as usize] = first.len() as u32 - 1;
    }
    let mut copies = vec![0_u32; first.len()];
    record_of.iter().for_each(|&record| copies[record as usize] += 1);
    let fields = fields
        .into_iter()
        .map(|mut field| {
            field.column = first.iter().map(|&row| field.column[row as usize]).collect();
            field
        })
        .collect();
    (Records { fields, rows: first.len(), copies }, record_of)
}

/// The lowest id of each cluster, by row. Rows of one record are one person, unless their values are too common to say so.
fn name_clusters(ids: &[String], record_of: &[u32], linked: &Linked) -> Vec<u32> {
    let mut lowest: Vec<Option<u32>> = vec![None; linked.clusters.len()];
    let cluster_of = |row: usize| {
        let record = record_of[row] as usize;
        (!linked.unlinkable[record]).then(|| linked.clusters[record] as usize)
    };
    for (row, id) in ids.iter().enumerate() {
        let Some(cluster) = cluster_of(row) else { continue };
        if lowest[cluster].is_none_or(|known| *id < ids[known as usize]) {
            lowest[cluster] = Some(row as u32);
        }
    }
    (0..ids.len()).map(|row| cluster_of(row).and_then(|cluster| lowest[cluster]).unwrap_or(row as u32)).collect()
}

/// A number that stands for bytes, the same on every machine and in every run.
fn fingerprint(bytes: &[u8]) -> u64 {
    let mut state = bytes.len() as u64 ^ 0x9E37_79B9_7F4A_7C15;
    for chunk in bytes.chunks(8) {
        let mut word = [0; 8];
        word[..chunk.len()].copy_from_slice(chunk);
        state = mix(state ^ u64::from_le_bytes(word));
    }
    state
}

fn mix(value: u64) -> u64 {
    let wide = u128::from(value ^ 0xA076_1D64_78BD_642F) * u128::from(value.rotate_left(32) ^ 0xE703_7ED1_A0B4_28DB);
    (wide as u64) ^ (wide >> 64) as u64
}
