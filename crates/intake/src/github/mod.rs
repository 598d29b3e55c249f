//! GitHub profile dumps to facts.
//!
//! A dump is one JSON object for one account, as collectors write it: profile fields, the accounts it follows, its repositories
//! with GitHub's list of contributors, and commits as rows of
//! `[repository, hash, author name, author address, author date, committer address, committer date, message hash, message length,
//! owner in "Merge pull request" or null]`. Single commits do not become facts: they are folded into summaries per repository and
//! per author address. Each part may be missing.
//!
//! What the fold takes care of:
//! - whose identity an author address is: see the rules in `identity.rs`; the reason is kept with the fact;
//! - clocks: offsets come from author dates, never from committer dates; dates that the platform wrote in UTC for commits made on
//!   the web do not count as the author's clock;
//! - commits that stand in several repositories of the account count once for their author;
//! - upstream history of forks and merged work of others stays theirs;
//! - who follows the account is no fact: nobody chooses their followers.

mod clock;
mod dump;
mod fold;
mod identity;
mod read;
mod service;

use bonafide_formats::{
    json::{self, Kind, Node, Origin},
    limits::Limits,
};
use bonafide_model::fact::FactSink;

pub use identity::Claims;
pub(crate) use read::{is_dump, phash};

use crate::{
    error::Error,
    remark::{Remark, RemarkKind, Remarks},
};

/// Reads a dump: one object, a list of objects, or one object a line.
///
/// `claims` is what the application says of its author; it helps to recognise identities as the subject's own.
///
/// # Errors
/// [`Error::Read`] where the bytes are no JSON or exceed the limits, [`Error::NotADump`] where no object names a login.
pub fn read(bytes: &[u8], claims: &Claims, limits: &Limits, sink: &mut FactSink) -> Result<Vec<Remark>, Error> {
    let name = sink.source().name.clone();
    let remarks = Remarks::on(&name);
    let accounts = match json::parse(bytes, limits) {
        Ok(tree) => {
            crate::reading::note_tree(&tree, &remarks);
            let root = tree.root();
            let objects = (root.kind() == Kind::Object).then_some(root).into_iter().chain(root.items());
            objects.map(|node| usize::from(read_account(node, claims, sink, &remarks))).sum()
        }
        Err(error) => match read_lines(bytes, claims, limits, sink, &remarks) {
            0 => return Err(Error::Read { name, source: error }),
            accounts => accounts,
        },
    };
    if accounts == 0 {
        return Err(Error::NotADump { name });
    }
    Ok(remarks.into_list())
}

/// The login of a dump.
pub(crate) fn login(node: Node<'_>) -> Option<String> {
    let login = node.get("login").and_then(Node::as_str)?;
    let login = login.trim();
    (!login.is_empty() && login.len() <= 100).then(|| login.to_owned())
}

/// The login of a file that is one account's dump and nothing else.
pub(crate) fn lone_login(bytes: &[u8], limits: &Limits) -> Option<String> {
    login(json::parse(bytes, limits).ok()?.root())
}

/// Folds one account's object; `false` where it is no dump.
pub(crate) fn read_account(node: Node<'_>, claims: &Claims, sink: &mut FactSink, remarks: &Remarks) -> bool {
    let Some(dump) = read::dump(node, remarks) else { return false };
    let left_out = fold::fold(&dump, claims, sink);
    if let Some(told) = left_out.told() {
        remarks.say_of(RemarkKind::OverLimit, node, told);
    }
    true
}

fn read_lines(bytes: &[u8], claims: &Claims, limits: &Limits, sink: &mut FactSink, remarks: &Remarks) -> usize {
    let mut accounts = 0;
    let mut origin = Origin::default();
    for line in bytes.split_inclusive(|&byte| byte == b'\n') {
        if !line.trim_ascii().is_empty() {
            match json::parse_at(line, origin, limits) {
                Ok(tree) => accounts += usize::from(read_account(tree.root(), claims, sink, remarks)),
                // The first line decides whether this is one object a line at all.
                Err(_) if accounts == 0 => return 0,
                Err(error) => remarks.say_line(RemarkKind::Unreadable, origin.line, error.to_string()),
            }
        }
        origin = Origin { line: origin.line.saturating_add(1), offset: origin.offset + line.len() as u64 };
    }
    accounts
}

#[cfg(test)]
mod tests;
