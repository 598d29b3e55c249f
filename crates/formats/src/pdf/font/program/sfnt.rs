//! TrueType and OpenType (ISO/IEC 14496-22): `cmap`, `post`, `hmtx`, and the `CFF` table inside.

use super::{Program, Reader, cff};
use crate::pdf::font::{GlyphText, encoding::Encoding, glyph_names};

/// Glyphs of one font at most.
const GLYPHS: usize = 65_536;

pub(super) fn parse(bytes: &[u8]) -> Option<Program> {
    let file = Reader(bytes);
    let start = if bytes.starts_with(b"ttcf") { file.u32(12)? as usize } else { 0 };
    let count = usize::from(file.u16(start + 4)?).min(200);
    let table = |tag: &[u8; 4]| {
        (0..count).find_map(|index| {
            let record = start + 12 + index * 16;
            (file.0.get(record..record + 4)? == tag).then_some(())?;
            let (offset, length) = (file.u32(record + 8)? as usize, file.u32(record + 12)? as usize);
            file.slice(offset, length.min(bytes.len().saturating_sub(offset)))
        })
    };
    let mut program = table(b"CFF ").and_then(|cff| cff::parse(cff.0)).unwrap_or_default();
    if let Some(cmap) = table(b"cmap") {
        read_cmap(cmap, &mut program);
    }
    if let Some(post) = table(b"post") {
        read_post(post, &mut program);
    }
    if let (Some(head), Some(hhea), Some(hmtx)) = (table(b"head"), table(b"hhea"), table(b"hmtx")) {
        let units = f64::from(head.u16(18).filter(|units| *units > 0).unwrap_or(1000));
        let count = usize::from(hhea.u16(34).unwrap_or(0));
        program.widths =
            (0..count).map_while(|glyph| hmtx.u16(glyph * 4)).map(|width| f64::from(width) * 1000.0 / units).collect();
    }
    Some(program)
}

fn read_cmap(table: Reader<'_>, program: &mut Program) {
    let count = usize::from(table.u16(2).unwrap_or(0)).min(64);
    for index in 0..count {
        let record = 4 + index * 8;
        let (Some(platform), Some(encoding), Some(offset)) = (table.u16(record), table.u16(record + 2), table.u32(record + 4))
        else {
            return;
        };
        let Some(subtable) = table.0.get(offset as usize..).map(Reader) else { continue };
        match (platform, encoding) {
            (0, _) | (3, 1 | 10) => each_mapping(subtable, |code, glyph| note_text(program, code, glyph)),
            (3, 0) => each_mapping(subtable, |code, glyph| {
                // Symbol fonts put their codes at U+F000.
                if matches!(code, 0..=0xFF | 0xF000..=0xF0FF) {
                    note_code(program, code & 0xFF, glyph);
                }
            }),
            (1, 0) => each_mapping(subtable, |code, glyph| note_code(program, code, glyph)),
            _ => {}
        }
    }
}

fn note_code(program: &mut Program, code: u32, glyph: u16) {
    if program.glyph_of_code.is_empty() {
        program.glyph_of_code = vec![0; 256];
    }
    if let Some(slot) = program.glyph_of_code.get_mut(code as usize)
        && *slot == 0
    {
        *slot = glyph;
    }
}

fn note_text(program: &mut Program, code: u32, glyph: u16) {
    let Some(character) = char::from_u32(code).filter(|character| !character.is_control()) else { return };
    set_text(program, glyph, GlyphText::One(character));
}

/// Keeps the first text of a glyph, but lets a printable one replace a space.
fn set_text(program: &mut Program, glyph: u16, text: GlyphText) {
    let index = usize::from(glyph);
    if glyph == 0 {
        return;
    }
    if program.texts.len() <= index {
        program.texts.resize(index + 1, GlyphText::None);
    }
    if program.texts[index] == GlyphText::None {
        program.texts[index] = text;
    }
}

/// Calls back with each code and glyph of a subtable of format 0, 4, 6 or 12.
fn each_mapping(table: Reader<'_>, mut found: impl FnMut(u32, u16)) {
    let mut left = GLYPHS * 2;
    let mut each = |code: u32, glyph: u16| {
        left = left.saturating_sub(1);
        if glyph != 0 {
            found(code, glyph);
        }
        left > 0
    };
    match table.u16(0) {
        Some(0) => {
            for code in 0..256 {
                each(code, u16::from(table.u8(6 + code as usize).unwrap_or(0)));
            }
        }
        Some(4) => {
            let segments = usize::from(table.u16(6).unwrap_or(0)) / 2;
            for segment in 0..segments {
                let field = |which: usize| table.u16(14 + segment * 2 + which * segments * 2 + if which > 0 { 2 } else { 0 });
                let (Some(end), Some(start), Some(delta), Some(offset)) = (field(0), field(1), field(2), field(3)) else {
                    return;
                };
                for code in start..=end {
                    let glyph = if offset == 0 {
                        code.wrapping_add(delta)
                    } else {
                        let place = 16 + segment * 2 + 3 * segments * 2 + usize::from(offset) + 2 * usize::from(code - start);
                        match table.u16(place) {
                            Some(0) | None => 0,
                            Some(glyph) => glyph.wrapping_add(delta),
                        }
                    };
                    if code == 0xFFFF || !each(u32::from(code), glyph) {
                        break;
                    }
                }
            }
        }
        Some(6) => {
            let (first, count) = (u32::from(table.u16(6).unwrap_or(0)), usize::from(table.u16(8).unwrap_or(0)));
            for index in 0..count {
                each(first + index as u32, table.u16(10 + index * 2).unwrap_or(0));
            }
        }
        Some(12) => {
            let groups = table.u32(12).unwrap_or(0).min(GLYPHS as u32) as usize;
            for group in 0..groups {
                let at = 16 + group * 12;
                let (Some(start), Some(end), Some(glyph)) = (table.u32(at), table.u32(at + 4), table.u32(at + 8)) else { return };
                for code in start..=end.min(0x10_FFFF) {
                    let Ok(glyph) = u16::try_from(u64::from(glyph) + u64::from(code - start)) else { break };
                    if !each(code, glyph) {
                        return;
                    }
                }
            }
        }
        _ => {}
    }
}

/// Glyph names of `post` format 2.
fn read_post(table: Reader<'_>, program: &mut Program) {
    if table.u32(0) != Some(0x0002_0000) {
        return;
    }
    let count = usize::from(table.u16(32).unwrap_or(0));
    let mut names: Vec<&[u8]> = Vec::new();
    let mut rest = table.0.get(34 + count * 2..).unwrap_or_default();
    while let Some((&length, after)) = rest.split_first() {
        let Some((name, after)) = after.split_at_checked(usize::from(length)) else { break };
        names.push(name);
        rest = after;
    }
    for glyph in 0..count {
        let Some(index) = table.u16(34 + glyph * 2) else { return };
        let text = match usize::from(index).checked_sub(258) {
            Some(custom) => names.get(custom).and_then(|name| glyph_names::text(std::str::from_utf8(name).ok()?)),
            None => macintosh_glyph(index).map(GlyphText::One),
        };
        if let Some(text) = text {
            set_text(program, glyph as u16, text);
        }
    }
}

/// The standard Macintosh order of glyphs: ASCII, then Mac Roman, then a few more.
fn macintosh_glyph(index: u16) -> Option<char> {
    const LAST: &str = "ŁłŠšŽž¦ÐðÝýÞþ−×¹²³½¼¾₣ĞğİŞşĆćČčđ";
    match index {
        3..=97 => char::from_u32(u32::from(index) + 29),
        98..=225 => Encoding::MacRoman.character((index - 98 + 0x80) as u8),
        226..=257 => LAST.chars().nth(usize::from(index) - 226),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn subtable_of_format_6(first: u16, glyphs: &[u16]) -> Vec<u8> {
        [6, 0, 0, first, glyphs.len() as u16].iter().chain(glyphs).flat_map(|word| word.to_be_bytes()).collect()
    }

    fn font(tables: &[(&[u8; 4], Vec<u8>)]) -> Vec<u8> {
        let mut bytes = vec![0, 1, 0, 0, 0, tables.len() as u8, 0, 0, 0, 0, 0, 0];
        let mut offset = 12 + tables.len() * 16;
        for (tag, data) in tables {
            bytes.extend_from_slice(*tag);
            bytes.extend([0; 4]);
            bytes.extend((offset as u32).to_be_bytes());
            bytes.extend((data.len() as u32).to_be_bytes());
            offset += data.len();
        }
        for (_, data) in tables {
            bytes.extend(data);
        }
        bytes
    }

    #[test]
    fn unicode_cmap_names_the_glyphs() {
        let mut cmap = vec![0, 0, 0, 1, 0, 3, 0, 1, 0, 0, 0, 12];
        cmap.extend(subtable_of_format_6(0x41, &[3, 4]));
        let program = parse(&font(&[(b"cmap", cmap)])).unwrap();
        assert_eq!(program.text_of_glyph(4), Some(GlyphText::One('B')));
        assert_eq!(program.text_of_glyph(5), None);
    }

    #[test]
    fn symbol_cmap_and_glyph_names() {
        let mut cmap = vec![0, 0, 0, 1, 0, 3, 0, 0, 0, 0, 0, 12];
        cmap.extend(subtable_of_format_6(0xF041, &[1, 2]));
        let mut post = vec![0, 2, 0, 0];
        post.resize(32, 0);
        post.extend([0, 3, 0, 0, 1, 2, 0, 36]);
        post.extend(b"\x06eacute");
        let program = parse(&font(&[(b"cmap", cmap), (b"post", post)])).unwrap();
        assert_eq!(program.text_of_code(b'A'), Some(GlyphText::One('é')));
        assert_eq!(program.text_of_code(b'B'), Some(GlyphText::One('A')));
    }

    #[test]
    fn format_4_with_delta() {
        // one segment 0x61..=0x62 with delta -0x60, and the closing one
        let words: [u16; 16] = [4, 32, 0, 4, 0, 0, 0, 0x62, 0xFFFF, 0, 0x61, 0xFFFF, 0xFFA0, 1, 0, 0];
        let table: Vec<u8> = words.iter().flat_map(|word| word.to_be_bytes()).collect();
        let mut found = Vec::new();
        each_mapping(Reader(&table), |code, glyph| found.push((code, glyph)));
        assert_eq!(found, [(0x61, 1), (0x62, 2)]);
    }
}
