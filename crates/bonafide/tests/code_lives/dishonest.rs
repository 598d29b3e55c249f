//! Dishonest lives: borrowed histories and wrong claims of a place.

use bonafide_model::check::Strength;

use super::life::{By, Life};
use crate::Kind;

/// A kind, the check that has to find it, and at least how strongly.
pub(crate) type Expected = (Kind, &'static str, Strength);

/// A project of several people, every author replaced: their clocks and their merged pull requests stay.
fn rewritten(life: &mut Life<'_>, name: &str, count: usize, zones: &[&'static str]) {
    let zones = zones.to_vec();
    life.work(name, 60, count, (65, 600), |dice, _| (*dice.pick(&zones), By::Own));
    for (number, commit) in life.repo(name).commits.iter_mut().enumerate() {
        commit.merge_of = match number % 12 {
            0 => Some("osprey"),
            4 => Some("wren-collective"),
            8 => Some("tern"),
            _ => None,
        };
    }
}

pub(crate) const KINDS: &[Expected] = &[
    (
        ("another continent's clock", |life| {
            let far = life.far();
            life.work("app", 700, 90, (2, 400), |_, _| (far, By::Own));
        }),
        "BF-ONL-010",
        Strength::Medium,
    ),
    (
        ("half borrowed on the claimed clock, own work elsewhere", |life| {
            let (home, far) = (life.zone(), life.far());
            rewritten(life, "market-app", 90, &[home]);
            life.work("tools", 400, 80, (2, 400), |_, _| (far, By::Own));
        }),
        "BF-ONL-010",
        Strength::Medium,
    ),
    (
        ("nearly all borrowed on the claimed clock, own work elsewhere", |life| {
            let (home, far) = (life.zone(), life.far());
            rewritten(life, "market-app", 500, &[home]);
            life.work("tools", 400, 60, (2, 400), |_, _| (far, By::Own));
        }),
        "BF-ONL-010",
        Strength::Medium,
    ),
    (
        ("borrowed without a mark on the claimed clock, own work elsewhere", |life| {
            let (home, far) = (life.zone(), life.far());
            life.work("archive", 3, 200, (5, 400), |_, _| (home, By::Own));
            life.work("tools", 400, 80, (2, 400), |_, _| (far, By::Own));
        }),
        "BF-ONL-010",
        Strength::Weak,
    ),
    (
        ("strangers' histories, one of them on the claimed clock, own work elsewhere", |life| {
            let (home, far) = (life.zone(), life.far());
            let other = life.far_from(&[far]);
            life.work("shop", 60, 90, (65, 600), |_, _| (home, By::Own));
            life.work("bridge", 60, 60, (65, 600), |_, _| (other, By::Own));
            life.work("tools", 600, 90, (2, 600), |_, _| (far, By::Own));
        }),
        "BF-ONL-010",
        Strength::Medium,
    ),
    (
        ("a claim that only the platform's own clock keeps", |life| {
            life.home = 24;
            let far = life.far();
            life.work("app", 700, 50, (2, 400), |_, _| (far, By::Own));
            life.work("app", 700, 60, (2, 400), |_, _| ("America/Los_Angeles", By::Web));
        }),
        "BF-ONL-010",
        Strength::Medium,
    ),
    (
        ("a claim of a job in the country, silent for months", |life| {
            let far = life.far();
            life.jobs = vec![(Life::place(life.zone()), 900, None)];
            life.work("app", 700, 90, (110, 500), |_, _| (far, By::Own));
        }),
        "BF-ONL-010",
        Strength::Medium,
    ),
    (
        ("histories of strangers, each on a clock of its own", |life| {
            let home = life.zone();
            let first = life.far();
            let second = life.far_from(&[first]);
            life.work("shop", 60, 60, (65, 600), |_, _| (first, By::Own));
            life.work("bridge", 60, 60, (65, 600), |_, _| (second, By::Own));
            life.work("tools", 60, 30, (2, 60), |_, _| (home, By::Own));
        }),
        "BF-ONL-006",
        Strength::Medium,
    ),
    (
        ("strangers' histories fill a fresh account", |life| {
            let home = life.zone();
            let first = life.far();
            let second = life.far_from(&[first]);
            life.account_ago = 61;
            for (name, zone) in [("shop", first), ("bridge", second), ("mint", home)] {
                life.work(name, 60, 60, (65, 600), |_, _| (zone, By::Own));
            }
            life.work("tools", 60, 12, (2, 60), |_, _| (home, By::Own));
        }),
        "BF-ONL-005",
        Strength::Medium,
    ),
    (
        ("one stranger's histories on a fresh account, another clock since", |life| {
            let (home, far) = (life.zone(), life.far());
            life.account_ago = 61;
            for name in ["shop", "bridge", "mint"] {
                life.work(name, 60, 60, (65, 600), |_, _| (far, By::Own));
            }
            life.work("tools", 60, 12, (2, 60), |_, _| (home, By::Own));
        }),
        "BF-ONL-005",
        Strength::Medium,
    ),
    (
        ("a rewritten project, whoever claims what", |life| {
            let home = life.zone();
            rewritten(life, "market-app", 200, &[home]);
        }),
        "BF-ONL-006",
        Strength::Medium,
    ),
];

/// People who do live where they say and borrowed what they show.
pub(crate) const AT_HOME: &[Kind] = &[
    ("half borrowed from elsewhere, own work at home", |life| {
        let (home, far) = (life.zone(), life.far());
        rewritten(life, "market-app", 90, &[far]);
        life.work("tools", 400, 80, (2, 400), |_, _| (home, By::Own));
    }),
    ("nearly all borrowed from elsewhere, own work at home", |life| {
        let (home, far) = (life.zone(), life.far());
        rewritten(life, "market-app", 500, &[far]);
        life.work("tools", 400, 30, (2, 400), |_, _| (home, By::Own));
    }),
    ("histories of strangers from elsewhere, own work at home", |life| {
        let (home, far) = (life.zone(), life.far());
        let other = life.far_from(&[far]);
        life.work("shop", 60, 200, (65, 600), |_, _| (far, By::Own));
        life.work("bridge", 60, 200, (65, 600), |_, _| (other, By::Own));
        life.work("tools", 600, 60, (2, 600), |_, _| (home, By::Own));
    }),
    ("borrowed without a mark from elsewhere, own work at home", |life| {
        let (home, far) = (life.zone(), life.far());
        life.work("archive", 60, 400, (65, 400), |_, _| (far, By::Own));
        life.work("tools", 400, 60, (2, 400), |_, _| (home, By::Own));
    }),
];
