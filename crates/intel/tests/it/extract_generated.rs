//! Extraction over messages that are made up on the spot: other phrasings, disguises and neighbours than the samples have, with what
//! they hold known from the making. `GENERATED_SEED=n` draws others; `GENERATED_SHOW=1` prints every message that is misread.

use std::collections::{BTreeMap, BTreeSet};

use bonafide_intel::extract::{Kind, Pap, Tlp, extract};
use bonafide_normalise::wallet;

/// Messages of a run.
const MESSAGES: usize = 3_000;

/// Knuth's MMIX generator: the same draws on every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) % bound as u64) as usize
    }

    fn pick<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.below(of.len())]
    }

    fn hex(&mut self, digits: usize) -> String {
        (0..digits).map(|_| char::from(b"0123456789abcdef"[self.below(16)])).collect()
    }

    fn bytes(&mut self, length: usize) -> Vec<u8> {
        (0..length).map(|_| self.below(256) as u8).collect()
    }

    fn digits(&mut self, length: usize) -> String {
        (0..length).map(|_| char::from(b'0' + self.below(10) as u8)).collect()
    }
}

/// A value as somebody wrote it, and what it is.
struct Item {
    written: String,
    label: Option<(Kind, String)>,
}

fn item(kind: Kind, written: String, value: String) -> Item {
    Item { written, label: Some((kind, value)) }
}

const FIRST: &[&str] = &["anneke", "bo", "carla", "dmitri", "ewa", "farid", "gudrun", "hiro", "ines", "jonas"];
const LAST: &[&str] = &["akande", "brandt", "costa", "dahl", "eriksen", "fontaine", "grau", "haruki", "ivarsson", "jelinek"];
const WORD: &[&str] =
    &["amber", "birch", "copper", "drift", "ember", "fjord", "grove", "harbor", "isle", "juniper", "kite", "lumen"];
const TOP: &[&str] =
    &["com", "net", "io", "dev", "org", "co.uk", "xyz", "app", "ai", "tech", "me", "de", "us", "ru", "cloud", "example"];

fn name(dice: &mut Dice) -> String {
    match dice.below(4) {
        0 => format!("{}{}.{}", dice.pick(WORD), dice.pick(WORD), dice.pick(TOP)),
        1 => format!("{}-{}{}.{}", dice.pick(WORD), dice.pick(WORD), dice.below(90), dice.pick(TOP)),
        2 => {
            format!("{}.{}{}.{}", dice.pick(&["mail", "cdn", "login", "meet"]), dice.pick(WORD), dice.pick(LAST), dice.pick(TOP))
        }
        _ => format!("{}{}.{}", dice.pick(WORD), dice.below(900), dice.pick(TOP)),
    }
}

fn dots(dice: &mut Dice, name: &str) -> String {
    let dot = dice.pick(&[
        ".",
        ".",
        ".",
        "[.]",
        "(.)",
        "{.}",
        "[dot]",
        "(dot)",
        "[DOT]",
        "{dot}",
        " [.] ",
        " (dot) ",
        "\\.",
        "[.",
        "\u{200b}.",
        "．",
        "&#46;",
        "[ . ]",
    ]);
    if dice.below(3) == 0 {
        // Only the last one.
        let (before, top) = name.rsplit_once('.').unwrap();
        return format!("{before}{dot}{top}");
    }
    name.replace('.', dot)
}

fn email(dice: &mut Dice) -> Item {
    let (first, last) = (dice.pick(FIRST), dice.pick(LAST));
    let local = match dice.below(6) {
        0 => format!("{first}.{last}"),
        1 => format!("{first}_{last}{}", dice.below(99)),
        2 => format!("{first}-{last}+cv"),
        3 => format!("{}{last}", first.to_uppercase()),
        4 => format!("{last}{}", dice.below(9999)),
        _ => format!("x.{first}.{last}.{}", dice.below(9)),
    };
    let host = if dice.below(2) == 0 {
        dice.pick(&["gmail.com", "proton.me", "outlook.com", "yandex.ru"]).to_owned()
    } else {
        name(dice)
    };
    let value = format!("{local}@{host}").to_lowercase();
    if dice.below(14) == 0 {
        return item(Kind::Email, format!("{local} AT {}", host.replace('.', " DOT ")), value);
    }
    let at = dice.pick(&[
        "@",
        "@",
        "@",
        "[at]",
        "(at)",
        "{at}",
        " [at] ",
        " (at) ",
        "[@]",
        "(@)",
        "<at>",
        "[AT]",
        "＠",
        "@\u{200b}",
        "&#64;",
    ]);
    let written = format!("{local}{at}{}", dots(dice, &host));
    item(Kind::Email, if dice.below(8) == 0 { format!("mailto:{written}") } else { written }, value)
}

fn link(dice: &mut Dice) -> Item {
    let secure = dice.below(2);
    let (meant, scheme) = [
        ("http", ["http", "hxxp", "hXXp", "h**p"][dice.below(4)]),
        ("https", ["https", "hxxps", "HXXPS", "h**ps"][dice.below(4)]),
    ][secure];
    let colon = dice.pick(&["://", "://", "://", "[:]//", "[://]", ":[//]"]);
    let host = if dice.below(8) == 0 {
        format!("45.{}.{}.{}", dice.below(200) + 20, dice.below(250), 11 + dice.below(200))
    } else {
        name(dice)
    };
    let path = dice.pick(&[
        "",
        "/",
        "/dl",
        "/zoom/update.exe",
        "/a_(b)/c",
        "/j/8812?pwd=aB3",
        ":8443/x#frag",
        "/r?to=https://b.example/y",
        "/u?e=roe@site.example",
        "/~me/cv.html",
        "/%7Ex/",
        "/a/b;c=1",
        "/x,y",
        "/file.zip",
        "?q=1&r=2",
        "/x=",
    ]);
    let (end, value) = (path, format!("{meant}://{host}{path}"));
    item(Kind::Url, format!("{scheme}{colon}{}{end}", dots(dice, &host)), value)
}

fn ip(dice: &mut Dice) -> Item {
    let value =
        format!("{}.{}.{}.{}", dice.pick(&["45", "185", "91", "103"]), dice.below(255), dice.below(255), 10 + dice.below(240));
    if dice.below(8) == 0 {
        let value = format!("2a0{}:{:x}::{:x}", dice.below(9), 16 + dice.below(4000), 4096 + dice.below(60_000));
        return item(Kind::Ip, value.clone(), value);
    }
    let written = match dice.below(5) {
        0 => value.replace('.', "[.]"),
        1 => {
            let (before, last) = value.rsplit_once('.').unwrap();
            format!("{before}[.]{last}")
        }
        2 => format!("{value}:{}", 80 + dice.below(9000)),
        3 => format!("ssh root@{value}"),
        _ => value.clone(),
    };
    item(Kind::Ip, written, value)
}

fn handle(dice: &mut Dice, joint: &str) -> String {
    match dice.below(3) {
        0 => format!("{}{joint}{}", dice.pick(WORD), dice.pick(LAST)),
        1 => format!("{}{}{}", dice.pick(FIRST), dice.pick(LAST), dice.below(99)),
        _ => format!("{}{joint}{}", dice.pick(LAST), 10 + dice.below(900)),
    }
}

fn account(dice: &mut Dice) -> Item {
    let (kind, forms, handle): (Kind, &[&str], String) = match dice.below(3) {
        0 => (
            Kind::Github,
            &[
                "gh handle: @{}",
                "GitHub: {}",
                "github user: {}",
                "github.com/{}",
                "github[.]com/{}/tool",
                "https://github.com/{}",
                "hxxps://github[.]com/{}/repo/blob/main/setup.py",
                "https://gist.github.com/{}",
                "GitHub username is @{}",
                "@{} on GitHub",
                "github - {}",
                "gh: {}",
                "git@github.com:{}/tool.git",
                "github account @{}",
            ],
            handle(dice, "-"),
        ),
        1 => (
            Kind::Telegram,
            &[
                "telegram @{}",
                "TG: @{}",
                "tg @{}",
                "t.me/{}",
                "https://t.me/{}",
                "telegram.me/{}",
                "t[.]me/{}",
                "Telegram: {}",
                "tg: {}",
                "@{} on telegram",
                "@{} (TG)",
                "телеграм @{}",
                "tg://resolve?domain={}",
                "Telegram handle: @{}",
                "telegram — @{}",
                "tg/@{}",
            ],
            handle(dice, "_"),
        ),
        _ => (
            Kind::Linkedin,
            &[
                "linkedin.com/in/{}",
                "https://www.linkedin.com/in/{}/",
                "linkedin[.]com/in/{}?trk=x",
                "https://uk.linkedin.com/in/{}",
                "LinkedIn: in/{}",
                "hxxps://www[.]linkedin[.]com/in/{}/details",
            ],
            format!("{}-{}-{}", dice.pick(FIRST), dice.pick(LAST), dice.hex(6)),
        ),
    };
    item(kind, dice.pick(forms).replace("{}", &handle), handle.to_lowercase())
}

fn base58_check(dice: &mut Dice, version: u8) -> String {
    bs58::encode([vec![version], dice.bytes(20)].concat()).with_check().into_string()
}

fn money(dice: &mut Dice) -> Item {
    let (kind, value, written) = match dice.below(7) {
        0 => {
            let lower = format!("0x{}", dice.hex(40));
            (Kind::Eth, lower.clone(), lower)
        }
        1 => {
            let lower = format!("0x{}", dice.hex(40));
            let mixed = wallet::parse(&lower).unwrap().display_form();
            (Kind::Eth, lower, mixed)
        }
        2 => {
            let address = base58_check(dice, 0);
            (Kind::Btc, address.clone(), address)
        }
        3 => {
            let address = base58_check(dice, 5);
            (Kind::Btc, address.clone(), address)
        }
        4 => {
            let length = [20, 32][dice.below(2)];
            let program = dice.bytes(length);
            let version = if program.len() == 20 { bech32::segwit::VERSION_0 } else { bech32::segwit::VERSION_1 };
            let address = bech32::segwit::encode(bech32::hrp::BC, version, &program).unwrap();
            (Kind::Btc, address.clone(), if dice.below(4) == 0 { address.to_uppercase() } else { address })
        }
        5 => {
            let address = base58_check(dice, 0x41);
            (Kind::Trx, address.clone(), address)
        }
        _ => {
            let address = bs58::encode(dice.bytes(32)).into_string();
            (Kind::Sol, address.clone(), address)
        }
    };
    let form = dice.pick(&["{}", "{}", "wallet {}", "addr: {}", "pays to {}", "wallet={}", "({})", "`{}`", "USDT-{}", "from {}"]);
    item(kind, form.replace("{}", &written), value)
}

fn phone(dice: &mut Dice) -> Item {
    let (value, forms): (String, Vec<String>) = match dice.below(3) {
        0 => {
            let last = dice.digits(2);
            (
                format!("+141555501{last}"),
                vec![
                    format!("+1 (415) 555-01{last}"),
                    format!("+1-415-555-01{last}"),
                    format!("+1.415.555.01{last}"),
                    format!("+141555501{last}"),
                    format!("tel:+1-415-555-01{last}"),
                    format!("WhatsApp +1 415 555 01{last}"),
                    format!("＋1 415 555 01{last}"),
                ],
            )
        }
        1 => {
            let last = dice.digits(3);
            (
                format!("+447700900{last}"),
                vec![
                    format!("+44 7700 900{last}"),
                    format!("+44 (0)7700 900 {last}"),
                    format!("+44-7700-900{last}"),
                    format!("phone 0044 7700 900{last}"),
                ],
            )
        }
        _ => {
            let last = dice.digits(4);
            (
                format!("+81905555{last}"),
                vec![format!("+81 90 5555 {last}"), format!("+81-90-5555-{last}"), format!("(+81) 90 5555 {last}")],
            )
        }
    };
    let index = dice.below(forms.len());
    item(Kind::Phone, forms[index].clone(), value)
}

fn package(dice: &mut Dice) -> Item {
    let plain = format!("{}-{}-{}", dice.pick(WORD), dice.pick(WORD), dice.pick(&["utils", "core", "parser"]));
    let value = if dice.below(4) == 0 { format!("@{}/{plain}", dice.pick(LAST)) } else { plain };
    let form = dice.pick(&[
        "npm i {}",
        "npm install {}@1.5.3",
        "npm install --save-dev {}",
        "yarn add {}",
        "pnpm add {}",
        "npx {}",
        "https://www.npmjs.com/package/{}",
        "npmjs[.]com/package/{}",
        "npm package {}",
        "npm:{}@2.0.0",
        "npm package: {}",
        "NPM: {}",
        "`npm i {}`",
        "npm i -g {}@latest",
        "hxxps://npmjs.com/package/{}/v/1.0.0",
    ]);
    item(Kind::Npm, form.replace("{}", &value), value)
}

fn hash(dice: &mut Dice) -> Item {
    let (kind, length) = if dice.below(2) == 0 { (Kind::Md5, 32) } else { (Kind::Sha256, 64) };
    let value = dice.hex(length);
    let written = if dice.below(4) == 0 { value.to_uppercase() } else { value.clone() };
    let form = dice.pick(&["{}", "{}", "hash {}", "sample: {}", "({})", "file={}", "`{}`", "dropper {}", "digest: {}"]);
    item(kind, form.replace("{}", &written), value)
}

fn decoy(dice: &mut Dice) -> Item {
    let written = match dice.below(56) {
        0 => format!("tx 0x{}", dice.hex(64)),
        1 => format!("txid: {}", dice.hex(64)),
        2 => format!("transaction hash {}", dice.hex(64)),
        3 => format!("commit {}", dice.hex(40)),
        4 => format!("sha1 {}", dice.hex(40)),
        5 => format!("sha512:{}", dice.hex(128)),
        6 => {
            let version = [0, 0x41][dice.below(2)];
            let mut address = base58_check(dice, version);
            let last = address.pop().unwrap();
            address.push(if last == 'b' { 'c' } else { 'b' });
            address
        }
        7 => {
            let address = wallet::parse(&format!("0x{}", dice.hex(40))).unwrap().display_form();
            let place = address.char_indices().skip(2).find(|(_, c)| c.is_ascii_lowercase()).unwrap().0;
            format!("{}{}{}", &address[..place], address[place..=place].to_ascii_uppercase(), &address[place + 1..])
        }
        8 => bs58::encode(dice.bytes(64)).into_string(),
        9 => format!("{}-{}-{}-{}-{}", dice.hex(8), dice.hex(4), dice.hex(4), dice.hex(4), dice.hex(12)),
        10 => format!("0x{}", dice.hex(8)),
        11 => "http://localhost:8080/login".into(),
        12 => format!("http://192.168.{}.7/admin", dice.below(255)),
        13 => format!("session {}", dice.hex(32)),
        14 => {
            let address = bech32::segwit::encode(bech32::hrp::BC, bech32::segwit::VERSION_0, &dice.bytes(20)).unwrap();
            address.replace(&address[12..13], if &address[12..13] == "q" { "p" } else { "q" })
        }
        choice => [
            "resume.pdf",
            "setup.py",
            "invoice.pdf.exe",
            "payload.zip",
            "src/main.rs",
            "README.md",
            "./install.sh",
            "v1.2.3.4",
            "version 10.0.19045.1",
            "Chrome/120.0.0.0",
            "10.0.0.5",
            "192.168.1.20:22",
            "127.0.0.1",
            "node.js",
            "Next.js dev",
            "ASP.NET",
            "lodash@4.17.21",
            "@here",
            "@channel look",
            "at 10:30",
            "$1,200.50",
            "12.5%",
            "2024-05-01",
            "1.2.3",
            "e.g. this",
            "i.e. that",
            "os.path.join(a, b)",
            "console.log(x)",
            "ETH/USDT",
            "etc...",
            "Ph.D",
            "+1 from me",
            "U.S. based",
            "call (at) noon",
            "C++17",
            "libssl.so",
            "script.pl",
            "telegram is down",
            "github is slow",
            "npm install fails",
            "build 7.1.4",
        ][(choice - 15) % 41]
            .into(),
    };
    Item { written, label: None }
}

struct Made {
    text: String,
    labels: BTreeSet<(Kind, String)>,
    tlp: Option<Tlp>,
    pap: Option<Pap>,
}

fn message(dice: &mut Dice) -> Made {
    let mut text = dice
        .pick(&[
            "",
            "heads up:",
            "Seen again -",
            "new one:",
            "Кандидат пишет с",
            "申请人使用：",
            "지원자:",
            "same crew?",
            "IOC dump\n",
            "> ",
        ])
        .to_owned();
    let mut labels = BTreeSet::new();
    let (tlp, tlp_text) = [
        (None, ""),
        (None, ""),
        (Some(Tlp::Red), "TLP:RED"),
        (Some(Tlp::Amber), "[TLP: AMBER]"),
        (Some(Tlp::AmberStrict), "tlp:amber+strict"),
        (Some(Tlp::Clear), "TLP:WHITE"),
        (Some(Tlp::Green), "**TLP GREEN**"),
        (Some(Tlp::Clear), "tlp clear"),
        (Some(Tlp::AmberStrict), "TLP:AMBER STRICT"),
    ][dice.below(9)];
    let (pap, pap_text) = [
        (None, ""),
        (None, ""),
        (Some(Pap::Red), "PAP:RED"),
        (Some(Pap::Amber), "[PAP: AMBER]"),
        (Some(Pap::Clear), "pap:white"),
    ][dice.below(5)];
    let first = dice.below(2) == 0;
    if first {
        text = format!("{tlp_text} {pap_text} {text}");
    }
    for _ in 0..=dice.below(6) {
        let item = match dice.below(14) {
            0 | 1 => email(dice),
            2 => {
                let value = name(dice);
                item(Kind::Domain, dots(dice, &value), value)
            }
            3 | 4 => link(dice),
            5 => ip(dice),
            6 | 7 => account(dice),
            8 => money(dice),
            9 => phone(dice),
            10 => package(dice),
            11 => hash(dice),
            _ => decoy(dice),
        };
        text.push_str(
            dice.pick(&[" ", " ", "\n- ", "\n", " uses ", " via ", ", also ", "\n> ", " | ", "; ", " — ", "，", "\n```\n", "\t"]),
        );
        let (open, close) = [
            ("", ""),
            ("", ""),
            ("", ""),
            ("", "."),
            ("", "!"),
            ("", "?"),
            ("", ","),
            ("(", ")"),
            ("\"", "\""),
            ("**", "**"),
            ("", " (also"),
            ("", " and"),
            ("`", "`"),
            ("", ";"),
            ("", "…"),
        ][dice.below(15)];
        text.push_str(&format!("{open}{}{close}", item.written));
        labels.extend(item.label);
    }
    if !first {
        text.push_str(&format!("\n{tlp_text} {pap_text}"));
    }
    Made { text, labels, tlp, pap }
}

#[derive(Default)]
struct Tally {
    right: u32,
    invented: u32,
    missed: u32,
}

#[test]
fn generated_messages_are_read_as_made() {
    let seed = std::env::var("GENERATED_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(20_261_122);
    let shows = std::env::var_os("GENERATED_SHOW").is_some();
    let mut dice = Dice(seed);
    let mut kinds: BTreeMap<Kind, Tally> = BTreeMap::new();
    let (mut exact, mut marked) = (0, 0);
    for _ in 0..MESSAGES {
        let made = message(&mut dice);
        let read = extract(&made.text);
        let found: BTreeSet<(Kind, String)> = read.found.iter().map(|found| (found.kind, found.value.clone())).collect();
        for (kind, _) in found.intersection(&made.labels) {
            kinds.entry(*kind).or_default().right += 1;
        }
        for (kind, _) in found.difference(&made.labels) {
            kinds.entry(*kind).or_default().invented += 1;
        }
        for (kind, _) in made.labels.difference(&found) {
            kinds.entry(*kind).or_default().missed += 1;
        }
        let is_marked = (read.markings.tlp, read.markings.pap) == (made.tlp, made.pap);
        exact += usize::from(found == made.labels);
        marked += usize::from(is_marked);
        if shows && (found != made.labels || !is_marked) {
            let invented: Vec<_> = found.difference(&made.labels).collect();
            let missed: Vec<_> = made.labels.difference(&found).collect();
            eprintln!("{:?}\n   invented {invented:?}\n   missed   {missed:?}", made.text);
            if !is_marked {
                eprintln!("   markings {:?}, meant {:?} {:?}", read.markings, made.tlp, made.pap);
            }
        }
    }
    let mut all = Tally::default();
    let f1 = |tally: &Tally| 2.0 * f64::from(tally.right) / f64::from(2 * tally.right + tally.invented + tally.missed).max(1.0);
    for (kind, tally) in &kinds {
        eprintln!("{:9} F1 {:.4}, invented {}, missed {}", kind.name(), f1(tally), tally.invented, tally.missed);
        all.right += tally.right;
        all.invented += tally.invented;
        all.missed += tally.missed;
    }
    eprintln!("all F1 {:.4}, exactly right {exact} and marked right {marked} of {MESSAGES}", f1(&all));
    assert!(f1(&all) >= 0.97, "micro F1 {:.4}", f1(&all));
    assert!(kinds.values().all(|tally| f1(tally) >= 0.95), "a kind is read badly");
    assert!(marked * 100 >= MESSAGES * 99, "{marked} of {MESSAGES} markings");
}
