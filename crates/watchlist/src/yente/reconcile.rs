//! `/reconcile/{dataset}`: the Reconciliation Service API 0.2 of the W3C community group, as OpenRefine speaks it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{
    Service, entity,
    matching::{self, Filter, MOST_QUERIES},
    request::{Parameters, Refusal},
    wire::{EntityExample, Properties},
};
use crate::{entry::Entry, screening::Search};

const USUAL_LIMIT: usize = 5;
const MOST_RESULTS: usize = 100;
const THRESHOLD: f64 = 0.7;
const CUTOFF: f64 = 0.5;

/// Types that rows of a table may be, with their plural.
const TYPES: [(&str, &str); 6] = [
    ("Person", "People"),
    ("Organization", "Organizations"),
    ("Company", "Companies"),
    ("LegalEntity", "Legal entities"),
    ("Vessel", "Vessels"),
    ("Airplane", "Airplanes"),
];

/// Properties that columns of a table may hold.
const PROPERTIES: [(&str, &str); 14] = [
    ("name", "Name"),
    ("alias", "Other name"),
    ("birthDate", "Date of birth"),
    ("nationality", "Nationality"),
    ("country", "Country"),
    ("passportNumber", "Passport number"),
    ("idNumber", "ID number"),
    ("email", "E-mail"),
    ("phone", "Phone"),
    ("publicKey", "Wallet"),
    ("registrationNumber", "Registration number"),
    ("taxNumber", "Tax number"),
    ("imoNumber", "IMO number"),
    ("address", "Address"),
];

#[derive(Deserialize)]
struct Query {
    #[serde(default)]
    query: Option<String>,
    #[serde(default, rename = "type")]
    types: Option<OneOrMore>,
    #[serde(default)]
    limit: Option<usize>,
    #[serde(default)]
    properties: Vec<QueryProperty>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum OneOrMore {
    One(String),
    More(Vec<String>),
}

#[derive(Deserialize)]
struct QueryProperty {
    #[serde(alias = "p")]
    pid: String,
    v: Value,
}

#[derive(Serialize)]
struct Type {
    id: &'static str,
    name: &'static str,
}

#[derive(Serialize)]
struct Candidate {
    id: String,
    name: String,
    description: &'static str,
    #[serde(rename = "type")]
    types: [Type; 1],
    score: f64,
    #[serde(rename = "match")]
    is_match: bool,
}

/// What the service is, where its parts are.
pub(super) fn manifest(service: &Service, dataset: &str) -> Result<Value, Refusal> {
    service.members(dataset)?;
    let base = format!("{}/reconcile/{dataset}", service.base);
    let part = |path: &str| json!({ "service_url": base, "service_path": path });
    let space = format!("{}/entities/", service.base);
    Ok(json!({
        "versions": ["0.2"],
        "name": format!("{} (bonafide)", service.title(dataset)),
        "identifierSpace": space,
        "schemaSpace": format!("{}/schemata/", service.base),
        "view": { "url": format!("{space}{{{{id}}}}") },
        "batchSize": MOST_QUERIES,
        "suggest": {
            "entity": part("/suggest/entity"),
            "type": part("/suggest/type"),
            "property": part("/suggest/property"),
        },
        "extend": {
            "propose_properties": part("/extend/property"),
            "property_settings": [{
                "name": "limit", "label": "Limit", "type": "number", "default": 0,
                "help_text": "Most values for each row; 0 for all.",
            }],
        },
        "defaultTypes": TYPES.map(|(id, name)| json!({ "id": id, "name": name })),
    }))
}

/// Several queries at once.
pub(super) fn queries(service: &Service, search: &mut Search, dataset: &str, text: &str) -> Result<Value, Refusal> {
    let queries: BTreeMap<String, Query> =
        serde_json::from_str(text).map_err(|error| Refusal::bad(format!("Cannot read the queries: {error}")))?;
    if queries.len() > MOST_QUERIES {
        return Err(Refusal::bad(format!("Too many queries in one batch (limit: {MOST_QUERIES})")));
    }
    let filter = Filter::of(service, dataset, &Parameters::of(""))?;
    let mut answers = serde_json::Map::new();
    for (name, query) in queries {
        let limit = query.limit.unwrap_or(USUAL_LIMIT).min(MOST_RESULTS);
        let matches = matching::one(service, search, &filter, as_example(query), limit, THRESHOLD, CUTOFF)?;
        let result: Vec<Candidate> = matches
            .results
            .into_iter()
            .map(|found| Candidate {
                id: found.entity.id,
                name: found.entity.caption,
                description: found.entity.schema,
                types: [as_type(found.entity.schema)],
                score: found.score,
                is_match: found.is_match,
            })
            .collect();
        answers.insert(name, json!({ "result": result }));
    }
    Ok(Value::Object(answers))
}

fn as_example(query: Query) -> EntityExample {
    let schema = match query.types {
        Some(OneOrMore::One(name)) => Some(name),
        Some(OneOrMore::More(names)) => names.into_iter().next(),
        None => None,
    };
    let mut properties = Properties::new();
    let name = query.query.map(Value::String);
    properties.entry("name".to_owned()).or_default().extend(name);
    for QueryProperty { pid, v } in query.properties {
        // `Person:birthDate` and `birthDate` are one.
        let property = pid.rsplit(':').next().unwrap_or(&pid).to_owned();
        let values = match v {
            Value::Array(values) => values,
            // A cell that is an entity already.
            Value::Object(fields) => fields.get("name").cloned().into_iter().collect(),
            one => vec![one],
        };
        properties.entry(property).or_default().extend(values);
    }
    EntityExample { id: None, schema: schema.unwrap_or_else(|| "Thing".to_owned()), properties }
}

fn as_type(schema: &'static str) -> Type {
    let name = TYPES.iter().find(|(id, _)| *id == schema).map_or(schema, |(_, name)| *name);
    Type { id: schema, name }
}

/// Values of properties for parties that were found before.
pub(super) fn extend(service: &Service, text: &str) -> Result<Value, Refusal> {
    #[derive(Deserialize)]
    struct Extend {
        ids: Vec<String>,
        properties: Vec<Wanted>,
    }
    #[derive(Deserialize)]
    struct Wanted {
        id: String,
        #[serde(default)]
        settings: Settings,
    }
    #[derive(Default, Deserialize)]
    struct Settings {
        #[serde(default)]
        limit: Value,
    }
    let extend: Extend =
        serde_json::from_str(text).map_err(|error| Refusal::bad(format!("Cannot read the extension request: {error}")))?;
    if extend.ids.len() > MOST_QUERIES || extend.properties.len() > MOST_QUERIES {
        return Err(Refusal::bad(format!("Too many queries in one batch (limit: {MOST_QUERIES})")));
    }
    let mut rows = serde_json::Map::new();
    for id in &extend.ids {
        let entry = id.parse().ok().and_then(|id| service.entry(&id));
        let properties = entry.map(|entry| entity::entity(entry, None, false).properties).unwrap_or_default();
        let mut row = serde_json::Map::new();
        for wanted in &extend.properties {
            let limit = wanted.settings.limit.as_u64().or_else(|| wanted.settings.limit.as_str()?.parse().ok()).unwrap_or(0);
            let most = if limit == 0 { usize::MAX } else { usize::try_from(limit).unwrap_or(usize::MAX) };
            let values = properties.get(wanted.id.rsplit(':').next().unwrap_or_default()).map_or(&[][..], Vec::as_slice);
            let values: Vec<Value> = values.iter().take(most).map(|value| json!({ "str": value })).collect();
            row.insert(wanted.id.clone(), values.into());
        }
        rows.insert(id.clone(), row.into());
    }
    let meta: Vec<Value> = extend.properties.iter().map(|wanted| json!({ "id": wanted.id, "name": label(&wanted.id) })).collect();
    Ok(json!({ "meta": meta, "rows": rows }))
}

/// Properties that parties can be extended by.
pub(super) fn proposed(schema: &str) -> Value {
    let properties = PROPERTIES.map(|(id, name)| json!({ "id": id, "name": name }));
    json!({ "type": schema, "properties": properties })
}

fn label(property: &str) -> &str {
    let bare = property.rsplit(':').next().unwrap_or(property);
    PROPERTIES.iter().find(|(id, _)| *id == bare).map_or(bare, |(_, name)| *name)
}

/// What may be meant by the start of a word.
pub(super) fn suggest(service: &Service, dataset: &str, what: &str, parameters: &Parameters<'_>) -> Result<Value, Refusal> {
    let prefix = parameters.get("prefix").unwrap_or_default().trim();
    let begins = |text: &str| text.to_lowercase().contains(&prefix.to_lowercase());
    let of_table = |table: &[(&str, &str)]| -> Vec<Value> {
        let fitting = table.iter().filter(|(id, name)| begins(id) || begins(name));
        fitting.map(|(id, name)| json!({ "id": id, "name": name })).collect()
    };
    let result: Vec<Value> = match what {
        "type" => of_table(&TYPES),
        "property" => of_table(&PROPERTIES),
        "entity" => {
            let filter = Filter::of(service, dataset, &Parameters::of(""))?;
            let limit = parameters.number("limit", 10, MOST_RESULTS)?;
            let shown = |entry: &Entry| {
                let kind = as_type(entity::schema(entry));
                json!({ "id": entry.id, "name": entity::caption(entry), "description": kind.id, "type": [kind] })
            };
            let fitting = service.screener.entries().iter().filter(|entry| filter.admits(entry) && has_word(entry, prefix));
            fitting.take(limit).map(shown).collect()
        }
        _ => return Err(Refusal::missing("Not Found")),
    };
    Ok(json!({ "code": "/api/status/ok", "status": "200 OK", "prefix": prefix, "result": result }))
}

/// Whether a name of the party has the text, whatever its case, at the start of a word.
fn has_word(entry: &Entry, text: &str) -> bool {
    let text = text.to_lowercase();
    let begins = |name: &str| {
        let name = name.to_lowercase();
        name.match_indices(&text).any(|(at, _)| !name[..at].ends_with(char::is_alphanumeric))
    };
    !text.is_empty() && entry.names.iter().any(|name| begins(&name.text))
}
