//! Markings: TLP of version 1 and 2, statements, and what granular markings point at (section 7.2).

use super::Report;
use crate::stix::{format::Identifier, json::Json};

/// TLP 1: the level, its only identifier and its name (section 7.2.1.4).
const TLP_1: [(&str, &str, &str); 4] = [
    ("white", "marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9", "TLP:WHITE"),
    ("green", "marking-definition--34098fce-860f-48ae-8e50-ebd3cc5e41da", "TLP:GREEN"),
    ("amber", "marking-definition--f88d31f6-486f-44da-b317-01333bde0b82", "TLP:AMBER"),
    ("red", "marking-definition--5e57c739-391a-4eb3-b6be-7d15ca92d5ed", "TLP:RED"),
];
/// When all four were made.
const TLP_1_CREATED: &str = "2017-01-20T00:00:00.000Z";

/// The extension that defines TLP 2.0 (OASIS STIX common object repository).
const TLP_2: &str = "extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d";
/// TLP 2.0: the level and its only identifier.
const TLP_2_LEVELS: [(&str, &str); 5] = [
    ("clear", "marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487"),
    ("green", "marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb"),
    ("amber", "marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421"),
    ("amber+strict", "marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003"),
    ("red", "marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1"),
];

/// What a marking definition says, beyond its properties.
pub(super) fn check_definition(report: &mut Report, json: &Json<'_>) {
    not_itself(report, json);
    let (kind, definition) = (json.text_of("definition_type"), json.get("definition"));
    let extension = json.get("extensions").and_then(|extensions| extensions.get(TLP_2));
    if let Some(extension) = extension {
        let level = extension.text_of("tlp_2_0").unwrap_or_default();
        match TLP_2_LEVELS.iter().find(|(name, _)| *name == level) {
            None => report.error("7.2.1", format!("{level:?} is no level of TLP 2.0: clear, green, amber, amber+strict or red")),
            Some((_, id)) if json.text_of("id") != Some(id) => {
                report.warn("7.2.1", format!("TLP:{} of TLP 2.0 has one identifier, {id}", level.to_uppercase()));
            }
            Some(_) => {}
        }
    }
    match (kind, definition) {
        (Some("tlp"), Some(definition)) => tlp(report, json, definition),
        (Some("statement"), Some(definition)) if definition.text_of("statement").is_none() => {
            report.within("definition", |report| report.error("7.2.1.3", "the property statement is missing or no text"));
        }
        (Some("statement"), Some(_)) => {}
        (Some(_), Some(Json::Map(_))) => {
            let section = "7.2.1";
            report.warn(section, "kinds of markings other than statement and tlp should be extensions with a definition");
        }
        (Some(_), Some(other)) => {
            report.within("definition", |report| report.error("7.2.1", format!("{} where an object must stand", other.kind())));
        }
        (None, None) if json.get("extensions").is_some() => {
            // The four markings of TLP 1 are as the specification prints them and not otherwise.
            if TLP_1.iter().any(|(_, id, _)| json.text_of("id") == Some(id)) {
                report.error("7.2.1.4", "has the identifier of a TLP marking and is none");
            }
        }
        _ => report.error("7.2.1", "needs definition_type and definition together, or an extension"),
    }
}

fn tlp(report: &mut Report, json: &Json<'_>, definition: &Json<'_>) {
    let level = definition.text_of("tlp");
    let is_printed = TLP_1.iter().any(|(name, id, title)| {
        level == Some(name)
            && json.text_of("id") == Some(id)
            && json.text_of("name") == Some(title)
            && json.text_of("created") == Some(TLP_1_CREATED)
            && json.text_of("spec_version") == Some("2.1")
            && json.map().is_some_and(|properties| properties.len() == 7)
    });
    if !is_printed {
        report.error("7.2.1.4", "a TLP marking is one of the four that the specification prints, unchanged; refer to it");
    }
}

/// A marking does not mark itself.
fn not_itself(report: &mut Report, json: &Json<'_>) {
    let Some(id) = json.text_of("id") else { return };
    let marks = json.get("object_marking_refs").and_then(Json::list).unwrap_or_default();
    let granular = json.get("granular_markings").and_then(Json::list).unwrap_or_default();
    if marks.iter().any(|mark| mark.text() == Some(id)) || granular.iter().any(|mark| mark.text_of("marking_ref") == Some(id)) {
        report.error("7.2.1", "a marking must not mark itself");
    }
}

/// Whether a text has the form of a selector (section 7.2.3.1).
pub(super) fn is_selector(text: &str) -> bool {
    let mut parts = text.split('.');
    let is_key = |part: &str, least: usize| {
        (least..=250).contains(&part.len())
            && part.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'_' | b'-'))
    };
    let first = parts.next().unwrap_or_default();
    text == "id" || is_key(first, 3) && parts.all(|part| index(part).is_some() || is_key(part, 1))
}

/// `[7]`
fn index(part: &str) -> Option<usize> {
    let digits = part.strip_prefix('[')?.strip_suffix(']')?;
    digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse().ok()).flatten()
}

/// What granular markings point at is there.
pub(super) fn check_selectors(report: &mut Report, json: &Json<'_>) {
    let markings = json.get("granular_markings").and_then(Json::list).unwrap_or_default();
    for (number, marking) in markings.iter().enumerate() {
        let selectors = marking.get("selectors").and_then(Json::list).unwrap_or_default();
        for selector in selectors.iter().filter_map(Json::text).filter(|selector| resolve(json, selector).is_none()) {
            report.within("granular_markings", |report| {
                report.at(number, |report| report.error("7.2.3.1", format!("the selector {selector:?} points at nothing")));
            });
        }
        if let (Some(_), Some(_)) = (marking.get("lang"), marking.get("marking_ref")) {
            report.within("granular_markings", |report| {
                report.at(number, |report| report.error("7.2.3", "lang and marking_ref exclude each other; keep one"));
            });
        }
        if marking.text_of("marking_ref").is_some_and(|mark| Identifier::parse(mark).is_none()) {
            continue;
        }
    }
}

fn resolve<'j, 'a>(json: &'j Json<'a>, selector: &str) -> Option<&'j Json<'a>> {
    selector.split('.').try_fold(json, |value, part| match index(part) {
        Some(number) => value.list()?.get(number),
        None => value.get(part),
    })
}
