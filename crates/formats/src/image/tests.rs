use std::io::{Cursor, Write};

use ::image::{DynamicImage, ImageEncoder, Rgb, RgbImage, codecs::jpeg::JpegEncoder, imageops::FilterType};
use proptest::prelude::*;

use super::{Inspected, PerceptualHash, inspect, phash};
use crate::{error::Error, limits::Limits};

/// A small generator of pseudo-random numbers (xorshift), so that pictures follow from a seed.
struct Dice(u64);

impl Dice {
    fn next(&mut self, below: u32) -> u32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 33) as u32 % below
    }
}

/// Something like a portrait: a wall with a gradient and shapes, a head, hair, eyes, shoulders.
fn portrait(seed: u64) -> DynamicImage {
    let mut dice = Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
    let wall: [u32; 6] = std::array::from_fn(|_| dice.next(200));
    let shapes: Vec<[u32; 5]> =
        (0..6).map(|_| [dice.next(240), dice.next(300), 20 + dice.next(60), 20 + dice.next(80), dice.next(256)]).collect();
    let (skin, hair, coat) = (110 + dice.next(120), dice.next(160), dice.next(220));
    let (x0, y0, rx, ry) = (100 + dice.next(40), 110 + dice.next(40), 45 + dice.next(20), 60 + dice.next(25));
    let picture = RgbImage::from_fn(240, 300, |x, y| {
        let mut shade = (wall[0] * (240 - x) + wall[1] * x) / 480 + (wall[2] * (300 - y) + wall[3] * y) / 600;
        for [sx, sy, w, h, tone] in &shapes {
            if x.abs_diff(*sx) < *w && y.abs_diff(*sy) < *h {
                shade = (shade + tone) / 2;
            }
        }
        let inside = |cx: u32, cy: u32, rx: u32, ry: u32| {
            let (dx, dy) = (f64::from(x) - f64::from(cx), f64::from(y) - f64::from(cy));
            (dx / f64::from(rx)).powi(2) + (dy / f64::from(ry)).powi(2) < 1.0
        };
        if inside(x0, 320, 110, 110) {
            shade = coat;
        }
        if inside(x0, y0.saturating_sub(15), rx + 10, ry) {
            shade = hair;
        }
        if inside(x0, y0 + 10, rx, ry) {
            shade = skin;
        }
        if inside(x0 - 18, y0, 7, 4) || inside(x0 + 18, y0, 7, 4) || inside(x0, y0 + 40, 16, 4) {
            shade = 40;
        }
        Rgb([shade.min(255) as u8, (shade * 9 / 10).min(255) as u8, (shade * 8 / 10).min(255) as u8])
    });
    DynamicImage::ImageRgb8(picture)
}

fn jpeg(picture: &DynamicImage, quality: u8) -> Vec<u8> {
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, quality).encode_image(picture).expect("memory");
    bytes
}

fn png(picture: &DynamicImage) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, ::image::ImageFormat::Png).expect("memory");
    bytes.into_inner()
}

fn read(bytes: &[u8]) -> Inspected {
    inspect("avatar", bytes, &Limits::default()).expect("a picture")
}

fn hash(picture: &DynamicImage) -> PerceptualHash {
    phash(picture).expect("it shows something")
}

/// Puts a chunk behind the header of a PNG file.
fn with_chunk(bytes: &[u8], kind: &[u8; 4], content: &[u8]) -> Vec<u8> {
    let mut crc = flate2::Crc::new();
    crc.update(kind);
    crc.update(content);
    let chunk = [&(content.len() as u32).to_be_bytes()[..], kind, content, &crc.sum().to_be_bytes()].concat();
    [&bytes[..33], &chunk, &bytes[33..]].concat()
}

/// Puts a segment behind the start of a JPEG file.
fn with_segment(bytes: &[u8], marker: u8, content: &[u8]) -> Vec<u8> {
    [&[0xff, 0xd8, 0xff, marker][..], &(content.len() as u16 + 2).to_be_bytes(), content, &bytes[2..]].concat()
}

/// A TIFF structure with text tags in its first and its EXIF directory.
fn tiff(first: &[(u16, &str)], inner: &[(u16, &[u8])]) -> Vec<u8> {
    let inner_at = 8 + 2 + (first.len() + 1) * 12 + 4;
    let mut data_at = inner_at + 2 + inner.len() * 12 + 4;
    let mut data = Vec::new();
    let mut directory = |entries: Vec<(u16, u16, Vec<u8>)>| {
        let mut bytes = (entries.len() as u16).to_le_bytes().to_vec();
        for (tag, kind, value) in entries {
            bytes.extend(tag.to_le_bytes());
            bytes.extend(kind.to_le_bytes());
            if kind == 4 {
                bytes.extend(1_u32.to_le_bytes());
                bytes.extend(value);
            } else {
                bytes.extend((value.len() as u32).to_le_bytes());
                bytes.extend((data_at as u32).to_le_bytes());
                data_at += value.len();
                data.extend(value);
            }
        }
        bytes.extend([0; 4]);
        bytes
    };
    let mut entries: Vec<_> = first.iter().map(|(tag, text)| (*tag, 2, format!("{text}\0").into_bytes())).collect();
    entries.push((0x8769, 4, (inner_at as u32).to_le_bytes().to_vec()));
    let head = directory(entries);
    let body = directory(inner.iter().map(|(tag, value)| (*tag, 7, value.to_vec())).collect());
    [b"II\x2a\0\x08\0\0\0".to_vec(), head, body, data].concat()
}

fn told(inspected: &Inspected) -> String {
    let metadata =
        inspected.metadata.iter().map(|property| format!("{} = {} ({})", property.name, property.value, property.part));
    let software = inspected.software.iter().map(|software| format!("software: {software}"));
    let signs = inspected.generator_signs.iter().map(|sign| format!("sign: {sign}"));
    metadata.chain(software).chain(signs).collect::<Vec<_>>().join("\n")
}

#[test]
fn size_and_hashes_are_read() {
    let picture = portrait(7);
    let inspected = read(&png(&picture));
    assert_eq!((inspected.format, inspected.width, inspected.height), ("png", 240, 300));
    assert_eq!(inspected.phash, phash(&picture));
    assert!(inspected.metadata.is_empty() && inspected.generator_signs.is_empty() && inspected.incomplete.is_empty());
    let hash = inspected.phash.expect("it shows something");
    assert_eq!(hash.0.count_ones(), 32);
    assert_eq!(hash.to_string().len(), 16);
    assert_eq!(hash.to_string().parse(), Ok(hash));
}

#[test]
fn a_picture_of_nothing_has_no_hash() {
    let blank = DynamicImage::ImageRgb8(RgbImage::from_pixel(50, 50, Rgb([200, 210, 220])));
    assert_eq!(read(&png(&blank)).phash, None);
    assert_eq!(read(&jpeg(&blank, 40)).phash, None);
}

#[test]
fn one_wall_behind_two_faces() {
    let (one, other) = (portrait(3), portrait(4));
    let mut swapped = other.to_rgb8();
    // The middle of one picture on the background of the other.
    for y in 75..225 {
        for x in 60..180 {
            swapped.put_pixel(x, y, *one.to_rgb8().get_pixel(x, y));
        }
    }
    let (mixed, one, other) = (read(&png(&DynamicImage::ImageRgb8(swapped))), read(&png(&one)), read(&png(&other)));
    let distance = |a: Option<PerceptualHash>, b: Option<PerceptualHash>| a.expect("there").distance(b.expect("there"));
    assert_eq!(distance(mixed.centre_phash, one.centre_phash), 0);
    assert_eq!(distance(mixed.background_phash, other.background_phash), 0);
    assert!(distance(mixed.background_phash, one.background_phash) > PerceptualHash::SAME);
    assert!(distance(mixed.centre_phash, other.centre_phash) > PerceptualHash::SAME);
}

#[test]
fn orientation_is_undone() {
    let picture = portrait(11);
    let upright = hash(&picture);
    let turned = jpeg(&picture.rotate270(), 95);
    // 6: turn by 90 degrees clockwise to see it upright.
    let tag = [&b"Exif\0\0II\x2a\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0"[..]].concat();
    let inspected = read(&with_segment(&turned, 0xe1, &tag));
    assert!(inspected.phash.expect("there").distance(upright) <= 4);
    assert!(read(&turned).phash.expect("there").distance(upright) > PerceptualHash::SAME);
}

#[test]
fn transparency_lies_on_white() {
    let opaque = portrait(5).to_rgba8();
    let (mut clear, mut white) = (opaque.clone(), opaque);
    for (x, y, pixel) in clear.enumerate_pixels_mut() {
        if x < 60 || y > 250 {
            *pixel = ::image::Rgba([0, 0, 0, 0]);
            white.put_pixel(x, y, ::image::Rgba([255, 255, 255, 255]));
        }
    }
    assert_eq!(hash(&DynamicImage::ImageRgba8(clear)), hash(&DynamicImage::ImageRgba8(white)));
}

#[test]
fn metadata_of_jpeg_files() {
    let exif = [
        b"Exif\0\0".to_vec(),
        tiff(
            &[(0x010f, "Exemplar"), (0x0110, "Camera 1"), (0x0131, "Retoucher 3")],
            &[
                (0x9003, b"2025:02:17 04:15:00\0"),
                (0x9011, b"+09:00\0"),
                (0x9286, b"ASCII\0\0\0a face\nSteps: 30, Sampler: Euler"),
            ],
        ),
    ]
    .concat();
    let xmp = b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf='r'><rdf:Description xmlns:xmp='x' xmlns:m='m' xmlns:i='i' xmp:CreatorTool='Painter 9' \
        m:DocumentID='xmp.did:1'><i:DigitalSourceType>http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia</i:DigitalSourceType></rdf:Description></rdf:RDF></x:xmpmeta>";
    let iptc = b"Photoshop 3.0\08BIM\x04\x04\0\0\0\0\0\x0b\x1c\x02\x41\0\x06Editor\0";
    let mut bytes = jpeg(&portrait(1), 90);
    for (marker, content) in [(0xfe, &b"a comment"[..]), (0xeb, b"JP....jumbc2pa"), (0xed, iptc), (0xe1, xmp), (0xe1, &exif)] {
        bytes = with_segment(&bytes, marker, content);
    }
    insta::assert_snapshot!(told(&read(&bytes)), @"
    exif_make = Exemplar (EXIF)
    exif_model = Camera 1 (EXIF)
    exif_software = Retoucher 3 (EXIF)
    exif_taken = 2025:02:17 04:15:00 (EXIF)
    exif_taken_utc_offset = +09:00 (EXIF)
    exif_comment = a face
    Steps: 30, Sampler: Euler (EXIF)
    xmp_creator_tool = Painter 9 (XMP)
    xmp_document_id = xmp.did:1 (XMP)
    digital_source_type = http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia (XMP)
    iptc_program = Editor (IPTC)
    c2pa = there (C2PA)
    comment = a comment (COM)
    software: Retoucher 3
    sign: the EXIF comment holds the settings of a picture generator
    sign: its digital source type is trainedAlgorithmicMedia
    ");
}

#[test]
fn metadata_of_png_files() {
    let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
    packed.write_all(b"{\"nodes\": []}").expect("memory");
    let packed = [b"workflow\0\0".to_vec(), packed.finish().expect("memory")].concat();
    let mut bytes = png(&portrait(1));
    for (kind, content) in [
        (b"iTXt", &b"XML:com.adobe.xmp\0\0\0\0\0<x:xmpmeta xmlns:x='a' x:CreatorTool='Adobe Firefly 2'/>"[..]),
        (b"iTXt", &b"Title\0\0\0en\0Titel\0Robin"[..]),
        (b"zTXt", &packed),
        (b"tEXt", b"parameters\0a face\nSteps: 20, Sampler: DPM"),
        (b"tEXt", b"Software\0ComfyUI"),
    ] {
        bytes = with_chunk(&bytes, kind, content);
    }
    insta::assert_snapshot!(told(&read(&bytes)), @r#"
    png_software = ComfyUI (tEXt)
    png_parameters = a face
    Steps: 20, Sampler: DPM (tEXt)
    png_workflow = {"nodes": []} (tEXt)
    png_title = Robin (tEXt)
    software: ComfyUI
    sign: a text named "parameters" holds the settings of a picture generator
    sign: a text named "workflow" holds the settings of a picture generator
    sign: png_software names comfyui
    "#);
}

#[test]
fn metadata_of_webp_files() {
    let mut bytes = Cursor::new(Vec::new());
    portrait(2).write_to(&mut bytes, ::image::ImageFormat::WebP).expect("memory");
    let mut bytes = bytes.into_inner();
    let exif = tiff(&[(0x0131, "Exporter")], &[]);
    let padded = exif.len() % 2;
    bytes.extend(b"EXIF");
    bytes.extend((exif.len() as u32).to_le_bytes());
    bytes.extend(&exif);
    bytes.extend(vec![0; padded]);
    let length = bytes.len() as u32 - 8;
    bytes[4..8].copy_from_slice(&length.to_le_bytes());
    let inspected = read(&bytes);
    assert_eq!((inspected.format, inspected.software.as_deref()), ("webp", Some("Exporter")));
    assert_eq!(inspected.phash.map(|found| found.distance(hash(&portrait(2)))), Some(0));
}

#[test]
fn other_formats_are_refused_by_name() {
    let refused = [
        &b"GIF89a...."[..],
        b"\0\0\0\x18ftypheic\0\0",
        b"\0\0\0\x18ftypavif",
        b"<?xml version='1.0'?><svg/>",
        b"BM......",
        b"\x01\0\0\0",
        b"hello",
        b"",
    ]
    .map(|bytes| inspect("avatar", bytes, &Limits::default()).expect_err("refused").to_string());
    insta::assert_snapshot!(refused.join("\n"), @"
    avatar: not a format that is read here (a GIF picture; save it as PNG or JPEG)
    avatar: not a format that is read here (a HEIC picture; save it as PNG or JPEG)
    avatar: not a format that is read here (an AVIF picture; save it as PNG or JPEG)
    avatar: not a format that is read here (an SVG drawing; save it as PNG or JPEG)
    avatar: not a format that is read here (a BMP picture; save it as PNG or JPEG)
    avatar: not a format that is read here (a Windows metafile)
    avatar: not a format that is read here (no picture of a known kind)
    avatar: not a format that is read here (no picture of a known kind)
    ");
}

#[test]
fn palettes_of_broken_colours_are_not_decoded() {
    for (length, sound) in [(48, true), (49, false), (50, false)] {
        let mut indexed = png(&DynamicImage::ImageRgb8(RgbImage::new(1, 1)));
        // Eight bits, with a palette.
        indexed[24..26].copy_from_slice(&[8, 3]);
        let mut crc = flate2::Crc::new();
        crc.update(&indexed[12..29]);
        let sum = crc.sum().to_be_bytes();
        indexed[29..33].copy_from_slice(&sum);
        let picture = read(&with_chunk(&indexed, b"PLTE", &vec![7; length]));
        let said = picture.incomplete.iter().any(|sentence| sentence.contains("palette"));
        assert_eq!(said, !sound, "{length}: {:?}", picture.incomplete);
    }
}

#[test]
fn bombs_are_named() {
    // A header that claims 60,000 by 60,000 pixels.
    let mut claim = png(&DynamicImage::ImageRgb8(RgbImage::new(1, 1)));
    claim[16..24].copy_from_slice(&[0, 0, 0xea, 0x60, 0, 0, 0xea, 0x60]);
    let mut crc = flate2::Crc::new();
    crc.update(&claim[12..29]);
    let sum = crc.sum().to_be_bytes();
    claim[29..33].copy_from_slice(&sum);
    let error = inspect("avatar", &claim, &Limits::default()).expect_err("a bomb");
    assert!(matches!(error, Error::OverLimit { .. }) && error.to_string().contains("60000 by 60000"), "{error}");

    let whole = jpeg(&portrait(1), 80);
    assert!(matches!(inspect("avatar", &whole, &Limits { bytes: 100, ..Limits::default() }), Err(Error::OverLimit { .. })));
    assert!(matches!(inspect("avatar", &whole, &Limits { pixels: 100, ..Limits::default() }), Err(Error::OverLimit { .. })));
    let cut = png(&portrait(1));
    let cut = inspect("avatar", &cut[..cut.len() / 2], &Limits::default()).expect("the size is there");
    assert_eq!((cut.phash, cut.incomplete.len()), (None, 1));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn hashes_survive_what_happens_to_avatars(seed in 0_u64..1_000_000, quality in 30_u8..95, scale in 40_u32..250, light in -25_i32..25, cut in 0_u32..4) {
        let picture = portrait(seed);
        let original = hash(&picture);
        let again = read(&jpeg(&picture, quality)).phash.expect("there");
        prop_assert!(again.distance(original) <= 4, "compressed: {}", again.distance(original));
        let scaled = hash(&picture.resize_exact(240 * scale / 100, 300 * scale / 100, FilterType::CatmullRom));
        prop_assert!(scaled.distance(original) <= 4, "scaled: {}", scaled.distance(original));
        let lit = hash(&picture.brighten(light));
        prop_assert!(lit.distance(original) <= PerceptualHash::SAME, "lit: {}", lit.distance(original));
        let cropped = hash(&picture.crop_imm(cut, cut, 240 - 2 * cut, 300 - 2 * cut));
        prop_assert!(cropped.distance(original) <= PerceptualHash::SAME, "cropped: {}", cropped.distance(original));
    }

    #[test]
    fn damage_never_panics(at in any::<prop::sample::Index>(), with in any::<[u8; 3]>(), kind in any::<bool>()) {
        let small = portrait(1).resize_exact(48, 60, FilterType::Triangle);
        let mut bytes = if kind { with_segment(&jpeg(&small, 70), 0xe1, &[b"Exif\0\0".to_vec(), tiff(&[(0x0131, "x")], &[(0x9286, b"UNICODE\0a\0")])].concat()) } else { png(&small) };
        let at = at.index(bytes.len() - 3);
        bytes[at..at + 3].copy_from_slice(&with);
        let _ = inspect("avatar", &bytes, &Limits::default());
    }
}

#[test]
fn unrelated_portraits_differ() {
    let hashes: Vec<_> = (0..100).map(|seed| hash(&portrait(seed))).collect();
    let mut pairs = 0;
    let mut close = 0;
    for (index, one) in hashes.iter().enumerate() {
        for other in &hashes[..index] {
            pairs += 1;
            close += u32::from(one.distance(*other) <= PerceptualHash::SAME);
        }
    }
    // These portraits all have one composition: harder than life.
    assert!(close * 500 < pairs, "{close} of {pairs} pairs are close");
}

#[test]
fn encoders_agree() {
    let picture = portrait(9).to_rgb8();
    let mut bytes = Vec::new();
    ::image::codecs::png::PngEncoder::new(&mut bytes)
        .write_image(picture.as_raw(), 240, 300, ::image::ExtendedColorType::Rgb8)
        .expect("memory");
    assert_eq!(read(&bytes).phash, Some(hash(&portrait(9))));
}
