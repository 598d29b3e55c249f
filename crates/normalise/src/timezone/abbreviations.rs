//! Abbreviations and popular names of clocks, and outdated names of zones.

use super::NamedClock;
use crate::text;

/// Name in upper case, the distances from UTC it stands for, in minutes, and zones whose clocks bear it.
///
/// Names of winter clocks carry their zones, because people write "EST" for the whole year.
type Entry = (&'static str, &'static [i16], &'static [&'static str]);

const ENTRIES: &[Entry] = &[
    ("ACDT", &[630], &[]),
    ("ACST", &[570], &["Australia/Adelaide", "Australia/Darwin"]),
    ("ADT", &[-180], &[]),
    ("AEDT", &[660], &[]),
    ("AEST", &[600], &["Australia/Sydney", "Australia/Brisbane"]),
    ("AFT", &[270], &[]),
    ("AKDT", &[-480], &[]),
    ("AKST", &[-540], &["America/Anchorage"]),
    ("ALASKA", &[], &["America/Anchorage"]),
    ("ALMT", &[300, 360], &["Asia/Almaty"]),
    // Armenia and the Amazon.
    ("AMT", &[-240, 240], &[]),
    ("ART", &[-180], &[]),
    // Atlantic and Arabia.
    ("AST", &[-240, 180], &["America/Halifax"]),
    ("ATLANTIC", &[], &["America/Halifax"]),
    ("AWST", &[480], &[]),
    ("AZT", &[240], &[]),
    ("BDT", &[360], &[]),
    ("BOT", &[-240], &[]),
    ("BRASILIA", &[-180], &["America/Sao_Paulo"]),
    ("BRT", &[-180], &["America/Sao_Paulo"]),
    // British summer and Bangladesh.
    ("BST", &[60, 360], &["Europe/London"]),
    ("BTT", &[360], &[]),
    ("CAT", &[120], &[]),
    // North America, Cuba.
    ("CDT", &[-300, -240], &[]),
    ("CENTRAL", &[], &["America/Chicago"]),
    ("CENTRAL EUROPEAN", &[60, 120], &["Europe/Berlin"]),
    ("CEST", &[120], &["Europe/Berlin"]),
    ("CET", &[60], &["Europe/Berlin"]),
    ("CHINA", &[480], &[]),
    ("CLST", &[-180], &[]),
    ("CLT", &[-240], &["America/Santiago"]),
    ("COT", &[-300], &[]),
    // North America, China, Cuba.
    ("CST", &[-360, 480, -300], &["America/Chicago"]),
    ("CT", &[], &["America/Chicago"]),
    ("EASTERN", &[], &["America/New_York"]),
    ("EASTERN EUROPEAN", &[120, 180], &["Europe/Athens"]),
    ("EAT", &[180], &[]),
    ("ECT", &[-300], &[]),
    ("EDT", &[-240], &[]),
    ("EEST", &[180], &["Europe/Athens"]),
    ("EET", &[120], &["Europe/Athens"]),
    ("EST", &[-300], &["America/New_York"]),
    ("ET", &[], &["America/New_York"]),
    ("GET", &[240], &[]),
    ("GMT", &[0], &["Europe/London"]),
    ("GREENWICH", &[0], &["Europe/London"]),
    ("GST", &[240], &[]),
    ("HAWAII", &[-600], &[]),
    ("HKT", &[480], &[]),
    ("HST", &[-600], &[]),
    ("ICT", &[420], &[]),
    ("IDT", &[180], &[]),
    ("INDIA", &[330], &[]),
    ("INDIAN", &[330], &[]),
    ("IRDT", &[270], &[]),
    ("IRKT", &[480], &[]),
    ("IRST", &[210], &["Asia/Tehran"]),
    // India, Israel, Ireland.
    ("IST", &[330, 120, 60], &["Asia/Kolkata", "Asia/Jerusalem", "Europe/Dublin"]),
    ("JAPAN", &[540], &[]),
    ("JST", &[540], &[]),
    ("KGT", &[360], &[]),
    ("KOREA", &[540], &[]),
    ("KOREAN", &[540], &[]),
    ("KRAT", &[420], &[]),
    ("KST", &[540], &[]),
    ("MAGT", &[660], &[]),
    ("MDT", &[-360], &[]),
    ("MMT", &[390], &[]),
    ("MOSCOW", &[180], &["Europe/Moscow"]),
    ("MOUNTAIN", &[], &["America/Denver"]),
    ("MSK", &[180], &["Europe/Moscow"]),
    // Mountain; Malaysia's and Myanmar's are written MYT and MMT.
    ("MST", &[-420], &["America/Denver"]),
    ("MT", &[], &["America/Denver"]),
    ("MYT", &[480], &[]),
    ("NDT", &[-150], &[]),
    ("NOVT", &[420], &[]),
    ("NPT", &[345], &[]),
    ("NST", &[-210], &["America/St_Johns"]),
    ("NZDT", &[780], &[]),
    ("NZST", &[720], &["Pacific/Auckland"]),
    ("OMST", &[360], &[]),
    ("PACIFIC", &[], &["America/Los_Angeles"]),
    ("PDT", &[-420], &[]),
    ("PET", &[-300], &[]),
    ("PETT", &[720], &[]),
    ("PHT", &[480], &[]),
    ("PKT", &[300], &[]),
    // Pacific, Philippines.
    ("PST", &[-480, 480], &["America/Los_Angeles"]),
    ("PT", &[], &["America/Los_Angeles"]),
    ("PYT", &[-240, -180], &["America/Asuncion"]),
    ("SAMT", &[240], &[]),
    ("SAST", &[120], &[]),
    ("SGT", &[480], &[]),
    ("SINGAPORE", &[480], &[]),
    ("TJT", &[300], &[]),
    ("TMT", &[300], &[]),
    ("TRT", &[180], &[]),
    ("UYT", &[-180], &[]),
    ("UZT", &[300], &[]),
    ("VET", &[-240], &[]),
    ("VLAT", &[600], &[]),
    ("WAT", &[60], &[]),
    ("WEST", &[60], &["Europe/Lisbon"]),
    ("WET", &[0], &["Europe/Lisbon"]),
    ("WESTERN EUROPEAN", &[0, 60], &["Europe/Lisbon"]),
    ("WIB", &[420], &[]),
    ("WIT", &[540], &[]),
    ("WITA", &[480], &[]),
    ("YAKT", &[540], &[]),
    ("YEKT", &[300], &[]),
];

/// Words that follow the popular name of a clock ("Pacific Time", "Eastern Standard Time").
const NAME_ENDS: &[&str] = &["TIME", "STANDARD", "DAYLIGHT", "SUMMER"];

/// The first name of a clock in a text that `fits`. Popular names count only before "time": "Pacific" alone is an ocean.
pub(super) fn find(tidy: &str, fits: impl Fn(NamedClock) -> Option<NamedClock>) -> Option<NamedClock> {
    let key = text::lookup_key(tidy).to_ascii_uppercase();
    let words: Vec<&str> = key.split(' ').collect();
    for (index, word) in words.iter().enumerate() {
        let next = words.get(index + 1).copied().unwrap_or_default();
        let pair = format!("{word} {next}");
        let is_time = |at: usize| words.get(at).is_some_and(|word| NAME_ENDS.contains(word));
        let found = ENTRIES.iter().find(|(name, ..)| {
            if *name == pair { is_time(index + 2) } else { name == word && (name.len() <= 4 || is_time(index + 1)) }
        });
        if let Some(&(name, minutes, zones)) = found {
            // "West coast", "ET al.", "Mt. Pleasant": short names that are words count only alone or before "time".
            let is_word = matches!(
                name,
                "WEST"
                    | "ET"
                    | "CT"
                    | "MT"
                    | "PT"
                    | "ART"
                    | "CAT"
                    | "EAT"
                    | "PET"
                    | "GET"
                    | "BOT"
                    | "WET"
                    | "WIT"
                    | "COT"
                    | "VET"
            );
            if is_word && words.len() > 1 && !is_time(index + 1) {
                continue;
            }
            let fitting = fits(NamedClock { name, zones, minutes });
            if fitting.is_some() {
                return fitting;
            }
        }
    }
    None
}

/// Zones that belong to no country.
pub(super) const ZONES_OF_NO_COUNTRY: &[&str] = &[
    "Etc/UTC",
    "Etc/GMT",
    "Etc/GMT+1",
    "Etc/GMT+2",
    "Etc/GMT+3",
    "Etc/GMT+4",
    "Etc/GMT+5",
    "Etc/GMT+6",
    "Etc/GMT+7",
    "Etc/GMT+8",
    "Etc/GMT+9",
    "Etc/GMT+10",
    "Etc/GMT+11",
    "Etc/GMT+12",
    "Etc/GMT-1",
    "Etc/GMT-2",
    "Etc/GMT-3",
    "Etc/GMT-4",
    "Etc/GMT-5",
    "Etc/GMT-6",
    "Etc/GMT-7",
    "Etc/GMT-8",
    "Etc/GMT-9",
    "Etc/GMT-10",
    "Etc/GMT-11",
    "Etc/GMT-12",
    "Etc/GMT-13",
    "Etc/GMT-14",
];

/// Outdated and alternative names of zones (the database's file `backward`), as browsers still report them, and present names.
pub(super) const PRESENT_NAMES: &[(&str, &str)] = &[
    ("Africa/Asmera", "Africa/Asmara"),
    ("Africa/Timbuktu", "Africa/Bamako"),
    ("America/Argentina/ComodRivadavia", "America/Argentina/Catamarca"),
    ("America/Atka", "America/Adak"),
    ("America/Buenos_Aires", "America/Argentina/Buenos_Aires"),
    ("America/Catamarca", "America/Argentina/Catamarca"),
    ("America/Coral_Harbour", "America/Atikokan"),
    ("America/Cordoba", "America/Argentina/Cordoba"),
    ("America/Ensenada", "America/Tijuana"),
    ("America/Fort_Wayne", "America/Indiana/Indianapolis"),
    ("America/Godthab", "America/Nuuk"),
    ("America/Indianapolis", "America/Indiana/Indianapolis"),
    ("America/Jujuy", "America/Argentina/Jujuy"),
    ("America/Knox_IN", "America/Indiana/Knox"),
    ("America/Louisville", "America/Kentucky/Louisville"),
    ("America/Mendoza", "America/Argentina/Mendoza"),
    ("America/Montreal", "America/Toronto"),
    ("America/Nipigon", "America/Toronto"),
    ("America/Pangnirtung", "America/Iqaluit"),
    ("America/Porto_Acre", "America/Rio_Branco"),
    ("America/Rainy_River", "America/Winnipeg"),
    ("America/Rosario", "America/Argentina/Cordoba"),
    ("America/Santa_Isabel", "America/Tijuana"),
    ("America/Shiprock", "America/Denver"),
    ("America/Thunder_Bay", "America/Toronto"),
    ("America/Virgin", "America/St_Thomas"),
    ("America/Yellowknife", "America/Edmonton"),
    ("Antarctica/South_Pole", "Antarctica/McMurdo"),
    ("Asia/Ashkhabad", "Asia/Ashgabat"),
    ("Asia/Calcutta", "Asia/Kolkata"),
    ("Asia/Choibalsan", "Asia/Ulaanbaatar"),
    ("Asia/Chongqing", "Asia/Shanghai"),
    ("Asia/Chungking", "Asia/Shanghai"),
    ("Asia/Dacca", "Asia/Dhaka"),
    ("Asia/Harbin", "Asia/Shanghai"),
    ("Asia/Istanbul", "Europe/Istanbul"),
    ("Asia/Kashgar", "Asia/Urumqi"),
    ("Asia/Katmandu", "Asia/Kathmandu"),
    ("Asia/Macao", "Asia/Macau"),
    ("Asia/Rangoon", "Asia/Yangon"),
    ("Asia/Saigon", "Asia/Ho_Chi_Minh"),
    ("Asia/Tel_Aviv", "Asia/Jerusalem"),
    ("Asia/Thimbu", "Asia/Thimphu"),
    ("Asia/Ujung_Pandang", "Asia/Makassar"),
    ("Asia/Ulan_Bator", "Asia/Ulaanbaatar"),
    ("Atlantic/Faeroe", "Atlantic/Faroe"),
    ("Atlantic/Jan_Mayen", "Arctic/Longyearbyen"),
    ("Australia/ACT", "Australia/Sydney"),
    ("Australia/Canberra", "Australia/Sydney"),
    ("Australia/Currie", "Australia/Hobart"),
    ("Australia/LHI", "Australia/Lord_Howe"),
    ("Australia/NSW", "Australia/Sydney"),
    ("Australia/North", "Australia/Darwin"),
    ("Australia/Queensland", "Australia/Brisbane"),
    ("Australia/South", "Australia/Adelaide"),
    ("Australia/Tasmania", "Australia/Hobart"),
    ("Australia/Victoria", "Australia/Melbourne"),
    ("Australia/West", "Australia/Perth"),
    ("Australia/Yancowinna", "Australia/Broken_Hill"),
    ("Brazil/Acre", "America/Rio_Branco"),
    ("Brazil/DeNoronha", "America/Noronha"),
    ("Brazil/East", "America/Sao_Paulo"),
    ("Brazil/West", "America/Manaus"),
    ("Canada/Atlantic", "America/Halifax"),
    ("Canada/Central", "America/Winnipeg"),
    ("Canada/Eastern", "America/Toronto"),
    ("Canada/Mountain", "America/Edmonton"),
    ("Canada/Newfoundland", "America/St_Johns"),
    ("Canada/Pacific", "America/Vancouver"),
    ("Canada/Saskatchewan", "America/Regina"),
    ("Canada/Yukon", "America/Whitehorse"),
    ("Chile/Continental", "America/Santiago"),
    ("Chile/EasterIsland", "Pacific/Easter"),
    ("Cuba", "America/Havana"),
    ("Egypt", "Africa/Cairo"),
    ("Eire", "Europe/Dublin"),
    ("Etc/Greenwich", "Etc/GMT"),
    ("Etc/UCT", "Etc/UTC"),
    ("Etc/Universal", "Etc/UTC"),
    ("Etc/Zulu", "Etc/UTC"),
    ("Europe/Belfast", "Europe/London"),
    ("Europe/Kiev", "Europe/Kyiv"),
    ("Europe/Nicosia", "Asia/Nicosia"),
    ("Europe/Tiraspol", "Europe/Chisinau"),
    ("Europe/Uzhgorod", "Europe/Kyiv"),
    ("Europe/Zaporozhye", "Europe/Kyiv"),
    ("GB", "Europe/London"),
    ("GB-Eire", "Europe/London"),
    ("Hongkong", "Asia/Hong_Kong"),
    ("Iceland", "Atlantic/Reykjavik"),
    ("Iran", "Asia/Tehran"),
    ("Israel", "Asia/Jerusalem"),
    ("Jamaica", "America/Jamaica"),
    ("Japan", "Asia/Tokyo"),
    ("Kwajalein", "Pacific/Kwajalein"),
    ("Libya", "Africa/Tripoli"),
    ("Mexico/BajaNorte", "America/Tijuana"),
    ("Mexico/BajaSur", "America/Mazatlan"),
    ("Mexico/General", "America/Mexico_City"),
    ("NZ", "Pacific/Auckland"),
    ("NZ-CHAT", "Pacific/Chatham"),
    ("Navajo", "America/Denver"),
    ("PRC", "Asia/Shanghai"),
    ("Pacific/Enderbury", "Pacific/Kanton"),
    ("Pacific/Johnston", "Pacific/Honolulu"),
    ("Pacific/Ponape", "Pacific/Pohnpei"),
    ("Pacific/Samoa", "Pacific/Pago_Pago"),
    ("Pacific/Truk", "Pacific/Chuuk"),
    ("Pacific/Yap", "Pacific/Chuuk"),
    ("Poland", "Europe/Warsaw"),
    ("Portugal", "Europe/Lisbon"),
    ("ROC", "Asia/Taipei"),
    ("ROK", "Asia/Seoul"),
    ("Singapore", "Asia/Singapore"),
    ("Turkey", "Europe/Istanbul"),
    ("UCT", "Etc/UTC"),
    ("US/Alaska", "America/Anchorage"),
    ("US/Aleutian", "America/Adak"),
    ("US/Arizona", "America/Phoenix"),
    ("US/Central", "America/Chicago"),
    ("US/East-Indiana", "America/Indiana/Indianapolis"),
    ("US/Eastern", "America/New_York"),
    ("US/Hawaii", "Pacific/Honolulu"),
    ("US/Indiana-Starke", "America/Indiana/Knox"),
    ("US/Michigan", "America/Detroit"),
    ("US/Mountain", "America/Denver"),
    ("US/Pacific", "America/Los_Angeles"),
    ("US/Samoa", "Pacific/Pago_Pago"),
    ("UTC", "Etc/UTC"),
    ("Universal", "Etc/UTC"),
    ("W-SU", "Europe/Moscow"),
    ("Zulu", "Etc/UTC"),
];
