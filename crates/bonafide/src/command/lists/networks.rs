//! Network ranges of the store: `DATA/network/<category>/<file>`, as they came.

use std::{
    fs,
    path::{Path, PathBuf},
};

use bonafide_activity::network::{Networks, read_ranges};
use bonafide_engine::networks::NetworkRoom;
use bonafide_formats::{digest, packed};
use bonafide_model::assessment::ListVersion;
use bonafide_watchlist::{entry::ListCode, source};

use super::{add::keep, line, plain_name};
use crate::{config::Settings, lists::FileBytes, output, status::Failure};

/// What versions of ranges begin with.
pub(super) const NETWORK: &str = "network/";
/// Categories that a file's own name tells, by a part of it.
const TOLD: [(&str, &str); 7] = [
    ("datacenter", "datacenter"),
    ("hosting", "datacenter"),
    ("dprk", "dprk"),
    ("sanctioned", "sanctioned"),
    ("relay", "relay"),
    ("vpn", "vpn"),
    ("proxy", "proxy"),
];

fn folder(settings: &Settings) -> PathBuf {
    settings.data.join("network")
}

/// Keeps a file of ranges in its category; `None` where it is none.
pub(super) fn add(settings: &Settings, file: &FileBytes, wanted: Option<&ListCode>) -> Result<Option<String>, Failure> {
    let Ok(bytes) = packed::read_all(file.bytes.as_slice(), &source::limits()) else { return Ok(None) };
    let read = read_ranges(&bytes);
    if !read.is_ranges() {
        return Ok(None);
    }
    let name = plain_name(Path::new(&file.name));
    let category = match wanted {
        Some(category) => category.as_str().to_owned(),
        None => category_of(&name).ok_or_else(|| {
            Failure::usage(
                format!("{} holds network ranges, and nothing tells of what", file.name),
                "say it: --as vpn, datacenter, tor, relay, proxy, dprk or sanctioned",
            )
        })?,
    };
    for refused in read.refused.iter().take(3) {
        output::note(&format!("note: left out: {}, line {}: {}", file.name, refused.line, refused.text));
    }
    keep(&folder(settings).join(&category), &name, &bytes)?;
    let left = if read.refused_count > 0 {
        format!(", {} could not be read", output::count(read.refused_count, "line"))
    } else {
        String::new()
    };
    let said = format!("{:>7} ranges in {name}{left}", read.ranges.len());
    Ok(Some(line(&format!("{NETWORK}{category}"), &said)))
}

fn category_of(name: &str) -> Option<String> {
    let name = name.to_ascii_lowercase();
    let is_tor = name.split(|c: char| !c.is_ascii_alphanumeric()).any(|word| word == "tor");
    let told = TOLD.iter().find(|(part, _)| name.contains(part)).map(|(_, category)| *category);
    told.or(is_tor.then_some("tor")).map(str::to_owned)
}

/// Opens the ranges of the store; `None` where there are none.
pub(crate) fn room(settings: &Settings) -> Result<Option<NetworkRoom>, Failure> {
    let (mut networks, mut versions) = (Networks::default(), Vec::new());
    let root = folder(settings);
    for category in names(&root)? {
        for name in names(&root.join(&category))? {
            let path = root.join(&category).join(&name);
            let bytes = fs::read(&path).map_err(|error| unreadable(&path, error))?;
            networks.add(&category, &read_ranges(&bytes).ranges);
            let source = format!("{NETWORK}{category}/{name}");
            let version = ListVersion { source, sha256: digest::sha256(&bytes), published: String::new() };
            versions.push((category.clone(), version));
        }
    }
    Ok((!networks.is_empty()).then(|| NetworkRoom::new(networks, versions)))
}

/// Names in a folder, sorted; hidden ones are unfinished.
fn names(folder: &Path) -> Result<Vec<String>, Failure> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(unreadable(folder, error)),
    };
    let mut names = Vec::new();
    for entry in entries {
        let name = entry.map_err(|error| unreadable(folder, error))?.file_name().to_string_lossy().into_owned();
        if !name.starts_with('.') {
            names.push(name);
        }
    }
    names.sort();
    Ok(names)
}

fn unreadable(path: &Path, error: std::io::Error) -> Failure {
    Failure::internal(format!("cannot read {}", path.display()), "check the folder, or name another with --data DIR", error)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_categories() {
        let of = |name: &str| category_of(name);
        assert_eq!(of("tor_exit_2024-02-27.lst").as_deref(), Some("tor"));
        assert_eq!(of("x_datacenter_ipv4.txt").as_deref(), Some("datacenter"));
        assert_eq!(of("DPRK_ranges.csv").as_deref(), Some("dprk"));
        assert_eq!(of("monitor.txt"), None);
    }
}
