//! Templates by kind: each test holds one way to write an entry that was once misread.

use bonafide_formats::{
    document::{Document, Line},
    limits::Limits,
    text,
};
use bonafide_model::place::PageBox;

use super::{
    super::{Resume, read},
    read_text,
};

/// Jobs as `title @ employer start..end`.
pub(super) fn jobs(resume: &Resume) -> Vec<String> {
    resume
        .work
        .iter()
        .map(|job| {
            let period = job.period.as_ref().map_or(String::from("undated"), |period| {
                let start = period.start.map_or(String::new(), |date| date.to_string());
                match period.end {
                    bonafide_model::time::End::On(end) => format!("{start}..{end}"),
                    bonafide_model::time::End::Present => format!("{start}..now"),
                    bonafide_model::time::End::Unknown => format!("{start}..?"),
                }
            });
            format!("{} @ {} {period}", job.title.text, job.employer.text)
        })
        .collect()
}

/// Jobs of a text with a usual head.
pub(super) fn jobs_of(work: &str) -> Vec<String> {
    jobs(&read_text(&format!(
        "Ada Example\nada@mail.example\n\nExperience\n\n{work}\n\nEducation\nBSc Physics, Lakeside University, 2011\n"
    )))
}

fn read_markdown(text: &str) -> Resume {
    read(&text::read("cv.md", text.as_bytes(), &Limits::default()).expect("text is read"))
}

/// A line of a page: text, left and right edge, distance from the top.
fn line(text: &str, left: f32, right: f32, top: f32) -> Line {
    Line { text: text.into(), page: 1, size: 10.0, area: PageBox { left, top, right, bottom: top + 10.0 }, ..Line::default() }
}

fn bold(text: &str, left: f32, right: f32, top: f32) -> Line {
    Line { bold: true, ..line(text, left, right, top) }
}

fn heading(text: &str, left: f32, top: f32) -> Line {
    Line { size: 14.0, bold: true, space_before: true, ..line(text, left, left + 80.0, top) }
}

fn bullet(text: &str, left: f32, right: f32, top: f32) -> Line {
    Line { bullet: Some('•'), ..line(text, left, right, top) }
}

fn page(lines: Vec<Line>) -> Document {
    Document { lines, ..Document::default() }
}

#[test]
fn labels_name_the_parts() {
    let read = jobs_of(
        "Company: Tideline\nPosition: QA Lead\nDuration: Jan 2019 – Mar 2021\n- Ran the release train\n\n\
         Company: Harbourlight Software Ltd, Leeds, United Kingdom\nPosition: Technical Writer (Contract)\nDuration: 05/2016 – 12/2018",
    );
    assert_eq!(
        read,
        ["QA Lead @ Tideline 2019-01..2021-03", "Technical Writer (Contract) @ Harbourlight Software Ltd 2016-05..2018-12"]
    );
    let read = jobs_of(
        "Zeitraum: seit 03/2020\nArbeitgeber: Kornblume\nTätigkeit: Leiter Einkauf\n\nZeitraum: 2015 – 2019\nArbeitgeber: Tannhof AG\nTätigkeit: Einkäufer",
    );
    assert_eq!(read, ["Leiter Einkauf @ Kornblume 2020-03..now", "Einkäufer @ Tannhof AG 2015..2019"]);
    let resume = read_text(
        "Ada Example\nada@mail.example\n\nEducation\nDegree: MSc Data Science\nSchool: Redfern Polytechnic\nYear: 2012\n",
    );
    let study = &resume.education[0];
    assert_eq!((study.degree.text.as_str(), study.school.text.as_str()), ("MSc Data Science", "Redfern Polytechnic"));
    assert!(study.period.as_ref().is_some_and(|period| period.start.is_none()), "one year is the end: {:?}", study.period);
}

#[test]
fn a_row_of_labels_heads_a_table() {
    let read = jobs_of("Period    Company    Position\n2019 – 2021    Plover    Game Programmer\n2015 – 2018    Inkwell    Sage");
    assert_eq!(read, ["Game Programmer @ Plover 2019..2021", "Sage @ Inkwell 2015..2018"]);
}

#[test]
fn names_in_brackets_are_employers_and_remarks_are_not() {
    let read = jobs_of(
        "QA Engineer (Lumenote)    05/2020 – 04/2023\n- Wrote the plan\n\nNetwork Engineer (Remote) (Larkmoor Systems, Inc.)    03/2016 – 07/2019\n- Ran cables\n\n\
         Backend Engineer (Payments), Ottershaw Ltd    01/2014 – 02/2016\n- Paid",
    );
    assert_eq!(
        read,
        [
            "QA Engineer @ Lumenote 2020-05..2023-04",
            "Network Engineer @ Larkmoor Systems, Inc. 2016-03..2019-07",
            "Backend Engineer (Payments) @ Ottershaw Ltd 2014-01..2016-02"
        ]
    );
}

#[test]
fn full_stops_and_numbers_part_a_head() {
    let read = jobs_of(
        "2021 – 2023. Papillote. Data Analyst.\n- Counted\n\n2018 – 2020. Driftwood Interactive. Mobile Engineer.\n- Built",
    );
    assert_eq!(read, ["Data Analyst @ Papillote 2021..2023", "Mobile Engineer @ Driftwood Interactive 2018..2020"]);
    let read =
        jobs_of("1. Copywriter    2021 – 2023\nInkwell\n- Wrote\n\n2. Technical Writer    2018 – 2020\nThreadbare\n- Wrote more");
    assert_eq!(read, ["Copywriter @ Inkwell 2021..2023", "Technical Writer @ Threadbare 2018..2020"]);
}

#[test]
fn years_that_end_a_sentence_date_no_job() {
    let read = jobs_of(
        "Data Engineer, Tideline    2018 – 2022\n- Shipped the export in four countries with the legal team between March and June\n  2020.\n\
         Leitung von fünf Personen und Durchführung der Gespräche im Jahr 2020\n- Made it the default for all customers of the house in 2021",
    );
    assert_eq!(read, ["Data Engineer @ Tideline 2018..2022"]);
}

#[test]
fn what_an_employer_does_is_not_its_name() {
    let read = jobs_of(
        "Zephyrine\nRegional provider of billing software\nOffice Manager    2019 – 2022\n- Ran the office\n\nMosswood\nFamily business for three generations\nSales Clerk    2015 – 2018\n- Sold",
    );
    assert_eq!(read, ["Office Manager @ Zephyrine 2019..2022", "Sales Clerk @ Mosswood 2015..2018"]);
}

#[test]
fn heads_that_wrap_in_a_narrow_column_are_joined() {
    let document = page(vec![
        Line { size: 20.0, ..line("Ada Example", 50.0, 200.0, 40.0) },
        line("ada@mail.example", 50.0, 150.0, 70.0),
        heading("Experience", 50.0, 100.0),
        bold("Finance Controller | Meridian Tea", 50.0, 215.0, 120.0),
        bold("Company | Leeds, United Kingdom | 2022", 50.0, 245.0, 132.0),
        bold("— 2025", 50.0, 86.0, 144.0),
        bullet("Managed a budget of 1.2 million and the", 50.0, 244.0, 158.0),
        line("contracts between March and June", 62.0, 230.0, 170.0),
        line("2020.", 62.0, 90.0, 182.0),
        bold("Game Programmer (Ottershaw County", 50.0, 240.0, 200.0),
        bold("Council) | Dublin, Ireland | 2019 — 2021", 50.0, 244.0, 212.0),
        bullet("Built the town's first arcade", 50.0, 200.0, 226.0),
        bold("Data Analyst | Kestrel & Rowe", 50.0, 220.0, 244.0),
        bold("LLP | Dec 2015 to May", 50.0, 165.0, 256.0),
        bold("2017", 50.0, 75.0, 268.0),
    ]);
    let resume = read(&document);
    assert_eq!(
        jobs(&resume),
        [
            "Finance Controller @ Meridian Tea Company 2022..2025",
            "Game Programmer @ Ottershaw County Council 2019..2021",
            "Data Analyst @ Kestrel & Rowe LLP 2015-12..2017-05"
        ]
    );
}

#[test]
fn addresses_that_a_narrow_column_breaks_are_joined() {
    let document = page(vec![
        Line { size: 20.0, column: Line::FULL_WIDTH, ..line("Giles Wetherford", 50.0, 300.0, 40.0) },
        heading("Contact", 50.0, 100.0),
        line("giles@wetherford.exam", 50.0, 155.0, 120.0),
        line("ple", 50.0, 65.0, 132.0),
        line("https://linkedin.com/", 50.0, 154.0, 144.0),
        line("in/giles-wetherford", 50.0, 145.0, 156.0),
        line("github.com/gileswethe", 50.0, 155.0, 168.0),
        line("rford", 50.0, 75.0, 180.0),
        line("giles@post.example", 50.0, 140.0, 192.0),
        line("painter", 50.0, 85.0, 204.0),
    ]);
    let resume = read(&document);
    let emails: Vec<&str> = resume.emails.iter().map(|email| email.quote.text.as_str()).collect();
    assert_eq!(emails, ["giles@wetherford.example", "giles@post.example"]);
    let links: Vec<&str> = resume.links.iter().map(|link| link.url.as_str()).collect();
    assert_eq!(links, ["https://linkedin.com/in/giles-wetherford", "https://github.com/gileswetherford"]);
}

#[test]
fn headings_in_free_words_are_told_by_what_follows() {
    let resume = read_markdown(
        "# Ada Example\nada@mail.example\n\n## How I spend my days\n\n**QA Lead**, Tideline  2019 – 2021\n- Tested\n\n## Where I sat in class\n\nBSc Physics, Lakeside University, 2011\n\n\
         ## Languages & tools\n\nGo, Terraform\n\n## LANGUAGES\n\nEnglish: native\nJavanese: C1\n",
    );
    assert_eq!(jobs(&resume), ["QA Lead @ Tideline 2019..2021"]);
    assert_eq!(resume.education.len(), 1, "{:?}", resume.education);
    let skills: Vec<&str> = resume.skills.iter().map(|skill| skill.quote.text.as_str()).collect();
    assert_eq!(skills, ["Go", "Terraform"]);
    let languages: Vec<&str> = resume.languages.iter().map(|language| language.quote.text.as_str()).collect();
    assert_eq!(languages, ["English", "Javanese"]);
}

#[test]
fn city_region_and_country_are_kept_apart() {
    for (text, city, region, country) in [
        ("Ballarat, Victoria, Australia", "Ballarat", Some("Victoria"), "AU"),
        ("Chicago, Illinois, USA", "Chicago", Some("Illinois"), "US"),
        ("Halifax, Nova Scotia, Canada", "Halifax", Some("Nova Scotia"), "CA"),
        ("12 Harbour Lane, Leeds, United Kingdom", "Leeds", None, "GB"),
    ] {
        let resume = read_text(&format!("Ada Example\n{text} | ada@mail.example\n"));
        let location = resume.location.expect("a place");
        assert_eq!(
            (location.city.as_deref(), location.region.as_deref(), location.country.as_deref()),
            (Some(city), region, Some(country)),
            "{text}"
        );
    }
}

#[test]
fn how_long_a_job_lasted_is_no_claim_and_no_name() {
    let resume = read_text(
        "Ada Example\nada@mail.example\n\nExperience\n\nSable Point Airlines\n4 years 2 months\nFinance Controller\nJune 2021 - Present (1 year 4 months)\nLeeds, United Kingdom\n\n\
         Business Analyst\nFebruary 2017 - May 2021 (4 years 4 months)\nLeeds, United Kingdom\n",
    );
    assert_eq!(
        jobs(&resume),
        ["Finance Controller @ Sable Point Airlines 2021-06..now", "Business Analyst @ Sable Point Airlines 2017-02..2021-05"]
    );
    assert!(resume.claimed_years.is_empty(), "{:?}", resume.claimed_years);
}

#[test]
fn a_glyph_may_mark_heads() {
    let read = jobs_of(
        "■ Plover (08/2022 – 04/2025)\nSystems Administrator\n- Ran the racks\n\n■ Driftwood Interactive (06/2019 – 07/2022)\nElectrical Engineer\n- Wired them",
    );
    assert_eq!(
        read,
        ["Systems Administrator @ Plover 2022-08..2025-04", "Electrical Engineer @ Driftwood Interactive 2019-06..2022-07"]
    );
}

#[test]
fn japanese_and_korean_heads() {
    let resume = read_text(
        "高瀬 健吾\nkengo@post.example\n\n職務経歴\n\n■株式会社青葉システム（2019年4月〜現在）\n役職：システムエンジニア\n- 設計を担当\n\n■あけぼの出版（2015年4月〜2019年3月）\n役職：営業担当\n- 営業\n",
    );
    assert_eq!(
        jobs(&resume),
        ["システムエンジニア @ 株式会社青葉システム 2019-04..now", "営業担当 @ あけぼの出版 2015-04..2019-03"]
    );
    let resume = read_text(
        "이도윤\ndoyun@post.example\n\n경력\n\n한울은행 (2019.03 ~ 2022.05)\n직책: 데이터 분석가\n- 분석\n\n두루미랩스 (2016.01 ~ 2019.02)\n직책: 백엔드 개발자\n- 개발\n",
    );
    assert_eq!(jobs(&resume), ["데이터 분석가 @ 한울은행 2019-03..2022-05", "백엔드 개발자 @ 두루미랩스 2016-01..2019-02"]);
}

#[test]
fn a_table_taken_for_columns_of_the_page_is_a_table() {
    let column = |column: u16, line: Line| Line { column, ..line };
    let document = page(vec![
        Line { size: 20.0, column: Line::FULL_WIDTH, ..line("Ada Example", 50.0, 200.0, 40.0) },
        column(Line::FULL_WIDTH, line("ada@mail.example", 50.0, 150.0, 70.0)),
        column(0, heading("Experience", 50.0, 100.0)),
        column(0, line("Sep 2023 – present", 50.0, 150.0, 120.0)),
        column(0, line("Jul 2019 – Jul 2023", 50.0, 150.0, 140.0)),
        column(0, line("Feb 2015 –", 50.0, 110.0, 160.0)),
        column(0, line("Mar 2018", 50.0, 100.0, 172.0)),
        column(0, heading("Languages", 50.0, 200.0)),
        column(1, line("Systems Administrator", 200.0, 300.0, 120.0)),
        column(1, line("Mobile Engineer", 200.0, 290.0, 140.0)),
        column(1, line("Graphic Designer", 200.0, 290.0, 160.0)),
        column(2, line("Pinecrest School District", 360.0, 480.0, 120.0)),
        column(2, line("Halcyon Telecom", 360.0, 450.0, 140.0)),
        column(2, line("Nimbus Row", 360.0, 430.0, 160.0)),
        column(Line::FULL_WIDTH, line("English, Welsh", 50.0, 150.0, 220.0)),
    ]);
    let resume = read(&document);
    assert_eq!(
        jobs(&resume),
        [
            "Systems Administrator @ Pinecrest School District 2023-09..now",
            "Mobile Engineer @ Halcyon Telecom 2019-07..2023-07",
            "Graphic Designer @ Nimbus Row 2015-02..2018-03"
        ]
    );
    assert_eq!(resume.languages.len(), 2);
}

#[test]
fn levels_in_a_column_belong_to_the_languages_beside_them() {
    let resume =
        read_text("Ada Example\nada@mail.example\n\nLanguages\nEnglish\nPortuguese\nMandarin\nnative\nC1\nintermediate\n");
    let read: Vec<(&str, Option<&str>)> =
        resume.languages.iter().map(|language| (language.quote.text.as_str(), language.fluency.as_deref())).collect();
    assert_eq!(read, [("English", Some("native")), ("Portuguese", Some("C1")), ("Mandarin", Some("intermediate"))]);
}

#[test]
fn names_without_a_telling_word_are_heads_where_a_title_waits_for_one() {
    let read = jobs_of(
        "Nimbus Row\nDeveloper Advocate    2022 – now\n- Spoke\nElectrical Engineer    2019 – 2021\n- Wired\n\nFerrous\nGraphic Designer    2015 – 2018\n- Drew",
    );
    assert_eq!(
        read,
        [
            "Developer Advocate @ Nimbus Row 2022..now",
            "Electrical Engineer @ Nimbus Row 2019..2021",
            "Graphic Designer @ Ferrous 2015..2018"
        ]
    );
    let read =
        jobs_of("Data Scientist\n12/2021 – 10/2024\nTanager\n- Counted birds\n\nCopywriter\n03/2018 – 11/2021\nInkwell\n- Wrote");
    assert_eq!(read, ["Data Scientist @ Tanager 2021-12..2024-10", "Copywriter @ Inkwell 2018-03..2021-11"]);
    let read = jobs_of("Hearthside Homes, Project Manager\n2019 – 2021, Dublin, Ireland\n- Managed");
    assert_eq!(read, ["Project Manager @ Hearthside Homes 2019..2021"]);
    let read = jobs_of("Head of Growth, Plover (Dublin, Ireland)    from May 2021 to PRESENT\n- Grew");
    assert_eq!(read, ["Head of Growth @ Plover 2021-05..now"]);
}

#[test]
fn pronouns_are_no_part_of_a_name() {
    for remark in ["(she/her)", "(they/them)", "[he/him]"] {
        let resume = read_text(&format!("Soraya Daneshvari {remark}\nsoraya@mail.example\n"));
        assert_eq!(resume.name.map(|name| name.text).as_deref(), Some("Soraya Daneshvari"), "{remark}");
    }
}

#[test]
fn labels_of_one_letter_and_of_none() {
    let resume = read_text("Ada Example\nA: Curitiba, Brasil, T: +55 11 95550 0167\nE: ada@mail.example\n");
    assert_eq!(resume.location.and_then(|location| location.city).as_deref(), Some("Curitiba"));
    let resume = read_text("Ada Example\nLocation Nantes, France\nPhone +33 1 99 00 10 80\nE-mail ada@mail.example\n");
    assert_eq!(resume.location.and_then(|location| location.city).as_deref(), Some("Nantes"));
}

#[test]
fn contacts_that_wrap_in_a_sidebar_are_joined() {
    let document = page(vec![
        Line { size: 20.0, column: Line::FULL_WIDTH, ..line("Ada Example", 50.0, 300.0, 40.0) },
        heading("Contact", 50.0, 100.0),
        line("Phone: +44 20 7946", 50.0, 140.0, 120.0),
        line("0125", 50.0, 72.0, 132.0),
        line("San José,", 50.0, 95.0, 144.0),
        line("Costa Rica", 50.0, 100.0, 156.0),
        line("Web: www.wexcombe-", 50.0, 140.0, 168.0),
        line("studio.example", 50.0, 118.0, 180.0),
    ]);
    let resume = read(&document);
    assert_eq!(resume.phones[0].quote.text, "+44 20 7946 0125");
    assert_eq!(resume.location.as_ref().map(|location| location.quote.text.as_str()), Some("San José, Costa Rica"));
    assert!(resume.links.iter().any(|link| link.url.ends_with("wexcombe-studio.example")), "{:?}", resume.links);
}

#[test]
fn a_label_of_tools_inside_a_job_opens_no_section() {
    let resume = read_text(
        "Ada Example\nada@mail.example\n\nExperience\n\nData Engineer, Tideline    2020 – 2022\n- Built\n\nTech: Go, Kafka\n\nClerk, Plover    2015 – 2018\n- Filed\n\nSkills\nRust\n",
    );
    assert_eq!(jobs(&resume), ["Data Engineer @ Tideline 2020..2022", "Clerk @ Plover 2015..2018"]);
    assert_eq!(resume.skills.len(), 1, "{:?}", resume.skills);
}

#[test]
fn cells_that_wrap_are_joined_to_the_cell_that_they_complete() {
    let read = jobs_of(
        "2022-05 – 2025-01    Kestrel & Rowe    Data Scientist\nLLP\n2020-04 – 2022-05    Pinecrest School    Systems\nDistrict    Administrator\n2014-04 – 2014-10    Plover    Network\nEngineer",
    );
    assert_eq!(
        read,
        [
            "Data Scientist @ Kestrel & Rowe LLP 2022-05..2025-01",
            "Systems Administrator @ Pinecrest School District 2020-04..2022-05",
            "Network Engineer @ Plover 2014-04..2014-10"
        ]
    );
}

#[test]
fn dates_in_three_lines_beside_their_jobs() {
    let column = |column: u16, line: Line| Line { column, ..line };
    let document = page(vec![
        Line { size: 20.0, column: Line::FULL_WIDTH, ..line("Ada Example", 50.0, 200.0, 40.0) },
        column(Line::FULL_WIDTH, line("ada@mail.example", 50.0, 150.0, 70.0)),
        column(Line::FULL_WIDTH, heading("Experience", 50.0, 100.0)),
        column(0, line("Nov. 2021", 50.0, 100.0, 120.0)),
        column(0, Line { bullet: Some('–'), ..line("Sept.", 50.0, 90.0, 132.0) }),
        column(0, line("2024", 50.0, 75.0, 144.0)),
        column(0, line("Okt. 2019 –", 50.0, 110.0, 180.0)),
        column(0, line("Okt. 2021", 50.0, 100.0, 192.0)),
        column(1, bold("Wolkenstein AG, Hamburg", 130.0, 260.0, 120.0)),
        column(1, line("Softwareentwickler", 130.0, 230.0, 132.0)),
        column(1, bullet("Pflege der Dokumentation", 130.0, 300.0, 144.0)),
        column(1, bold("Tannhof GmbH, Köln", 130.0, 240.0, 180.0)),
        column(1, line("Werkstudent", 130.0, 200.0, 192.0)),
        column(1, bullet("Betreuung von Kunden", 130.0, 300.0, 204.0)),
    ]);
    assert_eq!(
        jobs(&read(&document)),
        ["Softwareentwickler @ Wolkenstein AG 2021-11..2024-09", "Werkstudent @ Tannhof GmbH 2019-10..2021-10"]
    );
}

#[test]
fn an_underscore_drawn_as_a_rule_makes_no_second_account() {
    use bonafide_formats::document::DocumentLink;
    let document = Document {
        lines: vec![line("Ada Example", 50.0, 120.0, 40.0), line("ada@mail.example | github.com/ada node41", 50.0, 300.0, 60.0)],
        links: vec![DocumentLink {
            target: "https://github.com/ada_node41".into(),
            shown: Some("github.com/ada node41".into()),
            ..DocumentLink::default()
        }],
        ..Document::default()
    };
    let links: Vec<_> = read(&document).links.into_iter().map(|link| (link.url, link.shown_as)).collect();
    assert_eq!(links, [("https://github.com/ada_node41".to_owned(), None)]);
}

#[test]
fn remarks_on_a_contract_are_no_employers_and_sentences_no_schools() {
    let read = jobs_of("Web developer, part-time\nLeipzig Bicycle Kitchen, Leipzig\n03/2024 - today\n- Built pages");
    assert_eq!(read, ["Web developer @ Leipzig Bicycle Kitchen 2024-03..now"]);
    let resume = read_text(
        "Ada Example\nada@mail.example\n\nEducation\n\nS.Kom. Informatics, Universitas Merapi Selatan\n2012 – 2016\nThe institute does not exist any more.\n",
    );
    let studies: Vec<(&str, &str)> =
        resume.education.iter().map(|study| (study.degree.text.as_str(), study.school.text.as_str())).collect();
    assert_eq!(studies, [("S.Kom. Informatics", "Universitas Merapi Selatan")]);
}

#[test]
fn a_place_may_stand_between_firm_and_title() {
    let read = jobs_of(
        "Lumenote, Dublin, Ireland, Community Manager, January 2021 – March 2023\n- Managed\n\nPapillote, San José, Costa Rica, Graphic Designer, May 2018 – December 2020\n- Drew",
    );
    assert_eq!(read, ["Community Manager @ Lumenote 2021-01..2023-03", "Graphic Designer @ Papillote 2018-05..2020-12"]);
}

#[test]
fn dates_and_places_in_a_column_beside_a_sidebar() {
    let column = |column: u16, line: Line| Line { column, ..line };
    let mut lines = vec![
        Line { size: 20.0, column: Line::FULL_WIDTH, ..line("Ada Example", 50.0, 200.0, 40.0) },
        Line {
            size: 14.0,
            bold: true,
            space_before: true,
            column: Line::FULL_WIDTH,
            gaps: vec![7],
            ..line("Contact Experience", 50.0, 278.0, 90.0)
        },
        column(0, line("ada@mail.example", 50.0, 150.0, 120.0)),
        column(0, line("+1 312 555 0142", 50.0, 140.0, 132.0)),
        column(0, heading("Skills", 50.0, 160.0)),
        column(0, line("Go, Rust", 50.0, 100.0, 180.0)),
    ];
    for (top, date, place) in
        [(120.0, "04/2021 – today", "Leeds"), (200.0, "01/2018 – 11/2020", "Porto"), (280.0, "02/2015 – 12/2017", "Lagos")]
    {
        lines.push(column(1, line(date, 200.0, 270.0, top)));
        lines.push(column(1, line(place, 200.0, 225.0, top + 12.0)));
    }
    for (top, head) in [(120.0, "Consultant, Tideline"), (200.0, "Analyst, Plover"), (280.0, "Clerk, Inkwell")] {
        lines.push(column(2, bold(head, 290.0, 390.0, top)));
        lines.push(column(2, bullet("Wrote the plan and kept to it for a year", 290.0, 500.0, top + 12.0)));
        lines.push(column(2, line("or two", 300.0, 330.0, top + 24.0)));
        lines.push(column(2, bullet("Counted", 290.0, 340.0, top + 36.0)));
    }
    let resume = read(&page(lines));
    assert_eq!(
        jobs(&resume),
        ["Consultant @ Tideline 2021-04..now", "Analyst @ Plover 2018-01..2020-11", "Clerk @ Inkwell 2015-02..2017-12"]
    );
    assert_eq!(resume.skills.len(), 2, "{:?}", resume.skills);
}
