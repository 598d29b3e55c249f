//! Writes what a form or an applicant system states as facts, each with its place and the text that stands there.

use std::net::IpAddr;

use bonafide_formats::json::{Kind, Node};
use bonafide_model::{
    fact::{
        Answer, AppliedAt, ClaimRole, ClientIp, CurrentEmployer, Email, EmailRole, FactSink, FactValue, Language, Link, LinkKind,
        LinkRole, Location, LocationRole, NameRole, Nationality, PersonName, Phone, Picture, PictureRole, Skill, Wallet,
    },
    place::Place,
    protected::Protected,
};
use bonafide_normalise as normalise;

use crate::{
    canonical,
    fields::{self, Fields},
    remark::{RemarkKind, Remarks},
};

/// On whose word a source speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Voice {
    /// The application form.
    Form,
    /// A résumé.
    Resume,
}

impl Voice {
    pub(crate) const fn name(self) -> NameRole {
        match self {
            Self::Form => NameRole::Application,
            Self::Resume => NameRole::Resume,
        }
    }

    const fn contact(self) -> EmailRole {
        match self {
            Self::Form => EmailRole::Application,
            Self::Resume => EmailRole::Resume,
        }
    }

    const fn place(self) -> LocationRole {
        match self {
            Self::Form => LocationRole::Application,
            Self::Resume => LocationRole::Resume,
        }
    }

    const fn link(self) -> LinkRole {
        match self {
            Self::Form => LinkRole::Application,
            Self::Resume => LinkRole::Resume,
        }
    }

    pub(crate) const fn claim(self) -> ClaimRole {
        match self {
            Self::Form => ClaimRole::Application,
            Self::Resume => ClaimRole::Resume,
        }
    }
}

/// Puts facts into a sink and what cannot be a fact into remarks.
pub(crate) struct Writer<'s, 'r> {
    pub(crate) sink: &'s mut FactSink,
    pub(crate) remarks: &'r Remarks,
    pub(crate) voice: Voice,
    /// ISO code of the stated residence: telephone numbers may stand in its national notation.
    pub(crate) country: Option<String>,
}

impl<'r> Writer<'_, 'r> {
    /// A fact with the text it was read from. Never for protected claims: a quote would show what the claim seals.
    pub(crate) fn push(&mut self, value: impl Into<FactValue>, node: Node<'_>) {
        let raw = node.raw();
        let quote = raw.strip_prefix('"').and_then(|raw| raw.strip_suffix('"')).unwrap_or(raw);
        // Of an object over several lines the place says more than its first brackets.
        if quote.contains('\n') {
            self.sink.push(value, node.place());
        } else {
            self.sink.push_quoted(value, node.place(), quote);
        }
    }

    /// A fact that a key and its value state together, such as a technology and its years.
    pub(crate) fn push_pair(&mut self, value: impl Into<FactValue>, key: Node<'_>, node: Node<'_>) {
        let (start, end) = (key.span().0, node.span().1);
        let place = Place::Text { line: key.line(), span: (start, end) };
        // The quote must stand there letter for letter, so only the usual ways of writing a pair have one.
        let between = (end - start) as usize - (key.raw().len() + node.raw().len()).min((end - start) as usize);
        match between {
            1 => self.sink.push_quoted(value, place, &format!("{}:{}", key.raw(), node.raw())),
            2 => self.sink.push_quoted(value, place, &format!("{}: {}", key.raw(), node.raw())),
            _ => self.sink.push(value, place),
        }
    }

    pub(crate) fn applied_at(&mut self, node: Node<'_>) {
        if let Some(instant) = fields::instant(node, self.remarks) {
            self.push(AppliedAt { at: instant.at }, node);
        }
    }

    /// A name: a text, or an object with `given`, `family`, `full`.
    pub(crate) fn name(&mut self, node: Node<'_>) {
        self.name_as(node, self.voice.name());
    }

    fn name_as(&mut self, node: Node<'_>, role: NameRole) {
        if node.kind() != Kind::Object {
            if let Some(full) = fields::short(node, self.remarks) {
                self.push(PersonName { role, full, ..PersonName::default() }, node);
            }
            return;
        }
        let Some(object) = Fields::of(node, self.remarks) else { return };
        let text = |keys: &[&'static str]| object.any(keys).and_then(|node| fields::short(node, self.remarks));
        let given = text(&["given", "first", "first_name", "given_name"]);
        let family = text(&["family", "last", "last_name", "family_name", "surname"]);
        let full = text(&["full", "name", "full_name"]);
        let former = object.get("former");
        object.finish();
        self.name_parts(given, family, full, role, node);
        for former in former.into_iter().flat_map(|former| fields::list(former, self.remarks)) {
            self.name_as(former, NameRole::Former);
        }
    }

    /// A name from its parts; the full name is put together where the source does not state it.
    pub(crate) fn name_parts(
        &mut self,
        given: Option<String>,
        family: Option<String>,
        full: Option<String>,
        role: NameRole,
        node: Node<'_>,
    ) {
        let (given, family) = match (given, family) {
            // Whoever has one name and a form that demands two gives it twice.
            (Some(given), Some(family)) if given.to_lowercase() == family.to_lowercase() => (Some(given), None),
            both => both,
        };
        let joined = [given.as_deref(), family.as_deref()].into_iter().flatten().collect::<Vec<_>>().join(" ");
        let full = full.unwrap_or(joined);
        if !full.is_empty() {
            self.push(PersonName { role, full, given, family }, node);
        }
    }

    /// An e-mail address: a text, or an object with `value`, `email` or `address`.
    pub(crate) fn email(&mut self, node: Node<'_>) {
        let Some(node) = self.value(node, &["value", "email", "address"], &["type", "isPrimary", "is_primary", "primary"]) else {
            return;
        };
        let Some(address) = fields::short(node, self.remarks) else { return };
        match normalise::email::parse(&address) {
            Ok(read) => self.push(Email { role: self.voice.contact(), address, canonical: read.canonical }, node),
            Err(error) => self.remarks.say_of(RemarkKind::Unreadable, node, error.to_string()),
        }
    }

    /// A telephone number: a text, or an object with `value`, `phone` or `number`.
    pub(crate) fn phone(&mut self, node: Node<'_>) {
        let Some(node) = self.value(node, &["value", "phone", "number"], &["type", "isPrimary", "is_primary", "primary"]) else {
            return;
        };
        let Some(raw) = fields::short(node, self.remarks) else { return };
        match normalise::phone::parse(&raw, self.country.as_deref()) {
            Ok(read) => {
                let regions = read.regions.iter().map(|region| (*region).to_owned()).collect();
                self.push(Phone { role: self.voice.contact(), raw, e164: read.e164, regions }, node);
            }
            Err(error) => self.remarks.say_of(RemarkKind::Unreadable, node, error.to_string()),
        }
    }

    /// A residence: a text, or an object with `city`, `region`, `country`.
    pub(crate) fn location(&mut self, node: Node<'_>) {
        let (raw, city, region, country) = if node.kind() == Kind::Object {
            let Some(object) = Fields::of(node, self.remarks) else { return };
            object.ignore(&["type", "region_code", "location_str", "workplace_type", "telecommuting", "subregion"]);
            let raw = object.any(&["raw", "value", "full"]).and_then(|node| fields::short(node, self.remarks));
            let text = |keys: &[&'static str]| object.any(keys).and_then(|node| fields::short(node, self.remarks));
            let (city, region) = (text(&["city", "town"]), text(&["region", "state", "province", "subdivision"]));
            let country = text(&["country", "country_code", "countryCode", "country_name"]);
            let further =
                [text(&["street", "street_address", "address"]), text(&["postal_code", "postalCode", "zip", "zip_code"])];
            object.finish();
            let parts = further[0].iter().chain(&city).chain(&region).chain(&further[1]).chain(&country);
            let joined = parts.cloned().collect::<Vec<_>>().join(", ");
            (raw.unwrap_or(joined), city, region, country)
        } else {
            let Some(raw) = fields::short(node, self.remarks) else { return };
            (raw, None, None, None)
        };
        if raw.is_empty() {
            return;
        }
        let apart = city.is_some() || region.is_some() || country.is_some();
        let read = if apart {
            normalise::place::from_parts(city.as_deref(), region.as_deref(), country.as_deref())
        } else {
            normalise::place::parse(&raw)
        };
        let code = country.as_deref().and_then(canonical::country);
        if let (Some(country), None) = (&country, &code) {
            let text = format!("'{}' is not a country that is known here", fields::cut(country, 40));
            self.remarks.say_of(RemarkKind::Unreadable, node, text);
        }
        let country = code.or_else(|| read.country.map(str::to_owned));
        self.country = self.country.take().or_else(|| country.clone());
        let location = Location {
            role: self.voice.place(),
            city: city.or(read.city),
            region: region.or_else(|| read.region.map(str::to_owned)),
            country,
            raw,
        };
        self.push(location, node);
    }

    pub(crate) fn employer(&mut self, node: Node<'_>) {
        let Some(node) = self.value(node, &["name", "value"], &[]) else { return };
        if let Some(name) = fields::short(node, self.remarks) {
            self.push(CurrentEmployer { name }, node);
        }
    }

    pub(crate) fn skill(&mut self, node: Node<'_>) {
        let Some(node) = self.value(node, &["name", "value"], &[]) else { return };
        if let Some(name) = fields::short(node, self.remarks) {
            self.push(Skill { name }, node);
        }
    }

    pub(crate) fn nationality(&mut self, node: Node<'_>) {
        if let Some(claim) = self.sealed(node) {
            self.sink.push(Nationality { claim }, node.place());
        }
    }

    /// A language: a text, or an object whose `language` or `name` is the claim.
    pub(crate) fn language(&mut self, node: Node<'_>) {
        let Some(node) = self.value(node, &["language", "name", "value"], &["level", "fluency", "proficiency"]) else { return };
        if let Some(claim) = self.sealed(node) {
            self.sink.push(Language { claim }, node.place());
        }
    }

    /// A claim that no check may read. What cannot be read is not quoted either.
    pub(crate) fn sealed(&self, node: Node<'_>) -> Option<Protected> {
        match node.kind() {
            Kind::Text => node.as_str().map(|text| Protected::seal(text.trim())),
            _ => {
                self.remarks.say_of(RemarkKind::Unreadable, node, format!("expected a text, found {}", node.kind().name()));
                None
            }
        }
    }

    pub(crate) fn client_ip(&mut self, node: Node<'_>) {
        let Some(text) = fields::short(node, self.remarks) else { return };
        // A proxy's header lists the client first and then every proxy.
        let first = text.split(',').next().unwrap_or_default().trim();
        match ip(first) {
            Some(ip) => self.push(ClientIp { ip: ip.to_string() }, node),
            None => fields::expected("an IPv4 or IPv6 address", node, self.remarks),
        }
    }

    /// A link of a known or unknown service: an address, or a bare handle where the service is known.
    pub(crate) fn link(&mut self, node: Node<'_>, service: Option<LinkKind>) {
        let Some(text) = fields::short(node, self.remarks) else { return };
        match link(&text, service) {
            Some(link) => self.push(Link { role: self.voice.link(), ..link }, node),
            None => fields::expected("a link or the name of an account", node, self.remarks),
        }
    }

    /// An item of a list of links: a text, or an object with an address and the name of the service.
    pub(crate) fn link_item(&mut self, node: Node<'_>) {
        if node.kind() != Kind::Object {
            return self.link(node, None);
        }
        let Some(object) = Fields::of(node, self.remarks) else { return };
        let service =
            object.any(&["type", "service", "network", "title", "label"]).and_then(|node| fields::short(node, self.remarks));
        let target = object.any(&["url", "value", "link", "href"]).or_else(|| object.any(&["username", "handle"]));
        object.ignore(&["name", "username", "handle"]);
        object.finish();
        let service = service.and_then(|name| normalise::handle::service_from_name(&name));
        match target {
            Some(target) => self.link(target, service),
            None => fields::expected("a link with a field url", node, self.remarks),
        }
    }

    /// A wallet: an address, or an object with `address` and `chain`.
    pub(crate) fn wallet(&mut self, node: Node<'_>) {
        let (target, chain) = if node.kind() == Kind::Object {
            let Some(object) = Fields::of(node, self.remarks) else { return };
            let (target, chain) = (object.any(&["address", "value"]), object.any(&["chain", "network", "asset", "type"]));
            object.finish();
            (target, chain.and_then(|node| fields::short(node, self.remarks)))
        } else {
            (Some(node), None)
        };
        let Some(target) = target else { return fields::expected("a wallet address", node, self.remarks) };
        if let Some(address) = fields::short(target, self.remarks) {
            // A mistyped or invented address is a fact about an application too.
            let (chain, canonical) = canonical::wallet(&address).unwrap_or_else(|| {
                let text = "no address of a chain that is known here; it is kept as written";
                self.remarks.say_of(RemarkKind::Unreadable, target, text);
                (chain.unwrap_or_default().to_lowercase(), address.clone())
            });
            self.push(Wallet { chain, address, canonical }, target);
        }
    }

    /// An answer whose question is the key of an object.
    pub(crate) fn keyed_answer(&mut self, key: Node<'_>, node: Node<'_>) {
        let question = key.as_str().unwrap_or_default().into_owned();
        if let Some(answer) = self.answer_text(&question, node) {
            self.push_pair(Answer { question, answer }, key, node);
        }
    }

    /// An answer to a question of the form. Answers to questions for equal-opportunity statistics are left alone.
    pub(crate) fn answer(&mut self, question: String, node: Node<'_>) {
        if let Some(answer) = self.answer_text(&question, node) {
            self.push(Answer { question, answer }, node);
        }
    }

    fn answer_text(&self, question: &str, node: Node<'_>) -> Option<String> {
        if is_demographic(question) {
            self.remarks.say_of(RemarkKind::Withheld, node, "an answer to a demographic question is never read");
            return None;
        }
        let answer = match node.kind() {
            Kind::Bool => Some(if node.as_bool() == Some(true) { "yes" } else { "no" }.to_owned()),
            Kind::Array => {
                let parts: Vec<_> =
                    fields::list(node, self.remarks).filter_map(|node| fields::short(node, self.remarks)).collect();
                Some(parts.join(", "))
            }
            _ => fields::long(node, self.remarks),
        };
        answer.filter(|answer| !answer.is_empty())
    }

    pub(crate) fn avatar_phash(&mut self, node: Node<'_>) {
        if let Some(phash) = crate::github::phash(node, self.remarks) {
            let picture = Picture { role: PictureRole::Avatar, name: "avatar".into(), phash: Some(phash), ..Picture::default() };
            self.push(picture, node);
        }
    }

    /// The node that holds the value: itself, or one of the named fields of an object.
    fn value<'t>(&self, node: Node<'t>, keys: &[&'static str], beside: &[&'static str]) -> Option<Node<'t>> {
        if node.kind() != Kind::Object {
            return Some(node);
        }
        let object = Fields::of(node, self.remarks)?;
        object.ignore(beside);
        let value = object.any(keys);
        object.finish();
        if value.is_none() {
            fields::expected(
                &format!("an object with the field {}", keys.first().copied().unwrap_or_default()),
                node,
                self.remarks,
            );
        }
        value
    }
}

/// Whether a question is one that forms ask of everybody for statistics on equal opportunity.
pub(crate) fn is_demographic(question: &str) -> bool {
    const WORDS: &[&str] = &[
        "gender",
        "sex",
        "race",
        "racial",
        "ethnicity",
        "ethnic",
        "disability",
        "disabilities",
        "disabled",
        "veteran",
        "religion",
        "religious",
        "pronouns",
        "transgender",
        "lgbtq",
        "sexual",
    ];
    let plain = question.to_lowercase();
    // "Tell us about a race condition you debugged" is a question of another kind.
    let technical = ["race condition", "data race", "harassment"].iter().any(|term| plain.contains(term));
    !technical && plain.split(|c: char| !c.is_alphanumeric()).any(|word| WORDS.contains(&word))
}

/// A link, in the form's voice, from an address or, where the service is known, a bare handle.
pub(crate) fn link(text: &str, service: Option<LinkKind>) -> Option<Link> {
    let known = service.filter(|service| !matches!(service, LinkKind::Portfolio | LinkKind::Other));
    if let Some(handle) = known.and_then(|known| normalise::handle::canonical(known, text)) {
        let service = known?;
        let url = match normalise::url::parse(text) {
            Ok(address) if address.service == service => address.url,
            _ => account_url(service, &handle),
        };
        return Some(Link { role: LinkRole::Application, service, url, handle: Some(handle), shown_as: None });
    }
    let address = normalise::url::parse(text).ok()?;
    let service = match (address.service, service) {
        (LinkKind::Other, Some(LinkKind::Portfolio)) => LinkKind::Portfolio,
        (found, _) => found,
    };
    Some(Link { role: LinkRole::Application, service, url: address.url, handle: address.handle, shown_as: None })
}

/// Where a service shows the account of a handle.
fn account_url(service: LinkKind, handle: &str) -> String {
    let base = match service {
        LinkKind::Github => "https://github.com/",
        LinkKind::Gitlab => "https://gitlab.com/",
        LinkKind::Linkedin => "https://linkedin.com/in/",
        LinkKind::Telegram => "https://t.me/",
        LinkKind::Twitter => "https://x.com/",
        LinkKind::Npm => "https://npmjs.com/~",
        LinkKind::Pypi => "https://pypi.org/user/",
        LinkKind::StackOverflow => "https://stackoverflow.com/users/",
        LinkKind::Upwork => "https://upwork.com/freelancers/",
        LinkKind::Freelancer => "https://freelancer.com/u/",
        LinkKind::Facebook => "https://facebook.com/",
        LinkKind::Instagram => "https://instagram.com/",
        LinkKind::Medium => "https://medium.com/@",
        LinkKind::Portfolio | LinkKind::Other => "",
    };
    let url = format!("{base}{handle}");
    normalise::url::canonical(&url).unwrap_or(url)
}

/// An address as people write it, IPv4 inside IPv6 unwrapped.
pub(crate) fn ip(text: &str) -> Option<IpAddr> {
    let text = text.trim().trim_start_matches('[').trim_end_matches(']');
    text.parse::<IpAddr>().ok().map(|ip| ip.to_canonical())
}
