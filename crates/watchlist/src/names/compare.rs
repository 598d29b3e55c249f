//! Two analysed names compared: words assigned to words, everything else counted against the match.

use bonafide_normalise::script::korean::KoreanMatch;

use super::analyse::{AnalysedName, MAX_TOKENS};
use super::assign::Assignment;
use super::distance;
use super::pair::{Alike, sharpened, similarity};
use super::token::{Token, TokenKind};
use super::view::NameView;

/// The most operations of a match.
pub const MAX_OPERATIONS: usize = 2 * MAX_TOKENS;
/// What a word of the query without a partner weighs, against its own weight.
const UNMATCHED_QUERY: f32 = 0.75;
/// What a listed word without a partner weighs: a query often leaves names out.
const UNMATCHED_LISTED: f32 = 0.28;
/// What words without a partner on both sides weigh in addition: they contradict each other.
const CONFLICT: f32 = 0.9;

/// How two names fit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NameMatch {
    /// How well the spellings fit, 0…1.
    pub score: f32,
    /// What the score is made of.
    pub features: NameFeatures,
    operations: [Operation; MAX_OPERATIONS],
    operation_count: u8,
}

/// What a score is made of.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct NameFeatures {
    /// Share of the query's weight that found a partner, 0…1.
    pub query_coverage: f32,
    /// Share of the listed name's weight that found a partner, 0…1.
    pub listed_coverage: f32,
    /// Weight without a partner on both sides.
    pub conflict: f32,
    /// Weight of what matched, graded by similarity: how much is known at all.
    pub evidence: f32,
    /// Score by letters and sounds alone.
    pub letters: f32,
    /// How the names meet as Korean names, where both can be read so.
    pub korean: Option<KoreanMatch>,
}

/// One step from the query's spelling to the listed one.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Operation {
    /// Tokens of the query: first and number.
    pub query: (u8, u8),
    /// Tokens of the listed name: first and number.
    pub listed: (u8, u8),
    /// What happened.
    pub kind: OperationKind,
    /// 0: nothing changed; 1: nothing in common.
    pub cost: f32,
}

/// Kinds of steps.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum OperationKind {
    /// The same letters.
    #[default]
    Exact,
    /// The same sounds by the rules of romanisations.
    Romanisation,
    /// The same consonants; one script leaves vowels out.
    Consonants,
    /// Another spelling by table: Wade–Giles, Cantonese.
    Tradition,
    /// Short or other form of one given name.
    Nickname,
    /// An initial for a name.
    Initial,
    /// Letters differ.
    Typo,
    /// Words written together on one side.
    Joined,
    /// A word of the query without a partner.
    OnlyInQuery,
    /// A listed word without a partner.
    OnlyInList,
}

impl NameMatch {
    /// The steps from the query to the listed name.
    #[must_use]
    pub fn operations(&self) -> &[Operation] {
        &self.operations[..usize::from(self.operation_count)]
    }

    pub(crate) const fn nothing() -> Self {
        const NONE: Operation = Operation { query: (0, 0), listed: (0, 0), kind: OperationKind::Exact, cost: 0.0 };
        let features =
            NameFeatures { query_coverage: 0.0, listed_coverage: 0.0, conflict: 0.0, evidence: 0.0, letters: 0.0, korean: None };
        Self { score: 0.0, features, operations: [NONE; MAX_OPERATIONS], operation_count: 0 }
    }

    pub(super) fn push(&mut self, operation: Operation) {
        if let Some(place) = self.operations.get_mut(usize::from(self.operation_count)) {
            *place = operation;
            self.operation_count += 1;
        }
    }
}

/// Compares a name with a listed one. Not symmetric: names that a query leaves out weigh less than those that it adds.
///
/// ```
/// use bonafide_watchlist::names::{AnalysedName, NameKind, compare};
/// let name = |text: &str| AnalysedName::of(text, NameKind::Person);
/// let listed = name("MARLOWE, Rosalind Agatha");
/// assert!(compare(&name("Rosalind Marlow"), &listed).score > 0.8);
/// assert!(compare(&name("Rosalind Fairweather"), &listed).score < 0.6);
/// ```
#[must_use]
pub fn compare(query: &AnalysedName, listed: &AnalysedName) -> NameMatch {
    match (query.view(), listed.view()) {
        (Some(query), Some(listed)) => meet(&query, &listed, |i, j| similarity(query.token(i), listed.token(j))),
        _ => NameMatch::nothing(),
    }
}

/// Compares two names, given how alike a word of the one and a word of the other are.
pub(crate) fn meet(query: &NameView<'_>, listed: &NameView<'_>, alike: impl FnMut(usize, usize) -> Alike) -> NameMatch {
    let mut found = NameMatch::nothing();
    let mut state = Assignment::default();
    state.join_words(query, listed, &mut found);
    state.assign(query, listed, alike, &mut found);
    found.score_letters(query, listed, &state);
    let joined = joined_score(query, listed);
    found.features.letters = found.features.letters.max(joined);
    found.score = found.features.letters;
    if let (Some(left), Some(right)) = (query.korean, listed.korean) {
        let met = left.compare(right);
        found.features.korean = Some(met);
        found.score = korean_score(met, found.features.letters);
    }
    found
}

impl NameMatch {
    fn score_letters(&mut self, query: &NameView<'_>, listed: &NameView<'_>, state: &Assignment) {
        let side = |tokens: &[&Token], taken: u32, similarity: &[f32; MAX_TOKENS]| {
            let (mut all, mut graded, mut missing) = (0.0, 0.0, 0.0);
            for (index, token) in tokens.iter().enumerate() {
                all += token.weight();
                if taken & 1 << index != 0 {
                    graded += token.weight() * similarity[index];
                } else {
                    missing += token.weight();
                }
            }
            (all, graded, missing)
        };
        let (query_all, query_graded, query_missing) = side(query.tokens(), state.query_taken, &state.query_similarity);
        let (listed_all, listed_graded, listed_missing) = side(listed.tokens(), state.listed_taken, &state.listed_similarity);
        for index in (0..query.tokens().len()).filter(|index| state.query_taken & 1 << index == 0) {
            self.push(Operation { query: (index as u8, 1), listed: (0, 0), kind: OperationKind::OnlyInQuery, cost: 1.0 });
        }
        for index in (0..listed.tokens().len()).filter(|index| state.listed_taken & 1 << index == 0) {
            self.push(Operation { query: (0, 0), listed: (index as u8, 1), kind: OperationKind::OnlyInList, cost: 1.0 });
        }
        let graded = 0.5 * (query_graded + listed_graded);
        let matched = 0.5 * (query_all - query_missing + listed_all - listed_missing);
        let conflict = query_missing.min(listed_missing);
        let against = UNMATCHED_QUERY * query_missing + UNMATCHED_LISTED * listed_missing + CONFLICT * conflict;
        let fit = if matched + against > 0.0 { graded / (matched + against) } else { 0.0 };
        // One word alone is thin evidence when the other side says more.
        let alone = (query_missing + listed_missing) / (query_all + listed_all).max(0.01);
        let thin = (1.0 - graded).clamp(0.0, 1.0) * alone;
        // Short and frequent names fit many people, however well they fit.
        let rarity = 1.0 - 0.12 * (-1.5 * graded).exp();
        // Initials fit anybody; a name must meet a name.
        let by_name = self.operations().iter().any(|step| {
            !matches!(step.kind, OperationKind::Initial | OperationKind::OnlyInQuery | OperationKind::OnlyInList)
                && query.tokens().get(usize::from(step.query.0)).is_some_and(|token| token.kind() != TokenKind::Initial)
        });
        let ceiling = if by_name { 1.0 } else { 0.4 };
        self.features = NameFeatures {
            query_coverage: query_graded / query_all.max(0.01),
            listed_coverage: listed_graded / listed_all.max(0.01),
            conflict,
            evidence: graded,
            letters: (fit * rarity * (1.0 - 0.6 * thin)).clamp(0.0, ceiling),
            korean: None,
        };
    }
}

/// Names written together on one side, in either order.
fn joined_score(query: &NameView<'_>, listed: &NameView<'_>) -> f32 {
    let (left, right) = (query.letters(), listed.letters());
    if left.min(right) < 7 || query.kind != listed.kind {
        return 0.0;
    }
    if query.tokens().len().min(listed.tokens().len()) > 1 && query.tokens().len() == listed.tokens().len() {
        return 0.0;
    }
    if left.abs_diff(right) * 10 > left.max(right) || (query.mask() ^ listed.mask()).count_ones() > 3 {
        return 0.0;
    }
    let mut best = 0.0_f32;
    for left in query.joined().iter().flatten() {
        for right in listed.joined().iter().flatten() {
            best = best.max(distance::spelling(left.as_bytes(), right.as_bytes()));
        }
    }
    if best >= 0.88 { (sharpened(best) - 0.03).max(0.0) } else { 0.0 }
}

/// Syllables decide; letters tell a spelling that is the same from one that only may be.
fn korean_score(met: KoreanMatch, letters: f32) -> f32 {
    let ceiling = if met.syllables >= 2 { 0.98 } else { 0.88 };
    // Another script or romanisation shares no letters, and says as much.
    let by_syllables = 0.88 * met.similarity;
    (ceiling * by_syllables.max(0.8 * met.similarity + 0.2 * letters)).clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::super::NameKind;
    use super::*;

    #[test]
    fn kinds_of_names_are_compared_apart() {
        let name = |text| AnalysedName::of(text, NameKind::Organisation);
        assert!(compare(&name("Marlowe Trading LLC"), &name("Marlowe Trading Limited")).score > 0.9);
        assert!(compare(&name("Marlowe 7"), &name("Marlowe 8")).score < 0.8);
    }
}
