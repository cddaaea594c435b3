//! Watermark templates, whose images are uploaded too.

use serde_json::json;
use vod_api::codes;

use super::{Answer, Call, Refusal};
use crate::formats::{extension, image_type};
use crate::state::{Project, Watermark};
use crate::store::Grant;

/// `CreateWatermarkTemplate`.
pub(crate) fn create(project: &mut Project, call: &Call<'_>) -> Answer {
    let context = &call.context;
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
        settings: call.parameters.clone(),
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
    let grant = Grant {
        verb: "GET",
        key: &watermark.object,
        ..Grant::default()
    };
    Ok(json!({"id": id, "image_url": context.store.url(context.base, &grant)}))
}
