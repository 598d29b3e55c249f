//! The JSON of the interface, as its public documentation gives it: objects, not the domain's types.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

/// Properties of an entity: each a list of texts, or of entities inside.
pub type Properties = BTreeMap<String, Vec<Value>>;

/// A listed party in the FollowTheMoney form.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct EntityResponse {
    /// Id, such as `ofac:12345`.
    pub id: String,
    /// The primary name.
    pub caption: String,
    /// `Person`, `Organization`, `Vessel`, `Airplane`, `CryptoWallet` or `LegalEntity`.
    pub schema: &'static str,
    /// What the list says.
    pub properties: Properties,
    /// Codes of the lists.
    pub datasets: Vec<String>,
    /// Other ids of the party: none, since nothing is merged.
    pub referents: Vec<String>,
    /// Always: only listed parties are held.
    pub target: bool,
    /// The day of listing, where the list gives it.
    pub first_seen: Option<String>,
    /// When the list was fetched.
    pub last_seen: Option<String>,
    /// Not known: lists tell no times of changes.
    pub last_change: Option<String>,
}

/// A party and how well it fits.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ScoredEntity {
    /// The party.
    #[serde(flatten)]
    pub entity: EntityResponse,
    /// How well it fits, 0…1.
    pub score: f64,
    /// What the score is made of, in numbers.
    pub features: BTreeMap<&'static str, f64>,
    /// The same with the two values that met.
    pub explanations: BTreeMap<&'static str, Explanation>,
    /// Whether the score reaches the threshold.
    #[serde(rename = "match")]
    pub is_match: bool,
}

/// One part of a score.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Explanation {
    /// What it says, as in the features.
    pub score: f64,
    /// In words.
    pub detail: String,
    /// The query's value.
    pub query: String,
    /// The list's value.
    pub candidate: String,
}

/// How many there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Total {
    /// The number.
    pub value: usize,
    /// Always `eq`: it is exact.
    pub relation: &'static str,
}

impl Total {
    pub(super) const fn of(value: usize) -> Self {
        Self { value, relation: "eq" }
    }
}

/// An example of whom a query looks for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EntityExample {
    /// Whatever the asker calls it by.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Schema of FollowTheMoney.
    #[serde(default = "thing")]
    pub schema: String,
    /// What is known: one text or a list of them under each name.
    #[serde(default, deserialize_with = "lists")]
    pub properties: Properties,
}

fn thing() -> String {
    "Thing".to_owned()
}

/// One value is a list of one; nothing is an empty list.
fn lists<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Properties, D::Error> {
    let values = BTreeMap::<String, Value>::deserialize(deserializer)?;
    let list = |value| match value {
        Value::Array(values) => values,
        Value::Null => Vec::new(),
        one => vec![one],
    };
    Ok(values.into_iter().map(|(name, value)| (name, list(value))).collect())
}

/// The body of a match.
#[derive(Clone, Debug, Deserialize)]
pub struct MatchQuery {
    /// Weights of features, which belong to other algorithms.
    #[serde(default)]
    pub weights: BTreeMap<String, Value>,
    /// Configuration, which belongs to other algorithms.
    #[serde(default)]
    pub config: BTreeMap<String, Value>,
    /// Examples by names that the asker chooses.
    pub queries: BTreeMap<String, Option<EntityExample>>,
}

/// Who fits one example.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct EntityMatches {
    /// Always 200.
    pub status: u16,
    /// Parties, best first.
    pub results: Vec<ScoredEntity>,
    /// How many fit at all.
    pub total: Total,
    /// The example as it was understood.
    pub query: EntityExample,
}

/// What a feature means.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FeatureDoc {
    /// In words.
    pub description: &'static str,
    /// Unused: the score is no sum.
    pub coefficient: u8,
    /// Where to read more.
    pub url: &'static str,
}

/// The answer to a match.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MatchResponse {
    /// By the names of the examples.
    pub responses: BTreeMap<String, EntityMatches>,
    /// What the features mean.
    pub matcher: BTreeMap<&'static str, FeatureDoc>,
    /// Most results of an example.
    pub limit: usize,
}

/// How often a value occurs among the results.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FacetItem {
    /// The value.
    pub name: String,
    /// What people call it.
    pub label: String,
    /// How often.
    pub count: usize,
}

/// Values of one kind among the results.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Facet {
    /// The kind.
    pub label: &'static str,
    /// Values, the most frequent first.
    pub values: Vec<FacetItem>,
}

/// The answer to a search.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SearchResponse {
    /// Parties of one page.
    pub results: Vec<EntityResponse>,
    /// What occurs among all results.
    pub facets: BTreeMap<&'static str, Facet>,
    /// How many there are.
    pub total: Total,
    /// Most results of a page.
    pub limit: usize,
    /// Results before the page.
    pub offset: usize,
}

/// A list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DatasetModel {
    /// Its code.
    pub name: String,
    /// Who publishes what.
    pub title: String,
    /// Nothing.
    pub summary: Option<String>,
    /// Where it comes from.
    pub url: Option<String>,
    /// Always.
    pub load: bool,
    /// Nothing: it is not fetched in this form.
    pub entities_url: Option<String>,
    /// Version of the list.
    pub version: String,
    /// Version that is answered from: the same.
    pub index_version: Option<String>,
    /// Always.
    pub index_current: bool,
    /// Lists that a collection holds.
    pub children: Vec<String>,
    /// When it was fetched.
    pub updated_at: Option<String>,
    /// How many parties it lists.
    pub entity_count: usize,
}

/// All lists.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Catalog {
    /// The lists, and the collection of all of them.
    pub datasets: Vec<DatasetModel>,
    /// Names of those that are current.
    pub current: Vec<String>,
    /// Names of those that are not: none, since what is answered from is what is in force.
    pub outdated: Vec<String>,
    /// Never.
    pub index_stale: bool,
}
