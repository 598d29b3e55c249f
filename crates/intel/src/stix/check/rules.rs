//! Rules of single types that tables do not hold.

use super::{Report, any};
use crate::stix::{
    format::{self, Identifier},
    json::Json,
    pattern::{Path, Pattern, Step},
    schema::{self, Class, relationship},
};

/// Looks at an object of that type as a whole.
pub(super) fn check(report: &mut Report, json: &Json<'_>, name: &str, class: Class, is_inside: bool) {
    let has = |property: &str| json.get(property).is_some();
    match name {
        "indicator" => indicator(report, json),
        "relationship" => linked(report, json),
        "location" => location(report, json),
        "observed-data" => observed(report, json),
        "malware" if json.get("is_family") == Some(&Json::Bool(true)) && !has("name") => {
            report.error("4.11", "a family of malware needs a name");
        }
        "malware-analysis" => {
            let is_styled =
                |text: &str| !text.is_empty() && text.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-'));
            if json.text_of("product").is_some_and(|product| !is_styled(product)) {
                report
                    .within("product", |report| report.warn("4.12", "should be all lower case, with hyphens between its words"));
            }
        }
        "extension-definition" => extension_definition(report, json),
        "language-content" => language_content(report, json),
        "artifact" => artifact(report, json),
        "email-message" => {
            let is_multipart = json.get("is_multipart") == Some(&Json::Bool(true));
            if is_multipart && has("body") {
                report.error("6.6", "body is for messages of one part; put it into body_multipart");
            }
            if json.get("is_multipart") == Some(&Json::Bool(false)) && has("body_multipart") {
                report.error("6.6", "body_multipart is for messages of several parts; put it into body");
            }
        }
        "network-traffic" => {
            if json.get("is_active") == Some(&Json::Bool(true)) && has("end") {
                report.error("6.12", "traffic that is active has no end");
            }
            if !has("src_port") || !has("dst_port") {
                report.warn("6.12", "should have both src_port and dst_port");
            }
        }
        "windows-registry-key" => {
            const SHORT: [&str; 5] = ["HKLM", "HKCC", "HKCR", "HKCU", "HKU"];
            let is_short = |key: &str| {
                let hive = key.split('\\').next().unwrap_or_default();
                SHORT.iter().any(|short| hive.eq_ignore_ascii_case(short))
            };
            if json.text_of("key").is_some_and(is_short) {
                report.within("key", |report| report.error("6.17", "the hive is written in full, such as HKEY_LOCAL_MACHINE"));
            }
        }
        _ => {}
    }
    if class == Class::Observable && !is_inside {
        lower_case_keys(report, json);
    }
}

/// The form of the identifier: of the object's own type, and the version of its UUID.
pub(super) fn check_identifier(report: &mut Report, json: &Json<'_>, name: &str, class: Class) {
    let Some(id) = json.text_of("id").and_then(Identifier::parse) else { return };
    report.within("id", |report| {
        if id.object_type != name && schema::object_type(name).is_some() {
            report.error("2.9", format!("begins with {}, and the type is {name}", id.object_type));
        }
        if class == Class::Observable {
            // Section 2.9: without the properties that make a deterministic identifier, it is random.
            let contributing: &[&str] = match name {
                "artifact" => &["hashes", "payload_bin"],
                "email-message" => &["from_ref", "subject", "body"],
                "user-account" => &["account_type", "user_id", "account_login"],
                "windows-registry-key" => &["key", "values"],
                "x509-certificate" => &["hashes", "serial_number"],
                "process" => &[],
                _ => &["id"],
            };
            let is_deterministic = contributing.iter().any(|property| json.get(property).is_some());
            match (is_deterministic, id.version) {
                (true, 5) | (false, 4) => {}
                (true, _) => report.warn("2.9", "observables should have a UUIDv5 made of their contributing properties"),
                (false, _) => report.error("2.9", "has no contributing properties, so its identifier is a UUIDv4"),
            }
        } else if id.version != 4 {
            report.warn("2.9", "should be a UUIDv4");
        }
    });
}

fn indicator(report: &mut Report, json: &Json<'_>) {
    if json.get("name").is_none() || json.get("description").is_none() {
        report.warn("4.7", "should have a name and a description");
    }
    let (Some("stix"), Some(text)) = (json.text_of("pattern_type"), json.text_of("pattern")) else { return };
    report.within("pattern", |report| match Pattern::parse(text) {
        Err(error) => report.error("9", error.to_string()),
        Ok(pattern) => pattern.each_test(&mut |test| named(report, &test.path)),
    });
}

/// The names in a pattern are such as objects can have.
fn named(report: &mut Report, path: &Path<'_>) {
    let known = schema::object_type(path.object_type).filter(|_| schema::is_observable(path.object_type));
    if known.is_none() && !format::is_type_name(path.object_type) {
        report.error("9", format!("{:?} is no type of observable", path.object_type));
    }
    let Some(Step::Key(property)) = path.steps.first() else { return };
    if !format::is_property_name(property) || property == "id" && known.is_none() {
        report.error("9", format!("{property:?} is no property: 3 to 250 of a-z, 0-9 and _"));
    }
}

fn linked(report: &mut Report, json: &Json<'_>) {
    let Some(name) = json.get("relationship_type") else { return };
    let is_name = |name: &str| {
        !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
    };
    let Some(name) = name.text().filter(|name| is_name(name)) else {
        return report.within("relationship_type", |report| report.error("5.1", "is a text of a-z, 0-9 and hyphens"));
    };
    let end = |property| json.text_of(property).and_then(Identifier::parse).map(|id| id.object_type);
    let (Some(source), Some(target)) = (end("source_ref"), end("target_ref")) else { return };
    let is_linked_to_meta = [source, target].iter().any(|of| matches!(*of, "extension-definition" | "bundle"));
    if !is_linked_to_meta && !relationship::is_known(source, name, target) {
        let what = format!("{source} {name} {target} is not among the relationships that the specification names");
        report.within("relationship_type", |report| report.warn("3.7", what));
    }
}

fn location(report: &mut Report, json: &Json<'_>) {
    let has = |property| json.get(property).is_some();
    if has("latitude") != has("longitude") {
        report.error("4.10", "latitude and longitude come together");
    }
    if has("precision") && !(has("latitude") && has("longitude")) {
        report.error("4.10", "precision needs latitude and longitude");
    }
}

fn observed(report: &mut Report, json: &Json<'_>) {
    let Some(objects) = json.get("objects") else { return };
    if json.get("object_refs").is_some() {
        report.error("4.14", "objects and object_refs exclude each other; keep object_refs");
    }
    report.within("objects", |report| {
        report.warn("4.14", "objects is deprecated; refer to observables with object_refs");
        let Some(entries) = objects.map() else {
            return report.error("4.14", format!("{} where an object must stand", objects.kind()));
        };
        if entries.is_empty() {
            report.error("4.14", "holds no object");
        }
        for (key, object) in entries {
            report.within(key, |report| {
                if key.is_empty() || !key.bytes().all(|byte| byte.is_ascii_digit()) {
                    report.warn("4.14", "keys should be whole numbers from 0");
                }
                // An object that can hold others again would hold them without end.
                match object.text_of("type") {
                    Some("observed-data" | "bundle") => report.error("4.14", "holds observables only"),
                    _ => any(report, object, true),
                }
            });
        }
    });
}

fn extension_definition(report: &mut Report, json: &Json<'_>) {
    if json.get("description").is_none() {
        report.warn("7.3", "should have a description");
    }
    if json.get("created_by_ref").is_none() {
        report.error("7.3", "the property created_by_ref is missing");
    }
    let kinds = json.get("extension_types").and_then(Json::list).unwrap_or_default();
    let is_toplevel = kinds.iter().any(|kind| kind.text() == Some("toplevel-property-extension"));
    match (is_toplevel, json.get("extension_properties").is_some()) {
        (true, false) => report.warn("7.3", "an extension of top-level properties should name them in extension_properties"),
        (false, true) => report.error("7.3", "extension_properties is for extensions of top-level properties"),
        _ => {}
    }
}

fn language_content(report: &mut Report, json: &Json<'_>) {
    for (language, contents) in json.get("contents").and_then(Json::map).into_iter().flatten() {
        report.within("contents", |report| {
            report.within(language, |report| {
                if !crate::stix::language::is_tag(language) {
                    report.error("7.1", "is no language tag of RFC 5646");
                }
                let Some(properties) = contents.map() else {
                    return report.error("7.1", format!("{} where an object must stand", contents.kind()));
                };
                for (name, _) in properties.iter().filter(|(name, _)| !format::is_property_name(name) || name == "id") {
                    report.within(name, |report| report.error("7.1", "is no name of a property"));
                }
            });
        });
    }
}

fn artifact(report: &mut Report, json: &Json<'_>) {
    let has = |property| json.get(property).is_some();
    if has("payload_bin") && has("url") {
        report.error("6.1", "payload_bin and url exclude each other; keep one");
    }
    if has("url") && !has("hashes") {
        report.error("6.1", "an artifact with a url needs hashes");
    }
    if has("decryption_key") && !has("encryption_algorithm") {
        report.error("6.1", "a decryption_key needs its encryption_algorithm");
    }
}

/// Keys of dictionaries should be lower case, but where another standard gives them (section 2.3).
fn lower_case_keys(report: &mut Report, json: &Json<'_>) {
    const OF_OTHERS: [&str; 11] = [
        "hashes",
        "file_header_hashes",
        "request_header",
        "additional_header_fields",
        "document_info_dict",
        "exif_tags",
        "ipfix",
        "options",
        "environment_variables",
        "key",
        "startup_info",
    ];
    for (key, value) in json.map().into_iter().flatten() {
        report.within(key, |report| {
            if key.bytes().any(|byte| byte.is_ascii_uppercase()) {
                report.warn("2.3", "keys should be lower case");
            }
            if !OF_OTHERS.contains(&&**key) && matches!(value, Json::Map(_)) {
                lower_case_keys(report, value);
            }
        });
    }
}
