//! The browser and network the form was sent from.

use bonafide_formats::json::{Kind, Node};
use bonafide_model::{
    fact::{AcceptLanguage, ClientDevice, ClientOffset, ClientTimezone, FormTiming, UserAgent},
    time::UtcOffset,
};
use bonafide_normalise::timezone;
use jiff::{Timestamp, tz::TimeZone};

use crate::{
    fields::{self, Fields},
    remark::{RemarkKind, Remarks},
    writer::Writer,
};

/// Most intervals between key strokes kept.
const INTERVALS: usize = 5_000;

pub(super) fn write(node: Node<'_>, applied_at: Option<Timestamp>, writer: &mut Writer<'_, '_>) {
    let Some(client) = Fields::of(node, writer.remarks) else { return };
    for ip in client.list("ip") {
        writer.client_ip(ip);
    }
    if let Some(node) = client.get("user_agent")
        && let Some(text) = fields::short(node, writer.remarks)
    {
        writer.push(UserAgent { text }, node);
    }
    if let Some(node) = client.get("accept_language")
        && let Some(claim) = writer.sealed(node)
    {
        writer.sink.push(AcceptLanguage { claim }, node.place());
    }
    let zone = client.said("timezone");
    if let Some(zone) = &zone {
        writer.push(ClientTimezone { zone: zone.value.clone() }, zone.node);
    }
    let zone_now = zone.and_then(|zone| offset_of_zone(&zone.value, applied_at?));
    offset(&client, zone_now, writer);
    device(&client, writer);
    if let Some(node) = client.get("form_timing") {
        form_timing(node, writer);
    }
    client.finish();
}

/// The browser's clock. Three fields may state it:
///
/// - `browser_utc_offset`: hours **east** of Greenwich (`5.5`, `-5`), or as text (`+05:30`); a number beyond 18 is minutes east;
/// - `utc_offset_minutes`: minutes **east** of Greenwich (`330`, `-300`), the sign of RFC 3339 and ISO 8601;
/// - `js_timezone_offset`: what JavaScript's `getTimezoneOffset()` answers, minutes **west** of Greenwich (`-330`, `300`:
///   ECMAScript defines it as UTC minus local time); its sign is turned round here.
///
/// Whoever stores `getTimezoneOffset()` under one of the first two names states the opposite of the truth about an honest person.
/// Where the browser's own zone (or the other field) shows that the sign is turned, it is put right, and that is remarked on.
fn offset(client: &Fields<'_, '_>, zone_now: Option<UtcOffset>, writer: &mut Writer<'_, '_>) {
    let hours = client.get("browser_utc_offset").and_then(|node| Some((node, hours(node, writer.remarks)?)));
    let east = client.get("utc_offset_minutes").and_then(|node| Some((node, minutes(node, 1.0, writer.remarks)?)));
    let script = client.get("js_timezone_offset").and_then(|node| Some((node, minutes(node, -1.0, writer.remarks)?)));
    let said: Vec<(Node<'_>, UtcOffset)> = [hours, east, script].into_iter().flatten().collect();
    let Some(&(first, stated)) = said.first() else { return };
    let turned = UtcOffset::from_minutes(-stated.minutes()).unwrap_or(stated);
    let offset = if zone_now == Some(turned) && turned != stated {
        let text =
            format!("{stated} has the sign of getTimezoneOffset (west positive); read as {turned}, as the browser's zone says");
        writer.remarks.say_of(RemarkKind::Conflict, first, text);
        turned
    } else {
        stated
    };
    for (node, other) in &said[1..] {
        if *other != offset {
            writer.remarks.say_of(RemarkKind::Conflict, *node, format!("{other} differs from {offset}, which is taken"));
        }
    }
    writer.push(ClientOffset { offset }, first);
}

fn hours(node: Node<'_>, remarks: &Remarks) -> Option<UtcOffset> {
    if let Some(offset) = as_text(node) {
        return Some(offset);
    }
    let number = fields::number(node, remarks)?;
    fields::offset(node, if number.abs() <= 18.0 { number * 60.0 } else { number }, remarks)
}

fn minutes(node: Node<'_>, sign: f64, remarks: &Remarks) -> Option<UtcOffset> {
    if let Some(offset) = as_text(node) {
        return Some(offset);
    }
    fields::offset(node, sign * fields::number(node, remarks)?, remarks)
}

/// An offset in the notation of RFC 3339, whose sign is never in doubt.
fn as_text(node: Node<'_>) -> Option<UtcOffset> {
    node.as_str().filter(|text| text.contains(':')).and_then(|text| text.trim().parse().ok())
}

fn offset_of_zone(zone: &str, at: Timestamp) -> Option<UtcOffset> {
    let zone = TimeZone::get(timezone::canonical_zone(zone)?).ok()?;
    UtcOffset::from_minutes(zone.to_offset(at).seconds() / 60)
}

fn device(client: &Fields<'_, '_>, writer: &mut Writer<'_, '_>) {
    let (id, renderer, screen) = (client.get("device_id"), client.get("webgl_renderer"), client.get("screen"));
    let Some(first) = id.or(renderer).or(screen) else { return };
    let text = |node: Option<Node<'_>>| node.and_then(|node| fields::short(node, writer.remarks));
    let device = ClientDevice {
        device_id: text(id),
        webgl_renderer: text(renderer),
        screen: screen.and_then(|node| screen_size(node, writer.remarks)),
    };
    writer.push(device, first);
}

/// `1920x1080`, `[1920, 1080]` or `{"width": 1920, "height": 1080}`.
fn screen_size(node: Node<'_>, remarks: &Remarks) -> Option<String> {
    match node.kind() {
        Kind::Object => {
            let screen = Fields::of(node, remarks)?;
            let (width, height) = (screen.u32("width"), screen.u32("height"));
            screen.finish();
            Some(format!("{}x{}", width?, height?))
        }
        Kind::Array => {
            let sides: Vec<u64> = node.items().filter_map(|side| fields::whole(side, remarks)).collect();
            match sides[..] {
                [width, height] => Some(format!("{width}x{height}")),
                _ => None,
            }
        }
        _ => fields::short(node, remarks),
    }
}

fn form_timing(node: Node<'_>, writer: &mut Writer<'_, '_>) {
    let Some(timing) = Fields::of(node, writer.remarks) else { return };
    let intervals = timing.get("key_intervals_ms");
    if let Some(list) = intervals.filter(|list| list.items().nth(INTERVALS).is_some()) {
        writer.remarks.say_of(RemarkKind::OverLimit, list, format!("only the first {INTERVALS} intervals are read"));
    }
    let milliseconds = |node: Node<'_>| {
        let read = fields::number(node, writer.remarks)?;
        if !(0.0..4e9).contains(&read) {
            fields::expected("an interval in milliseconds", node, writer.remarks);
        }
        (0.0..4e9).contains(&read).then_some(read.round() as u32)
    };
    let fact = FormTiming {
        seconds: timing.get("seconds").and_then(|node| {
            let seconds = fields::number(node, writer.remarks)?;
            if seconds < 0.0 {
                fields::expected("a duration in seconds", node, writer.remarks);
            }
            (seconds >= 0.0).then_some(seconds)
        }),
        typed: timing.u32("typed"),
        pasted: timing.u32("pasted"),
        autofilled: timing.u32("autofilled"),
        key_intervals_ms: intervals.into_iter().flat_map(Node::items).take(INTERVALS).filter_map(milliseconds).collect(),
        assistive: timing.bool("assistive"),
    };
    timing.finish();
    writer.push(fact, node);
}
