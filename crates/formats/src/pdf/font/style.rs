//! Bold and italic, from a font's name and descriptor.

use lopdf::Dictionary;

use crate::pdf::structure::Pdf;

/// Appearance of a font.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Style {
    pub(super) bold: bool,
    pub(super) italic: bool,
}

/// What a font descriptor says about appearance (ISO 32000-2, 9.8).
pub(super) struct Hints {
    weight: Option<f64>,
    angle: f64,
    flags: i64,
}

impl Hints {
    pub(super) fn read(pdf: &Pdf<'_>, descriptor: &Dictionary) -> Self {
        Self {
            weight: pdf.number(descriptor, "FontWeight"),
            angle: pdf.number(descriptor, "ItalicAngle").unwrap_or(0.0),
            flags: pdf.integer(descriptor, "Flags").unwrap_or(0),
        }
    }
}

impl Style {
    /// From a font name without its subset tag.
    pub(super) fn of(name: &str, hints: Option<Hints>) -> Self {
        const ITALIC: i64 = 1 << 6;
        const FORCE_BOLD: i64 = 1 << 18;
        let named = Self::named(name);
        match hints {
            None => named,
            Some(hints) => Self {
                bold: named.bold
                    || hints.flags & FORCE_BOLD != 0
                    || hints.weight.is_some_and(|weight| (600.0..=1000.0).contains(&weight)),
                italic: named.italic || hints.flags & ITALIC != 0 || (1.0..=45.0).contains(&hints.angle.abs()),
            },
        }
    }

    fn named(name: &str) -> Self {
        let folded = name.to_ascii_lowercase();
        let ends = |suffixes: &[&str]| suffixes.iter().any(|suffix| name.ends_with(suffix));
        // Computer Modern and its kin name their cuts by letters: cmbx10, cmti10, SFBX1000, cmssbx10.
        let tex = ["cm", "sf", "ec", "lm"].iter().any(|family| folded.starts_with(family))
            && folded.ends_with(|last: char| last.is_ascii_digit());
        Self {
            bold: ["bold", "black", "heavy", "semibold", "demi"].iter().any(|word| folded.contains(word))
                || ends(&["-B", "-Bd", "-BI", "-Medi", "-MediItal", ",B", "-BdIta", "-BoldIta"])
                || (tex && (folded.contains("bx") || folded.starts_with("cmb1"))),
            italic: ["italic", "oblique", "slanted", "kursiv"].iter().any(|word| folded.contains(word))
                || ends(&[
                    "-I",
                    "-It",
                    "-Ital",
                    "-BI",
                    "-BdIta",
                    "-MediItal",
                    "-ReguItal",
                    "-Obl",
                    "-LightIt",
                    "-SemiboldIt",
                    "-BlackIt",
                ])
                || (tex && ["ti", "sl", "bxti", "ssi", "it"].iter().any(|cut| folded[2..].starts_with(cut))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn styles_by_name() {
        for (name, bold, italic) in [
            ("Helvetica-BoldOblique", true, true),
            ("Arial,Bold", true, false),
            ("Calibri-Italic", false, true),
            ("CMBX12", true, false),
            ("CMTI10", false, true),
            ("CMR10", false, false),
            ("SFBX1095", true, false),
            ("LMRoman10-Bold", true, false),
            ("SourceSansPro-It", false, true),
            ("NimbusRomNo9L-Medi", true, false),
            ("Lato-Lig", false, false),
            ("Inter-SemiBold", true, false),
            ("Tinos", false, false),
        ] {
            let style = Style::named(name);
            assert_eq!((style.bold, style.italic), (bold, italic), "{name}");
        }
    }

    #[test]
    fn descriptor_speaks_where_the_name_is_mute() {
        let hints = |weight, angle, flags| Some(Hints { weight, angle, flags });
        assert!(Style::of("F1", hints(Some(700.0), 0.0, 32)).bold);
        assert!(Style::of("F1", hints(None, -12.0, 32)).italic);
        assert_eq!(Style::of("F1", hints(Some(400.0), 0.0, 32)), Style::default());
    }
}
