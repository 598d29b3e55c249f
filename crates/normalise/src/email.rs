//! E-mail addresses as people write them, and the mailbox behind them.
//!
//! The address is read by RFC 5321 §4.1.2 and RFC 5322 §3.4.1 (with RFC 6531 for letters beyond ASCII and UTS #46 for domains),
//! after trimming what surrounds it in forms and résumés: a display name, angle brackets, `mailto:`, invisible characters.
//!
//! # The canonical form
//! Two addresses have one canonical form only where the mail system delivers both to one mailbox:
//!
//! * **case** is folded everywhere. RFC 5321 §2.4 lets a host tell `A` from `a`; no provider in use does.
//! * **dots** in the local part are dropped at `gmail.com` alone, which ignores them (Gmail help, "Dots don't matter in Gmail
//!   addresses"). Organisations whose mail Google hosts under their own domain do tell dots apart, so other domains keep them.
//! * **`googlemail.com`** is `gmail.com`: one name space under two names.
//! * **plus tags** (RFC 5233, subaddressing) are dropped where the provider documents them ([`TagRule::Documented`]) and at domains
//!   that are not known ([`TagRule::Assumed`]): Google Workspace, Microsoft 365, Fastmail, Proton and most Postfix and Exim
//!   set-ups deliver `user+tag` to `user`, and where they do not, an address with `+` mostly does not exist at all. They are kept
//!   ([`TagRule::Kept`]) where the part after `+` tells *people* apart: at the no-reply domains of code hosts
//!   (`123+login@users.noreply.github.com`), and in mailboxes of a role (`reply+token@…`, `jobs+anna@…`), behind which an agency or a
//!   ticket system keeps one sub-address for each of many people. A false match costs more than a missed one.
//!
//! Not done on purpose: Yahoo's `base-keyword` addresses (a hyphen is mostly part of a name), Proton's and Apple's second domains
//! (the canonical form stays what a list of addresses would hold).

use std::sync::LazyLock;

use crate::{
    error::{Error, Subject},
    text,
};

/// The longest text that is looked at, in bytes: an address with a long display name.
pub const MAX_TEXT: usize = 2_000;
/// Octets of a local part (RFC 5321 §4.5.3.1.1).
pub const MAX_LOCAL: usize = 64;
/// Octets of a domain name (RFC 5321 §4.5.3.1.2, less the root's dot and length octet of RFC 1035).
pub const MAX_DOMAIN: usize = 253;

/// An e-mail address and its canonical form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EmailAddress {
    /// As written.
    pub original: String,
    /// The mailbox: lower case, provider rules applied. See the module's description.
    pub canonical: String,
    /// Local part of the address in lower case, with its dots and tag.
    pub local: String,
    /// Domain in lower case and ASCII (A-labels), as the address has it: `googlemail.com` stays.
    pub domain: String,
    /// The part behind the first `+` of the local part, where there is one.
    pub plus_tag: Option<String>,
    /// What was done about the plus tag.
    pub tag_rule: TagRule,
}

/// What the canonical form does about a plus tag, and on what ground.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TagRule {
    /// The provider documents sub-addresses with `+`: the tag is dropped.
    Documented,
    /// The domain's provider is not known; sub-addressing is assumed and the tag dropped.
    Assumed,
    /// What stands behind `+` tells people apart: it is kept.
    Kept,
}

impl EmailAddress {
    /// Local part of the canonical form.
    #[must_use]
    pub fn canonical_local(&self) -> &str {
        self.canonical.rsplit_once('@').map_or(self.canonical.as_str(), |(local, _)| local)
    }

    /// Domain of the canonical form.
    #[must_use]
    pub fn canonical_domain(&self) -> &str {
        self.canonical.rsplit_once('@').map_or("", |(_, domain)| domain)
    }

    /// The domain one level below a public suffix, by the Public Suffix List: `x.co.uk` of `mail.x.co.uk`. `None` for a public
    /// suffix itself, a bare host name and an address literal.
    #[must_use]
    pub fn registrable_domain(&self) -> Option<&str> {
        registrable_domain(self.canonical_domain())
    }

    /// The domain in Unicode (U-labels), for showing to people.
    #[must_use]
    pub fn domain_unicode(&self) -> String {
        idna::domain_to_unicode(&self.domain).0
    }

    /// The account behind a code host's no-reply address: the login of `123+login@users.noreply.github.com` and
    /// `login@users.noreply.github.com`, and the same at GitLab (`123-login@users.noreply.gitlab.com`).
    #[must_use]
    pub fn no_reply_login(&self) -> Option<&str> {
        let login = match self.domain.as_str() {
            "users.noreply.github.com" => self.local.split_once('+').map_or(self.local.as_str(), |(_, login)| login),
            "users.noreply.gitlab.com" => match self.local.split_once('-') {
                Some((id, login)) if id.bytes().all(|byte| byte.is_ascii_digit()) => login,
                _ => &self.local,
            },
            _ => return None,
        };
        (!login.is_empty()).then_some(login)
    }
}

/// Reads an address as written.
///
/// ```
/// use bonafide_normalise::email;
/// let address = email::parse("Jane Roe <Jane.Roe+jobs@GoogleMail.com>")?;
/// assert_eq!(address.canonical, "janeroe@gmail.com");
/// assert_eq!(address.plus_tag.as_deref(), Some("jobs"));
/// assert_eq!(email::parse("Jane.Roe@Bücher.example")?.canonical, "jane.roe@xn--bcher-kva.example");
/// # Ok::<(), bonafide_normalise::Error>(())
/// ```
///
/// # Errors
/// [`Error`] where the text is empty, too long or not an address.
pub fn parse(text: &str) -> Result<EmailAddress, Error> {
    if text.len() > MAX_TEXT {
        return Err(Error::TooLong { subject: Subject::Email, limit: MAX_TEXT });
    }
    let tidy = text::tidy_lower(text);
    let bare = bare_address(&tidy)?;
    let (local, domain) = split_at_sign(&bare)?;
    let local = read_local(local)?;
    let domain = read_domain(domain)?;
    let (base, plus_tag, tag_rule) = split_tag(&local, &domain);
    let base_without_dots;
    let (mailbox, mailbox_domain) = if is_gmail(&domain) && !base.starts_with('"') {
        base_without_dots = base.replace('.', "");
        (base_without_dots.as_str(), "gmail.com")
    } else {
        (base, domain.as_str())
    };
    Ok(EmailAddress {
        original: text.to_owned(),
        canonical: format!("{mailbox}@{mailbox_domain}"),
        plus_tag,
        tag_rule,
        local,
        domain,
    })
}

/// The canonical form of an address, `None` where the text is not one.
///
/// ```
/// assert_eq!(bonafide_normalise::email::canonical("J.Roe+x@corp.example").as_deref(), Some("j.roe@corp.example"));
/// ```
#[must_use]
pub fn canonical(text: &str) -> Option<String> {
    parse(text).ok().map(|address| address.canonical)
}

/// The domain one level below a public suffix, by the Public Suffix List. The name must be in lower case and ASCII.
///
/// ```
/// use bonafide_normalise::email::registrable_domain;
/// assert_eq!(registrable_domain("mail.firm.co.uk"), Some("firm.co.uk"));
/// assert_eq!(registrable_domain("co.uk"), None);
/// ```
#[must_use]
pub fn registrable_domain(domain: &str) -> Option<&str> {
    if domain.starts_with('[') || domain.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') {
        return None;
    }
    psl::domain_str(domain)
}

/// Domains whose mailboxes anybody may open, as a table of `domain` and `kind`: `free`, `alias` (forwards to a mailbox elsewhere) or
/// `disposable`. Made by us from what the providers say of themselves.
pub const PROVIDERS: &str = include_str!("../data/mail_providers.csv");

/// Brands that open mailboxes under the suffix of every country.
const BRANDS: [&str; 6] = ["gmx", "hotmail", "live", "outlook", "yahoo", "yandex"];

/// Whether anybody may open a mailbox at a domain: those who have one there have nothing else in common. The name must be in lower case.
///
/// ```
/// use bonafide_normalise::email::is_of_a_provider;
/// assert!(is_of_a_provider("gmail.com") && is_of_a_provider("yahoo.co.uk"));
/// assert!(!is_of_a_provider("corp.example"));
/// ```
#[must_use]
pub fn is_of_a_provider(domain: &str) -> bool {
    static DOMAINS: LazyLock<Vec<&str>> = LazyLock::new(|| {
        let rows = PROVIDERS.lines().skip(1);
        let mut domains: Vec<&str> = rows.filter_map(|row| Some(row.split_once(',')?.0)).collect();
        domains.sort_unstable();
        domains
    });
    let of_brand = |domain: &str| {
        let (brand, suffix) = domain.split_once('.')?;
        (BRANDS.contains(&brand) && psl::suffix_str(domain) == Some(suffix)).then_some(())
    };
    DOMAINS.binary_search(&domain).is_ok() || of_brand(domain).is_some()
}

const fn malformed(problem: &'static str) -> Error {
    Error::malformed(Subject::Email, problem)
}

/// Takes away what surrounds an address: display name and brackets, the scheme, quotes and punctuation of a sentence.
fn bare_address(tidy: &str) -> Result<String, Error> {
    let mut rest = tidy;
    // A display name may hold brackets of its own inside quotes; the address stands in the last pair.
    if let Some(open) = rest.rfind('<')
        && let Some(length) = rest[open..].find('>')
    {
        rest = &rest[open + 1..open + length];
    }
    let is_surrounding = |c: char| c.is_whitespace() || matches!(c, '<' | '>' | '(' | ')' | ',' | ';' | ':');
    rest = rest.trim_matches(is_surrounding);
    rest = rest.strip_prefix('\'').and_then(|inner| inner.strip_suffix('\'')).unwrap_or(rest);
    let mut percent_decoded = None;
    if let Some(target) = rest.strip_prefix("mailto:") {
        let target = target.split(['?', ',']).next().unwrap_or_default();
        percent_decoded = Some(text::tidy_lower(&crate::url::percent_decode(target)));
    }
    let rest = percent_decoded.as_deref().unwrap_or(rest).trim_matches(is_surrounding).trim_end_matches('.');
    if rest.is_empty() {
        return Err(Error::Empty { subject: Subject::Email });
    }
    Ok(rest.to_owned())
}

/// Splits at the last `@` outside quotes.
fn split_at_sign(address: &str) -> Result<(&str, &str), Error> {
    let (local, domain) =
        address.rsplit_once('@').ok_or(malformed("there is no '@'; an address looks like name@domain.example"))?;
    // "user @ host" and "user@ host": spaces beside the sign come from copying.
    Ok((local.trim(), domain.trim()))
}

/// Reads a local part: a dot-atom, or a quoted string, which is unquoted where it need not be quoted.
fn read_local(local: &str) -> Result<String, Error> {
    let local = match local.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
        Some(quoted) => unquote(quoted)?,
        None if is_dot_atom(local) => local.to_owned(),
        None if local.is_empty() => return Err(malformed("there is nothing before the '@'")),
        // Real mailboxes with doubled or final dots exist in spite of the grammar (some Japanese carriers gave them out).
        None if local.chars().all(|c| is_atext(c) || c == '.') && local.chars().any(is_atext) => local.to_owned(),
        None => {
            return Err(malformed("the part before the '@' holds a space, a second '@' or another character that needs quotes"));
        }
    };
    if local.len() > MAX_LOCAL {
        return Err(malformed("the part before the '@' is longer than 64 octets"));
    }
    Ok(local)
}

fn unquote(quoted: &str) -> Result<String, Error> {
    let mut content = String::with_capacity(quoted.len());
    let mut characters = quoted.chars();
    while let Some(character) = characters.next() {
        let meant = match character {
            '\\' => characters.next().ok_or(malformed("a quoted name ends in a backslash"))?,
            '"' => return Err(malformed("a quotation mark stands inside a quoted name without a backslash")),
            other => other,
        };
        // Spaces that only a backslash kept apart are one, as all runs of them are.
        if !(meant == ' ' && content.ends_with(' ')) {
            content.push(meant);
        }
    }
    if content.is_empty() {
        return Err(malformed("there is nothing before the '@'"));
    }
    if is_dot_atom(&content) {
        return Ok(content);
    }
    let mut requoted = String::with_capacity(content.len() + 2);
    requoted.push('"');
    for character in content.chars() {
        if matches!(character, '"' | '\\') {
            requoted.push('\\');
        }
        requoted.push(character);
    }
    requoted.push('"');
    Ok(requoted)
}

fn is_dot_atom(text: &str) -> bool {
    !text.is_empty() && text.split('.').all(|atom| !atom.is_empty() && atom.chars().all(is_atext))
}

/// Characters of an atom: RFC 5322 §3.2.3, and all letters beyond ASCII (RFC 6531 §3.3).
const fn is_atext(character: char) -> bool {
    character.is_ascii_alphanumeric()
        || matches!(
            character,
            '!' | '#' | '$' | '%' | '&' | '\'' | '*' | '+' | '-' | '/' | '=' | '?' | '^' | '_' | '`' | '{' | '|' | '}' | '~'
        )
        || !character.is_ascii()
}

fn read_domain(domain: &str) -> Result<String, Error> {
    if let Some(literal) = domain.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        let address = literal.strip_prefix("ipv6:").unwrap_or(literal);
        return match address.parse::<std::net::IpAddr>() {
            Ok(std::net::IpAddr::V4(v4)) => Ok(format!("[{v4}]")),
            Ok(std::net::IpAddr::V6(v6)) => Ok(format!("[ipv6:{v6}]")),
            Err(_) => Err(malformed("the address in brackets behind the '@' is not an IP address")),
        };
    }
    crate::url::ascii_host(domain).ok_or(malformed("what stands behind the '@' is not a domain name"))
}

fn is_gmail(domain: &str) -> bool {
    matches!(domain, "gmail.com" | "googlemail.com")
}

/// Providers whose help pages document `user+tag`: Google, Microsoft, Apple, Proton, Fastmail, Yandex, Zoho, Posteo, mailbox.org,
/// Mailfence, Runbox, Pobox, Hey.
const DOCUMENTED_TAGS: &[&str] = &[
    "fastmail.com",
    "fastmail.fm",
    "gmail.com",
    "googlemail.com",
    "hey.com",
    "hotmail.com",
    "icloud.com",
    "live.com",
    "mac.com",
    "mailbox.org",
    "mailfence.com",
    "me.com",
    "msn.com",
    "outlook.com",
    "pm.me",
    "pobox.com",
    "posteo.de",
    "posteo.net",
    "proton.me",
    "protonmail.ch",
    "protonmail.com",
    "runbox.com",
    "ya.ru",
    "yandex.com",
    "yandex.ru",
    "zoho.com",
    "zohomail.com",
];

/// Names of mailboxes that many people stand behind.
const ROLES: &[&str] = &[
    "account",
    "accounts",
    "admin",
    "apply",
    "bot",
    "bounce",
    "bounces",
    "candidate",
    "candidates",
    "career",
    "careers",
    "contact",
    "donotreply",
    "hello",
    "hiring",
    "hr",
    "info",
    "inbox",
    "job",
    "jobs",
    "list",
    "lists",
    "mail",
    "mailer-daemon",
    "no-reply",
    "noreply",
    "notification",
    "notifications",
    "notify",
    "office",
    "people",
    "recruiter",
    "recruiting",
    "recruitment",
    "replies",
    "reply",
    "support",
    "talent",
    "team",
    "ticket",
    "tickets",
];

/// Splits a tag off: the base of the mailbox, the tag where there is one, and what was done about it.
fn split_tag<'a>(local: &'a str, domain: &str) -> (&'a str, Option<String>, TagRule) {
    let rule = if DOCUMENTED_TAGS.binary_search(&domain).is_ok() { TagRule::Documented } else { TagRule::Assumed };
    if local.starts_with('"') {
        return (local, None, TagRule::Kept);
    }
    let Some((base, tag)) = local.split_once('+') else { return (local, None, rule) };
    let plus_tag = (!tag.is_empty()).then(|| tag.to_owned());
    let tells_people_apart =
        domain.starts_with("users.noreply.") || (rule == TagRule::Assumed && ROLES.binary_search(&base).is_ok());
    if base.is_empty() || base.chars().all(|c| c == '.') || tells_people_apart {
        return (local, plus_tag, TagRule::Kept);
    }
    (base, plus_tag, rule)
}
