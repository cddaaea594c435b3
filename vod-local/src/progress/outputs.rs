//! What transcoding makes.

use crate::state::{Asset, Output, Project, Stream, Template, TemplateKind};

/// Width, height and bit rate in kbit/s.
type Size = [u64; 3];

/// The outputs of a video: for each way to play it that the template has, a list of the streams if
/// there is one, and the streams.
pub(super) fn of(asset: &Asset, template: &Template, encrypt: bool) -> Vec<Output> {
    let ways = [
        ("HLS", ["HLS", "DASH_HLS"].as_slice(), "m3u8", true),
        ("DASH", &["DASH", "DASH_HLS"], "mpd", true),
        ("MP4", &["MP4"], "mp4", false),
        ("MP3", &["MP3"], "mp3", false),
        ("AAC", &["ADTS"], "aac", false),
    ];
    let outputs = ways
        .into_iter()
        .flat_map(|(play_type, formats, extension, has_list)| {
            let output = |file: String| Output {
                play_type: play_type.to_owned(),
                group_id: template.id.clone(),
                group_name: template.name.clone(),
                encrypted: (encrypt || template.encrypted) && play_type == "HLS",
                file: format!("play_video/{file}.{extension}"),
                ..Output::default()
            };
            let fits = |stream: &&Stream| formats.contains(&stream.format.as_str());
            let streams = template.streams.iter().filter(fits);
            let streams = streams.enumerate().map(|(index, stream)| {
                let [width, height, bit_rate] = size(stream);
                let file = format!("{}_{}_{width}X{height}_{bit_rate}_0", asset.id, index + 1);
                let quality = stream
                    .video
                    .as_ref()
                    .and_then(|video| video["quality"].as_str());
                Output {
                    quality: quality.map(str::to_owned),
                    width,
                    height,
                    bit_rate,
                    ..output(file)
                }
            });
            let streams: Vec<_> = streams.collect();
            let list = (has_list && !streams.is_empty()).then(|| output("index".to_owned()));
            list.into_iter().chain(streams)
        });
    outputs.collect()
}

/// The size of a stream; where the template leaves it out, the usual one of the quality.
fn size(stream: &Stream) -> Size {
    let Some(video) = &stream.video else {
        return [0; 3];
    };
    let usual = match video["quality"].as_str() {
        Some("4K") => [3840, 2160, 8000],
        Some("2K") => [2560, 1440, 7000],
        Some("FULL_HD") => [1920, 1080, 3000],
        Some("SD") => [854, 480, 600],
        Some("FLUENT") => [480, 270, 300],
        _ => [1280, 720, 1000],
    };
    let set = |name: &str| video[name].as_u64().filter(|number| *number > 0);
    let [width, height, bit_rate] = usual;
    [
        set("width").unwrap_or(width),
        set("height").unwrap_or(height),
        set("bitrate").unwrap_or(bit_rate),
    ]
}

/// The template of a name. One that is not known makes what the usual one does.
pub(super) fn template(project: &Project, name: &str) -> Template {
    let mut all = project.all_templates();
    if let Some(known) = all.find(|template| template.name == name) {
        return known.into_owned();
    }
    let [usual, _] = Template::built_in();
    Template {
        id: Template::id_of(name),
        name: name.to_owned(),
        kind: TemplateKind::Custom,
        ..usual
    }
}
