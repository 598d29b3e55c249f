//! The XML form, versions 1.0 and 1.1.

use bonafide_formats::xml::Element;

use super::party;
use crate::{
    entry::{CountryRole, Entry, EntryId, Identifier, IdentifierKind, ListCode},
    error::Error,
    source::{
        Opened, Read,
        tree::{self, attribute, children},
    },
};

pub(in crate::source) fn read(file: &Opened) -> Result<Read, Error> {
    tree::read(file, ListCode::EU, |root, read| {
        read.published = root.attribute(0, "generationDate").map(Into::into);
        for (index, element) in children(root, "sanctionEntity").enumerate() {
            read.take(file, index + 1, entry(element, file, index + 1));
        }
    })
}

fn entry(element: Element<'_>, file: &Opened, record: usize) -> Result<Entry, String> {
    let reference = attribute(element, "euReferenceNumber");
    let id = if reference.is_empty() { attribute(element, "logicalId") } else { reference };
    if id.is_empty() {
        return Err("the entity has neither a reference number nor a logical id".into());
    }
    let code = children(element, "subjectType").next().map_or("", |kind| attribute(kind, "code"));
    let mut entry = Entry::new(EntryId::new(ListCode::EU, id), party::kind(code), file.place(record));
    for name in children(element, "nameAlias") {
        party::add_name(&|key| attribute(name, key), &mut entry);
    }
    if entry.names.is_empty() {
        return Err(format!("entity {id} has no name"));
    }
    children(element, "regulation").for_each(|regulation| entry.add_programme(attribute(regulation, "programme")));
    entry.add_identifier(Identifier::new(IdentifierKind::ListReference, attribute(element, "unitedNationId")));
    for item in children(element, "citizenship") {
        entry.add_country(CountryRole::Citizenship, party::country(&|key| attribute(item, key)));
    }
    for item in children(element, "birthdate") {
        party::add_birth(&|key| attribute(item, key), &mut entry);
    }
    for item in children(element, "address") {
        party::add_address(&|key| attribute(item, key), &mut entry);
        for contact in children(item, "contactInfo") {
            party::add_contact(attribute(contact, "key"), attribute(contact, "value"), &mut entry);
        }
    }
    for item in children(element, "identification") {
        let remarks: Vec<String> = children(item, "remark").map(|remark| remark.text()).collect();
        party::add_identification(&|key| attribute(item, key), &remarks.join(" "), &mut entry);
    }
    children(element, "remark").for_each(|remark| party::add_remark(remark.text().trim(), &mut entry));
    Ok(entry)
}
