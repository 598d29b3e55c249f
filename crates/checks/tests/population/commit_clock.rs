//! The commit clock on many invented developers: honest lives of every kind stay below medium, contradicted claims fire, in every
//! region of clocks alike. `--nocapture` shows the counts.

#![allow(clippy::print_stdout, reason = "the counts are what the benchmarks quote")]

use std::collections::BTreeMap;

use bonafide_model::{
    ContentHash,
    check::{Outcome, Strength},
    dossier::Dossier,
    fact::{AppliedAt, CommitIdentity, FactSink, GithubRepository, Location, Ownership, RepositoryClocks},
    id::SubjectId,
    lens::Lens,
    place::{Place, Source},
    time::{UtcOffset, YearMonth},
};
use bonafide_normalise::timezone::{country_offsets, zone_offsets};
use bonafide_testkit::{random::Random, surroundings::Told};
use jiff::{
    ToSpan as _,
    civil::{Date, date},
};
use proptest::prelude::*;

const APPLIED_ON: Date = date(2025, 6, 10);
/// People of each kind: a few in the loop, many under `BONAFIDE_LONG_TESTS`.
fn people_of_a_kind() -> u64 {
    if std::env::var_os("BONAFIDE_LONG_TESTS").is_some() { 200 } else { 12 }
}

/// Place, country, zone, region of clocks.
const HOMES: &[(&str, &str, &str, &str)] = &[
    ("Berlin, Germany", "DE", "Europe/Berlin", "Europe and Africa"),
    ("London, UK", "GB", "Europe/London", "Europe and Africa"),
    ("Lisbon, Portugal", "PT", "Europe/Lisbon", "Europe and Africa"),
    ("Istanbul, Turkey", "TR", "Europe/Istanbul", "Europe and Africa"),
    ("Lagos, Nigeria", "NG", "Africa/Lagos", "Europe and Africa"),
    ("Accra, Ghana", "GH", "Africa/Accra", "Europe and Africa"),
    ("Cairo, Egypt", "EG", "Africa/Cairo", "Europe and Africa"),
    ("Casablanca, Morocco", "MA", "Africa/Casablanca", "Europe and Africa"),
    ("Bengaluru, India", "IN", "Asia/Kolkata", "South Asia"),
    ("Karachi, Pakistan", "PK", "Asia/Karachi", "South Asia"),
    ("Kathmandu, Nepal", "NP", "Asia/Kathmandu", "South Asia"),
    ("Dhaka, Bangladesh", "BD", "Asia/Dhaka", "South Asia"),
    ("Tehran, Iran", "IR", "Asia/Tehran", "South Asia"),
    ("Almaty, Kazakhstan", "KZ", "Asia/Almaty", "South Asia"),
    ("Hanoi, Vietnam", "VN", "Asia/Ho_Chi_Minh", "East Asia and Pacific"),
    ("Shanghai, China", "CN", "Asia/Shanghai", "East Asia and Pacific"),
    ("Seoul, South Korea", "KR", "Asia/Seoul", "East Asia and Pacific"),
    ("Tokyo, Japan", "JP", "Asia/Tokyo", "East Asia and Pacific"),
    ("Auckland, New Zealand", "NZ", "Pacific/Auckland", "East Asia and Pacific"),
    ("New York, NY, USA", "US", "America/New_York", "Americas"),
    ("San Francisco, CA, USA", "US", "America/Los_Angeles", "Americas"),
    ("Toronto, Canada", "CA", "America/Toronto", "Americas"),
    ("São Paulo, Brazil", "BR", "America/Sao_Paulo", "Americas"),
    ("Bogotá, Colombia", "CO", "America/Bogota", "Americas"),
    ("Mexico City, Mexico", "MX", "America/Mexico_City", "Americas"),
];

/// One developer: commits as days before the application and clocks.
struct Life<'d> {
    dice: &'d mut Random,
    home: usize,
    commits: Vec<(i64, &'static str)>,
}

impl Life<'_> {
    fn zone(&self) -> &'static str {
        HOMES[self.home].2
    }

    /// A zone whose clock is at least four hours from every clock of the home country, all year.
    fn far(&mut self) -> &'static str {
        let at_home = country_offsets(HOMES[self.home].1, date(2023, 1, 1), APPLIED_ON);
        loop {
            let zone = self.dice.pick(HOMES).2;
            let there = zone_offsets(zone, date(2023, 1, 1), APPLIED_ON).unwrap_or_default();
            let apart = |left: &UtcOffset, right: &UtcOffset| {
                let straight = (left.minutes() - right.minutes()).abs();
                straight.min(1440 - straight)
            };
            let far = there.iter().all(|there| at_home.iter().all(|home| apart(there, home) >= 240));
            if far && !there.contains(&UtcOffset::UTC) {
                return zone;
            }
        }
    }

    fn work(&mut self, commits: usize, days: usize, mut clock: impl FnMut(&mut Random, i64) -> &'static str) {
        for _ in 0..commits {
            let ago = 1 + self.dice.below(days) as i64;
            let zone = clock(self.dice, ago);
            self.commits.push((ago, zone));
        }
    }
}

type Kind = (&'static str, fn(&mut Life<'_>));

const HONEST: &[Kind] = &[
    ("resident", |life| {
        let (zone, commits) = (life.zone(), 20 + life.dice.below(200));
        life.work(commits, 700, |_, _| zone);
    }),
    ("server on UTC beside a laptop", |life| {
        let zone = life.zone();
        life.work(160, 540, |dice, _| if dice.chance(0.6) { "Etc/UTC" } else { zone });
    }),
    ("container on UTC alone", |life| life.work(160, 540, |_, _| "Etc/UTC")),
    ("four journeys in two years", |life| {
        let home = life.zone();
        let trips: Vec<(i64, i64, &'static str)> = (0..4)
            .map(|_| {
                let back = life.dice.below(650) as i64;
                (back, back + 5 + life.dice.below(40) as i64, life.far())
            })
            .collect();
        life.work(200, 720, |_, ago| {
            trips.iter().find(|(back, out, _)| (*back..*out).contains(&ago)).map_or(home, |trip| trip.2)
        });
    }),
    ("a journey of some months that still lasts", |life| {
        let (home, away, days) = (life.zone(), life.far(), 20 + life.dice.below(110) as i64);
        life.work(200, 720, |_, ago| if ago < days { away } else { home });
    }),
    ("moved to the claimed country", |life| {
        let (home, before, days) = (life.zone(), life.far(), 90 + life.dice.below(300) as i64);
        life.work(220, 800, |_, ago| if ago < days { home } else { before });
    }),
    ("a rented machine in another zone for half of the work", |life| {
        let (home, rented) = (life.zone(), life.far());
        life.work(200, 540, |dice, _| if dice.chance(0.5) { rented } else { home });
    }),
    ("a third of the year at home, the rest on the road", |life| {
        let mut stays = vec![life.zone()];
        stays.extend((0..3).map(|_| life.far()));
        life.work(240, 720, |_, ago| if (ago / 60) % 3 == 0 { stays[0] } else { stays[1 + (ago / 60) as usize % 3] });
    }),
    ("years abroad, long ago", |life| {
        let before = life.far();
        life.work(120, 500, |_, _| before);
        life.commits.iter_mut().for_each(|(ago, _)| *ago += 1_200);
    }),
    ("a handful of commits from anywhere", |life| {
        let (away, commits) = (life.far(), 1 + life.dice.below(6));
        life.work(commits, 200, |_, _| away);
    }),
];

const CONTRADICTED: &[Kind] = &[
    ("another continent's clock", |life| {
        let (away, commits) = (life.far(), 24 + life.dice.below(200));
        life.work(commits, 400, |_, _| away);
    }),
    ("another continent's clock beside a server on UTC", |life| {
        let away = life.far();
        // In Ghana UTC is the legal clock: nothing tells it from a server's.
        let server = if life.zone() == "Africa/Accra" { away } else { "Etc/UTC" };
        life.work(200, 400, |dice, _| if dice.chance(0.5) { server } else { away });
    }),
    ("one commit in ten on the claimed clock", |life| {
        let (home, away) = (life.zone(), life.far());
        life.work(200, 400, |dice, _| if dice.chance(0.1) { home } else { away });
    }),
    ("hands on three other continents", |life| {
        let away: Vec<&'static str> = (0..3).map(|_| life.far()).collect();
        life.work(200, 400, |dice, _| away[dice.below(3)]);
    }),
];

fn dossier(life: &Life<'_>) -> Dossier {
    let source = Source { name: "application.json".into(), content: ContentHash::of_bytes(b"x") };
    let mut sink = FactSink::new(SubjectId::new("s1"), source);
    let (raw, country, ..) = HOMES[life.home];
    sink.push(
        AppliedAt { at: APPLIED_ON.at(0, 0, 0, 0).to_zoned(jiff::tz::TimeZone::UTC).expect("an instant").timestamp() },
        Place::Whole,
    );
    sink.push(Location { raw: raw.into(), country: Some(country.into()), ..Location::default() }, Place::Whole);
    // Two addresses, as most people have.
    for address in 0..2_usize {
        let mut months: BTreeMap<(YearMonth, UtcOffset), u32> = BTreeMap::new();
        let mut days = Vec::new();
        for (ago, zone) in life.commits.iter().skip(address).step_by(2) {
            let day = APPLIED_ON.checked_sub(ago.days()).expect("a day");
            let offset = zone_offsets(zone, day, day).expect("a known zone")[0];
            *months.entry((YearMonth::of_date(day), offset)).or_default() += 1;
            days.push(day);
        }
        days.sort_unstable();
        days.dedup();
        let email = format!("k{address}@mail.example");
        let identity = CommitIdentity {
            canonical: email.clone(),
            email,
            ownership: Ownership::Own,
            commits: months.values().sum(),
            days: days.len() as u32,
            offsets_by_month: months.into_iter().map(|((month, offset), commits)| (month, offset, commits)).collect(),
            ..CommitIdentity::default()
        };
        sink.push(identity, Place::Whole);
    }
    Dossier::new(SubjectId::new("s1"), sink.into_facts())
}

fn strength(life: &Life<'_>) -> Option<Strength> {
    let check = bonafide_checks::find("BF-ONL-010").expect("in the catalogue");
    let nothing = Told::nothing();
    let lens = Lens::new(APPLIED_ON, &nothing);
    match check.run(&dossier(life), &lens).unwrap_or_else(Outcome::from) {
        Outcome::Findings(findings) => findings.iter().map(|finding| finding.strength()).max(),
        _ => None,
    }
}

/// People, with weak findings, with medium ones; by kind and by region.
#[derive(Default)]
struct Tally {
    kinds: BTreeMap<&'static str, [u32; 3]>,
    regions: BTreeMap<&'static str, [u32; 3]>,
}

fn live(kinds: &[Kind]) -> Tally {
    let mut tally = Tally::default();
    for (number, (kind, live)) in (0_u64..).zip(kinds) {
        for person in 0..people_of_a_kind() {
            let mut dice = Random::new(number * 1_000 + person);
            let home = (person as usize * 7 + number as usize) % HOMES.len();
            let mut life = Life { dice: &mut dice, home, commits: Vec::new() };
            live(&mut life);
            let column = match strength(&life) {
                None => 0,
                Some(Strength::Weak) => 1,
                Some(_) => 2,
            };
            for counts in [tally.kinds.entry(kind).or_default(), tally.regions.entry(HOMES[home].3).or_default()] {
                counts[column] += 1;
            }
        }
    }
    tally
}

#[test]
fn honest_lives_stay_below_medium_in_every_region() {
    let tally = live(HONEST);
    println!("clear, weak, medium: {:?} {:?}", tally.kinds, tally.regions);
    for (kind, [_, weak, medium]) in &tally.kinds {
        assert_eq!(*medium, 0, "{kind}: {:?}", tally.kinds);
        assert!(*weak * 20 <= people_of_a_kind() as u32, "{kind}: {:?}", tally.kinds);
    }
    for (region, [clear, weak, _]) in &tally.regions {
        assert!(weak * 100 <= clear + weak, "{region}: {:?}", tally.regions);
    }
}

#[test]
fn contradicted_claims_fire_in_every_region_alike() {
    let tally = live(CONTRADICTED);
    println!("clear, weak, medium: {:?} {:?}", tally.kinds, tally.regions);
    for (name, [clear, weak, medium]) in tally.kinds.iter().chain(&tally.regions) {
        let all = clear + weak + medium;
        assert!(medium * 100 >= all * 95, "{name}: {:?} {:?}", tally.kinds, tally.regions);
    }
}

/// What a check says of one life with its own repository and, where there is one, a history that others wrote.
fn said(home: usize, own: &[(YearMonth, UtcOffset, u32)], borrowed: Option<&[(YearMonth, UtcOffset, u32)]>) -> String {
    let source = Source { name: "application.json".into(), content: ContentHash::of_bytes(b"x") };
    let mut sink = FactSink::new(SubjectId::new("s1"), source);
    let (raw, country, ..) = HOMES[home];
    let applied = APPLIED_ON.at(0, 0, 0, 0).to_zoned(jiff::tz::TimeZone::UTC).expect("an instant").timestamp();
    sink.push(AppliedAt { at: applied }, Place::Whole);
    sink.push(Location { raw: raw.into(), country: Some(country.into()), ..Location::default() }, Place::Whole);
    let commits = |months: &[(YearMonth, UtcOffset, u32)]| months.iter().map(|(.., commits)| *commits).sum::<u32>();
    let mut clocks = vec![RepositoryClocks {
        repository: "own".into(),
        days: commits(own),
        months: own.to_vec(),
        ..RepositoryClocks::default()
    }];
    if let Some(months) = borrowed {
        clocks.push(RepositoryClocks {
            repository: "copy".into(),
            days: commits(months),
            months: months.to_vec(),
            ..RepositoryClocks::default()
        });
        let all = commits(months);
        let copy = GithubRepository {
            name: "copy".into(),
            fork: Some(false),
            commits: all,
            own_commits: all,
            before_repository: all,
            merge_owners: vec![("osprey".into(), 9), ("wren".into(), 8), ("tern".into(), 7)],
            pull_merges_rewritten: 24,
            ..GithubRepository::default()
        };
        sink.push(copy, Place::Whole);
    }
    let offsets_by_month = clocks.iter().flat_map(|clocks| clocks.months.clone()).collect();
    let identity = CommitIdentity {
        canonical: "k@mail.example".into(),
        email: "k@mail.example".into(),
        ownership: Ownership::Own,
        commits: clocks.iter().map(|clocks| commits(&clocks.months)).sum(),
        days: clocks.iter().map(|clocks| clocks.days).sum(),
        offsets_by_month,
        clocks_by_repository: clocks,
        ..CommitIdentity::default()
    };
    sink.push(identity, Place::Whole);
    let check = bonafide_checks::find("BF-ONL-010").expect("in the catalogue");
    let nothing = Told::nothing();
    let lens = Lens::new(APPLIED_ON, &nothing);
    let dossier = Dossier::new(SubjectId::new("s1"), sink.into_facts());
    let said: String = match check.run(&dossier, &lens).unwrap_or_else(Outcome::from) {
        Outcome::Findings(findings) => {
            findings.iter().map(|finding| format!("{} {}", finding.strength(), finding.summary())).collect()
        }
        other => format!("{other:?}"),
    };
    without_remark_on_the_copy(&said)
}

/// The answer without the remark that the copy was set aside: nothing else may differ.
fn without_remark_on_the_copy(said: &str) -> String {
    let remark = [("; set aside as borrowed: ", " in copy"), (" Set aside as borrowed: ", " in copy.")];
    let found = remark.iter().find_map(|(begin, end)| {
        let from = said.find(begin)?;
        Some(from..from + said[from..].find(end)? + end.len())
    });
    let mut rest = said.to_owned();
    if let Some(range) = found {
        rest.replace_range(range, "");
    }
    rest
}

proptest! {
    #[test]
    fn a_borrowed_history_neither_accuses_nor_excuses(
        home in 0..HOMES.len(),
        own in proptest::collection::vec((0_i32..24, 0..HOMES.len(), 1_u32..30), 1..12),
        borrowed in proptest::collection::vec((0_i32..24, 0..HOMES.len(), 20_u32..300), 1..12),
    ) {
        let months = |work: &[(i32, usize, u32)]| -> Vec<(YearMonth, UtcOffset, u32)> {
            let mut months: BTreeMap<(YearMonth, UtcOffset), u32> = BTreeMap::new();
            for (ago, zone, commits) in work {
                let day = APPLIED_ON.checked_sub(ago.months()).expect("a day");
                let offset = zone_offsets(HOMES[*zone].2, day, day).expect("a known zone")[0];
                *months.entry((YearMonth::of_date(day), offset)).or_default() += commits;
            }
            months.into_iter().map(|((month, offset), commits)| (month, offset, commits)).collect()
        };
        let (own, borrowed) = (months(&own), months(&borrowed));
        let (alone, beside) = (said(home, &own, None), said(home, &own, Some(&borrowed)));
        prop_assert_eq!(alone, beside);
    }
}
