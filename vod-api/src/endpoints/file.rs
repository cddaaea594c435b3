//! Reads the regions file, which the vendor's own clients share: services, and their regions with endpoints.

use granit_parser::{Event, Parser, ScalarStyle, StrInput};

/// The endpoints of a region: empty if the file does not name the region, `None` if it has no section for the service.
/// The error names a line.
///
/// ```yaml
/// VOD:
///   - { id: my-region, endpoint: https://vod.example.com }
///   - { id: other, endpoints: [https://one.example.com, https://two.example.com] }
/// ```
pub(crate) fn endpoints(
    text: &str,
    service: &str,
    region: &str,
) -> Result<Option<Vec<String>>, String> {
    let root = Node::parse(text)?;
    let services = root.map("a map of services")?.iter();
    let mut found = None;
    // As with a map, the last one counts.
    for (_, regions) in services.filter(|(name, _)| name.eq_ignore_ascii_case(service)) {
        let found = found.get_or_insert_default();
        for node in regions.list("a list of regions")? {
            let entry = Entry::read(node)?;
            if entry.id != Some(region) {
                continue;
            }
            if entry.endpoints.is_empty() {
                let line = node.line;
                return Err(format!("line {line}: the region {region} has no endpoint"));
            }
            *found = entry.endpoints;
        }
    }
    Ok(found)
}

#[derive(Default)]
struct Entry<'a> {
    id: Option<&'a str>,
    endpoints: Vec<String>,
}

impl<'a> Entry<'a> {
    fn read(node: &'a Node) -> Result<Self, String> {
        let mut entry = Self::default();
        let mut last = None;
        for (key, value) in node.map("a region with `id` and `endpoint`")? {
            match key.as_str() {
                "id" => entry.id = Some(value.text("the id of a region")?),
                "endpoint" => last = Some(value.text("an endpoint")?.to_owned()),
                "endpoints" => {
                    for value in value.list("a list of endpoints")? {
                        entry.endpoints.push(value.text("an endpoint")?.to_owned());
                    }
                }
                _ => {}
            }
        }
        entry.endpoints.extend(last);
        entry.endpoints.retain(|endpoint| !endpoint.is_empty());
        Ok(entry)
    }
}

/// A piece of YAML, with its line.
struct Node {
    line: usize,
    kind: Kind,
}

enum Kind {
    Text(String),
    List(Vec<Node>),
    Map(Vec<(String, Node)>),
    /// Stands for a node elsewhere. The file is shared: those of other services do not matter.
    Alias,
}

impl Node {
    fn parse(text: &str) -> Result<Self, String> {
        let mut events = Events(Parser::new_from_str(text));
        match events.next()? {
            (Event::StreamEnd, line) => Ok(Self {
                line,
                kind: Kind::Map(Vec::new()),
            }),
            start => events.node(start),
        }
    }

    fn text(&self, wanted: &str) -> Result<&str, String> {
        match &self.kind {
            Kind::Text(text) => Ok(text),
            _ => self.refuse(wanted),
        }
    }

    // A key with nothing behind it is an empty list or map.

    fn list(&self, wanted: &str) -> Result<&[Self], String> {
        match &self.kind {
            Kind::List(items) => Ok(items),
            Kind::Text(text) if text.is_empty() => Ok(&[]),
            _ => self.refuse(wanted),
        }
    }

    fn map(&self, wanted: &str) -> Result<&[(String, Self)], String> {
        match &self.kind {
            Kind::Map(entries) => match entries.iter().find(|(key, _)| key == "<<") {
                Some((_, merged)) => Err(format!("line {}: `<<` is not read here", merged.line)),
                None => Ok(entries),
            },
            Kind::Text(text) if text.is_empty() => Ok(&[]),
            _ => self.refuse(wanted),
        }
    }

    fn refuse<T>(&self, wanted: &str) -> Result<T, String> {
        let found = match self.kind {
            Kind::Alias => ", not an alias",
            _ => "",
        };
        Err(format!(
            "line {}: {wanted} must stand here{found}",
            self.line
        ))
    }
}

/// The parser, with the line of each event. Its own limits bound how deep things nest.
struct Events<'a>(Parser<'a, StrInput<'a>>);

impl<'a> Events<'a> {
    /// The next event that matters.
    fn next(&mut self) -> Result<(Event<'a>, usize), String> {
        for event in self.0.by_ref() {
            match event {
                Ok((
                    Event::StreamStart
                    | Event::DocumentStart(..)
                    | Event::DocumentEnd
                    | Event::Comment(..),
                    _,
                )) => {}
                Ok((event, span)) => return Ok((event, span.start.line())),
                Err(error) => {
                    return Err(format!("line {}: {}", error.marker().line(), error.info()));
                }
            }
        }
        Ok((Event::StreamEnd, 1))
    }

    /// The node that an event begins.
    fn node(&mut self, (event, line): (Event<'a>, usize)) -> Result<Node, String> {
        let kind = match event {
            Event::Scalar(text, style, ..) => {
                let none = matches!(&*text, "~" | "null" | "Null" | "NULL");
                Kind::Text(if style == ScalarStyle::Plain && none {
                    String::new()
                } else {
                    text.into_owned()
                })
            }
            Event::SequenceStart(..) => {
                let mut items = Vec::new();
                loop {
                    match self.next()? {
                        (Event::SequenceEnd, _) => break Kind::List(items),
                        start => items.push(self.node(start)?),
                    }
                }
            }
            Event::MappingStart(..) => {
                let mut entries = Vec::new();
                loop {
                    let key = match self.next()? {
                        (Event::MappingEnd, _) => break Kind::Map(entries),
                        start => self.node(start)?,
                    };
                    let start = self.next()?;
                    entries.push((key.text("text")?.to_owned(), self.node(start)?));
                }
            }
            Event::Alias(..) => Kind::Alias,
            _ => {
                return Err(format!(
                    "line {line}: only text, lists and maps are read here"
                ));
            }
        };
        Ok(Node { line, kind })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "\
# for all programs
vod:
  - id: one
    endpoint: https://one.example.com   # here
  - id: many
    endpoint: last.example.com
    endpoints:
      - 'https://a.example.com'
      - b.example.com
  - endpoint: of.nobody
  - { id: empty, endpoints: , endpoint: null }
ECS:
  - { id: one, endpoint: ecs.example.com }
";

    #[test]
    fn finds_a_region() {
        for (region, list) in [
            ("one", &["https://one.example.com"][..]),
            (
                "many",
                &["https://a.example.com", "b.example.com", "last.example.com"],
            ),
            ("other", &[]),
        ] {
            let found = endpoints(FILE, "VOD", region).unwrap().unwrap();
            assert_eq!(found, list, "{region}");
        }
        for empty in ["VOD:\n", "VOD: []"] {
            let found = endpoints(empty, "VOD", "one").unwrap();
            assert_eq!(found, Some(Vec::new()), "{empty}");
        }
        for other in ["", "# nothing\n", "---\n", "ECS: []"] {
            assert_eq!(endpoints(other, "VOD", "one").unwrap(), None, "{other}");
        }
        let shared = "x: &x {a: b}\nECS: [*x, {<<: *x}]\nVOD:\n- {id: r, endpoint: a, note: *x}";
        assert_eq!(endpoints(shared, "VOD", "r").unwrap().unwrap(), ["a"]);
        let twice = "VOD:\n- {id: r, endpoint: a}\n- {id: r, endpoint: b}";
        assert_eq!(endpoints(twice, "VOD", "r").unwrap().unwrap(), ["b"]);
        let error = endpoints(FILE, "VOD", "empty").unwrap_err();
        assert_eq!(error, "line 11: the region empty has no endpoint");
    }

    #[test]
    fn names_the_line() {
        for (text, why) in [
            ("VOD", "line 1: a map of services must stand here"),
            ("\nVOD: x", "line 2: a list of regions must stand here"),
            (
                "VOD:\n- x",
                "line 2: a region with `id` and `endpoint` must stand here",
            ),
            (
                "VOD:\n- id: [r]",
                "line 2: the id of a region must stand here",
            ),
            (
                "VOD:\n- id: r\n  endpoints: e",
                "line 3: a list of endpoints must stand here",
            ),
            (
                "VOD:\n- &a {id: other}\n- *a",
                "line 3: a region with `id` and `endpoint` must stand here, not an alias",
            ),
            (
                "x: &x {}\nVOD: *x",
                "line 2: a list of regions must stand here, not an alias",
            ),
            (
                "x: &x {}\nVOD:\n- id: r\n  <<: *x",
                "line 4: `<<` is not read here",
            ),
            ("VOD:\n  - [", "line "),
        ] {
            let error = endpoints(text, "VOD", "r").unwrap_err();
            assert!(error.starts_with(why), "{text:?}: {error}");
        }
        let deep = "[".repeat(100_000);
        assert!(endpoints(&deep, "VOD", "r").is_err());
    }
}
