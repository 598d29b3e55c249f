//! Addresses of pages, and the profiles that some of them lead to.

use std::ops::Range;

use bonafide_model::fact::LinkKind;
use bonafide_normalise::url;

use super::{Kind, host};

/// Bytes of credentials, host and port at most.
const LONGEST_AUTHORITY: usize = 320;
/// Bytes between a bracket in a path and its end.
const LONGEST_BRACKET: usize = 100;

/// A link in the view.
#[derive(Debug)]
pub(super) struct Link {
    /// What is to be noted: a page or a profile. `None` where it is neither, such as the front page of a service.
    pub(super) indicator: Option<(Kind, String, Range<usize>)>,
    /// Where the link ends.
    pub(super) end: usize,
}

/// The scheme that a word ends with, as it was meant, and its length there.
pub(super) fn scheme_at_end(word: &str) -> Option<(&'static str, usize)> {
    const SCHEMES: [(&str, &str); 14] = [
        ("https", "https"),
        ("hxxps", "https"),
        ("htxps", "https"),
        ("hxtps", "https"),
        ("httxs", "https"),
        ("meows", "https"),
        ("http", "http"),
        ("hxxp", "http"),
        ("htxp", "http"),
        ("hxtp", "http"),
        ("meow", "http"),
        ("sftp", "sftp"),
        ("fxp", "ftp"),
        ("ftp", "ftp"),
    ];
    SCHEMES.into_iter().find_map(|(written, meant)| {
        let start = word.len().checked_sub(written.len())?;
        let parts_word = start == 0 || !word.as_bytes()[start - 1].is_ascii_alphabetic();
        (parts_word && word.get(start..)?.eq_ignore_ascii_case(written)).then_some((meant, written.len()))
    })
}

/// The link whose scheme stands at `start` and whose host begins at `authority`.
pub(super) fn with_scheme(text: &str, scheme: &str, start: usize, authority: usize) -> Option<Link> {
    let bytes = text.as_bytes();
    let mut slash = authority;
    while slash - authority < LONGEST_AUTHORITY
        && bytes.get(slash).is_some_and(|&byte| is_authority(byte) && !(byte == b'[' && slash > authority))
    {
        slash += 1;
    }
    let written = text.get(authority..slash)?;
    let (credentials, rest) = written.rsplit_once('@').map_or((0, written), |(before, rest)| (before.len() + 1, rest));
    let host_start = authority + credentials;
    let host_length = host_of(rest)?;
    let host_end = host_start + host_length;
    let mut end = host_end;
    if bytes.get(end) == Some(&b':') {
        let digits = bytes[end + 1..].iter().take(6).take_while(|byte| byte.is_ascii_digit()).count();
        if (1..=5).contains(&digits) {
            end += 1 + digits;
        }
    }
    if bytes.get(end).is_some_and(|byte| matches!(byte, b'/' | b'?' | b'#')) {
        end = end_of_path(text, end, start.checked_sub(1).map(|before| bytes[before]));
    }
    let host = text.get(host_start..host_end)?.to_ascii_lowercase();
    let mut value = String::with_capacity(end - start + 1);
    value.push_str(scheme);
    value.push_str("://");
    value.push_str(text.get(authority..host_start)?);
    value.push_str(&host);
    value.push_str(text.get(host_end..end)?);
    let profile = if credentials == 0 { profile(text, &host, host_end, end) } else { Profile::None };
    let indicator = match profile {
        Profile::Of(kind, handle, span) => (kind, handle, span),
        Profile::Service | Profile::None => (Kind::Url, value, start..end),
    };
    Some(Link { indicator: Some(indicator), end })
}

/// The link without a scheme whose host is known to stand at a range; its path follows.
pub(super) fn without_scheme(text: &str, host: Range<usize>) -> Option<Link> {
    let before = host.start.checked_sub(1).and_then(|before| text.as_bytes().get(before)).copied();
    let end = end_of_path(text, host.end, before);
    let name = text.get(host.clone())?.to_ascii_lowercase();
    let indicator = match profile(text, &name, host.end, end) {
        Profile::Of(kind, handle, span) => Some((kind, handle, span)),
        Profile::Service => None,
        Profile::None => Some((Kind::Domain, name, host)),
    };
    Some(Link { indicator, end })
}

enum Profile {
    /// Of an account or package, and where its name stands.
    Of(Kind, String, Range<usize>),
    /// Of a service, but of nobody.
    Service,
    None,
}

/// Whom a link with a host and a path leads to.
fn profile(text: &str, host: &str, path: usize, end: usize) -> Profile {
    let host = host.strip_prefix("www.").unwrap_or(host);
    let Some(written) = text.get(path..end) else { return Profile::None };
    if matches!(host, "npmjs.com" | "npmjs.org") {
        return npm(written, path).unwrap_or(Profile::None);
    }
    let is_service = ["github.com", "githubusercontent.com", "linkedin.com", "t.me", "telegram.me", "telegram.dog"]
        .iter()
        .any(|service| host.strip_suffix(service).is_some_and(|rest| rest.is_empty() || rest.ends_with('.')));
    if !is_service {
        return Profile::None;
    }
    let link = format!("https://{host}{written}");
    let Ok(read) = url::parse(&link) else { return Profile::Service };
    let kind = match read.service {
        LinkKind::Github => Kind::Github,
        LinkKind::Linkedin => Kind::Linkedin,
        LinkKind::Telegram => Kind::Telegram,
        _ => return Profile::Service,
    };
    let Some(handle) = read.handle else { return Profile::Service };
    let lower = written.to_ascii_lowercase();
    // The handle stands where the path has it; one that is written with escapes stands for the whole path.
    let place = lower.match_indices(handle.as_str()).map(|(place, _)| place).find(|&place| {
        let is_end = |byte: Option<&u8>| byte.is_none_or(|byte| matches!(byte, b'/' | b'?' | b'#' | b'@'));
        is_end(place.checked_sub(1).and_then(|before| lower.as_bytes().get(before)))
            && is_end(lower.as_bytes().get(place + handle.len()))
    });
    let span = place.map_or(path..end, |place| path + place..path + place + handle.len());
    Profile::Of(kind, handle, span)
}

/// `/package/name` and `/package/@scope/name` of the npm registry's site.
fn npm(path: &str, start: usize) -> Option<Profile> {
    let name = path.strip_prefix("/package/")?;
    let at = start + "/package/".len();
    let length = super::named::package_length(name)?;
    Some(Profile::Of(Kind::Npm, name.get(..length)?.to_ascii_lowercase(), at..at + length))
}

/// The length of the host that an authority begins with, where it can be reached from outside.
fn host_of(authority: &str) -> Option<usize> {
    if let Some(inner) = authority.strip_prefix('[') {
        let length = inner.find(']')?;
        return host::public_v6(inner.get(..length)?).map(|_| length + 2);
    }
    let length = authority.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_')).count();
    let name = authority.get(..length)?.trim_end_matches(['.', '-', '_']);
    if host::public_v4(name).is_some() {
        return Some(name.len());
    }
    host::leading_name(name).map(str::len)
}

const fn is_authority(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_' | b':' | b'@' | b'[' | b']' | b'~' | b'+' | b'%')
}

/// Where a path, query and fragment that begin at `start` end in running text.
///
/// Brackets belong to a link as far as they are closed in it, signs of a sentence only where more of the link follows them.
fn end_of_path(text: &str, start: usize, before_link: Option<u8>) -> usize {
    let Some(rest) = text.get(start..) else { return start };
    let mut round = Brackets::default();
    let mut square = Brackets::default();
    let mut end = text.len();
    for (place, character) in rest.char_indices() {
        let place = start + place;
        let stops = match character {
            '(' => round.open(place),
            ')' => round.close(),
            '[' => square.open(place),
            ']' => square.close(),
            ',' | ';' => starts_link(&text.as_bytes()[place + 1..]),
            '<' | '>' | '"' | '`' | '|' | '\\' | '^' | '{' | '}' | ' ' => true,
            _ if character.is_ascii() => character.is_ascii_control(),
            _ => character >= '\u{2000}' || !character.is_alphabetic(),
        };
        if stops || round.is_endless(place) || square.is_endless(place) {
            end = place;
            break;
        }
    }
    end = [round.never_closed(), square.never_closed()].into_iter().flatten().fold(end, usize::min);
    let is_emphasised = before_link == Some(b'_');
    let written = &text[start..end];
    start
        + written
            .trim_end_matches(|c: char| {
                matches!(c, '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '*' | '~') || (c == '_' && is_emphasised)
            })
            .len()
}

/// Open brackets of one kind.
#[derive(Default)]
struct Brackets {
    depth: u32,
    first_open: usize,
}

impl Brackets {
    const fn open(&mut self, place: usize) -> bool {
        if self.depth == 0 {
            self.first_open = place;
        }
        self.depth += 1;
        false
    }

    /// Whether the bracket closes one from before the link.
    const fn close(&mut self) -> bool {
        if self.depth == 0 {
            return true;
        }
        self.depth -= 1;
        false
    }

    /// Whether a bracket stands open for longer than any link has one: reading on would be reading twice.
    const fn is_endless(&self, place: usize) -> bool {
        self.depth > 0 && place - self.first_open > LONGEST_BRACKET
    }

    const fn never_closed(&self) -> Option<usize> {
        if self.depth > 0 { Some(self.first_open) } else { None }
    }
}

/// Whether another link begins: lists are written without spaces too.
fn starts_link(bytes: &[u8]) -> bool {
    [&b"http"[..], b"hxxp"].iter().any(|scheme| bytes.get(..4).is_some_and(|start| start.eq_ignore_ascii_case(scheme)))
}
