//! `/search/{dataset}`: a few words in, parties out; and `/entities/{id}`.

use std::collections::BTreeMap;

use super::{
    Service, entity, example,
    matching::Filter,
    request::{Parameters, Refusal},
    wire::{EntityResponse, Facet, FacetItem, SearchResponse, Total},
};
use crate::{
    entry::{Entry, EntryId},
    identifier::IdentifierKind,
    screening::{Search, Wanted},
};

const USUAL_LIMIT: usize = 10;
const MOST_RESULTS: usize = 500;
const MOST_OFFSET: usize = 9_499;
const MOST_CHARACTERS: usize = 1_000;
/// Least score of a name that is written as it is meant, and of one that may be misspelt.
const LEAST: f64 = 0.7;
const LEAST_FUZZY: f64 = 0.5;
/// Values of a facet that are shown.
const MOST_VALUES: usize = 20;

pub(super) fn answer(
    service: &Service,
    search: &mut Search,
    dataset: &str,
    parameters: &Parameters<'_>,
) -> Result<SearchResponse, Refusal> {
    let filter = Filter::of(service, dataset, parameters)?;
    let limit = parameters.number("limit", USUAL_LIMIT, MOST_RESULTS)?;
    let offset = parameters.number("offset", 0, MOST_OFFSET)?;
    let kind = example::kind(parameters.get("schema").filter(|schema| !schema.is_empty()).unwrap_or("Thing"))?;
    let text: String = parameters.get("q").unwrap_or_default().trim().chars().take(MOST_CHARACTERS).collect();
    let found: Vec<&Entry> = if text.is_empty() {
        // No words: everybody, in the order of the lists.
        let of_kind = |entry: &&Entry| kind.is_none_or(|kind| kind == entry.kind);
        service.screener.entries().iter().filter(of_kind).filter(|entry| filter.admits(entry)).collect()
    } else {
        let least = if parameters.flag("fuzzy", false) { LEAST_FUZZY } else { LEAST };
        let wanted = Wanted { kind, ..anything(&text) };
        let hits = service.screener.screen(search, &wanted, usize::MAX, least);
        hits.iter().map(|hit| hit.entry).filter(|entry| filter.admits(entry)).collect()
    };
    let page = found.iter().skip(offset).take(limit);
    Ok(SearchResponse {
        results: page.map(|entry| entity::entity(entry, service.last_seen(entry), false)).collect(),
        facets: facets(service, &found),
        total: Total::of(found.len()),
        limit,
        offset,
    })
}

/// A text may be a name, a paper, or whatever else names exactly one party.
fn anything(text: &str) -> Wanted {
    let kinds = [IdentifierKind::Wallet, IdentifierKind::Other];
    let mut identifiers: Vec<(IdentifierKind, String)> = kinds.into_iter().map(|kind| (kind, text.to_owned())).collect();
    if text.contains('@') {
        identifiers.push((IdentifierKind::Email, text.to_owned()));
    }
    if text.starts_with('+') {
        identifiers.push((IdentifierKind::Phone, text.to_owned()));
    }
    Wanted { names: vec![text.to_owned()], identifiers, papers: vec![text.to_owned()], ..Wanted::default() }
}

fn facets(service: &Service, found: &[&Entry]) -> BTreeMap<&'static str, Facet> {
    let count = |values: &dyn Fn(&Entry) -> Vec<String>, label: &dyn Fn(&str) -> String| {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for entry in found {
            values(entry).into_iter().for_each(|value| *counts.entry(value).or_default() += 1);
        }
        let mut items: Vec<FacetItem> =
            counts.into_iter().map(|(name, count)| FacetItem { label: label(&name), name, count }).collect();
        items.sort_by(|left, right| right.count.cmp(&left.count).then_with(|| left.name.cmp(&right.name)));
        items.truncate(MOST_VALUES);
        items
    };
    let as_it_is = |name: &str| name.to_owned();
    BTreeMap::from([
        ("countries", Facet { label: "Countries", values: count(&entity::countries, &|name: &str| name.to_uppercase()) }),
        (
            "topics",
            Facet {
                label: "Topics",
                values: count(&|entry: &Entry| entity::topics(entry).into_iter().map(str::to_owned).collect(), &as_it_is),
            },
        ),
        (
            "datasets",
            Facet {
                label: "Data sources",
                values: count(&|entry: &Entry| vec![entry.id.list.as_str().to_owned()], &|name: &str| service.title(name)),
            },
        ),
    ])
}

/// One party by its id.
pub(super) fn by_id(service: &Service, id: &str, parameters: &Parameters<'_>) -> Result<EntityResponse, Refusal> {
    let missing = || Refusal::missing("No such entity!");
    let id: EntryId = id.parse().map_err(|_| missing())?;
    let entry = service.entry(&id).ok_or_else(missing)?;
    Ok(entity::entity(entry, service.last_seen(entry), parameters.flag("nested", true)))
}
