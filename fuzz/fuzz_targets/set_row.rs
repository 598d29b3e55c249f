//! Sets of applicants: any bytes as a table or as JSON lines, and as the file of résumés beside one.
#![no_main]

use std::io::Cursor;

use bonafide_formats::limits::Limits;
use bonafide_intake::{folder::InProcess, set::Set};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let reader = InProcess::default();
    let limits = Limits::default();
    let table = [b"id,first_name,email,phone,country,wallet,ip\n".as_slice(), bytes].concat();
    let lines = [b"{\"id\":\"1\",\"first_name\":\"A\"}\n".as_slice(), bytes].concat();
    for content in [bytes.to_vec(), table, lines] {
        let resumes = Some(("resumes.jsonl".to_owned(), Cursor::new(bytes.to_vec())));
        if let Ok(mut set) = Set::new("set", Cursor::new(content), resumes, &reader, &limits) {
            for application in set.by_ref().take(64).flatten() {
                assert!(application.facts.iter().all(|fact| application.sources.contains(&fact.source)));
            }
            let _ = set.notes();
        }
    }
});
