//! The predefined extensions of observables, and dictionaries with rules of their own.

use super::{ANY_INTEGER, COUNT, Judgement, Kind, Property, Rule, Shape, TEXTS, may, must, vocabulary as of};

/// The predefined extension of that name for that type of observable.
pub(in crate::stix) fn predefined(object_type: &str, name: &str) -> Option<&'static Shape> {
    EXTENSIONS.iter().find(|(of, shape)| *of == object_type && shape.name == name).map(|(_, shape)| *shape)
}

static EXTENSIONS: [(&str, &Shape); 12] = [
    ("file", &ARCHIVE),
    ("file", &NTFS),
    ("file", &PDF),
    ("file", &RASTER_IMAGE),
    ("file", &PE_BINARY),
    ("network-traffic", &HTTP_REQUEST),
    ("network-traffic", &ICMP),
    ("network-traffic", &SOCKET),
    ("network-traffic", &TCP),
    ("process", &WINDOWS_PROCESS),
    ("process", &WINDOWS_SERVICE),
    ("user-account", &UNIX_ACCOUNT),
];

macro_rules! shapes {
    ($($name:ident $text:literal $section:literal [$($property:expr),* $(,)?] [$($one:literal),* $(,)?])*) => {
        $(static $name: Shape = Shape {
            name: $text,
            section: $section,
            properties: &[$($property),*],
            at_least_one: &[$($one),*],
            order: &[],
        };)*
    };
}

shapes! {
    ARCHIVE "archive-ext" "6.7.3" [
        must("contains_refs", Kind::List(&Kind::ObservableReference(&["file", "directory"]))),
        may("comment", Kind::Text),
    ] []
    NTFS "ntfs-ext" "6.7.4" [
        may("sid", Kind::Text),
        may("alternate_data_streams", Kind::List(&Kind::Object(&DATA_STREAM))),
    ] ["sid", "alternate_data_streams"]
    DATA_STREAM "alternate-data-stream-type" "6.7.4.2" [
        must("name", Kind::Text),
        may("hashes", Kind::Hashes),
        may("size", COUNT),
    ] []
    PDF "pdf-ext" "6.7.5" [
        may("version", Kind::Text),
        may("is_optimized", Kind::Bool),
        may("document_info_dict", Kind::DictionaryOf(&PDF_INFORMATION)),
        may("pdfid0", Kind::Text),
        may("pdfid1", Kind::Text),
    ] ["version", "is_optimized", "document_info_dict", "pdfid0", "pdfid1"]
    RASTER_IMAGE "raster-image-ext" "6.7.6" [
        may("image_height", ANY_INTEGER),
        may("image_width", ANY_INTEGER),
        may("bits_per_pixel", ANY_INTEGER),
        may("exif_tags", Kind::DictionaryOf(&EXIF)),
    ] ["image_height", "image_width", "bits_per_pixel", "exif_tags"]
    PE_BINARY "windows-pebinary-ext" "6.7.7" [
        must("pe_type", Kind::Open(&of::PE_TYPE)),
        may("imphash", Kind::Text),
        may("machine_hex", Kind::Hex),
        may("number_of_sections", COUNT),
        may("time_date_stamp", Kind::InstantOfSeconds),
        may("pointer_to_symbol_table_hex", Kind::Hex),
        may("number_of_symbols", COUNT),
        may("size_of_optional_header", COUNT),
        may("characteristics_hex", Kind::Hex),
        may("file_header_hashes", Kind::Hashes),
        may("optional_header", Kind::Object(&PE_OPTIONAL_HEADER)),
        may("sections", Kind::List(&Kind::Object(&PE_SECTION))),
    ] [
        "imphash", "machine_hex", "number_of_sections", "time_date_stamp", "pointer_to_symbol_table_hex", "number_of_symbols",
        "size_of_optional_header", "characteristics_hex", "file_header_hashes", "optional_header", "sections",
    ]
    PE_SECTION "windows-pe-section-type" "6.7.7.3" [
        must("name", Kind::Text),
        may("size", COUNT),
        may("entropy", Kind::Number(f64::MIN, f64::MAX)),
        may("hashes", Kind::Hashes),
    ] []
    HTTP_REQUEST "http-request-ext" "6.12.2" [
        must("request_method", Kind::Text),
        must("request_value", Kind::Text),
        may("request_version", Kind::Text),
        may("request_header", Kind::DictionaryOf(&REQUEST_HEADER)),
        may("message_body_length", ANY_INTEGER),
        may("message_body_data_ref", Kind::ObservableReference(&["artifact"])),
    ] []
    ICMP "icmp-ext" "6.12.3" [must("icmp_type_hex", Kind::Hex), must("icmp_code_hex", Kind::Hex)] []
    SOCKET "socket-ext" "6.12.4" [
        must("address_family", Kind::Closed(&[
            "AF_UNSPEC", "AF_INET", "AF_IPX", "AF_APPLETALK", "AF_NETBIOS", "AF_INET6", "AF_IRDA", "AF_BTH",
        ])),
        may("is_blocking", Kind::Bool),
        may("is_listening", Kind::Bool),
        may("options", Kind::DictionaryOf(&SOCKET_OPTIONS)),
        may("socket_type", Kind::Closed(&["SOCK_STREAM", "SOCK_DGRAM", "SOCK_RAW", "SOCK_RDM", "SOCK_SEQPACKET"])),
        may("socket_descriptor", COUNT),
        may("socket_handle", ANY_INTEGER),
    ] []
    TCP "tcp-ext" "6.12.5" [may("src_flags_hex", Kind::Hex), may("dst_flags_hex", Kind::Hex)] ["src_flags_hex", "dst_flags_hex"]
    WINDOWS_PROCESS "windows-process-ext" "6.13.2" [
        may("aslr_enabled", Kind::Bool),
        may("dep_enabled", Kind::Bool),
        may("priority", Kind::Text),
        may("owner_sid", Kind::Text),
        may("window_title", Kind::Text),
        may("startup_info", Kind::DictionaryOf(&STARTUP_INFORMATION)),
        may("integrity_level", Kind::Closed(&["low", "medium", "high", "system"])),
    ] ["aslr_enabled", "dep_enabled", "priority", "owner_sid", "window_title", "startup_info", "integrity_level"]
    WINDOWS_SERVICE "windows-service-ext" "6.13.3" [
        may("service_name", Kind::Text),
        may("descriptions", TEXTS),
        may("display_name", Kind::Text),
        may("group_name", Kind::Text),
        may("start_type", Kind::Closed(&[
            "SERVICE_AUTO_START", "SERVICE_BOOT_START", "SERVICE_DEMAND_START", "SERVICE_DISABLED", "SERVICE_SYSTEM_ALERT",
        ])),
        may("service_dll_refs", Kind::List(&Kind::ObservableReference(&["file"]))),
        may("service_type", Kind::Closed(&[
            "SERVICE_KERNEL_DRIVER", "SERVICE_FILE_SYSTEM_DRIVER", "SERVICE_WIN32_OWN_PROCESS", "SERVICE_WIN32_SHARE_PROCESS",
        ])),
        may("service_status", Kind::Closed(&[
            "SERVICE_CONTINUE_PENDING", "SERVICE_PAUSE_PENDING", "SERVICE_PAUSED", "SERVICE_RUNNING", "SERVICE_START_PENDING",
            "SERVICE_STOP_PENDING", "SERVICE_STOPPED",
        ])),
    ] [
        "service_name", "descriptions", "display_name", "group_name", "start_type", "service_dll_refs", "service_type",
        "service_status",
    ]
    UNIX_ACCOUNT "unix-account-ext" "6.16.2" [
        may("gid", ANY_INTEGER),
        may("groups", TEXTS),
        may("home_dir", Kind::Text),
        may("shell", Kind::Text),
    ] ["gid", "groups", "home_dir", "shell"]
}

const OFFSET: Kind = ANY_INTEGER;

/// Section 6.7.7.2; every property is optional, at least one is there.
static PE_OPTIONAL_HEADER: Shape = Shape {
    name: "windows-pe-optional-header-type",
    section: "6.7.7.2",
    properties: &PE_OPTIONAL_HEADER_PROPERTIES,
    at_least_one: &[],
    order: &[],
};

static PE_OPTIONAL_HEADER_PROPERTIES: [Property; 31] = [
    may("magic_hex", Kind::Hex),
    may("major_linker_version", OFFSET),
    may("minor_linker_version", OFFSET),
    may("size_of_code", COUNT),
    may("size_of_initialized_data", COUNT),
    may("size_of_uninitialized_data", COUNT),
    may("address_of_entry_point", OFFSET),
    may("base_of_code", OFFSET),
    may("base_of_data", OFFSET),
    may("image_base", OFFSET),
    may("section_alignment", OFFSET),
    may("file_alignment", OFFSET),
    may("major_os_version", OFFSET),
    may("minor_os_version", OFFSET),
    may("major_image_version", OFFSET),
    may("minor_image_version", OFFSET),
    may("major_subsystem_version", OFFSET),
    may("minor_subsystem_version", OFFSET),
    may("win32_version_value_hex", Kind::Hex),
    may("size_of_image", COUNT),
    may("size_of_headers", COUNT),
    may("checksum_hex", Kind::Hex),
    may("subsystem_hex", Kind::Hex),
    may("dll_characteristics_hex", Kind::Hex),
    may("size_of_stack_reserve", COUNT),
    may("size_of_stack_commit", COUNT),
    may("size_of_heap_reserve", COUNT),
    may("size_of_heap_commit", COUNT),
    may("loader_flags_hex", Kind::Hex),
    may("number_of_rva_and_sizes", OFFSET),
    may("hashes", Kind::Hashes),
];

/// Section 6.6: other header fields of an e-mail, none that has a property of its own.
pub(super) static HEADER_FIELDS: Rule = Rule {
    key: |key| match key {
        "date" | "received_lines" | "content_type" | "from_ref" | "sender_ref" | "to_refs" | "cc_refs" | "bcc_refs"
        | "subject" => Judgement::Wrong("has a property of its own"),
        _ => Judgement::Right,
    },
    value: |_| &[Kind::Text, TEXTS],
};

/// Section 6.12: elements of the IP flow registry, which begin with a small letter.
pub(super) static IPFIX: Rule = Rule {
    key: |key| {
        let is_element = key.len() > 1
            && key.starts_with(|first: char| first.is_ascii_lowercase())
            && key.bytes().all(|byte| byte.is_ascii_alphanumeric());
        if is_element { Judgement::Right } else { Judgement::Unusual("is no name of an IPFIX information element") }
    },
    value: |_| &[Kind::Text, ANY_INTEGER],
};

static PDF_INFORMATION: Rule = Rule {
    key: |key| match key {
        "Title" | "Author" | "Subject" | "Keywords" | "Creator" | "Producer" | "CreationDate" | "ModDate" | "Trapped" => {
            Judgement::Right
        }
        _ => Judgement::Unusual("is no key of a PDF document information dictionary"),
    },
    value: |_| &[Kind::Text],
};

static EXIF: Rule = Rule {
    key: |key| match key.as_bytes() {
        [b'A'..=b'Z', _, ..] => Judgement::Right,
        _ => Judgement::Wrong("is no name of an EXIF tag, which begins with a capital"),
    },
    value: |_| &[Kind::Text, ANY_INTEGER],
};

/// Header fields that requests carry: RFC 9110, 9111, 6265, 7239 and what browsers and proxies add.
const REQUEST_FIELDS: &str = "accept accept-charset accept-datetime accept-encoding accept-language authorization cache-control \
    connection content-encoding content-length content-md5 content-type cookie date dnt expect forwarded from front-end-https host \
    http2-settings if-match if-modified-since if-none-match if-range if-unmodified-since max-forwards mime-version origin pragma \
    prefer proxy-authorization proxy-connection range referer save-data sec-fetch-dest sec-fetch-mode sec-fetch-site sec-fetch-user \
    te trailer transfer-encoding upgrade upgrade-insecure-requests user-agent via warning x-att-deviceid x-csrf-token \
    x-correlation-id x-forwarded-for x-forwarded-host x-forwarded-proto x-http-method-override x-request-id x-requested-with \
    x-uidh x-wap-profile";

static REQUEST_HEADER: Rule = Rule {
    key: |key| {
        if REQUEST_FIELDS.split_ascii_whitespace().any(|field| field.eq_ignore_ascii_case(key)) {
            Judgement::Right
        } else {
            Judgement::Unusual("is no known header field of requests")
        }
    },
    value: |_| &[Kind::List(&Kind::Text)],
};

static SOCKET_OPTIONS: Rule = Rule {
    key: |key| {
        const FAMILIES: [&str; 8] = ["SO_", "ICMP_", "ICMP6_", "IP_", "IPV6_", "MCAST_", "TCP_", "IRLMP_"];
        let is_option = FAMILIES.iter().any(|family| {
            key.strip_prefix(family).is_some_and(|name| {
                name.split('_').all(|word| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_uppercase()))
            })
        });
        if is_option { Judgement::Right } else { Judgement::Wrong("is no socket option such as SO_KEEPALIVE") }
    },
    value: |_| &[ANY_INTEGER],
};

/// The fields of Windows' `STARTUPINFO`.
static STARTUP_INFORMATION: Rule = Rule {
    key: |_| Judgement::Right,
    value: |key| match key {
        "cb" | "dwX" | "dwY" | "dwXSize" | "dwYSize" | "dwXCountChars" | "dwYCountChars" => &[ANY_INTEGER],
        "cbReserved2" => &[Kind::Integer(0, 0)],
        "lpReserved" | "lpReserved2" => &[],
        _ => &[Kind::Text],
    },
};
