//! Finding the shared test data.

use std::path::PathBuf;

/// The text of a file under `BONAFIDE_TEST_DATA`.
pub(crate) fn text(name: &str) -> Option<String> {
    bytes(name).map(|bytes| String::from_utf8(bytes).expect("UTF-8"))
}

/// The bytes of a file under `BONAFIDE_TEST_DATA` (by default `../shared/data` beside the workspace), unpacked where its name ends
/// in `.gz`. Where it is absent the caller's test is skipped visibly, under `CI` it fails.
pub(crate) fn bytes(name: &str) -> Option<Vec<u8>> {
    let folder = std::env::var_os("BONAFIDE_TEST_DATA")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data"), PathBuf::from);
    let path = folder.join(name);
    let Ok(bytes) = std::fs::read(&path) else {
        assert!(std::env::var_os("CI").is_none(), "test data {} is absent", path.display());
        eprintln!("skipped: test data {} is absent; set BONAFIDE_TEST_DATA", path.display());
        return None;
    };
    if !name.ends_with(".gz") {
        return Some(bytes);
    }
    Some(bonafide_formats::packed::read_all(&bytes[..], &bonafide_formats::limits::Limits::default()).expect("unpacks"))
}
