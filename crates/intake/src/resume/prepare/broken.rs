//! Joins addresses that a narrow column breaks: `jane.roe@roe-` over `design.example`, `linkedin.com/in/jan` over `e-roe`.

use std::collections::HashMap;

use bonafide_normalise::{email, url};

use super::{
    super::{fold, join_places, places, vocabulary::labels},
    Row, no_room,
};

/// Joins broken addresses, and places that wrap among the contacts.
pub(super) fn join(rows: Vec<Row>) -> Vec<Row> {
    let right = rows.iter().map(|row| row.right).fold(0.0_f32, f32::max);
    let edges = Edges::of(&rows);
    let words = Words::of(&rows);
    let mut joined: Vec<Row> = Vec::with_capacity(rows.len());
    // The last row of each column: its number among the joined, and how it stands on the page, without what was joined to it.
    let mut above: HashMap<(u32, u16), (usize, Row)> = HashMap::new();
    for mut row in rows {
        let column = (row.page, row.column);
        // What ends an address may have more behind it: "roe | github.com/jane-roe".
        if let (Some((at, above)), Some((first, rest))) = (above.get(&column), first_of(&row))
            && let Some(last) = joined
                .get_mut(*at)
                .filter(|last| is_broken(last, above, &first, &edges) || is_cut_phone(last, above, &first, &edges))
        {
            if !last.text.contains('@')
                && first.text.starts_with(|c: char| c.is_ascii_digit())
                && !last.text.ends_with(['/', '-'])
            {
                last.text.push(' ');
            }
            if words.hyphenated(&last.text, &first.text) {
                last.text.pop();
            }
            last.text.push_str(&first.text);
            if let Some(cell) = last.cells.last_mut() {
                cell.end = last.text.len();
            }
            last.place = join_places(&last.place, &row.place);
            row = rest;
        }
        let broken = above
            .get(&column)
            .filter(|(at, above)| {
                joined.get(*at).is_some_and(|last| {
                    is_broken(last, above, &row, &edges)
                        || is_cut_place(last, &row, right)
                        || is_cut_phone(last, above, &row, &edges)
                })
            })
            .map(|(at, _)| *at);
        above.insert(column, (broken.unwrap_or(joined.len()), row.clone()));
        match broken.and_then(|at| joined.get_mut(at)) {
            Some(last) => {
                if last.text.ends_with(',')
                    || row.text.starts_with(|c: char| c.is_ascii_digit()) && !last.text.contains(['@', '/'])
                {
                    last.text.push(' ');
                }
                if words.hyphenated(&last.text, &row.text) {
                    last.text.pop();
                }
                last.text.push_str(&row.text);
                if let Some(cell) = last.cells.last_mut() {
                    cell.end = last.text.len();
                }
                last.place = join_places(&last.place, &row.place);
            }
            None => joined.push(row),
        }
    }
    joined
}

/// The first word of a row, where a sign parts it from the rest, and the rest.
fn first_of(row: &Row) -> Option<(Row, Row)> {
    let end = row.text.find(' ')?;
    let rest = row.text[end..].trim_start();
    let parted = rest.starts_with(['|', '·', '•', '∙', '⋅', '‖']) || row.cells.first().is_some_and(|cell| cell.end == end);
    let behind = rest.trim_start_matches([' ', '|', '·', '•', '∙', '⋅', '‖']);
    if !parted || behind.is_empty() || row.bullet.is_some() {
        return None;
    }
    let first = Row { text: row.text[..end].to_owned(), cells: std::iter::once(0..end).collect(), ..row.clone() };
    Some((first, row.cut_front(row.text.len() - behind.len())))
}

/// The words of the document, to tell a hyphen of an address from one that a line break put there.
struct Words(std::collections::HashSet<String>);

impl Words {
    fn of(rows: &[Row]) -> Self {
        // Addresses say nothing: an account is often the name without its hyphen.
        let texts = rows.iter().take(400).flat_map(|row| row.text.split(' ')).filter(|text| !text.contains(['@', '/', '.']));
        let words = texts.flat_map(|text| text.split(|c: char| !c.is_alphanumeric()));
        Self(words.filter(|word| word.chars().count() >= 5).map(fold::key).collect())
    }

    /// `achter-` over `berg.r@mail.example`, where the document names Achterberg.
    fn hyphenated(&self, head: &str, tail: &str) -> bool {
        let Some(head) = head.strip_suffix('-') else { return false };
        let first = head.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        let second = tail.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        first.len() >= 2 && second.len() >= 2 && self.0.contains(&fold::key(&format!("{first}{second}")))
    }
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

    /// Whether the first word of a row would not have fitted into the row above it.
    fn no_room(&self, above: &Row, row: &Row) -> bool {
        self.0.get(&(row.page, row.column)).is_some_and(|&(farthest, _)| no_room(above, row, farthest))
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
        return fits && (hangs || (edges.is_filled(above) || is_cut_end(head, tail)) && goes_on(head, tail));
    }
    // "anna-" over "studio.example": the host of a page.
    let host = head.ends_with('-')
        && !head.contains(['@', '/'])
        && head.len() > 2
        && has_domain(tail)
        && (head.starts_with("www.") || last.text.contains(['|', '@', '•', '·']) || last.text.contains(": "));
    if host {
        return true;
    }
    // "https://www.linkedin" over ".com/in/jane", "www.roe.exam" over "ple": the host is cut.
    let address = head.strip_prefix("https://").or_else(|| head.strip_prefix("http://")).unwrap_or(head);
    let named = address.len() < head.len() || head.starts_with("www.");
    if named
        && !address.contains('/')
        && !has_domain(address)
        && has_domain(&format!("{address}{tail}"))
        && edges.is_filled(above)
    {
        return true;
    }
    if !(head.contains('/') && head.contains('.')) || tail.contains('@') || url::parse(&whole()).is_err() {
        return false;
    }
    let plain = tail.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '_'));
    head.ends_with('/') && !tail.contains("//") && !has_domain(tail)
        || head.ends_with(['-', '_', '.']) && !tail.contains('/')
        || edges.is_filled(above) && plain && !last.text.ends_with('/')
}

/// Whether a telephone number goes on in the next row: `+44 20 7946` over `0125`.
fn is_cut_phone(last: &Row, above: &Row, row: &Row, edges: &Edges) -> bool {
    let of_phone = |c: char| c.is_ascii_digit() || matches!(c, ' ' | '-' | '.' | '(' | ')' | '/');
    let number = last.text.rsplit([':', '|', '•', '·']).next().unwrap_or_default();
    let number = number.trim_start_matches(|c: char| !(c.is_ascii_digit() || matches!(c, '+' | '(')));
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).count();
    let begun = digits(number) >= 4
        && number.strip_prefix('+').unwrap_or(number).chars().all(of_phone)
        && (number.starts_with(['+', '(', '0']) || last.text.contains(':'));
    let rest = row.text.chars().all(of_phone) && (1..=8).contains(&digits(&row.text)) && row.text.len() <= 12;
    let year = digits(&row.text) == 4 && row.text.len() == 4 && row.text.starts_with(['1', '2']) && digits(number) >= 9;
    begun
        && rest
        && !year
        && digits(number) + digits(&row.text) <= 15
        && row.bullet.is_none()
        && !row.space_before
        && (row.left - above.left).abs() < 3.0
        && edges.no_room(above, row)
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

/// Whether a domain ends in what is no last part of one, and the next row makes it one: `roe.westb` over `rook.example`.
fn is_cut_end(head: &str, tail: &str) -> bool {
    let end = |text: &str| text.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    let known = |end: &str| is_known_end(end) && (end.len() > 2 || places::is_country_code(&end.to_ascii_uppercase()));
    !known(&end(head)) && known(&end(&format!("{head}{tail}")))
}

/// Whether the last part of a domain goes on: `roe.exam` over `ple`, `roe.co` over `m`; not `roe.com` over `painter`.
fn goes_on(head: &str, tail: &str) -> bool {
    let end = |text: &str| text.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    let plain = tail.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '.' | '-'));
    let joined = end(&format!("{head}{tail}"));
    plain && if is_known_end(&end(head)) { is_known_end(&joined) && joined.len() > 2 } else { true }
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
    let near = last.text.ends_with(',')
        && row.text.split(' ').count() <= 4
        && !row.space_before
        && row.bullet.is_none()
        && row.page == 1
        && last.page == 1
        && last.column == row.column;
    if !near {
        return false;
    }
    if last.top < 200.0 && row.text.split(' ').count() <= 3 && no_room(last, row, right) && last.text.contains(['@', ':', '|']) {
        return true;
    }
    // "San José," over "Costa Rica" in a sidebar.
    let front = last.text.rsplit(['|', ':', '•', '·']).next().unwrap_or_default().trim();
    front.split(' ').count() <= 8
        && last.has_area()
        && places::read(&row.text).certainty >= 2.0
        && places::read(&format!("{front} {}", row.text)).certainty >= 3.0
}
