//! What linkage promises, over tables as they come.

#[path = "it/ask.rs"]
mod ask;
#[path = "it/index.rs"]
mod index;
#[path = "it/killed.rs"]
mod killed;
#[path = "it/people.rs"]
mod people;
#[path = "it/put.rs"]
mod put;

use std::fmt::Write as _;

use bonafide_formats::limits::Limits;
use bonafide_linkage::{
    Error,
    columns::{Budget, Dictionary, Key},
    dedupe::{Deduped, Options, Treatment, dedupe, read_csv},
    person::{Kind, Level, Model},
};
use proptest::prelude::*;

fn run(tables: &[&str]) -> Result<Deduped, Error> {
    run_with(tables, None)
}

fn run_with(tables: &[&str], model: Option<&Model>) -> Result<Deduped, Error> {
    let limits = Limits { bytes: 1 << 30, unpacked: 1 << 34, ..Limits::default() };
    let tables: Result<Vec<_>, _> = tables.iter().map(|table| read_csv("t.csv", table.as_bytes(), &limits, &[])).collect();
    dedupe(tables?, &Options { model: model.cloned(), ..Options::default() })
}

/// `id → cluster` as sorted lines.
fn lines(outcome: &Deduped) -> Vec<String> {
    let mut lines: Vec<String> = outcome
        .ids
        .iter()
        .zip(&outcome.clusters)
        .map(|(id, &cluster)| format!("{id},{}", outcome.ids[cluster as usize]))
        .collect();
    lines.sort_unstable();
    lines
}

fn clusters(outcome: &Deduped) -> usize {
    let mut clusters = outcome.clusters.clone();
    clusters.sort_unstable();
    clusters.dedup();
    clusters.len()
}

/// A table of invented people, some of whom stand twice with errors.
fn people(count: u32) -> Vec<String> {
    let syllables = ["ba", "ke", "lo", "mi", "nu", "ra", "se", "ti", "vo", "za"];
    let word = |mut number: u32, length: u32| {
        let mut word = String::new();
        for _ in 0..length {
            word.push_str(syllables[(number % 10) as usize]);
            number = number / 10 + 7;
        }
        word
    };
    let mut rows = Vec::new();
    // Every part of a person is drawn for itself.
    let mut state = 0x2545_F491_u64;
    let mut draw = |below: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((state >> 33) % below) as u32
    };
    for person in 0..count {
        let (given, surname, town) = (word(draw(90), 2), word(draw(900), 3), word(draw(37), 3));
        let born = format!("{}-{:02}-{:02}", 1950 + draw(50), 1 + draw(12), 1 + draw(28));
        let number = draw(999_983);
        rows.push(format!("p{person}-0,{given},{surname},{born},{town},{number:06}"));
        if person % 3 == 0 {
            rows.push(format!("p{person}-1,{surname},{given},{born},,{number:06}"));
        }
        if person % 4 == 0 {
            rows.push(format!("p{person}-2,{given}x,{surname},{born},{town},"));
        }
    }
    rows
}

fn table(rows: &[String]) -> String {
    format!("id,given_name,surname,born,town,number\n{}\n", rows.join("\n"))
}

#[test]
fn finds_people_with_swapped_names_and_errors() {
    let rows = people(1500);
    let outcome = run(&[&table(&rows)]).unwrap();
    let of = |row: usize| outcome.ids[row].split('-').next().unwrap().to_owned();
    let cluster_of = |row: usize| of(outcome.clusters[row] as usize);
    let wrong = (0..rows.len()).filter(|&row| of(row) != cluster_of(row)).count();
    assert!(wrong * 200 <= rows.len(), "{wrong} of {} rows are with another person", rows.len());
    let apart = (0..rows.len()).filter(|&row| outcome.ids[row].ends_with("-1") && outcome.clusters[row] as usize == row).count();
    assert!(apart * 50 <= rows.len() / 3, "{apart} swapped rows stand alone");
}

#[test]
fn order_of_rows_columns_tables_and_threads_changes_nothing() {
    let rows = people(600);
    let one = run(&[&table(&rows)]).unwrap();
    let mut turned = rows.clone();
    turned.reverse();
    turned.rotate_left(123);
    let other = run(&[&table(&turned)]).unwrap();
    assert_eq!(lines(&one), lines(&other));
    assert_eq!(one.linked.model, other.linked.model);
    let (front, back) = rows.split_at(300);
    assert_eq!(lines(&run(&[&table(front), &table(back)]).unwrap()), lines(&run(&[&table(back), &table(front)]).unwrap()));
    let mut columns = String::from("town,number,id,surname,born,given_name\n");
    for row in &rows {
        let cells: Vec<&str> = row.split(',').collect();
        writeln!(columns, "{},{},{},{},{},{}", cells[4], cells[5], cells[0], cells[2], cells[3], cells[1]).unwrap();
    }
    assert_eq!(lines(&one), lines(&run(&[&columns]).unwrap()));
    let threads = |count| {
        let read = read_csv("t.csv", table(&rows).as_bytes(), &Limits::default(), &[]).unwrap();
        dedupe(vec![read], &Options { threads: Some(count), ..Options::default() }).unwrap()
    };
    let (single, many) = (threads(1), threads(7));
    assert_eq!((lines(&one), &one.linked.model), (lines(&single), &single.linked.model));
    assert_eq!((lines(&one), &one.linked.model), (lines(&many), &many.linked.model));
}

#[test]
fn a_model_goes_out_and_in() {
    let rows = people(600);
    let learned = run(&[&table(&rows)]).unwrap();
    let text = serde_json::to_string(&learned.linked.model).unwrap();
    let model: Model = serde_json::from_str(&text).unwrap();
    let again = run_with(&[&table(&rows)], Some(&model)).unwrap();
    assert_eq!(again.linked.model, learned.linked.model);
    assert!(matches!(run_with(&["id,colour,shape\n1,red,round\n2,blue,flat\n"], Some(&model)), Err(Error::Model { .. })));
}

#[test]
fn columns_are_typed_by_their_values() {
    let outcome = run(&[&table(&people(600))]).unwrap();
    let kinds: Vec<(&str, Kind)> = outcome.records.fields.iter().map(|field| (field.name.as_str(), field.kind)).collect();
    let expected = [
        ("born", Kind::Date),
        ("given_name", Kind::Name),
        ("number", Kind::Code),
        ("surname", Kind::Name),
        ("town", Kind::Category),
    ];
    assert_eq!(kinds, expected);
}

#[test]
fn every_pair_shows_what_each_column_adds() {
    let outcome = run(&[&table(&people(600))]).unwrap();
    let pairs = outcome.pairs();
    let swapped = pairs.iter().find(|pair| (pair.a, pair.b) == ("p3-0", "p3-1")).unwrap();
    let levels: Vec<Level> = swapped.contributions.iter().map(|contribution| contribution.level).collect();
    assert_eq!(levels, [Level::Exact, Level::Swapped, Level::Exact, Level::Swapped, Level::Missing]);
    for pair in &pairs {
        let sum = outcome.linked.model.prior as f32 + pair.contributions.iter().map(|part| part.weight).sum::<f32>();
        assert!((sum - pair.weight).abs() < 0.01 && pair.weight > 0.0 && pair.probability > 0.5, "{pair:?}");
    }
}

#[test]
fn columns_can_be_told() {
    let limits = Limits::default();
    let read = || read_csv("t.csv", table(&people(300)).as_bytes(), &limits, &[]).unwrap();
    let columns = [("town".to_owned(), Treatment::Ignore), ("number".to_owned(), Treatment::Is(Kind::Text))].into();
    let outcome = dedupe(vec![read()], &Options { columns, ..Options::default() }).unwrap();
    assert!(outcome.records.fields.iter().all(|field| field.name != "town"));
    assert!(outcome.records.fields.iter().any(|field| field.name == "number" && field.kind == Kind::Text));
    assert!(matches!(dedupe(vec![read(), read()], &Options::default()), Err(Error::SharedId { .. })));
}

#[test]
fn a_value_shared_by_everybody_makes_no_pairs() {
    let mut rows = String::from("id,name,phone\n");
    for row in 0..20_000 {
        writeln!(rows, "{row},person{row} of{},+1555010{:04}", row * 7, if row % 10 == 0 { row / 2 } else { 0 }).unwrap();
    }
    let outcome = run(&[&rows]).unwrap();
    assert!(outcome.linked.candidates < 20_000 * 80, "{} pairs", outcome.linked.candidates);
    let popular = &outcome.linked.ignored[0];
    let field = &outcome.records.fields[popular.field];
    let value = field.values.text(popular.value);
    assert!(outcome.linked.ignored.iter().any(|ignored| ignored.holders >= 18_000), "{} shared by {}", value, popular.holders);
}

#[test]
fn a_million_identical_rows_are_one_record() {
    let mut rows = String::from("id,name,town,born\n0,Alex Other,Elsewhere,1971-11-30\n");
    for row in 1..=1_000_000 {
        writeln!(rows, "{row},Robin Sample,Springfield,1990-02-03").unwrap();
    }
    let outcome = run(&[&rows]).unwrap();
    assert_eq!((outcome.records.rows, outcome.linked.candidates), (2, 0));
    assert_ne!(outcome.clusters[0], outcome.clusters[1]);
}

#[test]
fn what_holds_clusters_together_is_told() {
    let mut rows = people(300);
    rows.push("X1,,,,,".to_owned());
    rows.push("X2,,,,,".to_owned());
    let outcome = run(&[&table(&rows)]).unwrap();
    let quality = outcome.quality();
    assert_eq!(quality.rows, outcome.ids.len());
    assert_eq!(quality.links, outcome.links().len());
    assert!(!quality.clusters.is_empty());
    assert_eq!(quality.clusters.iter().map(|of| of.links).sum::<usize>() + quality.links_cut, quality.links);
    assert!(quality.unlinkable.contains(&"X1") && quality.unlinkable.contains(&"X2"));
    for of in &quality.clusters {
        assert!(of.rows >= of.records && of.links + 1 >= of.records && (0.0..=1.0).contains(&of.density), "{of:?}");
        assert!(of.weakest_weight <= of.average_weight);
        // Two records hang on one link.
        assert!(of.records > 2 || of.bridges == 1, "{of:?}");
    }
}

#[test]
fn a_parquet_file_is_named_for_what_it_is() {
    let error = read_csv("t.parquet", &b"PAR1\x15\x04"[..], &Limits::default(), &[]).err().expect("it is no table");
    assert!(matches!(&error, Error::Parquet { name } if name == "t.parquet"));
    assert!(error.to_string().contains("CSV"));
}

#[test]
fn little_or_nothing_to_compare_leaves_everybody_alone() {
    for (table, rows) in [
        ("id,name\n1,Robin Sample\n", 1),
        ("id,name\n", 0),
        ("id,name,town\n1,,\n2,,\n3,,\n", 3),
        ("id\n1\n2\n", 2),
        ("id,name\n1,N/A\n2,null\n3,-\n", 3),
    ] {
        let outcome = run(&[table]).unwrap();
        assert_eq!(clusters(&outcome), rows, "{table:?}");
    }
}

#[test]
fn long_values_are_bounded() {
    let long = "x".repeat(10_000);
    let mut rows = String::from("id,name,note\n");
    for row in 0..300 {
        writeln!(rows, "{row},person{row},{long}{row}").unwrap();
    }
    let outcome = run(&[&rows]).unwrap();
    assert!(
        outcome
            .records
            .fields
            .iter()
            .all(|field| (1..field.values.bound() as u32).all(|value| field.values.text(value).len() <= 1100))
    );
}

#[test]
fn rows_must_have_names_of_their_own() {
    assert!(matches!(run(&["name,town\na,b\na,b\n"]), Err(Error::NoId { .. })));
    assert!(matches!(run(&["id,town\n1,b\n1,c\n"]), Err(Error::RepeatedId { row: 2, .. })));
    assert!(matches!(run(&["id,town\n1,b\n", "id,colour\n2,red\n"]), Err(Error::NothingShared)));
    let outcome = run(&["name,reference\na,7\na,8\nb,9\n"]).unwrap();
    assert_eq!(outcome.ids, ["7", "8", "9"]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn no_table_is_too_strange(text in "(id|name|born|,|\n|\"|a@b\\.example|[0-9]{1,8}|\\PC|1990-0[1-9]-11){0,80}") {
        let limits = Limits { bytes: 1 << 16, unpacked: 1 << 20, ..Limits::default() };
        if let Ok(table) = read_csv("t.csv", text.as_bytes(), &limits, &[]) {
            let rows = table.ids.len();
            if let Ok(outcome) = dedupe(vec![table], &Options::default()) {
                prop_assert_eq!(outcome.clusters.len(), rows);
            }
        }
    }

    #[test]
    fn pairs_of_a_key_stay_within_the_budget(values in prop::collection::vec(0_u32..40, 0..400), per_row in 0_u32..20) {
        let budget = Budget { pairs_per_row: per_row, most_holders: 100 };
        let key = Key::new(&values, 40, budget, 1);
        let pairs = key.pairs();
        prop_assert!(pairs.len() <= values.len() * per_row as usize);
        for &pair in &pairs {
            let (left, right) = bonafide_linkage::columns::unpack(pair);
            prop_assert!(left < right && values[left as usize] == values[right as usize] && values[left as usize] != 0);
        }
    }

    #[test]
    fn a_dictionary_gives_texts_back(texts in prop::collection::vec("\\PC{0,12}", 0..200)) {
        let mut dictionary = Dictionary::default();
        let ids: Vec<u32> = texts.iter().map(|text| dictionary.intern(text).unwrap()).collect();
        for (text, id) in texts.iter().zip(ids) {
            prop_assert_eq!(dictionary.text(id), text);
            prop_assert_eq!(dictionary.intern(text).unwrap(), id);
        }
    }
}
