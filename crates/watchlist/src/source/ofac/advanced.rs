//! OFAC's lists in the advanced form (`sdn_advanced.xml`, `cons_advanced.xml`).
//!
//! Source: the published schema `ADVANCED_XML.xsd` (the UN's model for sanctions lists) and its reference values; no real file was
//! at hand. Everything is named by numbers into tables at the start of the file: places, papers, parties, links and listings are
//! joined here. Features bear the labels of the CSV's remarks, so they are read by the same rules, but nothing is cut: this is the
//! form to prefer for wallets. Links between parties carry their kind, such as "Owned or Controlled By".

use std::collections::HashMap;

use bonafide_formats::xml::{Content, Element};
use bonafide_model::time::PartialDate;

use super::remarks;
use crate::{
    entry::{
        Address, Birth, CountryRole, Entry, EntryId, EntryKind, Identifier, IdentifierKind, Link, ListCode, ListedName,
        NameQuality, Relation,
    },
    error::Error,
    source::{
        Opened, Read, dates,
        tree::{self, attribute, child, child_text, children, items},
    },
};

pub(in crate::source) fn read(file: &Opened) -> Result<Read, Error> {
    tree::read(file, ListCode::OFAC, |root, read| {
        let tables = Tables::of(root);
        read.published = child(root, "DateOfIssue").and_then(day).map(Into::into);
        // Profile to entry.
        let mut known: HashMap<&str, usize> = HashMap::new();
        for (index, party) in items(root, "DistinctParties", "DistinctParty").enumerate() {
            for profile in children(party, "Profile") {
                let outcome = entry(party, profile, &tables, file, index + 1);
                if outcome.is_ok() {
                    known.insert(attribute(profile, "ID"), read.entries.len());
                }
                read.take(file, index + 1, outcome);
            }
        }
        for (index, element) in items(root, "ProfileRelationships", "ProfileRelationship").enumerate() {
            let ends = ["From-ProfileID", "To-ProfileID"].map(|name| known.get(attribute(element, name)).copied());
            let [Some(from), Some(to)] = ends else {
                read.refused.push(file.refused(index + 1, "a relationship names a profile that is not in the file"));
                continue;
            };
            let wording = tables.text("RelationType", attribute(element, "RelationTypeID"));
            let (id, name) = (read.entries[to].id.clone(), read.entries[to].primary_name().to_owned());
            let link = Link::to_entry(Relation::of_words(wording), id, &name).worded(wording);
            read.entries[from].add_link(link.ended(attribute(element, "Former") == "true"));
        }
    })
}

/// What stands apart from the parties, by number.
struct Tables<'t> {
    /// Reference values by the name of their element and their number.
    values: HashMap<(&'t str, &'t str), Element<'t>>,
    locations: HashMap<&'t str, Element<'t>>,
    /// Papers by the identity that bears them.
    papers: HashMap<&'t str, Vec<Element<'t>>>,
    /// Listings by profile.
    listings: HashMap<&'t str, Vec<Element<'t>>>,
}

impl<'t> Tables<'t> {
    fn of(root: Element<'t>) -> Self {
        let sets = children(root, "ReferenceValueSets").flat_map(Element::children);
        let values = sets.flat_map(Element::children).map(|value| ((value.local(), attribute(value, "ID")), value)).collect();
        let locations = items(root, "Locations", "Location").map(|place| (attribute(place, "ID"), place)).collect();
        let (mut papers, mut listings) = (HashMap::<_, Vec<_>>::new(), HashMap::<_, Vec<_>>::new());
        for paper in items(root, "IDRegDocuments", "IDRegDocument") {
            papers.entry(attribute(paper, "IdentityID")).or_default().push(paper);
        }
        for listing in items(root, "SanctionsEntries", "SanctionsEntry") {
            listings.entry(attribute(listing, "ProfileID")).or_default().push(listing);
        }
        Self { values, locations, papers, listings }
    }

    /// The text of a reference value; empty where the number is not in its table.
    fn text(&self, set: &str, number: &str) -> &'t str {
        let value = self.values.get(&(set, number));
        value.and_then(|value| value.contents().find_map(text_of)).unwrap_or_default().trim()
    }

    fn kind(&self, profile: Element<'_>) -> Option<EntryKind> {
        let subtype = self.values.get(&("PartySubType", attribute(profile, "PartySubTypeID")))?;
        let kind = self.text("PartyType", attribute(*subtype, "PartyTypeID"));
        let name = self.text("PartySubType", attribute(profile, "PartySubTypeID"));
        [kind, name].iter().find_map(|text| match text.to_lowercase().as_str() {
            "individual" => Some(EntryKind::Person),
            "entity" => Some(EntryKind::Organisation),
            "vessel" => Some(EntryKind::Vessel),
            "aircraft" => Some(EntryKind::Aircraft),
            _ => None,
        })
    }

    /// The country of a place.
    fn country(&self, place: Element<'_>) -> &'t str {
        let by_country = children(place, "LocationCountry").map(|country| self.text("Country", attribute(country, "CountryID")));
        let by_area = children(place, "LocationAreaCode").map(|area| {
            let code = self.values.get(&("AreaCode", attribute(area, "AreaCodeID")));
            code.map_or("", |code| code.attribute(0, "Description").unwrap_or_default())
        });
        by_country.chain(by_area).find(|text| !text.is_empty() && *text != "undetermined").unwrap_or_default()
    }

    /// The parts of a place with their kinds: `CITY`, `ADDRESS1` …
    fn parts(&self, place: Element<'_>) -> Vec<(&'t str, String)> {
        let parts = children(place, "LocationPart").map(|part| {
            let values = children(part, "LocationPartValue");
            // The primary value is the one in Latin script.
            let values = values.map(|value| (attribute(value, "Primary") != "true", child_text(value, "Value")));
            let value = values.min_by_key(|(is_other, _)| *is_other).map(|(_, text)| text).unwrap_or_default();
            (self.text("LocPartType", attribute(part, "LocPartTypeID")), value)
        });
        parts.filter(|(_, text)| !text.is_empty()).collect()
    }

    fn address(&self, place: Element<'_>) -> Address {
        let parts = self.parts(place);
        let is_city = |kind: &str| ["CITY", "STATE", "PROVINCE", "POSTAL", "REGION"].iter().any(|word| kind.contains(word));
        let joined = |wants_city: bool| {
            let parts = parts.iter().filter(|(kind, _)| is_city(kind) == wants_city);
            parts.map(|(_, text)| text.as_str()).collect::<Vec<_>>().join(", ").into_boxed_str()
        };
        Address { lines: joined(false), city: joined(true), country: self.country(place).into() }
    }
}

fn text_of(content: Content<'_>) -> Option<&str> {
    match content {
        Content::Text(text) => Some(text).filter(|text| !text.trim().is_empty()),
        Content::Element(_) => None,
    }
}

fn entry(party: Element<'_>, profile: Element<'_>, tables: &Tables<'_>, file: &Opened, record: usize) -> Result<Entry, String> {
    let id = [attribute(party, "FixedRef"), attribute(profile, "ID")].into_iter().find(|id| !id.is_empty());
    let id = id.ok_or("the party has no FixedRef")?;
    let kind = tables.kind(profile).ok_or_else(|| format!("the type of party {id} is not known"))?;
    let mut entry = Entry::new(EntryId::new(ListCode::OFAC, id), kind, file.place(record));
    for identity in children(profile, "Identity") {
        add_names(identity, tables, &mut entry);
        let papers = tables.papers.get(attribute(identity, "ID"));
        papers.into_iter().flatten().for_each(|paper| add_paper(*paper, tables, &mut entry));
    }
    if entry.names.is_empty() {
        return Err(format!("party {id} has no name"));
    }
    for feature in children(profile, "Feature") {
        let label = tables.text("FeatureType", attribute(feature, "FeatureTypeID"));
        children(feature, "FeatureVersion").for_each(|version| add_feature(label, version, tables, &mut entry));
    }
    for listing in tables.listings.get(attribute(profile, "ID")).into_iter().flatten() {
        add_listing(*listing, tables, &mut entry);
    }
    entry.add_remark(&child_text(party, "Comment"));
    Ok(entry)
}

fn add_names(identity: Element<'_>, tables: &Tables<'_>, entry: &mut Entry) {
    let groups: HashMap<&str, &str> = items(identity, "NamePartGroups", "MasterNamePartGroup")
        .flat_map(|master| children(master, "NamePartGroup"))
        .map(|group| (attribute(group, "ID"), tables.text("NamePartType", attribute(group, "NamePartTypeID"))))
        .collect();
    // The primary name stands first, whatever the order of the file.
    for wants_primary in [true, false] {
        for alias in children(identity, "Alias").filter(|alias| (attribute(*alias, "Primary") == "true") == wants_primary) {
            let kind = tables.text("AliasType", attribute(alias, "AliasTypeID"));
            let quality = match () {
                () if attribute(alias, "LowQuality") == "true" => NameQuality::Weak,
                () if wants_primary => NameQuality::Primary,
                () if kind.eq_ignore_ascii_case("F.K.A.") => NameQuality::Former,
                () => NameQuality::Strong,
            };
            for documented in children(alias, "DocumentedName") {
                let parts: Vec<(&str, String)> = children(documented, "DocumentedNamePart")
                    .flat_map(|part| children(part, "NamePartValue"))
                    .map(|value| {
                        let group = groups.get(attribute(value, "NamePartGroupID")).copied().unwrap_or_default();
                        (group, value.text().trim().to_owned())
                    })
                    .collect();
                entry.add_name(name(&parts, quality));
            }
        }
    }
}

/// A name of parts with their kinds: `Last Name`, `First Name`, `Patronymic`, `Entity Name` …
fn name(parts: &[(&str, String)], quality: NameQuality) -> ListedName {
    let is_family = |kind: &str| ["last name", "maiden name", "matronymic"].iter().any(|word| kind.eq_ignore_ascii_case(word));
    let joined = |wants: &dyn Fn(&str) -> bool, divider: &str| {
        let parts = parts.iter().filter(|(kind, _)| wants(kind));
        parts.map(|(_, text)| text.as_str()).collect::<Vec<_>>().join(divider)
    };
    // Chinese, Japanese and Korean script has the family name first and no space.
    let is_eastern = |c: char| matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}');
    if parts.iter().any(|(_, text)| text.contains(is_eastern)) {
        let whole = format!("{}{}", joined(&is_family, ""), joined(&|kind| !is_family(kind), ""));
        return ListedName::whole(&whole, quality);
    }
    ListedName::of_parts(&joined(&|kind| !is_family(kind), " "), &joined(&is_family, " "), quality)
}

/// As the remarks of the CSV have it: label, number, country in brackets, dates.
fn add_paper(paper: Element<'_>, tables: &Tables<'_>, entry: &mut Entry) {
    let number = child_text(paper, "IDRegistrationNo");
    if number.is_empty() {
        return;
    }
    let mut text = format!("{} {number}", tables.text("IDRegDocType", attribute(paper, "IDRegDocTypeID")));
    let issuer = tables.text("Country", attribute(paper, "IssuedBy-CountryID"));
    let place = tables.locations.get(attribute(paper, "IssuedIn-LocationID")).map_or("", |place| tables.country(*place));
    if let Some(country) = [issuer, place].into_iter().find(|country| !country.is_empty()) {
        text.push_str(&format!(" ({country})"));
    }
    for date in children(paper, "DocumentDate") {
        let label = tables.text("IDRegDocDateType", attribute(date, "IDRegDocDateTypeID")).to_lowercase();
        let word = if label.contains("expir") { "expires" } else { "issued" };
        if let Some(birth) = child(date, "DatePeriod").and_then(period) {
            text.push_str(&format!(" {word} {}", birth.from));
        }
    }
    remarks::read_whole(&text, entry);
}

fn add_feature(label: &str, version: Element<'_>, tables: &Tables<'_>, entry: &mut Entry) {
    let mut texts: Vec<String> = children(version, "VersionDetail")
        .map(|detail| match tables.text("DetailReference", attribute(detail, "DetailReferenceID")) {
            "" => detail.text().trim().to_owned(),
            text => text.to_owned(),
        })
        .filter(|text| !text.is_empty())
        .collect();
    let places = children(version, "VersionLocation").filter_map(|place| tables.locations.get(attribute(place, "LocationID")));
    let places: Vec<Element<'_>> = places.copied().collect();
    let lower = label.to_lowercase();
    let birth = child(version, "DatePeriod").and_then(period);
    let country_role = match lower.as_str() {
        "nationality country" => Some(CountryRole::Nationality),
        "citizenship country" => Some(CountryRole::Citizenship),
        "nationality of registration" => Some(CountryRole::Registration),
        "vessel flag" | "other vessel flag" => Some(CountryRole::Flag),
        "former vessel flag" => Some(CountryRole::FormerFlag),
        "place of birth" => Some(CountryRole::Birth),
        _ => None,
    };
    for place in &places {
        match (country_role, lower.as_str()) {
            (Some(role), _) => entry.add_country(role, tables.country(*place)),
            (None, "location") => entry.add_address(tables.address(*place)),
            (None, _) => texts.push(tables.country(*place).to_owned()),
        }
    }
    if let Some(birth) = birth {
        let is_birth = ["birthdate", "organization established date", "vessel year of build", "aircraft manufacture date"];
        if is_birth.contains(&lower.as_str()) {
            entry.add_birth(birth);
        } else {
            entry.add_remark(&format!("{label} {}", birth.from));
        }
    }
    for text in texts.iter().filter(|text| !text.is_empty()) {
        match (lower.as_str(), country_role) {
            ("title", _) => entry.add_position(text),
            ("place of birth", _) => remarks::read_whole(&format!("POB {text}"), entry),
            ("vessel call sign", _) => entry.add_identifier(Identifier::new(IdentifierKind::CallSign, text)),
            ("vessel owner", _) => entry.add_link(Link::to_name(Relation::Owner, text).worded(label)),
            (_, Some(role)) => entry.add_country(role, text),
            _ => remarks::read_whole(&format!("{label} {text}"), entry),
        }
    }
    entry.add_remark(&child_text(version, "Comment"));
}

fn add_listing(listing: Element<'_>, tables: &Tables<'_>, entry: &mut Entry) {
    for measure in children(listing, "SanctionsMeasure") {
        if tables.text("SanctionsType", attribute(measure, "SanctionsTypeID")).eq_ignore_ascii_case("Program") {
            entry.add_programme(&child_text(measure, "Comment"));
        }
    }
    let days = children(listing, "EntryEvent").filter_map(|event| child(event, "Date")).filter_map(day);
    let first = days.filter_map(|text| dates::single(&text)).min_by_key(|date| date.earliest_month());
    entry.listed_on = entry.listed_on.or(first);
    let list = tables.text("List", attribute(listing, "ListID"));
    if !list.is_empty() {
        entry.add_remark(&format!("List: {list}"));
    }
}

/// A day of parts, as `1964-05-03`; nothing without a year.
fn day(element: Element<'_>) -> Option<String> {
    let [year, month, day] = ["Year", "Month", "Day"].map(|name| child_text(element, name).parse::<u16>().ok());
    year.map(|year| format!("{year:04}-{:02}-{:02}", month.unwrap_or(1), day.unwrap_or(1)))
}

/// A period: one day, or a span whose first and last days tell how exact it is. A whole year or month stands with its first and last
/// days.
fn period(period: Element<'_>) -> Option<Birth> {
    let end = |side: &str, name: &str| child(child(period, side)?, name).and_then(day);
    let from = end("Start", "From")?;
    let to = end("End", "To").or_else(|| end("End", "From")).or_else(|| end("Start", "To")).unwrap_or_else(|| from.clone());
    let circa =
        ["Start", "End"].iter().any(|side| child(period, side).is_some_and(|side| attribute(side, "Approximate") == "true"));
    let (from, to) = whole(dates::single(&from)?, dates::single(&to)?);
    Some(Birth { from, to, circa })
}

/// Two days that are the first and last of years or of a month stand for these.
fn whole(from: PartialDate, to: PartialDate) -> (PartialDate, PartialDate) {
    let (PartialDate::Day(first), PartialDate::Day(last)) = (from, to) else { return (from, to) };
    let is_last = first.day() == 1 && last.day() == last.days_in_month();
    match (first.month(), last.month()) {
        (1, 12) if is_last => (PartialDate::Year(first.year()), PartialDate::Year(last.year())),
        (a, b) if is_last && a == b && first.year() == last.year() => {
            let month = PartialDate::Month(from.earliest_month());
            (month, month)
        }
        _ => (from, to),
    }
}
