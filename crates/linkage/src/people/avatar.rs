//! Pictures that look alike.

use crate::{
    cluster::UnionFind,
    columns::{MISSING, ValueId, sort_by_leading_bits},
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
    let mut all: Vec<(u64, u32)> =
        pictures.iter().enumerate().filter_map(|(row, picture)| picture.map(|hash| (hash, row as u32))).collect();
    sort_by_leading_bits(&mut all, |&(hash, _)| hash, |&picture| picture);
    let mut distinct: Vec<(u64, u32)> = Vec::with_capacity(all.len());
    // By row its place among the distinct hashes, from 1.
    let mut place = vec![0_u32; pictures.len()];
    for (hash, row) in all {
        match distinct.last_mut() {
            Some((last, count)) if *last == hash => *count += 1,
            _ => distinct.push((hash, 1)),
        }
        place[row as usize] = distinct.len() as u32;
    }
    let mut union = UnionFind::new(distinct.len());
    let mut buckets = Buckets::default();
    for one in 0..8 {
        for other in one + 1..8 {
            buckets.fill(&distinct, |hash| {
                let byte = |at: u32| (hash >> (8 * at) & 0xFF) as usize;
                byte(one) << 8 | byte(other)
            });
            buckets.each_shared(|bucket| join(bucket, &distinct, &mut union));
        }
    }
    let mut number_of_root = vec![MISSING; distinct.len()];
    let mut shown: Vec<(u32, u64)> = vec![(0, 0)];
    let mut group_of = vec![MISSING; distinct.len() + 1];
    for (at, &(hash, count)) in distinct.iter().enumerate() {
        let number = &mut number_of_root[union.root(at as u32) as usize];
        if *number == MISSING {
            *number = shown.len() as ValueId;
            shown.push((0, 0));
        }
        group_of[at + 1] = *number;
        if count > shown[*number as usize].0 {
            shown[*number as usize] = (count, hash);
        }
    }
    let cells = place.into_iter().map(|place| group_of[place as usize]).collect();
    (cells, shown.into_iter().map(|(_, hash)| hash).collect())
}

/// Pictures by two of their bytes: sorted by counting.
#[derive(Default)]
struct Buckets {
    starts: Vec<u32>,
    members: Vec<(u64, u32)>,
}

impl Buckets {
    const COUNT: usize = 1 << 16;

    fn fill(&mut self, distinct: &[(u64, u32)], key: impl Fn(u64) -> usize) {
        self.starts.clear();
        self.starts.resize(Self::COUNT + 1, 0);
        distinct.iter().for_each(|&(hash, _)| self.starts[key(hash)] += 1);
        // Ends of the buckets; filled from behind they become the starts.
        let mut end = 0;
        for start in &mut self.starts {
            end += *start;
            *start = end;
        }
        self.members.resize(distinct.len(), (0, 0));
        for (at, &(hash, _)) in distinct.iter().enumerate().rev() {
            let start = &mut self.starts[key(hash)];
            *start -= 1;
            self.members[*start as usize] = (hash, at as u32);
        }
    }

    fn each_shared(&self, mut take: impl FnMut(&[(u64, u32)])) {
        for bounds in self.starts.windows(2).filter(|bounds| bounds[1] - bounds[0] > 1) {
            take(&self.members[bounds[0] as usize..bounds[1] as usize]);
        }
    }
}

fn join(bucket: &[(u64, u32)], distinct: &[(u64, u32)], union: &mut UnionFind) {
    let near = |one: u64, other: u64| (one ^ other).count_ones() <= DISTANCE;
    if bucket.len() <= MOST_IN_BUCKET {
        for (at, &(hash, one)) in bucket.iter().enumerate() {
            for &(other_hash, other) in &bucket[at + 1..] {
                if near(hash, other_hash) {
                    union.join(one, other);
                }
            }
        }
        return;
    }
    let mut frequent = bucket.to_vec();
    frequent.sort_unstable_by_key(|&(_, at)| (std::cmp::Reverse(distinct[at as usize].1), at));
    frequent.truncate(FREQUENT);
    for &(hash, one) in bucket {
        for &(other_hash, other) in &frequent {
            if one != other && near(hash, other_hash) {
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
