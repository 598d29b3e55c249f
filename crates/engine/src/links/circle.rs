//! The circle of accounts that an account follows, against those of rings and of people known to be bad.

use std::collections::BTreeMap;

use bonafide_model::lens::LinkHit;

use super::LinkRoom;

/// Accounts that more people follow are hubs: everybody has them in common.
const HUB: usize = 40;
/// Fewer accounts in common are a coincidence.
const FEWEST: usize = 5;
/// From here on it is none: of an investigated cluster fifteen shared neighbours reached a quarter of the hidden accounts.
const CIRCLE: usize = 15;
/// Chance may bring this share of what two have in common, at the most.
const CHANCE: usize = 5;
/// What few and many accounts in common are worth, in hundredths of a bit: one to two, and one to eight.
const FEW: i32 = 150;
/// See `FEW`.
const MANY: i32 = 300;

/// What somebody's circle has in common with a cluster's.
#[derive(Default)]
struct Common {
    /// Accounts that both follow and hardly anybody else.
    rare: usize,
    /// Of them those that nobody outside follows.
    own: usize,
}

impl LinkRoom {
    /// Rings and people known to be bad who follow the same little-known accounts as the asker.
    pub(super) fn neighbourhood(&self, asker: u32) -> Vec<LinkHit> {
        let person = self.index.person(asker);
        let own_ring = self.index.ring(asker);
        let Some(known) = self.details.of(&self.index.id(asker)) else { return Vec::new() };
        let circle = known.about().map(|about| about.follows.as_slice()).unwrap_or_default();
        let mut common: BTreeMap<Cluster, Common> = BTreeMap::new();
        for token in circle {
            let followers = self.index.holders(token.0);
            let mut persons: Vec<(u32, u32)> = followers.rows.iter().map(|&row| (self.index.person(row), row)).collect();
            persons.sort_unstable();
            persons.dedup_by_key(|&mut (person, _)| person);
            if persons.len() > HUB || followers.persons.is_some_and(|persons| persons as usize > HUB) {
                continue;
            }
            let mut inside: BTreeMap<Cluster, usize> = BTreeMap::new();
            persons.retain(|&(other, _)| other != person);
            for cluster in persons.iter().filter_map(|&(_, row)| self.cluster_of(row)) {
                *inside.entry(cluster).or_default() += 1;
            }
            for (cluster, members) in inside {
                // What as many outside follow is no account of the cluster's.
                if members * 2 >= persons.len() {
                    let common = common.entry(cluster).or_default();
                    common.rare += 1;
                    common.own += usize::from(members == persons.len());
                }
            }
        }
        let hit = |(cluster, common): (Cluster, Common)| {
            // Whoever follows thousands has something in common with everybody.
            let is_above_chance = common.rare * 100 >= circle.len() * CHANCE;
            (common.rare >= FEWEST && is_above_chance).then(|| self.circle_hit(cluster, &common, circle.len(), own_ring))
        };
        common.into_iter().filter_map(hit).collect()
    }

    fn circle_hit(&self, cluster: Cluster, common: &Common, circle: usize, own_ring: Option<u32>) -> LinkHit {
        let (id, kind, is_own) = match cluster {
            Cluster::Ring(ring) => (self.index.ring_name(ring).unwrap_or_default(), "ring", own_ring == Some(ring)),
            Cluster::Subject(row) => (self.index.id(row), "subject", false),
        };
        let mut shares = vec![format!("{} neighbours of {circle}", common.rare)];
        if common.own > 0 {
            shares.push(format!("{} of them in no other circle", common.own));
        }
        // That somebody of a ring moves in its circle is known already.
        let weight = if common.rare >= CIRCLE && !is_own { MANY } else { FEW };
        LinkHit { id, kind: kind.to_owned(), cluster: None, shares, weight, version: self.version.clone() }
    }

    /// The cluster that a row stands for: its ring, or its person where that is known to be bad.
    fn cluster_of(&self, row: u32) -> Option<Cluster> {
        let alone = || self.index.is_known_bad(row).then_some(Cluster::Subject(row));
        self.index.ring(row).map(Cluster::Ring).or_else(alone)
    }
}

/// A ring by its lowest row, or somebody known to be bad.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Cluster {
    Ring(u32),
    Subject(u32),
}
