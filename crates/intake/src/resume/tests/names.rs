//! Names of employers that hold words of other things.

use super::templates::jobs_of;

#[test]
fn bodies_of_people_are_employers() {
    let read = jobs_of(
        "Guild of Master Bakers — Trustee, Mar 2024 - Present\n- Trusted\n\nOffice of Water Management — Cashier, Jan 2020 - Feb 2024\n- Counted",
    );
    assert_eq!(read, ["Trustee @ Guild of Master Bakers 2024-03..now", "Cashier @ Office of Water Management 2020-01..2024-02"]);
}

#[test]
fn a_number_in_a_name_is_no_day() {
    let read = jobs_of(
        "Pinewood School District No. 7    Jan 2024 - Jan 2025\nGraduate Instructor\n- Taught\n\n\
         Northgate Ltd    Mar 2020 - Dec 2023\nClerk\n- Filed",
    );
    assert_eq!(
        read,
        ["Graduate Instructor @ Pinewood School District No. 7 2024-01..2025-01", "Clerk @ Northgate Ltd 2020-03..2023-12"]
    );
}

#[test]
fn the_sign_for_at_parts_an_unknown_title_from_the_employer() {
    let read =
        jobs_of("Barback @ Wexley Studios\nFeb 2025 – Present\n- Poured\n\nCurator @ Tideline\nJan 2020 – Jan 2025\n- Kept");
    assert_eq!(read, ["Barback @ Wexley Studios 2025-02..now", "Curator @ Tideline 2020-01..2025-01"]);
}

#[test]
fn a_name_beside_a_place_heads_the_roles_below() {
    let read = jobs_of(
        "Society of Structural Engineers of Ohio\nSpringfield, IL\nEvents Coordinator    2025\n- Wrote the notes\n\
         Sterling Foundation    Berlin, Germany\nSummer Analyst    2022 – 2025\n- Counted\n\
         Music Educator    2020 – 2022\n- Sang",
    );
    assert_eq!(
        read,
        [
            "Events Coordinator @ Society of Structural Engineers of Ohio 2025..2025",
            "Summer Analyst @ Sterling Foundation 2022..2025",
            "Music Educator @ Sterling Foundation 2020..2022"
        ]
    );
}

#[test]
fn an_unknown_name_before_a_country_below_a_title_with_a_unit() {
    let read = jobs_of(
        "Software Engineer II, Payments Platform — The Evening Courier, USA\nMar 2020 - Mar 2023\n- Built\n\n\
         Cashier — Everly Bank, Ohio\nJan 2018 - Feb 2020\n- Counted",
    );
    assert_eq!(
        read,
        [
            "Software Engineer II, Payments Platform @ The Evening Courier 2020-03..2023-03",
            "Cashier @ Everly Bank 2018-01..2020-02"
        ]
    );
}
