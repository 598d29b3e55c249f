//! The document information dictionary (ISO 32000-2, 14.3.3).

use super::{Output, xmp::Packet};
use crate::pdf::strings::{date, text_of};

const PART: &str = "/Info";
const XMP: &str = "/Metadata";

/// Key, name of the property.
const TEXTS: [(&str, &str); 6] = [
    ("Producer", "producer"),
    ("Creator", "creator"),
    ("Author", "author"),
    ("Title", "title"),
    ("Subject", "subject"),
    ("Keywords", "keywords"),
];
/// Key, name of the date, name of its offset.
const DATES: [(&str, &str, &str); 2] =
    [("CreationDate", "created", "creation_utc_offset"), ("ModDate", "modified", "modified_utc_offset")];

pub(super) fn read(output: &mut Output<'_>) {
    let pdf = output.pdf;
    let Some(info) = pdf.dictionary(&pdf.document.trailer, "Info") else { return };
    for (key, value) in info.iter().take(1000) {
        let Some(value) = text_of(pdf.resolve(value)) else { continue };
        let key = String::from_utf8_lossy(key);
        if let Some((_, name)) = TEXTS.iter().find(|(known, _)| *known == key) {
            output.add(name, value, PART);
        } else if let Some((_, name, offset_name)) = DATES.iter().find(|(known, ..)| *known == key) {
            match date(&value) {
                Some(date) => {
                    output.add(name, date.text, PART);
                    output.add_some(offset_name, date.offset, PART);
                }
                None => output.add(&format!("{name}_unread"), value, PART),
            }
        } else if key == "PTEX.Fullbanner" {
            output.add("ptex_fullbanner", value, PART);
        } else if key == "Trapped" {
            output.add("trapped", value, PART);
        } else {
            output.add(&format!("info_custom:{key}"), value, PART);
        }
    }
}

/// Properties that many files have in their XMP packet only.
pub(super) fn fill_from_xmp(output: &mut Output<'_>, packet: &Packet) {
    for (name, xmp_name) in [
        ("producer", "producer"),
        ("creator", "creator_tool"),
        ("author", "dc_creator"),
        ("title", "dc_title"),
        ("subject", "dc_description"),
        ("keywords", "keywords"),
    ] {
        if output.value(name).is_none() {
            output.add_some(name, packet.joined(xmp_name), XMP);
        }
    }
    for (name, offset_name, xmp_name) in
        [("created", "creation_utc_offset", "create_date"), ("modified", "modified_utc_offset", "modify_date")]
    {
        if output.value(name).is_none()
            && let Some(date) = packet.first(xmp_name).and_then(date)
        {
            output.add(name, date.text, XMP);
            output.add_some(offset_name, date.offset, XMP);
        }
    }
}

/// What the two say differently: they are written together, so a difference tells of an edit by a program that knows one of them.
pub(super) fn compare_with_xmp(output: &mut Output<'_>, packet: &Packet) {
    let pdf = output.pdf;
    let Some(info) = pdf.dictionary(&pdf.document.trailer, "Info") else { return };
    let said = |key: &str| pdf.get(info, key).and_then(text_of).filter(|value| !value.is_empty());
    for (key, name) in [
        ("Producer", "producer"),
        ("Creator", "creator_tool"),
        ("Author", "dc_creator"),
        ("Title", "dc_title"),
        ("Subject", "dc_description"),
        ("Keywords", "keywords"),
    ] {
        let (Some(info), Some(xmp)) = (said(key), packet.joined(name)) else { continue };
        if !same_text(&info, &xmp) {
            output.add("info_xmp_mismatch", format!("{key}: {info:?} in /Info, {xmp:?} in XMP"), XMP);
        }
    }
    for (key, name) in [("CreationDate", "create_date"), ("ModDate", "modify_date")] {
        let (Some(info), Some(xmp)) = (said(key).as_deref().and_then(date), packet.first(name).and_then(date)) else { continue };
        let shorter = info.text.len().min(xmp.text.len()).min(19);
        let same_clock = info.text.get(..shorter) == xmp.text.get(..shorter);
        let same_offset = info.offset.is_none() || xmp.offset.is_none() || info.offset == xmp.offset;
        let same = (same_clock && same_offset) || same_instant(&info.text, &xmp.text);
        if !same {
            output.add("info_xmp_mismatch", format!("{key}: {} in /Info, {} in XMP", info.text, xmp.text), XMP);
        }
    }
}

/// Lists are written with different separators, and blanks are folded in one of the two.
fn same_text(a: &str, b: &str) -> bool {
    let folded = |text: &str| -> Vec<String> {
        text.split(|character: char| character.is_whitespace() || matches!(character, ',' | ';'))
            .filter(|word| !word.is_empty())
            .map(str::to_owned)
            .collect()
    };
    folded(a) == folded(b)
}

/// Whether two RFC 3339 texts with offsets are one instant.
fn same_instant(a: &str, b: &str) -> bool {
    match (minutes(a), minutes(b)) {
        (Some(a), Some(b)) => a == b,
        _ => false,
    }
}

/// Minutes of a date with offset on a proleptic calendar of 31-day months: enough to compare two of them.
fn minutes(text: &str) -> Option<i64> {
    let number = |range: std::ops::Range<usize>| text.get(range)?.parse::<i64>().ok();
    let offset_at = text.len().checked_sub(6)?;
    let sign = match text.as_bytes().get(offset_at)? {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let offset = sign * (number(offset_at + 1..offset_at + 3)? * 60 + number(offset_at + 4..offset_at + 6)?);
    let (year, month, day) = (number(0..4)?, number(5..7)?, number(8..10)?);
    // Days from civil (Howard Hinnant's algorithm).
    let (year, month) = if month <= 2 { (year - 1, month + 9) } else { (year, month - 3) };
    let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let days = era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + (153 * month + 2) / 5 + day - 1;
    Some(days * 1440 + number(11..13)? * 60 + number(14..16)? - offset)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants_and_lists_compare_by_meaning() {
        assert!(same_instant("2025-02-11T04:15:00-05:00", "2025-02-11T09:15:00+00:00"));
        assert!(same_instant("2025-03-01T01:00:00+09:00", "2025-02-28T16:00:00+00:00"));
        assert!(!same_instant("2025-02-11T04:15:00-05:00", "2025-02-11T04:15:00+09:00"));
        assert!(!same_instant("2025-02-11T04:15:00", "2025-02-11T04:15:00"));
        assert!(same_text("rust, go", "rust; go"));
        assert!(!same_text("HP", "Jane"));
    }
}
