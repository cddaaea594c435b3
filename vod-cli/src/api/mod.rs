//! `vod api`: every operation as a command, from the facts and docs of the description.

mod batches;
mod describe;
mod flags;
mod guard;
mod input;
mod list;
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
use crate::output::Format;
use crate::output::{Indented, to_text};
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
        let members = match matches.get_flag("required-only") {
            true => Members::Required,
            false => Members::All,
        };
        session.io.stdout.write(&skeleton::text(meta, members))?;
        return Ok(Exit::Done);
    }
    if matches.get_flag("example") {
        return example(session, meta);
    }
    let request = request::read(session, meta, matches)?;
    let is_batch = matches.try_get_one("batch").ok().flatten() == Some(&true);
    let limits = match matches.get_flag("no-validate") {
        true => Limits::Unchecked,
        false => Limits::Checked,
    };
    let mut first = request.clone();
    if let (true, Some(batch)) = (is_batch, meta.batch)
        && let Some(values) = first[batch.values].as_array_mut()
    {
        values.truncate(batch.size);
    }
    checked(meta, &first, limits).map_err(|wrong| mistake::failure(meta, &wrong))?;
    let is_confirmed = matches.try_get_one("yes").ok().flatten() == Some(&true);
    if let (false, Some(why)) = (is_confirmed, guard::unnamed(meta, &request)) {
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
    session.printer(Format::Json)?;
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

fn example(session: &Session<'_>, meta: &OperationMeta) -> Result<Exit, Failure> {
    let docs = session.catalog.docs(meta.name);
    let Some(example) = docs.value("example") else {
        return Err(Failure::usage_with(
            format!("{}: the docs have no example of a request", meta.name),
            "--skeleton shows a request to be filled in",
        ));
    };
    let text = to_text(example, Indented::Yes);
    session.io.stdout.write(&format!("{text}\n"))?;
    Ok(Exit::Done)
}
