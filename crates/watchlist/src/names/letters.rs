//! How well two names fit by their letters alone, whatever the words are worth: one of the features of the score.

use super::analyse::MAX_TOKENS;
use super::assign::Assignment;
use super::compare::{NameMatch, Operation, OperationKind};
use super::distance;
use super::pair::sharpened;
use super::token::{Token, TokenKind};
use super::view::NameView;

/// What words without a partner on both sides weigh in addition: they contradict each other.
const CONFLICT: f32 = 0.9;
/// What a listed word without a partner weighs: a query often leaves names out.
const UNMATCHED_LISTED: f32 = 0.28;
/// What a word of the query without a partner weighs, against its own weight.
const UNMATCHED_QUERY: f32 = 0.75;
impl NameMatch {
    pub(super) fn score_letters(&mut self, query: &NameView<'_>, listed: &NameView<'_>, state: &Assignment) {
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
        self.features.letters = (fit * rarity * (1.0 - 0.6 * thin)).clamp(0.0, ceiling);
    }
}

/// Names written together on one side, in either order.
pub(super) fn joined_score(query: &NameView<'_>, listed: &NameView<'_>) -> f32 {
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
    // Where both names are written in words, their letters in a row must be those of one name rather.
    let least = if query.tokens().len().min(listed.tokens().len()) > 2 { 0.93 } else { 0.88 };
    if best >= least { (sharpened(best) - 0.03).max(0.0) } else { 0.0 }
}
