//! # What it finds
//! A wish for a quarter or more below the lower end of the band, without any negotiation.
//!
//! # Why it matters
//! Who holds several jobs at once, or works for somebody else's account, wants the contract and not the pay.
//!
//! # Innocent explanations
//! - Newcomers and people in regions of lower pay do not know the band.
//! - A career change, a wish to leave a bad employer quickly.
//!
//! # What to ask next
//! - Tell the band, and offer within it.
//!
//! # Sources
//! - Signal APP-024: Security Alliance (25 to 50 per cent below market).

use crate::{prelude::*, support::words::grouped};

pub(crate) const META: CheckMeta = CheckMeta {
    code: CheckCode::new("BF-APP-024"),
    slug: "pay-far-below-the-band",
    stage: Stage::Application,
    title: "Far below market pay without negotiation",
    summary: "What the applicant asked for against the lower end of the band.",
    since: "0.1.0",
    status: Status::Preview,
    strength: Strength::Weak,
    family: Family::Pay,
    facts: &[FactKind::Offer],
    flags: Flags { fairness: true, ..Flags::NONE },
};

/// A quarter below the lower end, as the source states it.
const SHARE_OF_BAND_PERCENT: u64 = 75;

pub(crate) fn run(dossier: &Dossier, _lens: &Lens<'_>) -> Result<Outcome, Early> {
    let offers = dossier.require::<Offer>("pay")?;
    let mut findings = Vec::new();
    let mut compared = 0;
    for offer in &offers {
        let (Some(asked), Some(low)) = (offer.asked, offer.band_low) else { continue };
        compared += 1;
        if offer.negotiated == Some(true) || asked == 0 || asked.saturating_mul(100) > low.saturating_mul(SHARE_OF_BAND_PERCENT) {
            continue;
        }
        let money = |amount: u64| format!("{} {}", grouped(amount), offer.currency).trim_end().to_owned();
        let below = 100 - asked.saturating_mul(100) / low.max(1);
        findings.push(Finding::new(
            META.strength,
            format!("Asks for {}, {below} % below the lower end of the band ({}), without negotiation.", money(asked), money(low)),
            observed(offer, money(asked)).relates("lies below", Compared::bound("lower end of the band", money(low))),
        ));
    }
    if compared == 0 {
        return Err(Early::inconclusive(Need::Facts, "the pay asked for and the band"));
    }
    Ok(Outcome::of(findings, "the pay asked for against the band"))
}
