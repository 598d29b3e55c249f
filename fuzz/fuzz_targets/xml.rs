//! XML trees: walking ends, and every element is met once.
#![no_main]

use bonafide_formats::{limits::Limits, xml};
use libfuzzer_sys::fuzz_target;

fn walk(element: xml::Element<'_>) -> usize {
    1 + element.children().map(walk).sum::<usize>()
}

fuzz_target!(|bytes: &[u8]| {
    let decoded = xml::decode(bytes);
    let tree = xml::parse(&decoded.text, |name| name.len() as u8, &Limits::default());
    if let Some(root) = tree.root() {
        assert_eq!(walk(root), root.descendants().count() + 1);
        assert!(root.text().len() <= decoded.text.len() * 4);
    }
});
