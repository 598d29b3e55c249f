//! `bonafide doctor`: verifies the store, the configuration and the reference tables.

use std::{fmt::Write as _, path::Path};

use bonafide_engine::tables::Tables;
use bonafide_store::{SqliteStore, StoreError};

use jiff::Timestamp;

use crate::{
    cli::Global,
    command::lists::{room, status::in_force},
    config::{self, Settings},
    output::{Sink, count},
    status::{Failure, Status},
    vetted::{options, store_failed},
};

/// The lists in force. Every one is read again: a damaged file is found here and not in the middle of a vetting.
fn lists(settings: &Settings) -> Result<String, Failure> {
    let room = room::lists(settings)?;
    let in_force = in_force(settings, Timestamp::now())?;
    if room.is_none() {
        return Ok("watch lists    none in force; `bonafide lists update` fetches them\n".to_owned());
    }
    let mut text = String::new();
    for (number, source) in in_force.iter().enumerate() {
        let label = if number == 0 { "watch lists" } else { "" };
        let old = if source.old { "; OLD: `bonafide lists update` asks its publisher" } else { "" };
        let _ = writeln!(text, "{label:<14} {}: {}{old}", source.source, entries(source.manifest.entries));
    }
    Ok(text)
}

fn entries(number: usize) -> String {
    if number == 1 { "1 entry".to_owned() } else { format!("{number} entries") }
}

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
    match lists(&settings) {
        Ok(lines) => text.push_str(&lines),
        Err(failure) => {
            sound = false;
            let _ = writeln!(text, "watch lists    WRONG: {}", failure.to_text().replace('\n', " "));
        }
    }
    text.push_str("intel          none loaded; this version vets without it and says which checks lack it\n");
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
