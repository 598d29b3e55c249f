//! `bonafide serve`: one port.

use std::{net::SocketAddr, time::Duration};

use bonafide_server::taxii::Taxii;

use crate::{
    cli::{Global, Serve},
    config,
    interrupt::interrupted,
    output,
    status::{Failure, Status},
};

/// How often it is looked whether the user asked to stop.
const LOOK: Duration = Duration::from_millis(100);

pub(crate) fn run(global: &Global, arguments: &Serve) -> Result<Status, Failure> {
    let settings = config::load(global, None)?.settings;
    check(arguments.listen, arguments.behind_proxy)?;
    let Some(of_taxii) = &settings.taxii else {
        return Err(Failure::usage(
            "nothing is configured to be served",
            "add [taxii] to bonafide.toml: docs/taxii.md shows how; the console is not in this version",
        ));
    };
    let folder = settings.data.join("taxii");
    let taxii = Taxii::open(of_taxii, &folder).map_err(|error| {
        Failure::usage_because("the collections cannot be served", "correct what is named and start again", error)
    })?;
    let (collections, users) = (of_taxii.collections.len(), of_taxii.users.len());
    let ready = |address: SocketAddr| {
        let counts = format!("{}, {}", output::count(collections, "collection"), output::count(users, "user"));
        output::note(&format!("TAXII 2.1 at http://{address}/taxii2/ ({counts}); Ctrl-C ends it"));
    };
    let end = async {
        while !interrupted() {
            bonafide_server::wait(LOOK).await;
        }
    };
    bonafide_server::serve(&taxii.router(), arguments.listen, ready, end).map_err(|error| {
        let hint = "name an address of this machine and a port that is free with --listen";
        Failure::usage_because("nothing is served", hint, error)
    })?;
    Ok(Status::Done)
}

/// What is not encrypted leaves this machine only where somebody else encrypts it.
fn check(address: SocketAddr, behind_proxy: bool) -> Result<(), Failure> {
    if address.ip().is_loopback() || behind_proxy {
        return Ok(());
    }
    Err(Failure::usage(
        format!("{address} can be reached from other machines, and passwords would go there unencrypted"),
        "listen at 127.0.0.1 and put a proxy with TLS before it, or say with --behind-proxy that there is one",
    ))
}
