use std::collections::BTreeSet;

use bonafide_report::json::v1;
use serde_json::{Map, Value};

use crate::people;

fn line(subject: &bonafide_report::Reported) -> String {
    let mut out = Vec::new();
    v1::write_line(&subject.assessment, &mut out).expect("writes to memory");
    String::from_utf8(out).expect("UTF-8")
}

#[test]
fn an_assessment_as_json() {
    let run = people::run();
    let text = line(run.ranked()[0]);
    assert_eq!(text.matches('\n').count(), 1, "one line, ended");
    let value: v1::Assessment = serde_json::from_str(&text).expect("is JSON v1");
    insta::assert_json_snapshot!(value);
    insta::assert_snapshot!("line", line(run.ranked()[3]));
}

#[test]
fn every_line_follows_the_schema_and_has_no_key_it_does_not_describe() {
    let schema: Value = serde_json::from_str(v1::SCHEMA).expect("the schema is JSON");
    let mut seen = BTreeSet::new();
    for subject in people::run().subjects.iter().chain([&people::mallory()]) {
        let value: Value = serde_json::from_str(&line(subject)).expect("is JSON");
        let mut validator = Validator { root: &schema, seen: &mut seen, faults: Vec::new() };
        validator.check(&schema, &value, "");
        assert_eq!(validator.faults, Vec::<String>::new(), "{}", subject.assessment.subject);
    }
    for described in ["page", "box", "line", "span", "cluster", "held_back", "missing", "per_thousand"] {
        assert!(seen.contains(described), "the people of the tests never show '{described}'");
    }
}

#[test]
fn the_validator_notices() {
    let schema: Value = serde_json::from_str(v1::SCHEMA).expect("the schema is JSON");
    let good: Value = serde_json::from_str(&line(people::run().ranked()[0])).expect("is JSON");
    let spoils: [fn(&mut Value); 7] = [
        |value| value["band"] = "reject".into(),
        |value| value["weight"] = "12".into(),
        |value| value["dossier_hash"] = "abc".into(),
        |value| value["findings"][0]["evidence"] = Value::Array(Vec::new()),
        |value| value["surprise"] = 1.into(),
        |value| value["findings"][0]["code"] = "BF-X".into(),
        |value| {
            value.as_object_mut().and_then(|object| object.remove("coverage"));
        },
    ];
    for spoil in spoils {
        let mut bad = good.clone();
        spoil(&mut bad);
        let mut validator = Validator { root: &schema, seen: &mut BTreeSet::new(), faults: Vec::new() };
        validator.check(&schema, &bad, "");
        assert_eq!(validator.faults.len(), 1, "{:?}", validator.faults);
    }
}

#[test]
fn keys_stand_in_the_order_of_the_interface() {
    let text = line(people::run().ranked()[0]);
    let order = [
        "\"schema\":\"bonafide.assessment/1\"",
        "\"subject\":",
        "\"as_of\":",
        "\"dossier_hash\":",
        "\"lens\":{\"catalogue\":",
        "\"lists\":",
        "\"intel\":",
        "\"links\":",
        "\"band\":",
        "\"weight\":",
        "\"findings\":[{\"code\":",
        "\"slug\":",
        "\"title\":",
        "\"strength\":",
        "\"summary\":",
        "\"evidence\":[{\"fact\":",
        "\"subject_value\":",
        "\"compared_with\":{\"kind\":",
        "\"id\":",
        "\"value\":",
        "\"source\":",
        "\"version\":",
        "\"relation\":",
        "\"place\":{\"document\":",
        "\"innocent\":",
        "\"ask\":",
        "\"fingerprint\":",
        "\"coverage\":{\"ran\":",
        "\"clear\":[{\"code\":",
        "\"examined\":",
        "\"not_applicable\":[{\"code\":",
        "\"why\":",
        "\"inconclusive\":[{\"code\":",
        "\"missing\":",
    ];
    let mut from = 0;
    for key in order {
        from += text[from..].find(key).unwrap_or_else(|| panic!("{key} is missing behind byte {from}")) + key.len();
    }
}

#[test]
fn another_subject_is_an_id_and_nothing_else() {
    let mut subject = people::run().subjects.remove(2);
    for finding in &mut subject.assessment.findings {
        for evidence in &mut finding.evidence {
            evidence.compared_with.kind = bonafide_model::finding::ComparedKind::Subject;
            evidence.compared_with.value = "a secret of somebody else".into();
            evidence.compared_with.place = Some(bonafide_model::place::Place::Whole);
        }
    }
    let text = line(&subject);
    assert!(!text.contains("a secret of somebody else"));
    let value: v1::Assessment = serde_json::from_str(&text).expect("is JSON v1");
    assert!(value.findings.iter().flat_map(|finding| &finding.evidence).all(|evidence| evidence.compared_with.place.is_none()));
}

#[test]
fn hostile_text_is_escaped_and_whole() {
    let mallory = people::mallory();
    let text = line(&mallory);
    assert_eq!(text.trim_end_matches('\n').chars().find(|&character| crate::is_dangerous(character) || character == '\n'), None);
    let value: v1::Assessment = serde_json::from_str(&text).expect("is JSON v1");
    assert_eq!(value.name, mallory.assessment.display_name, "JSON holds everything, however long");
}

#[test]
fn floats_have_at_most_six_significant_digits() {
    let mut subject = people::run().subjects.remove(2);
    subject.assessment.weight = bonafide_model::assessment::Weight(i32::MAX);
    if let Some(rate) = &mut subject.assessment.base_rate {
        rate.per_thousand = 0.123_456_789;
    }
    let value: v1::Assessment = serde_json::from_str(&line(&subject)).expect("is JSON v1");
    assert_eq!(value.weight, 21_474_800.0);
    assert_eq!(value.base_rate.map(|rate| rate.per_thousand), Some(0.123_457));
}

/// The part of JSON Schema that our schema uses, with unknown keys refused.
struct Validator<'a> {
    root: &'a Value,
    seen: &'a mut BTreeSet<String>,
    faults: Vec<String>,
}

impl Validator<'_> {
    fn check(&mut self, schema: &Value, value: &Value, at: &str) {
        if let Some(reference) = schema["$ref"].as_str() {
            let name = reference.strip_prefix("#/$defs/").expect("a local reference");
            let root = self.root;
            return self.check(&root["$defs"][name], value, at);
        }
        if let Some(choices) = schema["anyOf"].as_array() {
            let fits = |choice: &Value| {
                let mut trial = Validator { root: self.root, seen: &mut BTreeSet::new(), faults: Vec::new() };
                trial.check(choice, value, at);
                trial.faults.is_empty()
            };
            match choices.iter().find(|choice| fits(choice)) {
                Some(choice) => self.check(choice, value, at),
                None => self.fault(at, "fits no choice"),
            }
            return;
        }
        let types: Vec<&str> = match &schema["type"] {
            Value::String(one) => vec![one],
            Value::Array(several) => several.iter().filter_map(Value::as_str).collect(),
            _ => Vec::new(),
        };
        if !types.is_empty() && !types.iter().any(|name| is_of_type(value, name)) {
            return self.fault(at, &format!("is not of type {types:?}"));
        }
        if schema.get("const").is_some_and(|constant| constant != value) {
            self.fault(at, "is not the constant");
        }
        if schema["enum"].as_array().is_some_and(|choices| !choices.contains(value)) {
            self.fault(at, "is none of the choices");
        }
        if let (Some(pattern), Some(text)) = (schema["pattern"].as_str(), value.as_str())
            && !matches(pattern, text)
        {
            self.fault(at, &format!("does not match {pattern}"));
        }
        if schema["minimum"].as_f64().is_some_and(|least| value.as_f64().is_some_and(|number| number < least)) {
            self.fault(at, "is too small");
        }
        if let Some(items) = value.as_array() {
            let count = items.len() as u64;
            if schema["minItems"].as_u64().is_some_and(|least| count < least)
                || schema["maxItems"].as_u64().is_some_and(|most| count > most)
            {
                self.fault(at, "has the wrong number of items");
            }
            for (index, item) in items.iter().enumerate() {
                self.check(&schema["items"], item, &format!("{at}/{index}"));
            }
        }
        if let Some(object) = value.as_object() {
            self.check_object(schema, object, at);
        }
    }

    fn check_object(&mut self, schema: &Value, object: &Map<String, Value>, at: &str) {
        for required in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
            if !object.contains_key(required) {
                self.fault(at, &format!("lacks {required}"));
            }
        }
        for (key, value) in object {
            self.seen.insert(key.clone());
            match schema["properties"].get(key) {
                Some(property) => self.check(property, value, &format!("{at}/{key}")),
                None => self.fault(at, &format!("has {key}, which the schema does not describe")),
            }
        }
    }

    fn fault(&mut self, at: &str, what: &str) {
        self.faults.push(format!("{at} {what}"));
    }
}

fn is_of_type(value: &Value, name: &str) -> bool {
    match name {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "string" => value.is_string(),
        "number" => value.is_number(),
        "integer" => value.is_u64() || value.is_i64(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        other => panic!("the validator does not know the type {other}"),
    }
}

/// Characters of some ranges, repeated.
struct Part {
    ranges: Vec<(char, char)>,
    least: usize,
    most: usize,
}

/// Patterns of the form `^…$` made of classes, literals and counts, as the schema uses them.
fn matches(pattern: &str, text: &str) -> bool {
    let pattern = pattern.strip_prefix('^').and_then(|rest| rest.strip_suffix('$')).expect("an anchored pattern");
    let mut parts: Vec<Part> = Vec::new();
    let mut rest = pattern.chars().peekable();
    while let Some(next) = rest.next() {
        match next {
            '[' => {
                let class: String = rest.by_ref().take_while(|&c| c != ']').collect();
                let mut letters = class.chars().peekable();
                let mut ranges = Vec::new();
                while let Some(from) = letters.next() {
                    let to = if letters.next_if_eq(&'-').is_some() { letters.next().expect("a range ends") } else { from };
                    ranges.push((from, to));
                }
                parts.push(Part { ranges, least: 1, most: 1 });
            }
            '?' => parts.last_mut().expect("something to repeat").least = 0,
            '+' => parts.last_mut().expect("something to repeat").most = usize::MAX,
            '{' => {
                let count: String = rest.by_ref().take_while(|&c| c != '}').collect();
                let (least, most) = count.split_once(',').unwrap_or((&count, &count));
                let last = parts.last_mut().expect("something to repeat");
                (last.least, last.most) = (least.parse().expect("a count"), most.parse().expect("a count"));
            }
            literal => parts.push(Part { ranges: vec![(literal, literal)], least: 1, most: 1 }),
        }
    }
    let mut letters = text.chars().peekable();
    for Part { ranges, least, most } in parts {
        let mut taken = 0;
        while taken < most && letters.next_if(|letter| ranges.iter().any(|(from, to)| (from..=to).contains(&letter))).is_some() {
            taken += 1;
        }
        if taken < least {
            return false;
        }
    }
    letters.next().is_none()
}
