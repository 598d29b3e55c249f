//! E-mail addresses.

use bonafide_normalise::{
    Error,
    email::{self, TagRule, canonical},
};
use proptest::prelude::*;

#[test]
fn addresses_of_one_mailbox_have_one_form() {
    for (text, expected) in [
        ("jane@firm.example", "jane@firm.example"),
        (" Jane@Firm.Example ", "jane@firm.example"),
        ("<jane@firm.example>", "jane@firm.example"),
        ("Jane Roe <jane@firm.example>", "jane@firm.example"),
        ("\"Roe, Jane <x>\" <jane@firm.example>", "jane@firm.example"),
        ("mailto:jane@firm.example?subject=CV", "jane@firm.example"),
        ("mailto:jane%40firm.example", "jane@firm.example"),
        ("'jane@firm.example'", "jane@firm.example"),
        ("jane@firm.example.", "jane@firm.example"),
        ("jane@firm.example,", "jane@firm.example"),
        ("jane @ firm.example", "jane@firm.example"),
        ("jane\u{200b}@firm\u{ad}.example", "jane@firm.example"),
        ("ｊａｎｅ＠firm.example", "jane@firm.example"),
        // Dots count everywhere but at Gmail.
        ("jane.roe@firm.example", "jane.roe@firm.example"),
        ("jane.roe@outlook.com", "jane.roe@outlook.com"),
        ("J.A.N.E@gmail.com", "jane@gmail.com"),
        ("jane.roe@googlemail.com", "janeroe@gmail.com"),
        // Hyphens count everywhere.
        ("jane-roe@gmail.com", "jane-roe@gmail.com"),
        ("jane-roe@yahoo.com", "jane-roe@yahoo.com"),
        // Tags.
        ("jane+jobs@gmail.com", "jane@gmail.com"),
        ("jane+a+b@gmail.com", "jane@gmail.com"),
        ("jane+jobs@proton.me", "jane@proton.me"),
        ("jane+jobs@firm.example", "jane@firm.example"),
        ("jobs+jane@agency.example", "jobs+jane@agency.example"),
        ("reply+a1b2@tickets.example", "reply+a1b2@tickets.example"),
        ("12345+jroe@users.noreply.github.com", "12345+jroe@users.noreply.github.com"),
        ("+jane@firm.example", "+jane@firm.example"),
        // Quotes that are not needed are dropped, others stay.
        ("\"jane\"@firm.example", "jane@firm.example"),
        ("\"jane roe\"@firm.example", "\"jane roe\"@firm.example"),
        ("\"jane\\\"roe\"@firm.example", "\"jane\\\"roe\"@firm.example"),
        // Domains in Unicode and in ASCII.
        ("jane@BÜCHER.example", "jane@xn--bcher-kva.example"),
        ("jane@xn--bcher-kva.example", "jane@xn--bcher-kva.example"),
        ("jané@firm.example", "jané@firm.example"),
        // Kept although the grammar forbids them: such mailboxes exist.
        ("jane..roe.@firm.example", "jane..roe.@firm.example"),
        ("jane@[192.0.2.1]", "jane@[192.0.2.1]"),
        ("jane@localhost", "jane@localhost"),
    ] {
        assert_eq!(canonical(text).as_deref(), Some(expected), "{text}");
    }
}

#[test]
fn what_is_no_address_is_named() {
    assert!(matches!(email::parse("  "), Err(Error::Empty { .. })));
    assert!(matches!(email::parse("<>"), Err(Error::Empty { .. })));
    assert!(matches!(email::parse(&"a".repeat(3_000)), Err(Error::TooLong { .. })));
    for text in [
        "jane",
        "@firm.example",
        "jane@",
        "jane@@firm.example",
        "jane roe@firm.example",
        "jane@firm..example",
        "jane@-firm.example",
        "jane@fi rm.example",
        "\"@firm.example",
        "jane@[300.1.1.1]",
        "jane@firm.example (work) x",
    ] {
        assert!(matches!(email::parse(text), Err(Error::Malformed { .. })), "{text}: {:?}", email::parse(text));
    }
    assert!(email::parse(&format!("{}@firm.example", "a".repeat(64))).is_ok());
    assert!(email::parse(&format!("{}@firm.example", "a".repeat(65))).is_err());
    assert!(email::parse(&format!("jane@{}.example", "a".repeat(64))).is_err());
}

#[test]
fn parts_are_told_apart() {
    let address = email::parse("Jane.Roe+Jobs@Mail.Firm.co.uk").unwrap();
    assert_eq!((address.local.as_str(), address.domain.as_str()), ("jane.roe+jobs", "mail.firm.co.uk"));
    assert_eq!((address.plus_tag.as_deref(), address.tag_rule), (Some("jobs"), TagRule::Assumed));
    assert_eq!(address.registrable_domain(), Some("firm.co.uk"));
    assert_eq!(email::parse("a@GoogleMail.com").unwrap().domain, "googlemail.com");
    assert_eq!(email::parse("a@bücher.example").unwrap().domain_unicode(), "bücher.example");
    assert_eq!(email::parse("a+b@fastmail.com").unwrap().tag_rule, TagRule::Documented);
    assert_eq!(email::parse("a@co.uk").unwrap().registrable_domain(), None);
}

#[test]
fn spaces_kept_apart_by_a_backslash_are_one() {
    let address = email::parse("\"\0\\\u{f}\"@y.example").unwrap();
    assert_eq!(address.canonical, "\" \"@y.example");
    assert_eq!(email::parse(&address.canonical).unwrap().canonical, address.canonical);
}

#[test]
fn no_reply_addresses_name_their_account() {
    let login = |text: &str| email::parse(text).unwrap().no_reply_login().map(str::to_owned);
    assert_eq!(login("12345+J-Roe@users.noreply.github.com").as_deref(), Some("j-roe"));
    assert_eq!(login("j-roe@users.noreply.github.com").as_deref(), Some("j-roe"));
    assert_eq!(login("12345-j-roe@users.noreply.gitlab.com").as_deref(), Some("j-roe"));
    assert_eq!(login("jane@firm.example"), None);
}

proptest! {
    #[test]
    fn the_canonical_form_is_idempotent(text in "[ <]?[a-zA-Z0-9.+'\"äß\u{3b1}_-]{1,12}@(gmail\\.com|googlemail\\.com|firm\\.example|bücher\\.example|[a-z.-]{1,12})[ >.]?") {
        if let Some(once) = canonical(&text) {
            prop_assert_eq!(canonical(&once), Some(once));
        }
    }

    #[test]
    fn quoted_names_are_idempotent(text in "\"[ a-z.\\\\\\x0f\\t\"]{1,8}\"@y\\.example") {
        if let Ok(address) = email::parse(&text) {
            prop_assert_eq!(email::parse(&address.canonical).unwrap().canonical, address.canonical);
        }
    }

    #[test]
    fn any_text_is_idempotent_and_never_panics(text in "\\PC{0,20}@\\PC{0,20}|\\PC{0,40}") {
        if let Some(once) = canonical(&text) {
            prop_assert_eq!(canonical(&once), Some(once));
        }
    }

    #[test]
    fn gmail_ignores_dots_and_nothing_else(local in "[a-z0-9]{6,20}", at in 1_usize..5) {
        let dotted = format!("{}.{}@gmail.com", &local[..at], &local[at..]);
        prop_assert_eq!(canonical(&dotted), canonical(&format!("{local}@gmail.com")));
        let elsewhere = dotted.replace("gmail.com", "firm.example");
        prop_assert_ne!(canonical(&elsewhere), canonical(&format!("{local}@firm.example")));
    }
}
