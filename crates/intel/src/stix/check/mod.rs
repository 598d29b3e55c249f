//! Whether an object keeps the rules: errors for every MUST, warnings for what is against a SHOULD or good practice.

mod bundle;
mod custom;
mod marking;
mod rules;
mod value;

use std::fmt::Write as _;

use serde::Serialize;

use super::{
    json::Json,
    object::Object,
    schema::{self, Class, Shape},
};

/// The most findings that are kept of one text: enough to mend it by, little enough to hold.
const MOST: usize = 200;

/// A rule that is broken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// Where, as a JSON pointer (RFC 6901); empty for the whole.
    pub at: String,
    /// What is wrong, and what to do.
    pub what: String,
    /// Section of STIX 2.1 that says so.
    pub section: &'static str,
}

/// What is said of an object or a bundle.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Verdict {
    /// What is against a MUST.
    pub errors: Vec<Finding>,
    /// What is against a SHOULD or good practice.
    pub warnings: Vec<Finding>,
}

impl Verdict {
    /// Whether no MUST is broken.
    pub fn is_valid(&self) -> bool {
        self.errors.is_empty()
    }
}

/// Judges an object, or a bundle with all that it holds, by STIX 2.1.
pub fn validate(object: &Object<'_>) -> Verdict {
    let mut report = Report::default();
    any(&mut report, object.json(), false);
    report.verdict
}

/// Findings, and the place that is being looked at.
#[derive(Default)]
pub(super) struct Report {
    verdict: Verdict,
    pointer: String,
}

impl Report {
    fn error(&mut self, section: &'static str, what: impl Into<String>) {
        if self.verdict.errors.len() < MOST {
            self.verdict.errors.push(Finding { at: self.pointer.clone(), what: what.into(), section });
        }
    }

    fn warn(&mut self, section: &'static str, what: impl Into<String>) {
        if self.verdict.warnings.len() < MOST {
            self.verdict.warnings.push(Finding { at: self.pointer.clone(), what: what.into(), section });
        }
    }

    /// Looks at a property or a key.
    fn within<T>(&mut self, name: &str, look: impl FnOnce(&mut Self) -> T) -> T {
        let length = self.pointer.len();
        self.pointer.push('/');
        for letter in name.chars() {
            match letter {
                '~' => self.pointer.push_str("~0"),
                '/' => self.pointer.push_str("~1"),
                _ => self.pointer.push(letter),
            }
        }
        let seen = look(self);
        self.pointer.truncate(length);
        seen
    }

    /// Looks at an item of a list.
    fn at<T>(&mut self, number: usize, look: impl FnOnce(&mut Self) -> T) -> T {
        let length = self.pointer.len();
        // Writing to a text cannot fail.
        let _ = write!(self.pointer, "/{number}");
        let seen = look(self);
        self.pointer.truncate(length);
        seen
    }
}

/// An object of any type; `is_inside` within an `observed-data`, where identifiers are not needed.
fn any(report: &mut Report, json: &Json<'_>, is_inside: bool) {
    let Some(properties) = json.map() else {
        return report.error("3.2", format!("{} where a STIX object must stand", json.kind()));
    };
    let Some(name) = json.text_of("type") else {
        return report.error("3.2", "the property type is missing or no text; every object has one");
    };
    let known = schema::object_type(name);
    let class = known.map_or_else(|| custom::class(json, is_inside), |of| of.class);
    if known.is_none() {
        custom::check_type(report, json, name);
    }
    let common = schema::common(class);
    let shapes = [Some(common), known.map(|of| of.shape)];
    for shape in shapes.into_iter().flatten() {
        required(report, json, shape, is_inside);
    }
    for (key, value) in properties {
        let property =
            shapes.into_iter().flatten().rev().find_map(|shape| {
                shape.properties.iter().find(|property| property.name == key).map(|property| (shape, property))
            });
        match property {
            Some((shape, property)) => report.within(key, |report| {
                if is_inside && key == "id" {
                    return;
                }
                value::check(report, value, property.kind, shape);
            }),
            None => custom::check_property(report, json, name, known.is_some() && class != Class::Bundle, key, value),
        }
    }
    for shape in shapes.into_iter().flatten() {
        order(report, json, shape);
    }
    custom::check_extensions(report, json, name, class);
    marking::check_selectors(report, json);
    match class {
        Class::Bundle => bundle::check(report, json),
        Class::Marking => marking::check_definition(report, json),
        Class::Versioned | Class::Observable => rules::check(report, json, name, class, is_inside),
    }
    if !is_inside {
        rules::check_identifier(report, json, name, class);
    }
}

/// The properties that must be there.
fn required(report: &mut Report, json: &Json<'_>, shape: &Shape, is_inside: bool) {
    for property in shape.properties.iter().filter(|property| property.required) {
        if json.get(property.name).is_none() && !(is_inside && property.name == "id") {
            report.error(shape.section, format!("the property {} is missing", property.name));
        }
    }
    if !shape.at_least_one.is_empty() && !shape.at_least_one.iter().any(|name| json.get(name).is_some()) {
        report.error(shape.section, format!("{} has none of {}; it needs one", shape.name, shape.at_least_one.join(", ")));
    }
}

/// Instants in their order, compared by the millisecond.
fn order(report: &mut Report, json: &Json<'_>, shape: &Shape) {
    for (later, earlier, is_strict) in shape.order {
        let instant = |name| super::Timestamp::parse(json.text_of(name)?);
        let (Some(second), Some(first)) = (instant(later), instant(earlier)) else { continue };
        let (second, first) = (second.to_milliseconds(), first.to_milliseconds());
        if second < first || *is_strict && second == first {
            let relation = if *is_strict { "must be later than" } else { "must not be before" };
            report.within(later, |report| report.error(shape.section, format!("{later} {relation} {earlier}")));
        }
    }
}
