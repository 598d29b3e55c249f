use bonafide_model::{id::SubjectId, time::PartialDate};
use bonafide_testkit::{people, random::Random};

use super::*;
use crate::{
    entry::{Birth, EntryKind, EntryPlace, ListCode, ListedName, NameQuality},
    identifier::{Document, DocumentKind, Identifier, IdentifierKind},
    screening::Wanted,
};

fn entry(id: &str, name: &str) -> Entry {
    let mut entry = Entry::new(EntryId::new(ListCode::OFAC, id), EntryKind::Person, EntryPlace::default());
    entry.add_name(ListedName::of_family_first(name, NameQuality::Primary));
    entry
}

fn subject(population: &str, id: &str, name: &str) -> Subject {
    let key = SubjectKey { population: Population(population.into()), subject: SubjectId::new(id) };
    Subject { key, wanted: Wanted { kind: Some(EntryKind::Person), names: vec![name.to_owned()], ..Wanted::default() } }
}

fn change(older: &[Entry], newer: &[Entry], people: &People, memory: &Memory) -> Outcome {
    let diff = Diff::between(older, newer);
    rescreen(people, &Screener::new(newer.to_vec()), &ListChange::of(&diff, newer), memory, &Options::default())
}

fn shown(alerts: &[Alert]) -> Vec<String> {
    alerts
        .iter()
        .map(|alert| format!("{}/{} {}", alert.subject.population.0, alert.subject.subject.as_str(), alert.entry))
        .collect()
}

#[test]
fn a_pair_lives_through_listing_clearing_change_and_delisting() {
    let people = People::new([
        subject("workers", "a", "Rosalind Marlowe"),
        subject("payees", "a", "Rosalind Marlow"),
        subject("workers", "b", "Tobin Abercraft"),
    ]);
    let mut memory = Memory::default();
    let first = [entry("7", "MARLOWE, Rosalind"), entry("8", "QUARREY, Ines")];

    let outcome = change(&[], &first, &people, &memory);
    assert_eq!(shown(&outcome.opened), ["payees/a ofac:7", "workers/a ofac:7"]);
    memory.apply(&outcome);

    // Nothing changed: nothing runs.
    assert_eq!(change(&first, &first, &people, &memory), Outcome::default());

    // One pair is cleared; the entry gets a birth date; the cleared pair comes back, the other is kept.
    let key = SubjectKey { population: Population("workers".into()), subject: SubjectId::new("a") };
    let id = EntryId::new(ListCode::OFAC, "7");
    let when = "2026-11-02T10:00:00Z".parse().unwrap();
    assert!(memory.clear(&key, &id, "Ines Quarrey", "born 1990, the listed one 1951", when).is_some());
    assert!(memory.clear(&key, &id, "Ines Quarrey", "again", when).is_none());
    let mut second = first.clone();
    second[0].births.push(Birth::on("1951".parse::<PartialDate>().unwrap()));
    let outcome = change(&first, &second, &people, &memory);
    assert_eq!(shown(&outcome.kept), ["payees/a ofac:7"]);
    assert_eq!(outcome.come_back.len(), 1);
    let (alert, clearance) = &outcome.come_back[0];
    assert_eq!((&alert.subject, &*clearance.why), (&key, "born 1990, the listed one 1951"));
    assert!(outcome.opened.is_empty() && outcome.closed.is_empty());
    memory.apply(&outcome);

    // Cleared again: the entry is left out and comes back as it was, and the decision holds.
    memory.clear(&key, &id, "Ines Quarrey", "still not her", when);
    let without = [second[1].clone()];
    let outcome = change(&second, &without, &people, &memory);
    assert_eq!(
        outcome.closed.iter().map(|(alert, why)| (shown(std::slice::from_ref(alert)), *why)).collect::<Vec<_>>(),
        [(vec!["payees/a ofac:7".to_owned()], ClosedBecause::Delisted)]
    );
    memory.apply(&outcome);
    let outcome = change(&without, &second, &people, &memory);
    assert_eq!((outcome.still_cleared, shown(&outcome.opened)), (1, vec!["payees/a ofac:7".to_owned()]));
    memory.apply(&outcome);

    // The entry becomes somebody else's: the open alert is closed.
    let mut renamed = second.clone();
    renamed[0].names.clear();
    renamed[0].add_name(ListedName::whole("Fallowmere Timur", NameQuality::Primary));
    let outcome = change(&second, &renamed, &people, &memory);
    assert_eq!(outcome.closed.iter().map(|(_, why)| *why).collect::<Vec<_>>(), [ClosedBecause::FitsNoMore]);

    let back: Memory = serde_json::from_str(&serde_json::to_string(&memory).unwrap()).unwrap();
    assert_eq!(back, memory);
}

#[test]
fn identifiers_alone_open_an_alert() {
    let mut holder = subject("workers", "a", "Somebody Else");
    holder.wanted.papers.push("xk 123456".to_owned());
    holder.wanted.identifiers.push((IdentifierKind::Email, "Robin+x@sample.example".to_owned()));
    let people = People::new([holder]);
    let mut listed = entry("7", "MARLOWE, Rosalind");
    listed.documents.extend(Document::new(DocumentKind::Passport, "XK123456", "", ""));
    let mut other = entry("8", "QUARREY, Ines");
    other.add_identifier(Identifier::new(IdentifierKind::Email, "robin@sample.example"));
    let outcome = change(&[], &[listed, other], &people, &Memory::default());
    assert_eq!(outcome.opened.iter().map(|alert| alert.identified).collect::<Vec<_>>(), [true, true]);
}

#[test]
fn populations_have_their_own_thresholds_and_nobody_is_found_after_being_forgotten() {
    let mut people = People::new([subject("workers", "a", "Rosalind Marlow"), subject("payees", "a", "Rosalind Marlow")]);
    let listed = [entry("7", "MARLOWE, Rosalind")];
    let everything = ListChange::everything(&listed);
    let strict = Options { thresholds: BTreeMap::from([(Population("payees".into()), 0.999)]), ..Options::default() };
    let lists = Screener::new(listed.to_vec());
    let of =
        |options: &Options, people: &People| shown(&rescreen(people, &lists, &everything, &Memory::default(), options).opened);
    assert_eq!(of(&strict, &people), ["workers/a ofac:7"]);
    let only = Options { populations: Some(BTreeSet::from([Population("payees".into())])), ..Options::default() };
    assert_eq!(of(&only, &people), ["payees/a ofac:7"]);
    people.forget(&SubjectKey { population: Population("payees".into()), subject: SubjectId::new("a") });
    assert!(of(&only, &people).is_empty());
    assert_eq!(people.len(), 1);
}

#[test]
fn newer_readers_do_not_bring_decisions_back() {
    let people = People::new([subject("workers", "a", "Rosalind Marlowe")]);
    let listed = [entry("7", "MARLOWE, Rosalind")];
    let mut memory = Memory::default();
    memory.apply(&change(&[], &listed, &people, &memory));
    let key = SubjectKey { population: Population("workers".into()), subject: SubjectId::new("a") };
    memory.clear(&key, &listed[0].id, "Ines", "not her", "2026-11-02T10:00:00Z".parse().unwrap());
    let mut anew = listed.clone();
    anew[0].add_remark("what older readers left out");
    let hashes: HashMap<EntryId, (ContentHash, ContentHash)> =
        listed.iter().zip(&anew).map(|(old, new)| (old.id.clone(), (old.hash(), new.hash()))).collect();
    memory.read_anew(|id, older| hashes.get(id).filter(|(old, _)| *old == older).map(|(_, new)| *new));
    let outcome = rescreen(&people, &Screener::new(anew.to_vec()), &ListChange::everything(&anew), &memory, &Options::default());
    assert_eq!((outcome.still_cleared, outcome.come_back.len()), (1, 0));
}

/// A spelling that differs a little.
fn respelt(random: &mut Random, name: &str) -> String {
    let mut letters: Vec<char> = name.chars().collect();
    let at = 1 + random.below(letters.len() - 2);
    match random.below(4) {
        0 => drop(letters.remove(at)),
        1 => letters.insert(at, 'h'),
        2 => letters.swap(at - 1, at),
        _ => {}
    }
    letters.into_iter().collect()
}

/// The index finds what screening everybody against every changed entry finds, with the same scores.
#[test]
fn rescreening_finds_what_screening_everybody_finds() {
    let drawn = people::draw(11, 3_000);
    let mut random = Random::new(5);
    let entries: Vec<Entry> = (0..80)
        .map(|n| {
            let person = random.pick(&drawn).clone();
            let mut entry = entry(&n.to_string(), &respelt(&mut random, &person.name));
            if n % 3 == 0 {
                entry.births.push(Birth::on(person.born));
            }
            entry
        })
        .collect();
    let subjects: Vec<Subject> = drawn
        .iter()
        .map(|person| {
            let mut subject = subject("workers", person.subject.as_str(), &person.name);
            subject.wanted.births.push(person.born);
            subject
        })
        .collect();
    let mut expected: Vec<(String, String, u16)> = Vec::new();
    let screener = Screener::new(entries.clone());
    let mut search = Search::default();
    for subject in &subjects {
        for hit in screener.screen(&mut search, &subject.wanted, usize::MAX, 0.7) {
            let score = (hit.score * 1_000.0).round() as u16;
            expected.push((subject.key.subject.as_str().to_owned(), hit.entry.id.to_string(), score));
        }
    }
    let options = Options { threshold: 0.7, ..Options::default() };
    let outcome = rescreen(&People::new(subjects), &screener, &ListChange::everything(&entries), &Memory::default(), &options);
    let mut found: Vec<(String, String, u16)> = outcome
        .opened
        .iter()
        .map(|alert| (alert.subject.subject.as_str().to_owned(), alert.entry.to_string(), alert.score))
        .collect();
    expected.sort();
    found.sort();
    assert!(expected.len() > 100, "{}", expected.len());
    let missed: Vec<_> = expected.iter().filter(|pair| !found.contains(pair)).collect();
    assert!(missed.is_empty(), "{} of {} missed: {missed:?}", missed.len(), expected.len());
    assert_eq!(found.len(), expected.len());
}
