//! Pictures that look alike.

use std::collections::HashMap;

use crate::{
    cluster::UnionFind,
    columns::{MISSING, ValueId},
};

/// Bits by which hashes of one picture may differ. Hashes of two pictures differ by 32 on average, and by 12 once in 400 million
/// pairs.
pub(super) const DISTANCE: u32 = 8;
/// Distinct hashes of one bucket that are compared with each other; of larger ones only the most frequent with all.
const MOST_IN_BUCKET: usize = 48;
/// The most frequent ones.
const FREQUENT: usize = 4;

/// A group number for every picture (0: none), and for every group the lowest of its most frequent hashes.
///
/// Two hashes are compared where they agree in two of eight bytes, so all pairs up to six bits apart are found.
pub(super) fn groups(pictures: &[Option<u64>]) -> (Vec<ValueId>, Vec<u64>) {
    let mut all: Vec<u64> = pictures.iter().flatten().copied().collect();
    all.sort_unstable();
    let mut distinct: Vec<(u64, u32)> = Vec::new();
    for hash in all {
        match distinct.last_mut() {
            Some((last, count)) if *last == hash => *count += 1,
            _ => distinct.push((hash, 1)),
        }
    }
    let mut union = UnionFind::new(distinct.len());
    let mut keyed: Vec<(u16, u32)> = Vec::with_capacity(distinct.len());
    for one in 0..8 {
        for other in one + 1..8 {
            keyed.clear();
            keyed.extend(distinct.iter().enumerate().map(|(at, (hash, _))| {
                let byte = |at: u32| (hash >> (8 * at) & 0xFF) as u16;
                (byte(one) << 8 | byte(other), at as u32)
            }));
            keyed.sort_unstable();
            keyed.chunk_by(|one, other| one.0 == other.0).filter(|bucket| bucket.len() > 1).for_each(|bucket| {
                join(bucket, &distinct, &mut union);
            });
        }
    }
    let mut number_of_root: HashMap<u32, ValueId> = HashMap::new();
    let mut shown: Vec<(u32, u64)> = vec![(0, 0)];
    let mut group_of = vec![MISSING; distinct.len()];
    for (at, &(hash, count)) in distinct.iter().enumerate() {
        let number = *number_of_root.entry(union.root(at as u32)).or_insert_with(|| {
            shown.push((0, 0));
            shown.len() as ValueId - 1
        });
        group_of[at] = number;
        if count > shown[number as usize].0 {
            shown[number as usize] = (count, hash);
        }
    }
    let of = |hash: u64| distinct.binary_search_by_key(&hash, |&(of, _)| of).map_or(MISSING, |at| group_of[at]);
    let cells = pictures.iter().map(|picture| picture.map_or(MISSING, of)).collect();
    (cells, shown.into_iter().map(|(_, hash)| hash).collect())
}

fn join(bucket: &[(u16, u32)], distinct: &[(u64, u32)], union: &mut UnionFind) {
    let near = |one: u32, other: u32| (distinct[one as usize].0 ^ distinct[other as usize].0).count_ones() <= DISTANCE;
    if bucket.len() <= MOST_IN_BUCKET {
        for (at, &(_, one)) in bucket.iter().enumerate() {
            for &(_, other) in &bucket[at + 1..] {
                if near(one, other) {
                    union.join(one, other);
                }
            }
        }
        return;
    }
    let mut frequent: Vec<u32> = bucket.iter().map(|&(_, at)| at).collect();
    frequent.sort_unstable_by_key(|&at| (std::cmp::Reverse(distinct[at as usize].1), at));
    frequent.truncate(FREQUENT);
    for &(_, one) in bucket {
        for &other in &frequent {
            if one != other && near(one, other) {
                union.join(one, other);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_pictures_are_one_group() {
        let picture = 0x0123_4567_89AB_CDEF;
        let (cells, shown) = groups(&[Some(picture), None, Some(picture ^ 0b1011), Some(!picture), Some(picture)]);
        assert_eq!(cells[0], cells[2]);
        assert_eq!(cells[1], MISSING);
        assert_ne!(cells[0], cells[3]);
        assert_eq!(shown[cells[0] as usize], picture);
    }
}
