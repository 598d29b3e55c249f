//! The perceptual hash.

use std::{fmt, str::FromStr};

use image::{DynamicImage, metadata::Orientation};

/// A 64-bit hash that changes little when a picture is scaled, compressed again, brightened or cropped by a few percent.
///
/// Algorithm, so that others can compute the same: the picture, turned as its EXIF orientation says and laid on white where it is
/// transparent, becomes luminance Y = 0.299 R + 0.587 G + 0.114 B (ITU-R BT.601, on gamma-encoded values); it is resampled to 32 by
/// 32 cells by exact area averages; the two-dimensional DCT-II is taken; of it the 64 coefficients with horizontal and vertical
/// frequency 1 to 8 are compared with their median, row by row; a larger one gives a set bit, the first coefficient the highest bit.
/// A picture whose 64 coefficients are all next to nothing has no hash.
///
/// Two pictures of one origin differ in few bits (see [`PerceptualHash::SAME`]), unrelated ones in 32 on average.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PerceptualHash(pub u64);

impl PerceptualHash {
    /// At so many different bits or fewer two pictures are very likely of one origin.
    pub const SAME: u32 = 10;

    /// Number of different bits (Hamming distance).
    #[must_use]
    pub const fn distance(self, other: Self) -> u32 {
        (self.0 ^ other.0).count_ones()
    }
}

impl fmt::Display for PerceptualHash {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:016x}", self.0)
    }
}

impl FromStr for PerceptualHash {
    type Err = std::num::ParseIntError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        u64::from_str_radix(text, 16).map(Self)
    }
}

/// Cells of the resampled picture in one direction: twice those of the transform, so that the middle half has enough.
const CELLS: usize = 64;
/// Cells of the transform in one direction.
const SIZE: usize = 32;
/// Frequencies kept in one direction, from 1.
const KEPT: usize = 8;
/// Coefficients below this in luminance steps (of a transform scaled to cell averages) are noise of rounding.
const FLAT: f64 = 0.05;

/// Luminance in 64 by 64 cells.
pub(super) struct Grid(Box<[[f64; CELLS]; CELLS]>);

impl Grid {
    pub(super) fn of(picture: &DynamicImage) -> Self {
        let (width, height) = (picture.width() as usize, picture.height() as usize);
        let columns = shares(width);
        let rows = shares(height);
        let mut grid = Box::new([[0.0; CELLS]; CELLS]);
        let mut luminances = vec![0.0_f32; width];
        for (y, share) in rows.iter().enumerate() {
            read_row(picture, y, &mut luminances);
            let mut sums = [0.0_f64; CELLS];
            for (luminance, share) in luminances.iter().zip(&columns) {
                share.add(f64::from(*luminance), &mut sums);
            }
            share.each(|cell, weight| {
                for (target, sum) in grid[cell].iter_mut().zip(&sums) {
                    *target += sum * weight;
                }
            });
        }
        // Every cell covers this many pixels in area.
        let area = (width * height) as f64 / (CELLS * CELLS) as f64;
        grid.iter_mut().flatten().for_each(|cell| *cell /= area);
        Self(grid)
    }

    pub(super) fn turned(self, orientation: Orientation) -> Self {
        const LAST: usize = CELLS - 1;
        let source = |x: usize, y: usize| match orientation {
            Orientation::NoTransforms => (x, y),
            Orientation::Rotate90 => (y, LAST - x),
            Orientation::Rotate180 => (LAST - x, LAST - y),
            Orientation::Rotate270 => (LAST - y, x),
            Orientation::FlipHorizontal => (LAST - x, y),
            Orientation::FlipVertical => (x, LAST - y),
            Orientation::Rotate90FlipH => (y, x),
            Orientation::Rotate270FlipH => (LAST - y, LAST - x),
        };
        let mut turned = Box::new([[0.0; CELLS]; CELLS]);
        for (y, row) in turned.iter_mut().enumerate() {
            for (x, cell) in row.iter_mut().enumerate() {
                let (from_x, from_y) = source(x, y);
                *cell = self.0[from_y][from_x];
            }
        }
        Self(turned)
    }

    pub(super) fn whole(&self) -> Option<PerceptualHash> {
        hash(&self.halved())
    }

    /// The middle half in both directions.
    pub(super) fn centre(&self) -> Option<PerceptualHash> {
        let mut cells = [[0.0; SIZE]; SIZE];
        for (y, row) in cells.iter_mut().enumerate() {
            row.copy_from_slice(&self.0[y + SIZE / 2][SIZE / 2..SIZE / 2 + SIZE]);
        }
        hash(&cells)
    }

    /// All but the middle half, which becomes as bright as the rest on average.
    pub(super) fn background(&self) -> Option<PerceptualHash> {
        const MIDDLE: std::ops::Range<usize> = SIZE / 4..SIZE - SIZE / 4;
        let mut cells = self.halved();
        let is_middle = |x: usize, y: usize| MIDDLE.contains(&x) && MIDDLE.contains(&y);
        let around = || (0..SIZE).flat_map(|y| (0..SIZE).map(move |x| (x, y))).filter(|&(x, y)| !is_middle(x, y));
        let mean = around().map(|(x, y)| cells[y][x]).sum::<f64>() / around().count() as f64;
        for y in MIDDLE {
            cells[y][MIDDLE].fill(mean);
        }
        hash(&cells)
    }

    fn halved(&self) -> [[f64; SIZE]; SIZE] {
        let mut cells = [[0.0; SIZE]; SIZE];
        for (y, row) in cells.iter_mut().enumerate() {
            for (x, cell) in row.iter_mut().enumerate() {
                let (above, below) = (&self.0[2 * y], &self.0[2 * y + 1]);
                *cell = (above[2 * x] + above[2 * x + 1] + below[2 * x] + below[2 * x + 1]) / 4.0;
            }
        }
        cells
    }
}

/// How one pixel is shared out among cells: it lies in one, in two, or (in tiny pictures) across many.
struct Share {
    first: usize,
    /// Weight in the first cell, in the last, and in those between; in units of the pixel.
    weights: (f64, f64),
    last: usize,
    between: f64,
}

impl Share {
    #[inline]
    fn add(&self, value: f64, sums: &mut [f64; CELLS]) {
        sums[self.first] += value * self.weights.0;
        if self.last > self.first {
            sums[self.last] += value * self.weights.1;
            for cell in &mut sums[self.first + 1..self.last] {
                *cell += value * self.between;
            }
        }
    }

    fn each(&self, mut with: impl FnMut(usize, f64)) {
        with(self.first, self.weights.0);
        if self.last > self.first {
            with(self.last, self.weights.1);
            (self.first + 1..self.last).for_each(|cell| with(cell, self.between));
        }
    }
}

fn shares(pixels: usize) -> Vec<Share> {
    // In units of 1 / (pixels * CELLS) of the width all borders are whole numbers.
    (0..pixels)
        .map(|pixel| {
            let (start, end) = (pixel * CELLS, (pixel + 1) * CELLS);
            let (first, last) = (start / pixels, (end - 1) / pixels);
            let unit = CELLS as f64;
            if first == last {
                return Share { first, weights: (1.0, 0.0), last, between: 0.0 };
            }
            let in_first = ((first + 1) * pixels - start) as f64 / unit;
            let in_last = (end - last * pixels) as f64 / unit;
            Share { first, weights: (in_first, in_last), last, between: pixels as f64 / unit }
        })
        .collect()
}

fn read_row(picture: &DynamicImage, y: usize, luminances: &mut [f32]) {
    let width = luminances.len();
    let luminance = |red: u8, green: u8, blue: u8| 0.299 * f32::from(red) + 0.587 * f32::from(green) + 0.114 * f32::from(blue);
    let on_white = |value: f32, alpha: u8| value * f32::from(alpha) / 255.0 + f32::from(255 - alpha);
    match picture {
        DynamicImage::ImageLuma8(picture) => {
            let row = &picture.as_raw()[y * width..][..width];
            row.iter().zip(luminances).for_each(|(&value, target)| *target = f32::from(value));
        }
        DynamicImage::ImageRgb8(picture) => {
            let row = &picture.as_raw()[y * width * 3..][..width * 3];
            row.chunks_exact(3).zip(luminances).for_each(|(pixel, target)| *target = luminance(pixel[0], pixel[1], pixel[2]));
        }
        DynamicImage::ImageRgba8(picture) => {
            let row = &picture.as_raw()[y * width * 4..][..width * 4];
            let pairs = row.chunks_exact(4).zip(luminances);
            pairs.for_each(|(pixel, target)| *target = on_white(luminance(pixel[0], pixel[1], pixel[2]), pixel[3]));
        }
        other => {
            use image::GenericImageView;
            for (x, target) in luminances.iter_mut().enumerate() {
                let [red, green, blue, alpha] = other.get_pixel(x as u32, y as u32).0;
                *target = on_white(luminance(red, green, blue), alpha);
            }
        }
    }
}

fn hash(cells: &[[f64; SIZE]; SIZE]) -> Option<PerceptualHash> {
    let cosines = cosines();
    // Rows first, then columns; only the frequencies that are kept.
    let mut by_row = [[0.0; KEPT]; SIZE];
    for (row, target) in cells.iter().zip(&mut by_row) {
        for (frequency, value) in target.iter_mut().enumerate() {
            *value = row.iter().zip(&cosines[frequency]).map(|(cell, cosine)| cell * cosine).sum();
        }
    }
    let mut coefficients = [0.0; KEPT * KEPT];
    for vertical in 0..KEPT {
        for horizontal in 0..KEPT {
            let sum: f64 = by_row.iter().zip(&cosines[vertical]).map(|(row, cosine)| row[horizontal] * cosine).sum();
            // 2 / SIZE makes the transform keep the size of a wave in luminance steps.
            coefficients[vertical * KEPT + horizontal] = sum * (2.0 / SIZE as f64) * (2.0 / SIZE as f64);
        }
    }
    if coefficients.iter().all(|coefficient| coefficient.abs() < FLAT) {
        return None;
    }
    let mut sorted = coefficients;
    sorted.sort_by(f64::total_cmp);
    let median = (sorted[31] + sorted[32]) / 2.0;
    Some(PerceptualHash(coefficients.iter().fold(0, |bits, &coefficient| bits << 1 | u64::from(coefficient > median))))
}

/// cos((2 x + 1) f pi / 64) for f = 1 to 8, from one constant by additions and multiplications alone, which every machine rounds alike.
fn cosines() -> [[f64; SIZE]; KEPT] {
    // cos(k pi / 64) for k = 0 to 127 by the recurrence of Chebyshev.
    const COS_PI_64: f64 = 0.998_795_456_205_172_4;
    let mut all = [1.0, COS_PI_64].to_vec();
    for index in 2..4 * SIZE {
        all.push(2.0 * COS_PI_64 * all[index - 1] - all[index - 2]);
    }
    let mut table = [[0.0; SIZE]; KEPT];
    for (frequency, row) in table.iter_mut().enumerate() {
        for (x, value) in row.iter_mut().enumerate() {
            *value = all[((2 * x + 1) * (frequency + 1)) % (4 * SIZE)];
        }
    }
    table
}

#[cfg(test)]
mod tests {
    use super::{CELLS, cosines, shares};

    #[test]
    fn the_table_holds_cosines() {
        for (frequency, row) in cosines().iter().enumerate() {
            for (x, value) in row.iter().enumerate() {
                let angle = (2 * x + 1) as f64 * (frequency + 1) as f64 * std::f64::consts::PI / 64.0;
                assert!((value - angle.cos()).abs() < 1e-9);
            }
        }
    }

    #[test]
    fn pixels_are_shared_out_whole() {
        for pixels in [1, 2, 63, 64, 65, 100, 1000] {
            let mut sums = [0.0; CELLS];
            for share in shares(pixels) {
                share.add(1.0, &mut sums);
            }
            let each = pixels as f64 / CELLS as f64;
            assert!(sums.iter().all(|sum| (sum - each).abs() < 1e-9), "{pixels}: {sums:?}");
        }
    }
}
