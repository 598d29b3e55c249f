//! Why: what an application shares, with whom, and how much it weighs.

use serde::Serialize;

use super::{
    Linked,
    columns::{Applicants, Column},
    kind::{ALL, Kind, LONE},
    rings::NONE,
    same::{Millibits, rarity},
    shared::{Place, place_of},
};
use crate::columns::MISSING;

/// Reasons of one application that are given at most.
pub(super) const MOST_REASONS: usize = 24;
/// Popular values of one application that are named at most.
pub(super) const MOST_IGNORED: usize = 8;

/// What an application shares with another.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Reason {
    /// The other application.
    pub with: String,
    /// The kind of value.
    pub kind: &'static str,
    /// The value in canonical form.
    pub value: String,
    /// Weight of the evidence in bits.
    pub weight: f64,
    /// Persons who hold the value.
    pub holders: u32,
    /// What it speaks for: `same_person` or `associated`.
    pub relation: &'static str,
}

/// A value that too many hold to mean anything.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Ignored {
    /// The kind of value.
    pub kind: &'static str,
    /// The value in canonical form.
    pub value: String,
    /// Persons who hold the value.
    pub holders: u32,
}

/// What one application is linked to.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Line {
    /// The application.
    pub id: String,
    /// Its person, named after the lowest id of the person's applications.
    pub person_cluster: String,
    /// Its ring, named after the lowest id of the ring's applications, where it would be flagged.
    pub ring_cluster: Option<String>,
    /// Bits that speak for its belonging to a ring; flagged ones are above all others.
    pub ring_score: f64,
    /// What it shares, strongest first.
    pub reasons: Vec<Reason>,
    /// Weaker reasons that are not given.
    #[serde(skip_serializing_if = "is_none")]
    pub more_reasons: usize,
    /// Ways to known bad, strongest first.
    pub paths: Vec<Path>,
    /// Popular values that were left out.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub ignored: Vec<Ignored>,
    /// Less popular ones that are not named.
    #[serde(skip_serializing_if = "is_none")]
    pub more_ignored: usize,
}

const fn is_none(count: &usize) -> bool {
    *count == 0
}

/// Keeps the first, and answers how many more there were.
pub(super) fn cut<T>(list: &mut Vec<T>, most: usize) -> usize {
    let more = list.len().saturating_sub(most);
    list.truncate(most);
    more
}

/// A way to somebody whom people or intel call bad.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Path {
    /// The application it leads to.
    pub to: String,
    /// The share of a walk from the known bad that ends here, in thousandths.
    pub score: f64,
    /// The steps, from this application on.
    pub steps: Vec<Reason>,
}

/// Bits from their thousandths.
pub(super) fn bits(weight: Millibits) -> f64 {
    f64::from(weight) / 1_000.0
}

impl Linked {
    /// The names of all persons and rings: the lowest id of each.
    #[must_use]
    pub fn names(&self, applicants: &Applicants) -> Names {
        self.names_by_age(applicants, |_| 0)
    }

    /// The names of all persons and rings: the lowest id among the oldest of each, so that who comes later renames nobody.
    #[must_use]
    pub fn names_by_age(&self, applicants: &Applicants, age: impl Fn(u32) -> u32) -> Names {
        let first = |persons: &[u32]| -> u32 {
            let rows = persons.iter().flat_map(|&person| self.shared.rows.get(person)).copied();
            let key = |row: u32| (age(row), applicants.id(row));
            rows.min_by(|&one, &other| key(one).cmp(&key(other))).unwrap_or_default()
        };
        Names {
            persons: (0..self.shared.persons() as u32).map(|person| first(&[person])).collect(),
            rings: self.rings.rings.iter().map(|ring| first(&ring.members)).collect(),
        }
    }

    /// The line of one application.
    #[must_use]
    pub fn line(&self, applicants: &Applicants, names: &Names, row: u32) -> Line {
        let person = self.shared.person_of[row as usize];
        let ring = self.rings.ring_of[person as usize];
        let mut reasons = self.same_person(applicants, row);
        let mut more_reasons = 0;
        if ring != NONE {
            let mut associated = Vec::new();
            for &other in self.rings.rings[ring as usize].members.iter().filter(|&&other| other != person) {
                associated.extend(self.between(applicants, names, person, other));
            }
            sort(&mut associated);
            more_reasons = cut(&mut associated, MOST_REASONS);
            reasons.extend(associated);
        }
        let mut ignored = self.ignored(applicants, person);
        let more_ignored = cut(&mut ignored, MOST_IGNORED);
        Line {
            id: applicants.id(row).to_owned(),
            person_cluster: format!("p:{}", applicants.id(names.persons[person as usize])),
            ring_cluster: (ring != NONE).then(|| format!("r:{}", applicants.id(names.rings[ring as usize]))),
            ring_score: self.score(row),
            reasons,
            more_reasons,
            paths: self.path(applicants, names, person).into_iter().collect(),
            ignored,
            more_ignored,
        }
    }

    /// What two persons share that is not popular, strongest first.
    pub(super) fn between(&self, applicants: &Applicants, names: &Names, one: u32, other: u32) -> Vec<Reason> {
        let mut reasons = Vec::new();
        for kind in ALL.into_iter().filter(|&kind| !self.shared.is_said_already(kind, one, other)) {
            let held = self.shared.held(kind);
            let theirs = held.by_person.get(other);
            let common = held
                .by_person
                .get(one)
                .iter()
                .copied()
                .filter(|&value| held.is_shared(value) && theirs.binary_search(&value).is_ok());
            let reason = |value: u32, weight: Millibits| Reason {
                with: applicants.id(names.persons[other as usize]).to_owned(),
                kind: kind.word(),
                value: text(applicants, kind, value),
                weight: bits(weight),
                holders: held.by_value.get(value).len() as u32,
                relation: "associated",
            };
            if LONE.contains(&kind) {
                let weighed = common.map(|value| (value, self.rates.of_pair(&self.shared, kind, value, one, other)));
                reasons.extend(weighed.filter(|&(_, weight)| weight > 0).map(|(value, weight)| reason(value, weight)));
            } else {
                // Sentences and employers are weighed together; the rarest stands for them.
                let weight = |value: u32| rarity(self.shared.persons(), held.by_value.get(value).len() as u32);
                let rarest = common.max_by(|&a, &b| {
                    weight(a).cmp(&weight(b)).then_with(|| text(applicants, kind, b).cmp(&text(applicants, kind, a)))
                });
                reasons.extend(rarest.map(|value| reason(value, weight(value))));
            }
        }
        sort(&mut reasons);
        reasons
    }

    fn same_person(&self, applicants: &Applicants, row: u32) -> Vec<Reason> {
        const COLUMNS: [(Column, &str); 7] = [
            (Column::Email, "email"),
            (Column::Account, "account"),
            (Column::Phone, "phone"),
            (Column::Device, "device"),
            (Column::Wallet, "wallet"),
            (Column::Avatar, "avatar"),
            (Column::Ip, "ip"),
        ];
        let person = self.shared.person_of[row as usize];
        let rows = self.shared.rows.get(person);
        if rows.len() < 2 {
            return Vec::new();
        }
        let mut reasons = Vec::new();
        for (column, word) in COLUMNS {
            let cells = applicants.column(column);
            let value = cells[row as usize];
            let with = rows
                .iter()
                .copied()
                .filter(|&other| other != row && value != MISSING && cells[other as usize] == value)
                .min_by(|&one, &other| applicants.id(one).cmp(applicants.id(other)));
            if let Some(with) = with {
                let holders = self.holders(column, value);
                reasons.push(Reason {
                    with: applicants.id(with).to_owned(),
                    kind: word,
                    value: applicants.text(column, value),
                    weight: bits(rarity(self.shared.persons(), holders)),
                    holders,
                    relation: "same_person",
                });
            }
        }
        sort(&mut reasons);
        reasons
    }

    fn holders(&self, column: Column, value: u32) -> u32 {
        let kind = match column {
            Column::Account => Kind::Account,
            Column::Phone => Kind::Phone,
            Column::Device => Kind::Device,
            Column::Wallet => Kind::Wallet,
            Column::Avatar => Kind::Avatar,
            Column::Ip => Kind::Ip,
            // Lists have the numbers of their columns.
            _ => Kind::Mailbox,
        };
        self.shared.held(kind).by_value.get(value).len() as u32
    }

    fn ignored(&self, applicants: &Applicants, person: u32) -> Vec<Ignored> {
        let mut ignored = Vec::new();
        for kind in LONE {
            let held = self.shared.held(kind);
            for &value in held.by_person.get(person) {
                let holders = held.by_value.get(value).len();
                if holders > held.cap as usize {
                    ignored.push(Ignored { kind: kind.word(), value: text(applicants, kind, value), holders: holders as u32 });
                }
            }
        }
        sort_ignored(&mut ignored);
        ignored
    }
}

/// The application that stands for each person and ring.
pub struct Names {
    pub(super) persons: Vec<u32>,
    pub(super) rings: Vec<u32>,
}

fn text(applicants: &Applicants, kind: Kind, value: u32) -> String {
    match place_of(kind) {
        Place::Column(column) => applicants.text(column, value),
        Place::List(many) => applicants.list_text(many, value).to_owned(),
    }
}

pub(super) fn sort_ignored(ignored: &mut [Ignored]) {
    ignored.sort_unstable_by(|one, other| {
        other.holders.cmp(&one.holders).then_with(|| (one.kind, &one.value).cmp(&(other.kind, &other.value)))
    });
}

pub(super) fn sort(reasons: &mut [Reason]) {
    reasons.sort_unstable_by(|one, other| {
        other
            .weight
            .total_cmp(&one.weight)
            .then_with(|| (&one.with, one.kind, &one.value).cmp(&(&other.with, other.kind, &other.value)))
    });
}
