//! What readers noticed beside the facts, gathered over a run: a thousand applications with one unknown field are one line.

use std::collections::BTreeMap;

use bonafide_intake::{Application, Remark};
use bonafide_report::Noticed;

/// Different remarks kept of one run; a hostile set could have one for every record.
const KEPT: usize = 500;

/// The remarks of a run.
#[derive(Debug, Default)]
pub(crate) struct Gathered {
    /// By artefact, field and text: where first, in how many applications.
    kept: BTreeMap<(String, Option<String>, String), (String, usize)>,
    beyond: usize,
}

impl Gathered {
    /// Takes the remarks on an application that leave nothing unread: the others stand in its assessment.
    pub(crate) fn take(&mut self, application: &Application) {
        for remark in application.notes.iter().filter(|remark| !remark.kind.is_incomplete()) {
            self.add(remark, application.subject.as_str());
        }
    }

    /// Takes what is to be said of sets as a whole.
    pub(crate) fn take_of_sets(&mut self, remarks: Vec<Remark>) {
        for remark in remarks {
            self.add(&remark, "the set as a whole");
        }
    }

    fn add(&mut self, remark: &Remark, of: &str) {
        // A record of a set is a source of its own, `file#id`.
        let source = remark.source.split('#').next().unwrap_or_default().to_owned();
        let key = (source, remark.field.clone(), remark.text.clone());
        let room = self.kept.len() < KEPT;
        match self.kept.get_mut(&key) {
            Some((_, applications)) => *applications += 1,
            None if room => drop(self.kept.insert(key, (of.to_owned(), 1))),
            None => self.beyond += 1,
        }
    }

    /// The remarks, those on most applications first.
    pub(crate) fn into_list(self) -> Vec<Noticed> {
        let mut list: Vec<Noticed> = self
            .kept
            .into_iter()
            .map(|((source, field, text), (first, applications))| {
                let place = field.map(|field| format!("{source}, {field}")).unwrap_or(source);
                Noticed { what: format!("{place}: {text}"), first, applications }
            })
            .collect();
        list.sort_by_key(|noticed| std::cmp::Reverse(noticed.applications));
        if self.beyond > 0 {
            let what = format!("{} further remarks of other wordings are not listed", self.beyond);
            list.push(Noticed { what, first: "the run".to_owned(), applications: 1 });
        }
        list
    }
}
