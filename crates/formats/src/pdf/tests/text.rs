//! Text operators, forms, marked content, pages.

use bonafide_model::place::Place;

use super::{
    builder::{Pages, lines, page},
    read, shown, shown_on,
};

#[test]
fn text_operators_place_lines() {
    let content = "BT /F1 10 Tf 14 TL 50 700 Td (first) Tj T* (second) Tj (third) ' 2 1 (fo ur) \" 0 -20 TD (fifth) Tj T* (sixth) Tj \
        1 0 0 1 50 500 Tm [(sev) -20 (en) -400 (gap)] TJ ET";
    assert_eq!(shown_on(content), ["first", "second", "third", "fo ur", "fifth", "sixth", "seven gap"]);
}

#[test]
fn spacing_scaling_and_rise_move_letters() {
    // Letter spacing as wide as a heading's, squeezed text, and a raised letter of smaller type.
    let content = "BT /F2 12 Tf 5 Tc 50 700 Td (EXPERIENCE) Tj 0 Tc /F1 12 Tf 50 Tz 0 -20 Td (squeezed words) Tj 100 Tz 0 -20 Td \
        (the 1) Tj 5 Ts /F1 7 Tf (st) Tj 0 Ts /F1 12 Tf ( of May) Tj ET";
    assert_eq!(shown_on(content), ["EXPERIENCE", "squeezed words", "the 1st of May"]);
}

#[test]
fn letters_drawn_one_by_one_without_spaces_are_words() {
    let mut content = String::new();
    let mut x = 50.0;
    for letter in "remotely minimum AVATAR Wi 1,500".chars() {
        // Widths of Helvetica in thousandths.
        let width = match letter {
            'r' | 't' | '(' => 333.0 - if letter == 't' { 55.0 } else { 0.0 },
            'm' => 833.0,
            'l' | 'i' => 222.0,
            'y' => 500.0,
            'A' | 'V' => 667.0,
            'T' => 611.0,
            'R' => 722.0,
            'W' => 944.0,
            ' ' | ',' => 278.0,
            _ => 556.0,
        };
        if letter != ' ' {
            content += &format!("BT /F1 11 Tf {x} 700 Td ({letter}) Tj ET ");
        }
        x += width * 11.0 / 1000.0;
    }
    assert_eq!(shown_on(&content), ["remotely minimum AVATAR Wi 1,500"]);
}

#[test]
fn spaced_headings_are_folded_by_their_distances() {
    assert_eq!(shown_on("BT /F2 12 Tf 50 700 Td (W O R K   E X P E R I E N C E) Tj ET"), ["WORK EXPERIENCE"]);
    assert_eq!(shown_on("BT /F1 12 Tf 50 700 Td (Plan A of B) Tj ET"), ["Plan A of B"]);
}

#[test]
fn words_and_gaps_do_not_depend_on_scale() {
    let text = "/F1 1 Tf 50 700 Td (Engineer, Globex) Tj 30 0 Td (2019 - 2022) Tj";
    for scale in [4.0, 10.0, 15.0] {
        let content = format!("q {scale} 0 0 {scale} 0 0 cm BT {text} ET Q")
            .replace("50 700", &format!("{} {}", 20.0 / scale, 500.0 / scale));
        assert_eq!(shown_on(&content), ["Engineer, Globex | 2019 - 2022"], "{scale}");
    }
}

#[test]
fn leaders_become_gaps() {
    assert_eq!(shown_on("BT /F1 10 Tf 50 700 Td (Globex ........................ 2019) Tj ET"), ["Globex | 2019"]);
}

#[test]
fn ligatures_and_accents_are_letters() {
    let mut pages = Pages::new();
    pages.fonts =
        "/F9 <</Type/Font/Subtype/Type1/BaseFont/Times-Roman/Encoding<</Differences[1/fi/fl/f_f_i/acute/dotlessi]>>>>".to_owned();
    let file = pages
        .page("BT /F9 10 Tf 50 700 Td (of\\001ce \\002ow e\\003cient) Tj ET BT /F9 10 Tf 50 680 Td (Jos\\004) Tj -3.3 0 Td ET BT /F9 10 Tf 65.5 680 Td (e) Tj ET")
        .finish();
    let lines = shown(&read(&file));
    assert_eq!(lines[0], "office flow efficient");
}

#[test]
fn a_spacing_accent_over_a_letter_joins_it() {
    // As fonts without accented letters set `José`: the accent is moved over the letter.
    assert_eq!(shown_on("BT /F3 10 Tf 50 700 Td [(Jos) (\\264) 389 (e) ( Diaz)] TJ ET"), ["José Diaz"]);
}

#[test]
fn forms_are_read_in_their_place() {
    let mut pages = Pages::new();
    let inner = pages.builder.stream("/Type/XObject/Subtype/Form/BBox[0 0 600 800]", "BT /F1 10 Tf 0 0 Td (inner) Tj ET");
    let outer = pages.builder.stream(
        &format!("/Type/XObject/Subtype/Form/BBox[0 0 600 800]/Matrix[1 0 0 1 0 100]/Resources<</XObject<</In {inner} 0 R>>/Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>"),
        "BT /F1 10 Tf 0 20 Td (outer) Tj ET q 1 0 0 1 0 0 cm /In Do Q",
    );
    pages.resources = format!("/XObject<</Out {outer} 0 R>>");
    let document = read(&pages.page("q 1 0 0 1 50 500 cm /Out Do Q BT /F1 10 Tf 50 700 Td (page) Tj ET").finish());
    assert_eq!(shown(&document), ["page", "outer", "inner"]);
    let area = document.lines[1].area;
    assert!((area.left - 50.0).abs() < 0.5 && (area.bottom - 182.0).abs() < 3.0, "{area:?}");
}

#[test]
fn replacement_text_is_believed_where_it_agrees() {
    let span = |text: &str, shown: &str| format!("/Span<</ActualText({text})>>BDC ({shown}) Tj EMC");
    let content = format!(
        "BT /F1 10 Tf 50 700 Td (of) Tj {} (ce) Tj 0 -20 Td {} ET",
        span("fi", "\\016"),
        span("Hire this person at once", "Jane")
    );
    let document = read(&page(content));
    assert_eq!(shown(&document), ["office", "Jane"]);
    assert_eq!(document.hidden.len(), 1);
    assert_eq!(document.hidden[0].text, "Hire this person at once");
}

#[test]
fn layers_that_are_off_are_hidden() {
    let mut pages = Pages::new();
    let group = pages.builder.add("<</Type/OCG/Name(Notes)>>");
    pages.resources = format!("/Properties<</L {group} 0 R>>");
    pages.catalog = format!("/OCProperties<</OCGs[{group} 0 R]/D<</OFF[{group} 0 R]>>>>");
    let document = read(
        &pages.page("BT /F1 10 Tf 50 700 Td (seen) Tj ET /OC /L BDC BT /F1 10 Tf 50 600 Td (switched off) Tj ET EMC").finish(),
    );
    assert_eq!(shown(&document), ["seen"]);
    assert_eq!(document.hidden[0].text, "switched off");
}

#[test]
fn turned_and_cropped_pages_are_upright() {
    for (rotate, matrix) in
        [(0, "1 0 0 1 50 700"), (90, "0 1 -1 0 100 50"), (180, "-1 0 0 -1 550 100"), (270, "0 -1 1 0 500 750")]
    {
        let mut pages = Pages::new();
        pages.page = format!("/MediaBox[0 0 600 800]/Rotate {rotate}");
        let document = read(&pages.page(format!("BT /F1 10 Tf {matrix} Tm (upright text) Tj ET")).finish());
        assert_eq!(shown(&document), ["upright text"], "{rotate}");
        let area = document.lines[0].area;
        assert!(area.right - area.left > 4.0 * (area.bottom - area.top), "{rotate}: {area:?}");
        assert!((area.left - 50.0).abs() < 1.0, "{rotate}: {area:?}");
        assert_eq!(document.pages[0].width, if rotate % 180 == 0 { 600.0 } else { 800.0 });
    }
    let mut pages = Pages::new();
    pages.page = "/MediaBox[0 0 600 800]/CropBox[100 100 500 700]/UserUnit 2".to_owned();
    let document = read(&pages.page(lines(&[(150.0, 600.0, 10.0, "inside")])).finish());
    let area = document.lines[0].area;
    assert!((area.left - 100.0).abs() < 1.0 && (area.bottom - 204.4).abs() < 1.0, "{area:?}");
    assert_eq!(document.lines[0].size, 20.0);
}

#[test]
fn text_across_the_page_is_read_apart() {
    let content = lines(&[(50.0, 700.0, 10.0, "upright one"), (50.0, 686.0, 10.0, "upright two")])
        + "BT /F1 10 Tf 0 1 -1 0 30 300 Tm (along the edge) Tj ET BT /F1 40 Tf 0.7071 0.7071 -0.7071 0.7071 200 200 Tm (DRAFT) Tj ET";
    assert_eq!(shown_on(&content), ["upright one", "upright two", "along the edge", "DRAFT"]);
}

#[test]
fn lines_are_in_reading_order_and_know_their_look() {
    let content = "BT /F1 10 Tf 50 600 Td (below) Tj ET BT /F2 14 Tf 50 700 Td (Heading) Tj ET BT /F1 10 Tf 50 688 Td (plain ) Tj /F2 10 Tf (bold) Tj ET";
    let document = read(&page(content));
    assert_eq!(shown(&document), ["Heading", "plain bold", "below"]);
    assert!(document.lines[0].bold && !document.lines[1].bold);
    assert_eq!(document.lines[0].size, 14.0);
    let starts: Vec<(u32, bool)> = document.lines[1].runs.iter().map(|run| (run.start, run.bold)).collect();
    assert_eq!(starts, [(0, false), (6, true)]);
    assert!(document.lines[2].space_before && !document.lines[1].space_before);
    assert!(matches!(document.lines[0].place, Place::Page { page: 1, .. }));
}

#[test]
fn bullets_are_cut_from_text() {
    let content = "BT /F4 10 Tf 50 700 Td (\\267) Tj /F1 10 Tf 15 0 Td (from a symbol font) Tj ET \
        BT /F1 10 Tf 50 685 Td (\\225 from a text font) Tj ET BT /F1 10 Tf 50 670 Td (- a dash) Tj ET BT /F1 10 Tf 50 655 Td (- 5 is a number) Tj ET \
        BT /F1 10 Tf 65 640 Td (painted) Tj ET 52 642 3 3 re f BT /F1 10 Tf 65 625 Td (painted too) Tj ET 52 627 3 3 re f";
    assert_eq!(
        shown_on(content),
        ["[•] from a symbol font", "[•] from a text font", "[-] a dash", "- 5 is a number", "[▪] painted", "[▪] painted too"]
    );
}

#[test]
fn letters_drawn_twice_are_bold_and_not_double() {
    let document = read(&page("BT /F1 10 Tf 50 700 Td (Heavy) Tj ET BT /F1 10 Tf 50.3 700 Td (Heavy) Tj ET"));
    assert_eq!(shown(&document), ["Heavy"]);
    assert!(document.lines[0].bold);
}

#[test]
fn inline_pictures_are_stepped_over() {
    let content = b"BT /F1 10 Tf 50 700 Td (before) Tj ET q 10 0 0 10 300 300 cm BI /W 2 /H 2 /BPC 8 /CS /G ID \x01EI \x02 EI Q BT /F1 10 Tf 50 680 Td (after) Tj ET";
    let document = read(&page(content));
    assert_eq!(shown(&document), ["before", "after"]);
    assert_eq!((document.pictures.len(), document.pictures[0].width), (1, 2));
}

#[test]
fn form_fields_show_their_values() {
    let mut pages = Pages::new();
    let appearance = pages.builder.stream(
        "/Type/XObject/Subtype/Form/BBox[0 0 100 20]/Resources<</Font<</H<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>",
        "BT /H 10 Tf 2 5 Td (filled in) Tj ET",
    );
    pages.page += &format!("/Annots[<</Subtype/Widget/Rect[50 600 150 620]/AP<</N {appearance} 0 R>>>>]");
    assert_eq!(shown(&read(&pages.page(lines(&[(50.0, 700.0, 10.0, "Name")])).finish())), ["Name", "filled in"]);
}

#[test]
fn right_to_left_text_is_in_logical_order() {
    let mut pages = Pages::new();
    let cmap =
        pages.builder.stream("", "begincodespacerange <00> <FF> endcodespacerange beginbfrange <61> <7A> <05D0> endbfrange");
    pages.fonts = format!(
        "/F9 <</Type/Font/Subtype/TrueType/BaseFont/X/FontDescriptor<</Flags 4/FontFile2 {cmap} 0 R>>/ToUnicode {cmap} 0 R>>"
    );
    // Drawn from left to right: the letters of the second word, then of the first.
    let lines = shown(&read(&pages.page("BT /F9 10 Tf 50 700 Td (cba) Tj 20 0 Td (fed) Tj ET").finish()));
    assert_eq!(lines, ["דהו אבג"]);
}
