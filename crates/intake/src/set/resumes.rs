//! Résumés beside a set, joined by id without keeping the file in memory.

use std::{collections::HashMap, io::Read};

use bonafide_formats::{
    error::Error as FormatError,
    json,
    limits::Limits,
    packed::{self, Lines},
};

use crate::{
    fields::cut,
    remark::{Remark, RemarkKind},
};

/// Bytes of text that may wait for their applications. In two files of the same order nothing waits.
const WAITING: usize = 64 << 20;
/// Problems of the file that are kept.
const PROBLEMS: usize = 64;

/// A file of résumés, read forward as applications ask for theirs.
pub(super) struct Resumes {
    name: String,
    lines: Lines<'static>,
    limits: Limits,
    waiting: HashMap<String, String>,
    bytes: usize,
    ended: bool,
    problems: Vec<Remark>,
}

impl Resumes {
    pub(super) fn new(name: &str, source: impl Read + Send + 'static, limits: &Limits) -> Result<Self, FormatError> {
        Ok(Self {
            name: name.to_owned(),
            lines: packed::lines(source, limits)?,
            limits: limits.clone(),
            waiting: HashMap::new(),
            bytes: 0,
            ended: false,
            problems: Vec::new(),
        })
    }

    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// The résumé of an id. Those that stand before it in the file wait for their applications.
    pub(super) fn take(&mut self, id: &str) -> Option<String> {
        if let Some(text) = self.waiting.remove(id) {
            self.bytes -= text.len();
            return Some(text);
        }
        while !self.ended && self.bytes < WAITING {
            let (other, text) = self.next_row()?;
            if other == id {
                return Some(text);
            }
            self.bytes += text.len();
            if let Some(first) = self.waiting.insert(other, text) {
                self.bytes -= first.len();
            }
        }
        None
    }

    /// Why a résumé may be missing that is in the file all the same.
    pub(super) fn missing(&self) -> Option<String> {
        (!self.ended).then(|| {
            format!(
                "its résumé does not stand within {} MiB of where it is expected; sort the résumés in the order of the applications",
                WAITING >> 20
            )
        })
    }

    /// Reads on to the end: how many résumés nobody asked for, and what was wrong with the file.
    pub(super) fn finish(&mut self) -> (usize, Vec<Remark>) {
        let mut left = self.waiting.len();
        self.waiting.clear();
        while self.next_row().is_some() {
            left += 1;
        }
        (left, std::mem::take(&mut self.problems))
    }

    fn next_row(&mut self) -> Option<(String, String)> {
        loop {
            let line = match self.lines.next_line() {
                None => {
                    self.ended = true;
                    return None;
                }
                Some(Err(error)) => {
                    let text = error.to_string();
                    say(&mut self.problems, &self.name, None, text);
                    continue;
                }
                Some(Ok(line)) if line.bytes.trim_ascii().is_empty() => continue,
                Some(Ok(line)) => line,
            };
            match row(line.bytes, &self.limits) {
                Ok(row) => return Some(row),
                Err(text) => say(&mut self.problems, &self.name, u32::try_from(line.number).ok(), text),
            }
        }
    }
}

fn say(problems: &mut Vec<Remark>, name: &str, line: Option<u32>, text: String) {
    if problems.len() < PROBLEMS {
        problems.push(Remark { kind: RemarkKind::Unreadable, source: name.to_owned(), line, field: None, text });
    }
}

fn row(bytes: &[u8], limits: &Limits) -> Result<(String, String), String> {
    let tree = json::parse(bytes, limits).map_err(|error| super::in_record(&error.to_string()))?;
    let root = tree.root();
    let id =
        root.get("id").and_then(|id| id.as_str().map(|id| id.trim().to_owned()).or_else(|| id.as_number().map(str::to_owned)));
    let text = root.get("text").and_then(|text| text.as_str());
    match (id.filter(|id| !id.is_empty()), text) {
        (Some(id), Some(text)) => Ok((id, text.into_owned())),
        (Some(id), None) => Err(format!("the résumé of {} has no field text", cut(&id, 60))),
        (None, _) => Err("a résumé without the field id belongs to nobody".into()),
    }
}
