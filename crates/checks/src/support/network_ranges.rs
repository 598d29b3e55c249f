//! Network addresses in ranges of a kind.

use super::{
    distinct::network_addresses,
    words::{count, list},
};
use crate::prelude::*;
use bonafide_model::check::Missing;

/// Findings for addresses that lie in a range of one of the categories, all of the same strength.
pub(crate) fn in_ranges(dossier: &Dossier, lens: &Lens<'_>, categories: &[&str], strength: Strength) -> Result<Outcome, Early> {
    let addresses = network_addresses(dossier);
    let mut findings = Vec::new();
    for ip in &addresses {
        let traits = lens.ip_traits(ip.ip.clone())?;
        if !categories.iter().any(|category| traits.looked_at.iter().any(|looked| looked == category)) {
            let what = format!("no ranges of {} are loaded", list(categories, 4));
            return Err(Missing::new(Need::NetworkData, what).into());
        }
        let telling: Vec<&str> =
            traits.categories.iter().map(String::as_str).filter(|category| categories.contains(category)).collect();
        if telling.is_empty() {
            continue;
        }
        let told = list(&telling, 4);
        findings.push(Finding::new(
            strength,
            format!("The application was sent from {}, an address in a range listed as {told} ({}).", ip.ip, traits.source),
            observed(ip, &ip.ip)
                .relates("lies in a range of", Compared::reference(&told, &told, "network ranges", &traits.source)),
        ));
    }
    Ok(Outcome::of(findings, format!("{} against ranges", count(addresses.len(), "network address"))))
}
