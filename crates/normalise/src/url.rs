//! Addresses of pages: one canonical form, the service they belong to, and the account they lead to.
//!
//! The canonical form follows RFC 3986 §6.2 (case, percent-encoding, dot segments, default ports) and UTS #46 for host names. On
//! top of that it drops what does not change where a link leads: credentials, tracking parameters, a fragment (save one that routes
//! inside a page, `#/` and `#!`) and a trailing slash. On a service that is known, it also drops `www.`, prefers `https` and writes
//! the account's handle in its canonical form.

use std::fmt::Write as _;

use bonafide_model::fact::LinkKind;

use crate::{
    error::{Error, Subject},
    handle, text,
};

/// The longest text that is read, in bytes.
pub const MAX_TEXT: usize = 4_096;

/// The address of a page in canonical form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WebAddress {
    /// As written.
    pub original: String,
    /// Canonical form.
    pub url: String,
    /// Host in lower case and ASCII (A-labels); an IPv6 address in brackets.
    pub host: String,
    /// The service the host belongs to; [`LinkKind::Other`] where it is not known. Never [`LinkKind::Portfolio`]: whether a site is
    /// the subject's own is said by the form, not by the address.
    pub service: LinkKind,
    /// Canonical handle of the account the address leads to, where it leads to one (also through a repository of that account).
    pub handle: Option<String>,
    /// Whether the address carried credentials before the host (`https://known.example@other.example/`), a trick to show one host
    /// and lead to another.
    pub credentials: bool,
}

impl WebAddress {
    /// The domain one level below a public suffix, such as `firm.co.uk`.
    #[must_use]
    pub fn registrable_domain(&self) -> Option<&str> {
        crate::email::registrable_domain(&self.host)
    }

    /// The canonical form without scheme and `www.`: equal for two ways of writing one page.
    #[must_use]
    pub fn key(&self) -> &str {
        let rest = self.url.split_once("://").map_or(self.url.as_str(), |(_, rest)| rest);
        rest.strip_prefix("www.").unwrap_or(rest)
    }

    /// The account that a page under a service's shared domain belongs to: `jroe` at GitHub for `jroe.github.io`.
    #[must_use]
    pub fn hosting_account(&self) -> Option<(LinkKind, String)> {
        let (owner, service) = [("github.io", LinkKind::Github), ("gitlab.io", LinkKind::Gitlab)]
            .into_iter()
            .find_map(|(domain, service)| Some((self.host.strip_suffix(domain)?.strip_suffix('.')?, service)))?;
        Some((service, handle::canonical(service, owner)?))
    }
}

/// Reads the address of a page as written, with or without a scheme.
///
/// ```
/// use bonafide_model::fact::LinkKind;
/// use bonafide_normalise::url;
/// let link = url::parse("HTTP://www.GitHub.com/J-Roe/?utm_source=cv#top")?;
/// assert_eq!(link.url, "https://github.com/j-roe");
/// assert_eq!((link.service, link.handle.as_deref()), (LinkKind::Github, Some("j-roe")));
/// assert_eq!(url::parse("roe.example:443/a/../b/")?.url, "https://roe.example/b");
/// # Ok::<(), bonafide_normalise::Error>(())
/// ```
///
/// # Errors
/// [`Error`] where the text is empty, too long, of another scheme than `http` and `https`, or has no host name.
pub fn parse(text: &str) -> Result<WebAddress, Error> {
    if text.len() > MAX_TEXT {
        return Err(Error::TooLong { subject: Subject::Url, limit: MAX_TEXT });
    }
    let bare = bare_text(text)?;
    let (scheme, rest) = split_scheme(&bare)?;
    let end = rest.find(['/', '\\', '?', '#']).unwrap_or(rest.len());
    let (authority, rest) = rest.split_at(end);
    let (credentials, authority) = match authority.rsplit_once('@') {
        Some((_, host)) => (true, host),
        None => (false, authority),
    };
    let (host, port) = split_port(authority)?;
    let host = read_host(host, scheme.is_some())?;
    let (path_and_query, fragment) = rest.split_once('#').unwrap_or((rest, ""));
    let (path, query) = path_and_query.split_once('?').unwrap_or((path_and_query, ""));

    let mut segments = canonical_segments(path);
    let mut parameters = canonical_parameters(query);
    let service = service_of(&host);
    let account = handle::find_in_path(service, &host, &mut segments, &parameters);
    let recognised = service != LinkKind::Other;
    let is_default_port = match (scheme.unwrap_or(Scheme::Https), port) {
        (_, None) => true,
        (Scheme::Http, Some(port)) => port == 80,
        (Scheme::Https, Some(port)) => port == 443,
    };
    let shown_scheme = if recognised && is_default_port { Scheme::Https } else { scheme.unwrap_or(Scheme::Https) };
    let shown_host = if recognised { host.strip_prefix("www.").unwrap_or(&host) } else { &host };
    if recognised && account.is_some() && !host_needs_query(service, &segments) {
        parameters.clear();
    }

    let mut url = String::with_capacity(bare.len() + 8);
    url.push_str(shown_scheme.prefix());
    url.push_str(shown_host);
    if let (false, Some(port)) = (is_default_port, port) {
        // Writing to a string cannot fail.
        let _ = write!(url, ":{port}");
    }
    for segment in &segments {
        url.push('/');
        url.push_str(segment);
    }
    for (index, parameter) in parameters.iter().enumerate() {
        url.push(if index == 0 { '?' } else { '&' });
        url.push_str(parameter);
    }
    if !recognised && fragment.starts_with(['/', '!']) && fragment.len() > 1 {
        url.push('#');
        url.push_str(&normalise_escapes(fragment));
    }
    // What a sentence may end with is no end of a link, here as in the text it was read from.
    let trimmed = url.trim_end_matches(SENTENCE_ENDS);
    if trimmed.len() < url.len() {
        let shorter = parse(trimmed)?;
        return Ok(WebAddress { original: text.to_owned(), credentials, ..shorter });
    }
    Ok(WebAddress { original: text.to_owned(), url, host, service, handle: account, credentials })
}

/// The canonical form of an address, `None` where the text is not one.
#[must_use]
pub fn canonical(text: &str) -> Option<String> {
    parse(text).ok().map(|address| address.url)
}

#[derive(Clone, Copy)]
enum Scheme {
    Http,
    Https,
}

impl Scheme {
    const fn prefix(self) -> &'static str {
        match self {
            Self::Http => "http://",
            Self::Https => "https://",
        }
    }
}

const fn malformed(problem: &'static str) -> Error {
    Error::malformed(Subject::Url, problem)
}

/// What may stand behind a link in a sentence, or end a link without meaning.
const SENTENCE_ENDS: [char; 10] = ['.', ',', ';', '"', '!', '\'', '?', '&', '#', '/'];

/// Takes away invisible characters, line breaks and what surrounds a link in text; what stands behind a space is not part of it.
fn bare_text(text: &str) -> Result<String, Error> {
    let visible: String = text.chars().filter(|&c| !text::is_ignorable(c) && !matches!(c, '\t' | '\n' | '\r')).collect();
    let trimmed = visible.trim_matches(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '\'' | ',' | ';' | '`'));
    let link = trimmed.split(|c: char| c.is_whitespace() || c.is_control() || c == '>').next().unwrap_or_default();
    let link = link.trim_end_matches(SENTENCE_ENDS);
    let link = link.strip_prefix('(').map_or(link, |inner| inner.strip_suffix(')').unwrap_or(inner));
    if link.is_empty() { Err(Error::Empty { subject: Subject::Url }) } else { Ok(link.to_owned()) }
}

/// Splits the scheme off; `None` where there is none.
fn split_scheme(link: &str) -> Result<(Option<Scheme>, &str), Error> {
    if let Some(rest) = link.strip_prefix("//") {
        return Ok((None, rest));
    }
    let Some((name, rest)) = link.split_once(':') else { return Ok((None, link)) };
    let is_scheme_name = name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-'));
    let scheme = match name.to_ascii_lowercase().as_str() {
        "http" => Scheme::Http,
        "https" => Scheme::Https,
        // "host:8080/path": a colon before a port or inside a path, not behind a scheme.
        _ if !is_scheme_name || rest.starts_with(|c: char| c.is_ascii_digit()) => return Ok((None, link)),
        _ => return Err(malformed("the scheme is neither http nor https")),
    };
    // "https:/x" and "https:///x" are read as browsers read them.
    Ok((Some(scheme), rest.trim_start_matches(['/', '\\'])))
}

fn split_port(authority: &str) -> Result<(&str, Option<u16>), Error> {
    if authority.ends_with(']') {
        return Ok((authority, None));
    }
    match authority.rsplit_once(':') {
        Some((host, "")) => Ok((host, None)),
        Some((host, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => {
            port.parse().map(|port| (host, Some(port))).map_err(|_| malformed("the port is not a number up to 65535"))
        }
        Some(_) => Err(malformed("the host name holds a colon that no port follows")),
        None => Ok((authority, None)),
    }
}

fn read_host(host: &str, has_scheme: bool) -> Result<String, Error> {
    let problem = malformed("there is no host name; a link looks like https://domain.example/page");
    if let Some(inner) = host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        return inner.parse::<std::net::Ipv6Addr>().map(|address| format!("[{address}]")).map_err(|_| problem);
    }
    let host = ascii_host(host).ok_or(problem)?;
    // Without a scheme, "Node.js" or "3.5" must not pass for a site; with one, any name does ("localhost").
    let has_top_level =
        host.rsplit_once('.').is_some_and(|(_, top)| top.len() >= 2 && !top.bytes().any(|byte| byte.is_ascii_digit()))
            || host.contains(".xn--")
            || host.parse::<std::net::Ipv4Addr>().is_ok();
    if has_scheme || has_top_level { Ok(host) } else { Err(problem) }
}

/// A host or domain name in lower case and ASCII (A-labels, UTS #46), without the root's dot; `None` where it is not one.
pub(crate) fn ascii_host(name: &str) -> Option<String> {
    let name = name.strip_suffix('.').unwrap_or(name);
    let lower = name.to_ascii_lowercase();
    let ascii = if lower.is_ascii() && !lower.contains("xn--") { lower } else { idna::domain_to_ascii(&lower).ok()? };
    let ascii = ascii.strip_suffix('.').unwrap_or(&ascii);
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'_'))
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    (ascii.len() <= crate::email::MAX_DOMAIN && ascii.split('.').all(is_label)).then(|| ascii.to_owned())
}

/// Path segments with dot segments resolved, escapes normalised and no empty segment at the end.
fn canonical_segments(path: &str) -> Vec<String> {
    let mut segments: Vec<String> = Vec::new();
    for segment in path.split(['/', '\\']).skip(1) {
        match normalise_escapes(segment) {
            segment if segment == "." => {}
            segment if segment == ".." => {
                segments.pop();
            }
            segment => segments.push(segment),
        }
    }
    while segments.last().is_some_and(String::is_empty) {
        segments.pop();
    }
    segments
}

fn canonical_parameters(query: &str) -> Vec<String> {
    let parameters = query.split('&').filter(|parameter| !parameter.is_empty()).map(normalise_escapes);
    parameters.filter(|parameter| !is_tracking(parameter)).collect()
}

/// Parameters that tell a site where a visitor came from and never what to show.
fn is_tracking(parameter: &str) -> bool {
    let name = parameter.split('=').next().unwrap_or_default();
    let starts_with = |prefix: &str| name.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix));
    const NAMES: &[&str] = &[
        "_ga",
        "_gl",
        "_hsenc",
        "_hsmi",
        "dclid",
        "fbclid",
        "gbraid",
        "gclid",
        "gclsrc",
        "igsh",
        "igshid",
        "mc_cid",
        "mc_eid",
        "mkt_tok",
        "msclkid",
        "originalsubdomain",
        "ref_src",
        "ref_url",
        "spm",
        "trackingid",
        "trk",
        "trkcampaign",
        "ttclid",
        "twclid",
        "vero_id",
        "wbraid",
        "yclid",
    ];
    starts_with("utm_") || NAMES.iter().any(|tracking| name.eq_ignore_ascii_case(tracking))
}

/// Percent-encoding by RFC 3986 §6.2.2: unreserved characters plain, hexadecimal digits in upper case, everything that may not
/// stand in a URL encoded.
fn normalise_escapes(text: &str) -> String {
    let mut normal = String::with_capacity(text.len());
    let bytes = text.as_bytes();
    let mut position = 0;
    while let Some(&byte) = bytes.get(position) {
        let escaped = if byte == b'%' { hex_pair(bytes, position + 1) } else { None };
        let (value, was_escaped) = escaped.map_or((byte, false), |value| (value, true));
        position += if was_escaped { 3 } else { 1 };
        let is_unreserved = value.is_ascii_alphanumeric() || matches!(value, b'-' | b'.' | b'_' | b'~');
        let is_delimiter = !was_escaped
            && matches!(
                value,
                b'!' | b'$' | b'&' | b'\'' | b'(' | b')' | b'*' | b'+' | b',' | b';' | b'=' | b':' | b'@' | b'/' | b'?' | b'#'
            );
        if is_unreserved || is_delimiter {
            normal.push(char::from(value));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(normal, "%{value:02X}");
        }
    }
    normal
}

fn hex_pair(bytes: &[u8], position: usize) -> Option<u8> {
    let digit = |byte: u8| char::from(byte).to_digit(16).map(|digit| digit as u8);
    Some(digit(*bytes.get(position)?)? << 4 | digit(*bytes.get(position + 1)?)?)
}

/// Decodes percent-encoding; bytes that are not UTF-8 become the replacement character.
pub(crate) fn percent_decode(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut position = 0;
    while let Some(&byte) = bytes.get(position) {
        match if byte == b'%' { hex_pair(bytes, position + 1) } else { None } {
            Some(value) => {
                decoded.push(value);
                position += 3;
            }
            None => {
                decoded.push(byte);
                position += 1;
            }
        }
    }
    String::from_utf8(decoded).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
}

/// The service a host belongs to.
fn service_of(host: &str) -> LinkKind {
    let is = |domain: &str| host == domain || host.strip_suffix(domain).is_some_and(|rest| rest.ends_with('.'));
    const SERVICES: &[(&str, LinkKind)] = &[
        ("github.com", LinkKind::Github),
        ("githubusercontent.com", LinkKind::Github),
        ("gitlab.com", LinkKind::Gitlab),
        ("linkedin.com", LinkKind::Linkedin),
        ("lnkd.in", LinkKind::Linkedin),
        ("t.me", LinkKind::Telegram),
        ("telegram.me", LinkKind::Telegram),
        ("telegram.dog", LinkKind::Telegram),
        ("x.com", LinkKind::Twitter),
        ("twitter.com", LinkKind::Twitter),
        ("npmjs.com", LinkKind::Npm),
        ("npmjs.org", LinkKind::Npm),
        ("pypi.org", LinkKind::Pypi),
        ("stackoverflow.com", LinkKind::StackOverflow),
        ("upwork.com", LinkKind::Upwork),
        ("freelancer.com", LinkKind::Freelancer),
        ("facebook.com", LinkKind::Facebook),
        ("fb.com", LinkKind::Facebook),
        ("fb.me", LinkKind::Facebook),
        ("instagram.com", LinkKind::Instagram),
        ("medium.com", LinkKind::Medium),
    ];
    SERVICES.iter().find(|(domain, _)| is(domain)).map_or(LinkKind::Other, |&(_, service)| service)
}

/// Whether the query names the account or page on a service, so that it has to stay.
fn host_needs_query(service: LinkKind, segments: &[String]) -> bool {
    service == LinkKind::Facebook && segments.first().is_some_and(|segment| segment == "profile.php")
}
