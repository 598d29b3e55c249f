//! A pattern cut into tokens, one pass, nothing copied but texts with escapes.

use std::borrow::Cow;

use super::literal::{Literal, is_hex, is_timestamp};
use crate::stix::{error::Error, format::is_base64};

/// A piece of a pattern.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token<'a> {
    Literal(Literal<'a>),
    /// A name without a hyphen; whether it is a keyword is for the parser to say.
    Word(&'a str),
    /// A name with hyphens.
    Hyphenated(&'a str),
    /// `=`, `!=`, `<`, `<=`, `>` or `>=`.
    Compare(Compare),
    /// One of `[ ] ( ) : . , *`.
    Mark(u8),
    End,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Compare {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

pub(super) struct Lexer<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Lexer<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    /// The next token and where it begins.
    pub(super) fn next(&mut self) -> Result<(Token<'a>, usize), Error> {
        self.skip_blank()?;
        let (start, bytes) = (self.at, self.text.as_bytes());
        let Some(&first) = bytes.get(start) else { return Ok((Token::End, start)) };
        let second = bytes.get(start + 1).copied();
        let token = match (first, second) {
            (b'\'', _) => Token::Literal(Literal::Text(self.quoted(start)?)),
            (b't' | b'h' | b'b', Some(b'\'')) => Token::Literal(self.typed(start, first)?),
            (b'a'..=b'z' | b'A'..=b'Z' | b'_', _) => self.name(start),
            (b'0'..=b'9' | b'+' | b'-', _) => Token::Literal(self.number(start)?),
            (b'.', Some(b'0'..=b'9')) => Token::Literal(self.number(start)?),
            (b'=', Some(b'=')) => self.mark(2, Token::Compare(Compare::Equal)),
            (b'=', _) => self.mark(1, Token::Compare(Compare::Equal)),
            (b'!', Some(b'=')) | (b'<', Some(b'>')) => self.mark(2, Token::Compare(Compare::NotEqual)),
            (b'<', Some(b'=')) => self.mark(2, Token::Compare(Compare::LessOrEqual)),
            (b'<', _) => self.mark(1, Token::Compare(Compare::Less)),
            (b'>', Some(b'=')) => self.mark(2, Token::Compare(Compare::GreaterOrEqual)),
            (b'>', _) => self.mark(1, Token::Compare(Compare::Greater)),
            (b'[' | b']' | b'(' | b')' | b':' | b'.' | b',' | b'*', _) => self.mark(1, Token::Mark(first)),
            _ => return Err(syntax(self.text, start, "a name, a value, an operator or a bracket")),
        };
        Ok((token, start))
    }

    fn mark(&mut self, length: usize, token: Token<'a>) -> Token<'a> {
        self.at += length;
        token
    }

    /// White space of any script, and comments.
    fn skip_blank(&mut self) -> Result<(), Error> {
        loop {
            let rest = &self.text[self.at..];
            let trimmed = rest.trim_start_matches(|letter: char| letter.is_whitespace() || letter == '\u{feff}');
            self.at += rest.len() - trimmed.len();
            if let Some(comment) = trimmed.strip_prefix("/*") {
                let length = comment.find("*/").ok_or_else(|| syntax(self.text, self.at, "an end of the comment, */"))?;
                self.at += length + 4;
            } else if trimmed.starts_with("//") {
                self.at += trimmed.find(['\n', '\r']).unwrap_or(trimmed.len());
            } else {
                return Ok(());
            }
        }
    }

    /// A text that begins with the quote at `open`.
    fn quoted(&mut self, open: usize) -> Result<Cow<'a, str>, Error> {
        let bytes = self.text.as_bytes();
        let mut at = open + 1;
        let mut unescaped: Option<String> = None;
        let mut plain = at;
        loop {
            match bytes.get(at) {
                None => return Err(syntax(self.text, open, "a text that ends with a quote")),
                Some(b'\'') => break,
                Some(b'\\') => {
                    if !matches!(bytes.get(at + 1), Some(b'\'' | b'\\')) {
                        return Err(syntax(self.text, at, r"\' or \\; nothing else is escaped in a text"));
                    }
                    unescaped.get_or_insert_default().push_str(&self.text[plain..at]);
                    plain = at + 1;
                    at += 2;
                }
                Some(_) => at += 1,
            }
        }
        self.at = at + 1;
        let rest = &self.text[plain..at];
        Ok(match unescaped {
            None => Cow::Borrowed(rest),
            Some(mut text) => {
                text.push_str(rest);
                Cow::Owned(text)
            }
        })
    }

    /// `t'…'`, `h'…'` or `b'…'`.
    fn typed(&mut self, start: usize, kind: u8) -> Result<Literal<'a>, Error> {
        let content = start + 2;
        let Some(length) = self.text[content..].find('\'') else {
            return Err(syntax(self.text, start, "a value that ends with a quote"));
        };
        let value = &self.text[content..content + length];
        let literal = match kind {
            b't' if is_timestamp(value) => Literal::Timestamp(value),
            b't' => return Err(syntax(self.text, start, "an instant such as t'2026-11-22T10:00:00.000Z', its date a real one")),
            b'h' if is_hex(value) => Literal::Hex(value),
            b'h' => return Err(syntax(self.text, start, "hexadecimal digits in pairs, such as h'00ff'")),
            _ if is_base64(value) => Literal::Binary(value),
            _ => return Err(syntax(self.text, start, "base64 with its padding, such as b'dGVzdA=='")),
        };
        self.at = content + length + 1;
        Ok(literal)
    }

    fn name(&mut self, start: usize) -> Token<'a> {
        let rest = &self.text.as_bytes()[start..];
        let length =
            rest.iter().position(|byte| !(byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))).unwrap_or(rest.len());
        self.at = start + length;
        let name = &self.text[start..self.at];
        match name {
            "true" => Token::Literal(Literal::Bool(true)),
            "false" => Token::Literal(Literal::Bool(false)),
            _ if name.contains('-') => Token::Hyphenated(name),
            _ => Token::Word(name),
        }
    }

    /// `-?(0|[1-9][0-9]*)`, or with a fraction; a plus sign is allowed.
    fn number(&mut self, start: usize) -> Result<Literal<'a>, Error> {
        let bytes = self.text.as_bytes();
        let digits = |from: usize| bytes[from..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        let whole = start + usize::from(matches!(bytes[start], b'+' | b'-'));
        let before = digits(whole);
        let point = whole + before;
        let after = if bytes.get(point) == Some(&b'.') { digits(point + 1) } else { 0 };
        if after > 0 {
            self.at = point + 1 + after;
            return Ok(Literal::Float(&self.text[start..self.at]));
        }
        if before == 0 || (before > 1 && bytes[whole] == b'0') {
            return Err(syntax(self.text, start, "a number without leading zeros"));
        }
        self.at = point;
        Ok(Literal::Integer(&self.text[start..point]))
    }
}

/// The error of a text that goes on differently than it may.
pub(super) fn syntax(text: &str, at: usize, expected: &'static str) -> Error {
    let rest = text.get(at..).unwrap_or_default();
    let found = match rest.chars().next() {
        None => "the end".to_owned(),
        Some(_) => format!("{:?}", rest.chars().take(24).collect::<String>()),
    };
    Error::Syntax { at, found, expected }
}
