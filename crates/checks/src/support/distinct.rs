//! The facts of one kind, each value once: a form and a résumé usually state the same address.

use std::collections::BTreeSet;

use bonafide_model::{
    dossier::{Dossier, Known},
    fact::{ClientIp, Email},
};

/// The first fact of each value, in the order given; facts without a value are left out.
pub(crate) fn distinct<'a, T>(facts: impl Iterator<Item = Known<'a, T>>, value: impl Fn(&T) -> &str) -> Vec<Known<'a, T>> {
    let mut seen = BTreeSet::new();
    facts.filter(|known| !value(known.payload).is_empty() && seen.insert(value(known.payload).to_owned())).collect()
}

/// Mailboxes by canonical address.
pub(crate) fn mailboxes(dossier: &Dossier) -> Vec<Known<'_, Email>> {
    distinct(dossier.all::<Email>(), |email| email.canonical.as_str())
}

/// Network addresses.
pub(crate) fn network_addresses(dossier: &Dossier) -> Vec<Known<'_, ClientIp>> {
    distinct(dossier.all::<ClientIp>(), |ip| ip.ip.as_str())
}
