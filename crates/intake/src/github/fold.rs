//! Commits to summaries.

use std::collections::{BTreeMap, HashMap, HashSet};

use bonafide_model::{
    fact::{
        ClockJump, CommitActivity, CommitExample, CommitIdentity, CopiedCommits, FactSink, GithubAccount, GithubFollowing,
        GithubRepository, MessagesElsewhere, NameRole, Ownership, PersonName, Picture, PictureRole, RepositoryClocks,
    },
    place::Place,
    time::{UtcOffset, YearMonth},
};
use jiff::{Timestamp, civil::Date};

use super::{
    clock::{self, Tick},
    dump::{CommitRow, Dump},
    identity::{self, Claims, Identity, Presence, Repository},
    service,
};
use crate::canonical;

/// Identities of other people that become facts, those with most commits; a popular project has thousands.
const OTHERS_KEPT: usize = 256;
/// Repositories that become facts, in the order of GitHub's list.
const REPOSITORIES_KEPT: usize = 2_000;
/// Values kept of one list inside a fact: contributors, owners of merges, names, months.
const LISTED_KEPT: usize = 2_000;
/// Author names that become facts of their own.
const NAMES_KEPT: usize = 8;
/// Offsets of one identity for which a commit is named.
const EXAMPLES: usize = 6;
/// Commits on a machine with the platform's own clock that show that the account's owner lives by it.
const KEPT_COMMITS: usize = 3;
/// One in so many of the commits made on a machine.
const KEPT_SHARE: usize = 10;
/// A commit this long after its author date was written again: patches rarely wait for longer.
const LATE_SECONDS: i64 = 30 * 86_400;

/// What the fold left out.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct LeftOut {
    /// Identities of other people beyond the limit.
    pub(super) others: usize,
    /// Repositories beyond the limit.
    pub(super) repositories: usize,
    /// Values of lists inside facts beyond the limit.
    pub(super) listed: usize,
    /// Repositories of single identities whose clocks are beyond the limit.
    pub(super) clocks: usize,
}

impl LeftOut {
    /// What was left out, in words; `None` where nothing was.
    pub(super) fn told(self) -> Option<String> {
        let parts = [
            (self.others, "author addresses of other people"),
            (self.repositories, "repositories"),
            (self.listed, "names, months or contributors of single facts"),
            (self.clocks, "repositories in the clocks of single addresses"),
        ];
        let told: Vec<String> =
            parts.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} further {what}")).collect();
        (!told.is_empty()).then(|| format!("{} are left out", told.join(", ")))
    }

    fn cut<T>(&mut self, list: &mut Vec<T>) {
        self.listed += list.len().saturating_sub(LISTED_KEPT);
        list.truncate(LISTED_KEPT);
    }
}

/// Folds a dump into facts.
pub(super) fn fold(dump: &Dump<'_>, claims: &Claims, sink: &mut FactSink) -> LeftOut {
    let (mut identities, repositories, author_of) = gather(dump);
    identity::decide(dump, &mut identities, &repositories, claims);
    push_account(dump, sink);
    let dates = Dates { dump, keeps_platform_clock: keeps_platform_clock(dump, &identities) };
    let mut left_out = LeftOut { repositories: repositories.len().saturating_sub(REPOSITORIES_KEPT), ..LeftOut::default() };
    for repository in repositories.iter().take(REPOSITORIES_KEPT) {
        push_repository(dates, repository, &identities, &author_of, &mut left_out, sink);
    }
    push_identities(dates, &identities, &mut left_out, sink);
    push_activity(dump, &identities, &mut left_out, sink);
    left_out
}

/// A dump and what is known of its dates.
#[derive(Clone, Copy)]
struct Dates<'d> {
    dump: &'d Dump<'d>,
    /// Whether the account's owner lives by the clock in which the platform dates what no browser dates.
    keeps_platform_clock: bool,
}

impl Dates<'_> {
    fn tick(self, row: u32, commit: &CommitRow<'_>) -> Option<Tick> {
        Tick::of(row, commit, self.keeps_platform_clock)
    }
}

/// Whether enough of the own commits made on a machine bear the clock of the platform's home: a few may be borrowed.
fn keeps_platform_clock(dump: &Dump<'_>, identities: &[Identity<'_>]) -> bool {
    let own = identities.iter().filter(|identity| identity.ownership == Ownership::Own).flat_map(|identity| &identity.rows);
    let (mut kept, mut all) = (0_usize, 0_usize);
    for commit in own.filter_map(|&row| dump.commits.get(row as usize)).filter(|commit| commit.on_a_machine_off_utc()) {
        all += 1;
        kept += usize::from(commit.bears_platform_clock());
    }
    kept >= KEPT_COMMITS && kept * KEPT_SHARE >= all
}

/// Identities, repositories, and the number of the identity behind each commit.
fn gather<'a>(dump: &'a Dump<'a>) -> (Vec<Identity<'a>>, Vec<Repository<'a>>, Vec<u32>) {
    let mut repositories = Repositories::of(dump);
    let mut identities = Identities::default();
    let mut seen: HashMap<(&str, u32), (u32, usize)> = HashMap::with_capacity(dump.commits.len());
    let mut presence: HashMap<(u32, u32), usize> = HashMap::new();
    let mut author_of = Vec::with_capacity(dump.commits.len());
    for (row, commit) in (0_u32..).zip(&dump.commits) {
        let repo = repositories.number(&commit.repo);
        let author = identities.number(&commit.email);
        author_of.push(author);
        let first = commit.authored.map_or(i64::MIN, |authored| authored.at.as_second());
        let repository = &mut repositories.all[repo as usize];
        repository.rows.push(row);
        let identity = &mut identities.all[author as usize];
        match presence.get(&(author, repo)) {
            Some(&index) => {
                let at = &mut identity.repositories[index];
                at.first = at.first.min(first);
            }
            None => {
                presence.insert((author, repo), identity.repositories.len());
                identity.repositories.push(Presence { repo, first });
                repository.authors.push(author);
            }
        }
        // The same commit stands in a copy of a repository as well; a person made it once, in the repository listed first.
        match seen.get_mut(&(commit.hash.as_ref(), author)).filter(|_| !commit.hash.is_empty()) {
            Some((at, index)) => {
                if repo < *at {
                    *at = repo;
                    identity.rows[*index] = row;
                }
            }
            None => {
                seen.insert((&commit.hash, author), (repo, identity.rows.len()));
                identity.rows.push(row);
            }
        }
    }
    for (number, listed) in dump.unique_emails.iter().enumerate() {
        let author = identities.number(&listed.email);
        let identity = &mut identities.all[author as usize];
        identity.listed.get_or_insert((&listed.name, number));
    }
    for identity in &mut identities.all {
        let mut names: HashMap<&str, u32> = HashMap::new();
        for &row in &identity.rows {
            *names.entry(dump.commits[row as usize].name.trim()).or_insert(0) += 1;
        }
        identity.names = names.into_iter().filter(|(name, _)| !name.is_empty()).collect();
        identity.names.sort_by(|left, right| right.1.cmp(&left.1).then(left.0.cmp(right.0)));
        let listed = identity.listed.map(|(name, _)| name);
        identity.program = identity
            .names
            .iter()
            .map(|(name, _)| *name)
            .chain(listed)
            .chain([""])
            .any(|name| service::is_program(identity.email, name));
    }
    (identities.all, repositories.all, author_of)
}

#[derive(Default)]
struct Identities<'a> {
    all: Vec<Identity<'a>>,
    by_address: HashMap<&'a str, u32>,
    by_canonical: HashMap<String, u32>,
}

impl<'a> Identities<'a> {
    fn number(&mut self, address: &'a str) -> u32 {
        if let Some(&number) = self.by_address.get(address) {
            return number;
        }
        let canonical = canonical::email(address);
        let next = u32::try_from(self.all.len()).unwrap_or(u32::MAX);
        let number = *self.by_canonical.entry(canonical.clone()).or_insert(next);
        if number == next {
            self.all.push(Identity {
                email: address,
                canonical,
                no_reply: service::no_reply(address),
                program: false,
                names: Vec::new(),
                rows: Vec::new(),
                repositories: Vec::new(),
                listed: None,
                ownership: Ownership::Other,
                own_because: "",
            });
        }
        self.by_address.insert(address, number);
        number
    }
}

struct Repositories<'a> {
    all: Vec<Repository<'a>>,
    by_name: HashMap<&'a str, u32>,
}

impl<'a> Repositories<'a> {
    fn of(dump: &'a Dump<'a>) -> Self {
        let mut this = Self { all: Vec::new(), by_name: HashMap::new() };
        for (number, row) in dump.repos.iter().enumerate() {
            let at = this.number(&row.name);
            this.all[at as usize].listed.get_or_insert(number);
        }
        for (number, (name, _)) in dump.contributors.iter().enumerate() {
            let at = this.number(name);
            this.all[at as usize].contributors.get_or_insert(number);
        }
        this
    }

    fn number(&mut self, name: &'a str) -> u32 {
        let next = u32::try_from(self.all.len()).unwrap_or(u32::MAX);
        let number = *self.by_name.entry(name).or_insert(next);
        if number == next {
            self.all.push(Repository { name, listed: None, contributors: None, rows: Vec::new(), authors: Vec::new() });
        }
        number
    }
}

fn push_account(dump: &Dump<'_>, sink: &mut FactSink) {
    let count = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
    let account = GithubAccount {
        login: dump.login.to_string(),
        name: dump.name.clone(),
        created_at: dump.created_at,
        created_year: dump.created_year,
        updated_at: dump.updated_at,
        country: dump.country_claimed.as_deref().and_then(canonical::country),
        country_claimed: dump.country_claimed.clone(),
        bio: dump.bio.clone(),
        readme: dump.readme.clone(),
        public_repos: dump.public_repos,
        followers: dump.followers,
        following: dump.following,
        potential_copies: dump.potential_copies,
        repositories_listed: count(dump.repos.len()),
        commits_listed: count(dump.commits.len()),
    };
    sink.push(account, Place::Whole);
    if let Some(name) = &dump.name {
        sink.push(PersonName { role: NameRole::Profile, full: name.clone(), ..PersonName::default() }, Place::Whole);
    }
    if let Some(phash) = &dump.avatar_phash {
        let name = format!("avatar of {}", dump.login);
        sink.push(Picture { role: PictureRole::Profile, name, phash: Some(phash.clone()), ..Picture::default() }, Place::Whole);
    }
    if !dump.follows.is_empty() {
        let mut follows = dump.follows.clone();
        follows.sort_unstable();
        follows.dedup();
        sink.push(GithubFollowing { login: dump.login.to_string(), follows }, Place::Whole);
    }
}

fn push_repository(
    dates: Dates<'_>,
    repository: &Repository<'_>,
    identities: &[Identity<'_>],
    author_of: &[u32],
    left_out: &mut LeftOut,
    sink: &mut FactSink,
) {
    let dump = dates.dump;
    let listed = repository.listed.and_then(|number| dump.repos.get(number));
    let made = listed.and_then(|row| row.created);
    let mut fact = GithubRepository {
        login: dump.login.to_string(),
        name: repository.name.to_owned(),
        fork: listed.and_then(|row| row.fork),
        created_at: made,
        pushed_at: listed.and_then(|row| row.pushed),
        language: listed.and_then(|row| row.language.clone()),
        stars: listed.map_or(0, |row| row.stars),
        commits: u32::try_from(repository.rows.len()).unwrap_or(u32::MAX),
        ..GithubRepository::default()
    };
    let mut ticks = Vec::new();
    let mut merges: Vec<&str> = Vec::new();
    let mut is_foreign: HashMap<&str, bool> = HashMap::new();
    for &row in &repository.rows {
        let commit = &dump.commits[row as usize];
        let author = author_of.get(row as usize).and_then(|&author| identities.get(author as usize));
        let own = author.is_some_and(|author| author.ownership == Ownership::Own);
        merges.extend(commit.merge_owner.as_deref());
        fact.pull_merges_rewritten += u32::from(is_rewritten_merge(commit));
        fact.own_commits += u32::from(own);
        if own && commit.committer != commit.email {
            let foreign =
                is_foreign.entry(&commit.committer).or_insert_with(|| is_foreign_committer(&commit.committer, identities));
            fact.own_committed_by_others += u32::from(*foreign);
        }
        let Some(authored) = commit.authored else { continue };
        let late = commit.committed.is_some_and(|committed| committed.at.as_second() - authored.at.as_second() > LATE_SECONDS);
        fact.own_committed_late += u32::from(own && late);
        let before_account = dump.created_at.is_some_and(|created| authored.at < created);
        fact.before_account += u32::from(before_account);
        fact.own_before_account += u32::from(before_account && own);
        fact.before_repository += u32::from(made.is_some_and(|made| authored.at < made));
        fact.first_commit = Some(fact.first_commit.map_or(authored.at, |first| first.min(authored.at)));
        fact.last_commit = Some(fact.last_commit.map_or(authored.at, |last| last.max(authored.at)));
        ticks.extend(dates.tick(row, commit).filter(|_| own));
    }
    fact.foreign_committers = u32::try_from(is_foreign.values().filter(|foreign| **foreign).count()).unwrap_or(u32::MAX);
    sort_ticks(dump, &mut ticks);
    let flips = clock::jumps(&ticks);
    (fact.own_offset_flips, fact.own_flips_beside_utc) = (flips.pairs, flips.pairs_beside_utc);
    fact.own_offsets = clock::most_first(ticks.iter().filter_map(|tick| tick.offset).collect());
    fact.merge_owners = clock::most_first(merges).into_iter().map(|(owner, count)| (owner.to_owned(), count)).collect();
    fact.contributors = repository
        .contributors
        .and_then(|number| dump.contributors.get(number))
        .map(|(_, logins)| logins.iter().map(|login| login.to_string()).collect())
        .unwrap_or_default();
    let others = repository.authors.iter().filter_map(|&author| identities.get(author as usize));
    let others = others.filter(|identity| !identity.program && identity.ownership != Ownership::Own).count();
    fact.other_authors = u32::try_from(others).unwrap_or(u32::MAX);
    left_out.cut(&mut fact.merge_owners);
    left_out.cut(&mut fact.contributors);
    add_comparisons(dump, repository.name, &mut fact);
    sink.push(fact, listed.map_or(Place::Whole, |row| row.place.clone()));
}

/// From this time on the platform commits every merge of a pull request itself; older merges name who pressed the button.
const PLATFORM_COMMITS_MERGES: Timestamp = Timestamp::constant(1_514_764_800, 0);

/// Whether a merge of a pull request was committed by a person: written again after the platform had made it.
fn is_rewritten_merge(commit: &CommitRow<'_>) -> bool {
    commit.merge_owner.is_some()
        && commit.committed.or(commit.authored).is_some_and(|at| at.at >= PLATFORM_COMMITS_MERGES)
        && !commit.committer.trim().is_empty()
        && !service::is_platform(&commit.committer)
        && !service::is_program(&commit.committer, "")
}

/// Whether a committer is another person: no own address, not the platform, no program.
fn is_foreign_committer(committer: &str, identities: &[Identity<'_>]) -> bool {
    if committer.trim().is_empty() || service::is_platform(committer) || service::is_program(committer, "") {
        return false;
    }
    let canonical = match service::no_reply(committer) {
        Some(_) => committer.trim().to_lowercase(),
        None => canonical::email(committer),
    };
    !identities.iter().any(|identity| identity.ownership == Ownership::Own && identity.canonical == canonical)
}

fn add_comparisons(dump: &Dump<'_>, name: &str, fact: &mut GithubRepository) {
    for copy in dump.copies.iter().filter(|copy| copy.repo == name) {
        if copy.tree_equal {
            fact.tree_equals.get_or_insert_with(|| copy.repository.clone());
        }
        fact.copied_from.push(CopiedCommits {
            repository: copy.repository.clone(),
            same_hash: copy.same_hash,
            same_content_other_author: copy.same_content_other_author,
            first_seen: copy.first_seen,
        });
    }
    let elsewhere = dump.messages_elsewhere.iter().filter(|elsewhere| elsewhere.repo == name);
    // Several projects may have been compared; the one with most messages in common is the source.
    fact.messages_elsewhere = elsewhere.max_by_key(|elsewhere| elsewhere.found).map(|elsewhere| MessagesElsewhere {
        repository: elsewhere.repository.clone(),
        found: elsewhere.found,
        compared: elsewhere.compared,
    });
}

fn push_identities(dates: Dates<'_>, identities: &[Identity<'_>], left_out: &mut LeftOut, sink: &mut FactSink) {
    // A program that only committed what people wrote says nothing.
    let mut order: Vec<&Identity<'_>> =
        identities.iter().filter(|identity| !(identity.program && identity.rows.is_empty())).collect();
    order.sort_by(|left, right| {
        let rank = |identity: &Identity<'_>| (identity.ownership != Ownership::Own, usize::MAX - identity.rows.len());
        rank(left).cmp(&rank(right)).then_with(|| left.canonical.cmp(&right.canonical))
    });
    let own = order.iter().take_while(|identity| identity.ownership == Ownership::Own).count();
    let kept = order.len().min(own + OTHERS_KEPT);
    for identity in &order[..kept] {
        push_identity(dates, identity, left_out, sink);
    }
    push_names(&order[..own], sink);
    left_out.others += order.len() - kept;
}

fn push_identity(dates: Dates<'_>, identity: &Identity<'_>, left_out: &mut LeftOut, sink: &mut FactSink) {
    let dump = dates.dump;
    let commits: Vec<(u32, &CommitRow<'_>)> = identity.rows.iter().map(|&row| (row, &dump.commits[row as usize])).collect();
    let mut ticks: Vec<Tick> = commits.iter().filter_map(|&(row, commit)| dates.tick(row, commit)).collect();
    sort_ticks(dump, &mut ticks);
    let months = ticks.iter().filter_map(|tick| clock_month(dump, tick));
    let days = commits.iter().filter_map(|(_, commit)| commit.authored).map(|authored| authored.wall.date()).collect();
    let before = |(_, commit): &&(u32, &CommitRow<'_>)| {
        commit.authored.is_some_and(|authored| dump.created_at.is_some_and(|created| authored.at < created))
    };
    let mut names: Vec<(String, u32)> = identity.names.iter().map(|(name, count)| ((*name).to_owned(), *count)).collect();
    if let Some((name, _)) = identity.listed.filter(|(name, _)| !name.is_empty())
        && names.iter().all(|(known, _)| known != name)
    {
        names.push((name.to_owned(), 0));
    }
    let offsets = clock::most_first(ticks.iter().filter_map(|tick| tick.offset).collect());
    let instant = |tick: Option<&Tick>| tick.and_then(|tick| Timestamp::from_second(tick.second).ok());
    let mut fact = CommitIdentity {
        login: dump.login.to_string(),
        email: identity.email.to_owned(),
        canonical: identity.canonical.clone(),
        ownership: identity.ownership,
        own_because: identity.own_because.to_owned(),
        noreply_login: identity.no_reply.map(|no_reply| no_reply.login.to_owned()),
        names,
        commits: u32::try_from(commits.len()).unwrap_or(u32::MAX),
        before_account: u32::try_from(commits.iter().filter(before).count()).unwrap_or(u32::MAX),
        dated_by_platform: u32::try_from(ticks.iter().filter(|tick| tick.offset.is_none()).count()).unwrap_or(u32::MAX),
        examples: examples(dump, &ticks, &offsets),
        offsets,
        offsets_by_month: clock::by_month(months.collect()),
        clocks_by_repository: Vec::new(),
        clocks_left_out: 0,
        days: clock::distinct(days),
        repositories: u32::try_from(identity.repositories.len()).unwrap_or(u32::MAX),
        first: instant(ticks.first()),
        last: instant(ticks.last()),
    };
    left_out.cut(&mut fact.names);
    left_out.cut(&mut fact.offsets_by_month);
    if identity.ownership == Ownership::Own {
        let (kept, beyond) = repository_clocks(dump, &ticks);
        fact.clocks_by_repository = kept;
        fact.clocks_left_out = u32::try_from(beyond).unwrap_or(u32::MAX);
        left_out.clocks += beyond;
    }
    let listed_only = identity.listed.filter(|_| commits.is_empty()).and_then(|(_, number)| dump.unique_emails.get(number));
    sink.push(fact, listed_only.map_or(Place::Whole, |listed| listed.place.clone()));
    if identity.ownership == Ownership::Own {
        push_jump(dump, identity, &ticks, sink);
    }
}

/// Month and offset by the author's wall clock; nothing where the platform wrote the date.
fn clock_month(dump: &Dump<'_>, tick: &Tick) -> Option<(YearMonth, UtcOffset)> {
    let authored = dump.commits.get(tick.row as usize)?.authored?;
    Some((YearMonth::of_date(authored.wall.date()), tick.offset?))
}

/// Repositories per identity whose clocks are kept.
const CLOCK_REPOSITORIES: usize = 500;
/// Rows of months and offsets over all of them.
const CLOCK_ROWS: usize = 4_000;

/// Clocks of one repository before they are counted.
#[derive(Default)]
struct Gathered {
    days: u32,
    months: Vec<(YearMonth, UtcOffset)>,
    brought: Vec<(YearMonth, UtcOffset)>,
}

/// The clocks per repository of an identity whose commits are sorted by time, most commits first, and how many repositories are
/// beyond the limits.
fn repository_clocks(dump: &Dump<'_>, sorted: &[Tick]) -> (Vec<RepositoryClocks>, usize) {
    let made: HashMap<&str, Timestamp> =
        dump.repos.iter().rev().filter_map(|row| Some((row.name.as_str(), row.created?))).collect();
    let mut gathered: BTreeMap<&str, Gathered> = BTreeMap::new();
    let mut first_of_day: HashMap<Date, (i64, &str)> = HashMap::new();
    for tick in sorted {
        let (Some(commit), Some(month)) = (dump.commits.get(tick.row as usize), clock_month(dump, tick)) else { continue };
        let Some(authored) = commit.authored else { continue };
        let repository = gathered.entry(&commit.repo).or_default();
        repository.months.push(month);
        if made.get(commit.repo.as_ref()).is_some_and(|made| authored.at < *made) {
            repository.brought.push(month);
        }
        let day = authored.wall.date();
        let first = (tick.second, commit.repo.as_ref());
        first_of_day.entry(day).and_modify(|known| *known = first.min(*known)).or_insert(first);
    }
    for (_, repository) in first_of_day.into_values() {
        gathered.entry(repository).or_default().days += 1;
    }
    let mut clocks: Vec<(usize, RepositoryClocks)> = gathered
        .into_iter()
        .map(|(repository, Gathered { days, months, brought })| {
            let (commits, months, brought) = (months.len(), clock::by_month(months), clock::by_month(brought));
            (commits, RepositoryClocks { repository: repository.to_owned(), days, months, brought })
        })
        .collect();
    // Stable: of equal size, in order of names.
    clocks.sort_by_key(|(commits, _)| std::cmp::Reverse(*commits));
    let all = clocks.len();
    let mut rows = 0;
    let kept: Vec<RepositoryClocks> = clocks
        .into_iter()
        .map(|(_, clocks)| clocks)
        .take(CLOCK_REPOSITORIES)
        .take_while(|clocks| {
            rows += clocks.months.len() + clocks.brought.len();
            rows <= CLOCK_ROWS
        })
        .collect();
    let beyond = all - kept.len();
    (kept, beyond)
}

/// In order of time; of one second, in order of the hashes.
fn sort_ticks(dump: &Dump<'_>, ticks: &mut [Tick]) {
    let hash = |tick: &Tick| dump.commits.get(tick.row as usize).map(|commit| &commit.hash);
    ticks.sort_unstable_by(|left, right| left.second.cmp(&right.second).then_with(|| hash(left).cmp(&hash(right))));
}

/// The latest commit under each of the commonest offsets: what a person looks up to see for themselves.
fn examples(dump: &Dump<'_>, ticks: &[Tick], offsets: &[(UtcOffset, u32)]) -> Vec<CommitExample> {
    offsets
        .iter()
        .take(EXAMPLES)
        .filter_map(|(offset, _)| ticks.iter().rev().find(|tick| tick.offset == Some(*offset)))
        .filter_map(|tick| example(dump, tick))
        .collect()
}

fn example(dump: &Dump<'_>, tick: &Tick) -> Option<CommitExample> {
    let commit = dump.commits.get(tick.row as usize)?;
    Some(CommitExample {
        repository: commit.repo.to_string(),
        commit: commit.hash.to_string(),
        at: Timestamp::from_second(tick.second).ok()?,
        offset: tick.offset?,
    })
}

/// Author names of the account's own commits; a single word is a handle, not a name.
fn push_names(own: &[&Identity<'_>], sink: &mut FactSink) {
    let mut seen = HashSet::new();
    let names = own.iter().flat_map(|identity| &identity.names).map(|(name, _)| *name);
    let full = names.filter(|name| canonical::full_name(name).is_some_and(|words| seen.insert(words)));
    for name in full.take(NAMES_KEPT) {
        sink.push(PersonName { role: NameRole::Commit, full: name.to_owned(), ..PersonName::default() }, Place::Whole);
    }
}

fn push_jump(dump: &Dump<'_>, identity: &Identity<'_>, ticks: &[Tick], sink: &mut FactSink) {
    let found = clock::jumps(ticks);
    let Some((before, after)) = found.clearest else { return };
    let (Some(earlier), Some(later)) = (example(dump, &before), example(dump, &after)) else { return };
    let place = dump.commits.get(after.row as usize).map_or(Place::Whole, |commit| commit.place.clone());
    let jump = ClockJump {
        canonical: identity.canonical.clone(),
        earlier: earlier.at,
        from: earlier.offset,
        later: later.at,
        to: later.offset,
        pairs: found.pairs,
        days: found.days,
        pairs_beside_utc: found.pairs_beside_utc,
        commits: vec![earlier, later],
    };
    sink.push(jump, place);
}

fn push_activity(dump: &Dump<'_>, identities: &[Identity<'_>], left_out: &mut LeftOut, sink: &mut FactSink) {
    let own = identities.iter().filter(|identity| identity.ownership == Ownership::Own);
    let mut months: Vec<(YearMonth, u32)> = clock::most_first(
        own.flat_map(|identity| &identity.rows)
            .filter_map(|&row| dump.commits[row as usize].authored)
            .map(|authored| YearMonth::of_date(authored.wall.date()))
            .collect(),
    );
    months.sort_unstable();
    left_out.cut(&mut months);
    if !months.is_empty() {
        sink.push(CommitActivity { login: dump.login.to_string(), months }, Place::Whole);
    }
}
