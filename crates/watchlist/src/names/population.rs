//! How much a word tells of who bears it: the logarithm of how rare it is among people whose names are made in the same way.
//!
//! The tables give bands, not counts: which words one person in some twenty, sixty, three hundred or fifteen hundred of a naming
//! tradition bears. They are our own, after the lists that statistics offices publish: Statistics Korea (census 2015), Ministry of
//! Public Security of China (2020), Meiji Yasuda and the telephone directories (Japan), General Statistics Office of Vietnam, US Census
//! Bureau (2010) and Social Security Administration, Office for National Statistics (UK), INE (Spain), INEGI (Mexico), IBGE (Brazil,
//! 2010), INSEE (France), Istat (Italy), Rosstat and registry offices of Moscow, State Statistics Service of Ukraine, Statistics Poland
//! (PESEL), the Turkish population register, and, for Arabic, Persian and South Asian names, of which no register is published, general
//! knowledge. A band says how many share a word; it never says anything of somebody who does.

use std::collections::HashMap;
use std::sync::LazyLock;

use bonafide_normalise::place::is_place_word;

use super::organisation;
use super::token::TokenKind;

/// What a word of each band tells, in nats: the most frequent first.
const BANDS: [f32; 4] = [3.0, 4.2, 5.7, 7.2];

/// One person in some twenty.
const FIRST: &str = "kim gim lee yi ri rhee li park pak bak choi choe choy jung jeong jong chung \
    wang zhang liu chen yang wong chan cheung lau nguyen tran le pham thi van \
    muhammad mohammad mohammed mohamed muhammed mohamad muhamad mohamud mohd mehmed ahmad ahmed achmad ali abd abdul abdel abdal abdullah \
    abdallah abdulla allah hasan hassan husayn hussein hussain husain hosein hossein khan singh kaur kumar devi begum bibi al hajj \
    aleksandr alexander sergei sergey vladimir andrei andrey aleksei aleksey alexey dmitri dmitry dmitriy aleksandrovich alexandrovich \
    vladimirovich nikolaevich nikolayevich sergeevich sergeyevich ivanovich mikhailovich viktorovich anatolyevich alekseevich \
    alekseyevich yurievich yuryevich aleksandrovna vladimirovna nikolaevna nikolayevna sergeevna ivanovna mikhailovna viktorovna elena \
    olga tatiana tatyana natalia natalya irina svetlana \
    jose juan maria luis carlos antonio garcia rodriguez martinez hernandez lopez gonzalez perez silva santos ana joao \
    james john robert michael william david mehmet mustafa ayse fatma yilmaz";

/// One in some sixty.
const SECOND: &str = "kang gang cho jo yoon yun jang chang lim im rim han oh o seo so shin sin kwon hwang ahn an song ryu yoo yu hong jeon \
    yong young chol cheol il nam min jin sung song hyon hyun jun joon ho kyong kyung kwang gwang myong myung chun su soo hak hyok hyuk sok \
    suk seok won mi hui hee sun soon un eun son ok hye ji hwa in kuk guk tae ki gi sang jae \
    huang zhao wu zhou xu sun ma zhu hu guo he lin gao luo zheng liang lam ng ho leung lai ye xie song tang wei jun hong ming hua \
    hui fang jie ping yan hai bo lei min qiang dong jing ying li chao hoang huynh phan vu vo dang bui do ngo duong ly minh anh thanh duc \
    hung quang tuan hai thu lan huong \
    umar omar khalid khaled mahmud mahmoud mahmood yusuf yousef yusof youssef said saeed sayed saleh salih karim hamid hameed mustapha \
    moustafa ismail mahdi mehdi reza riza hamza abbas din uddin ibrahim ebrahim rahman rehman rahim aziz jamal gamal nasir nasser malik \
    salim salem salman sultan osman usman uthman bilal tariq tarek jafar rashid rasheed majid qasim kareem latif jabbar qadir \
    hakim fatima fatemeh zahra maryam mariam aisha amir amin anwar adel adil walid bakr \
    sharma patel das gupta islam hossain akhtar shah iqbal raza hussaini \
    ivanov smirnov kuznetsov popov petrov vasiliev sokolov mikhail mikhailovna nikolai nikolay igor yuri yuriy yury evgeny evgeniy yevgeny \
    yevgeniy oleg viktor victor ivan vasily vasiliy pavel roman denis maxim maksim anton ilya konstantin anatoly anatoliy valery valeriy \
    petrovich vasilievich vasilyevich igorevich olegovich andreevich andreyevich evgenievich yevgenyevich valerievich valeryevich \
    dmitrievich dmitriyevich borisovich gennadievich gennadyevich pavlovich petrovna vasilievna yurievna yuryevna anatolyevna andreevna \
    alekseevna marina ekaterina yekaterina anna oksana yulia yuliya galina lyudmila valentina nadezhda ludmila larisa \
    oleksandr serhii volodymyr andrii mykola ivanna \
    sanchez ramirez torres flores rivera gomez diaz cruz reyes morales fernandez jorge manuel francisco pedro miguel angel jesus alberto \
    oliveira souza sousa pereira costa ferreira alves lima ribeiro carvalho paulo marcos fernando rafael ricardo eduardo roberto mario \
    javier daniel alejandro guadalupe rosa carmen isabel \
    smith johnson williams brown jones miller davis wilson anderson taylor thomas richard joseph charles christopher mary patricia \
    jennifer linda elizabeth susan jessica sarah mark paul steven peter george kevin brian \
    kaya demir celik sahin yildiz hasan huseyin hatice emine zeynep ahmet ali tanaka sato suzuki takahashi watanabe ito yamamoto \
    nakamura nowak anna piotr krzysztof andrzej tomasz jan katarzyna malgorzata mueller muller schmidt hans jean marie pierre \
    giuseppe rossi russo marco francesco mohamad myo aung kyaw win htun tun than thein zaw min maung khin moe thi saw hla";

/// One in some three hundred.
const THIRD: &str = "noh roh ro no ha kwak gwak cha joo ju woo u koo gu goo na ra chi um eom chae cheon bang kong gong ham byun byon yom yeom yo \
    chu do to sol sul kil gil yon pyo ban ok uk ik kun geun hun hoon jon jun woong ung bok bong dok deok pil sik shik suk taek tok \
    wook un gyu kyu seung hyeon gyeong myeong cheol seong yeong su hyang ryong ryol ryong nyo gyong chan song kyo jo rok hyong \
    deng han feng cao peng zeng xiao tian dong yuan pan yu jiang cai du su jin lu ding cheng shen lv ren yao zhong fan dai qin \
    qiu hou meng long wan duan qian bai shi jia zou xiong kong cui kang mao shao lai gu xue hao wen kwok tse fung yeung yip chow ho mak yuen \
    tsang kwan poon lui chiu yu siu feng qing rong gang jian jun wen bin hong tao kai peng xin zhi xiang guang chun yi long shu cheng \
    shan mei ling xia juan yun zhen rui hao lam dinh truong lam trinh mai dao doan vuong ha tien phuong long khanh nam linh hieu hoa nga \
    abdulrahman abdurrahman abdelrahman abdulaziz abdelaziz samir nabil munir mounir mansour mansur jabir jaber zaki zaid zayd ziad yasin yassin \
    yahya younis yunus yasir yasser wahid waleed usama osama tahir taher tawfiq sulayman suleiman sulaiman soleiman shakir sharif shareef \
    sami saif sayf sadiq sadeq saad sa rida ridha rafiq raed qader qadeer omer nur noor nour nizar naji nadir musa moussa mousa murad \
    muhsin mohsen mubarak muslim mukhtar mazen mazin marwan maher mahir luqman kamal kamil kazem jawad javad jasim jassim jalal isa \
    issa ishaq idris imran imad ihsan husam hisham hesham haydar haidar hafiz habib hadi haji haq hashim hashem hani ghani ghulam gul fuad \
    fouad faysal faisal farid farouk faruq faris fawzi fahd fadil fadel daoud dawud dawood bashir bahar badr baqir azam ayub ayman \
    awad atif ata asif asad asadullah arif anas amr ammar akram akbar ahmadi abu adnan abdi hosseini mohammadi ahmadi karimi rezaei \
    moradi jafari hashemi mousavi sadeghi rahimi ebrahimi heidari kazemi akbari ghasemi mohamadi hoseini alavi farah warsame jama \
    hersi nur awale farhad saeid masoud masud ramin hamed hossam kassem sheikh qureshi butt chaudhry malik javed akhter zaman alam miah \
    chowdhury sarkar roy ram lal yadav verma mishra jain mehta reddy rao nair prasad rahul amit sanjay rajesh sunita priya anil sunil \
    volkov morozov novikov fedorov lebedev kozlov egorov pavlov stepanov nikolaev orlov andreev makarov zakharov sergeev medvedev romanov \
    kiselev zaitsev borisov frolov gusev titov kuzmin vorobiev belov tarasov komarov grigoriev filippov antonov kovalev kovalenko \
    bondarenko tkachenko shevchenko boyko kravchenko oliynyk shevchuk koval polishchuk melnyk savchenko lysenko rudenko marchenko petrenko \
    moroz klimenko vitaly vitaliy vitalii ruslan artem artyom stanislav vyacheslav viacheslav vadim gennady gennadiy boris eduard timur \
    grigory grigoriy leonid kirill arkady valentin fedor nikita danil arthur artur robert marat rustam ramil rashid ildar georgy georgiy \
    yaroslav vladislav vsevolod lev semyon stepan matvey bogdan oleksii oleksiy vasyl yurii dmytro mykhailo andriy iryna tetiana olena natalia \
    nataliia liudmyla kateryna aleksandra alexandra anastasia anastasiya daria darya maria mariya vera alla nina lidia polina ksenia \
    yevgenia evgenia zhanna inna tamara zinaida raisa \
    ruiz ramos mendoza castillo ortiz moreno gutierrez jimenez romero alvarez vargas castro medina herrera aguilar ortega mendez vega \
    guzman munoz rojas salazar delgado contreras guerrero dominguez vazquez suarez chavez soto cardenas rios molina navarro silva mejia \
    campos cabrera acosta padilla leon marquez nunez fuentes escobar rosales valencia cortez arias zapata ospina quintero giraldo pena \
    gabriel andres oscar sergio raul enrique ramon alfredo arturo armando cesar hector hugo ivan jaime julio gustavo gerardo guillermo \
    ernesto felipe diego pablo victor rodrigo adrian mauricio leonardo nelson edgar ruben omar ignacio salvador alfonso rodolfo orlando \
    martha gloria luz ana patricia claudia sandra monica adriana diana teresa elena laura andrea paola beatriz silvia lucia martin \
    gomes martins rocha ribeiro almeida lopes soares vieira barbosa nunes mendes cardoso teixeira moreira marques bruno lucas tiago gustavo \
    jackson white harris martin thompson moore young allen king wright scott green baker adams nelson hill campbell mitchell roberts carter \
    phillips evans turner parker collins edwards stewart morris murphy cook rogers morgan cooper peterson reed bailey bell kelly howard \
    ward cox richardson wood watson brooks bennett gray hughes price myers long foster sanders ross powell sullivan russell clark lewis \
    walker hall robinson jason jeffrey ryan gary nicholas eric stephen jonathan larry justin scott brandon frank benjamin gregory samuel \
    raymond patrick alexander jack dennis jerry karen nancy lisa betty margaret sandra ashley kimberly emily donna michelle carol amanda \
    melissa deborah stephanie rebecca laura helen amy anna kathleen angela martin simon adam matthew anthony andrew donald ronald edward \
    timothy kenneth barbara joshua jose joe \
    yildirim ozturk aydin ozdemir arslan dogan kilic aslan cetin kara koc kurt ozkan simsek ibrahim ismail osman murat omer ramazan halil \
    suleyman abdullah yusuf recep salih elif meryem serife zehra hiroshi takashi kenji kobayashi kato yoshida yamada sasaki yamaguchi \
    matsumoto inoue kimura hayashi shimizu saito kowalski wisniewski wojcik kowalczyk kaminski lewandowski zielinski pawel michal marcin \
    schneider fischer weber meyer wagner becker schulz hoffmann michael thomas andreas peter wolfgang klaus stefan martin bernard dubois \
    durand moreau laurent simon michel philippe alain nicolas christophe ferrari esposito bianchi romano colombo antonio giovanni \
    popa popescu ionescu radu gheorghe nagy kovacs toth szabo horvath novak svoboda novotny nikola milan dragan zoran petrovic jovanovic \
    nikolic markovic hansen jensen nielsen johansson andersson karlsson nilsson larsen okafor okonkwo ibrahim adamu musa abubakar sani \
    kamau mwangi otieno moyo ndlovu dlamini nkosi kabila mukendi jean claude emmanuel pascal alphonse augustin swe htay lwin oo hlaing \
    soe nyunt naing thant myint thin htut hein tin nyein wai phyo mar";

/// Words that many organisations and vessels bear beside those told apart by kind.
const OF_ORGANISATIONS: &str = "russian russia iran iranian china chinese korea korean moscow tehran syria syrian libya libyan sudan yemen \
    pyongyang hong dubai turkey belarus ukraine venezuela cuba panama islamic republic federal federation central united people army \
    military defense defence scientific science institute nauchno proizvodstvennoe proizvodstvennaia proizvodstvennyi predpriyatie \
    predpriiatie obedinenie zavod kompaniya kompaniia gosudarstvennoe federalnoe unitarnoe nauchnyi issledovatelskii institut tsentr \
    kombinat tekhnologii sistem plant joint new asia pacific star golden sea ocean world south north east west eastern western machine \
    building design bureau aviation aircraft special equipment materials power communications security information network design \
    investimentos inversiones comercializadora inmobiliaria constructora agropecuaria grupo servicios hermanos sociedad accion sons \
    brothers electronic electric industrial computer software digital food foods metal metallurgical chemical pharmaceutical auto motor \
    motors space rocket repair ship shipyard port airline air cargo express travel tourism hotel media radio television news \
    party union front movement brigade battalion committee council court prison police intelligence guard guards corps force forces";

/// Words that many firms take for a sign, a quality or a direction: dictionaries' words, of which registers of companies are full. What
/// a place's name tells is as little.
const OF_SIGNS: &str = "alpha beta gamma delta omega sigma alfa zenith vertex vector apex summit peak crest crown royal king kings queen regal imperial \
    empire premier prime primary first ultimate supreme superior elite select choice classic standard quality excel excellent best perfect \
    ideal optimum optimal maximum master grand great mega super ultra micro macro nano mini maxi multi omni poly uni pan trans inter \
    global universal worldwide planet earth globe galaxy cosmos cosmic orbit lunar solar sun moon sky star stars nova aurora sunrise \
    sunset dawn morning day horizon rainbow cloud storm thunder lightning wind breeze ocean wave tide river lake bay coast island \
    harbor harbour anchor mountain hill valley rock stone granite marble crystal diamond ruby emerald sapphire pearl amber jade silver \
    golden gold platinum bronze iron titan atlas phoenix eagle falcon hawk lion tiger panther leopard wolf bear bull horse stallion \
    dragon dolphin swan dove owl fox elephant panda cobra oak cedar pine palm rose lotus lily orchid green blue red white black grey \
    orange yellow purple pink fire flame spark ember light bright brilliant shine glory fame pride honor honour hope faith trust unity \
    harmony peace freedom liberty victory triumph success progress advance forward future modern new next nextgen smart clever wise \
    active dynamic rapid swift quick fast express direct link bridge gateway portal path way road key lock shield guard safe secure \
    fortress castle tower palace village park plaza square city metro urban country land field farm garden forest pioneer legend \
    legacy heritage tradition family friends brothers sons partner alliance allied union united associated consolidated combined \
    integrated central centre core focus point line lines circle ring cross north south east west northern southern eastern western \
    atlantic pacific arctic nordic baltic mediterranean caspian gulf oriental orient asian european american african arab arabian \
    continental national international domestic local home house life living health care vital pure natural organic eco bio agro aqua \
    hydro energy power force strong strength impulse momentum motion resource resources source capital fortune wealth treasure \
    consult advisory concept vision visual image sound voice digital cyber data web net online virtual logic matrix quantum fusion \
    synergy catalyst element elements orion vega sirius mercury venus mars jupiter saturn neptune pluto apollo zeus hermes titanium \
    aim target goal step leader leading advanced professional expert experts creative innovation innovative innovations ventures venture \
    vostok zapad sever yug zvezda vektor standart resurs garant lider progress soyuz start impuls kvant raduga mir rodina sfera aktiv \
    etalon favorit fortuna lotos monolit atlant avangard rubin almaz sapfir yantar granit kristall orbita planeta kosmos meteor \
    estrella sol luna cielo dorado real norte sur valle andes pacifico atlantico esperanza victoria fenix aguila leon delfin esmeralda \
    nuevo nueva gran santa san oriente occidente \
    soleil etoile lune horizon nouvelle grande europe monde nord sud est ouest \
    noor nur amal madina fajr salam barakah baraka watan sharq najm safa hilal rawda manar itihad ittihad jazeera jazira waha rayan bahr \
    nakheel badr shams qamar nasr fath huda iman taqwa rahma rahmah furqan aqsa \
    novin aria pars mehr arman omid parsian sepehr arya pishro kavir asia sina kaveh parto fajr tose iranian persia persian \
    yeni yildiz gunes ozel guven birlik altin deniz dunya hilal anadolu \
    stern adler sonne welt hansa globus rhein main alpen nordic euro";

static SIGNS: LazyLock<HashMap<&'static str, ()>> =
    LazyLock::new(|| OF_SIGNS.split_whitespace().map(|word| (word, ())).collect());

/// What a sign or a place tells of a firm, in nats: one firm in some eighty that bear any.
const OF_FIRMS: f32 = 4.4;

static BY_WORD: LazyLock<HashMap<&'static str, f32>> = LazyLock::new(|| {
    let mut words = HashMap::new();
    for (band, list) in BANDS.into_iter().zip([FIRST, SECOND, THIRD]) {
        for word in list.split_whitespace() {
            // The band of the tradition in which the word is most frequent.
            words.entry(word).or_insert(band);
        }
    }
    words
});

static ORGANISATIONS: LazyLock<HashMap<&'static str, ()>> =
    LazyLock::new(|| OF_ORGANISATIONS.split_whitespace().map(|word| (word, ())).collect());

/// What a word tells, in nats.
pub(super) fn information(roman: &str, kind: TokenKind, of_person: bool) -> f32 {
    let by_length = match roman.len() {
        0..=1 => 2.0,
        2 => 5.5,
        3 => 6.5,
        4 => 7.6,
        5 => 8.4,
        6 | 7 => 9.0,
        _ => 9.6,
    };
    match kind {
        TokenKind::Initial => 2.0,
        TokenKind::Particle => 0.6,
        TokenKind::LegalForm => 0.1,
        TokenKind::Generic => 2.0,
        TokenKind::Number => 3.5,
        TokenKind::Word if of_person => BY_WORD.get(roman).copied().unwrap_or(by_length).min(by_length.max(3.0)),
        TokenKind::Word if ORGANISATIONS.contains_key(roman) || organisation::is_common(roman) => 3.0,
        TokenKind::Word if SIGNS.contains_key(roman) || is_place_word(roman) => OF_FIRMS,
        TokenKind::Word => BY_WORD.get(roman).map_or(by_length, |band| band.max(5.0)),
    }
}

/// What a father's name tells at most, in nats: no more than the frequent given name that it is made of.
pub(super) const FATHERS_NAME: f32 = BANDS[2];

/// Whether one person in some sixty or more of a tradition bears the word.
pub(super) fn is_frequent(roman: &str) -> bool {
    BY_WORD.get(roman).is_some_and(|band| *band <= BANDS[1])
}
