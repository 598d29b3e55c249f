//! TAXII 2.1 over a real socket: what the standard demands, what brought other servers down, and who may see what.

#![allow(clippy::unwrap_used, reason = "a failing helper of a test fails the test")]

use std::{
    io::{Read as _, Write as _},
    net::{SocketAddr, TcpStream},
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
        mpsc,
    },
    thread::JoinHandle,
    time::Duration,
};

use argon2::{Argon2, Params, PasswordHasher as _, password_hash::SaltString};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use bonafide_server::taxii::{CollectionSettings, Settings, Taxii, UserSettings};
use serde_json::{Value, json};

const A: &str = "91a7b528-80eb-42ed-a74d-c6fbd5a26116";
const B: &str = "52892447-4d7e-4f70-b94d-d7f22742ff63";
const MEDIA: &str = "application/taxii+json;version=2.1";

/// A hash that is quick to verify: not how hard it is to guess a password is tested here.
fn hash(password: &str) -> String {
    let argon = Argon2::new(argon2::Algorithm::Argon2id, argon2::Version::V0x13, Params::new(64, 1, 1, None).unwrap());
    let salt = SaltString::from_b64("c29tZXNhbHRzb21lc2FsdA").unwrap();
    argon.hash_password(password.as_bytes(), &salt).unwrap().to_string()
}

fn settings() -> Settings {
    let collection =
        |id: &str| CollectionSettings { id: id.to_owned(), title: format!("Collection {}", &id[..4]), description: None };
    let user = |name: &str, read: &[&str], write: &[&str]| UserSettings {
        name: name.to_owned(),
        password_hash: hash(&format!("{name}-secret")),
        read: read.iter().map(|&id| id.to_owned()).collect(),
        write: write.iter().map(|&id| id.to_owned()).collect(),
    };
    Settings {
        title: Some("Test exchange".to_owned()),
        collections: vec![collection(A), collection(B)],
        users: vec![
            user("both", &[A, B], &[A, B]),
            user("reader", &[A], &[]),
            user("writer", &[], &[A]),
            user("nobody", &[], &[]),
        ],
        ..Settings::default()
    }
}

struct Server {
    address: SocketAddr,
    end: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    fn start(folder: &Path) -> Self {
        let taxii = Taxii::open(&settings(), folder).unwrap();
        let (send, receive) = mpsc::channel();
        let end = Arc::new(AtomicBool::new(false));
        let ended = Arc::clone(&end);
        let thread = std::thread::spawn(move || {
            let until = async {
                while !ended.load(Ordering::SeqCst) {
                    bonafide_server::wait(Duration::from_millis(5)).await;
                }
            };
            bonafide_server::serve(&taxii.router(), "127.0.0.1:0".parse().unwrap(), |address| send.send(address).unwrap(), until)
                .unwrap();
        });
        Self { address: receive.recv().unwrap(), end, thread: Some(thread) }
    }

    fn ask(&self, user: &str, method: &str, path: &str, more: &[(&str, &str)], body: &[u8]) -> Said {
        let credential = STANDARD.encode(format!("{user}:{user}-secret"));
        let mut head = format!("{method} {path} HTTP/1.1\r\nHost: here\r\nConnection: close\r\n");
        if !user.is_empty() {
            head += &format!("Authorization: Basic {credential}\r\n");
        }
        for (name, value) in more {
            head += &format!("{name}: {value}\r\n");
        }
        if !body.is_empty() {
            head += &format!("Content-Length: {}\r\n", body.len());
        }
        head += "\r\n";
        let mut stream = TcpStream::connect(self.address).unwrap();
        stream.write_all(head.as_bytes()).unwrap();
        // A server that refuses may hang up before it has read all.
        let _ = stream.write_all(body);
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        Said::of(&answer)
    }

    fn get(&self, user: &str, path: &str) -> Said {
        self.ask(user, "GET", path, &[("Accept", MEDIA)], &[])
    }

    fn post(&self, user: &str, collection: &str, objects: &[Value]) -> Said {
        let body = serde_json::to_vec(&json!({ "objects": objects })).unwrap();
        self.post_bytes(user, collection, &body)
    }

    fn post_bytes(&self, user: &str, collection: &str, body: &[u8]) -> Said {
        self.ask(user, "POST", &objects(collection), &[("Accept", MEDIA), ("Content-Type", MEDIA)], body)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.end.store(true, Ordering::SeqCst);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

#[derive(Debug)]
struct Said {
    status: u16,
    headers: String,
    body: Vec<u8>,
}

impl Said {
    fn of(bytes: &[u8]) -> Self {
        let at = bytes.windows(4).position(|four| four == b"\r\n\r\n").unwrap_or(bytes.len());
        let headers = String::from_utf8_lossy(&bytes[..at]).to_lowercase();
        let status = headers.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0);
        Self { status, headers, body: bytes.get(at + 4..).unwrap_or_default().to_vec() }
    }

    fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    fn ids(&self) -> Vec<String> {
        let all = self.json();
        let of = |object: &Value| object["id"].as_str().unwrap_or_default().to_owned();
        all["objects"].as_array().into_iter().flatten().map(of).collect()
    }
}

fn objects(collection: &str) -> String {
    format!("/taxii2/bonafide/collections/{collection}/objects/")
}

fn indicator(number: usize, day: usize) -> Value {
    json!({
        "type": "indicator", "spec_version": "2.1", "id": format!("indicator--00000000-0000-4000-8000-{number:012x}"),
        "created": "2026-01-01T00:00:00.000Z", "modified": format!("2026-01-{day:02}T00:00:00.000Z"),
        "pattern": "[email-addr:value = 'someone@mail.example']", "pattern_type": "stix", "valid_from": "2026-01-01T00:00:00Z",
    })
}

#[test]
fn resources_are_what_the_standard_says() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path());
    let discovery = server.get("both", "/taxii2/");
    assert_eq!((discovery.status, discovery.json()["title"].as_str()), (200, Some("Test exchange")));
    assert!(discovery.headers.contains("content-type: application/taxii+json;version=2.1"), "{discovery:?}");
    let root = discovery.json()["default"].as_str().unwrap().to_owned();
    let root = server.get("both", &root).json();
    assert_eq!((root["versions"][0].as_str(), root["max_content_length"].as_u64()), (Some(MEDIA), Some(32 << 20)));
    let all = server.get("both", "/taxii2/bonafide/collections/").json();
    assert_eq!(all["collections"].as_array().unwrap().len(), 2);
    assert_eq!(all["collections"][0], server.get("both", &format!("/taxii2/bonafide/collections/{A}/")).json());
    // Nothing in it yet: no empty list.
    assert_eq!(server.get("both", &objects(A)).json(), json!({}));
    assert_eq!(server.get("nobody", "/taxii2/bonafide/collections/").json(), json!({}));
    let sent = server.post("both", A, &[indicator(1, 2), indicator(2, 1), json!(17)]);
    assert_eq!(sent.status, 202);
    let status = sent.json();
    assert_eq!(
        (status["status"].as_str(), status["success_count"].as_u64(), status["failure_count"].as_u64()),
        (Some("complete"), Some(2), Some(1))
    );
    let of_status = format!("/taxii2/bonafide/status/{}/", status["id"].as_str().unwrap());
    assert_eq!(server.get("both", &of_status).json(), status);
    assert_eq!(server.get("reader", &of_status).status, 404);
    let got = server.get("both", &objects(A));
    assert_eq!(got.json()["objects"], json!([indicator(1, 2), indicator(2, 1)]));
    assert!(got.headers.contains("x-taxii-date-added-first: 20") && got.headers.contains("x-taxii-date-added-last: 20"));
    let manifest = server.get("both", &format!("/taxii2/bonafide/collections/{A}/manifest/")).json();
    assert_eq!(manifest["objects"][0]["version"], "2026-01-02T00:00:00.000Z");
    assert_eq!(manifest["objects"][0]["media_type"], "application/stix+json;version=2.1");
    let id = indicator(1, 2)["id"].as_str().unwrap().to_owned();
    server.post("both", A, &[indicator(1, 5)]);
    let versions = server.get("both", &format!("{}{id}/versions/", objects(A))).json();
    assert_eq!(versions["versions"], json!(["2026-01-02T00:00:00.000Z", "2026-01-05T00:00:00.000Z"]));
    assert_eq!(
        server.get("both", &format!("{}{id}/?match%5Bversion%5D=first", objects(A))).json()["objects"],
        json!([indicator(1, 2)])
    );
    let head = server.ask("both", "HEAD", &objects(A), &[], &[]);
    assert_eq!((head.status, head.body.len()), (200, 0));
    assert_eq!(server.ask("both", "DELETE", &format!("{}{id}/", objects(A)), &[], &[]).status, 200);
    assert_eq!(server.get("both", &format!("{}{id}/", objects(A))).status, 404);
    assert_eq!(server.get("both", &format!("{}{id}/versions/", objects(A))).status, 404);
    drop(server);
    let again = Server::start(folder.path());
    assert_eq!(again.get("both", &objects(A)).json()["objects"], json!([indicator(2, 1)]));
}

#[test]
fn who_may_not_is_told_no_more_than_that() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path());
    server.post("both", A, &[indicator(1, 1)]);
    let expected = [
        ("", 401, 401, 401),
        ("stranger", 401, 401, 401),
        ("nobody", 404, 404, 404),
        ("reader", 200, 403, 403),
        ("writer", 403, 202, 403),
        ("both", 200, 202, 200),
    ];
    for (user, read, write, delete) in expected {
        assert_eq!(server.get(user, &objects(A)).status, read, "{user} reads");
        assert_eq!(
            server.get(user, &format!("/taxii2/bonafide/collections/{A}/manifest/")).status,
            read,
            "{user} reads what there is"
        );
        assert_eq!(server.post(user, A, &[indicator(2, 1)]).status, write, "{user} writes");
        let of_first = format!("{}{}/", objects(A), indicator(1, 1)["id"].as_str().unwrap());
        assert_eq!(server.ask(user, "DELETE", &of_first, &[], &[]).status, delete, "{user} deletes");
    }
    for user in ["reader", "writer", "nobody"] {
        assert_eq!(server.get(user, &objects(B)).status, 404, "{user}");
        assert_eq!(server.get(user, &format!("/taxii2/bonafide/collections/{B}/")).status, 404, "{user}");
    }
    let refused = server.get("", "/taxii2/");
    assert!(refused.headers.contains("www-authenticate: basic realm="));
    assert!(refused.headers.contains("content-type: application/taxii+json") && refused.json()["title"].is_string());
    let wrong = STANDARD.encode("both:other");
    assert_eq!(server.ask("", "GET", "/taxii2/", &[("Authorization", &format!("Basic {wrong}"))], &[]).status, 401);
    for bad in ["Basic", "Basic !!!", "Bearer x", &format!("Basic {}", "A".repeat(5_000)), "Basic bm9jb2xvbg=="] {
        assert_eq!(server.ask("", "GET", "/taxii2/", &[("Authorization", bad)], &[]).status, 401, "{bad}");
    }
}

#[test]
fn pages_lose_nothing_and_cursors_are_for_one_purpose() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path());
    let all: Vec<Value> = (0..65).map(|number| indicator(number, 1)).collect();
    server.post("both", A, &all);
    server.post("both", B, &[indicator(900, 1)]);
    let expected: Vec<String> = all.iter().map(|object| object["id"].as_str().unwrap().to_owned()).collect();
    // By cursor, each asked for twice.
    let (mut ids, mut next) = (Vec::new(), String::new());
    let mut first_next = String::new();
    loop {
        let path = format!("{}?limit=20{next}", objects(A));
        let (page, again) = (server.get("both", &path), server.get("both", &path));
        assert_eq!((page.status, &page.body), (200, &again.body));
        ids.extend(page.ids());
        let json = page.json();
        if json["more"] != true {
            assert!(json.get("next").is_none());
            break;
        }
        next = format!("&next={}", json["next"].as_str().unwrap());
        if first_next.is_empty() {
            first_next.clone_from(&next);
        }
    }
    assert_eq!(ids, expected);
    // By date.
    let (mut ids, mut after) = (Vec::new(), String::new());
    loop {
        let page = server.get("both", &format!("{}?limit=20{after}", objects(A)));
        ids.extend(page.ids());
        let Some(last) = page.headers.lines().find_map(|line| line.strip_prefix("x-taxii-date-added-last: ")) else { break };
        after = format!("&added_after={}", last.trim().to_uppercase());
    }
    assert_eq!(ids, expected);
    for (user, path) in [
        ("both", format!("{}?limit=20{first_next}", objects(B))),
        ("reader", format!("{}?limit=20{first_next}", objects(A))),
        ("both", format!("/taxii2/bonafide/collections/{A}/manifest/?limit=20{first_next}")),
        ("both", format!("{}?limit=20{first_next}&match[type]=malware", objects(A))),
        ("both", format!("{}?next=5", objects(A))),
    ] {
        assert_eq!(server.get(user, &path).status, 400, "{user} {path}");
    }
    // By itself a cursor holds the filter.
    let filtered = server.get("both", &format!("{}?limit=1&match[type]=indicator&match[version]=all", objects(A))).json();
    let alone = server.get("both", &format!("{}?limit=2&next={}", objects(A), filtered["next"].as_str().unwrap()));
    assert_eq!(alone.ids(), expected[1..3]);
    assert_eq!(server.get("both", &format!("{}?limit=5000", objects(A))).ids().len(), 65);
}

#[test]
fn what_cannot_be_understood_is_refused_and_harms_nobody() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path());
    server.post("both", A, &[indicator(1, 1)]);
    for query in [
        "limit=0",
        "limit=-1",
        "limit=x",
        "limit=1&limit=2",
        "added_after=yesterday",
        "added_after=2026-01-01T00:00:00Z&added_after=2026-01-01T00:00:00Z",
        "match[version]=newest",
        "match[version]=all,first",
        "match[spec_version]=9",
        "match[type]=",
        "match[id]=a&match[id]=b",
        "x=%zz",
        "next=",
    ] {
        let said = server.get("both", &format!("{}?{query}", objects(A)));
        assert_eq!(said.status, 400, "{query}");
        assert!(said.json()["title"].is_string() && said.json()["http_status"] == "400");
    }
    for path in ["/taxii2/other/", "/taxii2/bonafide/collections/x/", "/taxii2/bonafide/status/x/", "/taxii2", "/taxii2/bonafide"]
    {
        assert_eq!(server.get("both", path).status, 404, "{path}");
    }
    for accept in ["application/json", "application/taxii+json;version=2.0", "text/html"] {
        assert_eq!(server.ask("both", "GET", "/taxii2/", &[("Accept", accept)], &[]).status, 406, "{accept}");
    }
    for accept in ["application/taxii+json", "*/*", "application/taxii+json; version=\"2.1\", text/html;q=0.1"] {
        assert_eq!(server.ask("both", "GET", "/taxii2/", &[("Accept", accept)], &[]).status, 200, "{accept}");
    }
    let body = serde_json::to_vec(&json!({"objects": [indicator(2, 1)]})).unwrap();
    for kind in ["application/json", "application/taxii+json;version=2.0", "text/plain"] {
        assert_eq!(server.ask("both", "POST", &objects(A), &[("Content-Type", kind)], &body).status, 415, "{kind}");
    }
    assert_eq!(server.ask("both", "POST", &objects(A), &[], &body).status, 415);
    for (bad, status) in [
        (&b"{"[..], 400),
        (b"[]", 422),
        (b"{}", 422),
        (br#"{"objects":[]}"#, 422),
        (br#"{"objects":7}"#, 422),
        (b"\xFF\xFE", 422),
    ] {
        assert_eq!(server.post_bytes("both", A, bad).status, status, "{bad:?}");
    }
    let deep = format!(r#"{{"objects":[{}{}]}}"#, "[".repeat(100_000), "]".repeat(100_000));
    assert_eq!(server.post_bytes("both", A, deep.as_bytes()).json()["failure_count"], 1);
    let announced = [("Content-Type", MEDIA), ("Content-Length", "99999999999")];
    assert_eq!(server.ask("both", "POST", &objects(A), &announced, &[]).status, 413);
    for method in ["PUT", "PATCH", "OPTIONS", "DELETE"] {
        let said = server.ask("both", method, &objects(A), &[], &[]);
        assert!(said.status == 405 && said.headers.contains("allow: get, head, post"), "{said:?}");
    }
    assert_eq!(server.get("both", &objects(A)).json()["objects"], json!([indicator(1, 1)]));
}

#[test]
fn many_readers_at_once_and_a_slow_one_are_served() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path());
    let all: Vec<Value> = (0..2_000).map(|number| indicator(number, 1)).collect();
    server.post("both", A, &all);
    // Half a request, which never ends.
    let mut slow = TcpStream::connect(server.address).unwrap();
    slow.write_all(b"GET /taxii2/ HTTP/1.1\r\nHost:").unwrap();
    std::thread::scope(|scope| {
        for reader in 0..16 {
            let server = &server;
            scope.spawn(move || {
                let (mut count, mut next) = (0, String::new());
                loop {
                    let page =
                        server.get(if reader % 2 == 0 { "both" } else { "reader" }, &format!("{}?limit=50{next}", objects(A)));
                    count += page.ids().len();
                    let json = page.json();
                    let Some(cursor) = json["next"].as_str() else { break };
                    next = format!("&next={cursor}");
                }
                assert_eq!(count, 2_000);
            });
        }
    });
}
