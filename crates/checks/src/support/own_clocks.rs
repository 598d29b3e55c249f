//! The author clocks of a person's own commits, repository by repository, with borrowed histories set aside.

use std::collections::BTreeMap;

use super::{
    borrowed::{self, Borrowed},
    foreign_histories, git,
    words::{at_least, count, grouped, list, total},
};
use crate::prelude::*;

const HALF_PERCENT: u64 = 50;
/// So many repositories are named; a reader looks up no more.
const NAMED: usize = 3;

/// Clocks with their commits.
pub(crate) type Clocks = Vec<(UtcOffset, u32)>;
/// Clocks by month.
pub(crate) type Months = BTreeMap<YearMonth, Clocks>;

/// What the clocks of own commits say.
pub(crate) struct OwnClocks<'d> {
    /// Own identities with a commit under an author clock outside borrowed histories.
    pub(crate) identities: Vec<IdentityClocks<'d>>,
    /// What was left out.
    pub(crate) set_aside: Vec<SetAside<'d>>,
}

/// One own identity.
pub(crate) struct IdentityClocks<'d> {
    /// The identity.
    pub(crate) identity: Known<'d, CommitIdentity>,
    /// Its commits by repository, month and clock.
    pub(crate) rows: Vec<Row<'d>>,
    days: u32,
}

/// Commits of one identity in one repository and month, under one clock.
#[derive(Clone, Copy)]
pub(crate) struct Row<'d> {
    /// The repository; `None` where facts do not tell.
    pub(crate) repository: Option<&'d str>,
    /// Month by the author's wall clock.
    pub(crate) month: YearMonth,
    /// The author's clock.
    pub(crate) clock: UtcOffset,
    /// Commits.
    pub(crate) commits: u32,
    /// Whether the commits are older than the repository on the platform: brought there, not made there.
    pub(crate) imported: bool,
}

/// A borrowed history with own commits under an author clock.
pub(crate) struct SetAside<'d> {
    /// The repository, and what shows that its history is borrowed.
    pub(crate) history: Borrowed<'d>,
    /// Own commits left out.
    pub(crate) commits: u32,
}

impl<'d> OwnClocks<'d> {
    /// Reads them from a dossier; `None` where no own identity has an author clock.
    ///
    /// # Errors
    /// [`Early::Inconclusive`] where facts do not tell the repositories of commits half of which are borrowed.
    pub(crate) fn of(dossier: &'d Dossier, present: YearMonth) -> Result<Option<Self>, Early> {
        let own: Vec<_> =
            git::own_identities(dossier).into_iter().filter(|identity| !identity.offsets_by_month.is_empty()).collect();
        if own.is_empty() {
            return Ok(None);
        }
        let mut set_aside: Vec<SetAside<'d>> =
            borrowed::histories(dossier).into_iter().map(|history| SetAside { history, commits: 0 }).collect();
        if let Some(missing) = inseparable(&own, &set_aside) {
            return Err(Early::inconclusive(Need::Facts, missing));
        }
        let mut identities = Vec::new();
        for identity in own {
            let clocks = identity_clocks(identity, &mut set_aside, present);
            if !clocks.rows.is_empty() {
                identities.push(clocks);
            }
        }
        set_aside.retain(|aside| aside.commits > 0);
        let mut this = Self { identities, set_aside };
        this.sort_set_aside();
        Ok(Some(this))
    }

    /// Sets aside what was brought from several places at one time as well: nobody lives in two.
    pub(crate) fn without_foreign_histories(mut self, dossier: &'d Dossier) -> Self {
        let repositories: Vec<_> = dossier.all::<GithubRepository>().filter(|repository| repository.fork != Some(true)).collect();
        let Some(foreign) = foreign_histories::of_several_places(&self, &repositories).filter(|foreign| foreign.at_one_time)
        else {
            return self;
        };
        for history in foreign.histories {
            let is_of = |identity: &IdentityClocks<'d>, row: &Row<'d>| {
                row.imported
                    && row.repository == Some(history.repository.payload.name.as_str())
                    && identity.identity.login.eq_ignore_ascii_case(&history.repository.login)
            };
            let mut commits = 0_u32;
            for identity in &mut self.identities {
                let (theirs, own): (Vec<Row<'d>>, Vec<Row<'d>>) =
                    std::mem::take(&mut identity.rows).into_iter().partition(|row| is_of(identity, row));
                commits = commits.saturating_add(total(theirs.iter().map(|row| row.commits)));
                identity.rows = own;
            }
            let because = format!("one of {} places at one time, none of which the applicant works by", foreign.places.len());
            self.set_aside.push(SetAside { history: Borrowed { repository: history.repository, because }, commits });
        }
        for identity in &mut self.identities {
            let left =
                |clocks: &&RepositoryClocks| identity.rows.iter().any(|row| row.repository == Some(clocks.repository.as_str()));
            identity.days = total(identity.identity.payload.clocks_by_repository.iter().filter(left).map(|clocks| clocks.days));
        }
        self.identities.retain(|identity| !identity.rows.is_empty());
        self.sort_set_aside();
        self
    }

    fn sort_set_aside(&mut self) {
        self.set_aside.sort_by(|left, right| {
            let name = |aside: &SetAside<'d>| &aside.history.repository.payload.name;
            right.commits.cmp(&left.commits).then_with(|| name(left).cmp(name(right)))
        });
    }

    /// The clocks of all own identities per month, of the rows that `keep` picks.
    pub(crate) fn by_month(&self, keep: impl Fn(&Row<'d>) -> bool) -> Months {
        let mut months = Months::new();
        for row in self.rows().filter(|row| keep(row)) {
            months.entry(row.month).or_default().push((row.clock, row.commits));
        }
        months
    }

    /// All rows.
    pub(crate) fn rows(&self) -> impl Iterator<Item = &Row<'d>> {
        self.identities.iter().flat_map(|identity| &identity.rows)
    }

    /// Days with commits of the busiest identity: two identities may share their days.
    pub(crate) fn days(&self) -> u32 {
        self.identities.iter().map(|identity| identity.days).max().unwrap_or(0)
    }

    /// Commits left out, in words: `1,018 in market-app and bridge (borrowed: …)`; `None` where nothing was.
    pub(crate) fn set_aside_in_words(&self) -> Option<String> {
        let names: Vec<&str> = self.set_aside.iter().map(|aside| aside.history.repository.payload.name.as_str()).collect();
        let commits = total(self.set_aside.iter().map(|aside| aside.commits));
        // Where nothing is borrowed the sums over all repositories are judged, and nothing is left out.
        let beyond = total(
            self.identities.iter().filter(|clocks| clocks.is_by_repository()).map(|clocks| clocks.identity.clocks_left_out),
        );
        let beyond = match beyond {
            0 => String::new(),
            _ => format!(", and {} beyond the limit of what is kept", count(beyond, "small repository")),
        };
        (!names.is_empty()).then(|| format!("{} in {}{beyond}", grouped(u64::from(commits)), list(&names, NAMED)))
    }
}

impl IdentityClocks<'_> {
    fn is_by_repository(&self) -> bool {
        self.rows.iter().any(|row| row.repository.is_some())
    }

    /// The repositories of rows, in words, most commits first: `app (20) and tools (4)`; `None` where facts do not tell.
    pub(crate) fn repositories_in_words(&self, keep: impl Fn(&Row<'_>) -> bool) -> Option<String> {
        let mut commits: BTreeMap<&str, u32> = BTreeMap::new();
        for row in self.rows.iter().filter(|row| keep(row)) {
            let sum = commits.entry(row.repository?).or_default();
            *sum = sum.saturating_add(row.commits);
        }
        let mut commits: Vec<(&str, u32)> = commits.into_iter().collect();
        commits.sort_by_key(|(_, commits)| std::cmp::Reverse(*commits));
        let words: Vec<String> =
            commits.iter().map(|(name, commits)| format!("{name} ({})", grouped(u64::from(*commits)))).collect();
        (!words.is_empty()).then(|| list(&words, NAMED))
    }
}

fn identity_clocks<'d>(
    identity: Known<'d, CommitIdentity>,
    set_aside: &mut [SetAside<'d>],
    present: YearMonth,
) -> IdentityClocks<'d> {
    let fact = identity.payload;
    // Dates in the future are a tool's.
    let dated = |months: &'d [(YearMonth, UtcOffset, u32)]| months.iter().copied().filter(move |(month, ..)| *month <= present);
    let is_of = |aside: &SetAside<'d>| aside.history.repository.login.eq_ignore_ascii_case(&fact.login);
    if fact.clocks_by_repository.is_empty() || (fact.clocks_left_out > 0 && !set_aside.iter().any(is_of)) {
        let rows = dated(&fact.offsets_by_month)
            .map(|(month, clock, commits)| Row { repository: None, month, clock, commits, imported: false })
            .collect();
        return IdentityClocks { identity, rows, days: fact.days };
    }
    let (mut rows, mut days, mut whole) = (Vec::new(), 0_u32, fact.clocks_left_out == 0);
    for clocks in &fact.clocks_by_repository {
        let aside = set_aside.iter_mut().find(|aside| is_of(aside) && aside.history.repository.name == clocks.repository);
        if let Some(aside) = aside {
            whole = false;
            aside.commits = aside.commits.saturating_add(total(dated(&clocks.months).map(|(.., commits)| commits)));
            continue;
        }
        days = days.saturating_add(clocks.days);
        for (month, clock, commits) in dated(&clocks.months) {
            let of_row = |(of, at, _): &&(YearMonth, UtcOffset, u32)| (*of, *at) == (month, clock);
            let brought = clocks.brought.iter().find(of_row).map_or(0, |(.., brought)| commits.min(*brought));
            let row =
                Row { repository: Some(clocks.repository.as_str()), month, clock, commits: commits - brought, imported: false };
            rows.extend([row, Row { commits: brought, imported: true, ..row }].into_iter().filter(|row| row.commits > 0));
        }
    }
    // A repository beyond the limit may be a borrowed one: nothing is judged of which the repository is not known.
    IdentityClocks { identity, rows, days: if whole { fact.days } else { days } }
}

/// What is missing where borrowed commits, half or more of all, cannot be told from the others: facts that were read before clocks
/// were kept by repository.
fn inseparable(own: &[Known<'_, CommitIdentity>], borrowed: &[SetAside<'_>]) -> Option<String> {
    let blind: Vec<_> = own.iter().filter(|identity| identity.clocks_by_repository.is_empty()).collect();
    let theirs: Vec<_> = borrowed
        .iter()
        .map(|aside| aside.history.repository)
        .filter(|repository| blind.iter().any(|identity| identity.login.eq_ignore_ascii_case(&repository.login)))
        .collect();
    let commits = total(theirs.iter().map(|repository| repository.own_commits));
    let all = total(blind.iter().map(|identity| identity.commits));
    at_least(u64::from(commits), u64::from(all), HALF_PERCENT)
        .then(|| format!("own commits outside {} that bear marks of rewriting (BF-ONL-006)", count(theirs.len(), "repository")))
}
