//! Media types of requests (RFC 9110, sections 8.3 and 12.5.1).

/// Whether what the server says may be sent to whoever accepts this. Without a header everything is accepted.
pub(super) fn accepts(header: Option<&str>) -> bool {
    let Some(header) = header else { return true };
    parts(header, ',').any(|range| {
        let mut parts = parts(range, ';');
        let kind = parts.next().unwrap_or_default().trim().to_ascii_lowercase();
        let (mut is_right, mut is_wanted) = (matches!(kind.as_str(), "*/*" | "application/*" | "application/taxii+json"), true);
        for parameter in parts {
            let (name, value) = parameter.split_once('=').unwrap_or((parameter, ""));
            let value = unquoted(value.trim());
            match name.trim().to_ascii_lowercase().as_str() {
                "version" => is_right &= value == "2.1",
                "q" => is_wanted = value.parse::<f32>().is_ok_and(|weight| weight > 0.0),
                _ => {}
            }
        }
        is_right && is_wanted
    })
}

/// Whether a body of this type is an envelope of TAXII 2.1.
pub(super) fn is_envelope(header: Option<&str>) -> bool {
    let Some(header) = header else { return false };
    let mut parts = parts(header, ';');
    let is_taxii = parts.next().is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/taxii+json"));
    is_taxii
        && parts.all(|parameter| {
            let (name, value) = parameter.split_once('=').unwrap_or((parameter, ""));
            !name.trim().eq_ignore_ascii_case("version") || unquoted(value.trim()) == "2.1"
        })
}

/// What stands between separators that are not quoted.
fn parts(text: &str, separator: char) -> impl Iterator<Item = &str> {
    let mut quoted = false;
    text.split(move |letter| {
        quoted ^= letter == '"';
        letter == separator && !quoted
    })
}

fn unquoted(value: &str) -> &str {
    value.strip_prefix('"').and_then(|value| value.strip_suffix('"')).unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usual_and_unusual_headers_are_read() {
        for good in [
            "application/taxii+json;version=2.1",
            "application/taxii+json; version=2.1",
            "application/taxii+json;version=\"2.1\"",
            "application/taxii+json",
            "APPLICATION/TAXII+JSON",
            "text/html, application/taxii+json;version=2.1;q=0.5",
            "*/*",
            "application/*;q=0.1",
            "application/json;profile=\"a,b;c\", application/taxii+json",
        ] {
            assert!(accepts(Some(good)), "{good}");
        }
        for bad in [
            "application/taxii+json;version=2.0",
            "application/json",
            "text/html",
            "",
            "*/*;q=0",
            "application/vnd.oasis.stix+json",
        ] {
            assert!(!accepts(Some(bad)), "{bad}");
        }
        assert!(accepts(None) && !is_envelope(None));
        assert!(is_envelope(Some("application/taxii+json;version=2.1")) && is_envelope(Some("Application/TAXII+json")));
        assert!(!is_envelope(Some("application/json")) && !is_envelope(Some("application/taxii+json;version=2.0")));
    }
}
