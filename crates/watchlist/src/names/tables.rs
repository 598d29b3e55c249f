//! What words of names do: particles, titles, jobs, legal forms; short forms of names; frequent names.
//!
//! All tables are our own, from general knowledge and from published statistics, and hold words in ASCII lower case. They change how
//! much a word weighs, never for whom.

use std::collections::HashMap;
use std::sync::LazyLock;

use bonafide_normalise::script::han;

use super::NameKind;
use super::token::TokenKind;

/// Joins names, or says "son of", "of the".
const PARTICLES: &str = "al el es ez er ech esh ul ur ud ad as ash ar az at an bin ben ibn bint binti binte bte abu abou umm de del della di da do dos das du des \
    la le las los van von der den vom zu zum zur ten ter af av y e i ould wa wal ap mac o of the and und et";

/// Of organisations: joins words.
const ORGANISATION_PARTICLES: &str = "of the and und et de del der des die das la le los las y e i for fur pour para voor in a al el an s po v na im \
    imeni dlya iz do da das dos di du con por con w z na no number nr num numero nomer";

/// Before or behind a name, never part of it; "FNU" is an authority's "first name unknown".
const TITLES: &str = "mr mrs ms miss mx dr prof professor doctor doktor sir dame lord lady madam madame monsieur herr frau haji hajji hajj \
    hadji alhaji alhaj sheikh shaykh shaikh sheik cheikh mullah mulla maulana maulvi maulawi mawlavi moulavi moulvi molavi mawlawi mawlana molla mufti ustad ustadh ustaz sayyid sayed \
    hojatoleslam ayatollah imam qari hafez general gen colonel col major maj captain capt lieutenant lt sergeant sgt admiral adm marshal \
    brigadier comrade engineer eng engr ing ir minister president excellency hon honourable honorable rev reverend father fr senor senora \
    sr sra don dona jr junior esq phd md mba msc bsc cpa cissp llm daw \
    fnu lnu mnu";

/// Titles that are frequent names as well, and count as titles only with a dot.
const TITLES_WITH_DOT: &str =
    "hafez sayyid sayed major marshal don fr ing ir sr col gen lt capt imam general father eng daw junior";

/// What people in remote work call themselves behind their names.
const JOB_WORDS: &str = "developer engineer programmer architect designer manager consultant analyst freelancer contractor freelance stack \
    fullstack frontend backend devops blockchain software senior lead cto ceo cfo coo founder expert specialist remote solidity rust python \
    javascript typescript react node java web3 dev qa tester admin recruiter hr marketing sales";

const LEGAL_FORMS: &str = "llc ltd limited inc incorporated corp corporation co plc lp llp lllp gmbh ag kg ohg ug se sa sarl sas srl spa snc bv \
    nv ab as asa oy oyj aps kft zrt rt doo dd ad ood eood ooo oao zao pao ao jsc pjsc ojsc cjsc tov too fze fzco fzc fz fzllc dmcc wll \
    pte pty pvt private sdn bhd tbk pt kk gk sp zoo spol sro as ltda eireli cv rl sal sae liability joint stock open closed public \
    aktiengesellschaft gesellschaft mbh haftung beschrankter mit societe anonyme societa sociedad anonima obshchestvo aktsionernoe \
    aktsionernoye ogranichennoi ogranichennoy otvetstvennostyu obschestvo aktsionerno zakrytoe otkrytoe publichnoe nepublichnoe nepubl zao \
    zakrytoye otkrytoye publichnoye simplificada acciones responsabilidad limitada variable beschrankte beschraenkter aktsionernoie pjs pjsc \
    filial branch company zeren gufen anonim sirketi publichne privatne aktsionerne tovarystvo obmezhenoyu obmezhenoiu vidpovidalnistyu \
    vidpovidalnistiu adkrytae adkrytaye zakrytae zakrytaye aktsyyanernae aktsyyanernaye aktsyianernae tavarystva abmezhavanai abmezhavanay \
    adkaznastsyu adkaznastsiu drustvo ogranicenom ogranicenoj odgovornoscu odgovornosti raspundere limitata societatea spolecnost rucenim \
    omezenym spolka ograniczona odpowiedzialnoscia akcyjna druzhestvo ogranichena otgovornost responsabilita limitee responsabilite azioni \
    zhauapkershiligi shekteuli seriktestigi aktsionerlik ilimitada sahami cu sti fzc vzw eurl sasu sapi rl sci sarlu lda kom shareholding";

const GENERIC_WORDS: &str = "bank trading trade group holding holdings international general global industries industry industrial services \
    service enterprise enterprises investment investments shipping maritime marine import export development engineering technology \
    technologies construction management institute university organization organisation foundation national state center centre \
    company firm association capital energy oil gas petroleum steel mining insurance finance financial logistics transport aviation \
    airlines electronics systems solutions research production products commercial medical factory plant works corporation bureau \
    ministry committee partners fund trust real estate property properties";

/// Short and pet forms and the names they stand for, one group a line (general knowledge; onomastic dictionaries of the languages
/// agree on these).
const NICKNAMES: &[&str] = &[
    "alexander aleksandr aleksander aleksandre oleksander alex sasha sacha aleks alec sandy sander xander alejandro alexandre oleksandr olexandr aliaksandr alyaksandr iskander",
    "alexei aleksei aleksey aleksej alexey alyosha lyosha oleksii oleksiy alyaksei",
    "anthony antony tony antonio anton antoine",
    "andrew andy drew andrei andrey andrej andriy andrii andrzej andre andreas andres",
    "benjamin ben benny benji",
    "charles charlie chuck carlos carl karl",
    "christopher chris kit topher christoph",
    "daniel dan danny daniil danylo danila",
    "david dave davy",
    "dmitry dmitri dmitrii dmitriy dmitrij dima mitya dmytro dzmitry",
    "edward ed eddie ted eduard eduardo",
    "elizabeth liz lizzie beth betty eliza elisabeth elizaveta yelizaveta yelyzaveta lizaveta",
    "eugene gene yevgenii evgenii yevhenii ievgen eugen yauheni yevgeny evgeny evgeni evgeniy yevgeniy zhenya yevhen yauhen",
    "francis frank francisco paco pancho francesco francois",
    "gennady gennadi gennadiy gennadii gena hennadiy hennadii henadz",
    "george georgi georgy georgiy jorge georg georges yuri yury yuriy yurii iurii iury iuri jurij juri jury heorhii heorhiy",
    "gregory greg grigory grigori grigoriy grigorii hryhoriy hryhorii ryhor",
    "henry harry hank enrique henri heinrich",
    "igor ihor",
    "gleb hlib hleb",
    "bogdan bohdan",
    "german herman hermann",
    "egor yegor yehor jegor iegor",
    "nadezhda nadiya nadiia nadzeya",
    "vera vira",
    "ignat ihnat",
    "gavriil havryil havrylo",
    "ismail esmail esmaeil ismaaciil ismael",
    "ivan vanya john johannes jan juan jean giovanni joao",
    "jacob jake yakov jakob",
    "james jim jimmy jamie jaime",
    "joseph joe joey jose pepe josef giuseppe iosif yosyp",
    "katherine catherine kate katie kathy cathy kathryn ekaterina jekaterina katsiaryna katsyaryna iekaterina yekaterina katya catalina kateryna",
    "konstantin kostya constantine kostyantyn kostiantyn kanstantsin",
    "lawrence larry laurence lorenzo",
    "leonid lyonya leo",
    "margaret maggie meg peggy margarita rita",
    "maria mary marie masha mariya maryam",
    "matthew matt matvei matvey mateo matteo",
    "maxim maksim max maksym",
    "michael mike mick mickey mikhail misha miguel michel michal mykhailo mykhaylo mihail",
    "natalia nataliya natalya natasha nataliia natalja natallia",
    "nicholas nick nicky nikolai nikolay nikolaj kolya nicolas mykola mykolai mikalai mikalay nikola",
    "oleg oleh",
    "olga olha olya",
    "patrick pat paddy patricio",
    "paul pavel pasha pablo paolo pavlo pawel",
    "peter pete pyotr petr piatro pjotr petro pedro piotr pierre",
    "philip phil felipe philippe filipp pylyp",
    "raymond ray ramon",
    "richard rick dick rich ricky ricardo",
    "robert bob bobby rob robbie roberto",
    "ronald ron ronnie",
    "samuel sam sammy",
    "sergei sergey sergej serge serhii serhiy siarhei syarhey sergio seryozha sergejs",
    "stephen steven steve stefan esteban stepan stepane styapan",
    "susan sue susie suzanne",
    "svetlana sveta svitlana",
    "tatiana tatyana tatjana tanya tetiana tetyana tatsiana tatstsyana",
    "theodore ted teddy fyodor fedor fedir teodoro",
    "thomas tom tommy tomas",
    "victor viktor vitya viktar",
    "vladimir volodymyr volodimir vova volodya uladzimir uladzimer wladimir",
    "vladislav vlad vladyslav uladzislau",
    "vyacheslav viacheslav vjatjeslav viachaslau vyachaslau slava",
    "william bill billy will willy liam guillermo wilhelm guillaume",
    "yaroslav iaroslav jaroslav",
    "zachary zach zack",
    "anatoly anatoli anatoliy anatolii anatolij anatol",
    "arkady arkadi arkadiy arkadii",
    "artem artyom artiom artjom",
    "galina halyna halina",
    "helen elena olena alena aljona alyona yelena helena jelena ellen lena",
    "ilya ilia illya illia ilja",
    "irina iryna irene arina ira",
    "julia yulia yuliya yuliia iuliia julie yuliana",
    "kirill kyrylo kiril kirylo cyril",
    "ksenia kseniya xenia oksana aksana",
    "ludmila lyudmila liudmila liudmyla lyudmyla",
    "nikita mykyta mikita",
    "patricia patty patti tricia",
    "roman raman",
    "timothy tim timofei timofey tymofii",
    "valery valeri valeriy valerii valerij valerian",
    "vasily vasili vasiliy vasilii vasyl vasil basil",
    "vitaly vitali vitaliy vitalii vitalij vital",
    "abd abdul abdel abdal abdu abdoul abdool abdol abdur abdus abdi cabdi cabdul",
    "muhammad mohammad mohammed mohamed muhammed mohamad mohamud muhamad muhamed mohammod mehmed mehmet mahomed mohd md mohamat mamadou maxamed",
    "ahmad ahmed achmed achmad ahmet ahmadou axmed",
    "husayn hussein hossein husain hosein hussain husein huseyin hocine houcine xuseen xuseyn",
    "hasan hassan hassen hacene xasan xassan",
    "umar omar omer oumar cumar",
    "uthman osman othman usman ousmane cismaan cusmaan",
    "abdullah abdallah abdulla abdellah abdalla abdoulaye abdullahi cabdullahi cabdalla",
    "said saeed saeid sayeed saiid saciid siciid",
    "khalid khaled khalit",
    "jamal gamal djamel djamal cemal",
    "ali aly alli cali",
    "mustafa mustapha moustafa mostafa moustapha",
    "ibrahim ebrahim brahim ibraheem ibrahima ibraahim",
    "sulayman suleiman sulaiman soleiman souleymane suleyman sulaymon",
    "ayman aiman eymen aymen",
    "usama osama oussama ousama",
    "zayd zaid zeid zayed zaed",
    "haytham haitham haythem haisam",
    "faysal faisal feisal faycal",
    "yahya yehia yehya yahia yihya",
    "qasim kassem qassem gassim kasim qasem ghassem",
    "yusuf yousef youssef yousif yusif yousuf yosef youcef yuusuf",
    "mahmud mahmoud mahmood mehmood mahmut maxamuud maxamud",
    "nasir nasser naser nacer",
    "salih saleh salah",
    "tariq tarek tarik tareq",
    "fuad fouad foad",
    "kamal kamel kamil kemal",
    "rashid rasheed rachid reshid",
    "sharif shareef cherif sherif",
    "yunus younis younes yunis",
    "musa moussa mousa mosa",
    "isa issa eisa ciise",
    "daud dawud daoud dawood daood",
    "nur noor nour",
    "mukhtar mokhtar moktar",
    "mahdi mehdi mahdy",
    "rida reza riza ridha redha",
    "muhsin mohsen mohsin muhsen",
    "fatima fatemeh fatma fatimah fatouma",
];

struct Tables {
    particles: HashMap<&'static str, ()>,
    organisation_particles: HashMap<&'static str, ()>,
    titles: HashMap<&'static str, ()>,
    titles_with_dot: HashMap<&'static str, ()>,
    jobs: HashMap<&'static str, ()>,
    legal_forms: HashMap<&'static str, ()>,
    generic: HashMap<&'static str, ()>,
    nicknames: HashMap<&'static str, u16>,
}

static TABLES: LazyLock<Tables> = LazyLock::new(|| {
    let set = |words: &'static str| words.split_whitespace().map(|word| (word, ())).collect();
    let mut nicknames = HashMap::new();
    for (group, names) in NICKNAMES.iter().enumerate() {
        for name in names.split(' ') {
            // "Ted" is both Edward and Theodore: the first group that names it.
            nicknames.entry(name).or_insert(group as u16 + 1);
        }
    }
    Tables {
        particles: set(PARTICLES),
        organisation_particles: set(ORGANISATION_PARTICLES),
        titles: set(TITLES),
        titles_with_dot: set(TITLES_WITH_DOT),
        jobs: set(JOB_WORDS),
        legal_forms: set(LEGAL_FORMS),
        generic: set(GENERIC_WORDS),
        nicknames,
    }
});

pub(super) fn kind_of(roman: &str, of: NameKind) -> TokenKind {
    if roman.bytes().all(|byte| byte.is_ascii_digit()) {
        return TokenKind::Number;
    }
    let tables = &*TABLES;
    match of {
        NameKind::Organisation if tables.legal_forms.contains_key(roman) => TokenKind::LegalForm,
        NameKind::Organisation if tables.generic.contains_key(roman) => TokenKind::Generic,
        NameKind::Organisation if tables.organisation_particles.contains_key(roman) => TokenKind::Particle,
        NameKind::Person if tables.particles.contains_key(roman) => TokenKind::Particle,
        _ if roman.len() == 1 => TokenKind::Initial,
        _ => TokenKind::Word,
    }
}

/// Whether a word is a legal form, or a part of one.
pub(super) fn is_legal_form(roman: &str) -> bool {
    TABLES.legal_forms.contains_key(roman)
}

/// Numbers as organisations' names spell them, as cardinals and as ordinals, from 1 on.
const NUMBERS: &str = "one first two second three third four fourth five fifth six sixth seven seventh eight eighth nine ninth ten tenth \
    eleven eleventh twelve twelfth thirteen thirteenth fourteen fourteenth fifteen fifteenth sixteen sixteenth seventeen seventeenth \
    eighteen eighteenth nineteen nineteenth";

/// Tens as organisations' names spell them, from 20 on.
const TENS: &str = "twenty twentieth thirty thirtieth forty fortieth fifty fiftieth sixty sixtieth seventy seventieth eighty eightieth \
    ninety ninetieth";

/// Roman numerals that are no word, the ordinal of each number in digits, and usual abbreviations.
const IN_FULL: &str = "1st=1 2nd=2 ii=2 3rd=3 iii=3 4th=4 iv=4 5th=5 6th=6 vi=6 7th=7 vii=7 8th=8 viii=8 9th=9 ix=9 10th=10 fourty=40 \
    intl=international int=international natl=national govt=government dept=department univ=university inst=institute \
    mfg=manufacturing bros=brothers centre=center organisation=organization";

/// Ordinals and numerals of organisations in digits, and usual abbreviations in full; any other word as it is.
pub(super) fn in_full(roman: &str) -> &str {
    static WORDS: LazyLock<HashMap<&'static str, String>> = LazyLock::new(|| {
        let numbered = |words: &'static str, from: usize, step: usize| {
            words.split_whitespace().enumerate().map(move |(place, word)| (word, (from + place / 2 * step).to_string()))
        };
        let written = IN_FULL.split_whitespace().filter_map(|row| row.split_once('='));
        let written = written.map(|(word, full)| (word, full.to_owned()));
        numbered(NUMBERS, 1, 1).chain(numbered(TENS, 20, 10)).chain(written).collect()
    });
    WORDS.get(roman).map_or(roman, String::as_str)
}

pub(super) fn is_title(roman: &str, has_dot: bool) -> bool {
    let tables = &*TABLES;
    tables.titles.contains_key(roman) && (has_dot || !tables.titles_with_dot.contains_key(roman))
}

/// Whether a word is a rank, which is a title in front of a whole name without a dot as well.
pub(super) fn is_rank(roman: &str) -> bool {
    const RANKS: [&str; 9] =
        ["general", "major", "marshal", "lieutenant", "colonel", "captain", "brigadier", "admiral", "sergeant"];
    RANKS.contains(&roman)
}

/// Whether a word in brackets tells that they hold a remark and no part of the name.
pub(super) fn is_note_word(lower: &str) -> bool {
    const NOTES: [&str; 20] = [
        "alias",
        "aliases",
        "born",
        "branch",
        "combat",
        "deceased",
        "formerly",
        "guerre",
        "identity",
        "listed",
        "located",
        "name",
        "names",
        "nickname",
        "passport",
        "previously",
        "spelling",
        "spelled",
        "spelt",
        "transliteration",
    ];
    NOTES.contains(&lower)
}

pub(super) fn is_job_word(lower: &str) -> bool {
    TABLES.jobs.contains_key(lower)
}

/// Whether a word tells that the name it stands in is an organisation's: a legal form or a kind of organisation that is no one's name.
pub(super) fn tells_organisation(roman: &str) -> bool {
    const TELLING: &[&str] = &[
        "academy",
        "association",
        "bank",
        "bureau",
        "cjsc",
        "co",
        "committee",
        "company",
        "corp",
        "corporation",
        "enterprise",
        "enterprises",
        "foundation",
        "gmbh",
        "group",
        "holding",
        "holdings",
        "inc",
        "incorporated",
        "industries",
        "institute",
        "jsc",
        "limited",
        "llc",
        "llp",
        "ltd",
        "ministry",
        "oao",
        "ojsc",
        "ooo",
        "organisation",
        "organization",
        "pjsc",
        "plc",
        "pte",
        "sirketi",
        "trading",
        "university",
        "zao",
    ];
    TELLING.binary_search(&roman).is_ok()
}

pub(super) fn nickname_group(roman: &str) -> u16 {
    TABLES.nicknames.get(roman).copied().unwrap_or_else(|| patronymic_group(roman))
}

/// Groups of fathers' names bear this bit.
const FATHERS: u16 = 1 << 12;

/// Whether a group is one of fathers' names.
pub(super) const fn is_fathers(group: u16) -> bool {
    group & FATHERS != 0
}

/// The group of a father's name in Russian, Ukrainian and Belarusian, sons and daughters alike: "Nikolaevich", "Mykolaivna". Fathers'
/// names meet fathers' names alone.
fn patronymic_group(roman: &str) -> u16 {
    const SONS_AND_DAUGHTERS: &[&str] = &[
        "yevich", "ievich", "jevich", "iovych", "iyovych", "ovitch", "evitch", "owitsch", "ewitsch", "yevitj", "jevitj", "ovitj",
        "evitj", "jevitsch", "ovich", "evich", "ovych", "evych", "avich", "ovicz", "ovic", "evic", "yevna", "ievna", "jevna",
        "yivna", "iivna", "ovna", "evna", "ivna", "auna", "euna", "awna", "ewna",
    ];
    const ENDINGS: [&str; 8] = ["", "i", "y", "ei", "ey", "a", "o", "ii"];
    let Some(stem) = SONS_AND_DAUGHTERS.iter().find_map(|ending| roman.strip_suffix(ending)) else { return 0 };
    let named = |stem: &str| ENDINGS.iter().find_map(|ending| TABLES.nicknames.get(format!("{stem}{ending}").as_str()));
    let group = named(stem).or_else(|| named(stem.trim_end_matches(['i', 'y', 'j'])));
    group.map_or(0, |group| group | FATHERS)
}

/// Hashes of other spellings of a word by table: Wade–Giles and Cantonese. 0: none.
pub(super) fn alternates(roman: &str) -> [u32; 3] {
    let mut alternates = [0; 3];
    let by_surname = han::surnames(roman).iter().map(|pinyin| hash(pinyin));
    let by_syllable = han::pinyin_of_wade_giles(roman).map(|pinyin| hash(&pinyin));
    for (place, alternate) in alternates.iter_mut().zip(by_syllable.into_iter().chain(by_surname)) {
        *place = alternate;
    }
    alternates
}

/// FNV-1a; equality is checked by letters where it matters.
pub(super) fn hash(roman: &str) -> u32 {
    roman.bytes().fold(0x811C_9DC5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn telling_words_are_sorted() {
        for word in ["academy", "co", "company", "gmbh", "llc", "ooo", "pte", "zao"] {
            assert!(tells_organisation(word), "{word}");
        }
        assert!(!tells_organisation("marlowe"));
    }

    #[test]
    fn fathers_names_meet_across_languages() {
        for names in [
            ["nikolaevich", "nikolayevna", "mykolaiovych", "mykolaivna"],
            ["vladimirovich", "volodymyrovych", "vladimirovna", "uladzimirauna"],
            ["anatolyevich", "anatoljevitj", "anatolevich", "anatolivna"],
            ["yuryevich", "iurevich", "yuriivna", "jurjevitj"],
        ] {
            let groups = names.map(nickname_group);
            assert!(groups[0] != 0 && groups.iter().all(|group| *group == groups[0]), "{names:?}: {groups:?}");
        }
        assert_ne!(nickname_group("nikolaevich"), nickname_group("nikolai"));
        assert_eq!(nickname_group("popovich"), 0);
    }
}
