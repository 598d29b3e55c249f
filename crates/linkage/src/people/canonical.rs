//! Values of applications in the forms in which they are compared: those of `bonafide-normalise`, with short ways for what is
//! written plainly, as most of a million rows are.

use std::borrow::Cow;

use bonafide_model::fact::LinkKind;
use bonafide_normalise::{email, handle, name, phone, wallet};

use super::read::truncated;

pub(super) fn lower(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase()) {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.to_lowercase())
    }
}

pub(super) fn fold_name(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return Cow::Borrowed(text);
    }
    if text.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        return Cow::Owned(text.to_ascii_lowercase());
    }
    let key = name::parse(text).key();
    if key.is_empty() { lower(text) } else { Cow::Owned(key) }
}

pub(super) fn mailbox(text: &str) -> Cow<'_, str> {
    if let Some(canonical) = plain_mailbox(text) {
        return Cow::Owned(canonical);
    }
    email::canonical(text).map_or_else(|| lower(truncated(text)), Cow::Owned)
}

/// The canonical form of an address of letters, digits and few signs, as [`email::canonical`] would give it; `None` where that has
/// to be asked.
fn plain_mailbox(text: &str) -> Option<String> {
    const LONGEST_LOCAL: usize = 64;
    const LONGEST_LABEL: usize = 63;
    let (local, domain) = text.split_once('@')?;
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_' | b'+');
    let has_empty_part = |text: &str| text.is_empty() || text.starts_with('.') || text.ends_with('.') || text.contains("..");
    if local.len() > LONGEST_LOCAL || has_empty_part(local) || !local.bytes().all(is_plain) {
        return None;
    }
    let is_label = |label: &str| {
        (1..=LONGEST_LABEL).contains(&label.len())
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.as_bytes().get(2..4) != Some(b"--")
    };
    let (_, last) = domain.rsplit_once('.')?;
    if domain.len() > 200 || !last.bytes().all(|byte| byte.is_ascii_alphabetic()) || !domain.split('.').all(is_label) {
        return None;
    }
    let base = local.split('+').next().unwrap_or(local);
    // A tag behind a name that many stand behind tells people apart; such names hold no digits.
    let is_tagged = base.len() < local.len();
    if is_tagged && (!base.bytes().any(|byte| byte.is_ascii_digit()) || domain.to_ascii_lowercase().starts_with("users.noreply."))
    {
        return None;
    }
    let is_gmail = ["gmail.com", "googlemail.com"].iter().any(|known| domain.eq_ignore_ascii_case(known));
    let mut canonical = String::with_capacity(base.len() + 1 + domain.len());
    canonical.extend(base.chars().filter(|&letter| !(is_gmail && letter == '.')));
    canonical.push('@');
    canonical.push_str(if is_gmail { "gmail.com" } else { domain });
    canonical.make_ascii_lowercase();
    Some(canonical)
}

/// The last nine digits; the country's code may be written or not.
pub(super) fn telephone<'a>(text: &'a str, country: Option<&str>) -> Cow<'a, str> {
    const DIGITS: usize = 9;
    let (mut last, mut count, mut is_plain) = ([0_u8; DIGITS], 0, true);
    for byte in text.bytes().rev() {
        match byte {
            b'0'..=b'9' if count < DIGITS => {
                count += 1;
                last[DIGITS - count] = byte;
            }
            b'0'..=b'9' | b'+' | b'-' | b'.' | b' ' | b'(' | b')' => {}
            _ => is_plain = false,
        }
    }
    if is_plain && count == DIGITS {
        return String::from_utf8_lossy(&last).into_owned().into();
    }
    match phone::parse(text, country) {
        Ok(number) => Cow::Owned(number.last_nine().unwrap_or_else(|| number.canonical()).to_owned()),
        Err(_) => lower(text),
    }
}

pub(super) fn account(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'_' | b'-')) {
        return Cow::Borrowed(text);
    }
    handle::canonical(LinkKind::Github, text).map_or_else(|| lower(text), Cow::Owned)
}

pub(super) fn address(text: &str) -> Cow<'_, str> {
    match text.parse::<std::net::IpAddr>() {
        Ok(std::net::IpAddr::V4(_)) | Err(_) => Cow::Borrowed(text),
        Ok(address) => Cow::Owned(address.to_canonical().to_string()),
    }
}

pub(super) fn purse(text: &str) -> Cow<'_, str> {
    const DIGITS: usize = 40;
    // An address of Ethereum is in lower case whether its checksum holds or not.
    let digits = text.strip_prefix("0x");
    if digits.is_some_and(|digits| digits.len() == DIGITS && digits.bytes().all(|byte| byte.is_ascii_hexdigit())) {
        return lower(text);
    }
    wallet::canonical(text).map_or_else(|| lower(text), Cow::Owned)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn short_ways_lead_where_the_long_ones_do(
            local in "[a-zA-Z0-9._+-]{0,12}(jobs|hr|info)?(\\+[a-z0-9]{0,4})?",
            domain in "(gmail\\.com|GoogleMail\\.com|users\\.noreply\\.code\\.example|[a-zA-Z0-9-]{0,8}(\\.[a-z0-9-]{0,5}){0,3})",
            digits in "0x[0-9a-fA-F]{38,42}",
        ) {
            let address = format!("{local}@{domain}");
            if let Some(plain) = plain_mailbox(&address) {
                prop_assert_eq!(Some(plain), email::canonical(&address), "{}", address);
            }
            let long = wallet::canonical(&digits).unwrap_or_else(|| digits.to_lowercase());
            prop_assert_eq!(purse(&digits).into_owned(), long);
        }
    }

    #[test]
    fn plain_values_take_the_short_way() {
        assert_eq!(plain_mailbox("Jo.Roe7+jobs@GoogleMail.com").as_deref(), Some("joroe7@gmail.com"));
        assert_eq!(plain_mailbox("jo-roe@corp.example").as_deref(), Some("jo-roe@corp.example"));
        assert_eq!(plain_mailbox("jobs+jo@corp.example"), None);
        assert_eq!(telephone("(617) 555-0123", Some("US")), "175550123");
        assert_eq!(telephone("0016175550123", None), "175550123");
    }
}
