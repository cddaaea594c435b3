//! Watermark templates, whose images are uploaded too.

use serde_json::{Value, json};
use vod_api::codes;

use super::lists::{Page, page};
use super::{Answer, Call, Refusal};
use crate::data::object;
use crate::formats::{extension, image_type};
use crate::state::{Project, Watermark};
use crate::store::Grant;

/// What a template says of its image.
const SETTINGS: [&str; 11] = [
    "name",
    "type",
    "dx",
    "dy",
    "position",
    "width",
    "height",
    "watermark_type",
    "image_process",
    "timeline_start",
    "timeline_duration",
];

/// `CreateWatermarkTemplate`.
pub(crate) fn create(project: &mut Project, call: &Call<'_>) -> Answer {
    let context = &call.context;
    check_name(project, call, None)?;
    let id = context.id(project, "watermark");
    let format = call.text("type").unwrap_or_default();
    let object = format!(
        "{}/{id}/watermark.{}",
        context.project_id,
        extension(format)
    );
    let grant = Grant {
        verb: "PUT",
        key: &object,
        content_type: Some(&image_type(format)),
        content_md5: call.text("md5"),
        query: Vec::new(),
    };
    let url = context.store.url(context.base, &grant);
    let reply = json!({"id": id, "upload_url": url});
    project.watermarks.insert(Watermark {
        id,
        object,
        confirmed: false,
        created: context.now,
        settings: settings(call).collect(),
    });
    Ok(reply)
}

/// `ConfirmImageUpload`.
pub(crate) fn confirm(project: &mut Project, call: &Call<'_>) -> Answer {
    let context = &call.context;
    let id = call.text("id").unwrap_or_default();
    let watermark = project
        .watermarks
        .get_mut(id)
        .ok_or_else(Refusal::unknown)?;
    if call.text("status") != Some("SUCCEED") {
        return Ok(json!({"id": id}));
    }
    if !context.store.has(&watermark.object) {
        let message = "The image of the template was not uploaded.";
        return Err(Refusal::new(codes::UPLOAD_NOT_CONFIRMABLE, message));
    }
    watermark.confirmed = true;
    Ok(json!({"id": id, "image_url": image_url(call, watermark)}))
}

/// `UpdateWatermarkTemplate`.
pub(crate) fn update(project: &mut Project, call: &Call<'_>) -> Answer {
    let id = call.text("id").unwrap_or_default();
    let watermark = project.watermarks.get(id).ok_or_else(Refusal::unknown)?;
    if !watermark.confirmed {
        let message = "The upload of the image is not confirmed: call ConfirmImageUpload first.";
        return Err(Refusal::new(codes::WATERMARK_IMAGE_NOT_CONFIRMED, message));
    }
    check_name(project, call, Some(id))?;
    let watermark = project.watermarks.get_mut(id);
    let watermark = watermark.ok_or_else(Refusal::unknown)?;
    watermark.settings.extend(settings(call));
    Ok(Value::Null)
}

/// `DeleteWatermarkTemplate`.
pub(crate) fn delete(project: &mut Project, call: &Call<'_>) -> Answer {
    let id = call.text("id").unwrap_or_default();
    let watermark = project.watermarks.remove(id);
    let watermark = watermark.ok_or_else(Refusal::unknown)?;
    call.context.store.remove(&watermark.object);
    for template in project.templates.iter_mut() {
        if let Some(ids) = &mut template.watermarks {
            ids.retain(|known| known != id);
        }
    }
    Ok(Value::Null)
}

/// `ListWatermarkTemplate`.
pub(crate) fn list(project: &mut Project, call: &Call<'_>) -> Answer {
    let ids = call.texts("id");
    let all = project.watermarks.iter();
    let page = match &ids {
        Some(ids) => Page::whole(all.filter(|it| ids.contains(&it.id.as_str())).collect()),
        None => page(call, all.collect())?,
    };
    let shown: Vec<_> = page.items.iter().map(|it| shown(call, it)).collect();
    Ok(json!({"templates": shown, "total": page.total}))
}

fn shown(call: &Call<'_>, watermark: &Watermark) -> Value {
    let mut shown = object([
        ("id", watermark.id.as_str().into()),
        ("status", u8::from(watermark.confirmed).into()),
        ("dx", "0".into()),
        ("dy", "0".into()),
        ("position", "TOPRIGHT".into()),
        ("create_time", watermark.created.compact().into()),
        ("watermark_type", "IMAGE".into()),
    ]);
    for (name, value) in &watermark.settings {
        shown[name] = value.clone();
    }
    if watermark.confirmed {
        shown["image_url"] = image_url(call, watermark).into();
    }
    shown
}

/// The settings that a call gives.
fn settings<'a>(call: &Call<'a>) -> impl Iterator<Item = (String, Value)> + use<'a> {
    let parameters = call.parameters;
    let given = SETTINGS.into_iter().map(|name| (name, &parameters[name]));
    let given = given.filter(|(_, value)| !value.is_null());
    given.map(|(name, value)| (name.to_owned(), value.clone()))
}

fn image_url(call: &Call<'_>, watermark: &Watermark) -> String {
    let grant = Grant {
        verb: "GET",
        key: &watermark.object,
        ..Grant::default()
    };
    call.context.store.url(call.context.base, &grant)
}

/// Whether the name that a call gives is that of another template than `id`.
fn check_name(project: &Project, call: &Call<'_>, id: Option<&str>) -> Result<(), Refusal> {
    let name = call.text("name").unwrap_or_default();
    let mut others = project.watermarks.iter();
    let is_taken = |it: &Watermark| {
        let taken = it.settings.get("name");
        taken.is_some_and(|taken| taken == name) && Some(it.id.as_str()) != id
    };
    if others.any(is_taken) {
        let message = format!("There is a watermark template {name} already.");
        return Err(Refusal::new(codes::WATERMARK_TEMPLATE_EXISTS, message));
    }
    Ok(())
}
