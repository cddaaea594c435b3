//! What fields say of each other.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};
use vod_spec::json::{Json, Object};
use vod_spec::model::{Constraint, Field, Place, Test, TypeKind};

use super::schema::violations;
use super::{Described, fixtures, operation, schemas};

#[test]
fn bodies_keep_what_their_fields_say_of_each_other() {
    let Described { document, .. } = fixtures();
    let fits = |name: &str, value: &Value| {
        violations(&document, &schemas(&document)[name], value).is_empty()
    };
    let takes = |case: &str, body: Value| {
        assert!(fits("SetGroups-Body", &body), "{case}: {body}");
    };
    let refuses = |case: &str, body: Value| {
        assert!(!fits("SetGroups-Body", &body), "{case}: {body}");
    };
    takes("exactly one", json!({"url": "u"}));
    refuses("exactly one, of none", json!({}));
    refuses("exactly one, of blank ones", json!({"url": " "}));
    refuses("exactly one, of both", json!({"url": "u", "file": "f"}));
    takes("one and a blank one", json!({"url": "u", "file": ""}));
    takes("at most one, of three", json!({"url": "u", "text": "t"}));
    refuses(
        "two of three",
        json!({"url": "u", "text": "t", "link_id": "l"}),
    );
    refuses(
        "two others",
        json!({"url": "u", "texts": ["t"], "link_id": "l"}),
    );
    takes(
        "one and an empty list",
        json!({"url": "u", "texts": [], "link_id": "l"}),
    );
    takes(
        "together",
        json!({"url": "u", "bucket": "b", "object": "o"}),
    );
    refuses("together, one", json!({"url": "u", "object": "o"}));
    refuses(
        "together, one and a blank one",
        json!({"url": "u", "from": "f", "to": ""}),
    );
    takes(
        "together, blank ones",
        json!({"url": "u", "from": "", "to": ""}),
    );
    refuses("needed with a number", json!({"url": "u", "mode": 1}));
    takes(
        "needed and there",
        json!({"url": "u", "mode": 1, "output": "o"}),
    );
    refuses(
        "needed and blank",
        json!({"url": "u", "mode": 1, "output": ""}),
    );
    takes("not needed with a number", json!({"url": "u", "mode": 0}));
    refuses("needed with a value", json!({"url": "u", "kind": "SHARED"}));
    takes(
        "not needed with a value",
        json!({"url": "u", "kind": "PLAIN"}),
    );
    refuses("needed by a default", json!({"url": "u", "mode": 2}));
    refuses(
        "needed by a default, blank",
        json!({"url": "u", "mode": 2, "type": ""}),
    );
    takes(
        "needed by a default and there",
        json!({"url": "u", "mode": 2, "limit": 1}),
    );
    takes(
        "not needed instead of a default",
        json!({"url": "u", "mode": 2, "type": "none"}),
    );
    takes(
        "counts with a flag",
        json!({"url": "u", "owner": "o", "locked": "1"}),
    );
    refuses(
        "counts not with a flag",
        json!({"url": "u", "owner": "o", "locked": "0"}),
    );
    refuses(
        "counts not without a flag",
        json!({"url": "u", "owner": "o"}),
    );
    takes("counts by default", json!({"url": "u", "note": "n"}));
    refuses(
        "counts not instead of a default",
        json!({"url": "u", "note": "n", "kind": "SECRET", "key": "k"}),
    );
    takes(
        "counts beside another one",
        json!({"url": "u", "step": 1, "bucket": "b", "object": "o"}),
    );
    refuses("counts not alone", json!({"url": "u", "step": 1}));
    refuses(
        "in a type",
        json!({"url": "u", "part": {"time": 1, "dots": [1]}}),
    );
    refuses(
        "in a type within",
        json!({"url": "u", "part": {"parts": [{"by": "TIME"}]}}),
    );
    takes(
        "in a type, kept",
        json!({"url": "u", "part": {"parts": [{"by": "TIME", "time": 1}]}}),
    );
    let received = json!({"time": 1, "dots": [1]});
    assert!(fits("GroupPart-Received", &received));
}

/// Values that tell apart what constraints say of a field: none, an empty one where there can be one, each that a
/// condition names, and another one.
fn choices(field: &Field, constraints: &[Constraint]) -> Vec<Option<Json>> {
    let text = |text: &str| Some(Json::String(text.to_owned()));
    let is_flag = |yes: i64| match field.ty {
        vod_spec::model::Type::Scalar(vod_spec::model::ScalarType::String) => {
            text(&yes.to_string())
        }
        _ => Some(Json::Int(yes)),
    };
    if field.flag {
        return vec![None, is_flag(0), is_flag(1)];
    }
    let conditions = constraints.iter().flat_map(|it| &it.conditions);
    let named = conditions.filter(|it| it.field.value == field.name.value);
    let named = named.flat_map(|it| match &it.test {
        Test::OneOf(values) => values.clone(),
        _ => Vec::new(),
    });
    let mut choices = vec![None];
    choices.extend(named.map(Some));
    choices.extend(match &field.ty {
        vod_spec::model::Type::Array(_) => vec![
            Some(Json::Array(Vec::new())),
            Some(Json::Array(vec![Json::Int(1)])),
        ],
        vod_spec::model::Type::Scalar(vod_spec::model::ScalarType::String) => {
            vec![text(" "), text("another")]
        }
        vod_spec::model::Type::Scalar(_) => vec![Some(Json::Int(7))],
        _ => vec![Some(Json::Bool(true))],
    });
    choices
}

/// Calls `visit` with all objects that can be made of these members.
fn objects(
    choices: &[(&str, Vec<Option<Json>>)],
    object: &mut Object,
    visit: &mut dyn FnMut(&Object),
) {
    let Some(((name, values), rest)) = choices.split_first() else {
        return visit(object);
    };
    for value in values {
        match value {
            Some(value) => object.insert((*name).to_owned(), value.clone()),
            None => object.remove(*name),
        };
        objects(rest, object, visit);
    }
}

/// Returns how many objects were tried.
pub(crate) fn assert_schemas_demand_constraints(Described { api, document }: &Described) -> usize {
    let mut count = 0;
    let bodies = api.operations.iter().map(|operation| {
        let fields = operation
            .parameters
            .iter()
            .filter(|it| it.place == Place::Body);
        let fields: Vec<_> = fields.map(|it| &it.field).collect();
        (
            format!("{}-Body", operation.name.value),
            fields,
            &operation.constraints,
        )
    });
    let types = api.types.iter().filter_map(|ty| {
        let TypeKind::Object(fields) = &ty.kind else {
            return None;
        };
        let suffix = if ty.in_replies { "-Sent" } else { "" };
        let name = format!("{}{suffix}", ty.name.value);
        Some((name, fields.iter().collect(), &ty.constraints)).filter(|_| ty.in_requests)
    });
    for (name, fields, constraints) in bodies.chain(types) {
        let Some(schema) = schemas(document).get(&name) else {
            continue;
        };
        let rules = schema["allOf"].as_array().map_or(&[][..], Vec::as_slice);
        let fields: Vec<&Field> = fields;
        let is_here = |name: &str| fields.iter().any(|it| it.name.value == name);
        let own = constraints.iter().filter(|it| {
            let conditions = it.conditions.iter().map(|it| &it.field);
            it.fields
                .iter()
                .chain(conditions)
                .all(|it| is_here(&it.value))
        });
        let own: Vec<_> = own.collect();
        assert_eq!(own.len(), rules.len(), "{name}");
        for (constraint, rule) in own.iter().zip(rules) {
            let conditions = constraint.conditions.iter().map(|it| &it.field);
            let named: BTreeSet<_> = constraint
                .fields
                .iter()
                .chain(conditions)
                .map(|it| it.value.as_str())
                .collect();
            let named = fields
                .iter()
                .filter(|it| named.contains(it.name.value.as_str()));
            let named: Vec<_> = named
                .map(|it| (it.name.value.as_str(), choices(it, constraints)))
                .collect();
            objects(&named, &mut Object::new(), &mut |object| {
                let value =
                    serde_json::from_str(&Json::Object(object.clone()).to_string()).unwrap();
                // What the values themselves have to be is the business of other keywords.
                let empty = |name: &str, value: &Json| {
                    let mut fields = fields.iter();
                    let field = fields.find(|it| it.name.value == name).unwrap();
                    match value {
                        Json::String(text) => !field.blank && text.trim().is_empty(),
                        Json::Array(items) => !field.limits.items.allow(items.len() as i64),
                        _ => false,
                    }
                };
                if object.iter().any(|(name, value)| empty(name, value)) {
                    return;
                }
                let kept = violations(document, rule, &value).is_empty();
                assert_eq!(
                    kept,
                    constraint.is_kept(object, &fields),
                    "{name}: {value} and {rule}"
                );
                count += 1;
            });
        }
    }
    count
}

pub(crate) fn assert_constraints_are_listed(Described { api, document }: &Described) {
    for described in &api.operations {
        let written = operation(document, described);
        let listed = written["x-vod-constraints"].as_array();
        let listed = listed.map_or(&[][..], Vec::as_slice);
        assert_eq!(listed.len(), described.constraints.len());
        for (constraint, written) in described.constraints.iter().zip(listed) {
            let fields: Vec<_> = constraint.fields.iter().map(|it| &it.value).collect();
            assert_eq!(written[constraint.demand.as_str()], json!(fields));
            let basis = format!("{:?}", constraint.basis).to_lowercase();
            assert_eq!(written["basis"], basis);
            let conditions = written["if"].as_object().map_or(0, Map::len);
            assert_eq!(conditions, constraint.conditions.len());
        }
    }
}

#[test]
fn constraints_are_written_with_their_words() {
    let Described { document, .. } = fixtures();
    let written = &document["paths"]["/v1/{project_id}/set-groups"]["post"];
    let constraints = &written["x-vod-constraints"];
    assert_eq!(
        constraints[0],
        json!({"at_least_one": ["id", "name"], "basis": "documented"})
    );
    assert_eq!(
        constraints[1],
        json!({"exactly_one": ["url", "file"], "basis": "inferred", "doc": "A video comes from one place."})
    );
    assert_eq!(
        constraints[7],
        json!({"required": ["reason"], "if": {"url": "present", "note": "absent", "dry_run": true}, "basis": "inferred"})
    );
    assert_eq!(constraints[6]["if"], json!({"kind": ["SECRET", "SHARED"]}));
    let text = written["description"].as_str().unwrap();
    for sentence in [
        "At least one of `id` and `name` is needed.",
        "Exactly one of `url` and `file` is needed (inferred). A video comes from one place.",
        "`reason` is needed if `url` is given, `note` is not given and `dry_run` is `true` (inferred).",
        "`note` can be given only if `kind` is `PLAIN` or not given.",
    ] {
        assert!(text.contains(sentence), "{sentence} in {text}");
    }
    let part = &schemas(&document)["GroupPart-Sent"];
    assert_eq!(part["x-vod-constraints"].as_array().unwrap().len(), 2);
    assert!(
        part["description"]
            .as_str()
            .unwrap()
            .contains("At most one of `time` and `dots`")
    );
    assert_eq!(
        schemas(&document)["GroupPart-Received"].get("x-vod-constraints"),
        None
    );
}
