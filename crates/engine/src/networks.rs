//! The room of network ranges: to which categories an address belongs.

use bonafide_activity::network::Networks;
use bonafide_model::{
    assessment::{LensVersions, ListVersion},
    lens::{Answer, IpTraits, Question, Reply},
};

use crate::house::Room;

/// Network ranges in force.
#[derive(Debug)]
pub struct NetworkRoom {
    networks: Networks,
    /// Each file with the category it is of.
    files: Vec<(String, ListVersion)>,
}

impl NetworkRoom {
    /// Opens the room: ranges by category, and the category and version of each file of them.
    #[must_use]
    pub fn new(networks: Networks, files: Vec<(String, ListVersion)>) -> Self {
        Self { networks, files }
    }

    /// The files that speak for categories; all where an address has none.
    fn source(&self, categories: &[&str]) -> String {
        let spoke = self.files.iter().filter(|(category, _)| categories.is_empty() || categories.contains(&category.as_str()));
        let names = spoke.map(|(_, version)| {
            let hash: String = version.sha256.chars().take(12).collect();
            format!("{} {hash}", version.source)
        });
        names.collect::<Vec<_>>().join(", ")
    }
}

impl Room for NetworkRoom {
    fn answer(&self, question: &Question) -> Option<Answer> {
        let Question::IpTraits(address) = question else { return None };
        // Facts hold addresses that were read as such; what is none lies in no range.
        let categories: Vec<&str> = address.parse().map(|address| self.networks.categories(address)).unwrap_or_default();
        Some(Ok(Reply::IpTraits(IpTraits {
            source: self.source(&categories),
            categories: categories.into_iter().map(str::to_owned).collect(),
            looked_at: self.networks.known().map(str::to_owned).collect(),
        })))
    }

    fn versions(&self, versions: &mut LensVersions) {
        versions.lists.extend(self.files.iter().map(|(_, version)| version.clone()));
    }
}
