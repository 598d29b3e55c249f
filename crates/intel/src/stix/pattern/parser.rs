//! From tokens to a pattern, by descent that goes no deeper than [`DEEPEST`].

use super::{
    Comparison, Observation, Operator, Path, Pattern, Qualifier, Step, Test,
    lexer::{Compare, Lexer, Token, syntax},
    literal::Literal,
};
use crate::stix::{error::Error, format::is_hash};

/// The longest pattern that is read, in bytes.
pub const LONGEST: usize = 1 << 20;
/// How deep brackets may be nested.
pub const DEEPEST: usize = 100;

pub(super) fn parse(text: &str) -> Result<Pattern<'_>, Error> {
    if text.len() > LONGEST {
        return Err(Error::OverLimit { what: "the length of the pattern in bytes", limit: LONGEST });
    }
    let mut lexer = Lexer::new(text);
    let (token, at) = lexer.next()?;
    let mut parser = Parser { text, lexer, token, at, depth: 0 };
    let observation = parser.sequence()?;
    if parser.token != Token::End {
        return Err(parser.unexpected("AND, OR, FOLLOWEDBY, a qualifier or the end"));
    }
    Ok(Pattern { observation })
}

/// Words that are no names.
const KEYWORDS: [&str; 17] = [
    "AND",
    "OR",
    "NOT",
    "FOLLOWEDBY",
    "LIKE",
    "MATCHES",
    "ISSUPERSET",
    "ISSUBSET",
    "EXISTS",
    "LAST",
    "IN",
    "START",
    "STOP",
    "SECONDS",
    "WITHIN",
    "REPEATS",
    "TIMES",
];

struct Parser<'a> {
    text: &'a str,
    lexer: Lexer<'a>,
    /// The token that comes next.
    token: Token<'a>,
    /// Where it begins.
    at: usize,
    depth: usize,
}

impl<'a> Parser<'a> {
    fn sequence(&mut self) -> Result<Observation<'a>, Error> {
        self.chain("FOLLOWEDBY", Self::either, Observation::Sequence)
    }

    fn either(&mut self) -> Result<Observation<'a>, Error> {
        self.chain("OR", Self::both, Observation::Any)
    }

    fn both(&mut self) -> Result<Observation<'a>, Error> {
        self.chain("AND", Self::qualified, Observation::All)
    }

    fn qualified(&mut self) -> Result<Observation<'a>, Error> {
        let observation = match self.token {
            Token::Mark(b'[') => {
                self.advance()?;
                let comparison = self.any_test()?;
                self.take_mark(b']', "], AND or OR")?;
                Observation::One(comparison)
            }
            Token::Mark(b'(') => {
                self.deeper()?;
                self.advance()?;
                let inner = self.sequence()?;
                self.take_mark(b')', "), AND, OR, FOLLOWEDBY or a qualifier")?;
                self.depth -= 1;
                inner
            }
            _ => return Err(self.unexpected("an observation in square brackets, or a round bracket")),
        };
        let qualifiers = self.qualifiers()?;
        Ok(if qualifiers.is_empty() { observation } else { Observation::Qualified(Box::new(observation), qualifiers) })
    }

    fn qualifiers(&mut self) -> Result<Vec<Qualifier<'a>>, Error> {
        let mut qualifiers: Vec<Qualifier<'a>> = Vec::new();
        while let Token::Word(word @ ("WITHIN" | "REPEATS" | "START")) = self.token {
            let at = self.at;
            self.advance()?;
            let qualifier = match word {
                "WITHIN" => self.within()?,
                "REPEATS" => self.repeats()?,
                _ => self.between()?,
            };
            let is_again = |other: &Qualifier<'_>| std::mem::discriminant(other) == std::mem::discriminant(&qualifier);
            if qualifiers.iter().any(is_again) {
                return Err(Error::Meaning { at, what: format!("{word} stands twice on one observation; keep one") });
            }
            qualifiers.push(qualifier);
        }
        Ok(qualifiers)
    }

    fn within(&mut self) -> Result<Qualifier<'a>, Error> {
        let seconds = self.positive(true, "a number of seconds above zero")?;
        self.take_word("SECONDS", "SECONDS")?;
        Ok(Qualifier::Within(seconds))
    }

    fn repeats(&mut self) -> Result<Qualifier<'a>, Error> {
        let times = self.positive(false, "a whole number above zero")?;
        self.take_word("TIMES", "TIMES")?;
        Ok(Qualifier::Repeats(times))
    }

    fn positive(&mut self, fraction: bool, expected: &'static str) -> Result<&'a str, Error> {
        let number = match self.token {
            Token::Literal(Literal::Integer(number)) => number,
            Token::Literal(Literal::Float(number)) if fraction => number,
            _ => return Err(self.unexpected(expected)),
        };
        if number.starts_with('-') || !number.bytes().any(|byte| matches!(byte, b'1'..=b'9')) {
            return Err(self.unexpected(expected));
        }
        self.advance()?;
        Ok(number)
    }

    fn between(&mut self) -> Result<Qualifier<'a>, Error> {
        let start = self.instant()?;
        self.take_word("STOP", "STOP")?;
        let stop = self.instant()?;
        Ok(Qualifier::Between(start, stop))
    }

    fn instant(&mut self) -> Result<&'a str, Error> {
        let Token::Literal(Literal::Timestamp(instant)) = self.token else {
            return Err(self.unexpected("an instant such as t'2026-11-22T10:00:00Z'"));
        };
        self.advance()?;
        Ok(instant)
    }

    fn any_test(&mut self) -> Result<Comparison<'a>, Error> {
        self.chain("OR", Self::all_tests, Comparison::Any)
    }

    fn all_tests(&mut self) -> Result<Comparison<'a>, Error> {
        self.chain("AND", Self::test, Comparison::All)
    }

    fn test(&mut self) -> Result<Comparison<'a>, Error> {
        if self.token == Token::Mark(b'(') {
            self.deeper()?;
            self.advance()?;
            let inner = self.any_test()?;
            self.take_mark(b')', "), AND or OR")?;
            self.depth -= 1;
            return Ok(inner);
        }
        let leading_not = self.skip_word("NOT")?;
        if self.skip_word("EXISTS")? {
            let path = self.path()?;
            return Ok(Comparison::Test(Test { path, negated: leading_not, operator: Operator::Exists }));
        }
        if leading_not {
            return Err(self.unexpected("EXISTS; of other comparisons NOT stands behind the path"));
        }
        let path = self.path()?;
        let negated = self.skip_word("NOT")?;
        let at = self.at;
        let operator = self.operator()?;
        check_hash(&path, &operator, at)?;
        Ok(Comparison::Test(Test { path, negated, operator }))
    }

    fn operator(&mut self) -> Result<Operator<'a>, Error> {
        let expected = "=, !=, <, <=, >, >=, IN, LIKE, MATCHES, ISSUBSET or ISSUPERSET";
        match self.token {
            Token::Compare(compare) => {
                self.advance()?;
                let is_equality = matches!(compare, Compare::Equal | Compare::NotEqual);
                let value = self.literal()?;
                if !is_equality && matches!(value, Literal::Bool(_)) {
                    return Err(Error::Meaning { at: self.at, what: "true and false have no order; use = or !=".to_owned() });
                }
                Ok(match compare {
                    Compare::Equal => Operator::Equal(value),
                    Compare::NotEqual => Operator::NotEqual(value),
                    Compare::Less => Operator::Less(value),
                    Compare::LessOrEqual => Operator::LessOrEqual(value),
                    Compare::Greater => Operator::Greater(value),
                    Compare::GreaterOrEqual => Operator::GreaterOrEqual(value),
                })
            }
            Token::Word("IN") => {
                self.advance()?;
                self.set().map(Operator::In)
            }
            Token::Word(word @ ("LIKE" | "MATCHES" | "ISSUBSET" | "ISSUPERSET")) => {
                self.advance()?;
                let Token::Literal(Literal::Text(text)) = &self.token else { return Err(self.unexpected("a text in quotes")) };
                let text = text.clone();
                self.advance()?;
                Ok(match word {
                    "LIKE" => Operator::Like(text),
                    "MATCHES" => Operator::Matches(text),
                    "ISSUBSET" => Operator::IsSubset(text),
                    _ => Operator::IsSuperset(text),
                })
            }
            _ => Err(self.unexpected(expected)),
        }
    }

    fn set(&mut self) -> Result<Vec<Literal<'a>>, Error> {
        self.take_mark(b'(', "a set in round brackets")?;
        let mut values = Vec::new();
        if self.token != Token::Mark(b')') {
            values.push(self.literal()?);
            while self.token == Token::Mark(b',') {
                self.advance()?;
                values.push(self.literal()?);
            }
        }
        self.take_mark(b')', "a comma or )")?;
        Ok(values)
    }

    fn literal(&mut self) -> Result<Literal<'a>, Error> {
        let Token::Literal(value) = &self.token else {
            return Err(self.unexpected("a value: a text in quotes, a number, true, false, t'…', h'…' or b'…'"));
        };
        let value = value.clone();
        self.advance()?;
        Ok(value)
    }

    fn path(&mut self) -> Result<Path<'a>, Error> {
        let object_type = match self.token {
            Token::Word(name) if !KEYWORDS.contains(&name) => name,
            Token::Hyphenated(name) => name,
            _ => return Err(self.unexpected("a type of object, such as email-addr")),
        };
        self.advance()?;
        self.take_mark(b':', "a colon between the type and its property")?;
        let mut steps = vec![self.key()?];
        loop {
            match self.token {
                Token::Mark(b'.') => {
                    self.advance()?;
                    steps.push(self.key()?);
                }
                Token::Mark(b'[') => {
                    self.advance()?;
                    let step = match self.token {
                        Token::Mark(b'*') => Step::Any,
                        Token::Literal(Literal::Integer(index)) => Step::Index(index),
                        _ => return Err(self.unexpected("a place in the list, or *")),
                    };
                    steps.push(step);
                    self.advance()?;
                    self.take_mark(b']', "]")?;
                }
                _ => return Ok(Path { object_type, steps }),
            }
        }
    }

    fn key(&mut self) -> Result<Step<'a>, Error> {
        let key = match &self.token {
            Token::Word(name) if !KEYWORDS.contains(name) => (*name).into(),
            Token::Literal(Literal::Text(name)) => name.clone(),
            _ => return Err(self.unexpected("a property; one with other signs than letters, digits and _ stands in quotes")),
        };
        self.advance()?;
        Ok(Step::Key(key))
    }

    /// Parts joined by a word; one part stands for itself.
    fn chain<T>(&mut self, word: &str, part: fn(&mut Self) -> Result<T, Error>, join: fn(Vec<T>) -> T) -> Result<T, Error> {
        let first = part(self)?;
        if !self.is_word(word) {
            return Ok(first);
        }
        let mut parts = vec![first];
        while self.skip_word(word)? {
            parts.push(part(self)?);
        }
        Ok(join(parts))
    }

    fn deeper(&mut self) -> Result<(), Error> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(Error::OverLimit { what: "the nesting of brackets in the pattern", limit: DEEPEST });
        }
        Ok(())
    }

    fn is_word(&self, word: &str) -> bool {
        matches!(self.token, Token::Word(found) if found == word)
    }

    fn skip_word(&mut self, word: &str) -> Result<bool, Error> {
        let is_there = self.is_word(word);
        if is_there {
            self.advance()?;
        }
        Ok(is_there)
    }

    fn take_word(&mut self, word: &str, expected: &'static str) -> Result<(), Error> {
        if self.skip_word(word)? { Ok(()) } else { Err(self.unexpected(expected)) }
    }

    fn take_mark(&mut self, mark: u8, expected: &'static str) -> Result<(), Error> {
        if self.token != Token::Mark(mark) {
            return Err(self.unexpected(expected));
        }
        self.advance()
    }

    fn advance(&mut self) -> Result<(), Error> {
        (self.token, self.at) = self.lexer.next()?;
        Ok(())
    }

    fn unexpected(&self, expected: &'static str) -> Error {
        syntax(self.text, self.at, expected)
    }
}

/// A hash is compared with a value that can be one of its kind.
fn check_hash(path: &Path<'_>, operator: &Operator<'_>, at: usize) -> Result<(), Error> {
    let [.., Step::Key(before), Step::Key(algorithm)] = path.steps.as_slice() else { return Ok(()) };
    let (Operator::Equal(Literal::Text(value)) | Operator::NotEqual(Literal::Text(value))) = operator else { return Ok(()) };
    if before.contains("hashes") && is_hash(algorithm, value) == Some(false) {
        return Err(Error::Meaning { at, what: format!("{value:?} is no {algorithm} hash") });
    }
    Ok(())
}
