//! Who holds what, by persons.

use super::{
    columns::{Applicants, Column, Many},
    kind::{ALL, Kind},
};
use crate::columns::{MISSING, ValueId};

/// Lists by number in compressed sparse rows.
#[derive(Default)]
pub(crate) struct Lists {
    starts: Vec<u32>,
    items: Vec<u32>,
}

impl Lists {
    /// Lists from sorted pairs of key and item; keys are below `bound`.
    pub(crate) fn of(pairs: &[(u32, u32)], bound: usize) -> Self {
        let mut starts = vec![0_u32; bound + 1];
        pairs.iter().for_each(|&(key, _)| starts[key as usize + 1] += 1);
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        Self { starts, items: pairs.iter().map(|&(_, item)| item).collect() }
    }

    /// The same pairs by item: lists of keys, each ascending. Items are below `bound`.
    pub(crate) fn turned(pairs: &[(u32, u32)], bound: usize) -> Self {
        let mut starts = vec![0_u32; bound + 1];
        pairs.iter().for_each(|&(_, item)| starts[item as usize + 1] += 1);
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        let mut next = starts.clone();
        let mut items = vec![0; pairs.len()];
        for &(key, item) in pairs {
            let at = &mut next[item as usize];
            items[*at as usize] = key;
            *at += 1;
        }
        Self { starts, items }
    }

    /// One list.
    pub(crate) fn get(&self, key: u32) -> &[u32] {
        &self.items[self.starts[key as usize] as usize..self.starts[key as usize + 1] as usize]
    }

    /// Number of lists.
    pub(crate) fn len(&self) -> usize {
        self.starts.len() - 1
    }

    /// Number of lists with anything in them.
    fn filled(&self) -> usize {
        self.starts.windows(2).filter(|ends| ends[0] < ends[1]).count()
    }
}

/// The values of one kind and the persons who hold them.
pub(crate) struct Held {
    /// Persons by value, ascending.
    pub(crate) by_value: Lists,
    /// Values by person, ascending.
    pub(crate) by_person: Lists,
    /// Values with more holders are popular: they make no pairs and weigh nothing.
    pub(crate) cap: u32,
    /// Holders by value who are not among the persons at hand; empty where everybody is.
    outside: Vec<u32>,
    /// Values that anybody holds, also outside.
    pub(crate) values: usize,
}

impl Held {
    fn of(mut held: Vec<(u32, ValueId)>, persons: usize, bound: usize, limits: Popularity) -> Self {
        held.sort_unstable();
        held.dedup();
        let by_person = Lists::of(&held, persons);
        let by_value = Lists::turned(&held, bound);
        let cap = limits.cap(&by_value, persons);
        // However many there are in the numbers of which these are some.
        let values = 1 + by_value.filled();
        Self { by_value, by_person, cap, outside: Vec::new(), values }
    }

    /// A part of what all hold: sorted pairs of person and value, and for each value the holders outside.
    pub(crate) fn part(held: &[(u32, ValueId)], persons: usize, outside: Vec<u32>, cap: u32, values: usize) -> Self {
        let by_person = Lists::of(held, persons);
        let mut turned: Vec<(u32, u32)> = held.iter().map(|&(person, value)| (value, person)).collect();
        turned.sort_unstable();
        Self { by_value: Lists::of(&turned, outside.len()), by_person, cap, outside, values }
    }

    /// How many persons hold a value.
    pub(crate) fn holders(&self, value: u32) -> usize {
        self.by_value.get(value).len() + self.outside(value)
    }

    /// How many of them are not among the persons at hand.
    pub(crate) fn outside(&self, value: u32) -> usize {
        self.outside.get(value as usize).map_or(0, |&outside| outside as usize)
    }

    /// Whether some but not too many persons hold a value.
    pub(crate) fn is_shared(&self, value: u32) -> bool {
        (2..=self.cap as usize).contains(&self.holders(value))
    }
}

/// When a value is popular.
#[derive(Clone, Copy)]
struct Popularity {
    most_holders: u32,
    pairs_per_person: u64,
}

impl Popularity {
    /// The highest number of holders at which all values up to it make at most the given pairs: it depends on counts alone.
    fn cap(self, by_value: &Lists, persons: usize) -> u32 {
        let mut values_of = vec![0_u64; self.most_holders as usize + 1];
        for value in 1..by_value.len() as u32 {
            if let Some(count) = values_of.get_mut(by_value.get(value).len()) {
                *count += 1;
            }
        }
        let mut pairs = 0;
        for (holders, &values) in values_of.iter().enumerate().skip(2) {
            pairs += values * (holders * (holders - 1) / 2) as u64;
            if pairs > self.pairs_per_person * persons as u64 + 10_000 {
                return holders as u32 - 1;
            }
        }
        self.most_holders
    }
}

/// Persons, what they hold and where they are.
pub(crate) struct Shared {
    /// The person of every row, numbered in the order of their lowest rows.
    pub(crate) person_of: Vec<u32>,
    /// Rows by person.
    pub(crate) rows: Lists,
    held: Vec<Held>,
    families: Lists,
    places: Lists,
    domains: Lists,
    /// Persons by domain of mailbox; domains of many are providers.
    most_of_domain: u32,
    domain_holders: Vec<u32>,
    /// Persons whom the counts are about.
    population: usize,
}

/// Some persons out of a population: what they hold, with the holders whom the population has besides.
pub(crate) struct Part {
    /// By kind, in the order of [`ALL`].
    pub(crate) held: Vec<Held>,
    /// Family names, places and domains of mailboxes by person.
    pub(crate) families: Lists,
    pub(crate) places: Lists,
    pub(crate) domains: Lists,
    /// Persons of the population by domain.
    pub(crate) domain_holders: Vec<u32>,
    /// Persons at hand, and in the population.
    pub(crate) persons: usize,
    pub(crate) population: usize,
}

/// Persons of one domain up to whom it is a house and no provider.
pub(crate) fn most_of_domain(persons: usize) -> u32 {
    (persons as u32 / 100).max(30)
}

impl Shared {
    /// Some persons out of a population, each with one row of the same number.
    pub(crate) fn of_part(part: Part) -> Self {
        let alone: Vec<(u32, u32)> = (0..part.persons as u32).map(|person| (person, person)).collect();
        Self {
            person_of: (0..part.persons as u32).collect(),
            rows: Lists::of(&alone, part.persons),
            held: part.held,
            families: part.families,
            places: part.places,
            domains: part.domains,
            most_of_domain: most_of_domain(part.population),
            domain_holders: part.domain_holders,
            population: part.population,
        }
    }

    /// From applications and the lowest row of everybody's person.
    pub(crate) fn of(applicants: &Applicants, lowest: &[u32]) -> Self {
        let mut number = vec![u32::MAX; lowest.len()];
        let mut persons = 0_u32;
        for (row, &of) in lowest.iter().enumerate() {
            if of as usize == row {
                number[row] = persons;
                persons += 1;
            }
        }
        let person_of: Vec<u32> = lowest.iter().map(|&row| number[row as usize]).collect();
        let persons = persons as usize;
        let by_row: Vec<(u32, u32)> = person_of.iter().enumerate().map(|(row, &person)| (row as u32, person)).collect();
        let rows = Lists::turned(&by_row, persons);
        drop(by_row);
        let cells = |column: Column| pairs_of_rows(&rows, applicants.column(column), applicants.bound(column));
        let listed = |many: Many| -> Vec<(u32, u32)> {
            let held = applicants.held(many);
            let values = held.iter().map(|&(_, value)| value);
            let is_repeated = repeated(values, applicants.list_bound(many));
            // Employers and sentences that nobody shares count as well: they might have been met.
            let all = matches!(many, Many::Employers | Many::Phrases | Many::ProjectPhrases);
            let of_all = held.iter().filter(|&&(_, value)| all || is_repeated[value as usize]);
            of_all.map(|&(row, value)| (person_of[row as usize], value)).collect()
        };
        let held = ALL
            .iter()
            .map(|&kind| {
                let (held, bound) = match place_of(kind) {
                    Place::List(Many::Phrases) => (phrases(applicants, listed), applicants.list_bound(Many::Phrases)),
                    Place::List(many) => (listed(many), applicants.list_bound(many)),
                    Place::Column(column) => (cells(column), applicants.bound(column)),
                };
                Held::of(held, persons, bound, popularity(kind))
            })
            .collect();
        let domains = cells(Column::Domain);
        let mut domain_holders = vec![0_u32; applicants.bound(Column::Domain)];
        domains.iter().for_each(|&(_, domain)| domain_holders[domain as usize] += 1);
        Self {
            families: Lists::of(&cells(Column::Family), persons),
            places: Lists::of(&cells(Column::Place), persons),
            domains: Lists::of(&domains, persons),
            most_of_domain: most_of_domain(persons),
            domain_holders,
            population: persons,
            person_of,
            rows,
            held,
        }
    }

    /// Persons whom the counts are about: those at hand, or the population that they are a part of.
    pub(crate) fn population(&self) -> usize {
        self.population
    }

    /// Number of persons at hand.
    pub(crate) fn persons(&self) -> usize {
        self.rows.len()
    }

    /// What persons hold of a kind.
    pub(crate) fn held(&self, kind: Kind) -> &Held {
        &self.held[kind.number()]
    }

    /// Whether what two share of a kind is said by what they share of others: one mailbox has one word.
    pub(crate) fn is_said_already(&self, kind: Kind, one: u32, other: u32) -> bool {
        kind == Kind::Alias
            && [Kind::Mailbox, Kind::Account].into_iter().any(|kind| {
                let held = &self.held(kind).by_person;
                common(held.get(one), held.get(other)).is_some()
            })
    }

    /// Whether two have their mailboxes in one house that is no provider: colleagues, or clients of one agency.
    pub(crate) fn are_of_one_house(&self, one: u32, other: u32) -> bool {
        common(self.domains.get(one), self.domains.get(other))
            .is_some_and(|domain| self.domain_holders[domain as usize] <= self.most_of_domain)
    }

    /// Whether two bear one family name.
    pub(crate) fn are_of_one_name(&self, one: u32, other: u32) -> bool {
        common(self.families.get(one), self.families.get(other)).is_some()
    }

    /// Whether two have used one network.
    pub(crate) fn are_of_one_network(&self, one: u32, other: u32) -> bool {
        let networks = &self.held(Kind::Ip).by_person;
        common(networks.get(one), networks.get(other)).is_some()
    }

    /// Whether two say that they live in one town.
    pub(crate) fn are_of_one_town(&self, one: u32, other: u32) -> bool {
        common(self.places.get(one), self.places.get(other)).is_some()
    }
}

/// The values of a column that stand on several rows, with the persons of the rows: sorted and distinct. What stands on one row
/// connects nobody.
fn pairs_of_rows(rows: &Lists, cells: &[ValueId], bound: usize) -> Vec<(u32, ValueId)> {
    let is_repeated = repeated(cells.iter().copied(), bound);
    let mut pairs = Vec::new();
    for person in 0..rows.len() as u32 {
        let start = pairs.len();
        for &row in rows.get(person) {
            let value = cells[row as usize];
            if value != MISSING && is_repeated[value as usize] {
                pairs.push((person, value));
            }
        }
        if pairs.len() > start + 1 {
            pairs[start..].sort_unstable();
            let mut kept = start + 1;
            for at in start + 1..pairs.len() {
                if pairs[at] != pairs[kept - 1] {
                    pairs[kept] = pairs[at];
                    kept += 1;
                }
            }
            pairs.truncate(kept);
        }
    }
    pairs
}

/// Which values come more than once.
fn repeated(values: impl Iterator<Item = ValueId>, bound: usize) -> Vec<bool> {
    let (mut once, mut repeated) = (vec![false; bound], vec![false; bound]);
    for value in values {
        repeated[value as usize] |= once[value as usize];
        once[value as usize] = true;
    }
    repeated
}

/// Where the values of a kind stand.
#[derive(Clone, Copy)]
pub(crate) enum Place {
    /// One a row.
    Column(Column),
    /// Any number a row.
    List(Many),
}

/// Where the values of a kind stand.
pub(crate) const fn place_of(kind: Kind) -> Place {
    match kind {
        Kind::Phone => Place::Column(Column::Phone),
        Kind::Device => Place::Column(Column::Device),
        Kind::Ip => Place::Column(Column::Ip),
        Kind::Avatar => Place::Column(Column::Avatar),
        Kind::DocumentRoot => Place::Column(Column::DocumentRoot),
        Kind::Wallet => Place::List(Many::Wallets),
        Kind::Mailbox => Place::List(Many::Mailboxes),
        Kind::Account => Place::List(Many::Accounts),
        Kind::Alias => Place::List(Many::Aliases),
        Kind::Phrases => Place::List(Many::Phrases),
        Kind::Employers => Place::List(Many::Employers),
    }
}

const fn popularity(kind: Kind) -> Popularity {
    match kind {
        Kind::Phrases => Popularity { most_holders: 80, pairs_per_person: 60 },
        Kind::Employers => Popularity { most_holders: 40, pairs_per_person: 60 },
        _ => Popularity { most_holders: 40, pairs_per_person: 6 },
    }
}

/// Sentences about work, and the same sentences where others put them among their projects. What stands among projects alone is the
/// work of a course.
fn phrases(applicants: &Applicants, listed: impl Fn(Many) -> Vec<(u32, u32)>) -> Vec<(u32, u32)> {
    let mut held = listed(Many::Phrases);
    let mut is_work = vec![false; applicants.list_bound(Many::Phrases)];
    held.iter().for_each(|&(_, value)| is_work[value as usize] = true);
    held.extend(listed(Many::ProjectPhrases).into_iter().filter(|&(_, value)| is_work[value as usize]));
    held
}

/// The first common item of two ascending lists.
pub(crate) fn common(one: &[u32], other: &[u32]) -> Option<u32> {
    let (mut at, mut beside) = (0, 0);
    while at < one.len() && beside < other.len() {
        match one[at].cmp(&other[beside]) {
            std::cmp::Ordering::Less => at += 1,
            std::cmp::Ordering::Greater => beside += 1,
            std::cmp::Ordering::Equal => return Some(one[at]),
        }
    }
    None
}
