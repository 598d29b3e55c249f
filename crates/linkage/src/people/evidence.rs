//! How much what some people share speaks for one hand behind them.
//!
//! The weight of a shared value is log2(m/b): m is how often two personas of one ring share a value of its kind, b how many honest
//! people in one share a value held by so few with somebody who is as near to them. b is counted in the data at hand, over those who
//! are in no ring, from a judged rate on. So a household's telephone weighs little because households share telephones, whatever the
//! population; and a wallet that two strangers share weighs much because hardly anybody shares one.

use std::collections::BTreeSet;

use super::{
    kind::{ALL, Kind, LONE, NEARNESS, NEARNESSES, Nearness, SETS},
    met::{Fact, Meeting, facts_between, meet_in_sets},
    same::Millibits,
    shared::{Held, Shared, common},
};

/// How often two personas of one ring share a value of a kind; between a half and a twentieth hardly matters.
const OF_A_RING: f64 = 0.3;
/// People that the judged rates count as much as.
const JUDGED: f64 = 2_000.0;
/// No lone value weighs more.
const MOST_LONE: Millibits = 10_000;
/// No kind weighs more.
const MOST_KIND: Millibits = 12_000;
/// Sentences weigh at most so much, and employers.
const MOST_SET: [Millibits; 2] = [15_000, 5_000];
/// Every other holder of a value, of whom nothing else is known, makes it so much more likely that it is anybody's.
const DILUTION: Millibits = 1_500;
/// Bits from which on it is no chance that some of a group claim one employer.
const STRANGE_EMPLOYER: f64 = 6.0;
/// What it is worth that a second of a group holds a value besides the first, and that every further one does: what honest people
/// share with some of a ring they do not share with many of it.
const SECOND: Millibits = 5_000;
const FURTHER: Millibits = 3_000;
/// Persons over whom employers are counted: these are shared by so many that a part says as much as all.
const COUNTED_FOR_EMPLOYERS: usize = 50_000;
/// Holders by which rates are told apart.
const HOLDERS: usize = 41;

/// Weights of shared values.
pub(crate) struct Rates {
    /// By kind, nearness and number of holders.
    weights: Vec<[[Millibits; HOLDERS]; NEARNESSES]>,
}

impl Rates {
    /// Counts over all persons of whom `is_honest` holds.
    pub(crate) fn of(shared: &Shared, is_honest: impl Fn(u32) -> bool) -> Self {
        let weights = ALL
            .iter()
            .map(|&kind| match kind {
                Kind::Phrases => [[0; HOLDERS]; NEARNESSES],
                // Common in some populations and rare in others, and nothing is to be judged before it is counted.
                Kind::Employers => {
                    let stride = shared.persons().div_ceil(COUNTED_FOR_EMPLOYERS).max(1);
                    Self::of_kind(shared, kind, stride, &|_| true)
                }
                lone => Self::of_kind(shared, lone, 1, &is_honest),
            })
            .collect();
        Self { weights }
    }

    /// Counted over every person of a stride.
    fn of_kind(
        shared: &Shared,
        kind: Kind,
        stride: usize,
        is_honest: &impl Fn(u32) -> bool,
    ) -> [[Millibits; HOLDERS]; NEARNESSES] {
        let held = shared.held(kind);
        // The fewest holders of a value that a person shares with somebody near, and with a stranger.
        let mut counts = [[0_u64; HOLDERS]; NEARNESSES];
        let mut honest = 0_u64;
        for person in (0..shared.persons() as u32).step_by(stride) {
            if !is_honest(person) {
                continue;
            }
            honest += 1;
            let mut fewest = [usize::MAX; NEARNESSES];
            for &value in held.by_person.get(person) {
                if !held.is_shared(value) {
                    continue;
                }
                let holders = held.by_value.get(value);
                for &other in holders.iter().filter(|&&other| other != person && is_honest(other)) {
                    let near = nearness(shared, kind, person, other) as usize;
                    fewest[near] = fewest[near].min(holders.len());
                }
            }
            for near in 0..NEARNESSES {
                if let Some(count) = counts[near].get_mut(fewest[near]) {
                    *count += 1;
                }
            }
        }
        std::array::from_fn(|near| {
            let mut shared_by = 0;
            std::array::from_fn(|holders| {
                shared_by += counts[near][holders];
                let rate = (shared_by as f64 + kind.usual_rate(NEARNESS[near]) * JUDGED) / (honest as f64 + JUDGED);
                (((OF_A_RING / rate).log2() * 1_000.0).round() as Millibits).clamp(0, MOST_LONE)
            })
        })
    }

    /// All weights, for keeping.
    pub(crate) fn to_numbers(&self) -> Vec<Millibits> {
        self.weights.iter().flatten().flatten().copied().collect()
    }

    /// Weights that were kept; `None` where there are too few or too many.
    pub(crate) fn of_numbers(numbers: &[Millibits]) -> Option<Self> {
        if numbers.len() != ALL.len() * NEARNESSES * HOLDERS {
            return None;
        }
        let at = |kind: usize, near: usize, holders: usize| numbers[(kind * NEARNESSES + near) * HOLDERS + holders];
        let of_kind = |kind: usize| std::array::from_fn(|near| std::array::from_fn(|holders| at(kind, near, holders)));
        Some(Self { weights: (0..ALL.len()).map(of_kind).collect() })
    }

    /// The weight of a lone value that two persons share.
    pub(crate) fn of_pair(&self, shared: &Shared, kind: Kind, value: u32, one: u32, other: u32) -> Millibits {
        self.weight(kind, nearness(shared, kind, one, other), shared.held(kind).holders(value))
    }

    /// The weight of a lone value of a kind that so many hold, two of them these persons.
    pub(crate) fn of_holders(&self, shared: &Shared, kind: Kind, one: u32, other: u32, holders: usize) -> Millibits {
        let near = nearness(shared, kind, one, other);
        (self.weight(kind, near, holders) - DILUTION * (holders as Millibits - 2)).max(0)
    }

    /// The most holders at which an employer alone says as much as `least` of two strangers.
    pub(crate) fn most_at_employer(&self, least: Millibits) -> u32 {
        let weight = |holders: usize| self.weight(Kind::Employers, Nearness::Strangers, holders);
        (2..HOLDERS).take_while(|&holders| weight(holders) >= least).last().unwrap_or(0) as u32
    }

    fn weight(&self, kind: Kind, near: Nearness, holders: usize) -> Millibits {
        self.weights[kind.number()][near as usize].get(holders).copied().unwrap_or(0)
    }
}

/// How near two are in ways that let honest people share values of a kind.
pub(super) fn nearness(shared: &Shared, kind: Kind, one: u32, other: u32) -> Nearness {
    let one_roof = shared.are_of_one_name(one, other)
        || shared.are_of_one_house(one, other)
        || kind != Kind::Ip && shared.are_of_one_network(one, other);
    if one_roof || kind == Kind::DocumentRoot && shared.are_of_one_town(one, other) {
        Nearness::OneRoof
    } else if kind.is_of_a_place() && shared.are_of_one_town(one, other) {
        Nearness::OneTown
    } else {
        Nearness::Strangers
    }
}

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

    const fn has(self, kind: Kind) -> bool {
        self.kinds >> kind.number() & 1 != 0
    }

    /// Whether there is anything but networks and names of firms. What firms are called meets by chance, as all names do.
    pub(crate) const fn has_identifiers(self) -> bool {
        self.kinds & !(1 << Kind::Ip.number() | 1 << Kind::Employers.number()) != 0
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

/// What a popular template has spread: it says nothing about who uses it.
#[derive(Default)]
pub(crate) struct Templates {
    sentences: BTreeSet<u32>,
    roots: BTreeSet<u32>,
}

impl Templates {
    /// What is known to be a template's: sentences and roots of documents.
    pub(crate) const fn known(sentences: BTreeSet<u32>, roots: BTreeSet<u32>) -> Self {
        Self { sentences, roots }
    }

    /// Whether a value is a template's.
    pub(crate) fn is_spread(&self, kind: Kind, value: u32) -> bool {
        self.holds(kind, value)
    }

    /// Takes what a group shares for a template's: whatever at least three of it hold, and hardly anybody else.
    pub(crate) fn add(&mut self, shared: &Shared, group: &[u32]) {
        for (kind, into) in [(Kind::Phrases, &mut self.sentences), (Kind::DocumentRoot, &mut self.roots)] {
            let held = shared.held(kind);
            let mut values: Vec<u32> = group.iter().flat_map(|&person| held.by_person.get(person)).copied().collect();
            values.sort_unstable();
            for same in values.chunk_by(|one, other| one == other) {
                if same.len() >= 3 && same.len() * 2 >= held.by_value.get(same[0]).len() {
                    into.insert(same[0]);
                }
            }
        }
    }

    fn holds(&self, kind: Kind, value: u32) -> bool {
        match kind {
            Kind::Phrases => self.sentences.contains(&value),
            Kind::DocumentRoot => self.roots.contains(&value),
            _ => false,
        }
    }
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
        self.add_sets(&mut evidence, left, right, at_employer);
        left.iter().chain(right).for_each(|&person| self.side[person as usize] = 0);
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
            for fact in same.iter().filter(|fact| !self.templates.holds(kind, fact.value)) {
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
            self.add_sets(&mut evidence, &[one], &[other], at_employer);
            self.side[one as usize] = 0;
            self.side[other as usize] = 0;
        } else {
            evidence.add(Kind::Employers, at_employer);
        }
        evidence
    }

    /// Sentences as a set, employers as a set or each by itself.
    fn add_sets(&self, evidence: &mut Evidence, left: &[u32], right: &[u32], at_employer: Millibits) {
        for (at, kind) in SETS.into_iter().enumerate() {
            let weight = self.set(kind, left, right) * if kind == Kind::Employers { 1 } else { 2 } / 2;
            let weight = match kind {
                // As colleagues they count already.
                Kind::Employers if evidence.has(kind) => 0,
                Kind::Employers => weight.min(MOST_SET[at]).max(at_employer),
                _ => weight.min(MOST_SET[at]),
            };
            evidence.add(kind, weight);
        }
    }

    /// What but documents speaks for one hand behind a group: every shared lone value once, less its holders outside, and employers
    /// that hardly anybody else claims. With the number of people whom it concerns.
    pub(crate) fn inside(&mut self, group: &[u32]) -> (Evidence, usize) {
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
                    let within = self.within(holders);
                    if within.len() < 2 || within[0] != person {
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
        let employers = self.employers(group, &mut concerned);
        evidence.add(Kind::Employers, employers);
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

    /// Whether a quarter of a group, and two at least, share a sentence.
    pub(crate) fn has_words_of_its_own(&self, group: &[u32]) -> bool {
        let held = self.shared.held(Kind::Phrases);
        let mut values: Vec<u32> = group.iter().flat_map(|&person| held.by_person.get(person)).copied().collect();
        values.sort_unstable();
        values.chunk_by(|one, other| one == other).any(|same| same.len() > 1 && same.len() * 4 >= group.len())
    }

    /// Whether there is a résumé with sentences.
    pub(crate) fn has_written(&self, person: u32) -> bool {
        !self.shared.held(Kind::Phrases).by_person.get(person).is_empty()
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
                if !held.is_shared(value) || self.templates.holds(kind, value) {
                    continue;
                }
                let holders = held.by_value.get(value);
                let on = |side: u8| holders.iter().copied().filter(move |&holder| self.side[holder as usize] == side);
                // A value of several on the left counts once.
                if on(RIGHT).next().is_none() || on(LEFT).next() != Some(person) {
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

    /// The weight of all values of a kind that both sides hold: how unlikely so many are, given how popular each is and how many
    /// might have been met.
    fn set(&self, kind: Kind, left: &[u32], right: &[u32]) -> Millibits {
        let held = self.shared.held(kind);
        if let ([one], [other]) = (left, right)
            && common(held.by_person.get(*one), held.by_person.get(*other)).is_none()
        {
            return 0;
        }
        let mut seen: Vec<u32> = right.iter().flat_map(|&person| held.by_person.get(person)).copied().collect();
        seen.sort_unstable();
        seen.dedup();
        // Values whose holders are all on the two sides, and all others.
        let (mut own, mut popular) = (Tally::default(), Tally::default());
        for value in seen {
            let holders = held.by_value.get(value);
            if held.holders(value) > held.cap as usize || self.templates.holds(kind, value) {
                continue;
            }
            let (mut on_left, mut others) = (0_u64, held.outside(value) as u64);
            for &holder in holders {
                match self.side[holder as usize] {
                    LEFT => on_left += 1,
                    RIGHT => {}
                    _ => others += 1,
                }
            }
            let tally = if others == 0 { &mut own } else { &mut popular };
            tally.half_holders += 2 * others + 1;
            tally.met += u32::from(on_left > 0);
        }
        if own.met + popular.met == 0 {
            return 0;
        }
        let persons = self.shared.population() as f64;
        let ways = left.len() as f64 / (2.0 * persons);
        let bits = own.surprise(ways) + popular.surprise(ways) - (persons / right.len() as f64).log2();
        ((bits * 1_000.0).round() as Millibits).max(0)
    }
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

/// The strongest value of a kind whole, the others by half: they tend to come together.
#[derive(Default)]
struct Sum {
    most: Millibits,
    all: Millibits,
}

impl Sum {
    fn add(&mut self, weight: Millibits) {
        if weight > 0 {
            self.most = self.most.max(weight);
            self.all += weight;
        }
    }

    fn total(&self) -> Millibits {
        (self.most + (self.all - self.most) / 2).min(MOST_KIND)
    }
}

#[derive(Default)]
struct Tally {
    /// Values met.
    met: u32,
    /// Twice the other holders of all values that might have been met, and one a value.
    half_holders: u64,
}

impl Tally {
    /// −log2 of the chance of meeting so many (Poisson's law).
    fn surprise(&self, ways: f64) -> f64 {
        if self.met == 0 {
            return 0.0;
        }
        let expected = self.half_holders as f64 * ways;
        let met = f64::from(self.met);
        if expected >= met {
            return 0.0;
        }
        let factorial: f64 = (1..=self.met).map(|k| f64::from(k).log2()).sum();
        let first = expected * std::f64::consts::LOG2_E - met * expected.log2() + factorial;
        (first + (1.0 - expected / (met + 1.0)).log2()).max(0.0)
    }
}
