//! Which names and numbers are hosts that somebody outside can be found at.

use std::net::{Ipv4Addr, Ipv6Addr};

/// Octets of a name (RFC 1035 §2.3.4).
const LONGEST_NAME: usize = 253;

/// Top-level domains that are endings of files as well: without another sign, a name under them is a file.
const FILE_ENDINGS: [&str; 16] =
    ["zip", "mov", "sh", "py", "rs", "pl", "md", "so", "ps", "pm", "tf", "inc", "properties", "cab", "pub", "ad"];

/// Country codes and new domains that are words of English which may begin a sentence.
const WORDS: [&str; 12] = ["is", "it", "be", "no", "my", "am", "as", "do", "so", "how", "you", "new"];

/// Software whose name looks like a domain.
const SOFTWARE: [&str; 5] = ["asp.net", "ado.net", "vb.net", "ml.net", "socket.io"];

/// Whether a name could be reached: labels as RFC 1123 has them, and a suffix of the Public Suffix List with a name before it. The
/// names of RFC 2606 (`.example`) and RFC 7686 (`.onion`) count too.
pub(super) fn is_name(name: &str) -> bool {
    if name.len() > LONGEST_NAME || !name.contains('.') {
        return false;
    }
    let lower = name.to_ascii_lowercase();
    let mut labels = lower.rsplit('.');
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
    };
    if !lower.split('.').all(is_label) {
        return false;
    }
    let (Some(top), Some(second)) = (labels.next(), labels.next()) else { return false };
    if second.contains('_') || top.bytes().all(|byte| byte.is_ascii_digit()) {
        return false;
    }
    if matches!(top, "example" | "onion") {
        return true;
    }
    let Some(suffix) = psl::suffix(lower.as_bytes()).filter(|suffix| suffix.is_known()) else { return false };
    suffix.as_bytes().len() < lower.len() || suffix.typ() == Some(psl::Type::Private)
}

/// The part of a name that is a host, where what follows its last dots belongs to the next sentence ("site.example.Then").
pub(super) fn leading_name(name: &str) -> Option<&str> {
    let mut rest = name;
    for _ in 0..3 {
        if is_name(rest) {
            return Some(rest);
        }
        rest = rest.rsplit_once('.')?.0;
    }
    None
}

/// What stands around a name in its text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Surroundings {
    /// Somebody took care that nobody follows it, or calls it a domain.
    pub(super) is_meant: bool,
    /// A path follows.
    pub(super) has_path: bool,
    /// A word in lower case follows.
    pub(super) runs_on: bool,
}

/// Whether a name ([`is_name`]) that is no part of a link or address is meant as a host and not as a file, code or two sentences.
pub(super) fn is_meant(name: &str, around: Surroundings) -> bool {
    if around.is_meant {
        return true;
    }
    let lower = name.to_ascii_lowercase();
    let Some((before, top)) = name.rsplit_once('.') else { return false };
    let lower_top = &lower[before.len() + 1..];
    let has_www = lower.starts_with("www.");
    let is_sentence =
        top.starts_with(|c: char| c.is_ascii_uppercase()) && top.bytes().skip(1).any(|byte| byte.is_ascii_lowercase());
    let is_file = FILE_ENDINGS.contains(&lower_top) && !has_www && !around.has_path;
    let is_run_on = around.runs_on && WORDS.contains(&lower_top) && before.bytes().all(|byte| byte.is_ascii_alphabetic());
    let is_number = before.len() <= 2 && before.bytes().all(|byte| byte.is_ascii_digit());
    let labels = before.split('.').count() + 1;
    // "com.firm.product": names of packages and of processes put the top-level domain first.
    let is_reversed = labels >= 3 && ["com.", "org.", "net.", "edu.", "gov."].iter().any(|first| lower.starts_with(first));
    !(is_sentence || is_file || is_run_on || is_number || is_reversed || SOFTWARE.contains(&lower.as_str()))
}

/// A public IPv4 address. Addresses of inner networks, of the machine itself and of groups are nobody's; those for documentation
/// (RFC 5737) are let through as the invented names are.
pub(super) fn public_v4(text: &str) -> Option<Ipv4Addr> {
    if !(7..=15).contains(&text.len()) {
        return None;
    }
    let address: Ipv4Addr = text.parse().ok()?;
    let [a, b, c, _] = address.octets();
    let is_shared = a == 100 && (64..128).contains(&b);
    let is_test = a == 198 && (18..20).contains(&b);
    let is_protocol = (a, b, c) == (192, 0, 0);
    let is_inner = address.is_private() || address.is_loopback() || address.is_link_local();
    (!(is_inner || is_shared || is_test || is_protocol || a == 0 || a >= 224)).then_some(address)
}

/// A global IPv6 address (2000::/3).
pub(super) fn public_v6(text: &str) -> Option<Ipv6Addr> {
    if text.len() > 45 || text.bytes().filter(|&byte| byte == b':').count() < 2 {
        return None;
    }
    let address: Ipv6Addr = text.parse().ok()?;
    let digits = text.bytes().filter(u8::is_ascii_hexdigit).count();
    (address.segments()[0] >> 13 == 1 && digits >= 6).then_some(address)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: Surroundings = Surroundings { is_meant: false, has_path: false, runs_on: false };

    #[test]
    fn names_are_told_from_files_code_and_sentences() {
        for name in ["a.com", "x.co.uk", "roe.example", "a-b.io", "mail.roe.dev", "_dmarc.roe.com", "163.com", "roe.github.io"] {
            assert!(is_name(name) && is_meant(name, PLAIN), "{name}");
        }
        for name in [
            "setup.py",
            "main.rs",
            "README.md",
            "cv.zip",
            "run.sh",
            "node.js",
            "cv.pdf",
            "co.uk",
            "com",
            "done.It",
            "ASP.NET",
            "com.roe.app",
            "3.in",
            "a_b.com",
            "-a.com",
            "a..com",
            "x.exe",
            "e.g",
            "2.0.1",
        ] {
            assert!(!(is_name(name) && is_meant(name, PLAIN)), "{name}");
        }
        assert!(is_meant("cv.zip", Surroundings { is_meant: true, ..PLAIN }));
        assert!(is_meant("www.cv.zip", PLAIN));
        assert!(!is_meant("note.it", Surroundings { runs_on: true, ..PLAIN }));
    }

    #[test]
    fn only_public_numbers_are_hosts() {
        for text in ["45.83.211.223", "203.0.113.9"] {
            assert!(public_v4(text).is_some(), "{text}");
        }
        for text in
            ["10.0.0.5", "127.0.0.1", "192.168.1.1", "172.16.0.1", "100.64.0.1", "224.0.0.1", "01.2.3.4", "1.2.3", "256.1.1.1"]
        {
            assert!(public_v4(text).is_none(), "{text}");
        }
        assert!(public_v6("2001:db8::1").is_some());
        for text in ["fe80::1", "::1", "2a::b", "10:20:30"] {
            assert!(public_v6(text).is_none(), "{text}");
        }
    }
}
