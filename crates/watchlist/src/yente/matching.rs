//! `/match/{dataset}`: examples in, scored parties out.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Service, entity, example,
    request::{Parameters, Refusal},
    wire::{EntityExample, EntityMatches, Explanation, FeatureDoc, MatchQuery, MatchResponse, ScoredEntity, Total},
};
use crate::{
    entry::Entry,
    screening::{Hit, Search, Speaks},
};

/// Examples of one request.
pub(super) const MOST_QUERIES: usize = 100;
const USUAL_LIMIT: usize = 5;
const MOST_RESULTS: usize = 500;
const USUAL_THRESHOLD: f64 = 0.7;
const USUAL_CUTOFF: f64 = 0.5;

/// Names of algorithms that clients ask for; all are answered by ours.
const ALGORITHMS: [&str; 9] =
    ["bonafide", "best", "default", "logic-v1", "logic-v2", "name-based", "name-qualified", "regression-v1", "regression-v2"];

/// Which parties may be results.
pub(super) struct Filter {
    datasets: Option<BTreeSet<String>>,
    without_datasets: BTreeSet<String>,
    without_schemata: BTreeSet<String>,
    without_ids: BTreeSet<String>,
    topics: BTreeSet<String>,
    countries: BTreeSet<String>,
}

impl Filter {
    /// The filter of a request on a dataset.
    pub(super) fn of(service: &Service, dataset: &str, parameters: &Parameters<'_>) -> Result<Self, Refusal> {
        if parameters.all("changed_since").next().is_some() {
            let detail = "changed_since is not supported: lists tell no times of changes. Re-screening runs what changed against everybody.";
            return Err(Refusal::bad(detail));
        }
        let set = |name: &str| parameters.all(name).map(str::to_owned).collect::<BTreeSet<_>>();
        let mut datasets = service.members(dataset)?;
        let wanted: Vec<&str> = parameters.all("include_dataset").chain(parameters.all("datasets")).collect();
        if !wanted.is_empty() {
            let mut members = BTreeSet::new();
            for name in wanted {
                members.extend(service.members(name)?.unwrap_or_else(|| service.names()));
            }
            datasets = Some(datasets.map_or(members.clone(), |known| known.intersection(&members).cloned().collect()));
        }
        let mut without_datasets = BTreeSet::new();
        for name in parameters.all("exclude_dataset") {
            without_datasets.extend(service.members(name)?.unwrap_or_else(|| service.names()));
        }
        Ok(Self {
            datasets,
            without_datasets,
            without_schemata: set("exclude_schema"),
            without_ids: set("exclude_entity_ids"),
            topics: set("topics"),
            countries: parameters.all("countries").filter_map(entity::country).collect(),
        })
    }

    /// Whether a party may be a result.
    pub(super) fn admits(&self, entry: &Entry) -> bool {
        let list = entry.id.list.as_str();
        self.datasets.as_ref().is_none_or(|datasets| datasets.contains(list))
            && !self.without_datasets.contains(list)
            && (self.without_schemata.is_empty() || !self.without_schemata.contains(entity::schema(entry)))
            && (self.without_ids.is_empty() || !self.without_ids.contains(&entry.id.to_string()))
            && (self.topics.is_empty() || entity::topics(entry).iter().any(|topic| self.topics.contains(*topic)))
            && (self.countries.is_empty() || entity::countries(entry).iter().any(|country| self.countries.contains(country)))
    }
}

pub(super) fn answer(
    service: &Service,
    search: &mut Search,
    dataset: &str,
    parameters: &Parameters<'_>,
    body: &[u8],
) -> Result<MatchResponse, Refusal> {
    let query: MatchQuery =
        serde_json::from_slice(body).map_err(|error| Refusal::bad(format!("Cannot read the queries: {error}")))?;
    if !query.weights.is_empty() || !query.config.is_empty() {
        return Err(Refusal::bad("weights and config belong to other algorithms; leave them out"));
    }
    let algorithm = parameters.get("algorithm").unwrap_or("best");
    if !ALGORITHMS.contains(&algorithm) {
        return Err(Refusal::bad(format!("No such algorithm: {}", algorithm.chars().take(60).collect::<String>())));
    }
    let filter = Filter::of(service, dataset, parameters)?;
    let limit = parameters.number("limit", USUAL_LIMIT, MOST_RESULTS)?;
    let threshold = parameters.part("threshold", USUAL_THRESHOLD)?;
    let cutoff = parameters.part("cutoff", USUAL_CUTOFF.min(threshold))?.min(threshold);
    if query.queries.len() > MOST_QUERIES {
        return Err(Refusal::bad(format!("Too many queries in one batch (limit: {MOST_QUERIES})")));
    }
    let mut responses = BTreeMap::new();
    for (name, example) in query.queries {
        let Some(example) = example else { continue };
        let matches = one(service, search, &filter, example, limit, threshold, cutoff)?;
        responses.insert(name, matches);
    }
    if responses.is_empty() {
        return Err(Refusal::bad("No queries provided."));
    }
    Ok(MatchResponse { responses, matcher: features(), limit })
}

/// Who fits one example.
pub(super) fn one(
    service: &Service,
    search: &mut Search,
    filter: &Filter,
    example: EntityExample,
    limit: usize,
    threshold: f64,
    cutoff: f64,
) -> Result<EntityMatches, Refusal> {
    let wanted = example::wanted(&example)?;
    let hits = service.screener.screen(search, &wanted, usize::MAX, cutoff);
    let admitted: Vec<&Hit<'_>> = hits.iter().filter(|hit| filter.admits(hit.entry)).collect();
    let results = admitted.iter().take(limit).map(|hit| scored(service, hit, threshold)).collect();
    Ok(EntityMatches { status: 200, results, total: Total::of(admitted.len()), query: example })
}

fn scored(service: &Service, hit: &Hit<'_>, threshold: f64) -> ScoredEntity {
    let explanations = explanations(hit);
    ScoredEntity {
        entity: entity::entity(hit.entry, service.last_seen(hit.entry), false),
        score: rounded(hit.score),
        features: explanations.iter().map(|(name, explanation)| (*name, explanation.score)).collect(),
        explanations,
        is_match: hit.score >= threshold,
    }
}

fn explanations(hit: &Hit<'_>) -> BTreeMap<&'static str, Explanation> {
    let mut explanations = BTreeMap::new();
    if let Some(name) = &hit.name {
        let detail = format!("{} steps from one spelling to the other", name.met.operations().len());
        let score = rounded(name.met.score.into());
        let explanation = Explanation { score, detail, query: name.query.clone(), candidate: name.listed.to_owned() };
        explanations.insert("name_match", explanation);
    }
    if let Some((kind, value)) = hit.identified.first() {
        let detail = format!(
            "{} agree to the last character",
            hit.identified.iter().map(|(kind, _)| *kind).collect::<Vec<_>>().join(", ")
        );
        let explanation = Explanation { score: 1.0, detail, query: value.clone(), candidate: (*kind).to_owned() };
        explanations.insert("identifier_match", explanation);
    }
    for qualifier in &hit.qualifiers {
        let (score, detail) = match qualifier.speaks {
            Speaks::For => (1.0, "agrees"),
            Speaks::Somewhat => (0.5, "agrees as far as both are known"),
            Speaks::Nearly => (0.0, "nearly agrees"),
            Speaks::Against => (-1.0, "contradicts"),
        };
        let name = if qualifier.attribute == "birth date" { "birth_date" } else { "country" };
        let explanation =
            Explanation { score, detail: detail.to_owned(), query: qualifier.query.clone(), candidate: qualifier.listed.clone() };
        explanations.insert(name, explanation);
    }
    explanations
}

/// What the features mean.
pub(super) fn features() -> BTreeMap<&'static str, FeatureDoc> {
    let doc = |description| FeatureDoc { description, coefficient: 0, url: "" };
    BTreeMap::from([
        ("name_match", doc("How well two spellings fit, 0 to 1, whatever their scripts and romanisations.")),
        (
            "identifier_match",
            doc("1 where a mailbox, telephone, wallet, paper or other number agrees; the score is 0.95 or more then."),
        ),
        ("birth_date", doc("What dates of birth say: 1 agree, 0.5 agree as far as known, 0 nearly agree, -1 contradict.")),
        ("country", doc("0.5 where a country agrees; another country says nothing against a match.")),
    ])
}

/// The algorithm, as `/algorithms` tells it.
pub(super) fn algorithms() -> serde_json::Value {
    serde_json::json!({
        "algorithms": [{
            "name": "bonafide",
            "description": "Spellings compared word by word across scripts; identifiers exactly; birth dates and countries speak for or against.",
            "features": features(),
        }],
        "default": "bonafide",
        "best": "bonafide",
    })
}

/// At most six digits of a number in 0…1.
pub(super) fn rounded(number: f64) -> f64 {
    (number * 1e6).round() / 1e6
}
