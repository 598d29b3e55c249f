//! What the specification says of each type of object, as tables.
//!
//! Made from the text of STIX 2.1 (OASIS Standard, June 2021): sections 3 (common properties), 4 (domain objects), 5 (relationship
//! objects), 6 (cyber-observable objects), 7 (meta objects), 8 (bundle) and 10 (vocabularies).

mod domain;
mod extension;
mod observable;
pub(super) mod relationship;
pub(super) mod vocabulary;

pub(super) use self::extension::predefined;
use self::vocabulary::Vocabulary;

/// What a value may be.
#[derive(Clone, Copy, Debug)]
pub(super) enum Kind {
    Text,
    Bool,
    /// A whole number of at least, at most.
    Integer(i64, i64),
    /// A number of at least, at most.
    Number(f64, f64),
    Instant,
    /// An instant with milliseconds or finer.
    InstantOfVersion,
    /// An instant without a fraction.
    InstantOfSeconds,
    /// An identifier of this object.
    Id,
    /// The identifier of an object of one of the types; none named is any.
    Reference(&'static [&'static str]),
    /// The identifier of an object of any other type.
    ReferenceNot(&'static [&'static str]),
    /// Inside observables the referenced object stands beside: its type is looked at, whether it is there and has a sound UUID is not.
    ObservableReference(&'static [&'static str]),
    Binary,
    Hex,
    Hashes,
    /// One of these and nothing else.
    Closed(&'static [&'static str]),
    /// Should be of these.
    Open(&'static Vocabulary),
    /// Keys and values; keys are letters, digits, - and _.
    Dictionary,
    /// A dictionary, its values of one kind.
    DictionaryOf(&'static Rule),
    Uri,
    Ipv4,
    Ipv6,
    Mac,
    Cpe,
    Email,
    Host,
    /// A tag of RFC 5646.
    Language,
    /// A code of ISO 639-2.
    LanguageOfSoftware,
    /// Must be a media type.
    MediaType,
    /// Should be a media type.
    MediaTypeOpen,
    CharacterSet,
    Protocol,
    /// A list of at least one.
    List(&'static Kind),
    /// An object of its own shape.
    Object(&'static Shape),
    Selector,
    /// Looked at by a rule of its own.
    Any,
}

/// Rules for dictionaries with rules of their own.
#[derive(Debug)]
pub(super) struct Rule {
    /// Whether a key may stand, must not stand, or should not.
    pub(super) key: fn(&str) -> Judgement,
    /// What a value may be, by its key.
    pub(super) value: fn(&str) -> &'static [Kind],
}

/// What is said of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Judgement {
    Right,
    /// Against a SHOULD, and why.
    Unusual(&'static str),
    /// Against a MUST, and why.
    Wrong(&'static str),
}

/// A property.
#[derive(Clone, Copy, Debug)]
pub(super) struct Property {
    pub(super) name: &'static str,
    pub(super) kind: Kind,
    pub(super) required: bool,
}

/// The properties of an object or of a part of one.
#[derive(Debug)]
pub(super) struct Shape {
    pub(super) name: &'static str,
    /// Section of the specification.
    pub(super) section: &'static str,
    pub(super) properties: &'static [Property],
    /// At least one of these must be there; none named is no rule.
    pub(super) at_least_one: &'static [&'static str],
    /// Pairs of instants: the first must not be before the second; with `true`, it must be after it.
    pub(super) order: &'static [(&'static str, &'static str, bool)],
}

impl Shape {
    /// Whether others may not add to it: the optional header of a program is what Windows reads.
    pub(super) fn is_closed(&self) -> bool {
        self.name == "windows-pe-optional-header-type"
    }
}

/// Which common properties an object has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// Domain, relationship and most meta objects.
    Versioned,
    Observable,
    Marking,
    Bundle,
}

/// A type of object.
#[derive(Debug)]
pub(super) struct ObjectType {
    pub(super) class: Class,
    pub(super) shape: &'static Shape,
}

pub(super) const fn must(name: &'static str, kind: Kind) -> Property {
    Property { name, kind, required: true }
}

pub(super) const fn may(name: &'static str, kind: Kind) -> Property {
    Property { name, kind, required: false }
}

pub(super) const TEXTS: Kind = Kind::List(&Kind::Text);
pub(super) const ANY_INTEGER: Kind = Kind::Integer(i64::MIN, i64::MAX);
pub(super) const COUNT: Kind = Kind::Integer(0, i64::MAX);

/// The type of that name; nothing for a custom one.
pub(super) fn object_type(name: &str) -> Option<&'static ObjectType> {
    domain::TYPES.iter().chain(observable::TYPES).find(|of| of.shape.name == name)
}

/// Whether a type is an observable of the specification.
pub(super) fn is_observable(name: &str) -> bool {
    observable::TYPES.iter().any(|of| of.shape.name == name)
}

/// Sections 3.2 and 3.3: properties of domain, relationship and meta objects.
static VERSIONED: Shape = Shape {
    name: "common properties",
    section: "3.2",
    properties: &[
        must("type", Kind::Any),
        must("id", Kind::Id),
        must("spec_version", Kind::Closed(&["2.0", "2.1"])),
        must("created", Kind::InstantOfVersion),
        must("modified", Kind::InstantOfVersion),
        may("created_by_ref", Kind::Reference(&[])),
        may("revoked", Kind::Bool),
        may("labels", TEXTS),
        may("confidence", Kind::Integer(0, 100)),
        may("lang", Kind::Language),
        may("external_references", Kind::List(&Kind::Object(&EXTERNAL_REFERENCE))),
        may("object_marking_refs", Kind::List(&Kind::Reference(&["marking-definition"]))),
        may("granular_markings", Kind::List(&Kind::Object(&GRANULAR_MARKING))),
        may("extensions", Kind::Any),
    ],
    at_least_one: &[],
    order: &[("modified", "created", false)],
};

/// Section 3.4: properties of observables.
static OBSERVABLE: Shape = Shape {
    name: "common properties",
    section: "3.2",
    properties: &[
        must("type", Kind::Any),
        must("id", Kind::Id),
        may("spec_version", Kind::Closed(&["2.0", "2.1"])),
        may("object_marking_refs", Kind::List(&Kind::Reference(&["marking-definition"]))),
        may("granular_markings", Kind::List(&Kind::Object(&GRANULAR_MARKING))),
        may("defanged", Kind::Bool),
        may("extensions", Kind::Any),
    ],
    at_least_one: &[],
    order: &[],
};

static MARKING: Shape = Shape {
    name: "common properties",
    section: "7.2.1",
    properties: &[
        must("type", Kind::Any),
        must("id", Kind::Id),
        must("spec_version", Kind::Closed(&["2.0", "2.1"])),
        must("created", Kind::Instant),
        may("created_by_ref", Kind::Reference(&[])),
        may("external_references", Kind::List(&Kind::Object(&EXTERNAL_REFERENCE))),
        may("object_marking_refs", Kind::List(&Kind::Reference(&["marking-definition"]))),
        may("granular_markings", Kind::List(&Kind::Object(&GRANULAR_MARKING))),
        may("extensions", Kind::Any),
    ],
    at_least_one: &[],
    order: &[],
};

static BUNDLE: Shape = Shape {
    name: "common properties",
    section: "8",
    properties: &[must("type", Kind::Any), must("id", Kind::Id)],
    at_least_one: &[],
    order: &[],
};

/// The common properties of a class.
pub(super) fn common(class: Class) -> &'static Shape {
    match class {
        Class::Versioned => &VERSIONED,
        Class::Observable => &OBSERVABLE,
        Class::Marking => &MARKING,
        Class::Bundle => &BUNDLE,
    }
}

static EXTERNAL_REFERENCE: Shape = Shape {
    name: "external-reference",
    section: "2.5",
    properties: &[
        must("source_name", Kind::Text),
        may("description", Kind::Text),
        may("url", Kind::Uri),
        may("hashes", Kind::Hashes),
        may("external_id", Kind::Text),
    ],
    at_least_one: &["description", "url", "external_id"],
    order: &[],
};

static GRANULAR_MARKING: Shape = Shape {
    name: "granular-marking",
    section: "7.2.3",
    properties: &[
        may("lang", Kind::Language),
        may("marking_ref", Kind::Reference(&["marking-definition"])),
        must("selectors", Kind::List(&Kind::Selector)),
    ],
    at_least_one: &["lang", "marking_ref"],
    order: &[],
};

static KILL_CHAIN_PHASE: Shape = Shape {
    name: "kill-chain-phase",
    section: "2.11",
    properties: &[must("kill_chain_name", Kind::Text), must("phase_name", Kind::Text)],
    at_least_one: &[],
    order: &[],
};
