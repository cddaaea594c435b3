//! `vod template create`: makes a transcoding template.

use clap::{Arg, ArgAction, ArgMatches, Command};
use serde_json::{Map, Value, json};
use vod_api::model::CreateTranscodeTemplateRequest;
use vod_api::operation::Operation;

use super::CHANGED;
use crate::api::Input;
use crate::commands::{flag, one_of, values_of};
use crate::exit::{Exit, Failure};
use crate::output::{Listing, Shape};
use crate::session::Session;

/// Bitrates in kbit/s that the docs name as usual.
const USUAL: [(&str, u32); 6] = [
    ("FLUENT", 300),
    ("SD", 600),
    ("HD", 1000),
    ("FULL_HD", 3000),
    ("2K", 7000),
    ("4K", 8000),
];

pub(super) fn command() -> Command {
    let meta = CreateTranscodeTemplateRequest::META;
    let one_of = |path| one_of(meta, path);
    Command::new("create")
        .about("Creates a transcoding template")
        .after_help(
            "An output is QUALITY[:WIDTHxHEIGHT][@KBITS], such as HD or HD:1280x720@1000. Qualities and \
             their usual bitrates:\n\
             FLUENT 300, SD 600, HD 1000, FULL_HD 3000, 2K 7000, 4K 8000 kbit/s.\n\
             --json takes all that there is; `vod api create-transcode-template --skeleton` shows it.",
        )
        .arg(
            Arg::new("name")
                .value_name("NAME")
                .required_unless_present("json")
                .conflicts_with("json")
                .help("Its name, which transcoding takes"),
        )
        .arg(
            flag::value("output", "OUTPUT", "A video stream to make; repeat it for several")
                .action(ArgAction::Append)
                .required_unless_present("json")
                .conflicts_with("json")
                .value_parser(stream),
        )
        .arg(
            flag::value("container", "FORMAT", "Format of the files; HLS by default")
                .value_parser(one_of("common.format")),
        )
        .arg(
            flag::value("video-codec", "CODEC", "Codec of the videos; H264 by default")
                .value_parser(one_of("common.video_codec")),
        )
        .arg(
            flag::value("audio-codec", "CODEC", "Codec of the audio; AAC by default")
                .value_parser(one_of("common.audio_codec")),
        )
        .arg(flag::value("description", "TEXT", "Its description"))
        .arg(
            flag::value("watermark", "ID", "Puts the image of a watermark template on the videos")
                .action(ArgAction::Append),
        )
        .arg(flag::switch("encrypt", "Encrypts the files; HLS only"))
        .arg(flag::switch("default", "Makes it the default template"))
        .arg(flag::value(
            "json",
            "JSON",
            "The whole request instead: JSON, @FILE or -",
        ))
}

pub(super) async fn run(session: &mut Session<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let printer = session.task_printer()?;
    let request = match matches.get_one::<String>("json") {
        Some(json) => Input::new(session.io).json("--json", json)?,
        None => request(matches),
    };
    let name = request.get("name").cloned();
    let client = session.client().await?;
    let made = client
        .call(CreateTranscodeTemplateRequest::META, request)
        .await?;
    let row = json!({ "group_id": made.get("group_id"), "name": name });
    let mut listing = Listing::new(&printer, Shape::of_columns(CHANGED));
    listing.push(row)?;
    listing.end()?;
    Ok(Exit::Done)
}

/// What the flags say.
fn request(matches: &ArgMatches) -> Value {
    let text = |name| matches.get_one::<String>(name);
    let or = |name, usual: &str| text(name).map_or(usual, String::as_str).to_owned();
    let streams = matches.get_many::<Value>("output").into_iter().flatten();
    let audio = json!({ "sample_rate": "AUDIO_SAMPLE_AUTO", "channels": "AUDIO_CHANNELS_2" });
    let outputs = streams.map(|video| json!({ "video": video, "audio": audio }));
    let mut request = Map::new();
    let mut set = |name: &str, value: Value| request.insert(name.to_owned(), value);
    set("name", json!(text("name")));
    set("quality_info_list", outputs.collect());
    set(
        "common",
        json!({
            "format": or("container", "HLS"),
            "video_codec": or("video-codec", "H264"),
            "audio_codec": or("audio-codec", "AAC"),
        }),
    );
    if let Some(description) = text("description") {
        set("description", json!(description));
    }
    if let Some(ids) = matches.get_many::<String>("watermark") {
        set("watermark_template_ids", json!(ids.collect::<Vec<_>>()));
    }
    for (flag, name) in [("encrypt", "is_auto_encrypt"), ("default", "is_default")] {
        if matches.get_flag(flag) {
            set(name, true.into());
        }
    }
    request.into()
}

/// Reads `QUALITY[:WIDTHxHEIGHT][@KBITS]`.
fn stream(text: &str) -> Result<Value, String> {
    let (rest, kbits) = match text.split_once('@') {
        Some((rest, kbits)) => (rest, Some(kbits)),
        None => (text, None),
    };
    let (quality, size) = match rest.split_once(':') {
        Some((quality, size)) => (quality, Some(size)),
        None => (rest, None),
    };
    let known = values_of(
        CreateTranscodeTemplateRequest::META,
        "quality_info_list.video.quality",
    );
    if !known.contains(&quality) {
        return Err(format!("QUALITY is one of {}", known.join(", ")));
    }
    let number = |text: &str, what| {
        text.parse::<u32>()
            .map_err(|_| format!("{what} is a whole number, not {text:?}"))
    };
    let usual = USUAL.iter().find(|(name, _)| *name == quality);
    let bitrate = match kbits {
        Some(kbits) => number(kbits, "KBITS")?,
        None => usual.map_or(0, |(_, kbits)| *kbits),
    };
    // The frame rate of the source.
    let mut video = json!({ "quality": quality, "bitrate": bitrate, "frame_rate": 0 });
    if let Some(size) = size {
        let (width, height) = size
            .split_once('x')
            .ok_or("the size is WIDTHxHEIGHT, such as 1280x720")?;
        video["width"] = number(width, "WIDTH")?.into();
        video["height"] = number(height, "HEIGHT")?.into();
    }
    Ok(video)
}
