//! `bonafide link show`: what ties applications to each other, as a picture and as a table.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use bonafide_formats::{limits::Limits, packed};
use bonafide_report::{
    clean,
    graph::{Graph, Person, Role, Shared},
};
use serde::Deserialize;

use super::people::{open, unreadable};
use crate::{
    cli::{Global, Show},
    config,
    output::{self, Sink},
    status::{Failure, Status},
};

/// Applications of one picture.
const MOST_PEOPLE: usize = 20_000;
/// Bad lines that are named.
const NAMED: usize = 20;
/// What to give.
const HINT: &str = "name what `bonafide link people --out FILE` wrote";
/// Characters of a value in the table of the terminal.
const VALUE: usize = 80;

pub(crate) fn run(global: &Global, arguments: &Show) -> Result<Status, Failure> {
    let settings = config::load(global, None)?.settings;
    let limits = Limits { unpacked: super::MOST_UNPACKED, ..settings.limits.to_limits() };
    let (links, bad) = Links::read(&arguments.links, &limits)?;
    let chosen = links.chosen(&arguments.of, arguments.steps)?;
    if chosen.is_empty() {
        return Err(Failure::usage(
            format!("{} holds no ring", arguments.links.display()),
            "name applications with --of to see what they share",
        ));
    }
    if chosen.len() > MOST_PEOPLE {
        return Err(Failure::usage(
            format!("{} are too many for one picture", output::count(chosen.len(), "application")),
            "name a ring or an application with --of, or fewer --steps",
        ));
    }
    let graph = links.graph(&arguments.of, &chosen);
    for (path, write) in [(&arguments.html, Graph::write_html as Writer), (&arguments.svg, Graph::write_svg as Writer)] {
        let Some(path) = path else { continue };
        let mut bytes = Vec::new();
        write(&graph, &mut bytes)
            .map_err(|source| Failure::internal("cannot draw the picture", "report this as a defect", source))?;
        let mut sink = Sink::open(path)?;
        sink.write(&String::from_utf8_lossy(&bytes))?;
        sink.finish()?;
    }
    if arguments.html.is_none() && arguments.svg.is_none() {
        let mut sink = Sink::open(Path::new("-"))?;
        sink.write(&table(&graph))?;
        sink.finish()?;
    } else if !settings.quiet {
        output::note(&summary(&graph));
    }
    Ok(if bad > 0 { Status::SomeUnreadable } else { Status::Done })
}

type Writer = fn(&Graph, &mut Vec<u8>) -> Result<(), bonafide_report::Error>;

/// One line of `link people` or `link add`. What the picture does not show is not read.
#[derive(Deserialize)]
struct Line {
    id: String,
    person_cluster: String,
    ring_cluster: Option<String>,
    #[serde(default)]
    ring_score: f64,
    #[serde(default)]
    reasons: Vec<Reason>,
    #[serde(default)]
    paths: Vec<Way>,
}

#[derive(Clone, Deserialize)]
struct Reason {
    with: String,
    kind: String,
    value: String,
    weight: f64,
    holders: u32,
    #[serde(default)]
    relation: String,
}

#[derive(Deserialize)]
struct Way {
    to: String,
    steps: Vec<Reason>,
}

/// What a file of links says.
#[derive(Default)]
struct Links {
    lines: BTreeMap<String, Line>,
    ties: BTreeMap<Value, Tie>,
    /// Where ways to known bad end.
    known_bad: BTreeSet<String>,
}

/// What is shared: the person whom it makes one, where it does; its kind; the value. Two persons may share what also makes each one.
type Value = (Option<String>, String, String);

#[derive(Default)]
struct Tie {
    weight: f64,
    holders: u32,
    people: BTreeSet<String>,
}

impl Links {
    fn read(path: &Path, limits: &Limits) -> Result<(Self, usize), Failure> {
        let source = open(path).map_err(|failure| match failure {
            Failure::Unreadable { what, .. } => Failure::Unreadable { what, hint: HINT.to_owned() },
            other => other,
        })?;
        let mut lines = packed::lines(source, limits).map_err(|error| unreadable(path, &error))?;
        let (mut links, mut bad) = (Self::default(), 0_usize);
        while let Some(line) = lines.next_line() {
            let line = line.map_err(|error| unreadable(path, &error))?;
            if line.bytes.trim_ascii().is_empty() {
                continue;
            }
            match serde_json::from_slice::<Line>(line.bytes) {
                Ok(read) => links.add(read),
                Err(error) => {
                    bad += 1;
                    if bad <= NAMED {
                        output::error(&format!(
                            "{}, line {}: not a line of `link people` ({error})",
                            path.display(),
                            line.number
                        ));
                    }
                }
            }
        }
        if links.lines.is_empty() {
            return Err(Failure::Unreadable { what: format!("{} holds no links", path.display()), hint: HINT.to_owned() });
        }
        Ok((links, bad))
    }

    fn add(&mut self, line: Line) {
        for reason in &line.reasons {
            self.tie(&line.id, &line.person_cluster, reason);
        }
        for way in &line.paths {
            let mut from = line.id.as_str();
            for step in &way.steps {
                self.tie(from, &line.person_cluster, step);
                from = &step.with;
            }
            self.known_bad.insert(way.to.clone());
        }
        self.lines.insert(line.id.clone(), line);
    }

    fn tie(&mut self, from: &str, person: &str, reason: &Reason) {
        let person = (reason.relation == "same_person").then(|| person.to_owned());
        let value = (person, reason.kind.clone(), reason.value.clone());
        let tie = self.ties.entry(value).or_default();
        tie.weight = tie.weight.max(reason.weight);
        tie.holders = tie.holders.max(reason.holders);
        tie.people.extend([from.to_owned(), reason.with.clone()]);
    }

    /// The applications of the picture: those that were named, the members of rings and persons that were, and whoever is at most so
    /// many steps away; all rings where nothing was named.
    fn chosen(&self, of: &[String], steps: usize) -> Result<BTreeSet<String>, Failure> {
        let mut chosen: BTreeSet<String> = BTreeSet::new();
        if of.is_empty() {
            chosen.extend(self.lines.values().filter(|line| line.ring_cluster.is_some()).map(|line| line.id.clone()));
            return Ok(chosen);
        }
        for wanted in of {
            let members = self.lines.values().filter(|line| {
                line.id == *wanted || line.person_cluster == *wanted || line.ring_cluster.as_ref() == Some(wanted)
            });
            let before = chosen.len();
            chosen.extend(members.map(|line| line.id.clone()));
            if chosen.len() == before && !chosen.contains(wanted) {
                return Err(Failure::usage(
                    format!("no application, person or ring is called {}", clean(wanted, VALUE)),
                    "name an id of the applications, or a ring or person as `link people` names it (r:…, p:…)",
                ));
            }
        }
        for _ in 0..steps {
            let reached = self.ties.values().filter(|tie| tie.people.iter().any(|person| chosen.contains(person)));
            let beyond: Vec<String> = reached.flat_map(|tie| tie.people.iter().cloned()).collect();
            let before = chosen.len();
            chosen.extend(beyond);
            if chosen.len() == before {
                break;
            }
        }
        Ok(chosen)
    }

    fn graph(&self, of: &[String], chosen: &BTreeSet<String>) -> Graph {
        let title = if of.is_empty() { "All rings".to_owned() } else { format!("What ties {} to others", of.join(", ")) };
        let mut graph = Graph::new(&title);
        let mut numbers = BTreeMap::new();
        for id in chosen {
            let line = self.lines.get(id);
            let is_asked = |wanted: &String| {
                *wanted == *id
                    || line.is_some_and(|line| line.person_cluster == *wanted || line.ring_cluster.as_ref() == Some(wanted))
            };
            let ring = line.and_then(|line| line.ring_cluster.clone());
            let role = match () {
                () if self.known_bad.contains(id) => Role::KnownBad,
                () if of.contains(id) => Role::Centre,
                () if of.iter().any(is_asked) || ring.is_some() => Role::Member,
                () => Role::Linked,
            };
            let mut person = Person::new(id, role);
            person.person = line.map(|line| line.person_cluster.clone());
            person.score = ring.is_some().then(|| line.map(|line| line.ring_score)).flatten();
            person.ring = ring;
            numbers.insert(id, graph.add(person));
        }
        for ((person, kind, value), tie) in &self.ties {
            let people: Vec<usize> = tie.people.iter().filter_map(|id| numbers.get(id).copied()).collect();
            if people.len() > 1 {
                let shared = Shared::new(kind, value, tie.weight).held_by(tie.holders).between(people);
                graph.share(if person.is_some() { shared.of_one_person() } else { shared });
            }
        }
        graph.note(summary(&graph));
        graph
    }
}

fn summary(graph: &Graph) -> String {
    format!("{} share {}.", output::count(graph.people(), "application"), output::count(graph.shared(), "value"))
}

/// What is shared, heaviest first.
fn table(graph: &Graph) -> String {
    let mut text = String::new();
    for shared in graph.heaviest_first() {
        let ids: Vec<String> = graph.holders_of(shared).map(|person| clean(&person.id, VALUE)).collect();
        // What makes applications one person's is held by that person alone.
        let speaks = match shared.holders {
            _ if shared.same_person => "one person".to_owned(),
            Some(holders) => format!("one hand, {}", output::count(holders, "holder")),
            None => "one hand".to_owned(),
        };
        text.push_str(&format!(
            "{:5.1} bits  {} {} ({speaks}): {}\n",
            shared.weight,
            clean(&shared.kind, VALUE),
            clean(&shared.value, VALUE),
            ids.join(", ")
        ));
    }
    text.push_str(&summary(graph));
    text.push('\n');
    text
}
