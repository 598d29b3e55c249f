//! Records as columns of canonical values, and the agreement pattern of a pair.

use rayon::prelude::*;

use super::{
    distance::{osa, signature},
    kind::{Kind, Level, Value, compare},
};
use crate::columns::{Dictionary, MISSING, ValueId};

/// Most fields of one comparison: their levels, four bits each, fill one [`Pattern`].
pub const MOST_FIELDS: usize = 16;

/// Levels of all fields of one pair, four bits a field, the first field lowest.
pub type Pattern = u64;

/// The level of one field in a pattern.
#[must_use]
pub const fn level_in(pattern: Pattern, field: usize) -> usize {
    (pattern >> (4 * field) & 15) as usize
}

/// One compared column.
pub struct Field {
    /// The heading.
    pub name: String,
    /// What it holds.
    pub kind: Kind,
    /// One value a row.
    pub column: Vec<ValueId>,
    /// The values.
    pub values: Dictionary,
    /// The field that may hold this one's values by mistake: given name and surname.
    pub partner: Option<usize>,
    signatures: Vec<u64>,
}

impl Field {
    /// A field; values must be canonical for their kind.
    #[must_use]
    pub fn new(name: String, kind: Kind, column: Vec<ValueId>, mut values: Dictionary) -> Self {
        values.seal();
        let signatures = (0..values.bound() as u32).into_par_iter().map(|id| signature(values.bytes_of(id))).collect();
        Self { name, kind, column, values, partner: None, signatures }
    }

    fn value(&self, id: ValueId) -> Value<'_> {
        Value { bytes: self.values.bytes_of(id), signature: self.signatures[id as usize] }
    }

    fn level(&self, left: ValueId, right: ValueId) -> Level {
        if left == MISSING || right == MISSING {
            Level::Missing
        } else if left == right {
            Level::Exact
        } else {
            compare(self.kind, self.value(left), self.value(right))
        }
    }
}

/// Records to be linked. Rows are numbered from 0; whoever makes them puts them into an order that depends on their content alone.
pub struct Records {
    /// The compared columns, at most [`MOST_FIELDS`].
    pub fields: Vec<Field>,
    /// Number of rows.
    pub rows: usize,
    /// How many identical rows of the table each row stands for.
    pub copies: Vec<u32>,
}

impl Records {
    /// The agreement pattern of two rows.
    #[must_use]
    pub fn pattern(&self, left: u32, right: u32) -> Pattern {
        let mut pattern = 0;
        for (at, field) in self.fields.iter().enumerate() {
            let level = field.level(field.column[left as usize], field.column[right as usize]);
            pattern |= (level as Pattern) << (4 * at);
        }
        for (at, field) in self.fields.iter().enumerate() {
            let Some(partner) = field.partner.filter(|&partner| partner > at) else { continue };
            let disagrees = |field| level_in(pattern, field) == Level::Differs as usize;
            if disagrees(at) && disagrees(partner) && self.are_swapped(at, partner, left as usize, right as usize) {
                pattern &= !(15 << (4 * at) | 15 << (4 * partner));
                pattern |= (Level::Swapped as Pattern) << (4 * at) | (Level::Swapped as Pattern) << (4 * partner);
            }
        }
        pattern
    }

    fn are_swapped(&self, first: usize, second: usize, left: usize, right: usize) -> bool {
        let text = |field: usize, row: usize| self.fields[field].values.bytes_of(self.fields[field].column[row]);
        let alike = |one: &[u8], other: &[u8]| !one.is_empty() && (one == other || one.len() > 3 && osa(one, other) <= 1);
        alike(text(first, left), text(second, right)) && alike(text(second, left), text(first, right))
    }
}
