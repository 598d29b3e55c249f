//! The JSON of `bonafide screen`: queries and answers, one object a line. Frozen: fields are added, never changed or dropped.

use std::collections::BTreeMap;

use bonafide_model::time::PartialDate;
use serde::{Deserialize, Serialize, de::IgnoredAny};
use serde_json::Value;

use crate::{
    entry::{EntryKind, NameQuality},
    identifier::{IdentifierKind, country_code},
    names::{Operation, OperationKind},
    screening::{Hit, NameHit, Qualifier, Speaks, Wanted},
};

/// A query.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct QueryLine {
    /// Whatever the asker calls the query by; given back as it stands.
    #[serde(default)]
    pub qid: Value,
    /// What is looked for: `Person`, `Organization`, `Company`, `Vessel` …; anything where it is absent or unknown.
    #[serde(default)]
    pub schema: Option<String>,
    /// What is known of it.
    pub query: Query,
}

/// What is known of whom a query looks for. Every field takes one text or a list of them.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Query {
    /// Names, as written.
    pub name: Texts,
    /// E-mail addresses.
    pub email: Texts,
    /// Telephone numbers.
    pub phone: Texts,
    /// Addresses of digital currencies.
    pub wallet: Texts,
    /// Numbers of passports and other papers.
    pub passport: Texts,
    /// Dates of birth: `1980`, `1980-05` or `1980-05-17`.
    pub birth_date: Texts,
    /// Nationalities as ISO 3166-1 codes or names of countries.
    pub nationality: Texts,
    /// Countries as ISO 3166-1 codes or names.
    pub country: Texts,
    /// Fields that are not read here; they are named in the answer.
    #[serde(flatten)]
    pub unknown: BTreeMap<String, Ignored>,
}

/// A value that is not read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ignored;

impl<'de> Deserialize<'de> for Ignored {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        IgnoredAny::deserialize(deserializer).map(|_| Self)
    }
}

impl QueryLine {
    /// Whom the query looks for, and what of it could not be used.
    ///
    /// A schema, a date or a country that is not understood narrows nothing: the rest is looked for, and the note says so.
    #[must_use]
    pub fn wanted(&self) -> (Wanted, Vec<String>) {
        let mut notes = Vec::new();
        let kind = self.schema.as_deref().map_or(Ok(None), kind_of).unwrap_or_else(|schema| {
            notes.push(format!("the schema '{schema}' is not known: anything listed may fit"));
            None
        });
        let query = &self.query;
        let identifiers = [
            (IdentifierKind::Email, &query.email),
            (IdentifierKind::Phone, &query.phone),
            (IdentifierKind::Wallet, &query.wallet),
        ];
        let mut births = Vec::new();
        for text in &query.birth_date.0 {
            match text.trim().parse::<PartialDate>() {
                Ok(date) => births.push(date),
                Err(_) => notes.push(format!("the birth date '{}' is no date such as 1980-05-17: not used", start_of(text))),
            }
        }
        let mut countries = Vec::new();
        for text in query.nationality.0.iter().chain(&query.country.0) {
            match country_code(text) {
                Some(code) => countries.push(code.into_string()),
                None => notes.push(format!("the country '{}' is not known: not used", start_of(text))),
            }
        }
        notes.extend(query.unknown.keys().map(|field| format!("the field '{}' is not read", start_of(field))));
        let wanted = Wanted {
            kind,
            names: query.name.0.clone(),
            identifiers: identifiers
                .into_iter()
                .flat_map(|(kind, texts)| texts.0.iter().map(move |text| (kind, text.clone())))
                .collect(),
            papers: query.passport.0.clone(),
            births,
            countries,
        };
        if wanted.names.is_empty() && wanted.identifiers.is_empty() && wanted.papers.is_empty() {
            notes.push("the query has neither a name nor an identifier: nobody can be found by it".to_owned());
        }
        (wanted, notes)
    }
}

/// What a schema of FollowTheMoney narrows a search to. Wallets are listed with their owners, so that they narrow nothing, and so
/// does what may be a person or an organisation.
fn kind_of(schema: &str) -> Result<Option<EntryKind>, String> {
    Ok(match schema {
        "Person" => Some(EntryKind::Person),
        "Organization" | "Organisation" | "Company" | "PublicBody" => Some(EntryKind::Organisation),
        "Vessel" => Some(EntryKind::Vessel),
        "Airplane" | "Aircraft" => Some(EntryKind::Aircraft),
        "" | "Thing" | "LegalEntity" | "CryptoWallet" | "Vehicle" | "Asset" | "Security" | "Address" => None,
        other => return Err(start_of(other).to_owned()),
    })
}

/// Foreign text as much as a message bears.
fn start_of(text: &str) -> &str {
    text.char_indices().nth(60).map_or(text, |(end, _)| &text[..end])
}

/// One text, several, or none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Texts(pub Vec<String>);

impl<'de> Deserialize<'de> for Texts {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Written {
            One(String),
            Number(serde_json::Number),
            Several(Vec<String>),
            Nothing(()),
        }
        let texts = match Written::deserialize(deserializer) {
            Ok(Written::One(text)) => vec![text],
            Ok(Written::Number(number)) => vec![number.to_string()],
            Ok(Written::Several(texts)) => texts,
            Ok(Written::Nothing(())) => Vec::new(),
            Err(_) => return Err(serde::de::Error::custom("expected a text or a list of texts")),
        };
        Ok(Self(texts.into_iter().filter(|text| !text.trim().is_empty()).collect()))
    }
}

/// What the lists say to a query.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct AnswerLine {
    /// As the query gave it.
    pub qid: Value,
    /// Entries, best first.
    pub results: Vec<ResultLine>,
    /// What of the query could not be used.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
    /// Why the query could not be answered at all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
}

/// An entry that fits.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ResultLine {
    /// Id, such as `ofac:12345`.
    pub id: String,
    /// How well it fits, 0…1.
    pub score: f64,
    /// The listed name that fitted best, or the primary one where an identifier did.
    pub name: String,
    /// The list.
    pub list: String,
    /// What the score is made of, each with the two values that met.
    pub features: Features,
}

/// What a score is made of.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Features {
    /// What the entry is.
    pub kind: EntryKind,
    /// How the names met.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<NameFeature>,
    /// Identifiers that agree to the last character of their canonical forms.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub identifiers: Vec<IdentifierFeature>,
    /// What birth dates and countries say.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub qualifiers: Vec<QualifierFeature>,
}

/// Two names that met.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct NameFeature {
    /// As the query writes it.
    pub query: String,
    /// As the list writes it.
    pub listed: String,
    /// How much the list stands behind it.
    pub quality: NameQuality,
    /// How well the spellings fit, before anything else is looked at.
    pub score: f64,
    /// Share of the query's weight that found a partner.
    pub query_coverage: f64,
    /// Share of the listed name's weight that found a partner.
    pub listed_coverage: f64,
    /// Whether both were read as Korean names.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub korean: bool,
    /// How many ordinary names would fit somebody as well; people only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ordinary: Option<OrdinaryFeature>,
    /// The steps from one spelling to the other.
    pub operations: Vec<OperationFeature>,
}

/// How many ordinary names that are made in the way of the query's would fit somebody on these lists as well by name.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct OrdinaryFeature {
    /// The way in which the query's name is made, told from its words alone.
    pub tradition: &'static str,
    /// Of 10,000 such names.
    pub of_10000: f64,
}

/// One step from the query's spelling to the listed one; words stand romanised.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OperationFeature {
    /// Words of the query; empty where the list has more.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub query: String,
    /// Words of the listed name; empty where the query has more.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub listed: String,
    /// What happened: `exact`, `romanisation`, `consonants`, `tradition`, `nickname`, `initial`, `typo`, `joined`, `only in query`
    /// or `only in list`.
    pub step: &'static str,
}

/// An identifier that agrees.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct IdentifierFeature {
    /// What it is: `email`, `phone`, `wallet`, `document` …
    pub kind: &'static str,
    /// As the query writes it.
    pub query: String,
}

/// An attribute besides names and identifiers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct QualifierFeature {
    /// `birth date` or `country`.
    pub attribute: &'static str,
    /// The query's value.
    pub query: String,
    /// The entry's values.
    pub listed: String,
    /// `for`, `somewhat for`, `nearly` or `against`.
    pub speaks: &'static str,
}

impl AnswerLine {
    /// The answer to a query that was understood.
    #[must_use]
    pub fn of(qid: Value, hits: &[Hit<'_>], notes: Vec<String>) -> Self {
        Self { qid, results: hits.iter().map(ResultLine::of).collect(), notes, error: None }
    }

    /// The answer to a line that is no query: nothing was looked for.
    #[must_use]
    pub fn failed(qid: Value, error: String) -> Self {
        Self { qid, error: Some(error), ..Self::default() }
    }
}

impl ResultLine {
    fn of(hit: &Hit<'_>) -> Self {
        let name = hit.name.as_ref().map_or_else(|| hit.entry.primary_name(), |name| name.listed);
        Self {
            id: hit.entry.id.to_string(),
            score: six_places(hit.score),
            name: name.to_owned(),
            list: hit.entry.id.list.as_str().to_owned(),
            features: Features {
                kind: hit.entry.kind,
                name: hit.name.as_ref().map(|name| NameFeature::of(name, hit)),
                identifiers: hit
                    .identified
                    .iter()
                    .map(|(kind, query)| IdentifierFeature { kind, query: query.clone() })
                    .collect(),
                qualifiers: hit.qualifiers.iter().map(QualifierFeature::of).collect(),
            },
        }
    }
}

impl NameFeature {
    fn of(hit: &NameHit<'_>, of: &Hit<'_>) -> Self {
        let name = of.entry.names.iter().find(|name| *name.text == *hit.listed);
        let quality = name.map_or(NameQuality::Primary, |name| name.quality);
        let features = &hit.met.features;
        Self {
            query: hit.query.clone(),
            listed: hit.listed.to_owned(),
            quality,
            score: six_places(hit.met.score.into()),
            query_coverage: six_places(features.query_coverage.into()),
            listed_coverage: six_places(features.listed_coverage.into()),
            korean: features.korean.is_some(),
            ordinary: hit.ordinary.map(|ordinary| OrdinaryFeature {
                tradition: ordinary.tradition.word(),
                of_10000: (ordinary.of_ten_thousand * 10.0).round() / 10.0,
            }),
            operations: hit.met.operations().iter().map(|operation| OperationFeature::of(operation, hit)).collect(),
        }
    }
}

impl OperationFeature {
    fn of(operation: &Operation, hit: &NameHit<'_>) -> Self {
        let part = |(first, number): (u8, u8)| usize::from(first)..usize::from(first) + usize::from(number);
        let mut left = hit.query_words.get(part(operation.query)).unwrap_or_default().join(" ");
        let mut right = hit.listed_words.get(part(operation.listed)).unwrap_or_default().join(" ");
        match operation.kind {
            OperationKind::OnlyInQuery => right.clear(),
            OperationKind::OnlyInList => left.clear(),
            _ => {}
        }
        Self { query: left, listed: right, step: step(operation.kind) }
    }
}

impl QualifierFeature {
    fn of(qualifier: &Qualifier) -> Self {
        let speaks = match qualifier.speaks {
            Speaks::For => "for",
            Speaks::Somewhat => "somewhat for",
            Speaks::Nearly => "nearly",
            Speaks::Against => "against",
        };
        Self { attribute: qualifier.attribute, query: qualifier.query.clone(), listed: qualifier.listed.clone(), speaks }
    }
}

const fn step(kind: OperationKind) -> &'static str {
    match kind {
        OperationKind::Exact => "exact",
        OperationKind::Romanisation => "romanisation",
        OperationKind::Consonants => "consonants",
        OperationKind::Tradition => "tradition",
        OperationKind::Translation => "translation",
        OperationKind::Nickname => "nickname",
        OperationKind::Initial => "initial",
        OperationKind::Typo => "typo",
        OperationKind::Joined => "joined",
        OperationKind::OnlyInQuery => "only in query",
        OperationKind::OnlyInList => "only in list",
    }
}

/// At most six digits of a number in 0…1.
fn six_places(number: f64) -> f64 {
    (number * 1e6).round() / 1e6
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_text_and_several_are_read_alike() {
        let query = |text: &str| serde_json::from_str::<QueryLine>(text);
        let one = query(r#"{"qid":7,"schema":"Person","query":{"name":"Robin Sample","birthDate":1980,"other":1}}"#).unwrap();
        assert_eq!(one.query.name.0, ["Robin Sample"]);
        assert_eq!(one.query.birth_date.0, ["1980"]);
        assert_eq!(one.qid, Value::from(7));
        let several = query(r#"{"qid":"a","query":{"name":["Robin Sample"," "],"email":null}}"#).unwrap();
        assert_eq!((several.query.name.0.len(), several.query.email.0.len()), (1, 0));
        let wrong = query(r#"{"qid":"a","query":{"name":{"full":"Robin"}}}"#).unwrap_err().to_string();
        assert!(wrong.contains("expected a text or a list of texts"), "{wrong}");
    }
}
