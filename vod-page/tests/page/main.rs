//! Saved pages of the docs, read: one invented page in every form and language.

mod cut_off;
mod documents;
mod facts;
mod notes;
mod shapes;
mod tables;
mod templates;

use std::fmt::Debug;

use vod_page::{Page, Row, Source, read};

/// The page in one language, in every form that pages are saved in.
struct Forms {
    plain: &'static str,
    markdown: &'static str,
    /// Markdown as converters make it of HTML.
    converted: &'static str,
    html: &'static str,
}

/// The page in one form.
struct Form {
    name: &'static str,
    text: &'static str,
}

impl Forms {
    fn all(&self) -> [Form; 4] {
        [
            ("plain", self.plain),
            ("markdown", self.markdown),
            ("converted", self.converted),
            ("html", self.html),
        ]
        .map(|(name, text)| Form { name, text })
    }
}

const ENGLISH: Forms = Forms {
    plain: include_str!("../pages/plain.en.txt"),
    markdown: include_str!("../pages/markdown.en.md"),
    converted: include_str!("../pages/converted.en.md"),
    html: include_str!("../pages/html.en.html"),
};

const CHINESE: Forms = Forms {
    plain: include_str!("../pages/plain.zh.txt"),
    markdown: include_str!("../pages/markdown.zh.md"),
    converted: include_str!("../pages/converted.zh.md"),
    html: include_str!("../pages/html.zh.html"),
};

const PLAIN: &str = ENGLISH.plain;

/// All facts without their lines.
fn facts(page: &impl Debug) -> String {
    let text = format!("{page:#?}");
    let kept = |line: &&str| !line.trim_start().starts_with("line: ");
    text.lines().filter(kept).collect::<Vec<_>>().join("\n")
}

fn rows(page: &Page) -> impl Iterator<Item = &Row> {
    let replies = page
        .responses
        .iter()
        .flat_map(|reply| reply.headers.iter().chain(&reply.fields));
    let types = page.types.iter().flat_map(|table| &table.fields);
    page.parameters
        .iter()
        .map(|(_, row)| row)
        .chain(replies)
        .chain(types)
}

fn messages(page: &Page) -> Vec<String> {
    page.notes
        .iter()
        .map(|note| format!("{}: {}", note.at, note.message))
        .collect()
}

#[test]
fn every_form_states_the_same() {
    for pages in [ENGLISH, CHINESE] {
        let expected = read(pages.plain);
        assert_eq!(messages(&expected), [""; 0]);
        for form in pages.all() {
            let name = form.name;
            let mut page = read(form.text);
            if matches!(name, "markdown" | "converted") {
                // These forms have nothing above the title.
                assert_eq!((&page.section, &page.updated), (&None, &None), "{name}");
                page.section = expected.section.clone();
                page.updated = expected.updated.clone();
            }
            similar(&facts(&expected), &facts(&page), name);
        }
    }
}

/// Two long texts are equal; shows the first lines that differ.
fn similar(expected: &str, found: &str, form: &str) {
    let differs = expected
        .lines()
        .zip(found.lines())
        .position(|(a, b)| a != b);
    let around = |text: &str| {
        let from = differs.unwrap_or_default().saturating_sub(8);
        text.lines()
            .skip(from)
            .take(20)
            .collect::<Vec<_>>()
            .join("\n")
    };
    assert!(
        expected == found,
        "{form}\nexpected\n{}\nfound\n{}",
        around(expected),
        around(found)
    );
}

#[test]
fn both_languages_state_the_same() {
    let structure = |page: &Page| {
        rows(page)
            .map(|row| {
                let mandatory = row.mandatory.as_ref().map(|cell| cell.value);
                let ty = row.ty.as_ref().map(|cell| cell.value.clone());
                let states: Vec<_> = row.states.iter().map(|state| state.value.clone()).collect();
                let values: Vec<_> = row.values.iter().map(|value| value.value.clone()).collect();
                (row.name.value.clone(), mandatory, ty, states, values)
            })
            .collect::<Vec<_>>()
    };
    let (english, chinese) = (read(PLAIN), read(CHINESE.plain));
    assert_eq!(structure(&english), structure(&chinese));
    assert_eq!(
        (english.source, chinese.source),
        (Source::EnglishPage, Source::ChinesePage)
    );
    assert_eq!(facts(&english.permissions), facts(&chinese.permissions));
    assert_eq!(
        facts(&english.example_requests),
        facts(&chinese.example_requests)
    );
}
