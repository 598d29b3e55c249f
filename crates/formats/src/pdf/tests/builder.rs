//! Small PDFs for tests, written by hand so that every byte is known.

use std::io::Write;

/// A file in the making: objects are numbered from 1 in the order in which they are added.
#[derive(Default)]
pub(super) struct Builder {
    objects: Vec<Vec<u8>>,
    /// Entries of the trailer beside `Root` and `Size`.
    pub(super) trailer: String,
}

impl Builder {
    /// Adds an object and answers its number.
    pub(super) fn add(&mut self, body: impl AsRef<[u8]>) -> usize {
        self.objects.push(body.as_ref().to_vec());
        self.objects.len()
    }

    /// Adds a stream; `dictionary` holds its entries beside `Length`.
    pub(super) fn stream(&mut self, dictionary: &str, data: impl AsRef<[u8]>) -> usize {
        let data = data.as_ref();
        let mut body = format!("<<{dictionary}/Length {}>>stream\n", data.len()).into_bytes();
        body.extend_from_slice(data);
        body.extend_from_slice(b"\nendstream");
        self.add(body)
    }

    /// Adds a stream packed with `FlateDecode`.
    pub(super) fn packed(&mut self, dictionary: &str, data: impl AsRef<[u8]>) -> usize {
        self.stream(&format!("{dictionary}/Filter/FlateDecode"), deflated(data.as_ref()))
    }

    /// Keeps a number free, to be filled with [`Builder::set`].
    pub(super) fn reserve(&mut self) -> usize {
        self.add("null")
    }

    pub(super) fn set(&mut self, number: usize, body: impl AsRef<[u8]>) {
        self.objects[number - 1] = body.as_ref().to_vec();
    }

    /// The file with a cross-reference table.
    pub(super) fn finish(&self, root: usize) -> Vec<u8> {
        let mut file = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n".to_vec();
        let mut offsets = Vec::new();
        for (index, body) in self.objects.iter().enumerate() {
            offsets.push(file.len());
            writeln!(file, "{} 0 obj", index + 1).unwrap();
            file.extend_from_slice(body);
            file.extend_from_slice(b"\nendobj\n");
        }
        let start = file.len();
        write!(file, "xref\n0 {}\n0000000000 65535 f \n", offsets.len() + 1).unwrap();
        for offset in &offsets {
            writeln!(file, "{offset:010} 00000 n ").unwrap();
        }
        write!(file, "trailer\n<</Size {}/Root {root} 0 R{}>>\nstartxref\n{start}\n%%EOF\n", offsets.len() + 1, self.trailer)
            .unwrap();
        file
    }
}

/// A document of pages that share resources.
pub(super) struct Pages {
    pub(super) builder: Builder,
    /// Entries of the resources beside the fonts.
    pub(super) resources: String,
    /// Entries of the font resources beside `F1` Helvetica, `F2` Helvetica-Bold, `F3` Times-Roman and `F4` Symbol.
    pub(super) fonts: String,
    /// Entries of each page.
    pub(super) page: String,
    /// Entries of the catalog.
    pub(super) catalog: String,
    contents: Vec<usize>,
}

impl Pages {
    pub(super) fn new() -> Self {
        Self {
            builder: Builder::default(),
            resources: String::new(),
            fonts: String::new(),
            page: "/MediaBox[0 0 600 800]".to_owned(),
            catalog: String::new(),
            contents: Vec::new(),
        }
    }

    /// Adds a page that shows the given content.
    pub(super) fn page(mut self, content: impl AsRef<[u8]>) -> Self {
        let number = self.builder.stream("", content);
        self.contents.push(number);
        self
    }

    pub(super) fn finish(mut self) -> Vec<u8> {
        let font = |name: &str| format!("<</Type/Font/Subtype/Type1/BaseFont/{name}/Encoding/WinAnsiEncoding>>");
        let fonts = format!(
            "/F1 {}/F2 {}/F3 {}/F4 <</Type/Font/Subtype/Type1/BaseFont/Symbol>>{}",
            font("Helvetica"),
            font("Helvetica-Bold"),
            font("Times-Roman"),
            self.fonts
        );
        let resources = self.builder.add(format!("<</Font<<{fonts}>>{}>>", self.resources));
        let tree = self.builder.reserve();
        let kids: Vec<String> = self
            .contents
            .iter()
            .map(|content| {
                let page =
                    format!("<</Type/Page/Parent {tree} 0 R/Resources {resources} 0 R/Contents {content} 0 R{}>>", self.page);
                format!("{} 0 R", self.builder.add(page))
            })
            .collect();
        self.builder.set(tree, format!("<</Type/Pages/Kids[{}]/Count {}>>", kids.join(" "), kids.len()));
        let root = self.builder.add(format!("<</Type/Catalog/Pages {tree} 0 R{}>>", self.catalog));
        self.builder.finish(root)
    }
}

/// A document of one page with the given content.
pub(super) fn page(content: impl AsRef<[u8]>) -> Vec<u8> {
    Pages::new().page(content).finish()
}

/// Lines of text at places, as content: `(x, y, size, text)` with `y` from the bottom.
pub(super) fn lines(lines: &[(f64, f64, f64, &str)]) -> String {
    lines.iter().map(|(x, y, size, text)| format!("BT /F1 {size} Tf {x} {y} Td ({text}) Tj ET\n")).collect()
}

pub(super) fn deflated(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}
