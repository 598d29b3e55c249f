//! Boxes that lie over each other are moved apart, and parts of a picture are set side by side.

use std::collections::BTreeMap;

use super::layout::Place;

/// Rounds of moving; what then still overlaps stays.
const ROUNDS: usize = 80;
/// Space between parts, in CSS pixels.
const BETWEEN: f64 = 48.0;

/// Half the width and half the height of a node with its label.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Half {
    pub(super) width: f64,
    pub(super) height: f64,
}

/// How much larger a picture is than all its boxes together, at least.
const ROOM: f64 = 4.0;
/// Boxes are wider than they are high, so pictures are.
const WIDER: f64 = 1.5;

/// Moves boxes apart: all together where there is too little room, then each pair along the way on which they overlap less.
pub(super) fn move_apart(places: &mut [Place], halves: &[Half]) {
    let boxes: f64 = halves.iter().map(|half| 4.0 * half.width * half.height).sum();
    let across = |of: fn(&Place) -> f64| {
        let (least, most) = places.iter().map(of).fold((f64::MAX, f64::MIN), |(least, most), at| (least.min(at), most.max(at)));
        (most - least).max(1.0)
    };
    let area = across(|place| place.x) * WIDER * across(|place| place.y);
    let scale = (boxes * ROOM / area).sqrt().clamp(1.0, 20.0);
    places.iter_mut().for_each(|place| *place = Place { x: place.x * scale * WIDER, y: place.y * scale });
    let widest = halves.iter().fold(1.0_f64, |most, half| most.max(half.width)) * 2.0;
    let tallest = halves.iter().fold(1.0_f64, |most, half| most.max(half.height)) * 2.0;
    for _ in 0..ROUNDS {
        let cell = |place: Place| ((place.x / widest).floor() as i64, (place.y / tallest).floor() as i64);
        let mut cells: BTreeMap<(i64, i64), Vec<usize>> = BTreeMap::new();
        places.iter().enumerate().for_each(|(at, &place)| cells.entry(cell(place)).or_default().push(at));
        let mut moved = false;
        for at in 0..places.len() {
            let (column, row) = cell(places[at]);
            for beside in (column - 1..=column + 1).flat_map(|column| (row - 1..=row + 1).map(move |row| (column, row))) {
                for &other in cells.get(&beside).map_or(&[][..], Vec::as_slice) {
                    if other > at {
                        moved |= part(places, halves, at, other);
                    }
                }
            }
        }
        if !moved {
            return;
        }
    }
}

fn part(places: &mut [Place], halves: &[Half], at: usize, other: usize) -> bool {
    let (x, y) = (places[other].x - places[at].x, places[other].y - places[at].y);
    let over_x = halves[at].width + halves[other].width - x.abs();
    let over_y = halves[at].height + halves[other].height - y.abs();
    if over_x <= 0.01 || over_y <= 0.01 {
        return false;
    }
    if over_x < over_y {
        let by = (over_x / 2.0 + 0.01) * if x < 0.0 { -1.0 } else { 1.0 };
        places[at].x -= by;
        places[other].x += by;
    } else {
        let by = (over_y / 2.0 + 0.01) * if y < 0.0 { -1.0 } else { 1.0 };
        places[at].y -= by;
        places[other].y += by;
    }
    true
}

/// Sets parts side by side in rows, largest first, and returns the width and height of the whole. Places of each part are moved so
/// that all lie within.
pub(super) fn pack(parts: &mut [(Vec<Place>, Vec<Half>)]) -> (f64, f64) {
    let mut order: Vec<(usize, f64, f64)> = Vec::new();
    for (at, (places, halves)) in parts.iter_mut().enumerate() {
        let left = extreme(places, halves, |place, half| -(place.x - half.width));
        let top = extreme(places, halves, |place, half| -(place.y - half.height));
        places.iter_mut().for_each(|place| *place = Place { x: place.x + left, y: place.y + top });
        let width = extreme(places, halves, |place, half| place.x + half.width);
        let height = extreme(places, halves, |place, half| place.y + half.height);
        order.push((at, width, height));
    }
    let area: f64 = order.iter().map(|&(_, width, height)| (width + BETWEEN) * (height + BETWEEN)).sum();
    let widest = order.iter().fold(0.0_f64, |most, &(_, width, _)| most.max(width));
    // A picture half as wide again as it is high fits most pages.
    let room = (area * 1.5).sqrt().max(widest);
    order.sort_by(|one, other| other.2.total_cmp(&one.2).then(one.0.cmp(&other.0)));
    let (mut x, mut y, mut row, mut whole) = (0.0_f64, 0.0_f64, 0.0_f64, 0.0_f64);
    for (at, width, height) in order {
        if x > 0.0 && x + width > room {
            (x, y, row) = (0.0, y + row + BETWEEN, 0.0);
        }
        parts[at].0.iter_mut().for_each(|place| *place = Place { x: place.x + x, y: place.y + y });
        whole = whole.max(x + width);
        x += width + BETWEEN;
        row = row.max(height);
    }
    (whole, y + row)
}

fn extreme(places: &[Place], halves: &[Half], of: impl Fn(&Place, &Half) -> f64) -> f64 {
    places.iter().zip(halves).map(|(place, half)| of(place, half)).fold(f64::MIN, f64::max)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_is_packed_lies_within_and_apart(sizes in proptest::collection::vec((1.0_f64..200.0, 1.0_f64..60.0), 1..40)) {
            let mut parts: Vec<_> = sizes
                .iter()
                .map(|&(width, height)| (vec![Place { x: -500.0, y: 900.0 }], vec![Half { width, height }]))
                .collect();
            let (width, height) = pack(&mut parts);
            let boxes: Vec<_> = parts.iter().map(|(places, halves)| (places[0], halves[0])).collect();
            for (at, &(place, half)) in boxes.iter().enumerate() {
                prop_assert!(place.x - half.width > -0.1 && place.x + half.width < width + 0.1);
                prop_assert!(place.y - half.height > -0.1 && place.y + half.height < height + 0.1);
                for &(other, beside) in &boxes[at + 1..] {
                    let apart = (place.x - other.x).abs() >= half.width + beside.width || (place.y - other.y).abs() >= half.height + beside.height;
                    prop_assert!(apart);
                }
            }
        }

        #[test]
        fn boxes_are_parted(at in proptest::collection::vec((0.0_f64..300.0, 0.0_f64..300.0), 1..40)) {
            let mut places: Vec<Place> = at.iter().map(|&(x, y)| Place { x, y }).collect();
            let halves = vec![Half { width: 40.0, height: 12.0 }; places.len()];
            move_apart(&mut places, &halves);
            for (at, place) in places.iter().enumerate() {
                for other in &places[at + 1..] {
                    prop_assert!((place.x - other.x).abs() > 79.0 || (place.y - other.y).abs() > 23.0);
                }
            }
        }
    }
}
