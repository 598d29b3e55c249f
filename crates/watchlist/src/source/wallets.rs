//! Lists of bare wallet addresses by currency: `{"BTC": ["…"], "ETH": ["…"]}`.

use std::collections::HashMap;

use bonafide_formats::json;

use super::{Opened, Read, limits};
use crate::{
    entry::{Entry, EntryId, EntryKind, Identifier, IdentifierKind, ListCode},
    error::Error,
};

/// No address of any chain is longer (Cardano's reach some 110).
const MOST_CHARACTERS: usize = 200;

/// One entry for each address; an address under several currencies is one entry with several identifiers.
pub(super) fn read(file: &Opened) -> Result<Read, Error> {
    let tree = json::parse(&file.bytes, &limits()).map_err(|source| Error::Format { file: file.name.to_string(), source })?;
    let mut read = file.start(ListCode::WALLET);
    let mut known: HashMap<Box<str>, usize> = HashMap::new();
    let mut record = 0;
    for (currency, addresses) in tree.root().entries() {
        let currency = currency.as_str().unwrap_or_default();
        for address in addresses.items() {
            record += 1;
            let Some(text) = address.as_str().filter(|text| !text.trim().is_empty() && text.len() <= MOST_CHARACTERS) else {
                read.refused.push(file.refused(record, format!("an address under {currency} is no text or too long")));
                continue;
            };
            let identifier = Identifier::new(IdentifierKind::Wallet, &text).labelled(&currency);
            let at = *known.entry(identifier.value.clone()).or_insert_with(|| {
                let id = EntryId::new(ListCode::WALLET, &identifier.value);
                read.entries.push(Entry::new(id, EntryKind::Other, file.place(record)));
                read.entries.len() - 1
            });
            read.entries[at].add_identifier(identifier);
        }
    }
    Ok(read)
}
