//! Addresses of wallets: no panic, an idempotent canonical form.
#![no_main]

use bonafide_normalise::wallet;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Ok(wallet) = wallet::parse(text) {
        let again = wallet::parse(&wallet.canonical).expect("a canonical form is an address");
        assert_eq!((&again.canonical, again.chain), (&wallet.canonical, wallet.chain));
        let _ = wallet.display_form();
    }
});
