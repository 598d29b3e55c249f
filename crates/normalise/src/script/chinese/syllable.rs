//! Syllables of Standard Chinese, and what spellings of other habits may stand for.
//!
//! The syllables are those of Hanyu Pinyin (ISO 7098) without tones. Wade–Giles follows from them by its rules, its apostrophes and
//! umlauts left out as lists leave them out, so that one spelling stands for several syllables. Cantonese spellings are those of the
//! Hong Kong government, Hokkien and Teochew ones those of Singapore and Malaysia, by general knowledge of the characters that names
//! are written in.

use std::{collections::HashMap, sync::LazyLock};

/// The most syllables that one spelling stands for.
const MAX_MEANINGS: usize = 8;

/// The longest spelling of a syllable.
pub(super) const LONGEST: usize = 6;

/// The syllables that a spelling may stand for, by their numbers; the first is the spelling's own in pinyin, where it has one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Meanings {
    numbers: [u16; MAX_MEANINGS],
    length: u8,
    /// Whether the first one is the spelling's own in pinyin.
    is_pinyin: bool,
}

impl Meanings {
    pub(super) fn numbers(&self) -> &[u16] {
        &self.numbers[..usize::from(self.length)]
    }

    /// What the spelling is in pinyin.
    pub(super) fn pinyin(&self) -> Option<u16> {
        self.numbers().first().copied().filter(|_| self.is_pinyin)
    }

    fn push(&mut self, number: u16) {
        if !self.numbers().contains(&number)
            && let Some(place) = self.numbers.get_mut(usize::from(self.length))
        {
            *place = number;
            self.length += 1;
        }
    }
}

/// The rimes of each onset; `-` is none.
const SYLLABLES: &[&str] = &[
    "- a ai an ang ao e ei en er o ou",
    "b a ai an ang ao ei en eng i ian iao ie in ing o u",
    "p a ai an ang ao ei en eng i ian iao ie in ing o ou u",
    "m a ai an ang ao e ei en eng i ian iao ie in ing iu o ou u",
    "f a an ang ei en eng o ou u",
    "d a ai an ang ao e ei en eng i ian iao ie ing iu ong ou u uan ui un uo",
    "t a ai an ang ao e eng i ian iao ie ing ong ou u uan ui un uo",
    "n a ai an ang ao e ei en eng i ian iang iao ie in ing iu ong ou u uan ue uo",
    "l a ai an ang ao e ei eng i ia ian iang iao ie in ing iu ong ou u uan ue un uo",
    "g a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo",
    "k a ai an ang ao e en eng ong ou u ua uai uan uang ui un uo",
    "h a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo",
    "j i ia ian iang iao ie in ing iong iu u uan ue un",
    "q i ia ian iang iao ie in ing iong iu u uan ue un",
    "x i ia ian iang iao ie in ing iong iu u uan ue un",
    "zh a ai an ang ao e en eng i ong ou u ua uai uan uang ui un uo",
    "ch a ai an ang ao e en eng i ong ou u ua uai uan uang ui un uo",
    "sh a ai an ang ao e ei en eng i ou u ua uai uan uang ui un uo",
    "r an ang ao e en eng i ong ou u uan ui un uo",
    "z a ai an ang ao e ei en eng i ong ou u uan ui un uo",
    "c a ai an ang ao e en eng i ong ou u uan ui un uo",
    "s a ai an ang ao e en eng i ong ou u uan ui un uo",
    "y a an ang ao e i in ing o ong ou u uan ue un",
    "w a ai an ang ei en eng o u",
];

/// Spellings of Hong Kong and the syllables of the characters that they write in names.
const CANTONESE: &str = "chi=zhi,zi,ci,qi ching=qing,cheng,zheng,jing chiu=zhao,chao,qiu cho=zu,zuo chor=chu,zuo chuen=quan,chuan,chun \
    chun=jun,zhen,chun chung=zhong,cong,song fai=hui fan=fen,fan,xun fat=fa fong=fang fuk=fu fung=feng ha=xia hang=heng,xing hei=xi \
    heung=xiang hin=xian hing=xing,qing hiu=xiao ho=hao,he hoi=hai,kai hon=han hong=kang,hang hung=hong,xiong ka=jia kai=qi,ji,jia kam=jin,gan \
    kei=ji,qi keung=qiang,jiang kin=jian king=jing,qiong kit=jie kiu=qiao ko=gao koon=guan kuen=quan,juan kung=gong kwai=gui \
    kwan=jun,guan,kun kwok=guo kwong=guang,kuang kwun=guan lai=li,lai lam=lin,nan,lan lap=li lau=liu,lou leung=liang lik=li lim=lian \
    lin=lian,nian lok=le,luo long=lang luk=lu lung=long man=wen,man,min mo=wu mui=mei muk=mu mun=men,man nam=nan nga=ya ngai=wei,yi \
    ngan=yan oi=ai on=an pak=bo,bai ping=bing,ping po=bao,bo pui=pei,bei sai=shi,xi sau=xiu,shou see=si,shi sheung=shuang,shang \
    shing=cheng,sheng shiu=shao,zhao shuk=shu shun=shun,xin sik=xi,shi sin=xian,shan sing=sheng,xing,cheng siu=xiao,shao so=su \
    sum=xin,sen sung=song suk=shu suet=xue sze=shi,si tai=di,dai,da tak=de tat=da tim=tian tin=tian ting=ting,ding tong=tang tsun=jun,zun \
    tsz=zi,zhi,ci tung=dong,tong wa=hua wah=hua wai=wei,hui,huai wan=yun,wen,huan wing=yong,rong,ying wo=he woon=huan,yuan wui=hui \
    yam=ren,yin yan=en,ren,xin yat=yi,ri yau=you yee=yi yeuk=yue,ruo yik=yi yim=yan yin=yan,xian ying=ying,xing yiu=yao yu=yu,ru \
    yuen=yuan yuet=yue yuk=yu yun=run,yun yung=rong,yong";

/// Spellings of surnames in Hong Kong, Singapore and Malaysia.
const SURNAMES_ABROAD: &str = "ang=hong au=ou chan=chen chau=zhou cheng=zheng cheung=zhang chew=zhou chia=xie chin=chen,qian chiu=zhao choi=cai \
    chong=zhang,zhuang chow=zhou chu=zhu chua=cai chui=xu fong=fang,kuang foo=fu fung=feng goh=wu ha=xia heung=xiang ho=he hui=xu hung=hong \
    ip=ye kam=gan,jin keung=jiang khoo=qiu koh=gao,xu koo=gu kwan=guan kwek=guo kwok=guo kwong=kuang lai=li,lai lam=lin lau=liu law=luo \
    lee=li leung=liang liew=liu lim=lin lo=luo,lu loh=luo low=liu,luo lui=lu,lei mak=mai mok=mo mui=mei neo=liang ng=wu,huang ngai=wei \
    ong=wang pang=peng phua=pan poon=pan quek=guo seah=xie seow=xiao shek=shi shum=shen sim=shen siu=xiao,shao soh=su sung=song \
    sze=shi tam=tan tan=chen tang=deng tay=zheng teo=zhang teoh=zhang tong=tang tsai=cai tsang=zeng tse=xie tsui=xu wai=wei wee=huang \
    wong=wang,huang woo=hu,wu yam=ren yap=ye yau=qiu yeo=yang yeung=yang yim=yan yip=ye yiu=yao yuen=yuan,ruan yung=rong";

/// The spellings of syllables.
pub(super) struct Spellings {
    names: Vec<String>,
    given: HashMap<String, Meanings>,
    surnames: HashMap<String, Meanings>,
}

impl Spellings {
    pub(super) fn get() -> &'static Self {
        static SPELLINGS: LazyLock<Spellings> = LazyLock::new(Spellings::new);
        &SPELLINGS
    }

    /// What a spelling means in a given name.
    pub(super) fn of_given(&self, spelling: &str) -> Option<Meanings> {
        self.given.get(spelling).copied()
    }

    /// What a spelling means as a surname; `None` where it is none.
    pub(super) fn of_surname(&self, spelling: &str) -> Option<Meanings> {
        self.surnames.get(spelling).copied()
    }

    /// A syllable in pinyin.
    pub(super) fn pinyin(&self, number: u16) -> &str {
        self.names.get(usize::from(number)).map_or("", String::as_str)
    }

    fn new() -> Self {
        let mut names: Vec<String> = Vec::with_capacity(410);
        let mut wade_giles: Vec<(String, u16)> = Vec::with_capacity(500);
        for row in SYLLABLES {
            let mut words = row.split(' ');
            let onset = words.next().filter(|onset| *onset != "-").unwrap_or_default();
            for rime in words {
                let number = names.len() as u16;
                names.push(format!("{onset}{rime}"));
                in_wade_giles(onset, rime).into_iter().for_each(|spelling| wade_giles.push((spelling, number)));
            }
        }
        let numbers: HashMap<&str, u16> = names.iter().zip(0..).map(|(name, number)| (name.as_str(), number)).collect();
        let mut given: HashMap<String, Meanings> = HashMap::new();
        for (name, number) in &numbers {
            let own = given.entry((*name).to_owned()).or_default();
            own.push(*number);
            own.is_pinyin = true;
        }
        // The letter "ü" is left out, or becomes "v" or "yu".
        for (spelling, name) in [("lv", "lu"), ("lyu", "lu"), ("nv", "nu"), ("nyu", "nu")] {
            numbers.get(name).into_iter().for_each(|number| given.entry(spelling.to_owned()).or_default().push(*number));
        }
        let mut surnames: HashMap<String, Meanings> = HashMap::new();
        for name in super::frequency::SURNAMES.iter().flat_map(|band| band.split(' ')) {
            let own = surnames.entry(name.to_owned()).or_default();
            if let Some(number) = numbers.get(name) {
                own.push(*number);
                own.is_pinyin = true;
            }
        }
        for (spelling, number) in &wade_giles {
            given.entry(spelling.clone()).or_default().push(*number);
            if surnames.get(&names[usize::from(*number)]).is_some_and(|own| own.is_pinyin) {
                surnames.entry(spelling.clone()).or_default().push(*number);
            }
        }
        for (table, meanings) in [(CANTONESE, &mut given), (SURNAMES_ABROAD, &mut surnames)] {
            for (spelling, list) in table.split_whitespace().filter_map(|row| row.split_once('=')) {
                let of_spelling = meanings.entry(spelling.to_owned()).or_default();
                list.split(',').filter_map(|name| numbers.get(name)).for_each(|number| of_spelling.push(*number));
            }
        }
        Self { names, given, surnames }
    }
}

/// A syllable of pinyin as Wade–Giles spells it, without apostrophes and umlauts.
fn in_wade_giles(onset: &str, rime: &str) -> Vec<String> {
    let spelled = match onset {
        "b" => "p",
        "d" => "t",
        "g" => "k",
        "j" | "q" | "zh" => "ch",
        "x" => "hs",
        "r" => "j",
        "z" | "c" => "ts",
        other => other,
    };
    let whole = |text: &str| vec![text.to_owned()];
    match (onset, rime) {
        ("zh" | "ch" | "sh" | "r", "i") => return whole(&format!("{spelled}ih")),
        ("z" | "c", "i") => return whole("tzu"),
        ("s", "i") => return vec!["ssu".to_owned(), "szu".to_owned()],
        ("y", "i") => return whole("i"),
        ("y", "ou") => return whole("yu"),
        ("y", "an") => return whole("yen"),
        ("y", "e") => return whole("yeh"),
        ("", "er") => return whole("erh"),
        _ => {}
    }
    let spelled_rime = match rime {
        "ong" => "ung",
        "iong" => "iung",
        "ian" => "ien",
        "ie" => "ieh",
        "ue" => "ueh",
        "e" if matches!(onset, "g" | "k" | "h") => "o",
        "uo" if !matches!(onset, "g" | "k" | "h" | "sh") => "o",
        "ui" if matches!(onset, "g" | "k") => "uei",
        other => other,
    };
    whole(&format!("{spelled}{spelled_rime}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn means(spelling: &str) -> Vec<&'static str> {
        let spellings = Spellings::get();
        let meanings = spellings.of_given(spelling).unwrap_or_default();
        meanings.numbers().iter().map(|number| spellings.pinyin(*number)).collect()
    }

    #[test]
    fn spellings_of_other_habits_stand_for_syllables() {
        assert_eq!(means("hsiao"), ["xiao"]);
        assert_eq!(means("xiao"), ["xiao"]);
        assert_eq!(means("tzu"), ["zi", "ci"]);
        assert_eq!(means("kuo"), ["kuo", "guo"]);
        assert!(means("chi").contains(&"qi") && means("chi").contains(&"chi"));
        assert_eq!(means("kwok"), ["guo"]);
        assert!(means("marlowe").is_empty());
    }

    #[test]
    fn every_name_of_the_tables_is_a_syllable() {
        let spellings = Spellings::get();
        for table in [CANTONESE, SURNAMES_ABROAD] {
            for (_, list) in table.split_whitespace().filter_map(|row| row.split_once('=')) {
                assert!(list.split(',').all(|name| spellings.of_given(name).is_some_and(|own| own.is_pinyin)), "{list}");
            }
        }
    }
}
