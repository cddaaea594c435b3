//! Whether a reply is one that the operation can have.

use crate::mistake::{Mistake, MistakeKind};
use crate::reply::{Action, Reply};
use vod_api::operation::OperationMeta;
use vod_api::support::service::{check_reply, nearest};

/// Whether there is an operation of this name.
pub(crate) fn operation(name: &str, operations: &[&'static OperationMeta]) -> Result<(), Mistake> {
    let names = || operations.iter().map(|meta| meta.name);
    if names().any(|known| known == name) {
        return Ok(());
    }
    let hint = match nearest(name, names()) {
        Some(near) => format!("did you mean {near}?"),
        None => "`vod_api::operation::all` has all there are".to_owned(),
    };
    let message = format!("the service has no operation {name:?}: {hint}");
    Err(Mistake::new(MistakeKind::UnknownOperation, message))
}

/// Whether the operation has such a reply. Errors and broken replies are not looked at.
pub(crate) fn reply(reply: &Reply, asked: Option<&'static OperationMeta>) -> Result<(), Mistake> {
    if reply.unchecked {
        return Ok(());
    }
    let misfit = |message| Err(Mistake::new(MistakeKind::Misfit, message));
    let name = asked.map_or("none", |meta| meta.name);
    if let Some(meant) = reply.operation
        && meant.name != name
    {
        return misfit(format!(
            "the reply is one to {}, the request was {name}",
            meant.name
        ));
    }
    match (asked, &reply.action) {
        (Some(meta), Action::Answer(answer)) if (200..300).contains(&answer.status) => {
            check_reply(meta, &answer.body.start).or_else(|message| {
                misfit(format!(
                    "{name} has no such reply: {message} (allowed by `Reply::unchecked`)"
                ))
            })
        }
        _ => Ok(()),
    }
}
