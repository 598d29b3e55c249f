//! # What it finds
//! An applicant who shares network, device, template, wallet or handle with a worker dismissed within the last two months.
//!
//! # Why it matters
//! The one who was found out comes back under another name within weeks, with the same tools.
//!
//! # Innocent explanations
//! - Coincidence: colleagues recommend a vacancy when somebody leaves.
//! - A household or office in common.
//!
//! # What to ask next
//! - How did you hear of the role?
//!
//! # Sources
//! - Signal APP-025: Security Alliance; flag list quoted by Ketman.

use crate::{
    prelude::*,
    support::words::{count, list},
};

pub(crate) const META: CheckMeta = CheckMeta {
    code: CheckCode::new("BF-APP-025"),
    slug: "appears-after-a-dismissal",
    stage: Stage::Application,
    title: "New applicant appears right after a dismissal",
    summary: "What the applicant shares with workers dismissed in the last weeks.",
    since: "0.1.0",
    status: Status::Preview,
    strength: Strength::Medium,
    family: Family::Link,
    facts: &[FactKind::AppliedAt],
    flags: Flags::NONE,
};

/// Behind this many days a shared trait is ordinary linkage and no sign of a return.
const WINDOW_DAYS: i32 = 60;

pub(crate) fn run(dossier: &Dossier, lens: &Lens<'_>) -> Result<Outcome, Early> {
    let applied = dossier.require::<AppliedAt>("time of application")?;
    let judged = dossier.judged_on(lens);
    let mut findings = Vec::new();
    let dismissals = lens.dismissals(dossier.subject().to_string())?;
    let examined = format!("{} with something in common", count(dismissals.len(), "dismissed worker"));
    for dismissal in dismissals {
        let days = (judged - dismissal.on).get_days();
        if !(0..=WINDOW_DAYS).contains(&days) || dismissal.shares.is_empty() {
            continue;
        }
        findings.push(Finding::new(
            META.strength,
            format!(
                "Applied {} after a worker was dismissed on {} with whom the applicant shares {}.",
                count(days, "day"),
                dismissal.on,
                list(&dismissal.shares, 4),
            ),
            observed(&applied[0], judged.to_string()).relates(
                format!("follows within {WINDOW_DAYS} days the dismissal of"),
                Compared::subject(&dismissal.subject),
            ),
        ));
    }
    Ok(Outcome::of(findings, examined))
}
