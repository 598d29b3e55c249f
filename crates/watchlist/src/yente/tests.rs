use serde_json::{Value, json};

use super::{Dataset, Request, Response, Service};
use crate::{
    entry::{
        Birth, CountryRole, Document, DocumentKind, Entry, EntryId, EntryKind, EntryPlace, Identifier, IdentifierKind, Link,
        ListCode, ListedName, NameQuality, Relation, Share,
    },
    screening::Search,
};

fn person(list: ListCode, id: &str, name: &str) -> Entry {
    let mut entry = Entry::new(EntryId::new(list, id), EntryKind::Person, EntryPlace::default());
    entry.add_name(ListedName::of_family_first(name, NameQuality::Primary));
    entry
}

fn service() -> Service {
    let mut marlowe = person(ListCode::OFAC, "7", "MARLOWE, Rosalind");
    marlowe.add_name(ListedName::whole("Rosa", NameQuality::Weak));
    marlowe.add_birth(Birth::on("1971-03-09".parse().unwrap()));
    marlowe.add_country(CountryRole::Nationality, "Norway");
    marlowe.documents.extend(Document::new(DocumentKind::Passport, "XK 12-345.6", "Norway", ""));
    marlowe.add_identifier(Identifier::new(IdentifierKind::Email, "rosalind@sample.example"));
    marlowe.add_programme("TEST");
    let mut firm = Entry::new(EntryId::new(ListCode::UN, "8/a"), EntryKind::Organisation, EntryPlace::default());
    firm.add_name(ListedName::whole("Quillfeather Trading GmbH", NameQuality::Primary));
    firm.add_link(Link::to_entry(Relation::Owner, marlowe.id.clone(), "Rosalind MARLOWE").of_share(Share::of_percent("51.5")));
    let mut wallet = Entry::new(EntryId::new(ListCode::WALLET, "0x5"), EntryKind::Other, EntryPlace::default());
    wallet.add_identifier(Identifier::new(IdentifierKind::Wallet, "0x52908400098527886E0F7030069857D2E4169EE7"));
    let datasets = [("ofac", "2026-11-02"), ("un", "2026-11-01"), ("wallet", "1")]
        .map(|(name, version)| Dataset { fetched_at: Some("2026-11-02T06:00:00Z".to_owned()), ..Dataset::new(name, version) });
    let other = person(ListCode::UN, "9", "MARLOWE, Rosalind");
    Service::new(datasets.into(), vec![marlowe, firm, wallet, other], "https://screen.example/")
}

fn ask(method: &str, path: &str, query: &str, body: &str) -> (u16, Value) {
    let request = Request { method, path, query, body: body.as_bytes() };
    let Response { status, body, .. } = service().answer(&mut Search::default(), &request);
    (status, serde_json::from_slice(&body).unwrap())
}

fn matched(query: &str, properties: &Value) -> Vec<String> {
    let body = json!({ "queries": { "q": { "schema": "Person", "properties": properties } } }).to_string();
    let (status, answer) = ask("POST", "/match/default", query, &body);
    assert_eq!(status, 200, "{answer}");
    let results = answer["responses"]["q"]["results"].as_array().unwrap().clone();
    results.iter().map(|found| format!("{} {}", found["id"].as_str().unwrap(), found["match"])).collect()
}

#[test]
fn a_match_in_full() {
    let body = r#"{"queries": {"a": {"schema": "Person", "properties": {"name": "Rosalind Marlow", "birthDate": ["1971-03-09"], "nationality": ["no"]}}, "none": null}}"#;
    let (status, answer) = ask("POST", "/match/us_ofac_sdn", "limit=1", body);
    assert_eq!(status, 200);
    // How well spellings fit is not for this test to say.
    insta::assert_json_snapshot!(answer, { ".**.score" => "[score]", ".**.features.name_match" => "[score]" });
}

#[test]
fn filters_narrow_the_results() {
    let name = json!({ "name": ["Rosalind Marlowe"] });
    assert_eq!(matched("", &name), ["ofac:7 true", "un:9 true"]);
    assert_eq!(matched("include_dataset=un_sc_sanctions", &name), ["un:9 true"]);
    assert_eq!(matched("include_dataset=sanctions&exclude_dataset=ofac", &name), ["un:9 true"]);
    assert_eq!(matched("exclude_dataset=un", &name), ["ofac:7 true"]);
    assert_eq!(matched("exclude_entity_ids=ofac%3A7", &name), ["un:9 true"]);
    assert_eq!(matched("exclude_schema=Person", &name), Vec::<String>::new());
    assert_eq!(matched("topics=debarment", &name), Vec::<String>::new());
    assert_eq!(matched("limit=1", &name).len(), 1);
    assert_eq!(matched("threshold=1", &name), ["ofac:7 false", "un:9 false"]);
    assert_eq!(matched("threshold=1&cutoff=1", &name), Vec::<String>::new());
}

#[test]
fn parts_of_names_papers_and_mailboxes_are_understood() {
    assert_eq!(matched("", &json!({ "firstName": ["Rosalind"], "lastName": ["Marlowe"] })).len(), 2);
    assert_eq!(matched("", &json!({ "passportNumber": "xk123456" })), ["ofac:7 true"]);
    assert_eq!(matched("", &json!({ "email": ["Rosalind+jobs@sample.example"] })), ["ofac:7 true"]);
    let wallet = r#"{"queries": {"q": {"schema": "CryptoWallet", "properties": {"publicKey": ["0x52908400098527886e0f7030069857d2e4169ee7"]}}}}"#;
    let (_, answer) = ask("POST", "/match/all", "", wallet);
    assert_eq!(answer["responses"]["q"]["results"][0]["schema"], "CryptoWallet");
}

#[test]
fn searches_pages_and_facets() {
    let (status, answer) = ask("GET", "/search/default", "q=rosalind+marlowe&limit=1&offset=1", "");
    assert_eq!((status, &answer["total"]["value"], &answer["results"][0]["id"]), (200, &json!(2), &json!("un:9")));
    assert_eq!(
        answer["facets"]["datasets"]["values"][0],
        json!({ "name": "ofac", "label": "US Treasury, OFAC: specially designated nationals and blocked persons", "count": 1 })
    );
    assert_eq!(answer["facets"]["countries"]["values"], json!([{ "name": "no", "label": "NO", "count": 1 }]));
    let (_, everybody) = ask("GET", "/search/all", "", "");
    assert_eq!(everybody["total"]["value"], 4);
    let (_, by_paper) = ask("GET", "/search/ofac", "q=XK123456", "");
    assert_eq!(by_paper["results"][0]["id"], "ofac:7");
    let (_, of_country) = ask("GET", "/search/default", "q=Rosalind%20Marlowe&countries=no", "");
    assert_eq!(of_country["total"]["value"], 1);
}

#[test]
fn an_entity_with_its_links() {
    let (status, answer) = ask("GET", "/entities/un%3A8%2Fa", "", "");
    assert_eq!(status, 200);
    insta::assert_json_snapshot!(answer);
    let (_, flat) = ask("GET", "/entities/un:8/a", "nested=false", "");
    assert!(flat["properties"].get("ownershipAsset").is_none());
    assert_eq!(ask("GET", "/entities/un:77", "", ""), (404, json!({ "detail": "No such entity!" })));
}

#[test]
fn reconciliation_as_openrefine_speaks_it() {
    let (_, manifest) = ask("GET", "/reconcile/default", "", "");
    insta::assert_json_snapshot!(manifest);
    let queries = r#"{"q0": {"query": "Rosalind Marlowe", "type": "Person", "limit": 1, "properties": [{"pid": "Person:birthDate", "v": "1971-03-09"}]}, "q1": {"query": "Nobody Atall"}}"#;
    let (status, answer) = ask("POST", "/reconcile/default", "", &format!("queries={}", queries.replace(' ', "+")));
    assert_eq!(status, 200, "{answer}");
    assert_eq!(answer["q0"]["result"][0]["id"], "ofac:7");
    assert_eq!(answer["q0"]["result"][0]["type"], json!([{ "id": "Person", "name": "People" }]));
    assert_eq!(answer["q0"]["result"][0]["match"], true);
    assert_eq!(answer["q1"]["result"], json!([]));
    let extend =
        r#"{"ids": ["ofac:7", "un:0"], "properties": [{"id": "birthDate"}, {"id": "name", "settings": {"limit": "1"}}]}"#;
    let (_, extended) = ask("POST", "/reconcile/default", "", &format!("extend={extend}"));
    assert_eq!(extended["rows"]["ofac:7"]["birthDate"], json!([{ "str": "1971-03-09" }]));
    assert_eq!(extended["rows"]["un:0"]["name"], json!([]));
    let (_, suggested) = ask("GET", "/reconcile/default/suggest/property", "prefix=birth", "");
    assert_eq!(suggested["result"], json!([{ "id": "birthDate", "name": "Date of birth" }]));
    let (_, suggested) = ask("GET", "/reconcile/un/suggest/entity", "prefix=Quillfeather", "");
    assert_eq!(suggested["result"][0]["name"], "Quillfeather Trading GmbH");
}

#[test]
fn the_catalogue_tells_versions() {
    let (_, answer) = ask("GET", "/catalog", "", "");
    insta::assert_json_snapshot!(answer);
}

#[test]
fn what_is_not_understood_is_refused_in_words() {
    let told: Vec<String> = [
        ("POST", "/match/nowhere", "", r#"{"queries": {"q": {"schema": "Person", "properties": {"name": "A"}}}}"#),
        ("POST", "/match/default", "", "{"),
        ("POST", "/match/default", "", r#"{"queries": {}}"#),
        ("POST", "/match/default", "", r#"{"queries": {"q": {"schema": "Persn", "properties": {}}}}"#),
        ("POST", "/match/default", "changed_since=2026-01-01", r#"{"queries": {"q": {"schema": "Person"}}}"#),
        ("POST", "/match/default", "algorithm=guess", r#"{"queries": {"q": {"schema": "Person"}}}"#),
        ("POST", "/match/default", "", r#"{"weights": {"name": 1}, "queries": {"q": {"schema": "Person"}}}"#),
        ("POST", "/match/default", "limit=-1", r#"{"queries": {"q": {"schema": "Person"}}}"#),
        ("GET", "/match/default", "", ""),
        ("GET", "/search/default", "threshold=x&limit=9999", ""),
        ("POST", "/reconcile/default", "", ""),
        ("POST", "/reconcile/default", "", "queries=[]"),
        ("GET", "/entities/nonsense", "", ""),
        ("GET", "/elsewhere", "", ""),
        ("GET", "", "", ""),
    ]
    .into_iter()
    .map(|(method, path, query, body)| {
        let (status, answer) = ask(method, path, query, body);
        format!("{status} {method} {path}?{query}: {}", answer["detail"].as_str().unwrap_or("no detail"))
    })
    .collect();
    insta::assert_snapshot!(told.join("\n"));
    let many: serde_json::Map<String, Value> = (0..101).map(|n| (n.to_string(), json!({ "schema": "Person" }))).collect();
    let (status, _) = ask("POST", "/match/default", "", &json!({ "queries": many }).to_string());
    assert_eq!(status, 400);
}
