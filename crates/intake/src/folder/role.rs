//! What a file of an application folder is for, by its name.

/// What a file is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Role {
    /// `application.json`, or another JSON file to be recognised by its content.
    Json,
    /// A résumé as a document.
    Resume,
    /// A letter that came with it.
    Letter,
    /// The avatar.
    Avatar,
    /// A picture of an identity document.
    Identity,
    /// A GitHub profile dump.
    Github,
    /// A mail.
    Mail,
    /// Notes of the people who handle the application.
    Notes,
}

/// Extensions of résumés as documents. Some are only refused by name, with what to save them as.
const DOCUMENTS: &[&str] = &["pdf", "docx", "txt", "text", "md", "markdown", "doc", "docm", "odt", "rtf"];
/// Extensions of pictures.
const PICTURES: &[&str] = &["png", "jpg", "jpeg", "webp", "gif", "bmp", "avif", "heic"];

/// The parts of an application folder that are folders.
pub(super) const PARTS: &[&str] = &["id", "mail", "calls"];

/// What a file at the top of an application folder is for; `None` where its name does not tell.
pub(super) fn of_file(name: &str) -> Option<Role> {
    let lower = name.to_lowercase();
    let (stem, extension) = lower.rsplit_once('.').unwrap_or((&lower, ""));
    if stem == "notes" && matches!(extension, "md" | "markdown" | "txt" | "text") {
        return Some(Role::Notes);
    }
    if stem == "github" && matches!(extension, "json" | "jsonl" | "ndjson") {
        return Some(Role::Github);
    }
    if stem.starts_with("avatar") && PICTURES.contains(&extension) {
        return Some(Role::Avatar);
    }
    if DOCUMENTS.contains(&extension) {
        let letter = ["cover", "motivation", "anschreiben", "letter"].iter().any(|word| stem.contains(word));
        return Some(if letter { Role::Letter } else { Role::Resume });
    }
    (extension == "json").then_some(Role::Json)
}

/// What a file in one of the parts is for.
pub(super) fn in_part(part: &str, name: &str) -> Option<Role> {
    let extension = name.rsplit_once('.').map(|(_, extension)| extension.to_lowercase())?;
    match part {
        "id" => PICTURES.contains(&extension.as_str()).then_some(Role::Identity),
        "mail" => (extension == "eml").then_some(Role::Mail),
        _ => None,
    }
}

/// Whether a file is a set of applications.
pub(super) fn is_set(name: &str) -> bool {
    let lower = name.to_lowercase();
    let plain = lower.strip_suffix(".gz").or_else(|| lower.strip_suffix(".xz")).unwrap_or(&lower);
    [".jsonl", ".ndjson", ".csv", ".tsv"].iter().any(|extension| plain.ends_with(extension))
}

/// Whether a name says that the file is the one résumé of its folder, as opposed to one person's among many.
pub(super) fn is_generic(name: &str) -> bool {
    const WORDS: &[&str] = &[
        "resume",
        "résumé",
        "cv",
        "curriculum",
        "vitae",
        "lebenslauf",
        "cover",
        "letter",
        "anschreiben",
        "motivation",
        "notes",
        "application",
        "portfolio",
        "profile",
    ];
    let lower = name.to_lowercase();
    let stem = lower.rsplit_once('.').map_or(lower.as_str(), |(stem, _)| stem);
    let words: Vec<&str> = stem.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).collect();
    words.iter().any(|word| WORDS.contains(word)) && words.iter().all(|word| WORDS.contains(word) || word.len() <= 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_what_files_are_for() {
        for (name, role) in [
            ("application.json", Some(Role::Json)),
            ("resume.json", Some(Role::Json)),
            ("github.json", Some(Role::Github)),
            ("CV.PDF", Some(Role::Resume)),
            ("Jane Roe.docx", Some(Role::Resume)),
            ("notes.md", Some(Role::Notes)),
            ("notes.pdf", Some(Role::Resume)),
            ("cover_letter.txt", Some(Role::Letter)),
            ("avatar.webp", Some(Role::Avatar)),
            ("holiday.jpg", None),
            ("run.exe", None),
            ("", None),
        ] {
            assert_eq!(of_file(name), role, "{name}");
        }
        assert_eq!(in_part("id", "front.jpg"), Some(Role::Identity));
        assert_eq!(in_part("mail", "1.EML"), Some(Role::Mail));
        assert_eq!(in_part("calls", "x.wav"), None);
        assert!(is_set("a.jsonl.gz") && is_set("b.CSV") && !is_set("c.json") && !is_set("d.gz"));
    }

    #[test]
    fn generic_names() {
        for name in ["resume.pdf", "CV.docx", "cover-letter.pdf", "resume_v2.pdf", "cv (1).pdf"] {
            assert!(is_generic(name), "{name}");
        }
        for name in ["jane-roe.pdf", "cv-jane-roe.pdf", "A0001.pdf", "application-robin.json", "1.pdf"] {
            assert!(!is_generic(name), "{name}");
        }
    }
}
