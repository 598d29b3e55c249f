//! What is served to whom.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

/// The table `[taxii]` of the configuration.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// What the server calls itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// What it is for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Whom to turn to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact: Option<String>,
    /// The collections.
    #[serde(default)]
    pub collections: Vec<CollectionSettings>,
    /// Who may read and write them.
    #[serde(default)]
    pub users: Vec<UserSettings>,
}

/// A collection.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CollectionSettings {
    /// Its id, a UUID as the standard has it, or letters, digits and hyphens.
    pub id: String,
    /// Its title.
    pub title: String,
    /// What is in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
}

/// A user.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UserSettings {
    /// The name he signs in with.
    pub name: String,
    /// His password as an argon2id PHC string; never written out.
    #[serde(skip_serializing)]
    pub password_hash: String,
    /// Ids of the collections that he may read.
    #[serde(default)]
    pub read: Vec<String>,
    /// Ids of the collections that he may write.
    #[serde(default)]
    pub write: Vec<String>,
}

impl Settings {
    /// What is wrong with them, if anything is.
    pub(super) fn check(&self) -> Result<(), String> {
        let mut ids = BTreeSet::new();
        for of in &self.collections {
            let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
            if of.id.is_empty() || of.id.len() > 100 || !of.id.bytes().all(is_plain) {
                return Err(format!("the collection id {:?} is none; write a UUID", of.id));
            }
            if !ids.insert(of.id.as_str()) {
                return Err(format!("two collections have the id {}; give each its own", of.id));
            }
        }
        let mut names = BTreeSet::new();
        for user in &self.users {
            if user.name.is_empty() || user.name.contains(':') || user.name.chars().any(char::is_control) {
                return Err(format!(
                    "{:?} cannot be a user's name: it is empty, or holds a colon or what nobody can see",
                    user.name
                ));
            }
            if !names.insert(user.name.as_str()) {
                return Err(format!("two users are called {}; give each a name of his own", user.name));
            }
            if let Some(id) = user.read.iter().chain(&user.write).find(|id| !ids.contains(id.as_str())) {
                return Err(format!("{} may use the collection {id}, which is not there", user.name));
            }
        }
        Ok(())
    }
}
