//! A parameter or a field as a row: what its type states, and what its description does.

use crate::Address;
use crate::describe::{self, Part, bullet, tidy};
use crate::facts::{Row, Stated};

use super::bounds::Stating;
use super::members::Kind;
use super::reader::Reader;
use super::schema::Spot;
use super::tree::Node;

/// No description is longer.
const MAX_TEXT: usize = 16 * 1024;

/// No document has more rows, those of types that several replies share counted for each.
const MAX_ROWS: usize = 5_000;

/// A parameter or a field, still to be read.
pub(super) struct Entry<'e, 'd> {
    pub(super) name: Stated<String>,
    /// Its type.
    pub(super) node: Node<'d>,
    pub(super) kind: Kind,
    pub(super) mandatory: Option<Stated<bool>>,
    pub(super) at: &'e Address,
    /// The name of what has the field.
    pub(super) owner: &'e str,
}

impl<'d> Reader<'d> {
    pub(super) fn row(&mut self, entry: Entry<'_, 'd>) -> Option<Row> {
        self.rows += 1;
        if self.rows > MAX_ROWS {
            if self.rows == MAX_ROWS + 1 {
                let message = format!("it has more than {MAX_ROWS} fields: the rest is not read");
                self.note(entry.node.start(), entry.at, message);
            }
            return None;
        }
        let Entry { name, at, .. } = entry;
        let shape = self.shape(Spot {
            node: entry.node,
            kind: entry.kind,
            at,
            name: &format!("{}{}", entry.owner, pascal(&name.value)),
            depth: 0,
        });
        let place = entry.node.start();
        let mandatory = match (entry.mandatory, shape.required) {
            (Some(list), Some(own)) if own.value && !list.value => Some(own),
            (list, _) => list,
        };
        if let (Some(annotation), Some(Stated { value: false, .. })) =
            (&shape.annotated, &mandatory)
        {
            let message = format!(
                "`{}` makes it mandatory, and `required` does not",
                annotation.value
            );
            self.note(place, at, message);
        }
        let text = shape.description.as_ref();
        if text.is_some_and(|it| it.value.len() > MAX_TEXT) {
            self.note(place, at, "a description that is too long to be read");
        }
        let text = text.filter(|it| it.value.len() <= MAX_TEXT);
        let parts = text.map(parts).unwrap_or_default();
        let told = describe::read(&parts, shape.ty.as_ref().map(|it| &it.value));
        let mut stating = Stating::of(&shape.bounds, &told.states);
        stating.default(shape.default.as_ref());
        stating.deprecated(shape.deprecated.as_ref());
        let values = stating.values(shape.values, told.values);
        let troubles = told.troubles.into_iter();
        stating.troubles.extend(troubles);
        for (line, message) in stating.troubles {
            self.page.notes.push(crate::facts::Note {
                line,
                at: at.clone(),
                message,
            });
        }
        let lines: Vec<_> = parts
            .iter()
            .map(|part| {
                let bullet = if part.item { "- " } else { "" };
                format!("{bullet}{}", part.text)
            })
            .collect();
        Some(Row {
            description: Stated {
                value: lines.join("\n"),
                line: shape.description.map_or(name.line, |it| it.line),
            },
            name,
            mandatory,
            ty: shape.ty,
            states: stating.states,
            values,
        })
    }
}

/// The paragraphs and list items of a description, which all stand on one line of the document.
fn parts(text: &Stated<String>) -> Vec<Part> {
    let breaks = ["<br/>", "<br>", "<br />", "</br>"];
    let value = breaks
        .iter()
        .fold(text.value.clone(), |text, it| text.replace(it, "\n"));
    let value = value.replace("**", "");
    let lines = value.lines().map(|line| {
        let item = bullet(line);
        Part {
            line: text.line,
            item: item.is_some(),
            text: tidy(item.unwrap_or(line)),
        }
    });
    lines.filter(|part| !part.text.is_empty()).collect()
}

/// `task_id` as a part of the name of a type.
fn pascal(name: &str) -> String {
    let words = name.split(|c: char| !c.is_ascii_alphanumeric());
    let capital = |word: &str| {
        let mut letters = word.chars();
        let first = letters.next().map(|c| c.to_ascii_uppercase());
        first.into_iter().chain(letters).collect::<String>()
    };
    words.map(capital).collect()
}
