//! What linking applicants promises.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
};

use bonafide_formats::limits::Limits;
use bonafide_linkage::people::{self, Applicants, Line, Linked, Problems};
use bonafide_testkit::applicants::{FLAT, Population, stream};
use serde_json::{Value, json};

pub(crate) const LARGE: Limits = Limits {
    bytes: 1 << 24,
    unpacked: 1 << 34,
    parts: 1 << 30,
    nodes: 1 << 30,
    depth: 128,
    pages: 1,
    characters: 1 << 30,
    pixels: 1,
    time: std::time::Duration::from_secs(60),
    memory: 1 << 34,
};

pub(crate) fn read(text: &str) -> (Applicants, Problems) {
    people::read("a.jsonl", text.as_bytes(), &LARGE).expect("the source reads")
}

pub(crate) fn lines_of(applicants: &Applicants, linked: &Linked) -> Vec<Line> {
    let names = linked.names(applicants);
    applicants.in_input_order().into_iter().map(|row| linked.line(applicants, &names, row)).collect()
}

fn link(text: &str) -> Vec<Line> {
    let (applicants, _) = read(text);
    lines_of(&applicants, &people::link(&applicants))
}

pub(crate) fn joined(lines: impl IntoIterator<Item = Value>) -> String {
    lines.into_iter().fold(String::new(), |mut text, line| {
        let _ = writeln!(text, "{line}");
        text
    })
}

/// A set with its texts and its truth.
pub(crate) struct Set {
    pub(crate) applicants: String,
    flat: String,
    pub(crate) resumes: String,
    pub(crate) truth: BTreeMap<String, Value>,
}

pub(crate) fn set(population: &Population) -> Set {
    let mut set = Set { applicants: String::new(), flat: format!("{FLAT}\n"), resumes: String::new(), truth: BTreeMap::new() };
    let done: Result<(), std::fmt::Error> = stream(population, |made| {
        writeln!(set.applicants, "{}", made.application)?;
        writeln!(set.flat, "{}", made.flat())?;
        writeln!(set.resumes, "{}", json!({"id": made.application["id"], "text": made.resume}))?;
        set.truth.insert(made.truth["id"].as_str().unwrap_or_default().to_owned(), made.truth);
        Ok(())
    });
    done.expect("text grows");
    set
}

pub(crate) fn link_set(set: &Set) -> Vec<Line> {
    let (mut applicants, problems) = read(&set.applicants);
    assert_eq!(problems.count, 0, "{:?}", problems.named.first());
    people::read_resumes("r.jsonl", set.resumes.as_bytes(), &LARGE, &mut applicants).expect("the texts read");
    lines_of(&applicants, &people::link(&applicants))
}

#[test]
fn rings_are_found_and_the_honest_left_alone_in_populations_unlike_each_other() {
    for seed in 1..4 {
        let set = set(&Population::drawn(seed, 3_000));
        let lines = link_set(&set);
        let in_ring = |line: &&Line| !set.truth[&line.id]["ring"].is_null();
        let (ring, honest): (Vec<&Line>, Vec<&Line>) = lines.iter().partition(in_ring);
        let found = ring.iter().filter(|line| line.ring_cluster.is_some()).count();
        let alarms = honest.iter().filter(|line| line.ring_cluster.is_some()).count();
        assert!(found * 100 >= ring.len() * 85, "seed {seed}: {found} of {} personas found", ring.len());
        assert!(alarms * 1_000 <= honest.len() * 6, "seed {seed}: {alarms} false alarms of {}", honest.len());
    }
}

#[test]
fn neither_the_order_of_rows_nor_the_threads_nor_the_form_changes_an_answer() {
    let set = set(&Population::usual(5, 1_500));
    let by_id = |lines: Vec<Line>| -> BTreeMap<String, String> {
        lines.into_iter().map(|line| (line.id.clone(), serde_json::to_string(&line).expect("a line is text"))).collect()
    };
    let forwards = by_id(link(&set.applicants));
    let mut reversed: Vec<&str> = set.applicants.lines().collect();
    reversed.reverse();
    assert_eq!(forwards, by_id(link(&reversed.join("\n"))));
    let one = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a thread starts");
    assert_eq!(forwards, one.install(|| by_id(link(&set.applicants))));
    let flat_as_lines = joined(set.applicants.lines().map(|line| {
        let full: Value = serde_json::from_str(line).expect("a line is JSON");
        FLAT.split(',').map(|heading| (heading.to_owned(), full[heading].clone())).collect()
    }));
    assert_eq!(by_id(link(&set.flat)), by_id(link(&flat_as_lines)));
}

#[test]
fn names_are_no_evidence_of_a_ring() {
    let set = set(&Population::usual(6, 1_500));
    let renamed = joined(set.applicants.lines().map(|line| {
        let mut row: Value = serde_json::from_str(line).expect("a line is JSON");
        // Everybody has another name, the same one in all applications, and logins that say it as the old ones said the old one.
        for heading in ["first_name", "last_name", "github"] {
            row[heading] = row[heading].as_str().map(other_letters).into();
        }
        row["email"] = row["email"].as_str().map(other_login).into();
        for address in row["commit_emails"].as_array_mut().into_iter().flatten() {
            *address = address.as_str().map(other_login).into();
        }
        row
    }));
    let rings = |text: &str| -> BTreeSet<(String, Option<String>)> {
        link(text).into_iter().map(|line| (line.id, line.ring_cluster)).collect()
    };
    let (as_named, as_renamed) = (rings(&set.applicants), rings(&renamed));
    let differing: Vec<_> = as_named.symmetric_difference(&as_renamed).collect();
    assert!(as_named.iter().any(|(_, ring)| ring.is_some()) && differing.is_empty(), "{differing:?}");
}

/// Every letter is another one, the same everywhere.
fn other_letters(text: &str) -> String {
    let other = |letter: u8, first: u8| char::from(first + (letter - first + 7) % 26);
    let of = |letter: char| match letter {
        'a'..='z' => other(letter as u8, b'a'),
        'A'..='Z' => other(letter as u8, b'A'),
        same => same,
    };
    text.chars().map(of).collect()
}

/// The same in front of the `@`.
fn other_login(address: &str) -> String {
    let (login, domain) = address.split_once('@').unwrap_or((address, "post.example"));
    format!("{}@{domain}", other_letters(login))
}

/// A name like nobody else's.
pub(crate) fn name(id: usize) -> String {
    const PARTS: [&str; 12] = ["Bel", "Cor", "Dan", "Fei", "Gus", "Hok", "Jun", "Lim", "Mar", "Pox", "Ruv", "Zet"];
    [id, id / 12, id / 144, id * 7].iter().map(|at| PARTS[at % 12]).collect()
}

pub(crate) fn person(id: usize, more: &Value) -> Value {
    let mut row = json!({
        "id": format!("N{id}"), "first_name": name(id), "last_name": name(id * 31 + 5),
        "email": format!("user{id}@post.example"), "city": format!("Town {}", id % 40), "country": "PT",
    });
    for (key, value) in more.as_object().into_iter().flatten() {
        row[key] = value.clone();
    }
    row
}

#[test]
fn followers_and_bots_link_nobody() {
    let crowd = (0..500).map(|id| {
        let shared = json!({
            "github_followers": [format!("hub{}", id / 3)], "commit_emails": ["bot@users.noreply.github.com"],
        });
        person(id, &shared)
    });
    assert!(link(&joined(crowd)).iter().all(|line| line.ring_cluster.is_none() && line.reasons.is_empty()));
}

#[test]
fn personas_of_one_hand_are_a_ring_and_a_household_is_not() {
    let hand = json!({"phone": "+351 912 555 010", "wallet": "0x52908400098527886e0f7030069857d2e4169ee7", "device": "fp-hand"});
    let home =
        json!({"phone": "+351 912 555 020", "ip": "240.1.2.3", "device": "fp-home", "last_name": "Sameria", "city": "Porto"});
    let rows = (0..400).map(|id| match id {
        7 | 130 | 300 => person(id, &hand),
        8 | 131 => person(id, &home),
        _ => person(id, &json!({})),
    });
    let lines = link(&joined(rows));
    for (at, line) in lines.iter().enumerate() {
        assert_eq!(line.ring_cluster.is_some(), matches!(at, 7 | 130 | 300), "{line:?}");
    }
    assert_eq!(lines[300].ring_cluster.as_deref(), Some("r:N130"));
    let kinds: BTreeSet<&str> = lines[7].reasons.iter().map(|reason| reason.kind).collect();
    assert_eq!(kinds, BTreeSet::from(["device", "phone", "wallet"]));
    assert!(lines[7].reasons.iter().all(|reason| reason.holders == 3 && reason.relation == "associated"));
}

#[test]
fn a_word_of_logins_ties_those_whose_names_it_does_not_say() {
    let rows = (0..600).map(|id| match id {
        // Two personas that share nothing but the word, dressed otherwise.
        7 => person(id, &json!({"email": "quorrel.88@post.example"})),
        130 => person(id, &json!({"github": "QuorrelDev"})),
        // Two of one name write their logins alike, as everybody may.
        8 | 131 => person(
            id,
            &json!({"first_name": "Quimby", "last_name": "Tasseldo", "email": format!("quimby.tasseldo{id}@post.example")}),
        ),
        // Who has one mailbox has one word: it is not counted again.
        9 | 132 => person(id, &json!({"commit_emails": ["vellmuth@code.example"]})),
        // The word, a telephone and a browser.
        200 | 201 => {
            person(id, &json!({"email": format!("brindavo_{id}@post.example"), "phone": "+351 912 555 077", "device": "fp-b"}))
        }
        _ => person(id, &json!({})),
    });
    let lines = link(&joined(rows));
    let words = |at: usize| -> Vec<(&str, &str)> {
        let of_words = lines[at].reasons.iter().filter(|reason| reason.kind == "alias");
        of_words.map(|reason| (reason.with.as_str(), reason.value.as_str())).collect()
    };
    assert!([8, 131, 9, 132].iter().all(|&at| words(at).is_empty()));
    // By itself the word makes no ring; it is no reason for anything that was said.
    for at in [7, 130, 8, 131, 9, 132] {
        assert_eq!(lines[at].ring_cluster, None, "{at}");
    }
    assert_eq!((words(200), words(201)), (vec![("N201", "brindavo")], vec![("N200", "brindavo")]));
}

#[test]
fn a_word_of_a_login_leads_to_known_bad_and_into_no_ring() {
    let hand = json!({"phone": "+351 912 555 010", "wallet": "0x52908400098527886e0f7030069857d2e4169ee7", "email": "zorvanik@post.example"});
    let rows = (0..400).map(|id| match id {
        7 | 130 | 300 => person(id, &hand),
        20 => person(id, &json!({"github": "Zorvanik2024"})),
        _ => person(id, &json!({})),
    });
    let (applicants, _) = read(&joined(rows));
    let mut linked = people::link(&applicants);
    linked.set_known_bad(&[applicants.row_of("N7").expect("it is there")]);
    let lines = lines_of(&applicants, &linked);
    assert_eq!(lines[20].ring_cluster, None);
    assert!(lines[7].ring_cluster.is_some());
    let way = &lines[20].paths[0];
    assert_eq!((way.to.as_str(), way.steps.len(), way.steps[0].kind), ("N7", 1, "alias"));
}

#[test]
fn a_providers_mailboxes_are_no_house_however_few_there_are() {
    let rows = |domain: &str| {
        joined((0..6).map(|id| {
            let more = json!({"email": format!("u{id}@{domain}"), "phone": if id < 2 { "+351 912 555 010" } else { "" }, "device": format!("fp{}", id / 2)});
            person(id, &more)
        }))
    };
    let weight = |domain: &str| link(&rows(domain))[0].ring_score;
    // Colleagues share a telephone and a computer of their office; strangers with a mailbox at one provider do not.
    assert!(weight("yahoo.co.uk") > weight("corp.example") + 5.0, "{} {}", weight("yahoo.co.uk"), weight("corp.example"));
    assert!((weight("gmail.com") - weight("yahoo.co.uk")).abs() < 1e-9);
}

#[test]
fn several_wallets_and_accounts_of_one_applicant_all_link() {
    let mut gather = people::Gather::default();
    let hand = ["0x52908400098527886e0f7030069857d2e4169ee7", "0xde709f2102306220921060314715629080e2fb77"];
    for id in 0..300 {
        let (of, given, family) = (format!("N{id}"), name(id), name(id * 31 + 5));
        let is_theirs = matches!(id, 7 | 130 | 250);
        let own = format!("{:#042x}", 0xABCD_u128 + id as u128);
        let row = people::Row {
            id: &of,
            given: Some(&given),
            family: Some(&family),
            wallet: Some(&own),
            wallets: if is_theirs { hand.to_vec() } else { Vec::new() },
            accounts: if is_theirs { vec![("telegram", "Tovarrik"), ("", "tovarrik-code")] } else { Vec::new() },
            ..people::Row::default()
        };
        assert!(gather.add(&row).expect("there is room"));
    }
    let applicants = gather.finish();
    let lines = lines_of(&applicants, &people::link(&applicants));
    for (at, line) in lines.iter().enumerate() {
        assert_eq!(line.ring_cluster.is_some(), matches!(at, 7 | 130 | 250), "{line:?}");
    }
    let shared: BTreeSet<(&str, &str)> = lines[7].reasons.iter().map(|reason| (reason.kind, reason.value.as_str())).collect();
    let accounts = [("account", "telegram:tovarrik"), ("account", "tovarrik-code")];
    assert_eq!(shared, BTreeSet::from([accounts[0], accounts[1], ("wallet", hand[0]), ("wallet", hand[1])]));
}

/// Résumés of one text, each with a sentence of its own.
fn texts_of_one(ids: std::ops::Range<usize>) -> String {
    const WORDS: [&str; 12] = [
        "ferry", "harvest", "lantern", "orchard", "quarry", "saddle", "tannery", "vineyard", "weaver", "beacon", "cellar", "drum",
    ];
    joined(ids.map(|id| {
        let text: Vec<String> = (0..6)
            .map(|at| format!("Moved the {} ledgers of every {} depot onto one queue", WORDS[at], WORDS[11 - at]))
            .chain([format!("Repaired the {} {} timetable before each winter season", name(id), name(id * 17))])
            .collect();
        json!({"id": format!("N{id}"), "text": text.join("\n")})
    }))
}

#[test]
fn an_exchange_that_one_of_a_template_uses_makes_no_ring_of_it() {
    let wallet = json!({"wallet": "0x52908400098527886e0f7030069857d2e4169ee7"});
    let mut set = set(&Population { ring_share: 0.0, exchanges: 0.0, ..Population::usual(8, 1_500) });
    let customers: BTreeSet<usize> = BTreeSet::from([100, 1_100]);
    set.applicants = joined(set.applicants.lines().enumerate().map(|(at, line)| {
        let mut row: Value = serde_json::from_str(line).expect("a line is JSON");
        if customers.contains(&at) {
            row["wallet"] = wallet["wallet"].clone();
        }
        row
    }));
    set.applicants += &joined((0..24).map(|id| person(id, if id == 0 { &wallet } else { &Value::Null })));
    set.resumes += &texts_of_one(0..24);
    assert_eq!(link_set(&set).iter().filter(|line| line.ring_cluster.is_some()).count(), 0);
}

#[test]
fn who_shares_two_things_with_a_writer_is_of_the_ring_without_its_words() {
    let hand = json!({"wallet": "0x52908400098527886e0f7030069857d2e4169ee7", "device": "fp-hand"});
    let mut set = set(&Population { ring_share: 0.0, exchanges: 0.0, ..Population::usual(8, 1_500) });
    set.applicants += &joined((0..4).map(|id| person(id, if id > 1 { &hand } else { &Value::Null })));
    set.resumes += &texts_of_one(0..3);
    let flagged: Vec<String> =
        link_set(&set).into_iter().filter(|line| line.ring_cluster.is_some()).map(|line| line.id).collect();
    assert_eq!(flagged, ["N0", "N1", "N2", "N3"]);
}

#[test]
fn reasons_that_are_not_given_are_counted() {
    let hand = json!({"phone": "+351 912 555 010", "wallet": "0x52908400098527886e0f7030069857d2e4169ee7", "device": "fp-hand"});
    let rows = (0..600).map(|id| if id % 50 == 7 { person(id, &hand) } else { person(id, &json!({})) });
    let lines = link(&joined(rows));
    let (ring, others): (Vec<&Line>, Vec<&Line>) = lines.iter().partition(|line| line.ring_cluster.is_some());
    assert_eq!(ring.len(), 12);
    for line in ring {
        // Three values with each of eleven others.
        assert_eq!((line.reasons.len(), line.more_reasons, line.more_ignored), (24, 9, 0));
        assert_eq!(serde_json::to_value(line).expect("it can be written")["more_reasons"], 9);
    }
    assert!(others.iter().all(|line| line.more_reasons == 0));
    assert!(serde_json::to_value(others[0]).expect("it can be written").get("more_reasons").is_none());
}

#[test]
fn a_way_leads_to_known_bad() {
    let of = |other: &str| json!({"wallet": format!("0x52908400098527886e0f7030069857d2e4169ee{other}"), "device": format!("fp-{other}")});
    let rows = (0..300).map(|id| match id {
        1 | 2 => person(id, &of("1")),
        _ => person(id, &json!({})),
    });
    let (applicants, _) = read(&joined(rows));
    let mut linked = people::link(&applicants);
    linked.set_known_bad(&[applicants.row_of("N1").expect("it is there")]);
    let lines = lines_of(&applicants, &linked);
    let ways: Vec<&Line> = lines.iter().filter(|line| !line.paths.is_empty()).collect();
    assert_eq!(ways.iter().map(|line| line.id.as_str()).collect::<Vec<_>>(), ["N2"]);
    assert_eq!(ways[0].paths[0].to, "N1");
    assert_eq!(ways[0].paths[0].steps.len(), 1);
}

#[test]
fn bad_rows_are_named_and_all_others_linked() {
    let text = "{\"id\":\"a\",\"email\":\"x@post.example\"}\nnot json\n{\"email\":\"y@post.example\"}\n{\"id\":\"a\"}\n{\"id\":\"b\",\"first_name\":7}\n{\"id\":\"c\"}\n";
    let (applicants, problems) = read(text);
    assert_eq!(applicants.rows(), 2);
    assert_eq!(problems.named.iter().map(|problem| problem.line).collect::<Vec<_>>(), [2, 3, 4, 5]);
    assert_eq!(link(text).len(), 2);
    assert_eq!(link("").len(), 0);
    assert_eq!(link("{\"id\":\"only\"}").len(), 1);
    let clusters: BTreeSet<String> =
        link(&joined((0..50).map(|id| json!({"id": format!("{id}")})))).into_iter().map(|line| line.person_cluster).collect();
    assert_eq!(clusters.len(), 50, "applications that say nothing are nobody's twins");
}

type Row = Box<dyn Fn(usize) -> Value>;

#[test]
fn pairs_stay_linear_whatever_is_shared() {
    const ROWS: usize = 20_000;
    let shared = "x".repeat(10_000);
    let cases: [(&str, Row); 3] = [
        (
            "everything",
            Box::new(
                |id| json!({"id": format!("{id}"), "first_name": "A", "last_name": "B", "email": "a@post.example", "phone": "+351912555010", "device": "d", "ip": "240.0.0.1", "wallet": "w", "avatar_phash": "00ff00ff00ff00ff"}),
            ),
        ),
        (
            "one value",
            Box::new(|id| {
                person(id, &json!({"device": "same", "avatar_phash": format!("{:016x}", 0xABCD_u64 ^ 1 << (id % 60))}))
            }),
        ),
        ("a long value", Box::new(move |id| person(id, &json!({"device": shared, "phone": shared, "email": shared})))),
    ];
    for (name, row) in cases {
        let (applicants, _) = read(&joined((0..ROWS).map(row)));
        let linked = people::link(&applicants);
        assert!(linked.compared <= 60 * ROWS, "{name}: {} pairs of applications", linked.compared);
        assert!(linked.weighed() <= 60 * ROWS, "{name}: {} pairs of persons", linked.weighed());
        assert_eq!(linked.flagged(), 0, "{name}");
        let persons: BTreeSet<u32> = (0..ROWS as u32).map(|row| linked.person(row)).collect();
        assert_eq!(persons.len() == 1, name == "everything", "{name}: {} persons", persons.len());
    }
}

#[test]
fn texts_of_one_template_and_copies_are_paired_and_a_course_is_not() {
    // One draw holds few rings: three are judged together.
    let (mut all, mut hit, mut sent_twice, mut wrong, mut paired) = (0, 0, 0, 0, 0);
    for seed in [9, 10, 11] {
        let population = Population { downloads: (0.0, 30), ..Population::usual(seed, 2_000) };
        let set = set(&population);
        let (resumes, problems) = people::Resumes::read("r.jsonl", set.resumes.as_bytes(), &LARGE).expect("the texts read");
        assert_eq!((problems.count, resumes.count()), (0, set.truth.len()));
        let pairs = resumes.pairs();
        let truth = |id: &str, what: &str| set.truth[id][what].clone();
        let mut found = BTreeSet::new();
        for pair in &pairs {
            assert!(pair.a < pair.b && (0.0..=1.0).contains(&pair.score));
            let of_one_ring = !truth(&pair.a, "ring").is_null() && truth(&pair.a, "ring") == truth(&pair.b, "ring");
            let of_one_person = truth(&pair.a, "person") == truth(&pair.b, "person");
            wrong += usize::from(!of_one_ring && !of_one_person);
            found.insert((pair.a.as_str(), pair.b.as_str()));
        }
        paired += pairs.len();
        let ids: Vec<&String> = set.truth.keys().collect();
        for (at, a) in ids.iter().enumerate() {
            for b in &ids[at + 1..] {
                if truth(a, "person") == truth(b, "person") {
                    assert!(found.contains(&(a.as_str(), b.as_str())), "{a} and {b} are copies");
                    sent_twice += 1;
                } else if !truth(a, "ring").is_null() && truth(a, "ring") == truth(b, "ring") {
                    all += 1;
                    hit += usize::from(found.contains(&(a.as_str(), b.as_str())));
                }
            }
        }
    }
    assert!(sent_twice > 300);
    assert!(hit * 10 >= all * 9, "{hit} of {all}");
    assert!(wrong * 20 <= paired, "{wrong} wrong of {paired}");
}

#[test]
fn texts_that_say_nothing_or_the_same_are_bounded() {
    let lines = |text: &str| joined((0..3_000).map(|id| json!({"id": format!("{id}"), "text": text})));
    for (text, at_most) in
        [("", 0), ("short", 12_000), ("Built the same thing for the same people in the same town again and again", 12_000)]
    {
        let (resumes, _) = people::Resumes::read("r.jsonl", lines(text).as_bytes(), &LARGE).expect("the texts read");
        let pairs = resumes.pairs().len();
        assert!(pairs <= at_most, "{pairs} pairs of {text:?}");
    }
    let (resumes, problems) =
        people::Resumes::read("r.jsonl", &b"{\"id\":\"1\",\"text\":\"a b c d e f\"}\nno\n"[..], &LARGE).expect("it reads");
    assert_eq!((resumes.count(), problems.count), (1, 1));
}

#[test]
fn one_application_or_none_is_linked_with_nobody() {
    for (text, rows) in [("", 0), ("{\"id\":\"1\"}\n", 1), ("id,email,phone\n", 0), ("id,email,phone\n1,,\n2,,\n3,,\n", 3)] {
        let (applicants, problems) = read(text);
        let linked = people::link(&applicants);
        assert_eq!((applicants.rows(), problems.count), (rows, 0), "{text:?}");
        assert_eq!((linked.compared, linked.weighed(), linked.rings()), (0, 0, 0), "{text:?}");
        assert!(
            lines_of(&applicants, &linked).iter().all(|line| line.reasons.is_empty() && line.ring_cluster.is_none()),
            "{text:?}"
        );
    }
}
