//! GitHub profile dumps: any bytes, and rows of commits made from them; every commit is counted once for its author.
#![no_main]

use bonafide_formats::limits::Limits;
use bonafide_intake::github::{self, Claims};
use bonafide_model::{
    ContentHash,
    fact::{CommitIdentity, FactSink, Payload},
    id::SubjectId,
    place::Source,
};
use libfuzzer_sys::fuzz_target;

fn fold(bytes: &[u8]) -> Option<FactSink> {
    let source = Source { name: "github.json".into(), content: ContentHash::of_bytes(bytes) };
    let mut sink = FactSink::new(SubjectId::new("s"), source);
    let claims = Claims { emails: vec!["a@x.example".into()], names: vec!["Ann Other".into()] };
    github::read(bytes, &claims, &Limits::default(), &mut sink).ok().map(|_| sink)
}

fuzz_target!(|bytes: &[u8]| {
    let _ = fold(bytes);
    let mut rows = Vec::new();
    for (number, chunk) in bytes.chunks(6).take(400).enumerate() {
        let at = |index: usize| chunk.get(index).copied().unwrap_or(0);
        let email = ["a@x.example", "7+login-1@users.noreply.github.com", "8+other@users.noreply.github.com", "b@x.example"][usize::from(at(0) % 4)];
        let name = ["login-1", "Ann Other", "x", "dependabot[bot]"][usize::from(at(1) % 4)];
        let offset = i32::from(at(2) % 29) - 14;
        let date = format!("20{:02}-{:02}-{:02}T{:02}:00:00{}{:02}:00", at(3) % 40, at(4) % 12 + 1, at(5) % 28 + 1, at(3) % 24, if offset < 0 { '-' } else { '+' }, offset.abs());
        rows.push(serde_json::json!([format!("r{}", at(4) % 5), number.to_string(), name, email, date, email, date, "m", 9, null]));
    }
    let dump = serde_json::json!({"login": "login-1", "commits": rows, "contributors": {"r0": ["login-1"]}}).to_string();
    let sink = fold(dump.as_bytes()).expect("a dump");
    let counted: u32 = sink.facts().iter().filter_map(|fact| CommitIdentity::of(&fact.value)).map(|identity| identity.commits).sum();
    assert_eq!(counted as usize, rows.len());
});
