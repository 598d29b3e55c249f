//! Words assigned to words, so that the whole fits best.

use super::analyse::MAX_TOKENS;
use super::compare::{NameMatch, Operation, OperationKind};
use super::distance;
use super::joined;
use super::pair::Alike;
use super::token::Token;
use super::view::NameView;

/// Which tokens have a partner, and how well they fit.
#[derive(Default)]
pub(super) struct Assignment {
    pub(super) query_taken: u32,
    pub(super) listed_taken: u32,
    pub(super) query_similarity: [f32; MAX_TOKENS],
    pub(super) listed_similarity: [f32; MAX_TOKENS],
}

impl Assignment {
    /// Two or three neighbours of one side that are one word of the other.
    pub(super) fn join_words(&mut self, query: &NameView<'_>, listed: &NameView<'_>, found: &mut NameMatch) {
        let (q, l) = (query.tokens(), listed.tokens());
        for span in [3, 2] {
            self.join_side(q, l, span, false, found);
            self.join_side(l, q, span, true, found);
        }
    }

    fn join_side(&mut self, many: &[&Token], one: &[&Token], span: usize, swapped: bool, found: &mut NameMatch) {
        for start in 0..(many.len() + 1).saturating_sub(span) {
            let parts = &many[start..start + span];
            let length: usize = parts.iter().map(|part| part.bytes().len()).sum();
            let mask = parts.iter().fold(0, |mask, part| mask | part.mask);
            let heard_by = joined::Heard::of(parts);
            for (index, word) in one.iter().enumerate() {
                let letters = word.bytes();
                if letters.len() < 4 || length > distance::MAX_COMPARED {
                    continue;
                }
                let may_be_spelled = letters.len().abs_diff(length) <= 1 && (word.mask ^ mask).count_ones() <= 2;
                let may_be_heard = heard_by.is_some_and(|parts| parts.may_be(word));
                if !may_be_spelled && !may_be_heard {
                    continue;
                }
                let (many_taken, one_taken) =
                    if swapped { (self.listed_taken, self.query_taken) } else { (self.query_taken, self.listed_taken) };
                let bits = ((1_u32 << span) - 1) << start;
                if many_taken & bits != 0 || one_taken & 1 << index != 0 {
                    continue;
                }
                let spelled = if may_be_spelled { joined::spelled(parts, word) } else { 0.0 };
                let heard = if may_be_heard && spelled < joined::LEAST { joined::heard(parts, word) } else { 0.0 };
                let similarity = spelled.max(heard);
                if similarity < joined::LEAST || many[start..start + span].iter().any(|part| part.bytes() == letters) {
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
    pub(super) fn assign(
        &mut self,
        query: &NameView<'_>,
        listed: &NameView<'_>,
        mut alike: impl FnMut(usize, usize) -> Alike,
        found: &mut NameMatch,
    ) {
        let mut gain = [[0.0_f32; MAX_TOKENS]; MAX_TOKENS];
        let mut detail = [[(0.0_f32, OperationKind::Exact); MAX_TOKENS]; MAX_TOKENS];
        let (mut best_column, mut is_simple, mut columns) = ([None; MAX_TOKENS], true, 0_u32);
        for (i, left) in query.tokens().iter().enumerate() {
            if self.query_taken & 1 << i != 0 {
                continue;
            }
            let mut best = 0.0;
            for (j, right) in listed.tokens().iter().enumerate() {
                if self.listed_taken & 1 << j != 0 {
                    continue;
                }
                let (similarity, kind) = alike(i, j);
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
        let partners = if is_simple { best_column } else { optimal(&gain, query.tokens().len(), listed.tokens().len()) };
        for (i, partner) in partners.iter().enumerate().take(query.tokens().len()) {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn assignment_is_optimal_where_the_greedy_one_is_not() {
        let mut gain = [[0.0; MAX_TOKENS]; MAX_TOKENS];
        (gain[0][0], gain[0][1], gain[1][0]) = (1.0, 0.9, 0.95);
        assert_eq!(optimal(&gain, 2, 2)[..2], [Some(1), Some(0)]);
    }
}
