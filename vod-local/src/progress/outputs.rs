//! What transcoding makes.

use crate::digest;
use crate::state::{Asset, Output};

/// A stream: quality, width, height, bit rate in kbit/s.
type Stream = (&'static str, u64, u64, u64);

/// What a template group makes of a video.
const STREAMS: [Stream; 2] = [("HD", 1280, 720, 1000), ("SD", 854, 480, 600)];

/// The outputs of a template group: a list of all streams, and the streams.
pub(super) fn of(asset: &Asset, group_name: &str, encrypted: bool) -> Vec<Output> {
    let output =
        |quality: Option<&str>, file: String, [width, height, bit_rate]: [u64; 3]| Output {
            play_type: "HLS".to_owned(),
            group_id: group_id(group_name),
            group_name: group_name.to_owned(),
            quality: quality.map(str::to_owned),
            encrypted,
            file: format!("play_video/{file}"),
            width,
            height,
            bit_rate,
        };
    let id = &asset.id;
    let streams = STREAMS.iter().enumerate().map(|(index, stream)| {
        let (quality, width, height, bit_rate) = *stream;
        let file = format!("{id}_{}_{width}X{height}_{bit_rate}_0.m3u8", index + 1);
        output(Some(quality), file, [width, height, bit_rate])
    });
    let list = output(None, "index.m3u8".to_owned(), [0; 3]);
    std::iter::once(list).chain(streams).collect()
}

/// The id of a template group of which nothing but the name is known.
fn group_id(name: &str) -> String {
    digest::id(&format!("template group {name}"), 0)
}
