//! Who is owned, half or more, by listed parties.
//!
//! OFAC treats an entity that blocked persons own at 50 percent or more, directly or indirectly and taken together, as blocked itself
//! (US Treasury, "Revised guidance on entities owned by persons whose property and interests in property are blocked", 13 August
//! 2014); the EU and the UK look at more than half, and at control besides. What counts here is ownership of one half or more; control
//! is told and counts nothing. Shares that a list leaves open count nothing either: they are asked for.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::{
    entry::{Entry, EntryId},
    link::{Relation, Share},
};

/// Topics of FollowTheMoney under which a party is listed, not only described.
const LISTED_TOPICS: [&str; 8] =
    ["sanction", "sanction.counter", "debarment", "export.control", "export.risk", "wanted", "crime", "poi"];

/// Owned parties by their ids.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Ownership(BTreeMap<EntryId, Owned>);

/// A party that is not listed, and that listed parties own in part.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Owned {
    /// The owners that are listed, or are owned by listed ones at one half or more; the largest share first.
    pub owners: Vec<Owner>,
    /// What they hold together, in hundredths of a percent; at most the whole.
    pub total: u16,
}

/// An owner.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Owner {
    /// The owner.
    pub entry: EntryId,
    /// Its part; `None` where the list does not tell it.
    pub share: Option<Share>,
    /// Whether the owner is not listed itself, and counts because listed parties own it.
    pub indirect: bool,
}

impl Owned {
    /// Whether the owners hold one half or more.
    #[must_use]
    pub fn is_half(&self) -> bool {
        self.total >= Share::HALF.hundredths()
    }
}

/// Whether a list names a party as one to look out for. Lists in the FollowTheMoney format, and a firm's own registers, describe owned
/// firms beside them.
#[must_use]
pub fn is_listed(entry: &Entry) -> bool {
    let mut topics = entry.remarks.iter().filter_map(|remark| remark.strip_prefix("topics: ")).peekable();
    let describes = topics.peek().is_some();
    let is_telling = |topic: &str| LISTED_TOPICS.contains(&topic) || topic.starts_with("crime.");
    if topics.any(is_telling) || !entry.programmes.is_empty() {
        return true;
    }
    let is_owned = entry.links.iter().any(|link| link.relation == Relation::Owner);
    !describes && !is_owned
}

impl Ownership {
    /// Follows ownership from listed parties through those that they own at one half or more.
    #[must_use]
    pub fn of(entries: &[Entry]) -> Self {
        let owners = owners(entries);
        if owners.is_empty() {
            return Self::default();
        }
        let listed: BTreeSet<&EntryId> = entries.iter().filter(|entry| is_listed(entry)).map(|entry| &entry.id).collect();
        let mut owned_by_half: BTreeSet<EntryId> = BTreeSet::new();
        // Each round adds at least one party or is the last: as many rounds as the longest chain of firms.
        loop {
            let counts = |owner: &EntryId| listed.contains(owner) || owned_by_half.contains(owner);
            let owned: BTreeMap<EntryId, Owned> = owners
                .iter()
                .filter(|(entry, _)| !listed.contains(entry))
                .filter_map(|(entry, owners)| {
                    let owned = add_up(owners, &counts, |owner| !listed.contains(owner));
                    (!owned.owners.is_empty()).then(|| (entry.clone(), owned))
                })
                .collect();
            let halves: BTreeSet<EntryId> =
                owned.iter().filter(|(_, owned)| owned.is_half()).map(|(entry, _)| entry.clone()).collect();
            if halves == owned_by_half {
                return Self(owned);
            }
            owned_by_half = halves;
        }
    }

    /// The listed owners of a party; `None` where there are none.
    #[must_use]
    pub fn owned(&self, entry: &EntryId) -> Option<&Owned> {
        self.0.get(entry)
    }

    /// Everybody who owns a part of somebody, once for each part.
    pub fn owners(&self) -> impl Iterator<Item = &EntryId> {
        self.0.values().flat_map(|owned| &owned.owners).map(|owner| &owner.entry)
    }

    /// Whether the lists tell of no ownership of parties that are not listed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Owners of each party, told from either side of the link; of two accounts of one share the larger counts.
fn owners(entries: &[Entry]) -> BTreeMap<EntryId, BTreeMap<EntryId, Option<Share>>> {
    let mut owners: BTreeMap<EntryId, BTreeMap<EntryId, Option<Share>>> = BTreeMap::new();
    for entry in entries {
        for link in entry.links.iter().filter(|link| !link.ended) {
            let Some(other) = &link.entry else { continue };
            let (owned, owner) = match link.relation {
                Relation::Owner => (&entry.id, other),
                Relation::Owned => (other, &entry.id),
                _ => continue,
            };
            if owned == owner {
                continue;
            }
            let share = owners.entry(owned.clone()).or_default().entry(owner.clone()).or_default();
            *share = (*share).max(link.share);
        }
    }
    owners
}

fn add_up(
    owners: &BTreeMap<EntryId, Option<Share>>,
    counts: &impl Fn(&EntryId) -> bool,
    is_indirect: impl Fn(&EntryId) -> bool,
) -> Owned {
    let mut owned = Owned::default();
    for (owner, share) in owners.iter().filter(|(owner, _)| counts(owner)) {
        let part = share.map_or(0, Share::hundredths);
        // Lists may tell more than the whole: of direct and of beneficial owners.
        owned.total = owned.total.saturating_add(part).min(10_000);
        owned.owners.push(Owner { entry: owner.clone(), share: *share, indirect: is_indirect(owner) });
    }
    owned.owners.sort_by(|left, right| right.share.cmp(&left.share).then_with(|| left.entry.cmp(&right.entry)));
    owned
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        entry::{EntryKind, EntryPlace, ListCode},
        link::Link,
    };

    fn id(native: &str) -> EntryId {
        EntryId::new(ListCode::FTM, native)
    }

    fn listed(native: &str) -> Entry {
        let mut entry = Entry::new(id(native), EntryKind::Person, EntryPlace::default());
        entry.remarks.push("topics: sanction".into());
        entry
    }

    fn firm(native: &str, owners: &[(&str, &str)]) -> Entry {
        let mut entry = Entry::new(id(native), EntryKind::Organisation, EntryPlace::default());
        for (owner, percent) in owners {
            entry.links.push(Link::to_entry(Relation::Owner, id(owner), "").of_share(Share::of_percent(percent)));
        }
        entry
    }

    #[test]
    fn shares_of_listed_owners_add_up() {
        let entries = [
            listed("a"),
            listed("b"),
            firm("half", &[("a", "30"), ("b", "20"), ("x", "50")]),
            firm("less", &[("a", "49.9")]),
            firm("open", &[("a", "unknown")]),
            firm("clean", &[("x", "100")]),
        ];
        let ownership = Ownership::of(&entries);
        let half = ownership.owned(&id("half")).unwrap();
        assert!(half.is_half() && half.total == 5_000 && half.owners.len() == 2 && half.owners[0].entry == id("a"));
        assert!(!ownership.owned(&id("less")).unwrap().is_half());
        assert_eq!(ownership.owned(&id("open")).unwrap().owners[0].share, None);
        assert!(ownership.owned(&id("clean")).is_none() && ownership.owned(&id("a")).is_none());
    }

    #[test]
    fn ownership_goes_through_firms_and_round_no_circle() {
        let mut ended = firm("sold", &[]);
        ended.links.push(Link::to_entry(Relation::Owner, id("a"), "").of_share(Share::of_percent("100")).ended(true));
        let mut holder = listed("a");
        holder.links.push(Link::to_entry(Relation::Owned, id("child"), "").of_share(Share::of_percent("60")));
        let entries = [
            holder,
            firm("child", &[("grandchild", "10")]),
            firm("grandchild", &[("child", "50"), ("grandchild", "50")]),
            firm("third", &[("grandchild", "40"), ("a", "9")]),
            ended,
        ];
        let ownership = Ownership::of(&entries);
        assert!(ownership.owned(&id("child")).unwrap().is_half());
        let grandchild = ownership.owned(&id("grandchild")).unwrap();
        assert!(grandchild.is_half() && grandchild.owners[0].indirect && grandchild.owners.len() == 1);
        let third = ownership.owned(&id("third")).unwrap();
        assert_eq!((third.total, third.is_half()), (4_900, false));
        assert!(ownership.owned(&id("sold")).is_none());
    }

    #[test]
    fn who_is_listed_and_who_is_described() {
        let mut linked = firm("linked", &[("a", "60")]);
        linked.remarks.push("topics: sanction.linked".into());
        let mut blocked = firm("blocked", &[("a", "60")]);
        blocked.programmes.push("TEST".into());
        assert!(!is_listed(&linked) && is_listed(&blocked) && is_listed(&firm("alone", &[])));
    }
}
