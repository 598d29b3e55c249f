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

/// A line with a date in a cell of its own at the left.
fn with_date(date: &str, text: &str, top: f32) -> Line {
    Line {
        text: format!("{date} {text}"),
        gaps: vec![date.len() as u32],
        gap_spans: vec![(50.0 + 5.0 * date.len() as f32, 150.0)],
        ..line(date, 150.0 + 5.0 * text.len() as f32, top)
    }
}

fn bullet(text: &str, top: f32) -> Line {
    Line { bullet: Some('•'), ..line(text, 55.0 + 5.0 * text.len() as f32, top) }
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
fn a_name_finds_no_room_beside_a_place() {
    let resume = on_page(vec![
        heading("Work Experience", 100.0),
        Line { bold: true, ..with_cell("International Centre for Northern Ocean and Polar", 490.0, "Boise, ID", 120.0) },
        Line { bold: true, ..line("Research", 95.0, 132.0) },
        with_cell("Bookkeeper", 100.0, "Aug 2023 – Present", 144.0),
        bullet("Kept the books of three vessels and of the station", 156.0),
        line("Prairie Wind Energy and Transmission Association of the", 490.0, 180.0),
        with_cell("Plains", 80.0, "Leeds, UK", 192.0),
        with_cell("Cashier", 90.0, "May 2017 – Jan 2020", 204.0),
        bullet("Counted", 216.0),
    ]);
    assert_eq!(
        jobs(&resume),
        [
            "Bookkeeper @ International Centre for Northern Ocean and Polar Research 2023-08..now",
            "Cashier @ Prairie Wind Energy and Transmission Association of the Plains 2017-05..2020-01"
        ]
    );
}

#[test]
fn periods_wrap_in_a_column_at_the_right() {
    let resume = on_page(vec![
        heading("Experience", 100.0),
        with_cell("Nurse Practitioner", 140.0, "Jul 2022 — Dec", 120.0),
        with_cell("Quantix Labs", 115.0, "2023", 132.0),
        Line { area: PageBox { left: 500.0, top: 144.0, right: 555.0, bottom: 154.0 }, ..line("Seattle, WA", 555.0, 144.0) },
        bullet("Wrote the plan for the night shift", 156.0),
        with_cell("Line Cook", 100.0, "September", 180.0),
        with_cell("Bluebird", 95.0, "2020 – May", 192.0),
        Line { area: PageBox { left: 530.0, top: 204.0, right: 550.0, bottom: 214.0 }, ..line("2021", 550.0, 204.0) },
        bullet("Cooked", 216.0),
    ]);
    assert_eq!(jobs(&resume), ["Nurse Practitioner @ Quantix Labs 2022-07..2023-12", "Line Cook @ Bluebird 2020-09..2021-05"]);
}

#[test]
fn a_dash_in_a_column_of_dates_is_no_bullet() {
    let resume = on_page(vec![
        heading("Experience", 100.0),
        with_date("Apr 2023 – Present", "Bookkeeper", 120.0),
        Line { area: PageBox { left: 150.0, top: 132.0, right: 300.0, bottom: 142.0 }, ..line("Initech, Leeds", 300.0, 132.0) },
        bullet("Kept the books", 144.0),
        with_date("Dec 2021", "Clerk", 170.0),
        Line { bullet: Some('–'), ..with_date("Jan 2023", "Plover Ltd, Leeds", 182.0) },
        bullet("Filed", 194.0),
    ]);
    assert_eq!(jobs(&resume), ["Bookkeeper @ Initech 2023-04..now", "Clerk @ Plover Ltd 2021-12..2023-01"]);
}

#[test]
fn months_and_years_wrap_over_four_rows_of_a_column() {
    let column = |column: u16, line: Line| Line { column, ..line };
    let at = |text: &str, left: f32, top: f32| Line {
        area: PageBox { left, top, right: left + 5.0 * text.len() as f32, bottom: top + 10.0 },
        ..line(text, 0.0, top)
    };
    let mut lines = vec![heading("Experience", 100.0)];
    for (top, dates, title, firm) in [
        (120.0, ["December", "2022 —", "September", "2025"], "Nurse Practitioner", "Tideline"),
        (220.0, ["April", "2017 —", "November", "2019"], "Bookkeeper", "Plover"),
    ] {
        for (row, part) in dates.into_iter().enumerate() {
            lines.push(column(0, at(part, 50.0, top + 12.0 * row as f32)));
        }
        lines.push(column(1, at(title, 150.0, top)));
        lines.push(column(1, at(firm, 150.0, top + 12.0)));
        lines.push(column(1, Line { bullet: Some('•'), ..at("Wrote the plan for the night shift", 160.0, top + 24.0) }));
    }
    assert_eq!(jobs(&on_page(lines)), ["Nurse Practitioner @ Tideline 2022-12..2025-09", "Bookkeeper @ Plover 2017-04..2019-11"]);
}

#[test]
fn names_wrap_without_a_sign() {
    let resume = on_page(vec![
        heading("Experience", 100.0),
        line("Sep 2020 – Jun 2023 | Staff Writer | Community", 520.0, 120.0),
        line("Heritage Museum and Library", 200.0, 132.0),
        bullet("Wrote what the museum says of itself, in three languages and for two audiences", 144.0),
        with_date("Jan 2018 – Feb 2020", "Research Coordinator", 170.0),
        line("International Centre for the Study of Northern", 520.0, 182.0),
        line("Waters, Leeds, United Kingdom", 200.0, 194.0),
        bullet("Coordinated", 206.0),
    ]);
    assert_eq!(
        jobs(&resume),
        [
            "Staff Writer @ Community Heritage Museum and Library 2020-09..2023-06",
            "Research Coordinator @ International Centre for the Study of Northern Waters 2018-01..2020-02"
        ]
    );
}

#[test]
fn the_rest_of_a_cell_is_no_heading() {
    let cells = |firm: &str, title: &str, dates: &str, top: f32| Line {
        text: format!("{firm} {title} {dates}"),
        gaps: vec![firm.len() as u32, (firm.len() + 1 + title.len()) as u32],
        gap_spans: vec![(150.0, 200.0), (330.0, 430.0)],
        ..line(firm, 520.0, top)
    };
    let resume = on_page(vec![
        heading("Work Experience", 100.0),
        cells("Zeta.io", "English Tutor", "Dec 2023 - Sep 2025", 120.0),
        cells("Centre for Ocean", "Release Engineer", "Sep 2022 - Mar 2023", 140.0),
        line("Research", 90.0, 152.0),
        cells("Community", "Staff Writer", "May 2020 - Jun 2022", 172.0),
        line("Heritage", 90.0, 184.0),
    ]);
    assert_eq!(
        jobs(&resume),
        [
            "English Tutor @ Zeta.io 2023-12..2025-09",
            "Release Engineer @ Centre for Ocean Research 2022-09..2023-03",
            "Staff Writer @ Community Heritage 2020-05..2022-06"
        ]
    );
}

#[test]
fn a_unit_behind_a_comma_belongs_to_the_title() {
    let read = jobs_of(
        "Assistant Vice President, Treasury Operations, Prairie Wind Bank    Jan 2020 – Present\n- Ran it\n\n\
         Cashier, Plover    Mar 2015 – Dec 2019\n- Counted",
    );
    assert_eq!(
        read,
        ["Assistant Vice President, Treasury Operations @ Prairie Wind Bank 2020-01..now", "Cashier @ Plover 2015-03..2019-12"]
    );
}

#[test]
fn addresses_that_wrap_have_more_behind_them() {
    let resume = read(&Document {
        lines: vec![
            Line { size: 20.0, ..line("Jane Achterberg", 180.0, 40.0) },
            line("+1 206 555 0172 | Leeds | linkedin.com/in/jane-", 520.0, 70.0),
            line("achterberg | github.com/janeachterberg | achter-", 520.0, 82.0),
            line("berg.j@mail.example", 140.0, 94.0),
        ],
        ..Document::default()
    });
    let links: Vec<&str> = resume.links.iter().map(|link| link.url.as_str()).collect();
    assert_eq!(links, ["https://linkedin.com/in/jane-achterberg", "https://github.com/janeachterberg"]);
    assert_eq!(resume.emails.iter().map(|email| email.quote.text.as_str()).collect::<Vec<_>>(), ["achterberg.j@mail.example"]);
}

#[test]
fn a_name_in_two_centred_lines_is_whole() {
    let large = |text: &str, left: f32, right: f32, top: f32| Line {
        size: 24.0,
        bold: true,
        area: PageBox { left, top, right, bottom: top + 24.0 },
        ..line(text, right, top)
    };
    let resume = read(&Document {
        lines: vec![
            large("Rosamund", 150.0, 310.0, 40.0),
            large("Achterberg", 140.0, 320.0, 70.0),
            line("Baker", 75.0, 105.0),
            line("achterberg@mail.example", 200.0, 120.0),
        ],
        ..Document::default()
    });
    assert_eq!(resume.name.map(|name| name.text).as_deref(), Some("Rosamund Achterberg"));
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

#[test]
fn a_period_glued_to_the_text_before_it_is_found() {
    let read = jobs_of("Release Engineer, InitechAug 2017 – May 2019\n- Shipped\n\nClerk, PloverJan 2015 – Jul 2017\n- Filed");
    assert_eq!(read, ["Release Engineer @ Initech 2017-08..2019-05", "Clerk @ Plover 2015-01..2017-07"]);
}

#[test]
fn a_name_that_begins_with_the_is_no_title() {
    let read = jobs_of(
        "The Evening Courier\nTrustee    Jan 2020 – Present\n- Trusted\n\nPinehall Systems\nCashier    Mar 2015 – Dec 2019\n- Counted",
    );
    assert_eq!(read, ["Trustee @ The Evening Courier 2020-01..now", "Cashier @ Pinehall Systems 2015-03..2019-12"]);
}

#[test]
fn a_domain_cut_inside_its_end_is_whole() {
    for (head, tail) in [("jane.roe@mail.exam", "ple"), ("jane.roe@mail.ex", "ample"), ("jane.roe@alum.westb", "rook.example")] {
        let resume = read(&Document {
            lines: vec![
                Line { size: 20.0, ..line("Jane Roe", 180.0, 40.0) },
                line(head, 150.0, 80.0),
                line(tail, 75.0, 92.0),
                line("+1 312 555 0142", 145.0, 104.0),
            ],
            ..Document::default()
        });
        assert_eq!(resume.emails.first().map(|email| email.quote.text.clone()), Some(format!("{head}{tail}")));
    }
}

#[test]
fn words_broken_in_a_very_narrow_column_are_dates() {
    let column = |column: u16, line: Line| Line { column, ..line };
    let at = |text: &str, left: f32, top: f32| Line {
        area: PageBox { left, top, right: left + 5.0 * text.len() as f32, bottom: top + 10.0 },
        ..line(text, 0.0, top)
    };
    let mut lines = vec![heading("Experience", 100.0)];
    for (top, dates, title, firm) in [
        (120.0, ["01/202", "4 –", "Presen", "t"], "Nurse Practitioner", "Tideline"),
        (220.0, ["01/202", "2 –", "10/202", "3"], "Bookkeeper", "Plover"),
    ] {
        for (row, part) in dates.into_iter().enumerate() {
            lines.push(column(0, at(part, 50.0, top + 12.0 * row as f32)));
        }
        lines.push(column(1, at(title, 150.0, top)));
        lines.push(column(1, at(firm, 150.0, top + 12.0)));
        lines.push(column(1, Line { bullet: Some('•'), ..at("Wrote the plan for the night shift", 160.0, top + 24.0) }));
    }
    assert_eq!(jobs(&on_page(lines)), ["Nurse Practitioner @ Tideline 2024-01..now", "Bookkeeper @ Plover 2022-01..2023-10"]);
}

#[test]
fn a_labelled_name_may_wrap() {
    let large = |text: &str, top: f32| Line { size: 24.0, bold: true, ..line(text, 280.0, top) };
    let resume = read(&Document {
        lines: vec![
            large("Nombre: Íñigo", 40.0),
            large("Zubeldia", 70.0),
            line("Diseñadora UX", 120.0, 100.0),
            line("zubeldia@mail.example", 160.0, 115.0),
        ],
        ..Document::default()
    });
    assert_eq!(resume.name.map(|name| name.text).as_deref(), Some("Íñigo Zubeldia"));
}
