//! What is kept answers as what was linked.

use std::collections::{BTreeMap, BTreeSet};

use bonafide_linkage::people::{self, Applicants, Column, Gather, Index, Key, Kind, Linked, Row};
use bonafide_testkit::applicants::Population;

use crate::index::with_texts;
use crate::people::set;

const KINDS: [Kind; 10] = [
    Kind::Phone,
    Kind::Device,
    Kind::Ip,
    Kind::Wallet,
    Kind::Avatar,
    Kind::Mailbox,
    Kind::Account,
    Kind::DocumentRoot,
    Kind::Phrases,
    Kind::Employers,
];

fn drawn(seed: u64, count: usize) -> (Applicants, Linked, Index) {
    let set = set(&Population::usual(seed, count));
    let lines: Vec<&str> = set.applicants.lines().collect();
    let applicants = with_texts(&lines, &set);
    let linked = people::link(&applicants);
    let index = Index::in_memory(&applicants, &linked, Key::from_bytes([5; 32])).expect("it can be kept");
    (applicants, linked, index)
}

#[test]
fn an_index_answers_as_what_it_was_made_of() {
    let (applicants, mut linked, mut index) = drawn(41, 3_000);
    let rows = applicants.rows() as u32;
    let names = linked.names(&applicants);
    assert_eq!(index.rings(), linked.rings());
    // Rows are in the same order: that of the ids' hashes.
    for row in 0..rows {
        assert_eq!(index.row(applicants.id(row)), Some(row));
        assert_eq!(index.id(row), applicants.id(row));
        assert_eq!(index.rows_of_person(row), linked.rows_of_person(row));
        let stands = linked.rows_of_person(row).iter().min_by_key(|&&row| applicants.id(row)).copied();
        assert_eq!(Some(index.person(row)), stands);
        assert_eq!(index.ring(row).is_some(), linked.ring(row).is_some());
        let mates: BTreeSet<u32> = linked.ring_mates(&applicants, row).into_iter().collect();
        assert_eq!(index.ring_mates(row).into_iter().collect::<BTreeSet<_>>(), mates);
        assert!((index.score(row) - linked.score(row)).abs() < 1e-9);
    }
    // Somebody of a ring is known bad, and somebody of none.
    let of_ring = (0..rows).find(|&row| linked.ring_mates(&applicants, row).len() > 4).expect("there are rings");
    let of_none = (0..rows).find(|&row| linked.ring(row).is_none()).expect("there are others");
    linked.set_known_bad(&[of_ring, of_none]);
    let before = index.version();
    index.set_known_bad(&[applicants.id(of_ring).to_owned(), applicants.id(of_none).to_owned(), "nobody".to_owned()]);
    assert_ne!(index.version(), before);
    assert_eq!(index.known_bad(), BTreeSet::from([of_ring, of_none]).into_iter().collect::<Vec<_>>());
    let pictures = applicants.column(Column::Avatar);
    let mut by_picture: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    pictures.iter().enumerate().for_each(|(row, &group)| by_picture.entry(group).or_default().push(row as u32));
    let (mut lines, mut with_ways, mut same_ways) = (0, 0, 0);
    for row in 0..rows {
        let expected = linked.line(&applicants, &names, row);
        let is_of_bad = linked.person(row) == linked.person(of_ring) || linked.person(row) == linked.person(of_none);
        assert_eq!(index.is_known_bad(row), is_of_bad);
        let group = pictures[row as usize];
        let alike = if group == 0 { Vec::new() } else { by_picture[&group].clone() };
        if alike.len() <= 128 {
            assert_eq!(index.like_pictures(row), alike);
        }
        if row % 5 == 0 || expected.ring_cluster.is_some() {
            lines += 1;
            let said = index.line(row, &applicants, row);
            assert_eq!((&said.id, &said.person_cluster), (&expected.id, &expected.person_cluster));
            assert_eq!((&said.ring_cluster, said.ring_score), (&expected.ring_cluster, expected.ring_score));
            assert_eq!(index.ring_name(row), expected.ring_cluster);
            let plain = |line: &people::Line| -> Vec<_> {
                let of = |reason: &people::Reason| {
                    let value = if reason.kind == "avatar" { String::new() } else { reason.value.clone() };
                    (reason.with.clone(), reason.kind, value, reason.weight.to_bits(), reason.holders, reason.relation)
                };
                let mut all: Vec<_> = line.reasons.iter().map(of).collect();
                all.sort_unstable();
                all
            };
            assert_eq!(plain(&said), plain(&expected), "{}", said.id);
            assert_eq!((said.more_reasons, said.more_ignored), (expected.more_reasons, expected.more_ignored));
            let ignored = |line: &people::Line| line.ignored.iter().map(|one| (one.kind, one.holders)).collect::<Vec<_>>();
            assert_eq!(ignored(&said), ignored(&expected));
            // Of ways of equal strength another one may be shown.
            assert_eq!(said.paths.len(), expected.paths.len(), "{}", said.id);
            for (way, expected) in said.paths.iter().zip(&expected.paths) {
                with_ways += 1;
                same_ways += usize::from(way.to == expected.to && way.steps.len() == expected.steps.len());
                assert!((way.score - expected.score).abs() <= 0.002 + expected.score / 100.0, "{way:?} {expected:?}");
            }
        }
    }
    assert!(lines > 600 && with_ways > 4, "{lines} lines, {with_ways} ways");
    assert_eq!(same_ways, with_ways, "equally strong ways are rare");
    for one in (0..rows).step_by(3) {
        for other in [(one * 7 + 1) % rows, index.ring_mates(one).first().copied().unwrap_or(one)] {
            if linked.person(one) == linked.person(other) {
                continue;
            }
            assert_eq!(index.near(one, other), linked.near(one, other));
            for kind in KINDS {
                for holders in [2, 3, 7, 40] {
                    assert_eq!(index.weight_of(kind, one, other, holders), linked.weight_of(kind, one, other, holders));
                }
                assert_eq!(index.most_holders(kind), linked.most_holders(kind));
            }
            let sentences = index.common_sentences(one, &applicants, one, other);
            if linked.rows_of_person(one).len() == 1 {
                assert_eq!(sentences, linked.sentences(&applicants, one, other));
            }
            for column in [Column::Email, Column::Family, Column::Place, Column::Ip] {
                let cells = applicants.column(column);
                let equal = cells[one as usize] != 0 && cells[one as usize] == cells[other as usize];
                assert_eq!(index.shares(column, one, other), equal);
            }
        }
    }
}

/// Some applications with tokens and stamps.
fn few(tokens: impl Fn(u64) -> Vec<u64>, stamp: impl Fn(u64) -> u64) -> Applicants {
    let mut gather = Gather::default();
    for number in 0..300_u64 {
        let (id, family) = (format!("s{number}"), format!("Family{number}"));
        let row = Row {
            id: &id,
            given: Some("Ada"),
            family: Some(&family),
            tokens: tokens(number),
            stamp: stamp(number),
            ..Row::default()
        };
        assert!(gather.add(&row).expect("it is added"));
    }
    gather.finish()
}

#[test]
fn tokens_are_listed_and_stamps_kept() {
    let applicants = few(|number| vec![number % 3, 1_000 + number, 1_000 + number], |number| number * 10);
    let linked = people::link(&applicants);
    let index = Index::in_memory(&applicants, &linked, Key::from_bytes([5; 32])).expect("it can be kept");
    let row = |number: u64| index.row(&format!("s{number}")).expect("it is there");
    assert_eq!(index.holders(1_007).rows, [row(7)]);
    assert_eq!((index.holders(1_007).count, index.holders(1_007).persons), (1, None));
    let common = index.holders(1);
    assert_eq!((common.count, common.persons), (100, None));
    assert_eq!(common.rows.len(), 100);
    assert_eq!(index.holders(77), people::Holding::default());
    assert_eq!((index.stamp(row(7)), index.stamp(9_999)), (70, 0));
    // Popular ones are counted and not all listed.
    let applicants = few(|_| vec![5], |_| 0);
    let index = Index::in_memory(&applicants, &people::link(&applicants), Key::from_bytes([5; 32])).expect("it can be kept");
    let popular = index.holders(5);
    assert_eq!((popular.rows.len(), popular.count, popular.persons), (128, 300, Some(300)));
}

#[test]
fn versions_tell_what_differs_and_nothing_else() {
    let version = |key: u8, stamp: fn(u64) -> u64| {
        let applicants = few(|_| Vec::new(), stamp);
        let linked = people::link(&applicants);
        Index::in_memory(&applicants, &linked, Key::from_bytes([key; 32])).expect("it can be kept").version()
    };
    let one = version(1, |_| 7);
    assert_eq!(one, version(2, |_| 7), "the key says nothing");
    assert_ne!(one, version(1, |number| if number == 9 { 8 } else { 7 }));
}

#[test]
fn rows_that_are_not_there_are_nobody() {
    let (_, _, index) = drawn(42, 60);
    let nobody = [1_000, 123_456, u32::MAX];
    let none = Gather::default().finish();
    for row in nobody {
        assert_eq!((index.id(row), index.stamp(row), index.person(row)), (String::new(), 0, row));
        assert!(index.rows_of_person(row).is_empty() && index.ring(row).is_none() && index.ring_name(row).is_none());
        assert!(index.ring_mates(row).is_empty() && index.like_pictures(row).is_empty() && !index.is_known_bad(row));
        assert!(index.score(row).abs() < 1e-9 && index.near(row, 3) == people::Near::default());
        assert!(!index.shares(Column::Email, row, row) && index.common_sentences(row, &none, 0, 3).is_empty());
        assert!(index.line(row, &none, 0).reasons.is_empty());
        let _ = index.weight_of(Kind::Phone, row, 2, u32::MAX);
    }
}
