//! Properties of the file: what the program, the template and the account left behind.

use std::collections::BTreeSet;

use super::{
    names::{APP, CORE, CUSTOM, DC, DCTERMS, DS, NONE, O, R, W, W14, W15, W16CID, value},
    output::Output,
    package::{Package, Relationship},
    styles::MOST_STYLES,
};
use crate::{
    digest,
    xml::{Element, Space},
};

/// Elements of the core, and their names here.
const CORE_PROPERTIES: &[(Space, &str, &str)] = &[
    (DC, "creator", "author"),
    (CORE, "lastModifiedBy", "last_modified_by"),
    (CORE, "revision", "revision"),
    (DCTERMS, "created", "created"),
    (DCTERMS, "modified", "modified"),
    (CORE, "lastPrinted", "last_printed"),
    (DC, "title", "title"),
    (DC, "subject", "subject"),
    (DC, "description", "description"),
    (DC, "identifier", "identifier"),
    (DC, "language", "language"),
    (CORE, "keywords", "keywords"),
    (CORE, "category", "category"),
    (CORE, "contentStatus", "content_status"),
    (CORE, "contentType", "content_type"),
    (CORE, "version", "version"),
];

/// Elements of the extended properties, and their names here.
const EXTENDED_PROPERTIES: &[(&str, &str)] = &[
    ("Template", "template"),
    ("TotalTime", "total_time"),
    ("Application", "application"),
    ("AppVersion", "app_version"),
    ("Company", "company"),
    ("Manager", "manager"),
    ("HyperlinkBase", "hyperlink_base"),
    ("Pages", "page_count"),
    ("Words", "word_count"),
    ("Characters", "character_count"),
    ("CharactersWithSpaces", "character_count_with_spaces"),
    ("Lines", "line_count"),
    ("Paragraphs", "paragraph_count"),
    ("DocSecurity", "doc_security"),
];

/// Reads `docProps/core.xml`. An element that stands there empty gives an empty value.
pub(super) fn core(root: Element<'_>, part: &str, output: &mut Output) {
    for child in root.children() {
        if let Some((_, _, name)) = CORE_PROPERTIES.iter().find(|(space, local, _)| child.is(*space, local)) {
            output.property(name, child.text().trim(), part);
        }
    }
}

/// Reads `docProps/app.xml`.
pub(super) fn extended(root: Element<'_>, part: &str, output: &mut Output) {
    for child in root.children().filter(|child| child.space() == APP) {
        if let Some((_, name)) = EXTENDED_PROPERTIES.iter().find(|(local, _)| child.local() == *local) {
            output.property(name, child.text().trim(), part);
        }
    }
}

/// Reads `docProps/custom.xml`: `custom:` and the key.
pub(super) fn custom(root: Element<'_>, part: &str, output: &mut Output) {
    for child in root.children().filter(|child| child.is(CUSTOM, "property")) {
        let key = child.attribute(NONE, "name").unwrap_or_default();
        output.property(&format!("custom:{key}"), child.text().trim(), part);
    }
}

/// Reads `word/settings.xml`. Its relationships name the template that it is attached to.
pub(super) fn settings(root: Element<'_>, part: &str, relationships: &[Relationship], output: &mut Output) {
    for child in root.children() {
        let val = child.attribute(child.space(), "val");
        match (child.space(), child.local()) {
            (W, "rsids") => {
                for rsid in child.children() {
                    let name = if rsid.local() == "rsidRoot" { "rsid_root" } else { "rsids" };
                    output.some_property(name, rsid.attribute(W, "val"), part);
                }
            }
            (W, "themeFontLang") => {
                output.some_property("default_lang", child.attribute(W, "val"), part);
                output.some_property("east_asia_lang", child.attribute(W, "eastAsia"), part);
                output.some_property("bidi_lang", child.attribute(W, "bidi"), part);
            }
            (W, "zoom") => output.some_property("zoom", child.attribute(W, "percent"), part),
            (W, "defaultTabStop") => output.some_property("default_tab_stop", val, part),
            (W, "attachedTemplate") => {
                let target =
                    child.attribute(R, "id").and_then(|id| relationships.iter().find(|relationship| relationship.id == id));
                output.some_property("attached_template", target.map(|relationship| relationship.target.as_str()), part);
            }
            (W, "compat") => {
                for setting in child.children().filter(|setting| setting.attribute(W, "name") == Some("compatibilityMode")) {
                    output.some_property("compat_mode", setting.attribute(W, "val"), part);
                }
            }
            (W, "proofState") => {
                let state = |name| child.attribute(W, name).unwrap_or("-");
                output.property("proof_state", &format!("spelling {}, grammar {}", state("spelling"), state("grammar")), part);
            }
            (W, "trackRevisions") => output.property("track_revisions", val.unwrap_or("on"), part),
            (W, "documentProtection") => output.some_property("document_protection", child.attribute(W, "edit"), part),
            (W, "mailMerge") => {
                let query = child.descendants().find(|inner| inner.is(W, "query") || inner.is(W, "connectString"));
                output.property("mail_merge", query.and_then(|query| query.attribute(W, "val")).unwrap_or_default(), part);
            }
            (W, "docVars") => {
                for variable in child.children() {
                    let name = variable.attribute(W, "name").unwrap_or_default();
                    output.some_property(&format!("doc_var:{name}"), variable.attribute(W, "val"), part);
                }
            }
            (W, "decimalSymbol") => output.some_property("decimal_symbol", val, part),
            (W, "listSeparator") => output.some_property("list_separator", val, part),
            (W14 | W15, "docId") => output.some_property("doc_id", val, part),
            _ => {}
        }
    }
}

/// Reads what `word/styles.xml` tells beside looks.
pub(super) fn styles(root: Element<'_>, part: &str, output: &mut Output) {
    for language in root.child(W, "docDefaults").into_iter().flat_map(Element::descendants).filter(|inner| inner.is(W, "lang")) {
        output.some_property("default_lang", language.attribute(W, "val"), part);
    }
    if let Some(latent) = root.child(W, "latentStyles") {
        output.some_property("latent_style_count", latent.attribute(W, "count"), part);
    }
    for (number, style) in root.children().filter(|child| child.is(W, "style")).enumerate() {
        if number == MOST_STYLES {
            output.incomplete(format!("{part}: only the first {MOST_STYLES} styles were read"));
            break;
        }
        let (id, name) = (style.attribute(W, "styleId").unwrap_or_default(), value(style, "name").unwrap_or_default());
        if matches!(style.attribute(W, "customStyle"), Some("1" | "true" | "on")) {
            output.property("custom_style", name, part);
        } else if style.attribute(W, "type") != Some("table") && !id.eq_ignore_ascii_case(&name.replace([' ', '(', ')'], "")) {
            // Programs in other languages give built-in styles ids of their own: `a0`, `berschrift1`.
            output.property("style_id", &format!("{name}={id}"), part);
        }
        output.some_property("style_rsid", value(style, "rsid"), part);
    }
}

/// Reads the identifiers of lists, which are drawn at random when a list is made.
pub(super) fn numbering(root: Element<'_>, part: &str, output: &mut Output) {
    for child in root.children() {
        if child.is(W, "abstractNum") {
            output.some_property("num_nsid", value(child, "nsid"), part);
            output.some_property("num_tmpl", value(child, "tmpl"), part);
        }
        output.some_property("num_durable_id", child.attribute(W16CID, "durableId"), part);
    }
}

/// Reads `word/fontTable.xml`: alternative names in the script of the machine, keys of embedded fonts.
pub(super) fn font_table(root: Element<'_>, part: &str, output: &mut Output) {
    for font in root.children().filter(|child| child.is(W, "font")) {
        output.some_property("font_table", font.attribute(W, "name"), part);
        output.some_property("font_alt_name", value(font, "altName"), part);
        for key in font.children().filter_map(|child| child.attribute(W, "fontKey")) {
            output.property("embedded_font_key", key, part);
        }
    }
}

/// Reads the theme: its name, and the fonts that its machine's language added.
pub(super) fn theme(root: Element<'_>, part: &str, output: &mut Output) {
    output.some_property("theme_name", root.attribute(NONE, "name"), part);
    for fonts in root.descendants().filter(|element| matches!(element.local(), "majorFont" | "minorFont")) {
        for font in fonts.children() {
            match (font.local(), font.attribute(NONE, "script"), font.attribute(NONE, "typeface")) {
                // The other scripts' fonts are the same in all languages of the program.
                ("font", Some(script @ ("Hang" | "Jpan" | "Hans" | "Hant")), Some(face)) => {
                    output.property("theme_font", &format!("{script}={face}"), part);
                }
                ("latin", _, Some(face)) => output.property("theme_latin_font", face, part),
                ("ea", _, Some(face)) if !face.is_empty() => output.property("east_asia_font", face, part),
                _ => {}
            }
        }
    }
}

/// Reads `word/people.xml`: accounts of those who commented or tracked changes.
pub(super) fn people(root: Element<'_>, part: &str, output: &mut Output) {
    for person in root.children() {
        output.some_property("person", person.attribute(W15, "author"), part);
        if let Some(presence) = person.child(W15, "presenceInfo") {
            output.some_property("presence_user_id", presence.attribute(W15, "userId"), part);
            output.some_property("presence_provider", presence.attribute(W15, "providerId"), part);
        }
    }
}

/// Reads the properties part of a custom XML item: its identifier and the schemas that it follows.
pub(super) fn custom_xml(root: Element<'_>, part: &str, output: &mut Output) {
    output.some_property("custom_xml_guid", root.attribute(DS, "itemID"), part);
    for schema in root.descendants().filter(|element| element.is(DS, "schemaRef")) {
        output.some_property("custom_xml_schema", schema.attribute(DS, "uri"), part);
    }
}

/// Marks scattered over the text of a part: revision and paragraph ids, languages, fonts, bookmarks, changes, pages.
pub(super) fn marks(root: Element<'_>, part: &str, output: &mut Output) {
    let mut rsids: BTreeSet<String> = BTreeSet::new();
    for element in root.descendants() {
        for (space, local, val) in element.attributes() {
            match (space, local) {
                (W, _) if local.starts_with("rsid") => {
                    rsids.insert(val.to_owned());
                }
                (W14, "paraId") => output.property("para_id", val, part),
                // The value of all untouched paragraphs.
                (W14, "textId") if val != "77777777" => output.property("text_id", val, part),
                _ => {}
            }
        }
        match (element.space(), element.local()) {
            (W, "lang") => {
                output.some_property("lang", element.attribute(W, "val"), part);
                output.some_property("east_asia_lang", element.attribute(W, "eastAsia"), part);
                output.some_property("bidi_lang", element.attribute(W, "bidi"), part);
            }
            (W, "rFonts") => {
                output.some_property("east_asia_font", element.attribute(W, "eastAsia"), part);
                output.some_property("font_hint", element.attribute(W, "hint"), part);
                output.some_property("font", element.attribute(W, "ascii"), part);
            }
            (W, "bookmarkStart") => match element.attribute(W, "name") {
                Some("_GoBack") => output.property("go_back", "there", part),
                name => output.some_property("bookmark", name, part),
            },
            (W, "ins" | "moveTo") => changed("ins", element, part, output),
            (W, "del" | "moveFrom") => changed("del", element, part, output),
            (W, "rPrChange" | "pPrChange" | "sectPrChange" | "tblPrChange") => changed("format", element, part, output),
            (W, "pgSz") => {
                let size = |name| element.attribute(W, name).unwrap_or("-");
                output.property("page_size", &format!("{}x{}", size("w"), size("h")), part);
            }
            (W, "pgMar") => {
                let margin = |name| element.attribute(W, name).unwrap_or("-");
                let (left, right) = (margin("left"), margin("right"));
                output.property("margins", &format!("{},{right},{},{left}", margin("top"), margin("bottom")), part);
            }
            (O, "OLEObject") => output.some_property("embedded_object", element.attribute(NONE, "ProgID"), part),
            _ => {}
        }
    }
    for rsid in rsids {
        output.property("rsid_used", &rsid, part);
    }
}

fn changed(kind: &str, element: Element<'_>, part: &str, output: &mut Output) {
    output.some_property(&format!("{kind}_author"), element.attribute(W, "author"), part);
    output.some_property(&format!("{kind}_date"), element.attribute(W, "date"), part);
}

/// What the archive itself gives away.
pub(super) fn archive(package: &Package<'_>, output: &mut Output) {
    let entries = package.archive.entries();
    let names: Vec<&str> = entries.iter().map(|entry| entry.name.as_str()).collect();
    output.property("zip_entry_order", &digest::sha256(names.join("\n").as_bytes()), "");
    for entry in entries {
        output.some_property("zip_timestamp", entry.time().as_deref(), "");
        output.property("zip_version_made_by", &format!("{}.{}", entry.made_by >> 8, entry.made_by & 0xff), "");
        output.property("zip_method", &method(entry.method), "");
        output.property("zip_flags", &format!("{:04x}", entry.flags), "");
        for id in &entry.extra_ids {
            output.property("zip_extra_id", &format!("{id:04x}"), "");
        }
    }
    if !package.archive.comment().is_empty() {
        output.property("zip_comment", &String::from_utf8_lossy(package.archive.comment()), "");
    }
}

fn method(number: u16) -> String {
    match number {
        0 => "stored".into(),
        8 => "deflated".into(),
        other => other.to_string(),
    }
}
