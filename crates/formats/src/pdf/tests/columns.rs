//! Reading order on pages with columns, labels, lists and tables.

use super::{
    builder::{lines, page},
    read, shown,
};

/// Two columns of lines at the given places, drawn line by line alternately.
fn side_by_side(left: &[&str], right: &[&str], left_at: (f64, f64, f64), right_at: (f64, f64, f64)) -> String {
    let column = |texts: &[&str], (x, y, pitch): (f64, f64, f64)| -> Vec<String> {
        texts.iter().enumerate().map(|(index, text)| lines(&[(x, y - pitch * index as f64, 10.0, text)])).collect()
    };
    let (left, right) = (column(left, left_at), column(right, right_at));
    let mut content = String::new();
    for index in 0..left.len().max(right.len()) {
        content += left.get(index).map(String::as_str).unwrap_or_default();
        content += right.get(index).map(String::as_str).unwrap_or_default();
    }
    content
}

fn shown_on(content: &str) -> Vec<String> {
    shown(&read(&page(content)))
}

const SIDEBAR: [&str; 9] =
    ["Contact", "jane@mail.example", "+1 312 555 0101", "Skills", "Rust, Go", "PostgreSQL", "Kubernetes", "Languages", "English"];
const MAIN: [&str; 9] = [
    "Experience",
    "Senior Engineer, Globex Corporation",
    "March 2019 - June 2022",
    "Built the ingestion service that handles two million events a day",
    "and cut its cost by a third through better batching of writes.",
    "Engineer, Initech",
    "January 2016 - February 2019",
    "Maintained the billing system and its nightly reconciliation jobs",
    "across three regions and two currencies.",
];

fn in_columns(left: &[&str], right: &[&str]) -> Vec<String> {
    left.iter().map(|line| format!("0 {line}")).chain(right.iter().map(|line| format!("1 {line}"))).collect()
}

#[test]
fn columns_with_pitches_of_their_own() {
    let content = side_by_side(&SIDEBAR, &MAIN, (50.0, 700.0, 13.0), (220.0, 705.0, 15.5));
    assert_eq!(shown_on(&content), in_columns(&SIDEBAR, &MAIN));
}

#[test]
fn columns_on_one_grid_drawn_alternately() {
    let content = side_by_side(&SIDEBAR, &MAIN, (50.0, 700.0, 14.0), (220.0, 700.0, 14.0));
    assert_eq!(shown_on(&content), in_columns(&SIDEBAR, &MAIN));
}

#[test]
fn a_sidebar_at_the_right() {
    let content = side_by_side(&MAIN, &SIDEBAR, (50.0, 700.0, 14.0), (420.0, 697.0, 16.0));
    assert_eq!(shown_on(&content), in_columns(&MAIN, &SIDEBAR));
}

#[test]
fn headings_across_the_columns_come_first_and_last() {
    let head = lines(&[
        (50.0, 770.0, 20.0, "Jane Smith"),
        (50.0, 750.0, 10.0, "jane@mail.example | +1 312 555 0101 | Springfield | linkedin.example/in/jane-smith | a line across"),
    ]);
    let foot = lines(&[(
        50.0,
        40.0,
        10.0,
        "References on request, and a last line that goes across the whole of the page from left to right",
    )]);
    let lines = shown_on(&(foot + &side_by_side(&SIDEBAR, &MAIN, (50.0, 700.0, 13.0), (220.0, 705.0, 15.5)) + &head));
    assert_eq!(lines[0], "- Jane Smith");
    assert!(lines[1].starts_with("- jane@mail.example | +1") && lines[20].starts_with("- References"), "{lines:?}");
    assert_eq!(lines[2..20], in_columns(&SIDEBAR, &MAIN));
}

#[test]
fn a_panel_marks_a_short_sidebar() {
    let panel = "0.1 0.2 0.3 rg 0 0 200 800 re f 1 g ";
    let side = ["jane@mail.example", "Springfield"];
    let content = panel.to_owned()
        + &lines(&[(20.0, 700.0, 10.0, side[0]), (20.0, 640.0, 10.0, side[1])])
        + "0 g "
        + &lines(&[(220.0, 700.0, 10.0, MAIN[0]), (220.0, 686.0, 10.0, MAIN[1]), (220.0, 640.0, 10.0, MAIN[5])]);
    assert_eq!(shown_on(&content), in_columns(&side, &[MAIN[0], MAIN[1], MAIN[5]]));
}

#[test]
fn dates_at_the_margin_stay_with_their_lines() {
    let mut content = String::new();
    for (index, (left, right)) in [
        ("Globex Corporation", "2019 - 2022"),
        ("Senior Engineer", "Springfield"),
        ("Initech", "2016 - 2019"),
        ("Engineer", "Remote"),
    ]
    .iter()
    .enumerate()
    {
        let y = 700.0 - 14.0 * index as f64;
        content += &lines(&[(50.0, y, 10.0, left), (480.0, y, 10.0, right)]);
    }
    assert_eq!(
        shown_on(&content),
        ["Globex Corporation | 2019 - 2022", "Senior Engineer | Springfield", "Initech | 2016 - 2019", "Engineer | Remote"]
    );
}

#[test]
fn labels_stay_with_the_first_lines_of_their_texts() {
    let mut content = String::new();
    let mut y = 700.0;
    for (label, texts) in [
        ("2019 - 2022", &["Senior Engineer, Globex", "Built the ingestion service", "Cut its cost by a third"][..]),
        ("2016 - 2019", &["Engineer, Initech", "Maintained billing"]),
    ] {
        content += &lines(&[(50.0, y, 10.0, label)]);
        for text in texts {
            content += &lines(&[(150.0, y, 10.0, text)]);
            y -= 14.0;
        }
        y -= 10.0;
    }
    assert_eq!(
        shown_on(&content),
        [
            "2019 - 2022 | Senior Engineer, Globex",
            "Built the ingestion service",
            "Cut its cost by a third",
            "2016 - 2019 | Engineer, Initech",
            "Maintained billing"
        ]
    );
}

#[test]
fn labels_centred_beside_their_texts() {
    let mut content = String::new();
    for (index, label) in ["2019 - 2022", "2016 - 2019", "2012 - 2016"].iter().enumerate() {
        let y = 700.0 - 60.0 * index as f64;
        content += &lines(&[
            (50.0, y - 7.0, 10.0, label),
            (150.0, y, 10.0, "First line of the text"),
            (150.0, y - 14.0, 10.0, "Second line of the text"),
        ]);
    }
    let lines = shown_on(&content);
    assert_eq!(lines[..2], ["2019 - 2022 | First line of the text", "Second line of the text"]);
    assert_eq!(lines.len(), 6);
}

#[test]
fn tables_are_read_row_by_row() {
    let mut content = String::new();
    for (index, row) in
        [["Skill", "Level", "Years"], ["Rust", "Expert", "5"], ["Go", "Good", "3"], ["Python", "Expert", "8"]].iter().enumerate()
    {
        let y = 700.0 - 18.0 * index as f64;
        content += &lines(&[(50.0, y, 10.0, row[0]), (150.0, y, 10.0, row[1]), (250.0, y, 10.0, row[2])]);
    }
    assert_eq!(shown_on(&content), ["Skill | Level | Years", "Rust | Expert | 5", "Go | Good | 3", "Python | Expert | 8"]);
}

#[test]
fn lists_side_by_side_are_read_list_by_list() {
    let mut content = lines(&[(50.0, 720.0, 10.0, "A line across all of the lists that stands above them and is rather long")]);
    for (index, items) in [["Algorithms", "Statistics"], ["Databases", "Networks"], ["Compilers", "Ethics"]].iter().enumerate() {
        let y = 700.0 - 14.0 * index as f64;
        content += &lines(&[(50.0, y, 10.0, &format!("\\225 {}", items[0])), (300.0, y, 10.0, &format!("\\225 {}", items[1]))]);
    }
    let lines = shown_on(&content);
    assert_eq!(
        lines[1..],
        ["0 [•] Algorithms", "0 [•] Databases", "0 [•] Compilers", "1 [•] Statistics", "1 [•] Networks", "1 [•] Ethics"]
    );
}

#[test]
fn order_of_drawing_does_not_matter() {
    let content = side_by_side(&SIDEBAR, &MAIN, (50.0, 700.0, 13.0), (220.0, 705.0, 15.5));
    let mut drawn: Vec<&str> = content.lines().collect();
    let expected = shown_on(&content);
    for _ in 0..3 {
        drawn.rotate_left(5);
        drawn.reverse();
        assert_eq!(shown_on(&drawn.join("\n")), expected);
    }
}

#[test]
fn three_columns() {
    let columns = [
        ["Rust", "Go", "Python", "Java", "Ruby"],
        ["Postgres", "Redis", "Kafka", "MySQL", "SQLite"],
        ["English", "Spanish", "German", "French", "Dutch"],
    ];
    let mut content = String::new();
    for (number, column) in columns.iter().enumerate() {
        for (index, text) in column.iter().enumerate() {
            content += &lines(&[(50.0 + 180.0 * number as f64, 700.0 - (13.0 + number as f64) * index as f64, 10.0, text)]);
        }
    }
    let expected: Vec<String> = columns
        .iter()
        .enumerate()
        .flat_map(|(number, column)| column.iter().map(move |text| format!("{number} {text}")))
        .collect();
    assert_eq!(shown_on(&content), expected);
}

#[test]
fn dates_beside_texts_with_dates_at_the_margin_below() {
    let mut content = String::new();
    let mut y = 700.0;
    for (dates, texts) in [
        (
            &["March 2019 -", "June 2024"][..],
            &["Senior Engineer, Globex", "Built the ingestion service", "Cut its cost by a third"][..],
        ),
        (&["January 2016 -", "February 2019"], &["Engineer, Initech", "Maintained the billing system", "Moved the warehouse"]),
        (&["07/2013 - 12/2015"], &["Developer, Hooli", "Tested the mobile client", "Wrote the guide"]),
    ] {
        for (line, date) in dates.iter().enumerate() {
            content += &lines(&[(60.0, y - 12.0 * line as f64, 10.0, date)]);
        }
        for text in texts {
            content += &lines(&[(170.0, y, 10.0, text)]);
            y -= 12.0;
        }
        y -= 14.0;
    }
    for line in [
        ("BSc Computer Science", "2009 - 2013"),
        ("University of Northfield", ""),
        ("Exchange Year", "2011 - 2012"),
        ("College of Rivermouth", ""),
    ] {
        content += &lines(&[(50.0, y, 10.0, line.0), (500.0, y, 10.0, line.1)]);
        y -= 12.0;
    }
    let lines = shown_on(&content);
    assert_eq!(lines[0], "March 2019 - June 2024 | Senior Engineer, Globex");
    assert_eq!(lines[1], "Built the ingestion service");
    assert_eq!(lines[3], "January 2016 - February 2019 | Engineer, Initech");
    assert_eq!(lines[6], "07/2013 - 12/2015 | Developer, Hooli");
    assert_eq!(
        lines[9..],
        [
            "BSc Computer Science | 2009 - 2013",
            "University of Northfield",
            "Exchange Year | 2011 - 2012",
            "College of Rivermouth"
        ]
    );
}

#[test]
fn dates_centred_beside_texts_in_parts() {
    let mut content = String::new();
    let mut y = 700.0;
    for (date, parts) in [
        ("2019 - 2024", &[&["Senior Engineer, Globex", "Chicago"][..], &["Built the service", "Cut its cost", "Led a team"]][..]),
        ("2016 - 2019", &[&["Engineer, Initech", "Remote"], &["Maintained billing", "Moved the warehouse"]]),
        ("2013 - 2015", &[&["Developer, Hooli", "Berlin"], &["Tested the client", "Wrote the guide", "Reviewed code"]]),
    ] {
        let top = y;
        for part in parts {
            for text in *part {
                content += &lines(&[(170.0, y, 10.0, text)]);
                y -= 12.0;
            }
            y -= 10.0;
        }
        content += &lines(&[(50.0, (top + y + 22.0) / 2.0, 10.0, date)]);
        y -= 6.0;
    }
    let lines = shown_on(&content);
    for (line, text) in [
        (0, "2019 - 2024 | Senior Engineer, Globex"),
        (5, "2016 - 2019 | Engineer, Initech"),
        (9, "2013 - 2015 | Developer, Hooli"),
    ] {
        assert_eq!(lines[line], text, "{lines:?}");
    }
}

#[test]
fn short_words_at_the_margin_of_a_sidebar() {
    // Levels beside languages stand flush right in the sidebar and go on with no sentence.
    let mut content = String::new();
    for (index, (language, level, right)) in
        [("English", 168.0, "native"), ("German", 167.0, "fluent"), ("Portuguese", 171.0, "basic")]
            .iter()
            .map(|(a, b, c)| (a, *b, c))
            .enumerate()
    {
        let y = 500.0 - 12.0 * index as f64;
        content += &lines(&[(20.0, y, 10.0, language), (level, y, 10.0, right)]);
    }
    content +=
        &lines(&[(20.0, 548.0, 10.0, "Rust Go Python"), (20.0, 536.0, 10.0, "Terraform Kafka"), (120.0, 536.0, 10.0, "GraphQL")]);
    for (index, text) in MAIN.iter().enumerate() {
        content += &lines(&[(220.0, 560.0 - 13.5 * index as f64, 10.0, text)]);
    }
    let lines = shown_on(&content);
    assert_eq!(
        lines[..5],
        ["0 Rust Go Python", "0 Terraform Kafka | GraphQL", "0 English | native", "0 German | fluent", "0 Portuguese | basic"],
        "{lines:?}"
    );
}

#[test]
fn dates_broken_in_narrow_cells_are_put_together() {
    let content = lines(&[
        (50.0, 700.0, 10.0, "Umber Health, Senior"),
        (250.0, 700.0, 10.0, "June 2011 -"),
        (50.0, 688.0, 10.0, "Backend Engineer"),
        (250.0, 688.0, 10.0, "Present"),
        (50.0, 676.0, 10.0, "Built the service and led the team of four that runs it"),
        (50.0, 650.0, 10.0, "May 2010 - April"),
        (150.0, 650.0, 10.0, "Intern, Tallow"),
        (50.0, 638.0, 10.0, "2011"),
        (150.0, 638.0, 10.0, "Wrote runbooks"),
    ]);
    assert_eq!(
        shown_on(&content),
        [
            "Umber Health, Senior | June 2011 - Present",
            "Backend Engineer",
            "Built the service and led the team of four that runs it",
            "May 2010 - April 2011 | Intern, Tallow",
            "Wrote runbooks"
        ]
    );
}

#[test]
fn dates_at_the_margin_above_two_lists() {
    let mut content = String::new();
    let mut y = 700.0;
    for (left, right) in [
        ("Education", ""),
        ("MSc Statistics", "2013 - 2015"),
        ("University of Harrowgate", ""),
        ("Diploma", "2008 - 2012"),
        ("Lindmoor College", ""),
        ("Skills", ""),
    ] {
        content += &lines(&[(50.0, y, 10.0, left), (500.0, y, 10.0, right)]);
        y -= 13.0;
    }
    for (left, right) in [("Rust", "Linux"), ("React", "SQL"), ("Kotlin", "Figma"), ("Ansible", "Docker")] {
        content += &lines(&[(50.0, y, 10.0, left), (300.0, y, 10.0, right)]);
        y -= 13.0;
    }
    let lines = shown_on(&content);
    let without_columns: Vec<&str> = lines.iter().map(|line| line.trim_start_matches(['0', '1', '-', ' '])).collect();
    assert_eq!(
        without_columns[..6],
        [
            "Education",
            "MSc Statistics | 2013 - 2015",
            "University of Harrowgate",
            "Diploma | 2008 - 2012",
            "Lindmoor College",
            "Skills"
        ],
        "{lines:?}"
    );
}

/// A sidebar whose addresses find no room and run into the text beside it, on baselines of their own.
#[test]
fn addresses_that_run_out_of_a_sidebar_leave_the_columns_whole() {
    let mut side = SIDEBAR;
    side[1] = "jane.margaret.smith-example@mail.example";
    side[2] = "+1 312 555 0101";
    side[3] = "www.linkedin.example/in/jane-margaret-smith";
    let written: Vec<&str> = side.to_vec();
    let content = side_by_side(&written, &MAIN, (50.0, 700.0, 13.0), (180.0, 706.0, 15.5));
    let seen: Vec<String> = shown_on(&content);
    let right: Vec<&String> = seen.iter().filter(|line| line.starts_with("1 ")).collect();
    assert_eq!(right.len(), MAIN.len(), "{seen:?}");
    assert!(seen.iter().any(|line| line.ends_with("+1 312 555 0101")), "{seen:?}");
}

/// Studies in a sidebar end in years: that makes them no column of dates, and the gutter stays one from top to bottom.
#[test]
fn studies_that_end_in_years_are_no_dates_beside_text() {
    let side = [
        "Contact",
        "jane@mail.example",
        "312 555 0101",
        "Springfield",
        "Rust, Go, Kubernetes,",
        "PostgreSQL",
        "Pinecrest University |",
        "2018 - 2022",
        "Ridgeway Community",
        "College | 2014 - 2018",
    ];
    let mut content = String::new();
    for (index, text) in side.iter().enumerate() {
        let gap = if index >= 8 {
            40.0
        } else if index >= 6 {
            20.0
        } else {
            0.0
        };
        content += &lines(&[(50.0, 700.0 - 13.5 * index as f64 - gap, 10.0, text)]);
    }
    for index in 0..18 {
        let text = MAIN[index % MAIN.len()];
        content += &lines(&[(205.0, 706.0 - 15.5 * index as f64, 10.0, text)]);
    }
    let seen = shown_on(&content);
    assert_eq!(seen[..side.len()], in_columns(&side, &[]));
    assert!(seen[side.len()..].iter().all(|line| line.starts_with("1 ")), "{seen:?}");
}

/// Three rows of both columns stand on common baselines, as in a table; the columns below them tell what they are.
#[test]
fn columns_found_below_go_on_above_what_crosses_them() {
    let mut content = side_by_side(
        &["Contact", "+1 312 555 0101", "Toronto, ON"],
        &["Experience", "Engineer, Initech", "May 2019 - July 2022"],
        (50.0, 700.0, 14.0),
        (200.0, 700.0, 14.0),
    );
    content += &lines(&[(50.0, 658.0, 10.0, "a line that runs from the first column far into the text of the second one")]);
    content += &side_by_side(
        &["Skills", "Go", "Kubernetes", "Tableau", "Excel", "Rust"],
        &[
            "Built the ingestion service",
            "Engineer, Globex",
            "May 2016 - May 2019",
            "Maintained the billing system",
            "across three regions",
            "and two currencies.",
        ],
        (50.0, 640.0, 13.0),
        (200.0, 644.0, 15.0),
    );
    let seen = shown_on(&content);
    assert_eq!(seen[..3], in_columns(&["Contact", "+1 312 555 0101", "Toronto, ON"], &[]), "{seen:?}");
    assert_eq!(seen[3], "1 Experience");
}
