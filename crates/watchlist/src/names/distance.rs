//! Edit distances on small strings, on the stack.

use bonafide_normalise::script::sound::{omission_cost, substitution_cost};

use super::token::MAX_LETTERS;

/// The longest strings that are compared, words written together included: one bit of a machine word for each letter.
pub(super) const MAX_COMPARED: usize = 64;

/// Similarity of two spellings, 0…1: optimal string alignment (insertion, deletion, substitution, swap of neighbours) over the longer
/// length.
pub(super) fn spelling(left: &[u8], right: &[u8]) -> f32 {
    let (left, right) = (&left[..left.len().min(MAX_COMPARED)], &right[..right.len().min(MAX_COMPARED)]);
    let longer = left.len().max(right.len());
    if longer == 0 {
        return 0.0;
    }
    1.0 - alignment(left, right) as f32 / longer as f32
}

/// Optimal string alignment distance of two strings of at most 64 letters, a column of the table in each step: Hyyrö, "A bit-vector
/// algorithm for computing Levenshtein and Damerau edit distances" (2003).
fn alignment(left: &[u8], right: &[u8]) -> usize {
    if left.is_empty() {
        return right.len();
    }
    let mut places = [0_u64; 64];
    // Letters in the first half and digits in the second; there are no other bytes in folded words.
    let slot = |letter: u8| usize::from(letter & 31 | u8::from(letter < b'a') << 5);
    for (index, letter) in left.iter().enumerate() {
        places[slot(*letter)] |= 1 << index;
    }
    let last = 1_u64 << (left.len() - 1);
    let (mut rises, mut falls, mut zero, mut before) = (u64::MAX, 0_u64, 0_u64, 0_u64);
    let mut distance = left.len();
    for letter in right {
        let here = places[slot(*letter)];
        let swapped = ((!zero & here) << 1) & before;
        zero = ((here & rises).wrapping_add(rises) ^ rises) | here | falls | swapped;
        let (more, less) = (falls | !(zero | rises), zero & rises);
        distance += usize::from(more & last != 0);
        distance -= usize::from(less & last != 0);
        let more = more << 1 | 1;
        rises = less << 1 | !(zero | more);
        falls = more & zero;
        before = here;
    }
    distance
}

/// Sounds have slots of their own: letters first, then digits.
const SLOTS: usize = 32;
/// Costs are multiples of a twentieth.
const UNIT: f32 = 20.0;

const fn sound_of(slot: usize) -> u8 {
    if slot < 26 { b'A' + slot as u8 } else { b'0' + (slot - 26) as u8 }
}

const fn slot_of(sound: u8) -> usize {
    let slot = if sound.is_ascii_digit() { (sound - b'0') as usize + 26 } else { sound.wrapping_sub(b'A') as usize };
    slot % SLOTS
}

static SUBSTITUTION: [[u8; SLOTS]; SLOTS] = {
    let mut costs = [[0; SLOTS]; SLOTS];
    let mut left = 0;
    while left < SLOTS {
        let mut right = 0;
        while right < SLOTS {
            costs[left][right] = (substitution_cost(sound_of(left), sound_of(right)) * UNIT + 0.5) as u8;
            right += 1;
        }
        left += 1;
    }
    costs
};

static OMISSION: [u8; SLOTS] = {
    let mut costs = [0; SLOTS];
    let mut slot = 0;
    while slot < SLOTS {
        costs[slot] = (omission_cost(sound_of(slot)) * UNIT + 0.5) as u8;
        slot += 1;
    }
    costs
};

/// Similarity of two strings of sounds, 0…1, with graded costs. Below `least` the answer is 0: the table is left as soon as it is
/// known to end there.
pub(super) fn sounds(left: &[u8], right: &[u8], least: f32) -> f32 {
    let longer = left.len().max(right.len());
    if longer == 0 || longer > MAX_LETTERS {
        return 0.0;
    }
    let most = ((1.0 - least) * longer as f32 * UNIT + 0.5) as u16;
    let mut row = [0_u16; MAX_LETTERS + 1];
    let mut slots = [0_u8; MAX_LETTERS];
    for (index, &sound) in right.iter().enumerate() {
        slots[index] = slot_of(sound) as u8;
        row[index + 1] = row[index] + u16::from(OMISSION[slot_of(sound)]);
    }
    for &sound in left {
        let costs = &SUBSTITUTION[slot_of(sound)];
        let omitted = u16::from(OMISSION[slot_of(sound)]);
        let mut diagonal = row[0];
        row[0] += omitted;
        let (mut behind, mut lowest) = (row[0], row[0]);
        for (cell, slot) in row[1..].iter_mut().zip(&slots[..right.len()]) {
            let slot = usize::from(*slot) % SLOTS;
            let substituted = diagonal + u16::from(costs[slot]);
            diagonal = *cell;
            behind = substituted.min(diagonal + omitted).min(behind + u16::from(OMISSION[slot]));
            *cell = behind;
            lowest = lowest.min(behind);
        }
        if lowest > most {
            return 0.0;
        }
    }
    let similarity = (1.0 - f32::from(row[right.len()]) / (UNIT * longer as f32)).max(0.0);
    if similarity < least { 0.0 } else { similarity }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The same by the textbook's table.
    fn table(left: &[u8], right: &[u8]) -> usize {
        let mut cells = vec![vec![0; right.len() + 1]; left.len() + 1];
        for i in 0..=left.len() {
            for j in 0..=right.len() {
                cells[i][j] = if i == 0 || j == 0 {
                    i + j
                } else {
                    let changed = cells[i - 1][j - 1] + usize::from(left[i - 1] != right[j - 1]);
                    let mut least = changed.min(cells[i - 1][j] + 1).min(cells[i][j - 1] + 1);
                    if i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1] {
                        least = least.min(cells[i - 2][j - 2] + 1);
                    }
                    least
                };
            }
        }
        cells[left.len()][right.len()]
    }

    fn graded(left: &[u8], right: &[u8]) -> f32 {
        let mut row = vec![0.0_f32];
        right.iter().for_each(|sound| row.push(row.last().unwrap() + omission_cost(*sound)));
        for &sound in left {
            let mut next = vec![row[0] + omission_cost(sound)];
            for (index, &other) in right.iter().enumerate() {
                let substituted = row[index] + substitution_cost(sound, other);
                next.push(substituted.min(row[index + 1] + omission_cost(sound)).min(next[index] + omission_cost(other)));
            }
            row = next;
        }
        (1.0 - row[right.len()] / left.len().max(right.len()) as f32).max(0.0)
    }

    proptest! {
        #[test]
        fn alignment_is_that_of_the_table(left in "[a-d0-1]{0,64}", right in "[a-d0-1]{0,64}") {
            prop_assert_eq!(alignment(left.as_bytes(), right.as_bytes()), table(left.as_bytes(), right.as_bytes()));
        }

        #[test]
        fn sounds_are_graded_as_their_costs_say(left in "[A-Z0-5]{1,20}", right in "[A-Z0-5]{1,20}", least in 0.0_f32..0.9) {
            let (left, right) = (left.as_bytes(), right.as_bytes());
            let expected = graded(left, right);
            let found = sounds(left, right, least);
            prop_assert!((found - expected).abs() < 1e-4 || (found == 0.0 && expected < least + 0.01), "{found} for {expected}");
        }
    }
}
