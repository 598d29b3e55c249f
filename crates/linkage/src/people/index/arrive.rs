//! A new application: whose it is, which ring it joins, founds or brings together.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    super::{
        evidence::{Rates, Scale},
        kind::{Kind, LONE},
        met::facts_between,
        rings::{Extended, LINK, NONE, PRIOR, extend},
        same::Millibits,
        ties::Learned,
    },
    event::{Changes, Place},
    state::{State, space_of_kind},
    world::{Counts, World},
};

/// Persons who share something with a new one and are looked at, those who share most.
const MOST_NEIGHBOURS: usize = 120;
/// Of those whose link is weak, so many are kept: what they share with a ring may do.
const MOST_WEAK: usize = 24;
/// Links lighter than this are not worth keeping for that.
const WEAK: Millibits = 1_500;
/// Persons in no ring who hang together by lone links, around a new one.
const MOST_IN_CHAIN: usize = 120;
/// Persons of one ring that are looked at.
const MOST_OF_RING: usize = 80;
/// Persons of all rings that are looked at.
const MOST_OF_RINGS: usize = 240;

/// Persons who share rare values with one, and rings that several of its sentences lead to.
struct Neighbours {
    persons: Vec<u32>,
    rings: BTreeSet<u32>,
}

fn neighbours(state: State<'_>, rates: &Rates, person: u32) -> Neighbours {
    let mut shares: BTreeMap<u32, u32> = BTreeMap::new();
    let mut lone: BTreeSet<u32> = BTreeSet::new();
    for kind in LONE {
        let cap = state.base.cap(kind) as usize;
        for value in state.values(person, kind) {
            let (persons, count) = state.persons_with(space_of_kind(kind), value);
            if (2..=cap).contains(&count) {
                for other in persons.into_iter().filter(|&other| other != person) {
                    *shares.entry(other).or_default() += 2;
                    lone.insert(other);
                }
            }
        }
    }
    // An employer leads somewhere where hardly anybody honest shares so small a firm, or where several of a ring claim it.
    let mut claimed_by: BTreeSet<u32> = BTreeSet::new();
    let (cap, rare) = (state.base.cap(Kind::Employers) as usize, rates.most_at_employer(LINK) as usize);
    for value in state.values(person, Kind::Employers) {
        let (persons, count) = state.persons_with(space_of_kind(Kind::Employers), value);
        if (2..=cap).contains(&count) {
            let mut rings: Vec<u32> = Vec::new();
            for other in persons.into_iter().filter(|&other| other != person) {
                rings.push(state.place(other).0);
                if count <= rare {
                    *shares.entry(other).or_default() += 2;
                    lone.insert(other);
                }
            }
            rings.sort_unstable();
            let several = rings.chunk_by(|one, other| one == other).filter(|same| same.len() > 1 && same[0] != NONE);
            claimed_by.extend(several.map(|same| same[0]));
        }
    }
    let cap = state.base.cap(Kind::Phrases) as usize;
    let mut of_ring: BTreeMap<u32, u32> = BTreeMap::new();
    for sentence in state.values(person, Kind::Phrases) {
        let (persons, count) = state.persons_with(space_of_kind(Kind::Phrases), sentence);
        if (2..=cap).contains(&count) {
            let mut rings: Vec<u32> = Vec::new();
            for other in persons.into_iter().filter(|&other| other != person) {
                *shares.entry(other).or_default() += 1;
                rings.push(state.place(other).0);
            }
            rings.sort_unstable();
            rings.dedup();
            rings.into_iter().filter(|&ring| ring != NONE).for_each(|ring| *of_ring.entry(ring).or_default() += 1);
        }
    }
    let mut persons: Vec<(u32, u32)> = shares.into_iter().filter(|&(_, shares)| shares > 1).map(|(of, n)| (n, of)).collect();
    persons.sort_unstable_by_key(|&(shares, of)| (std::cmp::Reverse(shares), of));
    persons.truncate(MOST_NEIGHBOURS);
    let mut rings: BTreeSet<u32> = of_ring.into_iter().filter(|&(_, sentences)| sentences > 1).map(|(ring, _)| ring).collect();
    rings.extend(claimed_by);
    rings.extend(lone.into_iter().map(|other| state.place(other).0).filter(|&ring| ring != NONE));
    Neighbours { persons: persons.into_iter().map(|(_, person)| person).collect(), rings }
}

/// Which ring a person is in now that an application of it is new; `changes` takes what that does to rings, links and scores. Answers
/// with everybody with whom it was compared, for the explanation.
pub(super) fn ring_of(
    state: State<'_>,
    (rates, learned): (&Rates, &Learned),
    person: u32,
    changes: &mut Changes,
) -> Option<World> {
    let near = neighbours(state, rates, person);
    let (own, _) = state.place(person);
    if near.persons.is_empty() && near.rings.is_empty() && own == NONE {
        rescore(state, person, 0, changes);
        return None;
    }
    let mut nearby: Vec<u32> = near.persons.clone();
    nearby.push(person);
    let mut counts = Counts::default();
    let world = World::counted(state, nearby, &mut counts);
    let mut scale = Scale::new(&world.shared, rates, &world.templates);
    let number = world.number(person)?;
    let mut weighed: Vec<(Millibits, u32)> =
        near.persons.iter().filter_map(|&other| Some((scale.weigh_pair(number, world.number(other)?).weight, other))).collect();
    weighed.sort_unstable_by_key(|&(weight, other)| (std::cmp::Reverse(weight), other));
    let score = weighed.first().map_or(0, |&(weight, _)| weight).min(PRIOR);
    let strong: Vec<u32> = weighed.iter().filter(|&&(weight, _)| weight >= LINK).map(|&(_, other)| other).collect();
    let mut rings = near.rings;
    rings.extend(Some(own).filter(|&own| own != NONE));
    let tied: Vec<u32> = near.persons.iter().copied().filter(|&other| is_tied(&world, learned, number, other)).collect();
    if strong.is_empty() && rings.is_empty() && tied.is_empty() {
        rescore(state, person, score, changes);
        return None;
    }
    let mut persons = vec![person];
    let weak = weighed.iter().filter(|&&(weight, _)| (WEAK..LINK).contains(&weight)).map(|&(_, other)| other);
    let is_free = |other: u32| state.place(other).0 == NONE;
    persons.extend(weak.filter(|&other| is_free(other)).take(MOST_WEAK));
    persons.extend(chain(state, strong.into_iter().chain(tied)));
    let mut of_rings = 0;
    for &ring in &rings {
        let mut members = state.members(ring);
        // Those who are near stand for a ring that is too large.
        members.sort_by_key(|member| (!near.persons.contains(member), *member));
        members.truncate(MOST_OF_RING.min(MOST_OF_RINGS - of_rings));
        of_rings += members.len();
        persons.extend(members);
    }
    let world = World::counted(state, persons, &mut counts);
    let number = world.number(person)?;
    let known = world.rings(state);
    let inside = known.iter().map(|ring| ring.members.len()).sum::<usize>();
    let outside = state.flagged().saturating_sub(inside);
    let extended = extend(&world.shared, (rates, learned), &world.templates, known, number, outside);
    let links =
        extended.edges.iter().map(|&(evidence, other)| (person, world.persons[other as usize], evidence.weight, evidence.kinds));
    changes.edges.extend(links);
    place(state, &world, &extended, changes);
    rescore(state, person, extended.score.max(if extended.members.is_empty() { score } else { 0 }), changes);
    for &(other, score) in &extended.others {
        let other = world.persons[other as usize];
        // What speaks for somebody's belonging to a ring grows by whoever comes.
        if score > state.score(other) {
            rescore(state, other, score, changes);
        }
    }
    Some(world)
}

/// Whether somebody has a link to a person at hand that may be of one hand, as far as was learned.
fn is_tied(world: &World, learned: &Learned, person: u32, other: u32) -> bool {
    let Some(other) = world.number(other) else { return false };
    let kinds = LONE.into_iter().chain([Kind::Employers]).fold(0, |kinds, kind| kinds | 1 << kind.number());
    let mut facts = Vec::new();
    facts_between(&world.shared, (person, other), kinds, &mut facts);
    facts.iter().any(|fact| learned.odds(fact).is_some())
}

fn rescore(state: State<'_>, person: u32, score: Millibits, changes: &mut Changes) {
    if state.score(person) != score {
        changes.scores.push((person, score));
    }
}

/// Persons in no ring around some, as far as links go.
fn chain(state: State<'_>, near: impl Iterator<Item = u32>) -> Vec<u32> {
    let free: Vec<u32> = near.filter(|&other| state.place(other).0 == NONE).take(MOST_IN_CHAIN).collect();
    let mut reached: BTreeSet<u32> = free.iter().copied().collect();
    let mut open = std::collections::VecDeque::from(free);
    while let Some(person) = open.pop_front() {
        for (other, weight, _) in state.edges(person) {
            if reached.len() >= MOST_IN_CHAIN {
                return reached.into_iter().collect();
            }
            if weight >= LINK && state.place(other).0 == NONE && reached.insert(other) {
                open.push_back(other);
            }
        }
    }
    reached.into_iter().collect()
}

/// Writes down where the members of a ring are now.
fn place(state: State<'_>, world: &World, extended: &Extended, changes: &mut Changes) {
    if extended.members.is_empty() {
        return;
    }
    let members: Vec<u32> = extended.members.iter().map(|&member| world.persons[member as usize]).collect();
    let mut known: Vec<u32> = members.iter().map(|&member| state.place(member).0).filter(|&ring| ring != NONE).collect();
    known.sort_unstable();
    known.dedup();
    let Some(ring) = state.oldest(if known.is_empty() { members.clone() } else { known.clone() }) else { return };
    let is_core = |member: u32| extended.core.binary_search(&member).is_ok();
    let mut put = |person: u32, to: Place| {
        let from = state.place(person);
        if from != to {
            changes.rings.push((person, from, to));
        }
    };
    for (&member, &person) in extended.members.iter().zip(&members) {
        let (before, core) = state.place(person);
        // Who was in a core stays there.
        put(person, (ring, is_core(member) || before != NONE && core));
    }
    // Those of the rings that were brought together who were not at hand.
    for other in known.into_iter().filter(|&other| other != ring) {
        for person in state.members(other) {
            if members.binary_search(&person).is_err() {
                put(person, (ring, state.place(person).1));
            }
        }
    }
}
