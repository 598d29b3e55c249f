//! What links one subject to others, from the evidence of its findings.

use std::collections::BTreeMap;

use bonafide_model::{
    assessment::Assessment,
    finding::{Compared, ComparedKind},
    id::CheckCode,
};

use super::{Graph, Person, Role, Shared};
use crate::{run::Directory, words::Other};

/// The subject in the middle, around it whom its findings tie it to, and what ties those to each other as far as the report knows;
/// `None` where nothing does.
pub(crate) fn of_assessment<'a>(
    assessment: &'a Assessment,
    known: impl Fn(&str) -> Option<&'a Assessment>,
    directory: &Directory<'_>,
) -> Option<Graph> {
    let mut graph = Graph::new("Whom this application is linked to");
    let mut numbers = BTreeMap::new();
    let own = assessment.subject.as_str();
    let mut centre = Person::new(own, Role::Centre);
    centre.name = Some(assessment.display_name.clone()).filter(|name| !name.is_empty() && name != own);
    numbers.insert(own.to_owned(), graph.add(centre));
    let mut ties = Ties::default();
    for (finding, other) in ends(assessment) {
        let id = label(other);
        let number = *numbers.entry(id.clone()).or_insert_with(|| {
            let mut person = Person::new(&id, Role::Linked);
            person.name = match directory.resolve_id(other) {
                Some(Other::Named(name)) if name != id => Some(name),
                Some(Other::Erased) => Some("erased".to_owned()),
                _ => None,
            };
            graph.add(person)
        });
        ties.add(finding, &[0, number]);
    }
    // How the others are tied to each other: only among those who are in the picture already.
    let others: Vec<(String, usize)> =
        numbers.iter().filter(|(id, _)| *id != own).map(|(id, number)| (id.clone(), *number)).collect();
    for (id, number) in others {
        for (finding, other) in known(&id).into_iter().flat_map(ends) {
            if let Some(&beside) = numbers.get(&label(other)) {
                ties.add(finding, &[number, beside]);
            }
        }
    }
    ties.0.into_iter().for_each(|((code, value), (weight, people))| {
        graph.share(Shared::new(&code.to_string(), value, weight).between(people));
    });
    (graph.people() > 1).then_some(graph)
}

/// Ties by the check that found them and the value that both sides have: its weight, and who they are.
#[derive(Default)]
struct Ties<'a>(BTreeMap<(CheckCode, &'a str), (f64, Vec<usize>)>);

impl<'a> Ties<'a> {
    fn add(&mut self, finding: Tie<'a>, people: &[usize]) {
        let (weight, of) = self.0.entry((finding.code, finding.value)).or_default();
        *weight = weight.max(finding.weight);
        of.extend(people);
    }
}

/// What ties a subject to another.
#[derive(Clone, Copy)]
struct Tie<'a> {
    code: CheckCode,
    value: &'a str,
    weight: f64,
}

/// The ends of all ties of a subject, itself left out.
fn ends(assessment: &Assessment) -> impl Iterator<Item = (Tie<'_>, &Compared)> {
    assessment.findings.iter().flat_map(move |finding| {
        finding.evidence.iter().filter_map(move |evidence| {
            let other = &evidence.compared_with;
            let links = matches!(
                other.kind,
                ComparedKind::Subject
                    | ComparedKind::Ring
                    | ComparedKind::Cluster
                    | ComparedKind::Persona
                    | ComparedKind::Indicator
            );
            let tie = Tie { code: finding.code, value: &evidence.subject_value, weight: finding.counted.bits() };
            (links && other.id != assessment.subject.as_str()).then_some((tie, other))
        })
    })
}

/// What the other end is called in the picture: a subject by its id, everything else with its kind.
fn label(other: &Compared) -> String {
    let kind = match other.kind {
        ComparedKind::Ring => "ring",
        ComparedKind::Cluster => "cluster",
        ComparedKind::Persona => "persona",
        ComparedKind::Indicator => "indicator",
        _ => return other.id.clone(),
    };
    format!("{kind} {}", other.cluster.as_deref().unwrap_or(&other.id))
}
