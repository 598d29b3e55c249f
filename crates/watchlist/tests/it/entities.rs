//! FollowTheMoney: entities that name others stand in any order, flat or nested.

use bonafide_watchlist::source::{ListFile, Read, read_file};

fn read(lines: &[&str]) -> Read {
    read_file(&ListFile { name: "entities.ftm.json", bytes: lines.join("\n").as_bytes() }).unwrap()
}

/// Links first, parties last: nothing is known yet when it is named.
const FLAT: [&str; 9] = [
    r#"{"id":"own-1","schema":"Ownership","datasets":["xx_house"],"properties":{"owner":["p-1"],"asset":["c-1"],"percentage":["51.5"],"role":["shareholder"]}}"#,
    r#"{"id":"own-2","schema":"Ownership","properties":{"owner":["c-1"],"asset":["c-9"],"percentage":["60"],"endDate":["2020"]}}"#,
    r#"{"id":"dir-1","schema":"Directorship","properties":{"director":["p-1"],"organization":["c-1"]}}"#,
    r#"{"id":"fam-1","schema":"Family","properties":{"person":["p-1"],"relative":["p-2"],"relationship":["sister"]}}"#,
    r#"{"id":"pass-1","schema":"Passport","properties":{"holder":["p-1"],"number":["X 123-45"],"country":["no"],"endDate":["2030-01-01"]}}"#,
    r#"{"id":"sanc-1","schema":"Sanction","properties":{"entity":["p-1"],"program":["TEST"],"listingDate":["2019-03-05"]}}"#,
    r#"{"id":"addr-1","schema":"Address","properties":{"full":["Veien 1, Oslo"],"country":["no"]}}"#,
    r#"{"id":"p-1","schema":"Person","datasets":["xx_house","yy_other"],"properties":{"name":["Robin Sample"],"addressEntity":["addr-1"],"email":["robin@sample.example"]}}"#,
    r#"{"id":"c-1","schema":"Company","datasets":["xx_house"],"properties":{"name":["Quillfeather Trading"]}}"#,
];

#[test]
fn what_stands_before_is_joined_to_what_stands_behind() {
    let read = read(&FLAT);
    assert!(read.refused.is_empty(), "{:?}", read.refused);
    assert_eq!(read.list.as_str(), "xx_house");
    insta::assert_json_snapshot!(read.entries);
}

#[test]
fn the_order_of_lines_changes_nothing_but_the_order_of_links() {
    let mut turned = FLAT;
    turned.reverse();
    let texts = |read: &Read| {
        let mut texts: Vec<String> = read
            .entries
            .iter()
            .map(|entry| {
                let mut entry = entry.clone();
                entry.links.sort_by_key(|link| format!("{link:?}"));
                format!("{:?}", serde_json::to_string(&entry).unwrap())
            })
            .collect();
        texts.sort();
        texts
    };
    assert_eq!(texts(&read(&FLAT)), texts(&read(&turned)));
}

#[test]
fn the_nested_form_says_the_same() {
    let nested = r#"{"id":"p-1","schema":"Person","datasets":["xx_house"],"properties":{"name":["Robin Sample"],
        "addressEntity":[{"id":"addr-1","schema":"Address","properties":{"full":["Veien 1, Oslo"],"country":["no"]}}],
        "ownershipOwner":[{"id":"own-1","schema":"Ownership","properties":{"owner":["p-1"],"percentage":["51.5"],
        "asset":[{"id":"c-1","schema":"Company","datasets":["xx_house"],"properties":{"name":["Quillfeather Trading"]}}]}}]}}"#;
    let read = read(&[&nested.replace('\n', " ")]);
    assert!(read.refused.is_empty(), "{:?}", read.refused);
    let person = read.entries.iter().find(|entry| &*entry.id.native == "p-1").unwrap();
    assert_eq!(&*person.addresses[0].lines, "Veien 1, Oslo");
    let company = read.entries.iter().find(|entry| &*entry.id.native == "c-1").unwrap();
    let link = &company.links[0];
    assert_eq!((link.entry.as_ref().unwrap().to_string().as_str(), link.share.unwrap().hundredths()), ("xx_house:p-1", 5_150));
}

#[test]
fn lists_of_one_file_are_kept_apart() {
    let read = read(&[
        r#"{"id":"a","schema":"Person","datasets":["xx_house"],"properties":{"name":["Robin Sample"]}}"#,
        r#"{"id":"b","schema":"Person","datasets":["Not A Code"],"properties":{"name":["Tobin Abercraft"]}}"#,
    ]);
    let ids: Vec<String> = read.entries.iter().map(|entry| entry.id.to_string()).collect();
    assert_eq!((ids, read.list.as_str()), (vec!["xx_house:a".to_owned(), "ftm:b".to_owned()], "ftm"));
}

#[test]
fn what_names_nobody_in_the_file_is_named() {
    let read = read(&[
        r#"{"id":"a","schema":"Person","properties":{"name":["Robin Sample"]}}"#,
        r#"{"id":"x","schema":"Passport","properties":{"holder":["z"],"number":["X12345"]}}"#,
        r#"{"id":"y","schema":"Ownership","properties":{"owner":["z"],"asset":["zz"]}}"#,
        r#"{"id":"","schema":"Person","properties":{}}"#,
        r#"{"id":"cut","schema":"Per"#,
    ]);
    let refused: Vec<String> = read.refused.iter().map(ToString::to_string).collect();
    insta::assert_snapshot!(refused.join("\n"));
    assert!(read.damage.is_some(), "a last line that is no JSON is a cut");
}
