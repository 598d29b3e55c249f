//! Addresses of pages.

use bonafide_model::fact::LinkKind;
use bonafide_normalise::{
    Error,
    url::{self, canonical},
};
use proptest::prelude::*;

#[test]
fn addresses_of_one_page_have_one_form() {
    for (text, expected) in [
        ("https://roe.example", "https://roe.example"),
        ("https://roe.example/", "https://roe.example"),
        ("HTTPS://ROE.Example:443/", "https://roe.example"),
        ("http://roe.example:80", "http://roe.example"),
        ("https://roe.example:8080/x/", "https://roe.example:8080/x"),
        ("roe.example", "https://roe.example"),
        ("//roe.example/x", "https://roe.example/x"),
        ("<https://roe.example>,", "https://roe.example"),
        ("(https://roe.example).", "https://roe.example"),
        ("https://roe.example\n", "https://roe.example"),
        ("https://roe.exam\nple/cv", "https://roe.example/cv"),
        ("https://roe.example/a/./b/../c/", "https://roe.example/a/c"),
        ("https://roe.example/%7Ejane/%e4%b8%ad", "https://roe.example/~jane/%E4%B8%AD"),
        ("https://roe.example/中", "https://roe.example/%E4%B8%AD"),
        ("https://roe.example/?utm_source=cv&b=2&fbclid=x&a=1", "https://roe.example?b=2&a=1"),
        ("https://roe.example/#top", "https://roe.example"),
        ("https://roe.example/#/work", "https://roe.example#/work"),
        ("https://bücher.example/", "https://xn--bcher-kva.example"),
        ("https://github.com@evil.example/x", "https://evil.example/x"),
        ("https://[2001:DB8::1]/x", "https://[2001:db8::1]/x"),
        ("http://192.0.2.1/x", "http://192.0.2.1/x"),
        ("https:\\\\roe.example\\x", "https://roe.example/x"),
        // Services: https, no www, handles in lower case, nothing behind them that does not lead elsewhere.
        ("http://www.linkedin.com/in/Jane-Roe/?trk=public", "https://linkedin.com/in/jane-roe"),
        ("https://twitter.com/JRoe?lang=en", "https://twitter.com/jroe"),
        ("github.com/JRoe/Repo/tree/Main", "https://github.com/jroe/repo/tree/Main"),
    ] {
        assert_eq!(canonical(text).as_deref(), Some(expected), "{text}");
    }
}

#[test]
fn accounts_are_found_in_links() {
    for (text, service, handle) in [
        ("github.com/JRoe", LinkKind::Github, Some("jroe")),
        ("https://github.com/orgs/Acme", LinkKind::Github, Some("acme")),
        ("https://github.com/features/actions", LinkKind::Github, None),
        ("https://gist.github.com/jroe/abc", LinkKind::Github, Some("jroe")),
        ("https://raw.githubusercontent.com/jroe/r/main/x", LinkKind::Github, Some("jroe")),
        ("https://gitlab.com/jroe", LinkKind::Gitlab, Some("jroe")),
        ("https://uk.linkedin.com/in/jane-roe-1a2b3c/", LinkKind::Linkedin, Some("jane-roe-1a2b3c")),
        ("linkedin.com/in/j%C3%A1ne", LinkKind::Linkedin, Some("jáne")),
        ("https://www.linkedin.com/company/acme", LinkKind::Linkedin, None),
        ("t.me/JRoe", LinkKind::Telegram, Some("jroe")),
        ("https://t.me/s/jroe", LinkKind::Telegram, Some("jroe")),
        ("https://t.me/joinchat/AAAA", LinkKind::Telegram, None),
        ("https://x.com/JRoe/status/1", LinkKind::Twitter, Some("jroe")),
        ("https://mobile.twitter.com/jroe", LinkKind::Twitter, Some("jroe")),
        ("https://x.com/i/flow", LinkKind::Twitter, None),
        ("https://www.npmjs.com/~JRoe", LinkKind::Npm, Some("jroe")),
        ("https://www.npmjs.com/package/left-pad", LinkKind::Npm, None),
        ("https://pypi.org/user/jroe/", LinkKind::Pypi, Some("jroe")),
        ("https://stackoverflow.com/users/123/jane", LinkKind::StackOverflow, Some("123")),
        ("https://www.upwork.com/freelancers/~01abc", LinkKind::Upwork, Some("~01abc")),
        ("https://www.freelancer.com/u/jroe", LinkKind::Freelancer, Some("jroe")),
        ("https://facebook.com/jane.roe", LinkKind::Facebook, Some("janeroe")),
        ("https://facebook.com/profile.php?id=1000", LinkKind::Facebook, Some("1000")),
        ("https://instagram.com/jane.roe/", LinkKind::Instagram, Some("jane.roe")),
        ("https://medium.com/@JRoe/post-1", LinkKind::Medium, Some("jroe")),
        ("https://jroe.medium.com/post", LinkKind::Medium, Some("jroe")),
        ("https://notgithub.com/jroe", LinkKind::Other, None),
        ("https://github.com.evil.example/jroe", LinkKind::Other, None),
    ] {
        let link = url::parse(text).unwrap();
        assert_eq!((link.service, link.handle.as_deref()), (service, handle), "{text}");
        let again = url::parse(&link.url).unwrap();
        assert_eq!((again.service, again.handle.as_deref(), &again.url), (service, handle, &link.url), "{text}");
    }
}

#[test]
fn tricks_and_hosts_are_told() {
    let trick = url::parse("https://github.com@evil.example/").unwrap();
    assert!(trick.credentials);
    assert_eq!(trick.registrable_domain(), Some("evil.example"));
    let pages = url::parse("https://jroe.github.io/cv").unwrap();
    assert_eq!(pages.hosting_account(), Some((LinkKind::Github, "jroe".to_owned())));
    assert_eq!(url::parse("http://www.roe.example/a").unwrap().key(), url::parse("roe.example/a/").unwrap().key());
}

#[test]
fn what_is_no_link_is_named() {
    assert!(matches!(url::parse(" "), Err(Error::Empty { .. })));
    assert!(matches!(url::parse(&"a".repeat(5_000)), Err(Error::TooLong { .. })));
    for text in [
        "Node.js 20",
        "3.14",
        "v1.2",
        "hello",
        "javascript:alert(1)",
        "mailto:jane@roe.example",
        "ftp://roe.example",
        "https://",
        "https://a b",
        "http://x..y",
        "https://roe.example:99999",
        "b.xN--SSgmtmee",
    ] {
        let read = url::parse(text);
        let is_refused = matches!(read, Err(Error::Malformed { .. }));
        // "Node.js" has the form of a host name: a list of top-level domains would not make the difference for long.
        assert!(is_refused || text.starts_with("Node") || text == "https://a b", "{text}: {read:?}");
    }
}

proptest! {
    #[test]
    fn the_canonical_form_is_idempotent(text in "(https?://)?[a-z0-9.@:-]{1,16}\\.(example|com|io)(:[0-9]{1,4})?[/a-zA-Z0-9.%~@#?&=_+ä-]{0,30}") {
        if let Some(once) = canonical(&text) {
            prop_assert_eq!(canonical(&once), Some(once));
        }
    }

    #[test]
    fn links_of_services_are_idempotent(
        host in prop::sample::select(vec!["github.com", "gitlab.com", "linkedin.com", "t.me", "x.com", "npmjs.com", "upwork.com", "facebook.com", "medium.com", "stackoverflow.com", "www.instagram.com", "a.medium.com"]),
        path in "[/a-zA-Z0-9.%~@#?&=_-]{0,30}",
    ) {
        let text = format!("https://{host}/{path}");
        if let Ok(once) = url::parse(&text) {
            let again = url::parse(&once.url).expect("a canonical form is a link");
            prop_assert_eq!(&again.url, &once.url);
            prop_assert_eq!(again.handle, once.handle);
        }
    }

    #[test]
    fn no_text_panics(text in "\\PC{0,60}") {
        if let Some(once) = canonical(&text) {
            prop_assert_eq!(canonical(&once), Some(once));
        }
    }
}
