//! Numbers, lists and shares as people read them.

/// A number with its noun: `1 commit`, `1,829 commits`, `3 repositories`.
pub(crate) fn count(number: impl TryInto<u64>, noun: &str) -> String {
    let number = number.try_into().unwrap_or(u64::MAX);
    if number == 1 { format!("1 {noun}") } else { format!("{} {}", grouped(number), plural(noun)) }
}

/// A number with commas between its thousands.
pub(crate) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// The first `limit` items, and how many more there are: `a, b and 3 more`.
pub(crate) fn list<T: AsRef<str>>(items: &[T], limit: usize) -> String {
    let shown: Vec<&str> = items.iter().take(limit.max(1)).map(AsRef::as_ref).collect();
    match (shown.as_slice(), items.len().saturating_sub(shown.len())) {
        ([first @ .., last], 0) if !first.is_empty() => format!("{} and {last}", first.join(", ")),
        (all, 0) => all.join(", "),
        (all, more) => format!("{} and {} more", all.join(", "), grouped(more as u64)),
    }
}

/// A part of a whole in whole per cent, never rounded up to 100 or down to 0: `99 %`.
pub(crate) fn percent(part: u64, whole: u64) -> String {
    let exact = if whole == 0 { 0.0 } else { part as f64 * 100.0 / whole as f64 };
    let rounded = match exact.round() {
        100.0 if part < whole => 99.0,
        0.0 if part > 0 => 1.0,
        rounded => rounded,
    };
    format!("{rounded} %")
}

/// Whether a part is at least so many hundredths of the whole; false where the whole is nothing.
pub(crate) fn at_least(part: u64, whole: u64, hundredths: u64) -> bool {
    whole > 0 && part.saturating_mul(100) >= whole.saturating_mul(hundredths)
}

/// The sum of counts; a dossier may claim counts whose sum no number holds.
pub(crate) fn total(counts: impl IntoIterator<Item = u32>) -> u32 {
    counts.into_iter().fold(0, u32::saturating_add)
}

/// A text shortened to `limit` characters, with a mark where something was cut.
pub(crate) fn short(text: &str, limit: usize) -> String {
    let mut shown: String = text.chars().take(limit).collect();
    if shown.len() < text.len() {
        shown.push('…');
    }
    shown
}

fn plural(noun: &str) -> String {
    let (head, last) = noun.rsplit_once(' ').map_or(("", noun), |(head, last)| (head, last));
    let gap = if head.is_empty() { "" } else { " " };
    if last == "person" {
        return format!("{head}{gap}people");
    }
    let last = match last.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'i', 'o', 'u']) => format!("{stem}ies"),
        _ if last.ends_with(['s', 'x']) || last.ends_with("ch") || last.ends_with("sh") => format!("{last}es"),
        _ => format!("{last}s"),
    };
    format!("{head}{gap}{last}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_take_their_nouns() {
        let said = [count(1_u32, "commit"), count(1829_u32, "commit"), count(3_u64, "own repository"), count(2_usize, "address")];
        assert_eq!(said, ["1 commit", "1,829 commits", "3 own repositories", "2 addresses"]);
        assert_eq!(count(-1, "day"), "18,446,744,073,709,551,615 days", "nonsense stays visible");
        assert_eq!(grouped(164_823), "164,823");
    }

    #[test]
    fn lists_say_what_they_leave_out() {
        assert_eq!(list(&["a"], 3), "a");
        assert_eq!(list(&["a", "b", "c"], 3), "a, b and c");
        assert_eq!(list(&["a", "b", "c", "d"], 2), "a, b and 2 more");
        assert_eq!(list::<&str>(&[], 2), "");
    }

    #[test]
    fn shares_never_claim_all_or_nothing() {
        assert_eq!([percent(999, 1000), percent(1, 1000), percent(1, 3), percent(0, 0)], ["99 %", "1 %", "33 %", "0 %"]);
        assert!(at_least(8, 10, 80) && !at_least(79, 100, 80) && !at_least(0, 0, 0));
    }

    #[test]
    fn long_texts_are_cut_visibly() {
        assert_eq!([short("héllo", 3), short("hi", 3)], ["hél…", "hi"]);
    }
}
