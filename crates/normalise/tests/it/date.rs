//! Dates and ranges.

use bonafide_model::time::End;
use bonafide_normalise::date::{find_dates, find_ranges, parse_date, parse_end, parse_range};
use proptest::prelude::*;

fn date(text: &str) -> String {
    parse_date(text).map_or_else(|| "-".to_owned(), |date| date.to_string())
}

fn range(text: &str) -> String {
    let end = |end: End| match end {
        End::On(date) => date.to_string(),
        End::Present => "present".to_owned(),
        End::Unknown => "unknown".to_owned(),
    };
    parse_range(text).map_or_else(|| "-".to_owned(), |range| format!("{}..{}", range.start, end(range.end)))
}

#[test]
fn single_dates() {
    for (text, expected) in [
        ("2019", "2019"),
        ("2021-03", "2021-03"),
        ("2021-03-14", "2021-03-14"),
        ("2021-03-14T10:11:12Z", "2021-03-14"),
        ("2021-03-14 10:11", "2021-03-14"),
        ("2021/3", "2021-03"),
        ("2021.03", "2021-03"),
        ("Mar 2021", "2021-03"),
        ("March, 2021", "2021-03"),
        ("Sept. 2020", "2020-09"),
        ("SEPTEMBER 2020", "2020-09"),
        ("03/2022", "2022-03"),
        ("3.2022", "2022-03"),
        ("03 / 2022", "2022-03"),
        ("March 14, 2021", "2021-03-14"),
        ("14 March 2021", "2021-03-14"),
        ("14th of March, 2021", "2021-03-14"),
        ("14. März 2021", "2021-03-14"),
        ("1er mars 2020", "2020-03-01"),
        ("14 de marzo de 2021", "2021-03-14"),
        ("März '21", "2021-03"),
        ("Mar-21", "2021-03"),
        ("'21", "2021"),
        ("’98", "1998"),
        ("2021 March", "2021-03"),
        ("2021年3月", "2021-03"),
        ("2021年3月14日", "2021-03-14"),
        ("2021년 3월", "2021-03"),
        ("２０２１年３月", "2021-03"),
        ("Summer 2020", "2020"),
        ("Q3 2021", "2021"),
        ("(May 2014)", "2014-05"),
        ("Март 2021", "2021-03"),
        ("марта 2021 г.", "2021-03"),
        ("mayıs 2021", "2021-05"),
        ("Ekim 2021", "2021-10"),
        ("août 2021", "2021-08"),
        ("Μάρτιος 2021", "2021-03"),
        ("marzec 2021", "2021-03"),
        ("března 2021", "2021-03"),
        ("березень 2021", "2021-03"),
        ("listopad 2021", "2021"),
        // Ambiguous orders keep what is certain.
        ("03/04/2021", "2021"),
        ("14/03/2021", "2021-03-14"),
        ("03/14/2021", "2021-03-14"),
        ("04/04/2021", "2021-04-04"),
        ("03.04.2021", "2021-04-03"),
        ("03-04-2021", "2021"),
        ("3/14/21", "2021-03-14"),
        // Strange years are read; whether they are plausible is not asked here.
        ("9999", "9999"),
        ("9999-12-31", "9999-12-31"),
        ("Mar 9999", "9999-03"),
        ("0001", "0001"),
        ("1066", "1066"),
        ("", "-"),
        ("0000", "-"),
        ("2021-13", "-"),
        ("2021-02-30", "-"),
        ("32 March 2021", "-"),
        ("Mar 19", "-"),
        ("12345", "-"),
        ("today", "-"),
        ("2021 or so", "-"),
        ("99999-01-01", "-"),
        ("2021-03-14x", "-"),
        ("13/2021", "-"),
    ] {
        assert_eq!(date(text), expected, "{text}");
    }
}

#[test]
fn ranges() {
    for (text, expected) in [
        ("Jan 2019 - Mar 2021", "2019-01..2021-03"),
        ("January 2019 – Present", "2019-01..present"),
        ("2019-2021", "2019..2021"),
        ("2019 — 2021", "2019..2021"),
        ("2019–20", "2019..2020"),
        ("2019-20", "2019..2020"),
        ("2010–11", "2010..2011"),
        ("2010-11", "-"),
        ("03/2019 - 05/2021", "2019-03..2021-05"),
        ("03.2019–05.2021", "2019-03..2021-05"),
        ("2019/03 to 2021/05", "2019-03..2021-05"),
        ("2019-03 – 2021-05", "2019-03..2021-05"),
        ("2018-01-2020-05", "2018-01..2020-05"),
        ("01/19 - 05/21", "2019-01..2021-05"),
        ("Jan – Mar 2021", "2021-01..2021-03"),
        ("Oct – Feb 2021", "2020-10..2021-02"),
        ("Jan 19 – Mar 21", "2019-01..2021-03"),
        ("Jan-19 to Mar-21", "2019-01..2021-03"),
        ("Jan '19 – '21", "2019-01..2021"),
        ("'19–'21", "2019..2021"),
        ("Q1 2020 – Q3 2021", "2020-01..2021-09"),
        ("H2 2020 - H1 2021", "2020-07..2021-06"),
        ("Spring 2018 to Fall 2019", "2018..2019"),
        ("01.02.2019 – 31.12.2020", "2019-02-01..2020-12-31"),
        ("15 March – 20 April 2020", "2020-03-15..2020-04-20"),
        ("March 15 – April 20, 2020", "2020-03-15..2020-04-20"),
        ("from 2019 until 2021", "2019..2021"),
        ("Nov2019-Dec2020", "2019-11..2020-12"),
        ("2019 -\n2021", "2019..2021"),
        ("Mar 2019 –\n   Present", "2019-03..present"),
        ("2009/2010", "2009..2010"),
        // A range that runs backwards is reported as it stands.
        ("2021 - 2019", "2021..2019"),
        ("Mar 2020 - 9999", "2020-03..9999"),
        // Today, in many words.
        ("2020 - now", "2020..present"),
        ("2020 to date", "2020..present"),
        ("2020 - till date", "2020..present"),
        ("2020 – Current", "2020..present"),
        ("März 2019 bis heute", "2019-03..present"),
        ("seit 2019", "2019..present"),
        ("Since June 2019", "2019-06..present"),
        ("mars 2019 à aujourd'hui", "2019-03..present"),
        ("mars 2019 – à ce jour", "2019-03..present"),
        ("depuis 2019", "2019..present"),
        ("marzo de 2019 - la actualidad", "2019-03..present"),
        ("desde 2019 hasta 2020", "2019..2020"),
        ("enero 2019 a diciembre 2020", "2019-01..2020-12"),
        ("março de 2019 – o momento", "2019-03..present"),
        ("gennaio 2019 - oggi", "2019-01..present"),
        ("styczeń 2020 - obecnie", "2020-01..present"),
        ("с марта 2019 по настоящее время", "2019-03..present"),
        ("май 2018 г. – июнь 2019 г.", "2018-05..2019-06"),
        ("Март 2019 — н.в.", "2019-03..present"),
        ("2019年3月至今", "2019-03..present"),
        ("2019年3月 - 2021年5月", "2019-03..2021-05"),
        ("2019年3月〜現在", "2019-03..present"),
        ("2019년 3월 ~ 현재", "2019-03..present"),
        ("Eylül 2019 - Devam ediyor", "2019-09..present"),
        ("2019 - nykyhetki", "2019..present"),
        // Not ranges.
        ("2019 –", "-"),
        ("2019", "-"),
        ("until 2019", "-"),
        ("2000-5000 users", "-"),
        ("1000 - 2000", "-"),
        ("+1 (415) 555-2019", "-"),
        ("1.2019.3-4", "-"),
        ("10-20 people", "-"),
        ("v2019-2020.1", "-"),
        ("$2000 - $2010", "-"),
    ] {
        assert_eq!(range(text), expected, "{text}");
    }
}

#[test]
fn spans_cut_the_text_where_the_range_stands() {
    let text = "Äcme — Mar 2021 – Present · Zürich\nGlöbex 2018–2020\n";
    let cut: Vec<&str> = find_ranges(text).into_iter().map(|range| &text[range.span]).collect();
    assert_eq!(cut, ["Mar 2021 – Present", "2018–2020"]);
    let text = "MSc, May 2014; BSc 2012. In 2015 - 2016: 3000 servers, 2,000 users, 1999+ tests, 20.2014";
    let cut: Vec<&str> = find_dates(text).into_iter().map(|date| &text[date.span]).collect();
    assert_eq!(cut, ["May 2014", "2012"]);
}

#[test]
fn ends() {
    assert_eq!(parse_end("Present"), Some(End::Present));
    assert_eq!(parse_end(" (PRESENT) "), Some(End::Present));
    assert_eq!(parse_end("to date"), Some(End::Present));
    assert_eq!(parse_end("2021-03").map(|end| matches!(end, End::On(_))), Some(true));
    for text in ["", "presently employed at Acme", "presentation", "soon", "-"] {
        assert_eq!(parse_end(text), None, "{text}");
    }
}

proptest! {
    #[test]
    fn what_is_written_is_read(date_text in "(19|20)[0-9]{2}(-(0[1-9]|1[0-2])(-(0[1-9]|1[0-9]|2[0-8]))?)?") {
        prop_assert_eq!(date(&date_text), date_text);
    }

    #[test]
    fn no_text_panics(text in "\\PC{0,80}|[A-Za-z0-9/'’. –-]{0,40}|(Jan|2019|2020|03|/|-| – | |'21|present|年|月|to|Q1){0,9}") {
        for range in find_ranges(&text) {
            prop_assert!(text.get(range.span).is_some());
            prop_assert!(range.end != End::Unknown);
        }
        for date in find_dates(&text) {
            prop_assert!(text.get(date.span).is_some());
        }
        let _ = (parse_date(&text), parse_end(&text), parse_range(&text));
    }

    /// A range is found wherever it stands among words, and what is found is found again in what it was cut to.
    #[test]
    fn a_range_stands_alone(before in "([B-Z][bcdfg]{3,6}[ ,\n]{1,2}){0,3}", after in "([ ,\n]{1,2}[B-Z][bcdfg]{3,6}){0,3}", from in 1950_i16..2050, to in 1950_i16..2050) {
        let text = format!("{before}03/{from} – 05/{to}{after}");
        let ranges = find_ranges(&text);
        prop_assert_eq!(ranges.len(), 1);
        let cut = &text[ranges[0].span.clone()];
        prop_assert_eq!(cut, format!("03/{from} – 05/{to}"));
        prop_assert_eq!(parse_range(cut).map(|range| (range.start, range.end)), Some((ranges[0].start, ranges[0].end)));
    }
}
