//! Foreign bytes where an index is expected, for tests.

use std::path::Path;

use bonafide_formats::segment::Segment;

use super::{
    Overlay, arrive,
    base::{self, unusable},
    event::Changes,
    key::Key,
    log, persons,
    seal::Seal,
    state::State,
    view::View,
};
use crate::{
    error::Error,
    people::{evidence::Rates, ties::Learned},
};

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
    let seal = Seal::of(&Key::from_bytes([0; Key::BYTES]), View::nonce_of(&segment));
    let view = View::of(&segment, &seal);
    if !view.is_whole() {
        return Ok(0);
    }
    let since = Overlay::default();
    let state = State { base: view, since: &since };
    let asked = state.rows().min(64) as u32;
    for row in 0..asked {
        let person = state.person(row);
        let _ = (state.row_of(&state.id(row)), state.edges(person), state.rows_of(person), state.place(person));
        let _ = persons::persons_of(state, row, |_, _| true);
        let _ = state.group_of(state.picture(row));
        if let (Some(rates), Some(learned)) = (Rates::of_numbers(view.rates()), Learned::of_numbers(view.ties())) {
            let _ = arrive::ring_of(state, (&rates, &learned), person, &mut Changes::default());
        }
    }
    Ok(asked as usize)
}
