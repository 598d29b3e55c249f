//! Foreign bytes where an index is expected, for tests.

use std::path::Path;

use bonafide_formats::segment::Segment;

use super::{
    Index,
    base::{self, unusable},
    key::Key,
    log::{self, Log},
    persons,
    seal::Seal,
    view::View,
};
use crate::{
    error::Error,
    people::{Gather, Kind},
};

/// Rows of a foreign segment that are asked about.
const MOST_ASKED: usize = 64;

/// What a log says, for tests with foreign bytes: the number of its events.
///
/// # Errors
/// Why the bytes are no log.
pub fn read_log(bytes: &[u8]) -> Result<usize, &'static str> {
    log::read(bytes, &Key::from_bytes([0; Key::BYTES])).map(|read| read.events.len())
}

/// Whether a segment of foreign bytes opens and can be asked whatever it holds, for tests: the number of rows asked for.
///
/// # Errors
/// [`Error::Segment`] where it does not open.
pub fn ask_segment(bytes: &[u8]) -> Result<usize, Error> {
    let segment = Segment::of_bytes(Path::new("links.segment"), bytes, base::SEGMENT).map_err(unusable)?;
    let key = Key::from_bytes([0; Key::BYTES]);
    let seal = Seal::of(&key, View::nonce_of(&segment));
    if !View::of(&segment, &seal).is_whole() {
        return Ok(0);
    }
    let mut index = Index::over(None, key.clone(), segment, (Log::none(key), Vec::new()))?;
    let nobody = Gather::default().finish();
    let asked = index.state().rows().min(MOST_ASKED) as u32;
    index.bad.extend([1, 3].into_iter().filter(|&row| row < asked));
    for row in 0..asked {
        let state = index.state();
        let _ = (state.row_of(&state.id(row)), state.group_of(state.picture(row)));
        let _ = persons::persons_of(state, row, |_, _| true);
        let other = asked - 1 - row;
        let _ = (index.line(row, &nobody, 0), index.near(row, other), index.like_pictures(row), index.ring_name(row));
        let _ = (index.is_known_bad(row), index.weight_of(Kind::Phone, row, other, row), index.holders(u64::from(row)));
        let person = state.person(row);
        index.judge_anew(person);
    }
    for row in (0..asked).step_by(8) {
        let was = index.leave(row);
        index.tidy(&was);
    }
    let _ = index.version();
    Ok(asked as usize)
}
