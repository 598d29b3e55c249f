//! The one pass: from word to word, each looked at by the recognisers that its first signs allow.
//!
//! Every step moves on by at least what it has read in full; what is read ahead or behind is bounded. So the time is linear.

use std::ops::Range;

use super::{Found, Kind, host, link, named, phone, token, view::View};

/// Letters and digits of a local part (RFC 5321 §4.5.3.1.1).
const LONGEST_LOCAL: usize = 64;
/// Bytes behind a link in which the other half of `<link|text>` is looked for.
const LONGEST_LABEL: usize = 300;

/// The indicators of a text, by place.
pub(super) fn scan(view: &View<'_>) -> Vec<Found> {
    let text = view.text();
    let mut scanner = Scanner { view, text, bytes: text.as_bytes(), found: Vec::new() };
    let mut at = 0;
    while let Some(step) = scanner.bytes.get(at..).and_then(|rest| rest.iter().position(|&byte| begins(byte))) {
        at += step;
        at = scanner.step(at).max(at + 1);
    }
    scanner.found
}

const fn begins(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'@' | b'_' | b'[')
}

/// Bytes of a word: what local parts, hosts, hashes and file names are made of.
const fn in_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-' | b'+' | b'%')
}

struct Scanner<'v> {
    view: &'v View<'v>,
    text: &'v str,
    bytes: &'v [u8],
    found: Vec<Found>,
}

impl Scanner<'_> {
    /// Reads what begins at a place and says where to go on.
    fn step(&mut self, at: usize) -> usize {
        match self.bytes[at] {
            b'+' => self.plus(at),
            b'@' => self.mention(at),
            b'[' => self.in_brackets(at),
            _ => self.word(at),
        }
    }

    fn add(&mut self, kind: Kind, value: String, range: &Range<usize>) {
        self.found.push(Found { kind, value, span: self.view.original(range) });
    }

    fn byte(&self, at: usize) -> u8 {
        self.bytes.get(at).copied().unwrap_or(b' ')
    }

    fn before(&self, at: usize) -> u8 {
        at.checked_sub(1).map_or(b' ', |before| self.byte(before))
    }

    /// A telephone number, where digits follow a plus sign.
    fn plus(&mut self, at: usize) -> usize {
        let before = self.before(at);
        let is_start = !before.is_ascii_alphanumeric() && !matches!(before, b'_' | b'=' | b'/' | b'+' | b'%');
        // "(+49) 151 …" is read from the plus sign on.
        if is_start && self.byte(at + 1).is_ascii_digit() {
            let run = self.word_end(at + 1);
            // "+15550100@site.example" is an address.
            if self.byte(run) != b'@'
                && let Some((value, end)) = phone::read(self.text, at)
            {
                self.add(Kind::Phone, value, &(at..end));
                return end;
            }
        }
        at + 1
    }

    /// `@name`: of a service that is named beside it, or a scoped package with its version.
    fn mention(&mut self, at: usize) -> usize {
        let before = self.before(at);
        let end = self.word_end(at + 1);
        if self.byte(end) == b'/'
            && let Some(length) = self.text.get(at..).and_then(named::package_length)
            && self.text[at..at + length].contains('/')
        {
            let version = named::version_length(self.bytes, at + length);
            if version > 0 && self.byte(at + length + 1).is_ascii_digit() {
                let name = self.text[at..at + length].to_ascii_lowercase();
                self.add(Kind::Npm, name, &(at..at + length));
            }
            return at + length + version;
        }
        if before.is_ascii_alphanumeric() || before == b'@' {
            return at + 1;
        }
        // Which service decides which characters a handle may have; the longest rule finds its end.
        if let Some(range) =
            named::handle(self.text, Kind::Linkedin, at + 1).or_else(|| named::handle(self.text, Kind::Telegram, at + 1))
            && let Some((kind, behind)) = named::service_around(self.text, at, range.end)
        {
            let ranges = named::signed_handles(self.text, kind, at);
            if let Some(last) = ranges.last().map(|range| range.end) {
                ranges.into_iter().for_each(|range| self.add(kind, self.text[range.clone()].to_ascii_lowercase(), &range));
                return last.max(behind);
            }
        }
        // "@@@" is nobody; an address whose local part was left out is none.
        if end > at + 1 && self.byte(end) != b'@' { end } else { at + 1 }
    }

    /// A host number of IPv6 in brackets, or the text of a Markdown link whose target follows.
    fn in_brackets(&mut self, at: usize) -> usize {
        let end = at
            + 1
            + self.bytes[at + 1..].iter().take(LONGEST_LABEL).take_while(|&&byte| !matches!(byte, b']' | b'\n' | b'[')).count();
        if self.byte(end) != b']' || self.byte(end + 1) != b'(' {
            return at + 1;
        }
        // The text repeats its target: only the target is read.
        let label = self.text.get(at + 1..end).unwrap_or_default().trim();
        let target = self.text.get(end + 2..).unwrap_or_default();
        let bare = |link: &str| -> usize { link.find("://").map_or(0, |place| place + 3) };
        let target = target.strip_prefix("mailto:").unwrap_or(target);
        let (label, target) = (
            &label[bare(label)..],
            target.get(bare(target.get(..12.min(target.len())).unwrap_or_default())..).unwrap_or_default(),
        );
        let repeats = !label.is_empty()
            && label.contains('.')
            && target.get(..label.len()).is_some_and(|start| start.eq_ignore_ascii_case(label));
        if repeats { end + 1 } else { at + 1 }
    }

    fn word_end(&self, at: usize) -> usize {
        at + self.bytes.get(at..).unwrap_or_default().iter().take_while(|&&byte| in_word(byte)).count()
    }

    /// A word and, by the sign behind it, what it begins.
    fn word(&mut self, start: usize) -> usize {
        let end = self.word_end(start);
        match self.byte(end) {
            b':' => {
                if let Some(end) = self.link(start, end).or_else(|| self.ip_v6(start)) {
                    return end;
                }
            }
            b'@' => {
                if let Some(end) = self.address(start, end) {
                    return end;
                }
            }
            b' ' => {
                if let Some(end) = self.spoken_address(start, end) {
                    return end;
                }
            }
            _ => {}
        }
        self.plain(start, end)
    }

    /// `scheme://…`, also with the back slashes of other systems.
    fn link(&mut self, start: usize, colon: usize) -> Option<usize> {
        let behind = self.bytes.get(colon + 1..colon + 3)?;
        if behind != b"//" && behind != b"\\\\" {
            return None;
        }
        let word = &self.text[start..colon];
        let (scheme, scheme_start) = match link::scheme_at_end(word) {
            Some((scheme, length)) => (scheme, colon - length),
            // "h**ps://": the stars are no part of a word.
            None if matches!(word, "p" | "ps" | "P" | "PS") && self.text.get(..start)?.ends_with("**") => {
                let h = start.checked_sub(3)?;
                (if word.len() == 1 { "http" } else { "https" }, self.bytes[h].eq_ignore_ascii_case(&b'h').then_some(h)?)
            }
            None if word.eq_ignore_ascii_case("tg") => return self.telegram_link(colon + 3),
            None => return Some(colon + 3),
        };
        let Some(read) = link::with_scheme(self.text, scheme, scheme_start, colon + 3) else { return Some(colon + 3) };
        if let Some((kind, value, range)) = read.indicator {
            self.add(kind, value, &range);
        }
        Some(self.behind_label(scheme_start, read.end))
    }

    /// `tg://resolve?domain=name`.
    fn telegram_link(&mut self, at: usize) -> Option<usize> {
        let end = at + self.bytes.get(at..)?.iter().take(200).take_while(|byte| byte.is_ascii_graphic()).count();
        let place = self.text.get(at..end)?.find("domain=")? + at + "domain=".len();
        if let Some(range) = named::handle(self.text, Kind::Telegram, place) {
            self.add(Kind::Telegram, self.text[range.clone()].to_ascii_lowercase(), &range);
        }
        Some(end)
    }

    /// Behind the text of `<link|text>`, as Slack exports its links; the link's end elsewhere.
    fn behind_label(&self, start: usize, end: usize) -> usize {
        let before = self.text.get(..start).unwrap_or_default();
        if self.byte(end) != b'|' || !(before.ends_with('<') || before.ends_with("<mailto:")) {
            return end;
        }
        let label = self.bytes[end..].iter().take(LONGEST_LABEL).take_while(|&&byte| !matches!(byte, b'>' | b'\n')).count();
        if self.byte(end + label) == b'>' { end + label } else { end }
    }

    fn ip_v6(&mut self, start: usize) -> Option<usize> {
        if !self.byte(start).is_ascii_hexdigit() {
            return None;
        }
        let length = self.bytes[start..]
            .iter()
            .take(46)
            .take_while(|byte| byte.is_ascii_hexdigit() || matches!(byte, b':' | b'.'))
            .count();
        let written = self.text.get(start..start + length)?.trim_end_matches([':', '.']);
        let end = start + written.len();
        if self.byte(start + length).is_ascii_alphanumeric() || matches!(self.before(start), b'.' | b'-' | b'/' | b'_') {
            return None;
        }
        let address = host::public_v6(written)?;
        self.add(Kind::Ip, address.to_string(), &(start..end));
        Some(end)
    }

    /// `local@host`.
    fn address(&mut self, start: usize, sign: usize) -> Option<usize> {
        if self.before(start) == b'@' {
            return None;
        }
        let host = sign + 1..sign + 1 + self.bytes[sign + 1..].iter().take(256).take_while(|&&byte| is_host(byte)).count();
        let name = host::leading_name(self.text[host].trim_end_matches(['.', '-', '_']))?;
        let end = sign + 1 + name.len();
        // "git@github.com:name/repository.git"
        if &self.text[start..sign] == "git" && name.eq_ignore_ascii_case("github.com") {
            let range = named::handle(self.text, Kind::Github, end + 1)
                .filter(|range| matches!(self.byte(end), b':' | b'/') && self.byte(range.end) == b'/');
            if let Some(range) = range {
                self.add(Kind::Github, self.text[range.clone()].to_ascii_lowercase(), &range);
                return Some(self.word_end(range.end + 1));
            }
            return Some(end);
        }
        let start = self.local_start(start, sign)?;
        let value = self.text[start..end].to_lowercase();
        self.add(Kind::Email, value, &(start..end));
        Some(self.behind_label(start, end))
    }

    /// Where a local part begins: without signs of the sentence before it, with the letters outside ASCII that belong to it.
    fn local_start(&self, start: usize, sign: usize) -> Option<usize> {
        let local = &self.text[start..sign];
        let own = local.rfind("..").map_or(local, |place| &local[place + 2..]);
        let own = own.trim_start_matches(['.', '-', '+', '%']);
        if own.len() > LONGEST_LOCAL || !own.bytes().any(|byte| byte.is_ascii_alphanumeric()) {
            return None;
        }
        let mut begin = sign - own.len();
        if begin == start {
            // Latin letters with marks: "rené@…", "jürgen@…" are cut by the ASCII word else.
            for character in self.text[..start].chars().rev().take(LONGEST_LOCAL) {
                let is_latin = ('\u{C0}'..'\u{250}').contains(&character) && character.is_alphabetic();
                if !(is_latin || (begin < start && character.is_ascii() && in_word(character as u8))) {
                    break;
                }
                begin -= character.len_utf8();
            }
        }
        Some(begin)
    }

    /// "j.roe AT site DOT example", in capitals that stand out or where the local part cannot be a word.
    fn spoken_address(&mut self, start: usize, end: usize) -> Option<usize> {
        if !named::starts(self.bytes, end, b" at ") {
            return None;
        }
        let local = &self.text[start..end];
        let is_loud = self.bytes.get(end..end + 4)? == b" AT " && local.bytes().any(|byte| byte.is_ascii_lowercase());
        let cannot_be_word = local.bytes().any(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'_' | b'+'));
        let is_announced = ["email", "e-mail", "mail", "gmail", "address"].iter().any(|word| self.word_before(start, word));
        if !(is_loud || cannot_be_word || is_announced) || local.len() > LONGEST_LOCAL {
            return None;
        }
        let mut at = end + 4;
        let mut name = String::new();
        let mut last = at;
        let mut spoken_dots = 0;
        for _ in 0..4 {
            let label = self.bytes.get(at..)?.iter().take(100).take_while(|&&byte| is_host(byte)).count();
            name.push_str(self.text.get(at..at + label)?);
            last = at + label;
            if label == 0 || !named::starts(self.bytes, last, b" dot ") {
                break;
            }
            spoken_dots += 1;
            name.push('.');
            at = last + 5;
        }
        let length = host::leading_name(name.trim_end_matches(['.', '-', '_']))?.len();
        last -= name.len() - length;
        // "version.2 at site.example" is where something is; a spoken dot, capitals or a bracket say that it is an address.
        let is_meant = spoken_dots > 0 || is_loud || is_announced || self.view.is_defanged(&(end + 4..last));
        if !is_meant || (spoken_dots > 0 && length < name.trim_end_matches(['.', '-', '_']).len()) {
            return None;
        }
        let value = format!("{}@{}", local.trim_start_matches(['.', '-', '+']), &name[..length]).to_ascii_lowercase();
        self.add(Kind::Email, value, &(start..last));
        Some(last)
    }

    /// A word that no sign behind it gives away.
    fn plain(&mut self, start: usize, end: usize) -> usize {
        let written = &self.text[start..end];
        let word = written.trim_end_matches(['.', '-', '_', '+', '%']).trim_start_matches('_');
        let start = start + (written.len() - written.trim_start_matches('_').len()).min(written.len());
        if word.is_empty() {
            return end;
        }
        let range = start..start + word.len();
        if word.len() <= 20 {
            if let Some(kind) = named::service(word) {
                return self.handles(kind, range.end).unwrap_or(end);
            }
            if named::is_manager(word) {
                return self.packages(word, range.end).unwrap_or(end);
            }
        }
        if word.contains('.') {
            return self.dotted(word, range.clone()).unwrap_or(end);
        }
        if self.byte(range.start) == b'0'
            && word.starts_with("00")
            && !self.before(range.start).is_ascii_alphanumeric()
            && self.is_called_phone(range.start)
            && let Some((value, end)) = phone::read(self.text, range.start)
        {
            self.add(Kind::Phone, value, &(range.start..end));
            return end;
        }
        self.tokens(word, &range);
        end
    }

    fn handles(&mut self, kind: Kind, end: usize) -> Option<usize> {
        let ranges = named::handles(self.text, kind, end);
        let last = ranges.last()?.end;
        for range in ranges {
            self.add(kind, self.text[range.clone()].to_ascii_lowercase(), &range);
        }
        Some(last)
    }

    fn packages(&mut self, manager: &str, end: usize) -> Option<usize> {
        let ranges = named::packages(self.text, manager, end);
        let last = ranges.last()?.end;
        for range in ranges {
            self.add(Kind::Npm, self.text[range.clone()].to_ascii_lowercase(), &range);
        }
        Some(last + named::version_length(self.bytes, last))
    }

    /// A word with dots: an address of the network or a name of it.
    fn dotted(&mut self, word: &str, range: Range<usize>) -> Option<usize> {
        let before = self.before(range.start);
        let is_defanged = self.view.is_defanged(&range);
        if let Some(address) = host::public_v4(word) {
            if is_defanged || !self.is_version(word, range.start) {
                self.add(Kind::Ip, address.to_string(), &range);
            }
            return None;
        }
        let follows_scheme = self.text[..range.start].ends_with("://");
        let is_inside = matches!(before, b'@' | b'\\' | b'#' | b'$' | b'~') || (before == b'/' && !follows_scheme);
        let is_letter_before = self.text[..range.start].chars().next_back().is_some_and(is_latin);
        let is_letter_behind = self.text[range.end..].chars().next().is_some_and(is_latin);
        if is_inside || is_letter_before || is_letter_behind || word.len() > 260 || word.contains(['+', '%']) {
            return None;
        }
        let name = host::leading_name(word)?;
        let range = range.start..range.start + name.len();
        let next = self.byte(range.end);
        let follows = self.byte(range.end + 1);
        let has_path = next == b'/' && (follows.is_ascii_alphanumeric() || matches!(follows, b'@' | b'_' | b'-' | b'+'));
        let is_call = next == b'(' && (follows == b')' || follows.is_ascii_alphanumeric() || matches!(follows, b'"' | b'\''));
        const CALLED: [&str; 12] =
            ["domain", "domains", "site", "website", "host", "url", "c2", "server", "registered", "subdomain", "fqdn", "ns"];
        let around = host::Surroundings {
            is_meant: is_defanged || follows_scheme || CALLED.iter().any(|word| self.word_before(range.start, word)),
            has_path,
            runs_on: next == b' ' && follows.is_ascii_lowercase(),
        };
        if (is_call && !is_defanged)
            || name.len() < word.len() && word.as_bytes().get(name.len() + 1).is_some_and(u8::is_ascii_lowercase) && !is_defanged
        {
            return None;
        }
        if !host::is_meant(name, around) {
            return None;
        }
        if has_path && !follows_scheme {
            let read = link::without_scheme(self.text, range)?;
            if let Some((kind, value, range)) = read.indicator {
                self.add(kind, value, &range);
            }
            return Some(read.end);
        }
        self.add(Kind::Domain, name.to_ascii_lowercase(), &range);
        Some(range.end)
    }

    /// Hashes and wallets: the word, or its parts.
    fn tokens(&mut self, word: &str, range: &Range<usize>) {
        if word.len() < 25 {
            return;
        }
        let outside = [self.before(range.start), self.byte(range.end)];
        let is_part = outside.iter().any(|byte| matches!(byte, b'/' | b'+')) || outside[1] == b'=';
        let around = |place: usize, is_part: bool, scanner: &Self| token::Surroundings {
            is_reference: scanner.is_reference(place),
            is_part,
        };
        if let Some((kind, value)) = token::read(word, around(range.start, is_part, self)) {
            self.add(kind, value, range);
            return;
        }
        // "USDT-address" has a word beside the address, base64 has more of its kind.
        let is_part = is_part || word.contains(['+', '%']) || word.split(['-', '_']).filter(|part| part.len() > 12).count() > 1;
        let mut at = 0;
        for part in word.split(['-', '_', '+', '%']) {
            let place = range.start + at;
            at += part.len() + 1;
            if part.len() < word.len()
                && let Some((kind, value)) = token::read(part, around(place, is_part, self))
            {
                self.add(kind, value, &(place..place + part.len()));
            }
        }
    }

    /// Whether the words before a token say that it belongs to a transaction, a session or the like.
    fn is_reference(&self, start: usize) -> bool {
        const REFERENCES: [&str; 25] = [
            "tx",
            "txn",
            "txs",
            "txid",
            "txhash",
            "tx_hash",
            "txn_hash",
            "transaction",
            "block",
            "blockhash",
            "sig",
            "signature",
            "commit",
            "session",
            "token",
            "nonce",
            "uuid",
            "guid",
            "trace",
            "etag",
            "request",
            "key",
            "secret",
            "mint",
            "salt",
        ];
        const BETWEEN: [&str; 7] = ["hash", "id", "is", "was", "the", "no", "of"];
        let mut at = start;
        for _ in 0..3 {
            let (word, begin) = self.previous_word(at);
            if REFERENCES.iter().any(|known| known.eq_ignore_ascii_case(word)) {
                return true;
            }
            if word.is_empty() || !BETWEEN.iter().any(|known| known.eq_ignore_ascii_case(word)) {
                return false;
            }
            at = begin;
        }
        false
    }

    /// Whether four numbers are a version: a word before them says so, or all are small and nothing says otherwise.
    fn is_version(&self, word: &str, start: usize) -> bool {
        const VERSIONS: [&str; 17] = [
            "version",
            "ver",
            "v",
            "release",
            "build",
            "chrome",
            "chromium",
            "firmware",
            "firefox",
            "edge",
            "anydesk",
            "teamviewer",
            "windows",
            "android",
            "ios",
            "update",
            "safari",
        ];
        const HOSTS: [&str; 8] = ["ip", "address", "host", "from", "server", "login", "proxy", "vpn"];
        let (previous, _) = self.previous_word(start);
        let before = self.before(start);
        // "Chrome/120.0.0.0", "name@1.2.3.4", "==1.2.3.4"
        let is_product = matches!(before, b'/' | b'=')
            && start >= 2
            && (self.bytes[start - 2].is_ascii_alphabetic() || matches!(self.bytes[start - 2], b'=' | b'>' | b'<' | b'~'))
            && !HOSTS.iter().any(|known| known.eq_ignore_ascii_case(previous));
        const LOGINS: [&str; 8] = ["root", "admin", "ubuntu", "user", "debian", "administrator", "ec2-user", "ssh"];
        let is_pinned = before == b'@' && !LOGINS.iter().any(|login| login.eq_ignore_ascii_case(previous));
        let is_small =
            word.split('.').all(|octet| octet.len() == 1) && !HOSTS.iter().any(|known| known.eq_ignore_ascii_case(previous));
        is_product || is_pinned || is_small || VERSIONS.iter().any(|known| known.eq_ignore_ascii_case(previous))
    }

    fn is_called_phone(&self, start: usize) -> bool {
        const PHONES: [&str; 14] = [
            "phone",
            "tel",
            "mobile",
            "cell",
            "whatsapp",
            "call",
            "number",
            "signal",
            "telephone",
            "fax",
            "sms",
            "viber",
            "wa",
            "ph",
        ];
        let (word, _) = self.previous_word(start);
        PHONES.iter().any(|known| known.eq_ignore_ascii_case(word))
    }

    fn word_before(&self, start: usize, word: &str) -> bool {
        self.previous_word(start).0.eq_ignore_ascii_case(word)
    }

    /// The word before a place on the same line, and where it begins.
    fn previous_word(&self, start: usize) -> (&str, usize) {
        let mut end = start;
        while end > 0
            && start - end < 6
            && matches!(
                self.bytes[end - 1],
                b' ' | b':' | b'=' | b'#' | b'(' | b'"' | b'\'' | b'`' | b'*' | b'/' | b'@' | b'-' | b'>' | b'[' | b'.'
            )
        {
            end -= 1;
        }
        let mut begin = end;
        while begin > 0 && end - begin < 20 && (self.bytes[begin - 1].is_ascii_alphanumeric() || self.bytes[begin - 1] == b'_') {
            begin -= 1;
        }
        (self.text.get(begin..end).unwrap_or_default(), begin)
    }
}

const fn is_host(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_')
}

/// A letter of a European alphabet outside ASCII: what stands beside it is half of an international name.
fn is_latin(character: char) -> bool {
    ('\u{C0}'..'\u{530}').contains(&character) && character.is_alphabetic()
}
