//! Honest lives: none may be accused.

use super::life::{By, Life};
use crate::Kind;

/// The clock in which the platform dates what no browser dates.
const PLATFORM: &str = "America/Los_Angeles";

pub(crate) const KINDS: &[Kind] = &[
    ("resident with forks and vendored code", |life| {
        let (home, far) = (life.zone(), life.far());
        life.work("app", 700, 90, (2, 700), |_, _| (home, By::Own));
        life.work("vendored", 500, 40, (2, 500), |_, _| (home, By::Own));
        life.work("vendored", 500, 200, (510, 1_500), |dice, _| (far, By::Other(dice.below(9))));
        life.work("upstream", 300, 300, (290, 1_900), |dice, _| (far, By::Other(dice.below(30))));
        life.work("upstream", 300, 8, (10, 280), |_, _| (home, By::Own));
        life.repo("upstream").fork = true;
    }),
    ("half of the repositories cloned and pushed, authors kept", |life| {
        let (home, far) = (life.zone(), life.far());
        life.work("app", 700, 60, (2, 700), |_, _| (home, By::Own));
        for name in ["clone-a", "clone-b"] {
            life.work(name, 300, 150, (310, 1_500), |dice, _| (far, By::Other(dice.below(12))));
        }
    }),
    ("server on UTC and bots", |life| {
        let home = life.zone();
        life.work("app", 700, 160, (2, 700), |dice, _| if dice.chance(0.5) { ("Etc/UTC", By::Own) } else { (home, By::Own) });
        life.work("app", 700, 60, (2, 700), |_, _| ("Etc/UTC", By::Bot));
    }),
    ("web edits in UTC and merges by the platform's clock", |life| {
        let home = life.zone();
        life.work("app", 700, 30, (2, 700), |_, _| (home, By::Own));
        life.work("app", 700, 60, (2, 700), |dice, _| if dice.chance(0.3) { ("Etc/UTC", By::Web) } else { (PLATFORM, By::Web) });
    }),
    ("nothing but merges by the platform's clock", |life| {
        life.work("app", 700, 60, (2, 700), |_, _| (PLATFORM, By::Web));
    }),
    ("summers elsewhere", |life| {
        let (home, far) = (life.zone(), life.far());
        // The application is of June: the present summer and the last two.
        life.work("app", 1_000, 220, (2, 1_000), |_, ago| {
            (if (ago % 365) < 20 || (ago % 365) > 310 { far } else { home }, By::Own)
        });
    }),
    ("laptop, desktop, server, and a tablet that was never set", |life| {
        let (home, server, tablet) = (life.zone(), life.far(), life.far());
        life.work("app", 700, 200, (2, 700), |dice, _| {
            let zone = match dice.below(20) {
                0..=11 => home,
                12..=14 => "Etc/UTC",
                15..=18 => server,
                _ => tablet,
            };
            (zone, By::Own)
        });
    }),
    ("own work of years moved to a fresh account", |life| {
        let home = life.zone();
        life.account_ago = 120;
        for name in ["a", "b", "c", "d"] {
            life.work(name, 119, 60, (125, 1_400), |_, _| (home, By::Own));
        }
        life.work("new", 100, 20, (2, 100), |_, _| (home, By::Own));
    }),
    ("own work of years moved to a fresh account, nothing since", |life| {
        let home = life.zone();
        life.account_ago = 40;
        for name in ["a", "b", "c", "d"] {
            life.work(name, 39, 60, (45, 1_400), |_, _| (home, By::Own));
        }
    }),
    ("own work moved to a fresh account, after a move of house", |life| {
        let (home, before) = (life.zone(), life.far());
        life.account_ago = 120;
        for name in ["a", "b", "c", "d"] {
            life.work(name, 119, 60, (125, 1_400), |_, ago| (if ago > 500 { before } else { home }, By::Own));
        }
        life.work("new", 100, 20, (2, 100), |_, _| (home, By::Own));
    }),
    ("a team's repositories moved with their authors", |life| {
        let (home, far) = (life.zone(), life.far());
        life.account_ago = 200;
        for name in ["a", "b", "c"] {
            life.work(name, 199, 40, (210, 1_400), |_, _| (home, By::Own));
            life.work(name, 199, 80, (210, 1_400), |dice, _| (far, By::Other(dice.below(4))));
        }
        life.work("new", 100, 20, (2, 100), |_, _| (home, By::Own));
    }),
    ("moved for a new job, the old one stated, nothing since", |life| {
        let before = life.far();
        let moved = 10 + life.dice.below(80) as i64;
        life.jobs = vec![(Life::place(before), 1_200, Some(moved))];
        life.work("app", 1_000, 160, (moved, 900), |_, _| (before, By::Own));
    }),
    ("moved months ago and silent since", |life| {
        let before = life.far();
        let moved = 110 + life.dice.below(300) as i64;
        life.work("app", 1_400, 160, (moved, 1_300), |_, _| (before, By::Own));
    }),
    ("moved lately and says so", |life| {
        let before = life.far();
        let moved = 10 + life.dice.below(60) as i64;
        let city = Life::place(life.zone()).split(',').next().unwrap();
        let month = super::life::APPLIED_ON.saturating_sub(jiff::Span::new().days(moved)).strftime("%B %Y").to_string();
        life.answers = vec![format!("I moved to {city} in {month} with my family.")];
        life.work("app", 1_000, 160, (moved, 900), |_, _| (before, By::Own));
    }),
    ("three former homes, their work published later", |life| {
        let home = life.zone();
        let first = life.far();
        let second = life.far_from(&[first]);
        life.work("first", 300, 50, (1_200, 1_700), |_, _| (first, By::Own));
        life.work("second", 300, 50, (700, 1_190), |_, _| (second, By::Own));
        life.work("now", 300, 80, (2, 300), |_, _| (home, By::Own));
    }),
    ("long local work at home, live work on a journey", |life| {
        let (home, away) = (life.zone(), life.far());
        life.work("old", 120, 120, (125, 900), |_, _| (home, By::Own));
        life.work("new", 100, 40, (2, 100), |_, _| (away, By::Own));
    }),
    ("work of home and of two journeys moved to a fresh account while on a third journey", |life| {
        let home = life.zone();
        let first = life.far();
        let second = life.far_from(&[first]);
        life.account_ago = 60;
        life.work("home", 59, 160, (65, 900), |_, ago| {
            let zone = match ago {
                200..=290 => first,
                500..=590 => second,
                _ => home,
            };
            (zone, By::Own)
        });
        life.work("first", 59, 30, (200, 290), |_, _| (first, By::Own));
        life.work("second", 59, 30, (500, 590), |_, _| (second, By::Own));
        let third = life.far();
        life.work("new", 58, 20, (2, 58), |_, _| (third, By::Own));
    }),
    ("addresses unified, committers left as they were", |life| {
        let home = life.zone();
        life.work("thesis", 500, 140, (2, 900), |_, _| (home, By::Own));
        for commit in &mut life.repo("thesis").commits {
            commit.committer = Some(1);
        }
    }),
];
