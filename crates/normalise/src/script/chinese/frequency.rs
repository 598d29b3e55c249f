//! How rare a Chinese surname or a syllable of a given name is, in nats: bands, not counts.
//!
//! Surnames in the order of the report on names that the Ministry of Public Security of China publishes (2020), those of one spelling
//! as one; syllables of given names by general knowledge of the frequent characters.

/// Surnames that one in some 14, 20, 50, 150 and 600 bears.
pub(super) const SURNAMES: [&str; 5] = [
    "wang li zhang",
    "liu chen",
    "yang huang zhao wu zhou xu",
    "sun ma zhu hu guo he lin gao luo zheng liang xie song tang deng han feng cao peng zeng xiao tian dong yuan pan yu jiang cai du ye cheng su wei \
     lu ding ren shen yao",
    "ai an bao bei bi bian bo bu cen chai chang che chi chu chuan cong cui dai dan dang dou duan fan fang fei fu gan ge geng gong gou gu guan gui hao hong \
     hou hua huo ji jia jian jin jing ju kang ke kong kuai kuang lai lan lang lei leng lian liao ling long lou luan mai man mao mei meng mi miao \
     min ming mo mu nan ni nie ning niu ou pang pei pi piao ping pu qi qian qiao qin qing qiu qu quan ran rao rong ru ruan sang sha shan shang shao she sheng shi shu \
     si sui tan tao teng tong tu wan wen weng wo xi xia xian xiang xin xing xiong xuan xue yan yi yin ying yong you yue yun zang zha zhai zhan zhen \
     zhi zhong zhuang zhuo zi zong zou zuo",
];

/// Syllables that one given name in some thirty has.
const FREQUENT: &str = "ming wei hua jun xin yu jian xiao hong guo li jing yan wen ping";
/// Syllables that one in some seventy has.
const KNOWN: &str = "hui fang jie hai bo lei min qiang ying bin tao kai peng zhi xiang guang chun yi long shu cheng shan mei ling xia juan yun \
    zhen rui hao lin qing rong de zhong jin sheng feng fei dong cai fu gui lan xue yong hong shi you";

/// What a surname tells.
pub(super) fn of_surname(pinyin: &str) -> f32 {
    const BANDS: [f32; 5] = [2.6, 3.0, 3.9, 5.0, 6.4];
    let band = SURNAMES.iter().position(|band| band.split_whitespace().any(|name| name == pinyin));
    band.map_or(BANDS[4], |band| BANDS[band])
}

/// What a syllable of a given name tells.
pub(super) fn of_syllable(pinyin: &str) -> f32 {
    let is_among = |list: &str| list.split_whitespace().any(|name| name == pinyin);
    if is_among(FREQUENT) {
        3.4
    } else if is_among(KNOWN) {
        4.2
    } else {
        5.3
    }
}
