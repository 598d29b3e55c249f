//! Entities in the FollowTheMoney format, one JSON object a line, as OpenSanctions and others publish them.
//!
//! Entities with names become entries. Addresses, papers, sanctions and links between parties are entities of their own in this
//! format and name others by id; lines stand in any order, so they are joined in a second pass. The nested form, in which they stand
//! inside the properties of their parties, is read alike. The first of an entity's `datasets` becomes its list, so that one file of
//! several lists keeps them apart. Source: the FollowTheMoney model's documentation.

mod properties;

use std::collections::HashMap;

use bonafide_formats::{
    json::{self, Kind, Node},
    packed,
};

use bonafide_model::Canonical;

pub(crate) use self::properties::identifiers;
use self::properties::{add_documents, address, entry, ids, string, text, values};
use super::{Opened, Read, dates, limits};
use crate::{
    entry::{Address, EntryId, Link, ListCode, Relation, Share},
    error::Error,
};

/// Entities inside entities, inside entities: deeper ones are left out.
const MOST_DEPTH: u8 = 4;
/// Parties that one link or paper may name on either side.
const MOST_PARTIES: usize = 100;

/// Interests between parties: the schema, who holds the interest, in whom, and what the holder is to the other.
const INTERESTS: [(&str, &str, &str, Relation); 10] = [
    ("Ownership", "owner", "asset", Relation::Owner),
    ("Directorship", "director", "organization", Relation::Controller),
    ("Representation", "client", "agent", Relation::Controller),
    ("Succession", "predecessor", "successor", Relation::Linked),
    ("Membership", "organization", "member", Relation::Linked),
    ("Employment", "employer", "employee", Relation::Linked),
    ("Family", "relative", "person", Relation::Family),
    ("Associate", "associate", "person", Relation::Linked),
    ("UnknownLink", "object", "subject", Relation::Linked),
    ("ProjectParticipant", "project", "participant", Relation::Linked),
];

pub(super) fn read(file: &Opened) -> Result<Read, Error> {
    let failed = |source| Error::Format { file: file.name.to_string(), source };
    let mut pass = Pass::new(file);
    let mut lines = packed::lines(&file.bytes[..], &limits()).map_err(failed)?;
    let mut last = None;
    while let Some(line) = lines.next_line() {
        let line = line.map_err(failed)?;
        if line.bytes.trim_ascii().is_empty() {
            continue;
        }
        let record = usize::try_from(line.number).unwrap_or(usize::MAX);
        let outcome = match json::parse(line.bytes, &limits()) {
            Ok(tree) => pass.visit(tree.root(), record, 0).map(|_| ()),
            Err(error) => Err(error.to_string()),
        };
        last = outcome.as_ref().err().cloned();
        if let Err(reason) = outcome {
            pass.read.refused.push(file.refused(record, reason));
        }
    }
    // A file that was cut ends in the middle of a line.
    pass.read.damage = last.map(|why| format!("its last line: {why}"));
    Ok(pass.join())
}

/// What is known after the first pass.
struct Pass<'f> {
    file: &'f Opened,
    read: Read,
    /// Number of an entry by its id.
    known: HashMap<Box<str>, usize>,
    addresses: HashMap<Box<str>, Address>,
    /// Entry and the id of its address.
    housed: Vec<(usize, Box<str>)>,
    papers: Vec<Paper>,
    interests: Vec<Interest>,
    listings: Vec<Listing>,
    /// Lines about nobody.
    aside: usize,
}

struct Paper {
    record: usize,
    holders: Vec<Box<str>>,
    documents: Vec<crate::entry::Document>,
}

/// A link before its parties are known.
struct Interest {
    record: usize,
    holders: Vec<Box<str>>,
    held: Vec<Box<str>>,
    relation: Relation,
    wording: String,
    share: Option<Share>,
    ended: bool,
}

/// A sanction: who is listed, under what, since when.
struct Listing {
    parties: Vec<Box<str>>,
    programmes: Vec<String>,
    since: Option<bonafide_model::time::PartialDate>,
}

impl<'f> Pass<'f> {
    fn new(file: &'f Opened) -> Self {
        Self {
            file,
            read: file.start(ListCode::FTM),
            known: HashMap::new(),
            addresses: HashMap::new(),
            housed: Vec::new(),
            papers: Vec::new(),
            interests: Vec::new(),
            listings: Vec::new(),
            aside: 0,
        }
    }

    /// Reads an entity and those inside it; its id comes back.
    fn visit(&mut self, node: Node<'_>, record: usize, depth: u8) -> Result<Box<str>, String> {
        let (id, schema) = (string(node, "id"), string(node, "schema"));
        let Some(properties) = node.get("properties").filter(|_| !id.is_empty() && !schema.is_empty()) else {
            return Err("it is not an entity: id, schema or properties are missing".into());
        };
        let id: Box<str> = id.into();
        if depth < MOST_DEPTH {
            let inside = properties.entries().flat_map(|(_, value)| value.items()).filter(|item| item.kind() == Kind::Object);
            for item in inside {
                if let Err(reason) = self.visit(item, record, depth + 1) {
                    self.read.refused.push(self.file.refused(record, format!("inside {id}: {reason}")));
                }
            }
        }
        let parties = |name| ids(properties, name, MOST_PARTIES);
        match schema.as_str() {
            "Address" => {
                self.addresses.insert(id.clone(), address(properties));
            }
            "Passport" | "Identification" => {
                self.papers.push(Paper {
                    record,
                    holders: parties("holder"),
                    documents: properties::papers(properties, &schema),
                });
            }
            "Sanction" => self.listings.push(Listing {
                parties: parties("entity"),
                programmes: [values(properties, "program"), values(properties, "programId")].concat(),
                since: ["listingDate", "startDate"].iter().find_map(|name| dates::single(&text(properties, name))),
            }),
            "Occupancy" | "Position" | "Debt" | "Payment" | "Event" | "Document" => self.aside += 1,
            other => match INTERESTS.iter().find(|(schema, ..)| *schema == other) {
                Some((_, holder, held, relation)) => self.interests.push(Interest {
                    record,
                    holders: parties(holder),
                    held: parties(held),
                    relation: *relation,
                    wording: ["role", "relationship", "ownershipType"]
                        .iter()
                        .map(|name| text(properties, name))
                        .find(|text| !text.is_empty())
                        .unwrap_or_default(),
                    share: Share::of_percent(&text(properties, "percentage")),
                    ended: !text(properties, "endDate").is_empty(),
                }),
                None => self.add_entry(node, properties, &id, other, record)?,
            },
        }
        Ok(id)
    }

    fn add_entry(&mut self, node: Node<'_>, properties: Node<'_>, id: &str, schema: &str, record: usize) -> Result<(), String> {
        let mut entry = entry(properties, id, schema, self.file, record)?;
        let datasets = values(node, "datasets");
        if let Some(list) = datasets.first().and_then(|name| name.parse().ok()) {
            entry.id.list = list;
        }
        for dataset in datasets.iter().skip(1) {
            entry.add_remark(&format!("dataset: {dataset}"));
        }
        add_documents(properties, &mut entry);
        if let Some(&known) = self.known.get(id) {
            // The nested form repeats parties inside others, with less.
            let other = &mut self.read.entries[known];
            if entry.canonical_bytes().len() > other.canonical_bytes().len() {
                *other = entry;
            }
            return Ok(());
        }
        let at = self.read.entries.len();
        self.housed.extend(ids(properties, "addressEntity", MOST_PARTIES).into_iter().map(|address| (at, address)));
        self.known.insert(id.into(), at);
        self.read.entries.push(entry);
        Ok(())
    }

    /// Joins what names others to those it names.
    fn join(mut self) -> Read {
        if self.aside > 0 {
            self.read
                .notes
                .push(format!("{} lines that list nobody (positions, payments and the like) were left out", self.aside));
        }
        let mut missing = 0_usize;
        for (at, id) in &self.housed {
            match self.addresses.get(id) {
                Some(address) => self.read.entries[*at].add_address(address.clone()),
                None => missing += 1,
            }
        }
        if missing > 0 {
            self.read.notes.push(format!("{missing} addresses are named by id and not in the file"));
        }
        for paper in &self.papers {
            let holders: Vec<usize> = paper.holders.iter().filter_map(|id| self.known.get(id).copied()).collect();
            if holders.is_empty() {
                self.read.refused.push(self.file.refused(paper.record, "the holder of the document is not in the file"));
            }
            for at in holders {
                paper.documents.iter().for_each(|document| self.read.entries[at].add_document(document.clone()));
            }
        }
        for listing in &self.listings {
            for at in listing.parties.iter().filter_map(|id| self.known.get(id)) {
                let entry = &mut self.read.entries[*at];
                listing.programmes.iter().for_each(|programme| entry.add_programme(programme));
                entry.listed_on = entry.listed_on.or(listing.since);
            }
        }
        let interests = std::mem::take(&mut self.interests);
        interests.iter().for_each(|interest| self.join_interest(interest));
        if let Some((first, rest)) = self.read.entries.split_first()
            && rest.iter().all(|entry| entry.id.list == first.id.list)
        {
            self.read.list = first.id.list.clone();
        }
        self.read
    }

    /// A link stands with the party in whom the interest is held: there the 50 % rule looks for it. Where only the holder is in
    /// the file, it stands with the holder, the other way round.
    fn join_interest(&mut self, interest: &Interest) {
        let known = &self.known;
        let party = |id: &str, entries: &[crate::entry::Entry]| match known.get(id) {
            Some(&at) => (entries[at].id.clone(), entries[at].primary_name().to_owned()),
            None => (EntryId::new(self.read.list.clone(), id), String::new()),
        };
        let mut joined = false;
        for held in &interest.held {
            for holder in &interest.holders {
                let (at, relation, other) = match (known.get(held), known.get(holder)) {
                    (Some(&at), _) => (at, interest.relation, holder),
                    (None, Some(&at)) => (at, interest.relation.inverse(), held),
                    (None, None) => continue,
                };
                let (id, name) = party(other, &self.read.entries);
                let link = Link::to_entry(relation, id, &name).worded(&interest.wording).of_share(interest.share);
                self.read.entries[at].add_link(link.ended(interest.ended));
                joined = true;
            }
        }
        if !joined {
            self.read.refused.push(self.file.refused(interest.record, "the link's parties are not in the file"));
        }
    }
}
