#![doc = include_str!("../README.md")]

mod client;
mod error;

pub use client::{Client, Fetched, Request, Response};
pub use error::Error;
