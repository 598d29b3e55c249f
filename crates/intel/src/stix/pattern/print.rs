//! Patterns as text, which reads back as the same pattern.

use std::fmt::{Display, Formatter, Result, Write as _};

use super::{Comparison, Literal, Observation, Operator, Path, Pattern, Qualifier, Step, Test};

impl Display for Pattern<'_> {
    fn fmt(&self, out: &mut Formatter<'_>) -> Result {
        self.observation.fmt(out)
    }
}

impl Display for Observation<'_> {
    fn fmt(&self, out: &mut Formatter<'_>) -> Result {
        match self {
            Self::One(comparison) => write!(out, "[{comparison}]"),
            Self::All(parts) => joined(out, parts, " AND ", |part| !matches!(part, Self::One(_) | Self::Qualified(..))),
            Self::Any(parts) => joined(out, parts, " OR ", |part| matches!(part, Self::Any(_) | Self::Sequence(_))),
            Self::Sequence(parts) => joined(out, parts, " FOLLOWEDBY ", |part| matches!(part, Self::Sequence(_))),
            Self::Qualified(of, by) => {
                bracketed(out, of.as_ref(), !matches!(of.as_ref(), Self::One(_)))?;
                by.iter().try_for_each(|qualifier| write!(out, " {qualifier}"))
            }
        }
    }
}

impl Display for Qualifier<'_> {
    fn fmt(&self, out: &mut Formatter<'_>) -> Result {
        match self {
            Self::Within(seconds) => write!(out, "WITHIN {seconds} SECONDS"),
            Self::Repeats(times) => write!(out, "REPEATS {times} TIMES"),
            Self::Between(start, stop) => write!(out, "START t'{start}' STOP t'{stop}'"),
        }
    }
}

impl Display for Comparison<'_> {
    fn fmt(&self, out: &mut Formatter<'_>) -> Result {
        match self {
            Self::Test(test) => test.fmt(out),
            Self::All(parts) => joined(out, parts, " AND ", |part| !matches!(part, Self::Test(_))),
            Self::Any(parts) => joined(out, parts, " OR ", |part| matches!(part, Self::Any(_))),
        }
    }
}

impl Display for Test<'_> {
    fn fmt(&self, out: &mut Formatter<'_>) -> Result {
        let Self { path, negated, operator } = self;
        let not = if *negated { "NOT " } else { "" };
        match operator {
            Operator::Exists => write!(out, "{not}EXISTS {path}"),
            Operator::Equal(value) => write!(out, "{path} {not}= {value}"),
            Operator::NotEqual(value) => write!(out, "{path} {not}!= {value}"),
            Operator::Less(value) => write!(out, "{path} {not}< {value}"),
            Operator::LessOrEqual(value) => write!(out, "{path} {not}<= {value}"),
            Operator::Greater(value) => write!(out, "{path} {not}> {value}"),
            Operator::GreaterOrEqual(value) => write!(out, "{path} {not}>= {value}"),
            Operator::In(values) => {
                write!(out, "{path} {not}IN (")?;
                joined(out, values, ", ", |_| false)?;
                out.write_char(')')
            }
            Operator::Like(text) => written(out, path, not, "LIKE", text),
            Operator::Matches(text) => written(out, path, not, "MATCHES", text),
            Operator::IsSubset(text) => written(out, path, not, "ISSUBSET", text),
            Operator::IsSuperset(text) => written(out, path, not, "ISSUPERSET", text),
        }
    }
}

impl Display for Path<'_> {
    fn fmt(&self, out: &mut Formatter<'_>) -> Result {
        write!(out, "{}:", self.object_type)?;
        for (number, step) in self.steps.iter().enumerate() {
            match step {
                Step::Key(key) => {
                    out.write_str(if number > 0 { "." } else { "" })?;
                    let is_plain = key.starts_with(|first: char| first.is_ascii_lowercase() || first == '_')
                        && key.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
                        && !matches!(key.as_ref(), "true" | "false");
                    if is_plain { out.write_str(key)? } else { quoted(out, key)? }
                }
                Step::Index(index) => write!(out, "[{index}]")?,
                Step::Any => out.write_str("[*]")?,
            }
        }
        Ok(())
    }
}

impl Display for Literal<'_> {
    fn fmt(&self, out: &mut Formatter<'_>) -> Result {
        match self {
            Self::Text(text) => quoted(out, text),
            Self::Integer(number) | Self::Float(number) => out.write_str(number),
            Self::Bool(value) => write!(out, "{value}"),
            Self::Hex(digits) => write!(out, "h'{digits}'"),
            Self::Binary(base64) => write!(out, "b'{base64}'"),
            Self::Timestamp(instant) => write!(out, "t'{instant}'"),
        }
    }
}

fn written(out: &mut Formatter<'_>, path: &Path<'_>, not: &str, operator: &str, text: &str) -> Result {
    write!(out, "{path} {not}{operator} ")?;
    quoted(out, text)
}

fn quoted(out: &mut Formatter<'_>, text: &str) -> Result {
    out.write_char('\'')?;
    for letter in text.chars() {
        if matches!(letter, '\'' | '\\') {
            out.write_char('\\')?;
        }
        out.write_char(letter)?;
    }
    out.write_char('\'')
}

fn joined<T: Display>(out: &mut Formatter<'_>, parts: &[T], by: &str, in_brackets: fn(&T) -> bool) -> Result {
    for (number, part) in parts.iter().enumerate() {
        if number > 0 {
            out.write_str(by)?;
        }
        bracketed(out, part, in_brackets(part))?;
    }
    Ok(())
}

fn bracketed<T: Display>(out: &mut Formatter<'_>, part: &T, is_bracketed: bool) -> Result {
    if is_bracketed { write!(out, "({part})") } else { part.fmt(out) }
}
