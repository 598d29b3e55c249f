//! Addresses of pages: no panic, an idempotent canonical form that leads to the same account.
#![no_main]

use bonafide_normalise::url;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Ok(link) = url::parse(text) {
        let again = url::parse(&link.url).expect("a canonical form is a link");
        assert_eq!((&again.url, again.service, &again.handle), (&link.url, link.service, &link.handle));
        let _ = (link.key(), link.registrable_domain(), link.hosting_account());
    }
});
