//! JSON to [`Dump`].

use std::borrow::Cow;

use bonafide_formats::json::{Kind, Node};

use super::dump::{CommitRow, CopyRow, Dump, ElsewhereRow, ListedEmail, RepoRow};
use crate::{
    fields::{self, Fields},
    instant::Instant,
    remark::{RemarkKind, Remarks},
};

/// Most commits read of one dump.
const COMMITS: usize = 200_000;
/// Most accounts, repositories and addresses read of one list.
const LISTED: usize = 100_000;
/// Fields of a commit row, less what only the writer of the dump needs.
const ROW: usize = 10;

/// Whether an object is a profile dump: it names a login and holds something of an account.
pub(crate) fn is_dump(node: Node<'_>) -> bool {
    const TELLING: &[&str] =
        &["commits", "unique_emails", "contributors", "following", "repos", "public_repos", "potential_copy_repos"];
    node.get("login").is_some_and(|login| login.kind() == Kind::Text) && TELLING.iter().any(|key| node.get(key).is_some())
}

/// Reads a dump; `None` where it names no login.
pub(super) fn dump<'t>(node: Node<'t>, remarks: &Remarks) -> Option<Dump<'t>> {
    let fields = Fields::of(node, remarks)?;
    let Some(login) = fields.get("login").and_then(Node::as_str).filter(|login| !login.trim().is_empty()) else {
        remarks.say_of(RemarkKind::Unreadable, node, "a profile dump names its account in the field login; this one is left out");
        return None;
    };
    // Who follows the account, and what the collector thinks of it, is no statement of the account.
    fields.ignore(&[
        "followers",
        "group",
        "label",
        "has_bio",
        "has_blog",
        "has_public_email",
        "hireable",
        "external_commit_repos",
        "external_pr_repos",
    ]);
    let dump = Dump {
        login,
        name: fields.text("name"),
        bio: fields.long_text("bio"),
        readme: fields.long_text("readme"),
        avatar_phash: fields.get("avatar_phash").and_then(|node| phash(node, remarks)),
        created_at: fields.instant("created_at"),
        created_year: fields.u32("created_year").and_then(|year| i16::try_from(year).ok()),
        updated_at: fields.instant("updated_at"),
        country_claimed: fields.text("country_claimed"),
        public_repos: fields.u64("public_repos"),
        followers: fields.u64("followers_count").or_else(|| length(node.get("followers"))),
        following: fields.u64("following_count").or_else(|| length(node.get("following"))),
        potential_copies: fields.u64("potential_copy_repos"),
        follows: names(fields.get("following"), remarks).map(Cow::into_owned).collect(),
        repos: fields.objects("repos").filter_map(repo).collect(),
        contributors: contributors(fields.get("contributors"), remarks),
        unique_emails: unique_emails(fields.get("unique_emails"), remarks),
        copies: fields.objects("copies").map(copy).collect(),
        messages_elsewhere: fields.objects("messages_elsewhere").map(elsewhere).collect(),
        commits: commits(fields.get("commits"), remarks),
    };
    fields.finish();
    Some(dump)
}

/// A perceptual hash of 64 bits, as 16 hexadecimal digits in lower case.
pub(crate) fn phash(node: Node<'_>, remarks: &Remarks) -> Option<String> {
    let text = fields::short(node, remarks)?.to_lowercase();
    let hash = u64::from_str_radix(text.strip_prefix("0x").unwrap_or(&text), 16).ok().filter(|_| text.len() <= 18);
    if hash.is_none() {
        fields::expected("a perceptual hash of 16 hexadecimal digits", node, remarks);
    }
    hash.map(|hash| format!("{hash:016x}"))
}

fn length(node: Option<Node<'_>>) -> Option<u64> {
    let node = node.filter(|node| node.kind() == Kind::Array)?;
    Some(node.items().count() as u64).filter(|&count| count > 0)
}

fn names<'t>(node: Option<Node<'t>>, remarks: &Remarks) -> impl Iterator<Item = Cow<'t, str>> + use<'t> {
    if let Some(list) = node.filter(|node| node.items().nth(LISTED).is_some()) {
        remarks.say_of(RemarkKind::OverLimit, list, format!("only the first {LISTED} names are read"));
    }
    let texts = node.into_iter().flat_map(Node::items).take(LISTED).filter_map(Node::as_str);
    texts.filter(|name| !name.trim().is_empty())
}

fn repo(fields: Fields<'_, '_>) -> Option<RepoRow> {
    fields.ignore(&["size"]);
    let name = fields.text("name");
    if name.is_none() {
        fields.remarks().say_of(RemarkKind::Unreadable, fields.node(), "a repository without a name is left out");
    }
    let row = RepoRow {
        name: name?,
        fork: fields.bool("fork"),
        created: fields.any(&["created", "created_at"]).and_then(|node| fields::instant(node, fields.remarks())).map(|at| at.at),
        pushed: fields.any(&["pushed", "pushed_at"]).and_then(|node| fields::instant(node, fields.remarks())).map(|at| at.at),
        language: fields.any(&["lang", "language"]).and_then(|node| fields::short(node, fields.remarks())),
        stars: fields.u64("stars").unwrap_or(0),
        place: fields.place(),
    };
    fields.finish();
    Some(row)
}

fn contributors<'t>(node: Option<Node<'t>>, remarks: &Remarks) -> Vec<(Cow<'t, str>, Vec<Cow<'t, str>>)> {
    let entries = node.into_iter().flat_map(Node::entries).take(LISTED);
    entries.filter_map(|(key, value)| Some((key.as_str()?, names(Some(value), remarks).collect()))).collect()
}

/// The collector's list: address to name or login. In a commit whose author put his address in the name's place the two stand the
/// other way round; they are put right here.
fn unique_emails<'t>(node: Option<Node<'t>>, remarks: &Remarks) -> Vec<ListedEmail<'t>> {
    let Some(node) = node else { return Vec::new() };
    if node.kind() != Kind::Object {
        fields::expected("an object of addresses and names", node, remarks);
    }
    let pairs = node.entries().take(LISTED).filter_map(|(key, value)| {
        let (email, name) = (key.as_str()?, value.as_str().unwrap_or_default());
        let (email, name) = if !email.contains('@') && name.contains('@') { (name, email) } else { (email, name) };
        Some(ListedEmail { email, name, place: key.place() })
    });
    pairs.filter(|listed| !listed.email.trim().is_empty()).collect()
}

fn copy(fields: Fields<'_, '_>) -> CopyRow {
    let row = CopyRow {
        repo: fields.text("repo").unwrap_or_default(),
        repository: fields.text("repository").unwrap_or_default(),
        same_hash: fields.u32("same_hash").unwrap_or(0),
        same_content_other_author: fields.u32("same_content_other_author").unwrap_or(0),
        first_seen: fields.instant("first_seen"),
        tree_equal: fields.bool("tree_equal").unwrap_or(false),
    };
    fields.finish();
    row
}

fn elsewhere(fields: Fields<'_, '_>) -> ElsewhereRow {
    let row = ElsewhereRow {
        repo: fields.text("repo").unwrap_or_default(),
        repository: fields.text("repository").unwrap_or_default(),
        found: fields.u32("found").unwrap_or(0),
        compared: fields.u32("compared").unwrap_or(0),
    };
    fields.finish();
    row
}

fn commits<'t>(node: Option<Node<'t>>, remarks: &Remarks) -> Vec<CommitRow<'t>> {
    let Some(node) = node else { return Vec::new() };
    if node.items().nth(COMMITS).is_some() {
        remarks.say_of(RemarkKind::OverLimit, node, format!("only the first {COMMITS} commits are read"));
    }
    let mut rows = Vec::new();
    let mut unread: Option<(Node<'t>, usize)> = None;
    let mut undated: Option<(Node<'t>, usize)> = None;
    for item in node.items().take(COMMITS) {
        match commit(item) {
            Some(row) => {
                if row.authored.is_none() {
                    undated = Some(undated.map_or((item, 1), |(first, count)| (first, count + 1)));
                }
                rows.push(row);
            }
            None => unread = Some(unread.map_or((item, 1), |(first, count)| (first, count + 1))),
        }
    }
    if let Some((first, count)) = unread {
        remarks.say_of(RemarkKind::Unreadable, first, format!("{count} commits are no rows of {ROW} fields; they are left out"));
    }
    if let Some((first, count)) = undated {
        remarks.say_of(
            RemarkKind::Unreadable,
            first,
            format!("{count} commits have no readable author date; they count without it"),
        );
    }
    rows
}

fn commit<'t>(node: Node<'t>) -> Option<CommitRow<'t>> {
    let mut cells = [None; ROW];
    for (cell, item) in cells.iter_mut().zip(node.items()) {
        *cell = Some(item);
    }
    let text = |number: usize| cells[number].and_then(Node::as_str);
    let instant = |number: usize| text(number).and_then(|text| Instant::parse(&text));
    Some(CommitRow {
        repo: text(0)?,
        hash: text(1)?,
        name: text(2).unwrap_or_default(),
        email: text(3)?,
        authored: instant(4),
        committer: text(5).unwrap_or_default(),
        committed: instant(6),
        merge_owner: text(9).filter(|owner| !owner.is_empty()),
        place: node.place(),
    })
}
