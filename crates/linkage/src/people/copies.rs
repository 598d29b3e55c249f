//! Texts that are copies of each other, whole or nearly.
//!
//! The words of a text make shingles of three; one permutation of their hashes, cut into bins, gives every bin's lowest hash
//! (one-permutation hashing: Li, Owen and Zhang, 2012), empty bins borrow from the next (Shrivastava and Li, 2014). Texts that agree
//! in all bins of a band are compared exactly: the share of their shingles that both have (Jaccard).

use rayon::prelude::*;

use super::columns::{WordHash, hash};
use crate::columns::{PackedPair, pack};

const BINS: usize = 128;
const BAND: usize = 4;
/// Share of common shingles from which on a text is a copy.
const ALIKE: f64 = 0.5;
/// Bins that agree at least before all shingles are compared: of copies fewer do once in ten million.
const LEAST_BINS: usize = 34;
/// Texts of one band that are all compared with each other; of more only neighbours in the order of their bins.
const MOST_IN_BAND: usize = 60;
/// Words of a text that are read.
const MOST_WORDS: usize = 20_000;

/// The shingles of a text, as sorted hashes.
pub(super) fn shingles(text: &str) -> Vec<u32> {
    let mut shingles = Shingles::default();
    if text.is_ascii() {
        let mut word = None;
        for &byte in text.as_bytes() {
            if byte.is_ascii_alphanumeric() {
                word.get_or_insert_with(WordHash::default).push(byte);
            } else if let Some(word) = word.take()
                && !shingles.push(word.finish())
            {
                break;
            }
        }
        if let Some(word) = word {
            shingles.push(word.finish());
        }
    } else {
        let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        let _ = words.map(|word| hash(word.as_bytes())).all(|word| shingles.push(word));
    }
    let mut shingles = shingles.hashes;
    shingles.sort_unstable();
    shingles.dedup();
    shingles
}

/// The words of a text, three at a time.
#[derive(Default)]
struct Shingles {
    before: [u64; 2],
    hashes: Vec<u32>,
}

impl Shingles {
    /// Adds a word; whether there may be more.
    fn push(&mut self, word: u64) -> bool {
        if self.hashes.len() == MOST_WORDS {
            return false;
        }
        let [first, second] = self.before;
        let mixed = (first.rotate_left(21) ^ second.rotate_left(42) ^ word).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        self.hashes.push((mixed >> 32) as u32);
        self.before = [second, word];
        true
    }
}

/// Pairs of texts that are copies, with the share of common shingles in thousandths. Sorted.
pub(super) fn copies(texts: &[Vec<u32>]) -> Vec<(PackedPair, u32)> {
    let sketches: Vec<[u32; BINS]> = texts.par_iter().map(|shingles| sketch(shingles)).collect();
    let mut met: Vec<PackedPair> = Vec::new();
    let mut keyed: Vec<(u64, u32)> = Vec::with_capacity(texts.len());
    for band in 0..BINS / BAND {
        keyed.clear();
        keyed.extend(sketches.iter().enumerate().filter(|&(at, _)| !texts[at].is_empty()).map(|(at, sketch)| {
            let bins = &sketch[band * BAND..(band + 1) * BAND];
            let key =
                bins.iter().fold(0_u64, |key, &bin| (key ^ u64::from(bin)).wrapping_mul(0xFF51_AFD7_ED55_8CCD).rotate_left(31));
            (key, at as u32)
        }));
        keyed.par_sort_unstable();
        for same in keyed.chunk_by(|one, other| one.0 == other.0).filter(|same| same.len() > 1) {
            let reach = if same.len() <= MOST_IN_BAND { same.len() } else { 2 };
            for (at, &(_, one)) in same.iter().enumerate() {
                met.extend(same[at + 1..].iter().take(reach).map(|&(_, other)| pack(one, other)));
            }
        }
        if met.len() > texts.len() * 8 {
            met.par_sort_unstable();
            met.dedup();
        }
    }
    met.par_sort_unstable();
    met.dedup();
    met.into_par_iter()
        .filter_map(|pair| {
            let (one, other) = crate::columns::unpack(pair);
            // Of copies half of the bins agree, give or take five in a hundred.
            let agree = sketches[one as usize].iter().zip(&sketches[other as usize]).filter(|(one, other)| one == other).count();
            if agree < LEAST_BINS {
                return None;
            }
            let alike = alike(&texts[one as usize], &texts[other as usize]);
            (alike >= ALIKE).then(|| (pair, (alike * 1_000.0).round() as u32))
        })
        .collect()
}

fn sketch(shingles: &[u32]) -> [u32; BINS] {
    let mut bins = [u32::MAX; BINS];
    for &shingle in shingles {
        let mixed = shingle.wrapping_mul(0x85EB_CA6B) ^ shingle >> 15;
        let bin = &mut bins[mixed as usize % BINS];
        *bin = (mixed / BINS as u32).min(*bin);
    }
    let full = bins;
    for at in 0..BINS {
        if full[at] == u32::MAX {
            let next = (1..BINS).find(|step| full[(at + step) % BINS] != u32::MAX).unwrap_or(0);
            bins[at] = full[(at + next) % BINS].wrapping_add((next as u32).wrapping_mul(0x0100_0193));
        }
    }
    bins
}

fn alike(one: &[u32], other: &[u32]) -> f64 {
    let (mut at, mut beside, mut common) = (0, 0, 0_usize);
    while at < one.len() && beside < other.len() {
        match one[at].cmp(&other[beside]) {
            std::cmp::Ordering::Less => at += 1,
            std::cmp::Ordering::Greater => beside += 1,
            std::cmp::Ordering::Equal => {
                (at, beside, common) = (at + 1, beside + 1, common + 1);
            }
        }
    }
    common as f64 / (one.len() + other.len() - common).max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nearly_the_same_text_is_a_copy_and_another_is_not() {
        let text: String = (0..300).map(|at| format!("word{} ", at * 7 % 113 + at)).collect();
        let near = text.replace("word40 ", "changed ");
        let other: String = (0..300).map(|at| format!("else{} ", at * 5 % 97 + at)).collect();
        let texts: Vec<Vec<u32>> = [text.as_str(), &near, &other, ""].into_iter().map(shingles).collect();
        let found = copies(&texts);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].0, pack(0, 1));
        assert!(found[0].1 > 900);
    }
}
