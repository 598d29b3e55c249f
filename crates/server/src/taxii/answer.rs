//! Answers, and refusals.

use axum::{
    body::Body,
    http::{HeaderName, HeaderValue, StatusCode, header},
    response::Response,
};
use bonafide_intel::taxii::{MEDIA_TYPE, write_instant};
use serde::Serialize;

const ADDED_FIRST: HeaderName = HeaderName::from_static("x-taxii-date-added-first");
const ADDED_LAST: HeaderName = HeaderName::from_static("x-taxii-date-added-last");

/// Why a request is refused, as an error message of TAXII (section 3.6.1).
#[derive(Debug)]
pub(super) struct Refused {
    status: StatusCode,
    title: &'static str,
    description: String,
    allow: Option<&'static str>,
}

#[derive(Serialize)]
struct Message<'m> {
    title: &'m str,
    description: &'m str,
    http_status: String,
}

impl Refused {
    pub(super) fn new(status: StatusCode, title: &'static str, description: impl Into<String>) -> Self {
        Self { status, title, description: description.into(), allow: None }
    }

    pub(super) fn bad_request(description: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "The request cannot be understood", description)
    }

    pub(super) fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, "There is nothing here", "no such resource, or none that you may see")
    }

    pub(super) fn forbidden(description: impl Into<String>) -> Self {
        Self::new(StatusCode::FORBIDDEN, "You may not do that", description)
    }

    pub(super) fn method(allow: &'static str) -> Self {
        let refused =
            Self::new(StatusCode::METHOD_NOT_ALLOWED, "The method is not for this resource", format!("there are {allow}"));
        Self { allow: Some(allow), ..refused }
    }

    pub(super) fn failed() -> Self {
        Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "The server failed",
            "the collection cannot be read or written; its log says why",
        )
    }

    pub(super) fn into_response(self) -> Response {
        let message =
            Message { title: self.title, description: &self.description, http_status: self.status.as_u16().to_string() };
        let mut response = json(self.status, &message);
        if self.status == StatusCode::UNAUTHORIZED {
            let challenge = HeaderValue::from_static("Basic realm=\"Bonafide TAXII\", charset=\"UTF-8\"");
            response.headers_mut().insert(header::WWW_AUTHENTICATE, challenge);
        }
        if let Some(allow) = self.allow {
            response.headers_mut().insert(header::ALLOW, HeaderValue::from_static(allow));
        }
        response
    }
}

/// A resource as JSON.
pub(super) fn json(status: StatusCode, resource: &impl Serialize) -> Response {
    // What is written here has no maps with keys that are no texts.
    bytes(status, serde_json::to_vec(resource).unwrap_or_default())
}

/// A resource that is JSON already.
pub(super) fn bytes(status: StatusCode, body: Vec<u8>) -> Response {
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(MEDIA_TYPE));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    response
}

/// Says when the first and last of a page were added (section 3.4).
pub(super) fn with_dates(mut response: Response, added: Option<(i64, i64)>) -> Response {
    if let Some((first, last)) = added {
        for (name, at) in [(ADDED_FIRST, first), (ADDED_LAST, last)] {
            if let Ok(value) = HeaderValue::from_str(&write_instant(at)) {
                response.headers_mut().insert(name, value);
            }
        }
    }
    response
}
