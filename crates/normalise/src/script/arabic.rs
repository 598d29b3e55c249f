//! Arabic and Persian words: the script writes consonants and long vowels; Latin spellings of one name differ in all the others.
//! The base form here is the letters as written; [`super::sound::consonants`] brings both scripts to one skeleton. Frequent names
//! are given with their vowels, since short ones ("علي") have hardly a skeleton.

use super::MAX_WORD;

/// Appends the Latin letters of an Arabic or Persian word.
pub(super) fn romanise_into(word: &str, roman: &mut String) {
    let mut plain = String::with_capacity(word.len());
    plain.extend(word.chars().filter_map(plain_letter));
    if let Ok(found) = NAMES.binary_search_by(|(arabic, _)| (*arabic).cmp(plain.as_str())) {
        roman.push_str(NAMES[found].1);
        return;
    }
    let (article, stem) = match plain.strip_prefix("ال") {
        Some(stem) if stem.chars().count() >= 3 => ("al", stem),
        _ => ("", plain.as_str()),
    };
    roman.push_str(article);
    if let (false, Ok(found)) = (article.is_empty(), NAMES.binary_search_by(|(arabic, _)| (*arabic).cmp(stem))) {
        roman.push_str(NAMES[found].1);
        return;
    }
    let count = stem.chars().count();
    for (index, letter) in stem.chars().enumerate() {
        if roman.len() >= MAX_WORD {
            return;
        }
        let latin = match letter {
            'ا' | 'ع' => "a",
            'ب' => "b",
            'پ' => "p",
            'ت' | 'ط' | 'ة' if index + 1 < count || letter != 'ة' => "t",
            'ة' => "a",
            'ث' => "th",
            'ج' => "j",
            'چ' => "ch",
            'ح' | 'ه' => "h",
            'خ' => "kh",
            'د' | 'ض' => "d",
            'ذ' => "dh",
            'ر' => "r",
            'ز' | 'ظ' => "z",
            'ژ' => "zh",
            'س' | 'ص' => "s",
            'ش' => "sh",
            'غ' => "gh",
            'ف' => "f",
            'ق' => "q",
            'ك' => "k",
            'گ' => "g",
            'ل' => "l",
            'م' => "m",
            'ن' => "n",
            'و' if index == 0 => "w",
            'و' => "u",
            'ي' if index == 0 => "y",
            'ي' => "i",
            other => {
                roman.extend(other.is_ascii_alphanumeric().then(|| other.to_ascii_lowercase()));
                ""
            }
        };
        roman.push_str(latin);
    }
}

/// One form for the letters that keyboards and orthographies tell apart and readers do not; vowel signs and stretching are dropped.
const fn plain_letter(letter: char) -> Option<char> {
    Some(match letter {
        'أ' | 'إ' | 'آ' | 'ٱ' => 'ا',
        'ى' | 'ی' | 'ې' | 'ے' | 'ئ' => 'ي',
        'ک' | 'ڪ' => 'ك',
        'ؤ' => 'و',
        'ہ' | 'ھ' | 'ە' | 'ۀ' => 'ه',
        'ټ' | 'ٹ' => 'ت',
        'ډ' | 'ڈ' => 'د',
        'ړ' | 'ڑ' => 'ر',
        'ں' | 'ڼ' => 'ن',
        'ګ' => 'گ',
        'ښ' => 'ش',
        'ږ' => 'ژ',
        'څ' => 'س',
        'ځ' => 'ز',
        'ء' | 'ـ' | '\u{064B}'..='\u{065F}' | '\u{0670}' | '\u{06D6}'..='\u{06ED}' => return None,
        other => other,
    })
}

/// Frequent names in plain letters, with one Latin spelling each (general knowledge; the spelling is that of the Library of Congress
/// romanisation without marks). Sorted.
const NAMES: &[(&str, &str)] = &[
    ("ابراهيم", "ibrahim"),
    ("ابو", "abu"),
    ("احمد", "ahmad"),
    ("ادريس", "idris"),
    ("اسامة", "usama"),
    ("اسامه", "usama"),
    ("اسماعيل", "ismail"),
    ("ال", "al"),
    ("امير", "amir"),
    ("امين", "amin"),
    ("انور", "anwar"),
    ("بشار", "bashar"),
    ("بكر", "bakr"),
    ("بن", "bin"),
    ("جعفر", "jafar"),
    ("جمال", "jamal"),
    ("حامد", "hamid"),
    ("حسن", "hasan"),
    ("حسين", "husayn"),
    ("حمد", "hamad"),
    ("حميد", "hamid"),
    ("خالد", "khalid"),
    ("خليل", "khalil"),
    ("داود", "dawud"),
    ("رحمان", "rahman"),
    ("رحمن", "rahman"),
    ("رشيد", "rashid"),
    ("رضا", "rida"),
    ("زهرا", "zahra"),
    ("سالم", "salim"),
    ("سعد", "saad"),
    ("سعود", "saud"),
    ("سعيد", "said"),
    ("سليمان", "sulayman"),
    ("سمير", "samir"),
    ("سيد", "sayyid"),
    ("شريف", "sharif"),
    ("صادق", "sadiq"),
    ("صالح", "salih"),
    ("طارق", "tariq"),
    ("طه", "taha"),
    ("عباس", "abbas"),
    ("عبد", "abd"),
    ("عبدالرحمان", "abdulrahman"),
    ("عبدالرحمن", "abdulrahman"),
    ("عبدالله", "abdullah"),
    ("عثمان", "uthman"),
    ("عزيز", "aziz"),
    ("علي", "ali"),
    ("عمر", "umar"),
    ("عيسي", "isa"),
    ("فاطمة", "fatima"),
    ("فاطمه", "fatima"),
    ("فهد", "fahd"),
    ("فيصل", "faysal"),
    ("قاسم", "qasim"),
    ("كريم", "karim"),
    ("لله", "llah"),
    ("ماجد", "majid"),
    ("محسن", "muhsin"),
    ("محمد", "muhammad"),
    ("محمود", "mahmud"),
    ("مريم", "maryam"),
    ("مصطفي", "mustafa"),
    ("مهدي", "mahdi"),
    ("موسي", "musa"),
    ("ناصر", "nasir"),
    ("نصر", "nasr"),
    ("نور", "nur"),
    ("هاشم", "hashim"),
    ("هشام", "hisham"),
    ("ياسر", "yasir"),
    ("يحيي", "yahya"),
    ("يوسف", "yusuf"),
    ("يونس", "yunus"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_sorted_and_plain() {
        assert!(NAMES.windows(2).all(|pair| pair[0].0 < pair[1].0), "{:?}", NAMES.windows(2).find(|p| p[0].0 >= p[1].0));
        assert!(NAMES.iter().all(|(arabic, _)| arabic.chars().all(|c| plain_letter(c) == Some(c))));
    }
}
