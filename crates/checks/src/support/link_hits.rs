//! Wording of what the link graph knows.

use bonafide_model::lens::LinkHit;

use super::words::list;
use crate::prelude::*;

/// From this weight on, in hundredths of a bit, the link graph holds the sharing for no coincidence: odds of one to eight.
pub(crate) const TELLING: i32 = 300;

/// A hit as the other side of a piece of evidence.
pub(crate) fn compared(hit: &LinkHit) -> Compared {
    let kind = match hit.kind.as_str() {
        "ring" => ComparedKind::Ring,
        "subject" => return Compared::subject(&hit.id),
        "persona" => ComparedKind::Persona,
        _ => ComparedKind::Cluster,
    };
    Compared::entry(kind, &hit.id, name(hit), "link graph", &hit.version).in_cluster(hit.cluster.clone())
}

/// The name of a hit for people: its cluster's, or its id.
pub(crate) fn name(hit: &LinkHit) -> &str {
    hit.cluster.as_deref().unwrap_or(&hit.id)
}

/// What is shared, in words.
pub(crate) fn shares(hit: &LinkHit) -> String {
    if hit.shares.is_empty() { "what the link graph recorded".to_owned() } else { list(&hit.shares, 4) }
}
