//! Addresses that belong to no person: the platform, bots, services, placeholders.

/// The host of no-reply addresses that stand for accounts.
const ACCOUNT_NO_REPLY: &str = "users.noreply.github.com";

/// Local parts of senders that are programs.
const PROGRAMS: &[&str] = &[
    "action",
    "actions",
    "bot",
    "ci",
    "circleci",
    "dependabot",
    "dependabot-preview",
    "do-not-reply",
    "donotreply",
    "github-actions",
    "greenkeeper",
    "jenkins",
    "no-reply",
    "no_reply",
    "noreply",
    "renovate",
    "renovate-bot",
    "root",
    "semantic-release-bot",
    "snyk-bot",
    "travis",
    "web-flow",
];

/// Addresses that stand in manuals and default configurations, and hosts that mean "none".
const PLACEHOLDERS: &[&str] = &[
    "you@example.com",
    "your@email.com",
    "youremail@example.com",
    "your_email@example.com",
    "email@example.com",
    "user@example.com",
    "none@none",
    "nobody@nowhere",
    "unknown@unknown",
    "test@test.com",
];

/// An account behind a no-reply address: `id+login@…` since 2017, `login@…` before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct NoReply<'a> {
    /// The account's number, which outlives a change of the login.
    pub(super) id: Option<&'a str>,
    /// The login at the time.
    pub(super) login: &'a str,
}

/// Reads a no-reply address that stands for an account.
pub(super) fn no_reply(address: &str) -> Option<NoReply<'_>> {
    let (local, host) = address.trim().rsplit_once('@')?;
    if !host.eq_ignore_ascii_case(ACCOUNT_NO_REPLY) || local.is_empty() {
        return None;
    }
    Some(match local.split_once('+') {
        Some((id, login)) if !login.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit()) && !id.is_empty() => {
            NoReply { id: Some(id), login }
        }
        _ => NoReply { id: None, login: local },
    })
}

/// Whether an address is the platform's own: what stands as committer of a commit made on the web.
pub(super) fn is_platform(address: &str) -> bool {
    let address = address.trim();
    ["noreply@github.com", "bot@github.com", "web-flow@github.com", "web-flow@users.noreply.github.com"]
        .iter()
        .any(|own| address.eq_ignore_ascii_case(own))
}

/// Whether an author is a program, a service or a placeholder: never used to link or to accuse.
pub(super) fn is_program(address: &str, name: &str) -> bool {
    let address = address.trim();
    let local = match no_reply(address) {
        Some(account) => account.login,
        None => address.rsplit_once('@').map_or(address, |(local, _)| local),
    };
    let is_named_bot = |text: &str| {
        let bytes = text.trim().as_bytes();
        let ends = |suffix: &str| {
            bytes.len() >= suffix.len() && bytes[bytes.len() - suffix.len()..].eq_ignore_ascii_case(suffix.as_bytes())
        };
        ends("[bot]") || ends("-bot")
    };
    PROGRAMS.iter().any(|program| local.eq_ignore_ascii_case(program))
        || PLACEHOLDERS.iter().any(|placeholder| address.eq_ignore_ascii_case(placeholder))
        || is_named_bot(local)
        || is_named_bot(name)
        || is_platform(address)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_reply_addresses() {
        assert_eq!(no_reply("123+mara-q@users.noreply.github.com"), Some(NoReply { id: Some("123"), login: "mara-q" }));
        assert_eq!(no_reply("mara-q@users.noreply.github.com"), Some(NoReply { id: None, login: "mara-q" }));
        assert_eq!(no_reply("mara+q@users.noreply.github.com"), Some(NoReply { id: None, login: "mara+q" }));
        assert_eq!(no_reply("noreply@github.com"), None);
        assert_eq!(no_reply("@users.noreply.github.com"), None);
    }

    #[test]
    fn programs_and_people() {
        for (address, name) in [
            ("noreply@github.com", "GitHub"),
            ("bot@github.com", "x"),
            ("49699333+dependabot[bot]@users.noreply.github.com", "dependabot[bot]"),
            ("bot@users.noreply.github.com", "anything"),
            ("someone@x.example", "renovate[bot]"),
            ("release-bot@x.example", "Release"),
            ("you@example.com", "Your Name"),
        ] {
            assert!(is_program(address, name), "{address}");
        }
        for (address, name) in [
            ("12+abbot@users.noreply.github.com", "Abbot"),
            ("talbot@x.example", "Ann Talbot"),
            ("action.jackson@x.example", "A. J."),
            ("", ""),
        ] {
            assert!(!is_program(address, name), "{address}");
        }
    }
}
