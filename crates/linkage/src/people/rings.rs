//! Rings: personas with one hand behind them.
//!
//! Rings begin with pairs for which two independent kinds of evidence speak, are joined only where the evidence between them would do
//! by itself, and grow by people whose link leads to the ring's core, never through somebody who was added for a weak link. So there
//! is no chain to a blob. What is left of lone rare links makes a ring only where several kinds of them meet.

mod extend;

use std::cmp::Reverse;

use rayon::prelude::*;

pub(crate) use extend::Extended;
pub(super) use extend::{extend, held};

use super::{
    evidence::{Employers, Evidence, Scale, has_written},
    kind::{Kind, LONE},
    met::{Met, add_pairs},
    rates::Rates,
    same::{Millibits, rarity},
    shared::{Held, Shared},
    templates::Templates,
    ties::{LIKELY, LIKELY_OF_A_RING, Learned, Ties},
};
use crate::{
    cluster::UnionFind,
    columns::{PackedPair, pack, unpack},
};

/// One applicant in 340 belongs to a ring, as far as anybody has published (Pindrop, 2026): log2 of it.
pub(crate) const PRIOR: Millibits = 8_400;
/// Odds of eight to one before anybody is flagged.
const MARGIN: Millibits = 3_000;
/// A pair begins a ring from here on.
const SEED: Millibits = PRIOR + MARGIN;
/// Sentences alone begin one from here on.
const SEED_OF_ONE_KIND: Millibits = 14_000;
/// A person joins a ring for several kinds of evidence from here on.
const JOIN: Millibits = 3_500;
/// And for a network address alone: networks are common in ways that nobody has thought of.
const JOIN_FOR_A_NETWORK: Millibits = 6_000;
/// What it costs to have written a résumé in which nothing of a ring's is, where the ring has sentences of its own.
const OTHER_WORDS: Millibits = 3_000;
/// A person joins a ring's core from here on: so few honest people are linked to anybody as strongly that there is no chain of them.
const CORE: Millibits = 4_500;
/// Two rings are one from here on, less what it takes to meet somebody of a ring by chance.
const MERGE: Millibits = 9_000;
/// At most so much is it worth that both ends of a link are in rings.
const MOST_FOR_MEETING: Millibits = 5_000;
/// Weakest links of a chain.
pub(crate) const LINK: Millibits = 3_500;
/// People in a chain of lone links at most; longer ones are cut at their weaker links.
const MOST_IN_CHAIN: usize = 120;
/// By how much the weakest link rises then.
const STEP: Millibits = 1_000;
/// Rounds of growing; rings are at rest before.
const ROUNDS: usize = 6;
/// Times that rings are looked for.
const PASSES: usize = 3;
/// What must speak for a ring besides its documents.
const BESIDES: Millibits = 4_000;
/// By how much less the ties need say where the weights say enough as well.
const UNDOUBTED: Millibits = 2_000;
/// One in so many of a ring must be concerned by it: in a crowd some share something by chance.
const CONCERNED: usize = 10;
/// People who may be a ring by nothing but their sentences, if these leave no doubt.
const MOST_OF_ONE_TEXT: usize = 4;
/// Nobody's ring.
pub(crate) const NONE: u32 = u32::MAX;

/// A ring.
#[derive(Clone, Debug, Default)]
pub(crate) struct Ring {
    /// Persons, ascending.
    pub(crate) members: Vec<u32>,
    /// Those with strong links, ascending.
    pub(crate) core: Vec<u32>,
}

/// Rings, and the evidence for everybody.
pub(crate) struct Rings {
    /// The rings, each with at least two persons.
    pub(crate) rings: Vec<Ring>,
    /// The ring of every person, or [`NONE`].
    pub(crate) ring_of: Vec<u32>,
    /// What speaks for everybody's belonging to a ring, flagged or not.
    pub(crate) score: Vec<Millibits>,
    /// Pairs of persons that were weighed.
    pub(crate) weighed: usize,
    /// Those that are linked, strongest first.
    pub(crate) edges: Vec<(Evidence, u32, u32)>,
    /// What popular templates have spread.
    pub(crate) templates: Templates,
}

/// Finds rings three times: with judged rates of what honest people share, then with the rates counted over those who are in no ring
/// and without what popular templates have spread. Answers also with what was learned of links that come together.
pub(super) fn find(shared: &Shared) -> (Rings, Rates, Learned) {
    let mut templates = Templates::default();
    let mut rates = Rates::of(shared, |_| false);
    let met = Met::of(shared, candidates(shared, &rates));
    let ties = Ties::learn(shared, &met);
    for _ in 1..PASSES {
        let (rings, rejected) = assemble(shared, &rates, &templates, (&met, &ties));
        rates = Rates::of(shared, |person| rings.ring_of[person as usize] == NONE);
        if rejected.is_empty() {
            break;
        }
        rejected.iter().for_each(|group| templates.add(shared, group));
    }
    let rings = assemble(shared, &rates, &templates, (&met, &ties)).0;
    (Rings { templates, ..rings }, rates, ties.into_learned())
}

/// Two texts are of one template from here on: by chance one text in a thousand meets another that is so like it.
pub(crate) const SEED_OF_SENTENCES: Millibits = 10_000;

/// Groups of texts of one template by their sentences alone, and the links between texts.
pub(crate) fn of_sentences(shared: &Shared) -> (Rings, Vec<(Evidence, u32, u32)>) {
    let rates = Rates::of(shared, |_| false);
    let templates = Templates::default();
    let mut scale = Scale::new(shared, &rates, &templates);
    let mut edges: Vec<(Evidence, u32, u32)> = Vec::new();
    let pairs = twice(shared);
    for &pair in &pairs {
        let (one, other) = unpack(pair);
        let evidence = scale.weigh_pair(one, other);
        if evidence.weight >= LINK {
            edges.push((evidence, one, other));
        }
    }
    sort(&mut edges);
    let mut assembly =
        Assembly { scale, rings: Vec::new(), ring_of: vec![NONE; shared.persons()], ties: &NO_TIES, flagged_outside: 0 };
    assembly.seed(&edges, SEED_OF_SENTENCES);
    assembly.merge(&edges);
    assembly.grow();
    assembly.merge(&edges);
    assembly.prune();
    let Assembly { mut scale, mut rings, mut ring_of, .. } = assembly;
    let mut score = vec![0; shared.persons()];
    rings.retain(|ring| !ring.members.is_empty());
    for (number, ring) in rings.iter().enumerate() {
        for &person in &ring.members {
            ring_of[person as usize] = number as u32;
        }
        scale
            .weigh_each(&ring.members, ring.members.iter().copied(), |person, evidence| score[person as usize] = evidence.weight);
    }
    (Rings { rings, ring_of, score, weighed: pairs.len(), edges: Vec::new(), templates: Templates::default() }, edges)
}

fn sort(edges: &mut [(Evidence, u32, u32)]) {
    edges.sort_unstable_by(|one, other| other.0.weight.cmp(&one.0.weight).then_with(|| (one.1, one.2).cmp(&(other.1, other.2))));
}

/// Pairs of persons who share two sentences.
fn twice(shared: &Shared) -> Vec<PackedPair> {
    let mut repeated = pairs_of(shared.held(Kind::Phrases));
    repeated.par_sort_unstable();
    repeated.chunk_by(|one, other| one == other).filter(|same| same.len() > 1).map(|same| same[0]).collect()
}

/// Pairs of persons who share a rare value or two sentences, with the kind of it.
fn candidates(shared: &Shared, rates: &Rates) -> Vec<(PackedPair, u8)> {
    let mut pairs = Vec::new();
    for kind in LONE {
        add_pairs(shared, kind, u32::MAX, &mut pairs);
    }
    add_pairs(shared, Kind::Employers, rates.most_at_employer(LINK), &mut pairs);
    pairs.extend(twice(shared).into_iter().map(|pair| (pair, Kind::Phrases.number() as u8)));
    pairs
}

fn pairs_of(held: &Held) -> Vec<PackedPair> {
    let mut pairs = Vec::new();
    for value in 1..held.by_value.len() as u32 {
        if held.is_shared(value) {
            let holders = held.by_value.get(value);
            for (at, &one) in holders.iter().enumerate() {
                pairs.extend(holders[at + 1..].iter().map(|&other| pack(one, other)));
            }
        }
    }
    pairs
}

/// Rings, and the groups that only documents hold together.
fn assemble(shared: &Shared, rates: &Rates, templates: &Templates, (met, ties): (&Met, &Ties)) -> (Rings, Vec<Vec<u32>>) {
    let mut scale = Scale::new(shared, rates, templates);
    let mut edges: Vec<(Evidence, u32, u32)> = Vec::new();
    let mut score = vec![0; shared.persons()];
    for meeting in met.iter() {
        let evidence = scale.weigh_meeting(meeting);
        let (one, other) = (meeting.one, meeting.other);
        for person in [one, other] {
            score[person as usize] = evidence.weight.max(score[person as usize]);
        }
        if evidence.weight >= LINK {
            edges.push((evidence, one, other));
        }
    }
    sort(&mut edges);
    let mut assembly = Assembly { scale, rings: Vec::new(), ring_of: vec![NONE; shared.persons()], ties, flagged_outside: 0 };
    assembly.seed(&edges, SEED_OF_ONE_KIND);
    assembly.merge(&edges);
    assembly.grow();
    if !ties.know_enough() {
        assembly.chain(&edges);
    }
    assembly.tie();
    assembly.grow();
    assembly.merge(&edges);
    assembly.grow_by_ties();
    assembly.merge_by_ties();
    assembly.prune();
    let rejected = assembly.reject(&edges);
    let Assembly { mut scale, mut rings, mut ring_of, .. } = assembly;
    rings.retain(|ring| !ring.members.is_empty());
    rings.sort_unstable_by_key(|ring| ring.members[0]);
    for (number, ring) in rings.iter().enumerate() {
        for &person in &ring.members {
            ring_of[person as usize] = number as u32;
        }
        let flag = |person: u32, evidence: Evidence| score[person as usize] = evidence.weight + PRIOR;
        scale.weigh_each(&ring.members, ring.members.iter().copied(), flag);
    }
    for (person, score) in score.iter_mut().enumerate() {
        // Who is flagged stands above all who are not.
        if ring_of[person] == NONE {
            *score = (*score).min(PRIOR);
        }
    }
    (Rings { rings, ring_of, score, weighed: met.len(), edges, templates: Templates::default() }, rejected)
}

/// For where nothing is to be learned from links that come together.
static NO_TIES: Ties = Ties::NONE;

struct Assembly<'a> {
    scale: Scale<'a>,
    rings: Vec<Ring>,
    ring_of: Vec<u32>,
    ties: &'a Ties,
    /// Persons in rings who are not at hand.
    flagged_outside: usize,
}

impl Assembly<'_> {
    /// Pairs that speak for themselves.
    fn seed(&mut self, edges: &[(Evidence, u32, u32)], of_one_kind: Millibits) {
        for &(evidence, one, other) in edges {
            if !speaks_for_itself(evidence) && evidence.weight < of_one_kind {
                continue;
            }
            match (self.ring_of[one as usize], self.ring_of[other as usize]) {
                (NONE, NONE) => {
                    let number = self.rings.len() as u32;
                    self.rings.push(Ring { members: vec![one, other], core: vec![one, other] });
                    self.ring_of[one as usize] = number;
                    self.ring_of[other as usize] = number;
                }
                (NONE, ring) => self.add(one, ring, true),
                (ring, NONE) => self.add(other, ring, true),
                _ => {}
            }
        }
    }

    fn add(&mut self, person: u32, ring: u32, to_core: bool) {
        let of = &mut self.rings[ring as usize];
        insert(&mut of.members, person);
        if to_core {
            insert(&mut of.core, person);
        }
        self.ring_of[person as usize] = ring;
    }

    /// Joins rings between whose cores there is enough.
    ///
    /// A chance link leads to somebody who is in no ring, in proportion to their number; so a link between two rings is worth more.
    fn merge(&mut self, edges: &[(Evidence, u32, u32)]) {
        let flagged = self.flagged_outside + self.ring_of.iter().filter(|&&ring| ring != NONE).count();
        let meeting = rarity(self.scale.shared.population(), flagged as u32).min(MOST_FOR_MEETING);
        for _ in 0..ROUNDS {
            let mut met: Vec<(u32, u32)> = edges
                .iter()
                .map(|&(_, one, other)| (self.ring_of[one as usize], self.ring_of[other as usize]))
                .filter(|&(one, other)| one != other && one != NONE && other != NONE)
                .map(|(one, other)| (one.min(other), one.max(other)))
                .collect();
            met.sort_unstable();
            met.dedup();
            let mut changed = false;
            for (one, other) in met {
                let (left, right) = (&self.rings[one as usize].core, &self.rings[other as usize].core);
                if left.is_empty() || right.is_empty() {
                    continue;
                }
                let (smaller, larger) = if left.len() <= right.len() { (left, right) } else { (right, left) };
                let evidence = self.scale.weigh(smaller, larger);
                let speak = [left, right].map(|core| self.scale.has_words_of_its_own(core));
                let against = match speak {
                    [true, true] if evidence.sentences < MERGE => 2 * OTHER_WORDS,
                    // One browser as common as others brings two rings together as easily as two honest people.
                    [false, false] if evidence.kinds() < 2 => meeting,
                    _ => 0,
                };
                if evidence.has_identifiers() && evidence.weight + meeting - against >= MERGE {
                    self.join(one, other);
                    changed = true;
                }
            }
            if !changed {
                return;
            }
        }
    }

    /// Adds those who share something with a ring's core.
    fn grow(&mut self) {
        // A core that has not changed since wants nobody whom it did not want before.
        let mut changed: Vec<u32> = (0..self.rings.len() as u32).collect();
        for _ in 0..ROUNDS {
            let mut wanted: Vec<(Millibits, u32, u32, bool)> = Vec::new();
            for number in changed.drain(..) {
                let ring = &self.rings[number as usize];
                let speaks = self.scale.has_words_of_its_own(&ring.core);
                let mut near = self.scale.neighbours(&ring.core, JOIN);
                near.retain(|&person| self.ring_of[person as usize] == NONE);
                let shared = self.scale.shared;
                self.scale.weigh_each(&ring.core, near, |person, evidence| {
                    if evidence.kinds() < 2 && !speaks && self.ties.know_well() {
                        return;
                    }
                    // Which lone links lead further the ties know better.
                    let leads = evidence.weight >= CORE && (evidence.kinds() > 1 || speaks || !self.ties.know_enough());
                    if let Some(weight) = joins(evidence, speaks && has_written(shared, person)) {
                        wanted.push((weight, person, number, leads));
                    }
                });
            }
            if wanted.is_empty() {
                return;
            }
            wanted.sort_unstable_by(|one, other| other.0.cmp(&one.0).then_with(|| (one.1, one.2).cmp(&(other.1, other.2))));
            for (_, person, ring, leads) in wanted {
                if self.ring_of[person as usize] == NONE {
                    self.add(person, ring, leads);
                    if leads {
                        changed.push(ring);
                    }
                }
            }
            changed.sort_unstable();
            changed.dedup();
        }
    }

    /// Lone rare links of several kinds that meet.
    fn chain(&mut self, edges: &[(Evidence, u32, u32)]) {
        let is_free = |&&(evidence, one, other): &&(Evidence, u32, u32)| {
            self.ring_of[one as usize] == NONE
                && self.ring_of[other as usize] == NONE
                && (!evidence.is_a_network() && !evidence.is_a_word() || evidence.weight >= JOIN_FOR_A_NETWORK)
        };
        let links = edges.iter().filter(is_free).map(|&(evidence, one, other)| (evidence.weight, one, other)).collect();
        self.add_chains(links, LINK);
    }

    /// Groups that hang together by links which are likely to be of one hand, as far as what comes together tells.
    fn tie(&mut self) {
        let ring_of = &self.ring_of;
        let groups = self.ties.groups(MOST_IN_CHAIN, |person| ring_of[person as usize] == NONE);
        groups.into_iter().for_each(|group| self.add_chain(group));
    }

    /// Adds those with a link to somebody of a ring that is likely to be of one hand: a link by chance leads to one of the many who
    /// are in no ring. Nobody who was added for less likely links leads further.
    fn grow_by_ties(&mut self) {
        let silent: Vec<bool> = self.rings.iter().map(|ring| !self.scale.has_words_of_its_own(&ring.members)).collect();
        let mut leads: Vec<bool> = self.ring_of.iter().map(|&ring| ring != NONE).collect();
        for _ in 0..ROUNDS {
            let mut wanted: Vec<(Millibits, u32, u32)> = Vec::new();
            for (one, other, odds) in self.ties.iter() {
                for (person, member) in [(one, other), (other, one)] {
                    let ring = self.ring_of[member as usize];
                    let is_free = self.ring_of[person as usize] == NONE && leads[member as usize];
                    let is_free = is_free && (odds >= LIKELY_OF_A_RING || !self.ties.know_well());
                    if is_free && (silent[ring as usize] || !self.scale.has_written(person)) {
                        wanted.push((odds, person, ring));
                    }
                }
            }
            if wanted.is_empty() {
                return;
            }
            wanted.sort_unstable_by_key(|&(odds, person, ring)| (Reverse(odds), person, ring));
            for (odds, person, ring) in wanted {
                if self.ring_of[person as usize] == NONE {
                    self.add(person, ring, false);
                    leads[person as usize] = odds >= LIKELY;
                }
            }
        }
    }

    /// Joins rings without words of their own between which there is such a link.
    fn merge_by_ties(&mut self) {
        for (one, other) in self.ties.likely() {
            let (one, other) = (self.ring_of[one as usize], self.ring_of[other as usize]);
            if one == NONE || other == NONE || one == other {
                continue;
            }
            let speaks = |ring: u32| self.scale.has_words_of_its_own(&self.rings[ring as usize].members);
            if !speaks(one) && !speaks(other) {
                self.join(one.min(other), one.max(other));
            }
        }
    }

    fn join(&mut self, one: u32, other: u32) {
        let joined = std::mem::take(&mut self.rings[other as usize]);
        joined.members.iter().for_each(|&person| self.ring_of[person as usize] = one);
        let ring = &mut self.rings[one as usize];
        ring.members.extend(joined.members);
        ring.core.extend(joined.core);
        ring.members.sort_unstable();
        ring.core.sort_unstable();
    }

    /// Groups that hang together by links; too large ones are cut at their weaker links.
    fn add_chains(&mut self, links: Vec<(Millibits, u32, u32)>, least: Millibits) {
        let mut open = vec![(least, links)];
        let mut union = UnionFind::new(self.ring_of.len());
        while let Some((level, links)) = open.pop() {
            let links: Vec<_> = links.into_iter().filter(|&(weight, ..)| weight >= level).collect();
            links.iter().for_each(|&(_, one, other)| union.reset(one, other));
            links.iter().for_each(|&(_, one, other)| union.join(one, other));
            let mut members: Vec<(u32, u32)> =
                links.iter().flat_map(|&(_, one, other)| [one, other]).map(|person| (union.root(person), person)).collect();
            members.sort_unstable();
            members.dedup();
            for group in members.chunk_by(|one, other| one.0 == other.0) {
                if group.len() > MOST_IN_CHAIN {
                    let root = group[0].0;
                    let of_group: Vec<_> = links.iter().filter(|&&(_, one, _)| union.root(one) == root).copied().collect();
                    let weakest = of_group.iter().map(|&(weight, ..)| weight).min().unwrap_or(level);
                    open.push((level.max(weakest) + STEP, of_group));
                } else if group.len() > 2 {
                    self.add_chain(group.iter().map(|&(_, person)| person).collect());
                }
            }
        }
    }

    fn add_chain(&mut self, group: Vec<u32>) {
        let against = self.against(&group);
        // What is common here is known better than judged where enough has come together.
        let is_likely = !self.ties.know_enough() || self.ties.are_enough(&group, against - UNDOUBTED);
        let stands = self.ties.are_enough(&group, against) || is_likely && self.stands_alone(&group);
        if stands {
            let number = self.rings.len() as u32;
            group.iter().for_each(|&person| self.ring_of[person as usize] = number);
            self.rings.push(Ring { core: group.clone(), members: group });
        }
    }

    /// Whether several kinds of evidence speak for a group without words of its own, beyond what stands against it.
    fn stands_alone(&mut self, group: &[u32]) -> bool {
        let against = self.against(group);
        if self.ties.are_enough(group, against) {
            return true;
        }
        let (evidence, _) = self.scale.inside(group, Employers::AsAnyValue);
        // A further kind of link meets the others at somebody by chance, the more easily the more people there are at whom it might.
        let meeting = evidence.kinds().saturating_sub(1) as Millibits * rarity(group.len(), 2);
        evidence.kinds() > 1 && evidence.weight - meeting - against >= SEED
    }

    /// Those of one hand who have all handed in résumés would have something in common there.
    fn against(&self, group: &[u32]) -> Millibits {
        let wrote = 2 * group.iter().filter(|&&person| self.scale.has_written(person)).count() > group.len();
        if wrote && !self.scale.has_words_of_its_own(group) { 2 * OTHER_WORDS } else { 0 }
    }

    /// Takes out whom too little holds, and dissolves what is then no ring.
    fn prune(&mut self) {
        for ring in &mut self.rings {
            loop {
                let before = ring.members.len();
                let speaks = self.scale.has_words_of_its_own(&ring.members);
                let (shared, mut kept) = (self.scale.shared, Vec::new());
                self.scale.weigh_each(&ring.members, ring.members.iter().copied(), |person, evidence| {
                    if before > 1 && joins(evidence, speaks && has_written(shared, person)).is_some() {
                        kept.push(person);
                    }
                });
                for person in &ring.members {
                    if kept.binary_search(person).is_err() {
                        self.ring_of[*person as usize] = NONE;
                    }
                }
                ring.members = kept;
                if ring.members.len() == before || ring.members.len() < 2 {
                    break;
                }
            }
            if ring.members.len() < 2 {
                ring.members.iter().for_each(|&person| self.ring_of[person as usize] = NONE);
                *ring = Ring::default();
            }
        }
    }
}

/// What speaks for somebody's belonging to a ring that is there, if it is enough. `wrote`: there is a résumé, and the ring has
/// sentences of its own.
fn joins(evidence: Evidence, wrote: bool) -> Option<Millibits> {
    if evidence.is_a_word() {
        return None;
    }
    let weight = evidence.weight - if wrote && evidence.sentences == 0 { OTHER_WORDS } else { 0 };
    (weight >= if evidence.is_a_network() { JOIN_FOR_A_NETWORK } else { JOIN }).then_some(weight)
}

impl Assembly<'_> {
    /// Dissolves groups that nothing but documents holds together: they have filled in one template. And what is left, after the
    /// weakly held have gone, of groups that only together stood without words of their own.
    fn reject(&mut self, edges: &[(Evidence, u32, u32)]) -> Vec<Vec<u32>> {
        let founders = self.founders(edges);
        let mut rejected = Vec::new();
        let mut rings = std::mem::take(&mut self.rings);
        for ring in rings.iter_mut().filter(|ring| !ring.members.is_empty()) {
            let speaks = self.scale.has_words_of_its_own(&ring.members);
            let stands =
                if speaks { self.stands_on_more_than_words(&ring.members, &founders) } else { self.stands_alone(&ring.members) };
            if !stands {
                ring.members.iter().for_each(|&person| self.ring_of[person as usize] = NONE);
                let members = std::mem::take(ring).members;
                if speaks {
                    rejected.push(members);
                }
            }
        }
        self.rings = rings;
        rejected
    }

    /// By person: whether a link within the ring would have begun one by itself.
    fn founders(&self, edges: &[(Evidence, u32, u32)]) -> Vec<bool> {
        let mut founders = vec![false; self.ring_of.len()];
        for &(evidence, one, other) in edges {
            let ring = self.ring_of[one as usize];
            if ring != NONE && ring == self.ring_of[other as usize] && speaks_for_itself(evidence) {
                founders[one as usize] = true;
                founders[other as usize] = true;
            }
        }
        founders
    }

    /// Whether something besides documents holds a group together.
    ///
    /// Whoever joined for nothing but a value of one writer holds that value as a matter of course, which says nothing about the
    /// writers. So only those are asked who hold the group's words or would be a ring with one of it without them.
    fn stands_on_more_than_words(&mut self, group: &[u32], founders: &[bool]) -> bool {
        let mut witnesses = self.scale.with_words_of(group);
        group.iter().filter(|&&person| founders[person as usize]).for_each(|&person| insert(&mut witnesses, person));
        let (evidence, concerned) = self.scale.inside(&witnesses, Employers::AsTheyMeet);
        let says_something = !evidence.is_a_network() && !evidence.is_a_word();
        let besides = evidence.weight >= BESIDES && says_something && concerned * CONCERNED >= witnesses.len();
        besides || group.len() <= MOST_OF_ONE_TEXT && self.scale.is_one_text(group)
    }
}

/// Whether two kinds of evidence begin a ring.
const fn speaks_for_itself(evidence: Evidence) -> bool {
    evidence.kinds() > 1 && evidence.weight >= SEED
}

fn insert(sorted: &mut Vec<u32>, item: u32) {
    if let Err(at) = sorted.binary_search(&item) {
        sorted.insert(at, item);
    }
}
