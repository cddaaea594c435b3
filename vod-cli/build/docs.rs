//! What the description says of operations and types beyond the facts that `vod-api` has: as JSON,
//! a text for each, of which the command reads only those that it shows.

use std::collections::BTreeSet;

use vod_spec::json::{Json, Object};
use vod_spec::model::{Api, Event, Field, Operation, Type, TypeDef, TypeKind, Words};

use crate::names;

/// The flags that `vod api OPERATION` has for itself. A parameter that would take one of them fails
/// the build.
pub(crate) const FLAGS: &[&str] = &[
    "all",
    "batch",
    "color",
    "columns",
    "dry-run",
    "endpoint",
    "example",
    "format",
    "help",
    "json",
    "max-items",
    "no-header",
    "no-input",
    "no-validate",
    "poll-interval",
    "profile",
    "project-id",
    "query",
    "quiet",
    "region",
    "required-only",
    "retries",
    "set",
    "skeleton",
    "timeout",
    "verbose",
    "wait",
    "wait-timeout",
    "yes",
];

/// The texts of a description.
pub(crate) struct Texts {
    /// One for each operation, by its name.
    pub(crate) operations: Vec<Text>,
    /// One for each type, by its name.
    pub(crate) types: Vec<Text>,
    /// One for each event, by its name.
    pub(crate) events: Vec<Text>,
}

/// The text of an operation, a type or an event.
pub(crate) struct Text {
    /// Its name.
    pub(crate) name: String,
    /// What is said of it: an object.
    pub(crate) json: String,
}

/// Makes the texts.
pub(crate) fn texts(api: &Api) -> Texts {
    let operations = api.operations.iter().map(|operation| Text {
        name: operation.name.value.clone(),
        json: Json::Object(of_operation(api, operation)).to_string(),
    });
    let types = api.types.iter().map(|ty| Text {
        name: ty.name.value.clone(),
        json: Json::Object(of_type(api, ty)).to_string(),
    });
    let events = api.events.iter().map(|event| Text {
        name: event.name.value.clone(),
        json: Json::Object(of_event(api, event)).to_string(),
    });
    Texts {
        operations: operations.collect(),
        types: types.collect(),
        events: events.collect(),
    }
}

/// Names that would be taken twice: a sentence for each.
pub(crate) fn taken_flags(api: &Api) -> Vec<String> {
    let mut taken = Vec::new();
    for operation in &api.operations {
        let name = &operation.name.value;
        let command = names::kebab(name);
        if names::COMMANDS.contains(&command.as_str()) {
            taken.push(format!(
                "{name}: `vod api {command}` is a command of its own"
            ));
        }
        let mut flags = BTreeSet::new();
        for parameter in &operation.parameters {
            let wire = &parameter.field.name.value;
            let flag = names::kebab(wire);
            if FLAGS.contains(&flag.as_str()) {
                taken.push(format!(
                    "{name}: the parameter `{wire}` would take --{flag}, which `vod` has for itself"
                ));
            } else if !flags.insert(flag.clone()) {
                taken.push(format!("{name}: two parameters would take --{flag}"));
            }
        }
    }
    taken
}

fn of_operation(api: &Api, operation: &Operation) -> Object {
    let parameters: Vec<_> = operation.parameters.iter().map(|it| &it.field).collect();
    let words = Words {
        fields: &parameters,
        name: |field: &Field| format!("--{}", names::kebab(&field.name.value)),
    };
    let constraints = operation.constraints.iter();
    let constraints = constraints.map(|constraint| Json::String(words.sentences(constraint)));
    let errors = operation.errors.iter();
    let errors = errors.map(|(status, doc)| (status.to_string(), Json::String(doc.clone())));
    let mut object = members([
        ("description", operation.description.clone().map(text)),
        ("updated", operation.updated.clone().map(text)),
        ("reply", Some(text(operation.reply.doc.clone()))),
        ("example", operation.example.clone().map(Json::Object)),
    ]);
    object.insert(
        "parameters".to_owned(),
        fields(api, parameters.iter().copied()),
    );
    object.insert(
        "reply_fields".to_owned(),
        fields(api, operation.reply.fields()),
    );
    object.insert("constraints".to_owned(), Json::Array(constraints.collect()));
    object.insert("errors".to_owned(), Json::Object(errors.collect()));
    if let Some(permission) = &operation.permission {
        let list = |list: &[String]| {
            let items = list.iter().cloned().map(text).collect::<Vec<_>>();
            (!items.is_empty()).then_some(Json::Array(items))
        };
        let permission = members([
            ("action", Some(text(permission.action.clone()))),
            ("access", Some(text(permission.access.clone()))),
            ("resource", permission.resource.clone().map(text)),
            ("dependencies", list(&permission.dependencies)),
        ]);
        object.insert("permission".to_owned(), Json::Object(permission));
    }
    object
}

fn of_type(api: &Api, ty: &TypeDef) -> Object {
    let mut object = members([("doc", Some(text(ty.doc.clone())))]);
    match &ty.kind {
        TypeKind::Object(of_object) => {
            object.insert("fields".to_owned(), fields(api, of_object));
            let of_object: Vec<_> = of_object.iter().collect();
            let words = Words {
                fields: &of_object,
                name: |field: &Field| field.name.value.clone(),
            };
            let constraints = ty.constraints.iter().map(|it| text(words.sentences(it)));
            object.insert("constraints".to_owned(), Json::Array(constraints.collect()));
        }
        TypeKind::Enum(values) => {
            let values = values
                .iter()
                .map(|value| (value.name.value.clone(), text(value.doc.clone())));
            object.insert("values".to_owned(), Json::Object(values.collect()));
        }
    }
    object
}

fn of_event(api: &Api, event: &Event) -> Object {
    let examples = event.examples.iter();
    let examples = examples.map(|example| Json::Object(example.value.clone()));
    let mut object = members([
        ("summary", Some(text(event.summary.clone()))),
        ("member", Some(text(event.member.value.clone()))),
        ("examples", Some(Json::Array(examples.collect()))),
    ]);
    object.insert("fields".to_owned(), fields(api, api.body_of(event)));
    object
}

fn fields<'f>(api: &Api, fields: impl IntoIterator<Item = &'f Field>) -> Json {
    let fields = fields.into_iter().map(|field| {
        let said = members([
            ("type", Some(text(type_name(api, &field.ty)))),
            ("doc", Some(text(field.doc.clone()))),
            ("default", field.default.clone()),
            ("deprecated", field.deprecated.clone().map(text)),
        ]);
        (field.name.value.clone(), Json::Object(said))
    });
    Json::Object(fields.collect())
}

/// A type as the description writes it.
fn type_name(api: &Api, ty: &Type) -> String {
    match ty {
        Type::Scalar(scalar) => scalar.as_str().to_owned(),
        Type::Any => "any".to_owned(),
        Type::Array(item) => format!("array<{}>", type_name(api, item)),
        Type::Map(value) => format!("map<{}>", type_name(api, value)),
        Type::Named(id) => {
            let ty = api.type_def(*id);
            ty.map(|ty| ty.name.value.clone()).unwrap_or_default()
        }
    }
}

fn text(text: String) -> Json {
    Json::String(text)
}

/// The members that there are.
fn members<const N: usize>(members: [(&str, Option<Json>); N]) -> Object {
    let members = members.into_iter();
    members
        .filter_map(|(name, value)| Some((name.to_owned(), value?)))
        .collect()
}
