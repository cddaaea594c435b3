//! What viewers get: files of media assets.

use http::Method;
use http::request::Parts;

use crate::machine::{Publication, TaskStatus};
use crate::progress::{Kind, snapshot_file, source_file};
use crate::reply::Reply;
use crate::state::{Asset, Project, Work};
use crate::uri;
use crate::world::{Place, World};

/// What a URL leads to.
enum File {
    /// An object of the storage.
    Object(String),
    Playlist(String),
    Picture,
    /// It is there, but not for viewers.
    Hidden,
}

/// What a viewer asks for.
pub(crate) struct View<'a> {
    /// Scheme and host of URLs.
    pub(crate) base: &'a str,
    /// The path, without a signature.
    pub(crate) path: &'a str,
    /// How a playlist names a file beside it.
    pub(crate) reference: &'a dyn Fn(&str) -> String,
}

/// Whether a path is one for viewers. Signatures can stand before it.
pub(crate) fn owns(path: &str) -> bool {
    path.starts_with("/_cdn/")
        || path
            .splitn(4, '/')
            .nth(3)
            .is_some_and(|it| it.starts_with("_cdn/"))
}

/// Answers a request for such a path.
pub(crate) fn answer(world: &World, request: Parts, view: &View<'_>) -> Reply {
    if !matches!(request.method, Method::GET | Method::HEAD) {
        return Reply::status(405);
    }
    let path = uri::decode(view.path).into_owned();
    let mut parts = path.splitn(6, '/').skip(2);
    let (Some(project_id), Some("asset"), Some(id), Some(file)) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return Reply::status(404);
    };
    let base = view.base;
    let place = Place { project_id, base };
    let found = world.in_project(place, |project, _| find(project, id, file, view.reference));
    match found {
        None => Reply::status(404),
        Some(File::Hidden) => Reply::status(403),
        Some(File::Playlist(text)) => Reply::status(200)
            .header("Content-Type", "application/vnd.apple.mpegurl")
            .body(text),
        Some(File::Picture) => Reply::status(200)
            .header("Content-Type", "image/jpeg")
            .body(PICTURE),
        Some(File::Object(key)) => match world.store.show(request, &key) {
            Some(answer) => Reply::answer(answer),
            None => Reply::status(404),
        },
    }
}

/// A gray picture of 16 x 8 pixels.
static PICTURE: &[u8] = include_bytes!("picture.jpg");

fn find(
    project: &Project,
    id: &str,
    file: &str,
    reference: &dyn Fn(&str) -> String,
) -> Option<File> {
    let asset = project.assets.get(id)?;
    let object = |key: &String| Some(File::Object(key.clone()));
    if let Some(name) = file.strip_prefix("play_video/") {
        return match asset.publication {
            Publication::Published => output(asset, name, reference),
            Publication::Unpublished => Some(File::Hidden),
        };
    }
    if let Some(name) = file.strip_prefix("cover/") {
        return match &asset.cover {
            Some(key) if key.ends_with(&format!("/{name}")) => object(key),
            _ => (name == "Cover0.jpg" && asset.media.is_some()).then_some(File::Picture),
        };
    }
    if let Some(name) = file.strip_prefix("subtitle/") {
        let mut subtitles = asset.subtitles.iter().map(|subtitle| &subtitle.object);
        return object(subtitles.find(|key| key.ends_with(&format!("/{name}")))?);
    }
    if file.starts_with("snapshot/") {
        return is_snapshot(project, id, file).then_some(File::Picture);
    }
    (file == source_file(asset)).then(|| File::Object(asset.object.clone()))
}

/// An output, or the segment of one. All of them have the bytes of the source file.
fn output(asset: &Asset, name: &str, reference: &dyn Fn(&str) -> String) -> Option<File> {
    let file_name = |file: &str| file.rsplit('/').next().unwrap_or_default().to_owned();
    if let Some(stream) = name.strip_suffix(".ts") {
        let stream = format!("{stream}.m3u8");
        let mut outputs = asset.outputs.iter();
        outputs.find(|output| file_name(&output.file) == stream)?;
        return Some(File::Object(asset.object.clone()));
    }
    let output = asset
        .outputs
        .iter()
        .find(|output| file_name(&output.file) == name)?;
    let Some(stream) = name.strip_suffix(".m3u8") else {
        return Some(File::Object(asset.object.clone()));
    };
    let mut text = "#EXTM3U\n#EXT-X-VERSION:3\n".to_owned();
    if output.quality.is_some() {
        let millis = asset.media.as_ref().map_or(0, |media| media.duration_ms);
        let seconds = millis.div_ceil(1000);
        let segment = reference(&format!("{stream}.ts"));
        text += &format!(
            "#EXT-X-TARGETDURATION:{seconds}\n#EXTINF:{seconds}.0,\n{segment}\n#EXT-X-ENDLIST\n"
        );
        return Some(File::Playlist(text));
    }
    let same_group = asset.outputs.iter().filter(|other| {
        other.group_id == output.group_id && other.quality.is_some() && other.play_type == "HLS"
    });
    for stream in same_group {
        text += &format!(
            "#EXT-X-STREAM-INF:BANDWIDTH={},RESOLUTION={}x{}\n{}\n",
            stream.bit_rate.saturating_mul(1000),
            stream.width,
            stream.height,
            reference(&file_name(&stream.file))
        );
    }
    Some(File::Playlist(text))
}

fn is_snapshot(project: &Project, id: &str, file: &str) -> bool {
    let mut tasks = project
        .tasks
        .of(id)
        .filter(|task| task.work == Work::Thumbnail && task.status == TaskStatus::Succeeded);
    tasks.any(|task| {
        let kind = Kind::of(&task.details);
        let taken = task.result["offsets"].as_array().map_or(0, Vec::len);
        (0..taken).any(|index| snapshot_file(kind, &task.id, index) == file)
    })
}
