//! Cyber-observable objects: section 6.

use super::{ANY_INTEGER, COUNT, Class, Kind, ObjectType, Shape, TEXTS, extension::HEADER_FIELDS, may, must, vocabulary as of};

const ADDRESSES: Kind = Kind::ObservableReference(&["email-addr"]);
const ENDPOINT: Kind = Kind::ObservableReference(&["ipv4-addr", "ipv6-addr", "mac-addr", "domain-name"]);
const ARTIFACT: Kind = Kind::ObservableReference(&["artifact"]);
const TRAFFIC: Kind = Kind::ObservableReference(&["network-traffic"]);
const ACCOUNT: Kind = Kind::ObservableReference(&["user-account"]);
const PROCESS: Kind = Kind::ObservableReference(&["process"]);
const FILE: Kind = Kind::ObservableReference(&["file"]);
const INSTANTS_OF_FILES: [super::Property; 3] =
    [may("ctime", Kind::Instant), may("mtime", Kind::Instant), may("atime", Kind::Instant)];
const PORT: Kind = Kind::Integer(0, 65_535);

macro_rules! observable {
    ($name:literal, $section:literal, [$($property:expr),* $(,)?]) => { observable!($name, $section, [$($property),*], &[], &[]) };
    ($name:literal, $section:literal, [$($property:expr),* $(,)?], $one:expr) => {
        observable!($name, $section, [$($property),*], $one, &[])
    };
    ($name:literal, $section:literal, [$($property:expr),* $(,)?], $one:expr, $order:expr) => {{
        static SHAPE: Shape =
            Shape { name: $name, section: $section, properties: &[$($property),*], at_least_one: $one, order: $order };
        ObjectType { class: Class::Observable, shape: &SHAPE }
    }};
}

pub(super) static TYPES: &[ObjectType] = &[
    observable!(
        "artifact",
        "6.1",
        [
            may("mime_type", Kind::MediaType),
            may("payload_bin", Kind::Binary),
            may("url", Kind::Uri),
            may("hashes", Kind::Hashes),
            may("encryption_algorithm", Kind::Closed(&["AES-256-GCM", "ChaCha20-Poly1305", "mime-type-indicated"])),
            may("decryption_key", Kind::Text),
        ],
        &["payload_bin", "url"]
    ),
    observable!("autonomous-system", "6.2", [must("number", ANY_INTEGER), may("name", Kind::Text), may("rir", Kind::Text)]),
    observable!(
        "directory",
        "6.3",
        [
            must("path", Kind::Text),
            may("path_enc", Kind::CharacterSet),
            INSTANTS_OF_FILES[0],
            INSTANTS_OF_FILES[1],
            INSTANTS_OF_FILES[2],
            may("contains_refs", Kind::List(&Kind::ObservableReference(&["file", "directory"]))),
        ]
    ),
    observable!(
        "domain-name",
        "6.4",
        [
            must("value", Kind::Host),
            may("resolves_to_refs", Kind::List(&Kind::ObservableReference(&["ipv4-addr", "ipv6-addr", "domain-name"]))),
        ]
    ),
    observable!(
        "email-addr",
        "6.5",
        [must("value", Kind::Email), may("display_name", Kind::Text), may("belongs_to_ref", ACCOUNT)]
    ),
    observable!(
        "email-message",
        "6.6",
        [
            must("is_multipart", Kind::Bool),
            may("date", Kind::Instant),
            may("content_type", Kind::Text),
            may("from_ref", ADDRESSES),
            may("sender_ref", ADDRESSES),
            may("to_refs", Kind::List(&ADDRESSES)),
            may("cc_refs", Kind::List(&ADDRESSES)),
            may("bcc_refs", Kind::List(&ADDRESSES)),
            may("message_id", Kind::Text),
            may("subject", Kind::Text),
            may("received_lines", TEXTS),
            may("additional_header_fields", Kind::DictionaryOf(&HEADER_FIELDS)),
            may("body", Kind::Text),
            may("body_multipart", Kind::List(&Kind::Object(&MIME_PART))),
            may("raw_email_ref", ARTIFACT),
        ]
    ),
    observable!(
        "file",
        "6.7",
        [
            may("hashes", Kind::Hashes),
            may("size", COUNT),
            may("name", Kind::Text),
            may("name_enc", Kind::CharacterSet),
            may("magic_number_hex", Kind::Hex),
            may("mime_type", Kind::MediaTypeOpen),
            INSTANTS_OF_FILES[0],
            INSTANTS_OF_FILES[1],
            INSTANTS_OF_FILES[2],
            may("parent_directory_ref", Kind::ObservableReference(&["directory"])),
            may("contains_refs", Kind::List(&Kind::ObservableReference(&[]))),
            may("content_ref", ARTIFACT),
        ],
        &["hashes", "name"]
    ),
    observable!(
        "ipv4-addr",
        "6.8",
        [
            must("value", Kind::Ipv4),
            may("resolves_to_refs", Kind::List(&Kind::ObservableReference(&["mac-addr"]))),
            may("belongs_to_refs", Kind::List(&Kind::ObservableReference(&["autonomous-system"]))),
        ]
    ),
    observable!(
        "ipv6-addr",
        "6.9",
        [
            must("value", Kind::Ipv6),
            may("resolves_to_refs", Kind::List(&Kind::ObservableReference(&["mac-addr"]))),
            may("belongs_to_refs", Kind::List(&Kind::ObservableReference(&["autonomous-system"]))),
        ]
    ),
    observable!("mac-addr", "6.10", [must("value", Kind::Mac)]),
    observable!("mutex", "6.11", [must("name", Kind::Text)]),
    observable!(
        "network-traffic",
        "6.12",
        [
            may("start", Kind::Instant),
            may("end", Kind::Instant),
            may("is_active", Kind::Bool),
            may("src_ref", ENDPOINT),
            may("dst_ref", ENDPOINT),
            may("src_port", PORT),
            may("dst_port", PORT),
            must("protocols", Kind::List(&Kind::Protocol)),
            may("src_byte_count", COUNT),
            may("dst_byte_count", COUNT),
            may("src_packets", COUNT),
            may("dst_packets", COUNT),
            may("ipfix", Kind::DictionaryOf(&super::extension::IPFIX)),
            may("src_payload_ref", ARTIFACT),
            may("dst_payload_ref", ARTIFACT),
            may("encapsulates_refs", Kind::List(&TRAFFIC)),
            may("encapsulated_by_ref", TRAFFIC),
        ],
        &["src_ref", "dst_ref"],
        &[("end", "start", false)]
    ),
    observable!(
        "process",
        "6.13",
        [
            may("is_hidden", Kind::Bool),
            may("pid", ANY_INTEGER),
            may("created_time", Kind::Instant),
            may("cwd", Kind::Text),
            may("command_line", Kind::Text),
            may("environment_variables", Kind::Dictionary),
            may("opened_connection_refs", Kind::List(&TRAFFIC)),
            may("creator_user_ref", ACCOUNT),
            may("image_ref", FILE),
            may("parent_ref", PROCESS),
            may("child_refs", Kind::List(&PROCESS)),
        ],
        &[
            "is_hidden",
            "pid",
            "created_time",
            "cwd",
            "command_line",
            "environment_variables",
            "opened_connection_refs",
            "creator_user_ref",
            "image_ref",
            "parent_ref",
            "child_refs",
            "extensions",
        ]
    ),
    observable!(
        "software",
        "6.14",
        [
            must("name", Kind::Text),
            may("cpe", Kind::Cpe),
            may("swid", Kind::Text),
            may("languages", Kind::List(&Kind::LanguageOfSoftware)),
            may("vendor", Kind::Text),
            may("version", Kind::Text),
        ]
    ),
    observable!("url", "6.15", [must("value", Kind::Uri)]),
    observable!(
        "user-account",
        "6.16",
        [
            may("user_id", Kind::Text),
            may("credential", Kind::Text),
            may("account_login", Kind::Text),
            may("account_type", Kind::Open(&of::ACCOUNT_TYPE)),
            may("display_name", Kind::Text),
            may("is_service_account", Kind::Bool),
            may("is_privileged", Kind::Bool),
            may("can_escalate_privs", Kind::Bool),
            may("is_disabled", Kind::Bool),
            may("account_created", Kind::Instant),
            may("account_expires", Kind::Instant),
            may("credential_last_changed", Kind::Instant),
            may("account_first_login", Kind::Instant),
            may("account_last_login", Kind::Instant),
        ],
        &[
            "user_id",
            "credential",
            "account_login",
            "account_type",
            "display_name",
            "is_service_account",
            "is_privileged",
            "can_escalate_privs",
            "is_disabled",
            "account_created",
            "account_expires",
            "credential_last_changed",
            "account_first_login",
            "account_last_login",
            "extensions",
        ]
    ),
    observable!(
        "windows-registry-key",
        "6.17",
        [
            may("key", Kind::Text),
            may("values", Kind::List(&Kind::Object(&REGISTRY_VALUE))),
            may("modified_time", Kind::Instant),
            may("creator_user_ref", ACCOUNT),
            may("number_of_subkeys", ANY_INTEGER),
        ],
        &["key", "values", "modified_time", "creator_user_ref", "number_of_subkeys"]
    ),
    observable!(
        "x509-certificate",
        "6.18",
        [
            may("is_self_signed", Kind::Bool),
            may("hashes", Kind::Hashes),
            may("version", Kind::Text),
            may("serial_number", Kind::Text),
            may("signature_algorithm", Kind::Text),
            may("issuer", Kind::Text),
            may("validity_not_before", Kind::Instant),
            may("validity_not_after", Kind::Instant),
            may("subject", Kind::Text),
            may("subject_public_key_algorithm", Kind::Text),
            may("subject_public_key_modulus", Kind::Text),
            may("subject_public_key_exponent", ANY_INTEGER),
            may("x509_v3_extensions", Kind::Object(&X509_EXTENSIONS)),
        ],
        &[
            "is_self_signed",
            "hashes",
            "version",
            "serial_number",
            "signature_algorithm",
            "issuer",
            "validity_not_before",
            "validity_not_after",
            "subject",
            "subject_public_key_algorithm",
            "subject_public_key_modulus",
            "subject_public_key_exponent",
            "x509_v3_extensions",
        ]
    ),
];

static MIME_PART: Shape = Shape {
    name: "email-mime-part-type",
    section: "6.6.2",
    properties: &[
        may("body", Kind::Text),
        may("body_raw_ref", Kind::ObservableReference(&["artifact", "file"])),
        may("content_type", Kind::Text),
        may("content_disposition", Kind::Text),
    ],
    at_least_one: &["body", "body_raw_ref"],
    order: &[],
};

static REGISTRY_VALUE: Shape = Shape {
    name: "windows-registry-value-type",
    section: "6.17.2",
    properties: &[
        may("name", Kind::Text),
        may("data", Kind::Text),
        may(
            "data_type",
            Kind::Closed(&[
                "REG_NONE",
                "REG_SZ",
                "REG_EXPAND_SZ",
                "REG_BINARY",
                "REG_DWORD",
                "REG_DWORD_BIG_ENDIAN",
                "REG_DWORD_LITTLE_ENDIAN",
                "REG_LINK",
                "REG_MULTI_SZ",
                "REG_RESOURCE_LIST",
                "REG_FULL_RESOURCE_DESCRIPTION",
                "REG_RESOURCE_REQUIREMENTS_LIST",
                "REG_QWORD",
                "REG_INVALID_TYPE",
            ]),
        ),
    ],
    at_least_one: &["name", "data", "data_type"],
    order: &[],
};

static X509_EXTENSIONS: Shape = Shape {
    name: "x509-v3-extensions-type",
    section: "6.18.2",
    properties: &[
        may("basic_constraints", Kind::Text),
        may("name_constraints", Kind::Text),
        may("policy_constraints", Kind::Text),
        may("key_usage", Kind::Text),
        may("extended_key_usage", Kind::Text),
        may("subject_key_identifier", Kind::Text),
        may("authority_key_identifier", Kind::Text),
        may("subject_alternative_name", Kind::Text),
        may("issuer_alternative_name", Kind::Text),
        may("subject_directory_attributes", Kind::Text),
        may("crl_distribution_points", Kind::Text),
        may("inhibit_any_policy", Kind::Text),
        may("private_key_usage_period_not_before", Kind::Instant),
        may("private_key_usage_period_not_after", Kind::Instant),
        may("certificate_policies", Kind::Text),
        may("policy_mappings", Kind::Text),
    ],
    at_least_one: &[
        "basic_constraints",
        "name_constraints",
        "policy_constraints",
        "key_usage",
        "extended_key_usage",
        "subject_key_identifier",
        "authority_key_identifier",
        "subject_alternative_name",
        "issuer_alternative_name",
        "subject_directory_attributes",
        "crl_distribution_points",
        "inhibit_any_policy",
        "private_key_usage_period_not_before",
        "private_key_usage_period_not_after",
        "certificate_policies",
        "policy_mappings",
    ],
    order: &[],
};
