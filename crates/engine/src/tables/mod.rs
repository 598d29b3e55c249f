//! Reference tables: small registers that turn a claim into something to compare with.
//!
//! A table is a CSV file that is recognised by its header. Built in are first releases of technologies, kinds of mail providers and
//! free site hosts; registers of employers, offices and schools come from the user (`--tables DIR`). A user's row replaces or adds
//! to the built-in one of the same name.

mod key;
mod read;

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use bonafide_model::{
    ContentHash,
    check::{Missing, Need},
    lens::{Answer, EmployerRecord, MailProvider, Question, Reply, SchoolRecord, SiteHost, TechnologyRecord},
};

use crate::error::Error;

/// The reference tables of one run.
#[derive(Clone, Debug, Default)]
pub struct Tables {
    technologies: BTreeMap<String, TechnologyRecord>,
    mail_providers: BTreeMap<String, MailProvider>,
    site_hosts: BTreeMap<String, SiteHost>,
    employers: BTreeMap<String, EmployerRecord>,
    schools: BTreeMap<String, SchoolRecord>,
    /// Name and hash of each file read, in order.
    files: Vec<(String, ContentHash)>,
}

const BUILTIN: &[(&str, &str)] = &[
    ("technologies.csv", include_str!("../../data/technologies.csv")),
    ("mail_providers.csv", bonafide_normalise::email::PROVIDERS),
    ("site_hosts.csv", include_str!("../../data/site_hosts.csv")),
];

impl Tables {
    /// The built-in tables.
    #[must_use]
    pub fn builtin() -> Self {
        let mut tables = Self::default();
        for (name, text) in BUILTIN {
            let added = tables.add_csv(Path::new(name), text.as_bytes());
            debug_assert!(added.is_ok(), "{name}: {added:?}; a test reads every built-in table");
        }
        tables
    }

    /// Adds every `.csv` file of a folder, in order of name. Files with other endings are named in the answer as not read.
    ///
    /// # Errors
    /// [`Error`] for the first file that cannot be read, has an unknown header or a broken row.
    pub fn add_folder(&mut self, folder: &Path) -> Result<Vec<PathBuf>, Error> {
        let read = |source| Error::ReadTable { path: folder.to_owned(), source };
        let mut paths = Vec::new();
        for entry in std::fs::read_dir(folder).map_err(read)? {
            paths.push(entry.map_err(read)?.path());
        }
        paths.sort();
        let (tables, others): (Vec<_>, Vec<_>) = paths
            .into_iter()
            .filter(|path| path.is_file())
            .partition(|path| path.extension().is_some_and(|extension| extension == "csv"));
        for path in tables {
            let bytes = std::fs::read(&path).map_err(|source| Error::ReadTable { path: path.clone(), source })?;
            self.add_csv(&path, &bytes)?;
        }
        Ok(others)
    }

    /// Adds one table from the bytes of a CSV file. `path` names it in errors and versions.
    ///
    /// # Errors
    /// [`Error`] where the header is unknown or a row is broken.
    pub fn add_csv(&mut self, path: &Path, bytes: &[u8]) -> Result<(), Error> {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let hash = ContentHash::of_bytes(bytes);
        let version = format!("{name} {}", hash.short(12));
        read::add(self, path, bytes, &version)?;
        self.files.push((name, hash));
        Ok(())
    }

    /// Hash over all files read.
    #[must_use]
    pub fn hash(&self) -> ContentHash {
        use bonafide_model::Canonical;
        self.files.content_hash()
    }

    /// Answers a question about a table; `None` where the question is for another room or the user brought no such register.
    pub(crate) fn answer(&self, question: &Question) -> Option<Answer> {
        let reply = match question {
            Question::Technology(name) => Reply::Technology(self.technology(name).cloned()),
            Question::MailProvider(domain) => {
                Reply::MailProvider(by_domain(&self.mail_providers, domain).copied().unwrap_or(MailProvider::Other))
            }
            Question::SiteHost(domain) => {
                Reply::SiteHost(by_domain(&self.site_hosts, domain).copied().unwrap_or(SiteHost::Other))
            }
            Question::Employer(_) if self.employers.is_empty() => return None,
            Question::Employer(name) => Reply::Employer(self.employers.get(&key::firm(name)).cloned()),
            Question::School(_) if self.schools.is_empty() => return None,
            Question::School(name) => Reply::School(self.schools.get(&key::school(name)).cloned()),
            _ => return None,
        };
        Some(Ok(reply))
    }

    fn technology(&self, name: &str) -> Option<&TechnologyRecord> {
        key::technology(name).into_iter().find_map(|key| self.technologies.get(&key))
    }

    /// What a reader of the run's report should know about registers that are not loaded.
    #[must_use]
    pub fn missing(&self) -> Vec<Missing> {
        let mut missing = Vec::new();
        if self.employers.is_empty() {
            missing.push(Missing::new(Need::ReferenceTable, "no register of employers is loaded"));
        }
        if self.schools.is_empty() {
            missing.push(Missing::new(Need::ReferenceTable, "no register of schools is loaded"));
        }
        missing
    }
}

/// Looks a domain up, then its parents: `mail.x.example` is found as `x.example`.
fn by_domain<'a, T>(table: &'a BTreeMap<String, T>, domain: &str) -> Option<&'a T> {
    let domain = domain.trim_end_matches('.').to_lowercase();
    let mut rest = domain.as_str();
    loop {
        if let Some(found) = table.get(rest) {
            return Some(found);
        }
        rest = rest.split_once('.')?.1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask_technology(tables: &Tables, name: &str) -> Option<String> {
        match tables.answer(&Question::Technology(name.into())) {
            Some(Ok(Reply::Technology(found))) => found.map(|record| record.name),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn every_builtin_table_reads() {
        let mut tables = Tables::default();
        for (name, text) in BUILTIN {
            tables.add_csv(Path::new(name), text.as_bytes()).expect("a built-in table reads");
        }
        assert!(tables.technologies.len() > 200 && tables.mail_providers.len() > 100 && tables.site_hosts.len() > 30);
    }

    #[test]
    fn every_technology_cites_a_source_and_the_users_own_need_not() {
        let mut tables = Tables::builtin();
        for record in tables.technologies.values() {
            let cites = record.cited.starts_with("Wikipedia: ") || record.cited.starts_with("first public release, https://");
            assert!(cites, "{}: '{}'", record.name, record.cited);
        }
        let own = b"technology,first_public\nRust,2012-02\nZorkLang,2019-03\n";
        tables.add_csv(Path::new("technologies.csv"), own).expect("reads");
        for (name, month) in [("Rust", "2012-02"), ("ZorkLang", "2019-03")] {
            let record = tables.technology(name).expect("known");
            assert_eq!((record.first_public.to_string().as_str(), record.cited.as_str()), (month, ""));
        }
    }

    #[test]
    fn technologies_are_found_as_people_write_them() {
        let tables = Tables::builtin();
        for (written, name) in [
            ("Rust", "Rust"),
            ("rust lang", "Rust"),
            ("NodeJS", "Node.js"),
            ("Node", "Node.js"),
            ("node js", "Node.js"),
            ("React.js", "React"),
            ("ReactJS", "React"),
            ("k8s", "Kubernetes"),
            ("Angular", "Angular"),
            ("AngularJS", "AngularJS"),
            ("Python 3", "Python"),
            ("Python3.11", "Python"),
            ("Golang", "Go"),
            ("C++", "C++"),
            ("C++17", "C++"),
            ("C", "C"),
            ("C#", "C#"),
            ("Vue", "Vue.js"),
            ("AWS", "Amazon Web Services EC2"),
            ("Apache Kafka", "Apache Kafka"),
            ("Kafka", "Apache Kafka"),
            ("Spark", "Apache Spark"),
            ("Postgres", "PostgreSQL"),
            (".NET", ".NET Framework"),
            ("GCP", "Google App Engine"),
            ("Java", "Java"),
            ("Java 17", "Java"),
            ("ES6 JavaScript", ""),
            ("Microsoft Office", ""),
            ("", ""),
        ] {
            assert_eq!(ask_technology(&tables, written).unwrap_or_default(), name, "{written}");
        }
    }

    #[test]
    fn the_earlier_of_two_rows_counts_and_unknown_is_not_fake() {
        let mut tables = Tables::builtin();
        assert!(tables.answer(&Question::Employer("Zork Labs".into())).is_none(), "no register, no answer");
        tables.add_csv(Path::new("employers.csv"), b"employer,founded\nZork Labs,2015\nZork Labs Inc.,2011\n").expect("reads");
        let Some(Ok(Reply::Employer(Some(record)))) = tables.answer(&Question::Employer("ZORK LABS, Inc".into())) else {
            panic!("known")
        };
        assert_eq!(record.founded, Some(2011));
        assert_eq!(tables.answer(&Question::Employer("Other".into())), Some(Ok(Reply::Employer(None))));
    }

    #[test]
    fn domains_are_found_through_their_parents() {
        let tables = Tables::builtin();
        let ask = |domain: &str| tables.answer(&Question::MailProvider(domain.into()));
        assert_eq!(ask("GMAIL.com"), Some(Ok(Reply::MailProvider(MailProvider::Free))));
        assert_eq!(ask("abc.mailinator.com"), Some(Ok(Reply::MailProvider(MailProvider::Disposable))));
        assert_eq!(ask("firm.example"), Some(Ok(Reply::MailProvider(MailProvider::Other))));
    }

    #[test]
    fn a_wrong_table_is_named() {
        let mut tables = Tables::default();
        let text = |bytes: &[u8], tables: &mut Tables| tables.add_csv(Path::new("x.csv"), bytes).expect_err("wrong").to_string();
        insta::assert_snapshot!(text(b"name,age\n", &mut tables), @"the reference table x.csv has the columns 'name,age'; known are: employer,founded · employer,city,opened,closed · school · school,founded,domain,phone,degree_mill · technology,first_public · domain,kind");
        insta::assert_snapshot!(text(b"employer,founded\nA,19x5\n", &mut tables), @"the reference table x.csv, row 1: founded '19x5' is not a year");
    }
}
