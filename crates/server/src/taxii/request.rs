//! Requests: what is asked for, by whom, and the answer.

use std::{sync::Arc, time::Duration};

use axum::{
    body::to_bytes,
    extract::Request,
    http::{HeaderMap, HeaderName, Method, StatusCode, header},
    response::Response,
};
use bonafide_intel::taxii::{
    Collection, CollectionError, Cursor, Deleted, Endpoint, Filter, MEDIA_TYPE, MOST_OF_A_PAGE, MatchVersion, Page, Purpose,
    USUAL_PAGE, objects_of, write_instant,
};
use jiff::Timestamp;
use serde::Serialize;

use super::{
    DISCOVERY, MOST_BYTES, ROOT, Served, State, UserSettings,
    answer::{Refused, bytes, json, with_dates},
    media,
    status::Status,
};

/// Time that a body may take.
const BODY_TIME: Duration = Duration::from_secs(60);

/// What a path leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Resource<'p> {
    Discovery,
    Root,
    Status(&'p str),
    Collections,
    Collection(&'p str),
    Manifest(&'p str),
    Objects(&'p str),
    Object(&'p str, &'p str),
    Versions(&'p str, &'p str),
}

impl<'p> Resource<'p> {
    fn of(path: &'p str) -> Option<Self> {
        if path == DISCOVERY {
            return Some(Self::Discovery);
        }
        let rest = path.strip_prefix(ROOT)?;
        let parts: Vec<&str> = rest.split('/').collect();
        Some(match parts.as_slice() {
            [""] => Self::Root,
            ["status", id, ""] => Self::Status(id),
            ["collections", ""] => Self::Collections,
            ["collections", id, ""] => Self::Collection(id),
            ["collections", id, "manifest", ""] => Self::Manifest(id),
            ["collections", id, "objects", ""] => Self::Objects(id),
            ["collections", id, "objects", object, ""] => Self::Object(id, object),
            ["collections", id, "objects", object, "versions", ""] => Self::Versions(id, object),
            _ => return None,
        })
    }

    const fn methods(self) -> &'static str {
        match self {
            Self::Objects(_) => "GET, HEAD, POST",
            Self::Object(..) => "GET, HEAD, DELETE",
            _ => "GET, HEAD",
        }
    }
}

/// Answers a request, or says why not.
pub(super) async fn answer(state: Arc<State>, request: Request) -> Result<Response, Refused> {
    let (head, body) = request.into_parts();
    let user =
        state.users.find(text(&head.headers, header::AUTHORIZATION)).await.cloned().ok_or_else(|| {
            Refused::new(StatusCode::UNAUTHORIZED, "Who are you?", "sign in with name and password (HTTP Basic)")
        })?;
    let resource = Resource::of(head.uri.path()).ok_or_else(Refused::not_found)?;
    let method = if head.method == Method::HEAD { Method::GET } else { head.method };
    if !resource.methods().split(", ").any(|of| of == method.as_str()) {
        return Err(Refused::method(resource.methods()));
    }
    if !media::accepts(text(&head.headers, header::ACCEPT)) {
        let what = format!("what is here is {MEDIA_TYPE}");
        return Err(Refused::new(StatusCode::NOT_ACCEPTABLE, "There is no other media type", what));
    }
    let parameters = parameters(head.uri.query().unwrap_or_default())?;
    match (resource, method) {
        (Resource::Objects(id), Method::POST) => {
            let _ = state.writable(&user, id)?;
            if !media::is_envelope(text(&head.headers, header::CONTENT_TYPE)) {
                let what = format!("send {MEDIA_TYPE}");
                return Err(Refused::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "The body is of another media type", what));
            }
            let body = whole(&head.headers, body).await?;
            let id = id.to_owned();
            blocking(move || state.add(&user, &id, &body)).await
        }
        (Resource::Object(id, object), Method::DELETE) => {
            let (id, object) = (id.to_owned(), decoded(object)?);
            blocking(move || state.delete(&user, &id, &object, &parameters)).await
        }
        (Resource::Discovery, _) => Ok(state.discovery()),
        (Resource::Root, _) => Ok(state.root()),
        (Resource::Status(id), _) => {
            let status = state.statuses.get(&user.name, id).ok_or_else(Refused::not_found)?;
            Ok(json(StatusCode::OK, &*status))
        }
        (Resource::Collections, _) => Ok(state.collections_of(&user)),
        (Resource::Collection(id), _) => Ok(json(StatusCode::OK, &describe(state.visible(&user, id)?, &user))),
        (Resource::Manifest(id), _) => state.page(&user, id, "", Endpoint::Manifest, &parameters),
        (Resource::Objects(id), _) => state.page(&user, id, "", Endpoint::Objects, &parameters),
        (Resource::Object(id, object), _) => state.page(&user, id, &decoded(object)?, Endpoint::Object, &parameters),
        (Resource::Versions(id, object), _) => state.page(&user, id, &decoded(object)?, Endpoint::Versions, &parameters),
    }
}

#[derive(Serialize)]
struct Discovery<'s> {
    title: &'s str,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'s str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    contact: Option<&'s str>,
    default: &'static str,
    api_roots: [&'static str; 1],
}

#[derive(Serialize)]
struct ApiRoot<'s> {
    title: &'s str,
    versions: [&'static str; 1],
    max_content_length: usize,
}

#[derive(Serialize)]
struct Described<'s> {
    id: &'s str,
    title: &'s str,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'s str>,
    can_read: bool,
    can_write: bool,
    media_types: [&'static str; 2],
}

#[derive(Serialize)]
struct Collections<'s> {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    collections: Vec<Described<'s>>,
}

#[derive(Serialize)]
struct Manifest {
    #[serde(skip_serializing_if = "Option::is_none")]
    more: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    objects: Vec<Record>,
}

#[derive(Serialize)]
struct Record {
    id: String,
    date_added: String,
    version: String,
    media_type: &'static str,
}

#[derive(Serialize)]
struct Versions {
    #[serde(skip_serializing_if = "Option::is_none")]
    more: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    versions: Vec<String>,
}

fn describe<'s>(served: &'s Served, user: &UserSettings) -> Described<'s> {
    let settings = &served.settings;
    Described {
        id: &settings.id,
        title: &settings.title,
        description: settings.description.as_deref(),
        can_read: user.may_read(&settings.id),
        can_write: user.may_write(&settings.id),
        media_types: ["application/stix+json;version=2.1", "application/stix+json;version=2.0"],
    }
}

impl State {
    fn title(&self) -> &str {
        self.settings.title.as_deref().unwrap_or("Bonafide")
    }

    fn discovery(&self) -> Response {
        let settings = &self.settings;
        let (description, contact) = (settings.description.as_deref(), settings.contact.as_deref());
        json(StatusCode::OK, &Discovery { title: self.title(), description, contact, default: ROOT, api_roots: [ROOT] })
    }

    fn root(&self) -> Response {
        let root = ApiRoot { title: self.title(), versions: [MEDIA_TYPE], max_content_length: MOST_BYTES };
        json(StatusCode::OK, &root)
    }

    fn collections_of(&self, user: &UserSettings) -> Response {
        // In the order of the settings.
        let all = self.settings.collections.iter().filter_map(|of| self.visible(user, &of.id).ok());
        json(StatusCode::OK, &Collections { collections: all.map(|served| describe(served, user)).collect() })
    }

    /// A collection that a user may read or write.
    fn visible(&self, user: &UserSettings, id: &str) -> Result<&Served, Refused> {
        let served = self.collections.get(id).ok_or_else(Refused::not_found)?;
        if user.may_read(id) || user.may_write(id) { Ok(served) } else { Err(Refused::not_found()) }
    }

    fn readable(&self, user: &UserSettings, id: &str) -> Result<&Collection, Refused> {
        let served = self.visible(user, id)?;
        if user.may_read(id) {
            Ok(&served.collection)
        } else {
            Err(Refused::forbidden("you may write this collection, and not read it"))
        }
    }

    fn writable(&self, user: &UserSettings, id: &str) -> Result<&Collection, Refused> {
        let served = self.visible(user, id)?;
        if user.may_write(id) {
            Ok(&served.collection)
        } else {
            Err(Refused::forbidden("you may read this collection, and not write it"))
        }
    }

    fn add(&self, user: &UserSettings, id: &str, body: &[u8]) -> Result<Response, Refused> {
        let collection = self.writable(user, id)?;
        let objects = objects_of(body).map_err(|error| {
            let status = match error {
                bonafide_intel::taxii::EnvelopeError::NoJson(_) => StatusCode::BAD_REQUEST,
                _ => StatusCode::UNPROCESSABLE_ENTITY,
            };
            Refused::new(status, "The body is no envelope", error.to_string())
        })?;
        let now = Timestamp::now().as_microsecond();
        let outcomes = collection.add(&objects, now).map_err(failed)?;
        let status = self.statuses.keep(&user.name, Status::of(new_id(), now, outcomes));
        Ok(json(StatusCode::ACCEPTED, &*status))
    }

    fn delete(&self, user: &UserSettings, id: &str, object: &str, parameters: &[(String, String)]) -> Result<Response, Refused> {
        let collection = self.writable(user, id)?;
        let collection = self.readable(user, id).map(|_| collection)?;
        let asked = Asked::of(parameters)?;
        match collection.delete(object, &asked.filter).map_err(failed)? {
            Deleted::Unknown => Err(Refused::not_found()),
            Deleted::Versions(_) => Ok(bytes(StatusCode::OK, Vec::new())),
        }
    }

    fn page(
        &self,
        user: &UserSettings,
        id: &str,
        object: &str,
        endpoint: Endpoint,
        parameters: &[(String, String)],
    ) -> Result<Response, Refused> {
        let collection = self.readable(user, id)?;
        let asked = Asked::of(parameters)?;
        if !object.is_empty() && !collection.knows(object) {
            return Err(Refused::not_found());
        }
        let purpose = Purpose { collection: id, user: &user.name, endpoint, object };
        let (filter, after) = match &asked.next {
            None => (asked.filter, None),
            Some(next) => {
                let refused =
                    || Refused::bad_request("`next` is of another request: take the one that came with the page before");
                let cursor = self.cursors.open(next, &purpose).ok_or_else(refused)?;
                // By itself a cursor stands for what was asked for.
                if asked.filter != Filter::default() && asked.filter.canonical() != cursor.filter.canonical() {
                    return Err(refused());
                }
                (cursor.filter, Some(cursor.after))
            }
        };
        let mut wanted = filter.clone();
        if !object.is_empty() {
            wanted.matching.ids = vec![object.to_owned()];
        }
        if endpoint == Endpoint::Versions {
            wanted.matching.versions = vec![MatchVersion::All];
        }
        let page = collection.page(&wanted, after, asked.limit);
        let next = page.added.filter(|_| page.more).map(|(_, last)| self.cursors.seal(&Cursor { after: last, filter }, &purpose));
        let response = written(collection, &page, next, endpoint).map_err(failed)?;
        Ok(with_dates(response, page.added))
    }
}

fn written(collection: &Collection, page: &Page, next: Option<String>, endpoint: Endpoint) -> Result<Response, CollectionError> {
    let more = page.more.then_some(true);
    Ok(match endpoint {
        Endpoint::Manifest => {
            let record = |of: bonafide_intel::taxii::Listed| Record {
                id: of.id,
                date_added: write_instant(of.added),
                version: of.version,
                media_type: of.spec.media_type(),
            };
            let objects = collection.listed(page).into_iter().map(record).collect();
            json(StatusCode::OK, &Manifest { more, next, objects })
        }
        Endpoint::Versions => {
            let versions = collection.listed(page).into_iter().map(|of| of.version).collect();
            json(StatusCode::OK, &Versions { more, next, versions })
        }
        Endpoint::Objects | Endpoint::Object => {
            let mut body = Vec::with_capacity(256 + page.len() * 1_024);
            body.push(b'{');
            if let Some(next) = next {
                // A cursor is hexadecimal digits.
                body.extend_from_slice(format!("\"more\":true,\"next\":\"{next}\"").as_bytes());
            }
            if !page.is_empty() {
                body.extend_from_slice(if body.len() > 1 { b",\"objects\":[" } else { b"\"objects\":[" });
                collection.write_objects(page, &mut body)?;
                body.push(b']');
            }
            body.push(b'}');
            bytes(StatusCode::OK, body)
        }
    })
}

/// What the parameters of a request ask for.
struct Asked {
    filter: Filter,
    limit: usize,
    next: Option<String>,
}

impl Asked {
    fn of(parameters: &[(String, String)]) -> Result<Self, Refused> {
        let mut asked = Self { filter: Filter::default(), limit: USUAL_PAGE, next: None };
        let mut has_limit = false;
        for (name, value) in parameters {
            match name.as_str() {
                "limit" => {
                    let is_plain = !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit());
                    let limit = if is_plain { value.parse().unwrap_or(usize::MAX) } else { 0 };
                    if limit == 0 {
                        return Err(Refused::bad_request("`limit` must be a whole number from 1 on"));
                    }
                    asked.limit = limit.min(MOST_OF_A_PAGE);
                    if std::mem::replace(&mut has_limit, true) {
                        return Err(Refused::bad_request("`limit` is given more than once"));
                    }
                }
                "next" => {
                    if asked.next.replace(value.clone()).is_some() {
                        return Err(Refused::bad_request("`next` is given more than once"));
                    }
                }
                name => {
                    asked.filter.take(name, value).map_err(|error| Refused::bad_request(error.to_string()))?;
                }
            }
        }
        Ok(asked)
    }
}

fn text(headers: &HeaderMap, name: HeaderName) -> Option<&str> {
    headers.get(name).map(|value| value.to_str().unwrap_or("unreadable"))
}

async fn whole(headers: &HeaderMap, body: axum::body::Body) -> Result<Vec<u8>, Refused> {
    let too_large = || {
        let what = format!("send {MOST_BYTES} bytes at most (max_content_length), in several requests if there are more");
        Refused::new(StatusCode::PAYLOAD_TOO_LARGE, "The body is too large", what)
    };
    let announced = text(headers, header::CONTENT_LENGTH).and_then(|length| length.parse::<usize>().ok());
    if announced.is_some_and(|length| length > MOST_BYTES) {
        return Err(too_large());
    }
    match tokio::time::timeout(BODY_TIME, to_bytes(body, MOST_BYTES)).await {
        Ok(Ok(bytes)) => Ok(bytes.into()),
        Ok(Err(_)) => Err(too_large()),
        Err(_) => Err(Refused::new(StatusCode::REQUEST_TIMEOUT, "The body took too long", "send it within a minute")),
    }
}

/// Runs what waits for the disk where waiting holds nobody up.
async fn blocking(work: impl FnOnce() -> Result<Response, Refused> + Send + 'static) -> Result<Response, Refused> {
    tokio::task::spawn_blocking(work).await.unwrap_or_else(|_| Err(Refused::failed()))
}

fn failed(_: CollectionError) -> Refused {
    Refused::failed()
}

/// The parameters of a query, decoded.
fn parameters(query: &str) -> Result<Vec<(String, String)>, Refused> {
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    pairs
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            Ok((decoded(&name.replace('+', " "))?, decoded(&value.replace('+', " "))?))
        })
        .collect()
}

/// Percent-encoding taken away (RFC 3986, section 2.1).
fn decoded(text: &str) -> Result<String, Refused> {
    let wrong =
        || Refused::bad_request("a percent sign is followed by no two hexadecimal digits, or what comes of it is not in UTF-8");
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        if byte != b'%' {
            bytes.push(byte);
            rest = after;
            continue;
        }
        let (digits, after) = after.split_at_checked(2).ok_or_else(wrong)?;
        let digits = std::str::from_utf8(digits).map_err(|_| wrong())?;
        if !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            return Err(wrong());
        }
        bytes.push(u8::from_str_radix(digits, 16).map_err(|_| wrong())?);
        rest = after;
    }
    String::from_utf8(bytes).map_err(|_| wrong())
}

/// A random UUID (RFC 9562, version 4).
fn new_id() -> String {
    let mut bytes = [0; 16];
    // Where there is no randomness the time of the request tells statuses apart.
    if getrandom::getrandom(&mut bytes).is_err() {
        bytes[..8].copy_from_slice(&Timestamp::now().as_microsecond().to_be_bytes());
    }
    bytes[6] = bytes[6] & 0x0F | 0x40;
    bytes[8] = bytes[8] & 0x3F | 0x80;
    let text: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("{}-{}-{}-{}-{}", &text[..8], &text[8..12], &text[12..16], &text[16..20], &text[20..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_lead_where_they_should() {
        assert_eq!(Resource::of("/taxii2/"), Some(Resource::Discovery));
        assert_eq!(Resource::of("/taxii2/bonafide/"), Some(Resource::Root));
        assert_eq!(Resource::of("/taxii2/bonafide/collections/a/objects/b/versions/"), Some(Resource::Versions("a", "b")));
        for nowhere in
            ["/taxii2", "/taxii2/bonafide", "/taxii2/bonafide/collections", "/taxii2/other/", "/taxii2/bonafide/collections/a/x/"]
        {
            assert_eq!(Resource::of(nowhere), None, "{nowhere}");
        }
    }

    #[test]
    fn queries_are_decoded() {
        let read = parameters("match%5Btype%5D=a%2Cb&&limit=5&x").unwrap();
        assert_eq!(read, [("match[type]", "a,b"), ("limit", "5"), ("x", "")].map(|(a, b)| (a.to_owned(), b.to_owned())));
        assert!(parameters("x=%zz").is_err() && parameters("x=%2").is_err() && parameters("x=%FF").is_err());
        for bad in ["limit=0", "limit=-1", "limit=", "limit=x", "limit=1&limit=1", "next=a&next=b", "limit=1.5"] {
            assert!(Asked::of(&parameters(bad).unwrap()).is_err(), "{bad}");
        }
        assert_eq!(Asked::of(&parameters("limit=99999999999999999999999").unwrap()).unwrap().limit, MOST_OF_A_PAGE);
    }

    #[test]
    fn ids_are_uuids_of_their_own() {
        let (one, other) = (new_id(), new_id());
        assert!(one != other && one.len() == 36 && one.as_bytes()[14] == b'4');
    }
}
