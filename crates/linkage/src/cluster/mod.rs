//! Groups of rows that are one person.
//!
//! Links above the threshold make candidates by union-find. Inside each candidate group rows are put together from the strongest
//! pair on, and two parts are joined only while the average weight of *all* pairs between them, not only of the linked ones, is
//! above the threshold. So one false link does not merge two people, and a chain of weak links falls apart.

mod union;

pub use union::UnionFind;

use std::collections::HashMap;

use rayon::prelude::*;

/// Weights are cut to this many bits on both sides: no single pair outvotes all others.
const STRONGEST: f32 = 24.0;
/// Rows of a group whose pairs are all weighed. Larger groups are first split at weaker links.
const MOST_ROWS: usize = 400;
/// By how many bits the threshold rises while a group is too large.
const STEP: f32 = 4.0;

/// A link between two rows with its weight in bits.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Link {
    /// The lower row.
    pub left: u32,
    /// The higher row.
    pub right: u32,
    /// Match weight in bits.
    pub weight: f32,
}

/// The cluster of every row: the lowest row of it. `weight` weighs any pair; `links` hold those above the threshold, sorted by rows.
#[must_use]
pub fn clusters(rows: usize, links: &[Link], threshold: f32, weight: impl Fn(u32, u32) -> f32 + Sync) -> Vec<u32> {
    let mut done: Vec<Vec<u32>> = Vec::new();
    let mut open = vec![(threshold, links.to_vec())];
    while let Some((level, links)) = open.pop() {
        let (small, large) = groups(rows, &links, level);
        done.par_extend(small.into_par_iter().flat_map_iter(|group| refine(&group, threshold, &weight)));
        for (group, links) in large {
            let strongest = links.iter().map(|link| link.weight).fold(level, f32::max);
            if level + STEP >= strongest {
                // Nothing is left to tell these rows apart by: they are as one.
                done.push(group);
            } else {
                open.push((level + STEP, links));
            }
        }
    }
    let mut cluster: Vec<u32> = (0..rows as u32).collect();
    for group in done {
        let lowest = group.iter().copied().min().unwrap_or_default();
        for row in group {
            cluster[row as usize] = lowest;
        }
    }
    cluster
}

type Grouped = (Vec<Vec<u32>>, Vec<(Vec<u32>, Vec<Link>)>);

/// Connected rows; the large groups come with their links.
fn groups(rows: usize, links: &[Link], level: f32) -> Grouped {
    let mut union = UnionFind::new(rows);
    links.iter().filter(|link| link.weight > level).for_each(|link| union.join(link.left, link.right));
    let mut members: Vec<(u32, u32)> =
        links.iter().flat_map(|link| [link.left, link.right]).map(|row| (union.root(row), row)).collect();
    members.sort_unstable();
    members.dedup();
    let (mut small, mut large) = (Vec::new(), Vec::new());
    let mut large_at = HashMap::new();
    for group in members.chunk_by(|one, other| one.0 == other.0).filter(|group| group.len() > 1) {
        let group_rows: Vec<u32> = group.iter().map(|&(_, row)| row).collect();
        if group_rows.len() <= MOST_ROWS {
            small.push(group_rows);
        } else {
            large_at.insert(group[0].0, large.len());
            large.push((group_rows, Vec::new()));
        }
    }
    if !large.is_empty() {
        for link in links.iter().filter(|link| link.weight > level) {
            if let Some(&at) = large_at.get(&union.root(link.left)) {
                large[at].1.push(*link);
            }
        }
    }
    (small, large)
}

/// Average linkage inside one group. Ties go to the lower rows.
fn refine(group: &[u32], threshold: f32, weight: &(impl Fn(u32, u32) -> f32 + Sync)) -> Vec<Vec<u32>> {
    let count = group.len();
    if count == 2 {
        return vec![group.to_vec()];
    }
    // Sums of the weights between parts; a part lives in the slot of its first member.
    let mut sums = vec![f32::NEG_INFINITY; count * count];
    for left in 0..count {
        for right in left + 1..count {
            let weight = weight(group[left], group[right]).clamp(-STRONGEST, STRONGEST);
            sums[left * count + right] = weight;
            sums[right * count + left] = weight;
        }
    }
    let mut parts: Vec<Vec<u32>> = group.iter().map(|&row| vec![row]).collect();
    let mut alive: Vec<usize> = (0..count).collect();
    let best_of = |slot: usize, alive: &[usize], sums: &[f32], parts: &[Vec<u32>]| {
        let mut best = (f32::NEG_INFINITY, usize::MAX);
        for &other in alive {
            if other != slot {
                let average = sums[slot * count + other] / (parts[slot].len() * parts[other].len()) as f32;
                if average > best.0 {
                    best = (average, other);
                }
            }
        }
        best
    };
    let mut best: Vec<(f32, usize)> = (0..count).map(|slot| best_of(slot, &alive, &sums, &parts)).collect();
    while alive.len() > 1 {
        let mut chosen = alive[0];
        for &slot in &alive {
            if best[slot].0 > best[chosen].0 {
                chosen = slot;
            }
        }
        let (average, other) = best[chosen];
        if average <= threshold || other == usize::MAX {
            break;
        }
        let (keep, gone) = (chosen.min(other), chosen.max(other));
        alive.retain(|&slot| slot != gone);
        let moved = std::mem::take(&mut parts[gone]);
        parts[keep].extend(moved);
        for &slot in &alive {
            if slot != keep {
                sums[keep * count + slot] += sums[gone * count + slot];
                sums[slot * count + keep] = sums[keep * count + slot];
            }
        }
        for &slot in &alive {
            if slot == keep || best[slot].1 == keep || best[slot].1 == gone {
                best[slot] = best_of(slot, &alive, &sums, &parts);
            } else {
                let average = sums[slot * count + keep] / (parts[slot].len() * parts[keep].len()) as f32;
                if average > best[slot].0 {
                    best[slot] = (average, keep);
                }
            }
        }
    }
    alive.into_iter().map(|slot| std::mem::take(&mut parts[slot])).collect()
}
