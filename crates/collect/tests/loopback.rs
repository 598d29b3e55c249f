//! Requests against a server of our own on this machine.

#![allow(clippy::unwrap_used, reason = "what fails here fails the test")]

use std::{
    io::{BufRead as _, BufReader, Write as _},
    net::{TcpListener, TcpStream},
    sync::mpsc::{Receiver, channel},
    thread,
};

use bonafide_collect::{Client, Error, Request, Response};

/// A server that gives each answer once, in order, and tells what it was asked.
fn serve(answers: Vec<String>) -> (String, Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let (sender, receiver) = channel();
    thread::spawn(move || {
        for answer in answers {
            let Ok((stream, _)) = listener.accept() else { return };
            let asked = head(&stream);
            let _ = sender.send(asked);
            let _ = (&stream).write_all(answer.as_bytes());
        }
    });
    (address, receiver)
}

fn head(stream: &TcpStream) -> String {
    let lines = BufReader::new(stream).lines().map_while(Result::ok);
    lines.take_while(|line| !line.is_empty()).collect::<Vec<_>>().join("\n").to_lowercase()
}

fn answer(status: &str, headers: &str, body: &str) -> String {
    format!("HTTP/1.1 {status}\r\nConnection: close\r\nContent-Length: {}\r\n{headers}\r\n{body}", body.len())
}

#[test]
fn a_file_is_fetched_once_and_asked_for_by_its_tag() {
    let first = answer("200 OK", "ETag: \"v1\"\r\nLast-Modified: Sun, 01 Nov 2026 06:00:00 GMT\r\n", "1,\"SAMPLE\"");
    let (server, asked) = serve(vec![first, answer("304 Not Modified", "", "")]);
    let client = Client::new().unwrap();
    let url = format!("{server}/sdn.csv");
    let Response::Fetched(fetched) = client.fetch(&Request::new(&url)).unwrap() else { panic!("a body was expected") };
    assert_eq!((fetched.bytes.as_slice(), fetched.etag.as_deref()), (&b"1,\"SAMPLE\""[..], Some("\"v1\"")));
    let asked_first = asked.recv().unwrap();
    assert!(asked_first.starts_with("get /sdn.csv http/1.1") && asked_first.contains("user-agent: bonafide/"), "{asked_first}");
    assert!(!asked_first.contains("cookie") && !asked_first.contains("referer"));
    let again = Request { etag: fetched.etag.as_deref(), last_modified: fetched.last_modified.as_deref(), ..Request::new(&url) };
    assert_eq!(client.fetch(&again).unwrap(), Response::Unchanged);
    let asked_again = asked.recv().unwrap();
    assert!(asked_again.contains("if-none-match: \"v1\"") && asked_again.contains("if-modified-since: sun, 01 nov 2026"));
}

#[test]
fn an_answer_that_is_no_file_is_an_error() {
    let endless =
        "HTTP/1.1 200 OK\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n8\r\n12345678\r\n8\r\n12345678\r\n0\r\n\r\n";
    let cases: Vec<(String, &str)> = vec![
        (answer("404 Not Found", "", "gone"), "404 Not Found"),
        (answer("304 Not Modified", "", ""), "304 Not Modified"),
        (answer("200 OK", "", "123456789012345"), "larger than the 10 bytes"),
        (endless.to_owned(), "larger than the 10 bytes"),
        ("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 9\r\n\r\n1234".to_owned(), "broke off"),
        (answer("302 Found", "Location: http://lists.example/sdn.csv\r\n", ""), "no answer"),
        (answer("302 Found", "Location: file:///etc/hosts\r\n", ""), "302"),
        ("not HTTP at all\r\n\r\n".to_owned(), "no answer"),
    ];
    let client = Client::new().unwrap();
    for (answer, expected) in cases {
        let (server, _asked) = serve(vec![answer.clone()]);
        let error = client.fetch(&Request { most_bytes: 10, ..Request::new(&server) }).unwrap_err();
        let mut text = error.to_string();
        if let Some(cause) = std::error::Error::source(&error) {
            text.push_str(&format!(": {cause}"));
        }
        assert!(text.contains(expected), "{answer:?}: {text}");
    }
}

#[test]
fn redirections_end() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let server = format!("http://{}", listener.local_addr().unwrap());
    let there = answer("302 Found", &format!("Location: {server}/again\r\n"), "");
    thread::spawn(move || {
        for stream in listener.incoming().map_while(Result::ok) {
            head(&stream);
            let _ = (&stream).write_all(there.as_bytes());
        }
    });
    let error = Client::new().unwrap().fetch(&Request::new(&server)).unwrap_err();
    assert!(matches!(error, Error::Failed { .. }), "{error}");
}

#[test]
fn nobody_there_is_said() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let server = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let error = Client::new().unwrap().fetch(&Request::new(&server)).unwrap_err().to_string();
    assert!(error.contains("no answer") && error.contains(&server), "{error}");
}

#[test]
fn a_certificate_that_nobody_vouches_for_is_refused() {
    use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};

    // Made for this test: it is good for this machine's address, and signed by itself.
    let certificate = CertificateDer::from(&include_bytes!("self_signed/certificate.der")[..]);
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(&include_bytes!("self_signed/key.der")[..]));
    let provider = std::sync::Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate], key)
        .unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("https://{}/sdn.csv", listener.local_addr().unwrap());
    let (sender, asked) = channel();
    thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut connection = rustls::ServerConnection::new(std::sync::Arc::new(config)).unwrap();
        let mut request = [0; 64];
        let read = std::io::Read::read(&mut rustls::Stream::new(&mut connection, &mut stream), &mut request);
        let _ = sender.send(read.unwrap_or(0));
    });
    let error = Client::new().unwrap().fetch(&Request::new(&url)).unwrap_err();
    let mut causes = String::new();
    let mut cause = std::error::Error::source(&error);
    while let Some(error) = cause {
        causes.push_str(&error.to_string().to_lowercase());
        cause = error.source();
    }
    assert!(matches!(error, Error::Failed { .. }) && causes.contains("certificate"), "{error}: {causes}");
    assert_eq!(asked.recv().unwrap(), 0, "nothing was asked of a server that is not known");
}
