//! Linking with applications of which somebody knows that one person is behind them.

use super::{Applicants, Linked, paths, rings, same, shared::Shared};
use crate::cluster::UnionFind;

/// Links applications; those of each pair are one person's, whatever their data says.
#[must_use]
pub fn link_joined(applicants: &Applicants, pairs: &[(u32, u32)]) -> Linked {
    let (mut lowest, compared) = same::persons(applicants);
    join(&mut lowest, pairs);
    let shared = Shared::of(applicants, &lowest);
    let (rings, rates, learned) = rings::find(&shared);
    Linked { shared, lowest, rings, rates, learned, paths: paths::Paths::default(), compared }
}

/// Makes the persons of each pair one. `lowest`: the lowest row of every row's person.
pub(super) fn join(lowest: &mut [u32], pairs: &[(u32, u32)]) {
    if pairs.is_empty() {
        return;
    }
    let mut union = UnionFind::new(lowest.len());
    let own = lowest.iter().enumerate().map(|(row, &lowest)| (row as u32, lowest));
    own.chain(pairs.iter().copied()).for_each(|(one, other)| {
        union.join(one, other);
    });
    // A set's root is its lowest row.
    (0..lowest.len() as u32).for_each(|row| lowest[row as usize] = union.root(row));
}

#[cfg(test)]
mod tests {
    use super::super::{Gather, Row, link};
    use super::*;

    #[test]
    fn joined_applications_are_one_person_and_no_ring() {
        let mut gather = Gather::default();
        for (id, given) in [("a", "Suresh"), ("b", "S."), ("c", "Somebody")] {
            let row = Row {
                id,
                given: Some(given),
                family: Some("Iyer"),
                phone: Some("+1 512 555 0142"),
                wallet: Some("0xfeed"),
                account: Some("siyer"),
                ..Row::default()
            };
            let other = Row { id: "c", given: Some("Kim"), family: Some("Else"), ..Row::default() };
            assert!(gather.add(if id == "c" { &other } else { &row }).unwrap());
        }
        let applicants = gather.finish();
        let row = |id: &str| applicants.row_of(id).unwrap();
        let alone = link(&applicants);
        let joined = link_joined(&applicants, &[(row("a"), row("b"))]);
        assert_eq!(joined.person(row("a")), joined.person(row("b")));
        assert_ne!(joined.person(row("a")), joined.person(row("c")));
        assert_eq!((joined.rings(), alone.person(row("c"))), (0, row("c")));
    }
}
