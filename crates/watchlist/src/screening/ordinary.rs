//! How many ordinary names of a kind would score as high: what a name's hit is worth before anything else is known.
//!
//! For each naming tradition a reference population is drawn from tables of frequent surnames and given names, always the same one.
//! Each of its names is screened once, when somebody first asks or when an index is written; the sorted scores answer every further
//! question. Beyond the highest of them the tail is drawn out as an exponential in log-odds.
//!
//! The tables are our own, after the statistics named in `names/population.rs`; weights fall with the rank (Zipf), and a part of every
//! population bears names that are in no table. A tradition is a way of making names. It is told from the words of the name alone, and
//! is no statement on who bears it.

use std::{
    collections::HashMap,
    sync::{LazyLock, OnceLock},
    thread,
};

use super::{Screener, Search, Wanted};
use crate::{
    entry::EntryKind,
    names::{AnalysedName, NameKind},
};

/// A way in which names are made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tradition {
    /// A Korean surname and one or two syllables, in Hangul or any romanisation.
    Korean,
    /// A Chinese surname and one or two syllables, in pinyin or other romanisations.
    Chinese,
    /// A Japanese family and given name.
    Japanese,
    /// A Vietnamese surname, middle and given name.
    Vietnamese,
    /// Arabic, Persian and other names of the Islamic world.
    Islamic,
    /// Names of India and Nepal.
    Indian,
    /// Slavic names, with or without the father's.
    Slavic,
    /// Turkish names.
    Turkish,
    /// Spanish and Portuguese names.
    Iberian,
    /// Everything else: names of western Europe and of much of the world.
    Other,
}

/// How many names of a reference population are screened.
const POPULATION: usize = 1_000;
/// The tail is drawn out from so many of the highest scores.
const TAIL: usize = 25;

/// What a table draws from: surnames, and given names; the more frequent first.
struct Table {
    tradition: Tradition,
    surnames: &'static str,
    given: &'static str,
}

const TABLES: [Table; 10] = [
    Table {
        tradition: Tradition::Korean,
        surnames: "kim lee park choi jung kang cho yoon jang lim han oh seo shin kwon hwang ahn song ryu hong jeon ko moon son yang bae baek \
            heo nam shim noh ha kwak sung cha joo woo koo min jin ji um chae won bang kong hyun ham byun",
        given: "young su min ji hyun jun seo jin ho sung chul jung eun kyung hee sun ju woo jae won dong seok sang seung mi sook soon nam \
            myung kwang il kook hyuk chun ok yeon yoon hoon ki kyu hye ha na ah in yong gil duk byung chang jong bok man tae",
    },
    Table {
        tradition: Tradition::Chinese,
        surnames: "wang li zhang liu chen yang huang zhao wu zhou xu sun ma zhu hu guo he lin gao luo zheng liang xie song tang deng han feng cao \
            peng zeng xiao tian dong yuan pan yu jiang cai du",
        given: "wei jun hong ming hua hui fang jie ping yan hai bo lei min qiang ying xin jing jian guo wen bin tao kai peng zhi xiang guang chun \
            yi long shu cheng shan mei ling xia juan yun zhen rui hao",
    },
    Table {
        tradition: Tradition::Japanese,
        surnames: "sato suzuki takahashi tanaka watanabe ito yamamoto nakamura kobayashi kato yoshida yamada sasaki yamaguchi matsumoto inoue kimura \
            hayashi shimizu saito mori abe ikeda hashimoto ishikawa ogawa maeda fujita okada goto",
        given: "hiroshi takashi kenji akira yuki haruto ren sota yui sakura hina keiko yoko kazuko haruka naoki daisuke kenta shota takuya ayumi \
            mai miki emi kumiko tomoko makoto satoshi yuko jun",
    },
    Table {
        tradition: Tradition::Vietnamese,
        surnames: "nguyen tran le pham hoang phan vu dang bui do ho ngo duong ly dinh truong lam trinh mai dao",
        given: "anh minh thanh duc hung quang tuan hai thu lan huong van thi linh hieu hoa nga phuong long khanh nam dung son tam ha mai",
    },
    Table {
        tradition: Tradition::Islamic,
        surnames: "khan ahmed ali hassan hussein ahmadi mohammadi hosseini karimi abdullah ibrahim khalil mansour saleh nasser rahimi salem \
            hamdan qasim haddad najjar khoury sharif malik shah ansari qureshi aziz omar yousef rashid jafari moradi hashemi rezaei \
            saeed mahmoud zaman farah jama",
        given: "muhammad ahmad ali hassan hussein abdullah omar khalid mahmoud yusuf ibrahim mustafa said fatima maryam zahra amir reza mehdi hamid \
            abdul karim aisha layla nour samir tariq walid bilal hamza khadija zaynab salim jamal faisal rashid nasir imran adnan usman",
    },
    Table {
        tradition: Tradition::Indian,
        surnames: "kumar singh sharma devi patel das gupta yadav verma mishra reddy rao nair jain mehta shrestha iyer joshi chaudhary thapa roy ghosh \
            banerjee desai shah kapoor malhotra agarwal pandey bose",
        given: "rahul amit sanjay rajesh sunita priya anil sunil vijay ravi deepak suresh ramesh pooja anita neha arjun kiran lakshmi manoj ashok \
            arun sita krishna mohan raj asha meena rakesh sandeep",
    },
    Table {
        tradition: Tradition::Slavic,
        surnames: "ivanov smirnov kuznetsov popov vasiliev petrov sokolov mikhailov novikov fedorov morozov volkov alekseev lebedev semenov egorov \
            pavlov kozlov stepanov nikolaev orlov andreev makarov nikitin zakharov shevchenko kovalenko bondarenko tkachenko kravchenko \
            melnyk boyko nowak kowalski wisniewski kaminski novak horvat jovanovic petrovic",
        given: "aleksandr sergei vladimir andrei aleksei dmitri mikhail nikolai ivan maxim elena olga tatiana natalia irina svetlana anna maria \
            ekaterina yulia igor oleg viktor yuri pavel roman denis anton ilya konstantin anastasia daria marina larisa galina",
    },
    Table {
        tradition: Tradition::Turkish,
        surnames: "yilmaz kaya demir celik sahin yildiz yildirim ozturk aydin ozdemir arslan dogan kilic aslan cetin kara koc kurt ozkan simsek",
        given: "mehmet mustafa ahmet ali huseyin hasan ibrahim ismail osman murat fatma ayse emine hatice zeynep elif meryem serife zehra sultan",
    },
    Table {
        tradition: Tradition::Iberian,
        surnames: "garcia rodriguez martinez hernandez lopez gonzalez perez sanchez ramirez torres flores rivera gomez diaz cruz reyes morales \
            gutierrez ortiz ramos silva santos oliveira souza pereira costa ferreira alves lima ribeiro carvalho rojas castro mendoza vargas",
        given: "jose juan maria luis carlos antonio francisco jorge manuel pedro miguel angel jesus ana alejandro javier daniel fernando ricardo \
            roberto guadalupe rosa carmen laura patricia joao paulo marcos rafael eduardo lucas gabriel claudia sofia andres",
    },
    Table {
        tradition: Tradition::Other,
        surnames: "smith johnson williams brown jones miller davis wilson anderson taylor thomas moore martin jackson thompson white harris clark \
            lewis walker hall young king wright green baker adams mueller schmidt schneider fischer weber meyer wagner rossi russo ferrari \
            bernard dubois durand jansen hansen johansson murphy kelly okafor mensah mwangi dlamini",
        given: "james john robert michael william david richard joseph thomas charles mary patricia jennifer linda elizabeth susan jessica sarah \
            karen anna peter hans thomas andreas stefan marco francesco giulia jean marie pierre nicolas sophie emma laura lucas paul mark \
            grace samuel daniel emmanuel",
    },
];

/// The scores of reference populations against the lists, by tradition; each found when first wanted, or read from an index.
#[derive(Debug, Default)]
pub(super) struct References([OnceLock<Reference>; TABLES.len()]);

/// The scores of one population.
#[derive(Debug)]
struct Reference {
    /// Highest first.
    scores: Vec<f32>,
    /// Where the tail begins in log-odds, and its scale; `None` where too few were screened.
    tail: Option<(f64, f64)>,
}

impl References {
    /// From what [`Screener::reference_column`] gave; `None` where that does not hold.
    pub(super) fn of_column(scores: &[f32]) -> Option<Self> {
        if scores.len() != TABLES.len() * POPULATION {
            return None;
        }
        let references = Self::default();
        for (known, scores) in references.0.iter().zip(scores.chunks(POPULATION)) {
            let holds = scores.iter().all(|score| (0.0..=1.0).contains(score)) && scores.is_sorted_by(|one, other| one >= other);
            known.set(holds.then(|| Reference::of(scores.to_vec()))?).ok()?;
        }
        Some(references)
    }
}

/// How many ordinary names would score as high.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ordinary {
    /// How the query's name is made.
    pub tradition: Tradition,
    /// Of 10,000 ordinary names made in this way, so many would have a hit in these lists that scores at least as high by name.
    pub of_ten_thousand: f64,
}

impl Screener {
    /// How many of 10,000 ordinary names that are made in the way of `name` would score at least `score` by name against these
    /// lists. The first question for a tradition screens its reference population (some tenths of a second); later ones take
    /// microseconds.
    ///
    /// ```
    /// use bonafide_watchlist::entry::{Entry, EntryId, EntryKind, EntryPlace, ListCode, ListedName, NameQuality};
    /// use bonafide_watchlist::screening::{Screener, Tradition};
    ///
    /// let listed = |id: &str, name: &str| {
    ///     let mut entry = Entry::new(EntryId::new(ListCode::OFAC, id), EntryKind::Person, EntryPlace::default());
    ///     entry.add_name(ListedName::of_family_first(name, NameQuality::Primary));
    ///     entry
    /// };
    /// let screener = Screener::new(vec![listed("1", "KIM, Young Su"), listed("2", "MARLOWE, Rosalind")]);
    /// let common = screener.ordinary_as_high("Youngsu Kim", 0.5);
    /// let rare = screener.ordinary_as_high("Rosalind Marlowe", 0.5);
    /// assert_eq!(common.tradition, Tradition::Korean);
    /// assert!(common.of_ten_thousand > rare.of_ten_thousand);
    /// ```
    #[must_use]
    pub fn ordinary_as_high(&self, name: &str, score: f64) -> Ordinary {
        self.ordinary_as_high_as(&AnalysedName::of(name, NameKind::Person), score)
    }

    /// The same for a name that was analysed.
    pub(super) fn ordinary_as_high_as(&self, name: &AnalysedName, score: f64) -> Ordinary {
        let tradition = Tradition::of(name);
        Ordinary { tradition, of_ten_thousand: 10_000.0 * self.reference(tradition).share_above(score) }
    }

    fn reference(&self, tradition: Tradition) -> &Reference {
        self.references.0[tradition as usize].get_or_init(|| Reference::of(self.reference_scores(tradition, POPULATION, 1)))
    }

    /// The scores of all populations, each found now where nobody asked before.
    pub(super) fn reference_column(&self) -> Vec<f32> {
        thread::scope(|scope| {
            for table in &TABLES {
                scope.spawn(|| self.reference(table.tradition));
            }
        });
        TABLES.iter().flat_map(|table| self.reference(table.tradition).scores.iter().copied()).collect()
    }

    /// The scores of a reference population against the lists, highest first.
    fn reference_scores(&self, tradition: Tradition, number: usize, seed: u64) -> Vec<f32> {
        let mut search = Search::default();
        // Of names made of frequent words one in seven comes again.
        let mut known: HashMap<String, f32> = HashMap::with_capacity(number);
        let mut scores: Vec<f32> = ordinary_names(tradition, seed)
            .take(number)
            .map(|name| {
                if let Some(score) = known.get(&name) {
                    return *score;
                }
                let wanted = Wanted { kind: Some(EntryKind::Person), names: vec![name.clone()], ..Wanted::default() };
                let score = self.best_score(&mut search, &wanted) as f32;
                known.insert(name, score);
                score
            })
            .collect();
        scores.sort_by(|left, right| right.total_cmp(left));
        scores
    }
}

impl Tradition {
    /// Every way of making names that is told apart.
    pub const ALL: [Self; TABLES.len()] = [
        Self::Korean,
        Self::Chinese,
        Self::Japanese,
        Self::Vietnamese,
        Self::Islamic,
        Self::Indian,
        Self::Slavic,
        Self::Turkish,
        Self::Iberian,
        Self::Other,
    ];

    /// How a name is made, as far as its words tell.
    #[must_use]
    pub fn of(name: &AnalysedName) -> Self {
        let mut points = [0_u32; TABLES.len()];
        for known in name.tokens().iter().filter_map(|token| WORDS.get(token.as_str())) {
            known.iter().zip(&mut points).for_each(|(known, points)| *points += u32::from(*known));
        }
        // Syllables of any spelling tell more than a table of some.
        points[Self::Korean as usize] += if name.reads_as_korean() { 3 } else { 0 };
        let best = points.iter().max().copied().unwrap_or_default();
        match points.iter().position(|points| *points == best) {
            Some(place) if best > 0 => TABLES[place].tradition,
            _ => Self::Other,
        }
    }

    /// The word for it in results.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Korean => "korean",
            Self::Chinese => "chinese",
            Self::Japanese => "japanese",
            Self::Vietnamese => "vietnamese",
            Self::Islamic => "islamic",
            Self::Indian => "indian",
            Self::Slavic => "slavic",
            Self::Turkish => "turkish",
            Self::Iberian => "iberian",
            Self::Other => "other",
        }
    }
}

/// What the words of the tables say for each tradition: 3 for a surname, 2 for a given name.
static WORDS: LazyLock<HashMap<&'static str, [u8; TABLES.len()]>> = LazyLock::new(|| {
    let mut words: HashMap<&'static str, [u8; TABLES.len()]> = HashMap::new();
    for table in &TABLES {
        for (list, points) in [(table.given, 2), (table.surnames, 3)] {
            for word in list.split_whitespace() {
                let known = &mut words.entry(word).or_default()[table.tradition as usize];
                *known = points.max(*known);
            }
        }
    }
    words
});

impl Reference {
    /// From scores, highest first.
    fn of(scores: Vec<f32>) -> Self {
        // The mean excess over the threshold is the scale of an exponential tail (Hill's estimator in log-odds).
        let tail = (scores.len() >= TAIL).then(|| {
            let from = log_odds(f64::from(scores[TAIL - 1]));
            let excess: f64 = scores[..TAIL - 1].iter().map(|known| log_odds(f64::from(*known)) - from).sum();
            (from, (excess / (TAIL - 1) as f64).max(0.05))
        });
        Self { scores, tail }
    }

    /// The share of the population that scores at least so high: counted where there are enough, drawn out beyond.
    fn share_above(&self, score: f64) -> f64 {
        let above = self.scores.partition_point(|known| f64::from(*known) >= score);
        let population = self.scores.len().max(1) as f64;
        let Some((from, excess)) = self.tail.filter(|_| above < TAIL) else { return above as f64 / population };
        let drawn = TAIL as f64 * (-(log_odds(score) - from) / excess).exp();
        // What was counted is a bound from below as well as from above, within chance.
        let (fewest, most) = (above as f64 * 0.5, (above as f64 + 1.0) * 2.0);
        drawn.clamp(fewest, most) / population
    }
}

fn log_odds(score: f64) -> f64 {
    let score = score.clamp(1e-9, 1.0 - 1e-9);
    (score / (1.0 - score)).ln()
}

/// Ordinary names made in one way, without end, the same for one seed: invented from the tables of frequent words, for measuring how
/// often such names are asked about.
///
/// ```
/// use bonafide_watchlist::screening::{Tradition, ordinary_names};
/// let names = |seed| ordinary_names(Tradition::Korean, seed).take(3).collect::<Vec<_>>();
/// assert_eq!(names(7), names(7));
/// assert_ne!(names(7), names(8));
/// ```
pub fn ordinary_names(tradition: Tradition, seed: u64) -> impl Iterator<Item = String> {
    let table = &TABLES[tradition as usize];
    let surnames: Vec<&'static str> = table.surnames.split_whitespace().collect();
    let given: Vec<&'static str> = table.given.split_whitespace().collect();
    let mut dice = Dice(seed ^ (tradition as u64 + 1) << 32);
    std::iter::from_fn(move || {
        let family = dice.word(&surnames, tradition);
        let (first, second) = (dice.word(&given, tradition), dice.word(&given, tradition));
        let shape = dice.below(4);
        Some(match tradition {
            Tradition::Korean => match shape {
                0 => format!("{family} {first}-{second}"),
                1 => format!("{first}{second} {family}"),
                2 => format!("{family} {first} {second}"),
                _ => format!("{first} {second} {family}"),
            },
            Tradition::Chinese if shape == 0 => format!("{first} {family}"),
            Tradition::Chinese if shape == 1 => format!("{family} {first}{second}"),
            Tradition::Chinese => format!("{first}{second} {family}"),
            Tradition::Vietnamese => format!("{family} {first} {second}"),
            Tradition::Islamic if shape == 0 => format!("{first} {second} al-{family}"),
            Tradition::Islamic | Tradition::Iberian if shape == 1 => format!("{first} {second} {family}"),
            Tradition::Iberian if shape == 2 => format!("{first} {family} {}", dice.word(&surnames, tradition)),
            Tradition::Slavic if shape < 2 => format!("{first} {second}ovich {family}"),
            _ => format!("{first} {family}"),
        })
    })
}

/// Numbers from a seed: a linear congruential generator (Knuth, MMIX).
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit.max(1)
    }

    /// A word of a table by Zipf's law, or one of the many that no table holds, made of the halves of two.
    fn word(&mut self, words: &[&'static str], tradition: Tradition) -> String {
        // Korean and Chinese names are made of few syllables, Vietnamese ones of few surnames: hardly any is in no table.
        let known = if matches!(tradition, Tradition::Korean | Tradition::Chinese | Tradition::Vietnamese) { 95 } else { 65 };
        let (one, other) = (self.of_rank(words), self.of_rank(words));
        if self.below(100) < known {
            return one.to_owned();
        }
        let half = |word: &str| word.len() / 2;
        format!("{}{}", &one[..half(one)], &other[half(other)..])
    }

    fn of_rank<'w>(&mut self, words: &[&'w str]) -> &'w str {
        // Inverse of Zipf's law with the exponent 1: the logarithm of the rank is uniform.
        let uniform = self.below(1 << 20) as f64 / f64::from(1 << 20);
        let rank = ((words.len() as f64 + 1.0).powf(uniform) - 1.0) as usize;
        words[rank.min(words.len() - 1)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entry::{Entry, EntryId, EntryPlace, ListCode, ListedName, NameQuality};

    /// A list of people whose names are as ordinary as anybody's.
    fn screener(tradition: Tradition) -> Screener {
        let listed = (1_u32..).zip(ordinary_names(tradition, 77)).take(600).map(|(number, name)| {
            let mut entry =
                Entry::new(EntryId::new(ListCode::OFAC, &number.to_string()), EntryKind::Person, EntryPlace::default());
            entry.add_name(ListedName::whole(&name, NameQuality::Primary));
            entry
        });
        Screener::new(listed.collect())
    }

    #[test]
    fn tables_stand_in_the_order_of_traditions() {
        assert!(TABLES.iter().enumerate().all(|(place, table)| table.tradition as usize == place));
        assert!(TABLES.iter().all(|table| table.surnames.is_ascii() && table.given.is_ascii()));
    }

    #[test]
    fn traditions_are_told_by_words_alone() {
        let of = |name: &str| Tradition::of(&AnalysedName::of(name, NameKind::Person));
        assert_eq!(of("이영철"), Tradition::Korean);
        assert_eq!(of("Nguyen Van Minh"), Tradition::Vietnamese);
        assert_eq!(of("Сергей Петров"), Tradition::Slavic);
        assert_eq!(of("Garcia Lopez Maria"), Tradition::Iberian);
        assert_eq!(of("Rosalind Marlowe"), Tradition::Other);
        assert_eq!(of(""), Tradition::Other);
    }

    #[test]
    fn the_estimate_agrees_with_counting_other_names() {
        for tradition in [Tradition::Korean, Tradition::Slavic, Tradition::Other] {
            let screener = screener(tradition);
            let counted = screener.reference_scores(tradition, 4_000, 4_242);
            let drawn = Reference::of(screener.reference_scores(tradition, POPULATION, 1));
            // From names of which one in ten scores as high to those of which one in four hundred does.
            for one_in in [10, 40, 130, 400] {
                let score = f64::from(counted[counted.len() / one_in]);
                let expected = counted.partition_point(|known| f64::from(*known) >= score) as f64 / counted.len() as f64;
                let estimate = drawn.share_above(score);
                assert!(
                    estimate <= 3.0 * expected && 3.0 * estimate >= expected,
                    "{tradition:?} at {score}: {estimate} for {expected}"
                );
            }
        }
    }

    #[test]
    fn higher_scores_are_rarer() {
        let screener = screener(Tradition::Korean);
        let shares: Vec<f64> =
            (1..100).map(|score| screener.ordinary_as_high("Kim Young Su", f64::from(score) / 100.0).of_ten_thousand).collect();
        assert!(shares.windows(2).all(|pair| pair[0] >= pair[1] * 0.999), "{shares:?}");
        assert!(shares.iter().all(|share| (0.0..=10_000.0).contains(share)));
    }
}
