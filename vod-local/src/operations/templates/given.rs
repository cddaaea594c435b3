//! What a request says of a template.

use serde_json::Value;

use crate::state::{Stream, Template};

/// What it leaves out is `None`, and stays as it is.
#[derive(Debug, Default)]
pub(super) struct Given {
    pub(super) name: Option<String>,
    pub(super) description: Option<String>,
    pub(super) is_default: Option<bool>,
    pub(super) encrypted: Option<bool>,
    /// Without a format where all streams have the same.
    pub(super) streams: Option<Vec<Stream>>,
    /// The format of all streams.
    pub(super) format: Option<String>,
    pub(super) common: Option<Value>,
    pub(super) manifests: Option<Value>,
    pub(super) watermarks: Option<Vec<String>>,
}

impl Given {
    pub(super) fn apply(self, template: &mut Template) {
        let present = template.format().to_owned();
        template.name = self.name.unwrap_or(std::mem::take(&mut template.name));
        template.is_default = self.is_default.unwrap_or(template.is_default);
        template.encrypted = self.encrypted.unwrap_or(template.encrypted);
        template.description = self.description.or(template.description.take());
        template.common = self.common.or(template.common.take());
        template.manifests = self.manifests.or(template.manifests.take());
        template.watermarks = self.watermarks.or(template.watermarks.take());
        if let Some(streams) = self.streams {
            template.streams = streams;
        }
        for (index, stream) in template.streams.iter_mut().enumerate() {
            match &self.format {
                Some(format) => stream.format.clone_from(format),
                None if stream.format.is_empty() => stream.format.clone_from(&present),
                None => {}
            }
            // A document that somebody wrote can have anything here.
            let video = stream.video.as_mut().and_then(Value::as_object_mut);
            if let Some(video) = video {
                let name = || format!("video_stream_l{index}").into();
                video.entry("stream_name").or_insert_with(name);
            }
        }
    }
}
