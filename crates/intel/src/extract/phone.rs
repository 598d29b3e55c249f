//! Telephone numbers in international notation.

use bonafide_normalise::phone;

/// Digits of an international number (ITU-T E.164 §6.1), and of the shortest that is told from an amount.
const MOST_DIGITS: usize = 15;
const FEWEST_DIGITS: usize = 8;
/// Bytes of a number with its signs at most.
const LONGEST: usize = 32;

/// The number that begins at `start` with a plus sign, two zeros or a bracket before either, and where it ends.
///
/// The longest run of groups that its country's numbering plan knows is taken, so that a figure behind the number stays outside.
pub(super) fn read(text: &str, start: usize) -> Option<(String, usize)> {
    let bytes = text.as_bytes();
    // The places where a group of digits ends.
    let mut ends = [0_usize; LONGEST];
    let mut groups = 0;
    let mut digits = 0;
    let mut at = start + usize::from(bytes.get(start) == Some(&b'+'));
    let mut dots = 0;
    while at < start + LONGEST {
        let begin = at;
        while bytes.get(at).is_some_and(u8::is_ascii_digit) {
            at += 1;
        }
        if at > begin {
            digits += at - begin;
            let next = bytes.get(at).copied().unwrap_or(b' ');
            let follows = bytes.get(at + 1).copied().unwrap_or(b' ');
            let is_cut = next.is_ascii_alphabetic() || matches!(next, b'@' | b'_' | b'%' | b'$');
            let is_decimal =
                matches!(next, b'.' | b',' | b':') && follows.is_ascii_digit() && !(next == b'.' && dots + 1 >= groups);
            if digits > MOST_DIGITS + 2 || is_cut || is_decimal || groups >= LONGEST {
                break;
            }
            ends[groups] = at;
            groups += 1;
        }
        // Between groups: one sign, with spaces or brackets around.
        let mut signs = 0;
        let mut is_dotted = false;
        while signs < 3 && bytes.get(at).is_some_and(|byte| matches!(byte, b' ' | b'-' | b'.' | b'(' | b')' | b'/')) {
            is_dotted |= bytes[at] == b'.';
            at += 1;
            signs += 1;
        }
        dots += usize::from(is_dotted);
        if signs == 0 || !bytes.get(at).is_some_and(u8::is_ascii_digit) {
            break;
        }
    }
    for &end in ends.get(..groups)?.iter().rev() {
        let written = text.get(start..end)?;
        let count = written.bytes().filter(u8::is_ascii_digit).count();
        if count < FEWEST_DIGITS {
            return None;
        }
        if count > MOST_DIGITS + 2 || is_amount(bytes, end) {
            continue;
        }
        if let Ok(number) = phone::parse(written, None)
            && number.usual_length
            && let Some(value) = number.e164
        {
            return Some((value, end));
        }
    }
    None
}

/// Whether a currency or a unit follows.
fn is_amount(bytes: &[u8], end: usize) -> bool {
    let rest = bytes.get(end..).unwrap_or_default();
    let rest = rest.strip_prefix(b" ").unwrap_or(rest);
    [&b"usd"[..], b"eur", b"%", b"btc", b"eth ", b"sol ", b"users", b"followers", b"stars", b"views"]
        .iter()
        .any(|unit| rest.get(..unit.len()).is_some_and(|start| start.eq_ignore_ascii_case(unit)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_end_where_their_country_says() {
        for (text, value) in [
            ("+49 (151) 374-73861 |", Some("+4915137473861")),
            ("+1-415-555-5374  0x12", Some("+14155555374")),
            ("+44 (770) 090-0581 ;", Some("+447700900581")),
            ("+44 (0)7700 900581", Some("+447700900581")),
            ("+1.415.555.0142.", Some("+14155550142")),
            ("+14155550142 2024", Some("+14155550142")),
            ("+447700900722.,  10.0.0.5", Some("+447700900722")),
            ("+81 905 090 3186 (also", Some("+819050903186")),
            ("+1 000 USD", None),
            ("+5", None),
            ("+14155550142abc", None),
        ] {
            assert_eq!(read(text, 0).map(|(value, _)| value).as_deref(), value, "{text}");
        }
    }
}
