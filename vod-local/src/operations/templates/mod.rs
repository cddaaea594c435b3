//! Transcoding templates. There are two forms of the operations on them, the historical one calls
//! them template groups; both see the same templates.

mod current;
mod given;
mod historical;

use serde_json::Value;
use vod_api::codes;

use super::{Answer, Call, Refusal};
use crate::state::{Project, Template, TemplateKind};

use given::Given;

pub(crate) use current::{create, list, update};
pub(crate) use historical::{create_group, list_groups, update_group};

pub(super) use historical::shown as shown_as_group;

/// `DeleteTranscodeTemplate` and `DeleteTemplateGroup`.
pub(crate) fn delete(project: &mut Project, call: &Call<'_>) -> Answer {
    let template = custom(project, call)?;
    let mut sets = project.template_sets.iter();
    if let Some(set) = sets.find(|set| set.templates.contains(&template.id)) {
        let message = format!("The template is in the set {}.", set.name);
        return Err(Refusal::new(codes::TRANSCODING_TEMPLATE_IN_USE, message));
    }
    project.templates.remove(&template.id);
    Ok(Value::Null)
}

/// The template that a call changes, which has to be one of the user.
fn custom(project: &Project, call: &Call<'_>) -> Result<Template, Refusal> {
    let id = call.text("group_id").unwrap_or_default();
    let template = project.all_templates().find(|template| template.id == id);
    let template = template.ok_or_else(Refusal::unknown)?;
    if template.kind != TemplateKind::Custom {
        let message = "The templates that the service provides cannot be changed or deleted.";
        return Err(Refusal::state(message));
    }
    Ok(template.into_owned())
}

/// Makes a template, and gives its id.
fn add(project: &mut Project, call: &Call<'_>, given: Given) -> Result<String, Refusal> {
    let mut template = Template::default();
    given.apply(&mut template);
    check(project, &template)?;
    template.id = call.context.id(project, "template");
    let id = template.id.clone();
    save(project, template);
    Ok(id)
}

/// Changes a template.
fn change(project: &mut Project, call: &Call<'_>, given: Given) -> Answer {
    let mut template = custom(project, call)?;
    given.apply(&mut template);
    check(project, &template)?;
    save(project, template);
    Ok(Value::Null)
}

/// Whether a template can be as it is now.
fn check(project: &Project, template: &Template) -> Result<(), Refusal> {
    let mut others = project.all_templates();
    if others.any(|other| other.name == template.name && other.id != template.id) {
        let message = format!("There is a template {} already.", template.name);
        return Err(Refusal::new(codes::TEMPLATE_GROUP_EXISTS, message));
    }
    let mut streams = template.streams.iter();
    if template.encrypted && streams.any(|stream| stream.format != "HLS") {
        let message = "Only outputs in the format HLS can be encrypted.";
        return Err(Refusal::parameter(message));
    }
    let is_usable = |id: &String| {
        let watermark = project.watermarks.get(id);
        watermark.is_some_and(|watermark| watermark.confirmed)
    };
    let mut watermarks = template.watermarks.iter().flatten();
    if let Some(id) = watermarks.find(|id| !is_usable(id)) {
        let message = format!("The watermark template {id} does not exist, or has no image yet.");
        return Err(Refusal::new(codes::INVALID_WATERMARK_TEMPLATE, message));
    }
    let has_stream = |name: &&Value| {
        let mut videos = template.streams.iter().filter_map(|it| it.video.as_ref());
        videos.any(|video| video["stream_name"] == **name)
    };
    let manifests = template.manifests.iter().filter_map(Value::as_array);
    let mut selected = manifests
        .flatten()
        .filter_map(|manifest| manifest["selected_outputs"].as_array())
        .flatten();
    if let Some(name) = selected.find(|name| !has_stream(name)) {
        let message = format!("selected_outputs has {name}, which no stream_name is.");
        return Err(Refusal::parameter(message));
    }
    Ok(())
}

/// Keeps a template. Only one is the default.
fn save(project: &mut Project, template: Template) {
    if template.is_default {
        for other in project.templates.iter_mut() {
            other.is_default = false;
        }
    }
    project.templates.insert(template);
}
