//! # What it finds
//! A network address in a country that the applicant claims nowhere, where the address is no VPN, proxy, relay or data centre.
//!
//! # Why it matters
//! Where the application was sent from is the first thing that has to fit a claimed residence.
//!
//! # Innocent explanations
//! - Travel, a border region, a carrier that routes through a neighbouring country.
//! - Errors of the geographic database: they are common for mobile networks.
//!
//! # What to ask next
//! - Where were you when you applied?
//!
//! # Sources
//! - Signal APP-016: US guidance of 2022-05-16; Greenhouse; DTEX i3, 2024-10.

use crate::{
    prelude::*,
    support::{territories, words::count},
};

pub(crate) const META: CheckMeta = CheckMeta {
    code: CheckCode::new("BF-APP-016"),
    slug: "network-contradicts-place",
    stage: Stage::Application,
    title: "IP country or region contradicts claimed location",
    summary: "The country of the network address against every claimed country.",
    since: "0.1.0",
    status: Status::Preview,
    strength: Strength::Medium,
    family: Family::Network,
    facts: &[FactKind::ClientIp],
    flags: Flags::NONE,
};

const HIDES_THE_PLACE: &[&str] = &["vpn", "proxy", "tor", "relay", "datacenter", "satellite"];

pub(crate) fn run(dossier: &Dossier, lens: &Lens<'_>) -> Result<Outcome, Early> {
    let claims: Vec<_> = dossier.all::<Location>().filter(|place| place.country.is_some()).collect();
    let Some(claim) = claims.iter().find(|claim| claim.role == LocationRole::Application).or(claims.first()) else {
        return Err(Early::not_applicable("no country is claimed"));
    };
    let mut findings = Vec::new();
    let (mut compared, mut hidden) = (0_usize, 0_usize);
    for ip in dossier.all::<ClientIp>() {
        // Without ranges a VPN cannot be told from a home; the answer would accuse travellers and engineers.
        let traits = lens.ip_traits(ip.ip.clone())?;
        if traits.categories.iter().any(|category| HIDES_THE_PLACE.contains(&category.as_str())) {
            hidden += 1;
            continue;
        }
        let place = lens.ip_place(ip.ip.clone())?;
        let Some(country) = place.country else { continue };
        compared += 1;
        if claims.iter().any(|claim| claim.country.as_deref().is_some_and(|claimed| territories::are_one(claimed, &country))) {
            continue;
        }
        let named = bonafide_normalise::place::country_name(&country).unwrap_or("a country");
        findings.push(
            Finding::new(
                META.strength,
                format!("The application was sent from {} in {named} ({country}); the claimed place is {}.", ip.ip, claim.raw),
                observed(&ip, &ip.ip).relates("lies in", Compared::reference(format!("place/{}", ip.ip), &country, "network geography", &place.source)),
            )
            .and(observed(claim, &claim.raw).relates("is not in the country of", Compared::fact(&ip, &ip.ip))),
        );
    }
    if compared == 0 && hidden > 0 {
        return Err(Early::inconclusive(Need::Facts, "an address that shows a place: it lies in a VPN, relay or data centre"));
    }
    if compared == 0 {
        return Err(Early::inconclusive(Need::NetworkData, "the country of the address"));
    }
    Ok(Outcome::of(findings, format!("{} against {}", count(compared, "network address"), count(claims.len(), "claimed place"))))
}
