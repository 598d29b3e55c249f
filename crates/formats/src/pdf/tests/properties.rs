//! Properties, links, pictures.

use super::{
    builder::{Builder, Pages, lines},
    read,
};
use crate::document::Document;

fn values<'d>(document: &'d Document, name: &str) -> Vec<&'d str> {
    document.properties.iter().filter(|property| property.name == name).map(|property| property.value.as_str()).collect()
}

/// A document whose catalog and trailer are made by a function.
fn with(make: impl FnOnce(&mut Pages)) -> Document {
    let mut pages = Pages::new();
    make(&mut pages);
    read(&pages.page(lines(&[(50.0, 700.0, 10.0, "text")])).finish())
}

fn with_metadata(packet: &[u8], packed: bool) -> Document {
    with(|pages| {
        let dictionary = "/Type/Metadata/Subtype/XML";
        let number = if packed { pages.builder.packed(dictionary, packet) } else { pages.builder.stream(dictionary, packet) };
        pages.catalog = format!("/Metadata {number} 0 R");
    })
}

#[test]
fn information_in_all_string_forms() {
    let document = with(|pages| {
        let info = pages.builder.add(
            b"<</Producer(WPS \\(Writer\\)\\0561)/Creator<576F7264>/Author<FEFF00C1006E006100200053006F00720069010D0020D83DDE00>\
            /Title(\xef\xbb\xbfR\xc3\xa9sum\xc3\xa9)/Subject(caf\xe9 \x8dx\x8e)/Keywords()/CreationDate(D:20250211041500-05'00')\
            /ModDate(D:20250212091500Z)/Company(Globex)/SourceModified(D:20250101)/PTEX.Fullbanner(This is pdfTeX)/Trapped/False>>",
        );
        pages.builder.trailer = format!("/Info {info} 0 R/ID[<0a1B2c>(\\001AB)]");
    });
    for (name, expected) in [
        ("producer", "WPS (Writer).1"),
        ("creator", "Word"),
        ("author", "Ána Sorič 😀"),
        ("title", "Résumé"),
        ("subject", "café “x”"),
        ("created", "2025-02-11T04:15:00-05:00"),
        ("creation_utc_offset", "-05:00"),
        ("modified_utc_offset", "+00:00"),
        ("info_custom:Company", "Globex"),
        ("info_custom:SourceModified", "D:20250101"),
        ("ptex_fullbanner", "This is pdfTeX"),
        ("trailer_id0", "0A1B2C"),
        ("trailer_id1", "014142"),
        ("pdf_version", "1.7"),
        ("header_binary_comment", "E2E3CFD3"),
        ("xref_kind", "table"),
        ("eof_count", "1"),
        ("prev_chain", "0"),
        ("linearized", "false"),
        ("page_size", "600x800"),
    ] {
        assert_eq!(values(&document, name), [expected], "{name}");
    }
    assert!(values(&document, "keywords").is_empty());
}

const ATTRIBUTES: &str = r#"<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/" x:xmptk="Core 5.6">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:m='http://ns.adobe.com/xap/1.0/mm/'
xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmp:CreatorTool="Word &amp; more" xmp:CreateDate="2025-02-11T04:15:00+09:00"
m:DocumentID="xmp.did:1" m:InstanceID="xmp.iid:2" m:OriginalDocumentID="xmp.did:3"/></rdf:RDF></x:xmpmeta><?xpacket end="w"?>"#;

const ELEMENTS: &str = r#"<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dc="http://purl.org/dc/elements/1.1/"
xmlns:xapMM="http://ns.adobe.com/xap/1.0/mm/" xmlns:stEvt="http://ns.adobe.com/xap/1.0/sType/ResourceEvent#"
xmlns:stRef="http://ns.adobe.com/xap/1.0/sType/ResourceRef#" xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfx="http://ns.adobe.com/pdfx/1.3/">
<rdf:Description rdf:about=""><xapMM:OriginalDocumentID>uuid:abc</xapMM:OriginalDocumentID>
<xapMM:InstanceID rdf:resource="uuid:inst"/><pdf:Producer>Tool 1</pdf:Producer><pdfx:Company>Globex</pdfx:Company></rdf:Description>
<rdf:Description rdf:about=""><dc:creator><rdf:Seq><rdf:li>Ana</rdf:li><rdf:li>Jan</rdf:li></rdf:Seq></dc:creator>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">CV</rdf:li></rdf:Alt></dc:title>
<xapMM:DerivedFrom rdf:parseType="Resource"><stRef:documentID>xmp.did:parent</stRef:documentID><stRef:instanceID>xmp.iid:parent</stRef:instanceID></xapMM:DerivedFrom>
<xapMM:History><rdf:Seq><rdf:li stEvt:action="saved" stEvt:when="2025-01-02T03:04:05Z" stEvt:softwareAgent="Editor 9" stEvt:instanceID="xmp.iid:h"/>
<rdf:li rdf:parseType="Resource"><stEvt:action>converted</stEvt:action><stEvt:softwareAgent>Other</stEvt:softwareAgent></rdf:li></rdf:Seq></xapMM:History>
</rdf:Description></rdf:RDF>"#;

#[test]
fn xmp_as_attributes_packed_and_in_utf_16() {
    let utf16 = |text: &str, mark: bool| -> Vec<u8> {
        let mark: &[u8] = if mark { &[0xFE, 0xFF] } else { &[] };
        mark.iter().copied().chain(text.encode_utf16().flat_map(u16::to_be_bytes)).collect()
    };
    for packet in [
        ATTRIBUTES.as_bytes().to_vec(),
        format!("\u{feff}\n {ATTRIBUTES}").into_bytes(),
        utf16(ATTRIBUTES, true),
        utf16(ATTRIBUTES, false),
    ] {
        for packed in [false, true] {
            let document = with_metadata(&packet, packed);
            for (name, expected) in [
                ("xmp_document_id", "xmp.did:1"),
                ("xmp_instance_id", "xmp.iid:2"),
                ("xmp_original_document_id", "xmp.did:3"),
                ("xmp_creator_tool", "Word & more"),
                ("xmp_toolkit", "Core 5.6"),
                ("creator", "Word & more"),
                ("creation_utc_offset", "+09:00"),
            ] {
                assert_eq!(values(&document, name), [expected], "{name} of {:?}", &packet[..8]);
            }
        }
    }
}

#[test]
fn xmp_as_elements_with_arrays_and_structures() {
    let document = with_metadata(ELEMENTS.as_bytes(), false);
    for (name, expected) in [
        ("xmp_original_document_id", &["uuid:abc"][..]),
        ("xmp_instance_id", &["uuid:inst"]),
        ("xmp_producer", &["Tool 1"]),
        ("xmp_custom:Company", &["Globex"]),
        ("xmp_dc_creator", &["Ana", "Jan"]),
        ("author", &["Ana; Jan"]),
        ("title", &["CV"]),
        ("xmp_derived_from_document_id", &["xmp.did:parent"]),
        ("xmp_derived_from_instance_id", &["xmp.iid:parent"]),
        ("xmp_history_agent", &["Editor 9", "Other"]),
        ("xmp_history_instance_id", &["xmp.iid:h"]),
        ("xmp_history", &["saved | 2025-01-02T03:04:05Z | Editor 9 | xmp.iid:h", "converted | Other"]),
    ] {
        assert_eq!(values(&document, name), expected, "{name}");
    }
}

#[test]
fn contradictions_between_info_and_xmp() {
    let document = with(|pages| {
        let packet = pages.builder.stream("/Type/Metadata/Subtype/XML", ATTRIBUTES);
        pages.catalog = format!("/Metadata {packet} 0 R");
        let info = pages.builder.add("<</Creator(Writer)/CreationDate(D:20250210191500Z)/ModDate(D:2025)>>");
        pages.builder.trailer = format!("/Info {info} 0 R");
    });
    // The two creation dates are one instant, so only the tool differs.
    assert_eq!(values(&document, "info_xmp_mismatch"), ["Creator: \"Writer\" in /Info, \"Word & more\" in XMP"]);
}

#[test]
fn catalog_entries() {
    let document = with(|pages| {
        let file = pages.builder.stream("/Type/EmbeddedFile", "data");
        pages.catalog = format!(
            "/Lang(ko-KR)/PageLayout/OneColumn/MarkInfo<</Marked true>>/StructTreeRoot<</RoleMap<</Heading#201/H1/Default/P>>>>\
            /PageLabels<</Nums[0<</S/r>>4<</S/D/P(A-)/St 3>>]>>/OutputIntents[<</S/GTS_PDFA1/OutputConditionIdentifier(sRGB)>>]\
            /AcroForm<</Fields[1 0 R 2 0 R]>>/Names<</EmbeddedFiles<</Kids[<</Names[(a)<</F(notes.txt)/EF<</F {file} 0 R>>>>]>>]>>>>\
            /OpenAction<</S/JavaScript/JS(app.alert)>>"
        );
        pages.builder.add("<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/adbe.pkcs7.detached/Name(Jane)/M(D:20250101120000Z)>>");
    });
    for (name, expected) in [
        ("lang", &["ko-KR"][..]),
        ("page_layout", &["OneColumn"]),
        ("tagged", &["true"]),
        ("struct_role", &["Heading 1=H1", "Default=P"]),
        ("page_labels", &["0 r", "4 A-D3"]),
        ("output_intent", &["GTS_PDFA1 sRGB"]),
        ("acroform", &["2 fields"]),
        ("embedded_file", &["notes.txt"]),
        ("signature", &["Adobe.PPKLite adbe.pkcs7.detached"]),
        ("signature_time", &["2025-01-01T12:00:00+00:00"]),
        ("open_action", &["JavaScript"]),
    ] {
        assert_eq!(values(&document, name), expected, "{name}");
    }
    assert_eq!(values(&document, "embedded_file_sha256").len(), 1);
}

#[test]
fn fonts_and_their_programs() {
    let document = with(|pages| {
        let program = pages.builder.stream("", "not a font");
        let descriptor = pages.builder.add(format!("<</Type/FontDescriptor/FontName/ABCDEF+Calibri/FontFile2 {program} 0 R>>"));
        pages.builder.add(format!("<</Type/Font/Subtype/TrueType/BaseFont/ABCDEF+Calibri/FontDescriptor {descriptor} 0 R>>"));
        let cid = pages.builder.add(
            "<</Type/Font/Subtype/CIDFontType2/BaseFont/Batang/CIDSystemInfo<</Registry(Adobe)/Ordering(Korea1)/Supplement 2>>>>",
        );
        pages.builder.add(format!("<</Type/Font/Subtype/Type0/BaseFont/Batang/Encoding/Identity-H/DescendantFonts[{cid} 0 R]>>"));
    });
    for (name, expected) in [
        ("font", &["Calibri", "Batang"][..]),
        ("font_subset_tag", &["ABCDEF"]),
        ("cid_system_info", &["Adobe-Korea1-2"]),
        ("cjk_font_unused", &["Batang"]),
        ("font_order", &["Calibri|Batang"]),
    ] {
        assert_eq!(values(&document, name), expected, "{name}");
    }
    assert_eq!(values(&document, "font_file_sha256"), [crate::digest::sha256(b"not a font")]);
}

#[test]
fn pictures_are_hashed_as_stored_and_unpacked() {
    let samples: Vec<u8> = (0..32 * 32 * 3_u32).map(|index| (index * 7 % 251) as u8).collect();
    let document = with(|pages| {
        let mask = pages
            .builder
            .packed("/Type/XObject/Subtype/Image/Width 32/Height 32/ColorSpace/DeviceGray/BitsPerComponent 8", [0; 1024]);
        pages.builder.packed(
            &format!("/Type/XObject/Subtype/Image/Width 32/Height 32/ColorSpace/DeviceRGB/BitsPerComponent 8/SMask {mask} 0 R"),
            &samples,
        );
    });
    assert_eq!(document.pictures.len(), 1, "a mask is no picture");
    let picture = &document.pictures[0];
    assert_eq!((picture.width, picture.height), (32, 32));
    assert_eq!(picture.sha256, crate::digest::sha256(&super::builder::deflated(&samples)));
    assert_eq!(values(&document, "image_raw_sha256"), [crate::digest::sha256(&samples)]);
    assert!(picture.phash.as_ref().is_some_and(|hash| hash.len() == 16));
    assert_eq!(values(&document, "image_size"), ["32x32"]);
}

#[test]
fn links_know_the_text_under_them() {
    let document = with(|pages| {
        pages.page += "/Annots[<</Subtype/Link/Rect[50 695 75 712]/A<</S/URI/URI(mailto:other@mail.example)>>>>\
            <</Subtype/Link/Rect[300 300 310 310]/A<</S/URI/URI(https://github.example/someone)>>>><</Subtype/Link/Rect[0 0 1 1]/Dest/x>>]";
    });
    let links: Vec<(&str, Option<&str>)> =
        document.links.iter().map(|link| (link.target.as_str(), link.shown.as_deref())).collect();
    assert_eq!(links, [("mailto:other@mail.example", Some("text")), ("https://github.example/someone", None)]);
}

#[test]
fn object_order_is_a_fingerprint_of_its_own() {
    let hash = |document: &Document| values(document, "object_type_hash")[0].to_owned();
    let plain = with(|_| {});
    let other = with(|pages| {
        pages.builder.add("<</Type/Other>>");
    });
    assert_eq!(hash(&plain), hash(&with(|_| {})));
    assert_ne!(hash(&plain), hash(&other));
}

#[test]
fn an_incremental_update_is_counted() {
    let mut builder = Builder::default();
    let content = builder.stream("", "BT /F1 10 Tf 50 700 Td (text) Tj ET");
    let tree = builder.reserve();
    let page = builder.add(format!("<</Type/Page/Parent {tree} 0 R/MediaBox[0 0 600 800]/Contents {content} 0 R/Resources<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>"));
    builder.set(tree, format!("<</Type/Pages/Kids[{page} 0 R]/Count 1>>"));
    let root = builder.add(format!("<</Type/Catalog/Pages {tree} 0 R>>"));
    let mut file = builder.finish(root);
    let previous = String::from_utf8_lossy(&file).rfind("\nxref").unwrap() + 1;
    // Lossy decoding widens the four bytes of the header comment to three each.
    let previous = previous - 8;
    let at = file.len();
    file.extend(
        format!("{content} 0 obj\n<</Length 34>>stream\nBT /F1 10 Tf 50 700 Td (new) Tj ET \nendstream\nendobj\n").bytes(),
    );
    let start = file.len();
    file.extend(format!("xref\n{content} 1\n{at:010} 00000 n \ntrailer\n<</Size 5/Root {root} 0 R/Prev {previous}>>\nstartxref\n{start}\n%%EOF\n").bytes());
    let document = read(&file);
    assert_eq!(document.lines[0].text, "new");
    assert_eq!((values(&document, "eof_count"), values(&document, "prev_chain")), (vec!["2"], vec!["1"]));
}
