//! Who shares what with whom, as a picture with a table beside it.
//!
//! A shared value is a node of its own, with a line to each who shares it: three who share one telephone are three lines to one
//! number, not a triangle whose edges all say the same. Positions are computed here and depend on the graph alone, so the same graph
//! gives the same bytes.
//!
//! ```
//! use bonafide_report::graph::{Graph, Person, Role, Shared};
//! let mut graph = Graph::new("Ring r:17");
//! let one = graph.add(Person::new("17", Role::Centre));
//! let other = graph.add(Person::new("23", Role::Member));
//! graph.share(Shared::new("phone", "+351 555 0100", 12.4).held_by(2).between([one, other]));
//! let mut svg = Vec::new();
//! graph.write_svg(&mut svg)?;
//! assert!(String::from_utf8_lossy(&svg).starts_with("<svg "));
//! # Ok::<(), bonafide_report::Error>(())
//! ```

mod assessment;
mod layout;
mod overlap;
mod page;
mod paths;
mod svg;

use std::io::Write;

use crate::error::Error;

pub(crate) use assessment::of_assessment;
pub(crate) use page::figure;

/// Rules of the picture, for pages and for pictures that stand alone.
pub(crate) const STYLE: &str = include_str!("graph.css");

/// Applications and what they share.
#[derive(Clone, Debug, Default)]
pub struct Graph {
    title: String,
    /// Sentences that stand above the picture.
    notes: Vec<String>,
    people: Vec<Person>,
    shared: Vec<Shared>,
}

/// An application in a picture.
#[derive(Clone, Debug, PartialEq)]
pub struct Person {
    /// Its id.
    pub id: String,
    /// What it is called besides, where that is known.
    pub name: Option<String>,
    /// Why it is in the picture.
    pub role: Role,
    /// The person it belongs to, where that is known.
    pub person: Option<String>,
    /// The ring it belongs to, where that is known.
    pub ring: Option<String>,
    /// What speaks for its belonging to a ring, in bits.
    pub score: Option<f64>,
}

/// Why an application is in a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The picture is about it.
    Centre,
    /// It is of the same ring.
    Member,
    /// It is linked to one of them, or is a cluster or persona that it is linked to.
    Linked,
    /// People or intel call it bad.
    KnownBad,
}

/// A value that some have in common.
#[derive(Clone, Debug, PartialEq)]
pub struct Shared {
    /// The kind of value, as results name it.
    pub kind: String,
    /// The value.
    pub value: String,
    /// What it weighs in bits.
    pub weight: f64,
    /// How many hold it in the whole set, in the picture or not, where that is known.
    pub holders: Option<u32>,
    /// Whether it says that they are one person, and not that one hand is behind them.
    pub same_person: bool,
    people: Vec<usize>,
}

impl Person {
    /// An application.
    #[must_use]
    pub fn new(id: &str, role: Role) -> Self {
        Self { id: id.to_owned(), name: None, role, person: None, ring: None, score: None }
    }
}

impl Role {
    /// In words.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Centre => "asked about",
            Self::Member => "of the ring",
            Self::Linked => "linked",
            Self::KnownBad => "known bad",
        }
    }

    const fn class(self) -> &'static str {
        match self {
            Self::Centre => "centre",
            Self::Member => "member",
            Self::Linked => "linked",
            Self::KnownBad => "bad",
        }
    }
}

impl Shared {
    /// A value: its kind, itself, its weight in bits.
    #[must_use]
    pub fn new(kind: &str, value: &str, weight: f64) -> Self {
        let weight = if weight.is_finite() { weight } else { 0.0 };
        Self { kind: kind.to_owned(), value: value.to_owned(), weight, holders: None, same_person: false, people: Vec::new() }
    }

    /// Says how many hold it in the whole set.
    #[must_use]
    pub const fn held_by(mut self, holders: u32) -> Self {
        self.holders = Some(holders);
        self
    }

    /// Says that it makes one person of those who share it.
    #[must_use]
    pub fn of_one_person(mut self) -> Self {
        self.same_person = true;
        self
    }

    /// Says who shares it, by what [`Graph::add`] returned.
    #[must_use]
    pub fn between(mut self, people: impl IntoIterator<Item = usize>) -> Self {
        self.people.extend(people);
        self.people.sort_unstable();
        self.people.dedup();
        self
    }
}

impl Graph {
    /// An empty graph.
    #[must_use]
    pub fn new(title: &str) -> Self {
        Self { title: title.to_owned(), ..Self::default() }
    }

    /// Adds a sentence above the picture.
    pub fn note(&mut self, note: String) {
        self.notes.push(note);
    }

    /// Adds an application; returns its number.
    pub fn add(&mut self, person: Person) -> usize {
        self.people.push(person);
        self.people.len() - 1
    }

    /// Adds a shared value. Numbers of nobody are left out.
    pub fn share(&mut self, mut shared: Shared) {
        shared.people.retain(|&person| person < self.people.len());
        self.shared.push(shared);
    }

    /// How many applications it shows.
    #[must_use]
    pub fn people(&self) -> usize {
        self.people.len()
    }

    /// How many shared values it shows.
    #[must_use]
    pub fn shared(&self) -> usize {
        self.shared.len()
    }

    /// The shared values, heaviest first.
    #[must_use]
    pub fn heaviest_first(&self) -> Vec<&Shared> {
        let mut shared: Vec<&Shared> = self.shared.iter().collect();
        shared.sort_by(|one, other| {
            other.weight.total_cmp(&one.weight).then_with(|| (&one.kind, &one.value).cmp(&(&other.kind, &other.value)))
        });
        shared
    }

    /// Who in the picture shares a value of it.
    pub fn holders_of<'g>(&'g self, shared: &'g Shared) -> impl Iterator<Item = &'g Person> {
        shared.people.iter().filter_map(|&person| self.people.get(person))
    }

    /// Writes a picture that stands alone.
    ///
    /// # Errors
    /// [`Error::Write`] where the writer refuses.
    pub fn write_svg(&self, out: &mut impl Write) -> Result<(), Error> {
        let markup = svg::alone(self);
        out.write_all(markup.into_string().as_bytes()).and_then(|()| out.write_all(b"\n")).map_err(Error::writing("SVG"))
    }

    /// Writes a page with the picture and the same as tables.
    ///
    /// # Errors
    /// [`Error::Write`] where the writer refuses.
    pub fn write_html(&self, out: &mut impl Write) -> Result<(), Error> {
        out.write_all(page::page(self).into_string().as_bytes()).map_err(Error::writing("HTML"))
    }
}
