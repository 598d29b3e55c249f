//! How many alleged personas are reached when a random half of them is known, and whether anybody else is.
//!
//! `cargo run --release -p bonafide-linkage --example alleged_personas -- DATA/tradecraft`
//!
//! Personas of one cluster are linked among ordinary people whose mailboxes have the shapes of the benign addresses. The median of 20
//! splits is printed with the cluster that ways end in, and beside it what equal identifiers alone reach. Names are given as they would
//! be in applications: they are no link.

#![allow(clippy::print_stdout, reason = "an example prints its figures")]

use std::{collections::BTreeSet, path::Path};

use bonafide_linkage::people::{Applicants, Gather, Line, Linked, Row, link};
use serde::Deserialize;

/// Splits into known and hidden.
const SPLITS: u64 = 20;
/// Kinds of identifiers that are accounts on a service.
const SERVICES: [&str; 7] = ["handle", "twitter", "telegram", "npm", "linkedin", "gitlab", "discord"];

#[derive(Deserialize)]
struct Persona {
    persona: String,
    cluster: String,
    identifiers: Vec<Identifier>,
}

#[derive(Deserialize)]
struct Identifier {
    #[serde(rename = "type")]
    kind: String,
    value: String,
}

impl Persona {
    fn of<'p>(&'p self, kind: &'p str) -> impl Iterator<Item = &'p str> {
        self.identifiers.iter().filter(move |identifier| identifier.kind == kind).map(|identifier| identifier.value.as_str())
    }

    /// Identifiers by which equality would find it.
    fn identifiers(&self) -> BTreeSet<(String, String)> {
        let named = self.identifiers.iter().filter(|identifier| identifier.kind != "alias_name");
        named.map(|identifier| (identifier.kind.clone(), identifier.value.to_lowercase())).collect()
    }

    fn add_to(&self, gather: &mut Gather) {
        let name = self.of("alias_name").next().unwrap_or_default();
        let (given, family) = name.rsplit_once(' ').unwrap_or(("", name));
        let logins: Vec<&str> = self.of("github").collect();
        let wallets: Vec<&str> = self.of("wallet").collect();
        let others = SERVICES.iter().flat_map(|&service| self.of(service).map(move |login| (service, login)));
        let row = Row {
            id: &self.persona,
            given: Some(given),
            family: Some(family),
            email: self.of("email").next(),
            mailboxes: self.of("email").skip(1).collect(),
            account: logins.first().copied(),
            accounts: logins.iter().skip(1).map(|&login| ("", login)).chain(others).collect(),
            wallet: wallets.first().copied(),
            wallets: wallets.iter().skip(1).copied().collect(),
            ..Row::default()
        };
        assert!(gather.add(&row).expect("there is room"));
    }
}

fn main() {
    let folder = std::env::args().nth(1).expect("the folder of the tradecraft data");
    let folder = Path::new(&folder);
    let personas = std::fs::read_to_string(folder.join("personas_dev.json")).expect("the personas");
    let personas: Vec<Persona> = serde_json::from_str(&personas).expect("a list of personas");
    let benign = std::fs::read_to_string(folder.join("benign_emails_dev.csv")).expect("the benign addresses");
    let mut gather = Gather::default();
    personas.iter().for_each(|persona| persona.add_to(&mut gather));
    let mut ordinary = 0;
    for (number, line) in benign.lines().skip(1).enumerate() {
        let (address, _) = line.rsplit_once(',').unwrap_or((line, ""));
        let id = format!("benign-{number}");
        let row = Row { id: &id, email: Some(address), ..Row::default() };
        assert!(gather.add(&row).expect("there is room"));
        ordinary += 1;
    }
    let applicants = gather.finish();
    let mut linked = link(&applicants);
    let outcomes: Vec<Outcome> = (0..SPLITS).map(|seed| split(&personas, &applicants, &mut linked, seed)).collect();
    let median = |of: &dyn Fn(&Outcome) -> f64| {
        let mut all: Vec<f64> = outcomes.iter().map(of).collect();
        all.sort_by(f64::total_cmp);
        f64::midpoint(all[(all.len() - 1) / 2], all[all.len() / 2])
    };
    let (reached, right) = outcomes.iter().fold((0, 0), |(all, right), outcome| (all + outcome.reached, right + outcome.right));
    println!(
        "{}",
        serde_json::json!({
            "personas": personas.len(),
            "ordinary": ordinary,
            "reached": median(&|outcome| share(outcome.reached, outcome.hidden)),
            "reached_by_equality": median(&|outcome| share(outcome.equal, outcome.hidden)),
            "right_cluster": share(right, reached),
            "ordinary_reached": outcomes.iter().map(|outcome| outcome.ordinary).max(),
            "ordinary_in_rings": in_rings(&applicants, &linked),
        })
    );
}

fn share(part: usize, whole: usize) -> f64 {
    part as f64 / whole.max(1) as f64
}

struct Outcome {
    hidden: usize,
    reached: usize,
    right: usize,
    equal: usize,
    ordinary: usize,
}

fn split(personas: &[Persona], applicants: &Applicants, linked: &mut Linked, seed: u64) -> Outcome {
    let mut order: Vec<(u64, usize)> = (0..personas.len()).map(|at| (mixed(seed << 32 | at as u64), at)).collect();
    order.sort_unstable();
    let (known, hidden) = order.split_at(personas.len() / 2);
    let rows: Vec<u32> = known.iter().filter_map(|&(_, at)| applicants.row_of(&personas[at].persona)).collect();
    linked.set_known_bad(&rows);
    let lines = lines(applicants, linked);
    let cluster = |id: &str| personas.iter().find(|persona| persona.persona == id).map(|persona| persona.cluster.as_str());
    let known_identifiers: BTreeSet<(String, String)> = known.iter().flat_map(|&(_, at)| personas[at].identifiers()).collect();
    let mut outcome = Outcome { hidden: hidden.len(), reached: 0, right: 0, equal: 0, ordinary: 0 };
    for &(_, at) in hidden {
        let persona = &personas[at];
        outcome.equal += usize::from(!persona.identifiers().is_disjoint(&known_identifiers));
        let line = lines.iter().find(|line| line.id == persona.persona).expect("everybody has a line");
        if let Some(path) = line.paths.first() {
            outcome.reached += 1;
            outcome.right += usize::from(cluster(&path.to) == Some(persona.cluster.as_str()));
        }
    }
    outcome.ordinary = lines.iter().filter(|line| cluster(&line.id).is_none() && !line.paths.is_empty()).count();
    outcome
}

fn lines(applicants: &Applicants, linked: &Linked) -> Vec<Line> {
    let names = linked.names(applicants);
    applicants.in_input_order().into_iter().map(|row| linked.line(applicants, &names, row)).collect()
}

fn in_rings(applicants: &Applicants, linked: &Linked) -> usize {
    let ordinary = |row: &u32| applicants.id(*row).starts_with("benign-");
    (0..applicants.rows() as u32).filter(ordinary).filter(|&row| linked.ring(row).is_some()).count()
}

/// The finaliser of SplitMix64.
fn mixed(number: u64) -> u64 {
    let mut mixed = number.wrapping_add(0x9E37_79B9_7F4A_7C15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    mixed ^ (mixed >> 31)
}
