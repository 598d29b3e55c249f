//! The room of watch lists: questions of checks become queries of the screener, its hits become answers.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Mutex, PoisonError},
};

use bonafide_model::{
    assessment::{LensVersions, ListVersion},
    check::{Missing, Need},
    lens::{
        Answer, IdentifierKind, ListAttribute, ListAttributeKind, ListHit, ListQuery, ListedOwner, OwnershipHit, PartyKind,
        Question, Reply,
    },
};
use bonafide_watchlist::{
    entry::{Entry, EntryId, EntryKind},
    identifier,
    link::Share,
    ownership::{self, Ownership},
    screening::{Hit, Screener, Search, Speaks, Wanted},
};

use serde::{Deserialize, Serialize};

use crate::house::Room;

/// A listed party that fits at least so well is a question to compliance. Of 1,017 ordinary people of fifteen writing traditions 1.0 %
/// fit somebody on the OFAC list as well, and 97 % of the misspelt names of listed parties do (`cargo xtask bench-watchlist`).
pub const QUESTION_SCORE: f64 = 0.7;
/// The same where the name is the listed one in its own script, syllable for syllable. The most frequent syllables score lower than
/// rare ones, and whoever is listed under them would not be asked about by his own name.
pub const QUESTION_SCORE_IN_SCRIPT: f64 = 0.6;

/// Whether a hit is a question to compliance.
fn is_question(hit: &Hit<'_>) -> bool {
    hit.score >= QUESTION_SCORE || hit.is_the_name_in_its_script()
}

/// Watch lists in force.
#[derive(Debug)]
pub struct ListRoom {
    screener: Screener,
    versions: Vec<ListVersion>,
    /// By the code of a list: what its entries are cited with.
    cited: BTreeMap<String, String>,
    owners: Owners,
    idle: Mutex<Vec<Search>>,
}

/// One source in force, for [`ListRoom::new`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Code of the list whose entries it holds.
    pub list: String,
    /// Name, hash and date.
    pub version: ListVersion,
}

/// Who owns firms that are not listed: drawn from all entries once, since an index reads an entry only when it is wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Owners {
    ownership: Ownership,
    /// Names of owners.
    names: BTreeMap<EntryId, String>,
}

impl Owners {
    /// The owners that lists tell of.
    #[must_use]
    pub fn of(entries: &[Entry]) -> Self {
        let ownership = Ownership::of(entries);
        let wanted: BTreeSet<&EntryId> = ownership.owners().collect();
        let names = entries.iter().filter(|entry| wanted.contains(&entry.id));
        let names = names.map(|entry| (entry.id.clone(), entry.primary_name().to_owned())).collect();
        Self { ownership, names }
    }
}

impl ListRoom {
    /// Opens the room: a screener over the entries of all sources.
    #[must_use]
    pub fn new(screener: Screener, owners: Owners, sources: Vec<Source>) -> Self {
        let mut cited: BTreeMap<String, String> = BTreeMap::new();
        for source in &sources {
            let hash: String = source.version.sha256.chars().take(12).collect();
            let version = cited.entry(source.list.clone()).or_default();
            if !version.is_empty() {
                version.push('+');
            }
            version.push_str(&hash);
        }
        let versions = sources.into_iter().map(|source| source.version).collect();
        Self { screener, versions, cited, owners, idle: Mutex::default() }
    }

    /// The versions in force.
    #[must_use]
    pub fn sources(&self) -> &[ListVersion] {
        &self.versions
    }

    /// The screener over the entries of all sources.
    #[must_use]
    pub const fn screener(&self) -> &Screener {
        &self.screener
    }

    fn hits(&self, query: &ListQuery) -> Vec<ListHit> {
        // Lists that describe firms beside listed parties hold parties that nobody looks out for.
        self.screened(&wanted(query), |hit| ownership::is_listed(hit.entry).then(|| self.told(hit)))
    }

    fn owned(&self, name: &str) -> Vec<OwnershipHit> {
        let wanted = Wanted { kind: Some(EntryKind::Organisation), names: vec![name.to_owned()], ..Wanted::default() };
        self.screened(&wanted, |hit| {
            let owned = self.owners.ownership.owned(&hit.entry.id)?;
            let list = hit.entry.id.list.as_str();
            let owners = owned.owners.iter().map(|owner| ListedOwner {
                entry: owner.entry.to_string(),
                name: self.owners.names.get(&owner.entry).cloned().unwrap_or_default(),
                share: owner.share.map(Share::hundredths),
                indirect: owner.indirect,
            });
            Some(OwnershipHit {
                entry: hit.entry.id.to_string(),
                name: hit.entry.primary_name().to_owned(),
                list: list.to_owned(),
                version: self.cited.get(list).cloned().unwrap_or_default(),
                entry_hash: hit.entry.hash().short(12),
                score: hundredths(hit.score),
                total: owned.total,
                owners: owners.collect(),
            })
        })
    }

    fn screened<T>(&self, wanted: &Wanted, told: impl Fn(&Hit<'_>) -> Option<T>) -> Vec<T> {
        let mut search = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop().unwrap_or_default();
        let hits = self.screener.screen(&mut search, wanted, usize::MAX, QUESTION_SCORE_IN_SCRIPT);
        let answer = hits.iter().filter(|hit| is_question(hit)).filter_map(told).collect();
        drop(hits);
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(search);
        answer
    }

    fn told(&self, hit: &Hit<'_>) -> ListHit {
        let entry = hit.entry;
        let mut agreements: Vec<ListAttribute> = hit.identified.iter().filter_map(|agreed| identified(hit, agreed)).collect();
        let mut contradictions = Vec::new();
        for qualifier in &hit.qualifiers {
            let kind = match (qualifier.attribute, qualifier.speaks) {
                ("country", _) => ListAttributeKind::Country,
                (_, Speaks::For | Speaks::Against) => ListAttributeKind::BirthDate,
                _ => ListAttributeKind::BirthYear,
            };
            let attribute = ListAttribute { what: kind, subject: qualifier.query.clone(), listed: qualifier.listed.clone() };
            match qualifier.speaks {
                Speaks::For | Speaks::Somewhat => agreements.push(attribute),
                Speaks::Nearly => {}
                Speaks::Against => contradictions.push(attribute),
            }
        }
        let list = entry.id.list.as_str();
        ListHit {
            entry: entry.id.to_string(),
            name: hit.name.as_ref().map_or_else(|| entry.primary_name(), |name| name.listed).to_owned(),
            list: list.to_owned(),
            version: self.cited.get(list).cloned().unwrap_or_default(),
            entry_hash: entry.hash().short(12),
            score: hundredths(hit.score),
            name_score: hit.name.as_ref().map(|name| hundredths(name.met.score.into())),
            namesakes: namesakes(hit),
            agreements,
            contradictions,
        }
    }
}

/// How many of 10,000 ordinary names would fit somebody as well by their letters alone. What is known of ordinary names is of
/// people.
fn namesakes(hit: &Hit<'_>) -> Option<u16> {
    let ordinary = hit.name.as_ref()?.ordinary?;
    // Within 0…10,000: the cast cuts off what is less than one.
    Some(ordinary.of_ten_thousand.clamp(0.0, 10_000.0) as u16)
}

impl Room for ListRoom {
    fn answer(&self, question: &Question) -> Option<Answer> {
        match question {
            Question::ListHits(query) => Some(Ok(Reply::ListHits(self.hits(query)))),
            // A list that tells nothing of ownership cannot say that nobody owns a firm.
            Question::ListedOwners(_) if self.owners.ownership.is_empty() => {
                Some(Err(Missing::new(Need::WatchList, "no list in force tells who owns firms")))
            }
            Question::ListedOwners(name) => Some(Ok(Reply::ListedOwners(self.owned(name)))),
            _ => None,
        }
    }

    fn versions(&self, versions: &mut LensVersions) {
        versions.lists.extend(self.versions.iter().cloned());
    }
}

/// A question of a check as a query of the screener.
#[must_use]
pub fn wanted(query: &ListQuery) -> Wanted {
    let identifiers = query.identifiers.iter().filter_map(|identifier| {
        let kind = match identifier.kind {
            IdentifierKind::Email => identifier::IdentifierKind::Email,
            IdentifierKind::Phone => identifier::IdentifierKind::Phone,
            IdentifierKind::Wallet => identifier::IdentifierKind::Wallet,
            _ => return None,
        };
        Some((kind, identifier.value.clone()))
    });
    Wanted {
        kind: Some(match query.party {
            PartyKind::Person => EntryKind::Person,
            PartyKind::Organisation => EntryKind::Organisation,
        }),
        names: query.names.clone(),
        identifiers: identifiers.collect(),
        papers: query.papers.clone(),
        births: query.birth_date.into_iter().collect(),
        countries: query.country.iter().cloned().collect(),
    }
}

/// An identifier that agrees, with the list's own spelling.
fn identified(hit: &Hit<'_>, (kind, subject): &(&'static str, String)) -> Option<ListAttribute> {
    let (what, listed) = match *kind {
        "document" => {
            let number = identifier::canonical_number(subject);
            let document = hit.entry.documents.iter().find(|document| document.number == number);
            (ListAttributeKind::Document, document.map(|document| &*document.written))
        }
        kind => {
            let (what, kind) = match kind {
                "e-mail" => (ListAttributeKind::Email, identifier::IdentifierKind::Email),
                "phone" => (ListAttributeKind::Phone, identifier::IdentifierKind::Phone),
                "wallet" => (ListAttributeKind::Wallet, identifier::IdentifierKind::Wallet),
                _ => return None,
            };
            let value = identifier::canonical(kind, subject);
            let listed = hit.entry.identifiers.iter().find(|listed| listed.kind == kind && listed.value == value);
            (what, listed.map(|listed| &*listed.written))
        }
    };
    Some(ListAttribute { what, subject: subject.clone(), listed: listed.unwrap_or(subject).to_owned() })
}

/// A score in hundredths; only what is certain is a whole.
fn hundredths(score: f64) -> u8 {
    (score * 100.0).floor().clamp(0.0, 100.0) as u8
}

#[cfg(test)]
mod tests {
    use bonafide_model::lens::Identifier;
    use bonafide_watchlist::source::{ListFile, read_file};

    use super::*;

    const LIST: &str = concat!(
        "11,\"VELL, Karo\",\"individual\",\"TEST\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,\"DOB 03 Feb 1990; nationality Portugal; ",
        "Passport X-12 345 67; Email Address karo@mail.example.\"\r\n",
        "12,\"VELL, Karo\",\"individual\",\"TEST\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,\"DOB 1961.\"\r\n",
        "13,\"EXAMPLE HARBOUR WORKS\",-0- ,\"TEST\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \r\n",
    );

    fn room() -> ListRoom {
        let read = read_file(&ListFile { name: "sdn.csv", bytes: LIST.as_bytes() }).unwrap();
        let version = ListVersion { source: "ofac-sdn".into(), sha256: "ab".repeat(32), published: String::new() };
        ListRoom::new(Screener::new(read.entries), Owners::default(), vec![Source { list: "ofac".into(), version }])
    }

    fn ask(query: ListQuery) -> Vec<ListHit> {
        match room().answer(&Question::ListHits(query)) {
            Some(Ok(Reply::ListHits(hits))) => hits,
            other => panic!("{other:?}"),
        }
    }

    fn person(name: &str) -> ListQuery {
        ListQuery { names: vec![name.into()], ..ListQuery::default() }
    }

    #[test]
    fn two_listed_people_with_one_name_are_both_told() {
        let hits = ask(person("Karo Vell"));
        let entries: Vec<&str> = hits.iter().map(|hit| hit.entry.as_str()).collect();
        assert_eq!(entries, ["ofac:11", "ofac:12"]);
        assert!(hits.iter().all(|hit| hit.agreements.is_empty() && hit.version == "abababababab"));
    }

    #[test]
    fn second_attributes_agree_or_contradict() {
        let hits = ask(ListQuery {
            birth_date: "1990-02-03".parse().ok(),
            country: Some("PT".into()),
            papers: vec!["X1234567".into()],
            ..person("Karo Vell")
        });
        let kinds = |hit: &ListHit| hit.agreements.iter().map(|attribute| attribute.what).collect::<Vec<_>>();
        assert_eq!(hits[0].entry, "ofac:11");
        assert_eq!(kinds(&hits[0]), [ListAttributeKind::Document, ListAttributeKind::BirthDate, ListAttributeKind::Country]);
        assert_eq!(hits[0].agreements[0].listed, "X-12 345 67");
        let other = hits.iter().find(|hit| hit.entry == "ofac:12");
        assert!(other.is_none_or(|hit| hit.contradictions[0].what == ListAttributeKind::BirthDate));
    }

    #[test]
    fn an_identifier_is_enough_and_a_strange_name_is_not() {
        let query = ListQuery {
            identifiers: vec![Identifier::new(IdentifierKind::Email, "Karo@mail.example")],
            ..person("Somebody Altogether Else")
        };
        let hits = ask(query);
        assert_eq!((hits.len(), hits[0].entry.as_str(), hits[0].name_score), (1, "ofac:11", None));
        assert_eq!(hits[0].agreements[0].what, ListAttributeKind::Email);
        assert!(ask(person("Somebody Altogether Else")).is_empty());
        assert!(ask(person("Example Harbour Works")).is_empty());
        let firm = ListQuery { party: PartyKind::Organisation, ..person("Example Harbour Works Ltd") };
        assert_eq!(ask(firm)[0].entry, "ofac:13");
    }
}
