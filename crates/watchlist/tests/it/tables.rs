//! Lists as tables: formats without a real file at hand, in small invented tables, and a firm's own list.

use bonafide_watchlist::{
    Error,
    entry::ListCode,
    source::{ColumnMap, ListFile, Read, read_file, read_files, read_table},
};

fn read(name: &str, text: &str) -> Read {
    read_file(&ListFile { name, bytes: text.as_bytes() }).unwrap()
}

#[test]
fn eu_csv() {
    let read = read(
        "eu.csv",
        "\u{feff}fileGenerationDate;Entity_LogicalId;Entity_EU_ReferenceNumber;Entity_UnitedNationId;Entity_DesignationDate;Entity_Remark;\
         Entity_SubjectType;Entity_SubjectType_ClassificationCode;Entity_Regulation_Programme;NameAlias_LastName;NameAlias_FirstName;\
         NameAlias_MiddleName;NameAlias_WholeName;NameAlias_Function;Address_City;Address_Street;Address_ContactInfo;\
         Address_CountryIso2Code;Address_CountryDescription;BirthDate_BirthDate;BirthDate_Year;BirthDate_Circa;BirthDate_CalendarType;\
         BirthDate_City;BirthDate_CountryDescription;Identification_Number;Identification_TypeCode;Identification_TypeDescription;\
         Identification_CountryIso2Code;Identification_CountryDescription;Citizenship_CountryIso2Code;Citizenship_CountryDescription\n\
         02/11/2026;9;EU.1.2;KPi.777;2019-03-05;\"Passport No: Y7654321; seen in Oslo\";P;person;TST;Sample;Robin;;Robin Sample;Chair;;;;;;;;;;;;;;;;;;\n\
         02/11/2026;9;EU.1.2;KPi.777;2019-03-05;;P;person;TST;;;;Robby;;;;;;;;;;;;;;;;;;;\n\
         02/11/2026;9;EU.1.2;KPi.777;2019-03-05;;P;person;TST;;;;;;Oslo;Veien 1;EMAIL[robin@sample.example];NO;NORWAY;;;;;;;;;;;;;\n\
         02/11/2026;9;EU.1.2;KPi.777;2019-03-05;;P;person;TST;;;;;;;;;;;1970-02-01;1970;false;GREGORIAN;Bergen;NORWAY;;;;;;;\n\
         02/11/2026;9;EU.1.2;KPi.777;2019-03-05;;P;person;TST;;;;;;;;;;;;;;;;;X 123-45;passport;National passport;NO;NORWAY;;\n\
         02/11/2026;9;EU.1.2;KPi.777;2019-03-05;;P;person;TST;;;;;;;;;;;;;;;;;;;;;;NO;NORWAY\n\
         02/11/2026;10;EU.2.2;;;;E;enterprise;TST;;;;Quillfeather Trading;;;;;;;;;;;;;;;;;;;\n",
    );
    assert!(read.refused.is_empty() && read.damage.is_none(), "{:?} {:?}", read.refused, read.damage);
    assert_eq!(read.published.as_deref(), Some("02/11/2026"));
    insta::assert_json_snapshot!(read.entries);
}

const UK: &str = "Report Date: 02-Nov-2026\nLast Updated,Unique ID,OFSI Group ID,UN Reference Number,Name 6,Name 1,Name 2,Name type,\
    Alias strength,Name non-latin script,Regime Name,Designation Type,Designation source,Other Information,Address Line 1,Address Line 6,\
    Address Postal Code,Address Country,Phone number,Email address,Date Designated,D.O.B,Nationality(/ies),Passport number,\
    Passport additional information,Position,Town of birth,Country of birth,Subsidiaries,Parent company,Business registration number (s),\
    IMO number,Current owner/operator (s),Previous owner/operator (s),Current believed flag of ship,Previous flags,Year Built\n\
    02/11/2026,TST0001,77,,SAMPLE,Robin,Quill,Primary Name,,Робин,Test Regulations,Individual,UK,Owner of Quillfeather (Holding) Ltd.,Veien 1,Oslo,\
    0150,Norway,(1)+4755501234. (2)+4755505678,robin@sample.example,05/03/2019,dd/mm/1970,(1) Norway. (2) Peru,X 123-45,Expires 2030,\
    Chair,Bergen,Norway,,,,,,,,,\n\
    02/11/2026,TST0001,77,,ROBBY,,,Alias,Low quality a.k.a,,Test Regulations,Individual,UK,,,,,,,,,,,,,,,,,,,,,,,,\n\
    02/11/2026,TST0002,,,Quillfeather (Holding) Ltd,,,Primary Name,,,Test Regulations,Entity,UK,,,,,,,,,,,,,,,,\"(1) STARLING. (2) Fallowmere AS\",\
    Marlowe Group,Reg 99-1,,,,,,\n\
    02/11/2026,TST0003,,,STARLING,,,Primary Name,,,Test Regulations,Ship,UK,,,,,,,,,,,,,,,,,,,IMO1234567,Quillfeather (Holding) Ltd,Old Owner,Norway,Peru,1999\n";

#[test]
fn uk_full_columns() {
    let read = read("uk.csv", UK);
    assert!(read.refused.is_empty() && read.damage.is_none(), "{:?} {:?}", read.refused, read.damage);
    assert_eq!(read.published.as_deref(), Some("02-Nov-2026"));
    insta::assert_json_snapshot!(read.entries);
}

#[test]
fn uk_xml_says_what_the_table_says() {
    let xml = "<Designations><DateGenerated>02-Nov-2026</DateGenerated><Designation><LastUpdated>02/11/2026</LastUpdated><UniqueID>TST0001</UniqueID>
        <OFSIGroupID>77</OFSIGroupID><DateDesignated>05/03/2019</DateDesignated><Names><Name><Name1>Robin</Name1><Name2>Quill</Name2><Name6>SAMPLE</Name6><NameType>Primary Name</NameType></Name>
        <Name><Name6>ROBBY</Name6><NameType>Alias</NameType><AliasStrength>Low quality a.k.a</AliasStrength></Name></Names>
        <NonLatinNames><NonLatinName><NameNonLatinScript>Робин</NameNonLatinScript></NonLatinName></NonLatinNames>
        <RegimeName>Test Regulations</RegimeName><IndividualEntityShip>Individual</IndividualEntityShip><DesignationSource>UK</DesignationSource>
        <OtherInformation>Owner of Quillfeather (Holding) Ltd.</OtherInformation>
        <Addresses><Address><AddressLine1>Veien 1</AddressLine1><AddressLine6>Oslo</AddressLine6><AddressPostalCode>0150</AddressPostalCode><AddressCountry>Norway</AddressCountry></Address></Addresses>
        <PhoneNumbers><PhoneNumber>+4755501234</PhoneNumber><PhoneNumber>+4755505678</PhoneNumber></PhoneNumbers><EmailAddresses><EmailAddress>robin@sample.example</EmailAddress></EmailAddresses>
        <IndividualDetails><Individual><DOBs><DOB>dd/mm/1970</DOB></DOBs><Nationalities><Nationality>Norway</Nationality><Nationality>Peru</Nationality></Nationalities>
        <BirthDetails><Location><TownOfBirth>Bergen</TownOfBirth><CountryOfBirth>Norway</CountryOfBirth></Location></BirthDetails><Positions><Position>Chair</Position></Positions>
        <PassportDetails><Passport><PassportNumber>X 123-45</PassportNumber><PassportAdditionalInformation>Expires 2030</PassportAdditionalInformation></Passport></PassportDetails></Individual></IndividualDetails></Designation>
        <Designation><UniqueID>TST0002</UniqueID><Names><Name><Name6>Quillfeather (Holding) Ltd</Name6><NameType>Primary Name</NameType></Name></Names><RegimeName>Test Regulations</RegimeName>
        <IndividualEntityShip>Entity</IndividualEntityShip><DesignationSource>UK</DesignationSource><EntityDetails><Entity><BusinessRegistrationNumbers><BusinessRegistrationNumber>Reg 99-1</BusinessRegistrationNumber></BusinessRegistrationNumbers>
        <ParentCompanies><ParentCompany>Marlowe Group</ParentCompany></ParentCompanies><Subsidiaries><Subsidiary>STARLING</Subsidiary><Subsidiary>Fallowmere AS</Subsidiary></Subsidiaries></Entity></EntityDetails></Designation>
        <Designation><UniqueID>TST0003</UniqueID><Names><Name><Name6>STARLING</Name6><NameType>Primary Name</NameType></Name></Names><RegimeName>Test Regulations</RegimeName><IndividualEntityShip>Ship</IndividualEntityShip>
        <DesignationSource>UK</DesignationSource><ShipDetails><Ship><IMONumbers><IMONumber>IMO1234567</IMONumber></IMONumbers><CurrentOwnerOperators><CurrentOwnerOperator>Quillfeather (Holding) Ltd</CurrentOwnerOperator></CurrentOwnerOperators>
        <PreviousOwnerOperators><PreviousOwnerOperator>Old Owner</PreviousOwnerOperator></PreviousOwnerOperators><CurrentBelievedFlagOfShips><CurrentBelievedFlagOfShip>Norway</CurrentBelievedFlagOfShip></CurrentBelievedFlagOfShips>
        <PreviousFlags><PreviousFlag>Peru</PreviousFlag></PreviousFlags><YearsBuilt><YearBuilt>1999</YearBuilt></YearsBuilt></Ship></ShipDetails></Designation></Designations>";
    let (table, tree) = (read("uk.csv", UK), read("uk.xml", xml));
    assert!(tree.refused.is_empty() && tree.damage.is_none(), "{:?} {:?}", tree.refused, tree.damage);
    assert_eq!(tree.published.as_deref(), Some("02-Nov-2026"));
    for (of_table, of_tree) in table.entries.iter().zip(&tree.entries) {
        let text = |entry: &bonafide_watchlist::entry::Entry| {
            let mut entry = entry.clone();
            entry.names.sort_by(|a, b| a.text.cmp(&b.text));
            entry.remarks.sort();
            entry.countries.sort_by_key(|country| (country.role, country.written.clone()));
            entry.identifiers.sort_by(|a, b| a.written.cmp(&b.written));
            serde_json::to_string_pretty(&entry).unwrap()
        };
        assert_eq!(text(of_table), text(of_tree));
    }
    assert_eq!(table.entries.len(), tree.entries.len());
}

#[test]
fn uk_consolidated_list_shares_the_ids_of_the_sanctions_list() {
    let read = read(
        "ConList.csv",
        "Last Updated,02/11/2025\nName 6,Name 1,Name 2,Title,Name Non-Latin Script,DOB,Town of Birth,Country of Birth,Nationality,Passport Number,\
         Passport Details,National Identification Number,National Identification Details,Position,Address 1,Address 6,Post/Zip Code,Country,\
         Other Information,Group Type,Alias Type,Alias Quality,Regime,Listed On,UK Sanctions List Date Designated,Last Updated,Group ID\n\
         SAMPLE,Robin,,Dr,,01/02/1970,Bergen,Norway,Norway,X 123-45,,556677,,Chair,Veien 1,Oslo,0150,Norway,\
         (UK Sanctions List Ref):TST0001. (Gender):Female,Individual,Primary name,,Test,05/03/2019,05/03/2019,02/11/2025,77\n\
         ROBBY,,,,,,,,,,,,,,,,,,,Individual,AKA,Low,Test,05/03/2019,05/03/2019,02/11/2025,77\n\
         FALLOWMERE AS,,,,,,,,,,,,,,,,,,,Entity,Primary name,,Test,05/03/2019,,02/11/2025,78\n",
    );
    assert_eq!(read.published.as_deref(), Some("02/11/2025"));
    let ids: Vec<String> = read.entries.iter().map(|entry| entry.id.to_string()).collect();
    assert_eq!(ids, ["uk:TST0001", "uk:OFSI-78"], "{:?}", read.refused);
    insta::assert_json_snapshot!(read.entries[0]);
}

const OWN: &str = "Ref,Full name,Known as,Date of birth,E-mail,Wallet,Why\n\
    7,\"Sample, Robin\",Robby; Rob,1970-02-01,robin@sample.example,,left with a laptop\n\
    8,Quillfeather Trading,,,,0x52908400098527886E0F7030069857D2E4169EE7,\n\
    7,Robyn Sample,,,robyn@sample.example,,\n\
    9,,,,,,nobody\n";

fn own(text: &str) -> Read {
    read_table(&ListFile { name: "blocked.csv", bytes: text.as_bytes() }, ColumnMap::by_headings(ListCode::OWN)).unwrap()
}

#[test]
fn headings_of_a_firms_own_list_are_understood_and_told() {
    let read = own(OWN);
    insta::assert_json_snapshot!((&read.entries, &read.notes, read.refused.iter().map(ToString::to_string).collect::<Vec<_>>()));
}

#[test]
fn a_column_map_beside_the_table_wins() {
    let table = "Nr|Wer|Pass|Telefon\n1|Robin Sample|X 123-45|+47 555 01 234\n2|Tobin Abercraft||\n";
    let map =
        "list = \"house\"\nkind = \"person\"\n[columns]\nNr = \"id\"\nWer = \"name\"\nPass = \"passport\"\nTelefon = \"phone\"\n";
    let mut files = vec![
        ListFile { name: "a/blocked.csv.toml", bytes: map.as_bytes() },
        ListFile { name: "a/blocked.csv", bytes: table.as_bytes() },
    ];
    let reads = read_files(&files);
    assert_eq!(reads.len(), 1);
    let read = reads[0].as_ref().unwrap();
    let shown: Vec<String> = read.entries.iter().map(|entry| format!("{} {}", entry.id, entry.primary_name())).collect();
    assert_eq!(shown, ["house:1 Robin Sample", "house:2 Tobin Abercraft"]);
    assert_eq!(&*read.entries[0].documents[0].number, "X12345");
    let kept: Vec<&str> = read.files.iter().map(|(name, _)| &**name).collect();
    assert_eq!(kept, ["a/blocked.csv", "a/blocked.csv.toml"], "they are kept together");
    // A map without columns leaves them to the headings.
    files[0].bytes = b"list = \"house\"";
    files[1].bytes = OWN.as_bytes();
    assert_eq!(read_files(&files)[0].as_ref().unwrap().entries[0].id.to_string(), "house:7");
    files.remove(1);
    assert!(matches!(&read_files(&files)[..], [Err(Error::Unrecognised { .. })]), "a map alone is no list");
}

#[test]
fn wrong_maps_say_what_is_wrong() {
    let wrong = |text: &str| ColumnMap::of_toml("map.toml", text).unwrap_err().to_string();
    let messages = [
        wrong("columns = 7"),
        wrong("[columns]\nA = \"colour\""),
        wrong("[columns]\nA = \"country\""),
        wrong("list = \"No Code\"\n[columns]\nA = \"name\""),
        wrong("colour = 1\n[columns]\nA = \"name\""),
    ];
    insta::assert_snapshot!(messages.join("\n---\n"));
    let map = ColumnMap::of_toml("map.toml", "[columns]\nName = \"name\"\nBirth = \"birth_date\"").unwrap();
    let missing = read_table(&ListFile { name: "t.csv", bytes: b"Name,Born\nRobin Sample,1970\n" }, map).unwrap_err();
    assert_eq!(
        missing.to_string(),
        "t.csv: the column 'birth' is missing; the publisher may have changed the format, or the column map names it wrongly"
    );
}

#[test]
fn ids_of_rows_without_one_do_not_depend_on_their_place() {
    let ids = |text: &str| {
        let mut ids: Vec<String> = own(text).entries.iter().map(|entry| entry.id.to_string()).collect();
        ids.sort();
        ids
    };
    let forward = ids("Name,Email\nRobin Sample,a@sample.example\nTobin Abercraft,b@sample.example\n");
    assert_eq!(forward, ids("Name,Email\nTobin Abercraft,b@sample.example\nRobin Sample,a@sample.example\n"));
}

#[test]
fn a_table_without_a_map_is_no_list() {
    for text in ["domain,kind\na.example,free\n", "name,country\nSomewhere,NO\n", OWN, "full_name,date_of_birth\nA B,1970\n"] {
        assert!(read_file(&ListFile { name: "t.csv", bytes: text.as_bytes() }).is_err(), "{text}");
    }
}

#[test]
fn tables_that_were_cut_are_known_as_such() {
    // In the middle of a row; a cut at the end of a row shows in the number of entries alone.
    let cut = |text: &'static str| &text[..text.trim_end().rfind('\n').unwrap() + 5];
    for read in [read("t.csv", cut(UK)), own(cut(OWN))] {
        assert!(read.damage.is_some() || !read.refused.is_empty(), "{:?}", read.format);
    }
}
