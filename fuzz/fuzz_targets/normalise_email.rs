//! E-mail addresses: no panic, an idempotent canonical form.
#![no_main]

use bonafide_normalise::email;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Ok(address) = email::parse(text) {
        let again = email::parse(&address.canonical).expect("a canonical form is an address");
        assert_eq!(again.canonical, address.canonical);
        let _ = (address.registrable_domain(), address.domain_unicode(), address.no_reply_login());
    }
});
