//! Why: what a new application shares, with whom, and how much it weighs. Values are those of the new application; of what others
//! have in common there is nothing but a mark of the keyed hash.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::{
    super::{
        columns::{Applicants, Column},
        evidence::{Evidence, Rates, Scale, Templates},
        kind::{ALL, Kind, LONE},
        paths::{self, Besides, LEAST, Paths, leads_to},
        reasons::{self, Ignored, Path, Reason, bits},
        rings::{NONE, Rings},
        same::{Millibits, rarity},
    },
    base::{TOKENS, space_of_list},
    build::{ALL_LISTS, Hashes, cell},
    event::Record,
    key::{Key, Space},
    names::forms,
    state::{State, space_of_kind},
    world::World,
};

/// Persons of a known bad's ring who are looked at.
const MOST_OF_RING: usize = 80;
/// Persons around a new one among whom ways to known bad are looked for.
const MOST_ON_WAYS: usize = 1_500;

/// The values of a new application as they were written.
#[derive(Default)]
pub(super) struct Texts(Vec<(Space, u64, String)>);

impl Texts {
    fn get(&self, space: Space, hash: u64) -> String {
        let found = self.0.iter().find(|&&(of, value, _)| of == space && value == hash);
        found.map_or_else(|| format!("keyed:{:08x}", hash >> 32), |(.., text)| text.clone())
    }
}

/// A row of applications as keyed hashes, and its values. The picture's group is left open.
pub(super) fn record(applicants: &Applicants, row: u32, key: &Key, age: u32) -> (Record, Texts) {
    let mut record = Record { id: applicants.id(row).to_owned(), age, stamp: applicants.stamp(row), ..Record::default() };
    let mut texts = Texts::default();
    for column in Column::ALL {
        let value = applicants.column(column)[row as usize];
        if column == Column::Avatar || value == 0 {
            continue;
        }
        let hash = cell(applicants, Hashes::Of(key), column, value);
        record.cells[column as usize] = hash;
        if matches!(column, Column::Given | Column::Family) {
            record.names.push((hash, forms(key, applicants.bytes(column, value))));
        } else {
            texts.0.push((Space::of(column), hash, applicants.text(column, value)));
        }
    }
    for (at, many) in ALL_LISTS.into_iter().enumerate() {
        let held = applicants.held(many);
        let from = held.partition_point(|&(of, _)| of < row);
        for &(_, value) in held[from..].iter().take_while(|&&(of, _)| of == row) {
            let text = applicants.list_text(many, value);
            let hash = key.hash(space_of_list(at), text.as_bytes());
            record.lists[at].push(hash);
            texts.0.push((space_of_list(at), hash, text.to_owned()));
        }
        record.lists[at].sort_unstable();
        record.lists[at].dedup();
    }
    let tokens = &mut record.lists[TOKENS];
    tokens.extend(applicants.tokens_of(row).map(|token| key.token(token)));
    tokens.sort_unstable();
    tokens.dedup();
    if let Some(picture) = applicants.picture(row) {
        record.picture = key.picture(picture);
        texts.0.push((Space::of(Column::Avatar), 0, format!("{picture:016x}")));
    }
    (record, texts)
}

impl Texts {
    /// Takes over what another application says.
    pub(super) fn extend(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// The picture's group is known now.
    pub(super) fn set_group(&mut self, group: u64) {
        if let Some(entry) = self.0.iter_mut().find(|(space, hash, _)| *space == Space::of(Column::Avatar) && *hash == 0) {
            entry.1 = group;
        }
    }
}

/// What a row has in common with the others of its person.
pub(super) fn same_person(state: State<'_>, texts: &Texts, row: u32) -> Vec<Reason> {
    const COLUMNS: [(Column, &str, Kind); 7] = [
        (Column::Email, "email", Kind::Mailbox),
        (Column::Account, "account", Kind::Account),
        (Column::Phone, "phone", Kind::Phone),
        (Column::Device, "device", Kind::Device),
        (Column::Wallet, "wallet", Kind::Wallet),
        (Column::Avatar, "avatar", Kind::Avatar),
        (Column::Ip, "ip", Kind::Ip),
    ];
    let rows = state.some_rows_of(state.person(row));
    let mut reasons = Vec::new();
    for (column, word, kind) in COLUMNS {
        let value = state.cell(column, row);
        let with = rows.iter().copied().filter(|&other| other != row && value != 0 && state.cell(column, other) == value);
        let Some(with) = with.min_by(|&one, &other| state.id(one).cmp(&state.id(other))) else { continue };
        let text = texts.get(Space::of(column), value);
        // A mailbox of an application is held by those who commit with it, too: in lists values have other hashes.
        let space = space_of_kind(kind);
        let held = if space == Space::of(column) {
            value
        } else {
            texts.0.iter().find(|(of, _, other)| *of == space && *other == text).map_or(0, |&(_, hash, _)| hash)
        };
        let holders = state.persons_with(space, held).1.max(1) as u32;
        reasons.push(Reason {
            with: state.id(with).into_owned(),
            kind: word,
            value: text,
            weight: bits(rarity(state.persons(), holders)),
            holders,
            relation: "same_person",
        });
    }
    reasons::sort(&mut reasons);
    reasons
}

/// What a person has in common with the others of its ring.
pub(super) fn associated(state: State<'_>, rates: &Rates, world: &World, texts: &Texts, person: u32) -> Vec<Reason> {
    let (ring, _) = state.place(person);
    let mut reasons = Vec::new();
    if ring != NONE {
        for &other in world.persons.iter().filter(|&&other| other != person && state.place(other).0 == ring) {
            reasons.extend(between(state, rates, world, texts, person, other));
        }
    }
    reasons::sort(&mut reasons);
    reasons
}

/// What two persons at hand share that is not popular, strongest first.
fn between(state: State<'_>, rates: &Rates, world: &World, texts: &Texts, one: u32, other: u32) -> Vec<Reason> {
    let (Some(left), Some(right)) = (world.number(one), world.number(other)) else { return Vec::new() };
    let mut reasons = Vec::new();
    for kind in ALL.into_iter().filter(|&kind| !world.shared.is_said_already(kind, left, right)) {
        let held = world.shared.held(kind);
        let theirs = held.by_person.get(right);
        let mine = held.by_person.get(left).iter().copied();
        let common = mine.filter(|&value| held.is_shared(value) && theirs.binary_search(&value).is_ok());
        let reason = |value: u32, weight: i32| Reason {
            with: state.id(other).into_owned(),
            kind: kind.word(),
            value: texts.get(space_of_kind(kind), world.hash(kind, value)),
            weight: bits(weight),
            holders: held.holders(value) as u32,
            relation: "associated",
        };
        if LONE.contains(&kind) {
            let weighed = common.map(|value| (value, rates.of_pair(&world.shared, kind, value, left, right)));
            reasons.extend(weighed.filter(|&(_, weight)| weight > 0).map(|(value, weight)| reason(value, weight)));
        } else {
            // Sentences and employers are weighed together; the rarest stands for them.
            let weight = |value: u32| rarity(world.shared.population(), held.holders(value) as u32);
            let text = |value: u32| texts.get(space_of_kind(kind), world.hash(kind, value));
            let rarest = common.max_by(|&a, &b| weight(a).cmp(&weight(b)).then_with(|| text(b).cmp(&text(a))));
            reasons.extend(rarest.map(|value| reason(value, weight(value))));
        }
    }
    reasons::sort(&mut reasons);
    reasons
}

/// Values of a person that too many hold.
pub(super) fn ignored(state: State<'_>, texts: &Texts, person: u32) -> Vec<Ignored> {
    let mut ignored = Vec::new();
    for kind in LONE {
        for value in state.values(person, kind) {
            let (_, holders) = state.persons_with(space_of_kind(kind), value);
            if holders > state.base.cap(kind) as usize {
                let value = texts.get(space_of_kind(kind), value);
                ignored.push(Ignored { kind: kind.word(), value, holders: holders as u32 });
            }
        }
    }
    reasons::sort_ignored(&mut ignored);
    ignored
}

/// The strongest way from a person to known bad.
pub(super) struct Way {
    /// The persons on it, the known bad last.
    pub(super) persons: Vec<u32>,
    /// The share of the walk that ends at the person.
    share: u64,
}

/// Finds the strongest way: everybody is looked at to whom links lead, and what is shared in rings with a known bad in them.
pub(super) fn way(state: State<'_>, rates: &Rates, person: u32, bad: &BTreeSet<u32>) -> Option<Way> {
    let bad: BTreeSet<u32> = bad.iter().map(|&row| state.person(row)).collect();
    if bad.is_empty() || bad.contains(&person) {
        return None;
    }
    let counts = |one: u32, other: u32, weight: i32| {
        let ring = state.place(one).0;
        let is_bad = bad.contains(&one) || bad.contains(&other);
        ring != NONE && ring == state.place(other).0 || is_bad && weight >= paths::LIGHTEST || weight >= paths::STRONG
    };
    let rings_of_bad: BTreeSet<u32> = bad.iter().map(|&person| state.place(person).0).filter(|&ring| ring != NONE).collect();
    let mut reached: BTreeSet<u32> = BTreeSet::from([person]);
    let mut edges: BTreeMap<(u32, u32), (i32, u16)> = BTreeMap::new();
    let mut besides = Besides::new();
    for (other, weight) in linked_with_bad(state, rates, person, &bad) {
        besides.insert((person.min(other), person.max(other)), weight);
        reached.insert(other);
    }
    let mut open = VecDeque::from([person]);
    while let Some(at) = open.pop_front() {
        if reached.len() >= MOST_ON_WAYS {
            break;
        }
        let linked = state.edges(at).into_iter().filter(|&(other, weight, _)| counts(at, other, weight));
        let mut near: Vec<u32> = Vec::new();
        for (other, weight, kinds) in linked {
            edges.insert((at.min(other), at.max(other)), (weight, kinds));
            near.push(other);
        }
        let ring = state.place(at).0;
        if rings_of_bad.contains(&ring) {
            let mates = mates_by_values(state, at, ring);
            for &other in &mates {
                besides.entry((at.min(other), at.max(other))).or_insert(LEAST);
            }
            near.extend(mates);
        }
        open.extend(near.into_iter().filter(|&other| reached.insert(other)));
    }
    let persons: Vec<u32> = reached.into_iter().collect();
    let number = |person: u32| persons.binary_search(&person).ok().map(|at| at as u32);
    let near_bad: BTreeSet<u32> = bad.iter().filter_map(|&person| number(person)).collect();
    if near_bad.is_empty() {
        return None;
    }
    let links = edges.into_iter().filter_map(|((one, other), (weight, kinds))| {
        Some((Evidence { weight, kinds, sentences: 0 }, number(one)?, number(other)?))
    });
    let ring_of = persons.iter().map(|&person| state.place(person).0).collect();
    let rings = Rings {
        rings: Vec::new(),
        ring_of,
        score: Vec::new(),
        weighed: 0,
        edges: links.collect(),
        templates: Templates::default(),
    };
    let besides =
        besides.into_iter().filter_map(|((one, other), weight)| Some(((number(one)?, number(other)?), weight))).collect();
    let ways = Paths::over(&rings, persons.len(), &near_bad, &besides);
    let on_way: Vec<u32> = ways.way(number(person)?).into_iter().map(|at| persons[at as usize]).collect();
    // The walk starts at all who are known bad, not only at those who are near.
    let share = ways.share(number(person)?) / bad.len().max(1) as u64 * near_bad.len() as u64;
    (!on_way.is_empty()).then_some(Way { persons: on_way, share })
}

/// Those known to be bad with whom, or with whose rings, somebody who is not of them shares something rare, and how much it weighs.
fn linked_with_bad(state: State<'_>, rates: &Rates, person: u32, bad: &BTreeSet<u32>) -> Vec<(u32, Millibits)> {
    let mut near = BTreeSet::new();
    for kind in LONE {
        let cap = state.base.cap(kind) as usize;
        for value in state.values(person, kind) {
            let (persons, count) = state.persons_with(space_of_kind(kind), value);
            if (2..=cap).contains(&count) {
                near.extend(persons.into_iter().filter(|other| bad.contains(other)));
            }
        }
    }
    let (own, _) = state.place(person);
    let mut leading = Vec::new();
    for known in near {
        let (ring, _) = state.place(known);
        if ring != NONE && ring == own {
            continue;
        }
        let mut members = if ring == NONE { Vec::new() } else { state.members(ring) };
        members.truncate(MOST_OF_RING);
        members.push(known);
        let world = World::of(state, members.iter().copied().chain([person]).collect());
        let mut members: Vec<u32> = members.into_iter().filter_map(|member| world.number(member)).collect();
        members.sort_unstable();
        members.dedup();
        let mut scale = Scale::new(&world.shared, rates, &world.templates);
        let weight = world.number(person).and_then(|person| leads_to(&mut scale, person, &members));
        leading.extend(weight.map(|weight| (known, weight)));
    }
    leading
}

/// Those of a person's ring who share anything with it that is not popular.
fn mates_by_values(state: State<'_>, person: u32, ring: u32) -> BTreeSet<u32> {
    let mut mates = BTreeSet::new();
    for kind in ALL {
        let cap = state.base.cap(kind) as usize;
        for value in state.values(person, kind) {
            let (persons, count) = state.persons_with(space_of_kind(kind), value);
            if (2..=cap).contains(&count) {
                mates.extend(persons.into_iter().filter(|&other| other != person && state.place(other).0 == ring));
            }
        }
    }
    mates
}

/// What is shared at every step of a way.
pub(super) fn path(state: State<'_>, rates: &Rates, texts: &Texts, person: u32, way: &Way) -> Option<Path> {
    let to = *way.persons.last()?;
    let world = World::of(state, way.persons.iter().copied().chain([person]).collect());
    let from = std::iter::once(person).chain(way.persons.iter().copied());
    let steps =
        from.zip(&way.persons).filter_map(|(one, &other)| between(state, rates, &world, texts, one, other).into_iter().next());
    Some(Path { to: state.id(to).into_owned(), score: paths::thousandths(way.share), steps: steps.collect() })
}
