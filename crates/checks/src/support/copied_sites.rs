//! Sites whose text a collector found on another site before.

use super::words::count;
use crate::prelude::*;

/// What a check of copied sites looks for.
pub(crate) struct Wanted {
    /// Whether a copy is of the kind looked for; `None` where the collector did not tell, so that the site counts as not compared.
    pub(crate) is_kind: fn(&Website) -> Option<bool>,
    /// The least share of the text, 0…1.
    pub(crate) share: f64,
    /// What is copied, as it stands in "60 % of … ": `the text of`.
    pub(crate) what: &'static str,
    /// How the site relates to the other.
    pub(crate) relation: &'static str,
    /// What sites are compared with: `other sites`.
    pub(crate) others: &'static str,
}

/// Findings for sites that repeat another one.
pub(crate) fn findings(dossier: &Dossier, wanted: &Wanted, strength: Strength) -> Result<Outcome, Early> {
    let mut findings = Vec::new();
    let (mut sites, mut compared) = (0_usize, 0_usize);
    for site in dossier.all::<Website>() {
        sites += 1;
        let (Some((other, share)), Some(is_kind)) = (&site.copies, (wanted.is_kind)(&site)) else { continue };
        compared += 1;
        // A site under its second address is no copy of itself.
        if !is_kind || share.is_nan() || *share < wanted.share || host(&site.url) == host(other) {
            continue;
        }
        findings.push(Finding::new(
            strength,
            format!("{:.0} % of {} {} stands on {other} as well.", (share * 100.0).min(100.0), wanted.what, site.url),
            observed(&site, &site.url)
                .relates(wanted.relation, Compared::entry(ComparedKind::Reference, other, other, "collected page", "")),
        ));
    }
    if compared == 0 {
        return Err(Early::inconclusive(
            Need::Collector,
            format!("a comparison of {} with {}", count(sites, "site"), wanted.others),
        ));
    }
    Ok(Outcome::of(findings, format!("{} against {}", count(compared, "site"), wanted.others)))
}

fn host(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#', ':']).next().unwrap_or(rest).to_lowercase();
    host.strip_prefix("www.").map_or(host.clone(), str::to_owned)
}
