//! A résumé as facts of a subject, each at its place in the document.

use bonafide_model::{
    fact::{
        ClaimRole, ClaimedYears, DocumentProperty, Education, Email, EmailRole, FactSink, HiddenText, Language, Link, LinkRole,
        Location, LocationRole, NameRole, PersonName, Phone, Picture, PictureRole, Reference, ResumeText, Skill, Wallet, Work,
    },
    place::Place,
    protected::Protected,
    time::End,
};

use super::types::{Job, Quote, Resume, Study};

/// Appends the facts of a résumé. `document` is the name under which people know the file.
pub fn facts(resume: &Resume, document: &str, sink: &mut FactSink) {
    person(resume, sink);
    for job in &resume.work {
        work(job, sink);
    }
    for job in &resume.volunteer {
        work(job, sink);
    }
    for study in &resume.education {
        education(study, sink);
    }
    claims(resume, sink);
    references(resume, sink);
    about_document(resume, document, sink);
}

fn person(resume: &Resume, sink: &mut FactSink) {
    if let Some(name) = &resume.name {
        sink.push(PersonName { role: NameRole::Resume, full: name.text.clone(), ..PersonName::default() }, name.place.clone());
    }
    for email in &resume.emails {
        let role = if email.only_as_link { EmailRole::DocumentLink } else { EmailRole::Resume };
        sink.push(
            Email { role, address: email.quote.text.clone(), canonical: email.canonical.clone() },
            email.quote.place.clone(),
        );
    }
    for phone in &resume.phones {
        let role = if phone.only_as_link { EmailRole::DocumentLink } else { EmailRole::Resume };
        sink.push(
            Phone { role, raw: phone.quote.text.clone(), e164: phone.e164.clone(), regions: phone.regions.clone() },
            phone.quote.place.clone(),
        );
    }
    if let Some(location) = &resume.location {
        let fact = Location {
            role: LocationRole::Resume,
            raw: location.quote.text.clone(),
            city: location.city.clone(),
            region: location.region.clone(),
            country: location.country.clone(),
        };
        sink.push(fact, location.quote.place.clone());
    }
    for link in &resume.links {
        let role = if link.from_annotation { LinkRole::DocumentLink } else { LinkRole::Resume };
        let fact = Link {
            role,
            service: link.service,
            url: link.url.clone(),
            handle: link.handle.clone(),
            shown_as: link.shown_as.clone(),
        };
        sink.push(fact, link.quote.place.clone());
    }
    for wallet in &resume.wallets {
        let fact =
            Wallet { chain: wallet.chain.clone(), address: wallet.quote.text.clone(), canonical: wallet.canonical.clone() };
        sink.push(fact, wallet.quote.place.clone());
    }
}

fn work(job: &Job, sink: &mut FactSink) {
    let fact = Work {
        role: ClaimRole::Resume,
        employer: job.employer.text.clone(),
        title: job.title.text.clone(),
        start: job.period.as_ref().and_then(|period| period.start),
        end: job.period.as_ref().map_or(End::Unknown, |period| period.end),
        location: job.location.as_ref().map(|location| location.quote.text.clone()),
        city: job.location.as_ref().and_then(|location| location.city.clone()),
        remote: job.remote,
        employment: job.employment,
    };
    let place = covering([
        Some(&job.employer),
        Some(&job.title),
        job.period.as_ref().map(|period| &period.quote),
        job.location.as_ref().map(|location| &location.quote),
    ]);
    sink.push(fact, place);
}

fn education(study: &Study, sink: &mut FactSink) {
    let fact = Education {
        role: ClaimRole::Resume,
        school: study.school.text.clone(),
        degree: study.degree.text.clone(),
        start: study.period.as_ref().and_then(|period| period.start),
        end: study.period.as_ref().map_or(End::Unknown, |period| period.end),
        contact_email: None,
        contact_phone: None,
    };
    sink.push(
        fact,
        covering([Some(&study.school), Some(&study.degree), study.period.as_ref().map(|period| &period.quote), None]),
    );
}

/// The place that covers the places of several quotes.
fn covering(quotes: [Option<&Quote>; 4]) -> Place {
    let mut places = quotes.into_iter().flatten().filter(|quote| !quote.is_empty()).map(|quote| &quote.place);
    let Some(first) = places.next() else { return Place::Whole };
    places.fold(first.clone(), |covered, place| super::join_places(&covered, place))
}

fn claims(resume: &Resume, sink: &mut FactSink) {
    for years in &resume.claimed_years {
        let fact = ClaimedYears {
            role: ClaimRole::Resume,
            technology: years.technology.clone(),
            months: years.months,
            or_more: years.or_more,
        };
        sink.push(fact, years.quote.place.clone());
    }
    for skill in &resume.skills {
        sink.push(Skill { name: skill.quote.text.clone() }, skill.quote.place.clone());
    }
    for language in &resume.languages {
        sink.push(Language { claim: Protected::seal(language.quote.text.as_str()) }, language.quote.place.clone());
    }
}

fn references(resume: &Resume, sink: &mut FactSink) {
    for reference in &resume.references {
        let fact = Reference {
            name: reference.name.text.clone(),
            company: reference.company.clone(),
            email: reference.email.as_ref().map(|email| email.quote.text.clone()),
            email_canonical: reference.email.as_ref().map(|email| email.canonical.clone()),
            phone: reference.phone.as_ref().map(|phone| phone.quote.text.clone()),
            phone_e164: reference.phone.as_ref().and_then(|phone| phone.e164.clone()),
            ..Reference::default()
        };
        sink.push(fact, reference.name.place.clone());
    }
}

fn about_document(resume: &Resume, document: &str, sink: &mut FactSink) {
    let carried = &resume.carried;
    let bullets = resume.work.iter().flat_map(|job| &job.bullets).map(|bullet| bullet.text.clone()).collect();
    let text = ResumeText {
        document: document.to_owned(),
        text: carried.text.clone(),
        complete: carried.complete,
        image_only: carried.image_only,
        bullets,
    };
    sink.push(text, Place::Whole);
    for property in &carried.properties {
        let fact = DocumentProperty { document: document.to_owned(), name: property.name.clone(), value: property.value.clone() };
        let place = if property.part.is_empty() { Place::Whole } else { Place::Part { part: property.part.clone(), line: None } };
        sink.push(fact, place);
    }
    for hidden in &carried.hidden {
        sink.push(
            HiddenText { document: document.to_owned(), hiding: hidden.hiding, text: hidden.text.clone() },
            hidden.place.clone(),
        );
    }
    for (nth, picture) in carried.pictures.iter().enumerate() {
        let fact = Picture {
            role: PictureRole::Resume,
            name: format!("{document}, picture {}", nth + 1),
            phash: picture.phash.clone(),
            sha256: Some(picture.sha256.clone()).filter(|sha256| !sha256.is_empty()),
            width: picture.width,
            height: picture.height,
            software: picture.software.clone(),
            background_phash: None,
            centre_phash: None,
        };
        sink.push(fact, picture.place.clone());
    }
}
