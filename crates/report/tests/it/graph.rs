//! Pictures of links.

use std::time::Instant;

use bonafide_report::graph::{Graph, Person, Role, Shared};
use proptest::prelude::*;

fn svg(graph: &Graph) -> String {
    let mut out = Vec::new();
    graph.write_svg(&mut out).expect("writes to memory");
    String::from_utf8(out).expect("UTF-8")
}

fn page(graph: &Graph) -> String {
    let mut out = Vec::new();
    graph.write_html(&mut out).expect("writes to memory");
    String::from_utf8(out).expect("UTF-8")
}

/// Five applications: three with one wallet, two of them with one device, one of them linked to somebody known.
pub(crate) fn small() -> Graph {
    let mut graph = Graph::new("Ring r:A-17");
    graph.note("What 3 applications share.".to_owned());
    let mut one = Person::new("A-17", Role::Centre);
    (one.person, one.ring, one.score) = (Some("p:A-17".into()), Some("r:A-17".into()), Some(21.75));
    let one = graph.add(one);
    let two = graph.add(Person::new("B-2", Role::Member));
    let three = graph.add(Person::new("C-3", Role::Member));
    let four = graph.add(Person::new("D-4", Role::KnownBad));
    graph.share(Shared::new("wallet", "0x52908400098527886e0f7030069857d2e4169ee7", 14.2).held_by(3).between([one, two, three]));
    graph.share(Shared::new("device", "dev-77", 9.0).held_by(2).between([one, two]));
    graph.share(Shared::new("phone", "+351 555 0100", 7.5).held_by(2).of_one_person().between([three, four]));
    graph
}

#[test]
fn a_page_says_the_same_in_tables() {
    let page = page(&small());
    let read = super::html::read(&page);
    for id in ["A-17", "B-2", "C-3", "D-4", "0x52908400098527886e0f7030069857d2e4169ee7", "+351 555 0100", "dev-77", "known bad"]
    {
        assert!(page.contains(id), "{id}");
    }
    assert!(read.elements.iter().any(|element| element == "svg"));
}

#[test]
fn a_picture_stands_alone() {
    insta::assert_snapshot!(svg(&small()));
}

#[test]
fn an_empty_graph_is_a_picture_too() {
    assert!(svg(&Graph::new("Nobody")).contains("0 applications and 0 shared values"));
}

/// Rings of many sizes, chained by rare values.
fn large(nodes: usize) -> Graph {
    let mut graph = Graph::new("Everything");
    let people: Vec<usize> =
        (0..nodes * 2 / 3).map(|at| graph.add(Person::new(&format!("applicant-{at:05}"), Role::Linked))).collect();
    for at in 0..nodes - people.len() {
        let start = at * 7919 % people.len();
        let holders = people.iter().cycle().skip(start).step_by(1 + at % 13).take(2 + at % 5).copied();
        graph.share(Shared::new("device", &format!("device-{at}"), 5.0).held_by(4).between(holders));
    }
    graph
}

#[test]
fn five_thousand_nodes_are_drawn_and_none_is_lost() {
    let graph = large(5_000);
    let started = Instant::now();
    let picture = svg(&graph);
    // The goal of a second holds for the optimised program and is measured there.
    assert!(started.elapsed().as_secs() < 60, "{:?}", started.elapsed());
    assert_eq!(picture.matches("<circle").count(), graph.people());
    assert_eq!(picture.matches("<rect").count(), graph.shared());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]
    #[test]
    fn no_text_breaks_a_picture(texts in proptest::collection::vec(super::attack(), 5), weight in any::<f64>()) {
        let mut graph = Graph::new(&texts[0]);
        graph.note(texts[1].clone());
        let one = graph.add(Person::new(&texts[2], Role::Centre));
        graph.share(Shared::new(&texts[3], &texts[4], weight).held_by(u32::MAX).between([one, 7]));
        for text in [svg(&graph), page(&graph)] {
            prop_assert_eq!(text.chars().find(|&character| super::is_dangerous(character)), None);
            prop_assert!(!text.to_ascii_lowercase().contains("<script"));
        }
        super::html::read(&page(&graph));
    }

    #[test]
    fn the_same_graph_gives_the_same_bytes(seed in 0_usize..500) {
        let graph = large(30 + seed);
        prop_assert_eq!(svg(&graph), svg(&large(30 + seed)));
    }
}
