//! The shape of a profile dump, before anything is made of it.

use std::borrow::Cow;

use bonafide_model::{place::Place, time::UtcOffset};
use bonafide_normalise::timezone;
use jiff::Timestamp;

use super::service;
use crate::instant::Instant;

/// One account's dump.
#[derive(Clone, Debug, Default)]
pub(super) struct Dump<'a> {
    pub(super) login: Cow<'a, str>,
    pub(super) name: Option<String>,
    pub(super) bio: Option<String>,
    pub(super) readme: Option<String>,
    pub(super) avatar_phash: Option<String>,
    pub(super) created_at: Option<Timestamp>,
    pub(super) created_year: Option<i16>,
    pub(super) updated_at: Option<Timestamp>,
    pub(super) country_claimed: Option<String>,
    pub(super) public_repos: Option<u64>,
    pub(super) followers: Option<u64>,
    pub(super) following: Option<u64>,
    pub(super) potential_copies: Option<u64>,
    pub(super) follows: Vec<String>,
    pub(super) repos: Vec<RepoRow>,
    pub(super) contributors: Vec<(Cow<'a, str>, Vec<Cow<'a, str>>)>,
    pub(super) unique_emails: Vec<ListedEmail<'a>>,
    pub(super) copies: Vec<CopyRow>,
    pub(super) messages_elsewhere: Vec<ElsewhereRow>,
    pub(super) commits: Vec<CommitRow<'a>>,
}

/// A repository as GitHub lists it.
#[derive(Clone, Debug, Default)]
pub(super) struct RepoRow {
    pub(super) name: String,
    pub(super) fork: Option<bool>,
    pub(super) created: Option<Timestamp>,
    pub(super) pushed: Option<Timestamp>,
    pub(super) language: Option<String>,
    pub(super) stars: u64,
    pub(super) place: Place,
}

/// An address in the collector's list, with the name or login it stands for.
#[derive(Clone, Debug, Default)]
pub(super) struct ListedEmail<'a> {
    pub(super) email: Cow<'a, str>,
    pub(super) name: Cow<'a, str>,
    pub(super) place: Place,
}

/// Commits that a collector found in another repository as well.
#[derive(Clone, Debug, Default)]
pub(super) struct CopyRow {
    pub(super) repo: String,
    pub(super) repository: String,
    pub(super) same_hash: u32,
    pub(super) same_content_other_author: u32,
    pub(super) first_seen: Option<Timestamp>,
    pub(super) tree_equal: bool,
}

/// Commit messages that a collector found in another repository as well.
#[derive(Clone, Debug, Default)]
pub(super) struct ElsewhereRow {
    pub(super) repo: String,
    pub(super) repository: String,
    pub(super) found: u32,
    pub(super) compared: u32,
}

/// One commit.
#[derive(Clone, Debug, Default)]
pub(super) struct CommitRow<'a> {
    pub(super) repo: Cow<'a, str>,
    pub(super) hash: Cow<'a, str>,
    pub(super) name: Cow<'a, str>,
    pub(super) email: Cow<'a, str>,
    pub(super) authored: Option<Instant>,
    pub(super) committer: Cow<'a, str>,
    pub(super) committed: Option<Instant>,
    pub(super) merge_owner: Option<Cow<'a, str>>,
    pub(super) place: Place,
}

impl CommitRow<'_> {
    /// Whether the platform wrote the author date, so that its clock says nothing about the author.
    ///
    /// A commit made on the web has the platform as committer. The browser's time zone stands in both dates where the browser told
    /// it; merges by an app or through the API, and edits of browsers that keep their zone to themselves, are dated in UTC or by
    /// the clock of California, where the platform stands. The latter counts only where the account's owner keeps that clock on a
    /// machine of their own (`keeps_platform_clock`). A rebase on the web has the platform as committer in UTC and keeps the
    /// author's own date with the author's own clock: any other clock is always the author's.
    pub(super) fn dated_by_platform(&self, keeps_platform_clock: bool) -> bool {
        let Some(authored) = self.authored else { return false };
        let same = self.committed.is_none_or(|committed| committed.offset == authored.offset);
        let platforms = authored.offset == UtcOffset::UTC || (!keeps_platform_clock && is_platform_clock(authored));
        same && platforms && service::is_platform(&self.committer)
    }

    /// Whether the commit was made on a machine of its author, whose clock is not that of a server.
    pub(super) fn on_a_machine_off_utc(&self) -> bool {
        !service::is_platform(&self.committer) && self.authored.is_some_and(|authored| authored.offset != UtcOffset::UTC)
    }

    /// Whether the author date bears the clock of the platform's home.
    pub(super) fn bears_platform_clock(&self) -> bool {
        self.authored.is_some_and(is_platform_clock)
    }
}

/// Zone of the platform's home, in which it dates what no browser dates.
const PLATFORM_ZONE: &str = "America/Los_Angeles";
/// Its clocks, standard time and summer time: whatever bears another offset need not be looked up.
const PLATFORM_MINUTES: [i32; 2] = [-8 * 60, -7 * 60];

/// Whether a date bears the clock that was legal at the platform's home on that very day: a neighbour without summer time is told
/// from it for half of the year.
fn is_platform_clock(at: Instant) -> bool {
    let day = at.wall.date();
    PLATFORM_MINUTES.contains(&at.offset.minutes())
        && timezone::zone_offsets(PLATFORM_ZONE, day, day).is_some_and(|legal| legal.contains(&at.offset))
}
