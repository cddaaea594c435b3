//! `vod api`: every operation as a command, from the facts and docs of the description.

mod batches;
mod describe;
mod flags;
#[cfg(fuzzing)]
mod fuzz;
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
use serde_json::Value;
use vod_api::operation::OperationMeta;
use vod_api::support::preview::{Limits, preview as checked};

pub(crate) use self::describe::describe;
#[cfg(fuzzing)]
pub(crate) use self::fuzz::{fuzz_json, fuzz_request};
pub(crate) use self::input::Input;
pub(crate) use self::list::{Listed, list};
pub(crate) use self::path::{Assignment, Step};
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
    if let Some(text) = template(session, meta, matches)? {
        session.io.stdout.write(&text)?;
        return Ok(Exit::Done);
    }
    let request = request::read(session, meta, matches)?;
    let limits = if matches.get_flag("no-validate") {
        Limits::Unchecked
    } else {
        Limits::Checked
    };
    check(meta, &request, (matches, limits))?;
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
    let printer = session.printer(Format::Json)?;
    printer.check(Shape::of_reply(asked))?;
    if let Some(instead) = meta.deprecated {
        let hint = format!("{} is deprecated: {instead}", meta.name);
        session.messages.hint(&hint);
    }
    if session.settings.verbose > 1 {
        let text = preview::text(meta, &request, &session.place().await?)?;
        text.lines().for_each(|line| session.messages.detail(line));
    }
    let client = session.client().await?;
    let call = client.call(meta, request.clone());
    let sending = Sending {
        meta,
        call: call.with_validate(limits == Limits::Checked),
        request,
        matches,
    };
    send::send(session, sending).await
}

/// A request to begin with, if the flags ask for one.
fn template(
    session: &Session<'_>,
    meta: &OperationMeta,
    matches: &ArgMatches,
) -> Result<Option<String>, Failure> {
    if matches.get_flag("skeleton") {
        let which = if matches.get_flag("required-only") {
            Members::Required
        } else {
            Members::All
        };
        let skeleton = skeleton::skeleton(meta, which);
        return Ok(Some(members::text(meta, &skeleton)));
    }
    if !matches.get_flag("example") {
        return Ok(None);
    }
    let docs = session.catalog.docs(meta.name);
    let Some(example) = docs.value("example") else {
        return Err(Failure::usage_with(
            format!("{}: the docs have no example of a request", meta.name),
            "--skeleton shows a request to be filled in",
        ));
    };
    Ok(Some(members::text(meta, example)))
}

/// Refuses a request that the docs do not allow, or that needs consent.
fn check(
    meta: &'static OperationMeta,
    request: &Value,
    (matches, limits): (&ArgMatches, Limits),
) -> Result<(), Failure> {
    let mut first = request.clone();
    // Each batch has as many values as are allowed.
    if let (true, Some(batch)) = (is_set(matches, "batch"), meta.batch)
        && let Some(Value::Array(values)) = first.get_mut(batch.values)
    {
        values.truncate(batch.size);
    }
    checked(meta, &first, limits).map_err(|wrong| mistake::failure(meta, &wrong))?;
    match guard::unnamed(meta, &first) {
        Some(why) if !is_set(matches, "yes") => Err(Failure::usage_with(
            format!("{}: {why} (not sent)", meta.name),
            "--yes does it",
        )),
        _ => Ok(()),
    }
}

/// Whether a switch was given that not every operation has.
fn is_set(matches: &ArgMatches, name: &str) -> bool {
    matches.try_get_one(name).ok().flatten() == Some(&true)
}
