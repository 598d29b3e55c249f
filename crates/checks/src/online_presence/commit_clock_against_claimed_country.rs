//! # What it finds
//! Own commits of which a large majority bears a distance from UTC that was not legal anywhere in the claimed country in the very
//! months the commits were made.
//!
//! Looked at is the most recent stretch of work without a month on the claimed country's clock. UTC by itself contradicts nobody,
//! since servers and containers stand on it. A stretch of a few months elsewhere after months on the claimed clock is travel.
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
        clock_claim::{self, Clock, ClockClaim},
        days, git, rewriting,
        territories::Territory,
        words::{at_least, count, grouped, list, percent, short, total},
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
/// Who keeps the claimed clock in half of the commits lives by it.
const HALF_PERCENT: u64 = 50;
/// Fewer commits on the claimed clock may be a server's or a borrowed machine's.
const KEPT_COMMITS: u32 = 3;
/// Below these nothing can be said.
const FEW_COMMITS: u32 = 8;
const FEW_DAYS: u32 = 4;
/// From these on the finding has its full strength. What lies within two calendar months may be one journey.
const ENOUGH_COMMITS: u32 = 20;
const ENOUGH_DAYS: u32 = 5;
const ENOUGH_MONTHS: i32 = 3;
/// Commits older than this say nothing of where the applicant lives now.
const STALE_MONTHS: i32 = 36;
/// People move house: commits that end this long before the claim was made count less.
const FRESH_MONTHS: i32 = 6;
/// Who kept the claimed clock before may spend this long elsewhere without a contradiction; up to twice as long it counts less.
const JOURNEY_MONTHS: i32 = 6;
/// Commits on the claimed clock that show that the applicant did live by it.
const LIVED_THERE_COMMITS: u32 = 10;
const LIVED_THERE_PERCENT: u64 = 20;
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
    let identities: Vec<_> =
        git::own_identities(dossier).into_iter().filter(|identity| !identity.offsets_by_month.is_empty()).collect();
    let mut claims = clock_claim::claims(dossier, lens);
    claims.truncate(CLAIMS);
    if claims.is_empty() {
        return Err(Early::not_applicable("no country or time zone is claimed"));
    }
    if identities.is_empty() {
        let account = dossier.all::<GithubAccount>().find(|account| account.public_repos.unwrap_or(0) > 0 && account.commits_listed == 0);
        return Err(match account {
            Some(account) => Early::inconclusive(Need::Facts, format!("the commits of {}", account.login)),
            None => Early::not_applicable("no own commits with an author clock in the dossier"),
        });
    }
    if let Some(missing) = rewritten(dossier, &identities) {
        return Err(Early::inconclusive(Need::Facts, missing));
    }
    let months = by_month(&identities, YearMonth::of_date(lens.as_of()));
    let days = identities.iter().map(|identity| identity.days).max().unwrap_or(0);
    let mut judged: Vec<Judged<'_, '_>> =
        claims.iter().map(|claim| Judged { claim, verdict: judge(claim, &months, days) }).collect();
    weigh_against_each_other(&mut judged);
    weigh_against_jobs(dossier, &mut judged, &months);
    answer(&identities, &judged)
}

/// A history that was written again under one author keeps the clocks of others: what is missing, where most commits are of that kind.
fn rewritten(dossier: &Dossier, identities: &[Known<'_, CommitIdentity>]) -> Option<String> {
    let repositories: Vec<_> = dossier.all::<GithubRepository>().collect();
    let mut marked = rewriting::marked(dossier, &repositories);
    marked.retain(rewriting::Marks::shows_borrowing);
    let borrowed = total(marked.iter().map(|marks| marks.repository.own_commits));
    let all = total(identities.iter().map(|identity| identity.commits));
    is_share(borrowed, all, HALF_PERCENT)
        .then(|| format!("own commits outside {} that bear marks of rewriting (BF-ONL-006)", count(marked.len(), "repository")))
}

type Clocks = Vec<(UtcOffset, u32)>;
type Months = BTreeMap<YearMonth, Clocks>;

/// The clocks of all own identities per month. Dates in the future are a tool's.
fn by_month(identities: &[Known<'_, CommitIdentity>], present: YearMonth) -> Months {
    let mut months = Months::new();
    let dated = identities.iter().flat_map(|identity| &identity.offsets_by_month).filter(|(month, ..)| *month <= present);
    for (month, offset, commits) in dated {
        months.entry(*month).or_default().push((*offset, *commits));
    }
    months
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
    remarks: Vec<String>,
}

/// The latest stretch of months without a month on the claimed clock, and what lies before it.
#[derive(Default)]
struct Stretch {
    /// First and last month; `None` where the latest month keeps the claimed clock.
    span: Option<(YearMonth, YearMonth)>,
    months: u32,
    tally: Tally,
    clocks: BTreeMap<UtcOffset, u32>,
    legal: Vec<UtcOffset>,
    overseas: BTreeMap<&'static str, (&'static Territory, u32)>,
    before: Tally,
    /// The last month that kept the claimed clock.
    kept: Option<YearMonth>,
}

/// Commits by what their clocks say.
#[derive(Clone, Copy, Debug, Default)]
struct Tally {
    legal: u32,
    neighbour: u32,
    far: u32,
}

impl Tally {
    fn of(clocks: &[(UtcOffset, u32)], allowed: &clock_claim::Allowed) -> Self {
        let mut tally = Self::default();
        for &(clock, commits) in clocks {
            let sum = match allowed.of(clock) {
                Clock::Legal => &mut tally.legal,
                Clock::Neighbour => &mut tally.neighbour,
                Clock::Far | Clock::Overseas(_) => &mut tally.far,
                Clock::Server => continue,
            };
            *sum = sum.saturating_add(commits);
        }
        tally
    }

    fn all(self) -> u32 {
        self.legal.saturating_add(self.neighbour).saturating_add(self.far)
    }

    fn add(&mut self, other: Self) {
        self.legal = self.legal.saturating_add(other.legal);
        self.neighbour = self.neighbour.saturating_add(other.neighbour);
        self.far = self.far.saturating_add(other.far);
    }
}

fn is_share(part: u32, whole: u32, hundredths: u64) -> bool {
    at_least(u64::from(part), u64::from(whole), hundredths)
}

/// Whether commits under UTC are a server's even in months in which UTC is legal (winters of London): they go on in the others.
fn utc_is_a_servers(claim: &ClockClaim<'_>, months: &Months) -> bool {
    let (mut legal, mut beyond) = (0_u32, 0_u32);
    for (month, clocks) in months {
        let commits = total(clocks.iter().filter(|(clock, _)| *clock == UtcOffset::UTC).map(|(_, commits)| *commits));
        if commits > 0 {
            // Lisbon's summer is not the Azores': the clock of the very place decides where it is known.
            let allowed = claim.at_place(*month).map_or_else(|| claim.allowed(*month).legal, |place| place.legal);
            let sum = if allowed.contains(&UtcOffset::UTC) { &mut legal } else { &mut beyond };
            *sum = sum.saturating_add(commits);
        }
    }
    beyond >= KEPT_COMMITS && is_share(beyond, legal.saturating_add(beyond), LIVED_THERE_PERCENT)
}

fn latest_stretch(claim: &ClockClaim<'_>, months: &Months) -> Stretch {
    let mut stretch = Stretch::default();
    let utc_is_a_servers = utc_is_a_servers(claim, months);
    for (month, clocks) in months.iter().rev() {
        let mut allowed = claim.allowed(*month);
        allowed.utc_is_a_servers |= utc_is_a_servers;
        let tally = Tally::of(clocks, &allowed);
        if tally.all() == 0 {
            continue;
        }
        let keeps = |tally: Tally| tally.legal >= KEPT_COMMITS && is_share(tally.legal, tally.all(), HALF_PERCENT);
        let mut so_far = stretch.tally;
        so_far.add(tally);
        if stretch.kept.is_none() && keeps(tally) {
            stretch.kept = Some(*month);
        } else if stretch.kept.is_none() && keeps(so_far) && so_far.all() - so_far.legal < FEW_COMMITS {
            // Too few deviating commits for a stretch of their own, among more that keep the clock.
            stretch = Stretch { kept: Some(*month), before: stretch.tally, ..Stretch::default() };
        }
        if stretch.kept.is_some() {
            stretch.before.add(tally);
            continue;
        }
        let last = stretch.span.map_or(*month, |(_, last)| last);
        stretch.span = Some((*month, last));
        stretch.months += 1;
        stretch.tally.add(tally);
        for &(clock, commits) in clocks {
            match allowed.of(clock) {
                Clock::Server => continue,
                Clock::Overseas(territory) => {
                    let (_, sum) = stretch.overseas.entry(territory.code).or_insert((territory, 0));
                    *sum = sum.saturating_add(commits);
                }
                Clock::Legal | Clock::Neighbour | Clock::Far => {}
            }
            let sum = stretch.clocks.entry(clock).or_default();
            *sum = sum.saturating_add(commits);
        }
        stretch.legal.extend(allowed.legal);
    }
    stretch.legal.sort_unstable();
    stretch.legal.dedup();
    stretch
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
        return Verdict::Contradicted(Box::new(Contradiction { stretch, strength: Strength::Weak, commits: deviating, remarks }));
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
    Verdict::Contradicted(Box::new(Contradiction { stretch, strength, commits, remarks }))
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

/// A job that the applicant states, in a country that keeps the clock, conceals nothing either: people move for the next one.
fn weigh_against_jobs(dossier: &Dossier, judged: &mut [Judged<'_, '_>], months: &Months) {
    if !judged.iter().any(|judged| matches!(judged.verdict, Verdict::Contradicted(_))) {
        return;
    }
    let jobs: Vec<(Known<'_, Work>, &str, &'static str)> = dossier
        .all::<Work>()
        .take(JOBS)
        .filter_map(|job| {
            let place = job.payload.location.as_deref()?;
            Some((job, place, bonafide_normalise::place::parse(place).country?))
        })
        .collect();
    for judged in judged {
        let Verdict::Contradicted(contradiction) = &mut judged.verdict else { continue };
        let Some((first, last)) = contradiction.stretch.span else { continue };
        let mut keeping: BTreeMap<&str, bool> = BTreeMap::new();
        let explaining = jobs.iter().find(|(job, _, country)| {
            let begun = job.start.is_none_or(|start| start.earliest_month() <= last);
            let ended = match job.end {
                End::On(date) => date.latest_month() < first,
                End::Present | End::Unknown => false,
            };
            begun && !ended && *keeping.entry(country).or_insert_with(|| keeps_clocks(country, months.range(first..=last)))
        });
        if let Some((_, place, _)) = explaining {
            contradiction.strength = Strength::Weak;
            contradiction
                .remarks
                .push(format!("The clock agrees with {}, where the applicant states a job at that time.", short(place, 60)));
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

fn answer(identities: &[Known<'_, CommitIdentity>], judged: &[Judged<'_, '_>]) -> Result<Outcome, Early> {
    let mut contradicted: Vec<(&ClockClaim<'_>, &Contradiction)> = judged
        .iter()
        .filter_map(|judged| match &judged.verdict {
            Verdict::Contradicted(contradiction) => Some((judged.claim, &**contradiction)),
            _ => None,
        })
        .collect();
    contradicted.sort_by(|left, right| right.1.strength.cmp(&left.1.strength).then(left.0.rank().cmp(&right.0.rank())));
    if let Some(finding) = finding(identities, &contradicted) {
        return Ok(Outcome::Findings(vec![finding]));
    }
    let said: Vec<&str> = judged
        .iter()
        .filter_map(|judged| match &judged.verdict {
            Verdict::Kept(said) | Verdict::Explained(said) => Some(said.as_str()),
            _ => None,
        })
        .collect();
    if !said.is_empty() {
        let commits = total(identities.iter().map(|identity| identity.commits));
        return Ok(Outcome::clear(format!("the clocks of {}: {}", count(commits, "own commit"), said.join("; "))));
    }
    let missing = judged.iter().find_map(|judged| match &judged.verdict {
        Verdict::Open(missing) => Some(missing.as_str()),
        _ => None,
    });
    Err(Early::inconclusive(Need::Facts, missing.unwrap_or("own commits")))
}

fn finding(identities: &[Known<'_, CommitIdentity>], contradicted: &[(&ClockClaim<'_>, &Contradiction)]) -> Option<Finding> {
    let (claim, contradiction) = contradicted.first()?;
    let stretch = &contradiction.stretch;
    let (first, last) = stretch.span?;
    let clocks = deviating(stretch);
    let legal = offsets(&stretch.legal);
    let period = period(first, last);
    let anywhere = if claim.is_in_a_wide_country() { " or anywhere else in the country" } else { "" };
    let summary = format!(
        "{} of {} {period} ({}) bear a clock that was not legal in {}{anywhere}: {}; legal there: {legal}.",
        contradiction.commits,
        count(stretch.tally.all(), "own commit"),
        percent(u64::from(contradiction.commits), u64::from(stretch.tally.all())),
        claim.words,
        git::clocks_in_words(&clocks, 3),
    );
    let mut shown: Vec<(&Known<'_, CommitIdentity>, Clocks)> = identities
        .iter()
        .map(|identity| (identity, clocks_between(identity, first, last)))
        .filter(|(_, clocks)| clocks.iter().any(|(clock, _)| stretch.clocks.contains_key(clock)))
        .collect();
    shown.sort_by_key(|(identity, clocks)| (std::cmp::Reverse(clocks.iter().map(|(_, commits)| u64::from(*commits)).sum::<u64>()), identity.fact.id));
    let mut evidence = shown.iter().take(IDENTITIES).map(|(identity, clocks)| {
        let (counted, servers): (Clocks, Clocks) = clocks.iter().partition(|(clock, _)| stretch.clocks.contains_key(clock));
        let servers = match total(servers.iter().map(|(_, commits)| *commits)) {
            0 => String::new(),
            commits => format!("; {} under UTC, as servers keep it, left out", grouped(u64::from(commits))),
        };
        let months = own_months(identity, first, last);
        let clocks = git::clocks_in_words(&counted, 4);
        observed(*identity, format!("{}, {months}: {clocks}{servers}{}", identity.email, example(identity, &counted)))
            .relates("deviate from the", Compared::bound(claim.bound(), legal.clone()))
    });
    let main = evidence.next()?;
    let evidence: Vec<Evidence> = evidence.collect();
    let identity = shown.first()?.0;
    let stated = contradicted.iter().map(|(claim, contradiction)| {
        claim.relates("is contradicted by", Compared::fact(identity, git::clocks_in_words(&deviating(&contradiction.stretch), 3)))
    });
    let mut finding = Finding::new(contradiction.strength, summary, main).and_all(evidence).and_all(stated);
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

fn period(first: YearMonth, last: YearMonth) -> String {
    if first == last { format!("in {first}") } else { format!("from {first} to {last}") }
}

/// The identity's own first and last month in a stretch.
fn own_months(identity: &CommitIdentity, first: YearMonth, last: YearMonth) -> String {
    let mut months = identity.offsets_by_month.iter().map(|(month, ..)| *month).filter(|month| (first..=last).contains(month));
    let Some(one) = months.next() else { return period(first, last) };
    let (earliest, latest) = months.fold((one, one), |(earliest, latest), month| (earliest.min(month), latest.max(month)));
    period(earliest, latest)
}

/// A commit under the commonest of the clocks, for people who look it up.
fn example(identity: &CommitIdentity, clocks: &[(UtcOffset, u32)]) -> String {
    let commonest = clocks.iter().filter(|(clock, _)| *clock != UtcOffset::UTC).max_by_key(|(_, commits)| *commits);
    let commit = commonest.and_then(|(clock, _)| identity.examples.iter().find(|commit| commit.offset == *clock));
    commit.map(|commit| format!("; such as commit {} in {}", short(&commit.commit, 12), short(&commit.repository, 60))).unwrap_or_default()
}

/// The clocks of an identity in a stretch of months.
fn clocks_between(identity: &CommitIdentity, first: YearMonth, last: YearMonth) -> Clocks {
    let mut clocks: BTreeMap<UtcOffset, u32> = BTreeMap::new();
    for (month, clock, commits) in &identity.offsets_by_month {
        if (first..=last).contains(month) {
            let sum = clocks.entry(*clock).or_default();
            *sum = sum.saturating_add(*commits);
        }
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
