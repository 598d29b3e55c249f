//! One bounded, conditional request at a time.

use std::{net::IpAddr, time::Duration};

use reqwest::{
    StatusCode, Url,
    header::{ETAG, HeaderMap, HeaderName, IF_MODIFIED_SINCE, IF_NONE_MATCH, LAST_MODIFIED},
    redirect::Policy,
};
use tokio::runtime::{Builder, Runtime};

use crate::Error;

const CONNECT: Duration = Duration::from_secs(20);
const BETWEEN_READS: Duration = Duration::from_secs(60);
const WHOLE: Duration = Duration::from_secs(900);
const REDIRECTIONS: usize = 5;
/// What a body may hold unless the request says otherwise.
const MOST_BYTES: u64 = 256 << 20;
const USER_AGENT: &str = concat!("bonafide/", env!("CARGO_PKG_VERSION"));

/// A client of the network.
#[derive(Debug)]
pub struct Client {
    http: reqwest::Client,
    runtime: Runtime,
}

/// What is asked for.
#[derive(Clone, Copy, Debug)]
pub struct Request<'r> {
    /// The address.
    pub url: &'r str,
    /// Entity tag of what is there already.
    pub etag: Option<&'r str>,
    /// Date of what is there already, as the server wrote it.
    pub last_modified: Option<&'r str>,
    /// The most bytes of a body.
    pub most_bytes: u64,
}

impl<'r> Request<'r> {
    /// A request without conditions.
    #[must_use]
    pub const fn new(url: &'r str) -> Self {
        Self { url, etag: None, last_modified: None, most_bytes: MOST_BYTES }
    }
}

/// What came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Response {
    /// The server still has what the conditions name.
    Unchanged,
    /// A body.
    Fetched(Fetched),
}

/// A whole body, and by what its server knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fetched {
    /// The bytes.
    pub bytes: Vec<u8>,
    /// Where it came from in the end.
    pub url: String,
    /// Its entity tag.
    pub etag: Option<String>,
    /// Its date of last modification.
    pub last_modified: Option<String>,
}

impl Client {
    /// A client with the certificates of this machine.
    ///
    /// # Errors
    /// [`Error::Client`] where there are none.
    pub fn new() -> Result<Self, Error> {
        // Another part of the program may have chosen a provider already; then that one serves.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let runtime = Builder::new_current_thread().enable_all().build().map_err(|error| Error::Client(Box::new(error)))?;
        let http = reqwest::Client::builder()
            .user_agent(USER_AGENT)
            .connect_timeout(CONNECT)
            .read_timeout(BETWEEN_READS)
            .timeout(WHOLE)
            .referer(false)
            .redirect(Policy::custom(|attempt| {
                if attempt.previous().len() > REDIRECTIONS {
                    return attempt.error("redirected too often");
                }
                let was_secure = attempt.previous().last().is_some_and(|url| url.scheme() == "https");
                match refused(attempt.url()) {
                    Some(why) => attempt.error(why),
                    None if was_secure && attempt.url().scheme() != "https" => attempt.error("redirected out of HTTPS"),
                    None => attempt.follow(),
                }
            }))
            .build()
            .map_err(|error| Error::Client(Box::new(error)))?;
        Ok(Self { http, runtime })
    }

    /// Fetches one file, and waits for it.
    ///
    /// # Errors
    /// Where there is no answer, none in time, a refusal, a body that is too large or cut off, or an address that is not secure.
    pub fn fetch(&self, request: &Request<'_>) -> Result<Response, Error> {
        let url = address(request.url)?;
        self.runtime.block_on(self.fetch_now(url, request))
    }

    async fn fetch_now(&self, url: Url, request: &Request<'_>) -> Result<Response, Error> {
        let failed = |what| {
            move |error: reqwest::Error| Error::Failed {
                url: request.url.to_owned(),
                what,
                // The address stands in the message already.
                source: Box::new(error.without_url()),
            }
        };
        let mut asked = self.http.get(url);
        if let Some(etag) = request.etag {
            asked = asked.header(IF_NONE_MATCH, etag);
        }
        if let Some(date) = request.last_modified {
            asked = asked.header(IF_MODIFIED_SINCE, date);
        }
        let mut response = asked.send().await.map_err(failed("no answer"))?;
        let is_conditional = request.etag.is_some() || request.last_modified.is_some();
        match response.status() {
            StatusCode::NOT_MODIFIED if is_conditional => return Ok(Response::Unchanged),
            StatusCode::OK => {}
            status => return Err(Error::Status { url: request.url.to_owned(), status: status.to_string() }),
        }
        let too_large = || Error::TooLarge { url: request.url.to_owned(), limit: request.most_bytes };
        let announced = response.content_length();
        if announced.is_some_and(|length| length > request.most_bytes) {
            return Err(too_large());
        }
        let mut fetched = Fetched {
            bytes: Vec::new(),
            url: response.url().to_string(),
            etag: text(response.headers(), &ETAG),
            last_modified: text(response.headers(), &LAST_MODIFIED),
        };
        while let Some(part) = response.chunk().await.map_err(failed("the answer broke off"))? {
            if fetched.bytes.len() as u64 + part.len() as u64 > request.most_bytes {
                return Err(too_large());
            }
            fetched.bytes.extend_from_slice(&part);
        }
        let got = fetched.bytes.len() as u64;
        match announced {
            Some(announced) if got < announced => Err(Error::CutOff { url: request.url.to_owned(), got, announced }),
            _ => Ok(Response::Fetched(fetched)),
        }
    }
}

fn text(headers: &HeaderMap, name: &HeaderName) -> Option<String> {
    headers.get(name)?.to_str().ok().map(str::to_owned)
}

fn address(text: &str) -> Result<Url, Error> {
    let wrong = |why| Error::Address { url: text.to_owned(), why };
    let url = Url::parse(text).map_err(|_| wrong("this is no address"))?;
    refused(&url).map_or(Ok(url), |why| Err(wrong(why)))
}

/// Why an address is not asked. Names are never taken for this machine: a resolver may say anything.
fn refused(url: &Url) -> Option<&'static str> {
    match url.scheme() {
        "https" => None,
        "http" => {
            let host = url.host_str().unwrap_or_default().trim_matches(['[', ']']);
            let is_here = host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback());
            (!is_here).then_some("it would be asked in the clear")
        }
        _ => Some("neither HTTPS nor a file of this machine's own server"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_secure_addresses_are_asked() {
        let why = |text: &str| address(text).err().map(|error| error.to_string());
        assert_eq!(why("https://lists.example/sdn.csv"), None);
        assert_eq!(why("http://127.0.0.1:9/sdn.csv"), None);
        assert_eq!(why("http://[::1]:9/sdn.csv"), None);
        for wrong in
            ["http://lists.example/", "http://localhost/", "http://127.0.0.1.lists.example/", "file:///etc/hosts", "sdn.csv", ""]
        {
            assert!(why(wrong).is_some(), "{wrong}");
        }
    }
}
