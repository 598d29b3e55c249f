//! The objects of a file: loading within limits, references, streams.
//!
//! `lopdf` parses objects, cross-reference data and encryption. It loads all objects at once and unpacks every object stream while
//! doing so, so the loading itself is bounded here: a filter that it calls for each object counts objects, and measures each
//! object stream with a bounded decoder before `lopdf` is let at it.

use std::{
    borrow::Cow,
    cell::{Cell, RefCell},
    panic::{AssertUnwindSafe, catch_unwind},
};

use lopdf::{Dictionary, Document, LoadOptions, Object, ObjectId, Stream};

use super::{filter, values};
use crate::{error::Error, limits::Limits};

/// References that are followed from one to the next before giving up.
const REFERENCE_HOPS: usize = 32;
/// Share of the nodes of a tree that the values of a PDF may be: each takes several times the memory of a node.
const VALUES_SHARE: u32 = 4;
/// Unpacked bytes of one object stream; honest ones hold some hundred small objects.
const OBJECT_STREAM_BYTES: u64 = 16 << 20;

/// A loaded file and the budget for what is unpacked from it.
pub(super) struct Pdf<'a> {
    pub(super) bytes: &'a [u8],
    pub(super) document: Document,
    pub(super) limits: &'a Limits,
    pub(super) encrypted: bool,
    /// Whether the cross-reference data was unusable and objects were found by scanning.
    pub(super) repaired: bool,
    budget: Cell<u64>,
    notes: RefCell<Vec<String>>,
}

impl<'a> Pdf<'a> {
    pub(super) fn load(bytes: &'a [u8], limits: &'a Limits) -> Result<Self, Error> {
        if bytes.len() as u64 > limits.bytes {
            return Err(over_limit("the file", format!("{} bytes", limits.bytes)));
        }
        if values::exceed(bytes, limits.nodes / VALUES_SHARE) {
            return Err(over_limit("the number of values", (limits.nodes / VALUES_SHARE).to_string()));
        }
        let mut loaded = load_within(bytes, limits, false);
        let usable = |loaded: &Loaded| loaded.as_ref().is_ok_and(|(document, _)| has_pages(document) || needs_password(document));
        if !usable(&loaded) {
            let rebuilt = load_within(bytes, limits, true);
            if usable(&rebuilt) || loaded.is_err() {
                loaded = rebuilt;
            }
        }
        let (document, load) = loaded?;
        if needs_password(&document) {
            return Err(Error::Encrypted { format: "PDF" });
        }
        if document.objects.len() > limits.parts as usize {
            return Err(over_limit("the number of objects", limits.parts.to_string()));
        }
        let pdf = Self {
            bytes,
            encrypted: document.encryption_state.is_some(),
            repaired: document.xref_recovery.is_some(),
            document,
            limits,
            budget: Cell::new(limits.unpacked.saturating_sub(load.unpacked)),
            notes: RefCell::default(),
        };
        if load.refused > 0 {
            pdf.note(format!("{} objects were left out: the file unpacks to more than the limits allow", load.refused));
        }
        Ok(pdf)
    }

    /// Adds a sentence on what could not be read; the same sentence is kept once.
    pub(super) fn note(&self, sentence: impl Into<String>) {
        let sentence = sentence.into();
        let mut notes = self.notes.borrow_mut();
        if notes.len() < 100 && !notes.contains(&sentence) {
            notes.push(sentence);
        }
    }

    pub(super) fn into_notes(self) -> Vec<String> {
        self.notes.into_inner()
    }

    /// The object behind any number of references; `Null` where one leads nowhere or in a circle.
    pub(super) fn resolve<'o>(&'o self, object: &'o Object) -> &'o Object {
        let mut current = object;
        for _ in 0..REFERENCE_HOPS {
            match current {
                Object::Reference(id) => match self.document.objects.get(id) {
                    Some(next) => current = next,
                    None => return &Object::Null,
                },
                _ => return current,
            }
        }
        &Object::Null
    }

    /// The resolved value of a key; `None` where it is absent or null.
    pub(super) fn get<'o>(&'o self, dictionary: &'o Dictionary, key: &str) -> Option<&'o Object> {
        match self.resolve(dictionary.get(key.as_bytes()).ok()?) {
            Object::Null => None,
            object => Some(object),
        }
    }

    pub(super) fn dictionary<'o>(&'o self, dictionary: &'o Dictionary, key: &str) -> Option<&'o Dictionary> {
        as_dictionary(self.get(dictionary, key)?)
    }

    pub(super) fn array<'o>(&'o self, dictionary: &'o Dictionary, key: &str) -> Option<&'o [Object]> {
        self.get(dictionary, key)?.as_array().ok().map(Vec::as_slice)
    }

    pub(super) fn stream<'o>(&'o self, dictionary: &'o Dictionary, key: &str) -> Option<&'o Stream> {
        self.get(dictionary, key)?.as_stream().ok()
    }

    pub(super) fn name<'o>(&'o self, dictionary: &'o Dictionary, key: &str) -> Option<&'o [u8]> {
        self.get(dictionary, key)?.as_name().ok()
    }

    pub(super) fn number(&self, dictionary: &Dictionary, key: &str) -> Option<f64> {
        self.as_number(self.get(dictionary, key)?)
    }

    pub(super) fn integer(&self, dictionary: &Dictionary, key: &str) -> Option<i64> {
        self.number(dictionary, key).map(|number| number as i64)
    }

    pub(super) fn as_number(&self, object: &Object) -> Option<f64> {
        match self.resolve(object) {
            Object::Integer(value) => Some(*value as f64),
            Object::Real(value) => Some(f64::from(*value)).filter(|value| value.is_finite()),
            _ => None,
        }
    }

    /// The numbers of an array, as far as they are numbers.
    pub(super) fn numbers(&self, array: &[Object]) -> Vec<f64> {
        array.iter().map_while(|item| self.as_number(item)).collect()
    }

    pub(super) fn catalog(&self) -> Option<&Dictionary> {
        self.dictionary(&self.document.trailer, "Root")
    }

    /// The unpacked bytes of a stream, charged to the file's budget. What cannot be unpacked is noted; what was unpacked before an
    /// error or the limit is returned.
    pub(super) fn unpack<'o>(&'o self, stream: &'o Stream, what: &str) -> Cow<'o, [u8]> {
        self.unpack_within(stream, what, u64::MAX)
    }

    /// [`Pdf::unpack`] with a limit of its own for this stream.
    pub(super) fn unpack_within<'o>(&'o self, stream: &'o Stream, what: &str, most: u64) -> Cow<'o, [u8]> {
        let chain = self.filters(&stream.dict);
        if chain.is_empty() {
            return Cow::Borrowed(&stream.content);
        }
        let budget = self.budget.get().min(most);
        let unpacked = filter::decode(&stream.content, &chain, budget);
        self.budget.set(self.budget.get().saturating_sub(unpacked.bytes.len() as u64));
        match unpacked.problem {
            Some(filter::Problem::OverLimit) => self.note(format!("{what} unpacks to more than the limit and was cut short")),
            Some(filter::Problem::Damaged) => self.note(format!("{what} is damaged and was read as far as it goes")),
            Some(filter::Problem::Unknown(name)) => self.note(format!("{what} is packed with {name}, which is not read here")),
            None => {}
        }
        Cow::Owned(unpacked.bytes)
    }

    /// The first unpacked bytes of a stream, to see what it is: nothing is noted.
    pub(super) fn peek(&self, stream: &Stream, most: u64) -> Vec<u8> {
        let unpacked = filter::decode(&stream.content, &self.filters(&stream.dict), self.budget.get().min(most)).bytes;
        self.budget.set(self.budget.get().saturating_sub(unpacked.len() as u64));
        unpacked
    }

    /// SHA-256 of a picture's data: unpacked, but not decoded where a picture format is inside. Charged to the file's budget.
    pub(super) fn digest(&self, stream: &Stream, chain: &[filter::Filter]) -> Option<String> {
        let (digest, length) = filter::digest(&stream.content, chain, self.budget.get())?;
        self.budget.set(self.budget.get().saturating_sub(length));
        Some(crate::digest::hexadecimal(&digest))
    }

    /// The filters of a stream in decoding order.
    pub(super) fn filters(&self, dictionary: &Dictionary) -> Vec<filter::Filter> {
        let listed = |long: &str, short: &str| -> Vec<&Object> {
            match self.get(dictionary, long).or_else(|| self.get(dictionary, short)) {
                Some(Object::Array(items)) => items.iter().map(|item| self.resolve(item)).collect(),
                Some(single) => vec![single],
                None => Vec::new(),
            }
        };
        let parameters = listed("DecodeParms", "DP");
        listed("Filter", "F")
            .into_iter()
            .enumerate()
            .filter_map(|(index, name)| {
                let name = name.as_name().ok()?;
                let parameters = parameters.get(index).and_then(|object| as_dictionary(object));
                Some(filter::Filter::new(name, |key| self.integer(parameters?, key)))
            })
            .collect()
    }
}

/// The dictionary of a dictionary or of a stream.
pub(super) fn as_dictionary(object: &Object) -> Option<&Dictionary> {
    match object {
        Object::Dictionary(dictionary) => Some(dictionary),
        Object::Stream(stream) => Some(&stream.dict),
        _ => None,
    }
}

pub(super) fn over_limit(what: &str, limit: String) -> Error {
    Error::OverLimit { format: "PDF", what: what.to_owned(), limit }
}

type Loaded = Result<(Document, LoadBudget), Error>;

/// What loading has used so far.
#[derive(Clone, Copy, Default)]
struct LoadBudget {
    objects: u32,
    most_objects: u32,
    unpacked: u64,
    most_unpacked: u64,
    values_left: u32,
    refused: u32,
}

thread_local! {
    /// The budget of the load that runs on this thread: `lopdf` takes a plain function as its filter, which can hold no state.
    static LOAD: Cell<LoadBudget> = const { Cell::new(LoadBudget { objects: 0, most_objects: 0, unpacked: 0, most_unpacked: 0, values_left: 0, refused: 0 }) };
}

fn load_within(bytes: &[u8], limits: &Limits, force_reconstruct: bool) -> Loaded {
    LOAD.set(LoadBudget {
        most_objects: limits.parts,
        most_unpacked: limits.unpacked,
        values_left: limits.nodes / VALUES_SHARE,
        ..LoadBudget::default()
    });
    let options = LoadOptions {
        filter: Some(admit),
        max_decompressed_size: Some(limits.unpacked.min(OBJECT_STREAM_BYTES) as usize),
        force_reconstruct,
        ..LoadOptions::default()
    };
    let loaded = catch_unwind(AssertUnwindSafe(|| Document::load_mem_with_options(bytes, options)));
    let budget = LOAD.get();
    match loaded {
        Ok(Ok(document)) => Ok((document, budget)),
        Ok(Err(lopdf::Error::InvalidPassword)) => Err(Error::Encrypted { format: "PDF" }),
        Ok(Err(lopdf::Error::Decompress(lopdf::DecompressError::MemoryLimitExceeded { .. }))) => {
            Err(over_limit("an object stream", format!("{} unpacked bytes", limits.unpacked.min(OBJECT_STREAM_BYTES))))
        }
        Ok(Err(error)) => Err(Error::Malformed { format: "PDF", why: error.to_string() }),
        Err(_) => Err(Error::Malformed { format: "PDF", why: "the structure could not be parsed".to_owned() }),
    }
}

/// Decides whether `lopdf` may keep an object, and unpack it where it is an object stream.
///
/// For objects inside object streams the returned copy is what is kept; for top-level objects only `Some` or `None` counts, so
/// streams, which stand at the top level alone, are not copied.
fn admit(id: ObjectId, object: &mut Object) -> Option<(ObjectId, Object)> {
    let mut load = LOAD.get();
    load.objects = load.objects.saturating_add(1);
    let mut kept = load.objects <= load.most_objects;
    if let (true, Object::Stream(stream)) = (kept, &*object)
        && stream.dict.has_type(b"ObjStm")
    {
        let left = load.most_unpacked.saturating_sub(load.unpacked).min(OBJECT_STREAM_BYTES);
        let size = object_stream_size(stream, left, load.values_left);
        kept = size.is_some();
        let (unpacked, values) = size.unwrap_or_default();
        load.unpacked += unpacked;
        load.values_left = load.values_left.saturating_sub(values);
    }
    load.refused += u32::from(!kept);
    LOAD.set(load);
    kept.then(|| match object {
        Object::Stream(_) => (id, Object::Null),
        small => (id, small.clone()),
    })
}

/// Unpacked size of an object stream and how many values it holds; `None` where these exceed `most` and `most_values`, or where its
/// members repeat one place so often that parsing them multiplies its size.
fn object_stream_size(stream: &Stream, most: u64, most_values: u32) -> Option<(u64, u32)> {
    const REPEATS: usize = 64;
    let number = |dictionary: Option<&Dictionary>, key: &str| dictionary?.get(key.as_bytes()).ok()?.as_i64().ok();
    let parameters = stream.dict.get(b"DecodeParms").ok();
    let chain: Vec<_> = stream
        .filters()
        .unwrap_or_default()
        .into_iter()
        .enumerate()
        .map(|(index, name)| {
            let parameters = match parameters {
                Some(Object::Array(items)) => items.get(index).and_then(as_dictionary),
                Some(single) => as_dictionary(single),
                None => None,
            };
            filter::Filter::new(name, |key| number(parameters, key))
        })
        .collect();
    let unpacked = filter::decode(&stream.content, &chain, most);
    if matches!(unpacked.problem, Some(filter::Problem::OverLimit)) {
        return None;
    }
    let first = usize::try_from(number(Some(&stream.dict), "First").unwrap_or(0)).unwrap_or(0);
    let index = unpacked.bytes.get(..first).unwrap_or_default();
    let mut offsets: Vec<&[u8]> =
        index.split(u8::is_ascii_whitespace).filter(|number| !number.is_empty()).skip(1).step_by(2).collect();
    let members = offsets.len();
    offsets.sort_unstable();
    offsets.dedup();
    let values = values::count(&unpacked.bytes);
    (members - offsets.len() <= REPEATS && values <= most_values).then_some((unpacked.bytes.len() as u64, values))
}

fn needs_password(document: &Document) -> bool {
    document.trailer.has(b"Encrypt") && document.encryption_state.is_none()
}

fn has_pages(document: &Document) -> bool {
    document
        .catalog()
        .and_then(|catalog| catalog.get_deref(b"Pages", document))
        .and_then(Object::as_dict)
        .is_ok_and(|root| root.get_deref(b"Kids", document).and_then(Object::as_array).is_ok() || root.has_type(b"Page"))
}
