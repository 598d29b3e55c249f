//! What the charts share: positions in percent, so that bars follow the width of the page while letters keep their size.

use maud::{Markup, html};

use crate::terminal::columns;

/// Height of a line of text in a chart, in CSS pixels.
const LINE: usize = 16;
/// Columns of a label's line: what fits at 320 CSS pixels.
const LABEL: usize = 42;

/// A part of the width as a percentage with two decimals.
pub(super) fn percent(part: i64, whole: i64) -> String {
    let hundredths = (part.clamp(0, whole.max(0)) * 10_000 + whole.max(1) / 2) / whole.max(1);
    format!("{}.{:02}%", hundredths / 100, hundredths % 100)
}

/// A label's lines.
fn label_lines(label: &str) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in label.split(' ') {
        let last = lines.len() - 1;
        if !lines[last].is_empty() && columns(&lines[last]) + 1 + columns(word) > LABEL {
            lines.push(String::new());
        } else if !lines[last].is_empty() {
            lines[last].push(' ');
        }
        for character in word.chars() {
            let last = lines.len() - 1;
            if columns(&lines[last]) >= LABEL {
                lines.push(String::new());
            }
            let last = lines.len() - 1;
            lines[last].push(character);
        }
    }
    lines
}

/// A label with a quiet note behind it, on the last line where there is room.
pub(super) struct Label {
    lines: Vec<String>,
    note: String,
    note_below: bool,
    lead: String,
}

impl Label {
    /// A label and its note, either of which may be empty.
    pub(super) fn new(label: &str, note: impl Into<String>) -> Self {
        let (lines, note) = (label_lines(label), note.into());
        let last = lines.last().map_or(0, |line| columns(line));
        Self { note_below: last + 1 + columns(&note) > LABEL, lines, note, lead: String::new() }
    }

    /// A label that begins with a figure.
    pub(super) fn led_by(figure: &str, label: &str) -> Self {
        let mut whole = Self::new(&format!("{figure} {label}"), "");
        if let Some(rest) = whole.lines[0].strip_prefix(figure) {
            whole.lines[0] = rest.to_owned();
            whole.lead = figure.to_owned();
        }
        whole
    }

    /// Height in CSS pixels.
    pub(super) fn height(&self) -> usize {
        (self.lines.len() + usize::from(self.note_below && !self.note.is_empty())) * LINE
    }

    /// The text, its upper edge at `top`.
    pub(super) fn draw(&self, top: usize) -> Markup {
        html! {
            text x="0" y=(top + 12) {
                @if !self.lead.is_empty() { tspan.lead { (self.lead) } }
                @for (at, line) in self.lines.iter().enumerate() {
                    @if at == 0 { tspan { (line) } } @else { tspan x="0" dy=(LINE) { (line) } }
                }
                @if !self.note.is_empty() {
                    @if self.note_below { tspan.quiet x="0" dy=(LINE) { (self.note) } } @else { tspan.quiet { " " (self.note) } }
                }
            }
        }
    }
}

/// Patterns that the charts refer to, once per page.
pub(super) fn shared_patterns() -> Markup {
    html! {
        svg.shared width="0" height="0" aria-hidden="true" focusable="false" {
            defs {
                pattern #hatch width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)" {
                    rect.hatch-ground width="6" height="6" {}
                    rect.hatch-line width="2.5" height="6" {}
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_lie_within_the_width() {
        assert_eq!(percent(1, 3), "33.33%");
        assert_eq!(percent(2, 3), "66.67%");
        assert_eq!(percent(-5, 3), "0.00%");
        assert_eq!(percent(9, 3), "100.00%");
        assert_eq!(percent(0, 0), "0.00%");
    }

    #[test]
    fn a_note_stands_behind_or_below() {
        assert_eq!(Label::new("Kiosk Example", "(2015)").height(), LINE);
        assert_eq!(Label::new("Lead backend engineer, Lighthouse Example", "(2015)").height(), 2 * LINE);
        let led = Label::led_by("+4.60", "sum").draw(0).into_string();
        assert!(led.contains("<tspan class=\"lead\">+4.60</tspan><tspan> sum</tspan>"), "{led}");
    }

    #[test]
    fn labels_wrap() {
        assert_eq!(label_lines("short"), ["short"]);
        let lines = label_lines(&"x".repeat(100));
        assert_eq!(lines.iter().map(String::len).collect::<Vec<_>>(), [42, 42, 16]);
        assert_eq!(label_lines("Senior blockchain engineer, Fernweh Software Example").len(), 2);
    }
}
