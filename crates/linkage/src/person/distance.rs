//! Edit distance of short texts.

/// Bytes of a value that take part in a comparison. What differs only behind them counts as close, never as equal.
pub const COMPARED: usize = 64;

/// Optimal string alignment distance (insertions, deletions, substitutions, swaps of neighbours) of the first [`COMPARED`] bytes,
/// bit-parallel: Hyyrö, *A bit-vector algorithm for computing Levenshtein and Damerau edit distances*, 2003.
#[must_use]
pub fn osa(left: &[u8], right: &[u8]) -> u32 {
    let left = &left[..left.len().min(COMPARED)];
    let right = &right[..right.len().min(COMPARED)];
    if left.is_empty() {
        return right.len() as u32;
    }
    let mut positions = [0_u64; 256];
    for (at, &byte) in left.iter().enumerate() {
        positions[usize::from(byte)] |= 1 << at;
    }
    let last = 1_u64 << (left.len() - 1);
    let (mut up, mut down, mut zero, mut before) = (!0_u64, 0_u64, 0_u64, 0_u64);
    let mut distance = left.len() as u32;
    for &byte in right {
        let here = positions[usize::from(byte)];
        let swapped = ((!zero & here) << 1) & before;
        zero = (((here & up).wrapping_add(up)) ^ up) | here | down | swapped;
        let horizontal_up = down | !(zero | up);
        let horizontal_down = zero & up;
        distance += u32::from(horizontal_up & last != 0);
        distance -= u32::from(horizontal_down & last != 0);
        let shifted = (horizontal_up << 1) | 1;
        up = (horizontal_down << 1) | !(zero | shifted);
        down = zero & shifted;
        before = here;
    }
    distance
}

/// Which letters a text holds how often, in 64 bits: half the differing bits bound its distance to another from below.
#[must_use]
pub fn signature(text: &[u8]) -> u64 {
    let mut signature = 0_u64;
    for &byte in &text[..text.len().min(COMPARED)] {
        let at = u32::from(byte & 31) * 2;
        // The first occurrence sets the lower bit, the second the upper one.
        signature |= if signature >> at & 1 == 0 { 1 << at } else { 2 << at };
    }
    signature
}

/// A lower bound of [`osa`] from two signatures.
#[must_use]
pub const fn least_distance(left: u64, right: u64) -> u32 {
    let surplus = (left & !right).count_ones();
    let lack = (right & !left).count_ones();
    if surplus > lack { surplus } else { lack }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The definition, cell by cell.
    fn plain(left: &[u8], right: &[u8]) -> u32 {
        let width = right.len() + 1;
        let mut cells = vec![0_u32; (left.len() + 1) * width];
        for row in 0..=left.len() {
            for column in 0..=right.len() {
                cells[row * width + column] = if row == 0 || column == 0 {
                    (row + column) as u32
                } else {
                    let cost = u32::from(left[row - 1] != right[column - 1]);
                    let mut best = (cells[(row - 1) * width + column] + 1)
                        .min(cells[row * width + column - 1] + 1)
                        .min(cells[(row - 1) * width + column - 1] + cost);
                    if row > 1 && column > 1 && left[row - 1] == right[column - 2] && left[row - 2] == right[column - 1] {
                        best = best.min(cells[(row - 2) * width + column - 2] + 1);
                    }
                    best
                };
            }
        }
        cells[left.len() * width + right.len()]
    }

    proptest! {
        #[test]
        fn equals_the_definition_and_is_bounded(left in "[a-e ]{0,64}", right in "[a-e ]{0,64}") {
            let (left, right) = (left.as_bytes(), right.as_bytes());
            let distance = osa(left, right);
            prop_assert_eq!(distance, plain(left, right));
            prop_assert_eq!(distance, osa(right, left));
            prop_assert!(least_distance(signature(left), signature(right)) <= distance);
        }
    }
}
