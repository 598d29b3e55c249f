//! `bonafide lists status`: what is in force, from when, and what is too old.

use std::{fmt::Write as _, path::Path};

use bonafide_watchlist::snapshot::Manifest;
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;

use super::{folder, folder_failed, tables_folder};
use crate::{
    config::Settings,
    output::{self, Sink},
    status::{Failure, Status},
};

/// A source in force.
#[derive(Debug, Serialize)]
pub(crate) struct InForce {
    /// The source.
    pub(crate) source: String,
    /// Whether its last check is older than the settings allow.
    pub(crate) old: bool,
    /// When its publisher was last asked, or a person last gave its files.
    pub(crate) checked_at: Option<Timestamp>,
    /// What it holds.
    #[serde(flatten)]
    pub(crate) manifest: Manifest,
}

/// The sources in force, by name.
pub(crate) fn in_force(settings: &Settings, now: Timestamp) -> Result<Vec<InForce>, Failure> {
    let folder = folder(settings);
    let mut sources = Vec::new();
    for source in folder.sources().map_err(folder_failed)? {
        let Some(manifest) = folder.current(&source).map_err(folder_failed)? else { continue };
        let checked_at = folder.checked_at(&source).map_err(folder_failed)?;
        let oldest = SignedDuration::from_hours(24 * i64::from(settings.lists.oldest_days));
        let old = checked_at.is_none_or(|at| now.duration_since(at) > oldest);
        sources.push(InForce { source: source.as_str().to_owned(), old, checked_at, manifest });
    }
    Ok(sources)
}

pub(super) fn run(settings: &Settings, json: bool) -> Result<Status, Failure> {
    let now = Timestamp::now();
    let sources = in_force(settings, now)?;
    let mut sink = Sink::open(Path::new("-"))?;
    if json {
        for source in &sources {
            sink.write(&format!("{}\n", serde_json::to_string(source).unwrap_or_default()))?;
        }
    } else {
        sink.write(&table(settings, &sources, now))?;
    }
    sink.finish()?;
    Ok(Status::Done)
}

fn table(settings: &Settings, sources: &[InForce], now: Timestamp) -> String {
    let mut text = String::new();
    if sources.is_empty() {
        let _ = writeln!(text, "No watch list is in force in {}.", settings.data.display());
        text.push_str("`bonafide lists update` fetches them from their publishers; `bonafide lists add FILE…` takes files.\n");
        return text;
    }
    let _ = writeln!(text, "{:<20} {:>8}  {:<22} {:<10} {:<8} VERSION", "SOURCE", "ENTRIES", "PUBLISHED", "CHECKED", "AGE");
    for source in sources {
        let published = source.manifest.published.as_deref().unwrap_or("–");
        let published: String = published.chars().take(22).collect();
        let (day, age) = source.checked_at.map_or_else(
            || ("–".to_owned(), "unknown".to_owned()),
            |at| (at.to_string().chars().take(10).collect(), age(now, at)),
        );
        let version: String = source.manifest.id.chars().take(8).collect();
        let _ =
            writeln!(text, "{:<20} {:>8}  {published:<22} {day:<10} {age:<8} {version}", source.source, source.manifest.entries);
        if source.manifest.refused > 0 {
            let _ = writeln!(text, "{:20} {} could not be read", "", output::count(source.manifest.refused, "row"));
        }
    }
    let old: Vec<&str> = sources.iter().filter(|source| source.old).map(|source| source.source.as_str()).collect();
    if !old.is_empty() {
        let _ = writeln!(
            text,
            "\nOLD: {} not checked for more than {}. `bonafide lists update` asks the publishers.",
            if let [one] = old[..] { format!("{one} was") } else { format!("{} were", old.join(", ")) },
            output::count(settings.lists.oldest_days, "day")
        );
    }
    let networks = settings.data.join("network");
    if networks.is_dir() {
        let _ = writeln!(text, "\nNetwork ranges of the store: {}", networks.display());
    }
    let tables = tables_folder(settings);
    if tables.is_dir() {
        let _ = writeln!(text, "\nReference tables of the store: {}", tables.display());
    }
    text
}

/// An age in the largest unit that says enough.
fn age(now: Timestamp, at: Timestamp) -> String {
    let hours = now.duration_since(at).as_hours().max(0);
    match hours {
        0 => "< 1 h".to_owned(),
        1..48 => format!("{hours} h"),
        _ => format!("{} d", hours / 24),
    }
}
