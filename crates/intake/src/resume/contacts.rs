//! Finds e-mail addresses, telephone numbers, links and wallets inside a line.

use std::ops::Range;

use bonafide_model::fact::LinkKind;
use bonafide_normalise::{email, handle, phone, url};

use super::dates;

/// A contact inside a line.
#[derive(Clone, Debug)]
pub(crate) struct Span {
    /// Bytes of the line, labels (`mailto:`, `Tel.`) not included.
    pub(crate) range: Range<usize>,
    pub(crate) what: Contact,
}

/// What a span is.
#[derive(Clone, Debug)]
pub(crate) enum Contact {
    /// Canonical form.
    Email(String),
    /// The number is read once the country of residence is known.
    Phone,
    Link {
        service: LinkKind,
        url: String,
        handle: Option<String>,
    },
    Wallet {
        chain: &'static str,
        canonical: String,
    },
}

/// How bold the search is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Where {
    /// The head of the document or its contact section: bare domains and plain digits count too.
    Contacts,
    /// Running text: only what has an unmistakable form.
    Text,
}

/// All contacts of a line, by position.
pub(crate) fn find(text: &str, place: Where) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    emails(text, &mut spans);
    links(text, place, &mut spans);
    if place == Where::Contacts {
        accounts(text, &mut spans);
        phones(text, &mut spans);
    }
    wallets(text, &mut spans);
    spans.sort_by_key(|span| span.range.start);
    spans
}

fn is_free(spans: &[Span], range: &Range<usize>) -> bool {
    spans.iter().all(|span| span.range.end <= range.start || range.end <= span.range.start)
}

fn emails(text: &str, spans: &mut Vec<Span>) {
    for (at, _) in text.match_indices('@') {
        let local_start = text[..at]
            .char_indices()
            .rev()
            .take_while(|&(_, c)| c.is_alphanumeric() || matches!(c, '.' | '_' | '%' | '+' | '-' | '\''))
            .last()
            .map_or(at, |(start, _)| start);
        let domain_end = at
            + 1
            + text[at + 1..]
                .char_indices()
                .find(|&(_, c)| !(c.is_alphanumeric() || matches!(c, '.' | '-')))
                .map_or(text.len() - at - 1, |(end, _)| end);
        let domain_end = at + 1 + text[at + 1..domain_end].trim_end_matches(['.', '-']).len();
        let local_start =
            local_start + (text[local_start..at].len() - text[local_start..at].trim_start_matches(['.', '-', '\'']).len());
        if local_start >= at || !text[at + 1..domain_end].contains('.') {
            continue;
        }
        let range = local_start..domain_end;
        if let Some(canonical) = email::canonical(&text[range.clone()])
            && is_free(spans, &range)
        {
            spans.push(Span { range, what: Contact::Email(canonical) });
        }
    }
    if !text.contains('@') {
        obfuscated(text, spans);
    }
}

/// `jane [at] x [dot] example`, `jane (at) x.example`.
fn obfuscated(text: &str, spans: &mut Vec<Span>) {
    let lower = text.to_ascii_lowercase();
    for mark in ["[at]", "(at)", "{at}", " at "] {
        let Some(at) = lower.find(mark) else { continue };
        let local = text[..at].trim_end().rsplit([' ', '|', ':', ',']).next().unwrap_or_default();
        let behind = &text[at + mark.len()..];
        let tail = behind.trim_start();
        let end =
            [" / ", " - ", " – ", "|", ",", ";", "•", "·"].iter().filter_map(|stop| tail.find(stop)).min().unwrap_or(tail.len());
        let mut domain = tail[..end].to_ascii_lowercase();
        for dot in ["[dot]", "(dot)", "{dot}", " dot "] {
            domain = domain.replace(dot, ".");
        }
        let domain: String = domain.split_whitespace().collect();
        if mark == " at " && !tail[..end].to_ascii_lowercase().contains(" dot ") {
            continue;
        }
        if let (Some(canonical), Some(start)) =
            (email::canonical(&format!("{local}@{domain}")), text[..at].trim_end().len().checked_sub(local.len()))
        {
            let range = start..text.len() - tail.len() + tail[..end].trim_end().len();
            spans.push(Span { range, what: Contact::Email(canonical) });
            return;
        }
    }
}

/// Bytes that belong to an address of a page.
fn is_url_char(c: char) -> bool {
    c.is_alphanumeric()
        || matches!(c, '-' | '.' | '_' | '~' | ':' | '/' | '?' | '#' | '@' | '!' | '$' | '&' | '\'' | '*' | '+' | ';' | '=' | '%')
}

fn links(text: &str, place: Where, spans: &mut Vec<Span>) {
    if !text.contains('.') {
        return;
    }
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        if is_url_char(c) {
            start.get_or_insert(at);
            continue;
        }
        if let Some(begin) = start.take() {
            link_token(text, begin..at, place, spans);
        }
    }
}

fn link_token(text: &str, mut range: Range<usize>, place: Where, spans: &mut Vec<Span>) {
    // "homepage:www.x.example" and "GitHub:github.com/x": cut the label.
    let token = &text[range.clone()];
    if let Some(scheme) = token.find("http") {
        range.start += scheme;
    } else if let Some(colon) = token.find(':')
        && !token[colon + 1..].starts_with(|c: char| c.is_ascii_digit())
    {
        range.start += colon + 1;
    }
    let token = text[range.clone()].trim_start_matches(['/', '.', '-', ':', '\'', '&', ';']);
    range.start = range.end - token.len();
    let token = token.trim_end_matches(['.', ',', ';', ':', '\'', '!', '?', '&', '*']);
    range.end = range.start + token.len();
    if token.len() < 4 || token.contains('@') && !token.contains('/') || !is_free(spans, &range) {
        return;
    }
    let explicit = token.starts_with("http://") || token.starts_with("https://") || token.starts_with("www.");
    let host = token.split_once("://").map_or(token, |(_, rest)| rest).split(['/', '?', '#']).next().unwrap_or_default();
    let has_path = token.split_once("://").map_or(token, |(_, rest)| rest).len() > host.len() + 1;
    let last_label = host.rsplit('.').next().unwrap_or_default();
    if !host.contains('.') || last_label.len() < 2 || !last_label.chars().all(char::is_alphabetic) {
        return;
    }
    let Ok(address) = url::parse(token) else { return };
    let known = address.service != LinkKind::Other;
    if !(explicit || known && address.handle.is_some()) {
        // A bare domain: only among the contacts, in lower case, and not a technology that looks like one (`Node.js`, `ASP.NET`).
        let lower = !host.chars().any(char::is_uppercase) || place == Where::Contacts && has_path;
        let suffix = email::registrable_domain(host).is_some();
        let technology = matches!(last_label, "js" | "net" | "py" | "rs" | "io" | "ai") && !has_path && place == Where::Text
            || last_label == "js";
        let allowed = lower && suffix && !technology && (place == Where::Contacts || has_path && host.matches('.').count() <= 3);
        if !allowed {
            return;
        }
    }
    spans.push(Span { range, what: Contact::Link { service: address.service, url: address.url, handle: address.handle } });
}

/// `GitHub: @jroe`, `LinkedIn: /in/jane-roe`, `Github:// jroe`: the name of a service and a handle.
fn accounts(text: &str, spans: &mut Vec<Span>) {
    let mut from = 0;
    while let Some(colon) = text[from..].find(':').map(|at| from + at) {
        from = colon + 1;
        let label = text[..colon].rsplit(['|', '•', '·', ',', ';', '(']).next().unwrap_or_default().trim();
        let label = label.rsplit(' ').next().unwrap_or_default();
        let Some(service) = handle::service_from_name(label) else { continue };
        let rest = &text[colon + 1..];
        let lead = rest.len() - rest.trim_start_matches([' ', '/', '@']).len();
        let begin = colon + 1 + lead;
        let end = begin
            + text[begin..]
                .find(|c: char| c.is_whitespace() || matches!(c, '|' | '•' | '·' | ',' | ';' | ')'))
                .unwrap_or(text.len() - begin);
        let begin = if text[begin..end].starts_with("in/") { begin + 3 } else { begin };
        let range = begin..end;
        if range.is_empty() || !is_free(spans, &range) {
            continue;
        }
        let bare = &text[range.clone()];
        let Some(canonical) = handle::canonical(service, bare) else { continue };
        let Some(url) = account_url(service, &canonical) else { continue };
        spans.push(Span { range, what: Contact::Link { service, url, handle: Some(canonical) } });
    }
}

/// The address of an account.
pub(crate) fn account_url(service: LinkKind, handle: &str) -> Option<String> {
    let front = match service {
        LinkKind::Github => "https://github.com/",
        LinkKind::Gitlab => "https://gitlab.com/",
        LinkKind::Linkedin => "https://linkedin.com/in/",
        LinkKind::Telegram => "https://t.me/",
        LinkKind::Twitter => "https://twitter.com/",
        LinkKind::Npm => "https://npmjs.com/~",
        LinkKind::Pypi => "https://pypi.org/user/",
        LinkKind::StackOverflow => "https://stackoverflow.com/users/",
        LinkKind::Upwork => "https://upwork.com/freelancers/",
        LinkKind::Freelancer => "https://freelancer.com/u/",
        LinkKind::Facebook => "https://facebook.com/",
        LinkKind::Instagram => "https://instagram.com/",
        LinkKind::Medium => "https://medium.com/@",
        LinkKind::Portfolio | LinkKind::Other => return None,
    };
    url::canonical(&format!("{front}{handle}"))
}

/// Digits of the shortest number that counts without a label.
const FEWEST_DIGITS: usize = 7;

fn phones(text: &str, spans: &mut Vec<Span>) {
    let dates: Vec<_> = dates::find(text).into_iter().filter(dates::Found::is_usual).collect();
    let bytes: Vec<(usize, char)> = text.char_indices().collect();
    let mut index = 0;
    while index < bytes.len() {
        let (start, c) = bytes[index];
        let before = index.checked_sub(1).map(|before| bytes[before].1);
        let opens = c.is_numeric() || matches!(c, '+' | '(' | '＋');
        if !opens || before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '#' | '_' | '$' | '€')) {
            index += 1;
            continue;
        }
        let mut end = start;
        let mut digits = 0_usize;
        let mut last = index;
        let mut spaces = 0;
        for (at, &(offset, c)) in bytes.iter().enumerate().skip(index) {
            if c.is_numeric() {
                digits += 1;
                spaces = 0;
                end = offset + c.len_utf8();
                last = at;
            } else if c == ' ' {
                spaces += 1;
                if spaces > 1 {
                    break;
                }
            } else if !matches!(c, '-' | '–' | '.' | '(' | ')' | '/' | '‑' | '\u{2010}')
                && !(c == '+' && (at == index || bytes[at - 1].1 == '('))
            {
                break;
            }
            if digits > 16 {
                break;
            }
        }
        let mut range = start..end;
        let overlaps = c != '+'
            && dates
                .iter()
                .any(|date| date.range.start < range.end && range.start < date.range.end && (date.is_sure() || digits <= 8));
        // "+44 20 7946 0125Leeds": cells that overlap for want of room.
        let overlapped = digits >= 10 && matches!(c, '+' | '(') && text[range.end..].starts_with(char::is_uppercase);
        let glued = text[range.end..].chars().next().is_some_and(|c| c.is_alphabetic() || matches!(c, '@' | '_' | '%'));
        let glued = glued && !overlapped;
        if !(FEWEST_DIGITS..=16).contains(&digits) || overlaps || glued || !is_free(spans, &range) {
            index = last.max(index) + 1;
            continue;
        }
        // Brackets that do not close belong to something else.
        if text[range.clone()].matches('(').count() > text[range.clone()].matches(')').count()
            && text[range.end..].starts_with(')')
        {
            range.end += 1;
        }
        if text[range.clone()].starts_with('(') && !text[range.clone()].contains(')') {
            range.start += 1;
        }
        if let Some(extension) = extension(&text[range.end..]) {
            range.end += extension;
        }
        if phone::parse(&text[range.clone()], None).is_ok() {
            spans.push(Span { range, what: Contact::Phone });
        }
        index = last + 1;
    }
}

/// Bytes of `x12` or `ext. 12` behind a number.
fn extension(rest: &str) -> Option<usize> {
    let trimmed = rest.trim_start();
    let tail = ["ext.", "ext", "x"].iter().find_map(|mark| trimmed.strip_prefix(mark))?.trim_start();
    let digits = tail.bytes().take_while(u8::is_ascii_digit).count();
    (1..=6).contains(&digits).then(|| rest.len() - tail.len() + digits)
}

fn wallets(text: &str, spans: &mut Vec<Span>) {
    for (begin, token) in tokens(text) {
        let range = begin..begin + token.len();
        let found = if token.len() == 42 && token.starts_with("0x") && token[2..].bytes().all(|byte| byte.is_ascii_hexdigit()) {
            Some(("eth", token.to_ascii_lowercase()))
        } else if (42..=62).contains(&token.len())
            && token.to_ascii_lowercase().starts_with("bc1")
            && token.bytes().all(|byte| byte.is_ascii_alphanumeric())
        {
            Some(("btc", token.to_ascii_lowercase()))
        } else if token.len() == 34 && token.starts_with('T') && is_base58(token) {
            Some(("trx", token.to_owned()))
        } else {
            None
        };
        if let Some((chain, canonical)) = found
            && is_free(spans, &range)
        {
            spans.push(Span { range, what: Contact::Wallet { chain, canonical } });
        }
    }
}

fn is_base58(token: &str) -> bool {
    token.bytes().all(|byte| byte.is_ascii_alphanumeric() && !matches!(byte, b'0' | b'O' | b'I' | b'l'))
        && token.bytes().any(|byte| byte.is_ascii_digit())
        && token.bytes().any(|byte| byte.is_ascii_lowercase())
}

fn tokens(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|token| token.len() >= 34)
        .map(move |token| (token.as_ptr() as usize - text.as_ptr() as usize, token))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<String> {
        find(text, Where::Contacts)
            .into_iter()
            .map(|span| {
                let kind = match &span.what {
                    Contact::Email(canonical) => format!("email {canonical}"),
                    Contact::Phone => "phone".into(),
                    Contact::Link { url, .. } => format!("link {url}"),
                    Contact::Wallet { chain, .. } => format!("wallet {chain}"),
                };
                format!("{} = {kind}", &text[span.range])
            })
            .collect()
    }

    #[test]
    fn contact_lines_of_many_shapes() {
        assert_eq!(
            read(
                "tel:(+1) 312-555-0123 | mailto:jane.roe@x.example | homepage: www.roe.example | GitHub: @janeroe | LinkedIn: /in/jane-roe"
            ),
            [
                "(+1) 312-555-0123 = phone",
                "jane.roe@x.example = email jane.roe@x.example",
                "www.roe.example = link https://www.roe.example",
                "janeroe = link https://github.com/janeroe",
                "jane-roe = link https://linkedin.com/in/jane-roe"
            ]
        );
        assert_eq!(read("Hyderabad | 00919364687156 | s.l@outlook.example | github.com/s_l50507").len(), 3);
        assert_eq!(read("(312) 555-0123 • 030 1234567"), ["(312) 555-0123 = phone", "030 1234567 = phone"]);
        assert!(read("Acme 2015-12 - 2019-07").is_empty());
        assert!(read("2015 - 2019").is_empty());
        assert_eq!(read("jane [at] roe [dot] example"), ["jane [at] roe [dot] example = email jane@roe.example"]);
        assert_eq!(read("+49 (0)30 123 45-67"), ["+49 (0)30 123 45-67 = phone"]);
    }
}
