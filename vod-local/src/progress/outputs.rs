//! What transcoding makes.

use crate::state::{Asset, Output, Project, Stream, Template, TemplateKind};

/// A way to play a video.
struct Way {
    play_type: &'static str,
    /// The formats of templates that make it.
    formats: &'static [&'static str],
    extension: &'static str,
    /// Whether there is a list of all streams.
    has_list: bool,
}

const WAYS: [Way; 5] = [
    Way {
        play_type: "HLS",
        formats: &["HLS", "DASH_HLS"],
        extension: "m3u8",
        has_list: true,
    },
    Way {
        play_type: "DASH",
        formats: &["DASH", "DASH_HLS"],
        extension: "mpd",
        has_list: true,
    },
    Way {
        play_type: "MP4",
        formats: &["MP4"],
        extension: "mp4",
        has_list: false,
    },
    Way {
        play_type: "MP3",
        formats: &["MP3"],
        extension: "mp3",
        has_list: false,
    },
    Way {
        play_type: "AAC",
        formats: &["ADTS"],
        extension: "aac",
        has_list: false,
    },
];

/// The outputs of a video.
pub(super) fn of(asset: &Asset, template: &Template, encrypt: bool) -> Vec<Output> {
    let mut outputs = Vec::new();
    for way in &WAYS {
        let output = |file: String| Output {
            play_type: way.play_type.to_owned(),
            group_id: template.id.clone(),
            group_name: template.name.clone(),
            encrypted: (encrypt || template.encrypted) && way.play_type == "HLS",
            file: format!("play_video/{file}.{}", way.extension),
            ..Output::default()
        };
        let fits = |stream: &&Stream| way.formats.contains(&stream.format.as_str());
        let streams: Vec<_> = template.streams.iter().filter(fits).collect();
        if way.has_list && !streams.is_empty() {
            outputs.push(output("index".to_owned()));
        }
        for (number, stream) in (1..).zip(streams) {
            let [width, height, bit_rate] = size(stream);
            let file = format!("{}_{number}_{width}X{height}_{bit_rate}_0", asset.id);
            let video = stream.video.as_ref();
            let quality = video.and_then(|video| video["quality"].as_str());
            outputs.push(Output {
                quality: quality.map(str::to_owned),
                width,
                height,
                bit_rate,
                ..output(file)
            });
        }
    }
    outputs
}

/// Width, height and bit rate in kbit/s. What the template leaves out is that of the quality.
fn size(stream: &Stream) -> [u64; 3] {
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
