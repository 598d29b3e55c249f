//! What speaks for one hand behind some people: the weights of all that they share.

use std::collections::BTreeSet;

use super::{
    crowd::{self, Crowd},
    kind::{Kind, LONE, Nearness, SETS},
    met::{Fact, Meeting, facts_between, meet_in_sets},
    rates::{DILUTION, nearness},
    same::Millibits,
    shared::{Held, Shared, common},
    tally::{Sum, Tally},
};
pub(crate) use super::{rates::Rates, templates::Templates};

/// Sentences weigh at most so much, and employers.
const MOST_SET: [Millibits; 2] = [15_000, 5_000];
/// Bits from which on it is no chance that some of a group claim one employer.
const STRANGE_EMPLOYER: f64 = 6.0;
/// What it is worth that a second of a group holds a value besides the first, and that every further one does: what honest people
/// share with some of a ring they do not share with many of it.
const SECOND: Millibits = 5_000;
const FURTHER: Millibits = 3_000;

/// How near those of a group are who are least near each other.
fn nearest_to_strangers(shared: &Shared, kind: Kind, group: &[u32]) -> Nearness {
    let pairs = group.iter().enumerate().flat_map(|(at, &one)| group[at + 1..].iter().map(move |&other| (one, other)));
    pairs.map(|(one, other)| nearness(shared, kind, one, other)).min().unwrap_or(Nearness::OneRoof)
}

/// What speaks for one hand behind two sides.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Evidence {
    /// Its weight.
    pub(crate) weight: Millibits,
    /// The kinds, as bits.
    pub(crate) kinds: u16,
    /// What of it are sentences.
    pub(crate) sentences: Millibits,
}

impl Evidence {
    /// Number of kinds.
    pub(crate) const fn kinds(self) -> u32 {
        self.kinds.count_ones()
    }

    /// Whether a network address is all there is.
    pub(crate) fn is_a_network(self) -> bool {
        self.kinds == 1 << Kind::Ip.number()
    }

    /// Whether the word of a login is all there is: anybody may come upon one.
    pub(crate) fn is_a_word(self) -> bool {
        self.kinds == 1 << Kind::Alias.number()
    }

    const fn has(self, kind: Kind) -> bool {
        self.kinds >> kind.number() & 1 != 0
    }

    /// Whether there is anything but networks, words of logins and names of firms. What firms are called meets by chance, as all names
    /// do.
    pub(crate) const fn has_identifiers(self) -> bool {
        self.kinds & !(1 << Kind::Ip.number() | 1 << Kind::Alias.number() | 1 << Kind::Employers.number()) != 0
    }

    fn add(&mut self, kind: Kind, weight: Millibits) {
        if weight > 0 {
            self.weight += weight;
            self.kinds |= 1 << kind.number();
            if kind == Kind::Phrases {
                self.sentences += weight;
            }
        }
    }
}

/// Weighs what two sides share. Keeps its working memory.
pub(crate) struct Scale<'a> {
    pub(crate) shared: &'a Shared,
    pub(crate) rates: &'a Rates,
    pub(crate) templates: &'a Templates,
    side: Vec<u8>,
    facts: Vec<Fact>,
}

/// How employers count that several of a group claim.
#[derive(Clone, Copy)]
pub(crate) enum Employers {
    /// As any value that some share: where it may be what has brought the group together.
    AsAnyValue,
    /// By the chance that so many claim one: where something else has brought the group together.
    AsTheyMeet,
}

const LEFT: u8 = 1;
const RIGHT: u8 = 2;

impl<'a> Scale<'a> {
    pub(crate) fn new(shared: &'a Shared, rates: &'a Rates, templates: &'a Templates) -> Self {
        Self { shared, rates, templates, side: vec![0; shared.persons()], facts: Vec::new() }
    }

    /// What speaks for one hand behind `left` and `right`, which have nobody in common.
    pub(crate) fn weigh(&mut self, left: &[u32], right: &[u32]) -> Evidence {
        left.iter().for_each(|&person| self.side[person as usize] = LEFT);
        right.iter().for_each(|&person| self.side[person as usize] = RIGHT);
        let evidence = self.weigh_marked(left, |scale, kind| scale.set(kind, left, right));
        left.iter().chain(right).for_each(|&person| self.side[person as usize] = 0);
        evidence
    }

    /// What speaks for one hand behind each of some persons and all others of a group, as [`Scale::weigh`] says it of two sides; the group
    /// is counted once.
    pub(crate) fn weigh_each(
        &mut self,
        group: &[u32],
        persons: impl IntoIterator<Item = u32>,
        mut take: impl FnMut(u32, Evidence),
    ) {
        let (shared, templates) = (self.shared, self.templates);
        let crowds = SETS.map(|kind| Crowd::of(shared, templates, kind, group));
        group.iter().for_each(|&person| self.side[person as usize] = RIGHT);
        for person in persons {
            let before = std::mem::replace(&mut self.side[person as usize], LEFT);
            let of_it = before == RIGHT;
            let evidence = self.weigh_marked(&[person], |scale, kind| {
                let crowd = &crowds[usize::from(kind == SETS[1])];
                scale.set_against(kind, person, crowd, of_it)
            });
            self.side[person as usize] = before;
            take(person, evidence);
        }
        group.iter().for_each(|&person| self.side[person as usize] = 0);
    }

    /// What speaks for one hand behind two sides that are marked; `set` weighs the values of a kind that is weighed as a set.
    fn weigh_marked(&self, left: &[u32], set: impl Fn(&Self, Kind) -> Millibits) -> Evidence {
        let mut evidence = Evidence::default();
        // What people of one place share comes together: only the strongest counts.
        let mut of_a_place = (Kind::Ip, 0);
        for kind in LONE {
            let (far, near) = self.lone(kind, left);
            evidence.add(kind, far);
            if kind.is_of_a_place() {
                if near > of_a_place.1 && far == 0 {
                    of_a_place = (kind, near);
                }
            } else if far == 0 {
                evidence.add(kind, near);
            }
        }
        let (at_employer, as_colleagues) = self.lone(Kind::Employers, left);
        // Colleagues share their office's network and telephone as well.
        if as_colleagues > of_a_place.1 {
            of_a_place = (Kind::Employers, as_colleagues);
        }
        evidence.add(of_a_place.0, of_a_place.1);
        add_sets(&mut evidence, |kind| set(self, kind), at_employer);
        evidence
    }

    /// What speaks for one hand behind two persons: [`Scale::weigh`] without its sides.
    pub(crate) fn weigh_pair(&mut self, one: u32, other: u32) -> Evidence {
        let mut facts = std::mem::take(&mut self.facts);
        facts.clear();
        let all = LONE.into_iter().chain([Kind::Employers]).fold(0, |kinds, kind| kinds | 1 << kind.number());
        facts_between(self.shared, (one, other), all, &mut facts);
        let evidence = self.weigh_meeting(Meeting { one, other, facts: &facts, in_sets: meet_in_sets(self.shared, one, other) });
        self.facts = facts;
        evidence
    }

    /// The same where it is known what they share.
    pub(crate) fn weigh_meeting(&mut self, meeting: Meeting<'_>) -> Evidence {
        let mut evidence = Evidence::default();
        let mut of_a_place = (Kind::Ip, 0);
        let mut at_employer = 0;
        for same in meeting.facts.chunk_by(|one, other| one.kind == other.kind) {
            let (kind, near) = (same[0].kind, same[0].near);
            let mut sum = Sum::default();
            for fact in same.iter().filter(|fact| !self.templates.is_spread(kind, fact.value)) {
                let holders = usize::from(fact.holders);
                sum.add(self.rates.weight(kind, near, holders) - DILUTION * (holders as Millibits - 2));
            }
            if kind == Kind::Employers && near == Nearness::Strangers {
                at_employer = sum.total();
            } else if (kind.is_of_a_place() || kind == Kind::Employers) && near != Nearness::Strangers {
                if sum.total() > of_a_place.1 {
                    of_a_place = (kind, sum.total());
                }
            } else {
                evidence.add(kind, sum.total());
            }
        }
        evidence.add(of_a_place.0, of_a_place.1);
        if meeting.in_sets {
            let (one, other) = (meeting.one, meeting.other);
            self.side[one as usize] = LEFT;
            self.side[other as usize] = RIGHT;
            add_sets(&mut evidence, |kind| self.set(kind, &[one], &[other]), at_employer);
            self.side[one as usize] = 0;
            self.side[other as usize] = 0;
        } else {
            evidence.add(Kind::Employers, at_employer);
        }
        evidence
    }

    /// What but documents speaks for one hand behind a group: every shared lone value once, less its holders outside, and employers
    /// that hardly anybody else claims. With the number of people whom it concerns.
    pub(crate) fn inside(&mut self, group: &[u32], employers: Employers) -> (Evidence, usize) {
        group.iter().for_each(|&person| self.side[person as usize] = LEFT);
        let mut evidence = Evidence::default();
        let mut concerned = BTreeSet::new();
        let mut of_a_place = (Kind::Ip, 0);
        for kind in LONE.into_iter().filter(|kind| !kind.is_of_a_document()) {
            let held = self.shared.held(kind);
            let (mut far, mut roof) = (Sum::default(), Sum::default());
            for &person in group {
                for &value in held.by_person.get(person).iter().filter(|&&value| held.is_shared(value)) {
                    let holders = held.by_value.get(value);
                    let mut within = self.within(holders);
                    if within.first() != Some(&person) {
                        continue;
                    }
                    within.retain(|&other| other == person || !self.shared.is_said_already(kind, person, other));
                    if within.len() < 2 {
                        continue;
                    }
                    let near = nearest_to_strangers(self.shared, kind, &within);
                    let all = held.holders(value);
                    let others = (all - within.len()) as Millibits;
                    let weight = self.rates.weight(kind, near, all) - DILUTION * others;
                    if weight > 0 {
                        concerned.extend(within);
                    }
                    if near == Nearness::Strangers { far.add(weight) } else { roof.add(weight) }
                }
            }
            if kind.is_of_a_place() && far.total() == 0 {
                if roof.total() > of_a_place.1 {
                    of_a_place = (kind, roof.total());
                }
            } else {
                evidence.add(kind, far.total().max(roof.total()));
            }
        }
        evidence.add(of_a_place.0, of_a_place.1);
        let weight = match employers {
            Employers::AsAnyValue => self.rare_employers(group, &mut concerned),
            Employers::AsTheyMeet => self.employers(group, &mut concerned),
        };
        evidence.add(Kind::Employers, weight);
        group.iter().for_each(|&person| self.side[person as usize] = 0);
        (evidence, concerned.len())
    }

    /// Everybody who shares something that is not popular with one of a core, and employers that say something.
    pub(crate) fn neighbours(&self, core: &[u32], least: Millibits) -> Vec<u32> {
        let mut all = Vec::new();
        for kind in LONE.into_iter().chain([Kind::Phrases]) {
            let held = self.shared.held(kind);
            for &person in core {
                for &value in held.by_person.get(person) {
                    if held.is_shared(value) {
                        all.extend_from_slice(held.by_value.get(value));
                    }
                }
            }
        }
        let held = self.shared.held(Kind::Employers);
        for (value, count) in claimed(held, core) {
            let holders = held.by_value.get(value);
            let weight =
                self.rates.weight(Kind::Employers, Nearness::Strangers, holders.len()) + gathered(Kind::Employers, count, 0);
            if held.is_shared(value) && weight >= least {
                all.extend_from_slice(holders);
            }
        }
        all.sort_unstable();
        all.dedup();
        all.retain(|person| core.binary_search(person).is_err());
        all
    }

    /// Whether a quarter of a group, and two at least, share a sentence that most of those who use it have from the group.
    pub(crate) fn has_words_of_its_own(&self, group: &[u32]) -> bool {
        let held = self.shared.held(Kind::Phrases);
        let claimed = claimed(held, group);
        claimed.into_iter().any(|(value, count)| count > 1 && 4 * count >= group.len() && 2 * count > held.holders(value))
    }

    /// Those of a group who hold a sentence or a document's root that most of its holders have from the group.
    pub(crate) fn with_words_of(&self, group: &[u32]) -> Vec<u32> {
        let mut writers = vec![false; group.len()];
        for kind in [Kind::Phrases, Kind::DocumentRoot] {
            let held = self.shared.held(kind);
            let own: Vec<u32> = claimed(held, group)
                .into_iter()
                .filter(|&(value, count)| count > 1 && 2 * count > held.holders(value))
                .map(|(value, _)| value)
                .collect();
            for (is_writer, &person) in writers.iter_mut().zip(group) {
                *is_writer |= held.by_person.get(person).iter().any(|value| own.binary_search(value).is_ok());
            }
        }
        group.iter().zip(writers).filter_map(|(&person, is_writer)| is_writer.then_some(person)).collect()
    }

    /// Whether there is a résumé with sentences.
    pub(crate) fn has_written(&self, person: u32) -> bool {
        has_written(self.shared, person)
    }

    /// Whether everybody's sentences weigh as much against the rest of a group as sentences can.
    pub(crate) fn is_one_text(&mut self, group: &[u32]) -> bool {
        group.iter().all(|&person| {
            let rest: Vec<u32> = group.iter().copied().filter(|&other| other != person).collect();
            self.side[person as usize] = LEFT;
            let weight = self.set(Kind::Phrases, &[person], &rest);
            self.side[person as usize] = 0;
            weight >= MOST_SET[0]
        })
    }

    fn within(&self, holders: &[u32]) -> Vec<u32> {
        holders.iter().copied().filter(|&holder| self.side[holder as usize] == LEFT).collect()
    }

    /// What the employers weigh that several of a group claim and hardly anybody else.
    fn rare_employers(&self, group: &[u32], concerned: &mut BTreeSet<u32>) -> Millibits {
        let held = self.shared.held(Kind::Employers);
        let mut sum = Sum::default();
        for (value, count) in claimed(held, group) {
            if count > 1 && held.is_shared(value) {
                let all = held.holders(value);
                let weight = self.rates.weight(Kind::Employers, Nearness::Strangers, all) - DILUTION * (all - count) as Millibits;
                if weight > 0 {
                    concerned.extend(self.within(held.by_value.get(value)));
                }
                sum.add(weight);
            }
        }
        sum.total()
    }

    /// How unlikely the employers are that several of a group claim, given how many there are.
    fn employers(&self, group: &[u32], concerned: &mut BTreeSet<u32>) -> Millibits {
        let held = self.shared.held(Kind::Employers);
        let mut claimed: Vec<u32> = group.iter().flat_map(|&person| held.by_person.get(person)).copied().collect();
        claimed.sort_unstable();
        let tried = (held.values as f64).log2();
        let ways = group.len() as f64 / (2.0 * self.shared.population() as f64);
        let mut sum = 0;
        for same in claimed.chunk_by(|one, other| one == other).filter(|same| same.len() > 1) {
            let holders = held.by_value.get(same[0]);
            let tally = Tally { met: same.len() as u32, half_holders: 2 * (held.holders(same[0]) - same.len()) as u64 + 1 };
            let bits = tally.surprise(ways) - tried;
            if bits > STRANGE_EMPLOYER {
                concerned.extend(self.within(holders));
                sum += (bits * 1_000.0).round() as Millibits;
            }
        }
        sum
    }

    /// Weights of the values of a kind that strangers share, and of those that only people near each other share.
    fn lone(&self, kind: Kind, left: &[u32]) -> (Millibits, Millibits) {
        let held = self.shared.held(kind);
        let (mut far, mut roof) = (Sum::default(), Sum::default());
        for &person in left {
            for &value in held.by_person.get(person) {
                if !held.is_shared(value) || self.templates.is_spread(kind, value) {
                    continue;
                }
                let holders = held.by_value.get(value);
                let on = |side: u8| holders.iter().copied().filter(move |&holder| self.side[holder as usize] == side);
                // A value of several on the left counts once.
                if on(RIGHT).next().is_none() || on(LEFT).next() != Some(person) {
                    continue;
                }
                let is_new = |one: u32, other: u32| !self.shared.is_said_already(kind, one, other);
                if !on(LEFT).any(|one| on(RIGHT).any(|other| is_new(one, other))) {
                    continue;
                }
                let all = held.holders(value);
                let others = all - on(LEFT).count() - on(RIGHT).count();
                let near = on(LEFT)
                    .flat_map(|one| on(RIGHT).map(move |other| nearness(self.shared, kind, one, other)))
                    .min()
                    .unwrap_or(Nearness::OneRoof);
                let explained =
                    kind.is_of_a_place() && on(LEFT).all(|one| on(RIGHT).all(|other| self.shared.are_of_one_house(one, other)));
                let mut weight = self.rates.weight(kind, near, all) - DILUTION * others as Millibits;
                if near != Nearness::OneRoof {
                    weight += gathered(kind, on(RIGHT).count().max(on(LEFT).count()), others);
                }
                if !explained {
                    if near == Nearness::Strangers { far.add(weight) } else { roof.add(weight) }
                }
            }
        }
        (far.total(), roof.total())
    }

    /// The holders of a value on the left, on the right, and on neither side.
    fn sides(&self, held: &Held, value: u32) -> [u64; 3] {
        let (mut on_left, mut on_right, mut others) = (0, 0, held.outside(value) as u64);
        for &holder in held.by_value.get(value) {
            match self.side[holder as usize] {
                LEFT => on_left += 1,
                RIGHT => on_right += 1,
                _ => others += 1,
            }
        }
        [on_left, on_right, others]
    }

    /// The weight of all values of a kind that both sides hold: how unlikely so many are, given how popular each is and how many
    /// might have been met.
    fn set(&self, kind: Kind, left: &[u32], right: &[u32]) -> Millibits {
        let held = self.shared.held(kind);
        if let ([one], [other]) = (left, right)
            && common(held.by_person.get(*one), held.by_person.get(*other)).is_none()
        {
            return 0;
        }
        // Values whose holders are all on the two sides, and all others.
        let (mut own, mut popular) = (Tally::default(), Tally::default());
        for value in distinct(held, right) {
            if held.holders(value) > held.cap as usize || self.templates.is_spread(kind, value) {
                continue;
            }
            let [on_left, _, others] = self.sides(held, value);
            let tally = if others == 0 { &mut own } else { &mut popular };
            tally.half_holders += 2 * others + 1;
            tally.met += u32::from(on_left > 0);
        }
        if own.met + popular.met == 0 {
            return 0;
        }
        // Who uses many popular values meets some of them anywhere: whoever might be on the right has them in proportion.
        let mut elsewhere = 0;
        if popular.met > 0 {
            for value in distinct(held, left) {
                if held.holders(value) <= held.cap as usize && !self.templates.is_spread(kind, value) {
                    let [_, on_right, others] = self.sides(held, value);
                    elsewhere += if others == 0 { 0 } else { on_right + others };
                }
            }
        }
        self.set_weight(&crowd::Meeting { own, popular, elsewhere }, left.len(), right.len())
    }

    /// The same of one person and all others of a crowd that was counted.
    fn set_against(&self, kind: Kind, person: u32, crowd: &Crowd<'_>, of_it: bool) -> Millibits {
        let held = self.shared.held(kind);
        let may_weigh = |value: u32| held.holders(value) <= held.cap as usize && !self.templates.is_spread(kind, value);
        let meeting = crowd.meeting(person, of_it, may_weigh);
        if meeting.own.met + meeting.popular.met == 0 {
            return 0;
        }
        self.set_weight(&meeting, 1, crowd.members - usize::from(of_it))
    }

    fn set_weight(&self, meeting: &crowd::Meeting, left: usize, right: usize) -> Millibits {
        let persons = self.shared.population() as f64;
        let ways = left as f64 / (2.0 * persons);
        let expected = if meeting.popular.met > 0 { meeting.elsewhere as f64 * right as f64 / persons } else { 0.0 };
        let bits = meeting.own.surprise(ways) + meeting.popular.surprise_beyond(ways, expected) - (persons / right as f64).log2();
        ((bits * 1_000.0).round() as Millibits).max(0)
    }
}

/// Whether there is a résumé with sentences.
pub(crate) fn has_written(shared: &Shared, person: u32) -> bool {
    !shared.held(Kind::Phrases).by_person.get(person).is_empty()
}

/// Sentences as a set, employers as a set or each by itself. `set`: the weight of what is shared of a kind, as a set.
fn add_sets(evidence: &mut Evidence, set: impl Fn(Kind) -> Millibits, at_employer: Millibits) {
    for (at, kind) in SETS.into_iter().enumerate() {
        let weight = set(kind) * if kind == Kind::Employers { 1 } else { 2 } / 2;
        let weight = match kind {
            // As colleagues they count already.
            Kind::Employers if evidence.has(kind) => 0,
            Kind::Employers => weight.min(MOST_SET[at]).max(at_employer),
            _ => weight.min(MOST_SET[at]),
        };
        evidence.add(kind, weight);
    }
}

/// The values of a group, each once.
fn distinct(held: &Held, group: &[u32]) -> Vec<u32> {
    let mut values: Vec<u32> = group.iter().flat_map(|&person| held.by_person.get(person)).copied().collect();
    values.sort_unstable();
    values.dedup();
    values
}

/// The employers of a group, with how many of it claim each.
fn claimed(held: &Held, group: &[u32]) -> Vec<(u32, usize)> {
    let mut values: Vec<u32> = group.iter().flat_map(|&person| held.by_person.get(person)).copied().collect();
    values.sort_unstable();
    values.chunk_by(|one, other| one == other).map(|same| (same[0], same.len())).collect()
}

/// What it is worth that so many of one side hold a value which some others hold as well.
///
/// Honest people work for firms that a ring claims and sit behind exits that it uses; nobody but the ring works for a firm that it
/// has made up. So most of those who hold the value must be of the ring, and nearly all where it is a firm or a network.
const fn gathered(kind: Kind, count: usize, others: usize) -> Millibits {
    let is_mostly_theirs = if matches!(kind, Kind::Ip | Kind::Employers) { 2 * others < count } else { others < count };
    if count < 2 || !is_mostly_theirs { 0 } else { SECOND + FURTHER * (count as Millibits - 2) }
}
