//! `--set PATH=VALUE`: a value inside of a parameter, as `thumbnail.type=time` or `inputs[0].asset_id=a1`.

use std::fmt;

use serde_json::{Map, Value};
use vod_api::operation::{OperationMeta, Property, Schema, SchemaKind};
use vod_api::support::service::nearest;

use crate::api::values;
use crate::names::kebab;

/// How many steps a path may have: types can contain themselves, and what is nested without end
/// takes the stack.
const DEEPEST: usize = 64;

/// A path, and what is to stand at its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Assignment<'t> {
    pub(crate) steps: Vec<Step<'t>>,
    /// The text behind the `=`.
    pub(crate) value: &'t str,
}

/// A part of a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step<'t> {
    Member(&'t str),
    Item(usize),
}

/// The value at the end of a path, before it is set.
#[derive(Debug)]
pub(crate) struct Target<'v> {
    value: &'v mut Value,
    schema: Schema,
    /// Whether it is, or is within, a secret.
    pub(crate) sensitive: bool,
    /// The path, as the docs write it.
    pub(crate) path: String,
}

/// Why a path leads nowhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PathError(String);

impl fmt::Display for PathError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<'t> Assignment<'t> {
    /// Reads `PATH=VALUE`.
    pub(crate) fn parse(text: &'t str) -> Result<Self, PathError> {
        let Some((path, value)) = text.split_once('=') else {
            return Err(PathError(
                "it needs a path, = and a value, such as thumbnail.type=time".to_owned(),
            ));
        };
        let mut steps = Vec::new();
        for part in path.split('.') {
            let (name, mut rest) = part.split_at(part.find('[').unwrap_or(part.len()));
            if name.is_empty() {
                return Err(PathError(format!("the path {path:?} has an empty name")));
            }
            steps.push(Step::Member(name));
            while !rest.is_empty() {
                let index = rest.strip_prefix('[').and_then(|rest| rest.split_once(']'));
                let read = index.and_then(|(index, rest)| Some((index.parse().ok()?, rest)));
                let (index, after) = read.ok_or_else(|| {
                    PathError(format!(
                        "the path {path:?} has {rest:?}, where a place in a list is due, as [0]"
                    ))
                })?;
                steps.push(Step::Item(index));
                rest = after;
            }
        }
        if steps.len() > DEEPEST {
            let message = format!("the path has {} steps, but at most {DEEPEST}", steps.len());
            return Err(PathError(message));
        }
        Ok(Self { steps, value })
    }

    /// Goes along the path in a request, and makes what is missing on the way.
    pub(crate) fn target<'v>(
        &self,
        meta: &OperationMeta,
        request: &'v mut Map<String, Value>,
    ) -> Result<Target<'v>, PathError> {
        let mut steps = self.steps.iter();
        let Some(Step::Member(first)) = steps.next() else {
            return Err(PathError("the path is empty".to_owned()));
        };
        let properties = meta.parameters.iter().map(|it| &it.property);
        let property = find(first, "", properties)?;
        let mut target = Target {
            value: request.entry(property.name).or_insert(Value::Null),
            schema: property.schema,
            sensitive: property.sensitive,
            path: property.name.to_owned(),
        };
        for step in steps {
            target = target.step(*step)?;
        }
        Ok(target)
    }
}

impl<'v> Target<'v> {
    fn step(self, step: Step<'_>) -> Result<Self, PathError> {
        match (step, self.schema.kind()) {
            (Step::Item(index), SchemaKind::Array(item)) => self.item(index, *item),
            (Step::Member(name), SchemaKind::Object(facts)) => {
                let property = find(name, &self.path, facts().properties.iter())?;
                let sensitive = self.sensitive || property.sensitive;
                let target = self.member(property.name, property.schema)?;
                Ok(Self {
                    sensitive,
                    ..target
                })
            }
            (Step::Member(name), SchemaKind::Map(item)) => self.member(name, *item),
            (Step::Member(name), SchemaKind::Array(_)) => Err(PathError(format!(
                "{path} is a list: name an item of it, as {path}[0].{name}",
                path = self.path
            ))),
            (Step::Item(_), SchemaKind::Object(_) | SchemaKind::Map(_)) => Err(PathError(format!(
                "{} is an object, not a list: name a member of it",
                self.path
            ))),
            _ => Err(PathError(format!("{} has nothing inside", self.path))),
        }
    }

    fn member(self, name: &str, schema: Schema) -> Result<Self, PathError> {
        if self.value.is_null() {
            *self.value = Value::Object(Map::new());
        }
        let path = format!("{}.{name}", self.path);
        let Value::Object(members) = self.value else {
            return Err(PathError(format!(
                "{} is there already, and is no object",
                self.path
            )));
        };
        Ok(Self {
            value: members.entry(name).or_insert(Value::Null),
            schema,
            sensitive: self.sensitive,
            path,
        })
    }

    fn item(self, index: usize, schema: Schema) -> Result<Self, PathError> {
        if self.value.is_null() {
            *self.value = Value::Array(Vec::new());
        }
        let path = format!("{}[{index}]", self.path);
        let Value::Array(items) = self.value else {
            return Err(PathError(format!(
                "{} is there already, and is no list",
                self.path
            )));
        };
        // Without gaps, so that a large number makes no large list.
        let count = items.len();
        if index == count {
            items.push(Value::Null);
        }
        let value = items.get_mut(index).ok_or_else(|| {
            PathError(format!(
                "{path} leaves a gap: the list has {count} so far, so that the next is {}[{count}]",
                self.path
            ))
        })?;
        Ok(Self {
            value,
            schema,
            sensitive: self.sensitive,
            path,
        })
    }

    /// Sets it to what a text says.
    pub(crate) fn set(self, text: &str) -> Result<(), PathError> {
        let value = values::value(&self.schema, text);
        *self.value = value.map_err(|why| PathError(format!("{} {why}", self.path)))?;
        Ok(())
    }
}

/// The member with a name, in which `-` and `_` are the same.
fn find<'p>(
    name: &str,
    within: &str,
    mut properties: impl Iterator<Item = &'p Property> + Clone,
) -> Result<&'p Property, PathError> {
    let all = properties.clone();
    let wanted = kebab(name);
    let found = properties.find(|it| it.name == name || kebab(it.name) == wanted);
    found.ok_or_else(|| {
        let names = all.map(|it| it.name);
        let place = match within {
            "" => "the operation has no parameter".to_owned(),
            within => format!("{within} has no member"),
        };
        PathError(match nearest(name, names.clone()) {
            Some(near) => format!("{place} {name:?}: did you mean {near}?"),
            None => {
                let names: Vec<_> = names.collect();
                format!("{place} {name:?}: it has {}", names.join(", "))
            }
        })
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use vod_api::operation::find;

    use super::*;

    /// What is left of a request after an assignment.
    fn set(before: Value, text: &str) -> Result<Value, String> {
        let meta = find("CreateAssetProcessTask").unwrap();
        let Value::Object(mut request) = before else {
            return Err("no object".to_owned());
        };
        let assignment = Assignment::parse(text).map_err(|error| error.to_string())?;
        let target = assignment.target(meta, &mut request);
        let set = target.and_then(|target| target.set(assignment.value));
        set.map_err(|error| error.to_string())?;
        Ok(request.into())
    }

    #[test]
    fn what_is_missing_on_the_way_is_made_and_the_rest_is_kept() {
        let before = json!({"asset_id": "a", "thumbnail": {"type": "dots", "dots": [1]}});
        assert_eq!(
            set(before.clone(), "thumbnail.dots[1]=2").unwrap(),
            json!({"asset_id": "a", "thumbnail": {"type": "dots", "dots": [1, 2]}})
        );
        assert_eq!(
            set(before, "thumbnail.dots=[3]").unwrap()["thumbnail"]["dots"],
            json!([3])
        );
        let made = set(json!({"thumbnail": null}), "thumbnail.cover-position=2");
        assert_eq!(made.unwrap(), json!({"thumbnail": {"cover_position": 2}}));
    }

    #[test]
    fn what_is_there_and_of_another_kind_is_not_replaced() {
        for (before, text, why) in [
            (
                json!({"thumbnail": "x"}),
                "thumbnail.time=1",
                "thumbnail is there already, and is no object",
            ),
            (
                json!({"subtitle_id": 1}),
                "subtitle_id[0]=1",
                "subtitle_id is there already, and is no list",
            ),
        ] {
            assert_eq!(set(before, text).unwrap_err(), why);
        }
    }

    #[test]
    fn a_path_without_end_is_refused() {
        let path = format!("thumbnail{}=1", ".a".repeat(100_000));
        let error = Assignment::parse(&path).unwrap_err().to_string();
        assert_eq!(error, "the path has 100001 steps, but at most 64");
        let index = "subtitle_id[99999999999999999999]=1";
        assert!(Assignment::parse(index).is_err());
        assert!(set(json!({}), "subtitle_id[9999999]=1").is_err());
    }
}
