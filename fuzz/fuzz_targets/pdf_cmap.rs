//! CMaps and font programs: any bytes as `ToUnicode`, as `Encoding` and as the program of a font whose codes are then shown.
#![no_main]

use bonafide_formats::{limits::Limits, pdf};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Some((&selector, data)) = bytes.split_first() else { return };
    let stream = |dictionary: &str, data: &[u8]| {
        [format!("<<{dictionary}/Length {}>>stream\n", data.len()).as_bytes(), data, b"\nendstream"].concat()
    };
    let (to_unicode, encoding, program) = match selector % 4 {
        0 => ("/ToUnicode 6 0 R", "/Identity-H", ""),
        1 => ("", "6 0 R", ""),
        2 => ("", "/Identity-H", "/FontFile2 6 0 R"),
        _ => ("", "/Identity-H", "/FontFile3 6 0 R"),
    };
    let descriptor = format!("<</Type/FontDescriptor/Flags 4{program}>>");
    let objects = [
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        b"<</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 600 800]>>".to_vec(),
        format!(
            "<</Type/Page/Parent 2 0 R/Contents 5 0 R/Resources<</Font<</F1<</Type/Font/Subtype/Type0/BaseFont/X/Encoding {encoding}{to_unicode}\
            /DescendantFonts[<</Type/Font/Subtype/CIDFontType2/CIDToGIDMap 6 0 R/FontDescriptor {descriptor}>>]>>\
            /F2<</Type/Font/Subtype/TrueType/BaseFont/Y/FontDescriptor {descriptor}{to_unicode}>>>>>>>>"
        )
        .into_bytes(),
        b"null".to_vec(),
        stream("", b"BT /F1 9 Tf 50 700 Td <000000010041FF00E0F0> Tj /F2 9 Tf 0 -20 Td (\x01\x02AZaz\xff) Tj ET"),
        stream("", data),
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
    let _ = pdf::read(&file, &Limits::default()).expect("the structure is sound");
});
