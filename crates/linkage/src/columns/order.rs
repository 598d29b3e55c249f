//! Sorting of many numbers that are spread evenly, as hashes and pairs of rows are.

/// Items that one part holds on average.
const EACH: usize = 16;
/// Below so many a plain sort is as fast.
const LEAST: usize = 1 << 10;

/// Sorts by key: first into parts by the leading bits of the key, in one pass, then each part by itself. Keys that are not spread
/// evenly cost no more than a plain sort and one pass. Items of one key are in no particular order.
pub fn sort_by_leading_bits<T: Copy, K: Ord>(items: &mut Vec<T>, leading: impl Fn(&T) -> u64, key: impl Fn(&T) -> K) {
    let highest = items.iter().map(&leading).max().unwrap_or(0);
    if items.len() < LEAST || highest == 0 {
        items.sort_unstable_by_key(key);
        return;
    }
    let parts = (items.len() / EACH).next_power_of_two();
    let shift = (u64::BITS - highest.leading_zeros()).saturating_sub(parts.trailing_zeros());
    let part = |item: &T| (leading(item) >> shift) as usize;
    let mut ends = vec![0_u32; part_count(highest, shift)];
    items.iter().for_each(|item| ends[part(item)] += 1);
    let mut end = 0;
    for slot in &mut ends {
        let count = *slot;
        *slot = end;
        end += count;
    }
    // Where a part begins is moved on to where it ends as it fills.
    let mut sorted = items.clone();
    for item in items.iter() {
        let at = &mut ends[part(item)];
        sorted[*at as usize] = *item;
        *at += 1;
    }
    let mut start = 0;
    for end in ends {
        let part = &mut sorted[start..end as usize];
        if part.len() > 1 {
            part.sort_unstable_by_key(&key);
        }
        start = end as usize;
    }
    *items = sorted;
}

const fn part_count(highest: u64, shift: u32) -> usize {
    (highest >> shift) as usize + 1
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn sorts_as_a_plain_sort_does(
            even in prop::collection::vec(any::<u64>(), 0..3_000),
            crowded in prop::collection::vec(0_u64..40, 0..3_000),
        ) {
            for mut items in [even.clone(), crowded.clone(), [even, crowded].concat()] {
                let mut plain = items.clone();
                plain.sort_unstable();
                sort_by_leading_bits(&mut items, |&item| item, |&item| item);
                prop_assert_eq!(&items, &plain);
            }
        }
    }
}
