//! Small invented lists of every text format, of as many entries as are wanted.

/// A list of one format.
pub(crate) struct Sample {
    /// Name of the file.
    pub(crate) name: &'static str,
    /// What it holds.
    pub(crate) text: String,
    /// Entries in it.
    pub(crate) entries: usize,
}

fn joined(count: usize, head: &str, one: impl Fn(usize) -> String, foot: &str) -> String {
    let rows: String = (1..=count).map(one).collect();
    format!("{head}{rows}{foot}")
}

/// One sample for each format.
pub(crate) fn all(count: usize) -> Vec<Sample> {
    let sample = |name, text| Sample { name, text, entries: count };
    vec![
        sample(
            "sdn.csv",
            joined(
                count,
                "",
                |n| {
                    format!(
                        "{n},\"SAMPLE{n}, Robin\",\"individual\",\"TEST\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,\"DOB 02 Mar 1970; Passport X{n:06} (Norway); a.k.a. 'ROBBY {n}'.\"\r\n"
                    )
                },
                "",
            ),
        ),
        sample(
            "sdn.xml",
            joined(
                count,
                "<sdnList><publshInformation><Publish_Date>11/01/2026</Publish_Date></publshInformation>",
                |n| {
                    format!(
                        "<sdnEntry><uid>{n}</uid><firstName>Robin</firstName><lastName>SAMPLE{n}</lastName><sdnType>Individual</sdnType><idList><id><idType>Passport</idType><idNumber>X{n:06}</idNumber></id></idList></sdnEntry>"
                    )
                },
                "</sdnList>",
            ),
        ),
        sample("sdn_advanced.xml", advanced(count)),
        sample(
            "un.xml",
            joined(
                count,
                "<CONSOLIDATED_LIST dateGenerated='2026-11-01'><INDIVIDUALS>",
                |n| {
                    format!(
                        "<INDIVIDUAL><DATAID>{n}</DATAID><FIRST_NAME>Robin</FIRST_NAME><SECOND_NAME>Sample{n}</SECOND_NAME><COMMENTS1>Passport number: X{n:06}</COMMENTS1></INDIVIDUAL>"
                    )
                },
                "</INDIVIDUALS></CONSOLIDATED_LIST>",
            ),
        ),
        sample(
            "uk.csv",
            joined(
                count,
                "Report Date: 02-Nov-2026\nLast Updated,Unique ID,Name 6,Name 1,Name type,Regime Name,Designation Type,D.O.B,Passport number\n",
                |n| format!("02/11/2026,TST{n:04},SAMPLE{n},Robin,Primary Name,Test,Individual,dd/mm/1970,X{n:06}\n"),
                "",
            ),
        ),
        sample(
            "uk.xml",
            joined(
                count,
                "<Designations><DateGenerated>02-Nov-2026</DateGenerated>",
                |n| {
                    format!(
                        "<Designation><UniqueID>TST{n:04}</UniqueID><Names><Name><Name1>Robin</Name1><Name6>SAMPLE{n}</Name6><NameType>Primary Name</NameType></Name></Names><IndividualEntityShip>Individual</IndividualEntityShip></Designation>"
                    )
                },
                "</Designations>",
            ),
        ),
        sample(
            "ConList.csv",
            joined(
                count,
                "Last Updated,02/11/2025\nName 6,Name 1,DOB,Group Type,Alias Type,Regime,Listed On,Group ID\n",
                |n| format!("SAMPLE{n},Robin,01/02/1970,Individual,Primary name,Test,05/03/2019,{n}\n"),
                "",
            ),
        ),
        sample(
            "eu.xml",
            joined(
                count,
                "<export generationDate='2026-11-01'>",
                |n| {
                    format!(
                        "<sanctionEntity euReferenceNumber='EU.{n}.1' logicalId='{n}'><subjectType code='person'/><nameAlias firstName='Robin' lastName='Sample{n}' strong='true'/></sanctionEntity>"
                    )
                },
                "</export>",
            ),
        ),
        sample(
            "eu.csv",
            joined(
                count,
                "fileGenerationDate;Entity_LogicalId;Entity_SubjectType;NameAlias_LastName;NameAlias_FirstName;NameAlias_WholeName;Identification_Number;Identification_TypeCode\n",
                |n| format!("02/11/2026;{n};P;Sample{n};Robin;Robin Sample{n};X{n:06};passport\n"),
                "",
            ),
        ),
        sample(
            "seco.xml",
            joined(
                count,
                "<swiss-sanctions-list date='2026-11-01'>",
                |n| {
                    format!(
                        "<target ssid='{n}'><individual><identity><name name-type='primary-name'><name-part name-part-type='given-name'><value>Robin</value></name-part><name-part name-part-type='family-name'><value>Sample{n}</value></name-part></name></identity></individual></target>"
                    )
                },
                "</swiss-sanctions-list>",
            ),
        ),
        sample(
            "dpl.txt",
            joined(
                count,
                "\"Name\"\t\"Street_Address\"\t\"City\"\t\"State\"\t\"Country\"\t\"Postal_Code\"\t\"Effective_Date\"\t\"Expiration_Date\"\t\"Action\"\t\"FR_Citation\"\n",
                |n| {
                    format!(
                        "\"SAMPLE{n}, ROBIN\"\t\"VEIEN {n}\"\t\"OSLO\"\t\"\"\t\"NO\"\t\"\"\t\"07/31/2006\"\t\"07/31/2026\"\t\"NEW\"\t\"66 F.R. {n}\"\n"
                    )
                },
                "",
            ),
        ),
        sample(
            "wallets.json",
            joined(count, "{\"BTC\": [", |n| format!("{}\"1Sample{n:030}\"", if n > 1 { "," } else { "" }), "]}"),
        ),
        sample(
            "entities.ftm.json",
            joined(
                count,
                "",
                |n| {
                    format!(
                        "{{\"id\":\"p-{n}\",\"schema\":\"Person\",\"properties\":{{\"name\":[\"Robin Sample{n}\"],\"passportNumber\":[\"X{n:06}\"]}}}}\n"
                    )
                },
                "",
            ),
        ),
        sample(
            "own.csv",
            joined(
                count,
                "Ref,Full name,Date of birth,E-mail\n",
                |n| format!("{n},Robin Sample{n},1970-03-02,robin{n}@sample.example\n"),
                "",
            ),
        ),
    ]
}

fn advanced(count: usize) -> String {
    joined(
        count,
        "<Sanctions><ReferenceValueSets><NamePartTypeValues><NamePartType ID=\"1520\">Last Name</NamePartType></NamePartTypeValues>\
         <PartySubTypeValues><PartySubType ID=\"4\" PartyTypeID=\"1\">Unknown</PartySubType></PartySubTypeValues>\
         <PartyTypeValues><PartyType ID=\"1\">Individual</PartyType></PartyTypeValues></ReferenceValueSets><DistinctParties>",
        |n| {
            format!(
                "<DistinctParty FixedRef=\"{n}\"><Profile ID=\"{n}\" PartySubTypeID=\"4\"><Identity ID=\"{n}\"><Alias Primary=\"true\"><DocumentedName>\
                 <DocumentedNamePart><NamePartValue NamePartGroupID=\"{n}\">Sample{n}</NamePartValue></DocumentedNamePart></DocumentedName></Alias>\
                 <NamePartGroups><MasterNamePartGroup><NamePartGroup ID=\"{n}\" NamePartTypeID=\"1520\"/></MasterNamePartGroup></NamePartGroups></Identity></Profile></DistinctParty>"
            )
        },
        "</DistinctParties></Sanctions>",
    )
}
