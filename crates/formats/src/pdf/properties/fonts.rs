//! Fonts: names, subset tags, programs, character collections (ISO 32000-2, 9.5 to 9.9).

use std::collections::HashSet;

use lopdf::{Dictionary, Object, ObjectId};

use super::Output;
use crate::{
    digest::sha256,
    pdf::{
        font::{subset_tag, without_subset_tag},
        strings::text_of,
        structure::{Pdf, as_dictionary},
    },
};

pub(super) fn read(output: &mut Output<'_>, used: &HashSet<ObjectId>) {
    let pdf = output.pdf;
    let mut order: Vec<String> = Vec::new();
    for (id, object) in &pdf.document.objects {
        let Some(dictionary) = as_dictionary(object) else { continue };
        if pdf.name(dictionary, "Type") == Some(b"FontDescriptor") || dictionary.has(b"FontFile2") || dictionary.has(b"FontFile3")
        {
            read_descriptor(output, *id, dictionary);
            continue;
        }
        if pdf.name(dictionary, "Type") != Some(b"Font") {
            continue;
        }
        let part = format!("object {} {}", id.0, id.1);
        let name = pdf.name(dictionary, "BaseFont").map(|name| String::from_utf8_lossy(name).into_owned()).unwrap_or_default();
        let plain = without_subset_tag(&name);
        let descendant = pdf.name(dictionary, "Subtype").is_some_and(|subtype| subtype.starts_with(b"CIDFont"));
        if descendant {
            output.add_some("cid_system_info", collection(pdf, dictionary), &part);
            continue;
        }
        output.add("font", plain, &part);
        output.add_some("font_subset_tag", subset_tag(&name), &part);
        if !plain.is_empty() && order.len() < 200 {
            order.push(plain.to_owned());
        }
        if !used.contains(id) && is_cjk(pdf, dictionary, plain) {
            output.add("cjk_font_unused", plain, &part);
        }
    }
    output.add("font_order", order.join("|"), "file");
}

fn read_descriptor(output: &mut Output<'_>, id: ObjectId, descriptor: &Dictionary) {
    let pdf = output.pdf;
    let part = format!("object {} {}", id.0, id.1);
    for key in ["FontFile", "FontFile2", "FontFile3"] {
        if let Some(program) = pdf.stream(descriptor, key) {
            output.add("font_file_sha256", sha256(&program.content), &part);
        }
    }
    // Some writers leave a family or a character set beside the name.
    output.add_some("font_family", pdf.get(descriptor, "FontFamily").and_then(text_of), &part);
}

/// `Adobe-Korea1-2` and the like.
fn collection(pdf: &Pdf<'_>, font: &Dictionary) -> Option<String> {
    let info = pdf.dictionary(font, "CIDSystemInfo")?;
    let text = |key: &str| pdf.get(info, key).and_then(text_of).unwrap_or_default();
    Some(format!("{}-{}-{}", text("Registry"), text("Ordering"), text("Supplement")))
}

/// Whether a font is made for Chinese, Japanese or Korean, by its name or its character collection.
fn is_cjk(pdf: &Pdf<'_>, font: &Dictionary, name: &str) -> bool {
    const NAMES: [&str; 44] = [
        "malgun",
        "batang",
        "gulim",
        "dotum",
        "gungsuh",
        "nanum",
        "applegothic",
        "applesdgothic",
        "hygothic",
        "hymyeongjo",
        "hcrbatang",
        "hcrdotum",
        "haansoft",
        "simsun",
        "nsimsun",
        "simhei",
        "kaiti",
        "fangsong",
        "microsoftyahei",
        "msyh",
        "dengxian",
        "stsong",
        "stheiti",
        "stkaiti",
        "pingfang",
        "songti",
        "heiti",
        "hiragino",
        "mingliu",
        "pmingliu",
        "microsoftjhenghei",
        "msjh",
        "msgothic",
        "mspgothic",
        "msmincho",
        "mspmincho",
        "meiryo",
        "yugothic",
        "yumincho",
        "sourcehan",
        "notosanscjk",
        "notoserifcjk",
        "wenquanyi",
        "arphic",
    ];
    let folded: String = name.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
    if NAMES.iter().any(|known| folded.contains(known)) {
        return true;
    }
    let descendant = pdf.array(font, "DescendantFonts").and_then(|fonts| fonts.first()).map(|object| pdf.resolve(object));
    let ordering = match descendant {
        Some(Object::Dictionary(dictionary)) => collection(pdf, dictionary).unwrap_or_default(),
        _ => String::new(),
    };
    ["Korea1", "GB1", "Japan1", "CNS1", "-KR-"].iter().any(|known| ordering.contains(known))
}
