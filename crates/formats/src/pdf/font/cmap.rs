//! CMaps (ISO 32000-2, 9.7.5 and 9.10.3): character codes to text (`ToUnicode`) or to CIDs.

use super::GlyphText;
use crate::pdf::lexer::{Lexer, Token};

/// Ranges kept of one CMap; a font has 65,536 glyphs at most.
const RANGES: usize = 200_000;

/// A parsed CMap.
#[derive(Clone, Debug, Default)]
pub(in crate::pdf) struct CMap {
    codespace: Vec<CodeSpace>,
    /// Codes to text, sorted by first code; later definitions win.
    texts: Vec<Range<GlyphText>>,
    /// Codes to CIDs, sorted by first code.
    cids: Vec<Range<u32>>,
    /// Name of the CMap that this one extends.
    pub(super) uses: Option<Vec<u8>>,
    pub(super) vertical: bool,
}

#[derive(Clone, Copy, Debug)]
struct CodeSpace {
    bytes: u8,
    low: u32,
    high: u32,
}

#[derive(Clone, Debug)]
struct Range<T> {
    low: u32,
    high: u32,
    first: T,
}

impl CMap {
    pub(in crate::pdf) fn parse(bytes: &[u8]) -> Self {
        let mut cmap = Self::default();
        let mut section = Section::None;
        let mut operands: Vec<Operand> = Vec::new();
        let mut array: Option<Vec<GlyphText>> = None;
        for token in Lexer::new(bytes) {
            match token {
                Token::Text(text) => match &mut array {
                    Some(items) => items.push(GlyphText::from_utf16_be(&text)),
                    None => operands.push(Operand::Code(text.into_owned())),
                },
                Token::Number(number) => operands.push(Operand::Number(number)),
                Token::Name(name) => operands.push(Operand::Name(name.into_owned())),
                Token::ArrayStart => array = Some(Vec::new()),
                Token::ArrayEnd => operands.extend(array.take().map(Operand::Texts)),
                Token::DictionaryStart | Token::DictionaryEnd => {}
                Token::Word(word) => {
                    cmap.word(word, &mut section, &operands);
                    operands.clear();
                }
            }
            cmap.consume(section, &mut operands);
            if cmap.texts.len() + cmap.cids.len() >= RANGES || operands.len() > 1000 {
                break;
            }
        }
        cmap.texts.sort_by_key(|range| range.low);
        cmap.cids.sort_by_key(|range| range.low);
        cmap
    }

    fn word(&mut self, word: &[u8], section: &mut Section, operands: &[Operand]) {
        *section = match word {
            b"begincodespacerange" => Section::CodeSpace,
            b"beginbfchar" => Section::TextOfCode,
            b"beginbfrange" => Section::TextOfRange,
            b"begincidchar" => Section::CidOfCode,
            b"begincidrange" => Section::CidOfRange,
            _ => Section::None,
        };
        match (word, operands) {
            (b"usecmap", [.., Operand::Name(name)]) => self.uses = Some(name.clone()),
            (b"def", [Operand::Name(name), Operand::Number(mode)]) if name == b"WMode" => self.vertical = *mode == 1.0,
            _ => {}
        }
    }

    /// Takes complete entries off the operands.
    fn consume(&mut self, section: Section, operands: &mut Vec<Operand>) {
        use Operand::{Code, Name, Number, Texts};
        let taken = match (section, operands.as_slice()) {
            (Section::CodeSpace, [Code(low), Code(high)]) => {
                if (1..=4).contains(&low.len()) && self.codespace.len() < 1000 {
                    self.codespace.push(CodeSpace { bytes: low.len() as u8, low: code(low), high: code(high) });
                }
                true
            }
            (Section::TextOfCode, [Code(source), Code(target)]) => {
                let low = code(source);
                self.texts.push(Range { low, high: low, first: GlyphText::from_utf16_be(target) });
                true
            }
            (Section::TextOfCode, [Code(source), Name(name)]) => {
                let low = code(source);
                let text = std::str::from_utf8(name).ok().and_then(super::glyph_names::text);
                self.texts.extend(text.map(|first| Range { low, high: low, first }));
                true
            }
            (Section::TextOfRange, [Code(low), Code(high), Code(target)]) => {
                let (low, high) = (code(low), code(high));
                if low <= high {
                    self.texts.push(Range { low, high, first: GlyphText::from_utf16_be(target) });
                }
                true
            }
            (Section::TextOfRange, [Code(low), Code(high), Texts(items)]) => {
                let (low, high) = (code(low), code(high));
                for (code, item) in (low..=high).zip(items) {
                    self.texts.push(Range { low: code, high: code, first: item.clone() });
                }
                true
            }
            (Section::CidOfCode, [Code(source), Number(cid)]) => {
                let low = code(source);
                self.cids.push(Range { low, high: low, first: *cid as u32 });
                true
            }
            (Section::CidOfRange, [Code(low), Code(high), Number(cid)]) => {
                let (low, high) = (code(low), code(high));
                if low <= high {
                    self.cids.push(Range { low, high, first: *cid as u32 });
                }
                true
            }
            (_, many) => many.len() > 3 && !matches!(section, Section::None),
        };
        if taken {
            operands.clear();
        }
    }

    pub(super) fn text(&self, code: u32) -> Option<GlyphText> {
        let range = find(&self.texts, code)?;
        match &range.first {
            GlyphText::None => None,
            first => first.advanced(code - range.low),
        }
    }

    pub(super) fn cid(&self, code: u32) -> Option<u32> {
        find(&self.cids, code).map(|range| range.first.saturating_add(code - range.low))
    }

    pub(super) fn has_texts(&self) -> bool {
        !self.texts.is_empty()
    }

    pub(super) fn has_codespace(&self) -> bool {
        !self.codespace.is_empty()
    }

    /// The next code and its length in bytes, by the codespace ranges; a code outside all of them is as long as the shortest.
    pub(super) fn next_code(&self, bytes: &[u8]) -> (u32, usize) {
        let mut value = 0_u32;
        for (index, &byte) in bytes.iter().take(4).enumerate() {
            value = value << 8 | u32::from(byte);
            let length = index + 1;
            let within = |space: &CodeSpace| {
                usize::from(space.bytes) == length
                    && (0..length).all(|at| {
                        let part = |code: u32| code >> (8 * at) & 0xFF;
                        (part(space.low)..=part(space.high)).contains(&part(value))
                    })
            };
            if self.codespace.iter().any(within) {
                return (value, length);
            }
        }
        let shortest = self.codespace.iter().map(|space| usize::from(space.bytes)).min().unwrap_or(1).min(bytes.len()).max(1);
        (code(&bytes[..shortest.min(bytes.len())]), shortest)
    }
}

/// The latest range that holds a code.
fn find<T>(ranges: &[Range<T>], code: u32) -> Option<&Range<T>> {
    let end = ranges.partition_point(|range| range.low <= code);
    // Ranges rarely overlap: a few steps back find the one that holds the code.
    ranges[..end].iter().rev().take(8).find(|range| range.high >= code)
}

fn code(bytes: &[u8]) -> u32 {
    bytes.iter().take(4).fold(0, |code, &byte| code << 8 | u32::from(byte))
}

#[derive(Clone, Copy)]
enum Section {
    None,
    CodeSpace,
    TextOfCode,
    TextOfRange,
    CidOfCode,
    CidOfRange,
}

enum Operand {
    Code(Vec<u8>),
    Number(f64),
    Name(Vec<u8>),
    Texts(Vec<GlyphText>),
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(cmap: &CMap, code: u32) -> Option<String> {
        cmap.text(code).map(|text| text.as_str(&mut [0; 4]).to_owned())
    }

    #[test]
    fn characters_ranges_and_arrays() {
        let cmap = CMap::parse(
            b"/CIDInit /ProcSet findresource begin begincmap\n1 begincodespacerange <0000> <FFFF> endcodespacerange\n\
            2 beginbfchar <0003> <0020> <0010> <00660069> endbfchar\n\
            3 beginbfrange <0024><0026><0041> <0030> <0032> [<0058> <0059> <D83DDE00>] <0040> <0041> <00410300> endbfrange endcmap",
        );
        assert_eq!(read(&cmap, 3).as_deref(), Some(" "));
        assert_eq!(read(&cmap, 0x10).as_deref(), Some("fi"));
        assert_eq!(read(&cmap, 0x26).as_deref(), Some("C"));
        assert_eq!(read(&cmap, 0x32).as_deref(), Some("😀"));
        assert_eq!(read(&cmap, 0x41).as_deref(), Some("A\u{301}"));
        assert_eq!(read(&cmap, 0x27), None);
        assert_eq!(cmap.next_code(&[0x12, 0x34, 0x56]), (0x1234, 2));
        assert_eq!(cmap.next_code(&[0x12]), (0x12, 1));
    }

    #[test]
    fn mixed_codespace_and_cids() {
        let cmap = CMap::parse(
            b"/WMode 1 def /90ms-RKSJ-H usecmap 2 begincodespacerange <00> <80> <8140> <9FFC> endcodespacerange \
            1 begincidrange <8140> <817e> 633 endcidrange 1 begincidchar <20> 1 endcidchar",
        );
        assert_eq!(cmap.next_code(b"\x81\x50a"), (0x8150, 2));
        assert_eq!(cmap.next_code(b"a\x81"), (0x61, 1));
        assert_eq!((cmap.cid(0x8141), cmap.cid(0x20), cmap.cid(0x21)), (Some(634), Some(1), None));
        assert!(cmap.vertical);
        assert_eq!(cmap.uses.as_deref(), Some(&b"90ms-RKSJ-H"[..]));
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_parse(bytes: Vec<u8>) {
            let cmap = CMap::parse(&bytes);
            let _ = (cmap.text(5), cmap.next_code(&bytes));
        }
    }
}
