//! Points, rectangles and transformation matrices (ISO 32000-2, 8.3).

/// A point: right and up in user space, right and down on the page.
pub(super) type Point = (f64, f64);

/// A transformation matrix `[a b c d e f]`: `x' = a·x + c·y + e`, `y' = b·x + d·y + f`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Matrix {
    pub(super) a: f64,
    pub(super) b: f64,
    pub(super) c: f64,
    pub(super) d: f64,
    pub(super) e: f64,
    pub(super) f: f64,
}

impl Matrix {
    pub(super) const IDENTITY: Self = Self::new(1.0, 0.0, 0.0, 1.0, 0.0, 0.0);

    pub(super) const fn new(a: f64, b: f64, c: f64, d: f64, e: f64, f: f64) -> Self {
        Self { a, b, c, d, e, f }
    }

    pub(super) const fn translation(x: f64, y: f64) -> Self {
        Self::new(1.0, 0.0, 0.0, 1.0, x, y)
    }

    /// The matrix that applies `self` first and `after` second.
    pub(super) fn then(self, after: Self) -> Self {
        Self {
            a: self.a * after.a + self.b * after.c,
            b: self.a * after.b + self.b * after.d,
            c: self.c * after.a + self.d * after.c,
            d: self.c * after.b + self.d * after.d,
            e: self.e * after.a + self.f * after.c + after.e,
            f: self.e * after.b + self.f * after.d + after.f,
        }
    }

    pub(super) fn apply(self, x: f64, y: f64) -> (f64, f64) {
        (self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f)
    }

    /// Length that a vertical unit vector gets.
    pub(super) fn vertical_scale(self) -> f64 {
        self.c.hypot(self.d)
    }

    /// Length that a horizontal unit vector gets.
    pub(super) fn horizontal_scale(self) -> f64 {
        self.a.hypot(self.b)
    }

    /// The bounding rectangle of a transformed rectangle.
    pub(super) fn bounds(self, rect: Rect) -> Rect {
        let corners = [
            self.apply(rect.left, rect.low),
            self.apply(rect.right, rect.low),
            self.apply(rect.left, rect.high),
            self.apply(rect.right, rect.high),
        ];
        Rect::around(corners.into_iter())
    }
}

/// An axis-parallel rectangle; `low ≤ high` and `left ≤ right` except for [`Rect::EMPTY`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Rect {
    pub(super) left: f64,
    pub(super) low: f64,
    pub(super) right: f64,
    pub(super) high: f64,
}

impl Rect {
    /// The rectangle that holds nothing.
    pub(super) const EMPTY: Self =
        Self { left: f64::INFINITY, low: f64::INFINITY, right: f64::NEG_INFINITY, high: f64::NEG_INFINITY };
    pub(super) const UNIT: Self = Self { left: 0.0, low: 0.0, right: 1.0, high: 1.0 };

    /// From two opposite corners in any order.
    pub(super) fn from_corners(x0: f64, y0: f64, x1: f64, y1: f64) -> Self {
        Self { left: x0.min(x1), low: y0.min(y1), right: x0.max(x1), high: y0.max(y1) }
    }

    pub(super) fn around(points: impl Iterator<Item = (f64, f64)>) -> Self {
        points.fold(Self::EMPTY, |mut rect, point| {
            rect.include(point);
            rect
        })
    }

    pub(super) fn include(&mut self, (x, y): (f64, f64)) {
        self.left = self.left.min(x);
        self.right = self.right.max(x);
        self.low = self.low.min(y);
        self.high = self.high.max(y);
    }

    pub(super) fn intersection(self, other: Self) -> Self {
        Self {
            left: self.left.max(other.left),
            low: self.low.max(other.low),
            right: self.right.min(other.right),
            high: self.high.min(other.high),
        }
    }

    pub(super) fn united(self, other: Self) -> Self {
        Self {
            left: self.left.min(other.left),
            low: self.low.min(other.low),
            right: self.right.max(other.right),
            high: self.high.max(other.high),
        }
    }

    pub(super) fn is_empty(self) -> bool {
        !(self.left <= self.right && self.low <= self.high)
    }

    pub(super) fn contains(self, (x, y): (f64, f64)) -> bool {
        x >= self.left && x <= self.right && y >= self.low && y <= self.high
    }

    pub(super) fn overlaps(self, other: Self) -> bool {
        !self.intersection(other).is_empty()
    }

    pub(super) fn width(self) -> f64 {
        (self.right - self.left).max(0.0)
    }

    pub(super) fn height(self) -> f64 {
        (self.high - self.low).max(0.0)
    }

    pub(super) fn area(self) -> f64 {
        self.width() * self.height()
    }

    pub(super) fn centre(self) -> (f64, f64) {
        ((self.left + self.right) / 2.0, (self.low + self.high) / 2.0)
    }
}
