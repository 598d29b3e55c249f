//! Values by the kind that their property asks for.

use super::{Report, order, required};
use crate::stix::{
    format::{self, Identifier},
    json::Json,
    language,
    schema::{Judgement, Kind, Rule, Shape, vocabulary},
    timestamp::Timestamp,
};

/// The longest key of a dictionary of hashes that tools take.
const LONGEST_HASH_NAME: usize = 30;

/// Looks at a value. The report stands at its place.
pub(super) fn check(report: &mut Report, value: &Json<'_>, kind: Kind, shape: &'static Shape) {
    let section = shape.section;
    match (kind, value) {
        (Kind::Any, _) | (Kind::Bool, Json::Bool(_)) | (Kind::Text, Json::Text(_)) => {}
        (Kind::Integer(least, most), Json::Integer(number)) => {
            if !(i128::from(least)..=i128::from(most)).contains(number) {
                report.error(section, format!("{number} is outside {least} to {most}"));
            }
        }
        // A whole number may be written with an empty fraction.
        (Kind::Integer(least, most), Json::Float(number)) if number.fract() == 0.0 => {
            if !(least as f64..=most as f64).contains(number) {
                report.error(section, format!("{number} is outside {least} to {most}"));
            }
        }
        (Kind::Number(least, most), Json::Integer(_) | Json::Float(_)) => {
            let number = match value {
                Json::Float(number) => *number,
                Json::Integer(number) => *number as f64,
                _ => f64::NAN,
            };
            if !(least..=most).contains(&number) {
                report.error(section, format!("{number} is outside {least} to {most}"));
            }
        }
        (Kind::List(of), Json::List(items)) => {
            if items.is_empty() {
                report.error("2.12", "the list is empty; leave the property out instead");
            }
            for (number, item) in items.iter().enumerate() {
                report.at(number, |report| check(report, item, *of, shape));
            }
        }
        (Kind::Object(shape), Json::Map(_)) => object(report, value, shape),
        (Kind::Hashes, Json::Map(entries)) => {
            if entries.is_empty() {
                report.error("2.7", "the dictionary of hashes is empty; leave it out instead");
            }
            entries.iter().for_each(|(name, value)| report.within(name, |report| hash(report, name, value)));
        }
        (Kind::Dictionary, Json::Map(entries)) => {
            dictionary(report, entries);
            for (key, value) in entries {
                report.within(key, |report| not_nothing(report, value));
            }
        }
        (Kind::DictionaryOf(rule), Json::Map(entries)) => {
            dictionary(report, entries);
            entries.iter().for_each(|(key, value)| report.within(key, |report| ruled(report, key, value, rule, shape)));
        }
        (_, Json::Text(text)) if is_textual(kind) => check_text(report, text, kind, section),
        _ => report.error(section, format!("{} where {} must stand", value.kind(), wanted(kind))),
    }
}

/// A part with properties of its own.
fn object(report: &mut Report, value: &Json<'_>, shape: &'static Shape) {
    required(report, value, shape, false);
    for (key, part) in value.map().into_iter().flatten() {
        match shape.properties.iter().find(|property| property.name == key) {
            Some(property) => report.within(key, |report| check(report, part, property.kind, shape)),
            None => super::custom::check_part(report, shape, key, part),
        }
    }
    order(report, value, shape);
    match shape.name {
        "external-reference" => external_reference(report, value),
        "kill-chain-phase" => {
            for name in ["kill_chain_name", "phase_name"] {
                if value.text_of(name).is_some_and(|text| !format::is_vocabulary_style(text)) {
                    report.within(name, |report| report.warn("2.11", "should be all lower case, with hyphens between its words"));
                }
            }
        }
        "email-mime-part-type" if value.get("body").is_some() && value.get("body_raw_ref").is_some() => {
            report.error("6.6.2", "body and body_raw_ref exclude each other; keep one");
        }
        "windows-pe-optional-header-type" if value.map().is_some_and(<[_]>::is_empty) => {
            report.error("6.7.7.2", "the optional header is empty; leave it out instead");
        }
        "windows-process-ext"
            if value.text_of("priority").is_some_and(|priority| priority.len() < 7 || !priority.ends_with("_CLASS")) =>
        {
            report.within("priority", |report| {
                report.warn("6.13.2", "should be a priority class of Windows, which ends in _CLASS");
            });
        }
        _ => {}
    }
}

/// Looks at an extension that the specification defines.
pub(super) fn extension(report: &mut Report, value: &Json<'_>, shape: &'static Shape) {
    match value {
        Json::Map(entries) if entries.is_empty() => report.error(shape.section, "the extension is empty; leave it out instead"),
        Json::Map(_) => object(report, value, shape),
        _ => report.error(shape.section, format!("{} where an object must stand", value.kind())),
    }
}

/// CVE and CAPEC have identifiers of their own form (section 2.5).
fn external_reference(report: &mut Report, value: &Json<'_>) {
    let (source, id) = (value.text_of("source_name").unwrap_or_default(), value.text_of("external_id"));
    for (name, is_id, form) in [("cve", is_cve as fn(&str) -> bool, "CVE-2026-12345"), ("capec", is_capec, "CAPEC-123")] {
        match (source == name, id.map(is_id)) {
            (true, Some(true)) | (false, None | Some(false)) => {}
            (true, _) => report.error("2.5", format!("a reference to {name} needs an external_id such as {form}")),
            (false, Some(true)) => {
                report.error("2.5", format!("a reference to {name} has the source_name {name:?}, in lower case"));
            }
        }
    }
    // "hashes SHOULD be provided when the url property is present".
    if value.get("url").is_some() && value.get("hashes").is_none() {
        report.warn("2.5", "a reference with a url should carry the hashes of what was found there");
    }
    for (algorithm, _) in value.get("hashes").and_then(Json::map).into_iter().flatten() {
        if !vocabulary::HASH.holds(algorithm) {
            report.error("2.5", format!("{algorithm:?} is no algorithm of hash-algorithm-ov"));
        }
    }
}

fn is_cve(text: &str) -> bool {
    text.strip_prefix("CVE-").and_then(|rest| rest.split_once('-')).is_some_and(|(year, number)| {
        let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        let is_number = number.len() == 4 || number.len() > 4 && !number.starts_with('0');
        year.len() == 4 && is_digits(year) && is_digits(number) && is_number
    })
}

fn is_capec(text: &str) -> bool {
    text.strip_prefix("CAPEC-").is_some_and(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
}

fn hash(report: &mut Report, algorithm: &str, value: &Json<'_>) {
    if !(3..=250).contains(&algorithm.len()) || !format::is_dictionary_key(algorithm) {
        report.error("2.7", "the name of an algorithm has 3 to 250 letters, digits, - and _");
    } else if algorithm.len() > LONGEST_HASH_NAME {
        report.warn("2.7", "the name of an algorithm should have at most 30 signs");
    }
    if !vocabulary::HASH.holds(algorithm) && !algorithm.starts_with("x_") {
        report.warn("10.8", format!("{algorithm:?} is no algorithm of {}", vocabulary::HASH.name));
    }
    match value {
        Json::Text(text) if format::is_hash(algorithm, text) == Some(false) => {
            report.error("10.8", format!("is no {algorithm} hash: its length or its signs are wrong"));
        }
        Json::Text(_) => {}
        _ => report.error("2.7", format!("{} where a hash must stand as text", value.kind())),
    }
}

fn dictionary(report: &mut Report, entries: &[(std::borrow::Cow<'_, str>, Json<'_>)]) {
    if entries.is_empty() {
        report.error("2.3", "the dictionary is empty; leave it out instead");
    }
    for (key, _) in entries {
        if !format::is_dictionary_key(key) {
            report.within(key, |report| report.error("2.3", "keys have at most 250 letters, digits, - and _"));
        }
    }
}

fn ruled(report: &mut Report, key: &str, value: &Json<'_>, rule: &Rule, shape: &'static Shape) {
    match (rule.key)(key) {
        Judgement::Right => {}
        Judgement::Unusual(why) => report.warn(shape.section, why),
        Judgement::Wrong(why) => report.error(shape.section, why),
    }
    let kinds = (rule.value)(key);
    let fits = |kind: &Kind| {
        matches!(
            (kind, value),
            (Kind::Text, Json::Text(_)) | (Kind::Integer(..), Json::Integer(_)) | (Kind::List(_), Json::List(_))
        )
    };
    match kinds.iter().find(|kind| fits(kind)) {
        Some(kind) => check(report, value, *kind, shape),
        None if kinds.is_empty() && *value == Json::Null => {}
        None => {
            let wanted: Vec<&str> = kinds.iter().map(|kind| wanted(*kind)).collect();
            let wanted = if wanted.is_empty() { "null".to_owned() } else { wanted.join(" or ") };
            report.error(shape.section, format!("{} where {wanted} must stand", value.kind()));
        }
    }
}

/// Nothing is `null` and no list is empty: such properties are left out (section 3.1).
pub(super) fn not_nothing(report: &mut Report, value: &Json<'_>) {
    match value {
        Json::Null => report.error("3.1", "is null; leave the property out instead"),
        Json::List(items) if items.is_empty() => report.error("2.12", "the list is empty; leave the property out instead"),
        _ => {}
    }
}

fn is_textual(kind: Kind) -> bool {
    !matches!(
        kind,
        Kind::Bool
            | Kind::Integer(..)
            | Kind::Number(..)
            | Kind::Hashes
            | Kind::Dictionary
            | Kind::DictionaryOf(_)
            | Kind::List(_)
            | Kind::Object(_)
    )
}

fn check_text(report: &mut Report, text: &str, kind: Kind, section: &'static str) {
    let is_right = match kind {
        Kind::Instant => Timestamp::parse(text).is_some(),
        Kind::InstantOfVersion => Timestamp::parse(text).is_some_and(|instant| instant.precision >= 3),
        Kind::InstantOfSeconds => Timestamp::parse(text).is_some_and(|instant| instant.precision == 0),
        Kind::Id => Identifier::parse(text).is_some(),
        Kind::Reference(types) => {
            return match Identifier::parse(text) {
                None => report.error("2.9", "is no identifier: type--UUID"),
                Some(id) => target(report, id.object_type, types, section),
            };
        }
        Kind::ReferenceNot(types) => {
            return match Identifier::parse(text) {
                None => report.error("2.9", "is no identifier: type--UUID"),
                Some(id) if types.contains(&id.object_type) => {
                    report.error(section, format!("must not refer to an object of type {}", id.object_type));
                }
                Some(_) => {}
            };
        }
        Kind::ObservableReference(types) => {
            return match text.split_once("--") {
                // In `observed-data` with `objects`, references are keys of that dictionary.
                None if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) => {}
                None => report.error("2.9", "is no identifier: type--UUID"),
                Some((object_type, _)) => target(report, object_type, types, section),
            };
        }
        Kind::Closed(values) => {
            if !values.contains(&text) {
                report.error(section, format!("{text:?} is none of {}", values.join(", ")));
            }
            return;
        }
        Kind::Open(vocabulary) => {
            if !vocabulary.holds(text) {
                report.warn("10", format!("{text:?} is not in {}", vocabulary.name));
            } else if vocabulary.is_styled && !format::is_vocabulary_style(text) {
                report.warn("10", format!("{text:?} should be all lower case, with hyphens between its words"));
            }
            return;
        }
        Kind::MediaTypeOpen => {
            if !format::is_media_type(text) {
                report.warn(section, format!("{text:?} should be a registered media type such as text/plain"));
            }
            return;
        }
        Kind::Protocol => {
            if !format::is_protocol(text) {
                report.warn(section, format!("{text:?} should be the name of a registered service or protocol"));
            }
            return;
        }
        Kind::Binary => format::is_base64(text),
        Kind::Hex => format::is_hex(text),
        Kind::Uri => format::is_uri(text),
        Kind::Ipv4 => format::is_ipv4(text),
        Kind::Ipv6 => format::is_ipv6(text),
        Kind::Mac => format::is_mac(text),
        Kind::Cpe => format::is_cpe(text),
        Kind::Email => format::is_email(text),
        Kind::Host => format::is_host(text),
        Kind::Language => language::is_tag(text),
        Kind::LanguageOfSoftware => language::is_three_letter(text),
        Kind::MediaType => format::is_media_type(text),
        Kind::CharacterSet => format::is_character_set(text),
        Kind::Selector => super::marking::is_selector(text),
        _ => true,
    };
    if !is_right {
        let shown: String = text.chars().take(60).collect();
        report.error(section, format!("{shown:?} is no {}", wanted(kind).trim_start_matches("an ").trim_start_matches("a ")));
    }
}

fn target(report: &mut Report, object_type: &str, types: &[&str], section: &'static str) {
    if !types.is_empty() && !types.contains(&object_type) {
        report.error(section, format!("must refer to {}, not to {object_type}", types.join(" or ")));
    }
}

/// What a kind asks for, in words.
fn wanted(kind: Kind) -> &'static str {
    match kind {
        Kind::Any => "anything",
        Kind::Text | Kind::Closed(_) | Kind::Open(_) | Kind::Protocol => "a text",
        Kind::Bool => "a boolean",
        Kind::Integer(..) => "an integer",
        Kind::Number(..) => "a number",
        Kind::Instant => "an instant such as 2026-11-22T10:00:00.000Z",
        Kind::InstantOfVersion => "an instant with milliseconds, such as 2026-11-22T10:00:00.000Z",
        Kind::InstantOfSeconds => "an instant in whole seconds, such as 2026-11-22T10:00:00Z",
        Kind::Id | Kind::Reference(_) | Kind::ReferenceNot(_) | Kind::ObservableReference(_) => "an identifier: type--UUID",
        Kind::Binary => "a text in base64 with padding",
        Kind::Hex => "a text of hexadecimal digits in pairs",
        Kind::Hashes | Kind::Dictionary | Kind::DictionaryOf(_) | Kind::Object(_) => "an object",
        Kind::Uri => "a URI of RFC 3986",
        Kind::Ipv4 => "an IPv4 address or network",
        Kind::Ipv6 => "an IPv6 address or network",
        Kind::Mac => "a MAC address in lower case with colons",
        Kind::Cpe => "a CPE 2.3 formatted string",
        Kind::Email => "an e-mail address",
        Kind::Host => "a domain name",
        Kind::Language => "a language tag of RFC 5646",
        Kind::LanguageOfSoftware => "a language of ISO 639-2, three letters",
        Kind::MediaType | Kind::MediaTypeOpen => "a registered media type such as text/plain",
        Kind::CharacterSet => "a registered character set",
        Kind::List(_) => "a list",
        Kind::Selector => "a selector such as name or labels.[0]",
    }
}
