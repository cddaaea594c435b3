//! Transcoding templates, and sets of them.

use serde_json::{Value, json};

use super::table::Record;
use crate::data::{data, words};
use crate::digest;

words! {
    /// Who made a template, and whether it transcodes at all.
    pub(crate) enum TemplateKind {
        Custom = "custom_template_group",
        System = "system_template_group",
        NonTranscoding = "non_transcoding_template_group",
    }
}

data! {
    /// A transcoding template, which the historical operations call a template group.
    pub(crate) struct Template {
        id: String,
        name: String,
        kind: TemplateKind,
        description: Option<String>,
        is_default: bool,
        encrypted: bool,
        streams: Vec<Stream>,
        /// What all streams share, but for the format, as `CreateTranscodeTemplate` has it. Of the
        /// historical form it has `pvc_version` as well.
        common: Option<Value>,
        manifests: Option<Value>,
        /// Ids of watermark templates.
        watermarks: Option<Vec<String>>,
    }
}

impl Record for Template {
    fn id(&self) -> &str {
        &self.id
    }
}

data! {
    /// An output that a template makes.
    pub(crate) struct Stream {
        /// As `HLS`. In the form of today, all streams have the same.
        format: String,
        /// As `CreateTranscodeTemplate` has it.
        video: Option<Value>,
        /// The same.
        audio: Option<Value>,
    }
}

impl Template {
    /// The templates that every project has. They do not change, and are no part of the document.
    pub(crate) fn built_in() -> [Self; 2] {
        let video = |quality, width, height, bitrate| {
            json!({
                "quality": quality, "width": width, "height": height, "bitrate": bitrate,
                "frame_rate": 0,
            })
        };
        let audio = json!({
            "sample_rate": "AUDIO_SAMPLE_AUTO", "bitrate": 0, "channels": "AUDIO_CHANNELS_2",
        });
        let hls = |video| Stream {
            format: "HLS".to_owned(),
            video: Some(video),
            audio: Some(audio.clone()),
        };
        let nothing = Stream {
            format: "UNKNOW".to_owned(),
            video: Some(video("UNKNOW", 0, 0, 0)),
            audio: None,
        };
        let streams = vec![
            hls(video("HD", 1280, 720, 1000)),
            hls(video("SD", 854, 480, 600)),
        ];
        let system = json!({"video_codec": "H264"});
        [
            (TemplateKind::System, streams, Some(system)),
            (TemplateKind::NonTranscoding, vec![nothing], None),
        ]
        .map(|(kind, streams, common)| {
            let name = crate::data::Words::as_str(kind);
            Self {
                id: Self::id_of(name),
                name: name.to_owned(),
                kind,
                streams,
                common,
                ..Self::default()
            }
        })
    }

    /// The id of a template of which nothing but the name is known.
    pub(crate) fn id_of(name: &str) -> String {
        digest::id(&format!("template group {name}"), 0)
    }

    /// The format of the streams; of the first, if they differ.
    pub(crate) fn format(&self) -> &str {
        self.streams
            .first()
            .map_or("HLS", |stream| stream.format.as_str())
    }
}

data! {
    /// A set of templates.
    pub(crate) struct TemplateSet {
        id: String,
        name: String,
        description: Option<String>,
        /// The ids of the templates.
        templates: Vec<String>,
    }
}

impl Record for TemplateSet {
    fn id(&self) -> &str {
        &self.id
    }
}
