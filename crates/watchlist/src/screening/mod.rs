//! Screening: from a query to the listed parties that fit, with a score and what it is made of.
//!
//! 1. Identifiers (mailbox, telephone, wallet, paper) are looked up as they are: who bears one fits at 0.95 or better, whatever the
//!    names say.
//! 2. A name is analysed, its keys lead to candidates, each is compared.
//! 3. Birth dates and countries speak for or against; they never make a name that does not fit one that does.
//!
//! A name alone is a question, never an answer: see the check that reads these hits.

mod entries;
mod file;
pub(crate) mod filing;
mod ordinary;
mod qualifiers;
#[cfg(test)]
mod tests;

use bonafide_model::time::PartialDate;

use crate::{
    entry::{Entry, EntryKind},
    identifier::{self, IdentifierKind},
    index::{ExactColumns, Key, KeyKind, PostingsColumns, Seeker},
    names::{AnalysedName, Memo, NameKind, NameMatch, NameStore},
};

use entries::Entries;
use ordinary::References;
pub use ordinary::{Ordinary, Tradition, ordinary_names};
use qualifiers::Said;
pub use qualifiers::{Qualifier, Speaks};

/// So many listed names are compared with a query's.
const CANDIDATES: usize = 64;
/// A name below this is no hit, whatever else agrees.
const LEAST_SCORE: f32 = 0.001;
/// Who bears an exact identifier fits at least so well.
const IDENTIFIED: f64 = 0.95;

/// Listed parties, filed for screening.
#[derive(Debug)]
pub struct Screener {
    entries: Entries,
    /// Per filed name, its entry and its place among the entry's names.
    filed: Vec<(u32, u32)>,
    names: NameStore,
    postings: PostingsColumns,
    exact: ExactColumns,
    made_of: String,
    references: References,
}

/// What is known of whom a query looks for, in canonical forms.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// What may fit; anything where it is `None`.
    pub kind: Option<EntryKind>,
    /// Names as written.
    pub names: Vec<String>,
    /// Identifiers as written.
    pub identifiers: Vec<(IdentifierKind, String)>,
    /// Numbers of papers as written.
    pub papers: Vec<String>,
    /// Dates of birth.
    pub births: Vec<PartialDate>,
    /// Countries, ISO 3166-1 alpha-2.
    pub countries: Vec<String>,
}

/// An entry that fits.
#[derive(Clone, Debug)]
pub struct Hit<'s> {
    /// The entry.
    pub entry: &'s Entry,
    /// How well it fits, 0…1.
    pub score: f64,
    /// How the names met, where one did: the query's, the listed one, and the match.
    pub name: Option<NameHit<'s>>,
    /// Identifiers and papers that agree, as the query writes them.
    pub identified: Vec<(&'static str, String)>,
    /// What birth dates and countries say.
    pub qualifiers: Vec<Qualifier>,
}

impl Hit<'_> {
    /// Whether the query's name is written in Hangul or Hanja and is the listed one, syllable for syllable: it could not be written more
    /// alike, however frequent its syllables are.
    #[must_use]
    pub fn is_the_name_in_its_script(&self) -> bool {
        let korean = self.name.as_ref().and_then(|name| name.met.features.korean);
        korean.is_some_and(|met| met.is_in_script && met.same_surname && met.same_syllables == met.syllables)
    }
}

/// Two names that met.
#[derive(Clone, Debug)]
pub struct NameHit<'s> {
    /// The query's name.
    pub query: String,
    /// What it was read as.
    pub read_as: NameKind,
    /// The listed name.
    pub listed: &'s str,
    /// How they met.
    pub met: NameMatch,
    /// How many ordinary names would fit somebody as well by their letters; `None` where the listed party is no person.
    pub ordinary: Option<Ordinary>,
    /// The query's words, romanised, as the operations of the match count them.
    pub query_words: Vec<String>,
    /// The listed words likewise.
    pub listed_words: Vec<&'s str>,
}

impl Screener {
    /// Files listed parties.
    #[must_use]
    pub fn new(entries: Vec<Entry>) -> Self {
        filing::file(entries)
    }

    /// The listed parties.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        self.entries.all()
    }

    /// How many names are filed.
    #[must_use]
    pub const fn names(&self) -> usize {
        self.names.len()
    }

    /// The entries that fit, best first, at most `limit`, none below `threshold`.
    pub fn screen<'s>(&'s self, search: &mut Search, wanted: &Wanted, limit: usize, threshold: f64) -> Vec<Hit<'s>> {
        self.rank(search, wanted, CANDIDATES, threshold);
        let Search { best, analysed, .. } = search;
        best.drain(..).take(limit).map(|best| self.hit(best, wanted, analysed)).collect()
    }

    /// The score of the entry that fits best; 0 where none does. It is hardly ever beyond the first candidates.
    fn best_score(&self, search: &mut Search, wanted: &Wanted) -> f64 {
        self.rank(search, wanted, CANDIDATES / 8, 0.0);
        search.best.first().map_or(0.0, |best| best.score)
    }

    /// Finds the entries that fit, best first; of each name so many candidates are compared.
    fn rank(&self, search: &mut Search, wanted: &Wanted, candidates: usize, threshold: f64) {
        search.best.clear();
        self.identify(search, wanted);
        self.compare_names(search, wanted, candidates);
        search.best.iter_mut().for_each(|best| best.score = self.score(best, wanted));
        search.best.retain(|best| best.score >= threshold);
        let rank = |best: &Best| self.entries.rank(best.entry);
        search.best.sort_unstable_by(|left, right| right.score.total_cmp(&left.score).then_with(|| rank(left).cmp(&rank(right))));
    }

    fn identify(&self, search: &mut Search, wanted: &Wanted) {
        let exact = self.exact.exact();
        for (kind, written) in &wanted.identifiers {
            let value = identifier::canonical(*kind, written);
            for entry in exact.bearers(filing::key_kind(*kind), &value) {
                best_of(&mut search.best, entry).identified.push((filing::word(*kind), written.clone()));
            }
        }
        for written in &wanted.papers {
            let value = identifier::canonical_number(written);
            for entry in exact.bearers(KeyKind::Document, &value) {
                best_of(&mut search.best, entry).identified.push(("document", written.clone()));
            }
        }
    }

    fn compare_names(&self, search: &mut Search, wanted: &Wanted, candidates: usize) {
        let postings = self.postings.postings();
        search.analysed.clear();
        for (number, name) in wanted.names.iter().enumerate() {
            let Search { seeker, keys, best, memo, analysed } = search;
            analysed.push(AnalysedName::of(name, wanted.read_as(name)));
            let Some(name) = analysed.last() else { continue };
            let Some(view) = name.view() else { continue };
            keys.clear();
            filing::keys(name, keys);
            memo.next_query();
            for candidate in seeker.seek(&postings, keys, candidates) {
                let (number_of_entry, listed) = self.filed[candidate.name as usize];
                let of = self.entries.kind(number_of_entry);
                if wanted.kind.is_some_and(|kind| kind != of && of != EntryKind::Other) {
                    continue;
                }
                let met = self.names.compare(&view, candidate.name, memo);
                if met.score < LEAST_SCORE {
                    continue;
                }
                let best = best_of(best, number_of_entry);
                if best.name.as_ref().is_none_or(|known| known.met.score < met.score) {
                    best.name = Some(BestName { query: number, listed, filed: candidate.name, met });
                }
            }
        }
    }

    fn score(&self, best: &Best, wanted: &Wanted) -> f64 {
        let by_name = best.name.as_ref().map_or(0.0, |name| f64::from(name.met.score));
        let qualified = qualifiers::qualify(by_name, &Said::of(&self.entries, best.entry, wanted));
        if best.identified.is_empty() {
            return qualified;
        }
        // The name, and a second identifier, tell two bearers of one value apart.
        IDENTIFIED + (1.0 - IDENTIFIED) * (0.8 * qualified + 0.2 * (1.0 - 1.0 / best.identified.len() as f64))
    }

    fn hit<'s>(&'s self, best: Best, wanted: &Wanted, analysed: &[AnalysedName]) -> Hit<'s> {
        let entry = self.entries.get(best.entry);
        let name = best.name.map(|BestName { query, listed, filed, met }| NameHit {
            ordinary: (entry.kind == EntryKind::Person && wanted.read_as(&wanted.names[query]) == NameKind::Person)
                .then(|| self.ordinary_as_high_as(&analysed[query], met.score.into())),
            read_as: wanted.read_as(&wanted.names[query]),
            query: wanted.names[query].clone(),
            listed: &entry.names[listed as usize].text,
            met,
            query_words: analysed[query].tokens().iter().map(|token| token.as_str().to_owned()).collect(),
            listed_words: self.names.words(filed).collect(),
        });
        let qualifiers = Said::of(&self.entries, best.entry, wanted).qualifiers(&self.entries, best.entry);
        Hit { entry, score: best.score, name, identified: best.identified, qualifiers }
    }
}

impl Wanted {
    /// Whoever may be a person has a person's name, unless the name tells otherwise.
    fn read_as(&self, name: &str) -> NameKind {
        match self.kind {
            None => AnalysedName::kind_of(name),
            Some(EntryKind::Person) => NameKind::Person,
            Some(_) => NameKind::Organisation,
        }
    }
}

/// What one search needs again and again: one for each thread.
#[derive(Debug, Default)]
pub struct Search {
    seeker: Seeker,
    keys: Vec<Key>,
    best: Vec<Best>,
    memo: Memo,
    /// The names of the query in hand.
    analysed: Vec<AnalysedName>,
}

/// The best that is known of an entry in one search.
#[derive(Debug)]
struct Best {
    entry: u32,
    score: f64,
    name: Option<BestName>,
    identified: Vec<(&'static str, String)>,
}

/// The names that met best.
#[derive(Debug)]
struct BestName {
    /// Number of the query's name.
    query: usize,
    /// Number among the entry's names.
    listed: u32,
    /// Number among all filed names.
    filed: u32,
    met: NameMatch,
}

/// What is known of an entry. A few dozen at most: a scan beats a map.
fn best_of(known: &mut Vec<Best>, entry: u32) -> &mut Best {
    let at = known.iter().position(|best| best.entry == entry).unwrap_or_else(|| {
        known.push(Best { entry, score: 0.0, name: None, identified: Vec::new() });
        known.len() - 1
    });
    &mut known[at]
}
