//! Long input takes bounded time and is answered.

use std::time::{Duration, Instant};

use bonafide_model::fact::LinkKind;
use bonafide_normalise::{date, email, handle, name, phone, place, timezone, url, wallet};

/// An unoptimised build on a busy machine; what is asserted is that nothing grows faster than its input.
const LIMIT: Duration = Duration::from_millis(500);

fn timed(what: &str, text: &str, read: impl FnOnce(&str)) {
    let start = Instant::now();
    read(text);
    let took = start.elapsed();
    assert!(
        took < LIMIT,
        "{what} took {took:?} for {} bytes beginning '{}'",
        text.len(),
        text.chars().take(12).collect::<String>()
    );
}

#[test]
fn ten_thousand_characters_take_bounded_time() {
    // The tables of places are built before the first look-up.
    let _ = place::parse("Berlin");
    let patterns = [
        "a",
        " ",
        ".",
        "@",
        "+",
        "-",
        "/",
        "0",
        "1",
        "9",
        "'",
        "\"",
        "(",
        "<",
        ",",
        "%",
        "ä",
        "中",
        "한",
        "\u{fdfa}",
        "\u{0301}",
        "a.",
        "a@",
        "1/",
        "2019-",
        "2019 – ",
        "Jan ",
        "Jan 2019 – ",
        "J. ",
        "a b ",
        "a-",
        "(0)",
        "x1",
        "20",
        "19'",
        "to ",
        "since ",
        "UTC+",
        "bc1q",
        "0x",
        "New York, ",
        "or ",
        " and ",
        "é ",
        "A\u{308}",
    ];
    for pattern in patterns {
        let text: String = pattern.chars().cycle().take(10_000).collect();
        timed("email", &text, |text| drop(email::parse(text)));
        timed("phone", &text, |text| drop(phone::parse(text, Some("US"))));
        timed("url", &text, |text| drop(url::parse(text)));
        timed("handle", &text, |text| drop(handle::canonical(LinkKind::Github, text)));
        timed("wallet", &text, |text| drop(wallet::parse(text)));
        timed("name", &text, |text| drop(name::parse(text)));
        timed("names", &text, |text| assert_eq!(name::compare(text, "Jane Roe"), name::NameRelation::Unknown));
        timed("place", &text, |text| drop(place::parse(text)));
        timed("country", &text, |text| assert_eq!(place::country_code(text), None));
        timed("zone", &text, |text| drop(timezone::parse(text)));
        timed("date", &text, |text| assert_eq!(date::parse_date(text), None));
        timed("ranges", &text, |text| drop(date::find_ranges(text)));
        timed("dates", &text, |text| drop(date::find_dates(text)));
    }
}

/// The longest texts that are read at all.
#[test]
fn texts_at_the_limits_take_bounded_time() {
    for pattern in ["a", "1", "a ", "a.", "ä", "中", ",", "Berlin ", "x1", "J. "] {
        let of = |limit: usize| -> String {
            pattern.chars().cycle().take(limit / pattern.chars().map(char::len_utf8).max().unwrap_or(1)).collect()
        };
        timed("email", &of(email::MAX_TEXT), |text| drop(email::parse(text)));
        timed("phone", &of(phone::MAX_TEXT), |text| drop(phone::parse(text, None)));
        timed("url", &of(url::MAX_TEXT), |text| drop(url::parse(text)));
        timed("wallet", &of(wallet::MAX_TEXT), |text| drop(wallet::parse(text)));
        timed("names", &of(name::MAX_TEXT), |text| assert_ne!(name::compare(text, text), name::NameRelation::Different));
        timed("place", &of(place::MAX_TEXT), |text| drop(place::parse(text)));
        timed("zone", &of(timezone::MAX_TEXT), |text| drop(timezone::parse(text)));
    }
}
