//! Pictures: size, perceptual hashes, and what their metadata says about their making.
//!
//! ```
//! # let drawn = image::RgbImage::from_fn(40, 50, |x, y| image::Rgb([(x * 6) as u8, (y * 5) as u8, ((x * y) % 251) as u8]));
//! # let mut file = std::io::Cursor::new(Vec::new());
//! # drawn.write_to(&mut file, image::ImageFormat::Png).expect("memory");
//! # let bytes = file.into_inner();
//! use bonafide_formats::{image::inspect, limits::Limits};
//!
//! let picture = inspect("avatar.png", &bytes, &Limits::default())?;
//! let hash = picture.phash.expect("it has structure");
//! assert_eq!(hash.distance(hash.to_string().parse().expect("16 digits")), 0);
//! # Ok::<(), bonafide_formats::error::Error>(())
//! ```
//!
//! JPEG, PNG and WebP are decoded; others are refused by name. The perceptual hash is described at [`PerceptualHash`].

mod exif;
mod hash;
mod metadata;

#[cfg(test)]
mod tests;

use std::{
    io::Cursor,
    panic::{AssertUnwindSafe, catch_unwind},
};

use ::image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, metadata::Orientation};

pub use hash::PerceptualHash;

use crate::{digest, document::Property, error::Error, limits::Limits};

/// What a picture tells.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Inspected {
    /// `jpeg`, `png` or `webp`.
    pub format: &'static str,
    /// SHA-256 of the bytes.
    pub sha256: String,
    /// Width in pixels, as stored.
    pub width: u32,
    /// Height in pixels, as stored.
    pub height: u32,
    /// Hash of the whole picture; `None` where it could not be decoded or shows nothing.
    pub phash: Option<PerceptualHash>,
    /// Hash of the picture with its middle half in both directions blotted out: two portraits before one wall.
    pub background_phash: Option<PerceptualHash>,
    /// Hash of the middle half in both directions: one face before two walls.
    pub centre_phash: Option<PerceptualHash>,
    /// The program that its metadata names first.
    pub software: Option<String>,
    /// Metadata, such as `exif_model`; the part is the place inside the file. Names: see the crate's README.
    pub metadata: Vec<Property>,
    /// Signs in the metadata that a generator made it, one sentence each. Their absence says nothing.
    pub generator_signs: Vec<String>,
    /// What could not be read.
    pub incomplete: Vec<String>,
}

/// Bytes of memory that a pixel may take while it is decoded.
const BYTES_OF_A_PIXEL: u64 = 8;

/// Reads a picture.
///
/// # Errors
/// [`Error::OverLimit`] over the limits on bytes or pixels, [`Error::Unsupported`] for other formats, [`Error::Malformed`] where
/// not even the size can be read.
pub fn inspect(name: &str, bytes: &[u8], limits: &Limits) -> Result<Inspected, Error> {
    if bytes.len() as u64 > limits.bytes {
        return Err(Error::OverLimit {
            format: "picture",
            what: format!("a picture of {} bytes", bytes.len()),
            limit: format!("{} bytes", limits.bytes),
        });
    }
    let format = recognise(bytes).map_err(|why| Error::Unsupported { name: name.to_owned(), why: why.to_owned() })?;
    let malformed = |error: &dyn std::fmt::Display| Error::Malformed { format: "picture", why: format!("{name}: {error}") };
    let (width, height) =
        ImageReader::with_format(Cursor::new(bytes), format).into_dimensions().map_err(|error| malformed(&error))?;
    let pixels = u64::from(width) * u64::from(height);
    let most = limits.pixels.min(limits.memory / BYTES_OF_A_PIXEL);
    if pixels > most {
        return Err(Error::OverLimit {
            format: "picture",
            what: format!("{width} by {height} pixels"),
            limit: format!("{most} pixels"),
        });
    }
    let mut inspected =
        Inspected { sha256: digest::sha256(bytes), width, height, format: short_name(format), ..Inspected::default() };
    metadata::read(bytes, format, limits, &mut inspected);
    match decode_safely(bytes, format, limits) {
        Ok((picture, orientation)) => {
            let grid = hash::Grid::of(&picture).turned(orientation);
            inspected.phash = grid.whole();
            inspected.background_phash = grid.background();
            inspected.centre_phash = grid.centre();
        }
        Err(error) => inspected.incomplete.push(format!("{name}: the picture could not be decoded: {error}")),
    }
    Ok(inspected)
}

/// The perceptual hash of a decoded picture, for readers that decode by themselves.
#[must_use]
pub fn phash(picture: &DynamicImage) -> Option<PerceptualHash> {
    hash::Grid::of(picture).whole()
}

/// Decodes what the decoders can be trusted with: a decoder that panics all the same has not decoded.
fn decode_safely(bytes: &[u8], format: ImageFormat, limits: &Limits) -> Result<(DynamicImage, Orientation), String> {
    if format == ImageFormat::Png && !has_sound_palette(bytes) {
        return Err("its palette does not consist of up to 256 whole colours".to_owned());
    }
    match catch_unwind(AssertUnwindSafe(|| decode(bytes, format, limits))) {
        Ok(decoded) => decoded.map_err(|error| error.to_string()),
        Err(_) => Err("the decoder failed on it".to_owned()),
    }
}

/// Whether the palettes of a PNG hold whole colours, and no more of them than indices can name (PNG, 11.2.3): the decoder takes it
/// for granted.
fn has_sound_palette(bytes: &[u8]) -> bool {
    let mut rest = bytes.get(8..).unwrap_or_default();
    while let Some((&[a, b, c, d], after)) = rest.split_first_chunk::<4>() {
        let length = u32::from_be_bytes([a, b, c, d]) as usize;
        if after.starts_with(b"PLTE") && !(length.is_multiple_of(3) && (3..=768).contains(&length)) {
            return false;
        }
        // Kind, content, checksum.
        rest = after.get(length.saturating_add(8)..).unwrap_or_default();
    }
    true
}

fn decode(bytes: &[u8], format: ImageFormat, limits: &Limits) -> Result<(DynamicImage, Orientation), ::image::ImageError> {
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut bounds = ::image::Limits::default();
    bounds.max_alloc = Some(limits.memory);
    reader.limits(bounds);
    let mut decoder = reader.into_decoder()?;
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    Ok((DynamicImage::from_decoder(decoder)?, orientation))
}

const fn short_name(format: ImageFormat) -> &'static str {
    match format {
        ImageFormat::Jpeg => "jpeg",
        ImageFormat::Png => "png",
        _ => "webp",
    }
}

/// Tells a picture's format by its first bytes; the error names what it is instead.
fn recognise(bytes: &[u8]) -> Result<ImageFormat, &'static str> {
    match bytes {
        [0xff, 0xd8, 0xff, ..] => Ok(ImageFormat::Jpeg),
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Ok(ImageFormat::Png),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Ok(ImageFormat::WebP),
        [b'G', b'I', b'F', b'8', ..] => Err("a GIF picture; save it as PNG or JPEG"),
        [_, _, _, _, b'f', b't', b'y', b'p', brand @ ..] => Err(match brand.get(..4) {
            Some(b"avif" | b"avis") => "an AVIF picture; save it as PNG or JPEG",
            Some(b"heic" | b"heix" | b"hevc" | b"heim" | b"heis" | b"mif1" | b"msf1") => "a HEIC picture; save it as PNG or JPEG",
            _ => "a film or sound",
        }),
        [b'B', b'M', ..] => Err("a BMP picture; save it as PNG or JPEG"),
        [b'I', b'I', 0x2a, 0, ..] | [b'M', b'M', 0, 0x2a, ..] => Err("a TIFF picture; save it as PNG or JPEG"),
        [0, 0, 1 | 2, 0, ..] => Err("an icon"),
        [1, 0, 0, 0, ..] => Err("a Windows metafile"),
        [0xd7, 0xcd, 0xc6, 0x9a, ..] => Err("a Windows metafile"),
        [0xff, 0x0a, ..] | [0, 0, 0, 0x0c, b'J', b'X', b'L', ..] => Err("a JPEG XL picture; save it as PNG or JPEG"),
        _ if memchr::memmem::find(&bytes[..bytes.len().min(4_096)], b"<svg").is_some() => {
            Err("an SVG drawing; save it as PNG or JPEG")
        }
        _ => Err("no picture of a known kind"),
    }
}
