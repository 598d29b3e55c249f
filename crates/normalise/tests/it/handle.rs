//! Handles.

use bonafide_model::fact::LinkKind;
use bonafide_normalise::handle::{canonical, service_from_name, service_name};
use proptest::prelude::*;

const SERVICES: &[LinkKind] = &[
    LinkKind::Github,
    LinkKind::Gitlab,
    LinkKind::Linkedin,
    LinkKind::Telegram,
    LinkKind::Twitter,
    LinkKind::Npm,
    LinkKind::Pypi,
    LinkKind::StackOverflow,
    LinkKind::Upwork,
    LinkKind::Freelancer,
    LinkKind::Facebook,
    LinkKind::Instagram,
    LinkKind::Medium,
    LinkKind::Portfolio,
    LinkKind::Other,
];

#[test]
fn ways_of_writing_a_handle_are_one() {
    for (service, text, expected) in [
        (LinkKind::Github, "J-Roe", Some("j-roe")),
        (LinkKind::Github, "@j-roe", Some("j-roe")),
        (LinkKind::Github, "jane_roe", Some("jane_roe")),
        (LinkKind::Github, "https://github.com/J-Roe/", Some("j-roe")),
        (LinkKind::Github, "github.com/J-Roe/repo", Some("j-roe")),
        (LinkKind::Github, "https://gitlab.com/j-roe", None),
        (LinkKind::Github, "jane roe", None),
        (LinkKind::Github, "", None),
        (LinkKind::Github, "---", None),
        (LinkKind::Linkedin, "in/jane-roe", None),
        (LinkKind::Linkedin, "Jane-Roe-1A2b", Some("jane-roe-1a2b")),
        (LinkKind::Linkedin, "https://www.linkedin.com/in/jane-roe?x=1", Some("jane-roe")),
        (LinkKind::Telegram, "@Jane_Roe", Some("jane_roe")),
        (LinkKind::Telegram, "t.me/jane_roe", Some("jane_roe")),
        (LinkKind::Telegram, "jane-roe", None),
        (LinkKind::Facebook, "jane.roe", Some("janeroe")),
        (LinkKind::StackOverflow, "12345", Some("12345")),
        (LinkKind::StackOverflow, "jane", None),
        (LinkKind::Npm, "~jroe", Some("jroe")),
        (LinkKind::Medium, "https://t.medium.comt.medium.com", None),
    ] {
        assert_eq!(canonical(service, text).as_deref(), expected, "{service:?} {text}");
    }
}

#[test]
fn services_are_known_by_name() {
    for service in SERVICES.iter().filter(|service| !matches!(service, LinkKind::Other)) {
        assert_eq!(service_from_name(service_name(*service)), Some(*service));
    }
    assert_eq!(service_from_name("X (Twitter)"), Some(LinkKind::Twitter));
    assert_eq!(service_from_name("myspace"), None);
}

proptest! {
    #[test]
    fn the_canonical_form_is_idempotent(text in "[@~]?[a-zA-Z0-9._ä-]{0,20}|\\PC{0,30}", service in prop::sample::select(SERVICES)) {
        if let Some(once) = canonical(service, &text) {
            prop_assert_eq!(canonical(service, &once), Some(once));
        }
    }
}
