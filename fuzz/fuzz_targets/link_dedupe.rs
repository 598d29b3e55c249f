//! Tables for deduplication: typed, compared and put into clusters, or refused.
#![no_main]

use bonafide_formats::limits::Limits;
use bonafide_linkage::dedupe::{self, Options};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let limits = Limits { bytes: 64 << 10, unpacked: 256 << 10, ..Limits::default() };
    let Ok(table) = dedupe::read_csv("any", bytes, &limits, &[]) else { return };
    let options = Options { threads: Some(1), ..Options::default() };
    if let Ok(linked) = dedupe::dedupe(vec![table], &options) {
        assert_eq!(linked.ids.len(), linked.clusters.len());
    }
});
