//! Edit distances on small strings, on the stack.

use bonafide_normalise::script::sound::{omission_cost, substitution_cost};

use super::token::MAX_LETTERS;

/// The longest strings that are compared, words written together included.
pub(super) const MAX_COMPARED: usize = 64;

/// Similarity of two spellings, 0…1: optimal string alignment (insertion, deletion, substitution, swap of neighbours) over the longer
/// length.
pub(super) fn spelling(left: &[u8], right: &[u8]) -> f32 {
    let (left, right) = (&left[..left.len().min(MAX_COMPARED)], &right[..right.len().min(MAX_COMPARED)]);
    let longer = left.len().max(right.len());
    if longer == 0 {
        return 0.0;
    }
    let mut rows = [[0_u8; MAX_COMPARED + 1]; 3];
    for (index, cell) in rows[0].iter_mut().enumerate().take(right.len() + 1) {
        *cell = index as u8;
    }
    for i in 1..=left.len() {
        let (now, last, before) = (i % 3, (i + 2) % 3, (i + 1) % 3);
        rows[now][0] = i as u8;
        for j in 1..=right.len() {
            let equal = left[i - 1] == right[j - 1];
            let mut cost = rows[last][j - 1] + u8::from(!equal);
            cost = cost.min(rows[last][j] + 1).min(rows[now][j - 1] + 1);
            if i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1] {
                cost = cost.min(rows[before][j - 2] + 1);
            }
            rows[now][j] = cost;
        }
    }
    1.0 - f32::from(rows[left.len() % 3][right.len()]) / longer as f32
}

/// Similarity of two strings of sounds, 0…1, with graded costs.
pub(super) fn sounds(left: &[u8], right: &[u8]) -> f32 {
    let longer = left.len().max(right.len());
    if longer == 0 || longer > MAX_LETTERS {
        return 0.0;
    }
    let mut row = [0.0_f32; MAX_LETTERS + 1];
    for (index, &sound) in right.iter().enumerate() {
        row[index + 1] = row[index] + omission_cost(sound);
    }
    for &sound in left {
        let mut diagonal = row[0];
        let omitted = omission_cost(sound);
        row[0] += omitted;
        for (index, &other) in right.iter().enumerate() {
            let substituted = diagonal + substitution_cost(sound, other);
            diagonal = row[index + 1];
            row[index + 1] = substituted.min(diagonal + omitted).min(row[index] + omission_cost(other));
        }
    }
    (1.0 - row[right.len()] / longer as f32).max(0.0)
}
