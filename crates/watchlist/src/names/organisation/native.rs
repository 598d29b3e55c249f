//! Words of organisations' names in scripts whose romanisation tells nothing of their meaning: Arabic and Persian words, which the
//! script writes without vowels and with prepositions in front of them, and Chinese, Japanese and Korean names, which are written
//! without spaces. The tables are our own, from dictionaries of the languages; each row is an English word and what stands for it.

use std::collections::HashMap;
use std::sync::LazyLock;

use bonafide_normalise::script::{WritingSystem, romanise};

const ARABIC: &[(&str, &str)] = &[
    ("company", "شركة شركت شرکت الشركة"),
    ("group", "مجموعة گروه مجموعه جروب"),
    ("association", "جمعية جمعیت انجمن رابطة اتحاد اتحادیه"),
    ("foundation", "مؤسسة موسسة بنیاد بنياد وقف"),
    ("institute", "معهد پژوهشگاه موسسه مؤسسه"),
    ("organization", "منظمة تنظيم سازمان تنظیم"),
    ("community", "جماعة جماعت"),
    ("bank", "بنك مصرف بانک"),
    ("exchange", "صرافة صرافی صرافي حوالة حواله للصرافة"),
    ("trading", "تجارة تجارية تجارت بازرگانی بازرگاني التجاري تجاري"),
    ("industry", "صناعة صناعات صنايع صنایع صنعت صنعتی صناعية"),
    ("construction", "بناء انشاءات إنشاءات مقاولات ساختمان ساختماني عمران مقاولة"),
    ("development", "تنمية توسعه تطوير انماء گسترش"),
    ("investment", "استثمار استثمارات سرمایه سرمایه‌گذاری استثماري"),
    ("transport", "نقل نقليات ترابری حمل"),
    ("shipping", "ملاحة کشتیرانی كشتيراني ملاحية"),
    ("marine", "بحرية دریایی بحري"),
    ("aviation", "طيران هواپیمایی هواپيمايي"),
    ("oil", "نفط نفت نفطية"),
    ("gas", "غاز گاز"),
    ("petrochemical", "بتروكيماويات پتروشیمی پتروشيمي"),
    ("energy", "طاقة انرژی انرژي نیرو نيرو"),
    ("electronics", "الكترونيات إلكترونيات الکترونیک الكترونيك"),
    ("electric", "كهرباء برق"),
    ("medical", "طبية طبي پزشکی پزشكي"),
    ("pharmaceutical", "ادوية أدوية دارو داروسازی دوائية"),
    ("engineering", "هندسة هندسية مهندسی مهندسي"),
    ("technology", "تقنية تكنولوجيا فناوری فن‌آوری"),
    ("research", "بحوث ابحاث أبحاث پژوهش تحقیقات تحقيقات دراسات"),
    ("scientific", "علمية علمي علوم علمی"),
    ("university", "جامعة دانشگاه"),
    ("school", "مدرسة مدرسه"),
    ("center", "مركز مرکز"),
    ("office", "مكتب دفتر"),
    ("services", "خدمات"),
    ("general", "عامة عام عمومی"),
    ("international", "دولية عالمية بین‌المللی دولي عالمي"),
    ("national", "وطنية وطني قومي ملی قومية"),
    ("state", "دولة دولت دولتی"),
    ("republic", "جمهورية جمهوری"),
    ("ministry", "وزارة وزارت"),
    ("committee", "لجنة لجان کمیته كميته"),
    ("council", "مجلس شورى شورای"),
    ("party", "حزب"),
    ("movement", "حركة حركت حرکت جنبش"),
    ("front", "جبهة جبهه"),
    ("army", "جيش ارتش لشكر لشکر"),
    ("brigade", "كتيبة كتائب لواء سرايا تیپ فرقة وحدة"),
    ("force", "قوات نیروی"),
    ("guard", "حرس سپاه پاسداران"),
    ("resistance", "مقاومة مقاومت"),
    ("liberation", "تحرير"),
    ("revolution", "ثورة انقلاب ثورية انقلابی"),
    ("people", "شعبية شعبي شعب خلق مردم"),
    ("fighting", "مقاتلة مقاتلين"),
    ("islamic", "إسلامية اسلامية إسلامي اسلامي اسلامی اسلام إسلام"),
    ("charity", "خيرية خيري خیریه"),
    ("support", "إغاثة اغاثة دعم امداد مساعدة"),
    ("martyr", "شهيد شهداء شهید"),
    ("jerusalem", "قدس"),
    ("palestine", "فلسطين فلسطينية"),
    ("iran", "ايران إيران ایران ايرانية"),
    ("iraq", "عراق العراق عراقية"),
    ("syria", "سوريا سورية السورية"),
    ("lebanon", "لبنان لبنانية"),
    ("libya", "ليبيا ليبية"),
    ("yemen", "يمن اليمن يمنية"),
    ("egypt", "مصر مصرية"),
    ("tunisia", "تونس تونسية"),
    ("algeria", "جزائر جزائرية"),
    ("morocco", "مغرب مغربية"),
    ("afghanistan", "افغانستان أفغانستان"),
    ("pakistan", "باكستان پاکستان"),
    ("arab", "عربية عربي عرب"),
    ("network", "شبكة شبکه"),
    ("media", "إعلام اعلام إعلامية رسانه"),
    ("television", "تلفزيون تلویزیون"),
    ("radio", "إذاعة اذاعة رادیو"),
    ("fund", "صندوق"),
    ("house", "بيت دار خانه"),
    ("sons", "أولاد اولاد ابناء أبناء پسران"),
    ("brothers", "اخوان إخوان برادران"),
    ("family", "عائلة آل"),
    ("import", "استيراد واردات"),
    ("export", "تصدير صادرات"),
    ("food", "غذائية أغذية مواد‌غذایی"),
    ("agricultural", "زراعية زراعة کشاورزی"),
    ("mining", "تعدين معدن معادن"),
    ("steel", "فولاد حديد صلب"),
    ("automobile", "سيارات خودرو"),
    ("equipment", "معدات تجهيزات تجهیزات"),
    ("travel", "سفر سياحة سفريات سیاحتی"),
    ("hotel", "فندق هتل"),
    ("security", "امن أمن امنية امنیت"),
    ("intelligence", "مخابرات استخبارات اطلاعات"),
    ("military", "عسكرية عسكري نظامی"),
    ("defense", "دفاع دفاعی"),
    ("youth", "شباب جوانان"),
    ("students", "طلاب طلبة دانشجویان"),
    ("women", "نساء زنان"),
    ("province", "ولاية استان"),
    ("limited", "محدودة المحدودة محدود"),
    ("shareholding", "مساهمة سهامی"),
    ("and", "و"),
    ("in", "في فی در"),
    ("of", "من از"),
];

/// Prepositions and the conjunction that the script writes together with a word, and the article behind them.
const ARABIC_PREFIXES: [&str; 9] = ["وال", "بال", "لل", "كال", "فال", "ال", "و", "ب", "ل"];

/// Words of Chinese, Japanese and Korean names. Simplified and traditional characters, Hangul and Hanja side by side; the longest that
/// fits is taken.
const UNSPACED: &[(&str, &str)] = &[
    ("company limited", "有限公司 有限责任公司 有限責任公司 유한회사 유한책임회사 有限会社"),
    ("joint stock company", "股份有限公司 株式会社 株式會社 주식회사"),
    ("company", "公司 会社 會社 회사 상사 商社 商会 商會 상회"),
    ("corporation", "总公司 總公司 총회사"),
    ("group", "集团 集團 그룹 집단"),
    ("trading", "贸易 貿易 무역 商贸 商貿 무역상사"),
    ("industry", "工业 工業 실업 实业 實業 산업 产业 產業 공업"),
    ("technology", "科技 技术 技術 기술 과학기술"),
    ("scientific", "科学 科學 과학"),
    ("international", "国际 國際 국제"),
    ("bank", "银行 銀行 은행"),
    ("shipping", "船务 船務 海运 海運 해운 航运 航運 선박 船舶"),
    ("logistics", "物流 물류"),
    ("transport", "运输 運輸 운수 수송"),
    ("aviation", "航空 항공"),
    ("machine", "机械 機械 기계 机器 機器"),
    ("electronics", "电子 電子 전자"),
    ("electric", "电气 電氣 전기 电力 電力"),
    ("chemical", "化工 化学 化學 화학"),
    ("pharmaceutical", "医药 醫藥 제약 药业 藥業"),
    ("medical", "医疗 醫療 의료"),
    ("textile", "纺织 紡織 방직 섬유"),
    ("food", "食品 식품 식료"),
    ("mining", "矿业 礦業 광업 광산"),
    ("steel", "钢铁 鋼鐵 제강 강철 철강"),
    ("metal", "金属 金屬 금속"),
    ("energy", "能源 에너지"),
    ("oil", "石油 석유 원유"),
    ("coal", "煤炭 석탄"),
    ("construction", "建设 建設 건설 建筑 建築"),
    ("development", "发展 發展 开发 開發 개발 발전"),
    ("investment", "投资 投資 투자"),
    ("finance", "金融 금융 财务"),
    ("insurance", "保险 保險 보험"),
    ("material", "材料 재료"),
    ("equipment", "设备 設備 설비"),
    ("instrument", "仪器 儀器"),
    ("import export", "进出口 進出口 수출입"),
    ("export", "出口 수출"),
    ("import", "进口 進口 수입"),
    ("economy", "经济 經濟 경제"),
    ("cooperation", "合作 협조 협력"),
    ("joint", "联合 聯合 연합 합영 합작"),
    ("general", "总 總 총 종합 综合"),
    ("bureau", "局 국 총국 总局"),
    ("ministry", "部 성"),
    ("institute", "研究所 연구소 研究院 연구원"),
    ("university", "大学 大學 대학 대학교"),
    ("factory", "工厂 工廠 공장 厂 廠 제작소"),
    ("information", "信息 정보 資訊 资讯"),
    ("network", "网络 網絡"),
    ("software", "软件 軟件 소프트웨어"),
    ("communication", "通信 통신 通讯 通訊"),
    ("security", "安全 보안 안전"),
    ("travel", "旅游 旅遊 여행 관광 旅行社 려행사"),
    ("hotel", "酒店 호텔 饭店"),
    ("restaurant", "餐厅 식당"),
    ("academy", "学院 學院 학원 아카데미"),
    ("party", "党 黨"),
    ("army", "军 軍 군대"),
    ("people", "人民 인민"),
    ("worker", "劳动 勞動 로동 노동"),
    ("foreign", "对外 對外 대외"),
    ("service", "服务 服務 봉사"),
    ("fishing", "水产 水產 수산"),
    ("computer", "计算机 計算機 컴퓨터 电脑 電腦"),
    ("precision", "精密 정밀"),
    ("china", "中国 中國 중국"),
    ("korea", "朝鲜 朝鮮 조선 韩国 韓國 한국 高丽 高麗 고려"),
    ("japan", "日本 일본"),
    ("hong kong", "香港 홍콩"),
    ("taiwan", "台湾 台灣"),
    ("shanghai", "上海"),
    ("beijing", "北京"),
    ("shenzhen", "深圳"),
    ("guangzhou", "广州 廣州"),
    ("guangdong", "广东 廣東"),
    ("dalian", "大连 大連"),
    ("dandong", "丹东 丹東"),
    ("shenyang", "沈阳 瀋陽"),
    ("tianjin", "天津"),
    ("pyongyang", "平壤 평양"),
    ("seoul", "서울 首尔"),
    ("east", "东方 東方 동방"),
];

/// The longest word of the table, in characters.
const LONGEST: usize = 8;

static ARABIC_MEANINGS: LazyLock<HashMap<String, &'static str>> = LazyLock::new(|| {
    let rows = ARABIC.iter().flat_map(|(english, words)| words.split_whitespace().map(move |word| (romanise(word), *english)));
    rows.collect()
});

static UNSPACED_MEANINGS: LazyLock<HashMap<&'static str, &'static str>> = LazyLock::new(|| {
    UNSPACED.iter().flat_map(|(english, words)| words.split_whitespace().map(move |word| (word, *english))).collect()
});

/// The English word that stands for one in Arabic script, whatever is written together with it; `None` where it stands for itself.
pub(in crate::names) fn meaning(written: &str) -> Option<&'static str> {
    let known = |word: &str| ARABIC_MEANINGS.get(romanise(word).as_str()).copied();
    // What is left must be a word: "بدر" is no "in" behind a preposition.
    let behind = |prefix: &str| written.strip_prefix(prefix).filter(|rest| rest.chars().count() > 3);
    known(written).or_else(|| ARABIC_PREFIXES.iter().find_map(|prefix| known(behind(prefix)?)))
}

/// The words of a text in a script without spaces: English ones where the table knows them, and each other character alone (Hangul
/// ones in a row together). `None` for any other script.
pub(in crate::names) fn words(written: &str) -> Option<Vec<UnspacedWord<'_>>> {
    if !matches!(WritingSystem::of_word(written), Some(WritingSystem::Han | WritingSystem::Hangul)) {
        return None;
    }
    let places: Vec<usize> = written.char_indices().map(|(place, _)| place).chain([written.len()]).collect();
    let (mut words, mut at, mut unknown) = (Vec::new(), 0, 0);
    while at + 1 < places.len() {
        let longest = LONGEST.min(places.len() - 1 - at);
        let known = (1..=longest).rev().find_map(|length| {
            let word = &written[places[at]..places[at + length]];
            // One Hangul syllable is a word hardly ever, and a part of a name mostly.
            let may_stand_alone = length > 1 || WritingSystem::of_word(word) == Some(WritingSystem::Han) && at > 0;
            UNSPACED_MEANINGS.get(word).filter(|_| may_stand_alone).map(|english| (length, word, *english))
        });
        let is_hangul = WritingSystem::of_word(&written[places[at]..]) == Some(WritingSystem::Hangul);
        match known {
            Some((length, word, english)) => {
                if unknown < at {
                    words.push(UnspacedWord::Unknown(&written[places[unknown]..places[at]]));
                }
                words.push(UnspacedWord::Known(word, english));
                at += length;
                unknown = at;
            }
            None if is_hangul => at += 1,
            None => {
                if unknown < at {
                    words.push(UnspacedWord::Unknown(&written[places[unknown]..places[at]]));
                }
                words.push(UnspacedWord::Unknown(&written[places[at]..places[at + 1]]));
                at += 1;
                unknown = at;
            }
        }
    }
    if unknown < at {
        words.push(UnspacedWord::Unknown(&written[places[unknown]..]));
    }
    Some(words)
}

/// A word of a text without spaces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::names) enum UnspacedWord<'t> {
    /// As written, and English words that stand for it.
    Known(&'t str, &'static str),
    /// A name, or a part of one.
    Unknown(&'t str),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arabic_words_are_known_behind_what_is_written_together_with_them() {
        for (written, english) in [
            ("شركة", "company"),
            ("للتجارة", "trading"),
            ("والاستثمار", "investment"),
            ("الاسلامية", "islamic"),
            ("إسلامی", "islamic"),
        ] {
            assert_eq!(meaning(written), Some(english), "{written}");
        }
        assert_eq!(meaning("خورشيد"), None);
        assert_eq!(meaning(""), None);
    }

    #[test]
    fn texts_without_spaces_fall_into_words() {
        let told = |written: &str| -> Vec<String> {
            let words = words(written).unwrap_or_default();
            let told = words.iter().map(|word| match word {
                UnspacedWord::Known(_, english) => (*english).to_owned(),
                UnspacedWord::Unknown(name) => romanise(name),
            });
            told.collect()
        };
        assert_eq!(told("华新贸易有限公司"), ["hua", "xin", "trading", "company limited"]);
        assert_eq!(told("조선소나무역회사"), ["korea", "sona", "trading", "company"]);
        assert_eq!(told("香港國際集團"), ["hong kong", "international", "group"]);
        assert!(words("Quillfeather").is_none());
        assert!(words("").is_none());
    }
}
