//! What the specification leaves to others: custom types, properties and extensions (section 11 and 7.3).

use super::{Report, value};
use crate::stix::{
    format::{self, Identifier},
    json::Json,
    schema::{self, Class, Shape, vocabulary::EXTENSION_TYPES},
};

/// Whether a custom type is an observable: its extension says so; without one, being inside `observed-data` or having no version does.
pub(super) fn class(json: &Json<'_>, is_inside: bool) -> Class {
    let is_versioned = json.get("created").is_some() || json.get("modified").is_some() || uses(json, &["new-sdo", "new-sro"]);
    if is_inside || !is_versioned { Class::Observable } else { Class::Versioned }
}

/// Whether one of the object's extensions is of one of the kinds.
fn uses(json: &Json<'_>, kinds: &[&str]) -> bool {
    let extensions = json.get("extensions").and_then(Json::map).unwrap_or_default();
    extensions.iter().any(|(_, extension)| extension.text_of("extension_type").is_some_and(|kind| kinds.contains(&kind)))
}

/// The name of a custom type, and how it was announced.
pub(super) fn check_type(report: &mut Report, json: &Json<'_>, name: &str) {
    report.within("type", |report| {
        if !format::is_type_name(name) {
            report.error("3.2", format!("{name:?} is no type: 3 to 250 of a-z, 0-9 and single hyphens, a letter first"));
        } else if name == "action" {
            report.error("3.8", "the type action is reserved");
        } else if !uses(json, &["new-sdo", "new-sco", "new-sro"]) {
            report.warn("11.2", format!("{name:?} should come with an extension of the kind new-sdo, new-sco or new-sro"));
        }
    });
}

/// A property that the type does not have; `is_known` where the type itself is of the specification.
pub(super) fn check_property(
    report: &mut Report,
    json: &Json<'_>,
    object_type: &str,
    is_known: bool,
    key: &str,
    value: &Json<'_>,
) {
    report.within(key, |report| {
        if is_reserved(key) {
            return report.error("3.8", format!("the property {key} is reserved"));
        }
        check_named(report, key, value);
        if key == "lang" && !value.text().is_some_and(crate::stix::language::is_tag) {
            report.error("3.2", "is no language tag of RFC 5646");
        }
        if (is_known || object_type == "bundle") && !uses(json, &["toplevel-property-extension"]) {
            report.warn("11.1", format!("{key} is not of the specification and should come with an extension definition"));
        }
    });
}

fn is_reserved(key: &str) -> bool {
    matches!(key, "severity" | "username" | "phone_numbers" | "action")
}

/// A property that a part of an object, such as an external reference, does not have.
pub(super) fn check_part(report: &mut Report, shape: &Shape, key: &str, value: &Json<'_>) {
    report.within(key, |report| {
        if shape.is_closed() {
            return report.error(shape.section, format!("{} has no such property", shape.name));
        }
        value::not_nothing(report, value);
        report.warn("11.1", format!("{key} is not of the specification and should come with an extension definition"));
    });
}

/// The name and the value of any custom property.
fn check_named(report: &mut Report, key: &str, value: &Json<'_>) {
    if !format::is_property_name(key) || !key.starts_with(|first: char| first.is_ascii_lowercase()) {
        report.error("3.1", "names of properties have 3 to 250 of a-z, 0-9 and _, a letter first");
    }
    value::not_nothing(report, value);
    let text = value.text();
    if key.ends_with("_bin") && !text.is_some_and(format::is_base64) {
        report.error("3.1", "a property that ends in _bin is base64 with padding");
    }
    if key.ends_with("_hex") && !text.is_some_and(format::is_hex) {
        report.error("3.1", "a property that ends in _hex is hexadecimal digits in pairs");
    }
    let is_identifier = |value: &Json<'_>| value.text().is_some_and(|text| Identifier::parse(text).is_some());
    let is_reference = match value.list() {
        Some(items) if key.ends_with("_refs") => items.iter().all(is_identifier),
        _ if key.ends_with("_refs") => false,
        _ => !key.ends_with("_ref") || is_identifier(value),
    };
    if !is_reference {
        report.warn("3.1", "a property that ends in _ref or _refs should hold identifiers");
    }
}

/// The dictionary `extensions`.
pub(super) fn check_extensions(report: &mut Report, json: &Json<'_>, object_type: &str, class: Class) {
    let Some(extensions) = json.get("extensions") else { return };
    report.within("extensions", |report| {
        let Some(entries) = extensions.map() else {
            return report.error("3.2", format!("{} where an object must stand", extensions.kind()));
        };
        if entries.is_empty() {
            report.error("2.3", "the dictionary is empty; leave it out instead");
        }
        for (key, extension) in entries {
            report.within(key, |report| match schema::predefined(object_type, key) {
                Some(shape) => value::extension(report, extension, shape),
                None => check_extension(report, json, object_type, class, key, extension),
            });
        }
    });
}

fn check_extension(report: &mut Report, json: &Json<'_>, object_type: &str, class: Class, key: &str, extension: &Json<'_>) {
    let Some(properties) = extension.map() else {
        return report.error("7.3", format!("{} where an object must stand", extension.kind()));
    };
    if properties.is_empty() {
        report.error("7.3", "the extension is empty; leave it out instead");
    }
    let is_definition = Identifier::parse(key).is_some_and(|id| id.object_type == "extension-definition");
    let is_old = class != Class::Marking && key.strip_suffix("-ext").is_some_and(format::is_type_name);
    if is_definition {
        match extension.get("extension_type") {
            None => report.error("7.3", "the property extension_type is missing"),
            Some(kind) if kind.text().is_some_and(|kind| EXTENSION_TYPES.contains(&kind)) => {}
            Some(_) => report.within("extension_type", |report| {
                report.error("7.3", format!("must be one of {}", EXTENSION_TYPES.join(", ")));
            }),
        }
    } else if !is_old {
        report.error("3.2", "extensions are named by the identifier of their definition: extension-definition--UUID");
    }
    if matches!(object_type, "file" | "network-traffic" | "process" | "user-account") && !uses(json, &["property-extension"]) {
        report.warn("11.3", "extensions beside the predefined ones of this type should be of the kind property-extension");
    }
    for (key, value) in properties.iter().filter(|(key, _)| key != "extension_type") {
        report.within(key, |report| check_named(report, key, value));
    }
}
