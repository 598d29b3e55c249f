//! Bodies of applicant systems' events: any text as the candidate of each vendor's event.
#![no_main]

use bonafide_formats::limits::Limits;
use bonafide_intake::read_json;
use libfuzzer_sys::fuzz_target;

const EVENTS: &[(&str, &str)] = &[
    (r#"{"action":"new_candidate_application","payload":{"application":{"id":1,"candidate":"#, "}}}"),
    (r#"{"action":"applicationSubmit","data":{"application":{"id":"1","candidate":"#, "}}}"),
    (r#"{"event_type":"candidate_created","data":"#, "}"),
    (r#"{"event":"applicationCreated","data":{"applicationId":"1","x":"#, "}}"),
    (r#"{"event":"application.created","application":"#, "}"),
    (r#"{"ats":{"vendor":"x","raw":"#, "}}"),
];

fuzz_target!(|bytes: &[u8]| {
    let Some((&selector, content)) = bytes.split_first() else { return };
    let (before, behind) = EVENTS[usize::from(selector) % EVENTS.len()];
    let body = [before.as_bytes(), content, behind.as_bytes()].concat();
    if let Ok(application) = read_json("application.json", body, &Limits::default()) {
        assert!(!application.subject.as_str().is_empty());
        assert_eq!(application.blobs.len(), application.sources.len());
    }
});
