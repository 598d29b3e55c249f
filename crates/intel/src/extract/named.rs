//! Accounts and packages that stand behind the name of their service: `telegram @name`, `GitHub: name`, `npm i name`.

use std::ops::Range;

use super::Kind;

/// Words that may stand between a service and a handle, and whether they announce one.
const FILLERS: [(&str, bool); 22] = [
    ("handle", true),
    ("user", true),
    ("username", true),
    ("login", true),
    ("id", true),
    ("nick", true),
    ("nickname", true),
    ("alias", true),
    ("account", true),
    ("acct", true),
    ("acc", true),
    ("profile", true),
    ("contact", false),
    ("name", false),
    ("is", false),
    ("was", false),
    ("as", false),
    ("on", false),
    ("page", false),
    ("of", false),
    ("under", false),
    ("channel", false),
];
const MOST_FILLERS: usize = 3;

/// What stands behind a service and is no handle.
const NO_HANDLE: [&str; 44] = [
    "a", "account", "all", "admin", "admins", "and", "any", "channel", "deleted", "empty", "everyone", "for", "from", "has",
    "here", "http", "https", "in", "invite", "linked", "link", "n", "na", "new", "nil", "no", "none", "not", "null", "or",
    "private", "repo", "same", "see", "tbd", "team", "the", "to", "unknown", "via", "was", "with", "yes", "hxxps",
];

/// The service that a word names, in front of a handle.
pub(super) fn service(word: &str) -> Option<Kind> {
    const SERVICES: [(&str, Kind); 5] = [
        ("telegram", Kind::Telegram),
        ("tg", Kind::Telegram),
        ("github", Kind::Github),
        ("gh", Kind::Github),
        ("linkedin", Kind::Linkedin),
    ];
    // "tg_handle: name"
    let name = word.split_once(['_', '-']).map_or(word, |(name, rest)| {
        if FILLERS.iter().any(|(filler, _)| filler.eq_ignore_ascii_case(rest)) { name } else { word }
    });
    SERVICES.into_iter().find(|(service, _)| service.eq_ignore_ascii_case(name)).map(|(_, kind)| kind)
}

/// The handles that follow the name of a service which ends at `end`: their ranges, in order.
pub(super) fn handles(text: &str, kind: Kind, end: usize) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = end;
    let (mut is_stated, mut is_announced) = (false, false);
    for _ in 0..=MOST_FILLERS {
        let (signs, place) = signs(bytes, at);
        is_stated |= signs.stated;
        at = place;
        if bytes.get(at) == Some(&b'@') {
            return signed_handles(text, kind, at);
        }
        let word = word(text, at);
        let filler = FILLERS.iter().find(|(filler, _)| filler.eq_ignore_ascii_case(word));
        let Some((_, announces)) = filler else { break };
        is_announced |= *announces;
        at += word.len();
    }
    // LinkedIn's own form of a handle: "in/name".
    if kind == Kind::Linkedin && starts(bytes, at, b"in/") {
        at += 3;
        is_stated = true;
    }
    let Some(range) = handle(text, kind, at) else { return found };
    let written = &text[range.clone()];
    let has_mark = written.bytes().any(|byte| byte.is_ascii_digit() || matches!(byte, b'_' | b'-'));
    let is_link = text.get(range.end..).is_some_and(|rest| rest.starts_with("://") || rest.starts_with(":\\"));
    let is_handle = written.len() >= 3
        && !is_link
        && !NO_HANDLE.iter().any(|word| word.eq_ignore_ascii_case(written))
        && ((is_stated && (kind != Kind::Linkedin || has_mark)) || (is_announced && has_mark));
    if is_handle {
        found.push(range);
    }
    found
}

/// The `@handle` whose sign stands at a place, and those that follow it in a list.
pub(super) fn signed_handles(text: &str, kind: Kind, sign: usize) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut next = Some(sign);
    while let Some(place) = next {
        let Some(range) = handle(text, kind, place + 1) else { break };
        if NO_HANDLE.iter().any(|word| word.eq_ignore_ascii_case(&text[range.clone()])) {
            break;
        }
        next = next_in_list(text.as_bytes(), range.end);
        found.push(range);
    }
    found
}

/// Signs between words.
struct Signs {
    /// A colon, an equals sign or a dash: what follows is a value.
    stated: bool,
}

/// Signs and spaces from `at` on, and where they end. A line's end is no sign.
fn signs(bytes: &[u8], mut at: usize) -> (Signs, usize) {
    let start = at;
    let mut stated = false;
    while at - start < 8 {
        match bytes.get(at) {
            Some(b' ' | b'\t' | b'*' | b'`' | b'"' | b'\'' | b'(' | b'[' | b'<' | b'~' | b')') => at += 1,
            // "TG/@name"
            Some(b'/') if bytes.get(at + 1) == Some(&b'@') => at += 1,
            Some(b':' | b'=' | b'>') => {
                stated = true;
                at += 1;
            }
            // A dash with spaces; the same between letters belongs to a word.
            Some(b'-') if bytes.get(at + 1) != Some(&b'-') && at > start => {
                stated = true;
                at += 1;
            }
            Some(0xE2) if bytes.get(at + 1) == Some(&0x80) && matches!(bytes.get(at + 2), Some(0x93 | 0x94)) => {
                stated = true;
                at += 3;
            }
            _ => break,
        }
    }
    (Signs { stated }, at)
}

/// Where the next `@handle` of a list stands.
fn next_in_list(bytes: &[u8], end: usize) -> Option<usize> {
    [&b", @"[..], b" @", b",@", b" & @", b" and @", b"/@", b" / @", b", and @", b" or @", b" + @"]
        .iter()
        .find(|between| starts(bytes, end, between))
        .map(|between| end + between.len() - 1)
}

/// The word that begins at a place: letters only.
fn word(text: &str, at: usize) -> &str {
    let length =
        text.as_bytes().get(at..).unwrap_or_default().iter().take(24).take_while(|byte| byte.is_ascii_alphabetic()).count();
    let is_whole = text.as_bytes().get(at + length).is_none_or(|byte| !matches!(byte, b'_' | b'-' | b'0'..=b'9'));
    if is_whole { text.get(at..at + length).unwrap_or_default() } else { "" }
}

/// The handle that begins at a place, by the characters and length the service allows.
pub(super) fn handle(text: &str, kind: Kind, at: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes().get(at..)?;
    let (shortest, longest) = match kind {
        Kind::Telegram => (4, 32),
        Kind::Github => (1, 39),
        _ => (3, 100),
    };
    let is_allowed = |byte: u8| {
        byte.is_ascii_alphanumeric()
            || match kind {
                Kind::Telegram => byte == b'_',
                Kind::Github => byte == b'-',
                _ => matches!(byte, b'-' | b'_'),
            }
    };
    let mut length = bytes.iter().take(longest + 1).take_while(|&&byte| is_allowed(byte)).count();
    let next = bytes.get(length).copied().unwrap_or(b' ');
    let follows = bytes.get(length + 1).copied().unwrap_or(b' ');
    // What goes on as a host, a path or an address is none.
    let goes_on = next.is_ascii_alphanumeric()
        || matches!(next, b'@' | b'_' | b'%')
        || (matches!(next, b'.' | b'-') && follows.is_ascii_alphanumeric());
    while length > 0 && matches!(bytes[length - 1], b'-') {
        length -= 1;
    }
    let first = bytes.first()?;
    let begins_right = if kind == Kind::Telegram { first.is_ascii_alphabetic() } else { first.is_ascii_alphanumeric() };
    (begins_right && !goes_on && (shortest..=longest).contains(&length)).then_some(at..at + length)
}

/// The service of an `@handle` that is named behind it ("@name on Telegram") or, in another script, before it; and where both end.
pub(super) fn service_around(text: &str, sign: usize, end: usize) -> Option<(Kind, usize)> {
    let bytes = text.as_bytes();
    for between in [&b" on "[..], b" in ", b" (", b" at ", b" via ", b" [", b" - "] {
        if starts(bytes, end, between) {
            let name = word(text, end + between.len());
            let behind = end + between.len() + name.len();
            let next = bytes.get(behind).copied().unwrap_or(b' ');
            // "@name via GitHub: other" names the service of what follows.
            let leads_on = matches!(next, b':' | b'=' | b'/' | b'@')
                || (next == b'.' && bytes.get(behind + 1).is_some_and(u8::is_ascii_alphanumeric));
            if let (Some(kind), false) = (service(name), leads_on) {
                return Some((kind, behind));
            }
        }
    }
    const BEFORE: [&str; 9] = ["телеграм", "телеграмм", "телега", "телегу", "тг", "телеграме", "电报", "텔레그램", "テレグラム"];
    let before = text.get(..sign)?.trim_end_matches([' ', ':', '：', '-', '=']);
    if before.as_bytes().last().is_some_and(u8::is_ascii) {
        return None;
    }
    let tail: String = before.chars().rev().take(12).flat_map(char::to_lowercase).collect::<Vec<_>>().into_iter().rev().collect();
    BEFORE.iter().any(|name| tail.ends_with(name)).then_some((Kind::Telegram, end))
}

/// Words that stand behind "npm install" in prose.
const NO_PACKAGE: [&str; 58] = [
    "a", "after", "again", "an", "and", "as", "at", "before", "but", "by", "ci", "command", "did", "didn", "does", "doesn",
    "error", "errors", "fail", "failed", "fails", "first", "for", "from", "hangs", "hook", "hung", "if", "in", "is", "it", "its",
    "locally", "no", "none", "now", "of", "on", "or", "our", "output", "script", "scripts", "so", "step", "that", "the", "then",
    "they", "this", "to", "was", "when", "which", "will", "with", "works", "your",
];

/// Whether a word is a package manager of npm's registry.
pub(super) fn is_manager(word: &str) -> bool {
    ["npm", "npx", "yarn", "pnpm", "bun", "bunx"].iter().any(|manager| manager.eq_ignore_ascii_case(word))
}

/// The packages that follow a package manager whose name ends at `end`.
pub(super) fn packages(text: &str, manager: &str, end: usize) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = end;
    // "npm:name" and "npm: name" state it at once, and so does npx.
    let is_stated = bytes.get(at) == Some(&b':');
    if is_stated {
        at += 1;
    }
    at = skip_spaces(bytes, at);
    if !is_stated && !manager.to_ascii_lowercase().ends_with('x') {
        const COMMANDS: [&str; 17] = [
            "i",
            "install",
            "add",
            "exec",
            "x",
            "dlx",
            "view",
            "info",
            "show",
            "uninstall",
            "remove",
            "update",
            "package",
            "pkg",
            "module",
            "dependency",
            "rm",
        ];
        let command = word(text, at);
        if !COMMANDS.iter().any(|known| known.eq_ignore_ascii_case(command)) {
            return found;
        }
        at += command.len();
        if bytes.get(at) == Some(&b':') {
            at += 1;
        }
        if !bytes.get(at).is_some_and(|byte| matches!(byte, b' ' | b'\t')) {
            return found;
        }
        at = skip_spaces(bytes, at);
    }
    for _ in 0..6 {
        if bytes.get(at) != Some(&b'-') {
            break;
        }
        at += bytes[at..].iter().take(32).take_while(|byte| !byte.is_ascii_whitespace()).count();
        at = skip_spaces(bytes, at);
    }
    while matches!(bytes.get(at), Some(b'`' | b'"' | b'\'')) && found.is_empty() {
        at += 1;
    }
    while let Some(length) = text.get(at..).and_then(package_length) {
        let name = &text[at..at + length];
        let version = version_length(bytes, at + length);
        let is_plain = name.bytes().all(|byte| byte.is_ascii_alphabetic());
        // What follows the first is one too where it has a scope or a version.
        let is_versioned = version > 0 && bytes.get(at + length + 1).is_some_and(u8::is_ascii_digit);
        if !found.is_empty() && !is_versioned && !name.starts_with('@') {
            break;
        }
        let is_link = text.get(at + length..).is_some_and(|rest| rest.starts_with("://"));
        let is_prose = is_plain && (NO_PACKAGE.contains(&name) || !name.bytes().all(|byte| byte.is_ascii_lowercase()));
        if is_link || is_prose {
            break;
        }
        found.push(at..at + length);
        at += length + version;
        if bytes.get(at) != Some(&b' ') || found.len() >= 64 {
            break;
        }
        at += 1;
    }
    found
}

fn skip_spaces(bytes: &[u8], mut at: usize) -> usize {
    let last = at + 4;
    while at < last && matches!(bytes.get(at), Some(b' ' | b'\t')) {
        at += 1;
    }
    at
}

/// The length of the package name, with its scope, that a text begins with.
pub(super) fn package_length(text: &str) -> Option<usize> {
    let part = |text: &str| {
        let bytes = text.as_bytes();
        let mut length = bytes
            .iter()
            .take(215)
            .take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~'))
            .count();
        while length > 0 && !bytes[length - 1].is_ascii_alphanumeric() {
            length -= 1;
        }
        (length > 0 && length < 215 && bytes[0].is_ascii_alphanumeric()).then_some(length)
    };
    let Some(scoped) = text.strip_prefix('@') else { return part(text) };
    let scope = part(scoped)?;
    let name = scoped.get(scope..)?.strip_prefix('/')?;
    Some(1 + scope + 1 + part(name)?)
}

/// The length of a version behind a package name, with its sign.
pub(super) fn version_length(bytes: &[u8], at: usize) -> usize {
    let Some(rest) = bytes.get(at..).and_then(|rest| rest.strip_prefix(b"@")) else { return 0 };
    let mut length = rest
        .iter()
        .take(64)
        .take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'^' | b'~' | b'+'))
        .count();
    while length > 0 && !rest[length - 1].is_ascii_alphanumeric() {
        length -= 1;
    }
    if length == 0 { 0 } else { length + 1 }
}

pub(super) fn starts(bytes: &[u8], at: usize, word: &[u8]) -> bool {
    bytes.get(at..at + word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word))
}
