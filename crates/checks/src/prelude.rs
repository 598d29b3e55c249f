//! What nearly every check needs.

#![allow(unused_imports, reason = "no single check needs all of it")]

pub(crate) use bonafide_model::{
    check::{CheckMeta, Early, Family, Flags, Need, Outcome, Stage, Status, Strength},
    dossier::{Dossier, Known},
    fact::*,
    finding::{Compared, ComparedKind, Evidence, Finding, observed},
    id::CheckCode,
    lens::{Identifier, IdentifierKind, Lens},
    time::{End, PartialDate, UtcOffset, YearMonth},
};
