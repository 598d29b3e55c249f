//! Where metadata stands in JPEG, PNG and WebP files, and what of it tells about a picture's making.

use std::io::Read;

use image::ImageFormat;

use super::{Inspected, exif};
use crate::{document::Property, encoding, limits::Limits, xml};

/// Longest metadata value kept, and largest unpacked one looked at.
const LONGEST: usize = 4_096;
const UNPACKED: u64 = 1 << 20;
/// Most chunks or segments of a file that are looked at.
const MOST_PARTS: usize = 10_000;
/// Names of picture generators, in lower case, as their programs write them into metadata.
const GENERATORS: &[&str] = &[
    "stable diffusion",
    "midjourney",
    "dall-e",
    "dall·e",
    "openai",
    "novelai",
    "invokeai",
    "comfyui",
    "automatic1111",
    "firefly",
    "leonardo.ai",
    "ideogram",
    "flux",
    "imagen",
    "dreamstudio",
    "generated photos",
    "stylegan",
    "this person does not exist",
    "artbreeder",
    "fooocus",
    "sdxl",
];

/// Reads all metadata of a picture.
pub(super) fn read(bytes: &[u8], format: ImageFormat, limits: &Limits, into: &mut Inspected) {
    let mut gathered = Gathered { into, limits };
    match format {
        ImageFormat::Jpeg => gathered.jpeg(bytes),
        ImageFormat::Png => gathered.png(bytes),
        _ => gathered.webp(bytes),
    }
    gathered.conclude();
}

struct Gathered<'g> {
    into: &'g mut Inspected,
    limits: &'g Limits,
}

impl Gathered<'_> {
    /// Segments of a JPEG file (ITU-T T.81, B.1) up to the start of the scan.
    fn jpeg(&mut self, bytes: &[u8]) {
        let mut at = 2;
        for _ in 0..MOST_PARTS {
            let Some([0xff, marker]) = bytes.get(at..at + 2) else { return };
            let marker = *marker;
            match marker {
                // Fill bytes and markers without a length.
                0xff => {
                    at += 1;
                    continue;
                }
                0x01 | 0xd0..=0xd8 => {
                    at += 2;
                    continue;
                }
                0xda | 0xd9 => return,
                _ => {}
            }
            let Some(length) = bytes.get(at + 2..at + 4).map(|two| usize::from(u16::from_be_bytes([two[0], two[1]]))) else {
                return;
            };
            let Some(content) = bytes.get(at + 4..at + 2 + length) else { return };
            match marker {
                0xe1 => {
                    if let Some(tiff) = content.strip_prefix(b"Exif\0\0") {
                        self.exif(tiff);
                    } else if let Some(packet) = content.strip_prefix(b"http://ns.adobe.com/xap/1.0/\0") {
                        self.xmp(packet);
                    }
                }
                0xed => self.photoshop(content),
                // JUMBF boxes of content credentials (ISO/IEC 19566-5, C2PA 2.1, 11.3).
                0xeb => self.credentials(content),
                0xfe => self.put("comment", &encoding::decode(content).text, "COM"),
                _ => {}
            }
            at += 2 + length;
        }
    }

    /// Chunks of a PNG file (ISO/IEC 15948, 5.3).
    fn png(&mut self, bytes: &[u8]) {
        let mut at = 8;
        for _ in 0..MOST_PARTS {
            let Some(header) = bytes.get(at..at + 8) else { return };
            let length = u32::from_be_bytes([header[0], header[1], header[2], header[3]]) as usize;
            let Some(content) = at.checked_add(8 + length).and_then(|end| bytes.get(at + 8..end)) else { return };
            match &header[4..8] {
                b"tEXt" => {
                    let (keyword, value) = split(content);
                    self.png_text(keyword, value);
                }
                b"zTXt" => {
                    let (keyword, packed) = split(content);
                    self.png_text(keyword, &unpacked(packed.get(1..).unwrap_or_default()));
                }
                b"iTXt" => {
                    let (keyword, rest) = split(content);
                    let is_packed = rest.first() == Some(&1);
                    let (_, rest) = split(rest.get(2..).unwrap_or_default());
                    let (_, value) = split(rest);
                    if is_packed { self.png_text(keyword, &unpacked(value)) } else { self.png_text(keyword, value) }
                }
                b"eXIf" => self.exif(content),
                b"caBX" => self.credentials(content),
                _ => {}
            }
            at += 12 + length;
        }
    }

    fn png_text(&mut self, keyword: &[u8], value: &[u8]) {
        let keyword = encoding::decode(keyword).text.trim().to_owned();
        if keyword == "XML:com.adobe.xmp" {
            self.xmp(value);
            return;
        }
        let text = encoding::decode(value).text;
        let name: String = keyword
            .chars()
            .map(|character| if character.is_alphanumeric() { character.to_ascii_lowercase() } else { '_' })
            .collect();
        self.put(&format!("png_{name}"), &text, "tEXt");
        // What the usual front ends of diffusion models store.
        let is_sign = match name.as_str() {
            "parameters" => text.contains("Steps:") || text.contains("Sampler"),
            "prompt" | "workflow" => text.trim_start().starts_with('{'),
            "dream" | "sd_metadata" | "invokeai_metadata" | "invokeai_graph" | "generation_data" | "fooocus_scheme" => true,
            _ => false,
        };
        if is_sign {
            self.sign(&format!("a text named {keyword:?} holds the settings of a picture generator"));
        }
    }

    /// Chunks of a WebP file (RFC 9649).
    fn webp(&mut self, bytes: &[u8]) {
        let mut at = 12;
        for _ in 0..MOST_PARTS {
            let Some(header) = bytes.get(at..at + 8) else { return };
            let length = u32::from_le_bytes([header[4], header[5], header[6], header[7]]) as usize;
            let Some(content) = at.checked_add(8 + length).and_then(|end| bytes.get(at + 8..end)) else { return };
            match &header[..4] {
                b"EXIF" => self.exif(content),
                b"XMP " => self.xmp(content),
                b"C2PA" => self.credentials(content),
                _ => {}
            }
            at += 8 + length + length % 2;
        }
    }

    fn exif(&mut self, tiff: &[u8]) {
        for (name, value) in exif::read(tiff) {
            if name == "exif_comment" && value.contains("Steps:") && value.contains("Sampler") {
                self.sign("the EXIF comment holds the settings of a picture generator");
            }
            self.put(name, &value, "EXIF");
        }
    }

    /// Adobe's image resources; of them the IPTC record (IIM 4.2).
    fn photoshop(&mut self, content: &[u8]) {
        let Some(mut rest) = content.strip_prefix(b"Photoshop 3.0\0") else { return };
        while let Some(resource) = rest.strip_prefix(b"8BIM") {
            let Some(id) = resource.get(..2).map(|two| u16::from_be_bytes([two[0], two[1]])) else { return };
            let name = usize::from(resource.get(2).copied().unwrap_or(0)) + 1;
            let size_at = 2 + name + name % 2;
            let Some(size) =
                resource.get(size_at..size_at + 4).map(|four| u32::from_be_bytes([four[0], four[1], four[2], four[3]]) as usize)
            else {
                return;
            };
            let Some(data) = (size_at + 4).checked_add(size).and_then(|end| resource.get(size_at + 4..end)) else { return };
            if id == 0x0404 {
                self.iptc(data);
            }
            rest = resource.get(size_at + 4 + size + size % 2..).unwrap_or_default();
        }
    }

    fn iptc(&mut self, mut data: &[u8]) {
        while let [0x1c, record, set, high, low, rest @ ..] = data {
            let length = usize::from(u16::from_be_bytes([*high, *low]));
            let Some(value) = rest.get(..length) else { return };
            let name = match (record, set) {
                (2, 65) => "iptc_program",
                (2, 80) => "iptc_author",
                (2, 110) => "iptc_credit",
                (2, 115) => "iptc_source",
                (2, 120) => "iptc_caption",
                _ => "",
            };
            if !name.is_empty() {
                self.put(name, &encoding::decode(value).text, "IPTC");
            }
            data = &rest[length..];
        }
    }

    /// XMP packets (ISO 16684-1): properties stand as attributes or as elements.
    fn xmp(&mut self, packet: &[u8]) {
        let decoded = xml::decode(packet);
        let limits = Limits { nodes: 50_000, ..self.limits.clone() };
        let tree = xml::parse(&decoded.text, |_| 1, &limits);
        let Some(root) = tree.root() else { return };
        for element in root.descendants() {
            for (_, name, value) in element.attributes() {
                self.xmp_property(name, value);
            }
            if xmp_name(element.local()).is_some()
                && element.children().all(|child| child.children().all(|item| item.children().next().is_none()))
            {
                self.xmp_property(element.local(), &element.text());
            }
        }
    }

    fn xmp_property(&mut self, local: &str, value: &str) {
        let Some(name) = xmp_name(local) else { return };
        self.put(name, value, "XMP");
        if name == "digital_source_type" {
            self.source_type(value);
        }
    }

    /// The digital source type of IPTC's vocabulary.
    fn source_type(&mut self, value: &str) {
        let term = value.rsplit('/').next().unwrap_or_default();
        if matches!(
            term,
            "trainedAlgorithmicMedia" | "compositeWithTrainedAlgorithmicMedia" | "algorithmicMedia" | "compositeSynthetic"
        ) {
            self.sign(&format!("its digital source type is {term}"));
        }
    }

    /// Content credentials: that they are there, and what is readable in them without checking any signature.
    fn credentials(&mut self, content: &[u8]) {
        if memchr::memmem::find(content, b"c2pa").is_none() {
            return;
        }
        self.put("c2pa", "there", "C2PA");
        for term in ["compositeWithTrainedAlgorithmicMedia", "trainedAlgorithmicMedia"] {
            if memchr::memmem::find(content, term.as_bytes()).is_some() {
                self.sign(&format!("its content credentials say {term}"));
                break;
            }
        }
    }

    fn put(&mut self, name: &str, value: &str, part: &str) {
        let value: String = value.trim().trim_matches('\0').chars().take(LONGEST).collect();
        let known = |property: &Property| property.name == name && property.value == value;
        if !value.is_empty() && self.into.metadata.len() < 200 && !self.into.metadata.iter().any(known) {
            self.into.metadata.push(Property { name: name.to_owned(), value, part: part.to_owned() });
        }
    }

    fn sign(&mut self, sentence: &str) {
        if !self.into.generator_signs.iter().any(|known| known == sentence) {
            self.into.generator_signs.push(sentence.to_owned());
        }
    }

    /// Chooses the program and looks for the names of generators.
    fn conclude(&mut self) {
        const PROGRAMS: &[&str] =
            &["exif_software", "png_software", "xmp_creator_tool", "iptc_program", "xmp_software_agent", "xmp_software"];
        let value =
            |name: &str| self.into.metadata.iter().find(|property| property.name == name).map(|property| property.value.clone());
        self.into.software = PROGRAMS.iter().find_map(|name| value(name));
        let named: Vec<String> = self
            .into
            .metadata
            .iter()
            .filter(|property| {
                PROGRAMS.contains(&property.name.as_str())
                    || matches!(property.name.as_str(), "exif_make" | "exif_model" | "png_source" | "iptc_credit" | "xmp_credit")
            })
            .filter_map(|property| {
                let value = property.value.to_lowercase();
                GENERATORS
                    .iter()
                    .find(|generator| value.contains(**generator))
                    .map(|generator| format!("{} names {generator}", property.name))
            })
            .collect();
        named.iter().for_each(|sentence| self.sign(sentence));
    }
}

fn xmp_name(local: &str) -> Option<&'static str> {
    Some(match local {
        "CreatorTool" => "xmp_creator_tool",
        "Software" => "xmp_software",
        "softwareAgent" => "xmp_software_agent",
        "DocumentID" => "xmp_document_id",
        "OriginalDocumentID" => "xmp_original_document_id",
        "InstanceID" => "xmp_instance_id",
        "DigitalSourceType" | "digitalSourceType" | "digitalsourcetype" => "digital_source_type",
        "creator" => "xmp_creator",
        "Credit" => "xmp_credit",
        _ => return None,
    })
}

/// Splits at the first zero byte.
fn split(bytes: &[u8]) -> (&[u8], &[u8]) {
    match memchr::memchr(0, bytes) {
        Some(at) => (&bytes[..at], &bytes[at + 1..]),
        None => (bytes, &[]),
    }
}

fn unpacked(packed: &[u8]) -> Vec<u8> {
    let mut text = Vec::new();
    // Damage or excess: what was unpacked so far is as good as any.
    let _ = flate2::bufread::ZlibDecoder::new(packed).take(UNPACKED).read_to_end(&mut text);
    text
}
