//! # What it finds
//! A staffing agency that was asked how it verified the person and handed nothing over.
//!
//! # Why it matters
//! In a chain of subcontractors everybody trusts the one before, and the first has checked nothing.
//!
//! # Innocent explanations
//! - Poor paperwork, or a policy not to hand personal documents on.
//! - The request went to the wrong desk.
//!
//! # What to ask next
//! - Ask the agency who saw the person's papers, when, and how.
//!
//! # Sources
//! - Signal APP-028: FBI IC3 PSA of 2024-05-16 and PSA250723-4; Security Alliance; Sophos CISO playbook.

use crate::{prelude::*, support::words::count};

pub(crate) const META: CheckMeta = CheckMeta {
    code: CheckCode::new("BF-APP-028"),
    slug: "agency-without-vetting-record",
    stage: Stage::Application,
    title: "Applies through a staffing chain with no vetting record",
    summary: "What the agency handed over when it was asked for proof.",
    since: "0.1.0",
    status: Status::Preview,
    strength: Strength::Weak,
    family: Family::Process,
    facts: &[FactKind::Agency],
    flags: Flags::NONE,
};

pub(crate) fn run(dossier: &Dossier, _lens: &Lens<'_>) -> Result<Outcome, Early> {
    let agencies = dossier.require::<Agency>("agency")?;
    let mut findings = Vec::new();
    let mut answered = 0;
    for agency in &agencies {
        if !agency.evidence.is_empty() {
            answered += 1;
        } else if agency.asked == Some(true) {
            findings.push(Finding::new(
                META.strength,
                format!("The agency {} handed over nothing that shows how it verified the person.", agency.name),
                observed(agency, &agency.name)
                    .relates("was asked and handed over no", Compared::bound("proof of verification", "a document, record or report")),
            ));
        }
    }
    if findings.is_empty() && answered == 0 {
        return Err(Early::inconclusive(Need::Facts, "an answer of the agency: it was not asked yet"));
    }
    Ok(Outcome::of(findings, format!("what {} handed over", count(agencies.len(), "agency"))))
}
