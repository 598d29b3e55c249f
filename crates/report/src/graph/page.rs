//! The picture on a page, and the same as tables.

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::{Graph, Person, Role, svg};
use crate::{
    clean::{self, clean},
    html::{cell, foreign, head, table},
    words,
};

/// A page with the picture.
pub(super) fn page(graph: &Graph) -> Markup {
    html! {
        (DOCTYPE)
        (PreEscaped("<html lang=\"en-GB\">"))
        (head(&clean(&graph.title, clean::NAME)))
        (PreEscaped("<body class=\"links\">"))
        a.skip href="#tables" { "Skip to the tables" }
        header.page {
            h1 { (foreign(&graph.title, clean::NAME)) }
            p.meta { (words::count(graph.people.len(), "application")) " · " (words::count(graph.shared.len(), "shared value")) }
            @for note in &graph.notes { p { (foreign(note, clean::SENTENCE)) } }
            p.decides { (words::A_LINK_IS_NO_VERDICT) }
        }
        main {
            (picture(graph, "graph"))
            section #tables {
                h2 { "What is shared" }
                (values(graph))
                h2 { "Who shares it" }
                (people(graph))
            }
        }
        (PreEscaped("</body></html>\n"))
    }
}

/// The picture for a page of another kind, with its table.
pub(crate) fn figure(graph: &Graph, anchor: &str) -> Markup {
    html! {
        (picture(graph, anchor))
        details { summary { "The same as a table" } (values(graph)) }
    }
}

fn picture(graph: &Graph, anchor: &str) -> Markup {
    html! {
        figure.links {
            figcaption { (foreign(&graph.title, clean::NAME)) " " span.sub { "circles are applications, boxes are what they share; thicker lines weigh more" } }
            div class=(if svg::is_wide(graph) { "canvas wide" } else { "canvas" }) tabindex=[svg::is_wide(graph).then_some("0")] { (svg::inline(graph, anchor)) }
            ul.legend { @for role in roles(graph) { li { svg class="graph" width="16" height="16" viewBox="0 0 24 24" aria-hidden="true" { circle class=(role.class()) cx="12" cy="12" r="9" {} } " " (role.words()) } } }
        }
    }
}

fn roles(graph: &Graph) -> Vec<Role> {
    let all = [Role::Centre, Role::Member, Role::Linked, Role::KnownBad];
    all.into_iter().filter(|role| graph.people.iter().any(|person| person.role == *role)).collect()
}

fn values(graph: &Graph) -> Markup {
    let rows = graph.heaviest_first().into_iter().map(|shared| {
        let ids = graph.holders_of(shared).map(|person| clean(&person.id, clean::NAME));
        vec![
            html! { (foreign(&shared.value, clean::VALUE)) span.sub { (clean(&shared.kind, clean::NAME)) } },
            html! { span.number { (words::decimals(shared.weight)) } },
            html! { span.number { @if let Some(holders) = shared.holders { (words::thousands(holders as usize)) } } },
            cell(if shared.same_person { "one person" } else { "one hand behind them" }),
            html! { bdi { (ids.collect::<Vec<_>>().join(", ")) } },
        ]
    });
    table(&cell("Shared values, heaviest first"), &["Value", "Bits", "Holders in all", "Speaks for", "Shared here by"], rows)
}

fn people(graph: &Graph) -> Markup {
    let rows = graph.people.iter().map(|person: &Person| {
        let id = |id: &Option<String>| html! { @if let Some(id) = id { (foreign(id, clean::NAME)) } };
        vec![
            html! { (foreign(&person.id, clean::NAME)) @if let Some(name) = &person.name { span.sub { (foreign(name, clean::NAME)) } } },
            cell(person.role.words()),
            id(&person.person),
            id(&person.ring),
            html! { span.number { @if let Some(score) = person.score { (words::decimals(score)) } } },
        ]
    });
    table(&cell("Applications"), &["Application", "Why it is here", "Person", "Ring", "Bits for the ring"], rows)
}
