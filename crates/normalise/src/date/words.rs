//! Words of dates, folded by [`push_folded`]: month names, seasons, words for "today", for "since" and for "to".

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Adds a character in lower case and without marks.
pub(super) fn push_folded(character: char, word: &mut String) {
    if character.is_ascii() {
        word.push(character.to_ascii_lowercase());
        return;
    }
    for lower in character.to_lowercase() {
        match lower {
            'ł' => word.push('l'),
            'ø' => word.push('o'),
            'đ' => word.push('d'),
            'ı' => word.push('i'),
            'ß' => word.push_str("ss"),
            'æ' => word.push_str("ae"),
            'ё' => word.push('е'),
            '’' | '‘' | '´' | 'ʼ' => word.push('\''),
            // These letters are letters of their own: without their mark they would be others.
            'й' | 'ї' => word.push(lower),
            other => word.extend(std::iter::once(other).nfd().filter(|&c| !is_combining_mark(c))),
        }
    }
}

/// Whether a word that starts with these two ASCII letters may be in a table of words that start a date. Most words of a text are in
/// none, and this is told without reading them.
pub(super) const fn may_start_date(first: u8, second: u8) -> bool {
    let (first, second) = (first.to_ascii_lowercase(), second.to_ascii_lowercase());
    if !first.is_ascii_lowercase() || !second.is_ascii_lowercase() {
        return true;
    }
    STARTS[(first - b'a') as usize] >> (second - b'a') & 1 == 1
}

/// For every first letter, the set of second letters.
static STARTS: [u32; 26] = {
    let mut starts = [0_u32; 26];
    let mut index = 0;
    while index < MONTHS.len() {
        add_start(&mut starts, MONTHS[index].0.as_bytes());
        index += 1;
    }
    index = 0;
    while index < SEASONS.len() {
        add_start(&mut starts, SEASONS[index].as_bytes());
        index += 1;
    }
    index = 0;
    while index < OPENING.len() {
        add_start(&mut starts, OPENING[index].as_bytes());
        index += 1;
    }
    starts
};

const fn add_start(starts: &mut [u32; 26], word: &[u8]) {
    if word.len() > 1 && word[0].is_ascii_lowercase() && word[1].is_ascii_lowercase() {
        starts[(word[0] - b'a') as usize] |= 1 << (word[1] - b'a');
    }
}

/// The month a folded word names, 1…12; 0 where it names one in some language and another in another.
pub(super) fn month(folded: &str) -> Option<i8> {
    MONTHS.binary_search_by(|(name, _)| (*name).cmp(folded)).ok().map(|index| MONTHS[index].1)
}

/// Month names and abbreviations, sorted: Bulgarian, Catalan, Croatian, Czech, Danish, Dutch, English, Estonian, Finnish, French,
/// German, Greek, Hungarian, Indonesian, Italian, Latvian, Lithuanian, Norwegian, Polish, Portuguese, Romanian, Russian, Serbian,
/// Slovak, Slovene, Spanish, Swedish, Turkish, Ukrainian, Arabic, Hebrew.
#[rustfmt::skip]
const MONTHS: &[(&str, i8)] = &[
    ("abr", 4), ("abril", 4), ("ago", 8), ("agost", 8), ("agosto", 8), ("agt", 8), ("agu", 8), ("agustos", 8),
    ("agustus", 8), ("aou", 8), ("aout", 8), ("apr", 4), ("april", 4), ("aprila", 4), ("aprile", 4), ("aprilie", 4),
    ("aprilis", 4), ("aprill", 4), ("ara", 12), ("aralik", 12), ("aug", 8), ("august", 8), ("augusta", 8), ("augusti", 8),
    ("augusts", 8), ("augustus", 8), ("augusztus", 8), ("avgust", 8), ("avgusta", 8), ("avr", 4), ("avril", 4),
    ("balandis", 4), ("balandzio", 4), ("birzelio", 6), ("birzelis", 6), ("brezen", 3), ("brezna", 3), ("cerven", 6),
    ("cervence", 7), ("cervenec", 7), ("cervna", 6), ("cze", 6), ("czerwca", 6), ("czerwiec", 6), ("dec", 12),
    ("decembar", 12), ("december", 12), ("decembra", 12), ("decembre", 12), ("decembrie", 12), ("decembris", 12),
    ("des", 12), ("desember", 12), ("desembre", 12), ("detsember", 12), ("dez", 12), ("dezember", 12), ("dezembro", 12),
    ("dic", 12), ("dicembre", 12), ("diciembre", 12), ("duben", 4), ("dubna", 4), ("eki", 10), ("ekim", 10), ("elokuu", 8),
    ("elokuuta", 8), ("ene", 1), ("enero", 1), ("eyl", 9), ("eylul", 9), ("feb", 2), ("febbr", 2), ("febbraio", 2),
    ("feber", 2), ("febr", 2), ("febrer", 2), ("febrero", 2), ("februar", 2), ("februara", 2), ("februari", 2),
    ("februarie", 2), ("februaris", 2), ("februarja", 2), ("february", 2), ("fev", 2), ("fevereiro", 2), ("fevr", 2),
    ("fevrier", 2), ("geguze", 5), ("geguzes", 5), ("gen", 1), ("gener", 1), ("genn", 1), ("gennaio", 1), ("giu", 6),
    ("giugno", 6), ("gru", 12), ("grudnia", 12), ("grudzien", 12), ("gruodis", 12), ("gruodzio", 12), ("haz", 6),
    ("haziran", 6), ("heinakuu", 7), ("heinakuuta", 7), ("helmikuu", 2), ("helmikuuta", 2), ("huhtikuu", 4),
    ("huhtikuuta", 4), ("ian", 1), ("ianuarie", 1), ("iul", 7), ("iulie", 7), ("iun", 6), ("iunie", 6), ("jaanuar", 1),
    ("jan", 1), ("janeiro", 1), ("janner", 1), ("januar", 1), ("januara", 1), ("januari", 1), ("januarja", 1),
    ("january", 1), ("janv", 1), ("janvaris", 1), ("janvier", 1), ("joulukuu", 12), ("joulukuuta", 12), ("juil", 7),
    ("juill", 7), ("juillet", 7), ("juin", 6), ("jul", 7), ("jula", 7), ("julho", 7), ("juli", 7), ("julij", 7),
    ("julija", 7), ("julijs", 7), ("julio", 7), ("juliol", 7), ("julius", 7), ("july", 7), ("jun", 6), ("juna", 6),
    ("june", 6), ("junho", 6), ("juni", 6), ("junij", 6), ("junija", 6), ("junijs", 6), ("junio", 6), ("junius", 6),
    ("juny", 6), ("juuli", 7), ("juuni", 6), ("kas", 11), ("kasim", 11), ("kesakuu", 6), ("kesakuuta", 6), ("kolovoz", 8),
    ("kolovoza", 8), ("kovas", 3), ("kovo", 3), ("kveten", 5), ("kvetna", 5), ("kwi", 4), ("kwiecien", 4), ("kwietnia", 4),
    ("lapkricio", 11), ("lapkritis", 11), ("leden", 1), ("ledna", 1), ("liepa", 7), ("liepos", 7), ("lip", 7),
    ("lipanj", 6), ("lipca", 7), ("lipiec", 7), ("lipnja", 6), ("lis", 11), ("listopad", 0), ("listopada", 0),
    ("listopadu", 11), ("lokakuu", 10), ("lokakuuta", 10), ("lug", 7), ("luglio", 7), ("lut", 2), ("lutego", 2),
    ("luty", 2), ("maaliskuu", 3), ("maaliskuuta", 3), ("maart", 3), ("maerz", 3), ("mag", 5), ("maggio", 5), ("mai", 5),
    ("maig", 5), ("maijs", 5), ("maio", 5), ("maj", 5), ("maja", 5), ("majus", 5), ("mar", 3), ("marc", 3), ("marca", 3),
    ("march", 3), ("marcius", 3), ("marco", 3), ("marec", 3), ("maret", 3), ("marraskuu", 11), ("marraskuuta", 11),
    ("mars", 3), ("mart", 3), ("martie", 3), ("marts", 3), ("marz", 3), ("marzec", 3), ("marzo", 3), ("may", 5),
    ("mayis", 5), ("mayo", 5), ("mei", 5), ("mrt", 3), ("mrz", 3), ("nis", 4), ("nisan", 4), ("noi", 11), ("noiembrie", 11),
    ("nov", 11), ("novembar", 11), ("november", 11), ("novembra", 11), ("novembre", 11), ("novembris", 11),
    ("novembro", 11), ("noviembre", 11), ("oca", 1), ("ocak", 1), ("oct", 10), ("october", 10), ("octobre", 10),
    ("octombrie", 10), ("octubre", 10), ("okt", 10), ("oktobar", 10), ("oktober", 10), ("oktobra", 10), ("oktobris", 10),
    ("oktoober", 10), ("ott", 10), ("ottobre", 10), ("out", 10), ("outubro", 10), ("ozujak", 3), ("ozujka", 3), ("paz", 10),
    ("pazdziernik", 10), ("pazdziernika", 10), ("prosinac", 12), ("prosinca", 12), ("prosince", 12), ("prosinec", 12),
    ("rijen", 10), ("rijna", 10), ("rugpjucio", 8), ("rugpjutis", 8), ("rugsejis", 9), ("rugsejo", 9), ("rujan", 9),
    ("rujna", 9), ("sausio", 1), ("sausis", 1), ("sep", 9), ("sept", 9), ("septembar", 9), ("september", 9),
    ("septembra", 9), ("septembre", 9), ("septembrie", 9), ("septembris", 9), ("septiembre", 9), ("set", 9),
    ("setembre", 9), ("setembro", 9), ("setiembre", 9), ("sett", 9), ("settembre", 9), ("sie", 8), ("sierpien", 8),
    ("sierpnia", 8), ("sijecanj", 1), ("sijecnja", 1), ("spalio", 10), ("spalis", 10), ("srpanj", 7), ("srpen", 8),
    ("srpna", 8), ("srpnja", 7), ("studeni", 11), ("studenog", 11), ("studenoga", 11), ("sty", 1), ("styczen", 1),
    ("stycznia", 1), ("sub", 2), ("subat", 2), ("svibanj", 5), ("svibnja", 5), ("syyskuu", 9), ("syyskuuta", 9),
    ("szept", 9), ("szeptember", 9), ("tammikuu", 1), ("tammikuuta", 1), ("tem", 7), ("temmuz", 7), ("toukokuu", 5),
    ("toukokuuta", 5), ("travanj", 4), ("travnja", 4), ("unor", 2), ("unora", 2), ("vasario", 2), ("vasaris", 2),
    ("veebruar", 2), ("veljaca", 2), ("veljace", 2), ("wrz", 9), ("wrzesien", 9), ("wrzesnia", 9), ("zari", 9), ("απρ", 4),
    ("απριλιος", 4), ("απριλιου", 4), ("αυγ", 8), ("αυγουστος", 8), ("αυγουστου", 8), ("δεκ", 12), ("δεκεμβριος", 12),
    ("δεκεμβριου", 12), ("ιαν", 1), ("ιανουαριος", 1), ("ιανουαριου", 1), ("ιουλιος", 7), ("ιουλιου", 7), ("ιουνιος", 6),
    ("ιουνιου", 6), ("μαιος", 5), ("μαιου", 5), ("μαρ", 3), ("μαρτιος", 3), ("μαρτιου", 3), ("νοε", 11), ("νοεμβριος", 11),
    ("νοεμβριου", 11), ("οκτ", 10), ("οκτωβριος", 10), ("οκτωβριου", 10), ("σεπ", 9), ("σεπτεμβριος", 9),
    ("σεπτεμβριου", 9), ("φεβ", 2), ("φεβρουαριος", 2), ("φεβρουαριου", 2), ("авг", 8), ("август", 8), ("августа", 8),
    ("апр", 4), ("апрель", 4), ("апреля", 4), ("април", 4), ("бер", 3), ("березень", 3), ("березня", 3), ("вер", 9),
    ("вересень", 9), ("вересня", 9), ("груд", 12), ("грудень", 12), ("грудня", 12), ("дек", 12), ("декабрь", 12),
    ("декабря", 12), ("декември", 12), ("дец", 12), ("децембар", 12), ("жовт", 10), ("жовтень", 10), ("жовтня", 10),
    ("июл", 7), ("июль", 7), ("июля", 7), ("июн", 6), ("июнь", 6), ("июня", 6), ("квіт", 4), ("квітень", 4), ("квітня", 4),
    ("лип", 7), ("липень", 7), ("липня", 7), ("лист", 11), ("листопад", 11), ("листопада", 11), ("лют", 2), ("лютий", 2),
    ("лютого", 2), ("май", 5), ("мар", 3), ("март", 3), ("марта", 3), ("мая", 5), ("мај", 5), ("нов", 11), ("новембар", 11),
    ("ноември", 11), ("ноя", 11), ("нояб", 11), ("ноябрь", 11), ("ноября", 11), ("окт", 10), ("октобар", 10),
    ("октомври", 10), ("октябрь", 10), ("октября", 10), ("сен", 9), ("сент", 9), ("сентябрь", 9), ("сентября", 9),
    ("сеп", 9), ("септембар", 9), ("септември", 9), ("серп", 8), ("серпень", 8), ("серпня", 8), ("січ", 1), ("січень", 1),
    ("січня", 1), ("трав", 5), ("травень", 5), ("травня", 5), ("феб", 2), ("фебруар", 2), ("фев", 2), ("февр", 2),
    ("февраль", 2), ("февраля", 2), ("февруари", 2), ("черв", 6), ("червень", 6), ("червня", 6), ("юли", 7), ("юни", 6),
    ("янв", 1), ("январь", 1), ("января", 1), ("януари", 1), ("јан", 1), ("јануар", 1), ("јул", 7), ("јун", 6),
    ("אוגוסט", 8), ("אוקטובר", 10), ("אפריל", 4), ("דצמבר", 12), ("יולי", 7), ("יוני", 6), ("ינואר", 1), ("מאי", 5),
    ("מרץ", 3), ("נובמבר", 11), ("ספטמבר", 9), ("פברואר", 2), ("ابريل", 4), ("اغسطس", 8), ("اكتوبر", 10), ("ديسمبر", 12),
    ("سبتمبر", 9), ("فبراير", 2), ("مارس", 3), ("مايو", 5), ("نوفمبر", 11), ("يناير", 1), ("يوليو", 7), ("يونيو", 6),
];

/// Seasons, sorted.
pub(super) const SEASONS: &[&str] = &[
    "automne",
    "autumn",
    "autunno",
    "estate",
    "ete",
    "fall",
    "fruhjahr",
    "fruhling",
    "herbst",
    "herfst",
    "hiver",
    "host",
    "inverno",
    "invierno",
    "jesien",
    "lato",
    "lente",
    "otono",
    "outono",
    "primavera",
    "printemps",
    "sommar",
    "sommer",
    "spring",
    "summer",
    "var",
    "verano",
    "verao",
    "vinter",
    "winter",
    "wiosna",
    "zima",
    "zomer",
    "весна",
    "зима",
    "лето",
    "літо",
    "осень",
    "осінь",
];
/// Words before the start of a range that goes on, sorted.
pub(super) const OPENING: &[&str] =
    &["dal", "dalla", "depuis", "desde", "din", "od", "sedan", "seit", "siden", "since", "sinds", "vanaf", "від", "з", "с"];
/// Words between the ends of a range, sorted.
pub(super) const CONNECTORS: &[&str] = &[
    "'til", "a", "ad", "al", "ao", "ate", "au", "bis", "den", "do", "fino", "hasta", "hingga", "ig", "iki", "jusqu", "jusqu'a",
    "jusqu'au", "jusque", "la", "pana", "sampai", "sd", "t/m", "through", "thru", "til", "till", "to", "tol", "tot", "until",
    "untill", "upto", "εως", "до", "по",
];
/// Small words that may stand before a word for "today", sorted.
pub(super) const ARTICLES: &[&str] = &["a", "al", "au", "ce", "el", "il", "la", "le", "lo", "my", "o", "the", "up"];
/// Words and phrases for "today", sorted.
pub(super) const PRESENT: &[&str] = &[
    "a ce jour",
    "actively",
    "actual",
    "actualidad",
    "actualidade",
    "actualitat",
    "actualmente",
    "actuel",
    "actuelle",
    "actuellement",
    "aktuell",
    "attuale",
    "attualmente",
    "atual",
    "atualmente",
    "aujourd'hui",
    "aujourdhui",
    "avui",
    "bis heute",
    "bugun",
    "ce jour",
    "chwili obecnej",
    "continuing",
    "current",
    "current position",
    "current role",
    "currently",
    "dabar",
    "danas",
    "danes",
    "date",
    "dato",
    "devam",
    "devam ediyor",
    "devam etmekte",
    "dias atuais",
    "dnes",
    "do chwili obecnej",
    "do teraz",
    "dosud",
    "doteraz",
    "dzis",
    "dzisiaj",
    "em andamento",
    "en cours",
    "fecha",
    "gegenwart",
    "gunumuz",
    "halen",
    "heden",
    "heute",
    "hien nay",
    "hien tai",
    "hoje",
    "hoy",
    "hoy en dia",
    "huidig",
    "i dag",
    "idag",
    "in corso",
    "in progress",
    "jelen",
    "jelenleg",
    "jetzt",
    "jour",
    "kini",
    "laufend",
    "mai nap",
    "maintenant",
    "momento",
    "nadal",
    "napjainkig",
    "navaerende",
    "nay",
    "now",
    "nu",
    "nu toe",
    "nuvaerende",
    "nykyhetki",
    "nykyinen",
    "nyni",
    "nyt",
    "obecna",
    "obecnie",
    "oggi",
    "ongoing",
    "ora",
    "pagaende",
    "praegu",
    "present",
    "present day",
    "present time",
    "presente",
    "presently",
    "prezent",
    "saat ini",
    "sada",
    "sekarang",
    "simdi",
    "soucasnost",
    "soucasnosti",
    "still",
    "su an",
    "sucasnost",
    "sucasnosti",
    "tagad",
    "tanaseni",
    "teraz",
    "till date",
    "till now",
    "till present",
    "till today",
    "to date",
    "to present",
    "today",
    "trenutno",
    "until now",
    "until present",
    "until today",
    "zdaj",
    "παρον",
    "σημερα",
    "данас",
    "донині",
    "досі",
    "зараз",
    "н в",
    "наст вр",
    "наст время",
    "настоящего времени",
    "настоящее",
    "настоящее время",
    "настоящий момент",
    "нв",
    "сада",
    "сегодня",
    "сегодняшний день",
    "сей день",
    "сейчас",
    "сьогодні",
    "текущее время",
    "теперішнього часу",
    "теперішній час",
    "тренутно",
    "цього часу",
    "הווה",
    "היום",
    "כיום",
    "اكنون",
    "الان",
    "الحالي",
    "اکنون",
    "حتى الان",
    "वरतमन",
];
/// Words for "today" in scripts that put no space between words.
pub(super) const PRESENT_UNSPACED: &[&str] =
    &["今", "至今", "现在", "現在", "目前", "当前", "當前", "迄今", "现今", "在职", "현재", "지금", "재직중", "재직 중", "ปัจจุบัน"];
