//! OFAC's advanced form, in a small invented list by the published schema.

use bonafide_watchlist::source::{ListFile, Read, read_file};

const LIST: &str = r#"<?xml version="1.0" encoding="utf-8"?>
<Sanctions xmlns="http://www.un.org/sanctions/1.0" Version="3">
 <DateOfIssue CalendarTypeID="1"><Year>2026</Year><Month>11</Month><Day>2</Day></DateOfIssue>
 <ReferenceValueSets>
  <AliasTypeValues><AliasType ID="1400">A.K.A.</AliasType><AliasType ID="1401">F.K.A.</AliasType><AliasType ID="1403">Name</AliasType></AliasTypeValues>
  <AreaCodeValues><AreaCode ID="11105" CountryID="11105" Description="Norway" AreaCodeTypeID="1">NO</AreaCode></AreaCodeValues>
  <CountryValues><Country ID="11105" ISO2="NO">Norway</Country><Country ID="11118" ISO2="KP">Korea, North</Country></CountryValues>
  <DetailReferenceValues><DetailReference ID="91526">Male</DetailReference></DetailReferenceValues>
  <FeatureTypeValues><FeatureType ID="8" FeatureTypeGroupID="1">Birthdate</FeatureType><FeatureType ID="9">Place of Birth</FeatureType>
   <FeatureType ID="10">Nationality Country</FeatureType><FeatureType ID="21">Email Address</FeatureType><FeatureType ID="25">Location</FeatureType>
   <FeatureType ID="26">Title</FeatureType><FeatureType ID="224">Gender</FeatureType><FeatureType ID="345">Digital Currency Address - ETH</FeatureType>
   <FeatureType ID="2">Vessel Call Sign</FeatureType><FeatureType ID="3">Vessel Flag</FeatureType></FeatureTypeValues>
  <IDRegDocDateTypeValues><IDRegDocDateType ID="1480">Issue Date</IDRegDocDateType><IDRegDocDateType ID="1481">Expiration Date</IDRegDocDateType></IDRegDocDateTypeValues>
  <IDRegDocTypeValues><IDRegDocType ID="1571">Passport</IDRegDocType><IDRegDocType ID="1626">Vessel Registration Identification</IDRegDocType></IDRegDocTypeValues>
  <ListValues><List ID="1550">SDN List</List></ListValues>
  <LocPartTypeValues><LocPartType ID="1451">ADDRESS1</LocPartType><LocPartType ID="1454">CITY</LocPartType><LocPartType ID="1456">POSTAL CODE</LocPartType></LocPartTypeValues>
  <NamePartTypeValues><NamePartType ID="1520">Last Name</NamePartType><NamePartType ID="1521">First Name</NamePartType><NamePartType ID="1522">Middle Name</NamePartType>
   <NamePartType ID="1525">Entity Name</NamePartType><NamePartType ID="1526">Vessel Name</NamePartType><NamePartType ID="1528">Patronymic</NamePartType></NamePartTypeValues>
  <PartySubTypeValues><PartySubType ID="1" PartyTypeID="4">Vessel</PartySubType><PartySubType ID="3" PartyTypeID="2">Unknown</PartySubType><PartySubType ID="4" PartyTypeID="1">Unknown</PartySubType></PartySubTypeValues>
  <PartyTypeValues><PartyType ID="1">Individual</PartyType><PartyType ID="2">Entity</PartyType><PartyType ID="4">Transport</PartyType></PartyTypeValues>
  <RelationTypeValues><RelationType ID="15003" Symmetrical="false">Owned or Controlled By</RelationType><RelationType ID="15004">Family member of</RelationType></RelationTypeValues>
  <SanctionsTypeValues><SanctionsType ID="1">Program</SanctionsType><SanctionsType ID="1705">Block</SanctionsType></SanctionsTypeValues>
 </ReferenceValueSets>
 <Locations>
  <Location ID="7"><LocationAreaCode AreaCodeID="11105"/><LocationCountry CountryID="11105" CountryRelevanceID="1"/>
   <LocationPart LocPartTypeID="1451"><LocationPartValue Primary="false"><Value>Веien 1</Value></LocationPartValue><LocationPartValue Primary="true"><Value>Veien 1</Value></LocationPartValue></LocationPart>
   <LocationPart LocPartTypeID="1454"><LocationPartValue Primary="true"><Comment/><Value>Oslo</Value></LocationPartValue></LocationPart>
   <LocationPart LocPartTypeID="1456"><LocationPartValue Primary="true"><Value>0150</Value></LocationPartValue></LocationPart></Location>
  <Location ID="8"><LocationAreaCode AreaCodeID="11105"/></Location>
 </Locations>
 <IDRegDocuments>
  <IDRegDocument ID="1" IDRegDocTypeID="1571" IdentityID="100" IssuedBy-CountryID="11105" ValidityID="1"><IDRegistrationNo>X 123-45</IDRegistrationNo>
   <DocumentDate IDRegDocDateTypeID="1481"><DatePeriod><Start Approximate="false"><From><Year>2030</Year><Month>5</Month><Day>4</Day></From></Start></DatePeriod></DocumentDate></IDRegDocument>
  <IDRegDocument ID="2" IDRegDocTypeID="1626" IdentityID="300"><IDRegistrationNo>IMO 1234567</IDRegistrationNo></IDRegDocument>
 </IDRegDocuments>
 <DistinctParties>
  <DistinctParty FixedRef="9001"><Comment>all offices</Comment><Profile ID="9001" PartySubTypeID="4"><Identity ID="100" FixedRef="9001" Primary="true" False="false">
   <Alias AliasTypeID="1400" Primary="false" LowQuality="true"><DocumentedName ID="2"><DocumentedNamePart><NamePartValue NamePartGroupID="13">Robby</NamePartValue></DocumentedNamePart></DocumentedName></Alias>
   <Alias AliasTypeID="1403" Primary="true" LowQuality="false">
    <DocumentedName ID="1"><DocumentedNamePart><NamePartValue NamePartGroupID="11" ScriptID="215">Sample</NamePartValue></DocumentedNamePart><DocumentedNamePart><NamePartValue NamePartGroupID="12">Robin</NamePartValue></DocumentedNamePart><DocumentedNamePart><NamePartValue NamePartGroupID="14">Olavovich</NamePartValue></DocumentedNamePart></DocumentedName>
    <DocumentedName ID="4"><DocumentedNamePart><NamePartValue NamePartGroupID="15">길동</NamePartValue></DocumentedNamePart><DocumentedNamePart><NamePartValue NamePartGroupID="16">홍</NamePartValue></DocumentedNamePart></DocumentedName></Alias>
   <Alias AliasTypeID="1401" Primary="false" LowQuality="false"><DocumentedName ID="3"><DocumentedNamePart><NamePartValue NamePartGroupID="17">Former</NamePartValue></DocumentedNamePart></DocumentedName></Alias>
   <NamePartGroups><MasterNamePartGroup><NamePartGroup ID="11" NamePartTypeID="1520"/></MasterNamePartGroup><MasterNamePartGroup><NamePartGroup ID="12" NamePartTypeID="1521"/></MasterNamePartGroup>
    <MasterNamePartGroup><NamePartGroup ID="13" NamePartTypeID="1520"/></MasterNamePartGroup><MasterNamePartGroup><NamePartGroup ID="14" NamePartTypeID="1528"/></MasterNamePartGroup>
    <MasterNamePartGroup><NamePartGroup ID="15" NamePartTypeID="1521"/></MasterNamePartGroup><MasterNamePartGroup><NamePartGroup ID="16" NamePartTypeID="1520"/></MasterNamePartGroup>
    <MasterNamePartGroup><NamePartGroup ID="17" NamePartTypeID="1520"/></MasterNamePartGroup></NamePartGroups></Identity>
   <Feature ID="1" FeatureTypeID="8"><FeatureVersion ID="1" ReliabilityID="1"><DatePeriod CalendarTypeID="1"><Start Approximate="true"><From><Year>1964</Year><Month>1</Month><Day>1</Day></From><To><Year>1964</Year><Month>1</Month><Day>1</Day></To></Start>
    <End Approximate="true"><From><Year>1964</Year><Month>12</Month><Day>31</Day></From><To><Year>1964</Year><Month>12</Month><Day>31</Day></To></End></DatePeriod><VersionDetail DetailTypeID="1430"/></FeatureVersion></Feature>
   <Feature ID="2" FeatureTypeID="10"><FeatureVersion ID="2"><VersionLocation LocationID="8"/></FeatureVersion></Feature>
   <Feature ID="3" FeatureTypeID="25"><FeatureVersion ID="3"><VersionLocation LocationID="7"/></FeatureVersion></Feature>
   <Feature ID="4" FeatureTypeID="21"><FeatureVersion ID="4"><VersionDetail DetailTypeID="1432">robin@sample.example</VersionDetail></FeatureVersion></Feature>
   <Feature ID="5" FeatureTypeID="345"><FeatureVersion ID="5"><VersionDetail DetailTypeID="1432">0x52908400098527886E0F7030069857D2E4169EE7</VersionDetail></FeatureVersion></Feature>
   <Feature ID="6" FeatureTypeID="224"><FeatureVersion ID="6"><VersionDetail DetailTypeID="1431" DetailReferenceID="91526"/></FeatureVersion></Feature>
   <Feature ID="7" FeatureTypeID="26"><FeatureVersion ID="7"><VersionDetail DetailTypeID="1432">Chair</VersionDetail></FeatureVersion></Feature>
   <Feature ID="8" FeatureTypeID="9"><FeatureVersion ID="8"><VersionDetail DetailTypeID="1432">Bergen, Norway</VersionDetail></FeatureVersion></Feature>
  </Profile></DistinctParty>
  <DistinctParty FixedRef="9002"><Comment/><Profile ID="9002" PartySubTypeID="3"><Identity ID="200" Primary="true"><Alias AliasTypeID="1403" Primary="true" LowQuality="false"><DocumentedName ID="9"><DocumentedNamePart><NamePartValue NamePartGroupID="21">QUILLFEATHER TRADING</NamePartValue></DocumentedNamePart></DocumentedName></Alias>
   <NamePartGroups><MasterNamePartGroup><NamePartGroup ID="21" NamePartTypeID="1525"/></MasterNamePartGroup></NamePartGroups></Identity></Profile></DistinctParty>
  <DistinctParty FixedRef="9003"><Profile ID="9003" PartySubTypeID="1"><Identity ID="300"><Alias AliasTypeID="1403" Primary="true"><DocumentedName ID="10"><DocumentedNamePart><NamePartValue NamePartGroupID="31">STARLING</NamePartValue></DocumentedNamePart></DocumentedName></Alias>
   <NamePartGroups><MasterNamePartGroup><NamePartGroup ID="31" NamePartTypeID="1526"/></MasterNamePartGroup></NamePartGroups></Identity>
   <Feature ID="9" FeatureTypeID="2"><FeatureVersion ID="9"><VersionDetail DetailTypeID="1432">LAXX</VersionDetail></FeatureVersion></Feature><Feature ID="10" FeatureTypeID="3"><FeatureVersion ID="10"><VersionLocation LocationID="8"/></FeatureVersion></Feature></Profile></DistinctParty>
  <DistinctParty FixedRef="9004"><Profile ID="9004" PartySubTypeID="77"/></DistinctParty>
 </DistinctParties>
 <ProfileRelationships>
  <ProfileRelationship ID="1" From-ProfileID="9002" To-ProfileID="9001" RelationTypeID="15003" RelationQualityID="1" Former="false"/>
  <ProfileRelationship ID="2" From-ProfileID="9001" To-ProfileID="5" RelationTypeID="15004" Former="false"/>
 </ProfileRelationships>
 <SanctionsEntries><SanctionsEntry ID="1" ProfileID="9001" ListID="1550"><EntryEvent ID="1"><Date CalendarTypeID="1"><Year>2019</Year><Month>3</Month><Day>5</Day></Date></EntryEvent>
  <SanctionsMeasure ID="1" SanctionsTypeID="1"><Comment>TEST2</Comment></SanctionsMeasure><SanctionsMeasure ID="2" SanctionsTypeID="1705"><Comment/></SanctionsMeasure></SanctionsEntry></SanctionsEntries>
</Sanctions>"#;

fn read(text: &str) -> Read {
    read_file(&ListFile { name: "sdn_advanced.xml", bytes: text.as_bytes() }).unwrap()
}

#[test]
fn parties_are_joined_with_what_stands_apart() {
    let read = read(LIST);
    assert_eq!(read.format.name(), "OFAC advanced XML");
    assert_eq!(read.published.as_deref(), Some("2026-11-02"));
    assert!(read.damage.is_none(), "{:?}", read.damage);
    let refused: Vec<String> = read.refused.iter().map(ToString::to_string).collect();
    assert_eq!(
        refused,
        [
            "sdn_advanced.xml, record 4: the type of party 9004 is not known",
            "sdn_advanced.xml, record 2: a relationship names a profile that is not in the file",
        ]
    );
    insta::assert_json_snapshot!(read.entries);
}

#[test]
fn any_sixteenth_of_the_file_is_known_as_cut() {
    for part in 1..16 {
        let end = LIST.floor_char_boundary(LIST.len() * part / 16);
        if let Ok(read) = read_file(&ListFile { name: "sdn_advanced.xml", bytes: &LIST.as_bytes()[..end] }) {
            assert!(read.damage.is_some(), "{part}/16");
        }
    }
}
