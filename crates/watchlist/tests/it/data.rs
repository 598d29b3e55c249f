//! Test data that is not part of the repository.

/// The bytes of a file under `BONAFIDE_TEST_DATA` (by default `../shared/data` beside the workspace). Where it is absent the test is
/// skipped, except under `CI`.
pub(crate) fn file(path: &str) -> Option<Vec<u8>> {
    let default = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data");
    let folder = std::env::var_os("BONAFIDE_TEST_DATA").map_or_else(|| default.into(), std::path::PathBuf::from);
    let read = std::fs::read(folder.join("screening").join(path));
    if let Err(error) = &read {
        eprintln!("skipped: {path} cannot be read ({error}); set BONAFIDE_TEST_DATA");
        assert!(std::env::var_os("CI").is_none(), "test data is needed under CI");
    }
    read.ok()
}
