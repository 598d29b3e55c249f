//! Names.

use bonafide_normalise::name::{NameRelation, compare, parse};
use proptest::prelude::*;

use NameRelation::{Compatible, Different, Same, SharesOnePart, Unknown};

#[test]
fn pairs_of_names() {
    for (left, right, expected) in [
        ("Jane Roe", "JANE ROE", Same),
        ("Roe, Jane", "Jane Roe", Same),
        ("Dr. Jane Roe, PhD", "Jane Roe", Same),
        ("Jane Roe Jr.", "Jane Roe", Same),
        ("José Núñez", "Jose Nunez", Same),
        ("Jean-Pierre Roux", "Jean Pierre Roux", Same),
        ("Ｊａｎｅ Roe", "Jane Roe", Same),
        ("Jane", "jane", Same),
        ("X", "x", Same),
        ("김하나", "김하나", Same),
        ("Roe Jane", "Jane Roe", Compatible),
        ("J. Roe", "Jane Roe", Compatible),
        ("J.M. Roe", "Jane Mary Roe", Compatible),
        ("Jane Roe", "Jane Mary Roe", Compatible),
        ("Jane R.", "Jane Roe", Compatible),
        ("Jane", "Jane Roe", Compatible),
        ("Alex Roe", "Alexander Roe", Compatible),
        ("Jon Roe", "Jonathan Roe", Compatible),
        ("Sergei Volkov", "Sergey Volkov", Compatible),
        ("Сергей Волков", "Sergey Volkov", Compatible),
        ("Иван Волков", "Ivan Volkov", Compatible),
        ("Kim Ha-na", "Hana Kim", Compatible),
        ("Mary Ann Roe", "Maryann Roe", Compatible),
        ("JaneRoe", "Jane Roe", Compatible),
        ("Jane (Janie) Roe", "Janie Roe", Compatible),
        ("Jane Roe née Doe", "Jane Doe", Compatible),
        ("Müller Anna", "Anna Mueller", Compatible),
        ("Jane Roee", "Jane Roe", Compatible),
        ("하나", "김하나", Compatible),
        ("Jane Roe", "John Roe", SharesOnePart),
        ("Jane Roe", "Jane Doe", SharesOnePart),
        ("Bob Roe", "Robert Roe", SharesOnePart),
        ("Ana Ruiz Vega", "Ana Vega Soto", SharesOnePart),
        ("김하나", "김두리", SharesOnePart),
        ("Jane Roe", "Karl Bauer", Different),
        ("Jane Mary Roe", "Karl Bauer", Different),
        ("Jane", "Karl", Different),
        ("Li Na", "Wu Bo", Different),
        ("김하나", "박두리", Different),
        ("Иван Волков", "Пётр Зайцев", Different),
        ("Jane", "Karl Bauer", Unknown),
        ("J. R.", "Jane Roe", Unknown),
        ("J. Roe", "Jens Bauer", Unknown),
        ("田中花子", "Hanako Tanaka", Unknown),
        ("김하나", "Jane Roe", Unknown),
        ("", "Jane Roe", Unknown),
        ("jane@roe.example", "Jane Roe", Unknown),
        ("12345", "Jane Roe", Unknown),
    ] {
        assert_eq!(compare(left, right), expected, "{left} | {right}");
        assert_eq!(compare(right, left), expected, "{right} | {left}");
    }
}

#[test]
fn parts_are_kept_apart() {
    let words = |text: &str| parse(text).words.into_iter().map(|word| word.text).collect::<Vec<_>>();
    assert_eq!(words("Prof. Dr. Jane Roe"), ["Jane", "Roe"]);
    assert_eq!(words("Roe, Jane Mary"), ["Jane", "Mary", "Roe"]);
    assert_eq!(words("Jane Roe, Jr., MBA"), ["Jane", "Roe"]);
    assert_eq!(words("Jane Roe III"), ["Jane", "Roe"]);
    assert_eq!(words("Jane Roe (she/her)"), ["Jane", "Roe"]);
    assert_eq!(words("O'Neil-Roe Jane"), ["O'Neil", "Roe", "Jane"]);
    assert_eq!(words("Jane de la Roe"), ["Jane", "de", "la", "Roe"]);
    // Words that are a degree or a title somewhere and a name elsewhere stay names.
    assert_eq!(words("Jack Ma"), ["Jack", "Ma"]);
    assert_eq!(words("Lin, Ma"), ["Ma", "Lin"]);
    assert_eq!(words("Do Thi Hoa"), ["Do", "Thi", "Hoa"]);
    assert_eq!(words("Md Rahim"), ["Md", "Rahim"]);
    assert_eq!(words("Don Roe"), ["Don", "Roe"]);
    assert_eq!(words("Jane Roe, MD"), ["Jane", "Roe"]);
    assert_eq!(words("Miss"), ["Miss"]);
    assert!(parse("Roe, Jane").has_known_order && !parse("Jane Roe").has_known_order);
    assert_eq!(parse("Roe, Jane").key(), parse("Jane Roe").key());
    assert_eq!(parse("Jane Mary Roe").initials(), "jmr");
    assert!(words(&"a ".repeat(2_000)).is_empty());
}

/// A bijection of the letters a–z.
fn replaced(name: &str, shift: u8, factor: u8) -> String {
    name.chars()
        .map(|c| match c {
            'a'..='z' => char::from(b'a' + ((u16::from(c as u8 - b'a') * u16::from(factor) + u16::from(shift)) % 26) as u8),
            other => other,
        })
        .collect()
}

/// A name of words that are no titles, degrees or generations, whatever letters they are replaced by.
fn plain_name() -> impl Strategy<Value = String> {
    prop::collection::vec("[a-z]{8,10}|[a-z]{1}", 1..4).prop_map(|words| words.join(" "))
}

proptest! {
    #[test]
    fn the_relation_is_symmetric(left in "\\PC{0,24}|[A-C][a-c]{0,5}( [A-C][a-c]{0,5}){0,3}", right in "\\PC{0,24}|[A-C][a-c]{0,5}( [A-C][a-c]{0,5}){0,3}") {
        prop_assert_eq!(compare(&left, &right), compare(&right, &left));
    }

    #[test]
    fn a_name_is_the_same_as_itself(name in "\\PC{0,40}") {
        let relation = compare(&name, &name);
        prop_assert!(matches!(relation, Same | Unknown));
        prop_assert_eq!(relation == Unknown, parse(&name).words.is_empty());
    }

    #[test]
    fn the_key_is_idempotent(name in "\\PC{0,40}") {
        let key = parse(&name).key();
        // Words that are titles or degrees only where they stand now are not taken away a second time.
        let words = parse(&key).words.len();
        if words == parse(&name).words.len() {
            prop_assert_eq!(parse(&key).key(), key);
        }
    }

    /// Consistent replacement of letters changes no relation: the comparison knows no names.
    #[test]
    fn the_relation_does_not_depend_on_what_the_names_are(
        left in plain_name(), right in plain_name(), share in any::<bool>(), shift in 0_u8..26, factor in prop::sample::select(vec![1_u8, 3, 5, 7, 9, 11, 15, 17, 19, 21, 23, 25]),
    ) {
        let right = if share { format!("{} {right}", left.split(' ').next().unwrap_or_default()) } else { right };
        prop_assert_eq!(compare(&left, &right), compare(&replaced(&left, shift, factor), &replaced(&right, shift, factor)));
    }
}
