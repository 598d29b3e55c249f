//! Wording and weight of hits on indicators from partners.

use bonafide_model::lens::{IndicatorHit, IndicatorStatus};

use crate::prelude::*;

/// From this confidence on a partner stands behind its row.
const SURE: u8 = 60;

/// Below this confidence a row is a rumour.
const RUMOUR: u8 = 30;

/// The strength of a hit: what its source vouches for, never more than `at_most`.
///
/// Nearly equal values are weak whatever their source: people's identifiers resemble each other.
pub(crate) fn strength(hit: &IndicatorHit, at_most: Strength) -> Strength {
    let strength = match hit.status {
        _ if !hit.exact => Strength::Weak,
        IndicatorStatus::Confirmed => Strength::Strong,
        // The use of a stolen identity must be looked at; its owner has done nothing.
        IndicatorStatus::Impersonated => Strength::Medium,
        _ if hit.confidence >= SURE => Strength::Strong,
        _ if hit.confidence >= RUMOUR => Strength::Medium,
        _ => Strength::Weak,
    };
    strength.min(at_most)
}

/// A finding for a hit on an identifier of the subject.
pub(crate) fn finding<T>(known: &Known<'_, T>, value: &str, what: &str, hit: &IndicatorHit, at_most: Strength) -> Finding {
    let age = if hit.first_seen.is_empty() { "of unknown age".to_owned() } else { format!("first seen {}", hit.first_seen) };
    let row = format!("{} ({}, confidence {} of 100, {age})", hit.source, hit.grade, hit.confidence);
    let relation = if hit.exact { "equals" } else { "nearly equals" };
    let summary = match hit.status {
        IndicatorStatus::Impersonated => {
            format!("The {what} {value} belongs to somebody whose identity others have used, according to {row}.")
        }
        _ => format!("The {what} {value} {relation} an indicator of {row}."),
    };
    let compared =
        Compared::entry(ComparedKind::Indicator, &hit.id, &hit.value, &hit.source, &hit.version).in_cluster(hit.cluster.clone());
    let finding = Finding::new(strength(hit, at_most), summary, observed(known, value).relates(relation, compared));
    if hit.status == IndicatorStatus::Impersonated {
        finding
            .innocent("The applicant may be the victim: the true owner of an identity that others have used.")
            .ask("Reach the owner through a contact found independently, and ask whether they applied.")
    } else {
        finding
    }
}
