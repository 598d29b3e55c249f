//! Numbering plans: calling codes, prefixes and usual lengths of all countries and territories.

/// The numbering plan of a country or territory.
#[derive(Debug)]
pub(super) struct Plan {
    /// ISO 3166-1 alpha-2 code (XK for Kosovo, AC and TA for Ascension and Tristan da Cunha).
    pub(super) region: &'static str,
    /// Country calling code.
    pub(super) code: u16,
    /// Trunk prefix that national notation puts before the number; empty: none.
    pub(super) trunk: &'static str,
    shortest: u8,
    longest: u8,
}

impl Plan {
    pub(super) fn fits(&self, length: usize) -> bool {
        (usize::from(self.shortest)..=usize::from(self.longest)).contains(&length)
    }
}

const fn plan(region: &'static str, code: u16, trunk: &'static str, shortest: u8, longest: u8) -> Plan {
    Plan { region, code, trunk, shortest, longest }
}

/// All plans but those of the code 1, sorted by calling code; the main country of a shared code stands first.
/// Lengths are those of subscribers' numbers, fixed and mobile.
static PLANS: &[Plan] = &[
    plan("RU", 7, "8", 10, 10),
    plan("KZ", 7, "8", 10, 10),
    plan("EG", 20, "0", 8, 10),
    plan("ZA", 27, "0", 9, 9),
    plan("GR", 30, "", 10, 10),
    plan("NL", 31, "0", 9, 9),
    plan("BE", 32, "0", 8, 9),
    plan("FR", 33, "0", 9, 9),
    plan("ES", 34, "", 9, 9),
    plan("HU", 36, "06", 8, 9),
    plan("IT", 39, "", 6, 12),
    plan("VA", 39, "", 6, 12),
    plan("RO", 40, "0", 9, 9),
    plan("CH", 41, "0", 9, 9),
    plan("AT", 43, "0", 4, 13),
    plan("GB", 44, "0", 9, 10),
    plan("GG", 44, "0", 10, 10),
    plan("IM", 44, "0", 10, 10),
    plan("JE", 44, "0", 10, 10),
    plan("DK", 45, "", 8, 8),
    plan("SE", 46, "0", 7, 9),
    plan("NO", 47, "", 8, 8),
    plan("SJ", 47, "", 8, 8),
    plan("PL", 48, "", 9, 9),
    plan("DE", 49, "0", 5, 12),
    plan("PE", 51, "0", 8, 9),
    plan("MX", 52, "", 10, 10),
    plan("CU", 53, "0", 6, 10),
    plan("AR", 54, "0", 10, 11),
    plan("BR", 55, "0", 10, 11),
    plan("CL", 56, "", 9, 9),
    plan("CO", 57, "", 8, 10),
    plan("VE", 58, "0", 10, 10),
    plan("MY", 60, "0", 8, 10),
    plan("AU", 61, "0", 9, 9),
    plan("CC", 61, "0", 9, 9),
    plan("CX", 61, "0", 9, 9),
    plan("ID", 62, "0", 7, 12),
    plan("PH", 63, "0", 8, 10),
    plan("NZ", 64, "0", 8, 10),
    plan("PN", 64, "0", 8, 10),
    plan("SG", 65, "", 8, 8),
    plan("TH", 66, "0", 8, 9),
    plan("JP", 81, "0", 9, 10),
    plan("KR", 82, "0", 8, 10),
    plan("VN", 84, "0", 9, 10),
    plan("CN", 86, "0", 10, 11),
    plan("TR", 90, "0", 10, 10),
    plan("IN", 91, "0", 10, 10),
    plan("PK", 92, "0", 9, 10),
    plan("AF", 93, "0", 9, 9),
    plan("LK", 94, "0", 9, 9),
    plan("MM", 95, "0", 6, 10),
    plan("IR", 98, "0", 10, 10),
    plan("SS", 211, "0", 9, 9),
    plan("MA", 212, "0", 9, 9),
    plan("EH", 212, "0", 9, 9),
    plan("DZ", 213, "0", 8, 9),
    plan("TN", 216, "", 8, 8),
    plan("LY", 218, "0", 8, 9),
    plan("GM", 220, "", 7, 7),
    plan("SN", 221, "", 9, 9),
    plan("MR", 222, "", 8, 8),
    plan("ML", 223, "", 8, 8),
    plan("GN", 224, "", 8, 9),
    plan("CI", 225, "", 10, 10),
    plan("BF", 226, "", 8, 8),
    plan("NE", 227, "", 8, 8),
    plan("TG", 228, "", 8, 8),
    plan("BJ", 229, "", 8, 10),
    plan("MU", 230, "", 7, 8),
    plan("LR", 231, "0", 7, 9),
    plan("SL", 232, "0", 8, 8),
    plan("GH", 233, "0", 9, 9),
    plan("NG", 234, "0", 8, 10),
    plan("TD", 235, "", 8, 8),
    plan("CF", 236, "", 8, 8),
    plan("CM", 237, "", 9, 9),
    plan("CV", 238, "", 7, 7),
    plan("ST", 239, "", 7, 7),
    plan("GQ", 240, "", 9, 9),
    plan("GA", 241, "", 7, 8),
    plan("CG", 242, "", 9, 9),
    plan("CD", 243, "0", 7, 10),
    plan("AO", 244, "", 9, 9),
    plan("GW", 245, "", 9, 9),
    plan("IO", 246, "", 7, 7),
    plan("AC", 247, "", 4, 6),
    plan("SC", 248, "", 7, 7),
    plan("SD", 249, "0", 9, 9),
    plan("RW", 250, "0", 8, 9),
    plan("ET", 251, "0", 9, 9),
    plan("SO", 252, "0", 6, 9),
    plan("DJ", 253, "", 8, 8),
    plan("KE", 254, "0", 7, 9),
    plan("TZ", 255, "0", 9, 9),
    plan("UG", 256, "0", 9, 9),
    plan("BI", 257, "", 8, 8),
    plan("MZ", 258, "", 8, 9),
    plan("ZM", 260, "0", 9, 9),
    plan("MG", 261, "0", 9, 9),
    plan("RE", 262, "0", 9, 9),
    plan("TF", 262, "0", 9, 9),
    plan("YT", 262, "0", 9, 9),
    plan("ZW", 263, "0", 5, 10),
    plan("NA", 264, "0", 8, 9),
    plan("MW", 265, "0", 7, 9),
    plan("LS", 266, "", 8, 8),
    plan("BW", 267, "", 7, 8),
    plan("SZ", 268, "", 8, 8),
    plan("KM", 269, "", 7, 7),
    plan("SH", 290, "", 4, 5),
    plan("TA", 290, "", 4, 4),
    plan("ER", 291, "0", 7, 7),
    plan("AW", 297, "", 7, 7),
    plan("FO", 298, "", 6, 6),
    plan("GL", 299, "", 6, 6),
    plan("GI", 350, "", 8, 8),
    plan("PT", 351, "", 9, 9),
    plan("LU", 352, "", 4, 11),
    plan("IE", 353, "0", 7, 10),
    plan("IS", 354, "", 7, 9),
    plan("AL", 355, "0", 8, 9),
    plan("MT", 356, "", 8, 8),
    plan("CY", 357, "", 8, 8),
    plan("FI", 358, "0", 5, 10),
    plan("AX", 358, "0", 6, 10),
    plan("BG", 359, "0", 6, 9),
    plan("LT", 370, "0", 8, 8),
    plan("LV", 371, "", 8, 8),
    plan("EE", 372, "", 7, 8),
    plan("MD", 373, "0", 8, 8),
    plan("AM", 374, "0", 8, 8),
    plan("BY", 375, "8", 9, 9),
    plan("AD", 376, "", 6, 9),
    plan("MC", 377, "0", 8, 9),
    plan("SM", 378, "", 6, 10),
    plan("UA", 380, "0", 9, 9),
    plan("RS", 381, "0", 7, 10),
    plan("ME", 382, "0", 8, 8),
    plan("XK", 383, "0", 8, 9),
    plan("HR", 385, "0", 8, 9),
    plan("SI", 386, "0", 8, 8),
    plan("BA", 387, "0", 8, 9),
    plan("MK", 389, "0", 8, 8),
    plan("CZ", 420, "", 9, 9),
    plan("SK", 421, "0", 9, 9),
    plan("LI", 423, "0", 7, 9),
    plan("FK", 500, "", 5, 5),
    plan("GS", 500, "", 5, 5),
    plan("BZ", 501, "", 7, 7),
    plan("GT", 502, "", 8, 8),
    plan("SV", 503, "", 8, 8),
    plan("HN", 504, "", 8, 8),
    plan("NI", 505, "", 8, 8),
    plan("CR", 506, "", 8, 8),
    plan("PA", 507, "", 7, 8),
    plan("PM", 508, "0", 6, 9),
    plan("HT", 509, "", 8, 8),
    plan("GP", 590, "0", 9, 9),
    plan("BL", 590, "0", 9, 9),
    plan("MF", 590, "0", 9, 9),
    plan("BO", 591, "0", 8, 8),
    plan("GY", 592, "", 7, 7),
    plan("EC", 593, "0", 8, 9),
    plan("GF", 594, "0", 9, 9),
    plan("PY", 595, "0", 7, 9),
    plan("MQ", 596, "0", 9, 9),
    plan("SR", 597, "", 6, 7),
    plan("UY", 598, "0", 8, 8),
    plan("CW", 599, "", 7, 8),
    plan("BQ", 599, "", 7, 7),
    plan("TL", 670, "", 7, 8),
    plan("NF", 672, "", 6, 6),
    plan("AQ", 672, "", 6, 6),
    plan("HM", 672, "", 6, 6),
    plan("BN", 673, "", 7, 7),
    plan("NR", 674, "", 7, 7),
    plan("PG", 675, "", 7, 8),
    plan("TO", 676, "", 5, 7),
    plan("SB", 677, "", 5, 7),
    plan("VU", 678, "", 5, 7),
    plan("FJ", 679, "", 7, 7),
    plan("PW", 680, "", 7, 7),
    plan("WF", 681, "", 6, 6),
    plan("CK", 682, "", 5, 5),
    plan("NU", 683, "", 4, 7),
    plan("WS", 685, "", 5, 7),
    plan("KI", 686, "0", 5, 8),
    plan("NC", 687, "", 6, 6),
    plan("TV", 688, "", 5, 7),
    plan("PF", 689, "", 8, 8),
    plan("TK", 690, "", 4, 7),
    plan("FM", 691, "", 7, 7),
    plan("MH", 692, "1", 7, 7),
    plan("KP", 850, "0", 8, 10),
    plan("HK", 852, "", 8, 8),
    plan("MO", 853, "", 8, 8),
    plan("KH", 855, "0", 8, 9),
    plan("LA", 856, "0", 8, 10),
    plan("BD", 880, "0", 6, 10),
    plan("TW", 886, "0", 8, 9),
    plan("MV", 960, "", 7, 7),
    plan("LB", 961, "0", 7, 8),
    plan("JO", 962, "0", 8, 9),
    plan("SY", 963, "0", 8, 9),
    plan("IQ", 964, "0", 8, 10),
    plan("KW", 965, "", 8, 8),
    plan("SA", 966, "0", 9, 9),
    plan("YE", 967, "0", 7, 9),
    plan("OM", 968, "", 8, 8),
    plan("PS", 970, "0", 8, 9),
    plan("AE", 971, "0", 8, 9),
    plan("IL", 972, "0", 8, 9),
    plan("BH", 973, "", 8, 8),
    plan("QA", 974, "", 8, 8),
    plan("BT", 975, "", 7, 8),
    plan("MN", 976, "0", 8, 10),
    plan("NP", 977, "0", 8, 10),
    plan("TJ", 992, "", 9, 9),
    plan("TM", 993, "8", 8, 8),
    plan("AZ", 994, "0", 9, 9),
    plan("GE", 995, "0", 9, 9),
    plan("KG", 996, "0", 9, 9),
    plan("UZ", 998, "", 9, 9),
];

/// Countries and territories of the North American Numbering Plan, sorted.
pub(super) const NORTH_AMERICAN: &[&str] = &[
    "AG", "AI", "AS", "BB", "BM", "BS", "CA", "DM", "DO", "GD", "GU", "JM", "KN", "KY", "LC", "MP", "MS", "PR", "SX", "TC", "TT",
    "US", "VC", "VG", "VI",
];

static NORTH_AMERICAN_PLANS: &[Plan] = &[
    plan("AG", 1, "1", 10, 10),
    plan("AI", 1, "1", 10, 10),
    plan("AS", 1, "1", 10, 10),
    plan("BB", 1, "1", 10, 10),
    plan("BM", 1, "1", 10, 10),
    plan("BS", 1, "1", 10, 10),
    plan("CA", 1, "1", 10, 10),
    plan("DM", 1, "1", 10, 10),
    plan("DO", 1, "1", 10, 10),
    plan("GD", 1, "1", 10, 10),
    plan("GU", 1, "1", 10, 10),
    plan("JM", 1, "1", 10, 10),
    plan("KN", 1, "1", 10, 10),
    plan("KY", 1, "1", 10, 10),
    plan("LC", 1, "1", 10, 10),
    plan("MP", 1, "1", 10, 10),
    plan("MS", 1, "1", 10, 10),
    plan("PR", 1, "1", 10, 10),
    plan("SX", 1, "1", 10, 10),
    plan("TC", 1, "1", 10, 10),
    plan("TT", 1, "1", 10, 10),
    plan("US", 1, "1", 10, 10),
    plan("VC", 1, "1", 10, 10),
    plan("VG", 1, "1", 10, 10),
    plan("VI", 1, "1", 10, 10),
];

/// Calling codes of services that belong to no country: freephone, shared cost, satellite, international networks, premium rate.
const WITHOUT_COUNTRY: &[u16] = &[800, 808, 870, 878, 881, 882, 883, 888, 979];

/// Geographic area codes of the United States (North American Numbering Plan Administrator), each as a bit of eight hundred.
const UNITED_STATES: AreaCodes = AreaCodes::of(
    "201 202 203 205 206 207 208 209 210 212 213 214 215 216 217 218 219 220 223 224 225 227 228 229 231 234 235 239 240 248 251 252 \
     253 254 256 260 262 267 269 270 272 274 276 279 281 283 301 302 303 304 305 307 308 309 310 312 313 314 315 316 317 318 319 320 \
     321 323 324 325 326 327 329 330 331 332 334 336 337 339 341 346 347 350 351 352 353 357 360 361 363 364 369 380 385 386 401 402 \
     404 405 406 407 408 409 410 412 413 414 415 417 419 423 424 425 430 432 434 435 436 440 442 443 445 447 448 457 458 463 464 465 \
     469 470 471 472 475 478 479 480 483 484 501 502 503 504 505 507 508 509 510 512 513 515 516 517 518 520 530 531 534 539 540 541 \
     551 557 559 561 562 563 564 567 570 571 572 573 574 575 580 582 585 586 601 602 603 605 606 607 608 609 610 612 614 615 616 617 \
     618 619 620 621 623 624 626 628 629 630 631 636 640 641 645 646 650 651 656 657 659 660 661 662 667 669 678 680 681 682 686 689 \
     701 702 703 704 706 707 708 710 712 713 714 715 716 717 718 719 720 724 725 726 727 728 730 731 732 734 737 738 740 743 747 748 754 757 \
     760 762 763 765 769 770 771 772 773 774 775 779 781 785 786 801 802 803 804 805 806 808 810 812 813 814 815 816 817 818 820 821 \
     826 828 830 831 832 835 837 838 839 840 843 845 847 848 850 854 856 857 858 859 860 861 862 863 864 865 870 872 878 901 903 904 \
     906 907 908 909 910 912 913 914 915 916 917 918 919 920 924 925 928 929 930 931 934 936 937 938 940 941 943 945 947 948 949 951 \
     952 954 956 959 970 971 972 973 975 978 979 980 983 984 985 986 989",
);

/// Area codes of Canada (Canadian Numbering Administrator), with the non-geographic ones of that country.
const CANADA: AreaCodes = AreaCodes::of(
    "204 226 236 249 250 257 263 289 306 343 354 365 367 368 382 387 403 416 418 428 431 437 438 450 460 468 474 506 514 519 537 548 \
     579 581 584 587 600 604 613 622 633 639 644 647 655 672 677 683 688 705 709 742 753 778 780 782 807 819 825 867 873 879 902 905 \
     942",
);

/// Area codes of the other members of the plan.
const CARIBBEAN_AND_PACIFIC: &[(&str, &str)] = &[
    ("242", "BS"),
    ("246", "BB"),
    ("264", "AI"),
    ("268", "AG"),
    ("284", "VG"),
    ("340", "VI"),
    ("345", "KY"),
    ("441", "BM"),
    ("473", "GD"),
    ("649", "TC"),
    ("658", "JM"),
    ("664", "MS"),
    ("670", "MP"),
    ("671", "GU"),
    ("684", "AS"),
    ("721", "SX"),
    ("758", "LC"),
    ("767", "DM"),
    ("784", "VC"),
    ("787", "PR"),
    ("809", "DO"),
    ("829", "DO"),
    ("849", "DO"),
    ("868", "TT"),
    ("869", "KN"),
    ("876", "JM"),
    ("939", "PR"),
];

/// A set of three-digit codes as bits, filled when the program is compiled.
struct AreaCodes([u64; 16]);

impl AreaCodes {
    const fn of(list: &str) -> Self {
        let bytes = list.as_bytes();
        let mut bits = [0_u64; 16];
        let mut code = 0;
        let mut position = 0;
        while position < bytes.len() {
            if bytes[position] == b' ' {
                bits[code / 64] |= 1 << (code % 64);
                code = 0;
            } else {
                code = code * 10 + (bytes[position] - b'0') as usize;
            }
            position += 1;
        }
        bits[code / 64] |= 1 << (code % 64);
        Self(bits)
    }

    fn contains(&self, code: usize) -> bool {
        self.0.get(code / 64).is_some_and(|word| word >> (code % 64) & 1 == 1)
    }
}

/// Parts of a shared plan that belong to another territory than its main country: calling code, first digits, territory.
const PARTS: &[(u16, &str, &str)] = &[
    (7, "6", "KZ"),
    (7, "7", "KZ"),
    (39, "06698", "VA"),
    (44, "1481", "GG"),
    (44, "7781", "GG"),
    (44, "7839", "GG"),
    (44, "7911", "GG"),
    (44, "1534", "JE"),
    (44, "7509", "JE"),
    (44, "7797", "JE"),
    (44, "7829", "JE"),
    (44, "7937", "JE"),
    (44, "1624", "IM"),
    (44, "7524", "IM"),
    (44, "7624", "IM"),
    (44, "7924", "IM"),
    (44, "74576", "IM"),
    (47, "79", "SJ"),
    (61, "89162", "CC"),
    (61, "89164", "CX"),
    (212, "5288", "EH"),
    (212, "5289", "EH"),
    (262, "269", "YT"),
    (262, "639", "YT"),
    (290, "8", "TA"),
    (358, "18", "AX"),
    (599, "3", "BQ"),
    (599, "4", "BQ"),
    (599, "7", "BQ"),
];

/// The plan of a country or territory.
pub(super) fn of_region(region: &str) -> Option<&'static Plan> {
    let find = |plans: &'static [Plan]| plans.iter().find(|plan| plan.region.eq_ignore_ascii_case(region.trim()));
    find(NORTH_AMERICAN_PLANS).or_else(|| find(PLANS))
}

/// The country calling code of a country or territory, by ISO 3166-1 alpha-2 code.
///
/// ```
/// assert_eq!(bonafide_normalise::phone::calling_code("IS"), Some(354));
/// ```
#[must_use]
pub fn calling_code(region: &str) -> Option<u16> {
    of_region(region).map(|plan| plan.code)
}

fn plans_of_code(code: u16) -> &'static [Plan] {
    if code == 1 {
        return NORTH_AMERICAN_PLANS;
    }
    let start = PLANS.partition_point(|plan| plan.code < code);
    let length = PLANS[start..].partition_point(|plan| plan.code == code);
    &PLANS[start..start + length]
}

/// Splits an assigned calling code off; codes are prefix-free.
pub(super) fn split_code(digits: &str) -> Option<(u16, &str)> {
    (1..=3).find_map(|length| {
        let code: u16 = digits.get(..length)?.parse().ok()?;
        let is_assigned = !plans_of_code(code).is_empty() || WITHOUT_COUNTRY.contains(&code);
        (is_assigned && !digits.starts_with('0')).then(|| (code, &digits[length..]))
    })
}

/// The digits of a calling code.
pub(super) fn code_text(code: u16) -> String {
    code.to_string()
}

/// Whether a national number of this length is usual under a calling code.
pub(super) fn has_usual_length(code: u16, length: usize) -> bool {
    plans_of_code(code).iter().any(|plan| plan.fits(length)) || (WITHOUT_COUNTRY.contains(&code) && length >= 7)
}

/// Drops what is dialled only inside the country: `+44 020…` is `+44 20…`; `+52 1…` is the mobile mark Mexico gave up in 2019.
pub(super) fn without_trunk_prefix(code: u16, national: &str) -> &str {
    let Some(plan) = plans_of_code(code).first() else { return national };
    // Where the trunk prefix is 0 no national number begins with 0; other prefixes are digits that numbers may begin with.
    let prefix = if code == 52 { "1" } else { plan.trunk };
    let mut rest = national;
    while !prefix.is_empty()
        && (prefix == "0" || !plan.fits(rest.len()))
        && let Some(shorter) =
            rest.strip_prefix(prefix).filter(|shorter| shorter.len() >= 4 && code_text(code).len() + shorter.len() >= 7)
    {
        rest = shorter;
    }
    rest
}

/// What national notation puts before a number, longest first.
pub(super) fn national_prefixes(plan: &Plan) -> impl Iterator<Item = &'static str> {
    let others: &[&str] = match plan.region {
        // Long distance and mobile prefixes that Mexico gave up in 2019.
        "MX" => &["044", "045", "01"],
        // Carrier selection: 0, two digits of the carrier, area code, number.
        "BR" => &["015", "021", "031", "041", "014", "012", "024", "025"],
        // Trunk prefixes of older notations.
        "CO" => &["03", "0"],
        "LT" => &["8"],
        "BY" => &["80"],
        "MN" => &["01", "02"],
        _ => &[],
    };
    let trunk = if plan.trunk.is_empty() { None } else { Some(plan.trunk) };
    trunk.into_iter().chain(others.iter().copied())
}

/// The prefix before an international number where it is not `00`.
pub(super) fn international_prefix(plan: &Plan) -> &'static str {
    match plan.region {
        _ if plan.code == 1 => "011",
        "MH" => "011",
        "AU" | "CC" | "CX" => "0011",
        "RU" | "KZ" | "BY" | "TJ" | "TM" => "810",
        "CU" => "119",
        "GY" | "HK" | "KH" | "MN" | "SG" | "TH" | "ID" | "KR" => "001",
        "JP" => "010",
        "KE" | "TZ" | "UG" => "000",
        "NG" => "009",
        "TW" => "002",
        _ => "00",
    }
}

/// Countries whose ten-digit numbers are written 3-3-4, parentheses included, in spite of a trunk prefix.
pub(super) fn writes_ten_digits_bare(plan: &Plan) -> bool {
    matches!(plan.region, "TR" | "RU" | "KZ" | "VE")
}

/// Whether ten digits are a mobile number of a plan whose people write mobile numbers without trunk prefix.
pub(super) fn is_ten_digit_mobile(plan: &Plan, ten: &str) -> bool {
    let first = ten.as_bytes().first().copied().unwrap_or_default();
    match plan.region {
        "IN" => matches!(first, b'6'..=b'9'),
        "PH" | "IR" | "NP" => first == b'9',
        "PK" => first == b'3',
        "NG" => matches!(first, b'7'..=b'9'),
        "BD" | "EG" => first == b'1',
        _ => false,
    }
}

/// Territories that keep a part of a plan for themselves and share the rest (mobile numbers) with the main country.
const SHARING: &[&str] = &["AX", "CC", "CX", "EH", "SJ", "VA"];

/// The countries and territories a number may belong to: the main country of the plan first, the others sorted.
pub(super) fn regions(code: u16, national: &str) -> Vec<&'static str> {
    if code == 1 {
        return north_american_regions(national);
    }
    if let Some(&(_, _, region)) = PARTS.iter().find(|(of, start, _)| *of == code && national.starts_with(start)) {
        return vec![region];
    }
    // What has a part of its own lies outside the rest, unless it shares that too.
    let has_part = |region: &str| PARTS.iter().any(|(of, _, part)| *of == code && *part == region);
    let regions = plans_of_code(code).iter().map(|plan| plan.region);
    regions.filter(|region| SHARING.contains(region) || !has_part(region)).collect()
}

fn north_american_regions(national: &str) -> Vec<&'static str> {
    let area = national.get(..3).unwrap_or_default();
    if let Some(&(_, region)) = CARIBBEAN_AND_PACIFIC.iter().find(|(code, _)| *code == area) {
        return vec![region];
    }
    match area.parse::<usize>() {
        Ok(code) if CANADA.contains(code) => vec!["CA"],
        Ok(code) if UNITED_STATES.contains(code) => vec!["US"],
        // Toll-free, personal and unassigned codes tell no country.
        _ => std::iter::once("US").chain(NORTH_AMERICAN.iter().copied().filter(|region| *region != "US")).collect(),
    }
}
