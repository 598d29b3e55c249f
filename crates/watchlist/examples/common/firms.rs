//! Ordinary firms: invented names of the kind that registers of companies are full of, for measuring how often such firms are asked
//! about.
//!
//! The tables are our own: large towns of each region (national censuses), trades after the sections and divisions of ISIC Rev. 4 (UN
//! Statistics Division) in the words that firms use for them, legal forms after the commercial codes, founders' names after the tables of
//! ordinary people. Ranks weigh by Zipf's law. What is drawn is no real firm but by chance.

use bonafide_watchlist::screening::{Tradition, ordinary_names};

use super::garbled::Dice;

/// How firms are named in a region.
pub(crate) struct Way {
    /// What it is called in figures.
    pub(crate) word: &'static str,
    /// Founders bear names made in this way.
    founders: Tradition,
    places: &'static str,
    /// Trades, `_` within one.
    trades: &'static str,
    /// What firms boast of or take for a sign.
    signs: &'static str,
    /// Legal forms in front of the name.
    front: &'static str,
    /// Legal forms behind the name.
    behind: &'static str,
    /// Halves of coined words.
    heads: &'static str,
    tails: &'static str,
    /// Whether the trade stands before the sign ("Comercial Estrella") rather than behind it.
    trade_first: bool,
}

/// Every way of naming firms that is measured.
pub(crate) const WAYS: [Way; 12] = [
    Way {
        word: "english",
        founders: Tradition::Other,
        places: "london new_york chicago houston manchester birmingham toronto sydney melbourne glasgow leeds dallas phoenix bristol \
            liverpool boston denver seattle auckland dublin oxford cambridge kent essex devon york surrey midland thames hudson",
        trades: "construction consulting services trading engineering logistics properties transport foods software electrical plumbing \
            investments design technologies solutions motors marketing training security cleaning catering media recruitment travel \
            insurance_brokers printing health_care pharmacy furniture energy plastics textiles export building_supplies steel \
            shipping_agency accounting financial_services real_estate packaging",
        signs: "first premier global united royal golden blue_sky star summit phoenix eagle apex horizon crown diamond falcon pioneer \
            atlantic pacific northern southern green silver rainbow bridge river oak",
        front: "",
        behind: "ltd ltd ltd limited limited inc llc llc corp co. plc llp group holdings",
        heads: "vant nov tech uni inter pro max syn alt ver con trans omni ver acu lum cer prim vec ten",
        tails: "ex is ora ium ara tech ix ity on al ent ico line eon ell ance ware com",
        trade_first: false,
    },
    Way {
        word: "german",
        founders: Tradition::Other,
        places: "berlin hamburg muenchen koeln frankfurt stuttgart duesseldorf leipzig dortmund essen bremen dresden hannover nuernberg \
            wien graz linz zuerich bern basel amsterdam rotterdam utrecht",
        trades: "bau handels maschinenbau elektrotechnik transporte immobilien consulting logistik metallbau autohaus druckerei moebel \
            lebensmittel textil software spedition sanitaer versicherungen werkzeugbau chemie pharma beratung holding energie stahl",
        signs: "euro nord sued rhein main alpen hansa globus stern adler sonne welt union central neue",
        front: "",
        behind: "gmbh gmbh gmbh gmbh gmbh_&_co._kg ag kg ohg e.k. ug b.v. gesellschaft_mbh",
        heads: "deg int euro tech bau hydro kon uni sol med ele mess pro rek tri",
        tails: "tec a matic on co plan ox ent werk max ol er us",
        trade_first: false,
    },
    Way {
        word: "french",
        founders: Tradition::Other,
        places: "paris marseille lyon toulouse nice nantes strasbourg montpellier bordeaux lille bruxelles geneve casablanca tunis dakar \
            abidjan douala kinshasa beirut",
        trades: "construction transports immobilier commerce services travaux distribution batiment import_export conseil industrie \
            alimentation informatique automobiles plomberie electricite voyages assurances textiles pharmacie negoce bois metaux peche",
        signs: "generale europeenne internationale nouvelle grande atlantique mediterranee soleil etoile horizon africaine centrale union",
        front: "societe ste groupe etablissements compagnie sarl",
        behind: "sarl sarl sa sas eurl sasu et_fils et_cie",
        heads: "tran soc alim bati eco med tech uni sol nov int gal",
        tails: "ex ia al tech o is eur ance ence plus",
        trade_first: true,
    },
    Way {
        word: "spanish",
        founders: Tradition::Iberian,
        places: "madrid barcelona valencia sevilla bogota medellin cali mexico guadalajara monterrey caracas maracaibo lima quito buenos_aires \
            santiago panama sao_paulo lisboa porto tijuana culiacan sinaloa pacifico",
        trades: "comercializadora inversiones constructora transportes servicios importadora distribuidora agropecuaria inmobiliaria \
            ganadera consultores industrias alimentos exportadora textiles ferreteria hotelera minera farmacia electronica seguros \
            construcciones asesorias agencia_de_viajes restaurante gasolinera autopartes pesquera",
        signs: "del_norte del_sur la_esperanza san_jose santa_maria el_dorado la_estrella el_sol nacional internacional general del_valle \
            los_andes el_rey central nueva la_union del_pacifico",
        front: "grupo sociedad",
        behind: "s.a. s.a. ltda. ltda. s.a._de_c.v. s.a._de_c.v. s.a.s. s.l. s.r.l. c.a. e_hijos y_cia",
        heads: "agro inver cons com tex pro mul dis int alim indu ser",
        tails: "sa mex col per ven tec car pan plus mar fin cor nova",
        trade_first: true,
    },
    Way {
        word: "russian",
        founders: Tradition::Slavic,
        places: "moskva sankt_peterburg novosibirsk ekaterinburg kazan nizhny_novgorod chelyabinsk samara omsk rostov ufa krasnoyarsk perm \
            voronezh volgograd krasnodar saratov tyumen ural sibir volga don kuban baltika kiev kharkov odessa minsk gomel",
        trades: "stroi torgovaya_kompaniya treid servis invest proekt montazh avto metall transport energo agro les neft gaz \
            tekhnologii sistemy elektronika mebel produkty medtekhnika konsalting logistika torgovyi_dom zavod kombinat \
            proizvodstvennaya_kompaniya stroitelnaya_kompaniya mashinostroitelnyi_zavod nauchno_proizvodstvennoe_predpriyatie",
        signs: "alfa vostok zapad sever yug zvezda vektor standart resurs garant lider progress soyuz start impuls orion kvant raduga mir \
            rodina sfera aktiv novyi_vek",
        front: "ooo ooo ooo ooo zao ao oao obshchestvo_s_ogranichennoi_otvetstvennostyu aktsionernoe_obshchestvo npo npp gup",
        behind: "",
        heads: "ros stroi agro tekh spets prom avto sib ural inter evro neft energo med elektro trans volga metall khim mos",
        tails: "stroi servis invest treid prom tekh torg energo mash resurs snab montazh trans proekt eksport plast kom grupp",
        trade_first: false,
    },
    Way {
        word: "russian in english",
        founders: Tradition::Slavic,
        places: "moscow st._petersburg novosibirsk yekaterinburg kazan nizhny_novgorod chelyabinsk samara omsk rostov ufa krasnoyarsk perm \
            voronezh volgograd krasnodar saratov tyumen ural siberian kiev kharkiv odessa minsk gomel tula tver ryazan",
        trades: "construction trading_house engineering machine_building_plant instrument_plant logistics investment technologies \
            research_and_production_enterprise systems electronics chemical_plant management_company metal_works mechanical_plant \
            energy trading_company repair_plant consulting design_bureau group research_institute food_company",
        signs: "vector standard resource progress union impulse orion quantum star alliance first north new_technologies special_systems \
            eastern united national capital",
        front: "llc llc llc limited_liability_company joint_stock_company jsc ojsc limited_liability_company",
        behind: "",
        heads: "ros tech spec prom sib ural inter euro energo med electro trans metal chem mos",
        tails: "stroy service invest trade prom tech torg energo mash resurs snab trans project export plast com",
        trade_first: false,
    },
    Way {
        word: "arabic",
        founders: Tradition::Islamic,
        places: "dubai riyadh jeddah cairo alexandria baghdad basra damascus aleppo amman beirut doha kuwait muscat sharjah khartoum tripoli \
            sanaa gulf arabian emirates",
        trades: "general_trading trading contracting exchange construction transport shipping_services real_estate foodstuff_trading \
            electronics auto_spare_parts oil_services travel_and_tourism building_materials import_and_export money_exchange textiles \
            engineering_consultants cargo investment jewellery pharmacy medical_equipment industries tijara",
        signs: "al_noor al_amal al_madina al_fajr al_salam al_barakah al_watan al_sharq al_najm al_safa al_hilal al_rawda al_manar golden \
            modern international national united al_itihad al_jazeera al_waha",
        front: "sharikat",
        behind: "llc llc company co._ltd establishment est. fze fzco w.l.l. group and_sons_co. brothers",
        heads: "gul ara emi mid oas nil del sah pet",
        tails: "tech co trade line star land com",
        trade_first: false,
    },
    Way {
        word: "persian",
        founders: Tradition::Islamic,
        places: "tehran mashhad isfahan shiraz tabriz karaj qom ahvaz kermanshah rasht kerman yazd iran pars khazar arak zagros alborz",
        trades: "sanat tejarat bazargani industrial_company engineering_company petrochemical trading_company tolidi sanaye energy \
            saze khodro foulad cement transport technology_development investment_company electronic_industries sakhteman \
            medical_equipment exchange food_industries",
        signs: "novin aria pars iran mehr arman omid parsian sepehr arya atlas pishro rayan tose_e kavir daryaye asia",
        front: "sherkat sherkate",
        behind: "company co. co._ltd llc private_joint_stock company company",
        heads: "pars aria iran rah tech fan pey sep arm kav zar",
        tails: "an gostar sanat pardaz kar saz far tech mehr nik gaz niroo",
        trade_first: false,
    },
    Way {
        word: "turkish",
        founders: Tradition::Turkish,
        places: "istanbul ankara izmir bursa antalya adana konya gaziantep mersin kayseri anadolu ege marmara karadeniz trakya",
        trades: "insaat ticaret sanayi tekstil gida turizm otomotiv elektronik nakliyat lojistik makina dis_ticaret mobilya enerji metal \
            kimya tarim danismanlik bilisim plastik denizcilik kuyumculuk doviz",
        signs: "yeni dogu yildiz gunes ozel guven birlik altin deniz merkez dunya ay hilal",
        front: "",
        behind: "ltd._sti. limited_sirketi anonim_sirketi a.s. sanayi_ve_ticaret_limited_sirketi ticaret_a.s.",
        heads: "oz gun as bey tur ana mar eko can",
        tails: "sa san tas mak tek pa ray la plast",
        trade_first: false,
    },
    Way {
        word: "chinese",
        founders: Tradition::Chinese,
        places: "shanghai beijing shenzhen guangzhou tianjin wuhan hangzhou nanjing chengdu dongguan ningbo dalian qingdao suzhou xiamen \
            zhejiang jiangsu hong_kong shandong guangdong hebei fujian",
        trades: "trading technology electronics industrial international_trade import_and_export machinery logistics chemical textile \
            new_material electronic_technology shipping investment equipment precision_instruments information_technology pharmaceutical \
            metal_products trade industry_and_trade",
        signs: "golden oriental far_east sunrise great_wall dragon lucky pacific new_century sino asia",
        front: "",
        behind: "co._ltd co.,_ltd. co.,_limited limited company_limited group_co.,_ltd. (hk)_limited",
        heads: "hua xin jin tian zhong de hai long fu bao rui sheng wei kang da guang heng yuan jia",
        tails: "tai da feng yuan sheng xin long hua tong ming hai kang cheng wei da xing li chang",
        trade_first: false,
    },
    Way {
        word: "korean",
        founders: Tradition::Korean,
        places: "seoul busan incheon daegu daejeon gwangju ulsan suwon korea korea pyongyang nampo hanguk choson",
        trades: "trading construction industrial electronics shipping engineering machinery chemical international pharmaceutical food \
            general_trading textile heavy_industries development logistics semiconductor steel motors muyok sangsa insurance",
        signs: "dae_han dong_a hyundae saehan tae_yang paek_du dong_yang myong_song ryong_song united global first samji unha kumgang",
        front: "",
        behind: "co._ltd co.,_ltd. corporation company inc. trading_corporation general_corporation",
        heads: "dae dong han sam shin tae kum se sung hyo chon pyong ryong kwang u",
        tails: "woo sung il jin bang yang hwa san shin won ho gang song bong",
        trade_first: false,
    },
    Way {
        word: "south asian",
        founders: Tradition::Indian,
        places: "mumbai delhi bangalore chennai kolkata hyderabad pune ahmedabad karachi lahore dhaka colombo kathmandu singapore jakarta \
            kuala_lumpur bangkok yangon manila",
        trades: "enterprises exports traders industries infotech textiles pharma chemicals logistics jewellers foods steel constructions \
            technologies agencies shipping_lines impex consultancy motors garments",
        signs: "shree sri om bharat maha royal star national international golden new asia global supreme",
        front: "m/s pt pt",
        behind: "pvt._ltd. private_limited pvt_ltd ltd. limited pte._ltd. sdn_bhd tbk & sons",
        heads: "ind bha sur kri jay maha raj nav sun omi tri",
        tails: "tech ex co mart pharm on ix a labs soft",
        trade_first: false,
    },
];

/// Names of firms named in one way, without end, the same for one seed.
pub(crate) fn ordinary_firms(way: &'static Way, seed: u64) -> impl Iterator<Item = String> {
    let mut dice = Dice(seed);
    let mut founders = ordinary_names(way.founders, seed);
    std::iter::from_fn(move || {
        let person = founders.next()?;
        // The last word is the family name, or as good as it.
        let family = person.split([' ', '-']).next_back().unwrap_or(&person).to_owned();
        let mut pick = |words: &'static str| draw(words, &mut dice).replace('_', " ");
        let (trade, place, sign) = (pick(way.trades), pick(way.places), pick(way.signs));
        let (front, behind) = (pick(way.front), pick(way.behind));
        let coined = format!("{}{}", pick(way.heads), pick(way.tails));
        let own = match dice.below(20) {
            0..=4 => family,
            5 => person,
            6..=9 => coined,
            10..=12 => sign,
            13 => format!("{place} {sign}"),
            14 => format!("{place} {coined}"),
            15..=16 => place,
            17 => format!("{sign} {coined}"),
            _ => (0..2 + dice.below(3)).map(|_| char::from(b'a' + dice.below(26) as u8)).collect(),
        };
        let own = match dice.below(8) {
            // Few bear no trade at all.
            0 => own,
            _ if way.trade_first => format!("{trade} {own}"),
            _ => format!("{own} {trade}"),
        };
        Some([front, own, behind].iter().filter(|part| !part.is_empty()).map(String::as_str).collect::<Vec<_>>().join(" "))
    })
}

/// A word of a table by Zipf's law, or nothing from an empty one.
fn draw(words: &'static str, dice: &mut Dice) -> &'static str {
    let number = words.split_whitespace().count();
    let uniform = dice.below(1 << 20) as f64 / f64::from(1 << 20);
    let rank = ((number as f64 + 1.0).powf(uniform) - 1.0) as usize;
    words.split_whitespace().nth(rank).unwrap_or_default()
}
