//! # What it finds
//! Own commits under three or more mailboxes of free providers.
//!
//! # Why it matters
//! Personas rotate mailboxes. Ordinary developers have one for themselves and one for each employer.
//!
//! # Innocent explanations
//! - A mailbox for work, one for studies and one of one's own: mailboxes of firms, schools and own domains are not counted.
//! - A change of provider, or an address kept for public code.
//!
//! # What to ask next
//! - Which of these mailboxes do you still use?
//!
//! # Sources
//! - Signal ONL-009: gh-fake-analyzer (*identity rotation*); own measurement: 8.4 % of ordinary developers with 20 commits or more.

use crate::{
    prelude::*,
    support::{
        git,
        words::{count, list, total},
    },
};

pub(crate) const META: CheckMeta = CheckMeta {
    code: CheckCode::new("BF-ONL-009"),
    slug: "many-addresses-under-one-name",
    stage: Stage::OnlinePresence,
    title: "Many e-mails under one name",
    summary: "The mailboxes of free providers in own commits.",
    since: "0.1.0",
    status: Status::Preview,
    strength: Strength::Weak,
    family: Family::CommitIdentity,
    facts: &[FactKind::CommitIdentity],
    flags: Flags::NONE,
};

/// The measured rule: three or more addresses of an author with 20 commits or more.
const ADDRESSES: usize = 3;
const COMMITS: u32 = 20;

pub(crate) fn run(dossier: &Dossier, lens: &Lens<'_>) -> Result<Outcome, Early> {
    use bonafide_model::lens::MailProvider;
    // A no-reply address is an alias that the platform gives to every account.
    let mut own: Vec<_> = git::own_identities(dossier).into_iter().filter(|identity| identity.noreply_login.is_none()).collect();
    if own.is_empty() {
        return Err(Early::not_applicable("no own commits with a mailbox in the dossier"));
    }
    own.sort_by(|left, right| left.canonical.cmp(&right.canonical));
    own.dedup_by(|left, right| left.canonical == right.canonical);
    let commits = total(own.iter().map(|identity| identity.commits));
    let mailboxes = own.len();
    let mut free = Vec::new();
    if mailboxes >= ADDRESSES {
        for identity in own {
            let Some((_, domain)) = identity.payload.canonical.rsplit_once('@') else { continue };
            if lens.mail_provider(domain)? != MailProvider::Other {
                free.push(identity);
            }
        }
    }
    let examined = format!("{} in {}", count(mailboxes, "mailbox"), count(commits, "own commit"));
    if free.len() < ADDRESSES || commits < COMMITS {
        return Ok(Outcome::clear(examined));
    }
    let addresses: Vec<&str> = free.iter().map(|identity| identity.email.as_str()).collect();
    let mut evidence = free.iter().take(6).map(|identity| {
        observed(identity, format!("{}, {}", identity.email, count(identity.commits, "own commit")))
            .relates("is one of", Compared::bound("mailboxes of one author", addresses.len().to_string()))
    });
    let Some(first) = evidence.next() else { return Ok(Outcome::clear(examined)) };
    let rest: Vec<Evidence> = evidence.collect();
    let summary = format!("Own commits stand under {} of free providers: {}.", count(addresses.len(), "mailbox"), list(&addresses, 4));
    let finding = Finding::new(Strength::Weak, summary, first).and_all(rest).rated("git.three_or_more_emails_per_name");
    Ok(Outcome::Findings(vec![finding]))
}
