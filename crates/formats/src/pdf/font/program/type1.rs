//! Type 1 (Adobe Type 1 Font Format): the built-in encoding in the clear-text part.

use super::Program;
use crate::pdf::{
    font::{GlyphText, encoding::Encoding, glyph_names},
    lexer::{Lexer, Token},
};

pub(super) fn parse(bytes: &[u8]) -> Option<Program> {
    // PFB files wrap the clear text in a segment with a six-byte header.
    let bytes = if bytes.starts_with(&[0x80, 1]) { bytes.get(6..)? } else { bytes };
    let clear = find(bytes, b"eexec").map_or(bytes, |end| &bytes[..end]);
    let start = find(clear, b"/Encoding")? + b"/Encoding".len();
    let mut program = Program { complete: true, texts: vec![GlyphText::None], glyph_of_code: vec![0; 256], ..Program::default() };
    let mut encode = |code: u8, text: GlyphText| {
        program.glyph_of_code[usize::from(code)] = program.texts.len() as u16;
        program.texts.push(text);
    };
    let mut operands: [Option<Token<'_>>; 2] = [None, None];
    for token in Lexer::new(&clear[start..]).take(20_000) {
        match (&token, &operands) {
            (Token::Word(b"StandardEncoding"), _) => {
                for code in 0..=255 {
                    if let Some(character) = Encoding::Standard.character(code) {
                        encode(code, GlyphText::One(character));
                    }
                }
                break;
            }
            // dup 65 /A put
            (Token::Word(b"put"), [Some(Token::Number(code)), Some(Token::Name(name))]) => {
                if (0.0..=255.0).contains(code)
                    && let Some(text) = std::str::from_utf8(name).ok().and_then(glyph_names::text)
                {
                    encode(*code as u8, text);
                }
            }
            (Token::Word(b"def" | b"readonly"), _) => break,
            _ => {}
        }
        operands = [operands[1].take(), Some(token)];
    }
    Some(program)
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|window| window == wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encoding_written_out() {
        let program = parse(
            b"%!PS-AdobeFont-1.0: CMSY10\n/Encoding 256 array\n0 1 255 {1 index exch /.notdef put} for\n\
            dup 15 /bullet put\ndup 0 /minus put\nreadonly def\ncurrentfile eexec",
        )
        .unwrap();
        assert_eq!(program.text_of_code(15), Some(GlyphText::One('•')));
        assert_eq!(program.text_of_code(0), Some(GlyphText::One('−')));
        assert_eq!(program.text_of_code(65), None);
    }

    #[test]
    fn standard_encoding() {
        let program = parse(b"%!FontType1\n/Encoding StandardEncoding def eexec").unwrap();
        assert_eq!(program.text_of_code(b'\''), Some(GlyphText::One('’')));
    }
}
