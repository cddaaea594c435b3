//! Media assets.

use std::collections::BTreeMap;

use serde_json::Value;

use super::moment::Moment;
use super::table::Record;
use crate::data::data;
use crate::machine::{Publication, Review, Snapshots, Storage, Transcode, Upload};

data! {
    /// A media asset.
    pub(crate) struct Asset {
        id: String,
        title: String,
        description: Option<String>,
        video_name: String,
        /// Format of the file, as `MP4`.
        video_type: String,
        /// `None` for the built-in category.
        category_id: Option<i64>,
        tags: Option<String>,
        created: Moment,
        modified: Moment,
        upload: Upload,
        transcode: Transcode,
        thumbnail: Snapshots,
        review: Review,
        publication: Publication,
        storage: Storage,
        /// Where the file goes: a key of the object storage.
        object: String,
        /// The source file was deleted, and the rest was kept.
        without_source: bool,
        /// The object of the cover, if a URL for it was given out.
        cover: Option<String>,
        /// The snapshot that is the cover, as the end of its URL.
        cover_snapshot: Option<String>,
        subtitles: Vec<Subtitle>,
        default_language: Option<String>,
        /// What is to be done once the file is there.
        plan: Plan,
        /// What is known of the file. It is there once the file is.
        media: Option<Media>,
        outputs: Vec<Output>,
        /// What went wrong, by the name of the state.
        failures: BTreeMap<String, String>,
        /// What answers still show instead of the states.
        stale: Option<Stale>,
    }
}

impl Record for Asset {
    fn id(&self) -> &str {
        &self.id
    }
}

data! {
    /// A subtitle file.
    pub(crate) struct Subtitle {
        number: i64,
        format: String,
        language: String,
        /// Where the file goes.
        object: String,
    }
}

data! {
    /// What is asked for together with the file.
    pub(crate) struct Plan {
        publish: bool,
        template_group_name: Option<String>,
        encrypt: bool,
        thumbnail: Option<Value>,
        review: Option<Value>,
    }
}

data! {
    /// What the service found out about a file.
    pub(crate) struct Media {
        codec: String,
        audio_codec: String,
        duration_ms: u64,
        size: u64,
        /// 0 for audio.
        width: u64,
        height: u64,
        /// In kbit/s.
        bit_rate: u64,
        frame_rate: u64,
    }
}

data! {
    /// An output of transcoding.
    pub(crate) struct Output {
        /// `HLS`, `DASH` or `MP4`.
        play_type: String,
        group_id: String,
        group_name: String,
        /// `None` for the list of all streams.
        quality: Option<String>,
        encrypted: bool,
        /// The end of its URL.
        file: String,
        width: u64,
        height: u64,
        bit_rate: u64,
    }
}

data! {
    /// States that are over, and how many answers still show them.
    pub(crate) struct Stale {
        answers: u32,
        transcode: Transcode,
        thumbnail: Snapshots,
        review: Review,
    }
}
