//! Résumés of one template, and copies.

use std::{collections::BTreeMap, io::Read};

use bonafide_formats::{limits::Limits, packed};
use serde::{Deserialize, Serialize};

use super::{
    columns::{Applicants, Many},
    copies,
    kind::Kind,
    read::{Problems, add_text, lines_go_on},
    rings::{self, NONE},
    same::{Millibits, rarity},
    shared::{Shared, common},
};
use crate::{
    cluster::UnionFind,
    columns::{PackedPair, pack, unpack},
    error::Error,
};

/// Common sentences of a pair that are shown.
const SHOWN: usize = 6;
/// Texts of a group of which all pairs are written; of larger ones those that share sentences themselves.
const MOST_IN_GROUP: usize = 400;

/// Two résumés that belong together.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ResumePair {
    /// The lower id.
    pub a: String,
    /// The higher id.
    pub b: String,
    /// How sure it is, 0…1: for copies the share of common shingles of words.
    pub score: f64,
    /// The rarest sentences that both have, figures and proper words left open.
    pub shared: Vec<String>,
    /// `copy` or `template`.
    pub kind: &'static str,
}

#[derive(Deserialize)]
struct Resume<'a> {
    #[serde(borrow)]
    id: std::borrow::Cow<'a, str>,
    #[serde(borrow)]
    text: std::borrow::Cow<'a, str>,
}

/// Texts of résumés.
pub struct Resumes {
    texts: Applicants,
    shingles: Vec<Vec<u32>>,
}

impl Resumes {
    /// Reads lines of `{"id","text"}`, also packed.
    ///
    /// # Errors
    /// [`Error::Read`] where the source fails; lines that cannot be read are in the problems.
    pub fn read(name: &str, source: impl Read + Send, limits: &Limits) -> Result<(Self, Problems), Error> {
        let failed = |source| Error::Read { name: name.to_owned(), source };
        let mut lines = packed::lines(source, limits).map_err(failed)?;
        let (mut texts, mut problems, mut shingles) = (Applicants::default(), Problems::default(), Vec::new());
        while let Some(line) = lines.next_line() {
            let line = match line {
                Ok(line) => line,
                Err(error) if lines_go_on(&error) => {
                    problems.add(0, &error);
                    continue;
                }
                Err(error) => return Err(failed(error)),
            };
            if line.bytes.iter().all(u8::is_ascii_whitespace) {
                continue;
            }
            let resume: Resume<'_> = match serde_json::from_slice(line.bytes) {
                Ok(resume) => resume,
                Err(error) => {
                    problems.add(line.number, &format!("no résumé text: {error}"));
                    continue;
                }
            };
            let Some(row) = texts.add_row(&resume.id)? else {
                problems.add(line.number, &format!("the id {:?} stands on an earlier line or is empty", resume.id));
                continue;
            };
            texts.set_avatar(None);
            texts.end_row()?;
            add_text(&mut texts, row, &resume.text)?;
            shingles.push(copies::shingles(&resume.text));
        }
        texts.number()?;
        let texts = texts.finish();
        let shingles = texts.of_rows(shingles);
        Ok((Self { texts, shingles }, problems))
    }

    /// Number of texts.
    #[must_use]
    pub fn count(&self) -> usize {
        self.texts.rows()
    }

    /// Pairs of one template or of copies, sorted by ids.
    #[must_use]
    pub fn pairs(&self) -> Vec<ResumePair> {
        let copies = copies::copies(&self.shingles);
        // Copies count once: what somebody sends twice is not popular.
        let mut union = UnionFind::new(self.count());
        for &(pair, alike) in &copies {
            let (one, other) = unpack(pair);
            if alike >= 800 {
                union.join(one, other);
            }
        }
        let lowest: Vec<u32> = (0..self.count() as u32).map(|row| union.root(row)).collect();
        let shared = Shared::of(&self.texts, &lowest);
        let (groups, direct) = rings::of_sentences(&shared);
        let mut found: BTreeMap<u64, (Millibits, bool)> = BTreeMap::new();
        for group in &groups.rings {
            let rows: usize = group.members.iter().map(|&person| shared.rows.get(person).len()).sum();
            if rows <= MOST_IN_GROUP {
                for (at, &one) in group.members.iter().enumerate() {
                    for &other in &group.members[at + 1..] {
                        let weight = groups.score[one as usize].min(groups.score[other as usize]);
                        found.insert(pack(one, other), (weight, false));
                    }
                }
            }
        }
        for &(evidence, one, other) in &direct {
            let of_one_group = groups.ring_of[one as usize] == groups.ring_of[other as usize];
            if of_one_group && groups.ring_of[one as usize] != NONE || evidence.weight >= rings::SEED_OF_SENTENCES {
                let entry = found.entry(pack(one, other)).or_insert((evidence.weight, true));
                *entry = (entry.0.max(evidence.weight), true);
            }
        }
        let mut pairs: Vec<ResumePair> = Vec::new();
        let mut of_templates: Vec<PackedPair> = Vec::new();
        for (pair, (weight, _)) in found {
            let (one, other) = unpack(pair);
            let sentences = self.sentences(&shared, one, other);
            let score = 1.0 - (-f64::from(weight.max(0)) / 1_000.0).exp2();
            for &left in shared.rows.get(one) {
                for &right in shared.rows.get(other) {
                    of_templates.push(pack(left.min(right), left.max(right)));
                    pairs.push(self.pair(left, right, score, sentences.clone(), "template"));
                }
            }
        }
        of_templates.sort_unstable();
        for (pair, alike) in copies {
            if of_templates.binary_search(&pair).is_ok() {
                continue;
            }
            let (left, right) = unpack(pair);
            let (one, other) = (shared.person_of[left as usize], shared.person_of[right as usize]);
            let sentences = if one == other { self.own_sentences(&shared, one) } else { self.sentences(&shared, one, other) };
            pairs.push(self.pair(left, right, f64::from(alike) / 1_000.0, sentences, "copy"));
        }
        pairs.sort_unstable_by(|one, other| (&one.a, &one.b).cmp(&(&other.a, &other.b)));
        pairs
    }

    fn pair(&self, left: u32, right: u32, score: f64, shared: Vec<String>, kind: &'static str) -> ResumePair {
        let (left, right) = (self.texts.id(left).to_owned(), self.texts.id(right).to_owned());
        let (a, b) = if left <= right { (left, right) } else { (right, left) };
        ResumePair { a, b, score: (score * 1_000.0).round() / 1_000.0, shared, kind }
    }

    fn sentences(&self, shared: &Shared, one: u32, other: u32) -> Vec<String> {
        let held = shared.held(Kind::Phrases);
        let (mine, theirs) = (held.by_person.get(one), held.by_person.get(other));
        if common(mine, theirs).is_none() {
            return Vec::new();
        }
        self.shown(shared, mine.iter().copied().filter(|value| theirs.binary_search(value).is_ok()))
    }

    fn own_sentences(&self, shared: &Shared, person: u32) -> Vec<String> {
        self.shown(shared, shared.held(Kind::Phrases).by_person.get(person).iter().copied())
    }

    fn shown(&self, shared: &Shared, values: impl Iterator<Item = u32>) -> Vec<String> {
        let held = shared.held(Kind::Phrases);
        let mut weighed: Vec<(Millibits, &str)> = values
            .map(|value| {
                let holders = held.by_value.get(value).len() as u32;
                (-rarity(shared.persons(), holders), self.texts.list_text(Many::Phrases, value))
            })
            .collect();
        weighed.sort_unstable();
        weighed.into_iter().take(SHOWN).map(|(_, text)| text.to_owned()).collect()
    }
}
