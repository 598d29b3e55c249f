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
        for Remark { kind, source, line: _, field, text } in &application.notes {
            if kind.is_incomplete() {
                continue;
            }
            let key = (source.clone(), field.clone(), text.clone());
            let room = self.kept.len() < KEPT;
            match self.kept.get_mut(&key) {
                Some((_, applications)) => *applications += 1,
                None if room => drop(self.kept.insert(key, (application.subject.to_string(), 1))),
                None => self.beyond += 1,
            }
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
