//! One invented developer: repositories, commits and what the application says.

use std::collections::BTreeMap;

use bonafide_formats::limits::Limits;
use bonafide_intake::github::{self, Claims};
use bonafide_model::{
    ContentHash,
    check::{Outcome, Strength},
    dossier::Dossier,
    fact::{Answer, AppliedAt, Email, FactSink, Location, Work},
    id::SubjectId,
    lens::Lens,
    place::{Place, Source},
    time::{End, PartialDate},
};
use bonafide_testkit::{random::Random, surroundings::Told};
use jiff::{
    ToSpan as _,
    civil::{Date, date},
    tz::TimeZone,
};
use serde_json::{Value, json};

pub(crate) const APPLIED_ON: Date = date(2025, 6, 10);

/// Place, country, zone: all regions of clocks, half hours and quarter hours, and odd rules of summer time.
pub(crate) const HOMES: &[(&str, &str, &str)] = &[
    ("Berlin, Germany", "DE", "Europe/Berlin"),
    ("London, UK", "GB", "Europe/London"),
    ("Lisbon, Portugal", "PT", "Europe/Lisbon"),
    ("Istanbul, Turkey", "TR", "Europe/Istanbul"),
    ("Lagos, Nigeria", "NG", "Africa/Lagos"),
    ("Accra, Ghana", "GH", "Africa/Accra"),
    ("Cairo, Egypt", "EG", "Africa/Cairo"),
    ("Casablanca, Morocco", "MA", "Africa/Casablanca"),
    ("Bengaluru, India", "IN", "Asia/Kolkata"),
    ("Kathmandu, Nepal", "NP", "Asia/Kathmandu"),
    ("Kabul, Afghanistan", "AF", "Asia/Kabul"),
    ("Tehran, Iran", "IR", "Asia/Tehran"),
    ("Yangon, Myanmar", "MM", "Asia/Yangon"),
    ("Almaty, Kazakhstan", "KZ", "Asia/Almaty"),
    ("Hanoi, Vietnam", "VN", "Asia/Ho_Chi_Minh"),
    ("Shanghai, China", "CN", "Asia/Shanghai"),
    ("Seoul, South Korea", "KR", "Asia/Seoul"),
    ("Adelaide, Australia", "AU", "Australia/Adelaide"),
    ("Lord Howe Island, Australia", "AU", "Australia/Lord_Howe"),
    ("Waitangi, Chatham Islands, New Zealand", "NZ", "Pacific/Chatham"),
    ("Auckland, New Zealand", "NZ", "Pacific/Auckland"),
    ("Asunción, Paraguay", "PY", "America/Asuncion"),
    ("St. John's, Newfoundland, Canada", "CA", "America/St_Johns"),
    ("New York, NY, USA", "US", "America/New_York"),
    ("San Francisco, CA, USA", "US", "America/Los_Angeles"),
    ("São Paulo, Brazil", "BR", "America/Sao_Paulo"),
    ("Bogotá, Colombia", "CO", "America/Bogota"),
    ("Mexico City, Mexico", "MX", "America/Mexico_City"),
];

/// Who made a commit.
#[derive(Clone, Copy)]
pub(crate) enum By {
    /// The developer, on a machine of their own.
    Own,
    /// The developer, in the browser: the platform commits, under the no-reply address.
    Web,
    /// Another person, by number.
    Other(usize),
    /// A program.
    Bot,
}

pub(crate) struct Commit {
    /// Days before the application.
    pub(crate) ago: i64,
    pub(crate) zone: &'static str,
    pub(crate) by: By,
    /// Owner named in "Merge pull request".
    pub(crate) merge_of: Option<&'static str>,
    /// Committed by this other person.
    pub(crate) committer: Option<usize>,
}

pub(crate) struct Repo {
    pub(crate) name: String,
    /// Made on the platform so many days before the application.
    pub(crate) made_ago: i64,
    pub(crate) fork: bool,
    pub(crate) commits: Vec<Commit>,
}

pub(crate) struct Life<'d> {
    pub(crate) dice: &'d mut Random,
    pub(crate) home: usize,
    /// The account was made so many days before the application.
    pub(crate) account_ago: i64,
    pub(crate) repos: Vec<Repo>,
    pub(crate) jobs: Vec<(&'static str, i64, Option<i64>)>,
    pub(crate) answers: Vec<String>,
}

impl<'d> Life<'d> {
    pub(crate) fn of(dice: &'d mut Random, home: usize) -> Self {
        Self { dice, home, account_ago: 2_000, repos: Vec::new(), jobs: Vec::new(), answers: Vec::new() }
    }

    pub(crate) fn zone(&self) -> &'static str {
        HOMES[self.home].2
    }

    pub(crate) fn place(zone: &str) -> &'static str {
        HOMES.iter().find(|home| home.2 == zone).unwrap().0
    }

    /// A zone four hours or more from every clock of the claimed country and of `beside`, all year.
    pub(crate) fn far_from(&mut self, beside: &[&'static str]) -> &'static str {
        let clocks = |zone: &str| yearly_clocks(zone);
        let mut known: Vec<i32> =
            HOMES.iter().filter(|home| home.1 == HOMES[self.home].1).flat_map(|home| clocks(home.2)).collect();
        if HOMES[self.home].1 == "US" {
            known.extend([-10 * 60, -9 * 60, -6 * 60]);
        }
        if HOMES[self.home].1 == "BR" || HOMES[self.home].1 == "CA" || HOMES[self.home].1 == "MX" {
            known.extend([-8 * 60, -7 * 60, -5 * 60, -4 * 60]);
        }
        if HOMES[self.home].1 == "AU" {
            known.push(8 * 60);
        }
        known.extend(beside.iter().flat_map(|zone| clocks(zone)));
        for _ in 0..2_000 {
            let zone = self.dice.pick(HOMES).2;
            let far = clocks(zone).iter().all(|there| {
                known.iter().all(|here| {
                    let straight = (there - here).abs();
                    straight.min(1440 - straight) >= 240
                })
            });
            if far && !clocks(zone).contains(&0) {
                return zone;
            }
        }
        panic!("no zone is far from {} and {beside:?}", self.zone())
    }

    pub(crate) fn far(&mut self) -> &'static str {
        self.far_from(&[])
    }

    /// A repository with so many commits between two days, on the clock that `clock` picks.
    pub(crate) fn work(
        &mut self,
        name: &str,
        made_ago: i64,
        count: usize,
        days: (i64, i64),
        mut clock: impl FnMut(&mut Random, i64) -> (&'static str, By),
    ) {
        let mut commits: Vec<Commit> = (0..count)
            .map(|_| {
                let ago = days.0 + self.dice.below((days.1 - days.0).max(1) as usize) as i64;
                let (zone, by) = clock(self.dice, ago);
                Commit { ago, zone, by, merge_of: None, committer: None }
            })
            .collect();
        match self.repos.iter_mut().find(|repo| repo.name == name) {
            Some(repo) => repo.commits.append(&mut commits),
            None => self.repos.push(Repo { name: name.into(), made_ago, fork: false, commits }),
        }
    }

    pub(crate) fn repo(&mut self, name: &str) -> &mut Repo {
        self.repos.iter_mut().find(|repo| repo.name == name).unwrap()
    }
}

/// Minutes from UTC that are legal in a zone over two years.
fn yearly_clocks(zone: &str) -> Vec<i32> {
    let zone = TimeZone::get(zone).unwrap();
    let mut minutes: Vec<i32> = (0..24)
        .map(|month| {
            zone.to_offset(
                APPLIED_ON.saturating_sub((month * 30).days()).at(12, 0, 0, 0).to_zoned(TimeZone::UTC).unwrap().timestamp(),
            )
            .seconds()
                / 60
        })
        .collect();
    minutes.sort_unstable();
    minutes.dedup();
    minutes
}

const LOGIN: &str = "quill-77";
const OWN: &str = "quill@mail.example";
const NO_REPLY: &str = "77+quill-77@users.noreply.github.com";

fn day(ago: i64) -> Date {
    APPLIED_ON.saturating_sub(ago.days())
}

fn dump(life: &Life<'_>) -> String {
    let mut rows: Vec<Value> = Vec::new();
    let mut dice = Random::new(life.repos.len() as u64);
    for repo in &life.repos {
        for (number, commit) in repo.commits.iter().enumerate() {
            let wall = day(commit.ago).at(9 + dice.below(12) as i8, dice.below(60) as i8, dice.below(60) as i8, 0);
            let zoned = wall.to_zoned(TimeZone::get(commit.zone).unwrap()).unwrap();
            let at = zoned.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string();
            let other = |number: usize| format!("person{number}@elsewhere.example");
            let (name, email) = match commit.by {
                By::Own => ("Mara Quill".to_owned(), OWN.to_owned()),
                By::Web => ("Mara Quill".to_owned(), NO_REPLY.to_owned()),
                By::Other(number) => (format!("Person {number}"), other(number)),
                By::Bot => ("dependabot[bot]".to_owned(), "49699333+dependabot[bot]@users.noreply.github.com".to_owned()),
            };
            let committer = match (commit.by, commit.committer) {
                (_, Some(number)) => other(number),
                (By::Web | By::Bot, _) => "noreply@github.com".to_owned(),
                _ => email.clone(),
            };
            rows.push(json!([
                repo.name,
                format!("{}-{number}", repo.name),
                name,
                email,
                at,
                committer,
                at,
                "m",
                20,
                commit.merge_of
            ]));
        }
    }
    let repos: Vec<Value> = life
        .repos
        .iter()
        .map(|repo| json!({"name": repo.name, "fork": repo.fork, "created": format!("{}T08:00:00Z", day(repo.made_ago)), "lang": "Rust", "stars": 0, "size": 1}))
        .collect();
    json!({"login": LOGIN, "name": "Mara Quill", "created_at": format!("{}T08:00:00Z", day(life.account_ago)), "updated_at": format!("{APPLIED_ON}T00:00:00Z"), "public_repos": life.repos.len(), "repos": repos, "commits": rows}).to_string()
}

fn month(ago: i64) -> PartialDate {
    day(ago).strftime("%Y-%m").to_string().parse().unwrap()
}

fn dossier(life: &Life<'_>) -> Dossier {
    let subject = SubjectId::new("s1");
    let mut form =
        FactSink::new(subject.clone(), Source { name: "application.json".into(), content: ContentHash::of_bytes(b"form") });
    let (raw, country, _) = HOMES[life.home];
    form.push(AppliedAt { at: APPLIED_ON.to_zoned(TimeZone::UTC).unwrap().timestamp() }, Place::Whole);
    form.push(
        Location {
            raw: raw.into(),
            city: raw.split(',').next().map(str::to_owned),
            country: Some(country.into()),
            ..Location::default()
        },
        Place::Whole,
    );
    form.push(Email { address: OWN.into(), canonical: OWN.into(), ..Email::default() }, Place::Whole);
    for (place, from, to) in &life.jobs {
        form.push(
            Work {
                employer: "Alder Systems".into(),
                title: "Engineer".into(),
                start: Some(month(*from)),
                end: to.map_or(End::Present, |to| End::On(month(to))),
                location: Some((*place).into()),
                ..Work::default()
            },
            Place::Whole,
        );
    }
    for answer in &life.answers {
        form.push(Answer { question: "Where do you live?".into(), answer: answer.clone() }, Place::Whole);
    }
    let text = dump(life);
    let mut code =
        FactSink::new(subject.clone(), Source { name: "github.json".into(), content: ContentHash::of_bytes(text.as_bytes()) });
    let claims = Claims { emails: vec![OWN.into()], names: vec!["Mara Quill".into()] };
    github::read(text.as_bytes(), &claims, &Limits::default(), &mut code).unwrap();
    let mut facts = form.into_facts();
    facts.extend(code.into_facts());
    Dossier::new(subject, facts)
}

/// The strongest finding of each check of the catalogue.
pub(crate) fn findings(life: &Life<'_>) -> BTreeMap<String, Strength> {
    let dossier = dossier(life);
    let nothing = Told::nothing();
    let lens = Lens::new(APPLIED_ON, &nothing);
    bonafide_checks::CATALOGUE
        .iter()
        .filter_map(|check| match check.run(&dossier, &lens).unwrap_or_else(Outcome::from) {
            Outcome::Findings(findings) => {
                Some((check.meta().code.to_string(), findings.iter().map(|finding| finding.strength()).max()?))
            }
            _ => None,
        })
        .collect()
}
