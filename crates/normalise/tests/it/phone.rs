//! Telephone numbers, compared with the metadata of libphonenumber.

use bonafide_normalise::{
    Error,
    phone::{self, Notation},
};
use phonenumber::{Mode, metadata::DATABASE};
use proptest::prelude::*;

fn e164(text: &str, hint: Option<&str>) -> Option<String> {
    phone::e164(text, hint)
}

#[test]
fn calling_codes_are_those_of_libphonenumber() {
    let mut compared = 0;
    for metadata in DATABASE.iter().filter(|metadata| metadata.id().len() == 2) {
        assert_eq!(phone::calling_code(metadata.id()), Some(metadata.country_code()), "{}", metadata.id());
        compared += 1;
    }
    assert!(compared > 200, "only {compared} regions compared");
}

/// Every example number of every region is read in international and in national notation.
#[test]
fn example_numbers_of_all_regions_are_read() {
    let mut failures = Vec::new();
    let mut compared = 0;
    for metadata in DATABASE.iter().filter(|metadata| metadata.id().len() == 2) {
        let region = metadata.id();
        for kind in [metadata.descriptors().fixed_line(), metadata.descriptors().mobile()] {
            let Some(national) = kind.and_then(|kind| kind.example()) else { continue };
            let expected = format!("+{}{national}", metadata.country_code());
            let number = phonenumber::parse(None, &expected).expect("an example number is valid");
            for mode in [Mode::International, Mode::E164, Mode::Rfc3966] {
                let text = number.format().mode(mode).to_string();
                if e164(&text, None).as_deref() != Some(&expected) {
                    failures.push(format!("{region} {text}: {:?}", e164(&text, None)));
                }
            }
            let text = number.format().mode(Mode::National).to_string();
            // Four digits alone (Niue, Tokelau, Tristan da Cunha) are too few to tell a number from any other.
            if national.len() >= 5 && e164(&text, Some(region)).as_deref() != Some(&expected) {
                failures.push(format!("{region} national {text}: {:?} for {expected}", e164(&text, Some(region))));
            }
            let read = phone::parse(&expected, None).expect("a number");
            if !read.regions.contains(&region) || !read.usual_length {
                failures.push(format!("{region} {expected}: regions {:?}, usual length {}", read.regions, read.usual_length));
            }
            compared += 1;
        }
    }
    assert!(compared > 400, "only {compared} numbers compared");
    assert!(failures.is_empty(), "{} of {compared}:\n{}", failures.len(), failures.join("\n"));
}

#[test]
fn area_codes_are_those_of_libphonenumber() {
    let mut failures = Vec::new();
    let mut compared = 0;
    for area in 200..1000 {
        // Some area codes hold only a few exchanges; a code that the metadata does not know yet is no failure.
        let belongs = |metadata: &phonenumber::metadata::Metadata| {
            let kinds = [metadata.descriptors().fixed_line(), metadata.descriptors().mobile()];
            (200..1000)
                .step_by(37)
                .any(|exchange| kinds.into_iter().flatten().any(|kind| kind.is_match(&format!("{area}{exchange}0142"))))
        };
        let plan = DATABASE.by_code(&1).expect("the plan of code 1");
        let matching: Vec<&str> = plan.into_iter().filter(|metadata| belongs(metadata)).map(|metadata| metadata.id()).collect();
        let national = format!("{area}5550142");
        let ours = phone::parse(&format!("+1{national}"), None).expect("a number").regions;
        if let [region] = matching.as_slice() {
            compared += 1;
            if ours != [*region] {
                failures.push(format!("{area}: ours {ours:?}, theirs {region}"));
            }
        }
    }
    assert!(compared > 350, "only {compared} area codes compared");
    assert!(failures.is_empty(), "{}\n{}", failures.len(), failures.join("\n"));
}

#[test]
fn notations_of_one_number_are_one_number() {
    for (text, hint, expected) in [
        // The optional trunk prefix, also where a writer's grouping put it behind part of the calling code.
        ("+44 (0)20 7946 0958", None, "+442079460958"),
        ("+44 020 7946 0958", None, "+442079460958"),
        ("+234 (0)803 555 0142", None, "+2348035550142"),
        ("+23 (0)48035550142", None, "+2348035550142"),
        ("+23 480 35550142", None, "+2348035550142"),
        ("+81 (0) 90 5555 0142", None, "+819055550142"),
        ("+49-(0)30-5550142", None, "+49305550142"),
        ("0049 30 5550142", None, "+49305550142"),
        ("+0049 30 5550142", None, "+49305550142"),
        ("011 44 20 7946 0958", Some("US"), "+442079460958"),
        ("011 44 20 7946 0958", None, "+442079460958"),
        ("8~10 44 20 7946 0958", Some("RU"), "+442079460958"),
        ("0011 44 20 7946 0958", Some("AU"), "+442079460958"),
        ("tel:+1-512-555-0142", None, "+15125550142"),
        ("Phone: +1 (512) 555-0142", None, "+15125550142"),
        ("☎ +1 512.555.0142", None, "+15125550142"),
        ("＋１ ５１２ ５５５ ０１４２", None, "+15125550142"),
        ("+٤٤ ٢٠ ٧٩٤٦ ٠٩٥٨", None, "+442079460958"),
        ("+1 512 555 0142 (mobile)", None, "+15125550142"),
        ("+1 512 555 0142 / +1 512 555 0143", None, "+15125550142"),
        ("+1-512-555-0142 x99", None, "+15125550142"),
        ("+1 1 512 555 0142", None, "+15125550142"),
        ("+33 001 55 50 14 20", None, "+33155501420"),
        // The North American grouping without a country.
        ("(512) 555-0142", None, "+15125550142"),
        ("512-555-0142", None, "+15125550142"),
        ("1.512.555.0142", None, "+15125550142"),
        ("1 (512) 555-0142", None, "+15125550142"),
        ("15125550142", None, "+15125550142"),
        ("(512) 555-0142", Some("GB"), "+15125550142"),
        ("(676) 555-0641", Some("CN"), "+16765550641"),
        ("1.679.555.1619", Some("NG"), "+16795551619"),
        ("1-800-FLOWERS", Some("US"), "+18003569377"),
        // National notation.
        ("512 555 0142", Some("US"), "+15125550142"),
        ("5125550142", Some("us"), "+15125550142"),
        ("020 7946 0958", Some("GB"), "+442079460958"),
        ("(020) 7946-0958", Some("GB"), "+442079460958"),
        ("030/5550142", Some("DE"), "+49305550142"),
        ("01 55 50 14 20", Some("FR"), "+33155501420"),
        ("655 501 420", Some("ES"), "+34655501420"),
        ("06 1 555 0142", Some("HU"), "+3615550142"),
        ("02 5550142", Some("IT"), "+39025550142"),
        ("8 (495) 555-01-42", Some("RU"), "+74955550142"),
        ("(495) 555-01-42", Some("RU"), "+74955550142"),
        ("(212) 555 0142", Some("TR"), "+902125550142"),
        ("98765 50142", Some("IN"), "+919876550142"),
        ("987-655-5014", Some("IN"), "+919876555014"),
        ("0 98765 50142", Some("IN"), "+919876550142"),
        ("919876550142", Some("IN"), "+919876550142"),
        ("138 5550 1420", Some("CN"), "+8613855501420"),
        ("(11) 95555-0142", Some("BR"), "+5511955550142"),
        ("0 21 11 95555-0142", Some("BR"), "+5511955550142"),
        ("(55) 5555-0142", Some("MX"), "+525555550142"),
        ("(999) 555-0142", Some("MX"), "+529995550142"),
        ("+52 1 55 5555 0142", None, "+525555550142"),
        ("010-5555-0142", Some("KR"), "+821055550142"),
        ("090-5555-0142", Some("JP"), "+819055550142"),
        ("0803 555 0142", Some("NG"), "+2348035550142"),
        ("2348035550142", None, "+2348035550142"),
    ] {
        assert_eq!(e164(text, hint).as_deref(), Some(expected), "{text} {hint:?}");
    }
}

#[test]
fn what_cannot_be_told_stays_untold() {
    for (text, hint) in
        [("5125550142", None), ("030 5550142", None), ("98765 50142", None), ("+999 555 0142", None), ("555-0142", Some("US"))]
    {
        let number = phone::parse(text, hint).expect("digits are kept");
        assert_eq!((number.e164.as_deref(), number.read_as), (None, Notation::Unknown), "{text}");
        assert!(number.regions.is_empty());
    }
    assert_eq!(phone::parse("98765 50142", None).expect("digits").last_nine(), Some("876550142"));
    assert_eq!(phone::parse("+91 98765 50142", None).expect("digits").last_nine(), Some("876550142"));
    assert_eq!(phone::parse("555-0142", None).expect("digits").last_nine(), None);
}

#[test]
fn regions_follow_the_area_code() {
    let regions = |text: &str| phone::parse(text, None).expect("a number").regions;
    assert_eq!(regions("+1 416 555 0142"), ["CA"]);
    assert_eq!(regions("+1 212 555 0142"), ["US"]);
    assert_eq!(regions("+1 876 555 0142"), ["JM"]);
    assert_eq!(regions("+7 727 555 0142"), ["KZ"]);
    assert_eq!(regions("+7 495 555 0142"), ["RU"]);
    assert_eq!(regions("+44 1534 555 014"), ["JE"]);
    let toll_free = regions("+1 800 555 0142");
    assert_eq!(toll_free[0], "US");
    assert!(toll_free.contains(&"CA") && toll_free.len() == 25);
    assert_eq!(regions("+870 555 014 2555"), Vec::<&str>::new());
}

#[test]
fn digits_that_no_carrier_has_are_a_number() {
    // Invented numbers: only the calling code has to be real.
    for text in ["+4900000000", "+12345678901", "+86 999 9999 9999", "+8199999", "+390000000"] {
        assert!(e164(text, None).is_some(), "{text}");
    }
}

#[test]
fn what_is_no_number_is_named() {
    assert!(matches!(phone::parse("", None), Err(Error::Empty { .. })));
    assert!(matches!(phone::parse(&"1".repeat(400), None), Err(Error::TooLong { .. })));
    for text in ["call me", "1234", "+", "()", "12 345 678 901 234 567 890 123", "x12"] {
        assert!(matches!(phone::parse(text, None), Err(Error::Malformed { .. })), "{text}");
    }
}

proptest! {
    #[test]
    fn no_text_panics(text in ".{0,80}", hint in "[A-Za-z]{0,3}") {
        let _ = phone::parse(&text, Some(&hint));
    }

    #[test]
    fn the_canonical_form_is_idempotent(text in "[+0-9()./ x-]{5,30}", hint in prop::option::of(prop::sample::select(vec!["US", "GB", "DE", "IN", "RU", "IT", "AR", "CN"]))) {
        if let Ok(number) = phone::parse(&text, hint) {
            let again = phone::parse(number.canonical(), hint).expect("a canonical form is a number");
            if number.e164.is_some() {
                prop_assert_eq!(again.e164, number.e164);
            }
        }
    }

    /// However the digits are grouped behind a plus sign, the number is the same.
    #[test]
    fn grouping_does_not_matter(code in prop::sample::select(vec!["1", "44", "49", "91", "234", "380", "55"]), national in "[1-9][0-9]{8}", gaps in prop::collection::vec(0_usize..3, 12)) {
        let digits = format!("{code}{national}");
        let spaced: String = digits.char_indices().map(|(i, c)| format!("{c}{}", ["", " ", "-"][gaps[i % gaps.len()]])).collect();
        prop_assert_eq!(e164(&format!("+{spaced}"), None), e164(&format!("+{digits}"), None));
    }
}
