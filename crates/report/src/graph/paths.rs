//! Distances along the lines of a graph.

use std::{cmp::Reverse, collections::BinaryHeap};

/// Lines of a graph in compressed sparse rows; lengths in whole pixels.
pub(super) struct Lines {
    starts: Vec<usize>,
    ends: Vec<(u32, u32)>,
}

/// Somewhere that no line leads.
pub(super) const FAR: u32 = u32::MAX;

impl Lines {
    /// From lines between nodes, each with its length.
    pub(super) fn of(nodes: usize, lines: &[(usize, usize, u32)]) -> Self {
        let mut starts = vec![0; nodes + 1];
        for &(one, other, _) in lines {
            starts[one + 1] += 1;
            starts[other + 1] += 1;
        }
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        let mut next = starts.clone();
        let mut ends = vec![(0, 0); lines.len() * 2];
        for &(one, other, length) in lines {
            for (from, to) in [(one, other), (other, one)] {
                ends[next[from]] = (to as u32, length);
                next[from] += 1;
            }
        }
        Self { starts, ends }
    }

    /// Number of nodes.
    pub(super) fn nodes(&self) -> usize {
        self.starts.len() - 1
    }

    /// The lines of a node.
    pub(super) fn at(&self, node: usize) -> &[(u32, u32)] {
        &self.ends[self.starts[node]..self.starts[node + 1]]
    }

    /// How far every node is from one (Dijkstra, 1959).
    pub(super) fn from(&self, start: usize) -> Vec<u32> {
        let mut far = vec![FAR; self.nodes()];
        let mut open = BinaryHeap::from([(Reverse(0_u32), start)]);
        far[start] = 0;
        while let Some((Reverse(length), node)) = open.pop() {
            if length > far[node] {
                continue;
            }
            for &(to, step) in self.at(node) {
                let through = length.saturating_add(step);
                if through < far[to as usize] {
                    far[to as usize] = through;
                    open.push((Reverse(through), to as usize));
                }
            }
        }
        far
    }

    /// Nodes that hang together: the number of its part for each node, and how many parts there are. Parts are numbered in the order
    /// of their first nodes.
    pub(super) fn parts(&self) -> (Vec<usize>, usize) {
        let mut of = vec![usize::MAX; self.nodes()];
        let (mut parts, mut open) = (0, Vec::new());
        for start in 0..self.nodes() {
            if of[start] != usize::MAX {
                continue;
            }
            of[start] = parts;
            open.push(start);
            while let Some(node) = open.pop() {
                for &(to, _) in self.at(node) {
                    if of[to as usize] == usize::MAX {
                        of[to as usize] = parts;
                        open.push(to as usize);
                    }
                }
            }
            parts += 1;
        }
        (of, parts)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shortest_way_counts() {
        let lines = Lines::of(5, &[(0, 1, 10), (1, 2, 10), (0, 2, 50), (3, 4, 1)]);
        assert_eq!(lines.from(0), [0, 10, 20, FAR, FAR]);
        assert_eq!(lines.parts(), (vec![0, 0, 0, 1, 1], 2));
    }
}
