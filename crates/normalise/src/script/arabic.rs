//! Arabic and Persian words: the script writes consonants and long vowels; Latin spellings of one name differ in all the others.
//! The base form here is the letters as written; [`super::sound::consonants`] brings both scripts to one skeleton. Frequent names
//! are given with their vowels, since short ones ("علي") have hardly a skeleton.

use super::MAX_WORD;

/// The words that a word is written together of: the article and what it stands before ("الحسن" → "ال", "حسن"), and the servant of
/// one of God's names ("عبدالستار" → "عبد", "ال", "ستار"), as Latin spellings write them apart. A word that is none of these stands
/// alone.
#[must_use]
pub fn parts(word: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut rest = word;
    if let Some(behind) = rest.strip_prefix("عبد")
        && behind.starts_with("ال")
        && behind.chars().count() >= 5
    {
        parts.push(&rest[..rest.len() - behind.len()]);
        rest = behind;
    }
    for article in ["ال", "ٱل"] {
        if let Some(stem) = rest.strip_prefix(article)
            && stem.chars().filter(|&c| plain_letter(c).is_some()).count() >= 3
            && !stem.starts_with("له")
            && !stem.starts_with("لہ")
        {
            parts.push(article);
            rest = stem;
            break;
        }
    }
    parts.push(rest);
    parts
}

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
    ("احمدي", "ahmadi"),
    ("ادريس", "idris"),
    ("اسامة", "usama"),
    ("اسامه", "usama"),
    ("اسلام", "islam"),
    ("اسماعيل", "ismail"),
    ("اشرف", "ashraf"),
    ("اصغر", "asghar"),
    ("اكبر", "akbar"),
    ("ال", "al"),
    ("امير", "amir"),
    ("امين", "amin"),
    ("انس", "anas"),
    ("انور", "anwar"),
    ("ايمن", "ayman"),
    ("باسم", "basim"),
    ("بدر", "badr"),
    ("بشار", "bashar"),
    ("بشير", "bashir"),
    ("بصير", "basir"),
    ("بغدادي", "baghdadi"),
    ("بكر", "bakr"),
    ("بلال", "bilal"),
    ("بن", "bin"),
    ("تركي", "turki"),
    ("تكريتي", "tikriti"),
    ("توفيق", "tawfiq"),
    ("تونسي", "tunisi"),
    ("جابر", "jabir"),
    ("جاسم", "jasim"),
    ("جبار", "jabbar"),
    ("جعفر", "jafar"),
    ("جعفري", "jafari"),
    ("جمال", "jamal"),
    ("جميل", "jamil"),
    ("جواد", "jawad"),
    ("حاتم", "hatim"),
    ("حاج", "hajj"),
    ("حاجي", "haji"),
    ("حازم", "hazim"),
    ("حامد", "hamid"),
    ("حبيب", "habib"),
    ("حربي", "harbi"),
    ("حسام", "husam"),
    ("حسن", "hasan"),
    ("حسين", "husayn"),
    ("حسيني", "husayni"),
    ("حكيم", "hakim"),
    ("حمد", "hamad"),
    ("حميد", "hamid"),
    ("حيدر", "haydar"),
    ("خالد", "khalid"),
    ("خان", "khan"),
    ("خليفة", "khalifa"),
    ("خليل", "khalil"),
    ("داود", "dawud"),
    ("دين", "din"),
    ("ذوالفقار", "dhulfiqar"),
    ("راشد", "rashid"),
    ("رامي", "rami"),
    ("رايد", "raid"),
    ("ربيع", "rabi"),
    ("رحمان", "rahman"),
    ("رحمن", "rahman"),
    ("رحيم", "rahim"),
    ("رشيد", "rashid"),
    ("رضا", "rida"),
    ("رضايي", "ridai"),
    ("رفيق", "rafiq"),
    ("رمضان", "ramadan"),
    ("رياض", "riyad"),
    ("زاده", "zada"),
    ("زكريا", "zakariya"),
    ("زكي", "zaki"),
    ("زهرا", "zahra"),
    ("زياد", "ziyad"),
    ("زيد", "zayd"),
    ("زينب", "zaynab"),
    ("ساره", "sara"),
    ("سالم", "salim"),
    ("سامي", "sami"),
    ("سباعي", "sibai"),
    ("ستار", "sattar"),
    ("سعد", "saad"),
    ("سعدي", "saadi"),
    ("سعود", "saud"),
    ("سعيد", "said"),
    ("سلطان", "sultan"),
    ("سلمان", "salman"),
    ("سليم", "salim"),
    ("سليمان", "sulayman"),
    ("سمير", "samir"),
    ("سهيل", "suhayl"),
    ("سيد", "sayyid"),
    ("سيف", "sayf"),
    ("شاكر", "shakir"),
    ("شامي", "shami"),
    ("شاه", "shah"),
    ("شريف", "sharif"),
    ("شيخ", "shaykh"),
    ("صابر", "sabir"),
    ("صادق", "sadiq"),
    ("صادقي", "sadiqi"),
    ("صالح", "salih"),
    ("صدام", "saddam"),
    ("صلاح", "salah"),
    ("ضيا", "diya"),
    ("طارق", "tariq"),
    ("طاهر", "tahir"),
    ("طه", "taha"),
    ("ظواهري", "zawahiri"),
    ("عادل", "adil"),
    ("عارف", "arif"),
    ("عامر", "amir"),
    ("عباس", "abbas"),
    ("عبد", "abd"),
    ("عبدالرحمان", "abdulrahman"),
    ("عبدالرحمن", "abdulrahman"),
    ("عبدالله", "abdullah"),
    ("عبيد", "ubayd"),
    ("عثمان", "uthman"),
    ("عدنان", "adnan"),
    ("عراقي", "iraqi"),
    ("عزيز", "aziz"),
    ("عصام", "isam"),
    ("علوي", "alawi"),
    ("علي", "ali"),
    ("عماد", "imad"),
    ("عمار", "ammar"),
    ("عمر", "umar"),
    ("عيسي", "isa"),
    ("غازي", "ghazi"),
    ("غسان", "ghassan"),
    ("غفور", "ghafur"),
    ("غلام", "ghulam"),
    ("فارس", "faris"),
    ("فاروق", "faruq"),
    ("فاطمة", "fatima"),
    ("فاطمه", "fatima"),
    ("فايز", "fayiz"),
    ("فريد", "farid"),
    ("فضل", "fadl"),
    ("فضيل", "fudayl"),
    ("فهد", "fahd"),
    ("فواد", "fuad"),
    ("فيصل", "faysal"),
    ("قادر", "qadir"),
    ("قاسم", "qasim"),
    ("قدير", "qadir"),
    ("كاظم", "kazim"),
    ("كريم", "karim"),
    ("كريمي", "karimi"),
    ("كمال", "kamal"),
    ("لطفي", "lutfi"),
    ("لطيف", "latif"),
    ("لله", "llah"),
    ("ليبي", "libi"),
    ("ماجد", "majid"),
    ("مالك", "malik"),
    ("مبارك", "mubarak"),
    ("مجيد", "majid"),
    ("محسن", "muhsin"),
    ("محمد", "muhammad"),
    ("محمدي", "muhammadi"),
    ("محمود", "mahmud"),
    ("مختار", "mukhtar"),
    ("مراد", "murad"),
    ("مرادي", "muradi"),
    ("مروان", "marwan"),
    ("مريم", "maryam"),
    ("مسعود", "masud"),
    ("مصري", "misri"),
    ("مصطفي", "mustafa"),
    ("مظفر", "muzaffar"),
    ("معاذ", "muadh"),
    ("معمر", "muammar"),
    ("مقداد", "miqdad"),
    ("ملا", "mulla"),
    ("منان", "mannan"),
    ("منصور", "mansur"),
    ("منير", "munir"),
    ("مهدي", "mahdi"),
    ("مهند", "muhannad"),
    ("موسوي", "musawi"),
    ("موسي", "musa"),
    ("مولوي", "mawlawi"),
    ("ناجي", "naji"),
    ("نادر", "nadir"),
    ("ناصر", "nasir"),
    ("نبيل", "nabil"),
    ("نجيب", "najib"),
    ("نزار", "nizar"),
    ("نصر", "nasr"),
    ("نعمان", "numan"),
    ("نعيم", "naim"),
    ("نور", "nur"),
    ("نژاد", "nijad"),
    ("هاشم", "hashim"),
    ("هاشمي", "hashimi"),
    ("هاني", "hani"),
    ("هشام", "hisham"),
    ("وسام", "wisam"),
    ("وليد", "walid"),
    ("وهاب", "wahhab"),
    ("ياسر", "yasir"),
    ("ياسين", "yasin"),
    ("يحيي", "yahya"),
    ("يعقوب", "yaqub"),
    ("يوسف", "yusuf"),
    ("يونس", "yunus"),
    ("پور", "pur"),
    ("گل", "gul"),
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
