//! The interface as an axum router, for a server to mount (feature `http`). No socket here: axum without its runtime.

use std::sync::{Arc, Mutex, PoisonError, RwLock};

use axum::{
    Router,
    body::{Body, Bytes},
    extract::{DefaultBodyLimit, State},
    http::{Method, StatusCode, Uri, header},
    response,
};

use super::{CONTENT_TYPE, MOST_BYTES, Request, Service};
use crate::screening::Search;

/// A service that is mounted: lists are replaced while it answers. Clones share it.
#[derive(Clone, Debug)]
pub struct Mounted(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    service: RwLock<Arc<Service>>,
    /// What searches need again and again, one for each request that runs at once.
    searches: Mutex<Vec<Search>>,
}

impl Mounted {
    /// Mounts a service.
    #[must_use]
    pub fn new(service: Service) -> Self {
        Self(Arc::new(Shared { service: RwLock::new(Arc::new(service)), searches: Mutex::new(Vec::new()) }))
    }

    /// Replaces the service; requests that run see the older one to their end.
    pub fn replace(&self, service: Service) {
        *self.0.service.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(service);
    }

    /// The router. A batch of a hundred examples takes some ten milliseconds of computing: a server that answers many hands it to
    /// threads of their own.
    pub fn router(&self) -> Router {
        Router::new().fallback(answer).layer(DefaultBodyLimit::max(MOST_BYTES)).with_state(self.clone())
    }

    fn answer(&self, request: &Request<'_>) -> super::Response {
        let service = Arc::clone(&self.0.service.read().unwrap_or_else(PoisonError::into_inner));
        let searches = || self.0.searches.lock().unwrap_or_else(PoisonError::into_inner);
        let mut search = searches().pop().unwrap_or_default();
        let answer = service.answer(&mut search, request);
        searches().push(search);
        answer
    }
}

async fn answer(State(mounted): State<Mounted>, method: Method, uri: Uri, body: Bytes) -> response::Response {
    let request = Request { method: method.as_str(), path: uri.path(), query: uri.query().unwrap_or_default(), body: &body };
    let answer = mounted.answer(&request);
    let mut response = response::Response::builder().status(answer.status).header(header::CONTENT_TYPE, CONTENT_TYPE);
    for (name, value) in answer.headers {
        response = response.header(name, value);
    }
    response.body(Body::from(answer.body)).unwrap_or_else(|_| {
        let mut failed = response::Response::new(Body::empty());
        *failed.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
        failed
    })
}

#[cfg(test)]
mod tests {
    use std::{
        pin::pin,
        task::{Context, Poll, Waker},
    };

    use tower_service::Service as _;

    use super::*;
    use crate::{
        entry::{Entry, EntryId, EntryKind, EntryPlace, ListCode, ListedName, NameQuality},
        yente::Dataset,
    };

    /// Nothing waits for anything outside: a future is ready when it is asked often enough.
    fn now<F: Future>(future: F) -> F::Output {
        let mut future = pin!(future);
        for _ in 0..1_000 {
            if let Poll::Ready(output) = future.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
                return output;
            }
        }
        panic!("it waits for something");
    }

    fn service(name: &str) -> Service {
        let mut entry = Entry::new(EntryId::new(ListCode::UN, "7"), EntryKind::Person, EntryPlace::default());
        entry.add_name(ListedName::of_family_first(name, NameQuality::Primary));
        Service::new(vec![Dataset::new("un", "1")], vec![entry], "https://screen.example")
    }

    fn ask(router: &mut Router, request: axum::http::Request<Body>) -> (StatusCode, String) {
        let response = now(router.call(request)).unwrap();
        let status = response.status();
        let body = now(axum::body::to_bytes(response.into_body(), 1 << 20)).unwrap();
        (status, String::from_utf8(body.to_vec()).unwrap())
    }

    #[test]
    fn requests_reach_the_service_and_lists_are_replaced_meanwhile() {
        let mounted = Mounted::new(service("SAMPLE, Robin"));
        let mut router = Router::new().nest("/screen", mounted.router());
        let post = |body: &str| axum::http::Request::post("/screen/match/un?limit=2").body(Body::from(body.to_owned())).unwrap();
        let query = r#"{"queries": {"q": {"schema": "Person", "properties": {"name": ["Robin Sample"]}}}}"#;
        let (status, body) = ask(&mut router, post(query));
        assert!(status == StatusCode::OK && body.contains("un:7"), "{status} {body}");
        mounted.replace(service("ABERCRAFT, Tobin"));
        assert!(!ask(&mut router, post(query)).1.contains("un:7"));
        let get = |path: &str| axum::http::Request::get(path).body(Body::empty()).unwrap();
        assert_eq!(ask(&mut router, get("/screen/entities/un%3A7")).0, StatusCode::OK);
        assert_eq!(ask(&mut router, get("/screen/nowhere")).0, StatusCode::NOT_FOUND);
        assert_eq!(ask(&mut router, post(&" ".repeat(MOST_BYTES + 1))).0, StatusCode::PAYLOAD_TOO_LARGE);
    }
}
