//! Lines of `screen`: whatever a line says, it is a query or none, and every query gets an answer that is JSON.
#![no_main]

use std::sync::OnceLock;

use bonafide_watchlist::{
    entry::{Entry, EntryId, EntryKind, EntryPlace, ListCode, ListedName, NameQuality},
    screening::{Screener, Search},
    wire::{AnswerLine, QueryLine},
};
use libfuzzer_sys::fuzz_target;

fn screener() -> &'static Screener {
    static SCREENER: OnceLock<Screener> = OnceLock::new();
    SCREENER.get_or_init(|| {
        let mut entry = Entry::new(EntryId::new(ListCode::UN, "1"), EntryKind::Person, EntryPlace::default());
        entry.add_name(ListedName::of_family_first("SAMPLE, Robin", NameQuality::Primary));
        Screener::new(vec![entry])
    })
}

fuzz_target!(|bytes: &[u8]| {
    let Ok(query) = serde_json::from_slice::<QueryLine>(bytes) else { return };
    let (wanted, notes) = query.wanted();
    let hits = screener().screen(&mut Search::default(), &wanted, 5, 0.0);
    assert!(hits.iter().all(|hit| (0.0..=1.0).contains(&hit.score)));
    let answer = serde_json::to_string(&AnswerLine::of(query.qid, &hits, notes)).expect("an answer is JSON");
    assert!(!answer.contains('\n'));
});
