//! Chinese syllables in Latin: Wade–Giles and Cantonese spellings brought to pinyin.

/// The pinyin of one syllable in Wade–Giles without marks ("hsiao" → "xiao", "tsung" → "zong"), where the spelling is not pinyin
/// itself. Without its aspiration marks Wade–Giles is ambiguous; the answer is the commoner reading in names.
///
/// ```
/// use bonafide_normalise::script::han::pinyin_of_wade_giles;
/// assert_eq!(pinyin_of_wade_giles("hsiung").as_deref(), Some("xiong"));
/// assert_eq!(pinyin_of_wade_giles("marlowe"), None);
/// ```
#[must_use]
pub fn pinyin_of_wade_giles(syllable: &str) -> Option<String> {
    if !(2..=6).contains(&syllable.len()) || !syllable.is_ascii() {
        return None;
    }
    let (onset, rime) =
        WADE_GILES_ONSETS.iter().find_map(|&(spelling, onset)| Some((onset, syllable.strip_prefix(spelling)?)))?;
    let rime = WADE_GILES_RIMES.iter().find(|(spelling, _)| *spelling == rime)?.1;
    let onset = match (onset, rime.as_bytes().first()) {
        ("zh", Some(b'i' | b'v')) if rime != "i" => "j",
        (onset, _) => onset,
    };
    Some(format!("{onset}{}", rime.replace('v', "u")))
}

/// Pinyin surnames that a spelling of another habit stands for: Cantonese (Hong Kong government), Hokkien and Wade–Giles.
#[must_use]
pub fn surnames(spelling: &str) -> &'static [&'static str] {
    SURNAMES.binary_search_by(|(known, _)| (*known).cmp(spelling)).map_or(&[], |found| SURNAMES[found].1)
}

/// Onsets of Wade–Giles that pinyin spells otherwise.
const WADE_GILES_ONSETS: &[(&str, &str)] = &[("hs", "x"), ("tz", "z"), ("ts", "z"), ("ch", "zh"), ("ss", "s")];

const WADE_GILES_RIMES: &[(&str, &str)] = &[
    ("a", "a"),
    ("ai", "ai"),
    ("an", "an"),
    ("ang", "ang"),
    ("ao", "ao"),
    ("ei", "ei"),
    ("en", "en"),
    ("eng", "eng"),
    ("i", "i"),
    ("ia", "ia"),
    ("iang", "iang"),
    ("iao", "iao"),
    ("ieh", "ie"),
    ("ien", "ian"),
    ("ih", "i"),
    ("in", "in"),
    ("ing", "ing"),
    ("iu", "iu"),
    ("iung", "iong"),
    ("o", "e"),
    ("ou", "ou"),
    ("u", "u"),
    ("uan", "uan"),
    ("uang", "uang"),
    ("ueh", "ue"),
    ("ui", "ui"),
    ("un", "un"),
    ("ung", "ong"),
    ("uo", "uo"),
];

/// Sorted. Readings by general knowledge of the Hong Kong government's romanisation and of Hokkien habits.
const SURNAMES: &[(&str, &[&str])] = &[
    ("au", &["ou"]),
    ("chan", &["chen"]),
    ("chau", &["zhou"]),
    ("cheng", &["zheng"]),
    ("cheung", &["zhang"]),
    ("chiang", &["jiang"]),
    ("chin", &["chen", "qian"]),
    ("chiu", &["zhao"]),
    ("choi", &["cai"]),
    ("chow", &["zhou"]),
    ("chu", &["zhu"]),
    ("chua", &["cai"]),
    ("chui", &["xu"]),
    ("fong", &["fang"]),
    ("foo", &["fu"]),
    ("fung", &["feng"]),
    ("goh", &["wu"]),
    ("ha", &["xia"]),
    ("heung", &["xiang"]),
    ("ho", &["he"]),
    ("hui", &["xu"]),
    ("hung", &["hong"]),
    ("ip", &["ye"]),
    ("kam", &["gan", "jin"]),
    ("keung", &["jiang"]),
    ("koo", &["gu"]),
    ("kwan", &["guan"]),
    ("kwok", &["guo"]),
    ("kwong", &["kuang"]),
    ("lai", &["li"]),
    ("lam", &["lin"]),
    ("lau", &["liu"]),
    ("law", &["luo"]),
    ("lee", &["li"]),
    ("leung", &["liang"]),
    ("lim", &["lin"]),
    ("lo", &["luo", "lu"]),
    ("loh", &["luo"]),
    ("lui", &["lu", "lei"]),
    ("mak", &["mai"]),
    ("mok", &["mo"]),
    ("mui", &["mei"]),
    ("ng", &["wu", "huang"]),
    ("ngai", &["wei"]),
    ("ong", &["wang"]),
    ("poon", &["pan"]),
    ("shek", &["shi"]),
    ("shum", &["shen"]),
    ("siu", &["xiao"]),
    ("sung", &["song"]),
    ("sze", &["shi"]),
    ("szeto", &["situ"]),
    ("tam", &["tan"]),
    ("tan", &["chen"]),
    ("tang", &["deng"]),
    ("teo", &["zhang"]),
    ("tong", &["tang"]),
    ("tsai", &["cai"]),
    ("tsang", &["zeng"]),
    ("tse", &["xie"]),
    ("tsui", &["xu"]),
    ("wai", &["wei"]),
    ("wong", &["wang", "huang"]),
    ("woo", &["hu"]),
    ("yam", &["ren"]),
    ("yau", &["qiu"]),
    ("yeung", &["yang"]),
    ("yick", &["yi"]),
    ("yim", &["yan"]),
    ("yip", &["ye"]),
    ("yiu", &["yao"]),
    ("yuen", &["yuan", "ruan"]),
    ("yung", &["rong"]),
];

#[cfg(test)]
mod tests {
    #[test]
    fn surnames_are_sorted() {
        assert!(super::SURNAMES.windows(2).all(|pair| pair[0].0 < pair[1].0));
    }
}
