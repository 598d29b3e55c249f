//! Two analysed names compared: words assigned to words, everything else counted against the match.

use bonafide_normalise::script::korean::KoreanMatch;

use super::analyse::{AnalysedName, MAX_TOKENS};
use super::assign::Assignment;
use super::letters::joined_score;
use super::pair::{Alike, similarity};
use super::view::NameView;

/// The most operations of a match.
pub const MAX_OPERATIONS: usize = 2 * MAX_TOKENS;

/// Korean names at least so alike are told as one step from the whole name to the whole name.
const TOLD_BY_SYLLABLES: f32 = 0.75;

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
    /// Share of what the query's words tell that found a partner, graded by similarity, 0…1.
    pub query_coverage: f32,
    /// Share of what the listed name's words tell that found a partner, graded by similarity, 0…1.
    pub listed_coverage: f32,
    /// What words without a partner tell, in nats, on the side where they tell less: both names have some, so they contradict.
    pub conflict: f32,
    /// What the words that met tell, graded by similarity, in nats: a rare name tells more than a frequent one.
    pub evidence: f32,
    /// What the rarest word tells that met as it is or nearly so, in nats.
    pub rarest: f32,
    /// What was lost in words that met and differ, in nats.
    pub changed: f32,
    /// What words of the query without a partner tell, in nats.
    pub query_missing: f32,
    /// What listed words without a partner tell, in nats.
    pub listed_missing: f32,
    /// Names proper that met, initials not counted.
    pub words: u8,
    /// Initials that met a name.
    pub initials: u8,
    /// Whether the list tells the family name and none of its words met.
    pub family_missing: bool,
    /// Share of the evidence that rests on consonants alone, 0…1.
    pub consonants: f32,
    /// How well the names fit by letters and sounds alone, 0…1, whatever they tell.
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
    /// A word of the same meaning: "zavod" for "plant", "NPO" for "scientific production association".
    Translation,
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
        let features = NameFeatures::NOTHING;
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
    found.weigh(query, listed, joined_score(query, listed));
    if let (Some(left), Some(right)) = (query.korean, listed.korean) {
        let met = left.compare(right);
        found.features.korean = Some(met);
        found.tell_by_syllables(query, listed, met.similarity);
    } else if let (Some(left), Some(right)) = (query.chinese, listed.chinese) {
        let met = left.compare(right);
        found.tell_by_syllables(query, listed, met.similarity);
        found.weigh_syllables(&met);
    }
    // What is listed tells which rules hold: a query may not say what it looks for.
    found.score = found.features.score(listed.kind);
    found
}

impl NameMatch {
    /// Tells one step from name to name where the syllables are the same and letters would tell what differs.
    fn tell_by_syllables(&mut self, query: &NameView<'_>, listed: &NameView<'_>, similarity: f32) {
        if similarity > TOLD_BY_SYLLABLES && similarity > self.features.letters {
            self.operation_count = 0;
            let (of_query, of_listed) = (query.tokens().len() as u8, listed.tokens().len() as u8);
            let cost = (1.0 - similarity).clamp(0.0, 1.0);
            self.push(Operation { query: (0, of_query), listed: (0, of_listed), kind: OperationKind::Romanisation, cost });
        }
    }
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
