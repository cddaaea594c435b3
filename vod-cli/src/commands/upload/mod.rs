//! `vod upload`: files and folders become media assets.

mod find;
mod glob;
mod job;
mod run;
mod tally;
mod transfer;

use std::path::{Path, PathBuf};

use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use serde_json::json;
use vod_api::model::{CreateAssetByFileUploadRequest, SubtitleLanguage};
use vod_api::operation::Operation;

use self::find::{Filter, Found, find};
use self::glob::Pattern;
pub(super) use self::job::{Action, Job, home};
use self::job::{Again, job, look_again};
pub(super) use self::run::{Plan, run as run_all};
pub(super) use self::transfer::{How, drop_upload, remove};
use crate::commands::creation::{self, CreationWait};
use crate::commands::flag;
use crate::commands::media::{self, Media};
use crate::commands::values_of;
use crate::exit::{Exit, Failure};
use crate::output::{Column, Listing, Shape, Show};
use crate::records::Records;
use crate::session::Session;
use crate::settings::{duration, size};

pub(super) fn command() -> Command {
    let flag = |name: &'static str, value: &'static str, help: &'static str| {
        Arg::new(name).long(name).value_name(value).help(help)
    };
    let pattern = |name: &'static str, help: &'static str| {
        let flag = flag(name, "PATTERN", help).action(ArgAction::Append);
        flag.value_parser(Pattern::parse)
    };
    Command::new("upload")
        .about("Uploads files and folders; the same command goes on where an earlier one stopped")
        .arg(
            Arg::new("paths")
                .value_name("PATH")
                .required(true)
                .num_args(1..)
                .value_parser(value_parser!(PathBuf))
                .help("Media files, and with -r folders of them"),
        )
        .arg(
            flag::switch(
                "recursive",
                "Uploads the files of folders, and of those in them",
            )
            .short('r'),
        )
        .arg(pattern(
            "include",
            "Uploads only files that match, as '*.mp4' or 'talks/**/*.mp4'",
        ))
        .arg(pattern("exclude", "Leaves out files that match"))
        .arg(flag::switch(
            "again",
            "Uploads once more what was uploaded before",
        ))
        .arg(flag::switch(
            "dry-run",
            "Shows what would be done, and uploads nothing",
        ))
        .args(how_flags())
        .args(media::flags())
        .arg(flag("cover", "FILE", "Cover image, JPG or PNG").help_heading("Media asset"))
        .arg(
            flag(
                "subtitle",
                "LANGUAGE=FILE",
                "Subtitle file, SRT, such as EN=talk.srt; up to 8",
            )
            .action(ArgAction::Append)
            .value_parser(subtitle)
            .help_heading("Media asset"),
        )
        .args(creation::flags())
        .after_help(EXAMPLES)
}

/// The flags for how files are sent.
pub(super) fn how_flags() -> [Arg; 4] {
    let flag = |name: &'static str, value: &'static str, help: &'static str| {
        let flag = Arg::new(name).long(name).value_name(value).help(help);
        flag.help_heading("Transfer")
    };
    [
        flag("jobs", "N", "Files at the same time; 4 by default")
            .short('j')
            .value_parser(value_parser!(u16).range(1..=64)),
        flag(
            "limit-rate",
            "BYTES",
            "Bytes per second of all files together, such as 5MB",
        )
        .value_parser(size),
        flag(
            "part-size",
            "BYTES",
            "Size of the parts, such as 50MB; 20MB by default",
        )
        .value_parser(size),
        flag(
            "upload-timeout",
            "TIME",
            "How long the upload of a file may take; no limit by default",
        )
        .value_parser(duration),
    ]
}

pub(super) async fn run(session: &mut Session<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let printer = session.task_printer()?;
    let mut how = How::read(matches);
    let paths: Vec<_> = matches
        .get_many("paths")
        .into_iter()
        .flatten()
        .cloned()
        .collect();
    let found = find(&paths, &filter(matches))?;
    how.check(&found.files)?;
    if found.left_out > 0 {
        let files = plural(found.left_out, "file");
        let text =
            format!("{files} left out: empty, or of a format that the service does not take");
        session.messages.hint(&text);
    }
    for file in found.files.iter().filter(|_| how.media.title.is_none()) {
        warn_of_long_name(session, file);
    }
    let records = Records::open(&session.io.variables)?;
    let client = session.client().await?;
    let home = home(session, &client).await?;
    how.media.look_up(&client).await?;
    let again = if matches.get_flag("again") {
        Again::Yes
    } else {
        Again::No
    };
    let files = found.files.into_iter();
    let mut jobs: Vec<_> = files
        .map(|file| job(file, (&records, &home), again))
        .collect();
    look_again(session, &client, &mut jobs).await?;
    if matches.get_flag("dry-run") {
        let mut listing = Listing::new(&printer, Shape::of_columns(PREVIEW));
        for job in &jobs {
            listing.push(job.to_row())?;
        }
        listing.end()?;
        return Ok(Exit::Done);
    }
    let skipped = jobs
        .iter()
        .filter(|job| matches!(job.action, Action::Skip(_)));
    let skipped = skipped.count();
    if skipped > 0 {
        let files = plural(skipped, "file");
        let text = format!("{files} uploaded before: --again uploads once more");
        session.messages.hint(&text);
    }
    let plan = Plan {
        jobs,
        how,
        at_once: at_once(matches),
        waiting: CreationWait::read(session, matches),
    };
    run_all(session, client, &printer, plan).await
}

/// What is shown of a file that would be uploaded.
const PREVIEW: &[Column] = &[
    Column::text("PATH", "path"),
    Column::new("SIZE", "bytes", Show::Bytes),
    Column::text("ACTION", "action"),
];

/// How many files are uploaded at the same time.
pub(super) fn at_once(matches: &ArgMatches) -> usize {
    matches
        .get_one::<u16>("jobs")
        .copied()
        .map_or(4, usize::from)
}

impl How {
    /// What the flags say.
    fn read(matches: &ArgMatches) -> Self {
        let subtitles = matches.get_many("subtitle").into_iter().flatten();
        Self {
            media: Media::read(matches),
            cover: matches.get_one::<String>("cover").cloned(),
            subtitles: subtitles.cloned().collect(),
            ..Self::of_transfer(matches)
        }
    }

    /// What the flags say of how files are sent.
    pub(super) fn of_transfer(matches: &ArgMatches) -> Self {
        Self {
            rate: matches.get_one("limit-rate").copied(),
            part_size: matches.try_get_one("part-size").ok().flatten().copied(),
            timeout: matches.get_one("upload-timeout").copied(),
            ..Self::default()
        }
    }

    /// Refuses what cannot be done with these files, before anything is sent.
    fn check(&self, files: &[Found]) -> Result<(), Failure> {
        let subtitles = self.subtitles.iter().map(|(_, file)| file);
        let of_one = [
            ("--title", self.media.title.is_some()),
            ("--cover", self.cover.is_some()),
            ("--subtitle", !self.subtitles.is_empty()),
        ];
        let mut of_one = of_one.iter().filter(|(_, given)| *given);
        if let (Some((flag, _)), [_, _, ..]) = (of_one.next(), files) {
            let count = files.len();
            let message = format!("{flag} is for one file, and there are {count}");
            return Err(Failure::usage(message));
        }
        for file in self.cover.iter().chain(subtitles) {
            std::fs::metadata(file)
                .map_err(|error| Failure::usage(format!("{file} cannot be read: {error}")))?;
        }
        for file in files {
            let mut request = self.media.members();
            request.entry("title").or_insert_with(|| json!("title"));
            request.insert("video_name".to_owned(), json!("name"));
            request.insert("video_type".to_owned(), json!(find::format(&file.path)));
            media::check(CreateAssetByFileUploadRequest::META, &request.into())?;
        }
        Ok(())
    }
}

fn filter(matches: &ArgMatches) -> Filter {
    let patterns = |name| {
        matches
            .get_many(name)
            .into_iter()
            .flatten()
            .cloned()
            .collect()
    };
    Filter {
        recursive: matches.get_flag("recursive"),
        include: patterns("include"),
        exclude: patterns("exclude"),
    }
}

/// Reads a language and a file.
fn subtitle(text: &str) -> Result<(SubtitleLanguage, String), String> {
    let meta = CreateAssetByFileUploadRequest::META;
    let languages = values_of(meta, "subtitles.language");
    let (language, file) = text.split_once('=').unwrap_or((text, ""));
    let language = language.to_ascii_uppercase();
    if languages.contains(&language.as_str()) && !file.is_empty() {
        return Ok((SubtitleLanguage::from(language), file.to_owned()));
    }
    let languages = languages.join(" or ");
    Err(format!(
        "it is {languages}, then = and a file, such as EN=talk.srt"
    ))
}

/// The longest title, in bytes.
const LONGEST_TITLE: usize = 128;

fn warn_of_long_name(session: &Session<'_>, file: &Found) {
    let stem = file.path.file_stem().map(Path::new);
    let length = stem.map_or(0, |stem| stem.to_string_lossy().len());
    if length > LONGEST_TITLE {
        let text = format!(
            "{}: the title is the start of the name: it can have {LONGEST_TITLE} bytes, and the \
             name has {length}",
            file.name
        );
        session.messages.warn(&text);
    }
}

fn plural(count: usize, what: &str) -> String {
    match count {
        1 => format!("1 {what} was"),
        count => format!("{count} {what}s were"),
    }
}

const EXAMPLES: &str = "\
Examples:
  vod upload holidays.mp4 --category Travel --template system_template_group --wait
  vod upload -r talks/ --include '*.mp4' -j 2 -o jsonl > done.jsonl

At most 4 parts of 20 MB are sent at the same time, or one of each file.";
