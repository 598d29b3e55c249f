//! What stands inside sealed payloads, its versions, and its encoding.
//!
//! A payload is JSON of a kind and a version. An old version is brought up by upcasters when it is read; stored bytes are never
//! rewritten. The files in `tests/golden/` hold one payload of every version ever written and are read by the tests for ever.

use bonafide_model::{
    ContentHash,
    assessment::Assessment,
    fact::{Fact, Provenance},
    id::SubjectId,
    lens::Asked,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::Value;

use crate::{
    error::{Result, StoreError},
    id::{Position, SubjectKeyId},
};

/// Kinds of payloads that the store itself writes. All other kinds belong to its callers.
pub mod kind {
    /// What they all begin with.
    pub(crate) const OWN: &str = "subject.";
    /// A subject became known: [`SubjectOpened`](super::SubjectOpened).
    pub const OPENED: &str = "subject.opened";
    /// Facts and original files of a subject: [`FactsRecorded`](super::FactsRecorded).
    pub const FACTS: &str = "subject.facts";
    /// An assessment with its replay: [`Assessed`](super::Assessed).
    pub const ASSESSED: &str = "subject.assessed";
    /// A subject was erased; sealed under the store's own key: [`SubjectErased`](super::SubjectErased).
    pub const ERASED: &str = "subject.erased";
}

/// A subject became known, by an application of its own or because another's evidence names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SubjectOpened {
    /// Its id, which may be an e-mail address or a name and so stands nowhere in clear.
    pub subject: SubjectId,
}

/// A fact with its provenance.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RecordedFact {
    /// The fact.
    pub fact: Fact,
    /// When and by whom it was collected.
    pub provenance: Provenance,
}

/// Facts of one provenance.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct FactGroup {
    /// When and by whom they were collected.
    pub provenance: Provenance,
    /// The facts.
    pub facts: Vec<Fact>,
}

/// An original file, kept sealed in the blob folder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlobRef {
    /// Its path inside the application, as the applicant named it: foreign text.
    pub name: String,
    /// Hash of the sealed bytes: the blob's address.
    pub address: ContentHash,
    /// Hash of the original bytes.
    pub content: ContentHash,
    /// Length of the original in bytes.
    pub bytes: u64,
}

/// Names a recorded fact by where it stands in the log, not by its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct FactRef {
    /// Position of the event that added it.
    pub at: Position,
    /// Which of the facts added there, from 0, counted through all groups.
    pub nth: u32,
}

/// What changed in the facts and original files that one scope states of a subject.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct FactsRecorded {
    /// Who speaks, such as `application` or `interview`.
    pub scope: String,
    /// Facts added.
    pub added: Vec<FactGroup>,
    /// Facts that the scope no longer states; ascending. They stay in the history.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub withdrawn: Vec<FactRef>,
    /// Original files added or replaced.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub blobs: Vec<BlobRef>,
    /// Names of original files that the scope no longer has.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dropped: Vec<String>,
}

/// An assessment together with every question asked and its answer: all that a replay needs besides dossier and catalogue.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Assessed {
    /// The assessment.
    pub assessment: Assessment,
    /// The lens's answers.
    pub asked: Vec<Asked>,
}

/// Why a subject was erased. Preferably one of a closed set: a text outlives the erasure and must not name the person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ErasureReason {
    /// The person asked for it.
    SubjectRequest,
    /// The retention period ended.
    RetentionEnded,
    /// The record was made by mistake, or is a test.
    MadeByMistake,
    /// A court or authority ordered it.
    Ordered,
    /// The purpose of processing fell away or the person objected to it.
    PurposeEnded,
    /// Another reason, stated in words.
    Stated,
}

impl ErasureReason {
    /// All reasons.
    pub const ALL: [Self; 6] =
        [Self::SubjectRequest, Self::RetentionEnded, Self::MadeByMistake, Self::Ordered, Self::PurposeEnded, Self::Stated];

    /// The name used in files and on the command line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::SubjectRequest => "subject_request",
            Self::RetentionEnded => "retention_ended",
            Self::MadeByMistake => "made_by_mistake",
            Self::Ordered => "ordered",
            Self::PurposeEnded => "purpose_ended",
            Self::Stated => "stated",
        }
    }
}

impl std::fmt::Display for ErasureReason {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(self.name())
    }
}

impl std::str::FromStr for ErasureReason {
    type Err = String;

    fn from_str(text: &str) -> std::result::Result<Self, String> {
        Self::ALL.into_iter().find(|reason| reason.name() == text).ok_or_else(|| {
            let names: Vec<_> = Self::ALL.iter().map(|reason| reason.name()).collect();
            format!("'{text}' is not a reason for erasure; expected one of {}", names.join(", "))
        })
    }
}

/// A subject was erased.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SubjectErased {
    /// The opaque id of the destroyed key.
    pub key: SubjectKeyId,
    /// The person who ordered it; `None` where an interrupted erasure or a restored backup was brought up to date.
    pub by: Option<String>,
    /// Why.
    pub reason: Option<ErasureReason>,
    /// The reason in words, free of anything about the person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub words: Option<String>,
}

/// The newest versions of the store's own payloads.
pub(crate) const VERSION: u16 = 1;

/// Brings a payload of version `from` to `from + 1`.
pub type Upcast = fn(Value) -> Value;

/// The upcasters of one kind of payload: the first brings version 1 to version 2, and so on.
#[derive(Clone, Copy, Debug)]
pub struct Upcasters(pub &'static [Upcast]);

impl Upcasters {
    /// The newest version.
    #[must_use]
    pub fn newest(self) -> u16 {
        1 + u16::try_from(self.0.len()).unwrap_or(u16::MAX - 1)
    }

    /// Reads a payload of any version up to the newest.
    ///
    /// # Errors
    /// [`StoreError::NewerPayload`] and [`StoreError::Payload`].
    pub fn read<T: DeserializeOwned>(self, position: Position, kind: &str, version: u16, json: &[u8]) -> Result<T> {
        let failed = |source| StoreError::Payload { position, kind: kind.to_owned(), source };
        if version == 0 || version > self.newest() {
            let (found, known) = (version, self.newest());
            return Err(StoreError::NewerPayload { position, kind: kind.to_owned(), found, known });
        }
        if version == self.newest() {
            return serde_json::from_slice(json).map_err(failed);
        }
        let first: Value = serde_json::from_slice(json).map_err(failed)?;
        let brought_up = self.0[usize::from(version) - 1..].iter().fold(first, |value, upcast| upcast(value));
        serde_json::from_value(brought_up).map_err(failed)
    }
}

/// The store's own kinds have had one version so far.
pub(crate) const OWN: Upcasters = Upcasters(&[]);

const PLAIN: u8 = 0;
const LZ4: u8 = 1;
/// Microseconds since 1970 and the encoding.
const ENVELOPE: usize = 8 + 1;
/// The largest payload, before and after compression.
pub(crate) const PAYLOAD_LIMIT: usize = 128 * 1024 * 1024;

/// Time and compressed JSON, ready to be sealed.
pub(crate) fn wrap(at: Timestamp, kind: &str, json: &[u8]) -> Result<Vec<u8>> {
    if json.len() > PAYLOAD_LIMIT {
        let (found, limit) = (json.len() as u64, PAYLOAD_LIMIT as u64);
        return Err(StoreError::TooLarge { what: format!("a payload of '{kind}'"), found, limit });
    }
    let mut bytes = Vec::with_capacity(ENVELOPE + json.len() / 2);
    bytes.extend_from_slice(&at.as_microsecond().to_le_bytes());
    if json.len() < 64 {
        bytes.push(PLAIN);
        bytes.extend_from_slice(json);
    } else {
        bytes.push(LZ4);
        bytes.extend_from_slice(&lz4_flex::block::compress_prepend_size(json));
    }
    Ok(bytes)
}

/// The opposite of [`wrap`]; `None` where the bytes are no envelope.
pub(crate) fn unwrap(bytes: &[u8]) -> Option<(Timestamp, Vec<u8>)> {
    let (at, rest) = bytes.split_first_chunk::<8>()?;
    let at = Timestamp::from_microsecond(i64::from_le_bytes(*at)).ok()?;
    let (encoding, body) = rest.split_first()?;
    match *encoding {
        PLAIN => Some((at, body.to_vec())),
        LZ4 => {
            let (size, _) = lz4_flex::block::uncompressed_size(body).ok()?;
            if size > PAYLOAD_LIMIT {
                return None;
            }
            lz4_flex::block::decompress_size_prepended(body).ok().map(|json| (at, json))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_envelope_survives() {
        for text in ["{}".to_owned(), format!("\"{}\"", "x".repeat(5000))] {
            let at: Timestamp = "2026-11-21T10:00:00.123456Z".parse().expect("a time");
            let wrapped = wrap(at, "k", text.as_bytes()).expect("wraps");
            assert_eq!(unwrap(&wrapped), Some((at, text.into_bytes())));
        }
        for wrong in [&b""[..], b"1234567", b"12345678", b"12345678\x09{}", b"\0\0\0\0\0\0\0\0\x01\xff\xff\xff\xff"] {
            assert_eq!(unwrap(wrong), None);
        }
    }

    #[test]
    fn old_versions_are_brought_up_one_by_one() {
        #[derive(Deserialize, Debug, PartialEq)]
        struct Third {
            name: String,
            tags: Vec<String>,
        }
        const CHAIN: Upcasters = Upcasters(&[
            |old| json!({"name": old["title"]}),
            |old| {
                let mut new = old;
                new["tags"] = json!([]);
                new
            },
        ]);
        let want = Third { name: "x".into(), tags: vec![] };
        let read = |version, json: &str| CHAIN.read::<Third>(Position(1), "k", version, json.as_bytes());
        assert_eq!(read(1, r#"{"title":"x"}"#).expect("version 1"), want);
        assert_eq!(read(2, r#"{"name":"x"}"#).expect("version 2"), want);
        assert_eq!(read(3, r#"{"name":"x","tags":[]}"#).expect("version 3"), want);
        assert!(matches!(read(4, "{}"), Err(StoreError::NewerPayload { found: 4, known: 3, .. })));
        assert!(matches!(read(3, "{"), Err(StoreError::Payload { .. })));
    }
}
