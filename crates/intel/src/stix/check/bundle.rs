//! Bundles: section 8.

use std::collections::HashMap;

use super::{Report, any};
use crate::stix::json::Json;

/// Looks at all that a bundle holds.
pub(super) fn check(report: &mut Report, json: &Json<'_>) {
    let Some(objects) = json.get("objects") else { return };
    report.within("objects", |report| {
        let Some(items) = objects.list() else {
            return report.error("8", format!("{} where a list must stand", objects.kind()));
        };
        if items.is_empty() {
            report.error("2.12", "the list is empty; leave the property out instead");
        }
        let mut versions: HashMap<(&str, &str), usize> = HashMap::new();
        for (number, item) in items.iter().enumerate() {
            report.at(number, |report| {
                if item.text_of("type") == Some("bundle") {
                    return report.error("8", "a bundle holds objects, not bundles");
                }
                any(report, item, false);
                let (Some(id), Some(modified)) = (item.text_of("id"), item.text_of("modified")) else { return };
                if let Some(first) = versions.insert((id, modified), number) {
                    report.warn("3.6", format!("the same version of {id} stands at /objects/{first} already"));
                }
            });
        }
    });
}
