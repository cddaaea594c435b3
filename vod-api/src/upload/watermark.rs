//! The image of a watermark template: created, sent in one piece, confirmed.

use std::future::IntoFuture;
use std::pin::{Pin, pin};
use std::sync::Arc;

use tokio::time::{Instant, timeout};

use crate::error::{Error, Sent};
use crate::facts::Operation;
use crate::model::{CreateWatermarkTemplateRequest, ImageUploadStatus};
use crate::pipeline::Deadline;
use crate::runtime;
use crate::upload::builder::Upload;
use crate::upload::end::{CLEANING, late};
use crate::upload::file::SourceError;
use crate::upload::media_type::image_content_type;
use crate::upload::preparation::lacks;
use crate::upload::progress::{Meter, UploadPhase};
use crate::upload::sender::Sender;
use crate::upload::sizes::ADVISED;
use crate::upload::step::Payload;
use crate::upload::store::Store;
use crate::upload::target::{Signed, url};

/// A watermark template whose image was uploaded.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct UploadedWatermark {
    /// The template, for `watermark_template_ids` of a transcoding template.
    pub id: String,
}

impl IntoFuture for Upload<CreateWatermarkTemplateRequest> {
    type Output = Result<UploadedWatermark, Error>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(send(self))
    }
}

async fn send(
    mut upload: Upload<CreateWatermarkTemplateRequest>,
) -> Result<UploadedWatermark, Error> {
    runtime::check()?;
    let mut report = upload.report.take();
    let meter = Meter::new();
    let deadline = Deadline::new(Instant::now(), upload.settings.timeout);
    let work = pin!(perform(upload, &meter));
    let work = deadline.hold_or(late(Sent::Maybe), work);
    meter.watch(&mut report, work).await
}

async fn perform(
    upload: Upload<CreateWatermarkTemplateRequest>,
    meter: &Arc<Meter>,
) -> Result<UploadedWatermark, Error> {
    let Upload {
        client,
        mut request,
        files,
        settings,
        ..
    } = upload;
    let source = files.media.unwrap_or_else(|| "".into());
    let name = source.name();
    let image = source.read_whole(ADVISED).await;
    let image = image.map_err(|error| error.of(&name))?;
    if image.data.is_empty() {
        return Err(SourceError::Empty.of(&name));
    }
    let size = image.data.len() as u64;
    meter.announce(Some(size), Some(0));
    request.md5 = Some(image.md5.base64());
    let content_type = image_content_type(request.image_format.as_str());
    let reply = client.execute(*request).await?.into_body();
    let lacks = |field| lacks(CreateWatermarkTemplateRequest::META, field);
    let id = reply.id.ok_or_else(|| lacks("id"))?;
    let url = url(reply.upload_url).ok_or_else(|| lacks("upload_url"))?;
    meter.enter(UploadPhase::Sending);
    let payload = Payload::whole("image", content_type, image);
    let sender = Sender::new(Store::new(&client, &settings));
    let sent = sender
        .step(&Signed::Given(&url), &payload, Some(meter))
        .await;
    if let Err(failure) = sent {
        let error = Error::from(failure);
        let told = client
            .confirm_image_upload(&id, ImageUploadStatus::Failed)
            .send();
        let end = match timeout(CLEANING, told).await {
            Ok(Ok(_)) => "VOD was told that it failed",
            _ => "VOD could not be told that it failed",
        };
        return Err(error.with_hint(&format!("the watermark template {id} has no image: {end}")));
    }
    meter.stored_whole(size);
    meter.enter(UploadPhase::Confirming);
    let confirmed = client.confirm_image_upload(&id, ImageUploadStatus::Succeed);
    match confirmed.await {
        Ok(_) => Ok(UploadedWatermark { id }),
        Err(error) => Err(error.with_hint(&format!(
            "the image of the watermark template {id} is stored, but not confirmed"
        ))),
    }
}
