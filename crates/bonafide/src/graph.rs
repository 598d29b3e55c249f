//! The link graph of a call: its applications on top of the index of the store's subjects.
//!
//! The index lies in the data folder and follows the store's log: whoever was recorded since it last looked is taken in before
//! anybody is assessed. It is derived; where it is missing, damaged or of another version it is made anew from the store.
//!
//! ```text
//! links/VERSION/      the index; VERSION is that of the network ranges, on which it depends
//! ```

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use bonafide_cases::{Cases, DecisionCode, events};
use bonafide_engine::{
    Room as _,
    links::{self, Kept, LinkRoom, Links, Subjects},
    networks::NetworkRoom,
};
use bonafide_model::{ContentHash, assessment::LensVersions, dossier::Dossier, id::SubjectId};
use bonafide_store::{Position, SqliteStore, Store, StoreError, payload::kind};

use crate::{
    config::Settings,
    interrupt::interrupted,
    output,
    status::Failure,
    vetted::{options, store_failed},
};

/// What the index's key is derived for.
const PURPOSE: &str = "link index";
/// Subjects that take a second and more to be taken in.
const MANY: usize = 5_000;
/// How often an index that another program writes is looked at again, and how long to wait between.
const TRIES: u32 = 50;
const PAUSE: Duration = Duration::from_millis(100);

/// The store for reading; `None` where there is none yet.
pub(crate) fn store(settings: &Settings) -> Result<Option<SqliteStore>, Failure> {
    match SqliteStore::open_read_only(&options(settings)) {
        Ok(store) => Ok(Some(store)),
        Err(StoreError::Absent { .. }) => Ok(None),
        Err(error) => Err(store_failed(settings, "cannot open the store", error)),
    }
}

/// Whether what is derived from the store may be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Writes {
    /// It is written for the next call.
    Yes,
    /// Nothing is written anywhere.
    No,
}

/// Puts a call's subjects on top of the store's, if there is one, and links them. Who is in both is as the call says.
pub(crate) fn link(
    settings: &Settings,
    mut links: Links,
    store: Option<&Arc<dyn Store>>,
    networks: Option<&Arc<NetworkRoom>>,
    writes: Writes,
) -> Result<LinkRoom, Failure> {
    on_threads(settings, || {
        if let Some(store) = store {
            links = links.upon(kept(settings, store, networks, writes)?);
        }
        links.link().map_err(|error| unlinked(&error))
    })?
}

/// The graph of the store alone, for commands that assess stored subjects anew.
pub(crate) fn of_store(
    settings: &Settings,
    networks: Option<&Arc<NetworkRoom>>,
    store: &Arc<dyn Store>,
) -> Result<LinkRoom, Failure> {
    link(settings, Links::new(networks.cloned()), Some(store), networks, Writes::Yes)
}

/// Takes subjects out of the index, so that nothing of them is left in it. The store erases them afterwards.
pub(crate) fn forget(settings: &Settings, store: &dyn Store, subjects: &[SubjectId]) -> Result<(), Failure> {
    let Ok(folders) = fs::read_dir(root(settings)) else { return Ok(()) };
    let key = key(settings, store)?;
    for folder in folders.flatten().map(|entry| entry.path()).filter(|path| path.is_dir()) {
        let mut tries = 0;
        loop {
            match Kept::forget(&folder, key, subjects) {
                Ok(()) => break,
                Err(error) if error.is_busy() && tries < TRIES => std::thread::sleep(PAUSE),
                Err(error) if error.is_busy() => return Err(unlinked(&error)),
                // Derived: what cannot be read is made anew when somebody next asks.
                Err(_) => {
                    remove(&folder)?;
                    break;
                }
            }
            tries += 1;
        }
    }
    Ok(())
}

/// Throws the index away, where it may not be what the store is; it is made anew when somebody next asks.
pub(crate) fn discard(settings: &Settings) {
    let root = root(settings);
    if let Err(error) = fs::remove_dir_all(&root)
        && error.kind() != std::io::ErrorKind::NotFound
    {
        output::error(&format!("cannot remove the link index {}: {error}; remove it, it is made anew", root.display()));
    }
}

/// The index of the store's subjects, brought up to date.
fn kept(
    settings: &Settings,
    store: &Arc<dyn Store>,
    networks: Option<&Arc<NetworkRoom>>,
    writes: Writes,
) -> Result<Kept, Failure> {
    let subjects: Arc<dyn Subjects> = Arc::new(Read(Arc::clone(store)));
    let folder = root(settings).join(version(networks.map(AsRef::as_ref)));
    let in_memory = || Kept::in_memory(networks.cloned(), Arc::clone(&subjects)).map_err(|error| unlinked(&error));
    let key = key(settings, store.as_ref())?;
    let open = || Kept::open(&folder, key, networks.cloned(), Arc::clone(&subjects));
    let mut kept = match (folder.is_dir(), writes) {
        (false, Writes::No) => in_memory()?,
        _ => match open() {
            Ok(kept) => kept,
            Err(error) => {
                output::note(&format!("note: the link index is made anew from the store: {error}"));
                if writes == Writes::No {
                    in_memory()?
                } else {
                    remove(&folder)?;
                    open().map_err(|error| unlinked(&error))?
                }
            }
        },
    };
    let failed = |error| store_failed(settings, "cannot read the subjects", error);
    let reached = Reached::of(kept.position());
    let link = store.link_at(reached.position).map_err(failed)?;
    let is_of_this_log = link.is_some_and(|link| reached.tag == tag(&link)) || kept.position() == 0;
    let mut is_whole = is_of_this_log;
    if is_whole && store.erased_since(reached.position).map_err(failed)? {
        // Somebody may have been erased by a program that did not know of the index.
        for subject in kept.ids() {
            is_whole &= store.knows(&subject).map_err(failed)?;
        }
    }
    if !is_whole {
        kept = if writes == Writes::Yes {
            remove(&folder)?;
            open().map_err(|error| unlinked(&error))?
        } else {
            in_memory()?
        };
    }
    follow(settings, store, &mut kept)?;
    if writes == Writes::Yes && kept.persist().map_err(|error| unlinked(&error))? {
        remove_others(settings, &folder);
    }
    Ok(kept)
}

/// Takes in whoever was recorded and what was decided since the index last looked; each subject is read once and then let go.
fn follow(settings: &Settings, store: &Arc<dyn Store>, kept: &mut Kept) -> Result<(), Failure> {
    let failed = |error| store_failed(settings, "cannot read the subjects", error);
    let (head, position) = (store.head().map_err(failed)?, Reached::of(kept.position()).position);
    let touched = store.touched(position, &[kind::FACTS]).map_err(failed)?;
    if touched.len() >= MANY && !settings.quiet {
        output::note(&format!(
            "note: taking {} into the link index; later calls find them there",
            output::count(touched.len(), "subject")
        ));
    }
    for subject in touched {
        if interrupted() {
            return Err(Failure::Interrupted { done: "0 applications".to_owned() });
        }
        if let Some(dossier) = store.dossier(&subject).map_err(failed)? {
            kept.take_in(&dossier).map_err(|error| unlinked(&error))?;
        }
    }
    let cases = Cases::new(Arc::clone(store));
    for subject in store.touched(position, &[events::kind::DECIDED]).map_err(failed)? {
        let case = cases.case_of(&subject).map_err(|error| store_failed(settings, "cannot read the cases", error))?;
        let decision = case.and_then(|case| case.decision);
        kept.decided(&subject, decision.is_some_and(|decision| decision.code == DecisionCode::Confirmed));
    }
    kept.reached(Reached { position: head.position, tag: tag(&head.link) }.to_number()).map_err(|error| unlinked(&error))
}

/// How far the store's log was taken in, and a mark of the log up to there: of a log that was put back to an earlier state and went on
/// otherwise the index must not take the rest.
struct Reached {
    position: Position,
    /// The first bits of the event's hash.
    tag: u64,
}

/// Bits of a mark.
const TAG: u32 = 20;

impl Reached {
    const fn of(number: u64) -> Self {
        Self { position: Position(number >> TAG), tag: number & ((1 << TAG) - 1) }
    }

    const fn to_number(&self) -> u64 {
        self.position.0 << TAG | self.tag
    }
}

fn tag(link: &ContentHash) -> u64 {
    link.as_bytes().iter().take(8).fold(0, |number, &byte| number << 8 | u64::from(byte)) >> (u64::BITS - TAG)
}

/// The store's subjects, read one by one.
struct Read(Arc<dyn Store>);

impl Subjects for Read {
    fn dossier(&self, subject: &SubjectId) -> Result<Option<Dossier>, String> {
        self.0.dossier(subject).map_err(|error| error.to_string())
    }
}

fn root(settings: &Settings) -> PathBuf {
    settings.data.join("links")
}

fn key(settings: &Settings, store: &dyn Store) -> Result<[u8; 32], Failure> {
    store.derived_key(PURPOSE).map_err(|error| store_failed(settings, "cannot derive the key of the link index", error))
}

/// A name for the network ranges that decide whose addresses link nobody.
fn version(networks: Option<&NetworkRoom>) -> String {
    let mut versions = LensVersions::default();
    if let Some(room) = networks {
        room.versions(&mut versions);
    }
    let lists: Vec<String> = versions.lists.iter().map(|list| format!("{}@{}", list.source, list.sha256)).collect();
    ContentHash::of_bytes(lists.join("\n").as_bytes()).short(16)
}

/// Indexes for other network ranges are of no use any more.
fn remove_others(settings: &Settings, current: &Path) {
    let Ok(folders) = fs::read_dir(root(settings)) else { return };
    for folder in folders.flatten().map(|entry| entry.path()).filter(|path| path != current) {
        // What cannot be removed now is when the index is next written.
        let _ = fs::remove_dir_all(folder);
    }
}

fn remove(folder: &Path) -> Result<(), Failure> {
    fs::remove_dir_all(folder).map_err(|source| {
        Failure::internal(format!("cannot remove the link index {}", folder.display()), "remove it; it is made anew", source)
    })
}

/// Links everybody, on as many threads as the settings say.
fn on_threads<T: Send>(settings: &Settings, work: impl FnOnce() -> T + Send) -> Result<T, Failure> {
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(settings.threads)
        .build()
        .map_err(|source| Failure::internal("cannot start threads", "ask for fewer with --threads", source))?;
    Ok(pool.install(work))
}

/// More subjects than can be linked at once, or an index that cannot be used.
pub(crate) fn unlinked(error: &links::Error) -> Failure {
    Failure::Unreadable {
        what: format!("the subjects cannot be linked: {error}"),
        hint: "vet fewer at once, or erase records whose time has come (`bonafide case erase`)".to_owned(),
    }
}
