//! Envelopes: what is sent to a collection.

use serde::Deserialize;
use serde_json::value::RawValue;
use thiserror::Error;

/// Why an envelope cannot be taken at all.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum EnvelopeError {
    /// It is no JSON.
    #[error("the body is no JSON")]
    NoJson(#[source] serde_json::Error),
    /// It is JSON, and no envelope.
    #[error("the body is no TAXII envelope: {0}")]
    NoEnvelope(&'static str),
}

#[derive(Deserialize)]
struct Envelope<'a> {
    #[serde(borrow)]
    objects: Option<Vec<&'a RawValue>>,
}

/// The objects of an envelope (section 3.7), as they stand there.
///
/// # Errors
/// [`EnvelopeError`] where it is none; objects that are broken are no reason.
pub fn objects_of(body: &[u8]) -> Result<Vec<&str>, EnvelopeError> {
    let text = std::str::from_utf8(body).map_err(|_| EnvelopeError::NoEnvelope("it is not in UTF-8"))?;
    let whole: &RawValue = serde_json::from_str(text).map_err(EnvelopeError::NoJson)?;
    if !whole.get().starts_with('{') {
        return Err(EnvelopeError::NoEnvelope("it is no JSON object"));
    }
    let envelope: Envelope<'_> =
        serde_json::from_str(text).map_err(|_| EnvelopeError::NoEnvelope("`objects` must be one list of objects"))?;
    match envelope.objects {
        None => Err(EnvelopeError::NoEnvelope("it has no `objects`")),
        Some(objects) if objects.is_empty() => Err(EnvelopeError::NoEnvelope("its `objects` are an empty list")),
        Some(objects) => Ok(objects.into_iter().map(RawValue::get).collect()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn objects_stand_as_they_were_sent() {
        let body = br#"{ "more": false, "objects": [ {"a" : 1e3 , "b":"\u00e9"}, 17 ] }"#;
        assert_eq!(objects_of(body).unwrap(), [r#"{"a" : 1e3 , "b":"\u00e9"}"#, "17"]);
        for (bad, is_json) in [
            ("", false),
            ("{", false),
            ("[]", true),
            ("17", true),
            ("{}", true),
            (r#"{"objects":{}}"#, true),
            (r#"{"objects":[]}"#, true),
            (r#"{"objects":[1],"objects":[2]}"#, true),
        ] {
            let error = objects_of(bad.as_bytes()).unwrap_err();
            assert_eq!(matches!(error, EnvelopeError::NoEnvelope(_)), is_json, "{bad}");
        }
        let deep = format!(r#"{{"objects":[{}{}]}}"#, "[".repeat(100_000), "]".repeat(100_000));
        assert_eq!(objects_of(deep.as_bytes()).unwrap().len(), 1);
        assert!(objects_of(b"{\"objects\":[\"\xFF\"]}").is_err());
    }
}
