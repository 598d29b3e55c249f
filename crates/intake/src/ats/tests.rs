use bonafide_formats::limits::Limits;
use bonafide_model::fact::{AppliedRole, Payload};
use serde_json::{Value, json};

use crate::{Application, RemarkKind, read_json};

fn read(value: &Value) -> Application {
    read_json("application.json", value.to_string().into_bytes(), &Limits::default()).expect("an application")
}

fn told(application: &Application) -> String {
    let mut lines = vec![format!("subject {}", application.subject)];
    for fact in &application.facts {
        let value = serde_json::to_value(&fact.value).expect("serialises");
        lines.push(format!("{} {}", fact.value.kind().name(), value["value"]));
    }
    lines.extend(application.notes.iter().map(|note| format!("{:?} {note}", note.kind)));
    lines.join("\n")
}

#[test]
fn greenhouse() {
    insta::assert_snapshot!(told(&read(&json!({
        "action": "new_candidate_application",
        "payload": {"application": {
            "id": 9001, "status": "active", "applied_at": "2026-11-02T09:14:05.000Z", "source": {"id": 1, "public_name": "Referral"},
            "credited_to": {"id": 3, "name": "Ann Other", "email": "ann@firm.example"}, "jobs": [{"id": 5, "name": "Engineer"}],
            "answers": [{"question": "Where will you work from?", "answer": "Utopia"}, {"question": "Disability status", "answer": "no"}],
            "custom_fields": {"notice": {"name": "Notice period", "type": "short_text", "value": "2 weeks"}, "salary": {"name": "Salary", "type": "currency", "value": {"amount": 1, "unit": "USD"}}, "empty": {"name": "E", "type": "x", "value": null}},
            "candidate": {
                "id": 8001, "first_name": "Robin", "last_name": "Sample", "company": "Initech", "title": "Engineer",
                "email_addresses": [{"value": "robin@mail.example", "type": "personal"}], "phone_numbers": [{"value": "+1 512 555 0142", "type": "mobile"}],
                "addresses": [{"value": "100 Example Street, Austin, TX", "type": "home"}],
                "website_addresses": [{"value": "https://robin.example", "type": "portfolio"}],
                "social_media_addresses": [{"value": "https://github.com/robin-s"}],
                "attachments": [{"filename": "resume.pdf", "url": "https://files.example/r.pdf", "type": "resume"}],
                "educations": [{"school_name": "Sample University", "degree": "BSc", "discipline": "Physics", "start_date": "2012-01-01", "end_date": "2016-01-01"}],
                "employments": [{"company_name": "Initech", "title": "Engineer", "start_date": "2016-02-01", "end_date": null}],
                "custom_fields": {}, "mystery": 7,
            },
        }},
    }))));
}

#[test]
fn ashby() {
    insta::assert_snapshot!(told(&read(&json!({
        "action": "applicationSubmit",
        "data": {"application": {
            "id": "a-1", "createdAt": "2026-11-02T09:14:05.000Z", "status": "Active", "job": {"id": "j", "title": "Engineer"},
            "source": {"title": "Careers page"}, "customFields": [{"id": "c", "title": "Start", "value": "Now"}],
            "candidate": {
                "id": "c-1", "name": "Robin Sample", "company": "Initech", "timezone": "America/Chicago",
                "primaryEmailAddress": {"value": "robin@mail.example", "type": "Personal", "isPrimary": true},
                "emailAddresses": [{"value": "robin@mail.example", "type": "Personal", "isPrimary": true}, {"value": "rs@work.example", "type": "Work", "isPrimary": false}],
                "primaryPhoneNumber": {"value": "+15125550142", "type": "Mobile", "isPrimary": true},
                "socialLinks": [{"type": "GitHub", "url": "https://github.com/robin-s"}, {"type": "Website", "url": "https://robin.example"}],
                "location": {"locationSummary": "Austin, Texas, United States", "locationComponents": [{"type": "Country", "name": "United States"}]},
                "resumeFileHandle": {"id": "f", "name": "resume.pdf", "handle": "h"},
            },
        }},
    }))));
}

#[test]
fn workable() {
    insta::assert_snapshot!(told(&read(&json!({
        "id": "wk-1", "event_type": "candidate_created", "fired_at": "2026-11-02T09:14:05.000Z", "resource_type": "candidate",
        "data": {
            "id": "c0ffee01", "name": "Robin Sample", "firstname": "Robin", "lastname": "Sample", "email": "robin@mail.example", "phone": "+15125550142",
            "address": "Austin, TX", "location": {"city": "Austin", "region": "Texas", "region_code": "TX", "country": "United States", "country_code": "US", "zip_code": "73301"},
            "resume_url": "https://files.example/r.pdf", "cover_letter": "Dear team",
            "social_profiles": [{"type": "github", "name": "GitHub", "username": "robin-s", "url": "https://github.com/robin-s"}, {"type": "telegram", "username": "robin_s"}],
            "experience_entries": [{"id": "1", "title": "Engineer", "company": "Initech", "industry": "x", "summary": "s", "current": true, "start_date": "2020-03-01", "end_date": null},
                                   {"title": "Intern", "company": "Globex", "current": false, "start_date": "2018-03-01", "end_date": "2019-02-28"}],
            "education_entries": [{"degree": "BSc", "school": "Sample University", "field_of_study": "Physics", "start_date": "2012-01-01", "end_date": "2016-01-01"}],
            "skills": [{"name": "Rust"}, "SQL"],
            "answers": [{"question": {"body": "Remote?"}, "answer": {"checked": true}}, {"question_key": "q2", "answer": {"choices": [{"body": "Yes"}]}}],
            "job": {"shortcode": "R1", "title": "Engineer"}, "stage": "Applied", "disqualified": false,
        },
    }))));
}

#[test]
fn lever_and_smartrecruiters_carry_ids_alone() {
    let lever = read(&json!({
        "id": "e", "event": "applicationCreated", "triggeredAt": 1793610845000_i64, "token": "t", "signature": "s",
        "data": {"applicationId": "l-1", "opportunityId": "l-2", "contactId": "l-3"},
    }));
    let smart = read(&json!({
        "event": "application.created", "event_version": "v1", "application": {"id": "sr-1"}, "candidate": {"id": "sr-2"}, "job": {"id": "j"},
        "links": [{"rel": "application", "href": "https://api.example/x"}],
    }));
    insta::assert_snapshot!(format!("{}\n\n{}", told(&lever), told(&smart)));
    assert!(!lever.incomplete.is_empty() && !smart.incomplete.is_empty());
}

#[test]
fn other_events_are_said_to_be_such() {
    let event = |name: &str| read(&json!({"action": name, "data": {"application": {"id": "a", "candidate": {"name": "Robin"}}}}));
    let kinds = |application: &Application| application.notes.iter().map(|note| note.kind).collect::<Vec<_>>();
    assert_eq!(kinds(&event("candidateHire")), [RemarkKind::OtherEvent]);
    assert!(kinds(&event("applicationSubmit")).is_empty());
    assert_eq!(event("candidateHire").facts.len(), 2, "what it says of the candidate is read");
    for (body, vendor) in [
        (json!({"action": "delete_job", "payload": {"id": 1}}), "Greenhouse"),
        (json!({"event": "candidateHired", "data": {"opportunityId": "x"}}), "Lever"),
        (json!({"event": "application.updated", "application": {"id": "x"}}), "SmartRecruiters"),
        (json!({"event_type": "candidate_moved", "data": {"id": "x", "name": "R"}}), "Workable"),
    ] {
        let application = read(&body);
        let note = application.notes.iter().find(|note| note.kind == RemarkKind::OtherEvent).expect("said");
        assert!(note.text.contains(vendor), "{note}");
    }
}

#[test]
fn an_event_inside_an_application_is_read_too() {
    let body = json!({"action": "applicationSubmit", "data": {"application": {"id": "a-7", "candidate": {"name": "Robin Sample"}, "job": {"title": "Engineer"}}}});
    let application = read(&json!({"id": "own", "emails": ["r@x.example"], "ats": {"vendor": "ashby", "raw": body}}));
    assert_eq!(application.subject.as_str(), "own");
    let role = application.facts.iter().find_map(|fact| AppliedRole::of(&fact.value)).expect("a role");
    assert_eq!((role.title.as_str(), role.ats.clone()), ("Engineer", Some(("ashby".to_owned(), "a-7".to_owned()))));
    let ids = json!({"event": "applicationCreated", "triggeredAt": 1, "data": {"applicationId": "l-1", "opportunityId": "l-2"}});
    let fetched = read(&json!({"name": "Robin Sample", "ats": {"vendor": "lever", "raw": ids}}));
    assert!(fetched.incomplete.is_empty(), "the form around the event says what the event does not: {:?}", fetched.incomplete);
    let unknown = read(&json!({"emails": ["r@x.example"], "ats": {"vendor": "Other", "id": 5, "raw": {"x": 1}}}));
    assert!(unknown.notes.iter().any(|note| note.text.contains("not the body of an event")), "{:?}", unknown.notes);
}

#[test]
fn the_shared_samples_are_read() {
    for (vendor, subject, emails) in [
        ("greenhouse", "71000001", 1),
        ("ashby", "0b7d1c1e-0000-4000-8000-000000000001", 1),
        ("workable", "c0ffee01", 1),
        ("lever", "8f1e0000-0000-4000-8000-000000000007", 0),
        ("smartrecruiters", "sr-app-1", 0),
    ] {
        let Some(text) = crate::test_data::text(&format!("tradecraft/ats/{vendor}_application.json")) else { return };
        let application = read_json("application.json", text.into_bytes(), &Limits::default()).expect(vendor);
        assert_eq!(application.subject.as_str(), subject);
        let found = application.facts.iter().filter(|fact| fact.value.kind().name() == "email").count();
        assert_eq!(found, emails, "{vendor}");
        let role = application.facts.iter().find_map(|fact| AppliedRole::of(&fact.value)).expect("a role");
        assert_eq!(role.ats, Some((vendor.to_owned(), subject.to_owned())));
        let unknown: Vec<_> = application.notes.iter().filter(|note| note.kind == RemarkKind::UnknownField).collect();
        assert!(unknown.is_empty(), "{unknown:?}");
    }
}
