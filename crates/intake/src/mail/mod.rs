//! One mail (RFC 5322) of an application's correspondence: who, to whom, when, what about, and its plain text.
//!
//! Tolerant of what real mail looks like; whether a mail is dangerous is another reader's question. Only the first plain text of a
//! mail is read; a mail without one, and what else it carries, is said.

mod decode;

use bonafide_formats::limits::Limits;
use bonafide_model::{
    fact::{Direction, FactSink, Message},
    place::Place,
};

use crate::{
    canonical,
    instant::Instant,
    remark::{RemarkKind, Remarks},
};

/// Longest text kept of one mail, in characters.
const TEXT: usize = 100_000;
/// Header lines read.
const HEADERS: usize = 2_000;
/// Parts of one mail that are looked at, and how deep they nest.
const PARTS: usize = 200;
const DEPTH: usize = 10;

/// Reads a mail into a message. `own` holds the subject's canonical addresses: what they did not send was sent to them.
pub(crate) fn read(bytes: &[u8], own: &[String], limits: &Limits, sink: &mut FactSink, remarks: &Remarks) {
    let whole = Part::of(bytes, 0);
    let header = |name: &str| whole.header(name).map(|value| decode::words(&value)).filter(|value| !value.is_empty());
    let (from, to, subject, date) = (header("from"), header("to"), header("subject"), header("date"));
    if from.is_none() && to.is_none() && subject.is_none() {
        remarks.say(RemarkKind::Unreadable, "not a mail: it has none of the headers From, To and Subject");
        return;
    }
    let is_own = |field: &Option<String>| {
        field.iter().flat_map(|field| addresses(field)).any(|address| own.contains(&canonical::email(&address)))
    };
    // Where neither side is known, the mail of an application is most likely the applicant's.
    let direction = if !is_own(&from) && is_own(&to) { Direction::ToSubject } else { Direction::FromSubject };
    let at = date.and_then(|date| {
        let at = decode::date(&date);
        if at.is_none() {
            remarks.say(RemarkKind::Unreadable, "the header Date is no date");
        }
        at.map(|instant: Instant| instant.at)
    });
    let mut seen = 0;
    let found = whole.plain_text(DEPTH, &mut seen);
    let (text, place) = found.map_or_else(
        || {
            remarks.say(RemarkKind::NotRead, "the mail has no plain text; its other parts are kept in the stored original");
            (String::new(), Place::Whole)
        },
        |part| part.text(bytes),
    );
    let kept = crate::fields::cut(&text, TEXT.min(usize::try_from(limits.characters).unwrap_or(TEXT)));
    if kept.len() < text.len() {
        remarks.say(RemarkKind::OverLimit, format!("only the first {TEXT} characters of the text are read"));
    }
    let text = kept.to_owned();
    let message = Message { channel: "email".into(), direction, to, at, subject, text, ..Message::default() };
    sink.push(message, place);
}

/// The addresses of a header such as `"Jane Roe" <jane@x.example>, b@y.example`.
fn addresses(field: &str) -> Vec<String> {
    field.split([',', ';']).filter_map(bonafide_normalise::email::canonical).collect()
}

/// A mail or a part of one.
struct Part<'b> {
    headers: Vec<(String, String)>,
    body: &'b [u8],
    /// Where the body starts in the file.
    offset: usize,
}

impl<'b> Part<'b> {
    fn of(bytes: &'b [u8], offset: usize) -> Self {
        let mut headers: Vec<(String, String)> = Vec::new();
        let mut at = 0;
        while at < bytes.len() && headers.len() < HEADERS {
            let end = bytes[at..].iter().position(|&byte| byte == b'\n').map_or(bytes.len(), |found| at + found + 1);
            let line = bytes[at..end].trim_ascii_end();
            if line.is_empty() {
                at = end;
                break;
            }
            let text = String::from_utf8_lossy(line);
            match headers.last_mut() {
                // A line that starts with white space goes on with the header before it.
                Some((_, value)) if matches!(line[0], b' ' | b'\t') => {
                    value.push(' ');
                    value.push_str(text.trim());
                }
                _ => match text.split_once(':') {
                    Some((name, value)) if !name.trim().is_empty() && !name.trim().contains(' ') => {
                        headers.push((name.trim().to_lowercase(), value.trim().to_owned()));
                    }
                    // A mailbox file's separator; anything else is the body of a mail without headers.
                    _ if line.starts_with(b"From ") || line.starts_with(b">From ") => {}
                    _ => break,
                },
            }
            at = end;
        }
        Self { headers, body: &bytes[at..], offset: offset + at }
    }

    fn header(&self, name: &str) -> Option<String> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone())
    }

    fn content_type(&self) -> String {
        self.header("content-type").unwrap_or_else(|| "text/plain".into())
    }

    /// The first part that is plain text and no attachment.
    fn plain_text(self, depth: usize, seen: &mut usize) -> Option<Self> {
        *seen += 1;
        if *seen > PARTS {
            return None;
        }
        let kind = self.content_type();
        let lower = kind.to_lowercase();
        if lower.starts_with("multipart/") {
            let boundary = decode::parameter(&kind, "boundary").filter(|_| depth > 0)?;
            return parts(self.body, &boundary)
                .into_iter()
                .find_map(|range| Part::of(&self.body[range.clone()], self.offset + range.start).plain_text(depth - 1, seen));
        }
        let attached = self.header("content-disposition").is_some_and(|how| how.to_lowercase().starts_with("attachment"));
        (lower.starts_with("text/plain") && !attached).then_some(self)
    }

    /// The text and, where the file holds it as it is read, its place.
    fn text(&self, file: &[u8]) -> (String, Place) {
        let encoding = self.header("content-transfer-encoding").unwrap_or_default().trim().to_lowercase();
        let charset = decode::parameter(&self.content_type(), "charset").unwrap_or_else(|| "utf-8".into());
        let start = self.offset + (self.body.len() - self.body.trim_ascii_start().len());
        let trimmed = self.body.trim_ascii();
        let place = || {
            let line = 1 + file[..start].iter().filter(|&&byte| byte == b'\n').count();
            let span = (start as u64, (start + trimmed.len()) as u64);
            Place::Text { line: u32::try_from(line).unwrap_or(u32::MAX), span }
        };
        let (bytes, place) = match encoding.as_str() {
            "quoted-printable" => (decode::quoted_printable(trimmed), Place::Whole),
            "base64" => (decode::base64(trimmed), Place::Whole),
            _ => (trimmed.to_vec(), place()),
        };
        let (text, exact) = decode::text(&bytes, &charset);
        (text.trim().replace("\r\n", "\n"), if exact { place } else { Place::Whole })
    }
}

/// Byte ranges of the parts between the lines of a boundary (RFC 2046, section 5.1.1).
fn parts(body: &[u8], boundary: &str) -> Vec<std::ops::Range<usize>> {
    let mark = format!("--{boundary}");
    let mut found = Vec::new();
    let mut start: Option<usize> = None;
    let mut at = 0;
    while at < body.len() && found.len() < PARTS {
        let end = body[at..].iter().position(|&byte| byte == b'\n').map_or(body.len(), |newline| at + newline + 1);
        let line = body[at..end].trim_ascii_end();
        if let Some(rest) = line.strip_prefix(mark.as_bytes()).filter(|rest| rest.is_empty() || *rest == b"--") {
            if let Some(start) = start.take() {
                found.push(start..at);
            }
            if !rest.is_empty() {
                return found;
            }
            start = Some(end);
        }
        at = end;
    }
    // A mail that was cut off has no last boundary.
    found.extend(start.map(|start| start..body.len()));
    found
}

#[cfg(test)]
mod tests;
