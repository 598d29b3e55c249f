//! Dated versions of OFAC's list.

use std::io::Read as _;

use bonafide_watchlist::{
    entry::Entry,
    source::{ListFile, limits, read_file},
};

use crate::data::file;

/// The archive of versions, unpacked.
pub(crate) fn archive() -> Option<Vec<u8>> {
    let packed = file("ofac/sdn_history.tar.xz")?;
    let mut archive = Vec::new();
    bonafide_formats::packed::Unpacked::new(&packed[..], &limits()).unwrap().read_to_end(&mut archive).unwrap();
    Some(archive)
}

/// Every so many versions from the first on, by the names of their files, which are dates.
pub(crate) fn versions(archive: &[u8], every: usize) -> Vec<(String, Vec<Entry>)> {
    let read = |name: &str, bytes| read_file(&ListFile { name, bytes }).unwrap().entries;
    members(archive).into_iter().step_by(every).map(|(name, bytes)| (name.clone(), read(&name, bytes))).collect()
}

/// Members of a tar archive (POSIX ustar: blocks of 512 bytes, size in octal digits at 124).
pub(crate) fn members(archive: &[u8]) -> Vec<(String, &[u8])> {
    let (mut at, mut found) = (0, Vec::new());
    while let Some(head) = archive.get(at..at + 512).filter(|head| head[0] != 0) {
        let text = |range: std::ops::Range<usize>| String::from_utf8_lossy(&head[range]).trim_matches(['\0', ' ']).to_owned();
        let size = usize::from_str_radix(&text(124..136), 8).unwrap();
        found.push((text(0..100), &archive[at + 512..at + 512 + size]));
        at += 512 + size.div_ceil(512) * 512;
    }
    found.retain(|(name, _)| name.ends_with(".csv"));
    found.sort();
    found
}
