//! Formats without a real file at hand: invented entries in the form of the published schemas. And what is no list.

use bonafide_watchlist::{
    entry::Entry,
    source::{ListFile, read_file},
};
use proptest::prelude::*;

fn only(text: &str) -> Entry {
    let mut read = read_file(&ListFile { name: "list.xml", bytes: text.as_bytes() }).unwrap();
    assert!(read.refused.is_empty() && read.damage.is_none(), "{:?} {:?}", read.refused, read.damage);
    read.entries.remove(0)
}

#[test]
fn sdn_xml() {
    insta::assert_json_snapshot!(only(
        "<sdnList xmlns='x'><publshInformation><Publish_Date>11/01/2026</Publish_Date></publshInformation><sdnEntry><uid>7</uid>
        <firstName>Robin</firstName><lastName>SAMPLE</lastName><sdnType>Individual</sdnType><programList><program>TEST</program></programList>
        <idList><id><uid>1</uid><idType>Passport</idType><idNumber>X 123-45</idNumber><idCountry>Norway</idCountry></id>
        <id><uid>2</uid><idType>Digital Currency Address - ETH</idType><idNumber>0x52908400098527886E0F7030069857D2E4169EE7</idNumber></id></idList>
        <akaList><aka><type>a.k.a.</type><category>weak</category><lastName>Robby</lastName></aka></akaList>
        <dateOfBirthList><dateOfBirthItem><dateOfBirth>circa 1970</dateOfBirth></dateOfBirthItem></dateOfBirthList></sdnEntry></sdnList>"
    ));
}

#[test]
fn eu_xml() {
    insta::assert_json_snapshot!(only(
        "<export xmlns='x' generationDate='2026-11-01'><sanctionEntity euReferenceNumber='EU.1.2' logicalId='9'><regulation programme='TST'/>
        <subjectType code='person'/><nameAlias firstName='Robin' middleName='' lastName='Sample' wholeName='Robin Sample' function='Chair' strong='true'/>
        <nameAlias wholeName='Robby' strong='false'/><birthdate circa='true' calendarType='GREGORIAN' year='1970' countryDescription='NORWAY'/>
        <identification identificationTypeCode='passport' number='X12345' countryIso2Code='NO' countryDescription='NORWAY'/>
        <address city='Oslo' countryDescription='NORWAY'><contactInfo key='EMAIL' value='robin@sample.example'/></address></sanctionEntity></export>"
    ));
}

#[test]
fn seco_xml() {
    insta::assert_json_snapshot!(only(
        "<swiss-sanctions-list date='2026-11-01'><sanctions-program ssid='1'><program-key lang='eng'>Test</program-key>
        <sanctions-set lang='eng' ssid='2'>All</sanctions-set></sanctions-program><place ssid='3'><location>Oslo</location><country iso-code='NO'>Norway</country></place>
        <target ssid='4' sanctions-set-id='2'><individual sex='female'><identity ssid='5' main='true'><name name-type='primary-name' quality='good'>
        <name-part order='2' name-part-type='given-name'><value>Robin</value></name-part><name-part order='1' name-part-type='family-name'><value>Sample</value></name-part></name>
        <day-month-year day='1' month='2' year='1970'/><place-of-birth place-id='3'/></identity></individual></target></swiss-sanctions-list>"
    ));
}

#[test]
fn what_is_no_list_is_named() {
    for text in ["", "<html><body>503</body></html>", "{\"a\":1}", "just text\nand more", "<x/>", "PK\u{3}\u{4}"] {
        assert!(read_file(&ListFile { name: "list", bytes: text.as_bytes() }).is_err(), "{text}");
    }
}

proptest! {
    #[test]
    fn no_remark_makes_a_reader_fail(remarks in "([a-zA-Z.' ;()#-]|DOB |Passport |a\\.k\\.a\\. '|alt\\. |Linked To: |Digital Currency Address - |é|한){0,40}") {
        let text = format!("1,\"SAMPLE, Robin\",\"individual\",-0-,-0-,-0-,-0-,-0-,-0-,-0-,-0-,\"{remarks}\"\r\n");
        let read = read_file(&ListFile { name: "sdn.csv", bytes: text.as_bytes() }).unwrap();
        prop_assert_eq!(read.entries.len(), 1);
    }

    #[test]
    fn no_bytes_make_a_reader_fail(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        let _ = read_file(&ListFile { name: "list", bytes: &bytes });
    }
}
