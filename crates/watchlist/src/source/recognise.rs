//! What a file is, by its content.

use bonafide_formats::{encoding, sheet::Workbook};

use super::{dfat, eu, grid, uk::table as uk};

/// A format of lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Format {
    /// OFAC `sdn.csv` or `cons_prim.csv`.
    OfacPrimary,
    /// OFAC `alt.csv` or `cons_alt.csv`.
    OfacAliases,
    /// OFAC `add.csv` or `cons_add.csv`.
    OfacAddresses,
    /// OFAC `sdn_comments.csv` or `cons_comments.csv`.
    OfacComments,
    /// UN Security Council consolidated list, XML.
    UnXml,
    /// OFAC `sdn.xml` or `consolidated.xml`.
    OfacXml,
    /// OFAC `sdn_advanced.xml` or `cons_advanced.xml`.
    OfacAdvancedXml,
    /// EU financial sanctions, XML.
    EuXml,
    /// EU financial sanctions, CSV.
    EuCsv,
    /// SECO, XML.
    SecoXml,
    /// BIS denied persons list, tab-separated.
    BisDeniedPersons,
    /// Wallet addresses by currency, JSON.
    WalletJson,
    /// UK Sanctions List, CSV or ODS.
    Uk,
    /// UK Sanctions List, XML.
    UkXml,
    /// UK consolidated list of financial sanctions, CSV.
    UkConsolidated,
    /// Australian consolidated list, XLSX.
    Dfat,
    /// FollowTheMoney entities, JSON lines.
    FollowTheMoney,
    /// A table that somebody says is a list of theirs, see [`ColumnMap`](super::ColumnMap).
    Table,
}

impl Format {
    /// A short name for people and manifests.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::OfacPrimary => "OFAC CSV",
            Self::OfacAliases => "OFAC CSV aliases",
            Self::OfacAddresses => "OFAC CSV addresses",
            Self::OfacComments => "OFAC CSV comments",
            Self::UnXml => "UN XML",
            Self::OfacXml => "OFAC XML",
            Self::OfacAdvancedXml => "OFAC advanced XML",
            Self::EuXml => "EU XML",
            Self::EuCsv => "EU CSV",
            Self::SecoXml => "SECO XML",
            Self::BisDeniedPersons => "BIS denied persons",
            Self::WalletJson => "wallet JSON",
            Self::Uk => "UK Sanctions List",
            Self::UkXml => "UK Sanctions List XML",
            Self::UkConsolidated => "UK consolidated list",
            Self::Dfat => "DFAT consolidated list",
            Self::FollowTheMoney => "FollowTheMoney",
            Self::Table => "table",
        }
    }

    pub(super) const fn is_ofac_csv(self) -> bool {
        matches!(self, Self::OfacPrimary | Self::OfacAliases | Self::OfacAddresses | Self::OfacComments)
    }
}

/// How much of the start is looked at.
const LOOKED_AT: usize = 16 << 10;

/// Recognises unpacked bytes; the error says what was seen instead.
pub(super) fn format(bytes: &[u8]) -> Result<Format, &'static str> {
    let head = &bytes[..bytes.len().min(LOOKED_AT)];
    let decoded = encoding::decode(head);
    let text = decoded.text.trim_start_matches('\u{feff}').trim_start();
    match text.as_bytes().first() {
        None => Err("the file is empty"),
        Some(b'<') => of_markup(text),
        Some(b'{' | b'[') => of_json(text),
        Some(_) => of_table(text),
    }
}

/// Recognises a spreadsheet by its headings.
pub(super) fn workbook(workbook: &Workbook) -> Result<Format, &'static str> {
    let rows = workbook.sheets.iter().flat_map(|sheet| sheet.rows.iter().take(20));
    let found = rows.into_iter().find_map(|row| {
        let cells: Vec<String> = row.cells.iter().map(|cell| grid::heading(cell)).collect();
        let has = |headings: &[&str]| headings.iter().all(|name| cells.iter().any(|cell| cell == name));
        match () {
            () if has(&uk::HEADINGS) => Some(Format::Uk),
            () if has(&uk::CONSOLIDATED) => Some(Format::UkConsolidated),
            () if has(&dfat::HEADINGS) => Some(Format::Dfat),
            () => None,
        }
    });
    found.ok_or("it is a spreadsheet of another kind")
}

fn of_markup(text: &str) -> Result<Format, &'static str> {
    let lower = text.to_ascii_lowercase();
    if lower.contains("<html") || lower.starts_with("<!doctype html") {
        return Err("it is an HTML page, most often an error page instead of the list");
    }
    if text.contains("<CONSOLIDATED_LIST") {
        return Ok(Format::UnXml);
    }
    if text.contains("<sdnList") {
        return Ok(Format::OfacXml);
    }
    if text.contains("<swiss-sanctions-list") {
        return Ok(Format::SecoXml);
    }
    if text.contains("<export") && text.contains("<sanctionEntity") {
        return Ok(Format::EuXml);
    }
    if text.contains("<Designations") && text.contains("<UniqueID") {
        return Ok(Format::UkXml);
    }
    if text.contains("<Sanctions") && text.contains("<ReferenceValueSets") {
        return Ok(Format::OfacAdvancedXml);
    }
    Err("it is XML of another kind")
}

fn of_json(text: &str) -> Result<Format, &'static str> {
    let squeezed: String = text.chars().filter(|c| !c.is_whitespace()).take(200).collect();
    let is_currency =
        |key: &str| (2..=10).contains(&key.len()) && key.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
    let key = squeezed.strip_prefix("{\"").and_then(|rest| rest.split_once("\":[")).map(|(key, _)| key);
    if key.is_some_and(is_currency) {
        return Ok(Format::WalletJson);
    }
    let first = text.lines().next().unwrap_or_default();
    if first.contains("\"schema\"") && (first.contains("\"properties\"") || text.contains("\"properties\"")) {
        return Ok(Format::FollowTheMoney);
    }
    Err("it is JSON of another kind")
}

fn of_table(text: &str) -> Result<Format, &'static str> {
    let first = text.lines().next().unwrap_or_default();
    if first.contains("Street_Address") && first.contains("FR_Citation") {
        return Ok(Format::BisDeniedPersons);
    }
    if has_headings(text, &uk::HEADINGS) {
        return Ok(Format::Uk);
    }
    if has_headings(text, &uk::CONSOLIDATED) {
        return Ok(Format::UkConsolidated);
    }
    if has_headings(text, &eu::csv::HEADINGS) {
        return Ok(Format::EuCsv);
    }
    if has_headings(text, &dfat::HEADINGS) {
        return Ok(Format::Dfat);
    }
    let mut records = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let Some(Ok(record)) = records.records().next() else { return Err("it is neither a table nor a tree") };
    let is_number =
        |at: usize| record.get(at).is_some_and(|field| !field.is_empty() && field.bytes().all(|b| b.is_ascii_digit()));
    match record.len() {
        12 if is_number(0) => Ok(Format::OfacPrimary),
        5 if is_number(0) && is_number(1) && record.get(2).is_some_and(is_alias_type) => Ok(Format::OfacAliases),
        6 if is_number(0) && is_number(1) => Ok(Format::OfacAddresses),
        2 if is_number(0) => Ok(Format::OfacComments),
        _ => Err("it is a table of another kind"),
    }
}

/// Whether one of the first lines holds all headings.
fn has_headings(text: &str, headings: &[&str]) -> bool {
    text.lines().take(20).map(grid::heading).any(|line| headings.iter().all(|name| line.contains(name)))
}

fn is_alias_type(text: &str) -> bool {
    matches!(text.trim(), "aka" | "fka" | "nka")
}
