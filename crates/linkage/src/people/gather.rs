//! Applications that another reader has understood, row by row.

use std::borrow::Cow;

use super::{
    columns::Applicants,
    read::{Application, Doc, Intake, Work, add_text},
};
use crate::error::Error;

/// One application, in any notation: values are brought into the forms of the columns here.
#[derive(Clone, Debug, Default)]
pub struct Row<'a> {
    /// Its id, other than everybody else's.
    pub id: &'a str,
    /// Given names.
    pub given: Option<&'a str>,
    /// Family name.
    pub family: Option<&'a str>,
    /// Mailbox of the application.
    pub email: Option<&'a str>,
    /// More mailboxes of the applicant: those of a résumé, of own commits. Addresses of programs are left out.
    pub mailboxes: Vec<&'a str>,
    /// Telephone number.
    pub phone: Option<&'a str>,
    /// ISO 3166-1 code of the country of residence.
    pub country: Option<&'a str>,
    /// City of residence.
    pub city: Option<&'a str>,
    /// Current employer.
    pub employer: Option<&'a str>,
    /// The code host's account.
    pub account: Option<&'a str>,
    /// More accounts, as service and login: equal logins of two services are two accounts. The service is empty for the code host of
    /// [`Row::account`].
    pub accounts: Vec<(&'a str, &'a str)>,
    /// Network address the application was sent from.
    pub ip: Option<&'a str>,
    /// Browser's fingerprint.
    pub device: Option<&'a str>,
    /// Wallet address.
    pub wallet: Option<&'a str>,
    /// More wallet addresses.
    pub wallets: Vec<&'a str>,
    /// Picture, as 64-bit perceptual hash in hexadecimal digits.
    pub avatar: Option<&'a str>,
    /// Hidden root of the document's revisions.
    pub document_root: Option<&'a str>,
    /// Employers with the months in which the jobs began, in the order of the history.
    pub work: Vec<(&'a str, String)>,
    /// Texts of résumés.
    pub texts: Vec<&'a str>,
    /// Hashes, made by the caller, of identifiers or of accounts that are followed: the linker weighs them not, and lists who holds
    /// them.
    pub tokens: Vec<u64>,
    /// Tells whether what is known of the application changed; 0 where nothing does.
    pub stamp: u64,
}

/// Collects rows into [`Applicants`].
#[derive(Default)]
pub struct Gather(Intake);

impl Gather {
    /// Adds a row; whether it was added: a row without an id, or with one that is there already, is not.
    ///
    /// # Errors
    /// [`Error::OverLimit`] where a column holds more values than can be numbered.
    pub fn add(&mut self, row: &Row<'_>) -> Result<bool, Error> {
        let before = self.0.applicants.rows();
        let application = Application {
            id: Some(Cow::Borrowed(row.id)),
            first_name: row.given.map(Cow::Borrowed),
            last_name: row.family.map(Cow::Borrowed),
            email: row.email.map(Cow::Borrowed),
            phone: row.phone.map(Cow::Borrowed),
            country: row.country.map(Cow::Borrowed),
            city: row.city.map(Cow::Borrowed),
            employer: row.employer.map(Cow::Borrowed),
            github: row.account.map(Cow::Borrowed),
            ip: row.ip.map(Cow::Borrowed),
            device: row.device.map(Cow::Borrowed),
            wallet: row.wallet.map(Cow::Borrowed),
            avatar_phash: row.avatar.map(Cow::Borrowed),
            commit_emails: Some(row.mailboxes.iter().copied().map(Cow::Borrowed).collect()),
            doc: Some(Doc { rsid_root: row.document_root.map(Cow::Borrowed) }),
            work: Some(
                row.work
                    .iter()
                    .map(|(employer, start)| Work {
                        employer: Some(Cow::Borrowed(employer)),
                        start: Some(start.as_str()).filter(|start| !start.is_empty()).map(Cow::Borrowed),
                    })
                    .collect(),
            ),
            accounts: row.accounts.clone(),
            wallets: row.wallets.clone(),
        };
        self.0.add(0, &application)?;
        if self.0.applicants.rows() == before {
            return Ok(false);
        }
        for text in &row.texts {
            add_text(&mut self.0.applicants, before as u32, text)?;
        }
        row.tokens.iter().for_each(|&token| self.0.applicants.hold_token(before as u32, token));
        self.0.applicants.set_stamp(row.stamp);
        self.0.applicants.number()?;
        Ok(true)
    }

    /// Whether there is a row with an id.
    #[must_use]
    pub fn knows(&self, id: &str) -> bool {
        self.0.applicants.has_id(id)
    }

    /// Number of rows.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.0.applicants.rows()
    }

    /// Ends the collection.
    #[must_use]
    pub fn finish(self) -> Applicants {
        self.0.applicants.finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::people::{Column, read};
    use bonafide_formats::limits::Limits;

    #[test]
    fn rows_and_lines_that_say_the_same_are_the_same() {
        let line = concat!(
            r#"{"id":"a1","first_name":"Ada","last_name":"Vell","email":"Ada.Vell+x@gmail.com","phone":"+1 512 555 0142","#,
            r#""country":"US","city":"Austin","github":"https://github.com/AdaVell","ip":"203.0.113.9","commit_emails":["ada@vell.example"],"#,
            r#""avatar_phash":"00ff00ff00ff00ff","doc":{"rsid_root":"00AB"},"work":[{"employer":"Globex","start":"2019-03"},{"employer":"Initech","start":"2021-01"}]}"#
        );
        let (read, problems) = read("x", line.as_bytes(), &Limits::default()).unwrap();
        assert_eq!(problems.count, 0);
        let mut gather = Gather::default();
        let row = Row {
            id: "a1",
            given: Some("Ada"),
            family: Some("Vell"),
            email: Some("ada.vell@gmail.com"),
            mailboxes: vec!["ada@vell.example", "12+ada@users.noreply.github.com"],
            phone: Some("(512) 555-0142"),
            country: Some("US"),
            city: Some("Austin"),
            account: Some("adavell"),
            ip: Some("203.0.113.9"),
            avatar: Some("00ff00ff00ff00ff"),
            document_root: Some("00ab"),
            work: vec![("Globex", "2019-03".into()), ("Initech", "2021-01".into())],
            ..Row::default()
        };
        assert!(gather.add(&row).unwrap());
        assert!(!gather.add(&row).unwrap() && !gather.add(&Row::default()).unwrap() && gather.rows() == 1);
        let own = gather.finish();
        for column in [
            Column::Email,
            Column::Phone,
            Column::Account,
            Column::Ip,
            Column::Place,
            Column::DocumentRoot,
            Column::History,
            Column::Avatar,
        ] {
            assert_eq!(own.text(column, own.column(column)[0]), read.text(column, read.column(column)[0]), "{column:?}");
        }
    }
}
