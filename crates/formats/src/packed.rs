//! Plain, gzip and xz input as one bounded stream, and lines of huge files with their places.
//!
//! ```
//! use bonafide_formats::{limits::Limits, packed};
//!
//! let mut lines = packed::lines(&b"{\"id\":1}\n\n{\"id\":2}"[..], &Limits::default())?;
//! let mut places = Vec::new();
//! while let Some(line) = lines.next_line() {
//!     let line = line?;
//!     places.push((line.number, line.offset, line.bytes.len()));
//! }
//! assert_eq!(places, [(1, 0, 8), (2, 9, 0), (3, 10, 8)]);
//! # Ok::<(), bonafide_formats::error::Error>(())
//! ```

use std::{
    io::{self, BufRead, BufReader, Cursor, Read},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use crate::{error::Error, limits::Limits};

/// How bytes are packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Packing {
    /// Not at all.
    Plain,
    /// gzip (RFC 1952), one or several members.
    Gzip,
    /// xz, one or several streams.
    Xz,
}

impl Packing {
    /// Recognises packed bytes by their first six.
    #[must_use]
    pub fn of(start: &[u8]) -> Self {
        match start {
            [0x1f, 0x8b, ..] => Self::Gzip,
            [0xfd, b'7', b'z', b'X', b'Z', 0, ..] => Self::Xz,
            _ => Self::Plain,
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Gzip => "gzip",
            Self::Xz => "xz",
        }
    }
}

/// Packed data may grow to this many times its size: text compresses some 20 times, a bomb 1,000 times.
const MOST_GROWTH: u64 = 200;
/// Growth is not judged before this many bytes.
const JUDGED_FROM: u64 = 16 << 20;
/// Room for a whole buffer of the decoders' and for few large reads.
const BUFFER: usize = 64 << 10;
/// Enough to recognise packing and byte-order mark.
const LOOKED_AT: usize = 6;

/// A stream of unpacked bytes. Text in UTF-16 with a byte-order mark comes out as UTF-8.
///
/// Memory is bounded whatever the size; reading ends with an error where packed data grows more than 200 times.
pub struct Unpacked<'r> {
    inner: Box<dyn Read + Send + 'r>,
    packing: Packing,
    encoding: Option<&'static str>,
}

impl<'r> Unpacked<'r> {
    /// Looks at the first bytes and unpacks what they announce.
    ///
    /// # Errors
    /// [`Error::Malformed`] where the source cannot be read.
    pub fn new(source: impl Read + Send + 'r, limits: &Limits) -> Result<Self, Error> {
        let taken = Arc::new(AtomicU64::new(0));
        let source = BufReader::with_capacity(BUFFER, Counted { source, taken: Arc::clone(&taken) });
        let (start, source) = peeked(source, Packing::Plain)?;
        let packing = Packing::of(&start);
        let unpacked: Box<dyn Read + Send + 'r> = match packing {
            Packing::Plain => Box::new(source),
            Packing::Gzip => Box::new(Guarded::new(flate2::bufread::MultiGzDecoder::new(source), taken)),
            Packing::Xz => {
                // The dictionary is what costs memory: 64 MiB at the strongest preset.
                let kibibytes = u32::try_from(limits.memory / 2 / 1024).unwrap_or(u32::MAX);
                Box::new(Guarded::new(lzma_rust2::XzReader::new_mem_limit(source, true, kibibytes), taken))
            }
        };
        let (start, unpacked) = peeked(BufReader::with_capacity(BUFFER, unpacked), packing)?;
        let encoding = match start[..] {
            [0xff, 0xfe, third, fourth, ..] if (third, fourth) != (0, 0) => Some(encoding_rs::UTF_16LE),
            [0xfe, 0xff, ..] => Some(encoding_rs::UTF_16BE),
            _ => None,
        };
        let inner: Box<dyn Read + Send + 'r> = match encoding {
            Some(encoding) => {
                Box::new(Transcoded { source: unpacked, decoder: encoding.new_decoder(), text: Vec::new(), at: 0, ended: false })
            }
            None => Box::new(unpacked),
        };
        Ok(Self { inner, packing, encoding: encoding.map(encoding_rs::Encoding::name) })
    }

    /// How the source is packed.
    #[must_use]
    pub const fn packing(&self) -> Packing {
        self.packing
    }

    /// The encoding it was decoded from, where that was not left alone. Offsets then refer to the decoded text.
    #[must_use]
    pub const fn decoded_from(&self) -> Option<&'static str> {
        self.encoding
    }
}

impl Read for Unpacked<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.inner.read(buffer)
    }
}

/// Unpacks a whole artefact into memory.
///
/// # Errors
/// [`Error::OverLimit`] over `limits.unpacked` (`limits.bytes` for plain bytes), [`Error::Malformed`] for damaged packing.
pub fn read_all(source: impl Read + Send, limits: &Limits) -> Result<Vec<u8>, Error> {
    let mut unpacked = Unpacked::new(source, limits)?;
    let packing = unpacked.packing();
    let most = if packing == Packing::Plain { limits.bytes } else { limits.unpacked };
    let mut bytes = Vec::new();
    let read = (&mut unpacked).take(most.saturating_add(1)).read_to_end(&mut bytes);
    read.map_err(|source| read_error(packing, source))?;
    if bytes.len() as u64 > most {
        return Err(Error::OverLimit {
            format: packing.name(),
            what: "the unpacked size".into(),
            limit: format!("{most} bytes"),
        });
    }
    Ok(bytes)
}

/// Reads a source line by line with bounded memory.
///
/// # Errors
/// As [`Unpacked::new`].
pub fn lines<'r>(source: impl Read + Send + 'r, limits: &Limits) -> Result<Lines<'r>, Error> {
    let unpacked = Unpacked::new(source, limits)?;
    Ok(Lines {
        packing: unpacked.packing(),
        source: BufReader::with_capacity(BUFFER, unpacked),
        most: usize::try_from(limits.bytes).unwrap_or(usize::MAX),
        line: Vec::new(),
        number: 0,
        offset: 0,
        ended: false,
    })
}

/// Lines of a stream, one at a time in one buffer.
pub struct Lines<'r> {
    source: BufReader<Unpacked<'r>>,
    packing: Packing,
    most: usize,
    line: Vec<u8>,
    number: u64,
    offset: u64,
    ended: bool,
}

/// One line, without its line end (LF or CR LF) and, on the first, without a byte-order mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line<'l> {
    /// Number from 1.
    pub number: u64,
    /// Byte offset of `bytes` in the unpacked stream.
    pub offset: u64,
    /// The bytes.
    pub bytes: &'l [u8],
}

impl Lines<'_> {
    /// The next line; `None` behind the last. A line over the limit is an error of its own, and reading goes on behind it; after
    /// an error of the source or its packing nothing follows.
    pub fn next_line(&mut self) -> Option<Result<Line<'_>, Error>> {
        if self.ended {
            return None;
        }
        self.line.clear();
        let start = self.offset;
        let mut too_long = false;
        loop {
            let available = match self.source.fill_buf() {
                Ok(available) => available,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => {
                    self.ended = true;
                    return Some(Err(read_error(self.packing, error)));
                }
            };
            if available.is_empty() {
                self.ended = true;
                if self.offset == start {
                    return None;
                }
                break;
            }
            let newline = memchr::memchr(b'\n', available);
            let part = &available[..newline.unwrap_or(available.len())];
            if self.line.len() + part.len() <= self.most {
                self.line.extend_from_slice(part);
            } else {
                too_long = true;
            }
            let taken = part.len() + usize::from(newline.is_some());
            self.source.consume(taken);
            self.offset += taken as u64;
            if newline.is_some() {
                break;
            }
        }
        self.number += 1;
        if too_long {
            return Some(Err(Error::OverLimit {
                format: self.packing.name(),
                what: format!("line {}", self.number),
                limit: format!("{} bytes", self.most),
            }));
        }
        let mut bytes = self.line.strip_suffix(b"\r").unwrap_or(&self.line);
        let mut offset = start;
        if start == 0
            && let Some(rest) = bytes.strip_prefix(b"\xef\xbb\xbf")
        {
            bytes = rest;
            offset = 3;
        }
        Some(Ok(Line { number: self.number, offset, bytes }))
    }

    /// How the source is packed.
    #[must_use]
    pub const fn packing(&self) -> Packing {
        self.packing
    }
}

/// The first bytes, and the whole with them.
type Peeked<R> = (Vec<u8>, io::Chain<Cursor<Vec<u8>>, R>);

/// Puts the first bytes before the rest again, having looked at them. A pipe may give them one by one.
fn peeked<R: BufRead>(mut source: R, packing: Packing) -> Result<Peeked<R>, Error> {
    let mut start = Vec::with_capacity(LOOKED_AT);
    (&mut source).take(LOOKED_AT as u64).read_to_end(&mut start).map_err(|error| read_error(packing, error))?;
    let whole = Cursor::new(start.clone()).chain(source);
    Ok((start, whole))
}

/// Turns an I/O error back into the limit it carries, where it does.
fn read_error(packing: Packing, error: io::Error) -> Error {
    match error.downcast::<Error>() {
        Ok(limit) => limit,
        Err(error) => Error::Malformed { format: packing.name(), why: format!("reading failed: {error}") },
    }
}

struct Counted<R> {
    source: R,
    taken: Arc<AtomicU64>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.source.read(buffer)?;
        self.taken.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}

/// Stops what grows too much.
struct Guarded<R> {
    source: R,
    taken: Arc<AtomicU64>,
    given: u64,
}

impl<R> Guarded<R> {
    const fn new(source: R, taken: Arc<AtomicU64>) -> Self {
        Self { source, taken, given: 0 }
    }
}

impl<R: Read> Read for Guarded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.source.read(buffer)?;
        self.given += read as u64;
        let taken = self.taken.load(Ordering::Relaxed);
        if self.given > JUDGED_FROM && self.given > taken.saturating_mul(MOST_GROWTH) {
            return Err(io::Error::other(Error::OverLimit {
                format: "packed data",
                what: format!("{} bytes from {taken}", self.given),
                limit: format!("{MOST_GROWTH} times the packed size"),
            }));
        }
        Ok(read)
    }
}

struct Transcoded<R> {
    source: R,
    decoder: encoding_rs::Decoder,
    text: Vec<u8>,
    at: usize,
    ended: bool,
}

impl<R: BufRead> Read for Transcoded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.at == self.text.len() && !self.ended {
            let bytes = self.source.fill_buf()?;
            let (last, taken) = (bytes.is_empty(), bytes.len());
            let mut text = String::with_capacity(self.decoder.max_utf8_buffer_length(taken).unwrap_or(taken * 3 + 16));
            let (_, consumed, _) = self.decoder.decode_to_string(bytes, &mut text, last);
            self.source.consume(consumed);
            (self.text, self.at, self.ended) = (text.into_bytes(), 0, last);
        }
        let given = buffer.len().min(self.text.len() - self.at);
        buffer[..given].copy_from_slice(&self.text[self.at..self.at + given]);
        self.at += given;
        Ok(given)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::{Packing, lines, read_all};
    use crate::{error::Error, limits::Limits};

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        encoder.write_all(bytes).expect("memory");
        encoder.finish().expect("memory")
    }

    fn all(bytes: &[u8], limits: &Limits) -> Vec<Result<(u64, u64, String), String>> {
        let mut lines = lines(bytes, limits).expect("memory");
        let mut answers = Vec::new();
        while let Some(line) = lines.next_line() {
            answers.push(
                line.map(|line| (line.number, line.offset, String::from_utf8_lossy(line.bytes).into_owned()))
                    .map_err(|error| error.to_string()),
            );
        }
        answers
    }

    #[test]
    fn lines_of_plain_and_packed_are_the_same() {
        let text = b"\xef\xbb\xbffirst\r\nsecond\n\nlast";
        let expected =
            [(1, 3, "first"), (2, 10, "second"), (3, 17, ""), (4, 18, "last")].map(|(n, o, t)| Ok((n, o, t.to_owned())));
        assert_eq!(all(text, &Limits::default()), expected);
        let packed = gzip(text);
        assert_eq!(Packing::of(&packed), Packing::Gzip);
        assert_eq!(all(&packed, &Limits::default()), expected);
        // Members one behind the other are one file.
        let two = [gzip(b"a\nb"), gzip(b"c\n")].concat();
        assert_eq!(all(&two, &Limits::default()).len(), 2);
    }

    #[test]
    fn wide_text_comes_out_as_utf8() {
        let wide: Vec<u8> = "\u{feff}Zoë\nMax".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(all(&wide, &Limits::default()), [Ok((1, 0, "Zoë".to_owned())), Ok((2, 5, "Max".to_owned()))]);
    }

    #[test]
    fn a_line_over_the_limit_is_named_and_the_next_one_read() {
        let limits = Limits { bytes: 10, ..Limits::default() };
        let answers = all(b"short\nthis line is too long\nfine", &limits);
        assert_eq!(answers[0], Ok((1, 0, "short".to_owned())));
        assert_eq!(answers[1], Err("plain: line 2 exceeds the limit of 10 bytes".to_owned()));
        assert_eq!(answers[2], Ok((3, 28, "fine".to_owned())));
    }

    #[test]
    fn a_bomb_is_stopped() {
        let mut bomb = gzip(&vec![b'a'; 40 << 20]);
        let answers = all(&bomb, &Limits { bytes: 1 << 20, ..Limits::default() });
        assert!(answers[0].as_ref().is_err_and(|error| error.contains("200 times")), "{answers:?}");
        assert_eq!(answers.len(), 1);
        assert!(matches!(read_all(&bomb[..], &Limits { unpacked: 1 << 20, ..Limits::default() }), Err(Error::OverLimit { .. })));
        bomb.truncate(bomb.len() / 2);
        assert!(read_all(&bomb[..1000], &Limits::default()).is_err());
    }

    #[test]
    fn streams_move_between_threads() {
        fn moves<T: Send>(_: &T) {}
        moves(&lines(&b"x"[..], &Limits::default()).expect("memory"));
        moves(&crate::table::Table::new(&b"x"[..], &Limits::default()).expect("memory"));
    }

    #[test]
    fn damage_is_named() {
        let mut packed = gzip(b"some text that is long enough to be packed");
        packed.truncate(20);
        assert!(matches!(read_all(&packed[..], &Limits::default()), Err(Error::Malformed { format: "gzip", .. })));
        assert!(matches!(read_all(&b"\xfd7zXZ\0garbage"[..], &Limits::default()), Err(Error::Malformed { format: "xz", .. })));
        assert_eq!(read_all(&b""[..], &Limits::default()).expect("empty is fine"), b"");
    }
}
