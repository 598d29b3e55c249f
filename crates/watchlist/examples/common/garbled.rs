//! Listed names that are spelled otherwise, and names that look like listed ones and are others'.

use std::collections::{BTreeMap, BTreeSet};

use bonafide_watchlist::entry::{Entry, EntryKind};

use super::{Asked, sorted_words};

/// Listed Korean names by other romanisations, in other orders, and in Hangul.
pub(crate) fn respelled(ofac: &[Entry], dice: &mut Dice) -> Vec<Asked> {
    const SPELLINGS: &str = "kim김gim ri리lee ri이rhee pak박park choe최choi jong정jeong jong종jung chong정jung chong종jeong kang강gang jo조cho cho조jo \
        yun윤yoon jang장chang chang장jang chang창chang rim림lim rim임im han한hahn o오oh so서seo sin신shin kwon권kweon hwang황whang an안ahn song성seong \
        song송song ryu류yoo hong홍hong jon전jeon chon천cheon ko고go mun문moon son손sohn yang양yang pae배bae paek백baik ho허hur nam남nahm sim심shim \
        ha하ha yong영young yong용yong chol철cheol myong명myung kwang광gwang il일il su수soo hyok혁hyuk chun춘choon kyong경kyung jin진jean ho호ho \
        hak학hak guk국kook kuk국gook jun준joon sok석seok un은eun un운woon hui희hee sun순soon min민min tae태tae ung웅woong chan찬chan sik식shik \
        hun훈hoon won원weon ki기gi gi기ki in인in sang상sang pyong병byung bok복bok pok복bok u우woo yon연yeon hyon현hyun hyong형hyung ryong룡yong \
        ok옥ok hae해hae dok덕deok tok덕duk ju주joo chu주joo jae재jae chae재jae se세seh kun근geun kyu규gyu gyu규kyu hwa화hwa hye혜hye mi미mee";
    let mut known: BTreeMap<&str, Vec<(char, &str)>> = BTreeMap::new();
    for spelling in SPELLINGS.split_whitespace() {
        let Some((at, hangul)) = spelling.char_indices().find(|(_, c)| !c.is_ascii()) else { continue };
        known.entry(&spelling[..at]).or_default().push((hangul, &spelling[at + hangul.len_utf8()..]));
    }
    let mut asked = Vec::new();
    for entry in ofac.iter().filter(|entry| entry.kind == EntryKind::Person) {
        for name in &entry.names {
            let Some(parts) = &name.parts else { continue };
            let all: Vec<String> = format!("{} {}", parts.family, parts.given)
                .split(|c: char| !c.is_alphanumeric() && c != '\'')
                .map(|word| word.replace('\'', "").to_lowercase())
                .collect();
            if !(2..=3).contains(&all.len()) || all.iter().any(|word| !known.contains_key(word.as_str())) {
                continue;
            }
            for _ in 0..3 {
                let read: Vec<(char, &str)> =
                    all.iter().map(|word| known[word.as_str()][dice.below(known[word.as_str()].len())]).collect();
                let latin: Vec<&str> =
                    read.iter().zip(&all).map(|((_, new), old)| if dice.below(2) == 0 { *new } else { old }).collect();
                let (family, given) = (latin[0], &latin[1..]);
                let name = match dice.below(5) {
                    0 => read.iter().map(|(hangul, _)| *hangul).collect(),
                    1 => format!("{} {family}", given.join("-")),
                    2 => format!("{} {family}", given.concat()),
                    3 => format!("{family} {}", given.join(" ")),
                    _ => format!("{family} {}", given.concat()),
                };
                asked.push(Asked { group: String::new(), kind: entry.kind, name, expected: [entry.id.to_string()].into() });
            }
        }
    }
    asked
}

/// A reference name of the Korean way in Hangul: its first or last syllable is the surname; `None` where a syllable of it has no usual
/// character.
pub(crate) fn in_hangul(name: &str) -> Option<String> {
    const SURNAMES: &str = "kim김 lee이 park박 choi최 jung정 kang강 cho조 yoon윤 jang장 lim임 han한 oh오 seo서 shin신 kwon권 hwang황 ahn안 song송 ryu류 \
        hong홍 jeon전 ko고 moon문 son손 yang양 bae배 baek백 heo허 nam남 shim심 noh노 ha하 kwak곽 sung성 cha차 joo주 woo우 koo구 min민 jin진 ji지 um엄 \
        chae채 won원 bang방 kong공 hyun현 ham함 byun변";
    const GIVEN: &str = "young영 su수 min민 ji지 hyun현 jun준 seo서 jin진 ho호 sung성 chul철 jung정 eun은 kyung경 hee희 sun선 ju주 woo우 jae재 won원 \
        dong동 seok석 sang상 seung승 mi미 sook숙 soon순 nam남 myung명 kwang광 il일 kook국 hyuk혁 chun춘 ok옥 yeon연 yoon윤 hoon훈 ki기 kyu규 hye혜 \
        ha하 na나 ah아 in인 yong용 gil길 duk덕 byung병 chang창 jong종 bok복 man만 tae태";
    let of = |table: &'static str, latin: &str| {
        table.split_whitespace().find_map(|row| row.strip_prefix(latin).filter(|hangul| hangul.chars().count() == 1))
    };
    let words: Vec<&str> = name.split([' ', '-']).collect();
    let (family, given) = match words.as_slice() {
        [first, rest @ ..] if rest.len() == 2 && of(SURNAMES, first).is_some() => (*first, rest.to_vec()),
        [rest @ .., last] => (*last, rest.to_vec()),
        [] => return None,
    };
    // Two syllables may be written together.
    let given = given.iter().map(|word| {
        let cut = |at: usize| Some(format!("{}{}", of(GIVEN, &word[..at])?, of(GIVEN, &word[at..])?));
        of(GIVEN, word).map(str::to_owned).or_else(|| (1..word.len()).find_map(cut))
    });
    let given: Option<String> = given.collect();
    Some(format!("{}{}", of(SURNAMES, family)?, given?))
}

/// Listed names of which one word is another's: brothers, cousins, and branches of other firms.
pub(crate) fn relatives(ofac: &[Entry], dice: &mut Dice) -> Vec<Asked> {
    let mut asked = Vec::new();
    let known: BTreeSet<Vec<String>> =
        ofac.iter().flat_map(|entry| entry.names.iter().map(|name| sorted_words(&name.text))).collect();
    for entry in ofac.iter().filter(|entry| matches!(entry.kind, EntryKind::Person | EntryKind::Organisation)) {
        let other = &ofac[dice.below(ofac.len())];
        if dice.below(6) != 0 || other.kind != entry.kind {
            continue;
        }
        let own: Vec<&str> = entry.primary_name().split_whitespace().collect();
        let others: Vec<&str> = other.primary_name().split_whitespace().collect();
        if own.len() < 2 || others.len() < 2 {
            continue;
        }
        let mut words = own.clone();
        if dice.below(2) == 0 {
            words[0] = others[0];
        } else {
            words[own.len() - 1] = others[others.len() - 1];
        }
        let name = words.join(" ").to_lowercase();
        if !known.contains(&sorted_words(&name)) {
            asked.push(Asked { group: String::new(), kind: entry.kind, name, expected: BTreeSet::new() });
        }
    }
    asked
}

/// Numbers from a seed: a linear congruential generator (Knuth, MMIX).
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit.max(1)
    }
}
