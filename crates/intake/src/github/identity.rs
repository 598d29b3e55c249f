//! Whose identity an author address is.
//!
//! Author names and addresses in git are whatever the author typed, histories are copied between repositories, and services write
//! commits of their own. An address therefore is *somebody else's* unless something says otherwise, and what says so is kept with
//! it. The rules, strongest first:
//!
//! 1. a no-reply address with the account's login or its number (the number outlives a change of login, so old logins are found),
//! 2. an address that the application states,
//! 3. an author name that is the account's login, or the collector's list says the login for the address,
//! 4. the only author of a repository whose only contributor, in GitHub's own list, is the account: GitHub has linked the address,
//! 5. an author name that is the applicant's name, in a repository of the account that is no fork,
//! 6. the full name that stands on the account's no-reply address, in a repository of the account that is no fork,
//! 7. the one address without a GitHub account in repositories that have no contributor but the account, with commits only from
//!    after the repository was made.
//!
//! No-reply addresses of other accounts, programs and placeholders are never anybody's identity.

use std::collections::{BTreeSet, HashMap};

use bonafide_model::fact::Ownership;

use super::{dump::Dump, service};
use crate::canonical;

/// A commit may carry a date this much before its repository was made on GitHub and still belong to its making.
const MAKING_SECONDS: i64 = 600;

/// What the application says of its author, by which identities are recognised as the subject's own.
#[derive(Clone, Debug, Default)]
pub struct Claims {
    /// Canonical e-mail addresses.
    pub emails: Vec<String>,
    /// Names in full, former names included.
    pub names: Vec<String>,
}

/// One address with its commits.
#[derive(Debug)]
pub(super) struct Identity<'a> {
    pub(super) email: &'a str,
    pub(super) canonical: String,
    pub(super) no_reply: Option<service::NoReply<'a>>,
    pub(super) program: bool,
    /// Author names with their number, most first.
    pub(super) names: Vec<(&'a str, u32)>,
    /// Numbers of the commits in the dump, each hash once.
    pub(super) rows: Vec<u32>,
    /// The repositories with commits of this address.
    pub(super) repositories: Vec<Presence>,
    /// What the collector's list says for the address.
    pub(super) listed: Option<(&'a str, usize)>,
    pub(super) ownership: Ownership,
    pub(super) own_because: &'static str,
}

/// An address in one repository.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Presence {
    /// Number of the repository.
    pub(super) repo: u32,
    /// Its first commit there, in seconds since 1970; the beginning of time where a date could not be read.
    pub(super) first: i64,
}

/// One repository, as far as ownership depends on it.
#[derive(Debug)]
pub(super) struct Repository<'a> {
    pub(super) name: &'a str,
    /// Number in the dump's list of repositories.
    pub(super) listed: Option<usize>,
    /// Number in the dump's list of contributors.
    pub(super) contributors: Option<usize>,
    /// Numbers of its commits in the dump.
    pub(super) rows: Vec<u32>,
    /// Numbers of the identities with commits in it.
    pub(super) authors: Vec<u32>,
}

/// Decides on every identity.
pub(super) fn decide(dump: &Dump<'_>, identities: &mut [Identity<'_>], repositories: &[Repository<'_>], claims: &Claims) {
    let repos = Repos::of(dump, identities, repositories);
    let account = Account::of(dump, identities, &repos);
    let own_names: Vec<_> = claims.names.iter().filter_map(|name| canonical::full_name(name)).collect();
    for identity in identities.iter_mut() {
        (identity.ownership, identity.own_because) = first_pass(&account, identity, &repos, claims, &own_names);
    }
    by_name_of_the_account(identities, &repos);
    by_lone_unlinked_address(identities, &repos);
}

fn first_pass(
    account: &Account,
    identity: &Identity<'_>,
    repos: &Repos<'_>,
    claims: &Claims,
    own_names: &[BTreeSet<String>],
) -> (Ownership, &'static str) {
    if identity.program {
        return (Ownership::Bot, "");
    }
    if let Some(no_reply) = identity.no_reply {
        let own = account.is_login(no_reply.login) || no_reply.id.is_some_and(|id| account.ids.contains(id));
        return if own { (Ownership::Own, "no-reply address of the account") } else { (Ownership::Bot, "") };
    }
    let own = |because| (Ownership::Own, because);
    if claims.emails.contains(&identity.canonical) {
        return own("stated in the application");
    }
    let plain = identity.repositories.iter().any(|at| repos.is_the_accounts_alone(at.repo) || repos.has_no_list(at.repo));
    let is_login = |name: &str| account.is_login(name) && (account.distinctive || plain || identity.rows.is_empty());
    if identity.names.iter().any(|(name, _)| is_login(name)) {
        return own("its author name is the account's login");
    }
    if identity.listed.is_some_and(|(name, _)| is_login(name)) {
        return own("listed under the account's login");
    }
    if identity.repositories.iter().any(|at| repos.is_the_accounts_alone(at.repo) && repos.people(at.repo) == 1) {
        return own("only author of a repository whose only contributor is the account");
    }
    let in_own_repository = identity.repositories.iter().any(|at| !repos.is_fork(at.repo));
    if in_own_repository && identity.names.iter().any(|(name, _)| is_one_of(own_names, name)) {
        return own("its author name is the applicant's");
    }
    (Ownership::Other, "")
}

/// Rule 6.
fn by_name_of_the_account(identities: &mut [Identity<'_>], repos: &Repos<'_>) {
    let names: Vec<_> = identities
        .iter()
        .filter(|identity| identity.ownership == Ownership::Own && identity.no_reply.is_some())
        .flat_map(|identity| identity.names.iter().filter_map(|(name, _)| canonical::full_name(name)))
        .collect();
    for identity in identities.iter_mut().filter(|identity| identity.ownership == Ownership::Other) {
        let in_own_repository = identity.repositories.iter().any(|at| !repos.is_fork(at.repo));
        if in_own_repository
            && identity.names.iter().any(|(name, _)| canonical::full_name(name).is_some_and(|name| names.contains(&name)))
        {
            identity.ownership = Ownership::Own;
            identity.own_because = "bears the name that stands on the account's no-reply address";
        }
    }
}

/// Rule 7.
fn by_lone_unlinked_address(identities: &mut [Identity<'_>], repos: &Repos<'_>) {
    let mut strangers: HashMap<u32, u32> = HashMap::new();
    for identity in identities.iter().filter(|identity| !identity.program && identity.ownership != Ownership::Own) {
        for at in &identity.repositories {
            *strangers.entry(at.repo).or_insert(0) += 1;
        }
    }
    for identity in identities.iter_mut().filter(|identity| identity.ownership == Ownership::Other && !identity.rows.is_empty()) {
        let alone = |at: &Presence| {
            repos.is_the_accounts_alone(at.repo) && strangers.get(&at.repo) == Some(&1) && repos.is_from_its_making_on(*at)
        };
        if identity.repositories.iter().all(alone) {
            identity.ownership = Ownership::Own;
            identity.own_because = "only address without an account in repositories with no contributor but the account";
        }
    }
}

/// The account's logins, old and new, and its numbers.
struct Account {
    logins: Vec<String>,
    ids: BTreeSet<String>,
    /// Whether the login is no common word or name: it has a digit or a hyphen.
    distinctive: bool,
}

impl Account {
    fn of(dump: &Dump<'_>, identities: &[Identity<'_>], repos: &Repos<'_>) -> Self {
        let mut account = Self {
            logins: vec![dump.login.to_lowercase()],
            ids: BTreeSet::new(),
            distinctive: dump.login.len() >= 4 && dump.login.bytes().any(|byte| byte.is_ascii_digit() || byte == b'-'),
        };
        for identity in identities {
            let Some(service::NoReply { id: Some(id), login }) = identity.no_reply else { continue };
            // A no-reply address is linked by its number. Where GitHub's list knows no contributor but the account, the number
            // is the account's, whatever its login was when the commit was made.
            let by_list = || {
                identity.repositories.iter().any(|&at| {
                    repos.is_the_accounts_alone(at.repo) && repos.no_reply_ids(at.repo) == 1 && repos.is_from_its_making_on(at)
                })
            };
            if account.is_login(login) || (!identity.program && by_list()) {
                account.ids.insert(id.to_owned());
            }
        }
        for identity in identities {
            let Some(service::NoReply { id: Some(id), login }) = identity.no_reply else { continue };
            if account.ids.contains(id) && !account.is_login(login) {
                account.logins.push(login.to_lowercase());
            }
        }
        account
    }

    fn is_login(&self, name: &str) -> bool {
        let name = name.trim().trim_start_matches('@');
        !name.is_empty() && self.logins.iter().any(|login| name.len() == login.len() && name.eq_ignore_ascii_case(login))
    }
}

/// Answers on repositories by number.
struct Repos<'a> {
    dump: &'a Dump<'a>,
    repositories: &'a [Repository<'a>],
    /// Per repository: authors that are no programs.
    people: Vec<u32>,
    /// Per repository: accounts behind no-reply addresses.
    no_reply_ids: Vec<u32>,
    /// Per repository: whether GitHub lists the account as its only contributor, programs aside, and it is no fork.
    alone: Vec<bool>,
}

impl<'a> Repos<'a> {
    fn of(dump: &'a Dump<'a>, identities: &[Identity<'_>], repositories: &'a [Repository<'a>]) -> Self {
        let count = |keep: &dyn Fn(&Identity<'_>) -> bool| -> Vec<u32> {
            let many = |repository: &Repository<'_>| {
                repository.authors.iter().filter(|&&author| identities.get(author as usize).is_some_and(keep)).count()
            };
            repositories.iter().map(|repository| u32::try_from(many(repository)).unwrap_or(u32::MAX)).collect()
        };
        let people = count(&|identity| !identity.program);
        let no_reply_ids = count(&|identity| !identity.program && identity.no_reply.is_some_and(|address| address.id.is_some()));
        let alone = repositories
            .iter()
            .map(|repository| {
                let listed = repository.contributors.and_then(|number| dump.contributors.get(number));
                let fork = repository.listed.and_then(|number| dump.repos.get(number)).and_then(|row| row.fork);
                let mut people =
                    listed.into_iter().flat_map(|(_, logins)| logins).filter(|login| !service::is_program("", login));
                let only = people.next().is_some_and(|login| login.eq_ignore_ascii_case(&dump.login)) && people.next().is_none();
                only && fork != Some(true)
            })
            .collect();
        Self { dump, repositories, people, no_reply_ids, alone }
    }

    fn at(&self, repo: u32) -> Option<&Repository<'a>> {
        self.repositories.get(repo as usize)
    }

    fn row(&self, repo: u32) -> Option<&super::dump::RepoRow> {
        self.at(repo)?.listed.and_then(|number| self.dump.repos.get(number))
    }

    fn is_the_accounts_alone(&self, repo: u32) -> bool {
        self.alone.get(repo as usize).copied().unwrap_or(false)
    }

    /// Whether GitHub's list of contributors is missing for a repository that is not marked as a fork.
    fn has_no_list(&self, repo: u32) -> bool {
        self.at(repo).is_some_and(|repository| repository.contributors.is_none()) && !self.is_fork(repo)
    }

    fn is_fork(&self, repo: u32) -> bool {
        self.row(repo).and_then(|row| row.fork) == Some(true)
    }

    fn people(&self, repo: u32) -> u32 {
        self.people.get(repo as usize).copied().unwrap_or(0)
    }

    fn no_reply_ids(&self, repo: u32) -> u32 {
        self.no_reply_ids.get(repo as usize).copied().unwrap_or(0)
    }

    /// Whether an address wrote in a repository only after the repository was made on GitHub.
    fn is_from_its_making_on(&self, at: Presence) -> bool {
        self.row(at.repo).and_then(|row| row.created).is_some_and(|made| at.first >= made.as_second() - MAKING_SECONDS)
    }
}

/// Whether a name is one of the given ones; a middle name may be missing on either side.
fn is_one_of(names: &[BTreeSet<String>], name: &str) -> bool {
    canonical::full_name(name).is_some_and(|name| names.iter().any(|own| name.is_subset(own) || own.is_subset(&name)))
}
