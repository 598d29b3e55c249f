//! Handles of every service: no panic, an idempotent canonical form.
#![no_main]

use bonafide_model::fact::LinkKind;
use bonafide_normalise::handle;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    for service in [
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
        LinkKind::Other,
    ] {
        if let Some(once) = handle::canonical(service, text) {
            assert_eq!(handle::canonical(service, &once).as_deref(), Some(once.as_str()), "{service:?}");
        }
    }
    let _ = handle::service_from_name(text);
});
