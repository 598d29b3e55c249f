//! Measured rates and the weights they give.
//!
//! A rate says how often a rule fires among subjects that a source lists (alleged impostors) and among ordinary people. Where a
//! rate was measured by region, the weight is computed with the *highest* regional rate among ordinary people: a trait that is
//! common in one region must not weigh on the people there because it is rare elsewhere.
//!
//! Only coefficients stand here, no rows. Measured 2026-11-20 on 1,277 listed freemail addresses, 11,888 freemail addresses and
//! 2,234 developers (20 commits or more) of public repositories.

use bonafide_model::{assessment::Weight, check::Strength};

/// How often a rule fires among listed and ordinary subjects.
#[derive(Clone, Copy, Debug)]
pub struct Rate {
    /// Name, as checks cite it.
    pub name: &'static str,
    /// Share among listed subjects and their number; `None` where it was not measured.
    pub listed: Option<(f64, u32)>,
    /// Share among ordinary people and their number.
    pub ordinary: (f64, u32),
    /// Highest share in any region with enough people.
    pub ordinary_worst_region: f64,
    /// What was measured, for people.
    pub measured_on: &'static str,
}

const EMAIL: &str = "11,888 freemail addresses of ordinary committers";
const GIT: &str = "2,234 ordinary developers with 20 commits or more";

/// All rates, sorted by name.
pub const RATES: &[Rate] = &[
    Rate {
        name: "email.ends_in_month_day",
        listed: Some((0.298, 1_277)),
        ordinary: (0.0162, 11_888),
        ordinary_worst_region: 0.0816,
        measured_on: EMAIL,
    },
    // Measured with names composed with full stops and with years of birth counted in; the check leaves them out, so that the true
    // share among ordinary people is lower and this one errs in their favour.
    Rate {
        name: "email.keyword_and_3_digits",
        listed: Some((0.231, 1_277)),
        ordinary: (0.0031, 11_888),
        ordinary_worst_region: 0.0076,
        measured_on: EMAIL,
    },
    Rate {
        name: "email.keyword_and_month_day",
        listed: Some((0.110, 1_277)),
        ordinary: (0.0006, 11_888),
        ordinary_worst_region: 0.0019,
        measured_on: EMAIL,
    },
    Rate {
        name: "email.letters_then_4_digits",
        listed: Some((0.267, 1_277)),
        ordinary: (0.0443, 11_888),
        ordinary_worst_region: 0.1082,
        measured_on: EMAIL,
    },
    Rate { name: "git.clock_span_3h", listed: None, ordinary: (0.382, 2_234), ordinary_worst_region: 0.382, measured_on: GIT },
    Rate {
        name: "git.three_or_more_emails_per_name",
        listed: None,
        ordinary: (0.084, 2_234),
        ordinary_worst_region: 0.084,
        measured_on: GIT,
    },
    Rate {
        name: "git.two_or_more_emails_per_name",
        listed: None,
        ordinary: (0.271, 2_234),
        ordinary_worst_region: 0.271,
        measured_on: GIT,
    },
    Rate {
        name: "git.two_or_more_names_per_email",
        listed: None,
        ordinary: (0.286, 2_234),
        ordinary_worst_region: 0.286,
        measured_on: GIT,
    },
];

/// The rate with a name.
#[must_use]
pub fn find(name: &str) -> Option<&'static Rate> {
    RATES.binary_search_by(|rate| rate.name.cmp(name)).ok().map(|index| &RATES[index])
}

/// The default and the largest weight a finding of a strength has, in bits.
#[must_use]
pub const fn bits_of(strength: Strength) -> (f64, f64) {
    match strength {
        Strength::Weak => (0.7, 1.0),
        Strength::Medium => (3.0, 4.0),
        Strength::Strong => (8.0, 10.0),
    }
}

/// Cases by which a measured share is drawn towards "no information": a rate seen on few counts for less.
const SHRINKAGE_CASES: f64 = 20.0;

impl Rate {
    /// The base-2 logarithm of the likelihood ratio, shrunk for small samples.
    ///
    /// Where the share among listed subjects is unknown it is taken as one half: the rule then counts for no more than its rarity
    /// among ordinary people allows.
    #[must_use]
    pub fn bits(&self) -> f64 {
        let ordinary = shrunk(self.ordinary_worst_region, self.ordinary.1, 0.5);
        let listed = self.listed.map_or(0.5, |(share, count)| shrunk(share, count, ordinary));
        (listed / ordinary).log2().max(0.0)
    }
}

fn shrunk(share: f64, count: u32, towards: f64) -> f64 {
    let count = f64::from(count);
    (share * count + towards * SHRINKAGE_CASES) / (count + SHRINKAGE_CASES)
}

/// The weight of a finding by itself, and where it comes from.
#[must_use]
pub fn weigh(strength: Strength, rate: Option<&str>) -> (Weight, String) {
    let (default, most) = bits_of(strength);
    match rate.and_then(find) {
        Some(rate) => {
            let weight = Weight::from_bits(rate.bits().min(most));
            let shown = rate.ordinary.0 * 1_000.0;
            (weight, format!("measured: {} of 1,000 {}", round_to_three(shown), strip_count(rate.measured_on)))
        }
        None => (Weight::from_bits(default), format!("default of a {strength} finding; no rate measured yet")),
    }
}

fn strip_count(measured_on: &str) -> &str {
    measured_on.split_once(' ').map_or(measured_on, |(_, rest)| rest)
}

fn round_to_three(value: f64) -> String {
    if value >= 10.0 { format!("{value:.0}") } else { format!("{value:.1}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_are_sorted_and_found() {
        for rate in RATES {
            assert!(find(rate.name).is_some_and(|found| found.name == rate.name), "{}", rate.name);
        }
        assert!(find("email.nothing").is_none());
    }

    #[test]
    fn a_weak_finding_never_outweighs_its_strength() {
        for rate in RATES {
            let (weight, _) = weigh(Strength::Weak, Some(rate.name));
            assert!(weight.bits() <= 1.0 && weight.bits() >= 0.0, "{}: {}", rate.name, weight.bits());
        }
    }

    #[test]
    fn a_rate_on_few_cases_counts_for_less() {
        let rate = |count| Rate {
            name: "x",
            listed: Some((0.5, count)),
            ordinary: (0.01, count),
            ordinary_worst_region: 0.01,
            measured_on: "",
        };
        assert!(rate(10).bits() < rate(100).bits() && rate(100).bits() < rate(10_000).bits());
        assert!((rate(1_000_000).bits() - 50_f64.log2()).abs() < 0.01);
    }

    #[test]
    fn the_worst_region_sets_the_weight() {
        let digits = find("email.letters_then_4_digits").expect("measured");
        assert!(digits.bits() < 1.4, "by the average rate it would weigh 2.6 bits: {}", digits.bits());
    }
}
