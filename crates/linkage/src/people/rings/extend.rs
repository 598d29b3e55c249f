//! One person more: which ring that person joins, founds or brings together, among some persons of a population.
//!
//! The stages are those of finding all rings. What is known about rings stands; nobody who is in one is judged anew.

use std::cmp::Reverse;

use super::{
    Assembly, Evidence, LINK, Learned, Met, NONE, PRIOR, Rates, Ring, SEED_OF_ONE_KIND, Scale, Shared, Templates, Ties,
    candidates, joins, sort,
};
use crate::people::same::Millibits;

/// What one person more changes.
pub(crate) struct Extended {
    /// Everybody at hand who is now in the person's ring, ascending; empty where it is in none.
    pub(crate) members: Vec<u32>,
    /// Those of them with strong links.
    pub(crate) core: Vec<u32>,
    /// What speaks for the person's belonging to a ring, flagged or not.
    pub(crate) score: Millibits,
    /// The same of others whom the person makes more likely to belong to one.
    pub(crate) others: Vec<(u32, Millibits)>,
    /// The links of the person.
    pub(crate) edges: Vec<(Evidence, u32)>,
}

/// Members of a ring whose scores are counted anew when somebody joins it: those who were in none before, and those linked to the new one.
const MOST_COUNTED_ANEW: usize = 24;

/// Adds one of the persons at hand to rings that are known. `flagged_outside`: persons in rings who are not at hand.
pub(in crate::people) fn extend(
    shared: &Shared,
    (rates, learned): (&Rates, &Learned),
    templates: &Templates,
    known: Vec<Ring>,
    person: u32,
    flagged_outside: usize,
) -> Extended {
    let mut ring_of = vec![NONE; shared.persons()];
    for (number, ring) in known.iter().enumerate() {
        ring.members.iter().for_each(|&member| ring_of[member as usize] = number as u32);
    }
    let (is_known, number_known) = (ring_of.clone(), known.len());
    let met = Met::of(shared, candidates(shared, rates));
    let is_new = |of: u32| of == person || is_known[of as usize] == NONE;
    let ties = Ties::known(learned.clone(), &met, |one, other| is_new(one) || is_new(other));
    let mut assembly =
        Assembly { scale: Scale::new(shared, rates, templates), rings: known, ring_of, ties: &ties, flagged_outside };
    let (mut score, mut others) = (0, Vec::new());
    let mut edges: Vec<(Evidence, u32, u32)> = Vec::new();
    for meeting in met.iter() {
        let (one, other) = (meeting.one, meeting.other);
        if !is_new(one) && !is_new(other) {
            continue;
        }
        let evidence = assembly.scale.weigh_meeting(meeting);
        if one == person || other == person {
            score = evidence.weight.max(score);
            let other = if one == person { other } else { one };
            others.push((other, evidence.weight.min(PRIOR)));
        }
        if evidence.weight >= LINK {
            edges.push((evidence, one, other));
        }
    }
    sort(&mut edges);
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
    assembly.prune_except(&is_known);
    assembly.reject_from(number_known, &edges);
    let of: Vec<(Evidence, u32)> = edges
        .iter()
        .filter(|&&(_, one, other)| one == person || other == person)
        .map(|&(evidence, one, other)| (evidence, if one == person { other } else { one }))
        .collect();
    let ring = assembly.ring_of[person as usize];
    if ring == NONE {
        return Extended { members: Vec::new(), core: Vec::new(), score: score.min(PRIOR), others, edges: of };
    }
    let Ring { members, core } = std::mem::take(&mut assembly.rings[ring as usize]);
    let is_moved = |&other: &u32| is_known[other as usize] == NONE || of.iter().any(|&(_, linked)| linked == other);
    let moved = members.iter().copied().filter(|&other| other != person).filter(is_moved).take(MOST_COUNTED_ANEW);
    let mut score = PRIOR;
    assembly.scale.weigh_each(&members, moved.chain([person]), |member, evidence| {
        if member == person {
            score += evidence.weight;
        } else {
            others.push((member, evidence.weight + PRIOR));
        }
    });
    others.sort_by_key(|&(other, score)| (other, Reverse(score)));
    others.dedup_by_key(|&mut (other, _)| other);
    Extended { members, core, score, others, edges: of }
}

/// Those of a ring whom enough holds to the others; nobody where what is left is no ring.
pub(in crate::people) fn held(
    shared: &Shared,
    (rates, learned): (&Rates, &Learned),
    templates: &Templates,
    members: Vec<u32>,
) -> Vec<u32> {
    let mut ring_of = vec![NONE; shared.persons()];
    members.iter().for_each(|&member| ring_of[member as usize] = 0);
    let met = Met::of(shared, candidates(shared, rates));
    let ties = Ties::known(learned.clone(), &met, |_, _| true);
    let rings = vec![Ring { core: members.clone(), members }];
    let mut assembly = Assembly { scale: Scale::new(shared, rates, templates), rings, ring_of, ties: &ties, flagged_outside: 0 };
    let mut edges: Vec<(Evidence, u32, u32)> = Vec::new();
    for meeting in met.iter() {
        let evidence = assembly.scale.weigh_meeting(meeting);
        if evidence.weight >= LINK {
            edges.push((evidence, meeting.one, meeting.other));
        }
    }
    sort(&mut edges);
    assembly.prune();
    assembly.reject(&edges);
    assembly.rings.pop().map(|ring| ring.members).unwrap_or_default()
}

impl Assembly<'_> {
    /// Takes those whom too little holds out of rings that were not known, and the new out of those that were.
    fn prune_except(&mut self, is_known: &[u32]) {
        let known = is_known.iter().copied().filter(|&ring| ring != NONE).max().map_or(0, |ring| ring as usize + 1);
        let founded = self.rings.split_off(known);
        let mut with_known = std::mem::replace(&mut self.rings, founded);
        self.prune();
        for ring in &mut with_known {
            let speaks = self.scale.has_words_of_its_own(&ring.members);
            let new: Vec<u32> = ring.members.iter().copied().filter(|&member| is_known[member as usize] == NONE).collect();
            for person in new {
                let rest: Vec<u32> = ring.members.iter().copied().filter(|&other| other != person).collect();
                let wrote = speaks && self.scale.has_written(person);
                if joins(self.scale.weigh(&[person], &rest), wrote).is_none() {
                    ring.members = rest;
                    ring.core.retain(|&other| other != person);
                    self.ring_of[person as usize] = NONE;
                }
            }
        }
        with_known.append(&mut self.rings);
        self.rings = with_known;
    }

    /// Dissolves rings from a number on that nothing but documents holds together.
    fn reject_from(&mut self, number: usize, edges: &[(Evidence, u32, u32)]) {
        let founded = self.rings.split_off(number);
        let known = std::mem::replace(&mut self.rings, founded);
        self.reject(edges);
        let founded = std::mem::replace(&mut self.rings, known);
        self.rings.extend(founded);
    }
}
