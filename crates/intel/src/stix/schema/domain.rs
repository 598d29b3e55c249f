//! Domain, relationship and meta objects, and the bundle: sections 4, 5, 7 and 8.

use super::{Class, KILL_CHAIN_PHASE, Kind, ObjectType, Property, Shape, TEXTS, may, must, vocabulary as of};

const NAME: Property = must("name", Kind::Text);
const DESCRIPTION: Property = may("description", Kind::Text);
const ALIASES: Property = may("aliases", TEXTS);
const FIRST_SEEN: Property = may("first_seen", Kind::Instant);
const LAST_SEEN: Property = may("last_seen", Kind::Instant);
const PHASE: Kind = Kind::Object(&KILL_CHAIN_PHASE);
const KILL_CHAIN: Property = may("kill_chain_phases", Kind::List(&PHASE));
const REFERENCES: Property = must("object_refs", Kind::List(&Kind::Reference(&[])));
const SOFTWARE: Kind = Kind::Reference(&["software"]);
const SEEN: &[(&str, &str, bool)] = &[("last_seen", "first_seen", false)];
const NOT_LINKED: Kind = Kind::ReferenceNot(&["relationship", "sighting", "bundle", "marking-definition", "language-content"]);

const fn versioned(shape: &'static Shape) -> ObjectType {
    ObjectType { class: Class::Versioned, shape }
}

/// A type with nothing but properties.
macro_rules! shape {
    ($name:literal, $section:literal, [$($property:expr),* $(,)?]) => { shape!($name, $section, [$($property),*], &[], &[]) };
    ($name:literal, $section:literal, [$($property:expr),* $(,)?], $one:expr, $order:expr) => {{
        static SHAPE: Shape =
            Shape { name: $name, section: $section, properties: &[$($property),*], at_least_one: $one, order: $order };
        &SHAPE
    }};
}

pub(super) static TYPES: &[ObjectType] = &[
    versioned(shape!(
        "indicator",
        "4.7",
        [
            may("name", Kind::Text),
            DESCRIPTION,
            may("indicator_types", Kind::List(&Kind::Open(&of::INDICATOR_TYPE))),
            must("pattern", Kind::Text),
            must("pattern_type", Kind::Open(&of::PATTERN_TYPE)),
            may("pattern_version", Kind::Text),
            must("valid_from", Kind::Instant),
            may("valid_until", Kind::Instant),
            KILL_CHAIN,
        ],
        &[],
        &[("valid_until", "valid_from", true)]
    )),
    versioned(shape!("attack-pattern", "4.1", [NAME, DESCRIPTION, may("aliases", Kind::List(&Kind::Text)), KILL_CHAIN])),
    versioned(shape!(
        "campaign",
        "4.2",
        [NAME, DESCRIPTION, ALIASES, FIRST_SEEN, LAST_SEEN, may("objective", Kind::Text)],
        &[],
        SEEN
    )),
    versioned(shape!("course-of-action", "4.3", [NAME, DESCRIPTION])),
    versioned(shape!(
        "grouping",
        "4.4",
        [may("name", Kind::Text), DESCRIPTION, must("context", Kind::Open(&of::GROUPING_CONTEXT)), REFERENCES]
    )),
    versioned(shape!(
        "identity",
        "4.5",
        [
            NAME,
            DESCRIPTION,
            may("roles", TEXTS),
            may("identity_class", Kind::Open(&of::IDENTITY_CLASS)),
            may("sectors", Kind::List(&Kind::Open(&of::INDUSTRY_SECTOR))),
            may("contact_information", Kind::Text),
        ]
    )),
    versioned(shape!("incident", "4.6", [NAME, DESCRIPTION])),
    versioned(shape!(
        "infrastructure",
        "4.8",
        [
            NAME,
            DESCRIPTION,
            may("infrastructure_types", Kind::List(&Kind::Open(&of::INFRASTRUCTURE_TYPE))),
            ALIASES,
            KILL_CHAIN,
            FIRST_SEEN,
            LAST_SEEN,
        ],
        &[],
        SEEN
    )),
    versioned(shape!(
        "intrusion-set",
        "4.9",
        [
            NAME,
            DESCRIPTION,
            ALIASES,
            FIRST_SEEN,
            LAST_SEEN,
            may("goals", TEXTS),
            may("resource_level", Kind::Open(&of::RESOURCE_LEVEL)),
            may("primary_motivation", Kind::Open(&of::MOTIVATION)),
            may("secondary_motivations", Kind::List(&Kind::Open(&of::MOTIVATION))),
        ],
        &[],
        SEEN
    )),
    versioned(shape!(
        "location",
        "4.10",
        [
            may("name", Kind::Text),
            DESCRIPTION,
            may("latitude", Kind::Number(-90.0, 90.0)),
            may("longitude", Kind::Number(-180.0, 180.0)),
            may("precision", Kind::Number(f64::MIN, f64::MAX)),
            may("region", Kind::Open(&of::REGION)),
            may("country", Kind::Open(&of::COUNTRY)),
            may("administrative_area", Kind::Text),
            may("city", Kind::Text),
            may("street_address", Kind::Text),
            may("postal_code", Kind::Text),
        ],
        &["region", "country", "latitude"],
        &[]
    )),
    versioned(shape!(
        "malware",
        "4.11",
        [
            may("name", Kind::Text),
            DESCRIPTION,
            may("malware_types", Kind::List(&Kind::Open(&of::MALWARE_TYPE))),
            must("is_family", Kind::Bool),
            ALIASES,
            KILL_CHAIN,
            FIRST_SEEN,
            LAST_SEEN,
            may("operating_system_refs", Kind::List(&SOFTWARE)),
            may("architecture_execution_envs", Kind::List(&Kind::Open(&of::PROCESSOR))),
            may("implementation_languages", Kind::List(&Kind::Open(&of::IMPLEMENTATION_LANGUAGE))),
            may("capabilities", Kind::List(&Kind::Open(&of::CAPABILITY))),
            may("sample_refs", Kind::List(&Kind::ObservableReference(&["artifact", "file"]))),
        ],
        &[],
        SEEN
    )),
    versioned(shape!(
        "malware-analysis",
        "4.12",
        [
            must("product", Kind::Text),
            may("version", Kind::Text),
            may("host_vm_ref", SOFTWARE),
            may("operating_system_ref", SOFTWARE),
            may("installed_software_refs", Kind::List(&SOFTWARE)),
            may("configuration_version", Kind::Text),
            may("modules", TEXTS),
            may("analysis_engine_version", Kind::Text),
            may("analysis_definition_version", Kind::Text),
            may("submitted", Kind::Instant),
            may("analysis_started", Kind::Instant),
            may("analysis_ended", Kind::Instant),
            may("result_name", Kind::Text),
            may("result", Kind::Open(&of::MALWARE_RESULT)),
            may("analysis_sco_refs", Kind::List(&Kind::Reference(&[]))),
            may("sample_ref", Kind::Reference(&["artifact", "file", "network-traffic"])),
        ],
        &["result", "analysis_sco_refs"],
        &[]
    )),
    versioned(shape!(
        "note",
        "4.13",
        [may("abstract", Kind::Text), must("content", Kind::Text), may("authors", TEXTS), REFERENCES]
    )),
    versioned(shape!(
        "observed-data",
        "4.14",
        [
            must("first_observed", Kind::Instant),
            must("last_observed", Kind::Instant),
            must("number_observed", Kind::Integer(1, 999_999_999)),
            may("objects", Kind::Any),
            may("object_refs", Kind::List(&Kind::Reference(&[]))),
        ],
        &["objects", "object_refs"],
        &[("last_observed", "first_observed", false)]
    )),
    versioned(shape!(
        "opinion",
        "4.15",
        [
            may("explanation", Kind::Text),
            may("authors", TEXTS),
            must("opinion", Kind::Closed(&["strongly-disagree", "disagree", "neutral", "agree", "strongly-agree"])),
            REFERENCES,
        ]
    )),
    versioned(shape!(
        "report",
        "4.16",
        [
            NAME,
            DESCRIPTION,
            may("report_types", Kind::List(&Kind::Open(&of::REPORT_TYPE))),
            must("published", Kind::Instant),
            REFERENCES,
        ]
    )),
    versioned(shape!(
        "threat-actor",
        "4.17",
        [
            NAME,
            DESCRIPTION,
            may("threat_actor_types", Kind::List(&Kind::Open(&of::ACTOR_TYPE))),
            ALIASES,
            FIRST_SEEN,
            LAST_SEEN,
            may("roles", Kind::List(&Kind::Open(&of::ACTOR_ROLE))),
            may("goals", TEXTS),
            may("sophistication", Kind::Open(&of::SOPHISTICATION)),
            may("resource_level", Kind::Open(&of::RESOURCE_LEVEL)),
            may("primary_motivation", Kind::Open(&of::MOTIVATION)),
            may("secondary_motivations", Kind::List(&Kind::Open(&of::MOTIVATION))),
            may("personal_motivations", Kind::List(&Kind::Open(&of::MOTIVATION))),
        ],
        &[],
        SEEN
    )),
    versioned(shape!(
        "tool",
        "4.18",
        [
            NAME,
            DESCRIPTION,
            may("tool_types", Kind::List(&Kind::Open(&of::TOOL_TYPE))),
            ALIASES,
            KILL_CHAIN,
            may("tool_version", Kind::Text),
        ]
    )),
    versioned(shape!("vulnerability", "4.19", [NAME, DESCRIPTION])),
    versioned(shape!(
        "relationship",
        "5.1",
        [
            must("relationship_type", Kind::Any),
            DESCRIPTION,
            must("source_ref", NOT_LINKED),
            must("target_ref", NOT_LINKED),
            may("start_time", Kind::Instant),
            may("stop_time", Kind::Instant),
        ],
        &[],
        &[("stop_time", "start_time", true)]
    )),
    versioned(shape!(
        "sighting",
        "5.2",
        [
            DESCRIPTION,
            FIRST_SEEN,
            LAST_SEEN,
            may("count", Kind::Integer(0, 999_999_999)),
            must("sighting_of_ref", NOT_LINKED),
            may("observed_data_refs", Kind::List(&Kind::Reference(&["observed-data"]))),
            may("where_sighted_refs", Kind::List(&Kind::Reference(&["identity", "location"]))),
            may("summary", Kind::Bool),
        ],
        &[],
        SEEN
    )),
    versioned(shape!(
        "extension-definition",
        "7.3",
        [
            NAME,
            DESCRIPTION,
            must("schema", Kind::Text),
            must("version", Kind::Text),
            must("extension_types", Kind::List(&Kind::Closed(of::EXTENSION_TYPES))),
            may("extension_properties", TEXTS),
        ]
    )),
    versioned(shape!(
        "language-content",
        "7.1",
        [
            must("object_ref", Kind::ReferenceNot(&["bundle", "language-content"])),
            may("object_modified", Kind::Instant),
            must("contents", Kind::Dictionary),
        ]
    )),
    ObjectType {
        class: Class::Marking,
        shape: shape!(
            "marking-definition",
            "7.2.1",
            [may("name", Kind::Text), may("definition_type", Kind::Text), may("definition", Kind::Any)]
        ),
    },
    ObjectType { class: Class::Bundle, shape: shape!("bundle", "8", [may("objects", Kind::Any)]) },
];
