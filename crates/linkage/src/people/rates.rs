//! How much a value that some people share speaks for one hand behind them.
//!
//! The weight of a shared value is log2(m/b): m is how often two personas of one ring share a value of its kind, b how many honest
//! people in one share a value held by so few with somebody who is as near to them. b is counted in the data at hand, over those who
//! are in no ring, from a judged rate on. So a household's telephone weighs little because households share telephones, whatever the
//! population; and a wallet that two strangers share weighs much because hardly anybody shares one.

use super::{
    kind::{ALL, Kind, NEARNESS, NEARNESSES, Nearness},
    same::Millibits,
    shared::Shared,
};

/// How often two personas of one ring share a value of a kind; between a half and a twentieth hardly matters.
const OF_A_RING: f64 = 0.3;
/// People that the judged rates count as much as.
const JUDGED: f64 = 2_000.0;
/// No lone value weighs more.
const MOST_LONE: Millibits = 10_000;
/// Nor does a word of a login: anybody may come upon it, and by itself it never is more than weak.
const MOST_ALIAS: Millibits = 6_500;
/// Persons over whom employers are counted: these are shared by so many that a part says as much as all.
const COUNTED_FOR_EMPLOYERS: usize = 50_000;
/// Holders by which rates are told apart.
const HOLDERS: usize = 41;
/// Every other holder of a value, of whom nothing else is known, makes it so much more likely that it is anybody's.
pub(super) const DILUTION: Millibits = 1_500;

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
                let others = holders.iter().filter(|&&other| other != person && is_honest(other));
                for &other in others.filter(|&&other| !shared.is_said_already(kind, person, other)) {
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
                (((OF_A_RING / rate).log2() * 1_000.0).round() as Millibits).clamp(0, most(kind))
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
        let at = |kind: usize, near: usize, holders: usize| {
            numbers[(kind * NEARNESSES + near) * HOLDERS + holders].clamp(0, most(ALL[kind]))
        };
        let of_kind = |kind: usize| std::array::from_fn(|near| std::array::from_fn(|holders| at(kind, near, holders)));
        Some(Self { weights: (0..ALL.len()).map(of_kind).collect() })
    }

    /// The weight of a lone value that two persons share.
    pub(crate) fn of_pair(&self, shared: &Shared, kind: Kind, value: u32, one: u32, other: u32) -> Millibits {
        self.weight(kind, nearness(shared, kind, one, other), shared.held(kind).holders(value))
    }

    /// The weight of a lone value of a kind that so many hold, two of them these persons.
    pub(crate) fn of_holders(&self, shared: &Shared, kind: Kind, one: u32, other: u32, holders: usize) -> Millibits {
        self.of_holders_so_near(kind, nearness(shared, kind, one, other), holders)
    }

    /// The same where it is known how near they are.
    pub(crate) fn of_holders_so_near(&self, kind: Kind, near: Nearness, holders: usize) -> Millibits {
        let others = Millibits::try_from(holders).unwrap_or(Millibits::MAX).saturating_sub(2);
        self.weight(kind, near, holders).saturating_sub(DILUTION.saturating_mul(others)).max(0)
    }

    /// The most holders at which an employer alone says as much as `least` of two strangers.
    pub(crate) fn most_at_employer(&self, least: Millibits) -> u32 {
        let weight = |holders: usize| self.weight(Kind::Employers, Nearness::Strangers, holders);
        (2..HOLDERS).take_while(|&holders| weight(holders) >= least).last().unwrap_or(0) as u32
    }

    /// The weight of a value of a kind that so many hold, shared by people so near.
    pub(super) fn weight(&self, kind: Kind, near: Nearness, holders: usize) -> Millibits {
        self.weights[kind.number()][near as usize].get(holders).copied().unwrap_or(0)
    }
}

const fn most(kind: Kind) -> Millibits {
    if matches!(kind, Kind::Alias) { MOST_ALIAS } else { MOST_LONE }
}

/// How near two are in ways that let honest people share values of a kind.
pub(super) fn nearness(shared: &Shared, kind: Kind, one: u32, other: u32) -> Nearness {
    nearness_by(
        kind,
        || {
            shared.are_of_one_name(one, other)
                || shared.are_of_one_house(one, other)
                || kind != Kind::Ip && shared.are_of_one_network(one, other)
        },
        || shared.are_of_one_town(one, other),
    )
}

/// How near two are for values of a kind, by whether they are under one roof, its network's included, and whether they live in one town.
pub(super) fn nearness_by(kind: Kind, one_roof: impl Fn() -> bool, one_town: impl Fn() -> bool) -> Nearness {
    if one_roof() || kind == Kind::DocumentRoot && one_town() {
        Nearness::OneRoof
    } else if kind.is_of_a_place() && one_town() {
        Nearness::OneTown
    } else {
        Nearness::Strangers
    }
}
