//! `bonafide doctor`: verifies the store, the configuration and the reference tables.

use std::{fmt::Write as _, path::Path};

use bonafide_engine::tables::Tables;
use bonafide_store::{SqliteStore, StoreError};

use crate::{
    cli::Global,
    config,
    output::{Sink, count},
    status::{Failure, Status},
    vetted::{options, store_failed},
};

pub(crate) fn run(global: &Global) -> Result<Status, Failure> {
    let settings = config::load(global, None)?.settings;
    let mut text = String::from("configuration  ok (`bonafide config` shows where each value comes from)\n");
    let mut sound = true;

    let mut tables = Tables::builtin();
    match settings.tables.as_deref().map(|folder| tables.add_folder(folder)) {
        None => text.push_str("tables         built-in only; --tables DIR adds registers of employers and schools\n"),
        Some(Ok(_)) => text.push_str("tables         ok\n"),
        Some(Err(error)) => {
            sound = false;
            let _ = writeln!(text, "tables         {error}");
        }
    }
    match SqliteStore::doctor(&options(&settings)) {
        Ok(report) => {
            let _ = writeln!(
                text,
                "store          {}: {}, {}, {} erased, {}, {} verified",
                settings.data.display(),
                count(report.events, "event"),
                count(report.subjects, "subject"),
                report.erased,
                count(report.originals, "original file"),
                count(report.checkpoints, "checkpoint")
            );
            for notice in &report.notices {
                let _ = writeln!(text, "               note: {notice}");
            }
            for problem in &report.problems {
                let _ = writeln!(text, "               WRONG: {problem}");
            }
            sound &= report.sound();
        }
        Err(StoreError::Absent { path }) => {
            let _ = writeln!(text, "store          none yet in {}; `bonafide vet` makes one", path.display());
        }
        Err(error) => return Err(store_failed(&settings, "cannot examine the store", error)),
    }
    text.push_str("lists, intel   none loaded; this version vets without them and says which checks lack them\n");
    text.push_str(if sound { "\nAll is well.\n" } else { "\nSomething is wrong: see above.\n" });
    let mut sink = Sink::open(Path::new("-"))?;
    sink.write(&text)?;
    sink.finish()?;
    if sound {
        Ok(Status::Done)
    } else {
        Err(Failure::Internal {
            what: "the examination found problems".to_owned(),
            hint: "do what each line says".to_owned(),
            source: None,
        })
    }
}
