//! Wording and weight of "somebody else has this too".

use bonafide_model::lens::{Holder, Holders};

use crate::prelude::*;

/// Findings for the other holders of a value that ought to be one person's.
///
/// Nothing is said of values that too many hold, of the same person's other applications, and of people who share for an ordinary
/// reason (household, agency, campus). A holder in whose case a person confirmed misrepresentation counts fully. Others are medium
/// where the link graph holds one hand behind both for more likely than not, by this value alone or by all that they share, and weak
/// where it may well be chance.
pub(crate) fn shared<T>(known: &Known<'_, T>, value: &str, what: &str, holders: &Holders, at_most: Strength) -> Option<Finding> {
    if holders.ignored.is_some() {
        return None;
    }
    let telling: Vec<&Holder> = holders.subjects.iter().filter(|holder| !holder.same_person && holder.benign.is_none()).collect();
    let first = telling.first()?;
    let known_bad = telling.iter().any(|holder| is_known_bad(holder));
    // One name in both places is more likely one person whom linkage has not joined than two people.
    let all_same_name = telling.iter().all(|holder| holder.same_name);
    let strength = match (known_bad, all_same_name) {
        (true, _) => at_most,
        (false, false) if telling.iter().any(|holder| likely(holder)) => at_most.min(Strength::Medium),
        (false, _) => Strength::Weak,
    };
    let others = telling.len();
    let mut summary = format!("The {what} is held by {others} other {}", if others == 1 { "subject" } else { "subjects" });
    summary.push_str(if all_same_name { " under the same name" } else { " under another name" });
    summary.push_str(if known_bad { ", one of whom was confirmed to have misrepresented." } else { "." });
    let evidence =
        |holder: &Holder| observed(known, value).relates(format!("is the {what} of"), Compared::subject(&holder.subject));
    let finding = Finding::new(strength, summary, evidence(first)).and_all(telling[1..].iter().map(|holder| evidence(holder)));
    Some(match ordinary(holders) {
        Some(reading) => finding.innocent(reading),
        None => finding,
    })
}

/// What somebody known to be bad shares with strangers counts from these odds on, in hundredths of a bit: a value of a kind and
/// rarity that one honest person in a hundred and forty shares with somebody. What more people share tells nothing of who is among them.
const TOO_COMMON: i32 = -300;

/// Whether misrepresentation was confirmed in the holder's case and the value is not one that many share.
pub(crate) fn is_known_bad(holder: &Holder) -> bool {
    holder.known_bad && holder.odds.is_none_or(|odds| odds >= TOO_COMMON)
}

/// Whether the link graph holds one hand behind both for more likely than not. What nothing weighed counts as it stands.
pub(crate) fn likely(holder: &Holder) -> bool {
    holder.odds.is_none_or(|odds| odds >= 0)
}

/// Why some others hold the value as well, where that is known.
fn ordinary(holders: &Holders) -> Option<String> {
    let mut readings: Vec<&str> = holders.subjects.iter().filter_map(|holder| holder.benign.as_deref()).collect();
    let count = readings.len();
    readings.sort_unstable();
    readings.dedup();
    let who = if count == 1 { "One other subject holds".to_owned() } else { format!("{count} other subjects hold") };
    (count > 0).then(|| format!("{who} it as well for an ordinary reason ({}).", readings.join(", ")))
}
