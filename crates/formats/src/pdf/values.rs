//! How many values stand in a file, counted before they are parsed.
//!
//! The parser keeps every value of every object in memory, at some two hundred bytes each and two thousand for a dictionary, so an
//! array of a few million zeros is a bomb that needs no packing. Counting takes one pass and no memory. Objects that a file hides in
//! the data of a stream are not counted: against these stands the memory bound of the worker.

use memchr::memmem;

/// What a dictionary counts beside its entries.
const DICTIONARY: u32 = 8;
/// Whether bytes of PDF syntax hold more than `most` values: numbers, words, names, strings, arrays and, counted tenfold,
/// dictionaries. The data of streams are not counted.
pub(super) fn exceed(bytes: &[u8], most: u32) -> bool {
    let most = u64::from(most);
    // Nothing counts more for its bytes than empty dictionaries.
    if (bytes.len() as u64 / 4 + 1) * u64::from(DICTIONARY + 2) <= most {
        return false;
    }
    let end = memmem::Finder::new(b"endstream");
    let mut rest = bytes;
    let mut count = 0;
    while !rest.is_empty() {
        let (head, tail) = match start_of_stream(rest) {
            Some(data) => rest.split_at(data),
            None => (rest, &[][..]),
        };
        count += u64::from(self::count(head));
        rest = end.find(tail).map_or(&[][..], |at| &tail[at..]);
    }
    count > most
}

/// Where the data of the next stream begin: behind a dictionary, the keyword and the end of its line.
fn start_of_stream(bytes: &[u8]) -> Option<usize> {
    let keyword = b"stream";
    memmem::find_iter(bytes, keyword).find_map(|at| {
        let ends_line = matches!(bytes.get(at + keyword.len()), Some(b'\r' | b'\n'));
        (ends_line && bytes[..at].trim_ascii_end().ends_with(b">>")).then_some(at + keyword.len())
    })
}

/// How many values bytes of PDF syntax hold; a little more where there are comments.
pub(super) fn count(bytes: &[u8]) -> u32 {
    let mut count = 0_u32;
    let mut in_word = false;
    let mut before = 0;
    for &byte in bytes {
        let opens = matches!(byte, b'[' | b'(' | b'<' | b'/');
        let regular = !opens && !matches!(byte, b']' | b')' | b'>' | b'{' | b'}' | b'%') && byte > b' ';
        count = count.saturating_add(u32::from(opens || (regular && !in_word)));
        if byte == b'<' && before == b'<' {
            count = count.saturating_add(DICTIONARY);
        }
        before = byte;
        // A name is one value with its slash.
        in_word = regular || byte == b'/';
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_counted_and_streams_are_not() {
        assert_eq!(count(b"1 0 obj<</Type/Page/Kids[1 0 R(x y)<41>]>>endobj"), 18 + DICTIONARY);
        let many = "0 ".repeat(1000);
        assert!(exceed(many.as_bytes(), 900));
        assert!(!exceed(many.as_bytes(), 1001));
        assert!(exceed("<<>>".repeat(100).as_bytes(), 900));
        let stream = format!("1 0 obj<</Length 2000>>\nstream\n{many}endstream endobj");
        assert!(!exceed(stream.as_bytes(), 100));
        // The keyword alone hides nothing.
        assert!(exceed(format!("1 0 obj stream\n{many}").as_bytes(), 900));
        assert!(exceed("[]".repeat(1000).as_bytes(), 900));
        assert!(exceed(format!("{stream} {many}").as_bytes(), 900));
    }
}
