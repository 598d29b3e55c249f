//! Words of organisations' names that are translated from one list to the next rather than spelled: "zavod" is "plant", "NPO" is
//! "scientific production association".
//!
//! A word is brought to English words that stand for it: by an abbreviation, by a word of a language as it is written in Latin
//! letters, or by the stem of an inflected one (Russian and its neighbours: "nauchnaya", "nauchnogo"). Stems are compared by sounds,
//! since every romanisation spells their endings in its own way. The tables are our own, from dictionaries of the languages and from
//! the designations that commercial codes prescribe.

use std::collections::HashMap;
use std::sync::LazyLock;

use bonafide_normalise::script::sound::sounds;

/// Words of one meaning in English and, as romanised, in other languages; the first stands for all of them.
const WORDS: &[&str] = &[
    "plant factory works mill zavod zavad fabrika fabrica usine fabrik werk werke karkhaneh zavodu",
    "company companies compania companhia compagnie kompaniya kompania kompaniia sherkat sherkate shirkat sirketi sirket gongsi \
     sharika sharikat shareka sharekat gesellschaft tovarystvo tavarystva hoesa hwesa empresa kaisha maatschappij firma",
    "limited youxian mahdouda mahduda",
    "group grupo groupe gruppa gruppe gruppo gruppi grupp jituan gorouh gorooh goruh guruh majmua majmuat majmuah grubu grup hrupa",
    "enterprise enterprises entreprise entreprises unternehmen predpriyatie predpriyatiye pidpryyemstvo pidpryemstvo pradpryemstva \
     pradpryiemstva undertaking",
    "association union society obyedinenie obedinenie obyedineniye verein asociacion associacao associazione jamiat jamiyat jamiyah \
     jamiya jamiyyat jamiyyah jamia dernegi anjoman anjuman obyednannya",
    "foundation fundacion fundacao fondation fondazione stiftung bonyad vakfi vakif waqf muassasa muassasah muassasat yayasan muasasa",
    "fund fond fonds fondo sanduq",
    "bank banco banque banca masraf yinhang unhaeng eunhaeng banki bankasi",
    "trading trade trades traders trader commerce commercial business comercial comercializadora comercio comerciale maoyi muyok muyeok \
     ticaret handel handels tijara tijarah tijarat tejarat bazargani torgovlya torgovyi treiding treyding kommercheskii commercio",
    "industry industries industrial industria industrias industrie industriel industrielle industriya sanayi sanaye sanayeh sanati \
     gongye shiye promyshlennost prom promyshlennyi",
    "technology technologies technological technical tech keji tekhnologii tekhnologiya tekhnologiy tecnologia tecnologias technologie \
     technologi fanavari fanavaran jishu teknoloji tekhnicheskii tekhno tehnologii tehnologiya",
    "scientific science sciences nauka nauk cientifico scientifique wissenschaftlich elm elmi ilmi kexue",
    "research researches investigacion investigaciones recherche recherches forschung pazhuhesh pajoohesh pazhuheshgah pajuhesh yanjiu",
    "production productions produccion producao produktion tolidi towlid tolid vyrobnyche vytvorchaye producing",
    "design konstruktorskoe construct designing diseno proekt project projects proyecto proyectos projet sheji",
    "bureau buro byuro biuro office offices maktab daftar oficina ofis",
    "institute institut instituto institution moassese moasese moasseseh muesse instytut yanjiusuo yanjiuyuan",
    "university universitet universidad universite universitat daneshgah jamiatu daxue universidade",
    "center centre centro centr tsentr zentrum markaz zhongxin merkezi tsentar",
    "state gosudarstvennyi gosudarstvennoe derzhavne derzhavnyy dzyarzhaunaye dziarzhaunae estatal etat dawlat",
    "national nacional nationale nazionale natsionalnyi melli milli watani wataniya qawmi",
    "international internacional internationale mezhdunarodnyi guoji beynolmelal beinolmelal internazionale duwali dawli uluslararasi",
    "general generale generalnyi umum umumi",
    "services service servicios servicio servicos servico uslugi khadamat hizmetleri dienstleistungen servis fuwu",
    "construction building constructions constructora construcciones construtora constructor stroitelnyi stroitelstvo insaat jianshe \
     jianzhu sakhteman sakht bau construccion omran omrani",
    "development desarrollo developpement razvitie tawseeh towseeh tosee tose tosaeh kaifa fazhan tanmiya gostaresh gostar",
    "investment investments inversiones inversion investimentos investissement investissements sarmayegozari sarmayeh touzi yatirim \
     investitsii investitsionnyi istithmar invest",
    "transport transportation transportes transporte transports transportnyi haml naql naghl nakliyat yunshu transporting",
    "shipping shipment keshtirani kashtirani kesht hangyun chuanwu denizcilik navieras naviera sudokhodnyi shipowner",
    "marine maritime sea maritima morskoi morskoy bahri bahriya haiyang",
    "aviation aeronautics aeronautical aerospace aviatsionnyi aviatsiya avia aviacion aeronautica havai havaie havayi hangkong",
    "airlines airline airways aerolineas aviakompaniya havayollari",
    "oil neft neftyanoi naft petroleum petroleos petrole petrol shiyou",
    "gas gaz gazovyi",
    "petrochemical petroshimi petrochemicals petroquimica neftekhimicheskii neftekhim",
    "chemical chemicals chemistry chemie khimicheskii khim quimica quimicos chimique shimi shimiayi huaxue huagong kimya kimyo",
    "pharmaceutical pharmaceuticals pharma medicine medicines drug drugs darou daru daroo daruyi farmatsevticheskii farmaceutica \
     farmaceuticos medicament pharmacy farmacia yiyao ilac pharmacia",
    "medical meditsinskii medico medicos medicale pezeshki tibbi medizin yiliao",
    "electronics electronic elektronika elektronnyi electronica electronicos elektronik dianzi elektronics electronique",
    "electric electrical electro elektricheskii elektro electrica electrico barq elektrik dianqi",
    "energy energiya energo energeticheskii energia energie nengyuan enerji energetika niru nirou energomash",
    "machine machines machinery jixie mashin mashinen makina maquinaria",
    "metal metals metallurgical metallurgy metallurgicheskii metall metales metallurgiya",
    "steel stal fulad foulad acero acier stahl gangtie celik",
    "automobile automobiles automotive auto autos motor motors car cars avtomobilnyi avto avtomobil automotriz qiche khodro otomotiv",
    "equipment oborudovanie equipo equipos equipement tajhizat shebei apparatura ekipman",
    "instrument instruments pribor pribory device devices",
    "system systems sistem sistema sistemy sistemas systeme systemes xitong nizam samaneh",
    "information informatsionnyi informacion informatik xinxi ettelaat bilgi informatsiya",
    "communication communications svyaz svyazi comunicaciones telecom telecommunication telecommunications telekom tongxin ertebatat \
     mukhabarat telekommunikatsii etisalat iletisim",
    "computer computers computing kompyuter vychislitelnyi jisuanji rayaneh computadoras",
    "software programma programmnyi ruanjian narmafzar yazilim",
    "security bezopasnost bezopasnosti seguridad securite sicherheit amniyat amniat amn anquan guvenlik",
    "insurance strakhovaya strakhovoi seguros assurance assurances versicherung bimeh tamin baoxian sigorta",
    "finance financial finansovyi finansy finanzas financiera financiere finanz mali jinrong finans",
    "exchange sarrafi sirafa sarafa sirafah sarafi obmen cambio hawala doviz exchangers remittance",
    "logistics logistika logistica logistique logistik wuliu lojistik lojistics",
    "import imports importnyi importadora importacion importaciones varedat waredat ithalat jinkou",
    "export exports eksport eksportnyi exportadora exportacion exportaciones saderat sadirat ihracat chukou",
    "foreign vneshne vneshneekonomicheskii dis exterior kharejeh",
    "management upravlenie upravlyayushchaya upravlyayushchiy menedzhment gestion modiriyat administration administracion guanli verwaltung",
    "ministry ministerstvo ministerio ministere ministerium vezarat wizara wizarat wuzara bakanligi",
    "committee komitet comite lajna lajnat komite komitesi komissiya commission comision",
    "council soviet sovet consejo conseil majlis shura shoura shoraye meclis rada",
    "party partiya partido parti partei hizb hezb partisi",
    "movement dvizhenie dvizhenye movimiento mouvement bewegung harakat haraka harakah hareketi",
    "front frente cephesi jabha jabhat jebhe cephe",
    "army armiya ejercito armee jaysh jaish jeish arteshe artesh ordu silahli",
    "brigade brigades battalion battalions squad squads katibat katiba kataib katibah liwa saraya brigada batalon bataillon \
     regiment regiments polk",
    "liberation osvobozhdenie liberacion kurtulus tahrir tahreer freedom ozgurluk svoboda libertad liberte azadi",
    "revolution revolutionary revolucion revolucionario revolucionaria devrimci devrim enqelab enghelab thawra inqilab revolyutsionnyi",
    "people peoples popular narodnyi halk shaabi shabi khalq pueblo populaire volks renmin mardom",
    "guard guards pasdaran gvardiya guardia garde sepah haras",
    "force forces sily fuerzas quwat quwwat kuvvetleri niruye",
    "police politsiya policia polis shurta naja",
    "prison zindan zendan tyurma prision jail",
    "support help aid relief assistance pomoshch ayuda imdad emdad ighatha ighathah yardim secours poddershka",
    "charity charitable welfare benevolent benevolence humanitarian khayriya khayriyah khayriyya khayriyyah kheirieh blagotvoritelnyi \
     khairiya khairiyah insaniya gumanitarnyi",
    "islamic islam islami islamiya islamiyya islamiyah islamiyyah islamia islamiyat eslami islamskii islamico islamique islamiah",
    "martyr martyrs shahid shaheed shohada shuhada shahadat",
    "jerusalem quds qods ghods",
    "north northern sever severnyi norte nord shomal shamal kuzey",
    "south southern yug yuzhnyi sur sud jonub jonoub janub guney yug",
    "east eastern vostok vostochnyi oriente este ost sharq shargh dogu dongfang",
    "west western zapad zapadnyi oeste occidente ouest gharb bati",
    "middle sredni medio moyen miyaneh awsat",
    "central tsentralnyi zentral centrale markazi wasat merkez",
    "new novyi novaya nuevo nueva nouveau nouvelle neue jadid novin yeni xin",
    "first pervyi pervaya primero primera premier erste avval awwal",
    "world mir mirovoi mundo mundial mondial jahan jahani alam welt shijie dunya",
    "house dom casa maison bayt beit haus khane khaneh",
    "city gorod ciudad ville stadt shahr shahrdari madinat",
    "century vek veka siglo siecle",
    "family familia famille semya",
    "brothers hermanos freres bratya ikhwan kardesler biraderan irmaos gebruder",
    "sons hijos fils awlad filhos ogullari",
    "real immobiliere inmobiliaria imobiliaria inmuebles nedvizhimost bienes",
    "agricultural agriculture agrarian agro agricola selskokhozyaystvennyi keshavarzi ziraat tarim nongye agropecuaria",
    "food foods prodovolstvie alimentos alimenticios aliments ghaza gida lebensmittel produkty",
    "mining mine mines gornyi gorno mineria minera madan maadan kuangye maden rudnik",
    "nuclear atomic atom atomnyi yadernyi haste hastehei nucleaire",
    "aircraft airplane airplanes samolet samolyot havapeyma hawapeima feiji aeronave",
    "helicopter helicopters vertoletnyi vertolet helicopteros balgard",
    "missile missiles rocket rockets raketa raketnyi mushak mushaki moushaki cohete daodan",
    "space kosmos kosmicheskii espacio faza fazayi hangtian",
    "naval navy flot voenno bahriyeh",
    "military voennyi militar militaire nezami askari askariya junshi armed",
    "defense defence oborona oboronnyi defensa difa defa guofang",
    "special spetsialnyi spets especial spezial vizheh khas takhasosi takhassosi specialized spetsializirovannyi specialised",
    "laboratory laboratories laboratoriya laboratorio labs lab azmayeshgah",
    "academy akademiya academia academie akademie",
    "school shkola escuela ecole madrasa madrassa madrassah madrasah schule",
    "hospital gospital bolnitsa mustashfa bimarestan",
    "port porto puerto portovyi bandar limani",
    "airport aeroport aeropuerto foroudgah",
    "tourism turizm turismo travel travels tour tours viajes lvyou",
    "hotel hotels otel hoteles gostinitsa funduq hotelera",
    "media smi medios rasaneh",
    "television tv teleradio televidenie",
    "network red reseau shabakeh shabaka",
    "holding holdings kholding holdingi",
    "mechanical mekhanicheskii mekanik mecanica mecanique",
    "optical optics optika optiko optic optico opticheskii",
    "shipbuilding shipyard sudostroitelnyi sudostroenie astillero astilleros tersane verf sudoremontnyi",
    "engineering engineers inzhiniring inzheniring inzhenernyi mohandesi ingenieria ingenierie ingenieure muhandislik muhendislik",
    "textile textiles tekstil tekstilnyi textil nassaji",
    "water voda vodnyi agua eau aab shui",
    "air vozdushnyi aire hava aereo",
    "road roads dorozhnyi doroga carretera",
    "railway railways railroad zheleznodorozhnyi rah ahan ferrocarril tielu rail",
    "printing typography tipografiya chap imprenta yinshua",
    "golden gold zoloto zolotoi oro dahab",
    "star stars zvezda estrella etoile setareh najm",
    "palestine palestinian filastin falastin palestina filistin filastiniya philastini",
    "iran iranian iranskii irani",
    "russia russian rossiya rossii rossiiskii rossiyskaya rossiyskoi russkii ros rusia russe",
    "syria syrian siriya suriya suriye siria syrie",
    "libya libyan libia libi libiya libye",
    "iraq iraqi irak iraqiya iraqiyah",
    "egypt egyptian misr misri masri",
    "lebanon lebanese lubnan lubnani",
    "yemen yemeni yaman",
    "tunisia tunisian tunis tunisien tunisie",
    "morocco moroccan marocain maroc maghribi maghrib",
    "algeria algerian algerien jazair",
    "afghanistan afghan",
    "pakistan pakistani",
    "kurdistan kurdish kurd",
    "turkey turkish turkiye turk",
    "china chinese zhongguo sino cina",
    "korea korean choson chosun joson chosen koryo",
    "belarus belarusian belorusskii belaruskii belarusskii belorussian belaruski",
    "ukraine ukrainian ukraina ukrainskii ukraini ucrania",
    "crimea crimean krym krymskii krim",
    "venezuela venezuelan",
    "cuba cuban cubana cubano",
    "colombia colombian colombiana colombiano",
    "mexico mexican mexicana mexicano",
    "serbia serbian srpski srpska",
    "siberia siberian sibir sibirskii",
    "ural urals uralskii",
    "moscow moskva moskovskii moskvy",
    "petersburg peterburg peterburgskii",
    "saint st sankt san santa",
    "republic respublika respublikanskii republica republique jumhuriya jomhuri cumhuriyeti respublikanskaye republican",
    "federal federalnyi federation federatsiya federacion",
    "regional oblastnoi regionalnyi oblast province provincial",
    "public publichnoe publique publico amm aam",
    "cooperative cooperation taavon taavoni cooperativa kooperativ",
    "joint sovmestnoe mushtarak moshtarak hehe",
    "and va ve und y et",
];

/// English words as Cyrillic spells them and as that is romanised again: what they sound like there.
const ENGLISH_IN_CYRILLIC: &str = "treiding=trading treyding=trading trejding=trading teknolodzhis=technology teknolodzhiz=technology \
    teknolodzhi=technology tekhnolodzhis=technology tekhnolodzhiz=technology tekhnolodzhi=technology lodzhistik=logistics lodzhistiks=logistics \
    trast=trust grup=group kampani=company kompani=company sistems=system sistemz=system solyushns=solutions solyushnz=solutions \
    solyushens=solutions soliushns=solutions servises=services servisez=services shiping=shipping menedzhment=management menedzment=management \
    konsalting=consulting kepital=capital faynans=finance fainans=finance enerdzhi=energy investments=investment invesments=investment \
    interneshnl=international interneshnal=international internesional=international marin=marine avieyshn=aviation eyrlayns=airlines \
    eirlains=airlines indastri=industry indastriz=industry indastris=industry enzhiniring=engineering kholding=holding divelopment=development \
    didzhital=digital softver=software elektroniks=electronics dizayn=design dizain=design sekyuriti=security sekiuriti=security \
    ekspress=express oyl=oil resursez=resources metalz=metals netvork=network layn=line lain=line layns=lines lains=lines siti=city \
    pozitiv=positive partnerz=partners vencher=venture";

/// Stems of words that are inflected in Russian and its neighbours, as romanised, and their meaning.
const STEMS: &str = "nauchn=scientific naukov=scientific navukov=scientific issledovatelsk=research doslidn=research proizvodstvenn=production \
    vyrobnych=production konstruktorsk=design opytn=experimental eksperimentaln=experimental tekhnichesk=technology tehnichesk=technology \
    tekhnologichesk=technology gosudarstvenn=state derzhavn=state federaln=federal respublikansk=republic unitarn=unitary byudzhetn=budget \
    obrazovateln=education uchrezhdeni=institution universitet=university predpriat=enterprise obedineni=association obshchestv=company \
    kompani=company korporats=corporation grupp=group zavod=plant kombinat=plant fabrik=plant byur=bureau institut=institute \
    tsentr=center tsentraln=central moskovsk=moscow sibirsk=siberia uralsk=ural krymsk=crimea rossiisk=russia vserossiisk=russia \
    belorussk=belarus belarusk=belarus ukrainsk=ukraine mezhdunarodn=international natsionaln=national torgov=trading kommerchesk=trading \
    promyshlenn=industry bankovsk=bank finansov=finance strakhov=insurance investitsionn=investment upravlaiushch=management \
    mashinostroiteln=machine+construction mashinostroeni=machine+construction priborostroiteln=instrument+construction \
    priborostroeni=instrument+construction sudostroiteln=shipbuilding sudostroeni=shipbuilding sudoremontn=shipbuilding \
    aviastroiteln=aircraft+construction stroiteln=construction stroitelstv=construction montazhn=assembly remontn=repair \
    aviatsionn=aviation avtomobiln=automobile vertoletn=helicopter raketn=missile kosmichesk=space morsk=marine rechn=river transportn=transport \
    zheleznodorozhn=railway dorozhn=road vozdushn=air metallurgichesk=metal khimichesk=chemical neftekhimichesk=petrochemical neftian=oil \
    neftegazov=oil+gas gazov=gas ugoln=coal gorn=mining rudn=mining energetichesk=energy elektrichesk=electric elektronn=electronics \
    elektrotekhnichesk=electric+technology radiotekhnichesk=radio+technology radioelektronn=radio+electronics optichesk=optical \
    mekhanichesk=mechanical priborn=instrument vychisliteln=computer informatsionn=information programmn=software tochn=precision \
    spetsialn=special spetsializirovann=special voenn=military oboronn=defense oboron=defense bezopasn=security sviaz=communication \
    radiosviaz=radio+communication sistem=system tekhnologi=technology tehnologi=technology tekhnik=technology materialov=materials \
    material=materials oborudovani=equipment dvigatel=engine dvigatelestroiteln=engine+construction instrumentaln=tool stankostroiteln=machine+tool+construction \
    khimi=chemical fizik=physics fizichesk=physics biologichesk=biology meditsinsk=medical farmatsevtichesk=pharmaceutical pishchev=food \
    selskokhoziaistvenn=agricultural agrarn=agricultural lesn=forest narodn=people obshchestvenn=public molodezhn=youth vostochn=east \
    dalnevostochn=far+east severn=north zapadn=west iuzhn=south novi=new perv=first mirov=world organizatsi=organization assotsiatsi=association \
    akademi=academy laboratori=laboratory litein=casting akkumuliatorn=battery shinn=tyre traktorn=tractor podvodn=underwater \
    venchurn=venture imperi=imperial antiglobalist=antiglobalization dvizheni=movement soprotivleni=resistance osvobozhdeni=liberation \
    proektn=design finansirovani=finance logistik=logistics logistichesk=logistics uslug=services kapital=capital razviti=development \
    issledovani=research razrabotk=development proizvodstv=production ispytani=testing ispytateln=testing avtomatik=automation \
    avtomatizatsi=automation telekommunikatsi=communication elektronik=electronics mikroelektronik=microelectronics komponent=component";

/// Endings of declined words, by their sounds.
const ENDINGS: &[&str] = &[
    "", "A", "AI", "AIA", "AIE", "AIU", "E", "EI", "EV", "I", "IA", "IE", "IH", "IM", "IMI", "IU", "O", "OE", "OGO", "OI", "OIE",
    "OM", "OMU", "OV", "OVO", "U", "UIU", "AM", "AH", "AMI", "EGO", "KI", "TI", "IV", "AE", "OST", "OSTI",
];

/// Abbreviations that name a kind of organisation and never one of them.
const ABBREVIATIONS: &[(&str, &str)] = &[
    ("edb", "experimental design bureau"),
    ("fgbu", "federal state budget institution"),
    ("fgbou", "federal state budget education institution"),
    ("fgup", "federal state unitary enterprise"),
    ("fkp", "federal state enterprise"),
    ("fsbi", "federal state budget institution"),
    ("fsue", "federal state unitary enterprise"),
    ("gup", "state unitary enterprise"),
    ("hk", "hong kong"),
    ("intl", "international"),
    ("irgc", "islamic revolution guard corps"),
    ("kb", "design bureau"),
    ("mfg", "manufacturing"),
    ("nii", "scientific research institute"),
    ("niti", "scientific research technology institute"),
    ("niu", "national research university"),
    ("nits", "scientific research center"),
    ("npk", "scientific production company"),
    ("npo", "scientific production association"),
    ("npp", "scientific production enterprise"),
    ("npts", "scientific production center"),
    ("nrc", "national research center"),
    ("ntts", "scientific technology center"),
    ("ntk", "scientific technology complex"),
    ("okb", "experimental design bureau"),
    ("otkb", "experimental technology design bureau"),
    ("pkf", "production trading company"),
    ("pmc", "private military company"),
    ("chvk", "private military company"),
    ("pkb", "design design bureau"),
    ("ran", "russia academy scientific"),
    ("ras", "russia academy scientific"),
    ("rd", "research development"),
    ("rup", "republic unitary enterprise"),
    ("skb", "special design bureau"),
    ("sktb", "special design technology bureau"),
    ("sue", "state unitary enterprise"),
    ("tskb", "central design bureau"),
    ("tsnii", "central scientific research institute"),
    ("vnii", "russia scientific research institute"),
    ("jv", "joint venture"),
    ("uk", "management company"),
    ("grk", "mining company"),
    ("gok", "mining plant"),
    ("mkb", "machine design bureau"),
    ("tmkb", "machine design bureau"),
    ("rovd", "police"),
    ("ovd", "police"),
    ("sme", "small medium enterprise"),
];

static BY_WORD: LazyLock<HashMap<&'static str, &'static str>> = LazyLock::new(|| {
    let mut words = HashMap::new();
    for row in WORDS {
        let first = row.split_whitespace().next().unwrap_or_default();
        for word in row.split_whitespace() {
            // A word of two meanings stands for the first that names it.
            words.entry(word).or_insert(first);
        }
    }
    for (abbreviation, meaning) in ABBREVIATIONS {
        words.insert(*abbreviation, *meaning);
    }
    for (word, english) in ENGLISH_IN_CYRILLIC.split_whitespace().filter_map(|row| row.split_once('=')) {
        let meaning = words.get(english).copied().unwrap_or(english);
        words.entry(word).or_insert(meaning);
    }
    words
});

static BY_STEM: LazyLock<HashMap<Vec<u8>, &'static str>> = LazyLock::new(|| {
    let rows = STEMS.split_whitespace().filter_map(|row| row.split_once('='));
    rows.map(|(stem, meaning)| (sounds(stem).as_bytes().to_vec(), meaning)).collect()
});

/// The English words that stand for a word of an organisation's name; none where it stands for itself.
pub(super) fn meaning(roman: &str) -> impl Iterator<Item = &'static str> {
    by_word(roman).or_else(|| by_stem(roman)).unwrap_or_default().split([' ', '+']).filter(|word| !word.is_empty())
}

/// How many words from a place on tell what kind of state body somebody is, as "federal state budgetary institution of higher
/// education" or "state unitary enterprise" does: a legal form of several words, each of which says something elsewhere.
pub(super) fn state_form(words: &[&str]) -> usize {
    const WORDS: [&str; 13] = [
        "federal",
        "state",
        "republic",
        "municipal",
        "budget",
        "budgetary",
        "autonomous",
        "unitary",
        "education",
        "higher",
        "professional",
        "enterprise",
        "institution",
    ];
    let links = |word: &str| matches!(word, "of" | "for" | "and");
    let length = words.iter().take_while(|word| WORDS.contains(word) || links(word)).count();
    let form = &words[..length];
    let says = |word: &str| form.contains(&word);
    let is_form = says("unitary")
        || says("budget")
        || says("budgetary")
        || (says("federal") && says("state") && (says("enterprise") || says("institution")));
    if is_form { form.iter().rposition(|word| !links(word)).map_or(0, |last| last + 1) } else { 0 }
}

/// Whether a word is one of those that stand for others.
pub(super) fn is_common(roman: &str) -> bool {
    by_word(roman).is_some()
}

fn by_word(roman: &str) -> Option<&'static str> {
    BY_WORD.get(roman).copied()
}

fn by_stem(roman: &str) -> Option<&'static str> {
    if roman.len() < 5 {
        return None;
    }
    let sounds = sounds(roman);
    let sounds = sounds.as_bytes();
    (4..=sounds.len()).rev().find_map(|cut| {
        let (stem, ending) = sounds.split_at(cut);
        let meaning = BY_STEM.get(stem)?;
        ENDINGS.iter().any(|known| known.as_bytes() == ending).then_some(*meaning)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(roman: &str) -> String {
        meaning(roman).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn inflected_words_and_abbreviations_are_translated() {
        assert_eq!(words("nauchno"), "scientific");
        assert_eq!(words("nauchnogo"), words("nauchnaia"));
        assert_eq!(words("issledovatelskii"), "research");
        assert_eq!(words("npo"), "scientific production association");
        assert_eq!(words("zavod"), words("factory"));
        assert_eq!(words("predpriyatie"), words("predpriiatiye"));
        assert_eq!(words("quillfeather"), "");
        assert_eq!(words(""), "");
    }

    #[test]
    fn words_that_stand_for_others_stand_for_themselves() {
        for row in WORDS {
            let first = row.split_whitespace().next().unwrap_or_default();
            let told = words(first);
            assert!(!told.is_empty() && words(&told) == told, "{first}: {told}");
        }
    }
}
