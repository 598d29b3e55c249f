//! The picture.

use maud::{Markup, PreEscaped, html};

use super::{
    Graph, Person, Role, STYLE, Shared,
    layout::{Place, lay_out},
    overlap::{Half, move_apart, pack},
    paths::Lines,
};
use crate::{
    clean::{self, clean},
    terminal::columns,
    words,
};

/// Width of a column of a label in CSS pixels, on the large side: fonts differ.
const COLUMN: f64 = 6.9;
/// Columns of a value that are drawn; the table and the tooltip hold it whole.
const VALUE: usize = 30;
/// Columns of an id that are drawn.
const ID: usize = 26;
/// Radius of an application's circle.
const RADIUS: f64 = 9.0;
/// Half the height of a shared value's box.
const PILL: f64 = 11.0;
/// Space around the picture.
const MARGIN: f64 = 12.0;

/// Where everything lies.
struct Picture {
    people: Vec<Place>,
    shared: Vec<Place>,
    width: f64,
    height: f64,
}

/// The picture with its own style and colours.
pub(super) fn alone(graph: &Graph) -> Markup {
    let picture = Picture::of(graph);
    html! {
        (open(&picture, "graph", true))
        style { (PreEscaped(STYLE)) ".graph { background: var(--graph-ground); }" }
        (drawn(graph, &picture, "graph"))
        (PreEscaped("</svg>"))
    }
}

/// The picture for a page that has the style.
pub(super) fn inline(graph: &Graph, anchor: &str) -> Markup {
    let picture = Picture::of(graph);
    html! { (open(&picture, anchor, false)) (drawn(graph, &picture, anchor)) (PreEscaped("</svg>")) }
}

/// Whether the page should show a part of the picture at a time.
pub(super) fn is_wide(graph: &Graph) -> bool {
    graph.people.len() + graph.shared.len() > 120
}

fn open(picture: &Picture, anchor: &str, alone: bool) -> Markup {
    let (width, height) = (picture.width.ceil(), picture.height.ceil());
    let space = if alone { " xmlns=\"http://www.w3.org/2000/svg\"" } else { "" };
    PreEscaped(format!(
        "<svg{space} class=\"graph\" role=\"img\" aria-labelledby=\"{anchor}-title {anchor}-text\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\">"
    ))
}

fn drawn(graph: &Graph, picture: &Picture, anchor: &str) -> Markup {
    html! {
        title id={ (anchor) "-title" } { (clean(&graph.title, clean::NAME)) }
        desc id={ (anchor) "-text" } {
            (words::count(graph.people.len(), "application")) " and " (words::count(graph.shared.len(), "shared value")) "."
        }
        @for (shared, &at) in graph.shared.iter().zip(&picture.shared) {
            @for &person in &shared.people { (line(shared, at, picture.people[person])) }
        }
        @for (shared, &at) in graph.shared.iter().zip(&picture.shared) { (pill(shared, at)) }
        @for (person, &at) in graph.people.iter().zip(&picture.people) { (circle(person, at)) }
    }
}

fn line(shared: &Shared, from: Place, to: Place) -> Markup {
    let width = 1.0 + shared.weight.clamp(0.0, 16.0) / 6.0;
    html! {
        line class=[shared.same_person.then_some("same")] x1=(pixels(from.x)) y1=(pixels(from.y)) x2=(pixels(to.x)) y2=(pixels(to.y - 8.0)) stroke-width=(pixels(width)) {}
    }
}

fn pill(shared: &Shared, at: Place) -> Markup {
    let half = half_of_value(shared);
    let kind = clean(&shared.kind, clean::NAME);
    let mut told = format!("{kind} {}: {} bits", clean(&shared.value, clean::VALUE), words::decimals(shared.weight));
    if let Some(holders) = shared.holders {
        told.push_str(&format!(", {} in all", words::count(holders as usize, "holder")));
    }
    html! {
        g {
            title { (told) }
            rect class=[shared.same_person.then_some("same")] x=(pixels(at.x - half.width + 2.0)) y=(pixels(at.y - PILL + 1.0))
                width=(pixels(2.0 * half.width - 4.0)) height=(pixels(2.0 * PILL - 2.0)) rx="10" {}
            text x=(pixels(at.x)) y=(pixels(at.y + 4.0)) {
                tspan.kind { (kind) } " " (shortened(&shared.value, VALUE))
            }
        }
    }
}

fn circle(person: &Person, at: Place) -> Markup {
    let mut told = clean(&person.id, clean::NAME);
    for more in [person.name.as_deref().unwrap_or_default(), person.role.words()] {
        if !more.is_empty() {
            told.push_str(", ");
            told.push_str(&clean(more, clean::NAME));
        }
    }
    let name = if person.role == Role::Centre { "name centre-name" } else { "name" };
    html! {
        g {
            title { (told) }
            circle class=(person.role.class()) cx=(pixels(at.x)) cy=(pixels(at.y - 8.0)) r=(pixels(RADIUS)) {}
            text class=(name) x=(pixels(at.x)) y=(pixels(at.y + 16.0)) { (shortened(&person.id, ID)) }
        }
    }
}

impl Picture {
    fn of(graph: &Graph) -> Self {
        let people = graph.people.len();
        let halves: Vec<Half> = graph.people.iter().map(half_of_person).chain(graph.shared.iter().map(half_of_value)).collect();
        let links: Vec<(usize, usize, u32)> = graph
            .shared
            .iter()
            .enumerate()
            .flat_map(|(at, shared)| shared.people.iter().map(move |&person| (person, people + at, length(shared))))
            .collect();
        let lines = Lines::of(halves.len(), &links);
        let (part_of, count) = lines.parts();
        let mut nodes_of = vec![Vec::new(); count];
        part_of.iter().enumerate().for_each(|(node, &part)| nodes_of[part].push(node));
        let mut number = vec![0; halves.len()];
        for nodes in &nodes_of {
            nodes.iter().enumerate().for_each(|(at, &node)| number[node] = at);
        }
        let mut links_of = vec![Vec::new(); count];
        for &(one, other, length) in &links {
            links_of[part_of[one]].push((number[one], number[other], length));
        }
        let mut parts: Vec<(Vec<Place>, Vec<Half>)> = nodes_of
            .iter()
            .zip(&links_of)
            .map(|(nodes, links)| {
                let mut places = lay_out(&Lines::of(nodes.len(), links));
                let halves: Vec<Half> = nodes.iter().map(|&node| halves[node]).collect();
                move_apart(&mut places, &halves);
                (places, halves)
            })
            .collect();
        let (width, height) = pack(&mut parts);
        let mut places = vec![Place { x: 0.0, y: 0.0 }; halves.len()];
        for (nodes, (of_part, _)) in nodes_of.iter().zip(&parts) {
            for (&node, place) in nodes.iter().zip(of_part) {
                places[node] = Place { x: place.x + MARGIN, y: place.y + MARGIN };
            }
        }
        let shared = places.split_off(people);
        Self { people: places, shared, width: width + 2.0 * MARGIN, height: height + 2.0 * MARGIN }
    }
}

/// Lines to a value that many share are longer: there must be room around it.
fn length(shared: &Shared) -> u32 {
    70 + 9 * shared.people.len().min(60) as u32
}

fn half_of_person(person: &Person) -> Half {
    let text = columns(&shortened(&person.id, ID)) as f64 * COLUMN;
    Half { width: text.max(2.0 * RADIUS) / 2.0 + 4.0, height: 23.0 }
}

fn half_of_value(shared: &Shared) -> Half {
    let text = columns(&shared.kind).min(clean::NAME) + 1 + columns(&shortened(&shared.value, VALUE));
    Half { width: text as f64 * COLUMN / 2.0 + 11.0, height: PILL + 3.0 }
}

/// A text of at most so many characters: of a longer one the beginning and the end, which is where numbers and addresses differ.
fn shortened(text: &str, most: usize) -> String {
    let text = clean(text, clean::VALUE);
    let count = text.chars().count();
    if count <= most {
        return text;
    }
    let tail = most / 3;
    let head: String = text.chars().take(most - tail - 1).collect();
    let end: String = text.chars().skip(count - tail).collect();
    format!("{head}…{end}")
}

fn pixels(number: f64) -> String {
    let text = format!("{number:.1}");
    text.strip_suffix(".0").map_or(text.clone(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_values_keep_both_ends() {
        assert_eq!(
            shortened("0x52908400098527886E0F7030069857D2E4169EE7", 30),
            "0x52908400098527886…57D2E4169EE7".replace("57D2E4169EE7", "D2E4169EE7")
        );
        assert_eq!(shortened("+351 555 0100", 30), "+351 555 0100");
        assert_eq!(pixels(12.0), "12");
        assert_eq!(pixels(12.34), "12.3");
    }
}
