//! Arabic and Persian words: the script writes consonants and long vowels; Latin spellings of one name differ in all the others.
//! The base form here is the letters as written; [`super::sound::consonants`] brings both scripts to one skeleton. Frequent names
//! are given with their vowels, since short ones ("علي") have hardly a skeleton.

use super::MAX_WORD;
use super::sound::{self, Sounds};

/// The words that a word is written together of: "father of" ("أبوغيث" → "أبو", "غيث"), the article and what it stands before ("الحسن" → "ال", "حسن"), and the servant of
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
    // "أبوغيث" is "Abu Ghayth".
    for father in ["ابو", "أبو"] {
        if let Some(behind) = rest.strip_prefix(father)
            && behind.chars().filter(|&c| plain_letter(c).is_some()).count() >= 3
        {
            parts.push(father);
            rest = behind;
            break;
        }
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
    let plain: String = word.chars().filter_map(plain_letter).collect();
    let (article, stem) = Stem::of(&plain);
    roman.push_str(article);
    match stem {
        Stem::Name(name) => roman.push_str(name),
        Stem::Letters(stem) => roman.extend(letters_in_latin(stem).take(MAX_WORD)),
    }
}

/// The sounds of an Arabic or Persian word, letter by letter: in Latin letters two consonants in a row may look like one, and no vowel
/// tells them apart ("صحراوي" has an "s" and an "h", not a "sh").
#[must_use]
pub fn sounds(word: &str) -> Sounds {
    let plain: String = word.chars().filter_map(plain_letter).collect();
    match Stem::of(&plain) {
        ("", Stem::Name(name)) => sound::sounds(name),
        (article, Stem::Name(name)) => sound::sounds(&format!("{article}{name}")),
        (article, Stem::Letters(stem)) => sound::sounds_of_letters(std::iter::once(article).chain(letters_in_latin(stem))),
    }
}

/// A word without its article: a known name, or letters.
enum Stem<'w> {
    Name(&'static str),
    Letters(&'w str),
}

impl<'w> Stem<'w> {
    /// The article in Latin letters, and what stands behind it.
    fn of(plain: &'w str) -> (&'static str, Self) {
        let named = |word: &str| NAMES.binary_search_by(|(arabic, _)| (*arabic).cmp(word)).ok().map(|found| NAMES[found].1);
        if let Some(name) = named(plain) {
            return ("", Self::Name(name));
        }
        match plain.strip_prefix("ال") {
            Some(stem) if stem.chars().count() >= 3 => ("al", named(stem).map_or(Self::Letters(stem), Self::Name)),
            _ => ("", Self::Letters(plain)),
        }
    }
}

/// The Latin letters of each letter of a word.
fn letters_in_latin(stem: &str) -> impl Iterator<Item = &'static str> {
    let count = stem.chars().count();
    stem.chars().enumerate().map(move |(index, letter)| match letter {
        'ا' | 'ع' => "a",
        'ب' => "b",
        'پ' => "p",
        'ت' | 'ط' => "t",
        'ة' if index + 1 < count => "t",
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
        ascii if ascii.is_ascii_alphanumeric() => in_ascii(ascii),
        _ => "",
    })
}

/// A letter or digit that stands among Arabic ones, as it is.
fn in_ascii(character: char) -> &'static str {
    const ALL: &str = "0123456789abcdefghijklmnopqrstuvwxyz";
    let place = ALL.find(character.to_ascii_lowercase()).unwrap_or_default();
    &ALL[place..=place]
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
    ("ابراهيمي", "ibrahimi"),
    ("ابو", "abu"),
    ("احمد", "ahmad"),
    ("احمدرضا", "ahmadrida"),
    ("احمدي", "ahmadi"),
    ("اخوند", "akhund"),
    ("ادريس", "idris"),
    ("اسامة", "usama"),
    ("اسامه", "usama"),
    ("اسد", "asad"),
    ("اسعد", "asad"),
    ("اسلام", "islam"),
    ("اسماعيل", "ismail"),
    ("اسماعيلي", "ismaili"),
    ("اشرف", "ashraf"),
    ("اصغر", "asghar"),
    ("افغاني", "afghani"),
    ("اكبر", "akbar"),
    ("اكبري", "akbari"),
    ("اكرم", "akram"),
    ("ال", "al"),
    ("الله", "allah"),
    ("الياس", "ilyas"),
    ("امامي", "imami"),
    ("امجد", "amjad"),
    ("امير", "amir"),
    ("امين", "amin"),
    ("اندونيسي", "indunisi"),
    ("انس", "anas"),
    ("انور", "anwar"),
    ("انيس", "anis"),
    ("اياد", "iyad"),
    ("ايرج", "iraj"),
    ("ايمن", "ayman"),
    ("ايهاب", "ihab"),
    ("ايوب", "ayyub"),
    ("باسم", "basim"),
    ("باقر", "baqir"),
    ("باقري", "baqiri"),
    ("بدر", "badr"),
    ("برهان", "burhan"),
    ("بسام", "bassam"),
    ("بشار", "bashar"),
    ("بشير", "bashir"),
    ("بصري", "basri"),
    ("بصير", "basir"),
    ("بغدادي", "baghdadi"),
    ("بكر", "bakr"),
    ("بلال", "bilal"),
    ("بن", "bin"),
    ("بها", "baha"),
    ("بهجت", "bahjat"),
    ("بهروز", "bihruz"),
    ("بهزاد", "bihzad"),
    ("تاج", "taj"),
    ("تركي", "turki"),
    ("تقي", "taqi"),
    ("تكريتي", "tikriti"),
    ("تواب", "tawwab"),
    ("توفيق", "tawfiq"),
    ("تونسي", "tunisi"),
    ("تيسير", "taysir"),
    ("ثامر", "thamir"),
    ("ثنا", "sana"),
    ("جابر", "jabir"),
    ("جاسم", "jasim"),
    ("جبار", "jabbar"),
    ("جبوري", "juburi"),
    ("جزايري", "jazairi"),
    ("جعفر", "jafar"),
    ("جعفري", "jafari"),
    ("جلال", "jalal"),
    ("جليلي", "jalili"),
    ("جمال", "jamal"),
    ("جمشيد", "jamshid"),
    ("جميل", "jamil"),
    ("جهاد", "jihad"),
    ("جواد", "jawad"),
    ("حاتم", "hatim"),
    ("حاج", "hajj"),
    ("حاجي", "haji"),
    ("حازم", "hazim"),
    ("حافظ", "hafiz"),
    ("حامد", "hamid"),
    ("حبيب", "habib"),
    ("حبيبي", "habibi"),
    ("حجازي", "hijazi"),
    ("حربي", "harbi"),
    ("حسام", "husam"),
    ("حسن", "hasan"),
    ("حسني", "husni"),
    ("حسين", "husayn"),
    ("حسيني", "husayni"),
    ("حق", "haqq"),
    ("حقاني", "haqqani"),
    ("حكيم", "hakim"),
    ("حليم", "halim"),
    ("حمد", "hamad"),
    ("حمدان", "hamdan"),
    ("حمدي", "hamdi"),
    ("حمزة", "hamza"),
    ("حمزه", "hamza"),
    ("حميد", "hamid"),
    ("حميدرضا", "hamidrida"),
    ("حي", "hayy"),
    ("حيدر", "haydar"),
    ("حيدري", "haydari"),
    ("خالد", "khalid"),
    ("خالق", "khaliq"),
    ("خان", "khan"),
    ("خضر", "khidr"),
    ("خلف", "khalaf"),
    ("خليفة", "khalifa"),
    ("خليل", "khalil"),
    ("خليلي", "khalili"),
    ("خير", "khayr"),
    ("خيري", "khayri"),
    ("داود", "dawud"),
    ("دحلان", "dahlan"),
    ("دليمي", "dulaymi"),
    ("دين", "din"),
    ("ذوالفقار", "dhulfiqar"),
    ("ذياب", "dhiyab"),
    ("راشد", "rashid"),
    ("راضي", "radi"),
    ("رافع", "rafi"),
    ("رامي", "rami"),
    ("راوي", "rawi"),
    ("رايد", "raid"),
    ("ربيع", "rabi"),
    ("ربيعي", "rabii"),
    ("رجا", "raja"),
    ("رجب", "rajab"),
    ("رجبي", "rajabi"),
    ("رحمان", "rahman"),
    ("رحمن", "rahman"),
    ("رحيم", "rahim"),
    ("رحيمي", "rahimi"),
    ("رزاق", "razzaq"),
    ("رستمي", "rustami"),
    ("رسول", "rasul"),
    ("رشدي", "rushdi"),
    ("رشيد", "rashid"),
    ("رضا", "rida"),
    ("رضايي", "ridai"),
    ("رفيق", "rafiq"),
    ("رمزي", "ramzi"),
    ("رمضان", "ramadan"),
    ("روح", "ruh"),
    ("رووف", "rauf"),
    ("رياض", "riyad"),
    ("زاده", "zada"),
    ("زاهدي", "zahidi"),
    ("زاهر", "zahir"),
    ("زبير", "zubayr"),
    ("زكريا", "zakariya"),
    ("زكي", "zaki"),
    ("زهرا", "zahra"),
    ("زهير", "zuhayr"),
    ("زياد", "ziyad"),
    ("زيد", "zayd"),
    ("زينب", "zaynab"),
    ("ساجدة", "sajida"),
    ("ساره", "sara"),
    ("سالم", "salim"),
    ("سامر", "samir"),
    ("سامي", "sami"),
    ("سباعي", "sibai"),
    ("سبحان", "subhan"),
    ("ستار", "sattar"),
    ("سرور", "surur"),
    ("سعد", "saad"),
    ("سعدون", "sadun"),
    ("سعدي", "saadi"),
    ("سعود", "saud"),
    ("سعيد", "said"),
    ("سفيان", "sufyan"),
    ("سلام", "salam"),
    ("سلامة", "salama"),
    ("سلطان", "sultan"),
    ("سلمان", "salman"),
    ("سليم", "salim"),
    ("سليمان", "sulayman"),
    ("سليماني", "sulaymani"),
    ("سمير", "samir"),
    ("سميع", "sami"),
    ("سنا", "sana"),
    ("سند", "sanad"),
    ("سهيل", "suhayl"),
    ("سوداني", "sudani"),
    ("سيد", "sayyid"),
    ("سيف", "sayf"),
    ("شادي", "shadi"),
    ("شاكر", "shakir"),
    ("شامي", "shami"),
    ("شاه", "shah"),
    ("شريف", "sharif"),
    ("شريفي", "sharifi"),
    ("شعبان", "shaban"),
    ("شكري", "shukri"),
    ("شكور", "shakur"),
    ("شمري", "shammari"),
    ("شنقيطي", "shinqiti"),
    ("شهاب", "shihab"),
    ("شهيد", "shahid"),
    ("شوقي", "shawqi"),
    ("شيخ", "shaykh"),
    ("شيرين", "shirin"),
    ("صابر", "sabir"),
    ("صادق", "sadiq"),
    ("صادقي", "sadiqi"),
    ("صالح", "salih"),
    ("صالحي", "salihi"),
    ("صبحي", "subhi"),
    ("صبري", "sabri"),
    ("صدام", "saddam"),
    ("صديق", "siddiq"),
    ("صفري", "safari"),
    ("صفوت", "safwat"),
    ("صلاح", "salah"),
    ("صمد", "samad"),
    ("ضيا", "diya"),
    ("طارق", "tariq"),
    ("طاهر", "tahir"),
    ("طاهري", "tahiri"),
    ("طباطبايي", "tabatabai"),
    ("طلال", "talal"),
    ("طلحة", "talha"),
    ("طلحه", "talha"),
    ("طه", "taha"),
    ("ظواهري", "zawahiri"),
    ("عادل", "adil"),
    ("عارف", "arif"),
    ("عاصم", "asim"),
    ("عاطف", "atif"),
    ("عامر", "amir"),
    ("عاني", "ani"),
    ("عايشة", "aisha"),
    ("عباس", "abbas"),
    ("عباسي", "abbasi"),
    ("عبد", "abd"),
    ("عبدالرحمان", "abdulrahman"),
    ("عبدالرحمن", "abdulrahman"),
    ("عبدالله", "abdullah"),
    ("عبود", "abbud"),
    ("عبيد", "ubayd"),
    ("عبيدة", "ubayda"),
    ("عبيدي", "ubaydi"),
    ("عثمان", "uthman"),
    ("عدنان", "adnan"),
    ("عدي", "uday"),
    ("عراقي", "iraqi"),
    ("عزت", "izzat"),
    ("عزيز", "aziz"),
    ("عزيزي", "azizi"),
    ("عصام", "isam"),
    ("عصمت", "ismat"),
    ("عطا", "ata"),
    ("عظيم", "azim"),
    ("عقيل", "aqil"),
    ("علا", "ala"),
    ("علوي", "alawi"),
    ("علي", "ali"),
    ("عليرضا", "alirida"),
    ("عليم", "alim"),
    ("عماد", "imad"),
    ("عمار", "ammar"),
    ("عمر", "umar"),
    ("عوض", "awad"),
    ("عيد", "id"),
    ("عيسي", "isa"),
    ("غازي", "ghazi"),
    ("غالب", "ghalib"),
    ("غسان", "ghassan"),
    ("غفور", "ghafur"),
    ("غلام", "ghulam"),
    ("غلامرضا", "ghulamrida"),
    ("غني", "ghani"),
    ("فارس", "faris"),
    ("فاروق", "faruq"),
    ("فاضل", "fadil"),
    ("فاطمة", "fatima"),
    ("فاطمه", "fatima"),
    ("فايز", "fayiz"),
    ("فتح", "fath"),
    ("فتحي", "fathi"),
    ("فرهاد", "farhad"),
    ("فريد", "farid"),
    ("فضل", "fadl"),
    ("فضيل", "fudayl"),
    ("فهد", "fahd"),
    ("فواد", "fuad"),
    ("فواز", "fawwaz"),
    ("فوزي", "fawzi"),
    ("فيصل", "faysal"),
    ("فيض", "fayd"),
    ("قادر", "qadir"),
    ("قاري", "qari"),
    ("قاسم", "qasim"),
    ("قاسمي", "qasimi"),
    ("قدير", "qadir"),
    ("قرباني", "qurbani"),
    ("قصي", "qusay"),
    ("قيوم", "qayyum"),
    ("كاظم", "kazim"),
    ("كاظمي", "kazimi"),
    ("كامران", "kamran"),
    ("كامل", "kamil"),
    ("كبير", "kabir"),
    ("كردي", "kurdi"),
    ("كريم", "karim"),
    ("كريمي", "karimi"),
    ("كمال", "kamal"),
    ("لطفي", "lutfi"),
    ("لطيف", "latif"),
    ("لله", "llah"),
    ("لوي", "luay"),
    ("ليبي", "libi"),
    ("ليث", "layth"),
    ("ليلي", "layla"),
    ("ماجد", "majid"),
    ("مازن", "mazin"),
    ("مالك", "malik"),
    ("مامون", "mamun"),
    ("ماهر", "mahir"),
    ("مبارك", "mubarak"),
    ("متين", "matin"),
    ("مجتبي", "mujtaba"),
    ("مجيد", "majid"),
    ("محسن", "muhsin"),
    ("محسني", "muhsini"),
    ("محفوظ", "mahfuz"),
    ("محمد", "muhammad"),
    ("محمدرضا", "muhammadrida"),
    ("محمدي", "muhammadi"),
    ("محمود", "mahmud"),
    ("محمودي", "mahmudi"),
    ("مختار", "mukhtar"),
    ("مراد", "murad"),
    ("مرادي", "muradi"),
    ("مرتضي", "murtada"),
    ("مروان", "marwan"),
    ("مريم", "maryam"),
    ("مسعود", "masud"),
    ("مصري", "misri"),
    ("مصطفي", "mustafa"),
    ("مصعب", "musab"),
    ("مطيع", "muti"),
    ("مظفر", "muzaffar"),
    ("معاذ", "muadh"),
    ("معروف", "maruf"),
    ("معمر", "muammar"),
    ("مغربي", "maghribi"),
    ("مقبول", "maqbul"),
    ("مقداد", "miqdad"),
    ("مكي", "makki"),
    ("ملا", "mulla"),
    ("ملكي", "malaki"),
    ("ممدوح", "mamduh"),
    ("منان", "mannan"),
    ("منذر", "mundhir"),
    ("منصور", "mansur"),
    ("منير", "munir"),
    ("مهدي", "mahdi"),
    ("مهند", "muhannad"),
    ("موسوي", "musawi"),
    ("موسي", "musa"),
    ("موصلي", "mawsili"),
    ("موفق", "muwaffaq"),
    ("مولا", "mawla"),
    ("مولوي", "mawlawi"),
    ("مويد", "muayyad"),
    ("ناجي", "naji"),
    ("نادر", "nadir"),
    ("نادية", "nadia"),
    ("ناصر", "nasir"),
    ("ناظم", "nazim"),
    ("نايف", "nayif"),
    ("نبي", "nabi"),
    ("نبيل", "nabil"),
    ("نجدي", "najdi"),
    ("نجفي", "najafi"),
    ("نجيب", "najib"),
    ("نديم", "nadim"),
    ("نزار", "nizar"),
    ("نسيم", "nasim"),
    ("نصر", "nasr"),
    ("نضال", "nidal"),
    ("نعمان", "numan"),
    ("نعيم", "naim"),
    ("نور", "nur"),
    ("نوري", "nuri"),
    ("نژاد", "nijad"),
    ("هادي", "hadi"),
    ("هارون", "harun"),
    ("هاشم", "hashim"),
    ("هاشمي", "hashimi"),
    ("هاني", "hani"),
    ("هشام", "hisham"),
    ("هلال", "hilal"),
    ("هيثم", "haytham"),
    ("واحد", "wahid"),
    ("وايل", "wail"),
    ("وجيه", "wajih"),
    ("وحيد", "wahid"),
    ("وديع", "wadi"),
    ("وسام", "wisam"),
    ("وسيم", "wasim"),
    ("ولي", "wali"),
    ("وليد", "walid"),
    ("وهاب", "wahhab"),
    ("وهبة", "wahba"),
    ("ياسر", "yasir"),
    ("ياسمين", "yasmin"),
    ("ياسين", "yasin"),
    ("يحيي", "yahya"),
    ("يزيد", "yazid"),
    ("يعقوب", "yaqub"),
    ("يمني", "yamani"),
    ("يوسف", "yusuf"),
    ("يوسفي", "yusufi"),
    ("يونس", "yunus"),
    ("پاكستاني", "pakistani"),
    ("پرويز", "parviz"),
    ("پور", "pur"),
    ("گل", "gul"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_written_together_fall_apart() {
        assert_eq!(parts("أبوغيث"), ["أبو", "غيث"]);
        assert_eq!(parts("ابواليزيد"), ["ابو", "ال", "يزيد"]);
        assert_eq!(parts("عبدالستار"), ["عبد", "ال", "ستار"]);
        assert_eq!(parts("الله"), ["الله"]);
        assert_eq!(parts("ابو"), ["ابو"]);
    }

    #[test]
    fn names_are_sorted_and_plain() {
        assert!(NAMES.windows(2).all(|pair| pair[0].0 < pair[1].0), "{:?}", NAMES.windows(2).find(|p| p[0].0 >= p[1].0));
        assert!(NAMES.iter().all(|(arabic, _)| arabic.chars().all(|c| plain_letter(c) == Some(c))));
    }
}
