//! Bad input for every reader: cuts, pages, encodings, invisible characters, floods. A clear outcome each time, and the last good
//! list stays in force.

use std::{
    io::Write as _,
    time::{Duration, Instant},
};

use bonafide_watchlist::{
    Error,
    entry::{Entry, Identifier, IdentifierKind, MOST_ITEMS},
    snapshot::{Folder, Origin, Taken},
    source::{ListFile, Read, read_files, sheets_in_process},
};

use crate::{data::file, samples};

/// Files of a list: a firm's own has a map beside it.
fn files<'f>(name: &'f str, bytes: &'f [u8]) -> Vec<ListFile<'f>> {
    let map = ListFile { name: "own.toml", bytes: b"list = \"own\"" };
    [ListFile { name, bytes }].into_iter().chain((name == "own.csv").then_some(map)).collect()
}

fn read(name: &str, bytes: &[u8]) -> Result<Read, Error> {
    read_files(&files(name, bytes)).remove(0)
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    writer.write_all(bytes).unwrap();
    writer.finish().unwrap()
}

fn names(entries: &[Entry]) -> Vec<&str> {
    entries.iter().map(Entry::primary_name).collect()
}

#[test]
fn samples_are_read_as_a_whole() {
    for sample in samples::all(40) {
        let read = read(sample.name, sample.text.as_bytes()).unwrap();
        assert_eq!((read.entries.len(), read.refused.len(), &read.damage), (sample.entries, 0, &None), "{}", sample.name);
    }
}

/// A cut is an error, or known as damage, or leaves whole entries from the start of the list and nothing else.
#[test]
fn every_sixteenth_of_every_list_has_a_clear_outcome() {
    for sample in samples::all(40) {
        let whole = read(sample.name, sample.text.as_bytes()).unwrap();
        for part in 0..16 {
            let end = sample.text.len() * part / 16;
            if let Ok(cut) = read(sample.name, &sample.text.as_bytes()[..end])
                && cut.damage.is_none()
            {
                // The last field of the last row of a table may be shorter: nothing tells.
                let is_table = sample.name.ends_with(".csv") || sample.name.ends_with(".txt");
                let count = cut.entries.len().saturating_sub(usize::from(is_table));
                assert!(cut.entries[..count] == whole.entries[..count], "{} {part}/16", sample.name);
            }
        }
    }
}

#[test]
fn no_sixteenth_of_a_list_replaces_the_whole() {
    for sample in samples::all(400) {
        let place = tempfile::tempdir().unwrap();
        let folder = Folder::new(place.path());
        let origin = Origin { fetched_at: "2026-11-01T06:00:00Z".parse().unwrap(), files: Vec::new() };
        let take = |bytes: &[u8]| folder.take(None, &files(sample.name, bytes), &origin, &sheets_in_process);
        let Ok(Taken::New(manifest)) = take(sample.text.as_bytes()) else { panic!("{} is a list", sample.name) };
        let source = manifest.source.parse().unwrap();
        for part in 0..16 {
            let cut = &sample.text.as_bytes()[..sample.text.len() * part / 16];
            // The packing notices by itself; both are refused.
            for bytes in [cut.to_vec(), gzip(cut), gzip(sample.text.as_bytes())[..part * 8].to_vec()] {
                let taken = take(&bytes);
                assert!(taken.is_err(), "{} {part}/16 was taken", sample.name);
            }
            assert_eq!(folder.current(&source).unwrap().as_ref(), Some(&manifest), "{}", sample.name);
        }
    }
}

#[test]
fn every_sixteenth_of_real_lists_has_a_clear_outcome() {
    for name in [
        "au/dfat_2026-08-02.xlsx",
        "uk/uk_sanctions_list_2025-08-11.ods",
        "un/un_consolidated_2026-08-01.xml.gz",
        "bis/dpl.txt.gz",
    ] {
        let Some(bytes) = file(name) else { return };
        for part in 0..16 {
            let outcome = read(name, &bytes[..bytes.len() * part / 16]);
            assert!(outcome.as_ref().map_or(true, |read| read.damage.is_some()), "{name} {part}/16");
        }
    }
}

#[test]
fn other_files_are_no_lists() {
    let other: [(&str, &[u8]); 14] = [
        ("empty", b""),
        ("blank", b" \r\n\t \n"),
        ("end of file mark", b"\x1a"),
        ("page", b"<!DOCTYPE html>\n<html><body><h1>503 Service Unavailable</h1></body></html>"),
        ("page without a doctype", b"<HTML><HEAD><TITLE>Moved</TITLE></HEAD></HTML>"),
        ("other XML", b"<?xml version='1.0'?><rss><channel/></rss>"),
        ("XML of a newer schema", b"<sanctionsData version='9'><party/></sanctionsData>"),
        ("other JSON", b"{\"error\": \"rate limited\"}"),
        ("JSON list", b"[1, 2, 3]"),
        ("table of a newer schema", b"party_key;full_label\n1;Robin Sample\n"),
        ("text", b"Not found\n"),
        ("zeroes", &[0; 400]),
        ("zip of nothing", b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"),
        ("gzip of nothing", b"\x1f\x8b\x08\0\0\0\0\0\0\x03\x03\0\0\0\0\0\0\0\0\0"),
    ];
    let told: Vec<String> = other
        .iter()
        .map(|(name, bytes)| match read("list", bytes) {
            Ok(_) => panic!("{name} was read"),
            Err(error) => format!("{name}: {error}"),
        })
        .collect();
    insta::assert_snapshot!(told.join("\n"));
}

/// How a publisher stores a list is not what it says.
#[test]
fn marks_line_ends_and_encodings_change_nothing() {
    for sample in samples::all(12) {
        let whole = read(sample.name, sample.text.as_bytes()).unwrap();
        let text = &sample.text;
        let utf16: Vec<u8> =
            "\u{feff}".chars().chain(text.chars()).collect::<String>().encode_utf16().flat_map(u16::to_le_bytes).collect();
        let stored: [(&str, Vec<u8>); 6] = [
            ("a byte-order mark", format!("\u{feff}{text}").into_bytes()),
            ("end-of-file marks", [text.as_bytes(), b"\x1a\x1a"].concat()),
            ("line feeds", text.replace("\r\n", "\n").into_bytes()),
            ("carriage returns", text.replace("\r\n", "\n").replace('\n', "\r\n").into_bytes()),
            ("gzip", gzip(text.as_bytes())),
            ("UTF-16", utf16),
        ];
        for (how, bytes) in stored {
            let other = read(sample.name, &bytes).unwrap_or_else(|error| panic!("{} with {how}: {error}", sample.name));
            assert!(other.entries == whole.entries, "{} with {how}", sample.name);
        }
    }
}

#[test]
fn invisible_characters_hide_nothing() {
    let clean = samples::all(3);
    let dirty = samples::all(3);
    for (clean, mut dirty) in clean.into_iter().zip(dirty) {
        dirty.text = dirty
            .text
            .replace("Robin", "Ro\u{200b}bin")
            .replace("X0000", "X\u{2060}00\u{200f}00")
            .replace("robin", "ro\u{200d}bin");
        let (clean, dirty) = (read(clean.name, clean.text.as_bytes()).unwrap(), read(dirty.name, dirty.text.as_bytes()).unwrap());
        assert_eq!(names(&clean.entries).len(), names(&dirty.entries).len());
        let keys = |read: &Read| -> Vec<String> {
            let of = |entry: &Entry| {
                let numbers = entry.documents.iter().map(|paper| paper.number.to_string());
                numbers.chain(entry.identifiers.iter().map(|id| id.value.to_string())).collect::<Vec<_>>()
            };
            read.entries.iter().flat_map(of).collect()
        };
        assert_eq!(keys(&clean), keys(&dirty), "{}", clean.format.name());
    }
    for (kind, written, value) in [
        (IdentifierKind::Email, "ro\u{200b}bin@sample.example\u{202c}", "robin@sample.example"),
        (
            IdentifierKind::Wallet,
            "\u{202a}0x52908400098527886E0F7030069857D2E4169EE7\u{202c}",
            "0x52908400098527886e0f7030069857d2e4169ee7",
        ),
        (IdentifierKind::Wallet, "1BoatSLRHtKNngkdXEeobR76b\u{200b}53LETtpyT", "1BoatSLRHtKNngkdXEeobR76b53LETtpyT"),
        (IdentifierKind::Phone, "\u{202a}+47 555 01 234\u{202c}", "+4755501234"),
        (IdentifierKind::Handle, "@Robin\u{feff}", "robin"),
    ] {
        assert_eq!(&*Identifier::new(kind, written).value, value, "{kind:?}");
    }
}

#[test]
fn floods_take_bounded_time() {
    let begun = Instant::now();
    let row = |remarks: &str| {
        format!("1,\"SAMPLE, Robin\",\"individual\",\"TEST\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,\"{remarks}\"\r\n")
    };
    for remarks in [
        ";".repeat(200_000),
        "a.k.a. '".repeat(40_000),
        "alt. ".repeat(60_000),
        "Passport ".repeat(40_000),
        "owned by ".repeat(40_000),
        "DOB 1970; ".repeat(30_000),
        "Linked To: SAMPLE, Robin; ".repeat(10_000),
        "x".repeat(2_000_000),
        "passport number 12345678 ".repeat(20_000),
        "dob ".repeat(100_000),
        "passport-".repeat(50_000),
        "51% owned by ".repeat(30_000),
    ] {
        let read = read("sdn.csv", row(&remarks).as_bytes()).unwrap();
        assert_eq!(read.entries.len(), 1, "{}", &remarks[..10]);
    }
    let rows: String =
        (0..60_000).map(|n| format!("02/11/2026,TST1,SAMPLE{n},Robin,Primary Name,Test,Individual,1970,X{n}\n")).collect();
    let head = "Last Updated,Unique ID,Name 6,Name 1,Name type,Regime Name,Designation Type,D.O.B,Passport number\n";
    let one = read("uk.csv", format!("{head}{rows}").as_bytes()).unwrap();
    assert_eq!((one.entries.len(), one.entries[0].names.len()), (1, MOST_ITEMS));
    assert!(one.notes.iter().any(|note| note.contains("uk:TST1: more than 5000 items")), "{:?}", one.notes);
    let orders: String =
        (0..40_000).map(|n| format!("\"SAMPLE, ROBIN\"\t\"VEIEN {n}\"\t\"NO\"\t\"07/31/2006\"\t\"66\"\n")).collect();
    let head = "\"Name\"\t\"Street_Address\"\t\"Country\"\t\"Effective_Date\"\t\"FR_Citation\"\n";
    assert_eq!(read("dpl.txt", format!("{head}{orders}").as_bytes()).unwrap().entries.len(), 1);
    let name = "Robin ".repeat(100_000);
    assert_eq!(read("own.csv", format!("Name,Email\n{name},a@sample.example\n").as_bytes()).unwrap().entries.len(), 1);
    let deep = format!("<CONSOLIDATED_LIST><INDIVIDUALS>{}", "<INDIVIDUAL>".repeat(200_000));
    assert!(read("un.xml", deep.as_bytes()).is_err() || read("un.xml", deep.as_bytes()).is_ok_and(|read| read.damage.is_some()));
    let links: String = (0..3_000)
        .map(|n| format!("{{\"id\":\"o{n}\",\"schema\":\"Ownership\",\"properties\":{{\"owner\":[\"p\"],\"asset\":[\"p\"]}}}}\n"))
        .collect();
    let text = format!("{links}{{\"id\":\"p\",\"schema\":\"Company\",\"properties\":{{\"name\":[\"Quillfeather\"]}}}}\n");
    assert_eq!(read("e.json", text.as_bytes()).unwrap().entries.len(), 1);
    // A dozen seconds unoptimised on a quiet machine; a quadratic reader would take an hour.
    assert!(begun.elapsed() < Duration::from_secs(400), "{:?}", begun.elapsed());
}

#[test]
fn remarks_that_were_cut_never_give_half_a_number() {
    let wallet = "Digital Currency Address - XBT 1BoatSLRHtKNngkdXEeobR76b53LETtpyT";
    let filler = format!("Passport X12345 (Norway); {}", "x".repeat(900));
    for end in 10..wallet.len() {
        let remarks: String = format!("{filler}; {wallet}").chars().take(filler.len() + 2 + end).collect();
        let remarks = format!("{}{remarks}", "y; ".repeat(1_000_usize.saturating_sub(remarks.len()).div_ceil(3)));
        let text = format!("1,\"SAMPLE, Robin\",\"individual\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,\"{remarks}\"\r\n");
        let read = read("sdn.csv", text.as_bytes()).unwrap();
        assert!(read.entries[0].identifiers.is_empty(), "{:?}", read.entries[0].identifiers);
        assert_eq!(read.entries[0].documents.len(), 1);
    }
}
