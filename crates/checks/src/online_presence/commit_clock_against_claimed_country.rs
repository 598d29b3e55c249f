//! # What it finds
//! Own commits of which a large majority bears a distance from UTC that was not legal anywhere in the claimed country in the very
//! months the commits were made.
//!
//! Looked at is the most recent stretch of work without a month on the claimed country's clock. UTC by itself contradicts nobody,
//! since servers and containers stand on it. A stretch of a few months elsewhere after months on the claimed clock is travel.
//!
//! Repositories whose history is borrowed (BF-ONL-006, BF-ONL-007), and what was brought ready-made from several places at one time,
//! are set aside by name, and the rest is judged: borrowed commits neither accuse nor excuse. Where commits that are older than their
//! repository disagree with what was made in place in the same months, the latter decides, weakly if it accuses.
//!
//! A claimed residence is a claim about now. A job with a place and dates is one about its own time: the clock of a stated job
//! elsewhere that has ended leaves the check inconclusive, and so long as nothing stated places the applicant in the claimed country
//! at the time of the commits, two months without a commit or a stated date of moving make a finding weak.
//!
//! # Why it matters
//! Every commit records the clock of the machine it was made on. Names, pictures and network addresses are easily chosen for a
//! claimed country; the clock of one's own computer decides when its owner sleeps, and few people change it for years.
//!
//! # Innocent explanations
//! - The applicant moved to the claimed country lately, or is about to, and the commits are older than that.
//! - A long journey, or work for months at another place.
//! - Work through a remote desktop or server whose clock stands in another zone.
//! - A computer whose time zone was never set.
//! - A repository whose dates were rewritten by a tool.
//!
//! # What to ask next
//! - Where did you live and work when you made these commits?
//! - In which time zone is the computer set on which you write code?
//!
//! # Sources
//! - Signal ONL-010: SEAL; own measurement (tradecraft research, section 1.5: 28 of 28 commits in two of three alleged accounts).
//! - Legal clocks: IANA time zone database, by country, with both daylight-saving states and changes of law.

use std::collections::BTreeMap;

use crate::{
    prelude::*,
    support::{
        clock_claim::{self, ClockClaim},
        clock_stretch::{FEW_COMMITS, HALF_PERCENT, KEPT_COMMITS, LIVED_THERE_PERCENT, Stretch, Tally, is_share, latest_stretch},
        days, git,
        own_clocks::{Clocks, IdentityClocks, Months, OwnClocks, Row},
        stated_move,
        words::{count, grouped, list, percent, short, total},
    },
};

pub(crate) const META: CheckMeta = CheckMeta {
    code: CheckCode::new("BF-ONL-010"),
    slug: "commit-clock-against-claimed-country",
    stage: Stage::OnlinePresence,
    title: "Commit clock contradicts claimed country",
    summary: "The clocks of own commits against the clocks that were legal in the claimed country when they were made.",
    since: "0.1.0",
    status: Status::Preview,
    strength: Strength::Medium,
    family: Family::CommitClock,
    facts: &[FactKind::CommitIdentity, FactKind::GithubAccount],
    flags: Flags::NONE,
};

/// A large majority; the rest may be travel, borrowed machines and copied commits.
const LARGE_MAJORITY_PERCENT: u64 = 80;
/// Below this nothing can be said.
const FEW_DAYS: u32 = 4;
/// From these on the finding has its full strength. What lies within two calendar months may be one journey.
const ENOUGH_COMMITS: u32 = 20;
const ENOUGH_DAYS: u32 = 5;
const ENOUGH_MONTHS: i32 = 3;
/// Commits older than this say nothing of where the applicant lives now.
const STALE_MONTHS: i32 = 36;
/// People move house: commits that end this long before the claim was made count less.
const FRESH_MONTHS: i32 = 6;
/// So long without a commit may hide a move, unless the applicant states a job in the claimed country for the time of the commits.
const QUIET_MONTHS: i32 = 2;
/// Clocks so far apart are those of several places, each with one commit in so many.
const PLACES_APART_MINUTES: i32 = 180;
const FEW_OF_A_PLACE: u32 = 20;
/// Who kept the claimed clock before may spend this long elsewhere without a contradiction; up to twice as long it counts less.
const JOURNEY_MONTHS: i32 = 6;
/// Commits on the claimed clock that show that the applicant did live by it.
const LIVED_THERE_COMMITS: u32 = 10;
/// So many claims are judged, those of the form first: nobody claims more places than this in earnest.
const CLAIMS: usize = 12;
/// So many stated jobs are looked at.
const JOBS: usize = 64;
/// A neighbour's clock is told from a wrong setting by sheer regularity.
const NEIGHBOUR_PERCENT: u64 = 90;
const NEIGHBOUR_COMMITS: u32 = 40;
const NEIGHBOUR_MONTHS: u32 = 4;
/// Computers without updates keep an abolished clock for years.
const OUTDATED_LAW_MONTHS: i32 = 36;

pub(crate) fn run(dossier: &Dossier, lens: &Lens<'_>) -> Result<Outcome, Early> {
    let mut claims = clock_claim::claims(dossier, lens);
    claims.truncate(CLAIMS);
    if claims.is_empty() {
        return Err(Early::not_applicable("no country or time zone is claimed"));
    }
    let Some(own) = OwnClocks::of(dossier, YearMonth::of_date(lens.as_of()))? else {
        let account = dossier.all::<GithubAccount>().find(|account| account.public_repos.unwrap_or(0) > 0 && account.commits_listed == 0);
        return Err(match account {
            Some(account) => Early::inconclusive(Need::Facts, format!("the commits of {}", account.login)),
            None => Early::not_applicable("no own commits with an author clock in the dossier"),
        });
    };
    let own = own.without_foreign_histories(dossier);
    let months = own.by_month(|_| true);
    let mut judged: Vec<Judged<'_, '_>> =
        claims.iter().map(|claim| Judged { claim, verdict: judge(claim, &months, own.days()) }).collect();
    weigh_against_histories_brought_along(&mut judged, &own);
    weigh_against_each_other(&mut judged);
    weigh_against_jobs(dossier, &mut judged, &months);
    weigh_against_moves(dossier, &mut judged, &months);
    answer(&own, &judged)
}

struct Judged<'c, 'd> {
    claim: &'c ClockClaim<'d>,
    verdict: Verdict,
}

enum Verdict {
    /// The clock keeps the claim, in words.
    Kept(String),
    /// The clock deviates, and an ordinary explanation suffices, in words.
    Explained(String),
    /// Nothing can be said; what is missing.
    Open(String),
    /// The clock contradicts the claim.
    Contradicted(Box<Contradiction>),
}

struct Contradiction {
    stretch: Stretch,
    strength: Strength,
    /// Of the stretch, the commits that contradict.
    commits: u32,
    /// Whether histories brought along are left out of the stretch.
    made_in_place: bool,
    remarks: Vec<String>,
}

fn judge(claim: &ClockClaim<'_>, months: &Months, days: u32) -> Verdict {
    let stretch = latest_stretch(claim, months);
    let tally = stretch.tally;
    let Some((first, last)) = stretch.span else {
        return match stretch.kept {
            Some(month) => Verdict::Kept(format!("{} keeps the clock of {}", month, claim.words)),
            None => Verdict::Open("own commits under a clock other than UTC".to_owned()),
        };
    };
    let age = claim.as_of.months_since(last);
    if age > STALE_MONTHS {
        return Verdict::Open(format!("own commits of the last {}; the latest are of {last}", days::months(STALE_MONTHS)));
    }
    let length = last.months_since(first) + 1;
    if !is_share(tally.far, tally.all(), LARGE_MAJORITY_PERCENT) {
        let deviating = tally.far.saturating_add(tally.neighbour);
        let outdated = |clock: &UtcOffset| claim.was_legal(*clock, first, OUTDATED_LAW_MONTHS);
        let regular = !stretch.clocks.iter().max_by_key(|(_, commits)| **commits).is_some_and(|(clock, _)| outdated(clock))
            && is_share(deviating, tally.all(), NEIGHBOUR_PERCENT)
            && deviating >= NEIGHBOUR_COMMITS
            && stretch.months >= NEIGHBOUR_MONTHS
            && stretch.before.legal < LIVED_THERE_COMMITS
            && age <= FRESH_MONTHS;
        if !regular || is_share(tally.far, tally.all(), HALF_PERCENT) {
            return match (tally.all() < FEW_COMMITS, deviating) {
                (_, 0) => Verdict::Kept(format!("{last} keeps the clock of {}", claim.words)),
                (true, _) => Verdict::Open(few(tally, days)),
                (false, _) => Verdict::Explained(format!("no large majority of clocks deviates from {}", claim.words)),
            };
        }
        let remarks = vec!["A clock within an hour of the legal one may be a neighbour's, or a computer with old rules of summer time.".to_owned()];
        return Verdict::Contradicted(Box::new(Contradiction { stretch, strength: Strength::Weak, commits: deviating, made_in_place: false, remarks }));
    }
    let lived_there = stretch.before.legal >= LIVED_THERE_COMMITS
        || is_share(stretch.before.legal, tally.all().saturating_add(stretch.before.all()), LIVED_THERE_PERCENT);
    let away = stretch.kept.map_or(length, |kept| last.months_since(kept));
    if lived_there && length < JOURNEY_MONTHS && away < 2 * JOURNEY_MONTHS {
        return Verdict::Explained(format!("{} on another clock after the clock of {}", days::months(length), claim.words));
    }
    if tally.all() < FEW_COMMITS || days < FEW_DAYS {
        return Verdict::Open(few(tally, days));
    }
    contradiction(claim, stretch, lived_there, length, age, days)
}

fn few(tally: Tally, days: u32) -> String {
    format!("at least {FEW_COMMITS} own commits on {FEW_DAYS} days; there are {} on {}", tally.all(), count(days, "day"))
}

/// A contradiction with its strength: medium, and weak where something plain may explain it.
fn contradiction(claim: &ClockClaim<'_>, stretch: Stretch, lived_there: bool, length: i32, age: i32, days: u32) -> Verdict {
    let tally = stretch.tally;
    let mut remarks = Vec::new();
    let mut weak = claim.is_zone() || tally.all() < ENOUGH_COMMITS || days < ENOUGH_DAYS || length < ENOUGH_MONTHS;
    if claim.is_zone() {
        remarks.push("The claim may name the hours worked, not the clock of the computer.".to_owned());
    }
    if age > FRESH_MONTHS {
        weak = true;
        remarks.push(format!("The latest commits are {} older than the claim; the applicant may have moved since.", days::months(age)));
    }
    if lived_there {
        weak |= length < 2 * JOURNEY_MONTHS || stretch.before.legal > tally.all();
        if let Some(month) = stretch.kept {
            remarks.push(format!(
                "{} up to {month} keep the claimed clock; the applicant may have left or be away for long.",
                count(stretch.before.legal, "earlier commit"),
            ));
        }
    }
    for (territory, commits) in stretch.overseas.values() {
        if is_share(*commits, tally.all(), HALF_PERCENT) {
            weak |= territory.populous && !claim.names_a_city();
            remarks.push(format!("The clock is legal in {}, whose people may name the country.", territory.name()));
        }
    }
    let strength = if weak { Strength::Weak } else { META.strength };
    let commits = tally.far.saturating_add(tally.neighbour);
    Verdict::Contradicted(Box::new(Contradiction { stretch, strength, commits, made_in_place: false, remarks }))
}

/// Work made in place tells more of its author's clock than a history that was brought to its repository ready-made, perhaps by
/// other hands: where the two disagree in the same months, such histories neither accuse nor excuse.
fn weigh_against_histories_brought_along(judged: &mut [Judged<'_, '_>], own: &OwnClocks<'_>) {
    if !own.rows().any(|row| row.imported) {
        return;
    }
    let in_place = own.by_month(|row| !row.imported);
    for judged in judged {
        let claim = judged.claim;
        match &judged.verdict {
            Verdict::Contradicted(contradiction) => {
                let Some((first, last)) = contradiction.stretch.span else { continue };
                let tally = tally_between(claim, &in_place, first, last);
                if tally.legal >= FEW_COMMITS && is_share(tally.legal, tally.all(), HALF_PERCENT) {
                    judged.verdict = Verdict::Explained(format!(
                        "what was made in place {} keeps the clock of {}; only histories older than their repositories do not",
                        period(first, last),
                        claim.words,
                    ));
                }
            }
            Verdict::Kept(_) | Verdict::Explained(_) | Verdict::Open(_) => {
                if let Some(contradiction) = contradiction_in_place(claim, own, &in_place) {
                    judged.verdict = Verdict::Contradicted(Box::new(contradiction));
                }
            }
        }
    }
}

/// A contradiction in what was made in place, where only histories brought along keep the claimed clock in the same months. It is
/// weak: such a history may well be the applicant's own.
fn contradiction_in_place(claim: &ClockClaim<'_>, own: &OwnClocks<'_>, in_place: &Months) -> Option<Contradiction> {
    let (first, last) = latest_stretch(claim, in_place).span?;
    let brought = own.by_month(|row| row.imported);
    let excusing = tally_between(claim, &brought, first, last).legal;
    // What was brought along from earlier months shows where the applicant lived before.
    let months = own.by_month(|row| !row.imported || row.month < first);
    let Verdict::Contradicted(mut contradiction) = judge(claim, &months, own.days()) else { return None };
    let stretch = &contradiction.stretch;
    let enough = stretch.tally.all() >= ENOUGH_COMMITS && stretch.months >= ENOUGH_MONTHS.unsigned_abs();
    if excusing < KEPT_COMMITS || !enough {
        return None;
    }
    contradiction.strength = Strength::Weak;
    contradiction.made_in_place = true;
    contradiction.remarks.push(format!(
        "{} of the same months keep the claimed clock, in histories older than their repositories; they may be own work brought along.",
        count(excusing, "commit"),
    ));
    Some(*contradiction)
}

/// Commits of a period by what their clocks say; UTC is a server's wherever another clock is legal.
fn tally_between(claim: &ClockClaim<'_>, months: &Months, first: YearMonth, last: YearMonth) -> Tally {
    let mut tally = Tally::default();
    for (month, clocks) in months.range(first..=last) {
        let mut allowed = claim.allowed(*month);
        allowed.utc_is_a_servers |= allowed.legal.iter().any(|legal| *legal != UtcOffset::UTC);
        tally.add(Tally::of(clocks, &allowed));
    }
    tally
}

/// A clock that agrees with a place openly stated elsewhere conceals nothing: the other claims may be older or newer.
fn weigh_against_each_other(judged: &mut [Judged<'_, '_>]) {
    let kept = judged.iter().find(|judged| matches!(judged.verdict, Verdict::Kept(_))).map(|judged| (judged.claim.words.clone(), judged.claim.is_zone()));
    let Some((words, by_zone)) = kept else { return };
    for judged in judged {
        let Verdict::Contradicted(contradiction) = &mut judged.verdict else { continue };
        if judged.claim.is_zone() && !by_zone {
            judged.verdict = Verdict::Explained(format!("the clock keeps {words}; {} may be the hours worked", judged.claim.words));
            continue;
        }
        contradiction.strength = Strength::Weak;
        contradiction.remarks.push(format!("The clock agrees with {words}, which is stated openly as well."));
    }
}

/// A job with its place.
struct PlacedJob<'d> {
    job: Known<'d, Work>,
    place: &'d str,
    country: &'static str,
}

impl PlacedJob<'_> {
    fn runs_in(&self, month: YearMonth) -> bool {
        self.overlaps(month, month)
    }

    fn overlaps(&self, first: YearMonth, last: YearMonth) -> bool {
        let begun = self.job.start.is_none_or(|start| start.earliest_month() <= last);
        let ended = match self.job.end {
            End::On(date) => date.latest_month() < first,
            End::Present | End::Unknown => false,
        };
        begun && !ended
    }

    /// Whether the applicant claims to have lived there: a remote job is where the employer is.
    fn is_on_site(&self) -> bool {
        self.job.remote != Some(true)
    }

    fn is_in(&self, claim: &ClockClaim<'_>) -> bool {
        claim.country().is_some_and(|country| country.eq_ignore_ascii_case(self.country))
    }
}

/// A claimed residence is a claim about now, a dated job with a place is one about its own time. Where the clock agrees with a job
/// stated for those months, nothing is concealed: people move for the next one.
fn weigh_against_jobs(dossier: &Dossier, judged: &mut [Judged<'_, '_>], months: &Months) {
    if !judged.iter().any(|judged| matches!(judged.verdict, Verdict::Contradicted(_))) {
        return;
    }
    let jobs: Vec<PlacedJob<'_>> = dossier
        .all::<Work>()
        .take(JOBS)
        .filter_map(|job| {
            let place = job.payload.location.as_deref()?;
            Some(PlacedJob { job, place, country: bonafide_normalise::place::parse(place).country? })
        })
        .collect();
    for judged in judged {
        let claim = judged.claim;
        let Verdict::Contradicted(contradiction) = &mut judged.verdict else { continue };
        let Some((first, last)) = contradiction.stretch.span else { continue };
        let mut keeping: BTreeMap<&str, bool> = BTreeMap::new();
        let explaining: Vec<&PlacedJob<'_>> = jobs
            .iter()
            .filter(|job| job.overlaps(first, last))
            .filter(|job| *keeping.entry(job.country).or_insert_with(|| keeps_clocks(job.country, months.range(first..=last))))
            .collect();
        if let Some(said) = left_since(claim, &contradiction.stretch, &jobs, &explaining, months) {
            judged.verdict = Verdict::Open(said);
        } else if let Some(job) = explaining.first() {
            contradiction.strength = Strength::Weak;
            contradiction
                .remarks
                .push(format!("The clock agrees with {}, where the applicant states a job at that time.", short(job.place, 60)));
        } else if claim.country().is_some()
            && contradiction.strength > Strength::Weak
            && claim.as_of.months_since(last) > QUIET_MONTHS
            && is_one_place(&contradiction.stretch)
        {
            let claimed_then = jobs.iter().any(|job| job.is_in(claim) && job.is_on_site() && job.overlaps(first, last));
            if !claimed_then {
                contradiction.strength = Strength::Weak;
                contradiction.remarks.push(format!(
                    "The latest commits are {} older than the claim, and no stated job places the applicant in the claimed country at that time; they may have moved since.",
                    days::months(claim.as_of.months_since(last)),
                ));
            }
        }
    }
}

/// Whether the clocks of a stretch, but for a few, are those of one place: nobody has moved from several.
fn is_one_place(stretch: &Stretch) -> bool {
    let clocks: Clocks = stretch.clocks.iter().map(|(clock, commits)| (*clock, *commits)).collect();
    let least = (stretch.tally.all() / FEW_OF_A_PLACE).max(2);
    git::clocks_apart(&clocks, PLACES_APART_MINUTES, least).len() <= 1
}

/// What is missing where all but a few of the deviating commits fall into jobs elsewhere that keep their clock and have ended.
fn left_since(claim: &ClockClaim<'_>, stretch: &Stretch, jobs: &[PlacedJob<'_>], explaining: &[&PlacedJob<'_>], months: &Months) -> Option<String> {
    let (first, last) = stretch.span?;
    let elsewhere: Vec<&&PlacedJob<'_>> = explaining.iter().filter(|job| job.is_on_site() && !job.is_in(claim)).collect();
    let covered = |month: YearMonth| {
        elsewhere.iter().any(|job| job.runs_in(month))
            && !jobs.iter().any(|job| job.is_in(claim) && job.is_on_site() && job.runs_in(month))
    };
    let uncovered = months
        .range(first..=last)
        .filter(|(month, _)| !covered(**month))
        .map(|(month, clocks)| Tally::of(clocks, &claim.allowed(*month)))
        .map(|tally| tally.far.saturating_add(tally.neighbour));
    if total(uncovered) >= FEW_COMMITS {
        return None;
    }
    let ends: Option<Vec<YearMonth>> = elsewhere
        .iter()
        .map(|job| match job.job.end {
            End::On(date) => Some(date.latest_month()).filter(|month| *month <= claim.as_of),
            End::Present | End::Unknown => None,
        })
        .collect();
    let (end, job) = ends?.into_iter().zip(&elsewhere).max_by_key(|(end, _)| *end)?;
    Some(format!("own commits since the stated job in {} ended ({end}); those of its time keep its clock", short(job.place, 60)))
}

/// Who says when they moved to the claimed place claims nothing of the months before.
fn weigh_against_moves(dossier: &Dossier, judged: &mut [Judged<'_, '_>], months: &Months) {
    for judged in judged {
        let claim = judged.claim;
        let Verdict::Contradicted(contradiction) = &mut judged.verdict else { continue };
        let Some((first, last)) = contradiction.stretch.span.filter(|_| contradiction.strength > Strength::Weak) else { continue };
        let Some(moved) = stated_move::to_place_of(dossier, claim).filter(|moved| moved.month >= first) else { continue };
        let since = months
            .range(first..=last)
            .filter(|(month, _)| **month > moved.month)
            .map(|(month, clocks)| Tally::of(clocks, &claim.allowed(*month)).far);
        let since = total(since);
        if since < FEW_COMMITS {
            let newer = if since == 0 { "none of these commits is newer".to_owned() } else { format!("{} are newer", count(since, "such commit")) };
            contradiction.strength = Strength::Weak;
            contradiction.remarks.push(format!("The applicant states a move in {}; {newer}.", moved.month));
        }
    }
}

/// Whether most clocks of the months were legal in a country.
fn keeps_clocks<'m>(country: &str, months: impl Iterator<Item = (&'m YearMonth, &'m Clocks)>) -> bool {
    let mut tally = Tally::default();
    for (month, clocks) in months {
        tally.add(Tally::of(clocks, &clock_claim::legal_in(country, *month)));
    }
    is_share(tally.legal, tally.all(), LARGE_MAJORITY_PERCENT)
}

fn answer(own: &OwnClocks<'_>, judged: &[Judged<'_, '_>]) -> Result<Outcome, Early> {
    let mut contradicted: Vec<(&ClockClaim<'_>, &Contradiction)> = judged
        .iter()
        .filter_map(|judged| match &judged.verdict {
            Verdict::Contradicted(contradiction) => Some((judged.claim, &**contradiction)),
            _ => None,
        })
        .collect();
    contradicted.sort_by(|left, right| right.1.strength.cmp(&left.1.strength).then(left.0.rank().cmp(&right.0.rank())));
    if let Some(finding) = finding(own, &contradicted) {
        return Ok(Outcome::Findings(vec![finding]));
    }
    let aside = own.set_aside_in_words().map(|aside| format!("; set aside as borrowed: {aside}")).unwrap_or_default();
    let said: Vec<&str> = judged
        .iter()
        .filter_map(|judged| match &judged.verdict {
            Verdict::Kept(said) | Verdict::Explained(said) => Some(said.as_str()),
            _ => None,
        })
        .collect();
    if !said.is_empty() {
        let all = total(own.identities.iter().map(|clocks| clocks.identity.commits));
        let commits = all.saturating_sub(total(own.set_aside.iter().map(|aside| aside.commits)));
        return Ok(Outcome::clear(format!("the clocks of {}: {}{aside}", count(commits, "own commit"), said.join("; "))));
    }
    let missing = judged.iter().find_map(|judged| match &judged.verdict {
        Verdict::Open(missing) => Some(missing.as_str()),
        _ => None,
    });
    Err(Early::inconclusive(Need::Facts, format!("{}{aside}", missing.unwrap_or("own commits"))))
}

fn finding(own: &OwnClocks<'_>, contradicted: &[(&ClockClaim<'_>, &Contradiction)]) -> Option<Finding> {
    let (claim, contradiction) = contradicted.first()?;
    let stretch = &contradiction.stretch;
    let (first, last) = stretch.span?;
    let is_counted = |row: &Row<'_>| (first..=last).contains(&row.month) && !(contradiction.made_in_place && row.imported);
    let clocks = deviating(stretch);
    let legal = offsets(&stretch.legal);
    let period = period(first, last);
    let anywhere = if claim.is_in_a_wide_country() { " or anywhere else in the country" } else { "" };
    let aside = own.set_aside_in_words().map(|aside| format!(" Set aside as borrowed: {aside}.")).unwrap_or_default();
    let summary = format!(
        "{} of {} {period} ({}) bear a clock that was not legal in {}{anywhere}: {}; legal there: {legal}.{aside}",
        contradiction.commits,
        count(stretch.tally.all(), "own commit"),
        percent(u64::from(contradiction.commits), u64::from(stretch.tally.all())),
        claim.words,
        git::clocks_in_words(&clocks, 3),
    );
    let mut shown: Vec<(&IdentityClocks<'_>, Clocks)> = own
        .identities
        .iter()
        .map(|identity| (identity, clocks_of(identity, is_counted)))
        .filter(|(_, clocks)| clocks.iter().any(|(clock, _)| stretch.clocks.contains_key(clock)))
        .collect();
    let commits = |clocks: &Clocks| clocks.iter().map(|(_, commits)| u64::from(*commits)).sum::<u64>();
    shown.sort_by_key(|(identity, clocks)| (std::cmp::Reverse(commits(clocks)), identity.identity.fact.id));
    let mut evidence = shown.iter().take(IDENTITIES).map(|(identity, clocks)| {
        let (counted, servers): (Clocks, Clocks) = clocks.iter().partition(|(clock, _)| stretch.clocks.contains_key(clock));
        let servers = match total(servers.iter().map(|(_, commits)| *commits)) {
            0 => String::new(),
            commits => format!("; {} under UTC, as servers keep it, left out", grouped(u64::from(commits))),
        };
        let months = own_months(identity, first, last);
        let email = &identity.identity.payload.email;
        let places = identity.repositories_in_words(|row| is_counted(row) && stretch.clocks.contains_key(&row.clock));
        let places = places.map(|places| format!(", in {places}")).unwrap_or_default();
        let clocks = git::clocks_in_words(&counted, 4);
        observed(&identity.identity, format!("{email}, {months}: {clocks}{places}{servers}{}", example(own, identity, &counted)))
            .relates("deviate from the", Compared::bound(claim.bound(), legal.clone()))
    });
    let main = evidence.next()?;
    let evidence: Vec<Evidence> = evidence.collect();
    let identity = shown.first()?.0.identity;
    let stated = contradicted.iter().map(|(claim, contradiction)| {
        claim.relates("is contradicted by", Compared::fact(&identity, git::clocks_in_words(&deviating(&contradiction.stretch), 3)))
    });
    let aside = own.set_aside.iter().take(SET_ASIDE).map(|aside| {
        let repository = aside.history.repository;
        observed(&repository, format!("{}: {} set aside", repository.name, count(aside.commits, "own commit")))
            .relates("bears", Compared::bound("marks of a borrowed history", &aside.history.because))
    });
    let mut finding = Finding::new(contradiction.strength, summary, main).and_all(evidence).and_all(stated).and_all(aside);
    for remark in &contradiction.remarks {
        finding = finding.innocent(remark);
    }
    Some(finding)
}

/// The clocks that were never legal in the stretch; all of them where each was at some time.
fn deviating(stretch: &Stretch) -> Clocks {
    let (legal, mut clocks): (Clocks, Clocks) =
        stretch.clocks.iter().map(|(clock, commits)| (*clock, *commits)).partition(|(clock, _)| stretch.legal.contains(clock));
    if clocks.is_empty() {
        clocks = legal;
    }
    clocks
}

/// So many of the identities are shown; people rarely have more.
const IDENTITIES: usize = 4;
/// So many of the histories set aside are shown.
const SET_ASIDE: usize = 4;

fn period(first: YearMonth, last: YearMonth) -> String {
    if first == last { format!("in {first}") } else { format!("from {first} to {last}") }
}

/// The identity's own first and last month in a stretch.
fn own_months(identity: &IdentityClocks<'_>, first: YearMonth, last: YearMonth) -> String {
    let mut months = identity.rows.iter().map(|row| row.month).filter(|month| (first..=last).contains(month));
    let Some(one) = months.next() else { return period(first, last) };
    let (earliest, latest) = months.fold((one, one), |(earliest, latest), month| (earliest.min(month), latest.max(month)));
    period(earliest, latest)
}

/// A commit under the commonest of the clocks, for people who look it up.
fn example(own: &OwnClocks<'_>, identity: &IdentityClocks<'_>, clocks: &[(UtcOffset, u32)]) -> String {
    let is_aside = |commit: &CommitExample| own.set_aside.iter().any(|aside| aside.history.repository.name == commit.repository);
    let commonest = clocks.iter().filter(|(clock, _)| *clock != UtcOffset::UTC).max_by_key(|(_, commits)| *commits);
    let commit = commonest
        .and_then(|(clock, _)| identity.identity.payload.examples.iter().find(|commit| commit.offset == *clock && !is_aside(commit)));
    commit.map(|commit| format!("; such as commit {} in {}", short(&commit.commit, 12), short(&commit.repository, 60))).unwrap_or_default()
}

/// The clocks of an identity's rows.
fn clocks_of(identity: &IdentityClocks<'_>, keep: impl Fn(&Row<'_>) -> bool) -> Clocks {
    let mut clocks: BTreeMap<UtcOffset, u32> = BTreeMap::new();
    for row in identity.rows.iter().filter(|row| keep(row)) {
        let sum = clocks.entry(row.clock).or_default();
        *sum = sum.saturating_add(row.commits);
    }
    clocks.into_iter().collect()
}

fn offsets(offsets: &[UtcOffset]) -> String {
    let words: Vec<String> = offsets.iter().map(ToString::to_string).collect();
    list(&words, 12)
}

#[cfg(test)]
mod tests {
    use bonafide_model::{
        ContentHash,
        check::Missing,
        id::SubjectId,
        lens::{Answer, Question, Surroundings},
        place::{Place, Source},
    };
    use bonafide_normalise::timezone::{country_offsets, zones_of_country};
    use jiff::civil::Date;
    use proptest::prelude::*;

    use super::*;

    struct Nothing;

    impl Surroundings for Nothing {
        fn answer(&self, question: &Question) -> Answer {
            Err(Missing::new(question.need(), "nothing is loaded"))
        }
    }

    const COUNTRIES: &[&str] =
        &["AU", "BR", "CA", "CL", "DE", "EG", "FR", "GB", "IE", "IN", "IR", "JP", "KE", "KZ", "MA", "MX", "NG", "NP", "NZ", "PT", "RU", "TR", "US", "ZA"];

    fn dossier(country: &str, months: &[(YearMonth, UtcOffset, u32)]) -> Dossier {
        let source = Source { name: "application.json".into(), content: ContentHash::of_bytes(b"x") };
        let mut sink = FactSink::new(SubjectId::new("s1"), source);
        sink.push(AppliedAt { at: "2025-06-01T00:00:00Z".parse().expect("an instant") }, Place::Whole);
        sink.push(Location { raw: country.into(), country: Some(country.into()), ..Location::default() }, Place::Whole);
        let commits = months.iter().map(|(_, _, commits)| *commits).sum();
        let identity = CommitIdentity {
            email: "k@mail.example".into(),
            canonical: "k@mail.example".into(),
            ownership: Ownership::Own,
            commits,
            days: commits,
            offsets_by_month: months.to_vec(),
            ..CommitIdentity::default()
        };
        sink.push(identity, Place::Whole);
        Dossier::new(SubjectId::new("s1"), sink.into_facts())
    }

    fn answer(country: &str, months: &[(YearMonth, UtcOffset, u32)]) -> Outcome {
        let lens = Lens::new(jiff::civil::date(2025, 6, 1), &Nothing);
        run(&dossier(country, months), &lens).unwrap_or_else(Outcome::from)
    }

    fn legal_in(country: &str, month: YearMonth) -> Vec<UtcOffset> {
        let first = Date::new(month.year(), month.month(), 1).expect("a day");
        country_offsets(country, first, first.last_of_month())
    }

    /// Months of the last ten years before the application, latest last.
    fn month(number: usize) -> YearMonth {
        YearMonth::new(2015 + (number / 12) as i16, 1 + (number % 12) as i8).expect("a month")
    }

    proptest! {
        #[test]
        fn who_keeps_the_clocks_of_the_claimed_country_is_left_alone(
            country in proptest::sample::select(COUNTRIES),
            work in proptest::collection::btree_map(0_usize..125, (any::<proptest::sample::Index>(), 1_u32..40), 1..40),
        ) {
            let months: Vec<_> = work
                .into_iter()
                .map(|(number, (clock, commits))| (month(number), *clock.get(&legal_in(country, month(number))), commits))
                .collect();
            prop_assert!(!matches!(answer(country, &months), Outcome::Findings(_)));
        }

        #[test]
        fn a_server_on_utc_contradicts_nobody(
            country in proptest::sample::select(COUNTRIES),
            work in proptest::collection::btree_map(0_usize..125, 1_u32..90, 1..40),
        ) {
            let months: Vec<_> = work.into_iter().map(|(number, commits)| (month(number), UtcOffset::UTC, commits)).collect();
            prop_assert!(!matches!(answer(country, &months), Outcome::Findings(_)));
        }

        #[test]
        fn a_clock_hours_away_for_half_a_year_is_found(
            country in proptest::sample::select(COUNTRIES),
            clock in (-11_i32..=13).prop_map(|hours| UtcOffset::from_minutes(hours * 60).expect("in range")),
        ) {
            let months: Vec<_> = (119..125).map(|number| (month(number), clock, 6)).collect();
            let far = months.iter().all(|(month, ..)| legal_in(country, *month).iter().all(|legal| git::apart(*legal, clock) >= 180));
            prop_assume!(far && clock != UtcOffset::UTC && !zones_of_country(country).is_empty());
            prop_assert!(matches!(answer(country, &months), Outcome::Findings(_)));
        }
    }
}
