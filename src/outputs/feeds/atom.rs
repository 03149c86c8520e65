//! Atom (RFC 4287).

use std::fmt::Write as _;

use super::{Channel, Entry, Portrait, clean};
use crate::outputs::identity::portal_title;
use crate::time::Day;

/// Returns `channel` as Atom.
pub(super) fn written(portrait: Portrait<'_, '_>, channel: &Channel) -> String {
    let path = format!("{}.atom", channel.stem);
    let language = portrait.portal.locale.tag();
    let mut xml = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    put(
        &mut xml,
        format_args!(
            "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">\n",
            escaped(language)
        ),
    );
    element(&mut xml, "title", &channel.title);
    element(
        &mut xml,
        "id",
        &portrait.identity.urn(&format!("feed:{}", channel.stem)),
    );
    element(&mut xml, "updated", &channel.updated.to_string());
    put(
        &mut xml,
        format_args!(
            "<author><name>{}</name></author>\n",
            escaped(portal_title(portrait.portal))
        ),
    );
    put(
        &mut xml,
        format_args!("<generator>trainboard</generator>\n"),
    );
    if let Some(address) = portrait.identity.address(&path) {
        link(&mut xml, "self", "application/atom+xml", &address);
    }
    let page = portrait.identity.address_from(&path, &channel.page);
    link(&mut xml, "alternate", "text/html", &page);
    for entry in &channel.entries {
        put_entry(&mut xml, portrait, &path, entry);
    }
    xml.push_str("</feed>\n");
    xml
}

fn put_entry(xml: &mut String, portrait: Portrait<'_, '_>, path: &str, entry: &Entry) {
    let stamp = |day: Day| portrait.instant(day).to_string();
    xml.push_str("<entry>\n");
    element(xml, "title", &entry.title);
    element(xml, "id", &portrait.identity.urn(&entry.local));
    element(xml, "published", &stamp(entry.published));
    element(xml, "updated", &stamp(entry.updated));
    let page = portrait.identity.address_from(path, &entry.page);
    link(xml, "alternate", "text/html", &page);
    for category in &entry.categories {
        put(
            xml,
            format_args!("<category term=\"{}\"/>\n", escaped(category)),
        );
    }
    put(
        xml,
        format_args!(
            "<content type=\"html\">{}</content>\n",
            escaped(&entry.html)
        ),
    );
    xml.push_str("</entry>\n");
}

fn element(xml: &mut String, name: &str, text: &str) {
    put(xml, format_args!("<{name}>{}</{name}>\n", escaped(text)));
}

fn link(xml: &mut String, relation: &str, media: &str, address: &str) {
    put(
        xml,
        format_args!(
            "<link rel=\"{relation}\" type=\"{media}\" href=\"{}\"/>\n",
            escaped(address)
        ),
    );
}

fn put(xml: &mut String, text: std::fmt::Arguments<'_>) {
    // Writing to a `String` does not fail.
    _ = xml.write_fmt(text);
}

/// Returns `text` with the characters escaped that XML reserves, and without those that it cannot hold.
fn escaped(text: &str) -> String {
    clean(text)
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
