//! Parties put before the watch lists, and what a hit counts.

use std::collections::BTreeMap;

use bonafide_model::{
    finding::Observed,
    lens::{ListAttribute, ListAttributeKind, ListHit, ListQuery},
};

use super::words::list;
use crate::prelude::*;

/// Of 10,000 ordinary names as many may fit as well, and the name still says whom it means.
const RARE: u16 = 1;
/// Listed parties that a summary names; the evidence has all.
const SHOWN: usize = 3;

/// A party that the dossier names, with the facts behind what is asked.
pub(crate) struct Party<'d> {
    /// What it is to the subject: `applicant`, `employer`, `reference` …
    pub(crate) role: &'static str,
    /// What a hit counts at most: whoever is paid, fully; whoever is only named, less.
    pub(crate) at_most: Strength,
    /// What is asked.
    pub(crate) query: ListQuery,
    /// The facts behind the names, each with its name.
    pub(crate) names: Vec<(String, Observed<'d>)>,
    /// The facts behind other attributes, each with the value that is asked.
    pub(crate) attributes: Vec<(ListAttributeKind, String, Observed<'d>)>,
}

impl<'d> Party<'d> {
    /// A party without anything.
    pub(crate) fn new(role: &'static str, at_most: Strength) -> Self {
        Self { role, at_most, query: ListQuery::default(), names: Vec::new(), attributes: Vec::new() }
    }

    /// Adds a name.
    pub(crate) fn named<T>(&mut self, fact: &Known<'d, T>, name: &str) {
        if !name.trim().is_empty() {
            self.query.names.push(name.to_owned());
            self.names.push((name.to_owned(), observed(fact, name)));
        }
    }

    /// Adds an identifier by its canonical value.
    pub(crate) fn identified<T>(&mut self, fact: &Known<'d, T>, kind: IdentifierKind, canonical: &str, written: &str) {
        let what = match kind {
            IdentifierKind::Email => ListAttributeKind::Email,
            IdentifierKind::Phone => ListAttributeKind::Phone,
            IdentifierKind::Wallet => ListAttributeKind::Wallet,
            _ => return,
        };
        if !canonical.is_empty() {
            self.query.identifiers.push(Identifier::new(kind, canonical));
            self.attributes.push((what, canonical.to_owned(), observed(fact, written)));
        }
    }

    /// Puts the party before the lists.
    pub(crate) fn ask(mut self, lens: &Lens<'_>) -> Result<Vec<Finding>, Early> {
        let query = &mut self.query;
        query.names.sort();
        query.names.dedup();
        query.identifiers.sort();
        query.identifiers.dedup();
        query.papers.sort();
        query.papers.dedup();
        let hits = lens.list_hits(query.clone())?;
        // One person stands on many lists, and many people bear one name: what says the same is one finding.
        let mut said: BTreeMap<Says, Vec<&ListHit>> = BTreeMap::new();
        for hit in &hits {
            said.entry(Self::says(hit)).or_default().push(hit);
        }
        Ok(said.into_iter().rev().filter_map(|(says, hits)| self.finding(says, &hits)).collect())
    }

    /// One finding for all hits that say the same, best first.
    fn finding(&self, says: Says, hits: &[&ListHit]) -> Option<Finding> {
        let mut evidence = hits.iter().flat_map(|hit| self.evidence(hit));
        let first = evidence.next()?;
        let (who, hit) = (self.role, hits.first()?);
        let listed: Vec<String> = hits.iter().map(|hit| party(hit)).collect();
        let finding = match says {
            Says::Question => {
                let summary = format!(
                    "The name of the {who} resembles {}{}. A name alone counts nothing.",
                    list(&listed, SHOWN),
                    namesakes(hit)
                );
                Finding::new(Strength::Weak, summary, first).on_a_name_alone()
            }
            Says::Corroborated | Says::Numbered | Says::Confirmed => {
                let mut what: Vec<&str> = hit.agreements.iter().map(|attribute| attribute.what.name()).collect();
                if hit.name_score.is_some() {
                    what.insert(0, "name");
                }
                let agree = if what.len() == 1 { "agrees" } else { "agree" };
                let summary = format!("{} of the {who} {agree} with {}.", list(&what, SHOWN), list(&listed, SHOWN));
                let strength = if says == Says::Confirmed { Strength::Strong } else { Strength::Medium };
                Finding::new(self.at_most.min(strength), capitalised(&summary), first)
            }
        };
        Some(finding.and_all(evidence))
    }

    fn evidence(&self, hit: &ListHit) -> Vec<Evidence> {
        let listed = if hit.name.is_empty() { "no name" } else { &hit.name };
        let entry =
            Compared::entry(ComparedKind::ListEntry, &hit.entry, listed, &hit.list, &hit.version).with_content(&hit.entry_hash);
        let name = hit.name_score.zip(self.closest_name(hit));
        let name = name.map(|(score, name)| name.relates(format!("resembles, {score} of 100,"), entry.clone()));
        let agreements = hit.agreements.iter().filter_map(|attribute| {
            let agrees = format!("as {} agrees with “{}” of", attribute.what.name(), attribute.listed);
            Some(self.fact_of(attribute)?.relates(agrees, entry.clone()))
        });
        name.into_iter().chain(agreements).collect()
    }

    /// What a hit says. Whatever identifies one party, and the day of birth beside the name, confirm; a year or a country beside a
    /// name that hardly anybody bears corroborates; everything else is a question.
    fn says(hit: &ListHit) -> Says {
        let agrees = |kind| hit.agreements.iter().any(|attribute| attribute.what == kind);
        if hit.agreements.iter().any(|attribute| attribute.what.identifies()) {
            // Two countries may give one number to two papers; a mailbox or a wallet there is only once.
            let number_alone =
                hit.name_score.is_none() && hit.agreements.iter().all(|attribute| attribute.what == ListAttributeKind::Document);
            return if number_alone { Says::Numbered } else { Says::Confirmed };
        }
        if !hit.contradictions.is_empty() || hit.name_score.is_none() {
            return Says::Question;
        }
        let (year, country) = (agrees(ListAttributeKind::BirthYear), agrees(ListAttributeKind::Country));
        let rare = hit.namesakes.is_some_and(|namesakes| namesakes <= RARE);
        if agrees(ListAttributeKind::BirthDate) {
            Says::Confirmed
        } else if (year && country) || (rare && (year || country)) {
            Says::Corroborated
        } else {
            Says::Question
        }
    }

    /// The name that resembles the entry: an application may state former names too.
    fn closest_name(&self, hit: &ListHit) -> Option<Observed<'d>> {
        let closest = self.names.iter().min_by_key(|(name, _)| bonafide_normalise::name::compare(name, &hit.name));
        closest.map(|(_, observed)| observed.clone())
    }

    fn fact_of(&self, attribute: &ListAttribute) -> Option<Observed<'d>> {
        let is_birth = |kind| matches!(kind, ListAttributeKind::BirthDate | ListAttributeKind::BirthYear);
        let same_kind = |kind| kind == attribute.what || (is_birth(kind) && is_birth(attribute.what));
        let of_kind = || self.attributes.iter().filter(|(kind, ..)| same_kind(*kind));
        let exact = of_kind().find(|(_, value, _)| *value == attribute.subject);
        exact.or_else(|| of_kind().next()).map(|(.., observed)| observed.clone())
    }
}

/// What a hit says, the least first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Says {
    /// A name, and nothing that tells whose.
    Question,
    /// A name and something that speaks for it.
    Corroborated,
    /// The number of a paper and nothing else.
    Numbered,
    /// Something that names one party.
    Confirmed,
}

/// A listed party in words, with what contradicts.
fn party(hit: &ListHit) -> String {
    let name = if hit.name.is_empty() { "an entry without a name" } else { &hit.name };
    let against = hit
        .contradictions
        .iter()
        .map(|attribute| format!("; its {} {} contradicts {}", attribute.what.name(), attribute.listed, attribute.subject));
    format!("{name} ({} on {}{})", hit.entry, hit.list, against.collect::<String>())
}

fn namesakes(hit: &ListHit) -> String {
    match hit.namesakes {
        None => String::new(),
        Some(0) => "; fewer than 1 of 10,000 ordinary names of its kind would fit as well".to_owned(),
        Some(of) => format!("; {of} of 10,000 ordinary names of its kind would fit as well"),
    }
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
