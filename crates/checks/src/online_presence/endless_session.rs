//! # What it finds
//! Log-in sessions on a platform that were active for a day or longer without a break.
//!
//! # Why it matters
//! A person sleeps. A session that works through a day and a night is several people in shifts, or a machine.
//!
//! # Innocent explanations
//! - A tab left open in the background: sessions known to be idle are not counted.
//! - A mobile application that stays logged in.
//! - A deadline, once.
//!
//! # What to ask next
//! - Who besides you uses this account?
//!
//! # Sources
//! - Signal ONL-028: guidance of three US departments, 2022-05.

use crate::{
    prelude::*,
    support::{days, words::count},
};

pub(crate) const META: CheckMeta = CheckMeta {
    code: CheckCode::new("BF-ONL-028"),
    slug: "endless-session",
    stage: Stage::OnlinePresence,
    title: "Session lasts a day or longer",
    summary: "The length of log-in sessions that were not idle.",
    since: "0.1.0",
    status: Status::Preview,
    strength: Strength::Medium,
    family: Family::Platform,
    facts: &[FactKind::PlatformSession],
    flags: Flags::NONE,
};

const LONG_SECONDS: i64 = 24 * 3600;

pub(crate) fn run(dossier: &Dossier, _lens: &Lens<'_>) -> Result<Outcome, Early> {
    let sessions: Vec<_> = dossier.all::<PlatformSession>().collect();
    let length = |session: &PlatformSession| session.to.as_second().saturating_sub(session.from.as_second());
    let mut long: Vec<_> = sessions.iter().filter(|session| length(session) >= LONG_SECONDS && session.active != Some(false)).collect();
    long.sort_by_key(|session| (session.active != Some(true), std::cmp::Reverse(length(session)), session.fact.id));
    let active = long.iter().filter(|session| session.active == Some(true)).count();
    let mut evidence = long.iter().take(5).map(|session| {
        let kind = if session.active == Some(true) { "active throughout" } else { "activity not recorded" };
        observed(*session, format!("{} from {}, {kind}", days::length(length(session)), session.from))
            .relates("is longer than", Compared::bound("a day without sleep", "24 hours"))
    });
    let Some(first) = evidence.next() else {
        return Ok(Outcome::clear(format!("the length of {}", count(sessions.len(), "session"))));
    };
    let rest: Vec<Evidence> = evidence.collect();
    let (strength, said) = if active > 0 {
        (Strength::Medium, format!("{} lasted a day or longer and was active throughout.", count(active, "session")))
    } else {
        (Strength::Weak, format!("{} lasted a day or longer; whether it was active is not recorded.", count(long.len(), "session")))
    };
    Ok(Outcome::Findings(vec![Finding::new(strength, said, first).and_all(rest)]))
}
