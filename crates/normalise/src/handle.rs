//! Names of accounts on services, in the form the service itself treats as one.
//!
//! Every service of [`LinkKind`] ignores case in its handles, so the canonical form is in lower case and without `@`. The check of
//! characters is lenient on purpose: services changed their rules over time, and what an applicant states is compared, not
//! registered.

use bonafide_model::fact::LinkKind;

use crate::{text, url};

/// The longest handle that is read, in bytes (LinkedIn's vanity names in other scripts are the longest ones).
pub const MAX_TEXT: usize = 400;

/// The canonical handle on a service, from a bare handle, an `@handle` or a link to the account.
///
/// ```
/// use bonafide_model::fact::LinkKind;
/// use bonafide_normalise::handle;
/// assert_eq!(handle::canonical(LinkKind::Github, "@J-Roe").as_deref(), Some("j-roe"));
/// assert_eq!(handle::canonical(LinkKind::Telegram, "https://t.me/JRoe").as_deref(), Some("jroe"));
/// assert_eq!(handle::canonical(LinkKind::Github, "not a handle"), None);
/// ```
#[must_use]
pub fn canonical(service: LinkKind, text: &str) -> Option<String> {
    if text.len() > MAX_TEXT {
        return None;
    }
    let tidy = text::tidy_lower(text);
    let bare = tidy.strip_prefix('@').unwrap_or(&tidy);
    if bare.contains('/') || service_domain(service).is_some_and(|domain| bare.contains(domain)) {
        let link = url::parse(bare).ok()?;
        return if link.service == service { link.handle } else { None };
    }
    valid(service, bare)
}

/// A handle of a known form, for bare text: in lower case, checked against the characters and length the service allows.
fn valid(service: LinkKind, bare: &str) -> Option<String> {
    let (shortest, longest) = match service {
        LinkKind::Telegram => (3, 32),
        LinkKind::Twitter => (1, 20),
        LinkKind::Instagram => (1, 30),
        LinkKind::Github => (1, 60),
        LinkKind::Facebook => (1, 80),
        LinkKind::Linkedin => (1, 200),
        _ => (1, 255),
    };
    let is_allowed = |c: char| match service {
        LinkKind::Telegram | LinkKind::Twitter => c.is_ascii_alphanumeric() || c == '_',
        // The underscore belongs to accounts that an enterprise manages.
        LinkKind::Github | LinkKind::Freelancer => c.is_ascii_alphanumeric() || matches!(c, '-' | '_'),
        LinkKind::StackOverflow => c.is_ascii_digit(),
        LinkKind::Instagram | LinkKind::Facebook => c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-'),
        LinkKind::Linkedin => c.is_alphanumeric() || matches!(c, '-' | '_' | '.'),
        _ => c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '~'),
    };
    let bare = if service == LinkKind::Linkedin { url::percent_decode(bare) } else { bare.to_owned() };
    let mut handle = text::tidy_lower(&bare);
    handle.truncate(handle.trim_end_matches('.').len());
    if service == LinkKind::Facebook {
        // Facebook's help: periods do not count in user names.
        handle.retain(|c| c != '.');
    }
    if service == LinkKind::Npm {
        handle = handle.trim_start_matches('~').to_owned();
    }
    let fits = (shortest..=longest).contains(&handle.len()) && handle.chars().all(is_allowed);
    // What holds the service's own domain is a link gone wrong.
    let is_link = service_domain(service).is_some_and(|domain| handle.contains(domain));
    (fits && !is_link && handle.chars().any(char::is_alphanumeric)).then_some(handle)
}

/// The name under which a service stands before a handle in an identifier such as `telegram:jroe`.
///
/// ```
/// # use bonafide_model::fact::LinkKind;
/// assert_eq!(bonafide_normalise::handle::service_name(LinkKind::StackOverflow), "stackoverflow");
/// ```
#[must_use]
pub const fn service_name(service: LinkKind) -> &'static str {
    match service {
        LinkKind::Github => "github",
        LinkKind::Gitlab => "gitlab",
        LinkKind::Linkedin => "linkedin",
        LinkKind::Telegram => "telegram",
        LinkKind::Twitter => "twitter",
        LinkKind::Npm => "npm",
        LinkKind::Pypi => "pypi",
        LinkKind::StackOverflow => "stackoverflow",
        LinkKind::Upwork => "upwork",
        LinkKind::Freelancer => "freelancer",
        LinkKind::Facebook => "facebook",
        LinkKind::Instagram => "instagram",
        LinkKind::Medium => "medium",
        LinkKind::Portfolio => "portfolio",
        LinkKind::Other => "other",
    }
}

/// The service of a name as forms write it ("GitHub", "X", "stack overflow").
///
/// ```
/// # use bonafide_model::fact::LinkKind;
/// assert_eq!(bonafide_normalise::handle::service_from_name("Stack Overflow"), Some(LinkKind::StackOverflow));
/// ```
#[must_use]
pub fn service_from_name(name: &str) -> Option<LinkKind> {
    if name.len() > MAX_TEXT {
        return None;
    }
    let key: String = text::lookup_key(name).chars().filter(|&c| c != ' ').collect();
    Some(match key.as_str() {
        "github" | "gh" | "git" => LinkKind::Github,
        "gitlab" => LinkKind::Gitlab,
        "linkedin" => LinkKind::Linkedin,
        "telegram" | "tg" => LinkKind::Telegram,
        "twitter" | "x" | "xtwitter" | "twitterx" | "xcom" => LinkKind::Twitter,
        "npm" | "npmjs" => LinkKind::Npm,
        "pypi" => LinkKind::Pypi,
        "stackoverflow" | "so" => LinkKind::StackOverflow,
        "upwork" => LinkKind::Upwork,
        "freelancer" => LinkKind::Freelancer,
        "facebook" | "fb" => LinkKind::Facebook,
        "instagram" | "ig" | "insta" => LinkKind::Instagram,
        "medium" => LinkKind::Medium,
        "portfolio" | "website" | "homepage" | "site" | "personalwebsite" | "blog" | "web" => LinkKind::Portfolio,
        _ => return None,
    })
}

const fn service_domain(service: LinkKind) -> Option<&'static str> {
    match service {
        LinkKind::Github => Some("github.com"),
        LinkKind::Gitlab => Some("gitlab.com"),
        LinkKind::Linkedin => Some("linkedin.com"),
        LinkKind::Telegram => Some("t.me"),
        LinkKind::Twitter => Some("x.com"),
        LinkKind::Npm => Some("npmjs.com"),
        LinkKind::Pypi => Some("pypi.org"),
        LinkKind::StackOverflow => Some("stackoverflow.com"),
        LinkKind::Upwork => Some("upwork.com"),
        LinkKind::Freelancer => Some("freelancer.com"),
        LinkKind::Facebook => Some("facebook.com"),
        LinkKind::Instagram => Some("instagram.com"),
        LinkKind::Medium => Some("medium.com"),
        LinkKind::Portfolio | LinkKind::Other => None,
    }
}

/// First path segments that are pages of the service and not accounts.
fn is_page_of_service(service: LinkKind, segment: &str) -> bool {
    let pages: &[&str] = match service {
        LinkKind::Github => &[
            "about",
            "apps",
            "blog",
            "codespaces",
            "collections",
            "contact",
            "customer-stories",
            "enterprise",
            "events",
            "explore",
            "features",
            "issues",
            "join",
            "login",
            "logout",
            "marketplace",
            "new",
            "notifications",
            "organizations",
            "orgs",
            "pricing",
            "pulls",
            "search",
            "security",
            "settings",
            "signup",
            "site",
            "sponsors",
            "stars",
            "topics",
            "trending",
            "users",
            "team",
        ],
        LinkKind::Gitlab => &["-", "dashboard", "explore", "groups", "help", "projects", "search", "users"],
        LinkKind::Telegram => &["addlist", "addstickers", "c", "iv", "joinchat", "proxy", "s", "share", "socks"],
        LinkKind::Twitter => &[
            "compose",
            "explore",
            "hashtag",
            "home",
            "i",
            "intent",
            "login",
            "messages",
            "notifications",
            "privacy",
            "search",
            "settings",
            "share",
            "tos",
        ],
        LinkKind::Facebook => &[
            "dialog",
            "events",
            "gaming",
            "groups",
            "hashtag",
            "help",
            "login",
            "marketplace",
            "pages",
            "people",
            "photo",
            "photo.php",
            "policies",
            "privacy",
            "share",
            "sharer",
            "sharer.php",
            "watch",
        ],
        LinkKind::Instagram => &["accounts", "direct", "explore", "p", "reel", "reels", "stories", "tv"],
        LinkKind::Medium => &["about", "m", "me", "membership", "p", "search", "tag", "topic"],
        _ => &[],
    };
    pages.contains(&segment)
}

/// The account a path leads to; its segment is rewritten in canonical form, and so is a repository's name, whose case the code
/// hosts ignore.
pub(crate) fn find_in_path(service: LinkKind, host: &str, segments: &mut [String], parameters: &[String]) -> Option<String> {
    let lower = |segments: &[String], index: usize| segments.get(index).map(|segment| segment.to_ascii_lowercase());
    let first = lower(segments, 0);
    let position = match service {
        LinkKind::Portfolio | LinkKind::Other => return None,
        LinkKind::Medium => {
            if let Some(subdomain) = host.strip_suffix(".medium.com")
                && !matches!(subdomain, "www" | "help" | "policy" | "blog" | "link" | "api")
            {
                return valid(service, subdomain);
            }
            if !first.as_deref()?.starts_with('@') {
                return None;
            }
            0
        }
        LinkKind::Linkedin => match first.as_deref()? {
            "in" | "pub" if host != "lnkd.in" => 1,
            _ => return None,
        },
        LinkKind::Npm => {
            let name = first.as_deref()?.strip_prefix('~')?;
            let name = valid(service, name)?;
            segments[0] = format!("~{name}");
            return Some(name);
        }
        LinkKind::Pypi => match first.as_deref()? {
            "user" => 1,
            _ => return None,
        },
        LinkKind::StackOverflow => match first.as_deref()? {
            "users" | "u" if !host.contains(".stackoverflow.com") || host == "www.stackoverflow.com" => 1,
            _ => return None,
        },
        LinkKind::Upwork => match first.as_deref()? {
            "freelancers" | "fl" | "o" => {
                let at = if lower(segments, 1).as_deref() == Some("profiles") { 3 } else { 1 };
                if lower(segments, at).as_deref() == Some("users") { at + 1 } else { at }
            }
            _ => return None,
        },
        LinkKind::Freelancer => match first.as_deref()? {
            "u" => 1,
            _ => return None,
        },
        LinkKind::Facebook if first.as_deref() == Some("profile.php") => {
            return parameters.iter().find_map(|parameter| valid(service, parameter.strip_prefix("id=")?));
        }
        LinkKind::Facebook if first.as_deref() == Some("people") => 2,
        LinkKind::Github
            if host.ends_with("githubusercontent.com") && !host.starts_with("raw.") && !host.starts_with("gist.") =>
        {
            return None;
        }
        LinkKind::Github if matches!(first.as_deref(), Some("orgs" | "sponsors" | "users" | "stars")) => 1,
        LinkKind::Gitlab if first.as_deref() == Some("users") => 1,
        LinkKind::Telegram if first.as_deref() == Some("s") => 1,
        _ if is_page_of_service(service, first.as_deref()?) => return None,
        _ => 0,
    };
    let segment = segments.get(position)?;
    let decoded = url::percent_decode(segment);
    let handle = valid(service, decoded.strip_prefix('@').unwrap_or(&decoded))?;
    if handle.is_ascii() {
        segments[position] = if service == LinkKind::Medium { format!("@{handle}") } else { handle.clone() };
    }
    for keyword in segments.iter_mut().take(position) {
        keyword.make_ascii_lowercase();
    }
    if matches!(service, LinkKind::Github | LinkKind::Gitlab)
        && position == 0
        && let Some(repository) = segments.get_mut(1)
    {
        repository.make_ascii_lowercase();
    }
    Some(handle)
}
