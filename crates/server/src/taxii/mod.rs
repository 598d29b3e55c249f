//! TAXII 2.1 (OASIS Standard, 10 June 2021): discovery, one API root, its collections.
//!
//! A user sees the collections that he may read or write, and no others. A collection that is not his is as one that is not there.

mod answer;
mod media;
mod request;
mod settings;
mod status;
mod users;

use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
    sync::Arc,
};

use axum::{Router, extract::Request, response::Response, routing::any};
use bonafide_intel::taxii::{Collection, CollectionError, CursorKey};
use thiserror::Error;

pub use settings::{CollectionSettings, Settings, UserSettings};

use status::Statuses;
use users::Users;

/// The path of the discovery resource.
const DISCOVERY: &str = "/taxii2/";
/// The path of the API root.
const ROOT: &str = "/taxii2/bonafide/";
/// Bytes of a request's body at most.
const MOST_BYTES: usize = 32 << 20;

/// Why TAXII cannot be served.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum TaxiiError {
    /// The settings contradict themselves or the standard.
    #[error("[taxii] in the configuration: {0}")]
    Settings(String),
    /// A file of the collections cannot be used.
    #[error("{what} at {path}")]
    File {
        /// What was to be done.
        what: &'static str,
        /// Where.
        path: PathBuf,
        /// The cause.
        #[source]
        source: io::Error,
    },
    /// A collection cannot be used.
    #[error(transparent)]
    Collection(#[from] CollectionError),
    /// The system has no randomness.
    #[error("the system gives no random numbers: {0}")]
    Randomness(String),
}

/// A collection that is served.
struct Served {
    settings: CollectionSettings,
    collection: Collection,
}

/// All that TAXII serves.
struct State {
    settings: Settings,
    collections: BTreeMap<String, Served>,
    users: Users,
    statuses: Statuses,
    cursors: CursorKey,
}

/// Collections that are open, to be served.
#[derive(Clone)]
pub struct Taxii(Arc<State>);

impl std::fmt::Debug for Taxii {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Taxii").field("collections", &self.0.collections.len()).finish_non_exhaustive()
    }
}

impl Taxii {
    /// Opens the collections of the settings in a folder, and makes those that are not there yet.
    ///
    /// # Errors
    /// [`TaxiiError`] where the settings are wrong or a file cannot be used.
    pub fn open(settings: &Settings, folder: &Path) -> Result<Self, TaxiiError> {
        settings.check().map_err(TaxiiError::Settings)?;
        let failed = |what, path: &Path| {
            let path = path.to_owned();
            move |source| TaxiiError::File { what, path, source }
        };
        fs::create_dir_all(folder).map_err(failed("the folder of the collections cannot be made", folder))?;
        let key_file = folder.join("cursor.key");
        let mut collections = BTreeMap::new();
        for of in &settings.collections {
            let collection = Collection::open(&folder.join(format!("{}.log", of.id)))?;
            collections.insert(of.id.clone(), Served { settings: of.clone(), collection });
        }
        Ok(Self(Arc::new(State {
            collections,
            users: Users::of(&settings.users)?,
            statuses: Statuses::default(),
            cursors: CursorKey::from_bytes(
                kept_key(&key_file).map_err(failed("the key of the cursors cannot be kept", &key_file))?,
            ),
            settings: settings.clone(),
        })))
    }

    /// The routes, from `/taxii2/` on.
    pub fn router(&self) -> Router {
        let state = Arc::clone(&self.0);
        let handler = move |request: Request| {
            let state = Arc::clone(&state);
            async move { state.answer(request).await }
        };
        Router::new()
            .route("/taxii2", any(handler.clone()))
            .route("/taxii2/", any(handler.clone()))
            .route("/taxii2/{*rest}", any(handler))
    }
}

impl State {
    async fn answer(self: Arc<Self>, request: Request) -> Response {
        request::answer(self, request).await.unwrap_or_else(|refused| refused.into_response())
    }
}

/// The key in a file that its owner alone may read; made where it is missing.
fn kept_key(path: &Path) -> io::Result<[u8; 32]> {
    if let Ok(bytes) = fs::read(path)
        && let Ok(key) = bytes.try_into()
    {
        return Ok(key);
    }
    let mut key = [0; 32];
    getrandom::getrandom(&mut key).map_err(|error| io::Error::other(error.to_string()))?;
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    io::Write::write_all(&mut options.open(path)?, &key)?;
    Ok(key)
}
