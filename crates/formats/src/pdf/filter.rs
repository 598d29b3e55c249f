//! Stream filters (ISO 32000-2, 7.4), each bounded while it writes and each keeping what it wrote before an error.

use std::io::Read;

use flate2::read::{DeflateDecoder, ZlibDecoder};
use sha2::{Digest, Sha256};

/// Filters that may be chained; honest files use two at most.
const CHAIN: usize = 8;

/// One filter of a stream with its parameters.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Filter {
    Flate(Predictor),
    Lzw {
        early_change: bool,
        predictor: Predictor,
    },
    Ascii85,
    AsciiHex,
    RunLength,
    /// Pictures: the bytes stay as they are.
    Picture(&'static str),
    /// `Crypt` with the identity filter.
    Identity,
    Unknown(String),
}

/// Parameters of a predictor (7.4.4.4).
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Predictor {
    kind: i64,
    colours: usize,
    bits: usize,
    columns: usize,
}

/// What came out of a chain of filters.
pub(super) struct Decoded {
    pub(super) bytes: Vec<u8>,
    pub(super) problem: Option<Problem>,
}

/// Why the output is not the whole.
#[derive(Debug, PartialEq)]
pub(super) enum Problem {
    OverLimit,
    Damaged,
    Unknown(String),
}

impl Filter {
    /// From its name (long, or short as in inline pictures) and its parameters.
    pub(super) fn new(name: &[u8], parameter: impl Fn(&str) -> Option<i64>) -> Self {
        let predictor = || Predictor {
            kind: parameter("Predictor").unwrap_or(1),
            colours: bounded(parameter("Colors"), 1, 32),
            bits: bounded(parameter("BitsPerComponent"), 8, 16),
            columns: bounded(parameter("Columns"), 1, 1 << 20),
        };
        match name {
            b"FlateDecode" | b"Fl" => Self::Flate(predictor()),
            b"LZWDecode" | b"LZW" => Self::Lzw { early_change: parameter("EarlyChange") != Some(0), predictor: predictor() },
            b"ASCII85Decode" | b"A85" => Self::Ascii85,
            b"ASCIIHexDecode" | b"AHx" => Self::AsciiHex,
            b"RunLengthDecode" | b"RL" => Self::RunLength,
            b"DCTDecode" | b"DCT" => Self::Picture("DCTDecode"),
            b"JPXDecode" => Self::Picture("JPXDecode"),
            b"CCITTFaxDecode" | b"CCF" => Self::Picture("CCITTFaxDecode"),
            b"JBIG2Decode" => Self::Picture("JBIG2Decode"),
            b"Crypt" => Self::Identity,
            other => Self::Unknown(String::from_utf8_lossy(other).chars().take(40).collect()),
        }
    }

    /// Its name as in a stream dictionary.
    pub(super) fn name(&self) -> String {
        match self {
            Self::Flate(_) => "FlateDecode",
            Self::Lzw { .. } => "LZWDecode",
            Self::Ascii85 => "ASCII85Decode",
            Self::AsciiHex => "ASCIIHexDecode",
            Self::RunLength => "RunLengthDecode",
            Self::Picture(name) => name,
            Self::Identity => "Crypt",
            Self::Unknown(name) => name,
        }
        .to_owned()
    }
}

/// Applies a chain of filters; no step writes more than `most` bytes.
pub(super) fn decode(raw: &[u8], chain: &[Filter], most: u64) -> Decoded {
    let most = usize::try_from(most).unwrap_or(usize::MAX);
    let mut current: Option<Vec<u8>> = None;
    let mut problem = None;
    if chain.len() > CHAIN {
        return Decoded { bytes: Vec::new(), problem: Some(Problem::Unknown("more filters than any file needs".to_owned())) };
    }
    for filter in chain {
        let input = current.as_deref().unwrap_or(raw);
        let mut output = Output { bytes: Vec::new(), most, full: false };
        let sound = match filter {
            Filter::Flate(predictor) => inflate(input, &mut output) & predictor.undo(&mut output.bytes),
            Filter::Lzw { early_change, predictor } => lzw(input, *early_change, &mut output) & predictor.undo(&mut output.bytes),
            Filter::Ascii85 => ascii85(input, &mut output),
            Filter::AsciiHex => ascii_hex(input, &mut output),
            Filter::RunLength => run_length(input, &mut output),
            Filter::Identity => continue,
            // The data of a picture: what decodes it comes later.
            Filter::Picture(_) => break,
            Filter::Unknown(name) => {
                problem = Some(Problem::Unknown(name.clone()));
                current = Some(Vec::new());
                break;
            }
        };
        current = Some(output.bytes);
        if output.full {
            problem = Some(Problem::OverLimit);
            break;
        }
        if !sound {
            problem = Some(Problem::Damaged);
        }
    }
    Decoded { bytes: current.unwrap_or_else(|| raw.to_vec()), problem }
}

/// SHA-256 of what a chain of filters gives, and its length; `None` where it cannot be had within the limit. The usual single
/// `FlateDecode` needs no memory for the output.
pub(super) fn digest(raw: &[u8], chain: &[Filter], most: u64) -> Option<([u8; 32], u64)> {
    if let [Filter::Flate(predictor)] = chain
        && predictor.kind <= 1
    {
        let mut digest = Sha256::new();
        let mut length = 0;
        let mut reader = ZlibDecoder::new(raw);
        let mut chunk = [0; 16 << 10];
        loop {
            match reader.read(&mut chunk) {
                Ok(0) => return Some((digest.finalize().into(), length)),
                Ok(count) => {
                    length += count as u64;
                    if length > most {
                        return None;
                    }
                    digest.update(&chunk[..count]);
                }
                Err(_) => break,
            }
        }
    }
    let decoded = decode(raw, chain, most);
    match decoded.problem {
        None | Some(Problem::Damaged) => Some((Sha256::digest(&decoded.bytes).into(), decoded.bytes.len() as u64)),
        _ => None,
    }
}

/// Bytes written so far, up to a limit.
struct Output {
    bytes: Vec<u8>,
    most: usize,
    full: bool,
}

impl Output {
    /// Whether there was room.
    fn push(&mut self, bytes: &[u8]) -> bool {
        let room = self.most.saturating_sub(self.bytes.len());
        self.bytes.extend_from_slice(&bytes[..bytes.len().min(room)]);
        self.full |= bytes.len() > room;
        !self.full
    }
}

fn inflate(input: &[u8], output: &mut Output) -> bool {
    // Some writers put an end-of-line between the keyword and the data.
    let input = input.strip_prefix(b"\r\n").or_else(|| input.strip_prefix(b"\n")).unwrap_or(input);
    if input.is_empty() {
        return true;
    }
    if pump(ZlibDecoder::new(input), output) {
        return true;
    }
    if output.bytes.is_empty() && !output.full {
        // A wrong header: the data behind it may still be sound.
        return pump(DeflateDecoder::new(input.get(2..).unwrap_or_default()), output) || pump(DeflateDecoder::new(input), output);
    }
    // All of the data may be there and only the checksum be wrong or missing.
    false
}

/// Reads to the end, the limit or an error; false on an error.
fn pump(mut reader: impl Read, output: &mut Output) -> bool {
    let mut chunk = [0; 16 << 10];
    loop {
        match reader.read(&mut chunk) {
            Ok(0) => return true,
            Ok(length) => {
                if !output.push(&chunk[..length]) {
                    return true;
                }
            }
            Err(_) => return false,
        }
    }
}

fn lzw(input: &[u8], early_change: bool, output: &mut Output) -> bool {
    const CLEAR: usize = 256;
    const END: usize = 257;
    // Each entry is the place of its bytes in the output: a sequence is always a copy of bytes written before.
    let mut table: Vec<(usize, usize)> = Vec::with_capacity(4096);
    let mut previous: Option<(usize, usize)> = None;
    let (mut bits, mut held) = (0_u32, 0);
    let mut width = 9;
    let mut sequence = Vec::new();
    for &byte in input {
        bits = (bits << 8) | u32::from(byte);
        held += 8;
        while held >= width {
            held -= width;
            let code = (bits >> held) as usize;
            bits &= (1 << held) - 1;
            if code == CLEAR {
                table.clear();
                previous = None;
                width = 9;
                continue;
            }
            if code == END {
                return true;
            }
            let start = output.bytes.len();
            sequence.clear();
            match code {
                0..=255 => sequence.push(code as u8),
                _ => match (table.get(code - 258), previous) {
                    (Some(&(from, length)), _) => sequence.extend_from_slice(&output.bytes[from..from + length]),
                    (None, Some((from, length))) if code - 258 == table.len() => {
                        sequence.extend_from_slice(&output.bytes[from..from + length]);
                        sequence.push(output.bytes[from]);
                    }
                    _ => return false,
                },
            }
            if !output.push(&sequence) {
                return true;
            }
            if let Some((from, length)) = previous
                && table.len() < 4096 - 258
            {
                // The previous sequence and the first byte of this one stand side by side in the output.
                table.push((from, length + 1));
            }
            previous = Some((start, sequence.len()));
            width = match 258 + table.len() + usize::from(early_change) {
                ..512 => 9,
                512..1024 => 10,
                1024..2048 => 11,
                _ => 12,
            };
        }
    }
    true
}

fn ascii85(input: &[u8], output: &mut Output) -> bool {
    let input = input.trim_ascii();
    let input = input.strip_prefix(b"<~").unwrap_or(input);
    let (mut group, mut count) = (0_u32, 0);
    for &byte in input {
        match byte {
            b'z' if count == 0 => {
                if !output.push(&[0; 4]) {
                    return true;
                }
            }
            b'!'..=b'u' => {
                group = group.wrapping_mul(85).wrapping_add(u32::from(byte - b'!'));
                count += 1;
                if count == 5 {
                    if !output.push(&group.to_be_bytes()) {
                        return true;
                    }
                    (group, count) = (0, 0);
                }
            }
            b'~' => break,
            _ if byte.is_ascii_whitespace() || byte == 0 => {}
            _ => return false,
        }
    }
    if count > 1 {
        for _ in count..5 {
            group = group.wrapping_mul(85).wrapping_add(84);
        }
        output.push(&group.to_be_bytes()[..count - 1]);
    }
    true
}

fn ascii_hex(input: &[u8], output: &mut Output) -> bool {
    let mut high = None;
    for &byte in input {
        let digit = match byte {
            b'>' => break,
            _ => match char::from(byte).to_digit(16) {
                Some(digit) => digit as u8,
                None if byte.is_ascii_whitespace() || byte == 0 => continue,
                None => return false,
            },
        };
        match high.take() {
            None => high = Some(digit << 4),
            Some(high) => {
                if !output.push(&[high | digit]) {
                    return true;
                }
            }
        }
    }
    if let Some(high) = high {
        output.push(&[high]);
    }
    true
}

fn run_length(mut input: &[u8], output: &mut Output) -> bool {
    while let Some((&length, rest)) = input.split_first() {
        match length {
            128 => return true,
            0..128 => {
                let length = usize::from(length) + 1;
                let Some((run, after)) = rest.split_at_checked(length) else {
                    output.push(rest);
                    return false;
                };
                if !output.push(run) {
                    return true;
                }
                input = after;
            }
            129.. => {
                let Some((&byte, after)) = rest.split_first() else { return false };
                if !output.push(&[byte; 128][..257 - usize::from(length)]) {
                    return true;
                }
                input = after;
            }
        }
    }
    true
}

impl Predictor {
    /// Undoes the prediction in place; false where a row is unsound.
    fn undo(self, bytes: &mut Vec<u8>) -> bool {
        let pixel = (self.colours * self.bits).div_ceil(8).max(1);
        let row = (self.colours * self.bits * self.columns).div_ceil(8).max(1);
        match self.kind {
            2 => {
                if self.bits == 8 {
                    for row in bytes.chunks_mut(row) {
                        for index in pixel..row.len() {
                            row[index] = row[index].wrapping_add(row[index - pixel]);
                        }
                    }
                }
                self.bits == 8
            }
            10.. => undo_png(bytes, row, pixel),
            _ => true,
        }
    }
}

/// PNG prediction (RFC 2083, section 6): one byte names the filter of each row. Rows are moved to the front as they are done.
fn undo_png(bytes: &mut Vec<u8>, row: usize, pixel: usize) -> bool {
    let mut sound = true;
    let (mut read, mut written) = (0, 0);
    while read < bytes.len() {
        let filter = bytes[read];
        read += 1;
        let length = row.min(bytes.len() - read);
        for index in 0..length {
            let left = if index >= pixel { bytes[written + index - pixel] } else { 0 };
            let above = if written >= row { bytes[written + index - row] } else { 0 };
            let corner = if written >= row && index >= pixel { bytes[written + index - row - pixel] } else { 0 };
            let predicted = match filter {
                0 => 0,
                1 => left,
                2 => above,
                3 => ((u16::from(left) + u16::from(above)) / 2) as u8,
                4 => paeth(left, above, corner),
                _ => {
                    sound = false;
                    0
                }
            };
            bytes[written + index] = bytes[read + index].wrapping_add(predicted);
        }
        read += length;
        written += length;
    }
    bytes.truncate(written);
    sound
}

fn paeth(left: u8, above: u8, corner: u8) -> u8 {
    let estimate = i16::from(left) + i16::from(above) - i16::from(corner);
    let distance = |value: u8| (estimate - i16::from(value)).abs();
    if distance(left) <= distance(above) && distance(left) <= distance(corner) {
        left
    } else if distance(above) <= distance(corner) {
        above
    } else {
        corner
    }
}

fn bounded(value: Option<i64>, default: usize, most: usize) -> usize {
    value.and_then(|value| usize::try_from(value).ok()).filter(|&value| value > 0).unwrap_or(default).min(most)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filter(name: &str, parameters: &[(&str, i64)]) -> Filter {
        Filter::new(name.as_bytes(), |key| parameters.iter().find(|(name, _)| *name == key).map(|(_, value)| *value))
    }

    fn whole(raw: &[u8], filters: &[Filter]) -> Vec<u8> {
        let decoded = decode(raw, filters, 1 << 20);
        assert_eq!(decoded.problem, None);
        decoded.bytes
    }

    fn deflated(bytes: &[u8]) -> Vec<u8> {
        use std::io::Write;
        let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn text_filters_follow_the_standard() {
        assert_eq!(whole(b"<~87cURD]i,\"Ebo80~>", &[filter("A85", &[])]), b"Hello World!");
        assert_eq!(whole(b"87cURD]i,\"Ebo80~>\n", &[filter("ASCII85Decode", &[])]), b"Hello World!");
        assert_eq!(whole(b"48 65 6c6C 6F 7>", &[filter("AHx", &[])]), b"Hellop");
        assert_eq!(whole(&[2, b'a', b'b', b'c', 254, b'x', 128, 9], &[filter("RL", &[])]), b"abcxxx");
    }

    #[test]
    fn lzw_example_of_the_standard() {
        let packed = [0x80, 0x0B, 0x60, 0x50, 0x22, 0x0C, 0x0C, 0x85, 0x01];
        assert_eq!(whole(&packed, &[filter("LZWDecode", &[])]), [45, 45, 45, 45, 45, 65, 45, 45, 45, 66]);
    }

    #[test]
    fn png_rows_are_undone_in_place() {
        let rows = [1, 10, 1, 1, 2, 1, 1, 1, 4, 5, 5, 5];
        let parameters = [("Predictor", 15), ("Columns", 3)];
        assert_eq!(whole(&deflated(&rows), &[filter("FlateDecode", &parameters)]), [10, 11, 12, 11, 12, 13, 16, 21, 26]);
    }

    #[test]
    fn output_stops_at_the_limit() {
        let packed = deflated(&vec![0; 10 << 20]);
        let decoded = decode(&packed, &[filter("Fl", &[])], 1000);
        assert_eq!((decoded.bytes.len(), decoded.problem), (1000, Some(Problem::OverLimit)));
        let twice = deflated(&packed);
        assert_eq!(decode(&twice, &[filter("Fl", &[]), filter("Fl", &[])], 100_000).problem, Some(Problem::OverLimit));
    }

    #[test]
    fn damaged_data_keep_what_came_before() {
        let mut packed = deflated(&(0..60_000_u32).flat_map(|value| value.to_le_bytes()).collect::<Vec<_>>());
        let middle = packed.len() / 2;
        packed.truncate(middle);
        let decoded = decode(&packed, &[filter("Fl", &[])], 1 << 20);
        assert_eq!(decoded.problem, Some(Problem::Damaged));
        assert!(decoded.bytes.len() > 1000);
    }

    proptest::proptest! {
        #[test]
        fn no_bytes_make_a_filter_panic_or_exceed_its_limit(bytes: Vec<u8>, which in 0_usize..5, predictor in 0_i64..16, columns in -1_i64..9) {
            let name = ["Fl", "LZW", "A85", "AHx", "RL"][which];
            let decoded = decode(&bytes, &[filter(name, &[("Predictor", predictor), ("Columns", columns)])], 300);
            proptest::prop_assert!(decoded.bytes.len() <= 300);
        }
    }
}
