//! Names of invented people compared, and any text at all.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use bonafide_watchlist::names::{AnalysedName, NameKind, OperationKind, compare};
use proptest::prelude::*;

fn person(text: &str) -> AnalysedName {
    AnalysedName::of(text, NameKind::Person)
}

fn score(query: &str, listed: &str) -> f32 {
    compare(&person(query), &person(listed)).score
}

#[test]
fn spellings_of_one_name_meet_and_those_of_others_do_not() {
    let same = [
        ("Youngchul Lee", "RI, Yo'ng-ch'o'l"),
        ("리영철", "RI, Yong Chol"),
        ("李永哲", "RI, Yong Chol"),
        ("Sang-wook Noh", "RO, Sang Uk"),
        ("Щербаков Тимур", "SHCHERBAKOV, Timur"),
        ("Timour Chtcherbakoff", "SHCHERBAKOV, Timur"),
        ("Mohamed Khorchid", "KHORSHID, Muhammad"),
        ("محمد خورشيد", "KHORSHID, Mohammad"),
        ("Rоsаlind Mаrlowe", "MARLOWE, Rosalind"),
        ("R0salind Mar1owe", "MARLOWE, Rosalind"),
        ("RosalindMarlowe", "MARLOWE, Rosalind"),
        ("Rosa lind Marlowe", "MARLOWE, Rosalind"),
        ("Prof. Dr. Rosalind Marlowe | Senior Developer", "MARLOWE, Rosalind"),
        ("R\u{200B}osalind Ｍａｒｌｏｗｅ", "MARLOWE, Rosalind"),
        ("Hsiung Wong", "WANG, Xiong"),
        ("Quan Luqi", "QUAN, Lu-Chi"),
        ("Hsiaoming Zhuang", "ZHUANG, Xiaoming"),
        ("曾小明", "ZENG, Xiaoming"),
        ("طارق هندلي", "HANDALI, Tariq"),
        ("سمير صحراني", "SAHRANI, Samir"),
        ("Nadim el-Sheikh", "ELSHEIKH, Nadim"),
        ("Xasan Quarrey Cumar", "OMAR, Hassan Quarrey"),
        ("Rosalind Marlowe (formerly listed as)", "MARLOWE, Rosalind"),
        ("Rosalind Marlowe (Розалинда Марлоу)", "MARLOWE, Rosalind"),
    ];
    let other = [
        ("Rosalind Fairweather", "MARLOWE, Rosalind"),
        ("R. M.", "MARLOWE, Rosalind"),
        ("Kim Jong Sok", "KIM, Myong Chol"),
        ("Соня Крылова", "SHCHERBAKOV, Timur"),
    ];
    let mut table = String::new();
    for (query, listed) in same.iter().chain(&other) {
        let score = score(query, listed);
        writeln!(table, "{score:.2}  {query} = {listed}").unwrap();
    }
    for (query, listed) in same {
        assert!(score(query, listed) > 0.5, "{query} = {listed} in\n{table}");
    }
    for (query, listed) in other {
        assert!(score(query, listed) < 0.3, "{query} = {listed} in\n{table}");
    }
}

#[test]
fn another_syllable_is_another_name() {
    // Hardly better than even odds and no question (0.7), however few letters differ.
    for (query, listed) in
        [("Quan Luping", "QUAN, Lu-Chi"), ("Zhuang Jianping", "ZHUANG, Xiaoping"), ("Zhuang Jianming", "ZHUANG, Jianping")]
    {
        let score = score(query, listed);
        assert!(score < 0.6, "{query} = {listed}: {score}");
    }
}

#[test]
fn steps_name_what_happened() {
    let found = compare(&person("R. Marlow Quill"), &person("MARLOWE, Rosalind"));
    let kinds: Vec<OperationKind> = found.operations().iter().map(|step| step.kind).collect();
    assert!(kinds.contains(&OperationKind::Initial) && kinds.contains(&OperationKind::OnlyInQuery), "{kinds:?}");
}

#[test]
fn steps_and_scores_read_well() {
    let pairs = [
        ("Rosalind Marlowe", "MARLOWE, Rosalind Agatha"),
        ("Rosalind A. Marlow", "MARLOWE, Rosalind Agatha"),
        ("Rosa lind Marlowe", "MARLOWE, Rosalind"),
        ("Marlowe Tobin", "MARLOWE, Rosalind"),
        ("Tobin Edgar Quarrey-Smyth", "QUARREY, Tobin Edgar"),
        ("Абдул-Карим Кворри", "QUARREY, Abd al-Karim"),
        ("محمد خورشيد", "KHORSHID, Mohammad"),
        ("이영철", "RI, Yo'ng-ch'o'l"),
        ("Youngchul Lee", "RI, Yong Chol"),
        ("Youngchul Lee", "RI, Yong Nam"),
        ("Bill Fairweather", "FAIRWEATHER, William"),
        ("Hsiung Wong", "WANG, Xiong"),
        ("Quan Luqi", "QUAN, Lu-Chi"),
        ("Hsiaoming Zhuang", "ZHUANG, Xiaoming"),
        ("曾小明", "ZENG, Xiaoming"),
        ("طارق هندلي", "HANDALI, Tariq"),
        ("سمير صحراني", "SAHRANI, Samir"),
        ("Nadim el-Sheikh", "ELSHEIKH, Nadim"),
        ("Xasan Quarrey Cumar", "OMAR, Hassan Quarrey"),
        ("Rosalind Marlowe (formerly listed as)", "MARLOWE, Rosalind"),
        ("Rosalind Marlowe (Розалинда Марлоу)", "MARLOWE, Rosalind"),
    ];
    let mut told = String::new();
    for (query, listed) in pairs {
        let (left, right) = (person(query), person(listed));
        let met = compare(&left, &right);
        writeln!(told, "{query} = {listed}: {:.3}", met.score).unwrap();
        for step in met.operations() {
            let words = |name: &AnalysedName, (first, number): (u8, u8)| -> String {
                let words = name.tokens().iter().skip(first.into()).take(number.into());
                words.map(|word| word.as_str()).collect::<Vec<_>>().join(" ")
            };
            let (query, listed) = (words(&left, step.query), words(&right, step.listed));
            writeln!(told, "    {:?} {query:?} {listed:?}, cost {:.2}", step.kind, step.cost).unwrap();
        }
    }
    insta::assert_snapshot!(told);
}

#[test]
fn long_names_keep_the_words_that_tell_the_most() {
    let name = person("Abdul Karim bin Muhammad bin Ali al Rahman Quillfeather Fallowmere Ravensdale Abercraft Marlowe");
    let words: Vec<&str> = name.tokens().iter().map(bonafide_watchlist::names::Token::as_str).collect();
    assert_eq!(words.len(), 8, "{words:?}");
    for telling in ["quillfeather", "fallowmere", "ravensdale", "abercraft", "marlowe"] {
        assert!(words.contains(&telling), "{words:?}");
    }
}

#[test]
fn a_particle_is_no_name_and_letters_in_a_row_are_no_proof() {
    assert!(score("Nuredin Ben Ali Marlowe", "MARLOWE, Nuredin Ben Muhammad al-") < 0.72);
    assert!(score("Abdul Rahman Alaqil", "AL-FAQIH, Abd al-Rahman") < 0.72);
}

#[test]
fn names_of_any_length_take_bounded_time() {
    let begun = Instant::now();
    for text in ["kyoung".repeat(900), "a b ".repeat(1_500), "김".repeat(5_000), "'".repeat(5_000), "я".repeat(5_000)] {
        let name = person(&text);
        assert!((0.0..=1.0).contains(&compare(&name, &name).score));
    }
    assert!(begun.elapsed() < Duration::from_secs(2), "{:?}", begun.elapsed());
}

proptest! {
    #[test]
    fn any_text_is_compared_within_bounds(left in "\\PC{0,60}", right in "\\PC{0,60}") {
        for kind in [NameKind::Person, NameKind::Organisation] {
            let (left, right) = (AnalysedName::of(&left, kind), AnalysedName::of(&right, kind));
            let found = compare(&left, &right);
            prop_assert!((0.0..=1.0).contains(&found.score));
            prop_assert!(found.operations().iter().all(|step| (0.0..=1.0).contains(&step.cost)));
        }
    }

    #[test]
    fn case_and_order_change_nothing(given in "[a-z]{4,9}", family in "[a-z]{4,9}") {
        let (plain, loud) = (format!("{given} {family}"), format!("{}, {}", family.to_uppercase(), given.to_uppercase()));
        let found = compare(&person(&plain), &person(&loud));
        prop_assert!((found.score - score(&plain, &plain)).abs() < 0.02, "{} for {plain}", found.score);
    }
}

fn firm(text: &str) -> AnalysedName {
    AnalysedName::of(text, NameKind::Organisation)
}

#[test]
fn firms_meet_across_scripts_languages_and_ways_of_writing() {
    let words = |text: &str| -> Vec<String> { firm(text).tokens().iter().map(|token| token.as_str().to_owned()).collect() };
    assert_eq!(words("Q.T.C. Quillfeather S.A. de C.V."), ["qtc", "quillfeather", "sa", "de", "cv"]);
    assert_eq!(words("J. P. Quillfeather"), ["j", "p", "quillfeather"]);
    assert_eq!(words("Quillfeather Trading Company (QTC)"), ["quillfeather", "trading", "company"]);
    assert_eq!(words("Quillfeather (Holdings)"), ["quillfeather", "holding"]);
    for (query, listed) in [
        ("Lazernye komponenty Kvillfezer OOO", "Kvillfezer Laser Components LLC"),
        ("شركة كويلفزر للتجارة", "QUILFEZER TRADING COMPANY"),
        ("华新贸易有限公司", "HUA XIN TRADING CO., LTD."),
        ("Invest Quill Kapital", "INVESTQUILLCAPITAL"),
        ("Quillfeather Number Two", "QUILLFEATHER NO. 2"),
        ("Idarat Quillfeather", "IDERAT QUILLFEATHER"),
    ] {
        let score = compare(&firm(query), &firm(listed)).score;
        assert!(score > 0.7, "{query} = {listed}: {score}");
    }
}

#[test]
fn what_many_firms_bear_is_no_evidence() {
    for (query, listed) in [
        ("Golden Star Trading LLC", "GOLDEN PHOENIX TRADING LLC"),
        ("London Consulting Ltd", "QUILLFEATHER LONDON CONSULTING LIMITED"),
        ("Bridge Consulting", "B&W CONSULTING"),
        ("Quarrey International Trading Co., Ltd.", "Fairweather International Trading Co., Ltd."),
    ] {
        let score = compare(&firm(query), &firm(listed)).score;
        assert!(score < 0.7, "{query} = {listed}: {score}");
    }
}

#[test]
fn a_name_in_its_own_script_scores_as_its_romanisation_does() {
    for (hangul, latin, listed) in [
        ("리영철", "Ri Yong Chol", "RI, Yong Chol"),
        ("현광혁", "Hyon Kwang Hyok", "HYON, Kwang Hyok"),
        ("박덕만", "Pak Tok Man", "PAK, Tok Man"),
    ] {
        let (native, spelled) = (score(hangul, listed), score(latin, listed));
        assert!(native >= spelled && native > 0.7, "{hangul} = {listed}: {native}, {latin}: {spelled}");
    }
    // Another syllable is another name still.
    assert!(score("리용철", "RI, Yo'ng-ch'o'l") < score("리영철", "RI, Yo'ng-ch'o'l"));
}
