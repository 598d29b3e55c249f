use proptest::prelude::*;
use serde_json::Value;

use super::{Kind, Origin, Tree, parse, parse_at};
use crate::{error::Error, limits::Limits};

fn read(text: &str) -> Tree<'_> {
    parse(text.as_bytes(), &Limits::default()).expect("it is JSON")
}

fn complaint(text: impl AsRef<[u8]>) -> String {
    parse(text.as_ref(), &Limits::default()).expect_err("it is no JSON").to_string()
}

#[test]
fn values_have_spans_and_lines() {
    let text = "{\n  \"name\": \"Robin\",\n  \"years\": [1, 2.5, -3e2],\n  \"remote\": true, \"city\": null\n}";
    let tree = read(text);
    let root = tree.root();
    let name = root.get("name").expect("there");
    assert_eq!((name.line(), name.raw()), (2, "\"Robin\""));
    assert_eq!(&text[name.span().0 as usize..name.span().1 as usize], "\"Robin\"");
    assert_eq!(root.key("years").map(|key| (key.kind(), key.line())), Some((Kind::Key, 3)));
    let years: Vec<_> = root.get("years").expect("there").items().map(|item| item.as_f64()).collect();
    assert_eq!(years, [Some(1.0), Some(2.5), Some(-300.0)]);
    assert_eq!(root.pointer("/years/2").and_then(|node| node.as_i64()), Some(-300));
    assert_eq!(root.pointer("/years/1").and_then(|node| node.as_i64()), None);
    assert_eq!(root.get("remote").and_then(|node| node.as_bool()), Some(true));
    assert!(root.get("city").is_some_and(|node| node.is_null()));
    assert_eq!(root.pointer("/years/1").map(|node| node.path()).as_deref(), Some("/years/1"));
    assert_eq!(root.unknown(&["name", "remote"]).map(|(key, _)| key.raw()).collect::<Vec<_>>(), ["\"years\"", "\"city\""]);
}

#[test]
fn pointers_unescape_and_refuse_leading_zeros() {
    let tree = read(r#"{"a/b": {"~": [7]}, "": 1}"#);
    let seven = tree.root().pointer("/a~1b/~0/0").expect("there");
    assert_eq!(seven.as_u64(), Some(7));
    assert_eq!(seven.path(), "/a~1b/~0/0");
    assert!(tree.root().pointer("/a~1b/~0/00").is_none());
    assert!(tree.root().pointer("a").is_none());
    assert_eq!(tree.root().pointer("/").and_then(|node| node.as_i64()), Some(1));
}

#[test]
fn escapes_are_decoded_and_lone_surrogates_replaced() {
    let tree = read(r#"["a\n\u00e9\ud83d\ude00\/", "\ud800x", "\udc00", "\ud800\ud800\udc00", "plain"]"#);
    let texts: Vec<_> = tree.root().items().map(|item| item.as_str().expect("text").into_owned()).collect();
    assert_eq!(texts, ["a\né😀/", "\u{fffd}x", "\u{fffd}", "\u{fffd}\u{10000}", "plain"]);
}

#[test]
fn duplicate_keys_are_reported_and_the_last_one_counts() {
    let tree = read("{\"a\": 1,\n \"b\": {\"x\": 1, \"\\u0078\": 2},\n \"a\": 3}");
    let found: Vec<_> = tree.duplicates().iter().map(|duplicate| (duplicate.key.as_str(), duplicate.line)).collect();
    assert_eq!(found, [("x", 2), ("a", 3)]);
    assert_eq!(tree.root().get("a").and_then(|node| node.as_i64()), Some(3));
    let many: Vec<String> = (0..100).map(|number| format!("\"key{}\": {number}", number % 99)).collect();
    let text = format!("{{{}}}", many.join(","));
    assert_eq!(read(&text).duplicates().iter().map(|duplicate| duplicate.key.as_str()).collect::<Vec<_>>(), ["key0"]);
    let text = format!("{{{}, \"\\u006bey5\": 1}}", many[..99].join(","));
    assert_eq!(read(&text).duplicates().iter().map(|duplicate| duplicate.key.as_str()).collect::<Vec<_>>(), ["key5"]);
}

#[test]
fn errors_name_line_column_and_expectation() {
    insta::assert_snapshot!(
        [
            "", " \n ", "{", "[1,]", "{\"a\":1,}", "{a:1}", "{\"a\" 1}", "[1 2]", "[\"a\nb\"]", "\"abc", "\"\\x\"", "\"\\u12g4\"", "01", "-", "1.", "1e",
            "tru", "nul", "[1]x", "é", "{\"name\": \"Zoë\",\n \"é\" 1}", "NaN", "'a'", "{\"a\":1]",
        ]
        .map(|text| format!("{text:?} -> {}", complaint(text)))
        .join("\n"),
        @r#"
    "" -> JSON: line 1, column 1: expected a value, the text is empty
    " \n " -> JSON: line 2, column 2: expected a value, the text is empty
    "{" -> JSON: line 1, column 2: expected a key in double quotes, the text ends
    "[1,]" -> JSON: line 1, column 4: expected a value, found ']'
    "{\"a\":1,}" -> JSON: line 1, column 8: expected a key in double quotes, found '}'
    "{a:1}" -> JSON: line 1, column 2: expected a key in double quotes, found 'a'
    "{\"a\" 1}" -> JSON: line 1, column 6: expected ':' behind the key, found '1'
    "[1 2]" -> JSON: line 1, column 4: expected ',' or ']', found '2'
    "[\"a\nb\"]" -> JSON: line 1, column 4: expected an escape such as \n (the control character U+000A may not stand in a string), found U+000A
    "\"abc" -> JSON: line 1, column 5: expected '"' at the end of the string, the text ends
    "\"\\x\"" -> JSON: line 1, column 3: expected one of " \ / b f n r t u behind the backslash, found 'x'
    "\"\\u12g4\"" -> JSON: line 1, column 6: expected four hexadecimal digits behind \u, found 'g'
    "01" -> JSON: line 1, column 2: expected the end of the text, found '1'
    "-" -> JSON: line 1, column 2: expected a digit, the text ends
    "1." -> JSON: line 1, column 3: expected a digit behind the decimal point, the text ends
    "1e" -> JSON: line 1, column 3: expected a digit of the exponent, the text ends
    "tru" -> JSON: line 1, column 1: expected a value, found 't'
    "nul" -> JSON: line 1, column 1: expected a value, found 'n'
    "[1]x" -> JSON: line 1, column 4: expected the end of the text, found 'x'
    "é" -> JSON: line 1, column 1: expected a value, found 'é'
    "{\"name\": \"Zoë\",\n \"é\" 1}" -> JSON: line 2, column 6: expected ':' behind the key, found '1'
    "NaN" -> JSON: line 1, column 1: expected a value, found 'N'
    "'a'" -> JSON: line 1, column 1: expected a value, found '''
    "{\"a\":1]" -> JSON: line 1, column 7: expected ',' or '}', found ']'
    "#
    );
}

#[test]
fn nesting_of_a_hundred_thousand_is_a_named_limit() {
    for text in ["[".repeat(100_000), "{\"a\":".repeat(100_000), format!("{}{}", "[".repeat(100_000), "]".repeat(100_000))] {
        let error = parse(text.as_bytes(), &Limits::default()).expect_err("too deep");
        assert!(matches!(error, Error::OverLimit { .. }), "{error}");
        assert!(error.to_string().contains("128 levels"), "{error}");
    }
    // Depth costs no stack: where the limit allows it, it is read.
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let limits = Limits { depth: 100_000, ..Limits::default() };
    assert_eq!(parse(deep.as_bytes(), &limits).expect("allowed").len(), 100_000);
}

#[test]
fn size_and_nodes_are_limited() {
    let small = Limits { bytes: 10, nodes: 5, ..Limits::default() };
    assert!(matches!(parse(b"\"0123456789\"", &small), Err(Error::OverLimit { .. })));
    assert!(parse(b"[1,2,3,4]", &small).is_ok());
    assert!(matches!(parse(b"[1,2,3,4,5", &Limits { bytes: 20, ..small }), Err(Error::OverLimit { .. })));
}

#[test]
fn marks_and_foreign_encodings_are_read() {
    let with_mark = parse(b"\xef\xbb\xbf {\"a\": 1}", &Limits::default()).expect("a mark is skipped");
    assert_eq!(with_mark.root().get("a").map(|node| node.span()), Some((10, 11)));
    assert!(with_mark.note().is_none());
    let wide: Vec<u8> = "{\"name\": \"Zoë\"}".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let tree = parse(&wide, &Limits::default()).expect("UTF-16");
    assert_eq!(tree.root().get("name").and_then(|node| node.as_str()).as_deref(), Some("Zoë"));
    assert!(tree.note().is_some_and(|note| note.contains("UTF-16LE")));
    let latin = parse(b"{\"name\": \"Zo\xeb\"}", &Limits::default()).expect("Latin-1");
    assert_eq!(latin.root().get("name").and_then(|node| node.as_str()).as_deref(), Some("Zoë"));
    assert!(latin.note().is_some());
}

#[test]
fn records_keep_their_place_in_the_file() {
    let tree = parse_at(b"{\"id\": 5}", Origin { line: 42, offset: 1000 }, &Limits::default()).expect("JSON");
    let id = tree.root().get("id").expect("there");
    assert_eq!((id.line(), id.span()), (42, (1007, 1008)));
    assert!(
        parse_at(b"{", Origin { line: 42, offset: 0 }, &Limits::default())
            .is_err_and(|error| error.to_string().contains("line 42"))
    );
    assert_eq!(tree.into_owned().root().get("id").and_then(|node| node.as_i64()), Some(5));
}

#[test]
fn names_of_ten_thousand_characters_are_fine() {
    let name = "é".repeat(10_000);
    let text = format!("{{\"{name}\": \"{name}\"}}");
    let tree = read(&text);
    assert_eq!(tree.root().get(&name).and_then(|node| node.as_str()).as_deref(), Some(name.as_str()));
}

/// Numbers that a double cannot hold and lone surrogates are the only points where serde_json refuses what the standard allows.
fn beyond_serde(error: &serde_json::Error) -> bool {
    let text = error.to_string();
    text.contains("number out of range") || text.contains("surrogate") || text.contains("unexpected end of hex escape")
}

fn agrees_with_serde(text: &str) {
    let ours = parse(text.as_bytes(), &Limits::default());
    match (serde_json::from_str::<Value>(text), ours) {
        (Ok(theirs), Ok(tree)) => {
            assert_eq!(theirs, tree.root().to_value(), "{text:?}");
            for window in tree.entries.windows(2) {
                assert!(window[0].start < window[1].start && window[0].start < window[0].end, "{text:?}");
            }
        }
        (Err(_), Err(_)) => {}
        (Err(error), Ok(_)) => assert!(beyond_serde(&error), "{text:?}: serde_json says {error}"),
        (Ok(_), Err(error)) => panic!("{text:?}: {error}"),
    }
}

fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_filter("JSON has no infinity", |number| number.is_finite()).prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(5, 64, 12, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..12).prop_map(Value::from),
            prop::collection::hash_map("[a-z\"\\\\é\n]{0,6}", inner, 0..12)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn same_values_as_serde(value in value(), pretty in any::<bool>()) {
        let text = if pretty { serde_json::to_string_pretty(&value) } else { serde_json::to_string(&value) };
        agrees_with_serde(&text.expect("a value is JSON"));
    }

    #[test]
    fn same_acceptance_as_serde_on_damaged_texts(
        value in value(), at in any::<prop::sample::Index>(), with in "[\\[\\]{}:,\"\\\\0-9eE.+ua-f \n\u{0}é-]{0,3}", cut in 0..3_usize,
    ) {
        let mut text: Vec<char> = serde_json::to_string(&value).expect("a value is JSON").chars().collect();
        let at = at.index(text.len() + 1);
        let end = (at + cut).min(text.len());
        text.splice(at..end, with.chars());
        agrees_with_serde(&text.into_iter().collect::<String>());
    }

    #[test]
    fn same_acceptance_as_serde_on_fragments(text in "[\\[\\]{}:,\"\\\\0-9eE.+truefalsn \n-]{0,24}") {
        agrees_with_serde(&text);
    }

    #[test]
    fn any_bytes_are_answered(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        if let Ok(tree) = parse(&bytes, &Limits::default()) {
            let _ = tree.root().to_value();
        }
    }

    #[test]
    fn paths_lead_back(value in value()) {
        let text = value.to_string();
        let tree = read(&text);
        for index in 0..tree.len() as u32 {
            let node = tree.node(index);
            if node.kind() != Kind::Key {
                prop_assert_eq!(tree.root().pointer(&node.path()).map(|found| found.span()), Some(node.span()));
            }
        }
    }
}
