//! EXIF metadata (CIPA DC-008), the few tags that tell where a picture comes from.

use crate::encoding;

/// A value with its name here.
pub(super) type Found = (&'static str, String);

/// Tags of text, and their names here. `0x9286` is the user comment, in which some generators leave their parameters.
const TEXTS: &[(u16, &str)] = &[
    (0x010e, "exif_description"),
    (0x010f, "exif_make"),
    (0x0110, "exif_model"),
    (0x0131, "exif_software"),
    (0x0132, "exif_modified"),
    (0x013b, "exif_artist"),
    (0x8298, "exif_copyright"),
    (0x9003, "exif_taken"),
    (0x9010, "exif_utc_offset"),
    (0x9011, "exif_taken_utc_offset"),
    (0x9286, "exif_comment"),
    (0xa420, "exif_unique_id"),
    (0xa430, "exif_owner"),
    (0xa431, "exif_body_serial"),
    (0xa434, "exif_lens"),
    (0xa435, "exif_lens_serial"),
];
const EXIF_DIRECTORY: u16 = 0x8769;
const GPS_DIRECTORY: u16 = 0x8825;
/// Most entries of a directory, and longest text kept.
const MOST_ENTRIES: usize = 500;
const LONGEST: usize = 16_384;

/// Reads a TIFF structure.
pub(super) fn read(bytes: &[u8]) -> Vec<Found> {
    let Some(tiff) = Tiff::new(bytes) else { return Vec::new() };
    let mut found = Vec::new();
    let first = tiff.u32(4).unwrap_or(0);
    // Directories point to each other, but only these two steps down are followed: no loop is possible.
    for entry in tiff.directory(first) {
        match entry.tag {
            EXIF_DIRECTORY => {
                let inner = tiff.u32(entry.at + 8).unwrap_or(0);
                tiff.directory(inner).for_each(|entry| found.extend(tiff.text(&entry)));
            }
            GPS_DIRECTORY => {
                let inner = tiff.u32(entry.at + 8).unwrap_or(0);
                found.extend(tiff.position(inner).map(|position| ("exif_gps", position)));
            }
            _ => found.extend(tiff.text(&entry)),
        }
    }
    found
}

struct Tiff<'b> {
    bytes: &'b [u8],
    little: bool,
}

struct Entry {
    at: usize,
    tag: u16,
    kind: u16,
    count: u32,
}

impl<'b> Tiff<'b> {
    fn new(bytes: &'b [u8]) -> Option<Self> {
        let bytes = bytes.strip_prefix(b"Exif\0\0").unwrap_or(bytes);
        let little = match bytes.get(..4)? {
            b"II\x2a\0" => true,
            b"MM\0\x2a" => false,
            _ => return None,
        };
        Some(Self { bytes, little })
    }

    fn directory(&self, start: u32) -> impl Iterator<Item = Entry> {
        let start = start as usize;
        let count = if start < 8 { 0 } else { self.u16(start).unwrap_or(0) as usize };
        (0..count.min(MOST_ENTRIES)).map_while(move |index| {
            let at = start.checked_add(2 + index * 12)?;
            Some(Entry { at, tag: self.u16(at)?, kind: self.u16(at + 2)?, count: self.u32(at + 4)? })
        })
    }

    fn text(&self, entry: &Entry) -> Option<Found> {
        let name = TEXTS.iter().find(|(tag, _)| *tag == entry.tag)?.1;
        // 2 text, 7 undefined (user comment), 129 UTF-8.
        if !matches!(entry.kind, 2 | 7 | 129) {
            return None;
        }
        let length = entry.count as usize;
        let start = if length <= 4 { entry.at + 8 } else { self.u32(entry.at + 8)? as usize };
        let bytes = self.bytes.get(start..start.checked_add(length)?)?;
        let bytes = &bytes[..bytes.len().min(LONGEST)];
        let text = match bytes.get(..8) {
            Some(b"UNICODE\0") if entry.tag == 0x9286 => self.wide(&bytes[8..]),
            Some(b"ASCII\0\0\0" | b"\0\0\0\0\0\0\0\0") if entry.tag == 0x9286 => encoding::decode(&bytes[8..]).text.into_owned(),
            _ => encoding::decode(bytes.split(|&byte| byte == 0).next().unwrap_or_default()).text.into_owned(),
        };
        let text = text.trim_matches(['\0', ' ', '\n', '\r']);
        (!text.is_empty()).then(|| (name, text.to_owned()))
    }

    /// UTF-16 in the byte order of the structure, or in the other one where that gives Western letters.
    fn wide(&self, bytes: &[u8]) -> String {
        let zeros = |offset: usize| bytes[offset.min(bytes.len())..].iter().step_by(2).filter(|&&byte| byte == 0).count();
        let little = if zeros(1) == zeros(0) { self.little } else { zeros(1) > zeros(0) };
        let encoding = if little { encoding_rs::UTF_16LE } else { encoding_rs::UTF_16BE };
        encoding.decode_without_bom_handling(bytes).0.into_owned()
    }

    /// Latitude and longitude in degrees, where both are there: `37.39050,127.04660`.
    fn position(&self, directory: u32) -> Option<String> {
        let (mut latitude, mut longitude, mut south, mut west) = (None, None, false, false);
        for entry in self.directory(directory) {
            match entry.tag {
                1 => south = self.bytes.get(entry.at + 8) == Some(&b'S'),
                2 => latitude = self.degrees(&entry),
                3 => west = self.bytes.get(entry.at + 8) == Some(&b'W'),
                4 => longitude = self.degrees(&entry),
                _ => {}
            }
        }
        let signed = |degrees: f64, negative: bool| if negative { -degrees } else { degrees };
        Some(format!("{:.5},{:.5}", signed(latitude?, south), signed(longitude?, west)))
    }

    fn degrees(&self, entry: &Entry) -> Option<f64> {
        if entry.kind != 5 || entry.count != 3 {
            return None;
        }
        let start = self.u32(entry.at + 8)? as usize;
        let part = |index: usize| {
            let (over, under) = (self.u32(start + index * 8)?, self.u32(start + index * 8 + 4)?);
            (under > 0).then(|| f64::from(over) / f64::from(under))
        };
        Some(part(0)? + part(1)? / 60.0 + part(2)? / 3600.0)
    }

    fn u16(&self, at: usize) -> Option<u16> {
        let two = self.bytes.get(at..at.checked_add(2)?)?.try_into().ok()?;
        Some(if self.little { u16::from_le_bytes(two) } else { u16::from_be_bytes(two) })
    }

    fn u32(&self, at: usize) -> Option<u32> {
        let four = self.bytes.get(at..at.checked_add(4)?)?.try_into().ok()?;
        Some(if self.little { u32::from_le_bytes(four) } else { u32::from_be_bytes(four) })
    }
}
