//! Indicators out of chat: the sample messages, what users read, properties on any text, hostile texts.

use std::{
    fs,
    path::PathBuf,
    time::{Duration, Instant},
};

use bonafide_intel::extract::{Entity, EntityKind, Kind, Pap, Tlp, Utf16Places, answer_line, extract, extract_with_entities};
use proptest::prelude::*;
use serde_json::Value;

/// The values of a message, in order.
fn values(text: &str) -> Vec<(Kind, String)> {
    extract(text).found.into_iter().map(|found| (found.kind, found.value)).collect()
}

fn found(text: &str) -> Vec<String> {
    values(text).into_iter().map(|(kind, value)| format!("{kind} {value}")).collect()
}

#[test]
fn sample_messages_are_read_as_labelled() {
    let folder = std::env::var_os("BONAFIDE_TEST_DATA")
        .map_or_else(|| concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data").into(), PathBuf::from);
    let path = folder.join("intel/chat_dev.jsonl");
    let lines = match fs::read_to_string(&path) {
        Ok(lines) => lines,
        Err(error) => {
            assert!(std::env::var_os("CI").is_none(), "{} cannot be read: {error}", path.display());
            eprintln!("skipped: {} cannot be read ({error}); set BONAFIDE_TEST_DATA", path.display());
            return;
        }
    };
    for line in lines.lines() {
        let row: Value = serde_json::from_str(line).unwrap();
        let text = row["text"].as_str().unwrap();
        let read = extract(text);
        let mut found: Vec<(String, String)> =
            read.found.iter().map(|found| (found.kind.name().to_owned(), found.value.clone())).collect();
        found.sort();
        found.dedup();
        let labels: Vec<(String, String)> = serde_json::from_value(row["labels"].clone()).unwrap();
        assert_eq!(found, labels, "{text}");
        assert_eq!(read.markings.tlp.map(Tlp::name), row["tlp"].as_str(), "{text}");
        assert_eq!(read.markings.pap.map(Pap::name), row["pap"].as_str(), "{text}");
    }
}

#[test]
fn values_are_found_as_people_write_them() {
    for (text, expected) in [
        ("mail: J.Roe+jobs@Site.Example!", &["email j.roe+jobs@site.example"][..]),
        (
            "<mailto:roe@site.example|roe@site.example> and <https://site.example/x|site.example/x>",
            &["email roe@site.example", "url https://site.example/x"],
        ),
        ("[site.example](https://site.example/a_(b))", &["url https://site.example/a_(b)"]),
        ("**https://site.example/x**, (see http://a.example)", &["url https://site.example/x", "url http://a.example"]),
        ("h**ps://site[.]example/x meow://b.example/", &["url https://site.example/x", "url http://b.example/"]),
        ("roe AT site DOT example", &["email roe@site.example"]),
        ("roe AT site.example. MEET AT site.example", &["email roe@site.example", "domain site.example"]),
        ("j.roe at site dot example, see x.1 at site.example", &["email j.roe@site.example", "domain site.example"]),
        ("phone +1\u{2011}415\u{2011}555\u{a0}0142", &["phone +14155550142"]),
        ("邮箱：roe@site.example，域名 a.example。", &["email roe@site.example", "domain a.example"]),
        ("ｒｏｅ＠site．example", &["email roe@site.example"]),
        ("тг: @roe_dev, @other_dev", &["telegram roe_dev", "telegram other_dev"]),
        ("@roe_dev on Telegram", &["telegram roe_dev"]),
        ("@roe_dev via GitHub: other-dev", &["github other-dev"]),
        ("Telegram handle is @roe_dev (not @here)", &["telegram roe_dev"]),
        ("github: https://github.com/Roe/tool", &["github roe"]),
        ("git@github.com:roe-dev/tool.git", &["github roe-dev"]),
        ("GitHub: none. telegram says hello", &[]),
        ("call 0044 20 7946 0958", &["phone +442079460958"]),
        ("order 0044 20 7946 0958", &[]),
        ("phone 0044 7700 900581", &["phone +447700900581"]),
        ("npm install -g @roe/tool@1.2.3 left-thing@2 then run", &["npm @roe/tool", "npm left-thing"]),
        ("npm install fails here, left-thing@1.2.3", &[]),
        ("npm:left-thing", &["npm left-thing"]),
        ("ip 203.0.113.9:8080 and Chrome/120.0.0.0, v1.2.3.4, version 45.1.2.3", &["ip 203.0.113.9"]),
        ("2001:db8::1 at 10:20:30", &["ip 2001:db8::1"]),
        ("setup.py, src/main.rs, ./run.sh, cv.pdf.zip, README.md, node.js", &[]),
        ("domain: payload.zip and run[.]sh", &["domain payload.zip", "domain run.sh"]),
        ("Done.It is Date.now() at com.firm.app", &[]),
        ("http://localhost:3000/x http://10.0.0.5/a.example", &[]),
        ("0x52908400098527886E0F7030069857D2E4169EE7", &["eth 0x52908400098527886e0f7030069857d2e4169ee7"]),
        ("0x52908400098527886E0F7030069857D2e4169ee7", &[]),
        ("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa 1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb", &["btc 1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa"]),
        (
            "md5 d41d8cd98f00b204e9800998ecf8427e, commit da39a3ee5e6b4b0d3255bfef95601890afd80709",
            &["md5 d41d8cd98f00b204e9800998ecf8427e"],
        ),
        ("txid e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", &[]),
        (
            "sha256:E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855",
            &["sha256 e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"],
        ),
        ("user@1.2.3 @@ a@b @ . .. ://", &[]),
        ("", &[]),
    ] {
        assert_eq!(found(text), expected, "{text}");
    }
}

#[test]
fn entities_of_telegram_lead_on() {
    let text = "🙂🙂 ask @roe_dev, CV here";
    let entities = [
        Entity { kind: EntityKind::Mention, units: 9..17 },
        Entity { kind: EntityKind::TextLink { url: "hxxps://site[.]example/cv".into() }, units: 19..21 },
        Entity { kind: EntityKind::Url, units: 900..1000 },
        Entity { kind: EntityKind::Mention, units: 1..3 },
    ];
    let read = extract_with_entities(text, &entities);
    let shown: Vec<(&str, &str)> = read.found.iter().map(|found| (found.value.as_str(), &text[found.span.clone()])).collect();
    assert_eq!(shown, [("roe_dev", "@roe_dev"), ("https://site.example/cv", "CV")]);
}

#[test]
fn lines_that_are_no_messages_are_answered() {
    let answer = |line: &[u8]| serde_json::to_string(&answer_line(line)).unwrap();
    insta::assert_snapshot!(
        [
            answer(r#"{"id":7,"channel":"x","text":"TLP:WHITE PAP:RED roe[@]site[.]example roe@site.example"}"#.as_bytes()),
            answer(br#"{"id":8}"#),
            answer(br#"{"id":9,"text":3}"#),
            answer(b"[1]"),
            answer(b"\xff\xfe"),
            answer("[".repeat(100_000).as_bytes()),
        ]
        .join("\n"),
        @r#"
    {"id":7,"found":[["email","roe@site.example"]],"spans":[[18,38]],"tlp":"clear","pap":"red"}
    {"id":8,"found":[],"spans":[],"tlp":null,"pap":null,"error":"not a message (missing field `text`, column 8); write {\"id\":1,\"text\":\"…\"}"}
    {"id":9,"found":[],"spans":[],"tlp":null,"pap":null,"error":"not a message (invalid type: integer `3`, expected a string, column 16); write {\"id\":1,\"text\":\"…\"}"}
    {"id":null,"found":[],"spans":[],"tlp":null,"pap":null,"error":"not a message (invalid length 1, expected struct Message with 2 elements, column 3); write {\"id\":1,\"text\":\"…\"}"}
    {"id":null,"found":[],"spans":[],"tlp":null,"pap":null,"error":"not JSON (expected value, column 1)"}
    {"id":null,"found":[],"spans":[],"tlp":null,"pap":null,"error":"not JSON (recursion limit exceeded, column 128)"}
    "#
    );
}

/// One megabyte of anything is read in a moment. The bound is that of an unoptimised build on a loaded machine: a quadratic reader
/// takes minutes.
#[test]
fn hostile_texts_take_linear_time() {
    for seed in [
        "A.",
        "@@@",
        "a@",
        "http://",
        "hxxp://a.com/(",
        "hxxp://a.com/[",
        "[.]",
        "[",
        "<http://a.com|",
        "[a.com](",
        "npm i ",
        "telegram @a, ",
        "+1 ",
        "0x",
        "2001:",
        "TLP:",
        "a.com/",
        "\u{200b}",
        "a AT b.c ",
        "@a/b",
        "é@a.com ",
        "a-",
        "_",
        "&#46;",
        "gh ",
        "+49 (0) ",
        "@telegram (",
    ] {
        let text = seed.repeat((1 << 20) / seed.len());
        let started = Instant::now();
        let _ = extract(&text);
        assert!(started.elapsed() < Duration::from_secs(5), "{seed:?}: {:?}", started.elapsed());
    }
}

/// Text in which indicators, their pieces and their disguises stand side by side.
fn chat() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "roe",
        "@",
        "[at]",
        "(at)",
        "site",
        ".",
        "[.]",
        "(dot)",
        " ",
        "\n",
        "com",
        "example",
        "hxxps",
        "://",
        "/",
        "x_(y)",
        "?q=1",
        "#",
        "(",
        ")",
        "[",
        "]",
        "|",
        "<",
        ">",
        ",",
        "telegram",
        "TG:",
        "GitHub: ",
        "npm i ",
        "t.me/",
        "github.com/",
        "203.0.113.9",
        ":8080",
        "+44",
        "7700900581",
        "0x52908400098527886E0F7030069857D2E4169EE7",
        "d41d8cd98f00b204e9800998ecf8427e",
        "TLP:",
        "RED",
        "PAP:",
        "é",
        "邮",
        "🙂",
        "\u{200b}",
        "．",
        "＠",
        "ｃｏｍ",
        "AT",
        " DOT ",
        "2001:db8::1",
        "h**p",
        "\\.",
        "&#46;",
        "mailto:",
        "`",
        "*",
        "_",
        "-",
    ]);
    prop::collection::vec(prop_oneof![4 => pieces.prop_map(str::to_owned), 1 => any::<char>().prop_map(String::from)], 0..40)
        .prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn spans_cut_out_what_the_values_were_read_from(text in prop_oneof![chat(), ".{0,200}"]) {
        let read = extract(&text);
        let mut last = 0;
        for found in &read.found {
            let cut = text.get(found.span.clone());
            prop_assert!(cut.is_some_and(|cut| !cut.is_empty()), "{:?} is no part of {text:?}", found);
            prop_assert!(found.span.start >= last, "{:?} overlaps in {text:?}", found);
            last = found.span.end;
            // What was cut out reads as the same value, where it needs no word beside it.
            if matches!(found.kind, Kind::Email | Kind::Url | Kind::Eth | Kind::Btc | Kind::Trx) {
                let again = values(cut.unwrap_or_default());
                let same = again.iter().any(|(kind, value)| (*kind, value) == (found.kind, &found.value));
                prop_assert!(same || cut.is_some_and(|cut| cut.contains(' ')), "{:?} of {text:?} reads as {again:?}", found);
            }
        }
    }

    #[test]
    fn any_bytes_are_answered(line in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = answer_line(&line);
    }

    #[test]
    fn any_entities_are_borne(text in chat(), start in 0_usize..60, length in 0_usize..30) {
        let places = Utf16Places::of(&text);
        let _ = places.units(start..start + length);
        for kind in [EntityKind::Mention, EntityKind::Url, EntityKind::TextLink { url: text.clone() }] {
            let _ = extract_with_entities(&text, &[Entity { kind, units: start..start + length }]);
        }
    }
}
