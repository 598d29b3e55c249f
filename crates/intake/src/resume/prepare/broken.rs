//! Joins addresses that a narrow column breaks: `jane.roe@roe-` over `design.example`, `linkedin.com/in/jan` over `e-roe`.

use std::collections::HashMap;

use bonafide_normalise::{email, url};

use super::{
    super::{join_places, vocabulary::labels},
    Row, no_room, wraps,
};

/// Joins broken addresses, and places that wrap among the contacts.
pub(super) fn join(rows: Vec<Row>) -> Vec<Row> {
    let right = rows.iter().map(|row| row.right).fold(0.0_f32, f32::max);
    let edges = Edges::of(&rows);
    let mut joined: Vec<Row> = Vec::with_capacity(rows.len());
    // The row above as it stands on the page, without what was joined to it.
    let mut above: Option<Row> = None;
    for row in rows {
        let broken = match (&above, joined.last()) {
            (Some(above), Some(last)) => is_broken(last, above, &row, &edges) || is_cut_place(last, &row, right),
            _ => false,
        };
        above = Some(row.clone());
        match joined.last_mut() {
            Some(last) if broken => {
                if last.text.ends_with(',') {
                    last.text.push(' ');
                }
                last.text.push_str(&row.text);
                if let Some(cell) = last.cells.last_mut() {
                    cell.end = last.text.len();
                }
                last.place = join_places(&last.place, &row.place);
            }
            _ => joined.push(row),
        }
    }
    joined
}

/// The right edges of the rows of each column, the two farthest.
struct Edges(HashMap<(u32, u16), (f32, f32)>);

impl Edges {
    fn of(rows: &[Row]) -> Self {
        let mut edges: HashMap<(u32, u16), (f32, f32)> = HashMap::new();
        for row in rows.iter().filter(|row| row.has_area()) {
            let edge = edges.entry((row.page, row.column)).or_insert((0.0, 0.0));
            if row.right > edge.0 {
                *edge = (row.right, edge.0);
            } else {
                edge.1 = edge.1.max(row.right);
            }
        }
        Self(edges)
    }

    /// Whether a row fills its column to the last letter, as another row does.
    fn is_filled(&self, row: &Row) -> bool {
        let Some(&(farthest, second)) = self.0.get(&(row.page, row.column)).filter(|_| row.has_area()) else { return false };
        let letter = (row.right - row.left) / row.text.chars().count().max(1) as f32;
        row.right > farthest - 1.6 * letter && second > farthest - 3.0 * letter
    }
}

/// Whether an address goes on in the next row.
fn is_broken(last: &Row, above: &Row, row: &Row, edges: &Edges) -> bool {
    let head = last.text.rsplit(' ').next().unwrap_or_default();
    let tail = row.text.as_str();
    let single = !tail.contains(' ')
        && tail.len() < 60
        && row.bullet.is_none()
        && !row.space_before
        && row.page == last.page
        && row.column == last.column
        && !labels::is_contact(tail);
    if !single {
        return false;
    }
    let whole = || format!("{head}{tail}");
    if head.contains('@') || tail.starts_with('@') {
        let fits = !tail.chars().skip(1).any(|c| c == '@') && email::canonical(&whole()).is_some() && is_complete_mail(&whole());
        let hangs = head.ends_with('-') || !head.contains('@') || !is_complete_mail(head);
        return fits && (hangs || edges.is_filled(above) && goes_on(head, tail));
    }
    if !(head.contains('/') && head.contains('.')) || tail.contains('@') || url::parse(&whole()).is_err() {
        return false;
    }
    let plain = tail.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '_'));
    head.ends_with('/') && !tail.contains("//") && !has_domain(tail)
        || head.ends_with(['-', '_', '.']) && !tail.contains('/')
        || edges.is_filled(above) && plain && !last.text.ends_with('/')
}

/// Whether a text begins with a domain of its own.
fn has_domain(text: &str) -> bool {
    text.split('/').next().is_some_and(|host| host.rsplit('.').next().is_some_and(|end| host.contains('.') && is_known_end(end)))
}

/// Whether a mail address has a domain with a usual form: `roe.example`, not `roe` nor `roe.`.
fn is_complete_mail(text: &str) -> bool {
    text.split('@')
        .nth(1)
        .is_some_and(|domain| domain.rsplit_once('.').is_some_and(|(name, end)| !name.is_empty() && end.chars().count() >= 2))
}

/// Whether the last part of a domain goes on: `roe.exam` over `ple`, `roe.co` over `m`; not `roe.com` over `painter`.
fn goes_on(head: &str, tail: &str) -> bool {
    let end = |text: &str| text.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    let plain = tail.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '.' | '-'));
    let joined = end(&format!("{head}{tail}"));
    plain && if is_known_end(&end(head)) { tail.len() <= 3 && is_known_end(&joined) && joined.len() > 2 } else { true }
}

/// Whether a text is a usual last part of a domain.
fn is_known_end(text: &str) -> bool {
    text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_lowercase())
        || matches!(
            text,
            "com"
                | "net"
                | "org"
                | "edu"
                | "gov"
                | "mil"
                | "int"
                | "info"
                | "biz"
                | "name"
                | "pro"
                | "dev"
                | "app"
                | "tech"
                | "xyz"
                | "online"
                | "site"
                | "cloud"
                | "email"
                | "page"
                | "studio"
                | "design"
                | "blog"
                | "example"
                | "test"
                | "invalid"
                | "jobs"
                | "cat"
                | "asia"
                | "post"
                | "work"
                | "codes"
                | "software"
                | "systems"
                | "engineer"
                | "agency"
                | "digital"
                | "media"
                | "world"
                | "live"
                | "space"
                | "website"
                | "network"
                | "works"
                | "consulting"
        )
}

/// A place among the contacts that wraps behind a comma.
fn is_cut_place(last: &Row, row: &Row, right: f32) -> bool {
    last.text.ends_with(',')
        && row.text.split(' ').count() <= 3
        && !row.space_before
        && row.page == 1
        && last.top < 200.0
        && (wraps(last, row, right) || no_room(last, row, right))
        && last.text.contains(['@', ':', '|'])
}
