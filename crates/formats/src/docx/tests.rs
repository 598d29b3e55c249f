use std::io::{Cursor, Write};

use bonafide_model::fact::Hiding;
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

use super::read;
use crate::{document::Document, error::Error, limits::Limits};

const NAMESPACES: &str = "xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main' \
     xmlns:r='http://schemas.openxmlformats.org/officeDocument/2006/relationships' \
     xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006' \
     xmlns:wp='http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing' \
     xmlns:a='http://schemas.openxmlformats.org/drawingml/2006/main' \
     xmlns:wps='http://schemas.microsoft.com/office/word/2010/wordprocessingShape' \
     xmlns:w14='http://schemas.microsoft.com/office/word/2010/wordml' \
     xmlns:w15='http://schemas.microsoft.com/office/word/2012/wordml' \
     xmlns:v='urn:schemas-microsoft-com:vml' xmlns:o='urn:schemas-microsoft-com:office:office'";
const RELATIONSHIPS: &str = "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>";
const KIND: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// Packs parts into a document with the usual relationship to its text.
fn packed(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    let package =
        format!("{RELATIONSHIPS}<Relationship Id='1' Type='{KIND}/officeDocument' Target='word/document.xml'/></Relationships>");
    for (name, content) in [("_rels/.rels", package.as_str())].iter().chain(parts) {
        writer.start_file(*name, options).expect("memory");
        writer.write_all(content.replace("NS", NAMESPACES).as_bytes()).expect("memory");
    }
    writer.finish().expect("memory").into_inner()
}

fn document(body: &str) -> String {
    format!("<?xml version='1.0'?><w:document NS><w:body>{body}</w:body></w:document>")
}

fn read_parts(parts: &[(&str, &str)]) -> Document {
    read("cv.docx", &packed(parts), &Limits::default()).expect("a document")
}

fn read_body(body: &str) -> Document {
    read_parts(&[("word/document.xml", &document(body))])
}

/// Lines as a reader sees them, with what is known about them.
fn shown(document: &Document) -> String {
    let lines = document.lines.iter().map(|line| {
        let mut text = line.text.clone();
        for &gap in line.gaps.iter().rev() {
            text.replace_range(gap as usize..=gap as usize, " ⇥ ");
        }
        let bullet = line.bullet.map_or_else(String::new, |bullet| format!("{bullet} "));
        let marks: String = [(line.heading.is_some(), 'h'), (line.bold, 'b'), (line.italic, 'i'), (line.space_before, '^')]
            .iter()
            .filter_map(|&(on, mark)| on.then_some(mark))
            .collect();
        format!("{bullet}{text} [{marks}{} {}]", line.size, line.place)
    });
    let hidden = document.hidden.iter().map(|hidden| format!("hidden {:?}: {} [{}]", hidden.hiding, hidden.text, hidden.place));
    let links =
        document.links.iter().map(|link| format!("link {} shown {:?}", link.target, link.shown.as_deref().unwrap_or_default()));
    let incomplete = document.incomplete.iter().map(|why| format!("incomplete: {why}"));
    lines.chain(hidden).chain(links).chain(incomplete).collect::<Vec<_>>().join("\n")
}

fn values<'d>(document: &'d Document, name: &str) -> Vec<&'d str> {
    document.properties.iter().filter(|property| property.name == name).map(|property| property.value.as_str()).collect()
}

fn p(text: &str) -> String {
    format!("<w:p><w:r><w:t xml:space='preserve'>{text}</w:t></w:r></w:p>")
}

#[test]
fn tabs_breaks_fields_and_links() {
    let body = "<w:p><w:r><w:rPr><w:b/><w:sz w:val='28'/></w:rPr><w:t>Robin</w:t></w:r><w:r><w:t xml:space='preserve".to_owned()
        + "'> Sample</w:t><w:tab/><w:t>Springfield</w:t><w:br/><w:t>second line</w:t></w:r></w:p>\
           <w:p><w:hyperlink r:id='rId1'><w:r><w:t>Mail</w:t></w:r></w:hyperlink><w:r><w:t xml:space='preserve'> | </w:t></w:r>\
           <w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText> HYPERLINK &quot;https://robin.example&quot; </w:instrText></w:r>\
           <w:r><w:fldChar w:fldCharType='separate'/></w:r><w:r><w:t>robin</w:t></w:r><w:r><w:noBreakHyphen/><w:t>site</w:t></w:r>\
           <w:r><w:fldChar w:fldCharType='end'/></w:r><w:r><w:t>!</w:t></w:r></w:p>\
           <w:p><w:fldSimple w:instr='MERGEFIELD Company'><w:r><w:t>Globex</w:t></w:r></w:fldSimple></w:p>";
    let rels = format!(
        "{RELATIONSHIPS}<Relationship Id='rId1' Type='{KIND}/hyperlink' Target='mailto:robin@mail.example' TargetMode='External'/>\
         <Relationship Id='rId2' Type='{KIND}/hyperlink' Target='mailto:somebody.else@mail.example' TargetMode='External'/></Relationships>"
    );
    let read = read_parts(&[("word/document.xml", &document(&body)), ("word/_rels/document.xml.rels", &rels)]);
    insta::assert_snapshot!(shown(&read), @r#"
    Robin Sample ⇥ Springfield [14 word/document.xml, paragraph 1]
    second line [10 word/document.xml, paragraph 1]
    Mail | robin-site! [10 word/document.xml, paragraph 2]
    Globex [10 word/document.xml, paragraph 3]
    link mailto:robin@mail.example shown "Mail"
    link https://robin.example shown "robin-site"
    "#);
    assert_eq!(values(&read, "unused_link_target"), ["mailto:somebody.else@mail.example"]);
    assert_eq!(values(&read, "merge_field"), ["Company"]);
    assert_eq!(read.lines[0].runs.len(), 2);
}

#[test]
fn tracked_changes_comments_and_alternative_texts() {
    let body = "<w:p><w:r><w:t>I am </w:t></w:r><w:del w:author='Kim Other' w:date='2025-01-02T03:04:05Z'><w:r><w:delText>Kim</w:delText></w:r></w:del>\
        <w:ins w:author='Robin' w:date='2025-02-02T03:04:05Z'><w:r><w:t> Robin</w:t></w:r></w:ins></w:p>\
        <w:p><w:r><w:drawing><wp:inline><wp:docPr id='1' name='x' descr='A portrait of Kim'/></wp:inline></w:drawing></w:r></w:p>";
    let comments = "<w:comments NS><w:comment w:author='Boss' w:initials='B' w:date='2025-03-01T00:00:00Z'>".to_owned()
        + &p("use the other name")
        + "</w:comment></w:comments>";
    let rels = format!("{RELATIONSHIPS}<Relationship Id='rId1' Type='{KIND}/comments' Target='comments.xml'/></Relationships>");
    let people = "<w15:people NS><w15:person w15:author='Boss'><w15:presenceInfo w15:providerId='AD' w15:userId='S::boss@corp.example::1'/></w15:person></w15:people>";
    let read = read_parts(&[
        ("word/document.xml", &document(body)),
        ("word/_rels/document.xml.rels", &rels),
        ("word/comments.xml", &comments),
        ("word/people.xml", people),
    ]);
    insta::assert_snapshot!(shown(&read), @"
    I am Robin [10 word/document.xml, paragraph 1]
    hidden Metadata: A portrait of Kim [word/document.xml, paragraph 2]
    hidden Metadata: use the other name [word/comments.xml, paragraph 1]
    ");
    assert_eq!(
        (values(&read, "deleted_text"), values(&read, "del_author"), values(&read, "del_date")),
        (vec!["Kim"], vec!["Kim Other"], vec!["2025-01-02T03:04:05Z"])
    );
    assert_eq!((values(&read, "ins_author"), values(&read, "comment_author")), (vec!["Robin"], vec!["Boss"]));
    assert_eq!(values(&read, "presence_user_id"), ["S::boss@corp.example::1"]);
}

#[test]
fn text_boxes_are_read_once() {
    let inside = p("In the box");
    let anchor = |offset: i64, content: &str| {
        format!(
            "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wp:anchor><wp:positionH relativeFrom='page'><wp:posOffset>{offset}</wp:posOffset></wp:positionH>\
             <wp:extent cx='2000000' cy='2000000'/><a:graphic><a:graphicData><wps:wsp><wps:txbx><w:txbxContent>{content}</w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice>\
             <mc:Fallback><w:pict><v:shape><v:textbox><w:txbxContent>{inside}</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
        )
    };
    let white = "<w:p><w:r><w:rPr><w:color w:val='FFFFFF'/></w:rPr><w:t>In the box</w:t></w:r></w:p>";
    let body = format!(
        "<w:p>{}<w:r><w:t>Body</w:t></w:r></w:p><w:p>{}</w:p><w:p>{}</w:p><w:sectPr><w:pgSz w:w='12240' w:h='15840'/></w:sectPr>",
        anchor(0, &inside),
        anchor(9_000_000, &p("outside")),
        anchor(0, white)
    );
    let read = read_body(&body);
    insta::assert_snapshot!(shown(&read), @"
    Body [10 word/document.xml, paragraph 1]
    In the box [10 word/document.xml, paragraph 2]
    hidden Invisible: In the box [word/document.xml, paragraph 3]
    hidden OffPage: outside [word/document.xml, paragraph 4]
    hidden BackgroundColour: In the box [word/document.xml, paragraph 6]
    ");
    assert_eq!((read.pages[0].width, read.pages[0].height), (612.0, 792.0));
}

#[test]
fn hidden_text_of_every_kind() {
    let run = |look: &str, text: &str| format!("<w:p><w:r><w:rPr>{look}</w:rPr><w:t>{text}</w:t></w:r></w:p>");
    let body = [
        run("<w:vanish/>", "vanished"),
        run("<w:vanish w:val='0'/>", "seen a"),
        run("<w:color w:val='FEFEFE'/>", "nearly white"),
        run("<w:color w:val='FFFFFF'/><w:shd w:val='clear' w:fill='1F3864'/>", "seen b"),
        run("<w:color w:val='000000'/><w:highlight w:val='black'/>", "black on black"),
        run("<w:sz w:val='2'/>", "tiny"),
        run(
            "<w14:textFill><w14:solidFill><w14:srgbClr w14:val='000000'><w14:alpha w14:val='100000'/></w14:srgbClr></w14:solidFill></w14:textFill>",
            "transparent",
        ),
        run("", "split wo\u{200b}rd"),
        "<w:p><w:pPr><w:spacing w:line='1' w:lineRule='exact'/></w:pPr><w:r><w:t>no height</w:t></w:r></w:p>".to_owned(),
        "<w:p><w:pPr><w:ind w:left='31680'/></w:pPr><w:r><w:t>pushed out</w:t></w:r></w:p>".to_owned(),
        "<w:p><w:pPr><w:framePr w:x='-20000'/></w:pPr><w:r><w:t>framed out</w:t></w:r></w:p>".to_owned(),
        format!("<w:tbl><w:tr><w:trPr><w:hidden/></w:trPr><w:tc>{}</w:tc></w:tr></w:tbl>", p("hidden row")),
        format!(
            "<w:tbl><w:tr><w:tc><w:tcPr><w:shd w:val='clear' w:fill='000080'/></w:tcPr>{}</w:tc></w:tr></w:tbl>",
            run("<w:color w:val='FFFFFF'/>", "white on blue cell")
        ),
        run("<w:color w:val='FFFFFF'/>", "…"),
        "<w:sectPr><w:pgSz w:w='12240' w:h='15840'/></w:sectPr>".to_owned(),
    ];
    insta::assert_snapshot!(shown(&read_body(&body.concat())), @"
    seen a [^10 word/document.xml, paragraph 2]
    seen b [^10 word/document.xml, paragraph 4]
    split word [^10 word/document.xml, paragraph 8]
    white on blue cell [10 word/document.xml, paragraph 13]
    hidden Invisible: vanished [word/document.xml, paragraph 1]
    hidden BackgroundColour: nearly white [word/document.xml, paragraph 3]
    hidden BackgroundColour: black on black [word/document.xml, paragraph 5]
    hidden Tiny: tiny [word/document.xml, paragraph 6]
    hidden Transparent: transparent [word/document.xml, paragraph 7]
    hidden ZeroWidth: split wo⟨U+200B⟩rd [word/document.xml, paragraph 8]
    hidden Tiny: no height [word/document.xml, paragraph 9]
    hidden OffPage: pushed out [word/document.xml, paragraph 10]
    hidden OffPage: framed out [word/document.xml, paragraph 11]
    hidden Invisible: hidden row [word/document.xml, paragraph 12]
    ");
}

#[test]
fn white_text_over_a_drawing_is_noted_not_hidden() {
    let backdrop = "<w:p><w:r><w:drawing><wp:anchor behindDoc='1'><wp:extent cx='7000000' cy='2000000'/></wp:anchor></w:drawing></w:r></w:p>";
    let read =
        read_body(&format!("{backdrop}<w:p><w:r><w:rPr><w:color w:val='FFFFFF'/></w:rPr><w:t>Robin Sample</w:t></w:r></w:p>"));
    assert_eq!((read.lines.len(), read.hidden.len()), (1, 0));
    assert_eq!(values(&read, "white_text_over_drawing"), ["Robin Sample"]);
}

#[test]
fn headers_footers_and_notes() {
    let rels = format!(
        "{RELATIONSHIPS}<Relationship Id='h1' Type='{KIND}/header' Target='header1.xml'/><Relationship Id='h2' Type='{KIND}/header' Target='header2.xml'/>\
         <Relationship Id='f1' Type='{KIND}/footer' Target='footer1.xml'/><Relationship Id='n' Type='{KIND}/footnotes' Target='footnotes.xml'/></Relationships>"
    );
    let body = p("Body")
        + "<w:sectPr><w:headerReference w:type='default' r:id='h1'/><w:headerReference w:type='first' r:id='h2'/><w:footerReference w:type='default' r:id='f1'/></w:sectPr>";
    let read = read_parts(&[
        ("word/document.xml", &document(&body)),
        ("word/_rels/document.xml.rels", &rels),
        ("word/header1.xml", &format!("<w:hdr NS>{}</w:hdr>", p("robin@mail.example"))),
        ("word/header2.xml", &format!("<w:hdr NS>{}</w:hdr>", p("Kim Other"))),
        ("word/footer1.xml", &format!("<w:ftr NS>{}</w:ftr>", p("Page 1"))),
        (
            "word/footnotes.xml",
            &format!(
                "<w:footnotes NS><w:footnote w:type='separator'>{}</w:footnote><w:footnote w:id='1'>{}</w:footnote></w:footnotes>",
                p("---"),
                p("A note")
            ),
        ),
    ]);
    insta::assert_snapshot!(shown(&read), @"
    robin@mail.example [10 word/header1.xml, paragraph 1]
    Body [10 word/document.xml, paragraph 1]
    A note [10 word/footnotes.xml, paragraph 1]
    Page 1 [10 word/footer1.xml, paragraph 1]
    ");
    assert_eq!(values(&read, "unused_header"), ["Kim Other"]);
}

#[test]
fn strict_files_and_odd_prefixes_are_read() {
    let text = "<x:document xmlns:x='http://purl.oclc.org/ooxml/wordprocessingml/main'><x:body><x:p><x:pPr><x:spacing x:before='12pt'/></x:pPr>\
        <x:r><x:rPr><x:sz x:val='14pt'/></x:rPr><x:t>Strict</x:t></x:r></x:p></x:body></x:document>";
    insta::assert_snapshot!(shown(&read_parts(&[("word/document.xml", text)])), @"Strict [^140 word/document.xml, paragraph 1]");
}

#[test]
fn all_fingerprints_are_properties() {
    let settings = "<w:settings NS><w:zoom w:percent='110'/><w:attachedTemplate r:id='t'/><w:defaultTabStop w:val='720'/><w:rsids><w:rsidRoot w:val='00AA0001'/><w:rsid w:val='00AA0001'/><w:rsid w:val='00AA0002'/></w:rsids>\
        <w:themeFontLang w:val='en-US' w:eastAsia='ja-JP'/><w:compat><w:compatSetting w:name='compatibilityMode' w:val='15'/></w:compat>\
        <w14:docId w14:val='1234ABCD'/><w15:docId w15:val='{AAAA}'/><w:docVars><w:docVar w:name='k' w:val='v'/></w:docVars></w:settings>";
    let settings_rels = format!(
        "{RELATIONSHIPS}<Relationship Id='t' Type='{KIND}/attachedTemplate' Target='file:///C:\\Users\\kim\\cv.dotx' TargetMode='External'/></Relationships>"
    );
    let rels = format!(
        "{RELATIONSHIPS}<Relationship Id='s' Type='{KIND}/settings' Target='settings.xml'/><Relationship Id='n' Type='{KIND}/numbering' Target='numbering.xml'/>\
         <Relationship Id='f' Type='{KIND}/fontTable' Target='fontTable.xml'/><Relationship Id='t' Type='{KIND}/theme' Target='theme/theme1.xml'/></Relationships>"
    );
    let numbering = "<w:numbering NS><w:abstractNum w:abstractNumId='0'><w:nsid w:val='0A1B2C3D'/><w:tmpl w:val='F00DF00D'/></w:abstractNum></w:numbering>";
    let fonts = "<w:fonts NS><w:font w:name='Malgun Gothic'><w:altName w:val='맑은 고딕'/></w:font></w:fonts>";
    let theme = "<a:theme NS name='Office'><a:themeElements><a:fontScheme><a:majorFont><a:latin typeface='Calibri'/><a:font script='Hang' typeface='맑은 고딕'/></a:majorFont></a:fontScheme></a:themeElements></a:theme>";
    let custom = "<Properties xmlns='http://schemas.openxmlformats.org/officeDocument/2006/custom-properties'><property name='KSOProductBuildVer'><lpwstr>2052-11.1</lpwstr></property></Properties>";
    let core = "<cp:coreProperties xmlns:cp='http://schemas.openxmlformats.org/package/2006/metadata/core-properties' xmlns:dcterms='http://purl.org/dc/terms/' xmlns:dc='http://purl.org/dc/elements/1.1/'>\
        <dc:creator>HP</dc:creator><cp:lastPrinted>2025-01-01T00:00:00Z</cp:lastPrinted></cp:coreProperties>";
    let app = "<Properties xmlns='http://schemas.openxmlformats.org/officeDocument/2006/extended-properties'><Company></Company><Manager>Kim</Manager><HyperlinkBase>http://base.example</HyperlinkBase></Properties>";
    let item = "<ds:datastoreItem xmlns:ds='http://schemas.openxmlformats.org/officeDocument/2006/customXml' ds:itemID='{BBBB}'><ds:schemaRefs><ds:schemaRef ds:uri='urn:x'/></ds:schemaRefs></ds:datastoreItem>";
    let body = "<w:p w14:paraId='0F0F0F0F' w14:textId='77777777' w:rsidR='00AA0003'><w:bookmarkStart w:id='0' w:name='_GoBack'/><w:bookmarkStart w:id='1' w:name='_Hlk1234'/>\
        <w:r><w:rPr><w:rFonts w:ascii='Arial' w:eastAsia='Batang' w:hint='eastAsia'/><w:lang w:val='de-DE' w:eastAsia='ko-KR'/></w:rPr><w:t>x</w:t></w:r></w:p>\
        <w:sectPr><w:pgSz w:w='11906' w:h='16838'/><w:pgMar w:top='1' w:right='2' w:bottom='3' w:left='4'/></w:sectPr>";
    let read = read_parts(&[
        ("word/document.xml", &document(body)),
        ("word/_rels/document.xml.rels", &rels),
        ("word/settings.xml", settings),
        ("word/_rels/settings.xml.rels", &settings_rels),
        ("word/numbering.xml", numbering),
        ("word/fontTable.xml", fonts),
        ("word/theme/theme1.xml", theme),
        ("docProps/core.xml", core),
        ("docProps/app.xml", app),
        ("docProps/custom.xml", custom),
        ("customXml/itemProps1.xml", item),
        ("word/media/image1.emf", "picture"),
        ("word/vbaProject.bin", "macro"),
    ]);
    let properties: Vec<String> = read
        .properties
        .iter()
        .filter(|property| !property.name.starts_with("zip_") && !property.name.ends_with("_sha256"))
        .map(|property| format!("{} = {} ({})", property.name, property.value, property.part))
        .collect();
    insta::assert_snapshot!(properties.join("\n"));
    for name in [
        "zip_entry_order",
        "zip_version_made_by",
        "zip_method",
        "zip_flags",
        "image_sha256",
        "macros_sha256",
        "theme_sha256",
        "numbering_sha256",
        "font_table_sha256",
    ] {
        assert_eq!(values(&read, name).len(), 1, "{name}");
    }
}

#[test]
fn other_formats_are_refused_by_name() {
    let compound = [&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1][..], &[0; 600]].concat();
    let encrypted: Vec<u8> =
        compound.iter().copied().chain("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let complaint = |name: &str, bytes: &[u8]| read(name, bytes, &Limits::default()).expect_err("no Word document").to_string();
    let sheet = packed(&[
        (
            "[Content_Types].xml",
            "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'><Override PartName='/word/document.xml' ContentType='application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml'/></Types>",
        ),
        ("word/document.xml", "<x/>"),
    ]);
    insta::assert_snapshot!(
        [complaint("cv.doc", &compound), complaint("cv.docx", &encrypted), complaint("cv.rtf", b"{\\rtf1 x}"), complaint("cv.docx", &packed(&[("mimetype", "application/vnd.oasis.opendocument.text")])), complaint("cv.docx", &sheet), complaint("cv.docx", &packed(&[])), complaint("cv.docx", b"hello"), complaint("cv.docx", b"")].join("\n"),
        @"
    cv.doc: not a format that is read here (a binary Word document of 1997 to 2003; save it as .docx or PDF)
    DOCX: the document is encrypted and needs a password
    cv.rtf: not a format that is read here (Rich Text Format; save it as .docx or PDF)
    cv.docx: not a format that is read here (an OpenDocument text; save it as .docx or PDF)
    cv.docx: not a format that is read here (a spreadsheet)
    DOCX: there is no text part (word/document.xml)
    ZIP: there is no directory at the end; the file is cut short or no ZIP
    ZIP: there is no directory at the end; the file is cut short or no ZIP
    "
    );
}

#[test]
fn external_entities_are_never_loaded() {
    let text = "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/hostname'><!ENTITY b 'bomb'>]>".to_owned()
        + &document("<w:p><w:r><w:t>a&e;b&b;c</w:t></w:r></w:p>").replace("<?xml version='1.0'?>", "");
    insta::assert_snapshot!(shown(&read_parts(&[("word/document.xml", &text)])), @"
    abc [10 word/document.xml, paragraph 1]
    incomplete: word/document.xml: a document type declaration was ignored; its entities are never loaded
    incomplete: word/document.xml: 2 references to entities were left out
    ");
}

#[test]
fn bombs_and_depth_are_named() {
    let bomb = document(&"<w:p><w:r><w:t>a</w:t></w:r></w:p>".repeat(1_000_000));
    let read_document = read_parts(&[("word/document.xml", &bomb)]);
    assert_eq!(read_document.lines.len(), 40_000);
    assert!(
        read_document.incomplete.contains(&"the text was cut at the limit of 40000 lines".to_owned()),
        "{:?}",
        read_document.incomplete
    );
    let bomb = document(&" ".repeat(60 << 20));
    let error = read("cv.docx", &packed(&[("word/document.xml", &bomb)]), &Limits::default()).expect_err("a bomb");
    assert!(error.to_string().contains("unpacking word/document.xml exceeds the limit of 250 times"), "{error}");

    let media = "\0".repeat(50 << 20);
    let read_document = read_parts(&[("word/document.xml", &document(&p("text"))), ("word/media/image1.png", &media)]);
    assert_eq!(read_document.lines.len(), 1);
    assert!(
        read_document.incomplete[0].contains("word/media/image1.png was not read: ZIP: unpacking"),
        "{:?}",
        read_document.incomplete
    );

    let deep = document(&("<w:tbl><w:tr><w:tc>".repeat(1_000) + &p("deep")));
    let read_document = read_parts(&[("word/document.xml", &deep)]);
    assert!(read_document.incomplete[0].contains("128 levels"), "{:?}", read_document.incomplete);
}

#[test]
fn damage_keeps_what_stands_before_it() {
    let cut = document(&(p("kept") + "<w:p><w:r><w:t>half")).replace("</w:body></w:document>", "");
    insta::assert_snapshot!(shown(&read_parts(&[("word/document.xml", &cut)])), @"
    kept [10 word/document.xml, paragraph 1]
    half [10 word/document.xml, paragraph 2]
    incomplete: word/document.xml: the XML ends before its elements do
    ");
}

#[test]
fn ten_thousand_characters_are_a_name() {
    let name = "é".repeat(10_000);
    let read = read_body(&p(&name));
    assert_eq!(read.lines[0].text, name);
    let limits = Limits { characters: 100, ..Limits::default() };
    let cut = super::read("cv.docx", &packed(&[("word/document.xml", &document(&(p("short") + &p(&name))))]), &limits)
        .expect("a document");
    assert_eq!((cut.lines.len(), cut.incomplete.len()), (1, 1));
    assert!(cut.hidden.iter().all(|hidden| hidden.hiding != Hiding::Invisible));
}

#[test]
fn a_password_or_foreign_method_is_named() {
    let mut bytes = packed(&[("word/document.xml", &document(&p("text")))]);
    let directory = memchr::memmem::rfind(&bytes, b"PK\x01\x02").expect("an entry");
    bytes[directory + 10] = 12;
    let error = read("cv.docx", &bytes, &Limits::default()).expect_err("bzip2");
    assert!(matches!(error, Error::Malformed { .. }) && error.to_string().contains("compression method 12"), "{error}");
}

mod damage {
    use proptest::prelude::*;

    use super::{document, p, packed};
    use crate::{docx::read, limits::Limits};

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn never_panics(at in any::<prop::sample::Index>(), with in "[<>/w:a-z='\"&;]{0,6}", cut in 0..6_usize) {
            let mut text: Vec<char> = document(&(p("one") + "<w:tbl><w:tr><w:tc>" + &p("cell") + "</w:tc></w:tr></w:tbl>")).chars().collect();
            let at = at.index(text.len() + 1);
            let end = (at + cut).min(text.len());
            text.splice(at..end, with.chars());
            let text: String = text.into_iter().collect();
            if let Ok(document) = read("cv.docx", &packed(&[("word/document.xml", &text)]), &Limits::default()) {
                for line in &document.lines {
                    prop_assert!(line.gaps.iter().all(|&gap| line.text.is_char_boundary(gap as usize)));
                }
            }
        }
    }
}
