//! Sets of transcoding templates.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::lists::{Page, window};
use super::templates::shown_as_group;
use super::{Answer, Call, Refusal};
use crate::data::object;
use crate::state::{Project, Template, TemplateSet};

/// How many templates a set has at most.
const TEMPLATES: usize = 8;

/// `CreateTemplateGroupCollection`.
pub(crate) fn create(project: &mut Project, call: &Call<'_>) -> Answer {
    let templates = templates(project, call)?;
    let id = call.context.id(project, "template set");
    project.template_sets.insert(TemplateSet {
        id: id.clone(),
        name: call.text("name").unwrap_or_default().to_owned(),
        description: call.text("description").map(str::to_owned),
        templates: templates.unwrap_or_default(),
    });
    Ok(json!({"group_collection_id": id}))
}

/// `UpdateTemplateGroupCollection`.
pub(crate) fn update(project: &mut Project, call: &Call<'_>) -> Answer {
    let id = call.text("collection_id").unwrap_or_default();
    if project.template_sets.get(id).is_none() {
        return Err(Refusal::unknown());
    }
    let templates = templates(project, call)?;
    let set = project.template_sets.get_mut(id);
    let set = set.ok_or_else(Refusal::unknown)?;
    if let Some(name) = call.text("name") {
        name.clone_into(&mut set.name);
    }
    if let Some(description) = call.text("description") {
        set.description = Some(description.to_owned());
    }
    if let Some(templates) = templates {
        set.templates = templates;
    }
    Ok(Value::Null)
}

/// `DeleteTemplateGroupCollection`.
pub(crate) fn delete(project: &mut Project, call: &Call<'_>) -> Answer {
    let id = call.text("group_collection_id").unwrap_or_default();
    let removed = project.template_sets.remove(id);
    removed.map(|_| Value::Null).ok_or_else(Refusal::unknown)
}

/// `ListTemplateGroupCollection`.
pub(crate) fn list(project: &mut Project, call: &Call<'_>) -> Answer {
    let id = call.text("group_collection_id").filter(|id| !id.is_empty());
    let found = project.template_sets.iter();
    let found: Vec<_> = found
        .filter(|set| id.is_none_or(|id| set.id == id))
        .collect();
    let page = match id {
        Some(_) => Page::whole(found),
        None => window(call, found, 10),
    };
    let shown = page.items.iter().map(|set| shown(project, set));
    let shown: Vec<_> = shown.collect();
    Ok(json!({"template_group_collection_list": shown, "total": page.total}))
}

fn shown(project: &Project, set: &TemplateSet) -> Value {
    let ids = set.templates.iter();
    let templates = ids.filter_map(|id| project.all_templates().find(|it| it.id == *id));
    object([
        ("group_collection_id", set.id.as_str().into()),
        ("name", set.name.as_str().into()),
        ("description", set.description.clone().into()),
        (
            "template_group_list",
            templates
                .map(|template| shown_as_group(&template))
                .collect(),
        ),
    ])
}

/// The templates that a call names, if they can be in one set.
fn templates(project: &Project, call: &Call<'_>) -> Result<Option<Vec<String>>, Refusal> {
    let Some(ids) = call.texts("template_group_list") else {
        return Ok(None);
    };
    if ids.len() > TEMPLATES {
        let message = format!("A set has {TEMPLATES} templates at most.");
        return Err(Refusal::parameter(message));
    }
    let known = |id: &&str| project.all_templates().find(|template| template.id == **id);
    let found: Option<Vec<_>> = ids.iter().map(known).collect();
    let found = found.ok_or_else(Refusal::unknown)?;
    for (index, template) in found.iter().enumerate() {
        let mut before = found.iter().take(index);
        if let Some(other) = before.find(|other| is_same_output(other, template)) {
            let message = format!(
                "The templates {} and {} have outputs that cannot be in one set.",
                other.name, template.name
            );
            return Err(Refusal::parameter(message));
        }
    }
    Ok(Some(ids.into_iter().map(str::to_owned).collect()))
}

/// Whether two templates make the same kinds of output, or one both kinds of stream that the other
/// makes one of.
fn is_same_output(one: &Template, other: &Template) -> bool {
    let codec = |template: &Template| {
        let common = template.common.as_ref();
        common.map_or(Value::Null, |common| common["video_codec"].clone())
    };
    let formats = |template: &Template| {
        let formats = template.streams.iter().map(|stream| stream.format.clone());
        formats.collect::<BTreeSet<_>>()
    };
    let (ours, theirs) = (formats(one), formats(other));
    let covers = |one: &BTreeSet<String>, other: &BTreeSet<String>| {
        one.contains("DASH_HLS") && (other.contains("HLS") || other.contains("DASH"))
    };
    codec(one) == codec(other)
        && (ours == theirs || covers(&ours, &theirs) || covers(&theirs, &ours))
}
