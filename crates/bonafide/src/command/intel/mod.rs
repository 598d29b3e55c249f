//! `bonafide intel`: what partners pass on.

mod extract;
mod lines;
mod validate;

use crate::{
    cli::{Global, Intel},
    status::{Failure, Status},
};

pub(crate) fn run(global: &Global, arguments: &Intel) -> Result<Status, Failure> {
    match arguments {
        Intel::Extract(arguments) => extract::run(global, arguments),
        Intel::Validate(arguments) => validate::run(global, arguments),
    }
}
