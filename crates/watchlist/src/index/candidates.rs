//! The names worth comparing with a query, found through the rare keys that both share.

use super::{
    key::Key,
    postings::{Postings, weight},
};

/// So many postings are read for one query, the rarest keys first: what is more frequent tells little that the comparison would not.
/// A tenth of the list, within bounds: of spellings that the list does not hold, a seventh finds one more in a thousand.
fn most_postings(names: usize) -> usize {
    (names / 10).clamp(3_500, 30_000)
}

/// So many keys are read however frequent they are: a name of frequent words alone has nothing else.
const FEWEST_KEYS: usize = 4;

/// So many times as many candidates as are wanted are gathered before the worst are let go.
const BUFFER: usize = 4;

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
    /// Names with a weight above zero, and room for as many as there are.
    touched: Vec<u32>,
    ranked: Vec<Ranked>,
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
        // Written for every posting and counted for a name's first, so that there is no branch that cannot be foreseen.
        self.touched.resize(postings.len() + 1, 0);
        let mut touched = 0;
        for (place, (holders, key)) in self.order.iter().enumerate() {
            let weight = weight(*holders as usize, postings.len());
            own += weight;
            read += *holders as usize;
            if read > most_postings && place >= FEWEST_KEYS {
                continue;
            }
            for name in postings.under(*key) {
                let shared = &mut self.shared[*name as usize];
                self.touched[touched] = *name;
                touched += usize::from(*shared == 0.0);
                *shared += weight.max(f32::MIN_POSITIVE);
            }
        }
        // All keys of both weigh at least as much as the query's: who shares too little for that need not be looked at. The rarest
        // keys were read first, so that the best come early. The sums of two names differ in their last bits, hence the margin.
        self.ranked.clear();
        let mut least = 0.0;
        for name in &self.touched[..touched] {
            let shared = std::mem::take(&mut self.shared[*name as usize]);
            if shared < least {
                continue;
            }
            let all = own + postings.weight_of(*name) - shared;
            self.ranked.push(Ranked::of(Candidate {
                name: *name,
                overlap: if all > 0.0 { (shared / all).clamp(0.0, 1.0) } else { 1.0 },
            }));
            if self.ranked.len() >= BUFFER * most.max(1) {
                keep_best(&mut self.ranked, most);
                let worst = self.ranked.iter().max().map_or(0.0, |ranked| ranked.candidate().overlap);
                least = worst * own * 0.999;
            }
        }
        keep_best(&mut self.ranked, most);
        self.ranked.sort_unstable();
        self.found.extend(self.ranked.iter().map(|ranked| ranked.candidate()));
        &self.found
    }
}

/// A candidate as one number, the better the lower: by overlap, then by the number of the name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Ranked(u64);

impl Ranked {
    /// Overlaps are not negative, so that their bits are in the order of their values (IEEE 754, §5.10).
    fn of(candidate: Candidate) -> Self {
        Self(u64::from(!candidate.overlap.to_bits()) << 32 | u64::from(candidate.name))
    }

    fn candidate(self) -> Candidate {
        Candidate { name: self.0 as u32, overlap: f32::from_bits(!((self.0 >> 32) as u32)) }
    }
}

fn keep_best(ranked: &mut Vec<Ranked>, most: usize) {
    if ranked.len() > most && most > 0 {
        ranked.select_nth_unstable(most - 1);
    }
    ranked.truncate(most);
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
                for (most, best) in [(3, &best[..]), (1, &best[..best.len().min(1)])] {
                    let again: Vec<u32> = seeker.seek(&postings, &keys(query), most).iter().map(|found| found.name).collect();
                    prop_assert_eq!(best, &again[..]);
                }
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
