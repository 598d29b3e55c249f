//! Embedded pictures (ISO 32000-2, 8.9).

use std::{
    collections::{HashMap, HashSet},
    io::Cursor,
};

use ::image::{DynamicImage, GrayImage, ImageFormat, ImageReader, RgbImage};
use bonafide_model::place::{PageBox, Place};
use lopdf::{Dictionary, Object, ObjectId, Stream};

use super::{
    colour::{Ink, Space},
    content::InlinePicture,
    filter::Filter,
    properties::Output,
    structure::Pdf,
    visible::page_box,
};
use crate::{digest::sha256, document::EmbeddedPicture, image};

/// Pictures kept of one document.
const PICTURES: usize = 500;

/// Where pictures were first drawn, gathered while pages are shown.
#[derive(Default)]
pub(super) struct Drawn {
    places: HashMap<ObjectId, (u32, PageBox)>,
    inline: Vec<(InlinePicture, u32)>,
}

impl Drawn {
    pub(super) fn note(&mut self, pictures: &[(ObjectId, super::geometry::Rect)], inline: Vec<InlinePicture>, page: u32) {
        for (id, area) in pictures {
            self.places.entry(*id).or_insert((page, page_box(*area)));
        }
        let room = PICTURES.saturating_sub(self.inline.len());
        self.inline.extend(inline.into_iter().take(room).map(|picture| (picture, page)));
    }
}

/// All pictures of the file, drawn or not, with their properties; masks of other pictures are no pictures.
pub(super) fn read(pdf: &Pdf<'_>, drawn: &Drawn, output: &mut Output<'_>) -> Vec<EmbeddedPicture> {
    let images = || {
        pdf.document.objects.iter().filter_map(|(id, object)| match object {
            Object::Stream(stream) if pdf.name(&stream.dict, "Subtype") == Some(b"Image") => Some((*id, stream)),
            _ => None,
        })
    };
    let masks: HashSet<ObjectId> = images()
        .flat_map(|(_, stream)| {
            ["SMask", "Mask"].map(|key| stream.dict.get(key.as_bytes()).ok().and_then(|object| object.as_reference().ok()))
        })
        .flatten()
        .collect();
    let mut pictures = Vec::new();
    let mut decoded = Decoded { left: DECODED.min(pdf.limits.pixels) };
    for (id, stream) in images().filter(|(id, _)| !masks.contains(id)) {
        if pictures.len() >= PICTURES {
            pdf.note(format!("only the first {PICTURES} pictures were read"));
            return pictures;
        }
        let part = format!("object {} {}", id.0, id.1);
        let place = match drawn.places.get(&id) {
            Some(&(page, area)) => Place::Page { page, area },
            None => Place::Part { part: part.clone(), line: None },
        };
        pictures.push(picture(pdf, stream, place, &part, &mut decoded, output));
    }
    for (inline, page) in &drawn.inline {
        if pictures.len() < PICTURES {
            let place = Place::Page { page: *page, area: page_box(inline.place) };
            let stream = Stream::new(inline.dictionary.clone(), inline.data.clone());
            pictures.push(picture(pdf, &stream, place, "inline picture", &mut decoded, output));
        }
    }
    pictures
}

fn picture(
    pdf: &Pdf<'_>,
    stream: &Stream,
    place: Place,
    part: &str,
    decoded: &mut Decoded,
    output: &mut Output<'_>,
) -> EmbeddedPicture {
    let dictionary = &stream.dict;
    let size = |key: &str| pdf.integer(dictionary, key).and_then(|value| u32::try_from(value).ok()).unwrap_or(0);
    let digest = sha256(&stream.content);
    let (width, height) = (size("Width"), size("Height"));
    output.add("image_stream_sha256", digest.clone(), part);
    let chain = pdf.filters(dictionary);
    match pdf.digest(stream, &chain) {
        Some(raw) => output.add("image_raw_sha256", raw, part),
        None => pdf.note(format!("a picture of {width} by {height} pixels unpacks to more than the limits allow")),
    }
    output.add("image_size", format!("{width}x{height}"), part);
    output.add_some("image_colour_space", colour_space(pdf, dictionary), part);
    let filters: Vec<String> = chain.iter().map(Filter::name).collect();
    output.add("image_filter", filters.join(" "), part);
    if let Some(profile) = profile(pdf, dictionary) {
        output.add("image_icc_sha256", sha256(&profile.content), part);
    }
    let mut picture = EmbeddedPicture { sha256: digest, width, height, place, ..EmbeddedPicture::default() };
    let pixels = u64::from(width) * u64::from(height);
    if pixels > 0 && pixels <= decoded.left {
        decoded.left -= pixels;
        match chain.last() {
            Some(Filter::Picture("DCTDecode")) => inspect(pdf, stream, part, &mut picture, output),
            Some(Filter::Picture(_)) => {}
            _ => {
                picture.phash =
                    raster(pdf, stream, width, height).and_then(|raster| image::phash(&raster)).map(|hash| hash.to_string());
            }
        }
    }
    picture
}

/// A JPEG: decoded for its perceptual hash, and read for its metadata.
fn inspect(pdf: &Pdf<'_>, stream: &Stream, part: &str, picture: &mut EmbeddedPicture, output: &mut Output<'_>) {
    let jpeg = pdf.unpack(stream, "a picture");
    let Ok(inspected) = image::inspect(part, &jpeg, pdf.limits) else { return };
    picture.phash = inspected.phash.map(|hash| hash.to_string());
    picture.software.clone_from(&inspected.software);
    for property in inspected.metadata {
        output.add(&format!("image_{}", property.name), property.value, part);
    }
    for sign in inspected.generator_signs {
        output.add("image_generator_sign", sign, part);
    }
}

/// Pixels of pictures that are looked at for having one colour only: a ground made as a picture needs few.
const FEW: u64 = 4_096;

/// The colour of a small picture all of whose pixels are alike: ground, and no picture to look at.
pub(super) fn only_colour(pdf: &Pdf<'_>, stream: &Stream) -> Option<Ink> {
    let size = |key: &str| pdf.integer(&stream.dict, key).and_then(|value| u32::try_from(value).ok());
    let (width, height) = (size("Width")?, size("Height")?);
    if !(1..=FEW).contains(&(u64::from(width) * u64::from(height))) {
        return None;
    }
    let raster = match pdf.filters(&stream.dict).last() {
        Some(Filter::Picture("DCTDecode")) => {
            let jpeg = pdf.unpack_within(stream, "a picture", 1 << 16);
            let reader = || ImageReader::with_format(Cursor::new(jpeg.as_ref()), ImageFormat::Jpeg);
            // The file says itself how large it is.
            let (across, down) = reader().into_dimensions().ok()?;
            if u64::from(across) * u64::from(down) > FEW {
                return None;
            }
            reader().decode().ok()?
        }
        Some(Filter::Picture(_)) => return None,
        _ => raster(pdf, stream, width, height)?,
    };
    let raster = raster.to_rgb8();
    let first = *raster.pixels().next()?;
    let alike = |pixel: &::image::Rgb<u8>| (0..3).all(|channel| pixel[channel].abs_diff(first[channel]) <= 4);
    raster.pixels().all(alike).then(|| Ink::Colour(first.0.map(|channel| f32::from(channel) / 255.0)))
}

/// Samples of eight bits as a picture.
fn raster(pdf: &Pdf<'_>, stream: &Stream, width: u32, height: u32) -> Option<DynamicImage> {
    let dictionary = &stream.dict;
    if pdf.integer(dictionary, "BitsPerComponent") != Some(8) {
        return None;
    }
    let space = Space::of_object(pdf, pdf.get(dictionary, "ColorSpace")?);
    let components = space.components();
    let pixels = width as usize * height as usize;
    let samples = pdf.unpack_within(stream, "a picture", (pixels * components) as u64 + 1);
    let samples = samples.get(..pixels * components)?;
    match space {
        Space::Gray => GrayImage::from_raw(width, height, samples.to_vec()).map(DynamicImage::ImageLuma8),
        Space::Rgb => RgbImage::from_raw(width, height, samples.to_vec()).map(DynamicImage::ImageRgb8),
        Space::Cmyk | Space::Indexed { .. } => {
            let colours: Vec<u8> = samples
                .chunks_exact(components)
                .flat_map(|sample| {
                    let scale = if components == 1 { 1.0 } else { 255.0 };
                    let values: [f64; 4] =
                        std::array::from_fn(|index| sample.get(index).map_or(0.0, |byte| f64::from(*byte) / scale));
                    match space.ink(&values[..components]) {
                        Ink::Colour(colour) => colour.map(|channel| (channel * 255.0) as u8),
                        Ink::Unknown => [0; 3],
                    }
                })
                .collect();
            RgbImage::from_raw(width, height, colours).map(DynamicImage::ImageRgb8)
        }
        _ => None,
    }
}

/// Pixels of one document that are decoded for perceptual hashes.
const DECODED: u64 = 12_000_000;

/// What of [`DECODED`] is left.
struct Decoded {
    left: u64,
}

/// Name of the colour space as the file gives it.
fn colour_space(pdf: &Pdf<'_>, dictionary: &Dictionary) -> Option<String> {
    let name = |object: &Object| pdf.resolve(object).as_name().ok().map(|name| String::from_utf8_lossy(name).into_owned());
    match pdf.get(dictionary, "ColorSpace")? {
        Object::Array(items) => name(items.first()?),
        single => name(single),
    }
}

fn profile<'p>(pdf: &'p Pdf<'_>, dictionary: &'p Dictionary) -> Option<&'p Stream> {
    match pdf.get(dictionary, "ColorSpace")? {
        Object::Array(items)
            if items.first().map(|kind| pdf.resolve(kind)).and_then(|kind| kind.as_name().ok()) == Some(b"ICCBased") =>
        {
            pdf.resolve(items.get(1)?).as_stream().ok()
        }
        _ => None,
    }
}
