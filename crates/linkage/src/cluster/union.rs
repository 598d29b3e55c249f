//! Union-find.

/// Disjoint sets of rows, joined by the lower root, with halved paths.
pub struct UnionFind {
    parents: Vec<u32>,
}

impl UnionFind {
    /// Every row alone.
    #[must_use]
    pub fn new(rows: usize) -> Self {
        Self { parents: (0..rows as u32).collect() }
    }

    /// The lowest row of a set.
    pub fn root(&mut self, mut row: u32) -> u32 {
        while self.parents[row as usize] != row {
            let above = self.parents[self.parents[row as usize] as usize];
            self.parents[row as usize] = above;
            row = above;
        }
        row
    }

    /// Puts two rows into sets of their own; all others of their sets must be put so as well.
    pub(crate) fn reset(&mut self, one: u32, other: u32) {
        self.parents[one as usize] = one;
        self.parents[other as usize] = other;
    }

    /// Makes one set of two.
    pub fn join(&mut self, left: u32, right: u32) {
        let (left, right) = (self.root(left), self.root(right));
        if left != right {
            self.parents[left.max(right) as usize] = left.min(right);
        }
    }
}
