//! Applications, résumés, applicant-system payloads and profile dumps to facts
