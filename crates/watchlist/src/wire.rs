//! The JSON of `bonafide screen`: queries and answers, one object a line. Frozen: fields are added, never changed or dropped.

use serde::{Deserialize, Serialize};
use serde_json::Value;

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
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AnswerLine {
    /// As the query gave it.
    pub qid: Value,
    /// Entries, best first.
    pub results: Vec<ResultLine>,
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
    pub features: Value,
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
