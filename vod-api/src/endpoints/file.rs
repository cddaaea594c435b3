//! Reads the regions file, which the vendor's own clients share: services, and their regions with
//! endpoints.

use std::fmt;

use crate::endpoints::yaml::{Node, YamlError};

/// The endpoints of a region: empty if the file does not name the region, `None` if it has no
/// section for the service.
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
) -> Result<Option<Vec<String>>, RegionsError> {
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
                return Err(RegionsError::NoEndpoint {
                    line: node.line(),
                    region: region.to_owned(),
                });
            }
            *found = entry.endpoints;
        }
    }
    Ok(found)
}

/// Why a regions file cannot be used, with the line.
#[derive(Debug)]
pub(crate) enum RegionsError {
    Yaml(YamlError),
    NoEndpoint { line: usize, region: String },
}

impl fmt::Display for RegionsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Yaml(error) => error.fmt(f),
            Self::NoEndpoint { line, region } => {
                write!(f, "line {line}: the region {region} has no endpoint")
            }
        }
    }
}

impl From<YamlError> for RegionsError {
    fn from(error: YamlError) -> Self {
        Self::Yaml(error)
    }
}

#[derive(Default)]
struct Entry<'a> {
    id: Option<&'a str>,
    endpoints: Vec<String>,
}

impl<'a> Entry<'a> {
    fn read(node: &'a Node) -> Result<Self, YamlError> {
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
        assert_eq!(
            error.to_string(),
            "line 11: the region empty has no endpoint"
        );
    }

    #[test]
    fn names_the_line() {
        for (text, why) in [
            ("VOD", "line 1: expected a map of services"),
            ("\nVOD: x", "line 2: expected a list of regions"),
            (
                "VOD:\n- x",
                "line 2: expected a region with `id` and `endpoint`",
            ),
            ("VOD:\n- id: [r]", "line 2: expected the id of a region"),
            (
                "VOD:\n- id: r\n  endpoints: e",
                "line 3: expected a list of endpoints",
            ),
            (
                "VOD:\n- &a {id: other}\n- *a",
                "line 3: expected a region with `id` and `endpoint`, not an alias",
            ),
            (
                "x: &x {}\nVOD: *x",
                "line 2: expected a list of regions, not an alias",
            ),
            (
                "x: &x {}\nVOD:\n- id: r\n  <<: *x",
                "line 4: `<<` is not supported here",
            ),
            ("VOD:\n  - [", "line "),
        ] {
            let error = endpoints(text, "VOD", "r").unwrap_err().to_string();
            assert!(error.starts_with(why), "{text:?}: {error}");
        }
        let deep = "[".repeat(100_000);
        assert!(endpoints(&deep, "VOD", "r").is_err());
    }
}
