//! Patterns: labelled cases, the grammar by hand, and what is printed reads back.

use bonafide_intel::stix::{Error, pattern::Pattern};
use proptest::prelude::*;

use super::stix::rows;

#[test]
fn labelled_patterns_are_judged_as_labelled() {
    for row in rows("stix_patterns.jsonl").iter().filter(|row| row["skip"].is_null()) {
        let text = row["pattern"].as_str().expect("a pattern");
        assert_eq!(row["valid_2_1"], Pattern::parse(text).is_ok(), "{text}: {:?}", Pattern::parse(text));
    }
}

#[test]
fn what_the_grammar_allows_is_read() {
    let right = [
        "[a:b = 1]",
        "[a:b == 'x']",
        "[a:b != -1.5]",
        "[a:b <> 2]",
        "[a:b < 'b']",
        "[a:b <= 1]",
        "[a:b > t'2026-01-01T00:00:00Z']",
        "[a:b >= h'00FF']",
        "[a:b = b'dGVzdA==']",
        "[a:b = true]",
        "[a:b != false]",
        "[a:b = '']",
        r"[a:b = 'it\'s \\ here']",
        "[a:b IN ()]",
        "[a:b IN ('x')]",
        "[a:b NOT IN (1, 2.5, true, h'00')]",
        "[a:b NOT LIKE '%x_']",
        "[a:b NOT = 1]",
        "[a:b ISSUPERSET '10.0.0.0/8']",
        "[EXISTS a:b]",
        "[NOT EXISTS a:b.c[0]]",
        "[a:b[*].c[-1].'d e'.f = 1]",
        "[a:'b-c' = 1]",
        "[a:b = 1 AND a:c = 2 OR a:d = 3]",
        "[(a:b = 1 OR a:c = 2) AND a:d = 3]",
        "([a:b = 1])",
        "[a:b = 1] AND [c:d = 2] OR [e:f = 3]",
        "[a:b = 1] FOLLOWEDBY ([c:d = 2] OR [e:f = 3]) WITHIN 5 SECONDS",
        "[a:b = 1] WITHIN 0.5 SECONDS REPEATS 3 TIMES",
        "([a:b = 1] WITHIN 5 SECONDS) WITHIN 6 SECONDS",
        "[a:b = 1] /* why */ AND // what\n [c:d = 2]",
        "\u{a0}[ a:b\t=\n1 ]\u{2003}",
        "[a:b = +5]",
        "[a:b = .5]",
        "[a-b:c = 1]",
        "[x:in = 1]",
        "[x:t = 't']",
        "[a:b = 'not a hash' AND a:hashes.'x_own' = 'anything']",
    ];
    right.iter().for_each(|text| drop(Pattern::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"))));
}

#[test]
fn what_the_grammar_forbids_is_refused() {
    let wrong = [
        "",
        " ",
        "[]",
        "[a]",
        "[a:]",
        "[:b = 1]",
        "[a:b]",
        "[a:b = ]",
        "[a:b 1]",
        "[a:b = 1",
        "a:b = 1]",
        "[a:b = 1]]",
        "([a:b = 1]",
        "[a:b = 1) ]",
        "[a:b = 'x]",
        r"[a:b = 'x\n']",
        "[a:b = \"x\"]",
        "[a:b = 01]",
        "[a:b = 1.]",
        "[a:b = x]",
        "[a:b = TRUE]",
        "[a:b < true]",
        "[a:b LIKE 1]",
        "[a:b MATCHES x]",
        "[a:b in (1)]",
        "[a:b IN 1]",
        "[a:b IN (1,)]",
        "[a:b IN (1 2)]",
        "[a:b = h'0']",
        "[a:b = h'zz']",
        "[a:b = b'x']",
        "[a:b = t'2026-13-01T00:00:00Z']",
        "[a:b = 1 and a:c = 2]",
        "[a:b = 1] AND",
        "AND [a:b = 1]",
        "[a:b = 1] [c:d = 2]",
        "[a:b = 1 FOLLOWEDBY a:c = 2]",
        "[[a:b = 1]]",
        "[a:b.c-d = 1]",
        "[a:b[] = 1]",
        "[a:b['x'] = 1]",
        "[a:b[1.5] = 1]",
        "[a.b:c = 1]",
        "['a':b = 1]",
        "[NOT a:b = 1]",
        "[a:b EXISTS]",
        "[AND:b = 1]",
        "[a:OR = 1]",
        "[a:b = 1] WITHIN 5",
        "[a:b = 1] WITHIN 0 SECONDS",
        "[a:b = 1] REPEATS 1.5 TIMES",
        "[a:b = 1] REPEATS 0 TIMES",
        "[a:b = 1] REPEATS -1 TIMES",
        "[a:b = 1] START '2026-01-01T00:00:00Z' STOP '2026-01-02T00:00:00Z'",
        "[a:b = 1] START t'2026-01-02T00:00:00Z'",
        "[a:b = 1] STOP t'2026-01-02T00:00:00Z'",
        "[a:b = 1] REPEATS 2 TIMES WITHIN 1 SECONDS REPEATS 3 TIMES",
        "[a:b = 1] /* open",
        "[a:hashes.MD5 = 'x']",
        "[a:b = 1] WITHIN 5 SECONDS]",
        "[a:b = 1] XOR [c:d = 2]",
        "[a:b # 1]",
    ];
    wrong.iter().for_each(|text| assert!(Pattern::parse(text).is_err(), "{text}"));
}

#[test]
fn errors_say_where_and_what_was_expected() {
    let said: Vec<String> =
        ["[email-addr:value = someone]", "[a:b = 'x'", "[a:b = 1] WITHIN 5 SECONDS WITHIN 6 SECONDS", "[file:hashes.MD5 = 'f']"]
            .map(|text| format!("{text}\n  {}", Pattern::parse(text).expect_err(text)))
            .to_vec();
    insta::assert_snapshot!(said.join("\n"));
}

#[test]
fn simple_patterns_are_taken_out() {
    let pattern = Pattern::parse(r"[email-addr:value = 'it\'s@mail.example']").expect("a pattern");
    let simple = pattern.simple().expect("a simple one");
    assert_eq!((simple.object_type, simple.steps.len(), simple.value), ("email-addr", 1, "it's@mail.example"));
    for text in ["[a:b != 'x']", "[a:b NOT = 'x']", "[a:b = 'x' AND a:c = 'y']", "[a:b = 'x'] WITHIN 1 SECONDS", "[a:b = 1]"] {
        assert_eq!(Pattern::parse(text).expect(text).simple(), None, "{text}");
    }
}

#[test]
fn depth_and_length_are_bounded() {
    let nested = |count: usize| format!("{}[a:b = 1]{}", "(".repeat(count), ")".repeat(count));
    assert!(Pattern::parse(&nested(100)).is_ok());
    assert!(matches!(Pattern::parse(&nested(101)), Err(Error::OverLimit { .. })));
    assert!(matches!(Pattern::parse(&nested(100_000)), Err(Error::OverLimit { .. })));
    assert!(matches!(Pattern::parse(&format!("[{}", "(".repeat(100_000))), Err(Error::OverLimit { .. })));
    assert!(matches!(Pattern::parse(&" ".repeat(2 << 20)), Err(Error::OverLimit { .. })));
    let wide = vec!["[a:b = 1]"; 50_000].join(" AND ");
    assert_eq!(Pattern::parse(&wide).expect("a wide pattern").to_string(), wide);
}

/// Text of a test.
fn test() -> impl Strategy<Value = String> {
    let path =
        prop_oneof![Just("a:b"), Just("email-addr:value"), Just("file:hashes.'x-y'[*]"), Just("x:'It''s'[0].d"), Just("n:m[-3]")]
            .prop_map(|path| path.replace("''", "\\'"));
    let value = prop_oneof![
        "[ -~é]{0,8}".prop_map(|text| format!("'{}'", text.replace('\\', r"\\").replace('\'', r"\'"))),
        any::<i64>().prop_map(|number| number.to_string()),
        Just("-0.5".to_owned()),
        Just("true".to_owned()),
        Just("h'0aFF'".to_owned()),
        Just("b'dGVzdA=='".to_owned()),
        Just("t'2026-01-01T00:00:00.5Z'".to_owned()),
    ];
    let not = prop_oneof![Just(""), Just("NOT ")];
    prop_oneof![
        (path.clone(), not.clone(), prop_oneof![Just("="), Just("!="), Just("<>")], value.clone())
            .prop_map(|(path, not, operator, value)| format!("{path} {not}{operator}{value}")),
        (path.clone(), not.clone(), prop::collection::vec(value, 0..4))
            .prop_map(|(path, not, values)| format!("{path} {not}IN({})", values.join(" ,"))),
        (path.clone(), prop_oneof![Just("LIKE"), Just("MATCHES"), Just("ISSUBSET"), Just("ISSUPERSET")])
            .prop_map(|(path, operator)| format!(r"{path} {operator} 'a\\.b'")),
        (not, path).prop_map(|(not, path)| format!("{not}EXISTS {path}")),
    ]
}

fn joined(by: [&'static str; 2], part: BoxedStrategy<String>) -> impl Strategy<Value = String> {
    (prop::collection::vec((part, any::<bool>()), 1..4), prop::sample::select(by.to_vec())).prop_map(|(parts, by)| {
        let parts: Vec<String> =
            parts.into_iter().map(|(part, bracket)| if bracket { format!("({part})") } else { part }).collect();
        parts.join(by)
    })
}

/// Text of a pattern.
fn pattern() -> impl Strategy<Value = String> {
    let tests =
        test().prop_recursive(3, 12, 4, |inner| joined([" AND ", " OR "], inner.boxed()).prop_map(|text| format!("({text})")));
    let one = tests.prop_map(|text| format!("[{text}]"));
    let qualifier = prop_oneof![
        Just(""),
        Just(" WITHIN 5.5 SECONDS"),
        Just(" REPEATS 3 TIMES"),
        Just(" START t'2026-01-01T00:00:00Z' STOP t'2026-01-02T00:00:00Z'"),
    ];
    one.prop_recursive(4, 16, 4, move |inner| {
        let inner =
            (joined([" AND ", " OR "], inner.clone().boxed()), joined([" FOLLOWEDBY ", " OR "], inner.boxed()), any::<bool>());
        (inner, qualifier.clone()).prop_map(|((one, other, which), by)| format!("({}){by}", if which { one } else { other }))
    })
}

proptest! {
    #[test]
    fn what_is_printed_reads_back(text in pattern()) {
        let read = Pattern::parse(&text).map_err(|error| TestCaseError::fail(format!("{text}: {error}")))?;
        let printed = read.to_string();
        prop_assert_eq!(Pattern::parse(&printed), Ok(read));
    }

    #[test]
    fn whatever_text_comes_nothing_breaks(text in r"[\[\]():.,*'=<>!\\ abthANDORWITHIN0-9é-]{0,60}") {
        if let Ok(read) = Pattern::parse(&text) {
            let printed = read.to_string();
            prop_assert_eq!(Pattern::parse(&printed), Ok(read));
        }
    }
}
