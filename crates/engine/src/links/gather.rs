//! From dossiers to a linked graph.

use std::sync::Arc;

use bonafide_model::{dossier::Dossier, id::SubjectId};

use super::{Error, LinkRoom, details::Details, dossier::Gatherer, empty, kept::Kept};
use crate::networks::NetworkRoom;

/// The subjects of a call and, where there is a store, those of its index.
#[derive(Default)]
pub struct Links {
    call: Gatherer,
    bad: Vec<String>,
    networks: Option<Arc<NetworkRoom>>,
    kept: Option<Kept>,
}

impl Links {
    /// An empty collection. With network ranges, addresses of crowds (VPN exits, relays, hosting) link nobody.
    #[must_use]
    pub fn new(networks: Option<Arc<NetworkRoom>>) -> Self {
        Self { networks, ..Self::default() }
    }

    /// Puts the call's subjects on top of those of a store. Who is in both is as the call says.
    #[must_use]
    pub fn upon(mut self, kept: Kept) -> Self {
        self.kept = Some(kept);
        self
    }

    /// Number of subjects of the call.
    #[must_use]
    pub fn subjects(&self) -> usize {
        self.call.count()
    }

    /// Whether a subject was added.
    #[must_use]
    pub fn knows(&self, subject: &SubjectId) -> bool {
        self.call.knows(subject)
    }

    /// Adds a subject. Its first dossier counts: a second one of the same subject is left out.
    ///
    /// # Errors
    /// Where a column holds more values than can be numbered.
    pub fn add(&mut self, dossier: &Dossier) -> Result<(), Error> {
        self.call.add(dossier, self.networks.as_deref())?;
        Ok(())
    }

    /// A person confirmed misrepresentation in the case of this subject of the call. Of the store's subjects its index knows
    /// ([`Kept::decided`]). Nothing else makes anybody bad.
    pub fn confirm(&mut self, subject: &SubjectId) {
        self.bad.push(subject.as_str().trim().to_owned());
    }

    /// Links everybody with everybody.
    ///
    /// # Errors
    /// Where there are more subjects than can be linked, or one of the store cannot be read.
    pub fn link(self) -> Result<LinkRoom, Error> {
        let (mut index, stored) = match self.kept {
            Some(kept) => (kept.index, Some(kept.subjects)),
            None => (empty()?, None),
        };
        let details = Details::new(self.call.finish(), stored, self.networks);
        index.put(&details.call().applicants, &|one, other| details.are_of_one_name(one, other))?;
        if !self.bad.is_empty() {
            let mut bad: Vec<String> = index.known_bad().into_iter().map(|row| index.id(row)).collect();
            bad.extend(self.bad);
            index.set_known_bad(&bad);
        }
        match details.failure() {
            Some(why) => Err(Error::Subject { why }),
            None => Ok(LinkRoom::new(index, details)),
        }
    }
}
