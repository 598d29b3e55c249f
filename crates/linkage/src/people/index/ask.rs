//! Questions about the applications of an index, as [`Linked`](super::super::Linked) answers them about those linked at once.
//!
//! Rows are handles that hold until the index changes. A row that is not there has no id, is its own person, and shares nothing.
//!
//! Where an index answers otherwise than [`Linked`](super::super::Linked) of the same applications:
//! - a picture is shown as it is, not as the one that stands for its group;
//! - values that the asking application does not bring along are shown as marks of their hashes, unless the applications at hand hold
//!   the one who does;
//! - of a person's applications the first 64 take part in comparisons, and of a ring the 400 people nearest;
//! - of ways of equal strength it may show another one; around a person 1,500 people are looked at.

use super::{
    super::{
        ask::Near,
        columns::{Applicants, Column, Many},
        kind::{Kind, LONE},
        rates::nearness_by,
        reasons::{Line, bits},
        rings::NONE,
        same::rarity,
        shared::most_of_domain,
    },
    Index,
    event::Event,
    explain,
    key::Space,
    state::{MOST_ROWS, State},
    version,
    world::World,
};

/// People of a ring among whom reasons are looked for.
const MOST_SHOWN: usize = 400;

/// Who holds a token.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Holding {
    /// Rows, ascending; of a popular token not all.
    pub rows: Vec<u32>,
    /// Number of all rows.
    pub count: u32,
    /// Number of persons, where not all rows are listed.
    pub persons: Option<u32>,
}

impl Index {
    /// The row of an application.
    #[must_use]
    pub fn row(&self, id: &str) -> Option<u32> {
        self.state().row_of(id)
    }

    /// The id of a row; empty where there is none.
    #[must_use]
    pub fn id(&self, row: u32) -> String {
        if self.state().is_there(row) { self.state().id(row).into_owned() } else { String::new() }
    }

    /// The ids of all applications, in the order of their rows.
    pub fn ids(&self) -> impl Iterator<Item = String> + '_ {
        let state = self.state();
        state.all_rows().map(move |row| state.id(row).into_owned())
    }

    /// What the caller knows a row's application by; 0 where it said nothing.
    #[must_use]
    pub fn stamp(&self, row: u32) -> u64 {
        if self.state().is_there(row) { self.state().stamp(row) } else { 0 }
    }

    /// The row that stands for a row's person.
    #[must_use]
    pub fn person(&self, row: u32) -> u32 {
        self.state().person(row)
    }

    /// All applications of a row's person, ascending.
    #[must_use]
    pub fn rows_of_person(&self, row: u32) -> Vec<u32> {
        let state = self.state();
        if !state.is_there(row) {
            return Vec::new();
        }
        let mut rows = state.rows_of(state.person(row));
        rows.sort_unstable();
        rows
    }

    /// The row that stands for a row's ring.
    #[must_use]
    pub fn ring(&self, row: u32) -> Option<u32> {
        let state = self.state();
        let ring = if state.is_there(row) { state.place(state.person(row)).0 } else { NONE };
        (ring != NONE).then_some(ring)
    }

    /// The name of a row's ring.
    #[must_use]
    pub fn ring_name(&self, row: u32) -> Option<String> {
        self.ring(row).map(|ring| format!("r:{}", self.state().id(ring)))
    }

    /// The rows that stand for the other persons of a row's ring, ascending.
    #[must_use]
    pub fn ring_mates(&self, row: u32) -> Vec<u32> {
        let state = self.state();
        let Some(ring) = self.ring(row) else { return Vec::new() };
        let person = state.person(row);
        let mut members = state.members(ring);
        members.retain(|&member| member != person);
        members
    }

    /// Number of rings.
    #[must_use]
    pub fn rings(&self) -> usize {
        self.state().rings()
    }

    /// What speaks for a row's belonging to a ring, in bits.
    #[must_use]
    pub fn score(&self, row: u32) -> f64 {
        let state = self.state();
        if state.is_there(row) { bits(state.score(state.person(row))) } else { 0.0 }
    }

    /// Who holds a token.
    #[must_use]
    pub fn holders(&self, token: u64) -> Holding {
        self.holding(Space::TOKENS, self.key.token(token))
    }

    /// The rows whose pictures are in the group of a row's, that of the row among them, ascending; of a popular picture not all.
    #[must_use]
    pub fn like_pictures(&self, row: u32) -> Vec<u32> {
        let group = if self.state().is_there(row) { self.state().cell(Column::Avatar, row) } else { 0 };
        if group == 0 { Vec::new() } else { self.holding(Space::of(Column::Avatar), group).rows }
    }

    fn holding(&self, space: Space, hash: u64) -> Holding {
        let held = self.state().holders(space, hash);
        let (count, persons) = (held.count, held.persons());
        let mut rows = held.rows;
        rows.sort_unstable();
        Holding { rows, count, persons }
    }

    /// How near two applications are.
    #[must_use]
    pub fn near(&self, one: u32, other: u32) -> Near {
        near(self.state(), one, other)
    }

    /// The bits by which a value of a kind that so few persons hold speaks for one hand behind two applications, given how near they
    /// are: as honest people in this population share such values. `None` for kinds that are weighed as sets.
    #[must_use]
    pub fn weight_of(&self, kind: Kind, one: u32, other: u32, holders: u32) -> Option<f64> {
        if !LONE.contains(&kind) {
            return None;
        }
        let near = near(self.state(), one, other);
        let one_roof = near.family || near.house || kind != Kind::Ip && near.network;
        let nearness = nearness_by(kind, || one_roof, || near.town);
        Some(bits(self.rates.of_holders_so_near(kind, nearness, holders as usize)))
    }

    /// How many persons may hold a value of a kind before it is popular and means nothing.
    #[must_use]
    pub fn most_holders(&self, kind: Kind) -> u32 {
        self.view().cap(kind)
    }

    /// Sentences that the résumé of `row`, which is row `of` of `applicants`, and those of another person have in common and that are
    /// not popular, the rarest first, figures and proper words left open.
    #[must_use]
    pub fn common_sentences<'a>(&self, row: u32, applicants: &'a Applicants, of: u32, other: u32) -> Vec<&'a str> {
        let state = self.state();
        let other = state.person(other);
        if state.person(row) == other {
            return Vec::new();
        }
        let theirs = state.values(other, Kind::Phrases);
        let cap = state.base.cap(Kind::Phrases) as usize;
        let mut weighed: Vec<(i32, &str)> = Vec::new();
        for many in [Many::Phrases, Many::ProjectPhrases] {
            for value in applicants.values_of(many, of) {
                let text = applicants.list_text(many, value);
                let hash = self.key.hash(Space::PHRASES, text.as_bytes());
                if theirs.binary_search(&hash).is_err() {
                    continue;
                }
                let (_, holders) = state.persons_with(Space::PHRASES, hash);
                if (2..=cap).contains(&holders) {
                    weighed.push((-rarity(state.persons(), holders as u32), text));
                }
            }
        }
        weighed.sort_unstable();
        weighed.dedup();
        weighed.into_iter().map(|(_, text)| text).collect()
    }

    /// What a row, which is row `of` of `applicants`, is linked to.
    #[must_use]
    pub fn line(&self, row: u32, applicants: &Applicants, of: u32) -> Line {
        let state = self.state();
        let person = state.person(row);
        let way = explain::way(state, &self.rates, person, &self.bad);
        let mut texts = self.texts_of(applicants, of, row);
        let on_way = way.iter().flat_map(|way| &way.persons).flat_map(|&other| state.some_rows_of(other));
        for other in state.some_rows_of(person).into_iter().chain(on_way).filter(|&other| other != row) {
            if let Some(of) = applicants.row_of(&state.id(other)) {
                texts.extend(self.texts_of(applicants, of, other));
            }
        }
        let (ring, _) = state.place(person);
        let world = (ring != NONE).then(|| {
            let linked: Vec<u32> = state.edges(person).into_iter().map(|(other, ..)| other).collect();
            let mut members = state.members(ring);
            if members.len() > MOST_SHOWN {
                members.sort_by_key(|member| (linked.binary_search(member).is_err(), *member));
                members.truncate(MOST_SHOWN);
            }
            members.push(person);
            World::of(state, members)
        });
        self.line_of(row, &texts, world.as_ref(), way.as_ref())
    }

    fn texts_of(&self, applicants: &Applicants, of: u32, row: u32) -> explain::Texts {
        if of as usize >= applicants.rows() {
            return explain::Texts::default();
        }
        let (_, mut texts) = explain::record(applicants, of, &self.key, 0);
        texts.set_group(self.state().cell(Column::Avatar, row));
        texts
    }

    /// Whether two applications have a value of a column in common.
    #[must_use]
    pub fn shares(&self, column: Column, one: u32, other: u32) -> bool {
        let state = self.state();
        let there = state.is_there(one) && state.is_there(other);
        there && state.cell(column, one) != 0 && state.cell(column, one) == state.cell(column, other)
    }

    /// Says which applications are known bad, and that no others are; ids that are not there are left out. Nothing is written. Only
    /// people's decisions and intel make anybody so.
    pub fn set_known_bad(&mut self, ids: &[String]) {
        let state = self.state();
        self.bad = ids.iter().filter_map(|id| state.row_of(id)).collect();
    }

    /// Whether any application of a row's person is known bad.
    #[must_use]
    pub fn is_known_bad(&self, row: u32) -> bool {
        let state = self.state();
        !self.bad.is_empty()
            && state.is_there(row)
            && (self.bad.contains(&row) || state.rows_of(state.person(row)).iter().any(|row| self.bad.contains(row)))
    }

    /// The rows that are known bad, ascending.
    #[must_use]
    pub fn known_bad(&self) -> Vec<u32> {
        self.bad.iter().copied().collect()
    }

    /// How far the caller's own log was taken in, as the caller said last.
    #[must_use]
    pub const fn position(&self) -> u64 {
        self.position
    }

    /// Says how far the caller's own log was taken in; kept with the index.
    pub fn set_position(&mut self, position: u64) {
        if self.position != position {
            self.position = position;
            self.record(Event::Position(position));
        }
    }

    /// What tells this index from another: a hash over applications, stamps, who is known bad and how all are linked. Equal
    /// applications that were linked alike have one version, whatever the key.
    #[must_use]
    pub fn version(&self) -> String {
        let state = self.state();
        let add = |sum: u128, &row: &u32| sum.wrapping_add(version::known_bad(state.id_hash(row)));
        let sum = self.bad.iter().fold(state.sum(), add);
        let count = (state.rows() as u64).to_le_bytes();
        blake3::Hasher::new().update(b"bonafide links").update(&count).update(&sum.to_le_bytes()).finalize().to_hex().to_string()
    }
}

/// How near two applications' persons are.
fn near(state: State<'_>, one: u32, other: u32) -> Near {
    if !state.is_there(one) || !state.is_there(other) {
        return Near::default();
    }
    let (one, other) = (state.some_rows_of(state.person(one)), state.some_rows_of(state.person(other)));
    debug_assert!(one.len() <= MOST_ROWS && other.len() <= MOST_ROWS);
    let common = |column: Column| {
        let mut values: Vec<u64> = one.iter().map(|&row| state.cell(column, row)).filter(|&value| value != 0).collect();
        let theirs: Vec<u64> = other.iter().map(|&row| state.cell(column, row)).collect();
        values.retain(|value| theirs.contains(value));
        values
    };
    // A domain of many is a provider's.
    let most = most_of_domain(state.persons()) as usize;
    let is_house = |&domain: &u64| state.persons_with(Space::of(Column::Domain), domain).1 <= most;
    Near {
        family: !common(Column::Family).is_empty(),
        house: common(Column::Domain).iter().any(is_house),
        network: !common(Column::Ip).is_empty(),
        town: !common(Column::Place).is_empty(),
    }
}
