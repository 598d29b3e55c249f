use bonafide_model::{ContentHash, fact::Payload, id::SubjectId, place::Source};
use proptest::prelude::*;

use super::*;

fn message(bytes: &[u8], own: &[&str]) -> (Option<(Message, Place)>, Vec<String>) {
    let source = Source { name: "mail/1.eml".into(), content: ContentHash::of_bytes(bytes) };
    let mut sink = FactSink::new(SubjectId::new("s"), source);
    let remarks = Remarks::on("mail/1.eml");
    let own: Vec<String> = own.iter().map(|address| (*address).to_owned()).collect();
    read(bytes, &own, &Limits::default(), &mut sink, &remarks);
    let found =
        sink.facts().first().and_then(|fact| Message::of(&fact.value).cloned().map(|message| (message, fact.place.clone())));
    (found, remarks.into_list().iter().map(ToString::to_string).collect())
}

#[test]
fn a_plain_mail() {
    let text = b"From: \"Robin Sample\" <Robin@mail.example>\r\nTo: jobs@firm.example\r\nSubject: =?utf-8?Q?Gr=C3=BC=C3=9Fe?=\r\n =?utf-8?B?IQ==?=\r\n\
        Date: Mon, 2 Nov 2026 10:14:05 +0100 (CET)\r\nX-Long: a\r\n b\r\n\r\nHello,\r\n\r\nI am Robin.\r\n";
    let (found, remarks) = message(text, &["robin@mail.example"]);
    let (message, place) = found.expect("a message");
    assert_eq!(
        (message.direction, message.to.as_deref(), message.subject.as_deref()),
        (Direction::FromSubject, Some("jobs@firm.example"), Some("Grüße!"))
    );
    assert_eq!(message.at.map(|at| at.to_string()).as_deref(), Some("2026-11-02T09:14:05Z"));
    assert_eq!(message.text, "Hello,\n\nI am Robin.");
    let Place::Text { line, span } = place else { panic!("a place") };
    assert_eq!((line, &text[span.0 as usize..span.1 as usize]), (9, b"Hello,\r\n\r\nI am Robin.".as_slice()));
    assert!(remarks.is_empty(), "{remarks:?}");
}

#[test]
fn the_direction_follows_the_subjects_address() {
    let mail = |from: &str, to: &str| format!("From: {from}\nTo: {to}\n\nx").into_bytes();
    let direction = |from: &str, to: &str| message(&mail(from, to), &["r@x.example"]).0.expect("a message").0.direction;
    assert_eq!(direction("R <r@x.example>", "jobs@firm.example"), Direction::FromSubject);
    assert_eq!(direction("jobs@firm.example", "a@b.example, R.S. <r+tag@x.example>"), Direction::ToSubject);
    assert_eq!(direction("a@b.example", "c@d.example"), Direction::FromSubject);
}

#[test]
fn parts_and_encodings() {
    let multipart = b"From: a@x.example\nContent-Type: multipart/mixed;\n boundary=\"outer\"\n\nnothing\n--outer\nContent-Type: multipart/alternative; boundary=in\n\n\
        --in\nContent-Type: text/html\n\n<b>x</b>\n--in\nContent-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: quoted-printable\n\n\
        Zo=EB and a soft=\n break =3D\n--in--\n--outer\nContent-Type: text/plain\nContent-Disposition: attachment\n\nnot this\n--outer--\n";
    assert_eq!(message(multipart, &[]).0.expect("a message").0.text, "Zoë and a soft break =");
    let base64 = b"Subject: x\nContent-Transfer-Encoding: BASE64\n\nSGVs\nbG8=\n";
    let (found, place) = message(base64, &[]).0.expect("a message");
    assert_eq!((found.text.as_str(), place), ("Hello", Place::Whole));
    let html = b"Subject: x\nContent-Type: text/html\n\n<p>Hello</p>";
    let (found, remarks) = message(html, &[]);
    assert_eq!(found.expect("a message").0.text, "");
    assert!(remarks[0].contains("no plain text"), "{remarks:?}");
}

#[test]
fn dates() {
    for (text, at) in [
        ("Mon, 2 Nov 2026 10:14:05 +0100", "2026-11-02T09:14:05Z"),
        ("02 November 2026 10:14 GMT", "2026-11-02T10:14:00Z"),
        ("2 Nov 2026 10:14:05 PST", "2026-11-02T18:14:05Z"),
    ] {
        assert_eq!(decode::date(text).map(|date| date.at.to_string()).as_deref(), Some(at), "{text}");
    }
    for text in ["", "yesterday", "32 Nov 2026 10:14:05 +0100", "2 Xxx 2026 10:14:05", "2 Nov 99999 10:14:05"] {
        assert_eq!(decode::date(text), None, "{text}");
    }
}

#[test]
fn what_is_no_mail_is_said() {
    let (found, remarks) = message(b"just some text", &[]);
    assert!(found.is_none() && remarks[0].contains("not a mail"), "{remarks:?}");
    assert!(message(b"", &[]).0.is_none());
}

#[test]
fn nested_parts_end() {
    let mut mail = b"Subject: x\nContent-Type: multipart/mixed; boundary=b\n\n".to_vec();
    for _ in 0..5_000 {
        mail.extend_from_slice(b"--b\nContent-Type: multipart/mixed; boundary=b\n\n");
    }
    assert!(message(&mail, &[]).0.is_some());
}

proptest! {
    #[test]
    fn no_bytes_panic(head in "(From|To|Date|Subject|Content-Type|Content-Transfer-Encoding|\\PC{0,4}): \\PC{0,30}", body in proptest::collection::vec(any::<u8>(), 0..200)) {
        let mut mail = format!("{head}\nContent-Type: multipart/x; boundary==\n").into_bytes();
        mail.extend(body);
        let _ = message(&mail, &["a@x.example"]);
    }

    #[test]
    fn words_without_escapes_stay(text in "[a-zA-Z?=_ ]{0,40}") {
        prop_assert!(decode::words(&text).len() <= text.len());
    }
}
