//! Two analysed names compared: words assigned to words, everything else counted against the match.

use bonafide_normalise::script::korean::KoreanMatch;

use super::analyse::{AnalysedName, MAX_TOKENS};
use super::distance;
use super::token::{Token, TokenKind, mask_of};

/// The most operations of a match.
pub const MAX_OPERATIONS: usize = 2 * MAX_TOKENS;
/// Words less alike than this are not taken for each other.
const LEAST_SIMILARITY: f32 = 0.62;
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

    const fn nothing() -> Self {
        const NONE: Operation = Operation { query: (0, 0), listed: (0, 0), kind: OperationKind::Exact, cost: 0.0 };
        let features =
            NameFeatures { query_coverage: 0.0, listed_coverage: 0.0, conflict: 0.0, evidence: 0.0, letters: 0.0, korean: None };
        Self { score: 0.0, features, operations: [NONE; MAX_OPERATIONS], operation_count: 0 }
    }

    fn push(&mut self, operation: Operation) {
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
    let mut found = NameMatch::nothing();
    if query.tokens.is_empty() || listed.tokens.is_empty() {
        return found;
    }
    let mut state = Assignment::default();
    state.join_words(query, listed, &mut found);
    state.assign(query, listed, &mut found);
    found.score_letters(query, listed, &state);
    let joined = joined_score(query, listed);
    found.features.letters = found.features.letters.max(joined);
    found.score = found.features.letters;
    if let (Some(left), Some(right)) = (&query.korean, &listed.korean) {
        let met = left.compare(right);
        found.features.korean = Some(met);
        found.score = korean_score(met, found.features.letters);
    }
    found
}

/// Which tokens have a partner, and how well they fit.
#[derive(Default)]
struct Assignment {
    query_taken: u32,
    listed_taken: u32,
    query_similarity: [f32; MAX_TOKENS],
    listed_similarity: [f32; MAX_TOKENS],
}

impl Assignment {
    /// Two or three neighbours of one side that are one word of the other.
    fn join_words(&mut self, query: &AnalysedName, listed: &AnalysedName, found: &mut NameMatch) {
        let (q, l) = (&query.tokens, &listed.tokens);
        for span in [3, 2] {
            self.join_side(q, l, span, false, found);
            self.join_side(l, q, span, true, found);
        }
    }

    fn join_side(&mut self, many: &[Token], one: &[Token], span: usize, swapped: bool, found: &mut NameMatch) {
        for start in 0..(many.len() + 1).saturating_sub(span) {
            let parts = &many[start..start + span];
            let length: usize = parts.iter().map(|part| part.bytes().len()).sum();
            let mask = parts.iter().fold(0, |mask, part| mask | part.mask);
            for (index, word) in one.iter().enumerate() {
                let letters = word.bytes();
                if letters.len().abs_diff(length) > 1 || letters.len() < 4 || (word.mask ^ mask).count_ones() > 2 {
                    continue;
                }
                let (many_taken, one_taken) =
                    if swapped { (self.listed_taken, self.query_taken) } else { (self.query_taken, self.listed_taken) };
                let bits = ((1_u32 << span) - 1) << start;
                if many_taken & bits != 0 || one_taken & 1 << index != 0 || length > distance::MAX_COMPARED {
                    continue;
                }
                let mut buffer = [0; distance::MAX_COMPARED];
                let mut end = 0;
                for part in parts {
                    buffer[end..end + part.bytes().len()].copy_from_slice(part.bytes());
                    end += part.bytes().len();
                }
                let similarity = distance::spelling(&buffer[..end], letters);
                if similarity < 0.85 || many[start..start + span].iter().any(|part| part.bytes() == letters) {
                    continue;
                }
                self.take(bits, 1 << index, swapped);
                let similarity = similarity * 0.97;
                for place in start..start + span {
                    self.note(place, index, similarity, swapped);
                }
                let (many_span, one_span) = ((start as u8, span as u8), (index as u8, 1));
                let (query, listed) = if swapped { (one_span, many_span) } else { (many_span, one_span) };
                found.push(Operation { query, listed, kind: OperationKind::Joined, cost: 1.0 - similarity });
            }
        }
    }

    fn take(&mut self, many: u32, one: u32, swapped: bool) {
        let (query, listed) = if swapped { (one, many) } else { (many, one) };
        self.query_taken |= query;
        self.listed_taken |= listed;
    }

    fn note(&mut self, many: usize, one: usize, similarity: f32, swapped: bool) {
        let (query, listed) = if swapped { (one, many) } else { (many, one) };
        self.query_similarity[query] = similarity;
        self.listed_similarity[listed] = similarity;
    }

    /// Assigns the other tokens so that the sum of weighted similarities is greatest.
    fn assign(&mut self, query: &AnalysedName, listed: &AnalysedName, found: &mut NameMatch) {
        let mut gain = [[0.0_f32; MAX_TOKENS]; MAX_TOKENS];
        let mut detail = [[(0.0_f32, OperationKind::Exact); MAX_TOKENS]; MAX_TOKENS];
        let (mut best_column, mut is_simple, mut columns) = ([None; MAX_TOKENS], true, 0_u32);
        for (i, left) in query.tokens.iter().enumerate() {
            if self.query_taken & 1 << i != 0 {
                continue;
            }
            let mut best = 0.0;
            for (j, right) in listed.tokens.iter().enumerate() {
                if self.listed_taken & 1 << j != 0 {
                    continue;
                }
                let (similarity, kind) = similarity(left, right);
                if similarity > 0.0 {
                    // Neighbourhood breaks ties: the same word twice meets its counterpart in order.
                    let nearness = 0.001 * (8.0 - i.abs_diff(j) as f32);
                    gain[i][j] = similarity * (left.weight() + right.weight()) + nearness;
                    detail[i][j] = (similarity, kind);
                    if gain[i][j] > best {
                        best = gain[i][j];
                        best_column[i] = Some(j);
                    }
                }
            }
            if let Some(column) = best_column[i] {
                is_simple &= columns & 1 << column == 0;
                columns |= 1 << column;
            }
        }
        let partners = if is_simple { best_column } else { optimal(&gain, query.tokens.len(), listed.tokens.len()) };
        for (i, partner) in partners.iter().enumerate().take(query.tokens.len()) {
            let Some(j) = *partner else { continue };
            let (similarity, kind) = detail[i][j];
            if similarity <= 0.0 {
                continue;
            }
            self.take(1 << i, 1 << j, false);
            self.note(i, j, similarity, false);
            found.push(Operation { query: (i as u8, 1), listed: (j as u8, 1), kind, cost: 1.0 - similarity });
        }
    }
}

/// Optimal assignment by dynamic programming over the set of listed tokens that are taken.
fn optimal(gain: &[[f32; MAX_TOKENS]; MAX_TOKENS], rows: usize, columns: usize) -> [Option<usize>; MAX_TOKENS] {
    const SETS: usize = 1 << MAX_TOKENS;
    let sets = 1_usize << columns;
    let mut value = [[-1.0_f32; SETS]; 2];
    let mut choice = [[u8::MAX; SETS]; MAX_TOKENS];
    value[0][0] = 0.0;
    for row in 0..rows {
        let (now, next) = (row % 2, (row + 1) % 2);
        value[next] = [-1.0; SETS];
        for set in 0..sets {
            let before = value[now][set];
            if before < 0.0 {
                continue;
            }
            if before > value[next][set] {
                value[next][set] = before;
                choice[row][set] = u8::MAX;
            }
            for column in (0..columns).filter(|column| set & 1 << column == 0 && gain[row][*column] > 0.0) {
                let (with, sum) = (set | 1 << column, before + gain[row][column]);
                if sum > value[next][with] {
                    value[next][with] = sum;
                    choice[row][with] = column as u8;
                }
            }
        }
    }
    let last = &value[rows % 2][..sets];
    let mut set = (0..sets).max_by(|&a, &b| last[a].total_cmp(&last[b])).unwrap_or(0);
    let mut partners = [None; MAX_TOKENS];
    for row in (0..rows).rev() {
        let column = choice[row][set];
        if column != u8::MAX {
            partners[row] = Some(usize::from(column));
            set &= !(1 << column);
        }
    }
    partners
}

/// How alike two words are, 0…1 (0 where they are not taken for each other), and by what.
fn similarity(left: &Token, right: &Token) -> (f32, OperationKind) {
    if left.hash == right.hash && left.bytes() == right.bytes() {
        // Two Han words of one sound are the same word only by chance, or in another country's characters.
        let only_sounds_alike = left.characters != 0 && right.characters != 0 && left.characters != right.characters;
        return if only_sounds_alike { (0.75, OperationKind::Romanisation) } else { (1.0, OperationKind::Exact) };
    }
    let (a, b) = (left.bytes(), right.bytes());
    if a.len() == 1 || b.len() == 1 {
        let fits =
            a.first() == b.first() && !matches!((left.kind(), right.kind()), (TokenKind::Number, _) | (_, TokenKind::Number));
        return (if fits { 0.8 } else { 0.0 }, OperationKind::Initial);
    }
    if left.kind() == TokenKind::Number || right.kind() == TokenKind::Number {
        return (0.0, OperationKind::Typo);
    }
    if left.alternates.iter().any(|&hash| hash != 0 && (hash == right.hash || right.alternates.contains(&hash)))
        || right.alternates.iter().any(|&hash| hash != 0 && hash == left.hash)
    {
        return (0.88, OperationKind::Tradition);
    }
    if left.sounds == right.sounds {
        return (0.96, OperationKind::Romanisation);
    }
    if left.nickname != 0 && left.nickname == right.nickname {
        return (0.9, OperationKind::Nickname);
    }
    if left.is_consonantal != right.is_consonantal {
        return by_consonants(left, right);
    }
    by_letters(left, right)
}

/// One side has consonants and long vowels only.
fn by_consonants(left: &Token, right: &Token) -> (f32, OperationKind) {
    let (a, b) = (left.consonants.as_bytes(), right.consonants.as_bytes());
    let shorter = a.len().min(b.len());
    if shorter < 2 {
        return by_letters(left, right);
    }
    let similarity = distance::sounds(a, b) * if shorter >= 3 { 0.93 } else { 0.8 };
    (sharpened(similarity), OperationKind::Consonants)
}

fn by_letters(left: &Token, right: &Token) -> (f32, OperationKind) {
    let (a, b) = (left.bytes(), right.bytes());
    let longer = a.len().max(b.len());
    if a.len().abs_diff(b.len()) * 5 > longer * 2 {
        return (0.0, OperationKind::Typo);
    }
    // Letters of one word that the other lacks must each have been edited or be another romanisation.
    if left.is_frequent && right.is_frequent && left.consonants != right.consonants {
        // "Mohamed" is no slip of the pen for "Ahmed".
        return (0.0, OperationKind::Typo);
    }
    let common = (left.mask & right.mask).count_ones();
    if common * 3 < left.mask.count_ones().min(right.mask.count_ones()) {
        return (0.0, OperationKind::Typo);
    }
    let spelled = distance::spelling(a, b);
    let heard = distance::sounds(left.sounds.as_bytes(), right.sounds.as_bytes()) * 0.97;
    if heard > spelled { (sharpened(heard), OperationKind::Romanisation) } else { (sharpened(spelled), OperationKind::Typo) }
}

/// Small differences stay small, larger ones count more, and words that share half of their letters share nothing.
fn sharpened(similarity: f32) -> f32 {
    if similarity >= 0.8 {
        1.0 - 1.25 * (1.0 - similarity)
    } else if similarity >= LEAST_SIMILARITY {
        0.3 + (similarity - LEAST_SIMILARITY) * (0.45 / (0.8 - LEAST_SIMILARITY))
    } else {
        0.0
    }
}

impl NameMatch {
    fn score_letters(&mut self, query: &AnalysedName, listed: &AnalysedName, state: &Assignment) {
        let side = |tokens: &[Token], taken: u32, similarity: &[f32; MAX_TOKENS]| {
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
        let (query_all, query_graded, query_missing) = side(&query.tokens, state.query_taken, &state.query_similarity);
        let (listed_all, listed_graded, listed_missing) = side(&listed.tokens, state.listed_taken, &state.listed_similarity);
        for index in (0..query.tokens.len()).filter(|index| state.query_taken & 1 << index == 0) {
            self.push(Operation { query: (index as u8, 1), listed: (0, 0), kind: OperationKind::OnlyInQuery, cost: 1.0 });
        }
        for index in (0..listed.tokens.len()).filter(|index| state.listed_taken & 1 << index == 0) {
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
                && query.tokens.get(usize::from(step.query.0)).is_some_and(|token| token.kind() != TokenKind::Initial)
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
fn joined_score(query: &AnalysedName, listed: &AnalysedName) -> f32 {
    if query.joined.len().min(listed.joined.len()) < 7 || query.kind != listed.kind {
        return 0.0;
    }
    if query.tokens.len().min(listed.tokens.len()) > 1 && query.tokens.len().abs_diff(listed.tokens.len()) < 1 {
        return 0.0;
    }
    let queries = [Some(&query.joined), query.joined_family_first.as_ref()];
    let listeds = [Some(&listed.joined), listed.joined_family_first.as_ref()];
    let mut best = 0.0_f32;
    for left in queries.into_iter().flatten() {
        for right in listeds.into_iter().flatten() {
            let longer = left.len().max(right.len());
            if left.len().abs_diff(right.len()) * 10 > longer || (mask_of(left) ^ mask_of(right)).count_ones() > 3 {
                continue;
            }
            best = best.max(distance::spelling(left, right));
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
    fn assignment_is_optimal_where_the_greedy_one_is_not() {
        let mut gain = [[0.0; MAX_TOKENS]; MAX_TOKENS];
        (gain[0][0], gain[0][1], gain[1][0]) = (1.0, 0.9, 0.95);
        assert_eq!(optimal(&gain, 2, 2)[..2], [Some(1), Some(0)]);
    }

    #[test]
    fn kinds_of_names_are_compared_apart() {
        let name = |text| AnalysedName::of(text, NameKind::Organisation);
        assert!(compare(&name("Marlowe Trading LLC"), &name("Marlowe Trading Limited")).score > 0.9);
        assert!(compare(&name("Marlowe 7"), &name("Marlowe 8")).score < 0.8);
    }
}
