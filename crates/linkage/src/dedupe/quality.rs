//! How sound clusters are: what holds each together, and who could not be linked at all.

use std::collections::{BTreeMap, HashMap};

use serde::Serialize;

use super::Deduped;
use crate::cluster::Link;

/// Bridges of a cluster that are named.
const NAMED_BRIDGES: usize = 16;

/// The quality of an outcome.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Quality<'d> {
    /// Rows of all tables.
    pub rows: usize,
    /// Different records among them: rows that say the same are one.
    pub records: usize,
    /// Distinct pairs of records that were compared.
    pub compared: u64,
    /// Pairs above the threshold.
    pub links: usize,
    /// Of these, pairs that ended in different clusters, for what else the clusters hold speaks against them.
    pub links_cut: usize,
    /// Clusters of two records or more, those that hang on the weakest thread first.
    pub clusters: Vec<ClusterQuality<'d>>,
    /// Ids of rows whose values are so common that not even an identical row would be the same person for sure. They stay alone.
    pub unlinkable: Vec<&'d str>,
}

/// The quality of one cluster.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ClusterQuality<'d> {
    /// Its name.
    pub cluster: &'d str,
    /// Its rows.
    pub rows: usize,
    /// Its different records.
    pub records: usize,
    /// Links between its records.
    pub links: usize,
    /// Links as a share of all pairs of its records, 0…1.
    pub density: f64,
    /// Average weight of its links, in bits.
    pub average_weight: f64,
    /// Weight of its weakest link, in bits.
    pub weakest_weight: f64,
    /// Links without which it falls into two.
    pub bridges: usize,
    /// The weakest of them, by the lowest ids of both records.
    pub named_bridges: Vec<Bridge<'d>>,
}

/// A link without which a cluster falls into two.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Bridge<'d> {
    /// The lower id.
    pub a: &'d str,
    /// The higher id.
    pub b: &'d str,
    /// Match weight in bits.
    pub weight: f64,
}

impl Deduped {
    /// What holds the clusters together.
    #[must_use]
    pub fn quality(&self) -> Quality<'_> {
        let mut lowest: Vec<Option<&str>> = vec![None; self.records.rows];
        let mut rows_of: HashMap<u32, usize> = HashMap::new();
        let mut name_of: HashMap<u32, u32> = HashMap::new();
        let mut unlinkable = Vec::new();
        for (row, id) in self.ids.iter().enumerate() {
            let record = self.record_of[row];
            let slot = &mut lowest[record as usize];
            if slot.is_none_or(|known| id.as_str() < known) {
                *slot = Some(id);
            }
            if self.linked.unlinkable[record as usize] {
                unlinkable.push(id.as_str());
            } else {
                let cluster = self.linked.clusters[record as usize];
                *rows_of.entry(cluster).or_default() += 1;
                name_of.insert(cluster, self.clusters[row]);
            }
        }
        unlinkable.sort_unstable();
        let mut inside: BTreeMap<u32, Vec<Link>> = BTreeMap::new();
        for link in &self.linked.links {
            let cluster = self.linked.clusters[link.left as usize];
            let lone = [link.left, link.right].iter().any(|&record| self.linked.unlinkable[record as usize]);
            if cluster == self.linked.clusters[link.right as usize] && !lone {
                inside.entry(cluster).or_default().push(*link);
            }
        }
        let held: usize = inside.values().map(Vec::len).sum();
        let mut records_of: HashMap<u32, usize> = HashMap::new();
        self.linked.clusters.iter().for_each(|&cluster| *records_of.entry(cluster).or_default() += 1);
        let id = |record: u32| lowest[record as usize].unwrap_or_default();
        let mut clusters: Vec<ClusterQuality<'_>> = inside
            .iter()
            .map(|(cluster, links)| {
                let records = records_of.get(cluster).copied().unwrap_or_default();
                let name = name_of.get(cluster).map_or("", |&row| self.ids[row as usize].as_str());
                let mut bridges: Vec<Bridge<'_>> = bridges(links)
                    .into_iter()
                    .map(|link| {
                        let (one, other) = (id(link.left), id(link.right));
                        Bridge { a: one.min(other), b: one.max(other), weight: rounded(f64::from(link.weight)) }
                    })
                    .collect();
                bridges.sort_by(|one, other| {
                    one.weight.total_cmp(&other.weight).then_with(|| (one.a, one.b).cmp(&(other.a, other.b)))
                });
                let sum: f64 = links.iter().map(|link| f64::from(link.weight)).sum();
                let weakest = links.iter().map(|link| link.weight).fold(f32::INFINITY, f32::min);
                let pairs = (records * records.saturating_sub(1) / 2).max(1);
                ClusterQuality {
                    cluster: name,
                    rows: rows_of.get(cluster).copied().unwrap_or_default(),
                    records,
                    links: links.len(),
                    density: rounded(links.len() as f64 / pairs as f64),
                    average_weight: rounded(sum / links.len() as f64),
                    weakest_weight: rounded(f64::from(weakest)),
                    bridges: bridges.len(),
                    named_bridges: bridges.into_iter().take(NAMED_BRIDGES).collect(),
                }
            })
            .collect();
        let thread = |of: &ClusterQuality<'_>| of.named_bridges.first().map_or(f64::INFINITY, |bridge| bridge.weight);
        clusters.sort_by(|one, other| thread(one).total_cmp(&thread(other)).then_with(|| one.cluster.cmp(other.cluster)));
        Quality {
            rows: self.ids.len(),
            records: self.records.rows,
            compared: self.linked.candidates,
            links: self.linked.links.len(),
            links_cut: self.linked.links.len() - held,
            clusters,
            unlinkable,
        }
    }
}

/// To thousandths.
fn rounded(number: f64) -> f64 {
    (number * 1_000.0).round() / 1_000.0
}

/// Links that lie on no circle (Tarjan, *A note on finding the bridges of a graph*, 1974), without recursion.
fn bridges(links: &[Link]) -> Vec<Link> {
    let mut records: Vec<u32> = links.iter().flat_map(|link| [link.left, link.right]).collect();
    records.sort_unstable();
    records.dedup();
    let at = |record: u32| records.binary_search(&record).unwrap_or_default();
    let mut neighbours: Vec<Vec<(usize, usize)>> = vec![Vec::new(); records.len()];
    for (number, link) in links.iter().enumerate() {
        neighbours[at(link.left)].push((at(link.right), number));
        neighbours[at(link.right)].push((at(link.left), number));
    }
    // When a record was reached first, and the earliest that is reached from below it.
    let (mut reached, mut earliest) = (vec![0_usize; records.len()], vec![0_usize; records.len()]);
    let (mut time, mut found) = (0, Vec::new());
    for start in 0..records.len() {
        if reached[start] > 0 {
            continue;
        }
        time += 1;
        (reached[start], earliest[start]) = (time, time);
        // A record, the link that led to it, and the next of its neighbours.
        let mut path = vec![(start, usize::MAX, 0)];
        while let Some(top) = path.last_mut() {
            let (record, by) = (top.0, top.1);
            let next = neighbours[record].get(top.2).copied();
            top.2 += 1;
            match next {
                Some((_, link)) if link == by => {}
                Some((other, _)) if reached[other] > 0 => earliest[record] = earliest[record].min(reached[other]),
                Some((other, link)) => {
                    time += 1;
                    (reached[other], earliest[other]) = (time, time);
                    path.push((other, link, 0));
                }
                None => {
                    path.pop();
                    if let Some(&(above, ..)) = path.last() {
                        earliest[above] = earliest[above].min(earliest[record]);
                        if earliest[record] > reached[above] {
                            found.push(links[by]);
                        }
                    }
                }
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::cluster::UnionFind;

    proptest! {
        #[test]
        fn a_bridge_is_what_parts_a_cluster(pairs in prop::collection::btree_set((0_u32..9, 0_u32..9), 0..20)) {
            let links: Vec<Link> = pairs
                .into_iter()
                .filter(|(left, right)| left < right)
                .map(|(left, right)| Link { left, right, weight: 1.0 })
                .collect();
            let parts = |links: &[Link]| {
                let mut union = UnionFind::new(9);
                links.iter().for_each(|link| union.join(link.left, link.right));
                (0..9).filter(|&row| union.root(row) == row).count()
            };
            let mut found: Vec<(u32, u32)> = bridges(&links).iter().map(|link| (link.left, link.right)).collect();
            found.sort_unstable();
            let mut plain = Vec::new();
            for at in 0..links.len() {
                let mut rest = links.clone();
                let link = rest.remove(at);
                if parts(&rest) > parts(&links) {
                    plain.push((link.left, link.right));
                }
            }
            prop_assert_eq!(found, plain);
        }
    }
}
