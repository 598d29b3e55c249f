//! Which lone rare links are of one hand, learned from how often links come together.
//!
//! Two strangers behind one exit of a network, with a browser as common as others, or with one exchange's address share nothing else:
//! what honest strangers share comes alone. Two personas of one ring share now this, now that. So links that often come with links of
//! other kinds are of rings even where they come alone, whatever is common in the population at hand. Kinds with their numbers of
//! holders are the classes of a latent class model with two classes of pairs, of one hand and not, learned by expectation maximisation
//! over the counts of patterns. Rings differ in how much they share, so what is learned is too low rather than too high.

use std::{cmp::Reverse, collections::BTreeMap};

use super::{
    kind::{ALL, Kind, Nearness},
    met::{Fact, Meeting, Met},
    rates::nearness,
    same::Millibits,
    shared::Shared,
};
use crate::cluster::UnionFind;

/// Classes of holders of one kind and nearness.
const HOLDER_CLASSES: usize = 5;
/// The fewest holders of each class but the first.
const FROM_HOLDERS: [usize; HOLDER_CLASSES - 1] = [4, 6, 9, 14];
/// Classes of one kind: strangers, and people of one town.
const CLASSES: usize = 2 * HOLDER_CLASSES;
/// Bits of a pattern that a kind takes.
const WIDTH: usize = 5;
// All kinds with their classes stand in one number, and 0 is none.
const _: () = assert!(WIDTH * ALL.len() <= 64 && CLASSES < 1 << WIDTH);
/// Steps of the estimate; it is at rest before.
const STEPS: usize = 60;
/// Persons to one who belongs to a ring, where the estimate begins.
const BEGIN: f64 = 34.0;
/// Pairs of one hand that the estimate begins to count with, so that a few coincidences found no class.
const HALF_A_PAIR: f64 = 0.5;
/// Links whose odds are lower lead nowhere: one in fifty would be of a ring.
const LEAST_ODDS: Millibits = -5_600;
/// Odds above this are not believed: judgements on a class are as good as the model.
const MOST_ODDS: Millibits = 6_600;
/// A link whose odds are higher leads further.
pub(super) const LIKELY: Millibits = -3_300;
/// The same where the odds are as good as counted: a link to one of a ring is some ten times as likely to be of it as any link.
pub(super) const LIKELY_OF_A_RING: Millibits = -2_200;
/// What every further kind adds besides its own odds: whoever is in no ring meets another ring-like link one time in so many.
const FURTHER_KIND: Millibits = 5_600;
/// Pairs of one hand from which more is learned than was judged.
const ENOUGH_PAIRS: f64 = 30.0;
/// Pairs from which the odds are as good as counted.
const MANY_PAIRS: f64 = 3_000.0;
/// Odds from which on a group is a ring.
const ENOUGH: Millibits = 4_000;

/// A link of a class in which there are enough of one hand.
#[derive(Clone, Copy)]
struct Tie {
    one: u32,
    other: u32,
    kind: Kind,
    odds: Millibits,
}

/// What was learned of links that come together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Learned {
    /// By kind and class, the odds that a link which comes alone is of one hand.
    odds: Vec<Millibits>,
    /// Thousandths of pairs of one hand that the odds are learned from.
    from: Millibits,
}

impl Learned {
    /// Nothing.
    const NOTHING: Self = Self { odds: Vec::new(), from: 0 };

    /// All of it, for keeping.
    pub(super) fn to_numbers(&self) -> Vec<Millibits> {
        let mut numbers = self.odds.clone();
        numbers.resize(ALL.len() * CLASSES, Millibits::MIN);
        numbers.push(self.from);
        numbers
    }

    /// What was kept; `None` where there is too little or too much.
    pub(super) fn of_numbers(numbers: &[Millibits]) -> Option<Self> {
        let (&from, odds) = numbers.split_last()?;
        (odds.len() == ALL.len() * CLASSES).then(|| Self { odds: odds.to_vec(), from })
    }

    /// The odds that a link is of one hand, if there are enough of one hand in its class.
    pub(super) fn odds(&self, fact: &Fact) -> Option<Millibits> {
        let odds = *self.odds.get(fact.kind.number() * CLASSES + class(fact)?)?;
        (odds >= LEAST_ODDS).then_some(odds.min(MOST_ODDS))
    }
}

/// The links that may be of rings, in the order of their pairs.
pub(super) struct Ties {
    ties: Vec<Tie>,
    learned: Learned,
}

impl Ties {
    /// No links.
    pub(super) const NONE: Self = Self { ties: Vec::new(), learned: Learned::NOTHING };

    /// Learns from all pairs that meet.
    pub(super) fn learn(shared: &Shared, met: &Met) -> Self {
        let patterns = patterns(shared, met);
        if patterns.keys().all(|pattern| pattern.single().is_some()) {
            return Self::NONE;
        }
        let model = Model::learn(&patterns, shared.population());
        let from = (model.seen_of_ring * 1_000.0).min(f64::from(Millibits::MAX)) as Millibits;
        Self::known(Learned { odds: model.odds(), from }, met, |_, _| true)
    }

    /// The links of some pairs that meet, by what was learned before.
    pub(super) fn known(learned: Learned, met: &Met, counts: impl Fn(u32, u32) -> bool) -> Self {
        let mut ties = Vec::new();
        for meeting in met.iter().filter(|meeting| counts(meeting.one, meeting.other)) {
            for fact in meeting.facts {
                if let Some(odds) = learned.odds(fact) {
                    ties.push(Tie { one: meeting.one, other: meeting.other, kind: fact.kind, odds });
                }
            }
        }
        Self { ties, learned }
    }

    /// What it was learned by.
    pub(super) fn into_learned(self) -> Learned {
        self.learned
    }

    /// Whether enough has come together to say what is of rings and what is common.
    pub(super) fn know_enough(&self) -> bool {
        f64::from(self.learned.from) >= ENOUGH_PAIRS * 1_000.0
    }

    /// Whether so much has that the odds are as good as counted.
    pub(super) fn know_well(&self) -> bool {
        f64::from(self.learned.from) >= MANY_PAIRS * 1_000.0
    }

    /// Groups of three and more people that hang together, each ascending.
    ///
    /// Likelier links come first. Two groups that would stand by themselves are not joined by one link more, nor any to more than `most`.
    pub(super) fn groups(&self, most: usize, is_free: impl Fn(u32) -> bool) -> Vec<Vec<u32>> {
        let mut ties: Vec<Tie> = self.ties.iter().copied().filter(|tie| is_free(tie.one) && is_free(tie.other)).collect();
        let mut people: Vec<u32> = ties.iter().flat_map(|tie| [tie.one, tie.other]).collect();
        people.sort_unstable();
        people.dedup();
        let place = |person: u32| people.binary_search(&person).map_or(0, |at| at as u32);
        ties.sort_by_key(|tie| (Reverse(tie.odds), tie.one, tie.other, tie.kind));
        let mut union = UnionFind::new(people.len());
        let mut best = vec![NO_KINDS; people.len()];
        let mut size = vec![1_usize; people.len()];
        for tie in ties {
            let (one, other) = (union.root(place(tie.one)), union.root(place(tie.other)));
            let is_enough = |root: u32| enough(&best[root as usize], 0);
            let together = size[one as usize] + size[other as usize];
            if one != other && (is_enough(one) && is_enough(other) || together > most) {
                continue;
            }
            union.join(one, other);
            let root = union.root(one) as usize;
            if one != other {
                size[root] = together;
            }
            let mut joined = best[one as usize];
            joined.iter_mut().zip(best[other as usize]).for_each(|(odds, others)| *odds = others.max(*odds));
            let of_kind = &mut joined[tie.kind.number()];
            *of_kind = tie.odds.max(*of_kind);
            best[root] = joined;
        }
        let mut members: Vec<(u32, u32)> =
            people.iter().enumerate().map(|(at, &person)| (union.root(at as u32), person)).collect();
        members.sort_unstable();
        let groups = members.chunk_by(|one, other| one.0 == other.0).filter(|group| group.len() > 2);
        groups.map(|group| group.iter().map(|&(_, person)| person).collect()).collect()
    }

    /// The links by which somebody may join a ring, with their odds. For a word of a login alone nobody does.
    pub(super) fn iter(&self) -> impl Iterator<Item = (u32, u32, Millibits)> {
        let joining = self.ties.iter().filter(|tie| tie.kind != Kind::Alias);
        joining.map(|tie| (tie.one, tie.other, tie.odds))
    }

    /// Those of identifiers that leave little doubt. What firms are called meets by chance, as all names do.
    pub(super) fn likely(&self) -> impl Iterator<Item = (u32, u32)> {
        let is_likely = |tie: &&Tie| tie.odds >= LIKELY && !matches!(tie.kind, Kind::Employers | Kind::Ip | Kind::Alias);
        self.ties.iter().filter(is_likely).map(|tie| (tie.one, tie.other))
    }

    /// Whether links of several kinds within a group, ascending, leave little doubt. `against`: what speaks against it besides.
    pub(super) fn are_enough(&self, group: &[u32], against: Millibits) -> bool {
        let mut best = NO_KINDS;
        for &person in group {
            let start = self.ties.partition_point(|tie| tie.one < person);
            let of_person = self.ties[start..].iter().take_while(|tie| tie.one == person);
            for tie in of_person.filter(|tie| group.binary_search(&tie.other).is_ok()) {
                best[tie.kind.number()] = best[tie.kind.number()].max(tie.odds);
            }
        }
        enough(&best, against)
    }
}

/// By kind, the best odds.
type OddsOfKinds = [Millibits; ALL.len()];
const NO_KINDS: OddsOfKinds = [Millibits::MIN; ALL.len()];

fn enough(best: &OddsOfKinds, against: Millibits) -> bool {
    let of_kinds = best.iter().filter(|&&odds| odds != Millibits::MIN);
    let (kinds, sum) = of_kinds.fold((0, 0), |(kinds, sum), odds| (kinds + 1, sum + odds));
    kinds > 1 && sum + (kinds - 1) * FURTHER_KIND - against >= ENOUGH
}

/// The class of a link of its kind; what people under one roof share is explained by it.
fn class(fact: &Fact) -> Option<usize> {
    class_of(fact.near, usize::from(fact.holders))
}

fn class_of(near: Nearness, holders: usize) -> Option<usize> {
    let of_holders = FROM_HOLDERS.iter().filter(|&&from| holders >= from).count();
    match near {
        Nearness::Strangers => Some(of_holders),
        Nearness::OneTown => Some(HOLDER_CLASSES + of_holders),
        Nearness::OneRoof => None,
    }
}

/// The links of a pair: by kind its class from 1, some bits each.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Pattern(u64);

impl Pattern {
    const MASK: u64 = (1 << WIDTH) - 1;

    const fn of_kind(self, kind: usize) -> u64 {
        self.0 >> (WIDTH * kind) & Self::MASK
    }

    /// Of several values of a kind the one of the fewest holders counts.
    fn add(&mut self, kind: usize, class: usize) {
        let before = self.of_kind(kind);
        if before == 0 || class as u64 + 1 < before {
            self.0 = self.0 & !(Self::MASK << (WIDTH * kind)) | (class as u64 + 1) << (WIDTH * kind);
        }
    }

    /// The numbers of its kinds and classes.
    fn each(self, mut take: impl FnMut(usize)) {
        for kind in 0..ALL.len() {
            let class = self.of_kind(kind) as usize;
            if class > 0 {
                take(kind * CLASSES + class - 1);
            }
        }
    }

    /// The number of its kind and class where there is one alone.
    fn single(self) -> Option<usize> {
        let kind = self.0.trailing_zeros() as usize / WIDTH;
        let class = self.0.checked_shr((WIDTH * kind) as u32)?;
        (1..=Self::MASK).contains(&class).then(|| kind * CLASSES + class as usize - 1)
    }
}

/// How often each set of links comes.
fn patterns(shared: &Shared, met: &Met) -> BTreeMap<Pattern, f64> {
    let mut counts: BTreeMap<Pattern, f64> = BTreeMap::new();
    // Most pairs share one value: they are counted in a table.
    let mut alone = vec![0.0; ALL.len() * CLASSES];
    for meeting in met.iter() {
        let mut pattern = Pattern(0);
        // People of one town who share one thing of a place share others as well.
        let mut has_place = false;
        for fact in meeting.facts.iter().filter(|fact| fact.kind != Kind::Employers) {
            let is_repeated = fact.near == Nearness::OneTown && std::mem::replace(&mut has_place, true);
            if let Some(class) = class(fact).filter(|_| !is_repeated) {
                pattern.add(fact.kind.number(), class);
            }
        }
        if pattern != Pattern(0) && meeting.in_sets {
            add_employers(shared, meeting, &mut pattern);
        }
        match pattern.single() {
            Some(at) => alone[at] += 1.0,
            None if pattern != Pattern(0) => *counts.entry(pattern).or_default() += 1.0,
            None => {}
        }
    }
    // All who share an employer are too many to meet: what is left of their pairs shares nothing else.
    let employers = shared.held(Kind::Employers);
    let first = Kind::Employers.number() * CLASSES;
    for value in (1..employers.by_value.len() as u32).filter(|&value| employers.is_shared(value)) {
        let holders = employers.holders(value);
        let pairs = (holders * (holders - 1) / 2) as f64;
        alone[first + class_of(Nearness::Strangers, holders).unwrap_or_default()] += pairs;
    }
    for (pattern, &count) in &counts {
        pattern.each(|at| {
            if at >= first && at < first + CLASSES {
                alone[at] = f64::max(alone[at] - count, 0.0);
            }
        });
    }
    for (at, count) in alone.into_iter().enumerate().filter(|&(_, count)| count > 0.0) {
        let mut pattern = Pattern(0);
        pattern.add(at / CLASSES, at % CLASSES);
        counts.insert(pattern, count);
    }
    counts
}

fn add_employers(shared: &Shared, meeting: Meeting<'_>, pattern: &mut Pattern) {
    let held = shared.held(Kind::Employers);
    let theirs = held.by_person.get(meeting.other);
    for &value in held.by_person.get(meeting.one) {
        if held.is_shared(value) && theirs.binary_search(&value).is_ok() {
            let near = nearness(shared, Kind::Employers, meeting.one, meeting.other);
            if let Some(class) = class_of(near, held.holders(value)) {
                pattern.add(Kind::Employers.number(), class);
            }
        }
    }
}

/// Two classes of pairs, and how often pairs of each share links of each kind and class.
struct Model {
    /// Prior odds that two persons are of one hand.
    prior: f64,
    of_ring: Vec<f64>,
    of_others: Vec<f64>,
    seen: Vec<bool>,
    /// Pairs of one hand among those seen.
    seen_of_ring: f64,
}

impl Model {
    fn learn(patterns: &BTreeMap<Pattern, f64>, persons: usize) -> Self {
        let all = (persons as f64 * (persons as f64 - 1.0) / 2.0).max(1.0);
        let mut counts = vec![0.0; ALL.len() * CLASSES];
        for (pattern, &count) in patterns {
            pattern.each(|at| counts[at] += count);
        }
        let of_kind =
            |counts: &[f64], at: usize| counts[at / CLASSES * CLASSES..(at / CLASSES + 1) * CLASSES].iter().sum::<f64>();
        let mut model = Self {
            prior: persons as f64 / BEGIN / all,
            of_ring: (0..counts.len()).map(|at| 0.1 * counts[at] / of_kind(&counts, at).max(1.0)).collect(),
            of_others: counts.iter().map(|count| count / all).collect(),
            seen: counts.iter().map(|&count| count > 0.0).collect(),
            seen_of_ring: 0.0,
        };
        for _ in 0..STEPS {
            model.step(patterns, &counts, all);
        }
        model
    }

    fn step(&mut self, patterns: &BTreeMap<Pattern, f64>, counts: &[f64], all: f64) {
        let silent = self.silent();
        let whole: f64 = silent.iter().product();
        let mut of_ring = vec![0.0; counts.len()];
        let mut seen = 0.0;
        for (pattern, &count) in patterns {
            let mut odds = self.prior * whole;
            pattern.each(|at| odds *= self.of_ring[at] / self.of_others[at] / silent[at / CLASSES]);
            let share = count * odds / (1.0 + odds);
            seen += share;
            pattern.each(|at| of_ring[at] += share);
        }
        // Pairs of one hand that share nothing are not seen.
        let pairs = seen / (1.0 - whole).max(1e-6);
        self.prior = pairs.max(1.0) / all;
        self.seen_of_ring = seen;
        for at in (0..counts.len()).filter(|&at| self.seen[at]) {
            self.of_ring[at] = (of_ring[at] + HALF_A_PAIR / 25.0) / (pairs + 1.0);
            self.of_others[at] = (counts[at] - of_ring[at] + HALF_A_PAIR) / all;
        }
    }

    /// By kind, the chance that two of one hand do not share it.
    fn silent(&self) -> Vec<f64> {
        self.of_ring.chunks(CLASSES).map(|of_kind| 1.0 - of_kind.iter().sum::<f64>().min(0.9)).collect()
    }

    /// By kind and class, the odds that a link which comes alone is of one hand.
    fn odds(&self) -> Vec<Millibits> {
        let silent = self.silent();
        let whole: f64 = silent.iter().product();
        let of = |at: usize| {
            let odds = self.prior * whole * self.of_ring[at] / self.of_others[at] / silent[at / CLASSES];
            ((odds.log2() * 1_000.0).round() as Millibits).min(MOST_ODDS)
        };
        (0..self.of_ring.len()).map(|at| if self.seen[at] { of(at) } else { Millibits::MIN }).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Pairs that share these kinds, each with two holders and between strangers.
    fn shared(kinds: &[Kind], count: f64) -> (Pattern, f64) {
        let mut pattern = Pattern(0);
        kinds.iter().for_each(|kind| pattern.add(kind.number(), 0));
        (pattern, count)
    }

    #[test]
    fn what_comes_with_other_links_is_of_rings_where_it_comes_alone() {
        use Kind::{Avatar, Device, Phone, Wallet};
        let patterns = BTreeMap::from([
            shared(&[Avatar], 200.0),
            shared(&[Wallet], 150.0),
            shared(&[Phone], 150.0),
            // Browsers as common as others come alone.
            shared(&[Device], 20_000.0),
            shared(&[Avatar, Wallet], 30.0),
            shared(&[Avatar, Phone], 30.0),
            shared(&[Phone, Wallet], 25.0),
            shared(&[Phone, Avatar, Wallet], 5.0),
            shared(&[Device, Avatar], 1.0),
        ]);
        let model = Model::learn(&patterns, 20_000);
        let odds = |kind: Kind| model.odds()[kind.number() * CLASSES];
        assert!(model.seen_of_ring > 90.0, "{}", model.seen_of_ring);
        for of_rings in [Avatar, Wallet, Phone] {
            assert!(odds(of_rings) > LIKELY, "{of_rings:?}: {}", odds(of_rings));
        }
        assert!(odds(Device) < LEAST_ODDS, "{}", odds(Device));
    }

    #[test]
    fn where_nothing_comes_together_nothing_is_learned() {
        let patterns = BTreeMap::from([shared(&[Kind::Wallet], 3_000.0), shared(&[Kind::Device], 5_000.0)]);
        let model = Model::learn(&patterns, 20_000);
        assert!(model.seen_of_ring < ENOUGH_PAIRS, "{}", model.seen_of_ring);
        assert!(Model::learn(&BTreeMap::new(), 0).odds().iter().all(|&odds| odds == Millibits::MIN));
    }

    #[test]
    fn a_pattern_keeps_the_rarest_value_of_each_kind() {
        let mut pattern = Pattern(0);
        pattern.add(Kind::Wallet.number(), 3);
        pattern.add(Kind::Wallet.number(), 1);
        pattern.add(Kind::Wallet.number(), 2);
        assert_eq!(pattern.single(), Some(Kind::Wallet.number() * CLASSES + 1));
        pattern.add(Kind::Phone.number(), 0);
        assert_eq!(pattern.single(), None);
        assert_eq!(Pattern(0).single(), None);
    }
}
