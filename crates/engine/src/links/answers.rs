//! Answers of the link graph.

use std::collections::{BTreeMap, btree_map::Entry};

use bonafide_linkage::people::{Column, PRIOR_BITS, Reason};
use bonafide_model::lens::{Holder, Holders, Identifier, IdentifierKind, LinkHit, OtherTelling, Tie, TieForm, TieKind, Tied};

use super::{LinkRoom, innocent, token::Token};

/// Other subjects that an answer names.
const MOST_NAMED: usize = 20;
/// Holders from which on a value of a kind that the linker does not count is popular.
const POPULAR: u32 = 40;
/// One sentence in common is a coincidence; from two on they are a passage.
const PASSAGE: usize = 2;
/// Sentences that are quoted.
const QUOTED: usize = 2;
/// What speaks for a single sentence in common with somebody of the same ring, in hundredths of a bit.
const ONE_SENTENCE: i32 = 100;
/// What a hit on somebody known to be bad is worth by the value itself, in hundredths of a bit.
const KNOWN: i32 = 800;

/// Hundredths of a bit.
fn hundredths(bits: f64) -> i32 {
    (bits * 100.0).round() as i32
}

impl LinkRoom {
    /// Who else holds a value.
    pub(super) fn holders(&self, asker: u32, identifier: &Identifier) -> Holders {
        let person = self.index.person(asker);
        let (rows, persons) = self.rows_with(asker, identifier);
        // By person, the application with the lowest id that holds it; of the asker's own person all others.
        let (mut own, mut others) = (Vec::new(), BTreeMap::<u32, (String, u32)>::new());
        for row in rows.into_iter().filter(|&row| row != asker) {
            let theirs = self.index.person(row);
            if theirs == person {
                own.push(row);
                continue;
            }
            let named = (self.index.id(row), row);
            match others.entry(theirs) {
                Entry::Vacant(vacant) => drop(vacant.insert(named)),
                Entry::Occupied(mut first) if named < *first.get() => drop(first.insert(named)),
                Entry::Occupied(_) => {}
            }
        }
        // Of a popular value not all are listed.
        let count = persons.map_or(0, |persons| persons.saturating_sub(1)).max(others.len() as u32);
        let kind = innocent::kind_of(identifier.kind);
        let most = kind.map_or(POPULAR, |kind| self.index.most_holders(kind));
        if count + 1 > most {
            let ignored = Some(innocent::popular(identifier.kind, count + 1));
            return Holders { subjects: Vec::new(), count, ignored };
        }
        let mut subjects: Vec<Holder> = own
            .into_iter()
            .chain(others.into_values().map(|(_, row)| row))
            .map(|row| self.holder(asker, row, identifier.kind, count + 1))
            .collect();
        // Of many those that matter are named.
        let matters = |holder: &Holder| (!holder.known_bad, holder.odds.map(|odds| -odds));
        subjects.sort_by(|one, other| (matters(one), &one.subject).cmp(&(matters(other), &other.subject)));
        subjects.truncate(MOST_NAMED);
        subjects.sort_by(|one, other| one.subject.cmp(&other.subject));
        Holders { subjects, count, ignored: None }
    }

    /// The applications that hold a value, for pictures those that look alike where the picture is the asker's own; and the number of
    /// persons where not all are listed.
    fn rows_with(&self, asker: u32, identifier: &Identifier) -> (Vec<u32>, Option<u32>) {
        let held = self.index.holders(Token::of(identifier).0);
        let (mut rows, persons) = (held.rows, held.persons);
        if identifier.kind == IdentifierKind::Avatar && rows.contains(&asker) {
            rows.extend(self.index.like_pictures(asker));
            rows.sort_unstable();
            rows.dedup();
        }
        (rows, persons)
    }

    fn holder(&self, asker: u32, row: u32, kind: IdentifierKind, holders: u32) -> Holder {
        let (own, subject) = (self.index.id(asker), self.index.id(row));
        let same_person = self.index.person(asker) == self.index.person(row);
        let of_one_ring = self.are_of_one_ring(asker, row);
        // What is innocent about people of one ring was taken off when the ring was found.
        let near = (!same_person && !of_one_ring).then(|| self.index.near(asker, row));
        let odds = if same_person {
            None
        } else if of_one_ring {
            Some(self.ring_odds(asker))
        } else {
            let weight = innocent::kind_of(kind).and_then(|kind| self.index.weight_of(kind, asker, row, holders));
            Some(hundredths(weight.unwrap_or_default() - PRIOR_BITS))
        };
        let known = self.details.of(&subject);
        Holder {
            same_name: self.details.are_of_one_name(&own, &subject),
            same_person,
            applied_on: known.and_then(|known| known.about()?.applied_on),
            benign: near.and_then(|near| innocent::reading(kind, near)).map(str::to_owned),
            known_bad: self.index.is_known_bad(row),
            odds,
            subject,
        }
    }

    /// Whether two applications of two persons belong to one ring.
    fn are_of_one_ring(&self, one: u32, other: u32) -> bool {
        let ring = self.index.ring(one);
        ring.is_some() && ring == self.index.ring(other) && self.index.person(one) != self.index.person(other)
    }

    /// The odds by which somebody of a ring belongs to it.
    fn ring_odds(&self, row: u32) -> i32 {
        hundredths(self.index.score(row) - PRIOR_BITS).max(0)
    }

    /// The ring of the asker, and ways to people known to be bad.
    pub(super) fn ties(&self, asker: u32) -> Vec<Tied> {
        let Some(known) = self.details.of(&self.index.id(asker)) else { return Vec::new() };
        let line = self.index.line(asker, &known.of.applicants, known.row);
        let mut tied = Vec::new();
        if let Some(ring) = line.ring_cluster {
            let mates = self.index.ring_mates(asker);
            let associated = line.reasons.iter().filter(|reason| reason.relation == "associated");
            tied.push(Tied {
                form: TieForm::Ring,
                to: ring,
                size: mates.len() as u32 + 1,
                odds: self.ring_odds(asker),
                ties: associated.filter_map(tie).collect(),
                known_bad: mates.iter().any(|&mate| self.index.is_known_bad(mate)),
                version: self.version.clone(),
            });
        }
        for path in line.paths {
            let weakest = path.steps.iter().map(|step| step.weight).fold(f64::INFINITY, f64::min);
            if path.steps.is_empty() || !weakest.is_finite() {
                continue;
            }
            tied.push(Tied {
                form: TieForm::Way,
                to: path.to,
                size: path.steps.len() as u32,
                odds: hundredths(weakest),
                ties: path.steps.first().and_then(tie).into_iter().collect(),
                known_bad: true,
                version: self.version.clone(),
            });
        }
        tied
    }

    /// Rings and confirmed cases that an identifier belongs to, those of the asker's own person left out.
    pub(super) fn clusters(&self, asker: u32, identifier: &Identifier) -> Vec<LinkHit> {
        let held = self.holders(asker, identifier);
        let mut hits = BTreeMap::new();
        for holder in held.subjects.iter().filter(|holder| !holder.same_person) {
            let Some(row) = self.index.row(&holder.subject) else { continue };
            let hit = |id: String, kind: &str, shares: String, weight: i32| LinkHit {
                id,
                kind: kind.to_owned(),
                cluster: None,
                shares: vec![shares],
                weight,
                version: self.version.clone(),
            };
            let shares = format!("the same {} (held by {})", name_of(identifier.kind), held.count + 1);
            if holder.known_bad {
                hits.insert(holder.subject.clone(), hit(holder.subject.clone(), "subject", shares, KNOWN));
            } else if holder.benign.is_none()
                && let Some(ring) = self.index.ring_name(row)
            {
                hits.entry(ring.clone()).or_insert_with(|| hit(ring, "ring", shares, self.ring_odds(row)));
            }
        }
        hits.into_values().collect()
    }

    /// Those of the asker's ring whose résumés have sentences in common with the asker's. Outside of rings what texts have in common
    /// is what many have in common.
    pub(super) fn shared_passages(&self, asker: u32) -> Vec<LinkHit> {
        let Some(known) = self.details.of(&self.index.id(asker)) else { return Vec::new() };
        let odds = self.ring_odds(asker);
        let mut hits: Vec<(usize, LinkHit)> = Vec::new();
        for mate in self.index.ring_mates(asker) {
            let sentences = self.index.common_sentences(asker, &known.of.applicants, known.row, mate);
            if sentences.is_empty() {
                continue;
            }
            let weight = if sentences.len() >= PASSAGE { odds } else { odds.min(ONE_SENTENCE) };
            hits.push((sentences.len(), self.passage(mate, &sentences, weight)));
        }
        hits.sort_by(|one, other| (other.0, &one.1.id).cmp(&(one.0, &other.1.id)));
        hits.truncate(MOST_NAMED);
        hits.into_iter().map(|(_, hit)| hit).collect()
    }

    /// Confirmed cases whose résumés have a passage in common with the asker's that hardly anybody else has.
    pub(super) fn templates(&self, asker: u32) -> Vec<LinkHit> {
        let Some(known) = self.details.of(&self.index.id(asker)) else { return Vec::new() };
        let bad = self.index.known_bad().into_iter();
        let mut hits: Vec<LinkHit> = bad
            .filter(|&row| self.index.person(row) != self.index.person(asker))
            .filter_map(|row| {
                let sentences = self.index.common_sentences(asker, &known.of.applicants, known.row, row);
                let weight = if self.are_of_one_ring(asker, row) { self.ring_odds(asker) } else { ONE_SENTENCE };
                (sentences.len() >= PASSAGE).then(|| self.passage(row, &sentences, weight))
            })
            .collect();
        hits.sort_by(|one, other| one.id.cmp(&other.id));
        hits.truncate(MOST_NAMED);
        hits
    }

    /// How other applications of the asker's person tell its career: those that share with it what a household does not share. Where
    /// the careers differ, two who were taken for one are the likelier explanation; of couples with like names and one telephone it
    /// nearly always is.
    pub(super) fn other_tellings(&self, asker: u32) -> Vec<OtherTelling> {
        const OWN: [Column; 3] = [Column::Email, Column::Account, Column::Wallet];
        let is_own = |row: u32| OWN.iter().any(|&column| self.index.shares(column, asker, row));
        let others = self.index.rows_of_person(asker).into_iter().filter(|&row| row != asker && is_own(row));
        let telling = |row: u32| {
            let subject = self.index.id(row);
            let known = self.details.of(&subject)?;
            let about = known.about()?;
            let has_told = !about.told.jobs.is_empty() || !about.told.schools.is_empty();
            let (jobs, schools) = (about.told.jobs.clone(), about.told.schools.clone());
            has_told.then_some(OtherTelling { subject, applied_on: about.applied_on, jobs, schools })
        };
        let mut tellings: Vec<OtherTelling> = others.filter_map(telling).collect();
        tellings.sort_by(|one, other| one.subject.cmp(&other.subject));
        tellings.truncate(MOST_NAMED);
        tellings
    }

    fn passage(&self, row: u32, sentences: &[&str], weight: i32) -> LinkHit {
        let mut shares: Vec<String> = vec![match sentences.len() {
            1 => "1 sentence, figures and names left open".to_owned(),
            count => format!("{count} sentences, figures and names left open"),
        }];
        shares.extend(sentences.iter().take(QUOTED).map(|sentence| format!("“{}”", shortened(sentence))));
        LinkHit {
            id: self.index.id(row),
            kind: "subject".to_owned(),
            cluster: None,
            shares,
            weight,
            version: self.version.clone(),
        }
    }
}

fn shortened(sentence: &str) -> String {
    const LONGEST: usize = 80;
    if sentence.chars().count() <= LONGEST {
        return sentence.to_owned();
    }
    let mut short: String = sentence.chars().take(LONGEST - 1).collect();
    short.push('…');
    short
}

fn tie(reason: &Reason) -> Option<Tie> {
    let what = match reason.kind {
        "phone" => TieKind::Phone,
        "device" => TieKind::Device,
        "ip" => TieKind::Ip,
        "wallet" => TieKind::Wallet,
        "avatar" => TieKind::Avatar,
        "mailbox" => TieKind::Mailbox,
        "account" => TieKind::Account,
        "document_root" => TieKind::DocumentRoot,
        "alias" => TieKind::Alias,
        "phrases" => TieKind::Phrases,
        "employers" => TieKind::Employers,
        _ => return None,
    };
    Some(Tie {
        subject: reason.with.clone(),
        what,
        value: reason.value.clone(),
        holders: reason.holders,
        weight: hundredths(reason.weight),
    })
}

const fn name_of(kind: IdentifierKind) -> &'static str {
    match kind {
        IdentifierKind::Email => "mailbox",
        IdentifierKind::Phone => "telephone number",
        IdentifierKind::Wallet => "wallet",
        IdentifierKind::Github | IdentifierKind::Handle => "account",
        IdentifierKind::Ip => "network address",
        IdentifierKind::Device => "device",
        IdentifierKind::Avatar => "picture",
        _ => "value",
    }
}
