//! Where publishers offer their lists.
//!
//! Nothing here opens a connection: whoever fetches hands the files to [`snapshot`](crate::snapshot). Addresses as of November 2026;
//! a publisher that moves its files is met by a configuration of one's own.

use crate::{entry::ListCode, source::Read};

/// A source: files that are fetched and replaced as one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Publisher {
    /// Name of the source, such as `ofac-sdn`.
    pub source: &'static str,
    /// Who publishes what.
    pub title: &'static str,
    /// The files.
    pub files: &'static [PublishedFile],
}

/// A file that a publisher offers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PublishedFile {
    /// Name it is kept under.
    pub name: &'static str,
    /// Its address.
    pub url: &'static str,
}

const fn file(name: &'static str, url: &'static str) -> PublishedFile {
    PublishedFile { name, url }
}

/// The publishers, by name of the source.
pub const PUBLISHERS: &[Publisher] = &[
    Publisher {
        source: "au",
        title: "Australia, Department of Foreign Affairs and Trade: consolidated list",
        files: &[file(
            "consolidated.xlsx",
            "https://www.dfat.gov.au/sites/default/files/Australian_Sanctions_Consolidated_List.xlsx",
        )],
    },
    Publisher {
        source: "bis",
        title: "US Commerce, Bureau of Industry and Security: denied persons",
        files: &[file("dpl.txt", "https://media.bis.gov/dpl/dpl.txt")],
    },
    Publisher {
        source: "eu",
        title: "European Union: consolidated financial sanctions",
        // The token is the publisher's own for anonymous download.
        files: &[file(
            "xmlFullSanctionsList_1_1.xml",
            "https://webgate.ec.europa.eu/fsd/fsf/public/files/xmlFullSanctionsList_1_1/content?token=dG9rZW4tMjAxNw",
        )],
    },
    Publisher {
        source: "ofac-consolidated",
        title: "US Treasury, OFAC: consolidated list of parties beside the SDN list",
        files: &[
            file("cons_prim.csv", "https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/CONS_PRIM.CSV"),
            file("cons_alt.csv", "https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/CONS_ALT.CSV"),
            file("cons_add.csv", "https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/CONS_ADD.CSV"),
            file(
                "cons_comments.csv",
                "https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/CONS_COMMENTS.CSV",
            ),
        ],
    },
    Publisher {
        source: "ofac-sdn",
        title: "US Treasury, OFAC: specially designated nationals and blocked persons",
        files: &[
            file("sdn.csv", "https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/SDN.CSV"),
            file("alt.csv", "https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/ALT.CSV"),
            file("add.csv", "https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/ADD.CSV"),
            file(
                "sdn_comments.csv",
                "https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/SDN_COMMENTS.CSV",
            ),
        ],
    },
    Publisher {
        source: "seco",
        title: "Switzerland, State Secretariat for Economic Affairs: all sanctions",
        files: &[file(
            "seco.xml",
            "https://www.sesam.search.admin.ch/sesam-search-web/pages/downloadXmlGesamtliste.xhtml?lang=en&action=downloadXmlGesamtlisteAction",
        )],
    },
    Publisher {
        source: "uk",
        title: "United Kingdom, Foreign, Commonwealth and Development Office: UK Sanctions List",
        files: &[file("UK-Sanctions-List.csv", "https://sanctionslist.fcdo.gov.uk/docs/UK-Sanctions-List.csv")],
    },
    Publisher {
        source: "un",
        title: "United Nations Security Council: consolidated list",
        files: &[file("consolidated.xml", "https://scsanctions.un.org/resources/xml/en/consolidated.xml")],
    },
];

/// The publisher of a source.
#[must_use]
pub fn publisher(source: &str) -> Option<&'static Publisher> {
    PUBLISHERS.iter().find(|publisher| publisher.source == source)
}

/// The source that files of a list belong to where nobody says otherwise: that of the list's name, but OFAC's second list is a
/// source of its own.
#[must_use]
pub fn usual_source(read: &Read) -> ListCode {
    if read.list != ListCode::OFAC {
        return read.list.clone();
    }
    if !read.files.is_empty() && read.files.iter().all(|(name, _)| is_ofac_second(name)) {
        ListCode::OFAC_CONSOLIDATED
    } else {
        ListCode::OFAC_SDN
    }
}

/// Whether a file is named as those of OFAC's second list are (`cons_prim.csv`, `consolidated.xml`). The formats of both lists are the
/// same and their numbers never meet: only the publisher's names tell them apart.
#[must_use]
pub fn is_ofac_second(name: &str) -> bool {
    let name = name.rsplit(['/', '\\']).next().unwrap_or(name).to_ascii_lowercase();
    name.starts_with("cons")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sources_are_sorted_well_named_and_fetched_over_https() {
        assert!(PUBLISHERS.is_sorted_by(|left, right| left.source < right.source));
        for publisher in PUBLISHERS {
            assert!(publisher.source.parse::<ListCode>().is_ok(), "{}", publisher.source);
            assert!(!publisher.files.is_empty());
            assert!(publisher.files.iter().all(|file| file.url.starts_with("https://")));
        }
        assert_eq!(publisher("uk").map(|publisher| publisher.files.len()), Some(1));
    }
}
