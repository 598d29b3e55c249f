//! From what met and what did not to one score: a logistic model over the features of two names.
//!
//! Its coefficients were fitted by `--example calibrate` on spellings of other authorities, aliases taken out of the list, invented
//! corruptions, ordinary people of many cultures and reference populations. Each agreement can only raise the score and each
//! contradiction only lower it: the signs are part of the fit.

use bonafide_normalise::script::chinese::ChineseMatch;

use super::NameKind;
use super::compare::{NameFeatures, NameMatch, OperationKind};
use super::token::{Token, TokenKind};
use super::view::NameView;

/// What a score is the logistic function of: so many numbers, the first of them always 1.
pub const MEASURES: usize = 15;

/// Whether a measure speaks for (1) or against (-1) a match; the first is the constant.
pub const SIGNS: [i8; MEASURES] = [0, 1, 1, -1, -1, -1, -1, 1, 1, -1, -1, -1, -1, 1, 1];

/// Fitted but for the constant: matches are far more frequent among what is fitted on than among those who are screened. It is the
/// largest, in tenths, at which of 2,000 reference names (`screening/ordinary.rs`) of each of all ways of making names but the Korean one
/// 1.5 % are asked about on average, at a score of 0.7 against OFAC's list.
const PERSONS: [f64; MEASURES] =
    [-11.600, 3.642, 7.943, -3.016, -0.735, -0.849, -0.569, 0.390, 0.564, 0.000, -0.259, 0.000, -0.655, 0.558, 0.000];
/// Fitted like those of people, with ordinary firms among the others: the rarest word that met decides, since those of a trade, a place or
/// a legal form are shared by many. The constant is the largest, in tenths, at which of 5,000 ordinary firms of each way of naming them
/// (`examples/common/firms.rs`) at most 1.5 % are asked about on average.
const ORGANISATIONS: [f64; MEASURES] =
    [-9.400, 6.450, 2.860, -0.948, 0.000, -0.091, 0.000, 0.000, 1.963, 0.000, 0.000, 0.000, 0.000, 0.994, 1.735];
/// Fitted like the others, but for two. What the name tells counts a quarter: a namesake is the likelier the more bear the name, and the
/// tables of frequency know that by bands alone; with more, listed names of frequent words would not be asked about. The constant is
/// the largest, in tenths, at which of 10,000 reference names (`screening/ordinary.rs`) so few are asked about, at a score of 0.7
/// against OFAC's list, that the upper end of their share's interval (95 %) stays below one in 100.
const KOREAN: [f64; MEASURES] =
    [-4.200, 0.000, 1.000, 0.000, 0.000, 0.000, 0.000, 1.276, 3.417, -1.630, -2.253, 0.000, 0.000, 0.000, 0.000];

/// What the same spelling adds to the log-odds where syllables decide.
const SAME_SPELLING: f64 = 0.4;
/// What a Korean name tells at most that is made of the most frequent surname and syllables, in nats.
const MOST_FREQUENT: f32 = 8.0;
/// A word that costs more than this to become another contradicts it rather.
const CONTRADICTS: f32 = 0.4;
/// A word that costs less than this to become another is that word nearly.
const NEARLY: f32 = 0.15;

/// How well the letters of a short name fit at most that is told by syllables.
const LETTERS_OF_SYLLABLES: f32 = 0.95;

/// Which of the three models a score comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Model {
    /// Names of people.
    Person,
    /// Names of organisations, vessels and aircraft.
    Organisation,
    /// Names that can both be read as Korean ones: syllables decide.
    Korean,
}

impl NameFeatures {
    pub(super) const NOTHING: Self = Self {
        query_coverage: 0.0,
        listed_coverage: 0.0,
        conflict: 0.0,
        evidence: 0.0,
        rarest: 0.0,
        changed: 0.0,
        query_missing: 0.0,
        listed_missing: 0.0,
        words: 0,
        initials: 0,
        family_missing: false,
        consonants: 0.0,
        letters: 0.0,
        korean: None,
    };

    /// Which model speaks for names of a kind.
    #[must_use]
    pub fn model(&self, kind: NameKind) -> Model {
        match (self.korean, kind) {
            (Some(_), _) => Model::Korean,
            (None, NameKind::Person) => Model::Person,
            (None, NameKind::Organisation) => Model::Organisation,
        }
    }

    /// What the score is the logistic function of.
    #[must_use]
    pub fn measures(&self) -> [f64; MEASURES] {
        let flag = |is: bool| f64::from(u8::from(is));
        let letters = f64::from(self.letters);
        if let Some(korean) = self.korean {
            // Romanisations of one name share few letters: those tell nothing here.
            return [
                1.0,
                0.0,
                (f64::from(korean.information) - 8.0) / 4.0,
                0.0,
                0.0,
                0.0,
                0.0,
                f64::from(korean.similarity),
                ((f64::from(korean.similarity) - 0.8) / 0.15).clamp(0.0, 1.0),
                flag(!korean.same_surname),
                flag(korean.same_syllables < korean.syllables),
                0.0,
                0.0,
                0.0,
                0.0,
            ];
        }
        [
            1.0,
            letters,
            f64::from(self.evidence / 4.0).ln_1p(),
            f64::from(self.changed) / 5.0,
            f64::from(self.query_missing) / 10.0,
            f64::from(self.listed_missing) / 10.0,
            f64::from(self.conflict) / 10.0,
            f64::from(self.query_coverage),
            f64::from(self.listed_coverage),
            flag(self.words <= 1),
            f64::from(self.initials),
            flag(self.family_missing),
            f64::from(self.consonants),
            flag(self.query_coverage > 0.97 && self.listed_coverage > 0.97),
            f64::from(self.rarest) / 10.0,
        ]
    }

    /// How likely two parties of such names are one, 0…1, before anything else is known of them.
    pub(super) fn score(&self, kind: NameKind) -> f32 {
        let weights = match self.model(kind) {
            Model::Person => &PERSONS,
            Model::Organisation => &ORGANISATIONS,
            Model::Korean => &KOREAN,
        };
        let log_odds: f64 = self.measures().iter().zip(weights).map(|(measure, weight)| measure * weight).sum();
        // Of readings that are as good, the one of the same spelling comes first.
        // A script of syllables has no spelling of its own: who writes the listed name in it cannot write it more alike. Where the most
        // frequent words make a name, spelling is what tells its bearers apart.
        let spelled = self
            .korean
            .map(|korean| if korean.is_in_script && korean.information > MOST_FREQUENT { 1.0 } else { f64::from(self.letters) });
        let log_odds = log_odds + SAME_SPELLING * spelled.unwrap_or(0.0);
        (1.0 / (1.0 + (-self.held_back(log_odds, self.model(kind))).exp())) as f32
    }

    /// A name that contradicts the other is doubtful whatever else fits: brothers share all names but one, and so do branches of one
    /// firm. Where odds would be better than even they grow slower, the more so the more is contradicted: their order stays.
    fn held_back(&self, log_odds: f64, model: Model) -> f64 {
        let contradiction = match self.korean {
            Some(korean) => f64::from(u8::from(!korean.same_surname || korean.same_syllables < korean.syllables)),
            None => f64::from((self.conflict - 1.0) / 1.5).clamp(0.0, 1.0),
        };
        let (from, growth) = match model {
            // A person whom every word but one fits is another person, mostly.
            Model::Person | Model::Korean => (0.0, 0.1),
            // Lists translate, shorten and describe firms in words of their own.
            Model::Organisation => (0.8, 0.5),
        };
        log_odds - contradiction * (1.0 - growth) * (log_odds - from).max(0.0)
    }
}

impl NameMatch {
    /// Takes what the syllables of two names tell that can both be read as Chinese ones: another syllable is another name, however few
    /// letters differ.
    pub(super) fn weigh_syllables(&mut self, met: &ChineseMatch) {
        let coverage = met.told / (met.told + met.changed + met.contradicted).max(0.1);
        self.features = NameFeatures {
            query_coverage: coverage,
            listed_coverage: coverage,
            conflict: met.contradicted,
            evidence: met.told,
            rarest: met.told,
            changed: met.changed,
            words: 2,
            family_missing: !met.same_surname,
            letters: LETTERS_OF_SYLLABLES * met.similarity.max(0.0),
            ..NameFeatures::NOTHING
        };
    }

    /// Adds up what the words tell that met, and those that did not.
    pub(super) fn weigh(&mut self, query: &NameView<'_>, listed: &NameView<'_>, joined: f32) {
        let told = |tokens: &[&Token], (first, number): (u8, u8)| -> f32 {
            tokens.iter().skip(first.into()).take(number.into()).map(|token| token.information()).sum()
        };
        // Another number is a sister ship or the next fund of one house: worth a look as the same name is.
        let is_number = |name: &NameView<'_>, place: u8| {
            name.tokens().get(usize::from(place)).is_some_and(|token| token.kind() == TokenKind::Number)
        };
        let mut against = (0.0_f32, 0.0_f32);
        let mut found = NameFeatures { letters: self.features.letters.max(joined), ..NameFeatures::NOTHING };
        let (mut query_met, mut listed_met, mut by_consonants) = (0.0, 0.0, 0.0);
        let (mut met, mut contradicted) = (0_u32, 0.0);
        for step in self.operations() {
            let (of_query, of_listed) = (told(query.tokens(), step.query), told(listed.tokens(), step.listed));
            match step.kind {
                OperationKind::OnlyInQuery => {
                    found.query_missing += of_query;
                    against.0 += of_query * f32::from(!is_number(query, step.query.0));
                }
                OperationKind::OnlyInList => {
                    found.listed_missing += of_listed;
                    against.1 += of_listed * f32::from(!is_number(listed, step.listed.0));
                }
                kind => {
                    let (least, similarity) = (of_query.min(of_listed), 1.0 - step.cost);
                    found.evidence += least * similarity;
                    found.changed += least * step.cost;
                    if step.cost < NEARLY {
                        found.rarest = found.rarest.max(least * similarity);
                    }
                    if step.cost > CONTRADICTS {
                        contradicted += least * step.cost;
                    }
                    query_met += of_query * similarity;
                    listed_met += of_listed * similarity;
                    for place in step.listed.0..step.listed.0 + step.listed.1 {
                        met |= 1 << place;
                    }
                    let is_name = query
                        .tokens()
                        .get(usize::from(step.query.0))
                        .is_some_and(|token| matches!(token.kind(), TokenKind::Word | TokenKind::Generic | TokenKind::Number));
                    match kind {
                        OperationKind::Initial => found.initials += 1,
                        OperationKind::Joined => found.words += 2,
                        _ => found.words += u8::from(is_name),
                    }
                    if kind == OperationKind::Consonants {
                        by_consonants += least * similarity;
                    }
                }
            }
        }
        let all = |tokens: &[&Token]| tokens.iter().map(|token| token.information()).sum::<f32>();
        let (query_all, listed_all) = (all(query.tokens()), all(listed.tokens()));
        found.query_coverage = (query_met / query_all.max(0.1)).clamp(0.0, 1.0);
        found.listed_coverage = (listed_met / listed_all.max(0.1)).clamp(0.0, 1.0);
        if joined >= 0.8 {
            // Written together, all words met, whatever the steps say.
            let told = query_all.max(listed_all);
            if found.evidence < told * joined {
                found.evidence = told * joined;
                found.rarest = told * joined;
                found.changed = told * (1.0 - joined);
                (found.query_missing, found.listed_missing, against) = (0.0, 0.0, (0.0, 0.0));
                (found.query_coverage, found.listed_coverage) = (joined, joined);
                found.words = found.words.max(2);
                (met, contradicted) = (u32::MAX, 0.0);
            }
        }
        found.conflict = against.0.min(against.1) + contradicted;
        found.family_missing = listed.family_places().is_some_and(|family| met & family == 0);
        found.consonants = if found.evidence > 0.0 { by_consonants / found.evidence } else { 0.0 };
        self.features = found;
    }
}

#[cfg(test)]
mod tests {
    use bonafide_normalise::script::korean::KoreanMatch;
    use proptest::prelude::*;

    use super::*;

    fn features() -> impl Strategy<Value = (NameFeatures, NameKind)> {
        let shares = (0.0_f32..1.0, 0.0_f32..1.0, 0.0_f32..1.0, 0.0_f32..1.0);
        let told = (0.0_f32..40.0, 0.0_f32..20.0, 0.0_f32..20.0, 0.0_f32..20.0, 0.0_f32..12.0);
        let korean = prop::option::of((0.0_f32..1.0, any::<bool>(), 0_u8..3, 1_u8..4, 5.0_f32..17.0));
        (shares, told, (0_u8..5, 0_u8..3, any::<bool>(), any::<bool>()), korean).prop_map(|(shares, told, counts, korean)| {
            let (letters, query_coverage, listed_coverage, consonants) = shares;
            let (evidence, changed, query_missing, listed_missing, conflict) = told;
            let (words, initials, family_missing, is_person) = counts;
            let korean = korean.map(|(similarity, same_surname, same_syllables, syllables, information)| KoreanMatch {
                similarity,
                same_surname,
                same_syllables: same_syllables.min(syllables),
                syllables,
                is_in_script: false,
                information,
            });
            let features = NameFeatures {
                query_coverage,
                listed_coverage,
                conflict,
                evidence,
                rarest: evidence / 2.0,
                changed,
                query_missing,
                listed_missing,
                words,
                initials,
                family_missing,
                consonants,
                letters,
                korean,
            };
            (features, if is_person { NameKind::Person } else { NameKind::Organisation })
        })
    }

    #[test]
    fn coefficients_bear_the_signs_of_their_measures() {
        for weights in [&PERSONS, &ORGANISATIONS, &KOREAN] {
            assert!(weights.iter().zip(SIGNS).all(|(weight, sign)| weight * f64::from(sign) >= 0.0 || sign == 0));
        }
    }

    proptest! {
        #[test]
        fn agreement_only_raises_a_score_and_contradiction_only_lowers_it((features, kind) in features(), more in 0.0_f32..5.0) {
            let score = features.score(kind);
            prop_assert!((0.0..=1.0).contains(&score));
            let share = more / 5.0;
            let raised = [
                NameFeatures { letters: (features.letters + share).min(1.0), ..features },
                NameFeatures { evidence: features.evidence + more, ..features },
                NameFeatures { query_coverage: (features.query_coverage + share).min(1.0), ..features },
                NameFeatures { listed_coverage: (features.listed_coverage + share).min(1.0), ..features },
            ];
            for better in raised {
                prop_assert!(better.score(kind) >= score - 1e-6, "{better:?} beside {features:?}");
            }
            let lowered = [
                NameFeatures { changed: features.changed + more, ..features },
                NameFeatures { conflict: features.conflict + more, ..features },
                NameFeatures { query_missing: features.query_missing + more, ..features },
                NameFeatures { listed_missing: features.listed_missing + more, ..features },
                NameFeatures { consonants: (features.consonants + share).min(1.0), ..features },
                NameFeatures { family_missing: true, ..features },
            ];
            for worse in lowered {
                prop_assert!(worse.score(kind) <= score + 1e-6, "{worse:?} beside {features:?}");
            }
        }
    }
}
