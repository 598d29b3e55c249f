//! The room of the link graph.

#![allow(clippy::unwrap_used, reason = "a failing helper of a test fails the test")]

use std::sync::Arc;

use bonafide_engine::{
    Engine, House, Room,
    links::{LinkRoom, Links},
};
use bonafide_model::{
    ContentHash,
    assessment::Band,
    check::{Missing, Need, Strength},
    dossier::Dossier,
    fact::{
        ClientDevice, ClientIp, CommitIdentity, Email, FactSink, GithubFollowing, Location, NameRole, Ownership, PersonName,
        Phone, ResumeText, Wallet, Work,
    },
    id::SubjectId,
    lens::{Answer, Holders, Identifier, IdentifierKind, LinkHit, Question, Reply, TieForm, TieKind, Tied},
    place::{Place, Source},
};
use jiff::civil::date;
use proptest::prelude::*;

/// What an invented applicant states.
#[derive(Clone, Debug, Default)]
struct Stated {
    id: String,
    given: String,
    family: String,
    city: String,
    phone: Option<String>,
    device: Option<String>,
    ip: Option<String>,
    wallet: Option<String>,
    email: Option<String>,
    commit_email: Option<(String, Ownership)>,
    text: Option<String>,
    follows: Vec<String>,
    work: Vec<(String, &'static str)>,
}

/// A word of eight letters that resembles no other number's.
fn word(number: usize) -> String {
    let mut state = (number as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let letter = |_| {
        state ^= state >> 31;
        state = state.wrapping_mul(0xBF58_476D_1CE4_E5B9).rotate_left(17);
        char::from(b'a' + (state >> 40) as u8 % 26)
    };
    (0..8).map(letter).collect()
}

/// The numbered applicant: nobody else states what this one does.
fn somebody(number: usize) -> Stated {
    Stated {
        id: format!("s-{number:04}"),
        given: word(number),
        family: word(number + 10_000),
        city: word(number + 20_000),
        phone: Some(format!("+1512555{number:04}")),
        device: Some(format!("device-{number}")),
        ip: Some(format!("203.0.{}.{}", number / 200, number % 200 + 1)),
        email: Some(format!("given{number}@mail{number}.example")),
        ..Stated::default()
    }
}

fn dossier(stated: &Stated) -> Dossier {
    let subject = SubjectId::new(&stated.id);
    let source = Source { name: "application.json".into(), content: ContentHash::of_bytes(stated.id.as_bytes()) };
    let mut sink = FactSink::new(subject.clone(), source);
    let name = PersonName {
        role: NameRole::Application,
        full: format!("{} {}", stated.given, stated.family),
        given: Some(stated.given.clone()),
        family: Some(stated.family.clone()),
    };
    sink.push(name, Place::Whole);
    sink.push(
        Location { raw: stated.city.clone(), city: Some(stated.city.clone()), country: Some("US".into()), ..Location::default() },
        Place::Whole,
    );
    if let Some(number) = &stated.phone {
        sink.push(Phone { raw: number.clone(), e164: Some(number.clone()), ..Phone::default() }, Place::Whole);
    }
    if let Some(device) = &stated.device {
        sink.push(ClientDevice { device_id: Some(device.clone()), ..ClientDevice::default() }, Place::Whole);
    }
    if let Some(ip) = &stated.ip {
        sink.push(ClientIp { ip: ip.clone() }, Place::Whole);
    }
    if let Some(wallet) = &stated.wallet {
        sink.push(Wallet { address: wallet.clone(), canonical: wallet.clone(), ..Wallet::default() }, Place::Whole);
    }
    if let Some(email) = &stated.email {
        sink.push(Email { address: email.clone(), canonical: email.clone(), ..Email::default() }, Place::Whole);
    }
    if let Some((email, ownership)) = &stated.commit_email {
        let identity =
            CommitIdentity { email: email.clone(), canonical: email.clone(), ownership: *ownership, ..CommitIdentity::default() };
        sink.push(identity, Place::Whole);
    }
    if let Some(text) = &stated.text {
        sink.push(
            ResumeText { document: "cv.pdf".into(), text: text.clone(), complete: true, ..ResumeText::default() },
            Place::Whole,
        );
    }
    if !stated.follows.is_empty() {
        sink.push(GithubFollowing { login: stated.given.clone(), follows: stated.follows.clone() }, Place::Whole);
    }
    for (employer, start) in &stated.work {
        let start = Some(start.parse().unwrap());
        sink.push(Work { employer: employer.clone(), start, ..Work::default() }, Place::Whole);
    }
    Dossier::new(subject, sink.into_facts())
}

fn linked(people: &[Stated], confirmed: &[&str]) -> LinkRoom {
    let mut links = Links::default();
    for stated in people {
        links.add(&dossier(stated)).unwrap();
    }
    confirmed.iter().for_each(|id| links.confirm(&SubjectId::new(*id)));
    links.link().unwrap()
}

fn ask(room: &LinkRoom, asker: &str, question: &Question) -> Answer {
    room.answer_to(&SubjectId::new(asker), question).expect("a question to this room")
}

fn holders(room: &LinkRoom, asker: &str, kind: IdentifierKind, value: &str) -> Holders {
    match ask(room, asker, &Question::Holders(Identifier::new(kind, value))) {
        Ok(Reply::Holders(holders)) => holders,
        other => panic!("{other:?}"),
    }
}

fn ties(room: &LinkRoom, asker: &str) -> Vec<Tied> {
    match ask(room, asker, &Question::Ties(asker.into())) {
        Ok(Reply::Ties(ties)) => ties,
        other => panic!("{other:?}"),
    }
}

fn passages(room: &LinkRoom, asker: &str) -> Vec<LinkHit> {
    match ask(room, asker, &Question::SharedPassages("any".into())) {
        Ok(Reply::SharedPassages(hits)) => hits,
        other => panic!("{other:?}"),
    }
}

fn engine(room: LinkRoom) -> Engine {
    Engine::new(House::offline().with_room(Arc::new(room)), date(2026, 6, 1))
}

/// A crowd of strangers with a ring of three that shares a telephone number and a wallet.
fn crowd_with_ring(size: usize) -> Vec<Stated> {
    let mut people: Vec<Stated> = (0..size).map(somebody).collect();
    for stated in &mut people[..3] {
        stated.phone = Some("+15125559999".into());
        stated.wallet = Some("0xfeed".into());
    }
    people
}

#[test]
fn a_ring_is_told_with_what_is_shared_and_how_rare_it_is() {
    let people = crowd_with_ring(300);
    let room = linked(&people, &[]);
    let tied = ties(&room, "s-0001");
    let [ring] = &tied[..] else { panic!("{tied:?}") };
    assert_eq!((ring.form, ring.to.as_str(), ring.size, ring.known_bad), (TieForm::Ring, "r:s-0000", 3, false));
    assert!(ring.odds > 300, "{ring:?}");
    assert!(ring.ties.iter().any(|tie| tie.what == TieKind::Wallet && tie.subject == "s-0002" && tie.holders == 3));
    assert!(ties(&room, "s-0100").is_empty());
    let held = holders(&room, "s-0001", IdentifierKind::Phone, "(512) 555-9999");
    assert_eq!((held.count, held.subjects.len()), (2, 2));
    assert!(held.subjects.iter().all(|holder| holder.odds == Some(ring.odds) && holder.benign.is_none() && !holder.same_name));
    assert_eq!(room.ring_of(&SubjectId::new("s-0001")), [SubjectId::new("s-0000"), SubjectId::new("s-0002")]);
    let engine = engine(room);
    let assessed = engine.assess(&dossier(&people[1]), &[]).assessment;
    assert!(assessed.band > Band::Clear, "{assessed:?}");
    assert!(!assessed.lens.links.is_empty());
    let evidence = assessed.findings.iter().flat_map(|finding| &finding.evidence);
    // Others are named by id alone.
    assert!(evidence.clone().all(|evidence| !evidence.compared_with.value.contains(&people[2].given)));
    assert!(evidence.map(|evidence| evidence.compared_with.id.as_str()).any(|id| id == "s-0002"));
}

#[test]
fn one_rare_value_between_strangers_is_a_hint_and_a_household_is_none() {
    let mut people: Vec<Stated> = (0..300).map(somebody).collect();
    people[1].phone = people[0].phone.clone();
    people[2].family = people[3].family.clone();
    people[2].phone = people[3].phone.clone();
    let room = linked(&people, &[]);
    let number = people[0].phone.clone().unwrap();
    let held = holders(&room, "s-0000", IdentifierKind::Phone, &number);
    assert!(held.subjects[0].odds.is_some_and(|odds| odds < 0), "{held:?}");
    assert!(ties(&room, "s-0000").is_empty());
    let home = holders(&room, "s-0003", IdentifierKind::Phone, people[3].phone.as_deref().unwrap());
    assert_eq!(home.subjects[0].benign.as_deref(), Some("household"));
    let engine = engine(room);
    let hint = engine.assess(&dossier(&people[0]), &[]).assessment;
    assert_eq!(hint.band, Band::Clear);
    assert!(hint.findings.iter().all(|finding| finding.strength == Strength::Weak) && !hint.findings.is_empty());
    assert!(engine.assess(&dossier(&people[3]), &[]).assessment.findings.is_empty());
}

#[test]
fn a_popular_value_moves_nobody() {
    let mut people: Vec<Stated> = (0..200).map(somebody).collect();
    for stated in &mut people[..120] {
        stated.ip = Some("198.51.100.7".into());
        stated.wallet = Some("0xexchange".into());
        stated.device = Some("the same browser".into());
    }
    let room = linked(&people, &[]);
    for (kind, value) in [
        (IdentifierKind::Ip, "198.51.100.7"),
        (IdentifierKind::Wallet, "0xexchange"),
        (IdentifierKind::Device, "the same browser"),
    ] {
        let held = holders(&room, "s-0005", kind, value);
        assert_eq!((held.count, held.subjects.len()), (119, 0));
        assert!(held.ignored.is_some_and(|why| why.contains("shared by 120") && why.contains("ignored")));
    }
    let engine = engine(room);
    for stated in &people[..120] {
        let assessed = engine.assess(&dossier(stated), &[]).assessment;
        assert!(assessed.band == Band::Clear && assessed.findings.is_empty(), "{assessed:?}");
    }
}

#[test]
fn what_the_graph_does_not_hold_it_does_not_call_clear() {
    let room = linked(&[somebody(0)], &[]);
    let missing = |answer: Answer| matches!(answer, Err(Missing { need: Need::LinkGraph, .. }));
    let email = || Identifier::new(IdentifierKind::Email, "given0@mail0.example");
    for question in [Question::Holders(email()), Question::Ties("s-0000".into()), Question::SharedPassages("x".into())] {
        assert!(missing(ask(&room, "s-0000", &question)));
    }
    let room = linked(&[somebody(0), somebody(1)], &[]);
    assert!(holders(&room, "s-0000", IdentifierKind::Email, "given0@mail0.example").subjects.is_empty());
    for question in [
        Question::Clusters(email()),
        Question::Templates("x".into()),
        Question::SharedPassages("x".into()),
        Question::Dismissals("s-0000".into()),
        Question::Neighbourhood("s-0000".into()),
    ] {
        assert!(missing(ask(&room, "s-0000", &question)), "{question:?}");
    }
    assert!(room.answer_to(&SubjectId::new("a stranger"), &Question::Ties("a stranger".into())).is_none());
    assert!(room.answer_to(&SubjectId::new("s-0000"), &Question::IpPlace("203.0.113.1".into())).is_none());
}

/// Accounts under one name.
fn accounts(name: &str, count: usize) -> Vec<String> {
    (0..count).map(|number| format!("{name}-{number}")).collect()
}

#[test]
fn a_circle_is_what_hardly_anybody_else_follows() {
    let circles = |asker: Vec<String>| {
        let mut people: Vec<Stated> = (0..120).map(somebody).collect();
        // Hubs are followed by everybody.
        people.iter_mut().for_each(|stated| stated.follows = accounts("hub", 30));
        people[1].follows.extend(accounts("moss", 30));
        people[2].follows.extend(asker);
        let room = linked(&people, &["s-0001"]);
        let hits = |asker: &str| match ask(&room, asker, &Question::Neighbourhood("any".into())) {
            Ok(Reply::Neighbourhood(hits)) => hits,
            other => panic!("{other:?}"),
        };
        assert!(hits("s-0001").is_empty() && hits("s-0003").is_empty());
        // Nobody known to be bad, no ring: nothing to compare with.
        assert!(ask(&linked(&people, &[]), "s-0002", &Question::Neighbourhood("any".into())).is_err());
        hits("s-0002")
    };
    let hits = circles(accounts("moss", 20));
    assert_eq!((hits.len(), hits[0].id.as_str(), hits[0].kind.as_str(), hits[0].weight), (1, "s-0001", "subject", 300));
    assert_eq!(hits[0].shares, ["20 neighbours of 50", "20 of them in no other circle"]);
    let few = circles(accounts("moss", 7));
    assert_eq!((few[0].weight, few[0].shares[0].as_str()), (150, "7 neighbours of 37"));
    assert!(circles(accounts("moss", 4)).is_empty());
    // Whoever follows thousands has something in common with everybody.
    assert!(circles(accounts("moss", 20).into_iter().chain(accounts("other", 1_500)).collect()).is_empty());
}

#[test]
fn other_applications_of_one_person_tell_its_career() {
    let mut people: Vec<Stated> = (0..60).map(somebody).collect();
    people.push(Stated { id: "again".into(), device: None, ip: None, ..people[1].clone() });
    // A couple: like names, one telephone, one flat.
    people.push(Stated { id: "spouse".into(), email: Some("other@mail3.example".into()), ..people[3].clone() });
    people[1].work = vec![("Globex".into(), "2019-01"), ("Initech".into(), "2021-07")];
    people[60].work = vec![("Globex".into(), "2016-05")];
    people[3].work = vec![("Hooli".into(), "2019-01")];
    people[61].work = vec![("Umbra".into(), "2019-01")];
    let room = linked(&people, &[]);
    let told = |asker: &str| match ask(&room, asker, &Question::OtherTellings(asker.into())) {
        Ok(Reply::OtherTellings(tellings)) => tellings,
        other => panic!("{other:?}"),
    };
    let of_first = told("s-0001");
    assert_eq!((of_first.len(), of_first[0].subject.as_str(), of_first[0].jobs.len()), (1, "again", 1));
    assert_eq!((of_first[0].jobs[0].employer.as_str(), of_first[0].jobs[0].start), ("Globex", Some("2016-05".parse().unwrap())));
    assert_eq!(told("again")[0].jobs.len(), 2);
    for asker in ["s-0002", "s-0003", "spouse"] {
        assert!(told(asker).is_empty(), "{asker}");
    }
}

#[test]
fn only_a_decision_makes_somebody_bad_and_the_way_to_it_is_told() {
    let mut people: Vec<Stated> = (0..300).map(somebody).collect();
    people[1].wallet = Some("0xfeed".into());
    people[2].wallet = Some("0xfeed".into());
    assert!(ties(&linked(&people, &[]), "s-0001").is_empty());
    let room = linked(&people, &["s-0002"]);
    let tied = ties(&room, "s-0001");
    assert_eq!((tied[0].form, tied[0].to.as_str(), tied[0].known_bad), (TieForm::Way, "s-0002", true));
    assert_eq!(tied[0].ties[0].what, TieKind::Wallet);
    assert!(holders(&room, "s-0001", IdentifierKind::Wallet, "0xfeed").subjects[0].known_bad);
    assert!(ties(&room, "s-0003").is_empty());
    assert!(engine(room).assess(&dossier(&people[1]), &[]).assessment.band > Band::Clear);
}

#[test]
fn a_word_of_a_login_leads_to_somebody_bad_and_never_beyond_a_weak_finding() {
    let mut people: Vec<Stated> = (0..300).map(somebody).collect();
    people[1].email = Some("zorvanik.77@mail1.example".into());
    people[2].email = Some("Zorvanik-dev@mail2.example".into());
    let room = linked(&people, &["s-0002"]);
    let tied = ties(&room, "s-0001");
    assert_eq!((tied[0].form, tied[0].to.as_str(), tied[0].ties[0].what), (TieForm::Way, "s-0002", TieKind::Alias));
    assert_eq!(tied[0].ties[0].value, "zorvanik");
    assert!(ties(&room, "s-0003").is_empty());
    let assessment = engine(room).assess(&dossier(&people[1]), &[]).assessment;
    let of_words = assessment.findings.iter().find(|finding| finding.summary.contains("login word")).expect("it is told");
    assert_eq!((of_words.strength, assessment.band), (Strength::Weak, Band::Clear), "{of_words:?}");
}

#[test]
fn passages_are_told_within_a_ring_and_popular_phrases_never() {
    let mut people = crowd_with_ring(300);
    let own = "Experience\n- Moved the settlement ledger of four exchanges to append only storage\n\
               - Hardened the audit trail of the custody service for a team of six\n";
    for stated in &mut people[..2] {
        stated.text = Some(own.into());
    }
    for stated in &mut people[10..14] {
        stated.text = Some("Experience\n- Responsible for writing clean, maintainable and well documented code\n- Improved application performance by 40% through caching\n".into());
    }
    let room = linked(&people, &[]);
    let hits = passages(&room, "s-0000");
    assert_eq!((hits.len(), hits[0].id.as_str(), hits[0].kind.as_str()), (1, "s-0001", "subject"));
    assert!(hits[0].weight >= 300 && hits[0].shares[0].starts_with("2 sentences"), "{hits:?}");
    assert!(passages(&room, "s-0010").is_empty() && ties(&room, "s-0010").is_empty());
}

#[test]
fn one_person_under_initials_and_slips_of_the_pen_is_no_ring() {
    let mut people: Vec<Stated> = (0..100).map(somebody).collect();
    for (number, given) in [(0, "Suresh"), (1, "S."), (2, "Zoe"), (3, "Zeo")] {
        let other = number ^ 1;
        people[number].given = given.into();
        people[number].family = format!("Iyer{}", number / 2);
        people[number].phone = Some(format!("+1512555900{}", number.min(other)));
        people[number].wallet = Some(format!("0xfeed{}", number.min(other)));
        people[number].commit_email = Some((format!("own{}@habit.example", number.min(other)), Ownership::Own));
    }
    let room = linked(&people, &[]);
    assert_eq!(room.rings(), 0);
    let held = holders(&room, "s-0000", IdentifierKind::Wallet, "0xfeed0");
    assert!(held.subjects[0].same_person || held.subjects[0].same_name, "{held:?}");
    let engine = engine(room);
    for stated in &people[..4] {
        assert_eq!(engine.assess(&dossier(stated), &[]).assessment.band, Band::Clear);
    }
}

#[test]
fn addresses_of_bots_and_of_other_people_link_nobody() {
    let mut people: Vec<Stated> = (0..50).map(somebody).collect();
    people[0].commit_email = Some(("bot@ci.example".into(), Ownership::Bot));
    people[1].commit_email = Some(("bot@ci.example".into(), Ownership::Bot));
    people[2].commit_email = Some(("upstream@project.example".into(), Ownership::Other));
    people[3].commit_email = Some(("upstream@project.example".into(), Ownership::Other));
    people[4].commit_email = Some(("own@habit.example".into(), Ownership::Own));
    people[5].commit_email = Some(("own@habit.example".into(), Ownership::Own));
    let room = linked(&people, &[]);
    assert_eq!(holders(&room, "s-0000", IdentifierKind::Email, "bot@ci.example").count, 0);
    assert_eq!(holders(&room, "s-0002", IdentifierKind::Email, "upstream@project.example").count, 0);
    assert_eq!(holders(&room, "s-0004", IdentifierKind::Email, "own@habit.example").count, 1);
}

#[test]
fn an_application_given_twice_is_one_and_odd_values_harm_nobody() {
    let mut odd = somebody(7);
    odd.email = Some("x".repeat(10_000));
    odd.phone = Some("+".into());
    odd.ip = Some("not an address".into());
    odd.text = Some("word ".repeat(50_000));
    let empty = Stated { id: "empty".into(), ..Stated::default() };
    let people = [somebody(0), somebody(0), odd, empty, somebody(1)];
    let room = linked(&people, &[]);
    assert_eq!((room.subjects(), room.rings()), (4, 0));
    assert!(ties(&room, "s-0000").is_empty() && ties(&room, "empty").is_empty());
    assert_eq!(holders(&room, "s-0000", IdentifierKind::Email, "given0@mail0.example").count, 0);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn the_order_of_the_input_does_not_matter(seed in any::<u64>()) {
        let people = crowd_with_ring(60);
        let mut shuffled = people.clone();
        for at in 0..shuffled.len() {
            let other = (seed.rotate_left(at as u32) as usize).wrapping_mul(at + 7) % shuffled.len();
            shuffled.swap(at, other);
        }
        let (one, other) = (linked(&people, &["s-0002"]), linked(&shuffled, &["s-0002"]));
        prop_assert_eq!(one.version(), other.version());
        for stated in &people {
            for question in [
                Question::Ties(stated.id.clone()),
                Question::Holders(Identifier::new(IdentifierKind::Wallet, "0xfeed")),
                Question::Holders(Identifier::new(IdentifierKind::Phone, "+15125559999")),
                Question::Clusters(Identifier::new(IdentifierKind::Wallet, "0xfeed")),
            ] {
                prop_assert_eq!(ask(&one, &stated.id, &question), ask(&other, &stated.id, &question));
            }
        }
    }
}
