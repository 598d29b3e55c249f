//! The names worth comparing with a query, found through the rare keys that both share.

use super::{
    key::Key,
    postings::{Postings, weight},
};

/// So many postings are read for one query, the rarest keys first: what is more frequent tells little that the comparison would not.
/// A seventh of the list, within bounds.
fn most_postings(names: usize) -> usize {
    (names / 7).clamp(5_000, 40_000)
}

/// So many keys are read however frequent they are: a name of frequent words alone has nothing else.
const FEWEST_KEYS: usize = 4;

/// A listed name that shares keys with a query.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Candidate {
    /// Number of the name.
    pub name: u32,
    /// Weight of the shared keys as a part of all keys of both, 0…1 (weighted Jaccard).
    pub overlap: f32,
}

/// Looks for candidates, again and again without allocating: one for each thread.
#[derive(Debug, Default)]
pub struct Seeker {
    /// Per name, the weight of the keys shared so far.
    shared: Vec<f32>,
    /// Names with a weight above zero.
    touched: Vec<u32>,
    /// Keys of the query with the length of their postings.
    order: Vec<(u32, Key)>,
    found: Vec<Candidate>,
}

impl Seeker {
    /// The names that share the most with a query, best first, at most `most`; equal ones in the order of their numbers.
    pub fn seek(&mut self, postings: &Postings<'_>, keys: &[Key], most: usize) -> &[Candidate] {
        self.found.clear();
        self.shared.resize(postings.len(), 0.0);
        self.order.clear();
        self.order.extend(keys.iter().map(|key| (postings.under(*key).len() as u32, *key)));
        // By key within one length, so that the sums are added up in one order whatever the order of the query's keys.
        self.order.sort_unstable();
        self.order.dedup();
        let mut own = 0.0;
        let mut read = 0;
        let most_postings = most_postings(postings.len());
        for (place, (holders, key)) in self.order.iter().enumerate() {
            let weight = weight(*holders as usize, postings.len());
            own += weight;
            read += *holders as usize;
            if read > most_postings && place >= FEWEST_KEYS {
                continue;
            }
            for name in postings.under(*key) {
                let shared = &mut self.shared[*name as usize];
                if *shared == 0.0 {
                    self.touched.push(*name);
                }
                *shared += weight.max(f32::MIN_POSITIVE);
            }
        }
        for name in self.touched.drain(..) {
            let shared = std::mem::take(&mut self.shared[name as usize]);
            let all = own + postings.weight_of(name) - shared;
            self.found.push(Candidate { name, overlap: if all > 0.0 { (shared / all).clamp(0.0, 1.0) } else { 1.0 } });
        }
        let better =
            |left: &Candidate, right: &Candidate| right.overlap.total_cmp(&left.overlap).then(left.name.cmp(&right.name));
        if self.found.len() > most && most > 0 {
            self.found.select_nth_unstable_by(most - 1, better);
        }
        self.found.truncate(most);
        self.found.sort_unstable_by(better);
        &self.found
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;
    use crate::index::{KeyKind, PostingsBuilder};

    fn trigrams(word: &str) -> Vec<Key> {
        let padded = format!(" {word} ");
        padded.as_bytes().windows(3).map(|three| Key::new(KeyKind::Trigram, three)).collect()
    }

    #[test]
    fn the_nearest_spelling_comes_first() {
        let mut builder = PostingsBuilder::default();
        for word in ["fallowmere", "fellowes", "quarrey", "ravensdale", "fallowmoore"] {
            builder.file(&trigrams(word));
        }
        let columns = builder.build();
        let postings = columns.postings();
        let mut seeker = Seeker::default();
        let found: Vec<u32> = seeker.seek(&postings, &trigrams("falowmere"), 3).iter().map(|found| found.name).collect();
        assert_eq!(found, [0, 4, 1]);
        let exact = seeker.seek(&postings, &trigrams("quarrey"), 1)[0];
        assert_eq!((exact.name, exact.overlap), (2, 1.0));
        assert!(seeker.seek(&postings, &trigrams("zzz"), 5).is_empty());
        assert!(seeker.seek(&postings, &[], 5).is_empty());
    }

    proptest! {
        /// What is found equals what a comparison of all keys of all names finds, whatever was asked before.
        #[test]
        fn the_index_finds_what_a_full_comparison_finds(
            names in prop::collection::vec(prop::collection::btree_set(0_u8..40, 0..12), 0..60),
            queries in prop::collection::vec(prop::collection::btree_set(0_u8..44, 0..12), 1..4),
        ) {
            let keys = |set: &BTreeSet<u8>| set.iter().map(|key| Key::new(KeyKind::Sound, &[*key])).collect::<Vec<_>>();
            let mut builder = PostingsBuilder::default();
            for name in &names {
                builder.file(&keys(name));
            }
            let columns = builder.build();
            let postings = columns.postings();
            let mut seeker = Seeker::default();
            for query in &queries {
                let weight_of = |set: &BTreeSet<u8>| -> f32 {
                    set.iter().map(|key| weight(names.iter().filter(|name| name.contains(key)).count(), names.len())).sum()
                };
                let found = seeker.seek(&postings, &keys(query), 1_000).to_vec();
                let expected: Vec<usize> = (0..names.len()).filter(|name| !names[*name].is_disjoint(query)).collect();
                let mut numbers: Vec<usize> = found.iter().map(|found| found.name as usize).collect();
                numbers.sort_unstable();
                prop_assert_eq!(numbers, expected);
                for one in &found {
                    let name = &names[one.name as usize];
                    let shared: BTreeSet<u8> = name.intersection(query).copied().collect();
                    let shared = weight_of(&shared);
                    let all = weight_of(name) + weight_of(query) - shared;
                    let overlap = if all > 0.0 { shared / all } else { 1.0 };
                    prop_assert!((one.overlap - overlap).abs() < 1e-3, "{} and {overlap}", one.overlap);
                }
                let best: Vec<u32> = found.iter().take(3).map(|found| found.name).collect();
                let again: Vec<u32> = seeker.seek(&postings, &keys(query), 3).iter().map(|found| found.name).collect();
                prop_assert_eq!(best, again);
            }
        }

        #[test]
        fn columns_that_do_not_fit_are_refused(
            buckets in prop::collection::vec(0_u32..4, 0..6),
            starts in prop::collection::vec(0_u32..4, 0..5),
            names in prop::collection::vec(0_u32..4, 0..4),
        ) {
            let weights = [1.0_f32; 2];
            if let Ok(postings) = Postings::new(&buckets, &[5, 9], &starts, &names, &weights) {
                let _ = postings.under(Key::new(KeyKind::Sound, b"x"));
                let _ = Seeker::default().seek(&postings, &[Key::new(KeyKind::Sound, b"x")], 3);
            }
        }
    }
}
