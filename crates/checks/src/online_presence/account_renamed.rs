//! # What it finds
//! Two or more other logins of the same account: no-reply addresses of the account's own number, or of its own commits, that hold a
//! login other than the present one. A single rename is named and is no finding; every old login is compared with indicators elsewhere.
//!
//! # Why it matters
//! Logins are changed after a dismissal or after a list was published. What the account did under its old name can be looked up
//! under that name only.
//!
//! # Innocent explanations
//! - An ordinary rename: a new name, a marriage, a transition, a login taken in one's youth.
//! - An employer's rule that accounts bear the name of the firm.
//! - Two accounts of one person, one of them kept for work.
//!
//! # What to ask next
//! - Under which other names have you published code?
//!
//! # Sources
//! - Signal ONL-015: SEAL, ZachXBT.
//! - No-reply addresses hold the account's number and its login at the time of the commit (GitHub documentation).

use std::collections::BTreeMap;

use crate::{
    prelude::*,
    support::{
        git,
        words::{count, list},
    },
};

pub(crate) const META: CheckMeta = CheckMeta {
    code: CheckCode::new("BF-ONL-015"),
    slug: "account-renamed",
    stage: Stage::OnlinePresence,
    title: "Account renamed",
    summary: "Logins inside the account's own no-reply addresses against its present login.",
    since: "0.1.0",
    status: Status::Preview,
    strength: Strength::Medium,
    family: Family::Account,
    facts: &[FactKind::CommitIdentity],
    flags: Flags::NONE,
};

/// One earlier login is an ordinary rename, after a marriage, a transition or a change of firm, and no finding; three are a habit.
const MORE_THAN_ONE: usize = 2;
const SEVERAL: usize = 3;

pub(crate) fn run(dossier: &Dossier, _lens: &Lens<'_>) -> Result<Outcome, Early> {
    let own: Vec<_> = git::own_identities(dossier).into_iter().filter(|identity| !identity.login.is_empty()).collect();
    let addressed: Vec<_> = own.iter().filter_map(|identity| Some((identity, identity.noreply_login.as_deref()?))).collect();
    if addressed.is_empty() {
        return Err(Early::not_applicable("no own commits with a no-reply address in the dossier"));
    }
    let mut former: BTreeMap<String, &Known<'_, CommitIdentity>> = BTreeMap::new();
    for (identity, login) in &addressed {
        if !login.eq_ignore_ascii_case(&identity.login) {
            former.entry(login.to_lowercase()).or_insert(identity);
        }
    }
    let mut evidence = former.iter().map(|(login, identity)| {
        observed(*identity, format!("{login}, {}", count(identity.commits, "own commit")))
            .relates("differs from", Compared::bound("present login", identity.login.clone()))
    });
    let logins: Vec<&String> = former.keys().collect();
    let examined = format!("the logins in {}", count(addressed.len(), "own no-reply address"));
    let Some(first) = evidence.next() else { return Ok(Outcome::clear(examined)) };
    if logins.len() < MORE_THAN_ONE {
        return Ok(Outcome::clear(format!("{examined}; it was {} before, which is an ordinary rename", list(&logins, 1))));
    }
    let finding = Finding::new(
        if former.len() >= SEVERAL { Strength::Medium } else { Strength::Weak },
        format!("The account committed as {} before.", list(&logins, 4)),
        first,
    )
    .and_all(evidence);
    Ok(Outcome::Findings(vec![finding]))
}
