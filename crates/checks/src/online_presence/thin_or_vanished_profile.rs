//! # What it finds
//! A professional profile that vanished after the firm made contact, or that was made lately and has hardly any connection. A profile
//! that is not there is no finding: links die, and many people hide theirs from strangers or leave.
//!
//! # Why it matters
//! Profiles are made for one round of applications and removed when somebody looks closely.
//!
//! # Innocent explanations
//! - Privacy: many people leave such networks, or hide their profile from strangers.
//! - A lost or suspended account, or a changed address after a change of name.
//! - The first job, or a trade in which nobody uses such networks.
//!
//! # What to ask next
//! - What happened to the profile you named, and can you show it to us in a call?
//!
//! # Sources
//! - Signal ONL-024: SEAL, Ashby.

use crate::{
    prelude::*,
    support::{career, days, words::count},
};

pub(crate) const META: CheckMeta = CheckMeta {
    code: CheckCode::new("BF-ONL-024"),
    slug: "thin-or-vanished-profile",
    stage: Stage::OnlinePresence,
    title: "Professional profile new, thin or vanished",
    summary: "Age, connections and presence of professional profiles against the claimed career.",
    since: "0.1.0",
    status: Status::Preview,
    strength: Strength::Medium,
    family: Family::Footprint,
    facts: &[FactKind::SocialProfile],
    flags: Flags::NONE,
};

/// A profile of this age was made for this search of a job.
const NEW_MONTHS: i32 = 6;
/// People who worked for years know more people than this.
const THIN_CONNECTIONS: u64 = 30;
/// A career of this length leaves connections.
const CAREER_MONTHS: i32 = 60;

pub(crate) fn run(dossier: &Dossier, lens: &Lens<'_>) -> Result<Outcome, Early> {
    let profiles: Vec<_> = dossier.all::<SocialProfile>().filter(|profile| is_professional(&profile.network)).collect();
    if profiles.is_empty() {
        return Err(Early::not_applicable("no professional profile in the dossier"));
    }
    let findings: Vec<Finding> = profiles.iter().filter_map(|profile| finding(dossier, profile, lens)).collect();
    let told = |profile: &&Known<'_, SocialProfile>| profile.found != Found::Unknown || profile.joined.is_some() || profile.connections.is_some();
    if findings.is_empty() && !profiles.iter().any(|profile| told(&profile)) {
        return Err(Early::inconclusive(Need::Collector, "whether the profile is there, its age and its connections"));
    }
    let missing = profiles.iter().filter(|profile| profile.found == Found::NotFound).count();
    let also = if missing == 0 { String::new() } else { format!("; {missing} not there or hidden, which is no sign") };
    Ok(Outcome::of(findings, format!("presence, age and connections of {}{also}", count(profiles.len(), "professional profile"))))
}

fn is_professional(network: &str) -> bool {
    ["linkedin", "xing"].iter().any(|name| network.eq_ignore_ascii_case(name))
}

fn finding(dossier: &Dossier, profile: &Known<'_, SocialProfile>, lens: &Lens<'_>) -> Option<Finding> {
    let network = profile.network.as_str();
    let named = profile.url.as_deref().unwrap_or(network);
    if profile.vanished_after_contact == Some(true) {
        return Some(Finding::new(
            Strength::Medium,
            format!("The {network} profile vanished after the firm made contact."),
            observed(profile, named).relates("was removed after", Compared::bound("first contact", "the profile was there before")),
        ));
    }
    if profile.found == Found::NotFound {
        return None;
    }
    let judged = YearMonth::of_date(profile.read_at.map_or_else(|| dossier.judged_on(lens), days::utc));
    let joined = profile.joined?;
    let age = judged.months_since(joined.earliest_month());
    let connections = profile.connections?;
    if age > NEW_MONTHS || connections > THIN_CONNECTIONS {
        return None;
    }
    let begun = dossier.all::<Work>().filter_map(|job| Some((job, job.start?.latest_month()))).min_by_key(|(_, start)| *start);
    let career = begun.map(|(job, start)| (job, judged.months_since(start)));
    let made = format!("made in {joined}, {}", count(connections, "connection"));
    let summary = format!("The {network} profile was {made}.");
    Some(match career.filter(|(_, months)| *months >= CAREER_MONTHS) {
        Some((job, months)) => Finding::new(
            if career::makes_software(&job.title) { Strength::Medium } else { Strength::Weak },
            format!("{summary} The claimed career is {} long.", days::months(months)),
            observed(profile, made).relates(
                "is thin for",
                Compared::fact(&job, format!("a career since {}", job.start.map(|start| start.to_string()).unwrap_or_default())),
            ),
        ),
        None => Finding::new(
            Strength::Weak,
            summary,
            observed(profile, made).relates("is younger than", Compared::bound("a profile with a past", days::months(NEW_MONTHS))),
        ),
    })
}
