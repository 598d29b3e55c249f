use std::sync::Arc;

use bonafide_store::{Area, KeySource, Options, SqliteStore, Store, StoreError};

use crate::{
    erasing::order,
    support::{House, copy, files, id, person},
};

#[test]
fn without_its_keyring_a_store_stays_closed() {
    let (house, other) = (House::new(), House::new());
    house.open().append(person(1)).unwrap();
    other.open().append(person(2)).unwrap();
    let (keys, aside) = (house.options().keys_folder().to_owned(), house.folder.path().join("aside"));
    std::fs::rename(&keys, &aside).unwrap();
    let missing = SqliteStore::open(&house.options()).unwrap_err();
    assert!(matches!(missing, StoreError::KeyringMissing { .. }), "{missing}");
    assert!(matches!(SqliteStore::open_read_only(&house.options()), Err(StoreError::KeyringMissing { .. })));

    copy(other.options().keys_folder(), &keys);
    let foreign = SqliteStore::open(&house.options()).unwrap_err();
    assert!(foreign.to_string().contains("belongs to another store"), "{foreign}");
    let report = SqliteStore::doctor(&house.options()).unwrap();
    assert!(report.problems.iter().any(|problem| problem.area == Area::Keyring), "{report:?}");

    std::fs::remove_dir_all(&keys).unwrap();
    std::fs::rename(&aside, &keys).unwrap();
    assert!(house.open().dossier(&id("app-00001")).unwrap().is_some());
}

#[test]
fn an_older_copy_of_the_keyring_is_noticed_and_brings_nobody_back() {
    let house = House::new();
    house.open().append(person(1)).unwrap();
    let keys = house.options().keys_folder().to_owned();
    let old = house.folder.path().join("old");
    copy(&keys, &old);
    {
        let store = house.open();
        store.append(person(2)).unwrap();
        store.erase(&[id("app-00001")], &order()).unwrap();
    }
    std::fs::remove_dir_all(&keys).unwrap();
    copy(&old, &keys);
    let report = SqliteStore::doctor(&house.options()).unwrap();
    let areas: Vec<_> = report.problems.iter().map(|problem| problem.area).collect();
    assert!(areas.contains(&Area::Keyring) && areas.contains(&Area::Checkpoints), "{report:#?}");
    assert!(SqliteStore::open(&house.options()).is_err());
}

#[test]
fn a_bent_epoch_key_or_wraps_file_is_named() {
    for name in ["epoch-00000001.key", "wraps-00000001.bin"] {
        let house = House::new();
        house.open().append(person(1)).unwrap();
        let path = house.options().keys_folder().join(name);
        let whole = std::fs::read(&path).unwrap();
        for at in (0..whole.len()).step_by(7) {
            let mut bent = whole.clone();
            bent[at] ^= 0x20;
            std::fs::write(&path, &bent).unwrap();
            let opened = SqliteStore::open(&house.options());
            assert!(
                matches!(opened, Err(StoreError::KeyringDamaged { .. } | StoreError::KeysLost { .. })),
                "{name} byte {at}: {opened:?}"
            );
            assert!(!SqliteStore::doctor(&house.options()).unwrap().sound(), "{name} byte {at}");
        }
        std::fs::write(&path, &whole).unwrap();
        house.open().append(person(2)).unwrap();
    }
}

#[test]
fn a_torn_end_of_the_wrapped_keys_is_dropped_where_nobody_needs_it() {
    for torn in [&b"\x05"[..], &[200, 0, 0, 0, 1, 2, 3], &[0; 300], &[8, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8], &[255; 64]] {
        let house = House::new();
        house.open().append(person(1)).unwrap();
        // Another process has the store open while a third one dies.
        let other = house.open();
        let path = house.options().keys_folder().join("wraps-00000001.bin");
        let mut bytes = std::fs::read(&path).unwrap();
        bytes.extend_from_slice(torn);
        std::fs::write(&path, bytes).unwrap();
        assert_eq!(SqliteStore::open_read_only(&house.options()).unwrap().subjects().unwrap().len(), 1);
        other.append(person(2)).unwrap();
        house.open().append(person(3)).unwrap();
        other.append(person(4)).unwrap();
        drop(other);
        assert_eq!(house.open().subjects().unwrap().len(), 4);
        let report = SqliteStore::doctor(&house.options()).unwrap();
        assert!(report.sound(), "{torn:?}: {:#?}", report.problems);
    }
}

#[test]
fn the_epoch_key_may_be_wrapped_by_the_environment() {
    let house = House::new();
    let source = KeySource::Environment { variable: "BONAFIDE_TEST_ROOT_KEY".into() };
    let options: Options = house.options().key_source(source);
    // Each test runs in a process of its own and before any thread of its own: the only safe way to set a variable is a child.
    if std::env::var("BONAFIDE_TEST_ROOT_KEY").is_err() {
        let missing = SqliteStore::open(&options).unwrap_err();
        assert!(missing.to_string().contains("BONAFIDE_TEST_ROOT_KEY"), "{missing}");
        let status = std::process::Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "keys::the_epoch_key_may_be_wrapped_by_the_environment"])
            .env("BONAFIDE_TEST_ROOT_KEY", "0123456789abcDEF".repeat(4))
            .status()
            .unwrap();
        assert!(status.success());
        return;
    }
    let store = SqliteStore::open(&options).unwrap();
    store.append(person(1)).unwrap();
    store.append(person(2)).unwrap();
    store.erase(&[id("app-00001")], &order()).unwrap();
    drop(store);
    let store = SqliteStore::open(&options).unwrap();
    assert_eq!(store.subjects().unwrap().len(), 1);
    drop(store);
    let plain = SqliteStore::open(&house.options()).unwrap_err();
    assert!(plain.to_string().contains("wrapped under an environment key"), "{plain}");
}

#[cfg(unix)]
#[test]
fn the_epoch_key_may_live_in_a_vault_behind_a_command() {
    use std::os::unix::fs::PermissionsExt;
    let house = House::new();
    let vault = house.folder.path().join("vault");
    std::fs::create_dir(&vault).unwrap();
    let script = house.folder.path().join("vault.sh");
    let text = "#!/bin/sh\nfile=\"$1/$3\"\ncase $2 in\nread) cat \"$file\" 2>/dev/null || true ;;\nwrite) cat > \"$file\" ;;\ndestroy) rm -f \"$file\" ;;\nesac\n";
    std::fs::write(&script, text).unwrap();
    std::fs::set_permissions(&script, std::fs::Permissions::from_mode(0o700)).unwrap();
    let source = KeySource::Command { program: script.clone(), arguments: vec![vault.display().to_string()] };
    let options = house.options().key_source(source);
    let store = SqliteStore::open(&options).unwrap();
    store.append(person(1)).unwrap();
    store.append(person(2)).unwrap();
    store.erase(&[id("app-00001")], &order()).unwrap();
    drop(store);
    assert_eq!(files(&vault), [vault.join("2")], "the old epoch was destroyed");
    assert!(!files(&house.data()).iter().any(|path| path.to_string_lossy().contains("epoch")));
    assert_eq!(SqliteStore::open(&options).unwrap().subjects().unwrap().len(), 1);

    std::fs::write(&script, "#!/bin/sh\nexit 3\n").unwrap();
    let error = SqliteStore::open(&options).unwrap_err();
    assert!(matches!(error, StoreError::Vault { .. }), "{error}");
    assert!(error.to_string().contains("exit status: 3"), "{error}");
    std::fs::remove_file(&script).unwrap();
    assert!(matches!(SqliteStore::open(&options), Err(StoreError::Vault { .. })));
}

#[test]
fn keys_may_live_on_another_disk() {
    let house = House::new();
    let elsewhere = house.folder.path().join("elsewhere");
    let options = house.options().keys(&elsewhere);
    SqliteStore::open(&options).unwrap().append(person(1)).unwrap();
    assert!(elsewhere.join("checkpoints.log").exists() && !house.data().join("keys").exists());
    assert!(SqliteStore::doctor(&options).unwrap().sound());
    let _shared: Arc<dyn Store> = Arc::new(SqliteStore::open(&options).unwrap());
}
