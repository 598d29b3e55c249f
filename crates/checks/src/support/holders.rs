//! Wording and weight of "somebody else has this too".

use bonafide_model::lens::{Holder, Holders};

use crate::prelude::*;

/// Findings for the other holders of a value that ought to be one person's.
///
/// Nothing is said of values that too many hold, of the same person's other applications, and of people who share for an ordinary
/// reason (household, agency, campus). A holder in whose case a person confirmed misrepresentation counts fully, others at most
/// `at_most`.
pub(crate) fn shared<T>(known: &Known<'_, T>, value: &str, what: &str, holders: &Holders, at_most: Strength) -> Option<Finding> {
    if holders.ignored.is_some() {
        return None;
    }
    let telling: Vec<&Holder> = holders.subjects.iter().filter(|holder| !holder.same_person && holder.benign.is_none()).collect();
    let first = telling.first()?;
    let known_bad = telling.iter().any(|holder| holder.known_bad);
    // One name in both places is more likely one person whom linkage has not joined than two people.
    let all_same_name = telling.iter().all(|holder| holder.same_name);
    let strength = match (known_bad, all_same_name) {
        (true, _) => at_most,
        (false, true) => Strength::Weak,
        (false, false) => at_most.min(Strength::Medium),
    };
    let others = telling.len();
    let mut summary = format!("The {what} is held by {others} other {}", if others == 1 { "subject" } else { "subjects" });
    summary.push_str(if all_same_name { " under the same name" } else { " under another name" });
    summary.push_str(if known_bad { ", one of whom was confirmed to have misrepresented." } else { "." });
    let evidence =
        |holder: &Holder| observed(known, value).relates(format!("is the {what} of"), Compared::subject(&holder.subject));
    Some(Finding::new(strength, summary, evidence(first)).and_all(telling[1..].iter().map(|holder| evidence(holder))))
}
