//! `vod api`: every operation as a command, from the facts and docs of the description.

mod batches;
mod describe;
mod flags;
mod guard;
mod input;
mod list;
mod members;
mod mistake;
mod path;
mod preview;
mod raw;
mod request;
mod send;
mod skeleton;
mod strict;
mod values;
mod wait;
mod words;

use clap::{ArgMatches, Command};
use vod_api::operation::OperationMeta;
use vod_api::support::preview::{Limits, preview as checked};

pub(crate) use self::describe::describe;
pub(crate) use self::list::{Listed, list};
pub(crate) use self::raw::{Raw, raw};
use self::send::Sending;
use self::skeleton::Members;
use crate::exit::{Exit, Failure};
use crate::output::{Format, Shape};
use crate::session::Session;
use crate::settings::Settings;

/// The operation with a name, or what was probably meant.
pub(crate) fn find(session: &Session<'_>, name: &str) -> Result<&'static OperationMeta, Failure> {
    let found = session.catalog.find(name);
    found.ok_or_else(|| {
        let hint = match session.catalog.nearest(name) {
            Some(near) => format!("did you mean `vod api {near}`?"),
            None => "`vod api list` has all operations".to_owned(),
        };
        Failure::usage_with(format!("there is no operation {name:?}"), hint)
    })
}

/// The command for an operation.
pub(crate) fn command(session: &Session<'_>, operation: &'static OperationMeta) -> Command {
    flags::command(&session.catalog, operation)
}

/// Calls an operation as the flags say.
pub(crate) async fn call(
    session: &mut Session<'_>,
    meta: &'static OperationMeta,
    matches: &ArgMatches,
) -> Result<Exit, Failure> {
    let outer = std::mem::take(&mut session.settings);
    session.set(Settings::read(matches).or(outer));
    if matches.get_flag("skeleton") {
        let skeleton = skeleton::skeleton(
            meta,
            if matches.get_flag("required-only") {
                Members::Required
            } else {
                Members::All
            },
        );
        session.io.stdout.write(&members::text(meta, &skeleton))?;
        return Ok(Exit::Done);
    }
    if matches.get_flag("example") {
        return example(session, meta);
    }
    let request = request::read(session, meta, matches)?;
    let is_batch = is_set(matches, "batch");
    let limits = if matches.get_flag("no-validate") {
        Limits::Unchecked
    } else {
        Limits::Checked
    };
    let mut first = request.clone();
    if let (true, Some(batch)) = (is_batch, meta.batch)
        && let Some(values) = first[batch.values].as_array_mut()
    {
        values.truncate(batch.size);
    }
    checked(meta, &first, limits).map_err(|wrong| mistake::failure(meta, &wrong))?;
    if let (false, Some(why)) = (is_set(matches, "yes"), guard::unnamed(meta, &request)) {
        return Err(Failure::usage_with(
            format!("{}: {why} (not sent)", meta.name),
            "--yes does it",
        ));
    }
    if matches.get_flag("dry-run") {
        let text = preview::text(meta, &request, &session.place().await?)?;
        session.io.stdout.write(&text)?;
        return Ok(Exit::Done);
    }
    // Before anything is sent: a mistake in what is to be shown of it.
    let asked = match meta.tasks.first() {
        Some(facts) if is_set(matches, "wait") => facts.status,
        _ => meta,
    };
    session
        .printer(Format::Json)?
        .check(Shape::of_reply(asked))?;
    if let Some(instead) = meta.deprecated {
        session
            .messages
            .hint(&format!("{} is deprecated: {instead}", meta.name));
    }
    if session.settings.verbose > 1 {
        let text = preview::text(meta, &request, &session.place().await?)?;
        text.lines().for_each(|line| session.messages.detail(line));
    }
    let client = session.client().await?;
    let call = client.call(meta, request.clone());
    let call = call.with_validate(limits == Limits::Checked);
    let sending = Sending {
        meta,
        call,
        request,
        matches,
    };
    send::send(session, sending).await
}

/// Whether a switch was given that not every operation has.
fn is_set(matches: &ArgMatches, name: &str) -> bool {
    matches.try_get_one(name).ok().flatten() == Some(&true)
}

fn example(session: &Session<'_>, meta: &OperationMeta) -> Result<Exit, Failure> {
    let docs = session.catalog.docs(meta.name);
    let Some(example) = docs.value("example") else {
        return Err(Failure::usage_with(
            format!("{}: the docs have no example of a request", meta.name),
            "--skeleton shows a request to be filled in",
        ));
    };
    session.io.stdout.write(&members::text(meta, example))?;
    Ok(Exit::Done)
}
