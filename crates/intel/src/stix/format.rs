//! Forms of single values: identifiers, hashes, addresses, encodings.

/// The UUID of an identifier, as far as rules ask for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Identifier<'a> {
    /// The type, such as `indicator`.
    pub object_type: &'a str,
    /// The version of the UUID, 1 to 5.
    pub version: u8,
}

impl<'a> Identifier<'a> {
    /// Reads `type--UUID` (section 2.9).
    pub fn parse(text: &'a str) -> Option<Self> {
        let (object_type, uuid) = text.split_once("--")?;
        let (first, last) = (object_type.bytes().next()?, object_type.bytes().last()?);
        let is_name = object_type.len() >= 3
            && first.is_ascii_lowercase()
            && last != b'-'
            && object_type.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
        let version = uuid_version(uuid)?;
        is_name.then_some(Self { object_type, version })
    }
}

/// The version of a UUID of RFC 4122, 1 to 5.
fn uuid_version(text: &str) -> Option<u8> {
    let bytes: &[u8; 36] = text.as_bytes().try_into().ok()?;
    let is_formed = bytes.iter().enumerate().all(|(at, byte)| match at {
        8 | 13 | 18 | 23 => *byte == b'-',
        _ => byte.is_ascii_hexdigit(),
    });
    let is_variant = matches!(bytes[19], b'8' | b'9' | b'a' | b'b' | b'A' | b'B');
    (is_formed && is_variant && (b'1'..=b'5').contains(&bytes[14])).then(|| bytes[14] - b'0')
}

/// Whether a text is a name of a type: `a-z`, digits and single hyphens, from 3 to 250 signs, a letter first (section 3.2).
pub(super) fn is_type_name(text: &str) -> bool {
    (3..=250).contains(&text.len())
        && text.starts_with(|first: char| first.is_ascii_lowercase())
        && !text.contains("--")
        && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

/// Whether a text is a name of a property: `a-z`, digits and `_`, from 3 to 250 signs (section 3.1).
pub(super) fn is_property_name(text: &str) -> bool {
    text == "id"
        || (3..=250).contains(&text.len())
            && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
}

/// Whether a text is a key of a dictionary: letters, digits, `-` and `_`, at most 250 (section 2.3).
pub(super) fn is_dictionary_key(text: &str) -> bool {
    text.len() <= 250 && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
}

/// Whether a text is base64 with its padding.
pub(super) fn is_base64(text: &str) -> bool {
    let content = text.strip_suffix("==").or_else(|| text.strip_suffix('=')).unwrap_or(text);
    !text.is_empty()
        && text.len().is_multiple_of(4)
        && !content.is_empty()
        && content.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/'))
}

/// Whether a text is hexadecimal digits in pairs, at least one pair.
pub(super) fn is_hex(text: &str) -> bool {
    !text.is_empty() && text.len().is_multiple_of(2) && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// Whether a value can be a hash of the algorithm; nothing where the algorithm is not one of the vocabulary.
pub(super) fn is_hash(algorithm: &str, value: &str) -> Option<bool> {
    let digits = match algorithm {
        "MD5" => 32,
        "SHA-1" => 40,
        "SHA-256" | "SHA3-256" => 64,
        "SHA-512" | "SHA3-512" => 128,
        "SSDEEP" => {
            let is_sign = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'+' | b':' | b'.');
            return Some((1..=150).contains(&value.len()) && value.bytes().all(is_sign));
        }
        // With or without the version that newer tools put first.
        "TLSH" => return Some(matches!(value.len(), 70 | 72) && value.bytes().all(|byte| byte.is_ascii_alphanumeric())),
        _ => return None,
    };
    Some(value.len() == digits && value.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

/// Whether a text is an IPv4 address or network in CIDR notation.
pub(super) fn is_ipv4(text: &str) -> bool {
    let (address, prefix) = text.split_once('/').map_or((text, None), |(address, prefix)| (address, Some(prefix)));
    address.parse::<std::net::Ipv4Addr>().is_ok() && prefix.is_none_or(|prefix| is_number_to(prefix, 32))
}

/// Whether a text is an IPv6 address or network in CIDR notation.
pub(super) fn is_ipv6(text: &str) -> bool {
    let (address, prefix) = text.split_once('/').map_or((text, None), |(address, prefix)| (address, Some(prefix)));
    let address = address.split_once('%').map_or(address, |(address, zone)| if zone.is_empty() { "" } else { address });
    address.parse::<std::net::Ipv6Addr>().is_ok() && prefix.is_none_or(|prefix| is_number_to(prefix, 128))
}

fn is_number_to(text: &str, most: u16) -> bool {
    let is_plain = text == "0" || !text.starts_with('0') && text.len() <= 3 && text.bytes().all(|byte| byte.is_ascii_digit());
    is_plain && text.parse::<u16>().is_ok_and(|number| number <= most)
}

/// Whether a text is a MAC address as section 6.8 has it: lower case, colons.
pub(super) fn is_mac(text: &str) -> bool {
    text.len() == 17
        && text.bytes().enumerate().all(|(at, byte)| match at % 3 {
            2 => byte == b':',
            _ => byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte),
        })
}

/// Whether a text is a URI of RFC 3986.
pub(super) fn is_uri(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once(':') else { return false };
    let is_scheme = scheme.starts_with(|first: char| first.is_ascii_alphabetic())
        && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'.' | b'-'));
    let bytes = rest.as_bytes();
    let is_sign = |at: usize, byte: u8| match byte {
        b'%' => bytes.get(at + 1..at + 3).is_some_and(|pair| pair.iter().all(u8::is_ascii_hexdigit)),
        b'<' | b'>' | b'"' | b'{' | b'}' | b'|' | b'\\' | b'^' | b'`' => false,
        _ => byte.is_ascii_graphic(),
    };
    let host = rest.strip_prefix("//").map_or("", |rest| rest.split(['/', '?', '#']).next().unwrap_or_default());
    let has_host = !rest.starts_with("//") || !host.is_empty() || scheme.eq_ignore_ascii_case("file");
    is_scheme && has_host && bytes.iter().enumerate().all(|(at, byte)| is_sign(at, *byte)) && rest.matches('#').count() <= 1
}

/// Whether a text has the form of an e-mail address: something before and behind one `@`, without blanks.
pub(super) fn is_email(text: &str) -> bool {
    let Some((local, host)) = text.rsplit_once('@') else { return false };
    let is_quoted = local.len() > 2 && local.starts_with('"') && local.ends_with('"');
    !local.is_empty()
        && (is_quoted || !local.contains(|letter: char| letter.is_whitespace() || letter == '@'))
        && !host.is_empty()
        && !host.contains(char::is_whitespace)
}

/// Whether a text has the form of a host name, also an internationalised one.
pub(super) fn is_host(text: &str) -> bool {
    let name = text.strip_suffix('.').unwrap_or(text);
    !name.is_empty()
        && name.chars().count() <= 253
        && name.split('.').all(|label| {
            (1..=63).contains(&label.chars().count())
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label.chars().all(|letter| letter.is_alphanumeric() || matches!(letter, '-' | '_') || !letter.is_ascii())
        })
}

/// Whether a text is a media type, `type/subtype`, of a registered kind.
pub(super) fn is_media_type(text: &str) -> bool {
    const KINDS: [&str; 10] =
        ["application", "audio", "font", "haptics", "image", "message", "model", "multipart", "text", "video"];
    text.split_once('/').is_some_and(|(kind, subtype)| {
        let is_sign = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$&-^_.+".contains(&byte);
        KINDS.contains(&kind) && (1..=127).contains(&subtype.len()) && subtype.bytes().all(is_sign)
    })
}

/// Character sets of the IANA registry that are no member of a numbered family, by their names for MIME.
const CHARACTER_SETS: &str = "US-ASCII UTF-7 UTF-7-IMAP UTF-8 UTF-16 UTF-16BE UTF-16LE UTF-32 UTF-32BE UTF-32LE CESU-8 SCSU BOCU-1 \
    Shift_JIS EUC-JP EUC-KR ISO-2022-JP ISO-2022-JP-2 ISO-2022-KR ISO-2022-CN ISO-2022-CN-EXT GB2312 GBK GB18030 HZ-GB-2312 Big5 \
    Big5-HKSCS KOI8-R KOI8-U KOI7-switched TIS-620 VISCII VIQR TSCII PTCP154 KZ-1048 hp-roman8 macintosh Windows-31J windows-874 \
    ISO-8859-6-E ISO-8859-6-I ISO-8859-8-E ISO-8859-8-I ISO-10646-UCS-2 ISO-10646-UCS-4 ISO-10646-UCS-Basic ISO-10646-Unicode-Latin1 \
    ISO-10646-J-1 ISO-10646-UTF-1 Amiga-1251 OSD_EBCDIC_DF04_15 OSD_EBCDIC_DF03_IRV OSD_EBCDIC_DF04_1 UNICODE-1-1 UNICODE-1-1-UTF-7 \
    Adobe-Standard-Encoding Adobe-Symbol-Encoding Ventura-US Ventura-International Ventura-Math HP-Legal HP-Pi-font HP-Math8 \
    HP-DeskTop Microsoft-Publishing JIS_Encoding JIS_C6226-1978 JIS_C6226-1983 JIS_X0201 JIS_X0212-1990 KS_C_5601-1987 KSC5636 \
    GB_1988-80 GB_2312-80 BRF CP50220 CP51932 EBCDIC-US";

/// Whether a text is the preferred name of a registered character set (RFC 2978).
pub(super) fn is_character_set(text: &str) -> bool {
    const NUMBERED: [(&str, &[u16]); 3] = [
        ("ISO-8859-", &[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 13, 14, 15, 16]),
        ("windows-", &[1250, 1251, 1252, 1253, 1254, 1255, 1256, 1257, 1258]),
        (
            "IBM",
            &[
                37, 38, 273, 274, 275, 277, 278, 280, 281, 284, 285, 290, 297, 420, 423, 424, 437, 500, 775, 850, 851, 852, 855,
                857, 858, 860, 861, 862, 863, 864, 865, 866, 868, 869, 870, 871, 880, 891, 903, 904, 905, 918, 924, 1026, 1047,
                1140, 1141, 1142, 1143, 1144, 1145, 1146, 1147, 1148, 1149,
            ],
        ),
    ];
    let is_numbered = NUMBERED.iter().any(|(family, numbers)| {
        text.get(..family.len()).is_some_and(|start| start.eq_ignore_ascii_case(family))
            && text[family.len()..].parse::<u16>().is_ok_and(|number| numbers.contains(&number))
    });
    is_numbered || CHARACTER_SETS.split_ascii_whitespace().any(|name| name.eq_ignore_ascii_case(text))
}

/// Whether a text is a name of a service or protocol (RFC 6335): letters, digits and single hyphens, at most 15, one letter.
pub(super) fn is_protocol(text: &str) -> bool {
    (1..=15).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        && text.bytes().any(|byte| byte.is_ascii_alphabetic())
        && !text.starts_with('-')
        && !text.ends_with('-')
        && !text.contains("--")
}

/// Whether a text is a CPE 2.3 formatted string: its part and ten components (NIST IR 7695).
pub(super) fn is_cpe(text: &str) -> bool {
    let Some(rest) = text.strip_prefix("cpe:2.3:") else { return false };
    let (mut count, mut length, mut escaped) = (0, 0, false);
    let mut part_is_right = false;
    for (at, byte) in rest.bytes().enumerate() {
        match byte {
            b':' if !escaped => {
                if length == 0 {
                    return false;
                }
                count += 1;
                length = 0;
                part_is_right |= count == 1 && at == 1 && matches!(rest.as_bytes()[0], b'a' | b'h' | b'o' | b'*' | b'-');
            }
            b'\\' if !escaped => {
                escaped = true;
                length += 1;
                continue;
            }
            _ if escaped => length += 1,
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'*' | b'?' => length += 1,
            _ => return false,
        }
        escaped = false;
    }
    part_is_right && count == 10 && length > 0 && !escaped
}

/// Whether a text is all lower case, with hyphens between its words: what values of vocabularies look like.
pub(super) fn is_vocabulary_style(text: &str) -> bool {
    !text.contains(['_', ' ']) && text.chars().any(char::is_lowercase) && !text.chars().any(char::is_uppercase)
}
