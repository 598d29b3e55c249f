//! `bonafide config`: every setting and where its value comes from.

use std::{fmt::Write as _, path::Path};

use crate::{
    cli::{Config, Global},
    config,
    output::Sink,
    status::{Failure, Status},
};

pub(crate) fn run(global: &Global, arguments: &Config) -> Result<Status, Failure> {
    let origins = config::load(global, None)?.origins();
    let mut text = String::new();
    if arguments.json {
        text = serde_json::to_string_pretty(&origins).unwrap_or_default();
        text.push('\n');
    } else {
        let name_width = origins.iter().map(|origin| origin.name.len()).max().unwrap_or(0);
        let value_width = origins.iter().map(|origin| origin.value.to_string().len()).max().unwrap_or(0).min(60);
        for origin in &origins {
            let _ = writeln!(text, "{:name_width$} = {:value_width$}  # {}", origin.name, origin.value.to_string(), origin.from);
        }
        text.push_str(
            "\nSet in bonafide.toml, by BONAFIDE_NAME (tables: BONAFIDE_LIMITS__PAGES), or by flags; later ones win.\n",
        );
    }
    let mut sink = Sink::open(Path::new("-"))?;
    sink.write(&text)?;
    sink.finish()?;
    Ok(Status::Done)
}
