//! Files made to attack: each is read, refused by name, or read in part and said to be so; none takes long.

use std::time::{Duration, Instant};

use bonafide_model::fact::Hiding;
use lopdf::{Document as Written, EncryptionState, EncryptionVersion, Permissions};

use super::{
    builder::{Builder, Pages, deflated, lines, page},
    shown,
};
use crate::{document::Document, error::Error, limits::Limits};

/// Reads within a time that leaves room for unoptimised code on a busy machine; what it must take is measured elsewhere.
fn read(file: &[u8]) -> Result<Document, Error> {
    let start = Instant::now();
    let result = super::super::read(file, &Limits::default());
    assert!(start.elapsed() < Duration::from_secs(20), "{:?}", start.elapsed());
    result
}

fn read_in_part(file: &[u8]) -> Document {
    let document = read(file).unwrap();
    assert!(!document.incomplete.is_empty());
    document
}

/// A page of plain text besides whatever a test adds.
fn with(make: impl FnOnce(&mut Pages) -> String) -> Vec<u8> {
    let mut pages = Pages::new();
    let content = make(&mut pages);
    pages.page(lines(&[(50.0, 700.0, 10.0, "plain")]) + &content).finish()
}

#[test]
fn bombs_in_streams_stop_at_the_limit() {
    let zeros = deflated(&vec![b' '; 70 << 20]);
    let mut builder = Builder::default();
    let content = builder.stream("/Filter/FlateDecode", &zeros);
    let twice = builder.stream("/Filter[/FlateDecode/FlateDecode]", deflated(&zeros));
    let tree = builder.reserve();
    let page = builder.add(format!("<</Type/Page/Parent {tree} 0 R/Contents[{content} 0 R {twice} 0 R {content} 0 R]>>"));
    builder.set(tree, format!("<</Type/Pages/Kids[{page} 0 R]/Count 1>>"));
    let root = builder.add(format!("<</Type/Catalog/Pages {tree} 0 R/Metadata {content} 0 R>>"));
    let document = read_in_part(&builder.finish(root));
    assert!(document.incomplete.iter().any(|sentence| sentence.contains("more than the limit")), "{:?}", document.incomplete);
}

#[test]
fn bombs_in_object_streams_are_left_out() {
    // Thirty object streams of ten megabytes each, more than a document may unpack to.
    let mut builder = Builder::default();
    let body = deflated(&[b"100 0 ".to_vec(), vec![b' '; 10 << 20], b"null".to_vec()].concat());
    for _ in 0..30 {
        builder.stream("/Type/ObjStm/N 1/First 6/Filter/FlateDecode", &body);
    }
    let tree = builder.add("<</Type/Pages/Kids[]/Count 0>>");
    let root = builder.add(format!("<</Type/Catalog/Pages {tree} 0 R>>"));
    let document = read_in_part(&builder.finish(root));
    assert!(document.incomplete[0].contains("left out"), "{:?}", document.incomplete);

    // Members of an object stream that all are one large object.
    let array = format!("[{}]", "0 ".repeat(50_000));
    let index: String = (1000..21_000).map(|number| format!("{number} 0 ")).collect();
    let mut builder = Builder::default();
    builder.packed(&format!("/Type/ObjStm/N 20000/First {}", index.len()), index + &array);
    let tree = builder.add("<</Type/Pages/Kids[]/Count 0>>");
    let root = builder.add(format!("<</Type/Catalog/Pages {tree} 0 R>>"));
    read_in_part(&builder.finish(root));
}

#[test]
fn a_single_object_stream_over_the_limit_is_named() {
    let mut builder = Builder::default();
    builder.stream("/Type/ObjStm/N 1/First 6/Filter/FlateDecode", deflated(&vec![b' '; 20 << 20]));
    let tree = builder.add("<</Type/Pages/Kids[]/Count 0>>");
    let root = builder.add(format!("<</Type/Catalog/Pages {tree} 0 R>>"));
    match read(&builder.finish(root)) {
        Ok(document) => assert!(!document.incomplete.is_empty()),
        Err(error) => assert!(matches!(error, Error::OverLimit { .. }), "{error}"),
    }
}

#[test]
fn files_over_the_limit_are_refused() {
    let limits = Limits { bytes: 100, ..Limits::default() };
    assert!(matches!(super::super::read(&page(""), &limits), Err(Error::OverLimit { format: "PDF", .. })));
    let limits = Limits { parts: 3, ..Limits::default() };
    let outcome = super::super::read(&page(lines(&[(1.0, 1.0, 9.0, "x")])), &limits);
    assert!(outcome.is_err() || outcome.is_ok_and(|document| !document.incomplete.is_empty()));
}

#[test]
fn page_trees_in_circles_and_chains_end() {
    let mut builder = Builder::default();
    let tree = builder.reserve();
    builder.set(tree, format!("<</Type/Pages/Kids[{tree} 0 R {tree} 0 R]/Count 2/Parent {tree} 0 R>>"));
    let root = builder.add(format!("<</Type/Catalog/Pages {tree} 0 R>>"));
    read_in_part(&builder.finish(root));

    // Five thousand levels.
    let mut builder = Builder::default();
    for level in 0..5000 {
        builder.add(format!("<</Type/Pages/Kids[{} 0 R]/Count 1>>", level + 2));
    }
    builder.add("<</Type/Page>>");
    let root = builder.add("<</Type/Catalog/Pages 1 0 R>>");
    read_in_part(&builder.finish(root));
}

#[test]
fn of_ten_thousand_pages_the_first_are_read() {
    let mut builder = Builder::default();
    let content = builder.stream("", lines(&[(50.0, 700.0, 10.0, "text")]));
    let tree = builder.reserve();
    let resources = builder.add("<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>");
    let kids: String = (0..10_000)
        .map(|_| {
            format!(
                "{} 0 R ",
                builder.add(format!("<</Type/Page/Parent {tree} 0 R/Resources {resources} 0 R/Contents {content} 0 R>>"))
            )
        })
        .collect();
    builder.set(tree, format!("<</Type/Pages/Kids[{kids}]/Count 10000>>"));
    let root = builder.add(format!("<</Type/Catalog/Pages {tree} 0 R>>"));
    let document = read_in_part(&builder.finish(root));
    assert_eq!(document.pages.len(), Limits::default().pages as usize);
    assert_eq!(document.incomplete, ["only the first 200 of 10000 pages were read"]);
}

#[test]
fn forms_that_draw_themselves_or_multiply_end() {
    let file = with(|pages| {
        let form = pages.builder.reserve();
        let body = "/X Do /X Do";
        let head =
            format!("<</Type/XObject/Subtype/Form/BBox[0 0 1 1]/Resources<</XObject<</X {form} 0 R>>>>/Length {}>>", body.len());
        pages.builder.set(form, format!("{head}stream\n{body}\nendstream"));
        pages.resources = format!("/XObject<</X {form} 0 R>>");
        "/X Do".to_owned()
    });
    assert_eq!(shown(&read_in_part(&file)), ["plain"]);

    // Ten forms deep, each drawing the next ten times: ten thousand million in all.
    let file = with(|pages| {
        let mut inner = pages.builder.stream("/Subtype/Form/BBox[0 0 1 1]", "0 0 m");
        for _ in 0..10 {
            let dictionary = format!("/Subtype/Form/BBox[0 0 1 1]/Resources<</XObject<</X {inner} 0 R>>>>");
            inner = pages.builder.stream(&dictionary, "/X Do ".repeat(10));
        }
        pages.resources = format!("/XObject<</X {inner} 0 R>>");
        "/X Do".to_owned()
    });
    assert_eq!(shown(&read_in_part(&file)), ["plain"]);
}

#[test]
fn references_in_circles_lead_nowhere() {
    let file = with(|pages| {
        let font = pages.builder.reserve();
        pages.builder.set(
            font,
            format!("<</Type/Font/Subtype/Type0/BaseFont/X/DescendantFonts[{font} 0 R]/Encoding {font} 0 R/ToUnicode {font} 0 R/FontDescriptor {font} 0 R/W[{font} 0 R]>>"),
        );
        let (one, two) = (pages.builder.reserve(), pages.builder.reserve());
        pages.builder.set(one, format!("{two} 0 R"));
        pages.builder.set(two, format!("{one} 0 R"));
        pages.fonts = format!("/F9 {font} 0 R/F8 {one} 0 R");
        let space = pages.builder.reserve();
        pages.builder.set(space, format!("[/Separation/X {space} 0 R {space} 0 R]"));
        let function = pages.builder.reserve();
        pages.builder.set(
            function,
            format!("<</FunctionType 3/Domain[0 1]/Functions[{function} 0 R {function} 0 R]/Bounds[0.5]/Encode[0 1 0 1]>>"),
        );
        pages.resources =
            format!("/ColorSpace<</C {space} 0 R/D[/Separation/Y/DeviceGray {function} 0 R]>>/ExtGState<</G {one} 0 R>>");
        pages.catalog = format!("/Metadata {one} 0 R/Names<</EmbeddedFiles<</Kids[{one} 0 R {font} 0 R]>>>>/Lang {two} 0 R");
        pages.builder.trailer = format!("/Info {one} 0 R/ID {two} 0 R");
        "/C cs 1 scn /D cs 0.3 scn /G gs BT /F9 10 Tf 50 600 Td (nine) Tj /F8 10 Tf (eight) Tj ET".to_owned()
    });
    assert_eq!(shown(&read(&file).unwrap())[0], "plain");
}

#[test]
fn name_trees_in_circles_end() {
    let file = with(|pages| {
        let node = pages.builder.reserve();
        let kids = format!("{node} 0 R ").repeat(200);
        pages.builder.set(node, format!("<</Kids[{kids}<</Kids[{kids}]>>]>>"));
        pages.catalog = format!("/Names<</EmbeddedFiles {node} 0 R/JavaScript {node} 0 R>>");
        String::new()
    });
    assert_eq!(shown(&read(&file).unwrap()), ["plain"]);
}

#[test]
fn deep_nesting_neither_overflows_nor_hides_the_rest() {
    let deep = "[".repeat(100_000);
    let file = with(|pages| {
        pages.builder.add(&deep);
        pages.builder.add("<</A".repeat(50_000));
        pages.builder.add("(".repeat(100_000));
        format!("{deep} TJ {} {} {}", "q ".repeat(10_000), "/A <</B ".repeat(20_000), "/Tag BMC ".repeat(20_000))
    });
    assert_eq!(shown(&read(&file).unwrap()), ["plain"]);
}

#[test]
fn long_contents_end_at_their_limits() {
    let many_operators = with(|_| "0 0 m ".repeat(5_000_000));
    assert_eq!(shown(&read_in_part(&many_operators)), ["plain"]);
    let limits = Limits { characters: 1000, ..Limits::default() };
    let file = with(|_| format!("BT /F1 10 Tf 50 600 Td ({}) Tj ET", "x".repeat(100_000)));
    let document = super::super::read(&file, &limits).unwrap();
    assert!(document.incomplete[0].contains("characters"), "{:?}", document.incomplete);
    assert!(document.lines.iter().map(|line| line.text.len()).sum::<usize>() <= 1000);
}

#[test]
fn thousands_of_shapes_and_letters_at_one_place() {
    let shapes = "40 690 200 30 re f ".repeat(30_000);
    let letters = "BT /F1 10 Tf 50 600 Td (x) Tj ET ".repeat(20_000);
    let file = with(|_| shapes + &letters);
    read_in_part(&file);
    // Letters strewn over one line, and over the page.
    let strewn: String = (0..20_000)
        .map(|index| format!("BT /F1 1 Tf {} {} Td (x) Tj ET ", index * 7919 % 600, 300 + index * 104_729 % 3))
        .collect();
    read(&with(|_| strewn)).unwrap();
    let strewn: String =
        (0..20_000).map(|index| format!("BT /F1 8 Tf {} {} Td (x) Tj ET ", index * 7919 % 600, index * 104_729 % 800)).collect();
    read(&with(|_| strewn)).unwrap();
}

#[test]
fn numbers_beyond_reason() {
    let huge = "9".repeat(400);
    let content = format!(
        "q {huge} 0 0 {huge} {huge} {huge} cm BT /F1 {huge} Tf {huge} -{huge} Td (far) Tj ET Q q 0 0 0 0 0 0 cm BT /F1 10 Tf (flat) Tj ET Q \
        {huge} Tz {huge} Tc {huge} Tw {huge} Ts BT /F1 10 Tf 50 500 Td (wide) Tj ET 1e400 0 0 1 NaN Infinity cm 300 0 {huge} {huge} re f"
    );
    assert_eq!(shown(&read(&with(|_| content)).unwrap()), ["plain"]);
    // A line as wide as this paints the whole page.
    let document = read(&with(|_| format!("{huge} w 0 0 m {huge} {huge} l S"))).unwrap();
    assert!(document.lines.is_empty());
    assert_eq!((document.hidden[0].hiding, document.hidden[0].text.as_str()), (Hiding::Covered, "plain"));
    for boxes in [
        "/MediaBox[0 0 0 0]",
        "/MediaBox[100000000000000000000000 100000000000000000000000 -100000000000000000000000 -10000000000000000000000]",
        "/MediaBox[0 0 600]/CropBox[5 5 4 4]",
        "/MediaBox 7/Rotate 1000000000/UserUnit -5",
    ] {
        let mut pages = Pages::new();
        pages.page = boxes.to_owned();
        read(&pages.page(lines(&[(50.0, 700.0, 10.0, "text")])).finish()).unwrap();
    }
}

#[test]
fn pictures_of_absurd_size_are_not_decoded() {
    let file = with(|pages| {
        for (width, height) in [("999999999", "999999999"), ("-1", "5"), ("0", "0"), ("4000000000", "1")] {
            pages.builder.stream(
                &format!("/Type/XObject/Subtype/Image/Width {width}/Height {height}/ColorSpace/DeviceRGB/BitsPerComponent 8"),
                "short",
            );
            pages.builder.stream(
                &format!("/Type/XObject/Subtype/Image/Width {width}/Height {height}/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/DCTDecode"),
                b"\xff\xd8\xff\xe0 no jpeg",
            );
        }
        pages.builder.stream("/Type/XObject/Subtype/Image/Width 3000/Height 3000/BitsPerComponent 8/ColorSpace[/Indexed/DeviceRGB 255 (abc)]/Filter/FlateDecode", deflated(&vec![9; 70 << 20]));
        String::new()
    });
    let document = read_in_part(&file);
    assert_eq!(document.pictures.len(), 9);
    assert!(document.pictures.iter().all(|picture| picture.phash.is_none()));
}

#[test]
fn cmaps_and_widths_that_lie() {
    let file = with(|pages| {
        let cmap = pages.builder.stream(
            "",
            "begincodespacerange <00> <FFFFFFFF> <> <> <0000000000> <FF> endcodespacerange beginbfrange <00000000> <FFFFFFFF> <0041> \
            <41> <40> <0041> <00> <FF> [<0041>] endbfrange begincidrange <00> <FFFFFFFF> 4294967295 endcidrange",
        );
        pages.fonts = format!(
            "/F9 <</Type/Font/Subtype/Type0/BaseFont/X/Encoding {cmap} 0 R/ToUnicode {cmap} 0 R/DescendantFonts[<</Type/Font/Subtype/CIDFontType2\
            /W[0 4294967295 1000000000000000000000000000000.0 -5 [1 2] 3 (x)]/DW -1000000000000000000000000000000.0>>]>>/F8 <</Type/Font/Subtype/Type1/BaseFont/Y/FirstChar -99999/LastChar 99999\
            /Widths[(a)/b null 100000000000000000000000000000000000000.0]/Encoding<</Differences[-5/a 300/b 10000000000/c/d/e]>>>>/F7 <</Type/Font/Subtype/Type3/FontMatrix[0 0 0 0 0 0]/FontBBox[10000000000000000000.0 0 -10000000000000000000.0 5]>>"
        );
        "BT /F9 10 Tf 50 600 Td (nine) Tj /F8 10 Tf (eight) Tj /F7 10 Tf (seven) Tj ET".to_owned()
    });
    assert_eq!(shown(&read(&file).unwrap())[0], "plain");
}

#[test]
fn damaged_cross_references_are_repaired() {
    let whole = page(lines(&[(50.0, 700.0, 10.0, "still here")]));
    let text = String::from_utf8_lossy(&whole).into_owned();
    let start = whole.len() - (text.len() - text.rfind("startxref").unwrap());
    // Wrong offset of the table, no table at all, bytes in front, bytes in the middle, cut before the table.
    let mut wrong = whole[..start].to_vec();
    wrong.extend(b"startxref\n12345678\n%%EOF");
    let without = whole[..whole.windows(5).rposition(|window| window == b"xref\n").unwrap().min(start)].to_vec();
    let shifted = [&b"junk before the header\n"[..], &whole].concat();
    let mut inserted = whole.clone();
    inserted.splice(15..15, b"% more bytes than before\n".iter().copied());
    let cut = whole[..whole.windows(4).position(|window| window == b"xref").unwrap()].to_vec();
    for (name, file) in [("wrong", wrong), ("without", without), ("shifted", shifted), ("inserted", inserted), ("cut", cut)] {
        let document = read(&file).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(shown(&document), ["still here"], "{name}");
        if name != "shifted" {
            assert!(!document.incomplete.is_empty(), "{name}: a repair is said");
        }
    }
}

#[test]
fn cross_references_in_circles_end() {
    let whole = page(lines(&[(50.0, 700.0, 10.0, "text")]));
    let text = String::from_utf8_lossy(&whole).into_owned();
    let table = whole.windows(5).position(|window| window == b"xref\n").unwrap();
    for previous in [
        format!("/Prev {table}"),
        "/Prev 0".to_owned(),
        "/Prev -5".to_owned(),
        "/Prev 99999999".to_owned(),
        format!("/XRefStm {table}/Prev {table}"),
    ] {
        let file =
            [&whole[..table], text[text.find("xref\n").unwrap()..].replace("/Size", &format!("{previous}/Size")).as_bytes()]
                .concat();
        match read(&file) {
            Ok(document) => assert_eq!(shown(&document), ["text"], "{previous}"),
            Err(error) => assert!(matches!(error, Error::Malformed { .. }), "{previous}: {error}"),
        }
    }
}

#[test]
fn every_cut_of_a_file_is_an_answer() {
    let mut pages = Pages::new();
    pages.builder.packed("/Type/Metadata", "<x/>");
    let whole = pages.page(lines(&[(50.0, 700.0, 10.0, "text")])).finish();
    for end in (0..whole.len()).step_by(7) {
        let _ = read(&whole[..end]);
    }
    for at in (0..whole.len()).step_by(3) {
        let mut broken = whole.clone();
        broken[at] = broken[at].wrapping_add(0x5B);
        let _ = read(&broken);
    }
}

#[test]
fn bytes_that_are_no_pdf_are_named() {
    for bytes in [&b""[..], b"%PDF-", b"%PDF-1.4", b"hello", b"%PDF-1.7\nxref\n0 0\ntrailer<<>>\nstartxref\n9\n%%EOF", &[0; 1000]]
    {
        assert!(matches!(read(bytes), Err(Error::Malformed { format: "PDF", .. })), "{bytes:?}");
    }
}

fn encrypted(user_password: &str) -> Vec<u8> {
    let mut pages = Pages::new();
    pages.builder.trailer = "/ID[<00112233445566778899AABBCCDDEEFF><00112233445566778899AABBCCDDEEFF>]".to_owned();
    let info = pages.builder.add("<</Author(Jane)>>");
    pages.builder.trailer += &format!("/Info {info} 0 R");
    let mut written = Written::load_mem(&pages.page(lines(&[(50.0, 700.0, 10.0, "locked text")])).finish()).unwrap();
    let version = EncryptionVersion::V2 {
        document: &written,
        owner_password: "owner",
        user_password,
        key_length: 128,
        permissions: Permissions::all(),
    };
    let state = EncryptionState::try_from(version).unwrap();
    written.encrypt(&state).unwrap();
    let mut file = Vec::new();
    written.save_to(&mut file).unwrap();
    file
}

#[test]
fn encrypted_files_open_with_the_empty_password_alone() {
    let document = read(&encrypted("")).unwrap();
    assert_eq!(shown(&document), ["locked text"]);
    assert!(document.properties.iter().any(|property| property.name == "encrypted"));
    assert!(document.properties.iter().any(|property| property.name == "author" && property.value == "Jane"));
    assert!(matches!(read(&encrypted("secret")), Err(Error::Encrypted { format: "PDF" })));
}

#[test]
fn streams_with_wrong_lengths_are_read() {
    for length in ["0", "5", "99999", "-1", "1 0 R", "/x"] {
        let mut builder = Builder::default();
        let content = builder.add(format!("<</Length {length}>>stream\n{}\nendstream", lines(&[(50.0, 700.0, 10.0, "text")])));
        let tree = builder.reserve();
        let page = builder.add(format!(
            "<</Type/Page/Parent {tree} 0 R/Contents {content} 0 R/Resources<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>"
        ));
        builder.set(tree, format!("<</Type/Pages/Kids[{page} 0 R]/Count 1>>"));
        let root = builder.add(format!("<</Type/Catalog/Pages {tree} 0 R>>"));
        let _ = read(&builder.finish(root));
    }
}

#[test]
fn objects_of_the_wrong_kind_are_ignored() {
    // Every value of the structure in turn is something else.
    let whole = String::from_utf8_lossy(&page(lines(&[(50.0, 700.0, 10.0, "text")]))).into_owned();
    for (from, to) in [
        ("/Pages ", "/Pages 5%"),
        ("/Kids[", "/Kids ("),
        ("/Contents", "/Contents[[[1 0 R]]] %"),
        ("/Resources", "/Resources (x) %"),
        ("/Font<<", "/Font 7 /G<<"),
        ("/Subtype/Type1", "/Subtype 5"),
        ("/MediaBox[", "/MediaBox(["),
        ("/BaseFont/Helvetica", "/BaseFont 1 0 R"),
    ] {
        let _ = read(whole.replacen(from, to, 1).as_bytes());
    }
}

#[test]
fn values_without_end_are_refused_before_they_are_parsed() {
    for (what, value) in [("an array", "0 "), ("dictionaries", "<<>>"), ("arrays", "[]"), ("strings", "()")] {
        let mut builder = Builder::default();
        builder.add(format!("[{}]", value.repeat(1_100_000)));
        let tree = builder.add("<</Type/Pages/Kids[]/Count 0>>");
        let root = builder.add(format!("<</Type/Catalog/Pages {tree} 0 R>>"));
        let error = read(&builder.finish(root)).unwrap_err();
        assert!(matches!(&error, Error::OverLimit { what, .. } if what == "the number of values"), "{what}: {error}");
    }
    // The same in an object stream, which is left out.
    let mut builder = Builder::default();
    builder.packed("/Type/ObjStm/N 1/First 6", format!("100 0 [{}]", "0 ".repeat(1_100_000)));
    let tree = builder.add("<</Type/Pages/Kids[]/Count 0>>");
    let root = builder.add(format!("<</Type/Catalog/Pages {tree} 0 R>>"));
    assert!(read_in_part(&builder.finish(root)).incomplete[0].contains("left out"));
}

#[test]
fn content_that_is_run_again_and_again_is_counted_each_time() {
    let file = with(|pages| {
        let form = pages.builder.packed("/Subtype/Form/BBox[0 0 1 1]", vec![b' '; 1 << 20]);
        pages.resources = format!("/XObject<</X {form} 0 R>>");
        "/X Do ".repeat(10_000)
    });
    let document = super::super::read(&file, &Limits { unpacked: 4 << 20, ..Limits::default() }).unwrap();
    assert_eq!(shown(&document), ["plain"]);
    assert_eq!(document.incomplete, ["the document draws more than 33554432 bytes of content; the rest was not read"]);
}

#[test]
fn shapes_of_many_corners_under_many_letters() {
    let corners: String = (0..1900).map(|index| format!("{} {} l ", index % 600, index * 7 % 800)).collect();
    let letters: String =
        (0..4000).map(|index| format!("BT /F1 6 Tf {} {} Td (abcdefgh) Tj ET ", index % 60 * 10, index / 60 * 8)).collect();
    let document = read_in_part(&with(|_| format!("0 0 m {corners} f ").repeat(600) + &letters));
    let told = |words: &str| document.incomplete.iter().any(|sentence| sentence.contains(words));
    assert!(told("more shapes than are followed") && told("more shapes than are compared"), "{:?}", document.incomplete);
}

#[test]
fn thousands_of_links_over_the_whole_page() {
    let mut pages = Pages::new();
    pages.page += &format!("/Annots[{}]", "<</Subtype/Link/Rect[0 0 600 800]/A<</S/URI/URI(https://a.example/)>>>>".repeat(2500));
    let letters: String =
        (0..1500).map(|index| format!("BT /F1 6 Tf {} {} Td (abcdefgh) Tj ET ", index % 60 * 10, index / 60 * 8)).collect();
    let document = read_in_part(&pages.page(letters).finish());
    let told = |words: &str| document.incomplete.iter().any(|sentence| sentence.contains(words));
    assert!(told("too many links over too much text") && told("only the first 2000 links"), "{:?}", document.incomplete);
    assert!(document.links.iter().all(|link| link.shown.as_ref().is_none_or(|text| text.len() <= 1000)));
}

#[test]
fn patterns_and_object_streams_that_hold_themselves_end() {
    let file = with(|pages| {
        let pattern = pages.builder.reserve();
        let body = "/Pattern cs /P scn 0 0 9 9 re f";
        let head = format!(
            "/Type/Pattern/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 9 9]/XStep 1/YStep 1/Resources<</Pattern<</P {pattern} 0 R>>>>"
        );
        pages.builder.set(pattern, format!("<<{head}/Length {}>>stream\n{body}\nendstream", body.len()));
        pages.resources = format!("/Pattern<</P {pattern} 0 R>>");
        let own = pages.builder.reserve();
        let inside = format!("{own} 0 <</Type/ObjStm/N 1/First 5>>");
        pages.builder.set(
            own,
            format!(
                "<</Type/ObjStm/N 1/First {}/Extends {own} 0 R/Length {}>>stream\n{inside}\nendstream",
                own.to_string().len() + 3,
                inside.len()
            ),
        );
        "/Pattern cs /P scn 0 0 600 600 re f".to_owned()
    });
    assert_eq!(shown(&read(&file).unwrap()), ["plain"]);
}

#[test]
fn two_hundred_pages_of_one_stream_are_read_to_the_limit() {
    let text = "BT /F1 10 Tf 50 700 Td ".to_owned() + &"(abcdefgh ijkl) Tj 0 -1 Td ".repeat(1_500) + "ET";
    let mut builder = Builder::default();
    let content = builder.packed("", text);
    let tree = builder.reserve();
    let resources = builder.add("<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>");
    let page = format!("<</Type/Page/Parent {tree} 0 R/Resources {resources} 0 R/Contents {content} 0 R>>");
    let kids: String = (0..200).map(|_| format!("{} 0 R ", builder.add(&page))).collect();
    builder.set(tree, format!("<</Type/Pages/Kids[{kids}]/Count 200>>"));
    let root = builder.add(format!("<</Type/Catalog/Pages {tree} 0 R>>"));
    let limits = Limits { characters: 300_000, ..Limits::default() };
    let document = super::super::read(&builder.finish(root), &limits).unwrap();
    assert!(document.incomplete.iter().any(|sentence| sentence.contains("300000 characters")), "{:?}", document.incomplete);
}
