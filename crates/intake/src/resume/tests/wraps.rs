//! Texts that go on in the next row, and names that no word tells from other things.

use bonafide_formats::document::{Document, Line};
use bonafide_model::place::PageBox;

use super::{
    super::{Resume, read},
    read_text,
    templates::{jobs, jobs_of},
};

/// A line of a page with a cell at its right end: what stands left, its right edge, and the cell.
fn with_cell(left: &str, end: f32, cell: &str, top: f32) -> Line {
    let begin = 560.0 - 5.0 * cell.len() as f32;
    Line {
        text: format!("{left} {cell}"),
        gaps: vec![left.len() as u32],
        gap_spans: vec![(end, begin)],
        ..line(left, 560.0, top)
    }
}

fn line(text: &str, right: f32, top: f32) -> Line {
    Line {
        text: text.into(),
        page: 1,
        size: 10.0,
        area: PageBox { left: 50.0, top, right, bottom: top + 10.0 },
        ..Line::default()
    }
}

fn heading(text: &str, top: f32) -> Line {
    Line { size: 14.0, bold: true, space_before: true, ..line(text, 130.0, top) }
}

fn on_page(lines: Vec<Line>) -> Resume {
    let mut all = vec![Line { size: 20.0, ..line("Ada Example", 180.0, 40.0) }, line("ada@mail.example", 130.0, 70.0)];
    all.extend(lines);
    read(&Document { lines: all, ..Document::default() })
}

#[test]
fn what_finds_no_room_beside_a_date_goes_on_below() {
    let resume = on_page(vec![
        heading("Experience", 100.0),
        with_cell("Principal Engineer, Identity and Access | Castle Hill Community", 440.0, "Mar 2021 - Present", 120.0),
        line("Museum", 80.0, 132.0),
        Line { bullet: Some('•'), ..line("Kept the doors open and the lights on", 300.0, 144.0) },
        with_cell("Engineer | Initech", 140.0, "Mar 2017 - Feb 2021", 170.0),
        Line { bullet: Some('•'), ..line("Counted", 100.0, 182.0) },
        heading("Education", 220.0),
        with_cell("Bachelor of Science in Mechanical Engineering — Ridge Community", 500.0, "2015", 240.0),
        line("College", 85.0, 252.0),
    ]);
    assert_eq!(
        jobs(&resume),
        [
            "Principal Engineer, Identity and Access @ Castle Hill Community Museum 2021-03..now",
            "Engineer @ Initech 2017-03..2021-02"
        ]
    );
    let studies: Vec<&str> = resume.education.iter().map(|study| study.school.text.as_str()).collect();
    assert_eq!(studies, ["Ridge Community College"]);
}

#[test]
fn a_name_below_a_title_that_leaves_room_is_the_employer() {
    let resume = on_page(vec![
        heading("Experience", 100.0),
        with_cell("Principal Software Engineer for Identity and Access", 330.0, "Mar 2021 - Present", 120.0),
        line("Tideline", 90.0, 132.0),
        Line { bullet: Some('•'), ..line("Kept the doors open and the lights on", 300.0, 144.0) },
    ]);
    assert_eq!(jobs(&resume), ["Principal Software Engineer for Identity and Access @ Tideline 2021-03..now"]);
}

#[test]
fn a_name_between_a_dated_title_and_a_place_is_the_employer() {
    let read = jobs_of(
        "Product Manager    Mar 2024 - Present\nTrellion Foundation\nColumbus, Ohio\nSaved a third of the cost of the billing run\n\n\
         Summer Analyst    Aug 2022 - Dec 2023\nSterling Mobility\nBoise, ID\nWrote the notes that three teams still use",
    );
    assert_eq!(
        read,
        ["Product Manager @ Trellion Foundation 2024-03..now", "Summer Analyst @ Sterling Mobility 2022-08..2023-12"]
    );
}

#[test]
fn an_unknown_name_before_a_country_is_the_employer() {
    let read = jobs_of(
        "Release Engineer — Granite Mobility, USA\nSep 2023 - Nov 2024\n- Shipped\n\n\
         Web Developer — Everly Bank, Ohio\nJun 2020 - Aug 2023\n- Built",
    );
    assert_eq!(read, ["Release Engineer @ Granite Mobility 2023-09..2024-11", "Web Developer @ Everly Bank 2020-06..2023-08"]);
}

#[test]
fn a_place_behind_the_employer_is_not_split_into_a_title() {
    let read = jobs_of(
        "Sales Associate · Trellion Opera, Berlin, Germany\nOct 2022 – Sep 2025\n- Sold\n\n\
         Product Manager, Growth · Everly Foundation, Seattle, WA\nDec 2020 – Sep 2022\n- Grew",
    );
    assert_eq!(
        read,
        ["Sales Associate @ Trellion Opera 2022-10..2025-09", "Product Manager, Growth @ Everly Foundation 2020-12..2022-09"]
    );
}

#[test]
fn a_bullet_that_ends_in_a_legal_form_may_be_the_head() {
    let read = jobs_of(
        "October 2023 - Present\n- Curator, Torrent Consulting Ltd.\n- Planned the programme\n\n\
         June 2020 - September 2023\n- Lead Platform Engineer, Polaris\n- Ran the cluster",
    );
    assert_eq!(read, ["Curator @ Torrent Consulting Ltd. 2023-10..now", "Lead Platform Engineer @ Polaris 2020-06..2023-09"]);
}

#[test]
fn a_period_of_studies_may_wrap() {
    let resume = read_text(
        "Ada Example\nada@mail.example\n\nEducation\nB.S. in Computer Science\nUniversity of Harrowfield 2014\n- 2018\n",
    );
    let years: Vec<String> =
        resume.education.iter().filter_map(|study| study.period.as_ref()).map(|period| period.quote.text.clone()).collect();
    assert_eq!(years, ["2014 - 2018"]);
}

#[test]
fn a_number_in_a_row_of_the_text_is_found_where_there_is_no_other() {
    let resume = on_page(vec![
        heading("Experience", 100.0),
        with_cell("206-555-0105", 120.0, "2025 – Present", 120.0),
        line("Engineer, Initech", 150.0, 132.0),
    ]);
    assert_eq!(resume.phones.iter().map(|phone| phone.quote.text.as_str()).collect::<Vec<_>>(), ["206-555-0105"]);
}
