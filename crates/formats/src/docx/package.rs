//! The package (ISO/IEC 29500-2): parts, content types, relationships.

use std::{cell::RefCell, collections::HashMap};

use super::names::{CONTENT_TYPES, NONE, RELS, space};
use crate::{error::Error, limits::Limits, xml, zip::Archive};

/// Most problems that are told.
const MOST_NOTES: usize = 100;

/// An opened package.
pub(super) struct Package<'a> {
    pub(super) archive: Archive<'a>,
    pub(super) limits: &'a Limits,
    types: HashMap<String, String>,
    /// What could not be read.
    notes: RefCell<Vec<String>>,
}

/// What one part says about another, or about a target outside.
#[derive(Clone, Debug)]
pub(super) struct Relationship {
    pub(super) id: String,
    /// Last step of the type, such as `hyperlink`.
    pub(super) kind: String,
    pub(super) target: String,
    pub(super) external: bool,
    /// Name of the target part; empty for external targets.
    pub(super) part: String,
}

impl<'a> Package<'a> {
    pub(super) fn open(bytes: &'a [u8], limits: &'a Limits) -> Result<Self, Error> {
        let archive = Archive::open(bytes, limits)?;
        let notes = RefCell::new(archive.problems().to_vec());
        let mut package = Self { archive, limits, types: HashMap::new(), notes };
        package.types = package
            .with_xml("[Content_Types].xml", |root, _| {
                root.children()
                    .filter(|child| child.is(CONTENT_TYPES, "Override") || child.is(CONTENT_TYPES, "Default"))
                    .filter_map(|child| {
                        let name = match child.attribute(NONE, "PartName") {
                            Some(part) => part.trim_start_matches('/').to_ascii_lowercase(),
                            None => format!(".{}", child.attribute(NONE, "Extension")?.to_ascii_lowercase()),
                        };
                        Some((name, child.attribute(NONE, "ContentType")?.to_owned()))
                    })
                    .collect()
            })
            .unwrap_or_default();
        Ok(package)
    }

    /// The bytes of a part; what went wrong is noted.
    pub(super) fn part(&self, name: &str) -> Option<Vec<u8>> {
        let entry = self.archive.find(name)?;
        match self.archive.read(entry) {
            Ok(bytes) => Some(bytes),
            Err(error) => {
                self.note(format!("{name} was not read: {error}"));
                None
            }
        }
    }

    /// Parses a part and hands its root and its bytes on.
    pub(super) fn with_xml<T>(&self, name: &str, read: impl FnOnce(xml::Element<'_>, &[u8]) -> T) -> Option<T> {
        let bytes = self.part(name)?;
        let decoded = xml::decode(&bytes);
        // A quarter of the nodes that JSON may have: XML nodes are larger.
        let limits = Limits { nodes: self.limits.nodes / 4, ..self.limits.clone() };
        let tree = xml::parse(&decoded.text, space, &limits);
        for problem in &tree.notes {
            self.note(format!("{name}: {problem}"));
        }
        let Some(root) = tree.root() else {
            self.note(format!("{name}: there is no XML element"));
            return None;
        };
        Some(read(root, &bytes))
    }

    /// The content type of a part.
    pub(super) fn content_type(&self, part: &str) -> Option<&str> {
        let part = part.to_ascii_lowercase();
        let extension = part.rfind('.').map(|dot| &part[dot..]);
        self.types.get(&part).or_else(|| self.types.get(extension?)).map(String::as_str)
    }

    /// Parts of a content type.
    pub(super) fn parts_of_type(&self, ending: &str) -> Option<String> {
        let mut found: Vec<&String> = self
            .types
            .iter()
            .filter(|(name, kind)| !name.starts_with('.') && kind.ends_with(ending))
            .map(|(name, _)| name)
            .collect();
        found.sort();
        found.first().map(ToString::to_string)
    }

    /// The relationships of a part; of the package for an empty name.
    pub(super) fn relationships(&self, part: &str) -> Vec<Relationship> {
        let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
        let name = if folder.is_empty() { format!("_rels/{file}.rels") } else { format!("{folder}/_rels/{file}.rels") };
        self.with_xml(&name, |root, _| {
            root.children()
                .filter(|child| child.is(RELS, "Relationship"))
                .filter_map(|child| {
                    let target = child.attribute(NONE, "Target")?.to_owned();
                    let external = child.attribute(NONE, "TargetMode").is_some_and(|mode| mode.eq_ignore_ascii_case("External"));
                    Some(Relationship {
                        id: child.attribute(NONE, "Id").unwrap_or_default().to_owned(),
                        kind: child.attribute(NONE, "Type")?.rsplit('/').next().unwrap_or_default().to_owned(),
                        part: if external { String::new() } else { resolved(folder, &target) },
                        target,
                        external,
                    })
                })
                .collect()
        })
        .unwrap_or_default()
    }

    pub(super) fn note(&self, problem: String) {
        let mut notes = self.notes.borrow_mut();
        if notes.len() < MOST_NOTES && !notes.contains(&problem) {
            notes.push(problem);
        } else if notes.len() == MOST_NOTES {
            notes.push("there is more that could not be read".to_owned());
        }
    }

    pub(super) fn last_note(&self) -> Option<String> {
        self.notes.borrow().last().cloned()
    }

    pub(super) fn into_notes(self) -> Vec<String> {
        self.notes.into_inner()
    }
}

/// Resolves a target against the folder of the part that names it; never leaves the package.
fn resolved(folder: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    let mut steps: Vec<&str> =
        if target.starts_with('/') { Vec::new() } else { folder.split('/').filter(|step| !step.is_empty()).collect() };
    for step in target.split('#').next().unwrap_or_default().split('/') {
        match step {
            "" | "." => {}
            ".." => {
                steps.pop();
            }
            step => steps.push(step),
        }
    }
    steps.join("/")
}

#[cfg(test)]
mod tests {
    use super::resolved;

    #[test]
    fn targets_are_resolved_inside_the_package() {
        assert_eq!(resolved("word", "media/image1.png"), "word/media/image1.png");
        assert_eq!(resolved("word", "/docProps/core.xml"), "docProps/core.xml");
        assert_eq!(resolved("word", "../customXml/item1.xml"), "customXml/item1.xml");
        assert_eq!(resolved("", "../../../etc/passwd"), "etc/passwd");
    }
}
