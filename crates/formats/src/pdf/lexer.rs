//! Tokens of content streams and CMaps (ISO 32000-2, 7.2 and 7.8.2). Never fails: what is no token is skipped.

use std::borrow::Cow;

/// One token.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token<'a> {
    Number(f64),
    Name(Cow<'a, [u8]>),
    Text(Cow<'a, [u8]>),
    ArrayStart,
    ArrayEnd,
    DictionaryStart,
    DictionaryEnd,
    /// An operator, `true`, `false`, `null`, or a word of PostScript.
    Word(&'a [u8]),
}

/// Splits bytes into tokens.
pub(super) struct Lexer<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Lexer<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    /// Where the next token is looked for.
    pub(super) fn place(&self) -> usize {
        self.at
    }

    /// Continues at another place, as behind the data of an inline picture.
    pub(super) fn seek(&mut self, position: usize) {
        self.at = position.min(self.bytes.len());
    }

    pub(super) fn rest(&self) -> &'a [u8] {
        &self.bytes[self.at..]
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn skip_space(&mut self) {
        while let Some(byte) = self.peek() {
            match byte {
                b'%' => {
                    let rest = self.rest();
                    self.at += rest.iter().position(|byte| matches!(byte, b'\r' | b'\n')).unwrap_or(rest.len());
                }
                _ if is_space(byte) => self.at += 1,
                _ => return,
            }
        }
    }

    fn regular(&mut self) -> &'a [u8] {
        let rest = self.rest();
        let length = rest.iter().position(|&byte| !is_regular(byte)).unwrap_or(rest.len());
        self.at += length;
        &rest[..length]
    }

    fn name(&mut self) -> Cow<'a, [u8]> {
        let raw = self.regular();
        if !raw.contains(&b'#') {
            return Cow::Borrowed(raw);
        }
        let mut name = Vec::with_capacity(raw.len());
        let mut rest = raw;
        while let Some((&byte, after)) = rest.split_first() {
            let escaped = match (byte, after) {
                (b'#', [high, low, ..]) => hex(*high).zip(hex(*low)),
                _ => None,
            };
            match escaped {
                Some((high, low)) => {
                    name.push(high << 4 | low);
                    rest = &after[2..];
                }
                None => {
                    name.push(byte);
                    rest = after;
                }
            }
        }
        Cow::Owned(name)
    }

    /// A literal string; `at` stands behind the opening parenthesis.
    fn literal(&mut self) -> Cow<'a, [u8]> {
        let start = self.at;
        // Most strings have neither escapes nor parentheses: they are borrowed.
        let rest = self.rest();
        if let Some(end) = rest.iter().position(|byte| matches!(byte, b'(' | b')' | b'\\' | b'\r'))
            && rest[end] == b')'
        {
            self.at += end + 1;
            return Cow::Borrowed(&self.bytes[start..start + end]);
        }
        let mut text = Vec::new();
        let mut depth = 0_usize;
        while let Some(byte) = self.peek() {
            self.at += 1;
            match byte {
                b'(' => {
                    depth += 1;
                    text.push(byte);
                }
                b')' if depth == 0 => break,
                b')' => {
                    depth -= 1;
                    text.push(byte);
                }
                b'\\' => self.escape(&mut text),
                b'\r' => {
                    if self.peek() == Some(b'\n') {
                        self.at += 1;
                    }
                    text.push(b'\n');
                }
                _ => text.push(byte),
            }
        }
        Cow::Owned(text)
    }

    fn escape(&mut self, text: &mut Vec<u8>) {
        let Some(byte) = self.peek() else { return };
        self.at += 1;
        match byte {
            b'n' => text.push(b'\n'),
            b'r' => text.push(b'\r'),
            b't' => text.push(b'\t'),
            b'b' => text.push(8),
            b'f' => text.push(12),
            b'\r' => {
                if self.peek() == Some(b'\n') {
                    self.at += 1;
                }
            }
            b'\n' => {}
            b'0'..=b'7' => {
                let mut value = u32::from(byte - b'0');
                for _ in 0..2 {
                    match self.peek() {
                        Some(digit @ b'0'..=b'7') => {
                            value = value * 8 + u32::from(digit - b'0');
                            self.at += 1;
                        }
                        _ => break,
                    }
                }
                // High-order overflow is ignored (7.3.4.2).
                text.push(value as u8);
            }
            other => text.push(other),
        }
    }

    /// A hexadecimal string; `at` stands behind the opening angle.
    fn hexadecimal(&mut self) -> Vec<u8> {
        let rest = self.rest();
        let length = rest.iter().position(|&byte| byte == b'>').unwrap_or(rest.len());
        self.at = (self.at + length + 1).min(self.bytes.len());
        let mut text = Vec::with_capacity(length / 2 + 1);
        let mut high = None;
        for digit in rest[..length].iter().filter_map(|&byte| hex(byte)) {
            match high.take() {
                None => high = Some(digit << 4),
                Some(high) => text.push(high | digit),
            }
        }
        text.extend(high);
        text
    }
}

impl<'a> Iterator for Lexer<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            self.skip_space();
            let byte = self.peek()?;
            let pair = (byte, self.bytes.get(self.at + 1).copied());
            return Some(match pair {
                (b'/', _) => {
                    self.at += 1;
                    Token::Name(self.name())
                }
                (b'(', _) => {
                    self.at += 1;
                    Token::Text(self.literal())
                }
                (b'<', Some(b'<')) => {
                    self.at += 2;
                    Token::DictionaryStart
                }
                (b'>', Some(b'>')) => {
                    self.at += 2;
                    Token::DictionaryEnd
                }
                (b'<', _) => {
                    self.at += 1;
                    Token::Text(Cow::Owned(self.hexadecimal()))
                }
                (b'[', _) => {
                    self.at += 1;
                    Token::ArrayStart
                }
                (b']', _) => {
                    self.at += 1;
                    Token::ArrayEnd
                }
                (b')' | b'>' | b'{' | b'}', _) => {
                    self.at += 1;
                    continue;
                }
                (b'0'..=b'9' | b'+' | b'-' | b'.', _) => {
                    let word = self.regular();
                    match number(word) {
                        Some(number) => Token::Number(number),
                        None => Token::Word(word),
                    }
                }
                _ => match self.regular() {
                    [] => {
                        self.at += 1;
                        continue;
                    }
                    word => Token::Word(word),
                },
            });
        }
    }
}

/// The value of a number; tolerates what viewers tolerate: doubled signs, a minus sign inside, several points.
fn number(word: &[u8]) -> Option<f64> {
    let digits_at = word.iter().position(|byte| !matches!(byte, b'+' | b'-'))?;
    let (signs, digits) = word.split_at(digits_at);
    let mut value = 0.0_f64;
    let mut fraction: Option<f64> = None;
    for &byte in digits {
        match byte {
            b'0'..=b'9' => match &mut fraction {
                None => value = value * 10.0 + f64::from(byte - b'0'),
                Some(scale) => {
                    *scale /= 10.0;
                    value += f64::from(byte - b'0') * *scale;
                }
            },
            b'.' if fraction.is_none() => fraction = Some(1.0),
            b'.' | b'-' => break,
            _ => return None,
        }
    }
    // Beyond any page: kept finite so that matrices stay finite.
    let value = value.min(1e15);
    Some(if signs.first() == Some(&b'-') { -value } else { value })
}

pub(super) fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | 0 | 12)
}

fn is_regular(byte: u8) -> bool {
    !is_space(byte) && !matches!(byte, b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%')
}

fn hex(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).map(|digit| digit as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(bytes: &[u8]) -> Vec<Token<'_>> {
        Lexer::new(bytes).collect()
    }

    #[test]
    fn operands_of_all_kinds() {
        use Token::{ArrayEnd, ArrayStart, Name, Number, Text, Word};
        assert_eq!(
            tokens(b"/F#31 -12.50 Tf%note\n[(a\\(b\\051\\n) -.5<4 8>]TJ T*"),
            [
                Name(Cow::Owned(b"F1".to_vec())),
                Number(-12.5),
                Word(b"Tf"),
                ArrayStart,
                Text(Cow::Owned(b"a(b)\n".to_vec())),
                Number(-0.5),
                Text(Cow::Owned(vec![0x48])),
                ArrayEnd,
                Word(b"TJ"),
                Word(b"T*"),
            ]
        );
    }

    #[test]
    fn strings_nest_and_fold_line_ends() {
        assert_eq!(
            tokens(b"(a(b)c)(x\r\ny)(\\\r\nz)(open"),
            ["a(b)c", "x\ny", "z", "open"].map(|text| Token::Text(Cow::Borrowed(text.as_bytes())))
        );
    }

    #[test]
    fn odd_numbers_are_numbers() {
        let values: Vec<_> = tokens(b"--5 +3 4. .5 0.00-41 1.2.3 - ").into_iter().collect();
        let expected = [-5.0, 3.0, 4.0, 0.5, 0.0, 1.2].map(Token::Number);
        assert_eq!(values[..6], expected);
        assert_eq!(values[6], Token::Word(b"-"));
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_end(bytes: Vec<u8>) {
            let count = tokens(&bytes).len();
            proptest::prop_assert!(count <= bytes.len());
        }
    }
}
