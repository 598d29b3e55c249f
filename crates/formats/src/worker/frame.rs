//! Frames on the pipe: four bytes of length, most significant first, and as many bytes.

use std::io::{self, Read, Write};

/// No frame is larger: a request is bounded by the limit on bytes, an answer by the limits on text.
const LARGEST: u32 = 512 << 20;

/// Writes a frame and flushes.
pub(super) fn write(out: &mut impl Write, parts: &[&[u8]]) -> io::Result<()> {
    let length: usize = parts.iter().map(|part| part.len()).sum();
    let length = u32::try_from(length)
        .ok()
        .filter(|length| *length <= LARGEST)
        .ok_or_else(|| io::Error::other("the frame is too large"))?;
    out.write_all(&length.to_be_bytes())?;
    parts.iter().try_for_each(|part| out.write_all(part))?;
    out.flush()
}

/// Reads a frame; `None` where the other side closed the pipe between frames.
pub(super) fn read(input: &mut impl Read) -> io::Result<Option<Vec<u8>>> {
    let mut length = [0_u8; 4];
    match input.read_exact(&mut length) {
        Ok(()) => {}
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
        Err(error) => return Err(error),
    }
    let length = u32::from_be_bytes(length);
    if length > LARGEST {
        return Err(io::Error::new(io::ErrorKind::InvalidData, "the frame is too large"));
    }
    // Read in pieces: a length alone must not make us allocate.
    let mut bytes = Vec::new();
    let read = input.take(u64::from(length)).read_to_end(&mut bytes)?;
    if read == length as usize { Ok(Some(bytes)) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_survive_the_pipe() {
        let mut pipe = Vec::new();
        write(&mut pipe, &[b"ab", b"c"]).expect("memory");
        write(&mut pipe, &[]).expect("memory");
        let mut input = pipe.as_slice();
        assert_eq!(read(&mut input).expect("reads"), Some(b"abc".to_vec()));
        assert_eq!(read(&mut input).expect("reads"), Some(Vec::new()));
        assert_eq!(read(&mut input).expect("ends"), None);
    }

    #[test]
    fn a_cut_or_senseless_frame_is_an_error() {
        assert!(read(&mut [0, 0, 0, 9, 1].as_slice()).is_err());
        assert!(read(&mut [255, 255, 255, 255].as_slice()).is_err());
    }
}
