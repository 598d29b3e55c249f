use bonafide_formats::limits::Limits;
use bonafide_model::{
    fact::{AcceptLanguage, ClaimedYears, ClientOffset, Email, Language, Link, Nationality, Payload, Phone, Work},
    place::Place,
};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::{Application, RemarkKind, read_json};

fn read(value: &Value) -> Application {
    read_json("application.json", serde_json::to_vec_pretty(value).expect("serialises"), &Limits::default())
        .expect("an application")
}

fn all<T: Payload + Clone>(application: &Application) -> Vec<T> {
    application.facts.iter().filter_map(|fact| T::of(&fact.value)).cloned().collect()
}

/// Every fact as one line: kind, place, quote, payload.
fn told(application: &Application) -> String {
    let mut lines = vec![format!("subject {} (own id: {})", application.subject, application.has_own_id)];
    for fact in &application.facts {
        let value = serde_json::to_value(&fact.value).expect("serialises");
        lines.push(format!(
            "{} [{}] {:?} {}",
            fact.value.kind().name(),
            fact.place,
            fact.quote.as_deref().unwrap_or(""),
            value["value"]
        ));
    }
    lines.extend(application.notes.iter().map(|note| format!("{:?} {note}", note.kind)));
    lines.join("\n")
}

fn full() -> Value {
    serde_json::from_str(include_str!("full.json")).expect("JSON")
}

#[test]
fn every_field_becomes_its_fact() {
    insta::assert_snapshot!(told(&read(&full())));
}

#[test]
fn places_point_at_the_quoted_text() {
    let bytes = serde_json::to_vec_pretty(&full()).expect("serialises");
    let text = String::from_utf8(bytes).expect("UTF-8");
    for fact in read(&full()).facts {
        let Place::Text { line, span } = fact.place else { panic!("{:?} has no place", fact.value) };
        let there = &text[span.0 as usize..span.1 as usize];
        assert_eq!(text[..span.0 as usize].matches('\n').count() + 1, line as usize);
        if let Some(quote) = fact.quote {
            assert!(there.contains(quote.trim_end()), "{quote} is not in {there}");
        }
    }
}

#[test]
fn protected_claims_are_sealed_and_never_quoted() {
    let application = read(&full());
    for fact in &application.facts {
        let protected = Nationality::of(&fact.value).is_some()
            || Language::of(&fact.value).is_some()
            || AcceptLanguage::of(&fact.value).is_some();
        assert!(!protected || fact.quote.is_none(), "{:?}", fact.value);
    }
    let odd = read(
        &json!({"name": "R", "nationality": {"x": "Utopian"}, "languages": [["Utopian"]], "client": {"accept_language": {"q": "ut"}}}),
    );
    assert_eq!(odd.notes.iter().filter(|note| note.kind == RemarkKind::Unreadable).count(), 3);
    assert!(odd.notes.iter().all(|note| !note.text.contains("Utopian") && !note.text.contains("ut")), "{:?}", odd.notes);
}

#[test]
fn shapes_that_people_send() {
    let application = read(&json!({
        "id": 71000001, "name": "Robin Sample", "emails": "r@x.example", "phones": {"value": "+15125550142", "type": "Mobile"},
        "location": "Austin", "links": ["github.com/robin-s", {"type": "telegram", "url": "robin_s"}], "languages": "x",
        "education": "Sample University", "claimed_years": [{"technology": "Rust", "years": "over 10 years"}],
        "answers": {"Notice period": "none", "Visa": true}, "references": ["Ann Other"], "wallets": {"address": "0xabc", "chain": "ETH"},
        "nationality": null, "employer": "", "work": {"employer": "Initech", "current": true}, "notes": ["a", {"text": "b"}],
    }));
    assert_eq!(application.subject.as_str(), "71000001");
    insta::assert_snapshot!(told(&application));
}

#[test]
fn what_cannot_be_read_is_said() {
    let application = read(&json!({
        "id": ["x"], "applied_at": "yesterday", "emails": ["not an address", 5], "phones": ["n/a"], "birth_date": "soon",
        "links": {"github": "https://gitlab.com/x/y z", "portfolio": "none"}, "client": {"ip": "here", "browser_utc_offset": "east", "color": 1},
        "claimed_years": {"Rust": "many", "Go": -1, "C": 1e9}, "work": ["Initech", {"start": "2020"}], "bank": "yes",
        "profiles": [{"found": "perhaps"}], "platform_sessions": [{"platform": "x"}], "tomorrow": {"a": 1}, "location": {"country": "Atlantis"},
        "applied_for": "x",
    }));
    assert!(!application.has_own_id);
    assert!(!application.incomplete.is_empty());
    insta::assert_snapshot!(told(&application));
}

#[test]
fn an_id_is_derived_from_the_content_where_there_is_none() {
    let one = read(&json!({"name": "Robin Sample"}));
    assert_eq!(one.subject, read(&json!({"name": "Robin Sample"})).subject);
    assert_ne!(one.subject, read(&json!({"name": "Robin Example"})).subject);
    assert!(one.subject.as_str().starts_with("app-") && !one.has_own_id);
}

#[test]
fn the_browsers_clock_has_one_sign() {
    let offset = |client: Value| {
        let application = read(&json!({"applied_at": "2026-01-10T00:00:00Z", "client": client}));
        let conflict = application.notes.iter().any(|note| note.kind == RemarkKind::Conflict);
        (all::<ClientOffset>(&application).first().map(|fact| fact.offset.to_string()), conflict)
    };
    let east = |text: &str| (Some(text.to_owned()), false);
    assert_eq!(offset(json!({"browser_utc_offset": 5.5})), east("+05:30"));
    assert_eq!(offset(json!({"browser_utc_offset": "+05:30"})), east("+05:30"));
    assert_eq!(offset(json!({"browser_utc_offset": 330})), east("+05:30"));
    assert_eq!(offset(json!({"utc_offset_minutes": -300})), east("-05:00"));
    assert_eq!(offset(json!({"js_timezone_offset": 300})), east("-05:00"));
    assert_eq!(offset(json!({"js_timezone_offset": -330, "utc_offset_minutes": 330, "browser_utc_offset": 5.5})), east("+05:30"));
    // getTimezoneOffset() stored under the wrong name: the browser's zone says so.
    let turned = offset(json!({"timezone": "America/New_York", "utc_offset_minutes": 300}));
    assert_eq!(turned, (Some("-05:00".to_owned()), true));
    // A clock that contradicts the zone in another way stays as it is: that is for a check to find.
    assert_eq!(offset(json!({"timezone": "America/New_York", "utc_offset_minutes": 600})), east("+10:00"));
    assert_eq!(offset(json!({"browser_utc_offset": 1, "utc_offset_minutes": 120})), (Some("+01:00".to_owned()), true));
    assert_eq!(offset(json!({"browser_utc_offset": 99})).0.as_deref(), Some("+01:39"));
    assert_eq!(offset(json!({"utc_offset_minutes": 5000})).0, None);
}

#[test]
fn very_long_values_are_cut_and_said() {
    let application = read(&json!({"name": "n".repeat(10_000), "notes": "x".repeat(200_000), "skills": vec!["s"; 5_000]}));
    let kinds: Vec<_> = application.notes.iter().map(|note| note.kind).collect();
    assert_eq!(kinds, [RemarkKind::OverLimit, RemarkKind::OverLimit, RemarkKind::OverLimit]);
    assert_eq!(application.incomplete.len(), 3);
}

#[test]
fn maps_are_limited_as_lists_are() {
    let map: serde_json::Map<String, Value> = (0..5_000).map(|number| (format!("k{number}"), json!(1))).collect();
    let application = read(&json!({"claimed_years": map, "answers": map, "links": map}));
    assert_eq!(all::<ClaimedYears>(&application).len(), 2_000);
    assert_eq!(
        application.notes.iter().filter(|note| note.kind == RemarkKind::OverLimit).count(),
        3,
        "{:?}",
        &application.notes[..3]
    );
}

#[test]
fn dates_in_the_year_9999_are_dates() {
    let application = read(
        &json!({"applied_at": "9999-12-30T00:00:00Z", "birth_date": "9999-12-31", "work": [{"employer": "X", "start": "9999-12", "end": 9999}]}),
    );
    assert!(application.notes.is_empty(), "{:?}", application.notes);
    assert_eq!(all::<Work>(&application)[0].start.map(|date| date.year()), Some(9999));
}

#[test]
fn not_json_has_a_named_error() {
    let error =
        |bytes: &[u8]| read_json("application.json", bytes.to_vec(), &Limits::default()).expect_err("no application").in_full();
    let deep = "[".repeat(100_000);
    insta::assert_snapshot!(
        [
            b"".as_slice(),
            b"{",
            b"{\"name\": \"x\",}",
            b"[]",
            b"[{\"name\": 1}]",
            b"{\"a\": 1}",
            b"3",
            b"{\"test\": true}",
            b"\x00\x01",
            deep.as_bytes()
        ]
        .map(error)
        .join("\n")
    );
    let limits = Limits { bytes: 100, ..Limits::default() };
    let error = read_json("application.json", vec![b' '; 200], &limits).expect_err("too large");
    assert!(error.in_full().contains("200 bytes"), "{error}");
}

#[test]
fn keys_that_stand_twice_and_other_encodings_are_said() {
    let application =
        read_json("a.json", b"{\"name\": \"A\", \"name\": \"Zo\xeb\"}".to_vec(), &Limits::default()).expect("reads");
    let kinds: Vec<_> = application.notes.iter().map(|note| note.kind).collect();
    assert_eq!(kinds, [RemarkKind::Encoding, RemarkKind::Conflict]);
}

#[test]
fn links_know_their_service() {
    let application = read(
        &json!({"links": {"github": "https://github.com/Robin-S?tab=repositories", "X": "robin", "website": "github.com/robin-s"}}),
    );
    let links: Vec<_> = all::<Link>(&application).into_iter().map(|link| (link.url, link.handle.unwrap_or_default())).collect();
    assert_eq!(
        links,
        [
            ("https://x.com/robin".to_owned(), "robin".to_owned()),
            ("https://github.com/robin-s".to_owned(), "robin-s".to_owned()),
            ("https://github.com/robin-s".to_owned(), "robin-s".to_owned()),
        ]
    );
}

#[test]
fn telephone_numbers_are_read_in_the_residences_notation() {
    let application = read(&json!({"phones": ["030 555 0142"], "location": {"city": "Berlin", "country": "DE"}}));
    assert_eq!(all::<Phone>(&application)[0].e164.as_deref(), Some("+49305550142"));
    assert_eq!(all::<Email>(&application).len(), 0);
}

#[test]
fn years_of_experience() {
    let application = read(&json!({"claimed_years": {"A": 2.5, "B": "10+", "C": ">= 4 years", "D": "3-5", "E": "7,5", "F": 0}}));
    let years: Vec<_> = all::<ClaimedYears>(&application).into_iter().map(|claim| (claim.months, claim.or_more)).collect();
    assert_eq!(years, [(30, false), (120, true), (48, true), (36, true), (90, false), (0, false)]);
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<f64>().prop_filter("finite", |number| number.is_finite()).prop_map(Value::from),
        "\\PC{0,12}".prop_map(Value::from),
        "(20[0-9]{2}-[01][0-9]|[+-]?[0-9]{1,4}|[a-z]{1,4}@[a-z]{1,4}\\.example)".prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 24, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::hash_map(
                "(given|family|value|url|type|name|ip|timezone|browser_utc_offset|start|end|years|technology|found|[a-z]{1,5})",
                inner,
                0..5
            )
            .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn nothing_panics_and_nothing_is_lost(values in prop::collection::vec((0_usize..44, any_json()), 1..12)) {
        let full = full();
        let keys: Vec<&String> = full.as_object().expect("an object").keys().collect();
        let mut form = json!({"name": "R"});
        for (key, value) in &values {
            form[keys[key % keys.len()].as_str()] = value.clone();
        }
        let application = read(&form);
        for (key, value) in form.as_object().expect("an object") {
            // Each field that says something is a fact or a remark.
            let says = !value.is_null() && value != &json!([]) && value != &json!({}) && !value.as_str().is_some_and(|text| text.trim().is_empty());
            let nested = value.is_object() || value.is_array();
            if says && !nested && key != "id" {
                let pointer = format!("/{key}");
                let text = serde_json::to_vec_pretty(&form).expect("serialises");
                let tree = bonafide_formats::json::parse(&text, &Limits::default()).expect("JSON");
                let node = tree.root().pointer(&pointer).expect("there");
                let fact = application.facts.iter().any(|fact| fact.place == node.place());
                let remark = application.notes.iter().any(|note| note.field.as_deref() == Some(&pointer));
                let false_statement = value == &json!(false);
                prop_assert!(fact || remark || false_statement, "{key}: {value} is lost: {:?}", application.notes);
            }
        }
    }
}
