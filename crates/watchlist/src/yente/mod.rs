//! An interface that clients of yente (OpenSanctions' matching API) can switch to: `/match/{dataset}`, `/search/{dataset}`,
//! `/entities/{id}`, `/reconcile/{dataset}` and `/catalog`, as pure functions from request to response.
//!
//! Nothing here opens a connection: a server hands over method, path, query and body, and sends back status, headers and body.
//! Source: the interface's public documentation. What is not supported is refused in words (`changed_since`, weights of other
//! algorithms), never passed over in silence.
//!
//! ```
//! use bonafide_watchlist::{
//!     entry::{Entry, EntryId, EntryKind, EntryPlace, ListCode, ListedName, NameQuality},
//!     screening::Search,
//!     yente::{Dataset, Request, Service},
//! };
//!
//! let mut entry = Entry::new(EntryId::new(ListCode::UN, "7"), EntryKind::Person, EntryPlace::default());
//! entry.add_name(ListedName::of_family_first("SAMPLE, Robin", NameQuality::Primary));
//! let service = Service::new(vec![Dataset::new("un", "2026-11-01")], vec![entry], "https://screen.example");
//!
//! let body = br#"{"queries": {"q": {"schema": "Person", "properties": {"name": ["Robin Sampel"]}}}}"#;
//! let request = Request { method: "POST", path: "/match/default", query: "limit=3", body };
//! let response = service.answer(&mut Search::default(), &request);
//! assert_eq!(response.status, 200);
//! assert!(String::from_utf8_lossy(&response.body).contains("un:7"));
//! ```

mod entity;
mod example;
#[cfg(feature = "http")]
pub mod http;
mod matching;
mod reconcile;
mod request;
mod search;
#[cfg(test)]
mod tests;
pub mod wire;

use std::collections::{BTreeSet, HashMap};

use serde_json::json;

pub use request::{CONTENT_TYPE, Request, Response};

use self::{
    request::{Parameters, Refusal, decoded},
    wire::{Catalog, DatasetModel},
};
use crate::{
    entry::{Entry, EntryId},
    merge::merge,
    publisher::publisher,
    screening::{Screener, Search},
};

/// Bodies that are read.
const MOST_BYTES: usize = 8 << 20;
/// Names of the collection of all lists.
const ALL: [&str; 2] = ["default", "all"];
/// Name of the collection of the sanctions lists, and what it holds.
const SANCTIONS: (&str, [&str; 7]) = ("sanctions", ["ofac", "un", "uk", "eu", "au", "seco", "wallet"]);

/// What OpenSanctions calls the lists that are read here from their publishers.
const ALSO_CALLED: [(&str, &str); 9] = [
    ("us_ofac_sdn", "ofac"),
    ("us_ofac_cons", "ofac"),
    ("un_sc_sanctions", "un"),
    ("gb_fcdo_sanctions", "uk"),
    ("gb_hmt_sanctions", "uk"),
    ("eu_fsf", "eu"),
    ("au_dfat_sanctions", "au"),
    ("ch_seco_sanctions", "seco"),
    ("us_bis_denied", "bis"),
];

/// A list that is answered from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dataset {
    /// Its code, as in the ids of its entries.
    pub name: String,
    /// Who publishes what.
    pub title: String,
    /// Where it comes from.
    pub url: Option<String>,
    /// Version: the publisher's date, or the id of a snapshot.
    pub version: String,
    /// When it was fetched, RFC 3339.
    pub fetched_at: Option<String>,
}

impl Dataset {
    /// A list, with the title and address of its publisher where these are known.
    #[must_use]
    pub fn new(name: &str, version: &str) -> Self {
        let known = publisher(name).or_else(|| publisher(&format!("{name}-sdn")));
        Self {
            name: name.to_owned(),
            title: known.map_or_else(|| name.to_owned(), |known| known.title.to_owned()),
            url: known.and_then(|known| known.files.first()).map(|file| file.url.to_owned()),
            version: version.to_owned(),
            fetched_at: None,
        }
    }
}

/// Lists, ready to be asked. A change of lists makes a new service.
#[derive(Debug)]
pub struct Service {
    datasets: Vec<Dataset>,
    screener: Screener,
    places: HashMap<EntryId, usize>,
    base: String,
}

impl Service {
    /// A service over entries of some lists; `base` is the address under which it is reached, for the links it gives out.
    #[must_use]
    pub fn new(datasets: Vec<Dataset>, entries: Vec<Entry>, base: &str) -> Self {
        let entries = merge(entries);
        let places = entries.iter().enumerate().map(|(at, entry)| (entry.id.clone(), at)).collect();
        Self { datasets, screener: Screener::new(entries), places, base: base.trim_end_matches('/').to_owned() }
    }

    /// Answers a request. `search` is what one thread needs again and again.
    #[must_use]
    pub fn answer(&self, search: &mut Search, request: &Request<'_>) -> Response {
        let path = decoded(request.path.trim_end_matches('/'));
        let parts: Vec<&str> = path.split('/').skip(1).collect();
        let parameters = Parameters::of(request.query);
        if request.body.len() > MOST_BYTES {
            return Response::of::<()>(Err(Refusal {
                status: 413,
                detail: format!("The body is larger than {MOST_BYTES} bytes."),
            }));
        }
        match (request.method, &parts[..]) {
            ("POST", ["match", dataset]) => {
                let answer = matching::answer(self, search, dataset, &parameters, request.body);
                let count = answer.as_ref().map(|answer| answer.responses.len()).ok();
                let response = Response::of(answer);
                count.map_or(response.clone(), |count| response.with("x-batch-size", count.to_string()))
            }
            ("GET", ["search", dataset]) => Response::of(search::answer(self, search, dataset, &parameters)),
            // An id may itself hold slashes.
            ("GET", ["entities", id @ ..]) if !id.is_empty() => Response::of(search::by_id(self, &id.join("/"), &parameters)),
            ("GET" | "POST", ["reconcile", dataset]) => self.reconcile(search, dataset, request, &parameters),
            ("GET", ["reconcile", dataset, "suggest", what]) => {
                Response::of(reconcile::suggest(self, dataset, what, &parameters))
            }
            ("GET", ["reconcile", _, "extend", "property"]) => {
                Response::of(Ok(reconcile::proposed(parameters.get("type").unwrap_or("Thing"))))
            }
            ("GET", ["catalog"]) => Response::of(Ok(self.catalog())),
            ("GET", ["algorithms"]) => Response::of(Ok(matching::algorithms())),
            ("GET", ["healthz" | "readyz"]) => Response::of(Ok(json!({ "status": "ok" }))),
            (_, ["match" | "search" | "reconcile", _] | ["entities", ..] | ["catalog" | "algorithms" | "healthz" | "readyz"]) => {
                Response::of::<()>(Err(Refusal { status: 405, detail: "Method Not Allowed".to_owned() }))
            }
            _ => Response::of::<()>(Err(Refusal::missing("Not Found"))),
        }
    }

    fn reconcile(&self, search: &mut Search, dataset: &str, request: &Request<'_>, parameters: &Parameters<'_>) -> Response {
        let body = String::from_utf8_lossy(request.body);
        let form = Parameters::of(&body);
        let field = |name: &str| form.get(name).or_else(|| parameters.get(name)).filter(|text| !text.trim().is_empty());
        if let Some(text) = field("extend") {
            return Response::of(self.members(dataset).and_then(|_| reconcile::extend(self, text)));
        }
        match field("queries") {
            Some(text) => Response::of(reconcile::queries(self, search, dataset, text)),
            None if request.method == "GET" => Response::of(reconcile::manifest(self, dataset)),
            None => Response::of::<()>(Err(Refusal::bad("The form has neither queries nor extend."))),
        }
    }

    /// The lists and what is in force of them.
    #[must_use]
    pub fn catalog(&self) -> Catalog {
        let count = |name: &str| self.screener.entries().iter().filter(|entry| entry.id.list.as_str() == name).count();
        let mut datasets: Vec<DatasetModel> = self
            .datasets
            .iter()
            .map(|dataset| DatasetModel {
                name: dataset.name.clone(),
                title: dataset.title.clone(),
                summary: None,
                url: dataset.url.clone(),
                load: true,
                entities_url: None,
                version: dataset.version.clone(),
                index_version: Some(dataset.version.clone()),
                index_current: true,
                children: Vec::new(),
                updated_at: dataset.fetched_at.clone(),
                entity_count: count(&dataset.name),
            })
            .collect();
        let newest = self.datasets.iter().max_by_key(|dataset| (&dataset.fetched_at, &dataset.version));
        let version = newest.map(|dataset| dataset.version.clone()).unwrap_or_default();
        datasets.push(DatasetModel {
            name: ALL[0].to_owned(),
            title: "All lists".to_owned(),
            summary: None,
            url: None,
            load: true,
            entities_url: None,
            version: version.clone(),
            index_version: Some(version),
            index_current: true,
            children: self.datasets.iter().map(|dataset| dataset.name.clone()).collect(),
            updated_at: newest.and_then(|dataset| dataset.fetched_at.clone()),
            entity_count: self.screener.entries().len(),
        });
        let current = datasets.iter().map(|dataset| dataset.name.clone()).collect();
        Catalog { datasets, current, outdated: Vec::new(), index_stale: false }
    }

    /// The lists that a name stands for; `None` for all of them.
    fn members(&self, name: &str) -> Result<Option<BTreeSet<String>>, Refusal> {
        if self.datasets.iter().any(|dataset| dataset.name == name) {
            return Ok(Some(BTreeSet::from([name.to_owned()])));
        }
        if ALL.contains(&name) {
            return Ok(None);
        }
        if name == SANCTIONS.0 {
            return Ok(Some(self.names().into_iter().filter(|name| SANCTIONS.1.contains(&name.as_str())).collect()));
        }
        let known =
            ALSO_CALLED.iter().find(|(called, code)| *called == name && self.datasets.iter().any(|list| list.name == *code));
        match known {
            Some((_, code)) => Ok(Some(BTreeSet::from([(*code).to_owned()]))),
            None => Err(Refusal::missing(format!("No such dataset: {}", name.chars().take(60).collect::<String>()))),
        }
    }

    fn names(&self) -> BTreeSet<String> {
        self.datasets.iter().map(|dataset| dataset.name.clone()).collect()
    }

    fn entry(&self, id: &EntryId) -> Option<&Entry> {
        self.places.get(id).and_then(|at| self.screener.entries().get(*at))
    }

    fn title(&self, name: &str) -> String {
        let title = self.datasets.iter().find(|dataset| dataset.name == name).map(|dataset| dataset.title.clone());
        title.unwrap_or_else(|| if ALL.contains(&name) { "All lists".to_owned() } else { name.to_owned() })
    }

    fn last_seen(&self, entry: &Entry) -> Option<&str> {
        self.datasets.iter().find(|dataset| dataset.name == entry.id.list.as_str())?.fetched_at.as_deref()
    }
}
