//! STIX 2.1 patterns (part 9 of the specification): read, taken apart and printed.

mod lexer;
mod literal;
mod parser;
mod print;

use std::borrow::Cow;

pub use self::{
    literal::{Literal, is_timestamp},
    parser::{DEEPEST, LONGEST},
};
use super::error::Error;

/// A pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern<'a> {
    /// What must be observed.
    pub observation: Observation<'a>,
}

/// What must be observed, and how often, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Observation<'a> {
    /// One observation that fits: `[…]`.
    One(Comparison<'a>),
    /// All of them, in any order: `AND`. Two or more.
    All(Vec<Self>),
    /// At least one of them: `OR`. Two or more.
    Any(Vec<Self>),
    /// One after the other: `FOLLOWEDBY`. Two or more.
    Sequence(Vec<Self>),
    /// Narrowed in time or number, each kind of qualifier at most once.
    Qualified(Box<Self>, Vec<Qualifier<'a>>),
}

/// A qualifier of an observation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Qualifier<'a> {
    /// Within this many seconds: a number above zero, as written.
    Within(&'a str),
    /// This many times: a whole number above zero, as written.
    Repeats(&'a str),
    /// From the first instant on and before the second, as written; one that ends before it starts fits nothing.
    Between(&'a str, &'a str),
}

/// What one observed object must be like.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Comparison<'a> {
    /// One property.
    Test(Test<'a>),
    /// All of them: `AND`. Two or more.
    All(Vec<Self>),
    /// At least one of them: `OR`. Two or more.
    Any(Vec<Self>),
}

/// A property compared with a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Test<'a> {
    /// The property.
    pub path: Path<'a>,
    /// Whether the comparison is negated.
    pub negated: bool,
    /// The comparison.
    pub operator: Operator<'a>,
}

/// How a property is compared, and with what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Operator<'a> {
    /// `=`
    Equal(Literal<'a>),
    /// `!=`
    NotEqual(Literal<'a>),
    /// `<`
    Less(Literal<'a>),
    /// `<=`
    LessOrEqual(Literal<'a>),
    /// `>`
    Greater(Literal<'a>),
    /// `>=`
    GreaterOrEqual(Literal<'a>),
    /// `IN`: one of a set, which may be empty
    In(Vec<Literal<'a>>),
    /// `LIKE`: with `%` for any text and `_` for one character
    Like(Cow<'a, str>),
    /// `MATCHES`: a regular expression
    Matches(Cow<'a, str>),
    /// `ISSUBSET`: a network that holds the address or network
    IsSubset(Cow<'a, str>),
    /// `ISSUPERSET`: a network that the address or network holds
    IsSuperset(Cow<'a, str>),
    /// `EXISTS`
    Exists,
}

/// Where in an observed object a value stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Path<'a> {
    /// The type of the object, such as `email-addr`.
    pub object_type: &'a str,
    /// The property, and the steps below it: at least one, the first a [`Step::Key`].
    pub steps: Vec<Step<'a>>,
}

/// A step of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step<'a> {
    /// A property, or a key of a dictionary.
    Key(Cow<'a, str>),
    /// A place in a list, as written; negative ones are allowed by the grammar.
    Index(&'a str),
    /// Any place in a list.
    Any,
}

/// A pattern that asks for one value of one property, which is what most indicators are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Simple<'p, 'a> {
    /// The type of the object, such as `email-addr`.
    pub object_type: &'a str,
    /// The property.
    pub steps: &'p [Step<'a>],
    /// The value.
    pub value: &'p str,
}

impl<'a> Pattern<'a> {
    /// Reads a pattern.
    ///
    /// # Errors
    /// Says where the text is no pattern and what was expected there.
    pub fn parse(text: &'a str) -> Result<Self, Error> {
        parser::parse(text)
    }

    /// The one property and text that the pattern asks for, where it asks for nothing else.
    pub fn simple(&self) -> Option<Simple<'_, 'a>> {
        let Observation::One(Comparison::Test(Test { path, negated: false, operator: Operator::Equal(Literal::Text(value)) })) =
            &self.observation
        else {
            return None;
        };
        Some(Simple { object_type: path.object_type, steps: &path.steps, value })
    }

    /// Calls `see` with every test, from left to right.
    pub fn each_test<'p>(&'p self, see: &mut impl FnMut(&'p Test<'a>)) {
        self.observation.each_test(see);
    }
}

impl<'a> Observation<'a> {
    fn each_test<'p>(&'p self, see: &mut impl FnMut(&'p Test<'a>)) {
        match self {
            Self::One(comparison) => comparison.each_test(see),
            Self::All(parts) | Self::Any(parts) | Self::Sequence(parts) => parts.iter().for_each(|part| part.each_test(see)),
            Self::Qualified(of, _) => of.each_test(see),
        }
    }
}

impl<'a> Comparison<'a> {
    fn each_test<'p>(&'p self, see: &mut impl FnMut(&'p Test<'a>)) {
        match self {
            Self::Test(test) => see(test),
            Self::All(parts) | Self::Any(parts) => parts.iter().for_each(|part| part.each_test(see)),
        }
    }
}
