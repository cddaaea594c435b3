//! Mistakes in requests, with the names of flags.

use vod_api::operation::OperationMeta;
use vod_api::support::preview::Mistake;

use crate::exit::Failure;
use crate::names::kebab;

/// The mistake as a failure of the command: nothing was sent.
pub(super) fn failure(meta: &OperationMeta, mistake: &Mistake) -> Failure {
    let inside = mistake.inside();
    let (place, message) = match mistake.parameter() {
        // Relations between parameters are told in flags, those within a value as the docs have
        // them.
        None => {
            let message = mistake.message(|wire| format!("--{}", of_path(wire)));
            ("the request".to_owned(), message)
        }
        Some(name) => {
            let flag = if meta.parameters.iter().any(|it| it.property.name == name) {
                format!("--{}", kebab(name))
            } else {
                format!("--json: {name}")
            };
            let place = match inside.as_str() {
                "" => flag,
                inside if inside.starts_with('[') => format!("{flag}{inside}"),
                inside => format!("{flag}: {inside}"),
            };
            (place, mistake.message(str::to_owned))
        }
    };
    let message = format!("{}: {place} {message} (not sent)", meta.name);
    Failure::usage_with(message, hint(meta, mistake))
}

/// What to do about it.
fn hint(meta: &OperationMeta, mistake: &Mistake) -> String {
    let parameter = mistake.parameter();
    if let Some(batch) = meta.batch
        && parameter == Some(batch.values)
        && mistake.message(str::to_owned).starts_with("takes at most")
    {
        return "--batch sends them in several calls".to_owned();
    }
    format!("`vod api {} --help` has the limits", kebab(meta.name))
}

/// A path of the docs, of which the first name is that of a parameter.
fn of_path(path: &str) -> String {
    match path.split_once('.') {
        Some((first, rest)) => format!("{}.{rest}", kebab(first)),
        None => kebab(path),
    }
}
