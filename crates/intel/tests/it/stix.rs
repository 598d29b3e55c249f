//! Objects: labelled cases, hostile text, and what stays as it came.

use bonafide_intel::stix::{Error, Object, SpecVersion, Verdict, answer_line, validate};
use proptest::prelude::*;
use serde_json::{Value, json};

/// The lines of a file under `BONAFIDE_TEST_DATA` (by default `../shared/data` beside the workspace). Where it is absent the test is
/// skipped, except under `CI`.
pub(crate) fn rows(path: &str) -> Vec<Value> {
    let default = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data");
    let folder = std::env::var_os("BONAFIDE_TEST_DATA").map_or_else(|| default.into(), std::path::PathBuf::from);
    let read = std::fs::read_to_string(folder.join("intel").join(path));
    if let Err(error) = &read {
        eprintln!("skipped: {path} cannot be read ({error}); set BONAFIDE_TEST_DATA");
        assert!(std::env::var_os("CI").is_none(), "test data is needed under CI");
    }
    read.unwrap_or_default().lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect()
}

fn judge(object: &Value) -> Verdict {
    let text = object.to_string();
    validate(&Object::parse(text.as_bytes()).expect("a JSON object"))
}

#[test]
fn labelled_objects_are_judged_as_labelled() {
    let rows = rows("stix21_cases.jsonl");
    for row in &rows {
        let verdict = judge(&row["obj"]);
        assert_eq!(row["must_valid"], verdict.is_valid(), "{} {verdict:#?}", row["from"]);
        let is_strict = verdict.is_valid() && verdict.warnings.is_empty();
        assert_eq!(row["strict_valid"], is_strict, "{} {verdict:#?}", row["from"]);
    }
}

/// An indicator without fault.
fn indicator() -> Value {
    json!({
        "type": "indicator", "spec_version": "2.1", "id": "indicator--0c7b5b88-8ff7-4a4d-aa9d-feb398cd0061",
        "created": "2026-04-06T20:03:48.000Z", "modified": "2026-04-06T20:03:48.000Z", "name": "A mailbox of a persona",
        "description": "Used in three applications.", "indicator_types": ["malicious-activity"],
        "pattern": "[email-addr:value = 'someone@mail.example']", "pattern_type": "stix", "valid_from": "2026-01-01T00:00:00Z"
    })
}

/// Faults of an indicator: what is set (`null` takes away), and where the error must stand.
#[test]
fn each_fault_is_found_where_it_is() {
    assert_eq!(judge(&indicator()), Verdict::default());
    let faults = [
        ("spec_version", Value::Null, ""),
        ("spec_version", json!("3.0"), "/spec_version"),
        ("id", json!("indicator--1"), "/id"),
        ("id", json!("malware--0c7b5b88-8ff7-4a4d-aa9d-feb398cd0061"), "/id"),
        ("created", json!("2026-04-06T20:03:48Z"), "/created"),
        ("created", json!(5), "/created"),
        ("modified", json!("2025-04-06T20:03:48.000Z"), "/modified"),
        ("valid_until", json!("2026-01-01T00:00:00Z"), "/valid_until"),
        ("created_by_ref", json!("someone"), "/created_by_ref"),
        ("confidence", json!(101), "/confidence"),
        ("confidence", json!(0.5), "/confidence"),
        ("revoked", json!("no"), "/revoked"),
        ("labels", json!([]), "/labels"),
        ("labels", json!(["one", 2]), "/labels/1"),
        ("lang", json!("qq"), "/lang"),
        ("name", json!({"a": 1}), "/name"),
        ("pattern", json!("[email-addr:value = ]"), "/pattern"),
        ("pattern", json!("[email-addr:va = 'x']"), "/pattern"),
        ("object_marking_refs", json!(["identity--f431f809-377b-45e0-aa1c-6a4751cae5ff"]), "/object_marking_refs/0"),
        ("external_references", json!([{"source_name": "someone"}]), "/external_references/0"),
        ("external_references", json!([{"source_name": "cve", "external_id": "CVE-26-1"}]), "/external_references/0"),
        ("external_references", json!([{"source_name": "x", "url": "nowhere"}]), "/external_references/0/url"),
        ("kill_chain_phases", json!([{"kill_chain_name": "ours"}]), "/kill_chain_phases/0"),
        ("granular_markings", json!([{"selectors": ["nothing"], "lang": "en"}]), "/granular_markings/0"),
        ("granular_markings", json!([{"selectors": ["name"]}]), "/granular_markings/0"),
        ("extensions", json!({"ours": {"abc": 1}}), "/extensions/ours"),
        ("severity", json!("high"), "/severity"),
        ("Ours", json!("high"), "/Ours"),
        ("x_ours", json!(null), "/x_ours"),
        ("x_ours_hex", json!("0g"), "/x_ours_hex"),
    ];
    for (name, value, at) in faults {
        let mut object = indicator();
        let properties = object.as_object_mut().expect("an object");
        match &value {
            Value::Null if name != "x_ours" => drop(properties.remove(name)),
            _ => drop(properties.insert(name.to_owned(), value.clone())),
        }
        let verdict = judge(&object);
        let places: Vec<&str> = verdict.errors.iter().map(|error| error.at.as_str()).collect();
        assert_eq!(places, [at], "{name} = {value}: {verdict:#?}");
    }
}

#[test]
fn messages_say_where_and_what_to_do() {
    let bundle = json!({
        "type": "bundle", "id": "bundle--0c7b5b88-8ff7-4a4d-aa9d-feb398cd0061",
        "objects": [
            {"type": "file", "id": "file--0c7b5b88-8ff7-5a4d-aa9d-feb398cd0061", "hashes": {"MD5": "00"}, "extensions": {"pdf-ext": {"version": 1.7}}},
            {"type": "ipv4-addr", "id": "ipv4-addr--0c7b5b88-8ff7-5a4d-aa9d-feb398cd0061", "value": "10.0.0.1/33"},
            {"type": "persona", "id": "persona--0c7b5b88-8ff7-4a4d-aa9d-feb398cd0061", "spec_version": "2.1",
             "created": "2026-04-06T20:03:48.000Z", "modified": "2026-04-06T20:03:48.000Z", "owner_ref": "nobody"},
        ],
    });
    insta::assert_json_snapshot!(judge(&bundle));
}

#[test]
fn what_came_stays_as_it_came() {
    let text = b" {\"type\" : \"mutex\",\"name\":\"a\\u0062\", \"id\":\"mutex--0c7b5b88-8ff7-5a4d-aa9d-feb398cd0061\"}\n";
    let object = Object::parse(text).expect("an object");
    assert_eq!(object.raw(), text);
    assert_eq!(object.identifier().map(|id| (id.object_type, id.version)), Some(("mutex", 5)));
    assert_eq!(object.spec_version(), SpecVersion::V21);
    let old = br#"{"type":"tool","created":"2016-01-01T00:00:00.000Z","modified":"2016-01-01T00:00:00.000Z"}"#;
    assert_eq!(Object::parse(old).expect("an object").spec_version(), SpecVersion::V20);
}

#[test]
fn hostile_text_is_refused_and_costs_little() {
    let deep = |count: usize| format!("{}{}", r#"{"a":"#.repeat(count), "1");
    let refused: [Vec<u8>; 9] = [
        Vec::new(),
        b"[]".to_vec(),
        b"{\"type\":\"tool\",\"type\":\"tool\"}".to_vec(),
        b"{\"type\":\"\\ud800\"}".to_vec(),
        b"{\"type\":\"\xff\"}".to_vec(),
        b"{\"count\":1e999}".to_vec(),
        deep(100_000).into_bytes(),
        "[".repeat(100_000).into_bytes(),
        b"{\"type\":\"tool\"} more".to_vec(),
    ];
    for text in refused {
        let shown = String::from_utf8_lossy(&text[..text.len().min(40)]).into_owned();
        assert!(matches!(Object::parse(&text), Err(Error::Json(_))), "{shown}");
    }
    let long = json!({"type": "x".repeat(10_000_000), "id": "y".repeat(10_000_000), "value": 123_456_789_012_345_678_901_234_567_890_f64});
    let verdict = judge(&long);
    assert!(!verdict.is_valid());
    assert!(verdict.errors.iter().all(|error| error.what.len() < 20_000_200));
    let many: Value =
        json!({"type": "bundle", "id": "bundle--0c7b5b88-8ff7-4a4d-aa9d-feb398cd0061", "objects": vec![json!(1); 100_000]});
    assert!(judge(&many).errors.len() <= 200);
}

#[test]
fn lines_are_answered() {
    let answer = |line: &str| answer_line(line.as_bytes());
    assert!(answer(r#"{"case":1,"pattern":"[a:b = 'x']"}"#).valid);
    let sound = format!(r#"{{"obj": {}}}"#, indicator());
    assert_eq!(answer(&sound).verdict, Verdict::default());
    let deep = format!(r#"{{"obj":{}{}}}"#, "[".repeat(100_000), "]".repeat(100_000));
    for (line, is_case) in [
        ("", false),
        ("{}", false),
        (r#"{"pattern":5}"#, false),
        (r#"{"obj":{},"pattern":"[a:b = 1]"}"#, false),
        (r#"{"obj":{}}"#, true),
        (r#"{"obj":[]}"#, true),
        (r#"{"pattern":"[a:b = 1"}"#, true),
        (r#"{"obj":{"type":"tool","type":"tool"}}"#, true),
        (&deep, true),
    ] {
        let answer = answer(line);
        assert!(!answer.valid && answer.problem.is_none() == is_case && !answer.verdict.errors.is_empty(), "{answer:?}");
    }
}

/// Any JSON, with the words of STIX in it.
fn any_json() -> impl Strategy<Value = Value> {
    let word = prop_oneof![
        Just("type"),
        Just("id"),
        Just("bundle"),
        Just("objects"),
        Just("file"),
        Just("extensions"),
        Just("hashes"),
        Just("indicator"),
        Just("pattern"),
        Just("observed-data"),
        Just("marking-definition"),
        Just("definition"),
        Just("granular_markings"),
        Just("selectors"),
        Just("language-content"),
        Just("contents"),
        Just("external_references"),
        Just("ntfs-ext"),
        Just("MD5"),
        Just("2.1"),
        Just("file--0c7b5b88-8ff7-5a4d-aa9d-feb398cd0061"),
        Just("created"),
        Just("2026-04-06T20:03:48.000Z"),
        Just(""),
    ];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        word.clone().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(5, 60, 8, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::hash_map(word.clone().prop_map(str::to_owned), inner, 0..9)
                .prop_map(|map| map.into_iter().collect()),
        ]
    })
}

proptest! {
    #[test]
    fn whatever_comes_is_judged(value in any_json()) {
        let text = value.to_string();
        if let Ok(object) = Object::parse(text.as_bytes()) {
            let verdict = validate(&object);
            for finding in verdict.errors.iter().chain(&verdict.warnings) {
                // The place is one of the object's own.
                prop_assert!(value.pointer(&finding.at).is_some(), "{finding:?} in {text}");
            }
        }
    }

    #[test]
    fn whatever_bytes_come_nothing_breaks(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let _ = Object::parse(&bytes).map(|object| validate(&object));
    }
}
