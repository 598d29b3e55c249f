//! Content streams: any bytes drawn with fonts, forms, graphics states and colour spaces at hand.
#![no_main]

use bonafide_formats::{limits::Limits, pdf};
use libfuzzer_sys::fuzz_target;

const RESOURCES: &str = "<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>/F2<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/UniJIS-UCS2-H\
    /DescendantFonts[<</Type/Font/Subtype/CIDFontType0/CIDSystemInfo<</Registry(Adobe)/Ordering(Japan1)/Supplement 2>>>>]>>\
    /F3<</Type/Font/Subtype/Type3/FontMatrix[.01 0 0 .01 0 0]/FirstChar 97/Widths[60 50]/Encoding<</Differences[97/a/b]>>>>>>\
    /XObject<</X 4 0 R>>/ExtGState<</G<</ca .5/BM/Multiply/Font[5 0 R 9]>>>>/ColorSpace<</C[/Indexed/DeviceRGB 1(abcdef)]\
    /S[/Separation/Z/DeviceCMYK<</FunctionType 2/Domain[0 1]/C0[0 0 0 0]/C1[0 0 0 1]/N 1>>]>>/Properties<</P<</ActualText(said)>>>>>>";

fuzz_target!(|content: &[u8]| {
    let stream = |dictionary: &str, data: &[u8]| {
        [format!("<<{dictionary}/Length {}>>stream\n", data.len()).as_bytes(), data, b"\nendstream"].concat()
    };
    let objects = [
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        format!("<</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 600 800]/Resources {RESOURCES}>>").into_bytes(),
        b"<</Type/Page/Parent 2 0 R/Contents 6 0 R>>".to_vec(),
        stream("/Subtype/Form/BBox[0 0 600 800]/Group<</S/Transparency>>", b"BT /F1 9 Tf (form) Tj ET /X Do"),
        b"<</Type/Font/Subtype/TrueType/BaseFont/Arial,Bold/Encoding/WinAnsiEncoding>>".to_vec(),
        stream("", content),
    ];
    let mut file = b"%PDF-1.7\n".to_vec();
    let mut table = String::new();
    for (index, object) in objects.iter().enumerate() {
        table += &format!("{:010} 00000 n \n", file.len());
        file.extend(format!("{} 0 obj\n", index + 1).bytes());
        file.extend(object);
        file.extend(b"\nendobj\n");
    }
    let start = file.len();
    file.extend(format!("xref\n0 7\n0000000000 65535 f \n{table}trailer\n<</Size 7/Root 1 0 R>>\nstartxref\n{start}\n%%EOF").bytes());
    let limits = Limits { unpacked: 4 << 20, characters: 20_000, ..Limits::default() };
    let document = pdf::read(&file, &limits).expect("the structure is sound");
    for line in &document.lines {
        assert!(line.gaps.iter().all(|gap| line.text.as_bytes().get(*gap as usize) == Some(&b' ')), "{line:?}");
    }
});
