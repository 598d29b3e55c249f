//! Wording of rings: which of the subject's own facts tie it to others.

use bonafide_model::lens::{Tie, TieKind, Tied};
use bonafide_normalise::login;

use super::words::list;
use crate::prelude::*;

/// Pieces of evidence of one ring that are shown.
const SHOWN: usize = 12;

/// The subject's own fact behind a tie, with its value as the subject states it.
fn own(dossier: &Dossier, tie: &Tie) -> Option<(String, Side)> {
    let value = tie.value.as_str();
    match tie.what {
        TieKind::Phone => side(dossier.all::<Phone>().find(|phone| ends_like(phone, value)), |phone| phone.raw.clone()),
        TieKind::Device => {
            let device = dossier.all::<ClientDevice>().find(|device| device.device_id.as_deref() == Some(value));
            side(device, |_| value.to_owned())
        }
        TieKind::Ip => side(dossier.all::<ClientIp>().find(|ip| ip.ip == value), |ip| ip.ip.clone()),
        TieKind::Wallet => {
            let same = |wallet: &Known<'_, Wallet>| wallet.canonical.eq_ignore_ascii_case(value);
            side(dossier.all::<Wallet>().find(same), |wallet| wallet.address.clone())
        }
        // The value stands for a group of pictures that look alike.
        TieKind::Avatar => {
            let avatar =
                dossier.all::<Picture>().find(|picture| matches!(picture.role, PictureRole::Avatar | PictureRole::Profile));
            side(avatar, |picture| picture.name.clone())
        }
        TieKind::Mailbox => {
            let email = dossier.all::<Email>().find(|email| email.canonical == value);
            side(email, |email| email.address.clone()).or_else(|| {
                let identity = dossier.all::<CommitIdentity>().find(|identity| identity.canonical == value);
                side(identity, |identity| identity.email.clone())
            })
        }
        TieKind::Account => {
            let account = dossier.all::<GithubAccount>().find(|account| account.login.to_lowercase() == value);
            side(account, |account| account.login.clone()).or_else(|| {
                let link = dossier.all::<Link>().find(|link| is_account(link, value));
                side(link, |link| link.url.clone())
            })
        }
        TieKind::Alias => {
            let says = |login: &str| login::word(login, &[]).as_deref() == Some(value);
            let local = |address: &str| address.rsplit_once('@').is_some_and(|(local, _)| says(local));
            let email = side(dossier.all::<Email>().find(|email| local(&email.address)), |email| email.address.clone());
            let email = email.or_else(|| {
                let identity = dossier.all::<CommitIdentity>().find(|identity| local(&identity.canonical));
                side(identity, |identity| identity.email.clone())
            });
            let account = || {
                let account = dossier.all::<GithubAccount>().find(|account| says(&account.login));
                side(account, |account| account.login.clone())
            };
            email.or_else(account).or_else(|| {
                let link = dossier.all::<Link>().find(|link| link.handle.as_deref().is_some_and(says));
                side(link, |link| link.url.clone())
            })
        }
        TieKind::DocumentRoot => {
            let root =
                |property: &Known<'_, DocumentProperty>| property.name == "rsid_root" && property.value.to_lowercase() == value;
            side(dossier.all::<DocumentProperty>().find(root), |property| property.value.clone())
        }
        TieKind::Phrases => side(dossier.first::<ResumeText>(), |_| format!("“{}”", super::words::short(value, 90))),
        TieKind::Employers => {
            side(dossier.all::<Work>().find(|work| work.employer.to_lowercase() == value), |work| work.employer.clone())
        }
    }
}

/// Whether a link is to an account that is written as a login, on other services than the code host with the service before it.
fn is_account(link: &Link, account: &str) -> bool {
    let handle = link.handle.as_deref();
    match account.split_once(':') {
        Some((_, login)) => link.service != LinkKind::Github && handle == Some(login),
        None => link.service == LinkKind::Github && handle == Some(account),
    }
}

/// How the subject's value relates to the other subject.
fn relation(what: TieKind) -> String {
    match what {
        TieKind::Alias => "is made of the same word as a login of".to_owned(),
        TieKind::Phrases => "stands, figures and names aside, in the résumé of".to_owned(),
        TieKind::Employers => "is also claimed by".to_owned(),
        lone => format!("is also the {} of", lone.name()),
    }
}

/// What is shared, in words. Of a login its word is.
fn said(tie: &Tie, value: &str) -> String {
    let (name, holders) = (tie.what.name(), tie.holders);
    match tie.what {
        TieKind::Alias => format!("{name} “{}” (held by {holders})", tie.value),
        _ => format!("{name} {value} (held by {holders})"),
    }
}

/// The subject's side of a piece of evidence, ready for what it is compared with.
type Side = Box<dyn Fn(&str, Compared) -> Evidence>;

fn side<T>(known: Option<Known<'_, T>>, value: impl Fn(&T) -> String) -> Option<(String, Side)> {
    let known = known?;
    let value = value(known.payload);
    let (fact, said) = (known.fact.clone(), value.clone());
    let evidence = move |relation: &str, compared: Compared| {
        observed(&Known { fact: &fact, payload: &() }, said.clone()).relates(relation, compared)
    };
    Some((value, Box::new(evidence)))
}

/// Whether the last nine digits of a number are these.
fn ends_like(phone: &Phone, digits: &str) -> bool {
    let own: String = phone.e164.as_deref().unwrap_or(&phone.raw).chars().filter(char::is_ascii_digit).collect();
    !digits.is_empty() && own.ends_with(digits)
}

/// Whether a tie is about contact data, machines, money or pictures, as opposed to what a résumé says and how its file was made.
const fn is_contact(tie: &Tie) -> bool {
    !matches!(tie.what, TieKind::DocumentRoot | TieKind::Phrases | TieKind::Employers)
}

/// Whether no other check has a finding of its own for what is shared.
const fn is_told_here_alone(tie: &Tie) -> bool {
    matches!(tie.what, TieKind::Device | TieKind::Account | TieKind::Alias)
}

/// A finding for a ring: what is shared, how rare it is, with whom. `None` where nothing but documents holds the ring together, which
/// other checks tell, or where the dossier does not state what is shared.
pub(crate) fn ring(dossier: &Dossier, tied: &Tied, strength: Strength) -> Option<Finding> {
    let mut ties: Vec<&Tie> = tied.ties.iter().collect();
    // What no other check tells comes first: a finding rests on its first observation, and one observation is one witness.
    ties.sort_by_key(|tie| (!is_contact(tie), !is_told_here_alone(tie), -tie.weight));
    let (mut values, mut evidence, mut first) = (Vec::new(), Vec::new(), None);
    for tie in ties.iter().take(SHOWN) {
        let Some((value, side)) = own(dossier, tie) else { continue };
        if first.is_none() {
            if !is_contact(tie) {
                return None;
            }
            let others = tied.size.saturating_sub(1);
            let ring = Compared::entry(
                ComparedKind::Ring,
                &tied.to,
                super::words::count(others, "other persona"),
                "link graph",
                &tied.version,
            );
            first = Some(side("ties to the ring", ring));
        }
        evidence.push(side(&relation(tie.what), Compared::subject(&tie.subject)));
        let said = said(tie, &value);
        if !values.contains(&said) {
            values.push(said);
        }
    }
    let known = if tied.known_bad { ", one of whom was confirmed to have misrepresented" } else { "" };
    let personas = super::words::count(tied.size, "persona");
    let summary = format!("One hand seems to be behind {personas}, this one among them{known}: it shares {}.", list(&values, 4));
    Some(Finding::new(strength, summary, first?).and_all(evidence))
}

/// A finding for a way to somebody in whose case a person confirmed misrepresentation.
pub(crate) fn way(dossier: &Dossier, tied: &Tied, strength: Strength) -> Option<Finding> {
    let tie = tied.ties.first()?;
    let (value, side) = own(dossier, tie)?;
    let steps = super::words::count(tied.size, "step");
    let summary =
        format!("Shares the {} on a way of {steps} to somebody who was confirmed to have misrepresented.", said(tie, &value),);
    let first = side(&relation(tie.what), Compared::subject(&tie.subject));
    let end = (tied.to != tie.subject).then(|| side(&format!("leads in {steps} to"), Compared::subject(&tied.to)));
    Some(Finding::new(strength, summary, first).and_all(end))
}
