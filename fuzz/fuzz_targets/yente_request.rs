//! Requests of yente's clients: every one gets an answer that is JSON, whatever path, query and body say.
#![no_main]

use std::sync::OnceLock;

use bonafide_watchlist::{
    entry::{Entry, EntryId, EntryKind, EntryPlace, ListCode, ListedName, NameQuality},
    screening::Search,
    yente::{Dataset, Request, Service},
};
use libfuzzer_sys::fuzz_target;

fn service() -> &'static Service {
    static SERVICE: OnceLock<Service> = OnceLock::new();
    SERVICE.get_or_init(|| {
        let entries = ["SAMPLE, Robin", "MARLOWE, Rosalind", "ABERCRAFT, Tobin"].iter().enumerate().map(|(number, name)| {
            let id = EntryId::new(ListCode::UN, &number.to_string());
            let mut entry = Entry::new(id, EntryKind::Person, EntryPlace::default());
            entry.add_name(ListedName::of_family_first(name, NameQuality::Primary));
            entry
        });
        Service::new(vec![Dataset::new("un", "1")], entries.collect(), "https://screen.example")
    })
}

// The first line is method, path and query with blanks between; the rest is the body.
fuzz_target!(|bytes: &[u8]| {
    let end = bytes.iter().position(|byte| *byte == b'\n').unwrap_or(bytes.len());
    let head = String::from_utf8_lossy(&bytes[..end]);
    let mut words = head.splitn(3, ' ');
    let [method, path, query] = [(); 3].map(|()| words.next().unwrap_or_default());
    let body = bytes.get(end + 1..).unwrap_or_default();
    let response = service().answer(&mut Search::default(), &Request { method, path, query, body });
    assert!(matches!(response.status, 200 | 400 | 404 | 405 | 413), "{}", response.status);
    serde_json::from_slice::<serde_json::Value>(&response.body).expect("an answer is JSON");
});
