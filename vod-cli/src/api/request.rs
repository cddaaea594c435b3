//! From flags to a request.

use clap::ArgMatches;
use serde_json::{Map, Value};
use vod_api::operation::{OperationMeta, Property, SchemaKind};

use crate::api::input::{Input, itself};
use crate::api::path::Assignment;
use crate::api::{flags, values};
use crate::exit::Failure;
use crate::session::Session;

/// The request: `--json` first, then the flags of parameters, then `--set`.
pub(super) fn read(
    session: &mut Session<'_>,
    meta: &'static OperationMeta,
    matches: &ArgMatches,
) -> Result<Value, Failure> {
    let mut exposed = Vec::new();
    let mut input = Input::new(session.io);
    let mut request = match matches.get_one::<String>("json") {
        None => Map::new(),
        Some(json) => match input.json("--json", json)? {
            Value::Object(members) => members,
            _ => return Err(Failure::usage("--json: the request must be an object")),
        },
    };
    for parameter in meta.parameters {
        let property = &parameter.property;
        if let Some(texts) = flags::given(matches, property) {
            let mut reader = Reader {
                input: &mut input,
                exposed: &mut exposed,
            };
            let value = reader.parameter(property, &texts.collect::<Vec<_>>())?;
            request.insert(property.name.to_owned(), value);
        }
    }
    for text in matches.get_many::<String>("set").into_iter().flatten() {
        let wrong = |error| Failure::usage(format!("--set: {error}"));
        let assignment = Assignment::parse(text).map_err(wrong)?;
        let target = assignment.target(meta, &mut request).map_err(wrong)?;
        let flag = format!("--set {}", target.path);
        let named = if target.sensitive {
            input.named(&flag, assignment.value)?
        } else {
            None
        };
        if target.sensitive && named.is_none() {
            exposed.push(flag);
        }
        let named = named.as_deref().map(without_line_end);
        target
            .set(named.unwrap_or(assignment.value))
            .map_err(wrong)?;
    }
    for flag in exposed {
        session.messages.warn(&format!(
            "{flag}: others on this machine can see what stands on the command line; give it as @FILE or -"
        ));
    }
    Ok(Value::Object(request))
}

struct Reader<'r, 'i> {
    input: &'r mut Input<'i>,
    /// Flags with secrets that stand on the command line.
    exposed: &'r mut Vec<String>,
}

impl Reader<'_, '_> {
    fn parameter(&mut self, property: &Property, texts: &[&str]) -> Result<Value, Failure> {
        let flag = flags::name(property);
        let schema = &property.schema;
        let wrong = |why: String| Failure::usage(format!("{flag} {why}"));
        let (first, is_single) = match texts {
            [only] => (*only, true),
            [first, ..] => (*first, false),
            [] => ("", true),
        };
        if values::is_json(schema) {
            let value = self.input.json(&flag, first)?;
            return Ok(value);
        }
        let SchemaKind::Array(item) = schema.kind() else {
            let named = if property.sensitive {
                self.input.named(&flag, first)?
            } else {
                None
            };
            if property.sensitive && named.is_none() {
                self.exposed.push(flag.clone());
            }
            let text = named.as_deref().map(without_line_end);
            return values::value(schema, text.unwrap_or(first)).map_err(wrong);
        };
        let named = if is_single {
            self.input.named(&flag, first)?
        } else {
            None
        };
        if property.sensitive && named.is_none() {
            self.exposed.push(flag.clone());
        }
        let parts: Vec<&str> = match &named {
            // A line each.
            Some(text) => {
                let lines = text.lines().map(str::trim);
                lines.filter(|line| !line.is_empty()).collect()
            }
            None => texts
                .iter()
                .flat_map(|text| itself(text).split(','))
                .collect(),
        };
        let items = parts.into_iter().map(|text| values::value(item, text));
        items.collect::<Result<Value, _>>().map_err(wrong)
    }
}

/// The text of a file, of which the last line ends like the others.
fn without_line_end(text: &str) -> &str {
    let text = text.strip_suffix('\n').unwrap_or(text);
    text.strip_suffix('\r').unwrap_or(text)
}
