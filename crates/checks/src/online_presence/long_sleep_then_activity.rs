//! # What it finds
//! An account that lay idle for three years or more, since it was made or since its last commits or repositories, and then filled with
//! commits within months, lately.
//!
//! # Why it matters
//! Old accounts are sold and stolen because their age gives credit. A bought one has a date of birth, a long silence, and then
//! everything at once, often under addresses that never committed before.
//!
//! # Innocent explanations
//! - A career break: family, illness, service, studies, prison.
//! - Years of work in private repositories, and public work only now, for the search of a job.
//! - An account made out of curiosity and used years later.
//!
//! # What to ask next
//! - What did you work on in the years without public activity?
//! - Which mailbox did you use for the account when you made it?
//!
//! # Sources
//! - Signal ONL-016: SEAL (bought ten-year-old accounts with an empty decade), Ketman.

use bonafide_normalise::name::{self, NameRelation};

use crate::{
    prelude::*,
    support::{
        days, git,
        words::{count, list, total},
    },
};

pub(crate) const META: CheckMeta = CheckMeta {
    code: CheckCode::new("BF-ONL-016"),
    slug: "long-sleep-then-activity",
    stage: Stage::OnlinePresence,
    title: "Long sleep, then sudden activity",
    summary: "Months with own commits or events against the months since the account was made.",
    since: "0.1.0",
    status: Status::Preview,
    strength: Strength::Medium,
    family: Family::Account,
    facts: &[FactKind::CommitActivity, FactKind::GithubEvents],
    flags: Flags::NONE,
};

/// Shorter silences are ordinary: most developers work in private.
const SLEEP_MONTHS: i32 = 36;
/// A silence of this length, with other addresses behind it than before it, speaks of another owner.
const DEEP_SLEEP_MONTHS: i32 = 60;
/// Dense activity: this many own commits in the half year after waking.
const BURST_COMMITS: u32 = 30;
const BURST_MONTHS: i32 = 6;
/// Only a waking within this time before the last sign of the account is sudden.
const LATELY_MONTHS: i32 = 24;
/// Events without commits: fewer than these are no activity.
const EVENTS: u32 = 10;

pub(crate) fn run(dossier: &Dossier, lens: &Lens<'_>) -> Result<Outcome, Early> {
    let mut findings = Vec::new();
    let mut examined = Vec::new();
    for activity in dossier.all::<CommitActivity>() {
        let account = dossier.all::<GithubAccount>().find(|account| account.login == activity.login);
        let until = account.map_or_else(|| dossier.judged_on(lens), |account| git::told_until(dossier, account.payload, lens));
        let months = sorted(&activity, account.as_ref());
        examined.push(format!("{} with own commits", count(months.len(), "month")));
        findings.extend(
            sleep(&months, &repository_signs(dossier, &activity.login), account.as_ref(), YearMonth::of_date(until)).map(|sleep| commits_finding(dossier, &activity, account.as_ref(), &sleep)),
        );
    }
    if examined.is_empty() {
        for events in dossier.all::<GithubEvents>() {
            let account = dossier.all::<GithubAccount>().find(|account| account.login == events.login && account.created_at.is_some());
            if let (Some(account), Some(first)) = (account, events.first_event) {
                examined.push(format!("the first event of {}", events.login));
                findings.extend(events_finding(&events, &account, first));
            }
        }
    }
    if examined.is_empty() {
        return Err(Early::inconclusive(Need::Facts, "when the account was made and when it was active"));
    }
    Ok(Outcome::of(findings, examined.join("; ")))
}

/// Months with commits, from the making of the account on: an older history was brought along and says nothing of the account.
fn sorted(activity: &CommitActivity, account: Option<&Known<'_, GithubAccount>>) -> Vec<(YearMonth, u32)> {
    let made = made(account);
    let mut months: Vec<(YearMonth, u32)> =
        activity.months.iter().copied().filter(|(month, commits)| *commits > 0 && made.is_none_or(|made| *month >= made)).collect();
    months.sort_unstable();
    months
}

fn made(account: Option<&Known<'_, GithubAccount>>) -> Option<YearMonth> {
    account.and_then(|account| account.created_at).map(|at| YearMonth::of_date(days::utc(at)))
}

struct Sleep {
    /// The last sign of life.
    from: YearMonth,
    sign: Sign,
    woke: YearMonth,
    burst: u32,
}

/// What shows that an account was in use.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sign {
    Making,
    Commits,
    Repository,
}

impl Sign {
    /// Many open an account out of curiosity and publish years later: only a long silence since the making tells anything.
    fn least_months(self) -> i32 {
        if self == Self::Making { DEEP_SLEEP_MONTHS } else { SLEEP_MONTHS }
    }
}

impl Sleep {
    fn months(&self) -> i32 {
        self.woke.months_since(self.from)
    }
}

/// Months in which repositories of the account, forks too, were made or pushed to: collectors list them all, and commits of the
/// last ones only.
fn repository_signs(dossier: &Dossier, login: &str) -> Vec<YearMonth> {
    let repositories = dossier.all::<GithubRepository>().filter(|repository| repository.login.eq_ignore_ascii_case(login));
    let instants = repositories.flat_map(|repository| {
        // A fork shows the last push of its original.
        let pushed = repository.pushed_at.filter(|pushed| repository.fork == Some(false) && Some(*pushed) >= repository.created_at);
        repository.created_at.into_iter().chain(pushed)
    });
    let mut months: Vec<YearMonth> = instants.map(|at| YearMonth::of_date(days::utc(at))).collect();
    months.sort_unstable();
    months
}

fn sleep(
    months: &[(YearMonth, u32)],
    repositories: &[YearMonth],
    account: Option<&Known<'_, GithubAccount>>,
    until: YearMonth,
) -> Option<Sleep> {
    let born = made(account).map(|month| (month, Sign::Making));
    let skip = usize::from(born.is_none());
    let signs = born.into_iter().chain(months.iter().map(|(month, _)| (*month, Sign::Commits)));
    signs
        .zip(skip..months.len())
        .map(|((from, sign), index)| {
            let woke = months[index].0;
            let last_made = repositories.iter().copied().rfind(|month| *month < woke).filter(|month| *month > from);
            let (from, sign) = last_made.map_or((from, sign), |month| (month, Sign::Repository));
            let burst = months[index..].iter().take_while(|(month, _)| month.months_since(woke) < BURST_MONTHS);
            Sleep { from, sign, woke, burst: total(burst.map(|(_, commits)| *commits)) }
        })
        .filter(|sleep| sleep.months() >= sleep.sign.least_months() && sleep.burst >= BURST_COMMITS && until.months_since(sleep.woke) <= LATELY_MONTHS)
        .max_by_key(|sleep| sleep.woke)
}

fn commits_finding(
    dossier: &Dossier,
    activity: &Known<'_, CommitActivity>,
    account: Option<&Known<'_, GithubAccount>>,
    sleep: &Sleep,
) -> Finding {
    let others = other_hands(dossier, &activity.login, sleep);
    let strength = if sleep.months() >= DEEP_SLEEP_MONTHS && !others.is_empty() { Strength::Medium } else { Strength::Weak };
    let asleep = match sleep.sign {
        Sign::Making => "the making of the account in",
        Sign::Commits => "commits in",
        Sign::Repository => "the last work on a repository in",
    };
    let length = days::months(sleep.months());
    let burst = format!("{} within {}", count(sleep.burst, "own commit"), days::months(BURST_MONTHS));
    let summary = format!("{}: {burst} from {} on, after {length} of silence since {asleep} {}.", activity.login, sleep.woke, sleep.from);
    let woken = observed(activity, format!("{burst} from {} on", sleep.woke));
    let evidence = match account.filter(|_| sleep.sign == Sign::Making) {
        Some(account) => woken.relates("follow after a silence since", Compared::fact(account, format!("account made in {}", sleep.from))),
        None => woken.relates("follow after a silence since", Compared::bound("last sign of use before", sleep.from.to_string())),
    };
    let mut finding = Finding::new(strength, summary, evidence);
    if !others.is_empty() {
        let addresses: Vec<&str> = others.iter().map(|identity| identity.email.as_str()).collect();
        finding = finding.and_all(others.iter().take(3).map(|identity| {
            observed(identity, format!("{}: first commit {}", identity.email, identity.first.map(|at| days::utc(at).to_string()).unwrap_or_default()))
                .relates("was never used before", Compared::bound("waking of the account", sleep.woke.to_string()))
        }));
        finding = finding.ask(format!("Since when do you own {}?", list(&addresses, 3)));
    }
    finding
}

/// Own addresses that commit after the sleep, where others committed before it and none of those came back.
fn other_hands<'a>(dossier: &'a Dossier, login: &str, sleep: &Sleep) -> Vec<Known<'a, CommitIdentity>> {
    let month = |at: Option<jiff::Timestamp>| at.map(|at| YearMonth::of_date(days::utc(at)));
    let own: Vec<_> = git::own_identities(dossier).into_iter().filter(|identity| identity.login == login).collect();
    let (before, after): (Vec<_>, Vec<_>) = own.into_iter().partition(|identity| month(identity.first).is_some_and(|first| first <= sleep.from));
    let came_back = before.iter().any(|identity| month(identity.last).is_some_and(|last| last >= sleep.woke));
    // A mailbox of school or an old firm gives way to another one: only another name speaks of another person.
    let is_another = |identity: &Known<'_, CommitIdentity>| before.iter().all(|earlier| have_other_names(earlier, identity));
    if before.is_empty() || came_back { Vec::new() } else { after.into_iter().filter(is_another).collect() }
}

/// Whether both addresses have author names and no two of them may be one person's.
fn have_other_names(left: &CommitIdentity, right: &CommitIdentity) -> bool {
    let differ = |one: &str, other: &str| !one.eq_ignore_ascii_case(other) && is_no_way_of_writing(one, other);
    let all_differ = left.names.iter().take(NAMES).all(|(one, _)| right.names.iter().take(NAMES).all(|(other, _)| differ(one, other)));
    !left.names.is_empty() && !right.names.is_empty() && all_differ
}

/// Full names that share nothing; a handle beside a name says nothing, two handles are two.
fn is_no_way_of_writing(one: &str, other: &str) -> bool {
    let is_handle = |name: &str| !name.trim().contains(char::is_whitespace);
    match (is_handle(one), is_handle(other)) {
        (true, true) => true,
        (false, false) => name::compare(one, other) == NameRelation::Different,
        _ => false,
    }
}

/// So many author names of an address are compared.
const NAMES: usize = 8;

fn events_finding(events: &Known<'_, GithubEvents>, account: &Known<'_, GithubAccount>, first: jiff::Timestamp) -> Option<Finding> {
    let made = made(Some(account))?;
    let woke = YearMonth::of_date(days::utc(first));
    let done = events.issues.saturating_add(events.comments).saturating_add(events.pulls_merged);
    if woke.months_since(made) < SLEEP_MONTHS || done < EVENTS {
        return None;
    }
    let silence = days::months(woke.months_since(made));
    Some(Finding::new(
        Strength::Weak,
        format!("{}: the first event is of {woke}, {silence} after the account was made; {} since.", events.login, count(done, "event")),
        observed(events, format!("first event in {woke}"))
            .relates("follows after a silence since", Compared::fact(account, format!("account made in {made}"))),
    ))
}
