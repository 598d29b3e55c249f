use std::{
    io,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use bonafide_store::{Options, Probe, Record, SqliteStore, Store, StoreError};

use crate::{
    erasing::order,
    support::{House, application, assessment, id, person},
};

/// Fails at the `limit`-th durable step and at every one after it, as a dead process would.
fn dies_at(limit: usize) -> (Probe, Arc<AtomicUsize>) {
    let steps = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&steps);
    let probe = move |step: &'static str, path: &Path| {
        let at = count.fetch_add(1, Ordering::SeqCst);
        if at < limit { Ok(()) } else { Err(io::Error::other(format!("dead at step {at}: {step} {}", path.display()))) }
    };
    (Arc::new(probe), steps)
}

fn examined(options: &Options) {
    let report = SqliteStore::doctor(options).unwrap();
    assert!(report.sound(), "{:#?}", report.problems);
}

/// Runs `work` with a death at every step in turn, and calls `check` on what a new process finds; answers how many steps there are.
fn at_every_step(
    prepare: impl Fn(&SqliteStore),
    work: impl Fn(&SqliteStore) -> bool,
    check: impl Fn(&SqliteStore, bool),
) -> usize {
    for limit in 0.. {
        let house = House::new();
        prepare(&house.open());
        let (probe, steps) = dies_at(limit);
        let opened = SqliteStore::open(&house.options().probed(probe));
        let acknowledged = match opened {
            Ok(store) => {
                let acknowledged = work(&store);
                store.abandon();
                acknowledged
            }
            Err(_) => false,
        };
        let store = house.open();
        check(&store, acknowledged);
        store.append(person(99)).unwrap();
        drop(store);
        examined(&house.options());
        if steps.load(Ordering::SeqCst) <= limit {
            assert!(acknowledged, "without a death the work is done");
            return limit;
        }
    }
    unreachable!("every work has an end")
}

#[test]
fn an_append_that_dies_anywhere_is_whole_or_not_there() {
    let steps = at_every_step(
        |store| drop(store.append(person(1)).unwrap()),
        |store| store.append(person(2)).is_ok(),
        |store, acknowledged| {
            assert!(store.dossier(&id("app-00001")).unwrap().is_some());
            let there = store.dossier(&id("app-00002")).unwrap();
            assert!(there.is_some() || !acknowledged, "acknowledged means kept");
            if there.is_some() {
                let originals = store.facts(&id("app-00002"), bonafide_store::Others::Named).unwrap().unwrap().originals;
                store.original(&id("app-00002"), &originals[0].1).unwrap();
                assert_eq!(store.history(&id("app-00002"), bonafide_store::Others::Named).unwrap().len(), 3);
            }
            // A retry, which is what a caller does who got no answer.
            store.append(person(2)).unwrap();
            assert_eq!(store.subjects().unwrap().len(), 2);
            assert_eq!(store.history(&id("app-00002"), bonafide_store::Others::Named).unwrap().len(), 3, "nothing doubles");
        },
    );
    assert!(steps > 8, "the probe sees the steps: {steps}");
}

#[test]
fn an_erasure_that_dies_anywhere_is_completed_once_it_was_ordered() {
    let (ada, bob) = (id("ada"), id("bob"));
    let steps = at_every_step(
        |store| {
            store.record_subject(application(&ada, "lovelock")).unwrap();
            store.record_subject(application(&bob, "builder")).unwrap();
            store.record_assessment(assessment(&ada, "Ada", Some(&bob))).unwrap();
        },
        |store| store.erase(std::slice::from_ref(&bob), &order()).is_ok(),
        |store, acknowledged| {
            let left = store.dossier(&bob).unwrap();
            assert!(left.is_none() || !acknowledged);
            assert!(store.dossier(&ada).unwrap().is_some(), "nobody else is lost");
            let assessed = store.assessment(&ada, bonafide_store::Others::Named).unwrap().unwrap().assessed;
            let named = &assessed.assessment.findings[0].evidence[0].compared_with.id;
            assert_eq!(named == "erased", left.is_none(), "{named}");
            if left.is_some() {
                store.erase(std::slice::from_ref(&bob), &order()).unwrap();
                assert!(store.dossier(&bob).unwrap().is_none());
            }
        },
    );
    assert!(steps > 12, "the probe sees the steps: {steps}");
}

#[test]
fn a_store_whose_making_dies_anywhere_can_be_made_again() {
    for limit in 0.. {
        let house = House::new();
        let (probe, steps) = dies_at(limit);
        if let Ok(store) = SqliteStore::open(&house.options().probed(probe)) {
            store.abandon();
        }
        house.open().append(person(1)).unwrap();
        examined(&house.options());
        if steps.load(Ordering::SeqCst) <= limit {
            assert!(limit > 5);
            return;
        }
    }
}

#[test]
fn a_full_disk_loses_nothing_and_is_named() {
    let house = House::new();
    let store = house.open();
    store.append(person(1)).unwrap();
    store.limit_pages(24).unwrap();
    let mut stored = 1;
    let error = loop {
        match store.append(person(stored + 1)) {
            Ok(_) => stored += 1,
            Err(error) => break error,
        }
        assert!(stored < 1000, "the limit holds");
    };
    assert!(matches!(error, StoreError::NoSpace { .. }), "{error}");
    assert!(error.to_string().starts_with("no space left"), "{error}");
    assert_eq!(store.subjects().unwrap().len(), stored);
    store.limit_pages(100_000).unwrap();
    store.append(person(stored + 1)).unwrap();
    assert_eq!(store.subjects().unwrap().len(), stored + 1);
    drop(store);
    examined(&house.options());
}

#[test]
fn a_full_disk_beside_the_database_is_named_too() {
    for full in ["append to", "write", "flush"] {
        let house = House::new();
        house.open().append(person(1)).unwrap();
        let probe: Probe = Arc::new(move |step, _| if step == full { Err(io::ErrorKind::StorageFull.into()) } else { Ok(()) });
        let store = SqliteStore::open(&house.options().probed(probe)).unwrap();
        let error = store.append(person(2)).unwrap_err();
        assert!(matches!(error, StoreError::NoSpace { .. }), "{full}: {error}");
        store.abandon();
        let store = house.open();
        store.append(vec![Record::Subject(application(&id("app-00002"), "person00002"))]).unwrap();
        drop(store);
        examined(&house.options());
    }
}

#[cfg(unix)]
#[test]
fn a_file_that_may_not_be_written_is_named() {
    use std::os::unix::fs::PermissionsExt;
    let house = House::new();
    house.open().append(person(1)).unwrap();
    let probe: Probe =
        Arc::new(
            |_, path: &Path| {
                if path.ends_with("checkpoints.log") { Err(io::ErrorKind::PermissionDenied.into()) } else { Ok(()) }
            },
        );
    let store = SqliteStore::open(&house.options().probed(probe)).unwrap();
    let error = store.append(person(2)).unwrap_err();
    assert!(error.to_string().starts_with("not permitted to append to"), "{error}");
    assert!(error.to_string().contains("checkpoints.log"), "{error}");
    store.abandon();

    let keys = house.options().keys_folder().to_owned();
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&keys), 0o700);
    assert_eq!(mode(&house.options().database_file()), 0o600);
    for path in crate::support::files(&house.data()) {
        assert_eq!(mode(&path) & 0o077, 0, "{}", path.display());
    }
    std::fs::set_permissions(keys.join("checkpoints.log"), std::fs::Permissions::from_mode(0o644)).unwrap();
    let report = SqliteStore::doctor(&house.options()).unwrap();
    assert!(report.problems.iter().any(|problem| problem.advice.starts_with("Run: chmod 600")), "{:?}", report.problems);
}
