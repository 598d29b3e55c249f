//! Why honest people share a value.

use bonafide_linkage::people::{Kind, Near};
use bonafide_model::lens::IdentifierKind;

/// The kind under which the linker knows how often honest people share such a value; `None` where it does not know the kind.
pub(super) const fn kind_of(kind: IdentifierKind) -> Option<Kind> {
    Some(match kind {
        IdentifierKind::Email => Kind::Mailbox,
        IdentifierKind::Phone => Kind::Phone,
        IdentifierKind::Wallet => Kind::Wallet,
        IdentifierKind::Github => Kind::Account,
        IdentifierKind::Ip => Kind::Ip,
        IdentifierKind::Device => Kind::Device,
        IdentifierKind::Avatar => Kind::Avatar,
        IdentifierKind::Document => Kind::DocumentRoot,
        // Accounts of other services, banks and offices are as much one person's as a mailbox.
        IdentifierKind::Handle | IdentifierKind::BankAccount | IdentifierKind::IdentityDocument => Kind::Mailbox,
        IdentifierKind::Domain
        | IdentifierKind::Company
        | IdentifierKind::Address
        | IdentifierKind::ReferenceName
        | IdentifierKind::Package => return None,
    })
}

/// The innocent reading of a value that two hold who are near each other; `None` where nothing but the value connects them.
pub(super) const fn reading(kind: IdentifierKind, near: Near) -> Option<&'static str> {
    match kind {
        IdentifierKind::Phone | IdentifierKind::Device | IdentifierKind::Ip => {
            if near.house {
                Some("agency")
            } else if near.family {
                Some("household")
            } else if near.network && !matches!(kind, IdentifierKind::Ip) {
                Some("household or office")
            } else {
                None
            }
        }
        IdentifierKind::Document => {
            if near.house || near.network || near.town {
                Some("course or agency")
            } else if near.family {
                Some("household")
            } else {
                None
            }
        }
        // Who shares a mailbox has mailboxes in one house as well: that explains nothing.
        IdentifierKind::Email | IdentifierKind::Handle | IdentifierKind::Wallet => {
            if near.family {
                Some("household")
            } else {
                None
            }
        }
        IdentifierKind::BankAccount => {
            if near.family {
                Some("household")
            } else if near.house {
                Some("agency")
            } else {
                None
            }
        }
        _ => None,
    }
}

/// What a value probably is that so many hold.
pub(super) fn popular(kind: IdentifierKind, holders: u32) -> String {
    let what = match kind {
        IdentifierKind::Ip => "an address of a carrier, a campus or a VPN",
        IdentifierKind::Avatar => "a placeholder picture",
        IdentifierKind::Wallet => "a deposit address of an exchange",
        IdentifierKind::Document => "a popular template",
        IdentifierKind::Device => "a common fingerprint",
        IdentifierKind::Phone | IdentifierKind::Email | IdentifierKind::BankAccount => "an agency's",
        _ => "common",
    };
    format!("shared by {holders} ({what}), ignored")
}
