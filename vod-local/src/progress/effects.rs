//! What changes when a task ends, or a file arrives.

use std::time::Duration;

use serde_json::{Value, json};

use super::advance::{Beginning, begin};
use super::fate::{Finding, finding};
use super::snapshots::{Kind, offsets, snapshot_file};
use super::{Context, events, outputs};
use crate::formats;
use crate::machine::{Event, Machine, Publication, Review, Transcode, Upload};
use crate::rules::Scope;
use crate::state::{Asset, Media, Project, Subtitle, Task, Work};

/// How long videos and audio files are that nothing is known of.
const DURATION_MS: u64 = 60_000;

/// Changes the state that a kind of work is about, if the event can happen.
pub(super) fn change_state(asset: &mut Asset, work: Work, event: Event) {
    fn change<S: Machine>(state: &mut S, event: Event) {
        *state = state.after(event).unwrap_or(*state);
    }
    match work {
        Work::Transcode => change(&mut asset.transcode, event),
        Work::Thumbnail => change(&mut asset.thumbnail, event),
        Work::Review => change(&mut asset.review, event),
        // The upload of a file that is fetched ends when the file is there.
        Work::Copy | Work::Pull | Work::ExtractAudio | Work::Edit if event != Event::Ask => {
            change(&mut asset.upload, event);
        }
        _ => {}
    }
}

/// Does what follows from the end of a task.
pub(super) fn of(project: &mut Project, context: &Context<'_>, task: &Task) {
    let failure = task.fails_with.as_deref();
    let Some(asset) = project.assets.get_mut(&task.asset_id) else {
        return;
    };
    asset.modified = context.now;
    let name = failure_name(task.work);
    match failure {
        Some(code) => asset.failures.insert(name.to_owned(), code.to_owned()),
        None => asset.failures.remove(name),
    };
    let event = match failure {
        Some(_) => Event::Fail,
        None => Event::Succeed,
    };
    if task.work != Work::Review || failure.is_some() {
        change_state(asset, task.work, event);
    }
    match (task.work, failure) {
        (Work::Transcode, None) => transcode(project, task),
        (Work::Thumbnail, None) => take_snapshots(project, task),
        (Work::Review, None) => {
            let event = match finding(&asset.title) {
                Finding::Nothing => Event::Succeed,
                Finding::Suspicious => Event::Suspect,
                Finding::Blocked => Event::Block,
            };
            change_state(asset, Work::Review, event);
        }
        (Work::Subtitles, None) => change_subtitles(asset, &task.details),
        (Work::Edit, None) => {
            arrive(project, context, &task.asset_id, Some(task.work));
            set_length(project, task);
        }
        (Work::Copy | Work::Pull | Work::ExtractAudio, None) => {
            // A copy has a state between.
            if asset.upload == Upload::Copied {
                change_state(asset, task.work, Event::Succeed);
            }
            arrive(project, context, &task.asset_id, Some(task.work));
        }
        _ => {}
    }
    events::of_task(project, context, task);
    settle(project, context, &task.asset_id);
}

/// The state that a failure is remembered with.
fn failure_name(work: Work) -> &'static str {
    match work {
        Work::Transcode => Transcode::NAME,
        Work::Thumbnail => crate::machine::Snapshots::NAME,
        Work::Review => Review::NAME,
        _ => Upload::NAME,
    }
}

fn transcode(project: &mut Project, task: &Task) {
    let name = task.details["template_group_name"].as_str();
    let template = outputs::template(project, name.unwrap_or_default());
    if let Some(asset) = project.assets.get_mut(&task.asset_id) {
        let encrypt = task.details["auto_encrypt"] == 1;
        asset.outputs = outputs::of(asset, &template, encrypt);
    }
}

/// An edited video is as long as its parts together.
fn set_length(project: &mut Project, task: &Task) {
    let parts = task.details["inputs"].as_array().into_iter().flatten();
    let millis = parts.map(|part| {
        let second = |name: &str| part[name].as_str()?.trim().parse::<f64>().ok();
        let length = second("timeline_end").zip(second("timeline_start"));
        let length = length.map(|(end, start)| Duration::try_from_secs_f64(end - start));
        let length = length.and_then(Result::ok).unwrap_or_default();
        u64::try_from(length.as_millis()).unwrap_or(u64::MAX)
    });
    let millis = millis.fold(0, u64::saturating_add);
    let asset = project.assets.get_mut(&task.asset_id);
    if let Some(media) = asset.and_then(|asset| asset.media.as_mut()) {
        media.duration_ms = millis;
    }
}

fn take_snapshots(project: &mut Project, task: &Task) {
    let Some(asset) = project.assets.get_mut(&task.asset_id) else {
        return;
    };
    let seconds = asset
        .media
        .as_ref()
        .map_or(DURATION_MS, |media| media.duration_ms)
        / 1000;
    let offsets = offsets(&task.details, i64::try_from(seconds).unwrap_or(0));
    // Counted from 1.
    let position = task.details["cover_position"].as_u64().unwrap_or(1).max(1) - 1;
    let position = usize::try_from(position).unwrap_or(0);
    if position < offsets.len() && asset.cover.is_none() {
        let kind = Kind::of(&task.details);
        asset.cover_snapshot = Some(snapshot_file(kind, &task.id, position));
    }
    project
        .tasks
        .change(&task.id, |task| task.result = json!({"offsets": offsets}));
}

fn change_subtitles(asset: &mut Asset, details: &Value) {
    let list = |name: &str| details[name].as_array().cloned().unwrap_or_default();
    for gone in list("delete_subtitles") {
        asset.subtitles.retain(|subtitle| {
            gone["language"] != subtitle.language.as_str()
                || gone["type"] != subtitle.format.as_str()
        });
    }
    for added in list("add_subtitles") {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let [format, language] = [text(&added["type"]), text(&added["language"])];
        asset
            .subtitles
            .retain(|known| known.language != language || known.format != format);
        let numbers = asset.subtitles.iter().map(|subtitle| subtitle.number);
        asset.subtitles.push(Subtitle {
            number: numbers.max().unwrap_or(0) + 1,
            format,
            language,
            object: text(&added["obs_info"]["object"]),
        });
    }
    if let Some(language) = details["default_language"].as_str() {
        asset.default_language = Some(language.to_owned());
    }
}

/// The file of a media asset is there: what was asked for together with it begins. `made_by` is the
/// work that made or fetched the file; none if it was uploaded.
pub(crate) fn arrive(
    project: &mut Project,
    context: &Context<'_>,
    asset_id: &str,
    made_by: Option<Work>,
) {
    let Some(asset) = project.assets.get_mut(asset_id) else {
        return;
    };
    asset.modified = context.now;
    asset.media = Some(media(context, asset));
    if context.rules.scope == Scope::Uploads {
        return;
    }
    let plan = asset.plan.clone();
    let is_video = !formats::is_audio(&asset.video_type);
    if !matches!(made_by, Some(Work::ExtractAudio | Work::Edit)) {
        events::of_arrival(project, context, asset_id);
    }
    let group = plan.template_group_name.filter(|_| is_video);
    let transcode = group.map(|name| {
        let encrypt = u8::from(plan.encrypt);
        (
            Work::Transcode,
            json!({"template_group_name": name, "auto_encrypt": encrypt}),
        )
    });
    let thumbnail = plan.thumbnail.filter(|_| is_video);
    let thumbnail = thumbnail.map(|settings| (Work::Thumbnail, settings));
    let review = plan.review.map(|settings| (Work::Review, settings));
    for (work, details) in [transcode, thumbnail, review].into_iter().flatten() {
        let beginning = Beginning {
            work,
            asset_id,
            details,
        };
        begin(project, context, beginning);
    }
    settle(project, context, asset_id);
}

/// What the service finds out about a file. It looks at the size only.
fn media(context: &Context<'_>, asset: &Asset) -> Media {
    let size = context.store.size(&asset.object).unwrap_or(0);
    let is_audio = formats::is_audio(&asset.video_type);
    let [width, height, frame_rate] = if is_audio { [0; 3] } else { [1280, 720, 30] };
    Media {
        codec: if is_audio { "AAC" } else { "H.264" }.to_owned(),
        audio_codec: "AAC".to_owned(),
        duration_ms: DURATION_MS,
        size,
        width,
        height,
        // Bits in a millisecond are kbit in a second.
        bit_rate: (size.saturating_mul(8) / DURATION_MS).max(1),
        frame_rate,
    }
}

/// Publishes a media asset that is to be published, once all work on it is over and went well.
fn settle(project: &mut Project, context: &Context<'_>, asset_id: &str) {
    let is_busy = project.tasks.is_busy(asset_id);
    let Some(asset) = project.assets.get_mut(asset_id) else {
        return;
    };
    let went_well =
        asset.transcode != Transcode::Failed && matches!(asset.review, Review::Un | Review::Passed);
    if !asset.plan.publish || is_busy || !went_well || asset.upload != Upload::Created {
        return;
    }
    asset.plan.publish = false;
    asset.modified = context.now;
    asset.publication = asset
        .publication
        .after(Event::Publish)
        .unwrap_or(Publication::Published);
}
