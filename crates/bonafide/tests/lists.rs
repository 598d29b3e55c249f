//! `bonafide lists` as a user calls it, with a publisher on this machine.

#![allow(clippy::unwrap_used, reason = "what fails here fails the test")]

mod common;

use std::{
    fs,
    io::{BufRead as _, BufReader, Write as _},
    net::{TcpListener, TcpStream},
    sync::{Arc, Mutex},
    thread,
};

use tempfile::TempDir;

use crate::common::bonafide;

/// A publisher that offers one file and knows its version.
#[derive(Clone)]
struct Publisher {
    address: String,
    offered: Arc<Mutex<(String, String)>>,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Publisher {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let publisher = Self {
            address: format!("http://{}", listener.local_addr().unwrap()),
            offered: Arc::default(),
            asked: Arc::default(),
        };
        let own = publisher.clone();
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                own.answer(&stream);
            }
        });
        publisher
    }

    fn answer(&self, mut stream: &TcpStream) {
        let lines = BufReader::new(stream).lines().map_while(Result::ok);
        let head = lines.take_while(|line| !line.is_empty()).collect::<Vec<_>>().join("\n").to_lowercase();
        let (tag, body) = self.offered.lock().unwrap().clone();
        let answer = if head.contains(&format!("if-none-match: {tag}")) {
            "HTTP/1.1 304 Not Modified\r\nConnection: close\r\n\r\n".to_owned()
        } else {
            format!("HTTP/1.1 200 OK\r\nConnection: close\r\nETag: {tag}\r\nContent-Length: {}\r\n\r\n{body}", body.len())
        };
        self.asked.lock().unwrap().push(head);
        let _ = stream.write_all(answer.as_bytes());
    }

    fn offer(&self, tag: &str, body: String) {
        *self.offered.lock().unwrap() = (tag.to_owned(), body);
    }
}

/// A home with a configuration that knows the publisher as the source `firm`.
fn home(publisher: &Publisher) -> TempDir {
    let home = tempfile::tempdir().unwrap();
    let config = format!("[lists]\nsources.firm = [{{ name = \"sdn.csv\", url = \"{}/sdn.csv\" }}]\n", publisher.address);
    fs::write(home.path().join("bonafide.toml"), config).unwrap();
    home
}

/// Invented people in the form of OFAC's main file.
fn people(numbers: impl Iterator<Item = u32>) -> String {
    numbers
        .map(|n| format!("{n},\"SAMPLE{n}, Robin\",\"individual\",\"TEST\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,\"DOB 1970.\"\r\n"))
        .collect()
}

#[test]
fn updates_take_what_is_new_and_sound_and_nothing_else() {
    let publisher = Publisher::start();
    let home = home(&publisher);
    let update = || bonafide(home.path(), &["lists", "update", "firm"]);
    let screened = |name: &str| {
        fs::write(home.path().join("q.jsonl"), format!("{{\"qid\":1,\"query\":{{\"name\":\"{name}\"}}}}\n")).unwrap();
        let (_, answer, _) =
            bonafide(home.path(), &["screen", "--lists", "store/lists/firm", "--in", "q.jsonl", "--threshold", "0.9"]);
        answer.contains("\"id\":\"ofac:")
    };

    let (status, said, _) = bonafide(home.path(), &["lists", "update", "firm", "--dry-run"]);
    assert!(status == 0 && said.contains(&publisher.address) && publisher.asked.lock().unwrap().is_empty(), "{said}");

    publisher.offer("\"one\"", people(1..=40));
    let (status, said, errors) = update();
    assert_eq!((status, said.as_str()), (0, "firm                      40 entries, first version\n"), "{errors}");
    assert!(screened("Robin Sample7"));

    let (status, said, _) = update();
    assert_eq!((status, said.as_str()), (0, "firm                      40 entries, unchanged\n"));
    assert!(publisher.asked.lock().unwrap().last().unwrap().contains("if-none-match: \"one\""));

    publisher.offer("\"two\"", people(2..=42));
    assert_eq!(update().1, "firm                      41 entries, 2 added, 1 removed, 0 changed\n");

    for (tag, body, why) in [
        ("\"three\"", "<!DOCTYPE html><html><body>Access denied</body></html>".to_owned(), "HTML page"),
        ("\"four\"", people(2..=12), "less than half"),
        ("\"five\"", String::new(), "firm"),
        ("\"six\"", "{\"ETH\":[\"0x52908400098527886e0f7030069857d2e4169ee7\"]}".to_owned(), "firm"),
    ] {
        publisher.offer(tag, body);
        let (status, said, errors) = update();
        assert_eq!((status, said.as_str()), (3, "firm                 not updated\n"), "{errors}");
        assert!(errors.contains(why) && errors.contains("in force"), "{errors}");
        let (_, force, _) = bonafide(home.path(), &["lists", "status"]);
        assert!(force.contains("firm                       41"), "{force}");
    }

    let (status, said, _) = bonafide(home.path(), &["lists", "diff", "firm"]);
    assert_eq!(status, 0);
    let lines: Vec<&str> = said.lines().skip(1).map(str::trim).collect();
    assert_eq!(
        lines,
        ["+ ofac:41            Robin SAMPLE41", "+ ofac:42            Robin SAMPLE42", "- ofac:1             Robin SAMPLE1"]
    );
    let (_, json, _) = bonafide(home.path(), &["lists", "diff", "firm", "--json"]);
    assert_eq!(json.lines().count(), 3);
    assert!(
        json.starts_with("{\"source\":\"firm\",\"change\":\"added\",\"id\":\"ofac:41\",\"name\":\"Robin SAMPLE41\"}\n"),
        "{json}"
    );
}

#[test]
fn files_are_told_by_content_and_the_rest_is_named() {
    let home = tempfile::tempdir().unwrap();
    let place = |name: &str, text: &str| fs::write(home.path().join(name), text).unwrap();
    place("a", &people(1..=3));
    place("alt.csv", "2,1,\"aka\",\"OTHER, Robin\",-0- \r\n");
    place("cons_prim.csv", &people(900..=901));
    place("employers.csv", "employer,founded\nExample Harbour,1999\n");
    place("letter.txt", "Dear reader,\n");
    let (status, said, errors) =
        bonafide(home.path(), &["lists", "add", "a", "alt.csv", "cons_prim.csv", "employers.csv", "letter.txt", "gone.csv"]);
    assert_eq!(status, 3, "{said}{errors}");
    assert!(errors.contains("gone.csv"), "{errors}");

    let (status, said, errors) =
        bonafide(home.path(), &["lists", "add", "a", "alt.csv", "cons_prim.csv", "employers.csv", "letter.txt"]);
    assert_eq!(status, 3);
    assert!(errors.contains("letter.txt: not a list"), "{errors}");
    assert_eq!(
        said,
        "ofac-consolidated          2 entries, first version\n\
         ofac-sdn                   3 entries, first version\n\
         tables               employers.csv is in use from now on\n"
    );
    let (_, status, _) = bonafide(home.path(), &["lists", "status", "--json"]);
    let sources: Vec<serde_json::Value> = status.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(sources.len(), 2);
    assert_eq!(
        (&sources[1]["source"], &sources[1]["entries"], &sources[1]["old"]),
        (&"ofac-sdn".into(), &3.into(), &false.into())
    );
    // A vetting uses the register from now on.
    fs::create_dir(home.path().join("robin")).unwrap();
    place(
        "robin/application.json",
        r#"{"id":"r","name":{"full":"Robin Sample"},"applied_at":"2026-06-01T00:00:00Z",
            "work":[{"employer":"Example Harbour","title":"Engineer","start":"1990-01","end":"1995-01"}]}"#,
    );
    let (_, vetted, _) = bonafide(home.path(), &["vet", "robin", "--dry-run", "--json", "-"]);
    assert!(vetted.contains("employers.csv"), "{vetted}");
}

#[test]
fn a_name_alone_asks_and_a_second_attribute_moves() {
    let home = tempfile::tempdir().unwrap();
    let place = |name: &str, text: &str| {
        let path = home.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    let blank = "-0- ,".repeat(7);
    place(
        "sdn.csv",
        &format!(
            "7,\"VELL, Karo\",\"individual\",\"TEST\",{blank}\"DOB 03 Feb 1990; Passport X-12 345 67; Email Address karo@mail.example.\"\r\n\
             8,\"EXAMPLE HARBOUR WORKS\",-0- ,\"TEST\",{blank}\"Digital Currency Address - ETH 0x52908400098527886E0F7030069857D2E4169EE7.\"\r\n"
        ),
    );
    let (status, _, errors) = bonafide(home.path(), &["lists", "add", "sdn.csv"]);
    assert_eq!(status, 0, "{errors}");
    let applications = [
        ("namesake", r#""name":{"full":"Karo Vell"}"#, "clear"),
        ("other-birth", r#""name":{"full":"Karo Vell"},"birth_date":"1961-07-09""#, "clear"),
        ("same-birth", r#""name":{"full":"Vell Karo"},"birth_date":"1990-02-03""#, "urgent"),
        ("passport", r#""name":{"full":"Robin Sample"},"documents":[{"type":"passport","number":"x1234567"}]"#, "look"),
        ("mailbox", r#""name":{"full":"Robin Sample"},"emails":["Karo+jobs@mail.example"]"#, "urgent"),
        ("wallet", r#""name":{"full":"Robin Sample"},"wallets":["0x52908400098527886e0f7030069857d2e4169ee7"]"#, "urgent"),
        ("employer", r#""name":{"full":"Robin Sample"},"employer":"Example Harbour Works""#, "clear"),
        ("nobody", r#""name":{"full":"Robin Sample"}"#, "clear"),
    ];
    for (id, fields, band) in applications {
        let text = format!("{{\"id\":\"{id}\",\"applied_at\":\"2026-06-01T00:00:00Z\",{fields}}}");
        place(&format!("apps/{id}/application.json"), &text);
        let (status, said, errors) =
            bonafide(home.path(), &["vet", &format!("apps/{id}"), "--json", "-", "--as-of", "2026-06-02T00:00:00Z"]);
        assert_eq!(status, 0, "{errors}");
        let assessment: serde_json::Value = serde_json::from_str(&said).unwrap();
        assert_eq!(assessment["band"], band, "{id}: {said}");
        let listed = said.contains("\"kind\":\"list_entry\"");
        // A hit is shown whether it counts or not, and so is what speaks against it.
        assert_eq!(listed, id != "nobody", "{id}: {said}");
        assert_eq!(said.contains("contradicts"), id == "other-birth", "{id}: {said}");
        assert_eq!(assessment["lens"]["lists"][0]["source"], "ofac-sdn");
    }
}

/// A listed person with remarks, in the form of OFAC's main file.
fn listed(number: u32, name: &str, remarks: &str) -> String {
    format!("{number},\"{name}\",\"individual\",\"TEST\",{}\"{remarks}\"\r\n", "-0- ,".repeat(7))
}

#[test]
fn a_change_of_a_list_reaches_whom_it_means_and_nobody_else() {
    let home = tempfile::tempdir().unwrap();
    let applications: String = [("karo", "Karo Vell"), ("rob", "Noor Example"), ("ada", "Ada Specimen")]
        .map(|(id, name)| {
            format!(
                "{{\"id\":\"{id}\",\"first_name\":\"{}\",\"last_name\":\"{}\",\"email\":\"{id}@mail.example\"}}\n",
                name.split(' ').next().unwrap(),
                name.split(' ').nth(1).unwrap()
            )
        })
        .concat();
    fs::write(home.path().join("set.jsonl"), applications).unwrap();
    let add = |text: String| {
        fs::write(home.path().join("sdn.csv"), text).unwrap();
        let (status, said, errors) = bonafide(home.path(), &["lists", "add", "sdn.csv"]);
        assert_eq!(status, 0, "{errors}");
        said.split_once('\n').unwrap().1.to_owned()
    };
    let status_of = |subject: &str| {
        let (_, json, _) = bonafide(home.path(), &["case", "show", subject, "--json"]);
        let case: serde_json::Value = serde_json::from_str(&json).unwrap();
        case["case"]["status"].as_str().unwrap().to_owned()
    };
    let strangers = people(100..=120);

    assert_eq!(bonafide(home.path(), &["vet", "set.jsonl"]).0, 0);
    // Whoever was vetted without lists is compared with them once there are any.
    assert_eq!(add(strangers.clone()), "3 cases assessed anew, 0 with news\n");
    // A new entry reaches its namesake alone.
    let vell = listed(7, "VELL, Karo", "DOB 1961.");
    assert_eq!(add(strangers.clone() + &vell), "1 case assessed anew, 1 with news\n  karo: resembles ofac:7\n");

    let decide = ["case", "decide", "karo", "cleared", "--by", "Compliance", "--reason", "another year of birth"];
    assert_eq!(bonafide(home.path(), &decide).0, 0);
    assert_eq!(status_of("karo"), "closed");
    // Somebody else is listed: what was cleared stays cleared.
    assert_eq!(add(strangers.clone() + &vell + &listed(8, "OTHER, Person", "DOB 1970.")), "");
    assert_eq!(status_of("karo"), "closed");
    // The entry says something else now: whoever cleared it did not know that.
    let said = add(strangers.clone() + &listed(7, "VELL, Karo", "DOB 1990."));
    assert!(said.contains("karo; the case is open again: resembles a listed party") || said.contains("ofac:7"), "{said}");
    assert_eq!(status_of("karo"), "open");
    // A mailbox is more than a name.
    let said = add(strangers.clone() + &listed(7, "VELL, Karo", "DOB 1990; Email Address rob@mail.example."));
    assert!(said.contains("rob: clear → urgent; resembles ofac:7"), "{said}");
    // Nobody is listed any more.
    let said = add(strangers);
    assert!(said.contains("karo: no longer ofac:7") && said.contains("rob: urgent → clear; no longer ofac:7"), "{said}");
    assert!(!said.contains("ada"));
}

#[test]
fn new_ranges_and_tables_reach_whom_they_mean_and_nobody_else() {
    let home = tempfile::tempdir().unwrap();
    let lines =
        [("near", "203.0.113.9", "Elm Hill College"), ("far", "198.51.100.7", "Oak Ridge College")].map(|(id, ip, school)| {
            format!(
                "{{\"id\":\"{id}\",\"name\":{{\"full\":\"Karo {id}\"}},\"client\":{{\"ip\":\"{ip}\"}},\
             \"education\":[{{\"school\":\"{school}\",\"degree\":\"BSc\",\"end\":\"2012\"}}]}}\n"
            )
        });
    fs::write(home.path().join("set.jsonl"), lines.concat()).unwrap();
    assert_eq!(bonafide(home.path(), &["vet", "set.jsonl"]).0, 0);
    let add = |name: &str, text: &str| {
        fs::write(home.path().join(name), text).unwrap();
        let (status, said, errors) = bonafide(home.path(), &["lists", "add", name]);
        assert_eq!(status, 0, "{errors}");
        said.split_once('\n').unwrap().1.to_owned()
    };
    assert_eq!(add("dprk_ranges.txt", "192.0.2.0/24\n"), "", "a range in which nobody is");
    assert!(add("dprk_more.txt", "203.0.113.0/24\n").starts_with("1 case assessed anew"));
    assert_eq!(add("dprk_more.txt", "203.0.113.0/25\n"), "", "another file that says the same of everybody");
    let said = add("degree_mills.csv", "school\nElm Hill College\n");
    assert!(said.starts_with("1 case assessed anew, 1 with news\n  near: clear → look"), "{said}");
    let (_, json, _) = bonafide(home.path(), &["case", "show", "near", "--json"]);
    assert!(json.contains("BF-RES-010"), "{json}");
}

#[test]
fn a_firm_that_listed_parties_own_is_asked_about() {
    let home = tempfile::tempdir().unwrap();
    let lines = [
        r#"{"id":"p1","schema":"Person","properties":{"name":["Karo Vell"],"topics":["sanction"]}}"#,
        r#"{"id":"c1","schema":"Company","properties":{"name":["Example Holding"],"topics":["sanction.linked"]}}"#,
        r#"{"id":"c2","schema":"Company","properties":{"name":["Harbour Example Works"],"topics":["sanction.linked"]}}"#,
        r#"{"id":"o1","schema":"Ownership","properties":{"owner":["p1"],"asset":["c1"],"percentage":["51"]}}"#,
        r#"{"id":"o2","schema":"Ownership","properties":{"owner":["c1"],"asset":["c2"],"percentage":["30"]}}"#,
        r#"{"id":"o3","schema":"Ownership","properties":{"owner":["p1"],"asset":["c2"],"percentage":["20"]}}"#,
    ];
    fs::write(home.path().join("owners.ftm.json"), lines.join("\n")).unwrap();
    let (status, said, errors) = bonafide(home.path(), &["lists", "add", "owners.ftm.json"]);
    assert_eq!(status, 0, "{said}{errors}");
    fs::write(
        home.path().join("application.json"),
        r#"{"id":"r","name":{"full":"Robin Sample"},"employer":"Harbour Example Works"}"#,
    )
    .unwrap();
    let (_, vetted, _) = bonafide(home.path(), &["vet", "application.json", "--json", "-", "--dry-run"]);
    let assessment: serde_json::Value = serde_json::from_str(&vetted).unwrap();
    let findings = assessment["findings"].as_array().unwrap();
    // The firm is described, not listed: only its owners make it one to ask about, and a name alone never counts.
    assert_eq!(findings.len(), 1, "{vetted}");
    assert_eq!((&findings[0]["code"], &assessment["band"]), (&"BF-PAY-015".into(), &"clear".into()));
    let summary = findings[0]["summary"].as_str().unwrap();
    assert!(
        summary.contains("owned at 50 %") && summary.contains("Example Holding") && summary.contains("Karo Vell"),
        "{summary}"
    );
}

#[test]
fn network_ranges_are_kept_by_category() {
    let home = tempfile::tempdir().unwrap();
    let place = |name: &str, text: &str| fs::write(home.path().join(name), text).unwrap();
    place("dprk_ranges.csv", "cidr,meaning\n203.0.113.0/24,an example\n");
    place("exits.txt", "198.51.100.0/24\n2001:db8::/32\n");
    place("application.json", r#"{"id":"r","name":{"full":"Robin Sample"},"client":{"ip":"203.0.113.7"}}"#);
    let vetted = || bonafide(home.path(), &["vet", "application.json", "--json", "-", "--dry-run"]).1;
    assert!(vetted().contains(r#"{"code":"BF-APP-018","missing":"network data: no list of VPN"#), "{}", vetted());

    let (status, _, errors) = bonafide(home.path(), &["lists", "add", "exits.txt"]);
    assert!(status == 2 && errors.contains("--as vpn"), "{errors}");
    let (_, said, _) = bonafide(home.path(), &["lists", "add", "exits.txt", "--as", "vpn"]);
    assert_eq!(said, "network/vpn                2 ranges in exits.txt\n");
    // Ranges of VPNs say nothing of regions: that check still could not run.
    assert!(
        vetted().contains(r#"{"code":"BF-APP-018","missing":"network data: no ranges of dprk and sanctioned are loaded"#),
        "{}",
        vetted()
    );
    let (_, said, _) = bonafide(home.path(), &["lists", "add", "dprk_ranges.csv"]);
    assert_eq!(said, "network/dprk               1 ranges in dprk_ranges.csv\n");
    let text = vetted();
    let assessment: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(assessment["findings"][0]["code"], "BF-APP-018", "{text}");
    assert!(assessment["findings"][0]["summary"].as_str().unwrap().contains("network/dprk/dprk_ranges.csv"), "{text}");
}

#[test]
fn the_folder_of_the_store_is_screened_as_its_versions_in_force() {
    let home = tempfile::tempdir().unwrap();
    let add = |numbers: std::ops::Range<u32>| {
        fs::write(home.path().join("sdn.csv"), people(numbers)).unwrap();
        let (status, said, errors) = bonafide(home.path(), &["lists", "add", "sdn.csv"]);
        assert_eq!(status, 0, "{said}{errors}");
    };
    add(1..40);
    add(2..41);
    let screened = |number: u32| {
        fs::write(home.path().join("q.jsonl"), format!("{{\"qid\":1,\"query\":{{\"name\":\"Robin SAMPLE{number}\"}}}}\n"))
            .unwrap();
        let (status, answer, errors) =
            bonafide(home.path(), &["screen", "--lists", "store/lists", "--in", "q.jsonl", "--threshold", "0.5"]);
        assert_eq!((status, errors.as_str()), (0, ""));
        answer.contains(&format!("\"id\":\"ofac:{number}\""))
    };
    assert!(screened(2) && screened(40));
    assert!(!screened(1), "no version but the one in force counts");
}

/// A folder of lists may be anybody's: one that says it holds versions and leads back up, or nowhere, ends all the same.
#[cfg(unix)]
#[test]
fn a_folder_that_pretends_to_hold_versions_leads_nowhere() {
    let home = tempfile::tempdir().unwrap();
    let lists = home.path().join("lists");
    for folder in ["up", "long", "away", "nested/0a/0b/0c/0d/0e/0f/10/11"] {
        fs::create_dir_all(lists.join(folder)).unwrap();
    }
    fs::write(lists.join("sdn.csv"), people(1..40)).unwrap();
    std::os::unix::fs::symlink(".", lists.join("up/aa")).unwrap();
    fs::write(lists.join("up/current"), "aa").unwrap();
    fs::write(lists.join("up/manifest.json"), "{}").unwrap();
    fs::write(lists.join("long/current"), "a".repeat(50_000_000)).unwrap();
    fs::write(lists.join("away/current"), "../../..").unwrap();
    let mut below = lists.join("nested");
    for version in ["0a", "0b", "0c", "0d", "0e", "0f", "10", "11"] {
        fs::write(below.join("current"), version).unwrap();
        below.push(version);
        fs::write(below.join("manifest.json"), "{}").unwrap();
    }
    fs::write(home.path().join("q.jsonl"), "{\"qid\":1,\"query\":{\"name\":\"Robin SAMPLE2\"}}\n").unwrap();
    let (status, answer, errors) =
        bonafide(home.path(), &["screen", "--lists", "lists", "--in", "q.jsonl", "--threshold", "0.5"]);
    assert!(matches!(status, 0 | 3), "{status} {errors}");
    assert!(answer.contains("\"id\":\"ofac:2\""), "{answer}{errors}");
}
