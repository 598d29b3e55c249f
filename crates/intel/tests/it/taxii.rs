//! Collections: what is added comes out as it went in, page by page, and survives.

use std::{collections::BTreeSet, fs, path::PathBuf};

use bonafide_intel::taxii::{Added, Collection, Deleted, Filter, Page};
use proptest::prelude::*;
use tempfile::TempDir;

const NOW: i64 = 1_700_000_000_000_000;

fn uuid(number: usize) -> String {
    format!("00000000-0000-4000-8000-{number:012x}")
}

/// An object of a type, in the version of a day; without a day one that is never modified.
fn object(kind: &str, number: usize, day: Option<usize>, spec: &str) -> String {
    let spec = if spec.is_empty() { String::new() } else { format!(r#","spec_version":"{spec}""#) };
    let dates = day.map_or_else(String::new, |day| {
        format!(r#","created":"2026-01-01T00:00:00.000Z","modified":"2026-01-{day:02}T00:00:00.000Z""#)
    });
    let more = match kind {
        "indicator" => {
            r#","pattern":"[email-addr:value = 'a@mail.example']","pattern_type":"stix","valid_from":"2026-01-01T00:00:00Z""#
        }
        "malware" => r#","is_family":false"#,
        "ipv4-addr" => r#","value":"203.0.113.7""#,
        _ => r#","name":"a tool""#,
    };
    format!(r#"{{"type":"{kind}","id":"{kind}--{}"{spec}{dates},"x_note":"{number} {day:?}"{more}}}"#, uuid(number))
}

struct Place {
    folder: TempDir,
}

impl Place {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("green.log")
    }

    fn open(&self) -> Collection {
        Collection::open(&self.path()).unwrap()
    }
}

fn add(collection: &Collection, objects: &[String]) -> Vec<Added> {
    let objects: Vec<&str> = objects.iter().map(String::as_str).collect();
    collection.add(&objects, NOW).unwrap().into_iter().map(|outcome| outcome.added).collect()
}

fn filter(parameters: &[(&str, &str)]) -> Filter {
    let mut filter = Filter::default();
    parameters.iter().for_each(|(name, value)| assert!(filter.take(name, value).unwrap()));
    filter
}

fn bytes(collection: &Collection, page: &Page) -> String {
    let mut bytes = Vec::new();
    collection.write_objects(page, &mut bytes).unwrap();
    String::from_utf8(bytes).unwrap()
}

fn all(collection: &Collection, parameters: &[(&str, &str)]) -> String {
    bytes(collection, &collection.page(&filter(parameters), None, 1_000))
}

#[test]
fn what_is_added_comes_out_as_it_went_in_and_survives() {
    let place = Place::new();
    let odd = format!(r#"{{ "id" : "x-thing--{}","type":"x-thing", "num":1e3,"num2":1.000, "txt":"\u00e9\/" }}"#, uuid(9));
    let objects = [object("indicator", 1, Some(2), "2.1"), odd.clone(), object("malware", 2, Some(1), "")];
    let collection = place.open();
    assert_eq!(add(&collection, &objects), [Added::New, Added::New, Added::New]);
    let whole = all(&collection, &[]);
    assert_eq!(whole, objects.join(","));
    let listed = collection.listed(&collection.page(&Filter::default(), None, 10));
    assert_eq!(
        listed.iter().map(|of| of.version.as_str()).collect::<Vec<_>>(),
        ["2026-01-02T00:00:00.000Z", "2023-11-14T22:13:20.000001Z", "2026-01-01T00:00:00.000Z"]
    );
    drop(collection);
    let again = place.open();
    assert_eq!((all(&again, &[]), again.len()), (whole, 3));
    // The same versions once more are known, also within one envelope.
    let twice = [objects[0].clone(), odd, object("tool", 3, Some(1), "2.1"), object("tool", 3, Some(1), "2.1")];
    assert_eq!(add(&again, &twice), [Added::Known, Added::Known, Added::New, Added::Known]);
    assert_eq!(again.len(), 4);
}

#[test]
fn paging_by_date_after_one_large_envelope_loses_nothing() {
    let place = Place::new();
    let collection = place.open();
    let objects: Vec<String> = (0..500).map(|number| object("indicator", number, Some(1), "2.1")).collect();
    add(&collection, &objects);
    add(
        &collection,
        &objects[..3]
            .iter()
            .map(|object| object.replace("2026-01-01T00:00:00.000Z\",\"x_note", "2026-01-05T00:00:00.000Z\",\"x_note"))
            .collect::<Vec<_>>(),
    );
    for most in [1, 7, 100, 499] {
        let (mut seen, mut after, mut dates) = (Vec::new(), None, BTreeSet::new());
        loop {
            let page = collection.page(&Filter::default(), after, most);
            assert!(page.len() <= most);
            let listed = collection.listed(&page);
            dates.extend(listed.iter().map(|of| of.added));
            seen.extend(listed.into_iter().map(|of| of.id));
            after = page.added.map(|(_, last)| last);
            if !page.more {
                break;
            }
        }
        assert_eq!((seen.len(), dates.len()), (500, 500), "{most}");
        assert_eq!(seen.iter().collect::<BTreeSet<_>>().len(), 500);
    }
}

#[test]
fn a_late_old_version_is_not_the_last() {
    let place = Place::new();
    let collection = place.open();
    for day in [5, 2, 9, 7] {
        add(&collection, &[object("indicator", 1, Some(day), "2.1")]);
    }
    add(&collection, &[object("indicator", 1, Some(30), "")]);
    let days = |parameters: &[(&str, &str)]| -> Vec<String> {
        let listed = collection.listed(&collection.page(&filter(parameters), None, 100));
        listed.into_iter().map(|of| format!("{} {}", of.spec.name(), &of.version[8..10])).collect()
    };
    assert_eq!(days(&[]), ["2.1 09"]);
    assert_eq!(days(&[("match[version]", "first")]), ["2.1 02"]);
    assert_eq!(days(&[("match[version]", "first,last")]), ["2.1 02", "2.1 09"]);
    assert_eq!(days(&[("match[version]", "all")]), ["2.1 05", "2.1 02", "2.1 09", "2.1 07"]);
    assert_eq!(days(&[("match[version]", "2026-01-07T00:00:00Z")]), ["2.1 07"]);
    assert_eq!(days(&[("match[spec_version]", "2.0")]), ["2.0 30"]);
    assert_eq!(days(&[("match[spec_version]", "2.0,2.1")]), ["2.1 09", "2.0 30"]);
    assert!(days(&[("match[type]", "malware")]).is_empty());
    let id = format!("indicator--{}", uuid(1));
    assert_eq!(days(&[("match[id]", &format!("{id},{id}"))]), ["2.1 09"]);
    // Without the latest the one before is the latest.
    assert_eq!(collection.delete(&id, &filter(&[("match[version]", "last")])).unwrap(), Deleted::Versions(1));
    assert_eq!(days(&[]), ["2.1 07"]);
    assert_eq!(
        collection.delete(&id, &filter(&[("match[spec_version]", "2.1"), ("match[version]", "all")])).unwrap(),
        Deleted::Versions(3)
    );
    assert_eq!(days(&[]), ["2.0 30"]);
    assert_eq!(collection.delete(&id, &Filter::default()).unwrap(), Deleted::Versions(1));
    assert!(!collection.knows(&id));
    assert_eq!(collection.delete(&id, &Filter::default()).unwrap(), Deleted::Unknown);
    drop(collection);
    assert_eq!(place.open().len(), 0);
}

#[test]
fn one_broken_object_poisons_nothing() {
    let place = Place::new();
    let collection = place.open();
    let deep =
        format!(r#"{{"type":"indicator","id":"indicator--{}","x":{}{}}}"#, uuid(3), "[".repeat(100_000), "]".repeat(100_000));
    let objects = [
        object("indicator", 1, Some(1), "2.1"),
        "17".to_owned(),
        r#"{"id":"indicator--1"}"#.to_owned(),
        deep,
        object("indicator", 2, Some(1), "2.1").replace("2026-01-01T00:00:00.000Z\",\"x_note", "yesterday\",\"x"),
        // STIX 2.1 wants a pattern; what was written by 2.0 is not judged by it.
        object("indicator", 5, Some(1), "2.1").replace("pattern\":\"[", "pattern\":\"]"),
        object("indicator", 4, Some(1), "2.1"),
        object("indicator", 6, Some(1), "").replace("pattern\":\"[", "pattern\":\"]"),
    ];
    let added = add(&collection, &objects);
    let taken: Vec<bool> = added.iter().map(|added| *added == Added::New).collect();
    assert_eq!(taken, [true, false, false, false, false, false, true, true], "{added:?}");
    assert!(matches!(&added[5], Added::Refused(why) if why.to_string().contains("/pattern")), "{:?}", added[5]);
    assert_eq!(all(&collection, &[]), [objects[0].as_str(), &objects[6], &objects[7]].join(","));
}

#[test]
fn what_was_cut_short_is_cut_off_and_damage_is_noticed() {
    let place = Place::new();
    let collection = place.open();
    let objects: Vec<String> = (0..5).map(|number| object("indicator", number, Some(1), "2.1")).collect();
    add(&collection, &objects[..4]);
    let acknowledged = fs::metadata(place.path()).unwrap().len();
    add(&collection, &objects[4..]);
    drop(collection);
    let whole = fs::read(place.path()).unwrap();
    for length in acknowledged..whole.len() as u64 {
        fs::write(place.path(), &whole[..length as usize]).unwrap();
        assert_eq!(place.open().len(), 4, "{length}");
    }
    fs::write(place.path(), &whole[..10]).unwrap();
    assert_eq!(place.open().len(), 0);
    let mut damaged = whole;
    damaged[200] ^= 1;
    fs::write(place.path(), &damaged).unwrap();
    assert!(Collection::open(&place.path()).is_err());
    fs::write(place.path(), "something else that is longer than a head\n").unwrap();
    assert!(Collection::open(&place.path()).is_err());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// A plain list of everything says the same.
    #[test]
    fn pages_say_what_a_list_says(
        sent in prop::collection::vec((0_usize..4, 0_usize..6, 1_usize..6, prop::sample::select(vec!["2.1", ""])), 1..40),
        gone in prop::collection::vec(0_usize..6, 0..3),
        kinds in prop::sample::select(vec!["", "indicator", "malware,tool", "ipv4-addr,malware", "x-none"]),
        versions in prop::sample::select(vec!["", "last", "first", "all", "first,last", "2026-01-03T00:00:00Z"]),
        most in 1_usize..8,
    ) {
        const KINDS: [&str; 4] = ["indicator", "malware", "tool", "ipv4-addr"];
        let place = Place::new();
        let collection = place.open();
        // Date, id, type, version of STIX and day of everything that is there.
        let mut list: Vec<(String, &str, bool, Option<usize>)> = Vec::new();
        for (kind, number, day, spec) in sent {
            // Observables have no dates, and are of 2.1 all.
            let day = Some(day).filter(|_| KINDS[kind] != "ipv4-addr");
            let spec = if day.is_none() { "2.1" } else { spec };
            let raw = object(KINDS[kind], number, day, spec);
            let id = format!("{}--{}", KINDS[kind], uuid(number));
            let new = (id, KINDS[kind], spec == "2.1", day);
            let known = list.contains(&new);
            prop_assert_eq!(&add(&collection, &[raw])[0], if known { &Added::Known } else { &Added::New });
            if !known {
                list.push(new);
            }
        }
        for number in gone {
            let id = format!("indicator--{}", uuid(number));
            collection.delete(&id, &Filter::default()).unwrap();
            list.retain(|of| of.0 != id);
        }
        let mut parameters = Vec::new();
        if !kinds.is_empty() { parameters.push(("match[type]", kinds)); }
        if !versions.is_empty() { parameters.push(("match[version]", versions)); }
        let wanted = |at: usize| {
            let (id, kind, is_new, day) = &list[at];
            let newest = list.iter().filter(|of| of.0 == *id).any(|of| of.2);
            let of_spec = || list.iter().enumerate().filter(|(_, of)| of.0 == *id && of.2 == *is_new);
            let last = of_spec().max_by_key(|(at, of)| (of.3, *at)).map(|(at, _)| at);
            let first = of_spec().min_by_key(|(at, of)| (of.3, *at)).map(|(at, _)| at);
            let of_version = versions.split(',').any(|version| match version {
                "" | "last" => last == Some(at),
                "first" => first == Some(at),
                "all" => true,
                _ => *day == Some(3),
            });
            (kinds.is_empty() || kinds.split(',').any(|of| of == *kind)) && newest == *is_new && of_version
        };
        let expected: Vec<&String> = (0..list.len()).filter(|&at| wanted(at)).map(|at| &list[at].0).collect();
        let (mut seen, mut after) = (Vec::new(), None);
        loop {
            let page = collection.page(&filter(&parameters), after, most);
            seen.extend(collection.listed(&page).into_iter().map(|of| of.id));
            after = page.added.map(|(_, last)| last);
            if !page.more { break; }
            prop_assert_eq!(page.len(), most);
        }
        prop_assert_eq!(seen.iter().collect::<Vec<_>>(), expected);
        let again = place.path();
        drop(collection);
        let reopened = Collection::open(&again).unwrap();
        prop_assert_eq!(reopened.len(), list.len());
    }
}
