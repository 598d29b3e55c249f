//! One side of many comparisons: what all of a group hold of a set, counted once.

use super::{
    evidence::Templates,
    kind::Kind,
    shared::{Held, Shared},
    tally::Tally,
};

/// The values of a kind that a group holds and that may weigh.
pub(super) struct Crowd<'s> {
    held: &'s Held,
    /// Persons of the group.
    pub(super) members: usize,
    /// Values, ascending, with how many of the group hold each.
    values: Vec<(u32, u32)>,
    /// All that might be met: values whose holders are all of the group, and all others.
    own: u64,
    popular: u64,
}

/// What somebody meets of a group's values.
#[derive(Default)]
pub(super) struct Meeting {
    /// Values whose holders are all on the two sides, and all others.
    pub(super) own: Tally,
    pub(super) popular: Tally,
    /// Other holders of the values that the one side holds.
    pub(super) elsewhere: u64,
}

impl<'s> Crowd<'s> {
    pub(super) fn of(shared: &'s Shared, templates: &Templates, kind: Kind, members: &[u32]) -> Self {
        let held = shared.held(kind);
        let mut all: Vec<u32> = members.iter().flat_map(|&person| held.by_person.get(person)).copied().collect();
        all.sort_unstable();
        let may_weigh = |value: u32| held.holders(value) <= held.cap as usize && !templates.is_spread(kind, value);
        let same = all.chunk_by(|one, other| one == other).filter(|same| may_weigh(same[0]));
        let values: Vec<(u32, u32)> = same.map(|same| (same[0], same.len() as u32)).collect();
        let mut crowd = Self { held, members: members.len(), values, own: 0, popular: 0 };
        for &(value, count) in &crowd.values {
            match crowd.others(value, count) {
                0 => crowd.own += 1,
                others => crowd.popular += weight(others),
            }
        }
        crowd
    }

    /// Holders of a value who are not of the group.
    fn others(&self, value: u32, count: u32) -> u64 {
        self.held.holders(value) as u64 - u64::from(count)
    }

    /// What somebody meets of the others' values; `of_it`: whether he is of the group himself. `may_weigh` a value of his that nobody
    /// of the group holds.
    pub(super) fn meeting(&self, person: u32, of_it: bool, may_weigh: impl Fn(u32) -> bool) -> Meeting {
        let mut meeting = Meeting {
            own: Tally { met: 0, half_holders: self.own },
            popular: Tally { met: 0, half_holders: self.popular },
            elsewhere: 0,
        };
        for &value in self.held.by_person.get(person) {
            let Ok(at) = self.values.binary_search_by_key(&value, |&(value, _)| value) else {
                // Held by nobody of the group.
                if may_weigh(value) {
                    meeting.elsewhere += self.held.holders(value) as u64 - 1;
                }
                continue;
            };
            let (_, count) = self.values[at];
            let others = self.others(value, count);
            if of_it && count == 1 {
                // Nobody else's: nothing that might be met.
                let tally = meeting.tally(others);
                tally.half_holders -= weight(others);
                meeting.elsewhere += others;
                continue;
            }
            let (on_right, left) = if of_it { (count - 1, others) } else { (count, others - 1) };
            meeting.tally(others).half_holders -= weight(others);
            let tally = meeting.tally(left);
            tally.half_holders += weight(left);
            tally.met += 1;
            meeting.elsewhere += if left == 0 { 0 } else { u64::from(on_right) + left };
        }
        meeting
    }
}

impl Meeting {
    const fn tally(&mut self, others: u64) -> &mut Tally {
        if others == 0 { &mut self.own } else { &mut self.popular }
    }
}

/// What a value with so many other holders adds to [`Tally::half_holders`].
const fn weight(others: u64) -> u64 {
    2 * others + 1
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::people::{
        Gather, Row,
        evidence::{Rates, Scale, Templates},
        shared::Shared,
    };

    const SENTENCES: [&str; 10] = [
        "Moved the harbour ledgers of every depot onto one queue",
        "Repaired the winter timetable before the season began again",
        "Counted lanterns along the northern canal for two whole years",
        "Rewrote the orchard register so that nobody waits for pages",
        "Measured the depth of quarries with a rope and a bell",
        "Kept the saddles of the tannery apart from those for sale",
        "Drew maps of the vineyard that the weavers could also read",
        "Lit the beacon over the cellar when the drums were heard",
        "Traded old ferries for a harvest that had not been sown",
        "Taught the apprentices to listen to the bridges at night",
    ];

    /// People by their sentences and employers; and the rows of the first three.
    fn shared(people: &[(Vec<usize>, Vec<usize>)]) -> (Shared, Vec<u32>) {
        let mut gather = Gather::default();
        for (id, (sentences, employers)) in people.iter().enumerate() {
            let id = format!("p{id}");
            let text: String = sentences.iter().map(|&at| format!("{}\n", SENTENCES[at])).collect();
            let names: Vec<String> = employers.iter().map(|at| format!("Firm {at}")).collect();
            let work = names.iter().map(|name| (name.as_str(), String::new())).collect();
            let text = format!("EXPERIENCE\n{text}");
            gather.add(&Row { id: &id, work, texts: vec![&text], ..Row::default() }).unwrap();
        }
        let applicants = gather.finish();
        let alone: Vec<u32> = (0..people.len() as u32).collect();
        let first = (0..3).filter_map(|at| applicants.row_of(&format!("p{at}"))).collect();
        (Shared::of(&applicants, &alone), first)
    }

    fn some(most: usize) -> impl Strategy<Value = Vec<usize>> {
        prop::collection::vec(0..most, 0..5)
    }

    #[test]
    fn what_is_met_in_a_crowd_weighs() {
        let mut people = vec![(vec![0, 1, 2, 3], vec![0, 1]); 3];
        people.extend((0..40).map(|at| (vec![4 + at % 6], vec![2 + at % 6])));
        let (shared, mut group) = shared(&people);
        group.sort_unstable();
        let (rates, templates) = (Rates::of(&shared, |_| false), Templates::default());
        let mut scale = Scale::new(&shared, &rates, &templates);
        scale.weigh_each(&group, 0..people.len() as u32, |person, evidence| {
            let is_of_it = group.contains(&person);
            assert_eq!((evidence.weight > 0, evidence.sentences > 0), (is_of_it, is_of_it), "{person}");
        });
    }

    proptest! {
        #[test]
        fn counted_once_is_counted_each_time(
            people in prop::collection::vec((some(10), some(8)), 6..50),
            group in prop::collection::btree_set(0_u32..50, 1..20),
        ) {
            let (shared, _) = shared(&people);
            let (rates, templates) = (Rates::of(&shared, |_| false), Templates::default());
            let mut scale = Scale::new(&shared, &rates, &templates);
            let all = people.len() as u32;
            let group: Vec<u32> = group.into_iter().filter(|&person| person < all).collect();
            prop_assume!(group.len() > 1);
            let mut together = Vec::new();
            scale.weigh_each(&group, 0..all, |person, evidence| together.push((person, evidence)));
            for (person, evidence) in together {
                let rest: Vec<u32> = group.iter().copied().filter(|&other| other != person).collect();
                prop_assert_eq!(scale.weigh(&[person], &rest), evidence, "{} and {:?}", person, rest);
            }
        }
    }
}
