//! The document catalog (ISO 32000-2, 7.7.2) and what hangs on it.

use std::collections::HashSet;

use lopdf::{Dictionary, Object};

use super::Output;
use crate::{
    digest::sha256,
    pdf::{
        page::Page,
        strings::{date, text_of},
        structure::{Pdf, as_dictionary},
    },
};

/// Entries followed of one tree or list.
const ENTRIES: usize = 2_000;

pub(super) fn read(output: &mut Output<'_>, pages: &[Page<'_>]) {
    let pdf = output.pdf;
    output.add("page_count", pages.len().to_string(), "/Root");
    for page in pages {
        output.add("page_size", format!("{}x{}", rounded(page.width), rounded(page.height)), "/Pages");
    }
    let Some(catalog) = pdf.catalog() else { return };
    match pdf.get(catalog, "Lang").and_then(text_of).filter(|lang| !lang.is_empty()) {
        Some(lang) => output.add("lang", lang, "/Root"),
        None => {
            if let Some(lang) = output.value("xmp_dc_language").map(str::to_owned) {
                output.add("lang", lang, "/Metadata");
            }
        }
    }
    for (key, name) in [("Version", "catalog_version"), ("PageLayout", "page_layout"), ("PageMode", "page_mode")] {
        output.add_some(name, pdf.get(catalog, key).and_then(text_of), "/Root");
    }
    read_structure(output, catalog);
    read_page_labels(output, catalog);
    read_output_intents(output, catalog);
    read_form(output, catalog);
    read_names(output, catalog);
    read_actions(output, catalog);
    if let Some(piece) = pdf.dictionary(catalog, "PieceInfo") {
        for (application, _) in piece.iter().take(50) {
            output.add("piece_info", String::from_utf8_lossy(application), "/Root");
        }
    }
}

/// Points, without decimals that say nothing.
fn rounded(points: f64) -> String {
    let tenths = (points * 10.0).round() / 10.0;
    if tenths.fract() == 0.0 { format!("{tenths:.0}") } else { format!("{tenths:.1}") }
}

/// Tagged PDF: names of structure elements that writers choose themselves, such as Word's style names (14.7).
fn read_structure(output: &mut Output<'_>, catalog: &Dictionary) {
    let pdf = output.pdf;
    if let Some(marked) = pdf.dictionary(catalog, "MarkInfo").and_then(|info| pdf.get(info, "Marked")).and_then(text_of) {
        output.add("tagged", marked, "/Root");
    }
    let Some(root) = pdf.dictionary(catalog, "StructTreeRoot") else { return };
    for (id, object) in &pdf.document.objects {
        if let Object::Dictionary(element) = object
            && element.has(b"Alt")
            && element.has(b"S")
        {
            output.add_some("alternative_text", pdf.get(element, "Alt").and_then(text_of), &format!("object {} {}", id.0, id.1));
        }
    }
    output.add("struct_tree", "true", "/StructTreeRoot");
    if let Some(roles) = pdf.dictionary(root, "RoleMap") {
        for (role, standard) in roles.iter().take(ENTRIES) {
            let standard = text_of(pdf.resolve(standard)).unwrap_or_default();
            output.add("struct_role", format!("{}={standard}", String::from_utf8_lossy(role)), "/StructTreeRoot");
        }
    }
}

fn read_page_labels(output: &mut Output<'_>, catalog: &Dictionary) {
    let pdf = output.pdf;
    let Some(numbers) = pdf.dictionary(catalog, "PageLabels").and_then(|labels| pdf.array(labels, "Nums")) else { return };
    for pair in numbers.chunks_exact(2).take(ENTRIES) {
        let Some(label) = as_dictionary(pdf.resolve(&pair[1])) else { continue };
        let text = |key: &str| pdf.get(label, key).and_then(text_of).unwrap_or_default();
        let from = pdf.as_number(&pair[0]).unwrap_or(0.0);
        output.add("page_labels", format!("{from} {}{}{}", text("P"), text("S"), text("St")).trim().to_owned(), "/PageLabels");
    }
}

fn read_output_intents(output: &mut Output<'_>, catalog: &Dictionary) {
    let pdf = output.pdf;
    for intent in pdf.array(catalog, "OutputIntents").unwrap_or_default().iter().take(50) {
        let Some(intent) = as_dictionary(pdf.resolve(intent)) else { continue };
        let text = |key: &str| pdf.get(intent, key).and_then(text_of).filter(|text| !text.is_empty());
        let name = ["OutputConditionIdentifier", "Info", "OutputCondition"].iter().find_map(|key| text(key)).unwrap_or_default();
        output.add("output_intent", format!("{} {name}", text("S").unwrap_or_default()).trim().to_owned(), "/OutputIntents");
        if let Some(profile) = pdf.stream(intent, "DestOutputProfile") {
            output.add("output_intent_profile_sha256", sha256(&profile.content), "/OutputIntents");
        }
    }
}

/// Form fields and signatures (12.7, 12.8).
fn read_form(output: &mut Output<'_>, catalog: &Dictionary) {
    let pdf = output.pdf;
    if let Some(form) = pdf.dictionary(catalog, "AcroForm") {
        let fields = pdf.array(form, "Fields").unwrap_or_default().len();
        output.add("acroform", format!("{fields} fields"), "/AcroForm");
        if pdf.get(form, "XFA").is_some() {
            output.add("xfa", "true", "/AcroForm");
        }
    }
    for (id, object) in &pdf.document.objects {
        let Some(dictionary) = as_dictionary(object) else { continue };
        let signature = pdf.name(dictionary, "Type") == Some(b"Sig")
            || (dictionary.has(b"ByteRange") && dictionary.has(b"Contents") && dictionary.has(b"Filter"));
        if !signature {
            continue;
        }
        let part = format!("object {} {}", id.0, id.1);
        let text = |key: &str| pdf.get(dictionary, key).and_then(text_of).filter(|text| !text.is_empty());
        let kind = [text("Filter"), text("SubFilter")].into_iter().flatten().collect::<Vec<_>>().join(" ");
        output.add("signature", if kind.is_empty() { "present".to_owned() } else { kind }, &part);
        output.add_some("signature_name", text("Name"), &part);
        output.add_some("signature_reason", text("Reason"), &part);
        output.add_some("signature_location", text("Location"), &part);
        output.add_some("signature_time", text("M").and_then(|written| date(&written)).map(|date| date.text), &part);
    }
}

/// Embedded files and scripts (7.11.4, 12.6.4.17).
fn read_names(output: &mut Output<'_>, catalog: &Dictionary) {
    let pdf = output.pdf;
    let mut files: Vec<&Dictionary> = Vec::new();
    if let Some(names) = pdf.dictionary(catalog, "Names") {
        let values = named_values(pdf, pdf.dictionary(names, "EmbeddedFiles"));
        files.extend(values.into_iter().filter_map(as_dictionary));
        let scripts = named_values(pdf, pdf.dictionary(names, "JavaScript"));
        if !scripts.is_empty() {
            output.add("javascript", format!("{} document scripts", scripts.len()), "/Names");
        }
    }
    for object in pdf.document.objects.values() {
        if let Some(dictionary) = as_dictionary(object)
            && pdf.name(dictionary, "Subtype") == Some(b"FileAttachment")
        {
            files.extend(pdf.dictionary(dictionary, "FS"));
        }
    }
    for file in files.into_iter().take(ENTRIES) {
        let name = ["UF", "F", "Desc"].iter().find_map(|key| pdf.get(file, key).and_then(text_of)).unwrap_or_default();
        output.add("embedded_file", name, "/EmbeddedFiles");
        let stream = pdf.dictionary(file, "EF").and_then(|streams| ["F", "UF"].iter().find_map(|key| pdf.stream(streams, key)));
        if let Some(stream) = stream {
            output.add("embedded_file_sha256", sha256(&stream.content), "/EmbeddedFiles");
        }
    }
}

/// The values of a name tree (7.9.6).
fn named_values<'p>(pdf: &'p Pdf<'_>, root: Option<&'p Dictionary>) -> Vec<&'p Object> {
    let mut values = Vec::new();
    let mut open: Vec<&Dictionary> = root.into_iter().collect();
    let mut seen = HashSet::new();
    while let Some(node) = open.pop() {
        for pair in pdf.array(node, "Names").unwrap_or_default().chunks_exact(2) {
            values.push(pdf.resolve(&pair[1]));
        }
        let kids = pdf.array(node, "Kids").unwrap_or_default().iter().take(ENTRIES);
        let new = kids.filter(|kid| kid.as_reference().map_or(true, |id| seen.insert(id)));
        open.extend(new.filter_map(|kid| as_dictionary(pdf.resolve(kid))));
        if values.len() + open.len() > ENTRIES {
            pdf.note("a name tree has more entries than the limits allow");
            break;
        }
    }
    values
}

/// What happens by itself when the document is opened, and scripts and programs that it starts.
fn read_actions(output: &mut Output<'_>, catalog: &Dictionary) {
    let pdf = output.pdf;
    if let Some(Object::Dictionary(action)) = pdf.get(catalog, "OpenAction") {
        output.add("open_action", pdf.get(action, "S").and_then(text_of).unwrap_or_else(|| "GoTo".to_owned()), "/Root");
    }
    for (id, object) in &pdf.document.objects {
        let Some(dictionary) = as_dictionary(object) else { continue };
        let part = || format!("object {} {}", id.0, id.1);
        match pdf.name(dictionary, "S") {
            Some(b"JavaScript") => output.add("javascript", "action", &part()),
            Some(b"Launch") => {
                let target = pdf.get(dictionary, "F").map(|file| match as_dictionary(file) {
                    Some(file) => ["UF", "F"].iter().find_map(|key| pdf.get(file, key).and_then(text_of)).unwrap_or_default(),
                    None => text_of(file).unwrap_or_default(),
                });
                output.add(
                    "launch_action",
                    target.filter(|name| !name.is_empty()).unwrap_or_else(|| "present".to_owned()),
                    &part(),
                );
            }
            _ => {}
        }
    }
}
