//! Whether two names may be two ways of writing one.

use bonafide_linkage::person::osa;

/// Shorter names differ by a letter because they are others.
const SHORTEST: usize = 3;
/// From here on a name may hold two slips.
const LONG: usize = 8;

/// Whether two names, given and family, may be one person's: equal, in another order, with initials or a middle name left out, or a
/// slip of the pen apart.
pub(super) fn are_alike((given, family): &(String, String), (other_given, other_family): &(String, String)) -> bool {
    if family.is_empty() || other_family.is_empty() {
        return false;
    }
    let straight = is_near(family, other_family) && may_be_given(given, other_given);
    let swapped = family == other_given && given == other_family;
    straight || swapped
}

/// Given names: the first word of each, or its initial.
fn may_be_given(one: &str, other: &str) -> bool {
    let first = |text: &str| text.split([' ', '.', '-']).find(|word| !word.is_empty()).unwrap_or_default().to_owned();
    let (one, other) = (first(one), first(other));
    let (Some(initial), Some(other_initial)) = (one.chars().next(), other.chars().next()) else { return true };
    let is_initial = one.chars().count() == 1 || other.chars().count() == 1;
    is_initial && initial == other_initial || is_near(&one, &other)
}

fn is_near(one: &str, other: &str) -> bool {
    let shorter = one.len().min(other.len());
    let slips = match shorter {
        LONG.. => 2,
        SHORTEST.. => 1,
        _ => 0,
    };
    one == other || slips > 0 && one.len().abs_diff(other.len()) <= 2 && osa(one.as_bytes(), other.as_bytes()) <= slips
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ways_of_writing_one_name() {
        let alike = |one: (&str, &str), other: (&str, &str)| {
            let owned = |(given, family): (&str, &str)| (given.to_owned(), family.to_owned());
            let (one, other) = (owned(one), owned(other));
            assert_eq!(are_alike(&one, &other), are_alike(&other, &one));
            are_alike(&one, &other)
        };
        assert!(alike(("s", "iyer"), ("suresh", "iyer")));
        assert!(alike(("zeo", "macdonald"), ("zoe", "macdonald")));
        assert!(alike(("mary ann", "vell"), ("mary", "vell")));
        assert!(alike(("vell", "karo"), ("karo", "vell")));
        assert!(alike(("", "sukarno"), ("", "sukarno")));
        assert!(!alike(("suresh", "iyer"), ("ramesh", "iyer")));
        assert!(!alike(("li", "wu"), ("lu", "wu")));
        assert!(!alike(("karo", "vell"), ("karo", "other")));
        assert!(!alike(("karo", ""), ("karo", "")));
    }
}
