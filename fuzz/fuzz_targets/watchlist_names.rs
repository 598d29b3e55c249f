//! Names in every script: analysing, comparing and screening them ends, and scores stay within their bounds.
#![no_main]

use bonafide_watchlist::{
    entry::{Entry, EntryId, EntryKind, EntryPlace, ListCode, ListedName, NameQuality},
    names::{AnalysedName, NameKind, compare},
    screening::{Screener, Search, Wanted},
};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let names: Vec<&str> = text.lines().take(8).collect();
    for kind in [NameKind::Person, NameKind::Organisation] {
        let analysed: Vec<AnalysedName> = names.iter().map(|name| AnalysedName::of(name, kind)).collect();
        for (left, right) in analysed.iter().zip(analysed.iter().skip(1)) {
            let met = compare(left, right);
            assert!((0.0..=1.0).contains(&met.score));
            assert!(met.operations().iter().all(|step| (0.0..=1.0).contains(&step.cost)));
        }
    }
    let Some((query, listed)) = names.split_first() else { return };
    let mut entry = Entry::new(EntryId::new(ListCode::OFAC, "1"), EntryKind::Person, EntryPlace::default());
    listed.iter().for_each(|name| entry.add_name(ListedName::of_family_first(name, NameQuality::Primary)));
    let screener = Screener::new(vec![entry]);
    let wanted = Wanted { names: vec![(*query).to_owned()], ..Wanted::default() };
    let hits = screener.screen(&mut Search::default(), &wanted, 5, 0.0);
    assert!(hits.iter().all(|hit| (0.0..=1.0).contains(&hit.score)));
});
