//! Ways to known bad.
//!
//! A walk starts at those whom people's decisions or intel call bad and at each step goes on over a link, in proportion to its
//! weight, or starts again; a hub passes little on to each of its neighbours. Links are those within rings, those that would begin
//! one, and rare links to a known bad itself; who holds the same in the ring of a known bad makes what is shared with it no less rare.
//! In a ring with a known bad everything counts that two of it share: who has a little in common with each of many has no strong link
//! to any. The way shown is the one over the strongest links.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet, BinaryHeap},
};

use super::{
    Linked,
    columns::Applicants,
    evidence::Scale,
    kind::{ALL, LONE},
    reasons::{Names, Path},
    rings::{NONE, PRIOR, Rings},
    same::Millibits,
    shared::Shared,
};

/// Links lighter than this lead nowhere, even from a known bad.
pub(super) const LIGHTEST: Millibits = 5_000;
/// Links that count outside of rings.
pub(super) const STRONG: Millibits = PRIOR + 3_000;
/// What it counts that two of a ring share something.
pub(super) const LEAST: Millibits = 1_000;
/// Steps of a way at most.
const MOST_STEPS: u32 = 6;
/// Steps of the walk that are followed.
const ROUNDS: usize = 12;
/// The chance that the walk starts again, in parts of 1,000.
const RESTART: u64 = 250;
/// All there is to share out.
const WHOLE: u64 = 1_000_000_000_000;

/// Ways to known bad for everybody.
#[derive(Default)]
pub(super) struct Paths {
    /// The next person on the way, or [`NONE`].
    next: Vec<u32>,
    /// Share of the walk.
    share: Vec<u64>,
}

impl Paths {
    /// Over links, and `besides` over what pairs of persons share, the lower first, with its weight.
    pub(super) fn over(rings: &Rings, persons: usize, bad: &BTreeSet<u32>, besides: &Besides) -> Self {
        if bad.is_empty() {
            return Self::default();
        }
        let mut links: Vec<(u32, u32, u64)> = Vec::new();
        for &(evidence, one, other) in &rings.edges {
            let (of_one, of_other) = (rings.ring_of[one as usize], rings.ring_of[other as usize]);
            let within = of_one != NONE && of_one == of_other;
            let from_bad = (bad.contains(&one) || bad.contains(&other)) && evidence.weight >= LIGHTEST;
            if within || from_bad || evidence.weight >= STRONG {
                let weight = evidence.weight.max(1) as u64;
                links.extend([(one, other, weight), (other, one, weight)]);
            }
        }
        let known: BTreeSet<(u32, u32)> = links.iter().map(|&(one, other, _)| (one, other)).collect();
        for (&(one, other), &weight) in besides {
            if !known.contains(&(one, other)) {
                links.extend([(one, other, weight as u64), (other, one, weight as u64)]);
            }
        }
        links.sort_unstable();
        let of = |person: u32| {
            let start = links.partition_point(|link| link.0 < person);
            links[start..].iter().take_while(move |link| link.0 == person)
        };
        Self { next: strongest(persons, bad, of), share: walk(persons, bad, of) }
    }

    /// The persons on the strongest way from one, the known bad last; empty where there is none.
    pub(super) fn way(&self, person: u32) -> Vec<u32> {
        let next = |at: u32| self.next.get(at as usize).copied().filter(|&next| next != NONE);
        std::iter::successors(next(person), |&at| next(at)).collect()
    }

    /// The share of the walk that ends at a person.
    pub(super) fn share(&self, person: u32) -> u64 {
        self.share.get(person as usize).copied().unwrap_or(0)
    }
}

/// Pairs of persons, the lower first, with what it counts that they share something.
pub(super) type Besides = BTreeMap<(u32, u32), Millibits>;

/// Whether what somebody shares with a known bad and its ring leads there.
pub(super) fn leads_to(scale: &mut Scale<'_>, person: u32, ring: &[u32]) -> Option<Millibits> {
    Some(scale.weigh(&[person], ring).weight).filter(|&weight| weight >= LIGHTEST)
}

/// Adds those who share something rare with a known bad and are not of its ring.
fn add_near(bad: &BTreeSet<u32>, linked: &Linked, besides: &mut Besides) {
    let (shared, rings) = (&linked.shared, &linked.rings);
    let mut scale = Scale::new(shared, &linked.rates, &rings.templates);
    for &known in bad {
        let ring = rings.ring_of[known as usize];
        let alone = [known];
        let members = if ring == NONE { &alone[..] } else { &rings.rings[ring as usize].members };
        let mut near = BTreeSet::new();
        for kind in LONE {
            let held = shared.held(kind);
            for &value in held.by_person.get(known).iter().filter(|&&value| held.is_shared(value)) {
                near.extend(held.by_value.get(value).iter().filter(|holder| members.binary_search(holder).is_err()));
            }
        }
        for person in near {
            if let Some(weight) = leads_to(&mut scale, person, members) {
                let before = besides.entry((person.min(known), person.max(known))).or_default();
                *before = weight.max(*before);
            }
        }
    }
}

/// Pairs of one ring with a known bad in it who share anything that is not popular.
fn shared_in_rings_of(bad: &BTreeSet<u32>, rings: &Rings, shared: &Shared) -> Besides {
    let of_bad: BTreeSet<u32> = bad.iter().map(|&person| rings.ring_of[person as usize]).filter(|&ring| ring != NONE).collect();
    let mut pairs = Besides::new();
    for ring in of_bad {
        for &one in &rings.rings[ring as usize].members {
            for kind in ALL {
                let held = shared.held(kind);
                for &value in held.by_person.get(one).iter().filter(|&&value| held.is_shared(value)) {
                    let of_ring = |&&other: &&u32| other > one && rings.ring_of[other as usize] == ring;
                    pairs.extend(held.by_value.get(value).iter().filter(of_ring).map(|&other| ((one, other), LEAST)));
                }
            }
        }
    }
    pairs
}

/// A share of the walk in thousandths.
pub(super) fn thousandths(share: u64) -> f64 {
    (share / (WHOLE / 1_000_000)) as f64 / 1_000.0
}

/// The next person on everybody's strongest way: weak links are long.
fn strongest<'l, I: Iterator<Item = &'l (u32, u32, u64)>>(
    persons: usize,
    bad: &BTreeSet<u32>,
    of: impl Fn(u32) -> I,
) -> Vec<u32> {
    let mut next = vec![NONE; persons];
    let mut best = vec![(u64::MAX, u32::MAX); persons];
    let mut open: BinaryHeap<Reverse<(u64, u32, u32)>> = bad.iter().map(|&person| Reverse((0, 0, person))).collect();
    bad.iter().for_each(|&person| best[person as usize] = (0, 0));
    while let Some(Reverse((length, steps, person))) = open.pop() {
        if best[person as usize] < (length, steps) || steps == MOST_STEPS {
            continue;
        }
        for &(_, other, weight) in of(person) {
            let longer = (length + 1_000 + 20_000_000 / weight, steps + 1);
            if longer < best[other as usize] {
                best[other as usize] = longer;
                next[other as usize] = person;
                open.push(Reverse((longer.0, longer.1, other)));
            }
        }
    }
    next
}

/// Shares of the walk in whole parts, so that no sum depends on an order.
fn walk<'l, I: Iterator<Item = &'l (u32, u32, u64)>>(persons: usize, bad: &BTreeSet<u32>, of: impl Fn(u32) -> I) -> Vec<u64> {
    let start = WHOLE / bad.len() as u64;
    let mut share = vec![0; persons];
    bad.iter().for_each(|&person| share[person as usize] = start);
    for _ in 0..ROUNDS {
        let mut after = vec![0_u64; persons];
        bad.iter().for_each(|&person| after[person as usize] = start / 1_000 * RESTART);
        for person in 0..persons as u32 {
            let here = share[person as usize] / 1_000 * (1_000 - RESTART);
            if here == 0 {
                continue;
            }
            let all: u64 = of(person).map(|link| link.2).sum();
            for &(_, other, weight) in of(person) {
                after[other as usize] += (u128::from(here) * u128::from(weight) / u128::from(all)) as u64;
            }
        }
        share = after;
    }
    share
}

impl Linked {
    /// Takes applications as known bad. Only people's decisions and intel make anybody so.
    pub fn set_known_bad(&mut self, rows: &[u32]) {
        let bad: BTreeSet<u32> = rows.iter().map(|&row| self.shared.person_of[row as usize]).collect();
        let mut besides = shared_in_rings_of(&bad, &self.rings, &self.shared);
        add_near(&bad, self, &mut besides);
        self.paths = Paths::over(&self.rings, self.shared.persons(), &bad, &besides);
    }

    /// The strongest way from a person to known bad.
    pub(super) fn path(&self, applicants: &Applicants, names: &Names, person: u32) -> Option<Path> {
        let mut steps = Vec::new();
        let mut at = person;
        for next in self.paths.way(person) {
            steps.extend(self.between(applicants, names, at, next).into_iter().next());
            at = next;
        }
        (at != person).then(|| Path {
            to: applicants.id(names.persons[at as usize]).to_owned(),
            score: thousandths(self.paths.share(person)),
            steps,
        })
    }
}
