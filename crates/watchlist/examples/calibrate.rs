//! Fits the coefficients of the score by name: `cargo run --release -p bonafide-watchlist --example calibrate -- DATA/screening`
//!
//! Matches: how other authorities spell people of the list, aliases taken out of the list, and listed names corrupted at random.
//! Others: the best hits of ordinary people, of recombined ordinary names, of the reference populations and of invented Korean ones, of
//! branches of firms, and the wrong hits of matches. A person's relatives are no part of it: what holds their names back is set apart.
//! Every second entry is kept out of the fit and measured. Prints the rows of `names/score.rs`; no row of the data leaves here.

#![allow(clippy::print_stdout, reason = "an example prints its figures")]

#[path = "common/mod.rs"]
mod common;

use std::{collections::BTreeMap, path::Path};

use bonafide_watchlist::{
    entry::{Entry, EntryKind},
    names::{MEASURES, Model, NameKind, SIGNS},
    screening::{Screener, Search, Tradition, Wanted, ordinary_names},
};

use common::{
    Asked,
    firms::{WAYS, ordinary_firms},
    garbled::{Dice, relatives, respelled},
};

/// What an ordinary firm counts in the fit, against a match.
const FIRMS: f64 = 0.3;

fn main() {
    let folder = std::env::args().nth(1).expect("the folder of the screening data");
    let folder = Path::new(&folder);
    let ofac = common::ofac(folder);
    let mut dice = Dice(0x5eed);
    let mut rows: Vec<(Model, Row)> = Vec::new();
    let whole = Screener::new(ofac.clone());
    let mut search = Search::default();

    let across = common::other_spellings(&common::others(folder), &ofac);
    matches(&whole, &mut search, &across, 1.0, &mut rows);
    let corrupted = corrupted(&ofac, &mut dice);
    matches(&whole, &mut search, &corrupted, 0.5, &mut rows);
    let respelled = respelled(&ofac, &mut dice);
    println!("{} Korean names spelled in another way", respelled.len());
    matches(&whole, &mut search, &respelled, 0.011, &mut rows);
    let mut relatives = relatives(&ofac, &mut dice);
    relatives.retain(|one| one.kind == EntryKind::Organisation);
    matches(&whole, &mut search, &relatives, 0.3, &mut rows);
    // Firms of registers, and how little it tells that they share their words.
    let firms = WAYS.iter().flat_map(|way| ordinary_firms(way, 99).take(1_000)).enumerate();
    for (number, name) in firms {
        let wanted = Wanted { kind: Some(EntryKind::Organisation), names: vec![name], ..Wanted::default() };
        for (rank, hit) in whole.screen(&mut search, &wanted, 3, 0.0).iter().enumerate() {
            let Some(name) = &hit.name else { continue };
            let weight = if rank == 0 { FIRMS } else { 0.3 * FIRMS };
            let model = name.met.features.model(NameKind::Organisation);
            rows.push((model, Row { measures: name.met.features.measures(), is_match: false, weight, kept: number % 2 == 0 }));
        }
    }
    let ordinary = ordinary(folder, &mut dice);
    println!("{} ordinary names", ordinary.len());
    // Reference populations bear frequent names alone, and tell how little those tell.
    let reference = Tradition::ALL.into_iter().filter(|tradition| *tradition != Tradition::Korean);
    let reference = reference.flat_map(|tradition| ordinary_names(tradition, 99).take(2_000)).map(|name| (name, 0.2));
    let ordinary = ordinary.into_iter().map(|name| (name, 0.3)).chain(reference);
    for (number, (name, worth)) in ordinary.enumerate() {
        let wanted = Wanted { kind: Some(EntryKind::Person), names: vec![name.clone()], ..Wanted::default() };
        for (rank, hit) in whole.screen(&mut search, &wanted, 3, 0.0).iter().enumerate() {
            let Some(name) = &hit.name else { continue };
            let weight = if rank == 0 { worth } else { 0.3 * worth };
            let model = name.met.features.model(NameKind::Person);
            rows.push((model, Row { measures: name.met.features.measures(), is_match: false, weight, kept: number % 2 == 0 }));
        }
    }
    let (list, withheld) = common::without_some_aliases(ofac);
    let thinner = Screener::new(list);
    matches(&thinner, &mut search, &withheld, 1.0, &mut rows);

    for model in [Model::Person, Model::Organisation, Model::Korean] {
        let of_model: Vec<&Row> = rows.iter().filter(|(of, _)| *of == model).map(|(_, row)| row).collect();
        let (fitted_on, kept): (Vec<&Row>, Vec<&Row>) = of_model.iter().partition(|row| !row.kept);
        let signs = signs(model);
        let weights = fit(&fitted_on, &signs);
        let matches = of_model.iter().filter(|row| row.is_match).count();
        println!(
            "{model:?}: {} rows, {matches} of them matches; loss {:.4}, kept out {:.4}",
            of_model.len(),
            loss(&weights, &fitted_on),
            loss(&weights, &kept)
        );
        let all = fit(&of_model, &signs);
        let shown: Vec<String> = all.iter().map(|weight| format!("{weight:.3}")).collect();
        println!("    [{}]", shown.join(", "));
    }
}

struct Row {
    measures: [f64; MEASURES],
    is_match: bool,
    weight: f64,
    kept: bool,
}

fn matches(screener: &Screener, search: &mut Search, asked: &[Asked], weight: f64, rows: &mut Vec<(Model, Row)>) {
    let mut counts = BTreeMap::new();
    for one in asked {
        let kind = if one.kind == EntryKind::Person { NameKind::Person } else { NameKind::Organisation };
        let wanted = Wanted { kind: Some(one.kind), names: vec![one.name.clone()], ..Wanted::default() };
        let expected = one.expected.iter().next().map_or("", String::as_str);
        let kept = expected.bytes().fold(0_u32, |sum, byte| sum * 31 % 65_521 + u32::from(byte)) % 2 == 0;
        // An entry under many names must not outvote the others.
        let seen = counts.entry(expected.to_owned()).or_insert(0);
        *seen += 1;
        let weight = weight / f64::from(*seen).sqrt();
        for (rank, hit) in screener.screen(search, &wanted, 10, 0.0).iter().enumerate() {
            let Some(name) = &hit.name else { continue };
            let is_match = one.expected.contains(&hit.entry.id.to_string());
            let weight = if is_match || one.expected.is_empty() { weight } else { weight * 0.3 / (1.0 + rank as f64) };
            rows.push((name.met.features.model(kind), Row { measures: name.met.features.measures(), is_match, weight, kept }));
        }
    }
}

/// The signs of the measures, `None` where one is no part of a model: the rarest word decides of firms, whose other words are those of
/// their trade.
fn signs(model: Model) -> [Option<i8>; MEASURES] {
    let mut signs = SIGNS.map(Some);
    if model != Model::Organisation {
        signs[MEASURES - 1] = None;
    }
    signs
}

/// Logistic regression with a small ridge and signs that are given, by projected gradient with momentum (Adam).
fn fit(rows: &[&Row], signs: &[Option<i8>; MEASURES]) -> [f64; MEASURES] {
    let mut weights = [0.0; MEASURES];
    let (mut first, mut second) = ([0.0; MEASURES], [0.0; MEASURES]);
    let all: f64 = rows.iter().map(|row| row.weight).sum();
    for round in 1..=4_000_i32 {
        let mut gradient = [0.0; MEASURES];
        for row in rows {
            let miss = (chance(&weights, row) - f64::from(u8::from(row.is_match))) * row.weight / all;
            gradient.iter_mut().zip(&row.measures).for_each(|(sum, measure)| *sum += miss * measure);
        }
        for place in 0..MEASURES {
            let ridge = if place == 0 { 0.0 } else { 5e-5 * weights[place] };
            let slope = gradient[place] + ridge;
            first[place] = 0.9 * first[place] + 0.1 * slope;
            second[place] = 0.999 * second[place] + 0.001 * slope * slope;
            let step = 0.03 / (1.0 + f64::from(round) / 1_000.0);
            let (mean, spread) = (first[place] / (1.0 - 0.9_f64.powi(round)), second[place] / (1.0 - 0.999_f64.powi(round)));
            weights[place] -= step * mean / (spread.sqrt() + 1e-9);
            if signs[place].is_none_or(|sign| f64::from(sign) * weights[place] < 0.0) {
                weights[place] = 0.0;
            }
        }
    }
    weights
}

fn chance(weights: &[f64; MEASURES], row: &Row) -> f64 {
    let log_odds: f64 = weights.iter().zip(&row.measures).map(|(weight, measure)| weight * measure).sum();
    1.0 / (1.0 + (-log_odds).exp())
}

fn loss(weights: &[f64; MEASURES], rows: &[&Row]) -> f64 {
    let sum: f64 = rows
        .iter()
        .map(|row| {
            let chance = chance(weights, row).clamp(1e-9, 1.0 - 1e-9);
            -row.weight * if row.is_match { chance.ln() } else { (1.0 - chance).ln() }
        })
        .sum();
    sum / rows.iter().map(|row| row.weight).sum::<f64>()
}

/// Listed names as people and machines garble them.
fn corrupted(ofac: &[Entry], dice: &mut Dice) -> Vec<Asked> {
    let mut asked = Vec::new();
    for entry in ofac.iter().filter(|entry| matches!(entry.kind, EntryKind::Person | EntryKind::Organisation)) {
        if dice.below(6) != 0 {
            continue;
        }
        let name = &entry.names[dice.below(entry.names.len())];
        let mut words: Vec<String> = name.text.split_whitespace().map(str::to_lowercase).collect();
        if words.len() < 2 {
            continue;
        }
        let at = dice.below(words.len());
        match dice.below(6) {
            0 if words.len() > 2 => drop(words.remove(1 + dice.below(words.len() - 2))),
            1 => words.swap(0, at),
            2 if words.len() > 2 => words[1] = words[1].chars().take(1).collect(),
            3 => {
                let joined = words.concat();
                words = vec![joined];
            }
            _ => {
                for _ in 0..=dice.below(2) {
                    let mut letters: Vec<char> = words[at].chars().collect();
                    let place = dice.below(letters.len());
                    match dice.below(3) {
                        0 => letters[place] = char::from(b'a' + dice.below(26) as u8),
                        1 if letters.len() > 2 => drop(letters.remove(place)),
                        _ => letters.insert(place, letters[place]),
                    }
                    words[at] = letters.into_iter().collect();
                }
            }
        }
        asked.push(Asked {
            group: String::new(),
            kind: entry.kind,
            name: words.join(" "),
            expected: [entry.id.to_string()].into(),
        });
    }
    asked
}

/// People who are not listed: as they are, recombined within their script, and invented Korean ones.
fn ordinary(folder: &Path, dice: &mut Dice) -> Vec<String> {
    let mut names = Vec::new();
    let mut parts: BTreeMap<String, (Vec<String>, Vec<String>)> = BTreeMap::new();
    for file in ["vectors/yente_negatives_global.csv", "vectors/yente_negatives_us.csv"] {
        let text = std::fs::read_to_string(folder.join(file)).expect("people who are not listed");
        for line in text.lines().skip(1) {
            let cells: Vec<&str> = line.split(',').collect();
            let [whole, first, _, last, ..] = cells.as_slice() else { continue };
            names.push((*whole).to_owned());
            let nationality = cells.last().copied().unwrap_or_default();
            let known = parts.entry(nationality.to_owned()).or_default();
            known.0.push((*first).to_owned());
            known.1.push((*last).to_owned());
        }
    }
    let parts: Vec<(Vec<String>, Vec<String>)> = parts.into_values().collect();
    for _ in 0..2_000 {
        let (first, last) = &parts[dice.below(parts.len())];
        let (first, last) = (&first[dice.below(first.len())], &last[dice.below(last.len())]);
        if first.is_ascii() == last.is_ascii() {
            names.push(format!("{first} {last}"));
        }
    }
    let surnames: Vec<char> =
        "김김김김이이이박박최최정정강조윤장임한오서신권황안송류홍전고문손양배백허남심노하곽성차주우구라민진지엄채원천방공현함변"
            .chars()
            .collect();
    let syllables: Vec<char> =
        "영철수민지현준서진호성훈정은미경희선주연우재원동석상태기승규혜윤하나아인용광명남일국혁학춘옥순금복만길덕병창종"
            .chars()
            .collect();
    let latin =
        "kim kim kim lee lee ri park pak choi choe jung jong kang cho yoon jang lim han oh seo shin kwon hwang ahn song ryu hong";
    let latin: Vec<&str> = latin.split(' ').collect();
    let spelled = "young yong chol cheol su soo min ji hyun hyon jun joon seo jin ho sung song hoon jung jong eun un mi kyung hee hui sun ju yon woo \
        jae won dong sok tae gi seung gyu hye yun ha na a in kwang myong nam il guk hyok hak chun ok kum bok man gil dok byong chang";
    let spelled: Vec<&str> = spelled.split_whitespace().collect();
    for number in 0..1_600 {
        if number % 2 == 0 {
            names.push(
                [
                    surnames[dice.below(surnames.len())],
                    syllables[dice.below(syllables.len())],
                    syllables[dice.below(syllables.len())],
                ]
                .iter()
                .collect(),
            );
        } else {
            let (family, first, second) =
                (latin[dice.below(latin.len())], spelled[dice.below(spelled.len())], spelled[dice.below(spelled.len())]);
            names.push(match dice.below(4) {
                0 => format!("{family} {first} {second}"),
                1 => format!("{first}-{second} {family}"),
                2 => format!("{first}{second} {family}"),
                _ => format!("{family} {first}{second}"),
            });
        }
    }
    names
}
