//! The counts of real lists. The figures of the data's own description are named where ours differ, with the reason.

use bonafide_watchlist::{
    entry::{DocumentKind, EntryKind, IdentifierKind, Link, NameQuality},
    source::{ListFile, Read, read_file, read_files},
};

use crate::data::file;

fn ofac() -> Option<Read> {
    let names = ["sdn.csv.gz", "alt.csv.gz", "add.csv.gz", "sdn_comments.csv.gz"];
    let bytes: Vec<Vec<u8>> = names.iter().filter_map(|name| file(&format!("ofac/{name}"))).collect();
    let files: Vec<ListFile<'_>> = names.iter().zip(&bytes).map(|(name, bytes)| ListFile { name, bytes }).collect();
    (files.len() == names.len()).then(|| read_files(&files).remove(0).unwrap())
}

fn of_kind(read: &Read, kind: EntryKind) -> usize {
    read.entries.iter().filter(|entry| entry.kind == kind).count()
}

fn identifiers(read: &Read, kind: IdentifierKind) -> usize {
    read.entries.iter().flat_map(|entry| &entry.identifiers).filter(|identifier| identifier.kind == kind).count()
}

fn names(read: &Read, quality: NameQuality) -> usize {
    read.entries.iter().flat_map(|entry| &entry.names).filter(|name| name.quality == quality).count()
}

fn passports(read: &Read) -> usize {
    read.entries.iter().flat_map(|entry| &entry.documents).filter(|document| document.kind == DocumentKind::Passport).count()
}

#[test]
fn ofac_csv_is_read_to_the_last_row() {
    let Some(read) = ofac() else { return };
    assert_eq!(read.entries.len(), 14_965);
    let kinds =
        [EntryKind::Person, EntryKind::Organisation, EntryKind::Vessel, EntryKind::Aircraft].map(|kind| of_kind(&read, kind));
    assert_eq!(kinds, [6_854, 6_884, 851, 376]);
    assert!(read.refused.is_empty(), "{:?}", read.refused);
    // 602 mentions; entry 37070 states one address twice.
    assert_eq!(identifiers(&read, IdentifierKind::Wallet), 601);
    // 294 under the list's usual label, 9 under older ones of their own.
    assert_eq!(identifiers(&read, IdentifierKind::Email), 294 + 9);
    let persons = read.entries.iter().filter(|entry| entry.kind == EntryKind::Person);
    assert_eq!(persons.filter(|entry| !entry.births.is_empty()).count(), 6_736);
    // The description counts 3,592: its pattern passes over the 15 aliases that begin with an apostrophe.
    assert_eq!(names(&read, NameQuality::Weak), 3_607);
    // The description counts 1,934, about those whose issuing country stands in brackets. All that are named passports or travel
    // documents are 2,154: a number without a country is looked up as well.
    assert_eq!(passports(&read), 2_154);
    assert_eq!(names(&read, NameQuality::Strong) + names(&read, NameQuality::Former), 17_106);
    let links: Vec<&Link> = read.entries.iter().flat_map(|entry| &entry.links).collect();
    let linked = links.iter().filter(|link| &*link.wording == "Linked To");
    assert_eq!(linked.clone().count(), 6_380);
    // Names that two entries bear as their own stay names.
    let found = linked.filter(|link| link.entry.is_some()).count();
    assert!(found > 6_200, "{found}");
}

#[test]
fn un_xml_is_read_to_the_last_element() {
    let Some(bytes) = file("un/un_consolidated_2026-08-01.xml.gz") else { return };
    let read = read_file(&ListFile { name: "un.xml.gz", bytes: &bytes }).unwrap();
    assert!(read.refused.is_empty() && read.notes.is_empty());
    assert_eq!(of_kind(&read, EntryKind::Person), 736);
    assert_eq!(of_kind(&read, EntryKind::Organisation), 275);
    // 501 elements, and two papers that only the comments name.
    assert_eq!(read.entries.iter().map(|entry| entry.documents.len()).sum::<usize>(), 503);
    // The comments name other entries by their reference numbers.
    assert!(read.entries.iter().flat_map(|entry| &entry.links).filter(|link| link.entry.is_some()).count() > 400);
}

#[test]
fn wallets_and_denied_persons() {
    let Some(bytes) = file("wallets/ofac_sanctioned_wallets_2024-09-27.json") else { return };
    let read = read_file(&ListFile { name: "wallets.json", bytes: &bytes }).unwrap();
    assert_eq!(identifiers(&read, IdentifierKind::Wallet), 654);
    let Some(bytes) = file("bis/dpl.txt.gz") else { return };
    let read = read_file(&ListFile { name: "dpl.txt.gz", bytes: &bytes }).unwrap();
    assert!(read.refused.is_empty(), "{:?}", read.refused);
    assert_eq!(read.entries.len(), 414);
}

#[test]
fn the_uk_list_and_its_rows() {
    let Some(bytes) = file("uk/uk_sanctions_list_2025-08-11.ods") else { return };
    let read = read_file(&ListFile { name: "uk.ods", bytes: &bytes }).unwrap();
    // 5,303 rows below the headings; two have no name.
    let refused: Vec<String> = read.refused.iter().map(ToString::to_string).collect();
    assert_eq!(refused, ["uk.ods, record 649: the row has no name", "uk.ods, record 3524: the row has no name"]);
    // One row below the headings is empty.
    assert_eq!(read.entries.len(), 5_300);
}

#[test]
fn the_australian_list_and_its_aliases() {
    let Some(bytes) = file("au/dfat_2026-08-02.xlsx") else { return };
    let read = read_file(&ListFile { name: "au.xlsx", bytes: &bytes }).unwrap();
    assert!(read.refused.is_empty(), "{:?}", read.refused);
    assert_eq!(read.entries.len(), 3_846);
    // 451 rows; three repeat a stronger name of the same entry.
    assert_eq!(names(&read, NameQuality::Weak), 448);
    // The free text names papers.
    assert!(passports(&read) > 200, "{}", passports(&read));
    let unread = read.entries.iter().flat_map(|entry| &entry.remarks).filter(|text| text.starts_with("Date of birth"));
    assert_eq!(unread.count(), 5, "another calendar and misprints stay remarks");
}

#[test]
fn follow_the_money_entities() {
    let Some(bytes) = file("ftm/yente_t1_entities.ftm.json") else { return };
    let read = read_file(&ListFile { name: "entities.ftm.json", bytes: &bytes }).unwrap();
    assert!(read.refused.is_empty(), "{:?}", read.refused);
    assert_eq!((of_kind(&read, EntryKind::Person), of_kind(&read, EntryKind::Organisation)), (4, 2));
    assert_eq!(identifiers(&read, IdentifierKind::Tax), 1);
}
