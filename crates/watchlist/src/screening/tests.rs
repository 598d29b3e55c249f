use bonafide_model::time::PartialDate;

use super::{Hit, Screener, Search, Speaks, Wanted};
use crate::{
    entry::{Birth, CountryRole, Entry, EntryId, EntryKind, EntryPlace, ListCode, ListedName, NameQuality},
    identifier::{Document, DocumentKind, Identifier, IdentifierKind},
};

fn date(text: &str) -> PartialDate {
    text.parse().unwrap()
}

fn person(id: &str, name: &str, born: &str) -> Entry {
    let mut entry = Entry::new(EntryId::new(ListCode::OFAC, id), EntryKind::Person, EntryPlace::default());
    entry.add_name(ListedName::of_family_first(name, NameQuality::Primary));
    entry.births.push(Birth::on(date(born)));
    entry
}

fn screener() -> Screener {
    let mut marlowe = person("1", "MARLOWE, Rosalind Agatha", "1971-03-09");
    marlowe.add_country(CountryRole::Nationality, "France");
    marlowe.add_identifier(Identifier::new(IdentifierKind::Email, "rosalind.m@sample.example"));
    marlowe.documents.extend(Document::new(DocumentKind::Passport, "XK 12-345.6", "France", ""));
    let namesake = person("2", "MARLOWE, Rosalind", "1990");
    let mut firm = Entry::new(EntryId::new(ListCode::OFAC, "3"), EntryKind::Organisation, EntryPlace::default());
    firm.add_name(ListedName::whole("Quillfeather Trading GmbH", NameQuality::Primary));
    Screener::new(vec![marlowe, namesake, firm, person("4", "ABERCRAFT, Tobin", "1964")])
}

fn ids(hits: &[Hit<'_>]) -> Vec<String> {
    hits.iter().map(|hit| hit.entry.id.to_string()).collect()
}

fn named(name: &str) -> Wanted {
    Wanted { kind: Some(EntryKind::Person), names: vec![name.to_owned()], ..Wanted::default() }
}

#[test]
fn two_listed_people_of_one_name_are_both_shown() {
    let screener = screener();
    let hits = screener.screen(&mut Search::default(), &named("Rosalind Marlow"), 5, 0.5);
    assert_eq!(ids(&hits).len(), 2, "{:?}", ids(&hits));
    assert!(hits.iter().all(|hit| hit.score < 0.99), "a name alone is never certain");
}

#[test]
fn an_identifier_wins_over_a_name_that_does_not_fit() {
    let screener = screener();
    let mut wanted = named("Somebody Else");
    wanted.papers.push("xk123456".to_owned());
    wanted.identifiers.push((IdentifierKind::Email, "Rosalind.M+jobs@Sample.example".to_owned()));
    let hits = screener.screen(&mut Search::default(), &wanted, 5, 0.5);
    assert_eq!(ids(&hits), ["ofac:1"]);
    assert!(hits[0].score >= 0.95 && hits[0].identified.len() == 2);
    wanted = Wanted { papers: vec!["xk123457".to_owned()], ..Wanted::default() };
    assert!(screener.screen(&mut Search::default(), &wanted, 5, 0.0).is_empty(), "one digit is another paper");
}

#[test]
fn birth_dates_speak_for_and_against() {
    let screener = screener();
    let mut search = Search::default();
    let mut score = |born: &[&str], id: &str| {
        let wanted = Wanted { births: born.iter().map(|born| date(born)).collect(), ..named("Rosalind Marlowe") };
        let hits = screener.screen(&mut search, &wanted, 5, 0.0);
        let hit = hits.iter().find(|hit| hit.entry.id.to_string() == id).unwrap();
        (hit.score, hit.qualifiers.first().map(|qualifier| qualifier.speaks))
    };
    let alone = score(&[], "ofac:1").0;
    assert!(score(&["1971-03-09"], "ofac:1").0 > alone);
    assert_eq!(score(&["1971-09-03"], "ofac:1").1, Some(Speaks::Nearly), "day and month swapped");
    assert_eq!(score(&["1972"], "ofac:1").1, Some(Speaks::Nearly));
    assert_eq!(score(&["1985-01-01"], "ofac:1").1, Some(Speaks::Against));
    assert!(score(&["1985-01-01"], "ofac:1").0 < alone);
    assert_eq!(score(&["1990-06-01"], "ofac:2").1, Some(Speaks::Somewhat));
    assert_eq!(score(&["1985", "1971-03-09"], "ofac:1").1, Some(Speaks::For), "the date that fits best speaks");
}

#[test]
fn another_country_says_nothing() {
    let screener = screener();
    let mut search = Search::default();
    let mut with = |countries: &[&str]| {
        let wanted =
            Wanted { countries: countries.iter().map(|&code| code.to_owned()).collect(), ..named("Rosalind Agatha Marlowe") };
        screener.screen(&mut search, &wanted, 1, 0.0)[0].score
    };
    let alone = with(&[]);
    assert!(with(&["FR"]) > alone);
    assert!((with(&["PE"]) - alone).abs() < f64::EPSILON);
}

#[test]
fn kinds_are_kept_apart_and_odd_queries_end_well() {
    let screener = screener();
    let mut search = Search::default();
    let firm = Wanted { kind: Some(EntryKind::Organisation), names: vec!["Quilfeather Trading".to_owned()], ..Wanted::default() };
    assert_eq!(ids(&screener.screen(&mut search, &firm, 5, 0.5)), ["ofac:3"]);
    assert!(screener.screen(&mut search, &named("Quillfeather Trading"), 5, 0.0).is_empty());
    for odd in ["", " ", "a", "\u{202e}", "…", &"Marlowe ".repeat(1_000), &"x".repeat(5_000)] {
        let hits = screener.screen(&mut search, &named(odd), 5, 0.0);
        assert!(hits.iter().all(|hit| (0.0..=1.0).contains(&hit.score)), "{odd}");
    }
    assert!(screener.screen(&mut search, &Wanted::default(), 5, 0.0).is_empty());
    assert!(Screener::new(Vec::new()).screen(&mut search, &named("Rosalind Marlowe"), 5, 0.0).is_empty());
}

#[test]
fn frequent_words_are_found_by_standing_together() {
    // A thousand who bear the one word or the other, and one who bears both in another spelling.
    let given = ["Ali", "Omar", "Khalid", "Ibrahim", "Yusuf", "Tariq", "Samir", "Rashid", "Karim", "Jamal"];
    let mut listed: Vec<Entry> = (0..1_000)
        .map(|number| {
            let (word, other) = (["Dawood", "Hassan"][number % 2], given[number / 2 % given.len()]);
            person(&number.to_string(), &format!("{word}, {other} {}", ["Quill", "Marlowe", "Tobin"][number % 3]), "1960")
        })
        .collect();
    listed.push(person("both", "HASSAN, Dawood", "1960"));
    let hits = Screener::new(listed);
    let hits = hits.screen(&mut Search::default(), &named("Daud Hasan"), 1, 0.0);
    assert_eq!(ids(&hits), ["ofac:both"]);
}
