//! Who is the same person: applications of one identity.
//!
//! Fellegi and Sunter's sum of weights with the rarity of each value as its chance of agreeing, and judged weights for what
//! differs. Names count here, and only here. Weights are whole thousandths of a bit, so that no sum depends on an order.

use super::columns::{Applicants, Column};
use crate::{
    cluster::{self, Link},
    columns::{Budget, Key, MISSING, PairSet, ValueId, compound, sort_by_leading_bits, unpack},
    person::osa,
};

/// Thousandths of a bit.
pub(crate) type Millibits = i32;

/// Pairs a row of each key, and applications that may share a value of it.
pub(super) const BUDGET: Budget = Budget { pairs_per_row: 8, most_holders: 60 };
/// No agreement weighs more.
pub(super) const MOST: Millibits = 14_000;
/// A pair is one person from here on.
pub(super) const THRESHOLD: Millibits = 1_000;

/// A column, how much of its rarity counts, and what a difference costs.
pub(super) struct Rule {
    pub(super) column: Column,
    pub(super) share: i32,
    pub(super) differs: Millibits,
}

/// Differences are judged by how long people keep a thing: a number and a town for years, a mailbox most of the time, a browser for
/// some months.
pub(super) const RULES: [Rule; 10] = [
    Rule { column: Column::Email, share: 100, differs: -2_000 },
    Rule { column: Column::Account, share: 100, differs: -3_000 },
    Rule { column: Column::Phone, share: 90, differs: -2_000 },
    Rule { column: Column::Device, share: 80, differs: -1_000 },
    Rule { column: Column::Wallet, share: 90, differs: -1_000 },
    Rule { column: Column::Avatar, share: 70, differs: -1_500 },
    Rule { column: Column::Ip, share: 70, differs: 0 },
    Rule { column: Column::History, share: 100, differs: -2_500 },
    Rule { column: Column::Place, share: 30, differs: -2_000 },
    Rule { column: Column::DocumentRoot, share: 30, differs: 0 },
];

pub(super) const RELATIVES: Millibits = -9_000;
pub(super) const OTHER_FAMILY_NAME: Millibits = -5_000;
pub(super) const OTHER_NAME: Millibits = -12_000;

/// The person of every row: the lowest row of it. And the pairs that were compared.
pub(super) fn persons(applicants: &Applicants) -> (Vec<u32>, usize) {
    let rows = applicants.rows();
    let twins = twins(applicants);
    let alone = |column: Column| -> Vec<ValueId> {
        let cells = applicants.column(column);
        cells.iter().enumerate().map(|(row, &value)| if twins[row] == row as u32 { value } else { MISSING }).collect()
    };
    let (given, family) = (alone(Column::Given), alone(Column::Family));
    let mut pairs = PairSet::default();
    let (names, names_bound) = compound(&given, &family, |_| true);
    let place = alone(Column::Place);
    let (named_places, named_places_bound) = compound(&names, &place, |_| true);
    pairs.add(&Key::new(&names, names_bound, BUDGET, 2).pairs_by_value());
    pairs.add(&Key::new(&named_places, named_places_bound, BUDGET, 1).pairs_by_value());
    for rule in RULES.iter().filter(|rule| !matches!(rule.column, Column::Place | Column::DocumentRoot)) {
        let column = alone(rule.column);
        let key = Key::new(&column, applicants.bound(rule.column), BUDGET, 1);
        pairs.add(&key.pairs_by_value());
        // Behind a popular value applications of one name are still one person's.
        let (column, bound) = compound(&column, &names, |row| key.is_over_cap(row));
        pairs.add(&Key::new(&column, bound, BUDGET, 2).pairs_by_value());
    }
    let pairs = pairs.into_sorted();
    let weigher = Weigher::of(applicants);
    let links: Vec<Link> = pairs
        .iter()
        .filter_map(|&pair| {
            let (left, right) = unpack(pair);
            let weight = weigher.weight(left, right);
            (weight > THRESHOLD).then_some(Link { left, right, weight: weight as f32 })
        })
        .collect();
    let in_bits = |left: u32, right: u32| weigher.weight(left, right).clamp(-20_000, 20_000) as f32 / 1_000.0;
    let links: Vec<Link> = links.into_iter().map(|link| Link { weight: link.weight / 1_000.0, ..link }).collect();
    let of = cluster::clusters(rows, &links, THRESHOLD as f32 / 1_000.0, in_bits);
    ((0..rows).map(|row| of[twins[row] as usize]).collect(), pairs.len())
}

/// What speaks for one person behind two rows, for any two of them.
pub(super) fn weigher(applicants: &Applicants) -> impl Fn(u32, u32) -> Millibits {
    let weigher = Weigher::of(applicants);
    move |left, right| weigher.weight(left, right)
}

/// Rows that say the same in every column: the lowest of them. Rows that say next to nothing are nobody's twins.
fn twins(applicants: &Applicants) -> Vec<u32> {
    const IDENTIFIERS: [Column; 4] = [Column::Email, Column::Phone, Column::Account, Column::Device];
    let rows = applicants.rows();
    let cells = |row: u32| Column::ALL.iter().map(move |&column| applicants.column(column)[row as usize]);
    let mut mixed = vec![0_u64; rows];
    for column in Column::ALL {
        let mix = |hash: u64, value: ValueId| (hash ^ u64::from(value)).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(29);
        mixed.iter_mut().zip(applicants.column(column)).for_each(|(mixed, &value)| *mixed = mix(*mixed, value));
    }
    let says_enough = |row: u32| {
        let holds = |column: Column| applicants.column(column)[row as usize] != MISSING;
        holds(Column::Family) && IDENTIFIERS.iter().any(|&column| holds(column))
    };
    let mut hashed: Vec<(u64, u32)> =
        (0..rows as u32).filter(|&row| says_enough(row)).map(|row| (mixed[row as usize], row)).collect();
    sort_by_leading_bits(&mut hashed, |hashed| hashed.0, |&hashed| hashed);
    let mut twin: Vec<u32> = (0..rows as u32).collect();
    for alike in hashed.chunk_by(|one, other| one.0 == other.0) {
        let first = alike[0].1;
        for &(_, row) in &alike[1..] {
            if cells(row).eq(cells(first)) {
                twin[row as usize] = first;
            }
        }
    }
    twin
}

/// The columns that are weighed, side by side.
const WEIGHED: usize = RULES.len() + 2;
/// Where the given name stands in a row, the family name behind it.
const GIVEN: usize = RULES.len();

/// Weighs pairs.
struct Weigher<'a> {
    applicants: &'a Applicants,
    /// Cells row by row: a pair is a look at two places, not at two in each column.
    cells: Vec<[ValueId; WEIGHED]>,
    /// Weight of agreement by column and value.
    agrees: Vec<Vec<Millibits>>,
    given: Vec<Millibits>,
    family: Vec<Millibits>,
    prior: Millibits,
}

impl<'a> Weigher<'a> {
    fn of(applicants: &'a Applicants) -> Self {
        let table = |column: Column, share: i32| -> Vec<Millibits> {
            let mut holders = vec![0_u32; applicants.bound(column)];
            applicants.column(column).iter().for_each(|&value| holders[value as usize] += 1);
            holders.iter().map(|&held| (rarity(applicants.rows(), held) * share / 100).clamp(0, MOST)).collect()
        };
        let mut cells = vec![[MISSING; WEIGHED]; applicants.rows()];
        let names = [Column::Given, Column::Family];
        for (at, column) in RULES.iter().map(|rule| rule.column).chain(names).enumerate() {
            cells.iter_mut().zip(applicants.column(column)).for_each(|(cells, &value)| cells[at] = value);
        }
        Self {
            applicants,
            cells,
            agrees: RULES.iter().map(|rule| table(rule.column, rule.share)).collect(),
            given: table(Column::Given, 100),
            family: table(Column::Family, 100),
            prior: -rarity(applicants.rows(), 1),
        }
    }

    fn weight(&self, left: u32, right: u32) -> Millibits {
        let mut weight = self.prior;
        let (left, right) = (&self.cells[left as usize], &self.cells[right as usize]);
        for (at, (rule, agrees)) in RULES.iter().zip(&self.agrees).enumerate() {
            let (one, other) = (left[at], right[at]);
            if one != MISSING && other != MISSING {
                weight += if one == other { agrees[one as usize] } else { rule.differs };
            }
        }
        weight + self.names(left, right)
    }

    fn names(&self, left: &[ValueId; WEIGHED], right: &[ValueId; WEIGHED]) -> Millibits {
        let (g1, g2, f1, f2) = (left[GIVEN], right[GIVEN], left[GIVEN + 1], right[GIVEN + 1]);
        if f1 == MISSING || f2 == MISSING || g1 == MISSING || g2 == MISSING {
            return 0;
        }
        let whole = |g: ValueId, f: ValueId| (self.given[g as usize] + self.family[f as usize]).min(18_000);
        let lesser = || whole(g1, f1).min(whole(g2, f2)) * 3 / 4;
        let given_alike = g1 == g2 || self.near(Column::Given, g1, Column::Given, g2);
        let family_alike = f1 == f2 || self.near(Column::Family, f1, Column::Family, f2);
        match (given_alike, family_alike) {
            _ if g1 == g2 && f1 == f2 => whole(g1, f1),
            (true, true) => lesser(),
            _ if self.near(Column::Given, g1, Column::Family, f2) && self.near(Column::Family, f1, Column::Given, g2) => lesser(),
            (false, true) => RELATIVES,
            (true, false) => OTHER_FAMILY_NAME + self.given[g1 as usize].min(self.given[g2 as usize]) / 4,
            (false, false) => OTHER_NAME,
        }
    }

    /// Equal, or a slip of the keys apart.
    fn near(&self, one_column: Column, one: ValueId, other_column: Column, other: ValueId) -> bool {
        let (one, other) = (self.applicants.bytes(one_column, one), self.applicants.bytes(other_column, other));
        if let Some(forms) = self.applicants.name_forms() {
            return forms.are_near(one, other);
        }
        let shorter = one.len().min(other.len());
        if one == other {
            return true;
        }
        if shorter < 4 || one.len().abs_diff(other.len()) > 2 {
            return false;
        }
        osa(one, other) <= if shorter >= 8 { 2 } else { 1 }
    }
}

/// log2(all/held) in thousandths of a bit; what nobody holds counts as held once.
pub(crate) fn rarity(all: usize, held: u32) -> Millibits {
    ((all.max(1) as f64 / f64::from(held.max(1))).log2() * 1_000.0).round() as Millibits
}
