//! Applications in columns.

use super::{avatar, index::NameForms};
use crate::{
    columns::{Dictionary, MISSING, Texts, ValueId, sort_by_leading_bits},
    error::Error,
};

/// Columns with at most one value a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// Canonical mailbox of the application.
    Email,
    /// Last nine digits of the telephone number.
    Phone,
    /// The code host's account.
    Account,
    /// Network address.
    Ip,
    /// Browser's fingerprint.
    Device,
    /// Wallet address.
    Wallet,
    /// Given names, folded.
    Given,
    /// Family name, folded.
    Family,
    /// Country and city, folded.
    Place,
    /// Domain of the mailbox, where it is no provider's.
    Domain,
    /// Hidden root of the document.
    DocumentRoot,
    /// Employers with their starts, as one value; the present employer where that is all there is.
    History,
    /// Group of like pictures; numbers without texts.
    Avatar,
}

impl Column {
    /// All columns in the order of their numbers.
    pub(super) const ALL: [Self; COLUMNS] = [
        Self::Email,
        Self::Phone,
        Self::Account,
        Self::Ip,
        Self::Device,
        Self::Wallet,
        Self::Given,
        Self::Family,
        Self::Place,
        Self::Domain,
        Self::DocumentRoot,
        Self::History,
        Self::Avatar,
    ];
}

/// Number of columns that come as text.
const TEXTS: usize = 12;
/// Number of all columns.
const COLUMNS: usize = 13;

/// Lists of values of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Many {
    /// Mailboxes of the application and of the applicant's commits; in the numbers of [`Column::Email`].
    Mailboxes,
    /// Employers claimed.
    Employers,
    /// Skeletons of sentences about work.
    Phrases,
    /// Skeletons of sentences about projects and courses; in the numbers of [`Many::Phrases`].
    ProjectPhrases,
    /// Accounts on services; in the numbers of [`Column::Account`].
    Accounts,
    /// Wallet addresses; in the numbers of [`Column::Wallet`].
    Wallets,
    /// Words of logins and mailboxes.
    Aliases,
}

impl Many {
    /// The column whose numbers a list's values have.
    const fn column(self) -> Option<Column> {
        match self {
            Self::Mailboxes => Some(Column::Email),
            Self::Accounts => Some(Column::Account),
            Self::Wallets => Some(Column::Wallet),
            Self::Employers | Self::Phrases | Self::ProjectPhrases | Self::Aliases => None,
        }
    }

    /// The list whose numbers its values have.
    const fn numbered_as(self) -> Self {
        match self {
            Self::ProjectPhrases => Self::Phrases,
            own => own,
        }
    }
}

/// Number of lists.
const LISTS: usize = 7;
/// Lists that hold the values of a column, which stand on them besides others.
const OF_COLUMNS: [(Many, Column); 3] =
    [(Many::Mailboxes, Column::Email), (Many::Accounts, Column::Account), (Many::Wallets, Column::Wallet)];
/// Rows whose cells are numbered together.
const TOGETHER: usize = 512;

/// Applications in columns, in an order of their own: by a hash of the id, never by the order in which they came.
pub struct Applicants {
    ids: Dictionary,
    texts: Vec<Dictionary>,
    cells: Vec<Vec<ValueId>>,
    /// By column, the cells of the rows that came last, not numbered yet.
    waiting: Vec<Texts>,
    /// Rows whose cells are numbered.
    numbered: usize,
    /// Whether lists hold the values of their columns already.
    lists_own_values: bool,
    pictures: Vec<Option<u64>>,
    /// Pictures by group, one that stands for all.
    picture_of: Vec<u64>,
    /// By list; those of columns and of other lists stand there.
    lists: Vec<Dictionary>,
    held: Vec<Vec<(u32, ValueId)>>,
    /// The number in order of input of each row.
    input: Vec<u32>,
    /// Where values are keyed hashes: which names are near each other.
    name_forms: Option<NameForms>,
    /// Tokens that are listed and not weighed, as rows and tokens.
    tokens: Vec<(u32, u64)>,
    /// By row, whether what is known of it changed: the caller's.
    stamps: Vec<u64>,
}

impl Default for Applicants {
    fn default() -> Self {
        Self {
            ids: Dictionary::default(),
            texts: (0..TEXTS).map(|_| Dictionary::default()).collect(),
            cells: vec![Vec::new(); COLUMNS],
            waiting: vec![Texts::default(); TEXTS],
            numbered: 0,
            lists_own_values: false,
            pictures: Vec::new(),
            picture_of: Vec::new(),
            lists: (0..LISTS).map(|_| Dictionary::default()).collect(),
            held: vec![Vec::new(); LISTS],
            input: Vec::new(),
            name_forms: None,
            tokens: Vec::new(),
            stamps: Vec::new(),
        }
    }
}

/// Rows by id.
pub struct RowsById(Vec<u32>);

impl RowsById {
    /// The row of an id.
    #[must_use]
    pub fn get(&self, id: &str, applicants: &Applicants) -> Option<u32> {
        let found = applicants.ids.find(id)?;
        self.0.get(found as usize).copied().filter(|&row| row != u32::MAX)
    }
}

impl Applicants {
    /// Number of applications.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.ids.bound() - 1
    }

    /// The id of a row.
    #[must_use]
    pub fn id(&self, row: u32) -> &str {
        self.ids.text(self.input[row as usize] + 1)
    }

    /// The rows in the order in which they came.
    #[must_use]
    pub fn in_input_order(&self) -> Vec<u32> {
        let mut rows = vec![0; self.rows()];
        self.input.iter().enumerate().for_each(|(row, &input)| rows[input as usize] = row as u32);
        rows
    }

    /// A column.
    #[must_use]
    pub fn column(&self, column: Column) -> &[ValueId] {
        &self.cells[column as usize]
    }

    /// Every value of a column is below it.
    #[must_use]
    pub fn bound(&self, column: Column) -> usize {
        self.texts.get(column as usize).map_or(self.picture_of.len(), Dictionary::bound)
    }

    /// The text of a value.
    #[must_use]
    pub fn text(&self, column: Column, value: ValueId) -> String {
        self.texts.get(column as usize).map_or_else(
            || self.picture_of.get(value as usize).map_or_else(String::new, |hash| format!("{hash:016x}")),
            |texts| texts.text(value).to_owned(),
        )
    }

    /// The bytes of a value of a column of texts.
    #[must_use]
    pub fn bytes(&self, column: Column, value: ValueId) -> &[u8] {
        self.texts.get(column as usize).map_or(&[], |texts| texts.bytes_of(value))
    }

    /// The values held of a list, as rows and values.
    #[must_use]
    pub fn held(&self, many: Many) -> &[(u32, ValueId)] {
        &self.held[many as usize]
    }

    /// The values of a list that a row holds, ascending.
    pub(super) fn values_of(&self, many: Many, row: u32) -> impl Iterator<Item = ValueId> {
        let held = self.held(many);
        let from = held.partition_point(|&(of, _)| of < row);
        held[from..].iter().take_while(move |&&(of, _)| of == row).map(|&(_, value)| value)
    }

    /// Every value of a list is below it.
    #[must_use]
    pub fn list_bound(&self, many: Many) -> usize {
        self.list(many).bound()
    }

    /// The text of a value of a list.
    #[must_use]
    pub fn list_text(&self, many: Many, value: ValueId) -> &str {
        self.list(many).text(value)
    }

    fn list(&self, many: Many) -> &Dictionary {
        match many.column() {
            Some(column) => &self.texts[column as usize],
            None => &self.lists[many.numbered_as() as usize],
        }
    }

    fn list_mut(&mut self, many: Many) -> &mut Dictionary {
        match many.column() {
            Some(column) => &mut self.texts[column as usize],
            None => &mut self.lists[many.numbered_as() as usize],
        }
    }

    /// The perceptual hash of a row's picture.
    pub(super) fn picture(&self, row: u32) -> Option<u64> {
        self.pictures.get(row as usize).copied().flatten()
    }

    /// The picture that stands for a group of like ones.
    pub(super) fn picture_of_group(&self, group: ValueId) -> u64 {
        self.picture_of.get(group as usize).copied().unwrap_or_default()
    }

    /// Tokens as rows and tokens, ascending.
    pub(super) fn tokens(&self) -> &[(u32, u64)] {
        &self.tokens
    }

    /// The tokens of a row, ascending.
    pub(super) fn tokens_of(&self, row: u32) -> impl Iterator<Item = u64> {
        let from = self.tokens.partition_point(|&(of, _)| of < row);
        self.tokens[from..].iter().take_while(move |&&(of, _)| of == row).map(|&(_, token)| token)
    }

    /// By row, its stamp.
    pub(super) fn stamps(&self) -> &[u64] {
        &self.stamps
    }

    /// What tells whether what is known of a row changed; 0 where the caller has nothing that does.
    #[must_use]
    pub fn stamp(&self, row: u32) -> u64 {
        self.stamps.get(row as usize).copied().unwrap_or_default()
    }

    /// Which names are near each other, where names are keyed hashes.
    pub(super) fn name_forms(&self) -> Option<&NameForms> {
        self.name_forms.as_ref()
    }

    /// Says that names are keyed hashes, and which are near each other.
    pub(super) fn set_name_forms(&mut self, forms: NameForms) {
        self.name_forms = Some(forms);
    }

    /// Rows by id.
    #[must_use]
    pub fn rows_by_id(&self) -> RowsById {
        let mut rows = vec![u32::MAX; self.ids.bound()];
        self.input.iter().enumerate().for_each(|(row, &input)| rows[input as usize + 1] = row as u32);
        RowsById(rows)
    }

    /// The row of an id.
    #[must_use]
    pub fn row_of(&self, id: &str) -> Option<u32> {
        let input = self.ids.find(id)? - 1;
        self.input.iter().position(|&of| of == input).map(|row| row as u32)
    }

    /// Whether a row has the id.
    pub(super) fn has_id(&self, id: &str) -> bool {
        self.ids.find(id).is_some_and(|number| number != MISSING)
    }

    /// Begins a row; `None` where the id is known.
    pub(super) fn add_row(&mut self, id: &str) -> Result<Option<u32>, Error> {
        let before = self.ids.bound();
        let number = self.ids.intern(id)?;
        Ok(((number as usize) == before).then_some(number - 1))
    }

    /// Sets a cell of the row begun last.
    pub(super) fn set(&mut self, column: Column, value: &str) {
        let before = self.rows() - 1 - self.numbered;
        let waiting = &mut self.waiting[column as usize];
        waiting.fill(before);
        waiting.push(value);
    }

    /// Sets the picture of the row begun last.
    pub(super) fn set_avatar(&mut self, hash: Option<u64>) {
        self.pictures.push(hash);
    }

    /// Adds a value to a list of a row.
    pub(super) fn hold(&mut self, many: Many, row: u32, value: &str) -> Result<(), Error> {
        let value = self.list_mut(many).intern(value)?;
        if value != MISSING {
            self.held[many as usize].push((row, value));
        }
        Ok(())
    }

    /// Lists a row under a token.
    pub(super) fn hold_token(&mut self, row: u32, token: u64) {
        self.tokens.push((row, token));
    }

    /// Sets the stamp of the row begun last.
    pub(super) fn set_stamp(&mut self, stamp: u64) {
        let row = self.rows() - 1;
        self.stamps.resize(row, 0);
        self.stamps.push(stamp);
    }

    /// Says that lists hold the values of their columns already.
    pub(super) const fn set_own_values_listed(&mut self) {
        self.lists_own_values = true;
    }

    /// Ends the row begun last.
    pub(super) fn end_row(&mut self) -> Result<(), Error> {
        if self.rows() - self.numbered >= TOGETHER { self.number() } else { Ok(()) }
    }

    /// Numbers the cells that wait. Rows wait for each other, so that their ways through memory overlap.
    pub(super) fn number(&mut self) -> Result<(), Error> {
        let count = self.rows() - self.numbered;
        for ((waiting, texts), cells) in self.waiting.iter_mut().zip(&mut self.texts).zip(&mut self.cells) {
            waiting.fill(count);
            texts.intern_all(waiting, cells)?;
            waiting.clear();
        }
        self.numbered += count;
        Ok(())
    }

    /// Brings the rows into their order and groups like pictures. All cells must be numbered: see [`Applicants::number`].
    pub(super) fn finish(mut self) -> Self {
        debug_assert_eq!(self.numbered, self.rows());
        self.waiting = Vec::new();
        let rows = self.rows() as u32;
        // Emptied slots are given back before anything else is made.
        self.texts.iter_mut().for_each(Dictionary::seal);
        let mut order: Vec<(u64, u32)> = (0..rows).map(|row| (hash(self.ids.bytes_of(row + 1)), row)).collect();
        sort_by_leading_bits(&mut order, |order| order.0, |&order| order);
        // Ids of one hash go by themselves.
        for same in order.chunk_by_mut(|one, other| one.0 == other.0).filter(|same| same.len() > 1) {
            same.sort_unstable_by(|one, other| self.ids.bytes_of(one.1 + 1).cmp(self.ids.bytes_of(other.1 + 1)));
        }
        self.input = order.into_iter().map(|(_, row)| row).collect();
        for cells in &mut self.cells[..TEXTS] {
            *cells = self.input.iter().map(|&row| cells[row as usize]).collect();
        }
        let pictures: Vec<Option<u64>> = self.input.iter().map(|&row| self.pictures[row as usize]).collect();
        let (groups, picture_of) = avatar::groups(&pictures);
        self.pictures = pictures;
        self.cells[Column::Avatar as usize] = groups;
        self.picture_of = picture_of;
        let mut row_of = vec![0_u32; rows as usize];
        self.input.iter().enumerate().for_each(|(row, &input)| row_of[input as usize] = row as u32);
        for held in &mut self.held {
            held.iter_mut().for_each(|(row, _)| *row = row_of[*row as usize]);
        }
        self.tokens.iter_mut().for_each(|(row, _)| *row = row_of[*row as usize]);
        self.tokens.sort_unstable();
        self.tokens.dedup();
        self.stamps = self.input.iter().map(|&row| self.stamps.get(row as usize).copied().unwrap_or_default()).collect();
        if !self.lists_own_values {
            for (many, column) in OF_COLUMNS {
                let own = self.cells[column as usize].iter().enumerate().filter(|&(_, &value)| value != MISSING);
                self.held[many as usize].extend(own.map(|(row, &value)| (row as u32, value)));
            }
        }
        self.finish_texts();
        self
    }

    /// Things that came row by row, in the order of the rows.
    pub(super) fn of_rows<T>(&self, things: Vec<T>) -> Vec<T> {
        let mut things: Vec<Option<T>> = things.into_iter().map(Some).collect();
        self.input.iter().filter_map(|&input| things.get_mut(input as usize)?.take()).collect()
    }

    /// Sorts what texts have added.
    pub(super) fn finish_texts(&mut self) {
        for held in &mut self.held {
            if !held.is_sorted() {
                sort_by_leading_bits(held, |&(row, _)| u64::from(row), |&held| held);
            }
            held.dedup();
        }
    }
}

/// A hash that is the same on every machine and in every release (FNV-1a, then the finaliser of SplitMix64).
pub(crate) fn hash(bytes: &[u8]) -> u64 {
    let mut word = WordHash::default();
    bytes.iter().for_each(|&byte| word.push(byte));
    word.finish()
}

/// The same byte by byte.
#[derive(Clone, Copy)]
pub(super) struct WordHash(u64);

impl Default for WordHash {
    fn default() -> Self {
        Self(0xCBF2_9CE4_8422_2325)
    }
}

impl WordHash {
    pub(super) const fn push(&mut self, byte: u8) {
        self.0 = (self.0 ^ byte as u64).wrapping_mul(0x0100_0000_01B3);
    }

    pub(super) const fn finish(self) -> u64 {
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }
}
