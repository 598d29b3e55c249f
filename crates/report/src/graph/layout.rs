//! Where the nodes of a graph lie: distances in the picture as near as can be to distances along the lines.
//!
//! Stress by stochastic gradient descent (Zheng, Pawar and Goodman, "Graph drawing by stochastic gradient descent", IEEE TVCG 25(9),
//! 2019, §2; above a few hundred nodes the sparse form with pivots, §4.3, after Ortmann, Klimenta and Brandes 2017). Chance comes
//! from a generator with a fixed seed, and no function is used whose last bit differs between machines.

use super::paths::{FAR, Lines};

/// Up to so many nodes every pair counts.
const ALL_PAIRS: usize = 300;
/// Pivots above that.
const PIVOTS: usize = 50;
/// Rounds.
const ROUNDS: i32 = 40;
/// How far the steps of the last round go.
const LAST: f64 = 0.02;

/// A place in the picture, in CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Place {
    pub(super) x: f64,
    pub(super) y: f64,
}

/// Two nodes and how far they should be from each other; each moves by a weight of its own.
struct Term {
    one: u32,
    other: u32,
    distance: f64,
    pull_one: f64,
    pull_other: f64,
}

/// Places the nodes of one part; every node is reached from every other.
pub(super) fn lay_out(lines: &Lines) -> Vec<Place> {
    let mut chance = Chance(0x9E37_79B9_7F4A_7C15);
    let extent = 60.0 * (lines.nodes() as f64).sqrt();
    let mut places: Vec<Place> =
        (0..lines.nodes()).map(|_| Place { x: chance.part() * extent, y: chance.part() * extent }).collect();
    let mut terms = if lines.nodes() <= ALL_PAIRS { all_pairs(lines) } else { with_pivots(lines) };
    if terms.is_empty() {
        return places;
    }
    let pulls = || terms.iter().flat_map(|term| [term.pull_one, term.pull_other]).filter(|&pull| pull > 0.0);
    let (least, most) = pulls().fold((f64::MAX, 0.0_f64), |(least, most), pull| (least.min(pull), most.max(pull)));
    let (first, last) = (1.0 / least, LAST / most);
    // The steps shrink by the same factor every round.
    let factor = (last / first).powf(1.0 / f64::from(ROUNDS - 1));
    let mut step = first;
    for _ in 0..ROUNDS {
        chance.shuffle(&mut terms);
        terms.iter().for_each(|term| pull(&mut places, term, step));
        step *= factor;
    }
    places
}

fn pull(places: &mut [Place], term: &Term, step: f64) {
    let (one, other) = (places[term.one as usize], places[term.other as usize]);
    let (x, y) = (one.x - other.x, one.y - other.y);
    let length = (x * x + y * y).sqrt().max(1e-9);
    let share = (length - term.distance) / (2.0 * length);
    let (by_one, by_other) = ((term.pull_one * step).min(1.0) * share, (term.pull_other * step).min(1.0) * share);
    places[term.one as usize] = Place { x: one.x - by_one * x, y: one.y - by_one * y };
    places[term.other as usize] = Place { x: other.x + by_other * x, y: other.y + by_other * y };
}

fn all_pairs(lines: &Lines) -> Vec<Term> {
    let mut terms = Vec::with_capacity(lines.nodes() * lines.nodes() / 2);
    for one in 0..lines.nodes() {
        let far = lines.from(one);
        for (other, &distance) in far.iter().enumerate().skip(one + 1) {
            terms.extend(term(one, other, distance, 1.0, 1.0));
        }
    }
    terms
}

/// Lines, and every node's distance to some that lie far from each other; each of those stands for the nodes that are nearest to it.
fn with_pivots(lines: &Lines) -> Vec<Term> {
    let mut terms = Vec::new();
    for one in 0..lines.nodes() {
        for &(other, length) in lines.at(one) {
            if one < other as usize {
                terms.extend(term(one, other as usize, length, 1.0, 1.0));
            }
        }
    }
    let mut nearest = vec![(FAR, 0_usize); lines.nodes()];
    let (mut pivots, mut far) = (Vec::new(), Vec::new());
    let mut next = 0;
    for number in 0..PIVOTS {
        let from = lines.from(next);
        for (node, &distance) in from.iter().enumerate() {
            if distance < nearest[node].0 {
                nearest[node] = (distance, number);
            }
        }
        pivots.push(next);
        far.push(from);
        // The next is whoever is farthest from all of them.
        let Some((node, &(distance, _))) =
            nearest.iter().enumerate().max_by_key(|&(node, &(distance, _))| (distance, usize::MAX - node))
        else {
            break;
        };
        if distance == 0 {
            break;
        }
        next = node;
    }
    for (number, (&pivot, far)) in pivots.iter().zip(&far).enumerate() {
        let mut region: Vec<u32> = nearest.iter().filter(|&&(_, of)| of == number).map(|&(distance, _)| distance).collect();
        region.sort_unstable();
        for (node, &distance) in far.iter().enumerate() {
            if node != pivot && !lines.at(pivot).iter().any(|&(to, _)| to as usize == node) {
                let stands_for = region.partition_point(|&near| near <= distance / 2).max(1);
                terms.extend(term(node, pivot, distance, stands_for as f64, 0.0));
            }
        }
    }
    terms
}

fn term(one: usize, other: usize, distance: u32, for_one: f64, for_other: f64) -> Option<Term> {
    if distance == 0 || distance == FAR {
        return None;
    }
    let distance = f64::from(distance);
    let weight = 1.0 / (distance * distance);
    Some(Term { one: one as u32, other: other as u32, distance, pull_one: weight * for_one, pull_other: weight * for_other })
}

/// A generator of chance: xorshift64* (Vigna, "An experimental exploration of Marsaglia's xorshift generators", 2016).
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    /// A number from 0 to 1.
    fn part(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn shuffle<T>(&mut self, items: &mut [T]) {
        for at in (1..items.len()).rev() {
            let other = (self.next() % (at as u64 + 1)) as usize;
            items.swap(at, other);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn distance(one: Place, other: Place) -> f64 {
        ((one.x - other.x).powi(2) + (one.y - other.y).powi(2)).sqrt()
    }

    #[test]
    fn a_chain_lies_straight() {
        let lines = Lines::of(5, &[(0, 1, 80), (1, 2, 80), (2, 3, 80), (3, 4, 80)]);
        let places = lay_out(&lines);
        assert!((distance(places[0], places[4]) - 320.0).abs() < 8.0, "{places:?}");
        assert!((distance(places[0], places[1]) - 80.0).abs() < 8.0, "{places:?}");
    }

    #[test]
    fn large_graphs_keep_their_shape() {
        // A grid of 30 × 30: opposite corners must lie farther apart than neighbours by an order of magnitude.
        let side = 30;
        let mut links = Vec::new();
        for row in 0..side {
            for column in 0..side {
                let at = row * side + column;
                if column + 1 < side {
                    links.push((at, at + 1, 50));
                }
                if row + 1 < side {
                    links.push((at, at + side, 50));
                }
            }
        }
        let places = lay_out(&Lines::of(side * side, &links));
        let mean = links.iter().map(|&(one, other, _)| distance(places[one], places[other])).sum::<f64>() / links.len() as f64;
        assert!((25.0..75.0).contains(&mean), "{mean}");
        assert!(distance(places[0], places[side * side - 1]) > 10.0 * mean);
        assert_eq!(places, lay_out(&Lines::of(side * side, &links)));
    }
}
