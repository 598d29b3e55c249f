//! What a request asks for (sections 3.4 and 3.5).

use jiff::Timestamp;
use thiserror::Error;

use super::{
    SpecVersion,
    instant::{parse_instant, with_decimals, write_instant},
};

/// Values of one parameter; an id has some fifty bytes, and a request line 16 KiB.
const MOST_VALUES: usize = 1_000;

/// Which versions of objects are asked for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum MatchVersion {
    /// The latest: what is meant where nothing is said.
    Last,
    /// The earliest.
    First,
    /// Every one.
    All,
    /// The one of an instant.
    At(Timestamp),
}

/// A parameter that filters.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Match {
    /// Identifiers; all where there are none.
    pub ids: Vec<String>,
    /// Types; all where there are none.
    pub types: Vec<String>,
    /// Versions of STIX; the newest of each object where there are none.
    pub specs: Vec<SpecVersion>,
    /// Versions; the latest where there are none.
    pub versions: Vec<MatchVersion>,
}

/// All that a request asks for, its cursor aside.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Objects added after it, in microseconds since 1970.
    pub added_after: Option<i64>,
    /// Objects that match.
    pub matching: Match,
}

/// Why a request cannot be understood.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum FilterError {
    /// A parameter is given twice.
    #[error("`{0}` is given more than once; list its values with commas between them")]
    Repeated(&'static str),
    /// A parameter has a value that it cannot have.
    #[error("`{parameter}` is {value:?}: {what}")]
    Wrong {
        /// The parameter.
        parameter: &'static str,
        /// Its value.
        value: String,
        /// What it should be.
        what: &'static str,
    },
}

impl Filter {
    /// Takes a parameter of a request in; whether it is one that filters. Parameters that nobody knows are let be.
    ///
    /// # Errors
    /// [`FilterError`] where it cannot be understood.
    pub fn take(&mut self, name: &str, value: &str) -> Result<bool, FilterError> {
        match name {
            "added_after" => {
                let at = parse_instant(value)
                    .ok_or_else(|| wrong("added_after", value, "write an instant as 2026-11-22T09:13:55.000000Z"))?;
                if self.added_after.replace(floor_microseconds(at)).is_some() {
                    return Err(FilterError::Repeated("added_after"));
                }
            }
            "match[id]" => {
                let ids = listed("match[id]", value)?.into_iter().map(str::to_owned).collect();
                fill("match[id]", &mut self.matching.ids, ids)?;
            }
            "match[type]" => {
                let types = listed("match[type]", value)?.into_iter().map(str::to_owned).collect();
                fill("match[type]", &mut self.matching.types, types)?;
            }
            "match[spec_version]" => {
                let of_name =
                    |name| SpecVersion::of_name(name).ok_or_else(|| wrong("match[spec_version]", name, "there are 2.0 and 2.1"));
                let specs = listed("match[spec_version]", value)?.into_iter().map(of_name).collect::<Result<_, _>>()?;
                fill("match[spec_version]", &mut self.matching.specs, specs)?;
            }
            "match[version]" => {
                let versions: Vec<MatchVersion> =
                    listed("match[version]", value)?.into_iter().map(version).collect::<Result<_, _>>()?;
                if versions.len() > 1 && versions.contains(&MatchVersion::All) {
                    return Err(wrong("match[version]", value, "`all` says it all and stands alone"));
                }
                fill("match[version]", &mut self.matching.versions, versions)?;
            }
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// The same filter as one text, however it was written.
    #[must_use]
    pub fn canonical(&self) -> String {
        let mut text = String::new();
        let mut add = |name: &str, mut values: Vec<String>| {
            values.sort_unstable();
            values.dedup();
            if !values.is_empty() {
                text.push_str(name);
                text.push('=');
                text.push_str(&values.join(","));
                text.push('\n');
            }
        };
        add("added_after", self.added_after.iter().map(|&at| write_instant(at)).collect());
        add("match[id]", self.matching.ids.clone());
        add("match[type]", self.matching.types.clone());
        add("match[spec_version]", self.matching.specs.iter().map(|spec| spec.name().to_owned()).collect());
        let versions = self.matching.versions.iter().map(|version| match version {
            MatchVersion::Last => "last".to_owned(),
            MatchVersion::First => "first".to_owned(),
            MatchVersion::All => "all".to_owned(),
            MatchVersion::At(at) => with_decimals(*at, 9),
        });
        add("match[version]", versions.collect());
        text
    }

    /// What [`Filter::canonical`] wrote; `None` for anything else.
    #[must_use]
    pub fn of_canonical(text: &str) -> Option<Self> {
        let mut filter = Self::default();
        for line in text.lines() {
            let (name, value) = line.split_once('=')?;
            filter.take(name, value).ok().filter(|&is_known| is_known)?;
        }
        Some(filter)
    }
}

fn version(text: &str) -> Result<MatchVersion, FilterError> {
    match text {
        "last" => Ok(MatchVersion::Last),
        "first" => Ok(MatchVersion::First),
        "all" => Ok(MatchVersion::All),
        text => parse_instant(text)
            .map(MatchVersion::At)
            .ok_or_else(|| wrong("match[version]", text, "there are last, first, all, and instants as 2026-11-22T09:13:55.000Z")),
    }
}

fn listed<'v>(parameter: &'static str, value: &'v str) -> Result<Vec<&'v str>, FilterError> {
    let values: Vec<&str> = value.split(',').collect();
    if values.iter().any(|value| value.is_empty() || value.chars().any(char::is_control)) {
        return Err(wrong(parameter, value, "a value is empty, or holds what nobody can see"));
    }
    if values.len() > MOST_VALUES {
        return Err(wrong(parameter, &value[..value.floor_char_boundary(80)], "these are more than 1,000 values"));
    }
    Ok(values)
}

fn fill<T>(parameter: &'static str, into: &mut Vec<T>, values: Vec<T>) -> Result<(), FilterError> {
    if !into.is_empty() {
        return Err(FilterError::Repeated(parameter));
    }
    *into = values;
    Ok(())
}

fn wrong(parameter: &'static str, value: &str, what: &'static str) -> FilterError {
    FilterError::Wrong { parameter, value: value.chars().take(80).collect(), what }
}

/// Whole microseconds: what is added later than an instant is added later than its whole microseconds.
fn floor_microseconds(at: Timestamp) -> i64 {
    i64::try_from(at.as_nanosecond().div_euclid(1_000)).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filter(parameters: &[(&str, &str)]) -> Result<Filter, FilterError> {
        let mut filter = Filter::default();
        for (name, value) in parameters {
            filter.take(name, value)?;
        }
        Ok(filter)
    }

    #[test]
    fn parameters_are_read() {
        let read = filter(&[
            ("added_after", "2026-11-22T09:13:55.123456Z"),
            ("match[type]", "indicator,malware"),
            ("match[version]", "first,2026-01-01T00:00:00Z"),
            ("match[spec_version]", "2.1"),
            ("colour", "green"),
        ])
        .unwrap();
        assert_eq!(read.matching.types, ["indicator", "malware"]);
        assert_eq!(read.matching.versions.len(), 2);
        let other = filter(&[
            ("match[version]", "2026-01-01T00:00:00.000Z,first"),
            ("match[spec_version]", "2.1"),
            ("match[type]", "malware,indicator"),
            ("added_after", "2026-11-22T09:13:55.123456000Z"),
        ]);
        assert_eq!(read.canonical(), other.unwrap().canonical());
        assert_eq!(Filter::of_canonical(&read.canonical()).unwrap().canonical(), read.canonical());
        assert_eq!(Filter::of_canonical(""), Some(Filter::default()));
        assert!(Filter::of_canonical("colour=green").is_none() && Filter::of_canonical("x").is_none());
    }

    #[test]
    fn what_cannot_be_understood_is_refused() {
        for bad in [
            vec![("added_after", "yesterday")],
            vec![("added_after", "2026-01-01T00:00:00Z"), ("added_after", "2026-01-01T00:00:00Z")],
            vec![("match[version]", "newest")],
            vec![("match[version]", "all,first")],
            vec![("match[version]", "last,all")],
            vec![("match[version]", "")],
            vec![("match[spec_version]", "1.2")],
            vec![("match[type]", "indicator,")],
            vec![("match[type]", "indicator"), ("match[type]", "malware")],
            vec![("match[id]", "a"), ("match[id]", "b")],
        ] {
            assert!(filter(&bad).is_err(), "{bad:?}");
        }
        let many = vec!["x"; 1_001].join(",");
        assert!(filter(&[("match[id]", &many)]).is_err());
    }
}
