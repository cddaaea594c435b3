//! The values of flags and arguments: those that are known here, and those that were listed before.

use clap::{Arg, ValueHint};

use super::words::{Candidate, Candidates};
use crate::cache::{Kind, Known};
use crate::names::kebab;
use crate::session::Session;
use crate::settings::{self, Keys};

/// What a flag or argument can have.
pub(super) async fn of(session: &Session<'_>, flag: &Arg) -> Candidates {
    let possible = flag.get_possible_values();
    let possible: Vec<_> = possible
        .iter()
        .filter(|value| !value.is_hide_set())
        .collect();
    if !possible.is_empty() {
        let words = possible.iter().map(|value| {
            let about = value.get_help().map(ToString::to_string);
            Candidate::new(value.get_name(), about.unwrap_or_default())
        });
        return Candidates::Words(words.collect());
    }
    let id = flag.get_id().as_str();
    // Flags of operations stand behind what tells them from ours.
    let parameter = id.rsplit(':').next().unwrap_or(id);
    let name = kebab(parameter);
    let is_ours = parameter == id;
    let words = match name.as_str() {
        "profile" => profiles(session),
        "operation" => operations(session),
        "ids" | "asset-id" => listed(session, Kind::Assets, by_id).await,
        "category" => listed(session, Kind::Categories, by_name).await,
        "category-id" => listed(session, Kind::Categories, by_id).await,
        "template" | "template-group" | "template-group-name" => {
            listed(session, Kind::Templates, by_name).await
        }
        "template-id" | "template-group-id" | "group-id" => {
            listed(session, Kind::Templates, by_id).await
        }
        _ if is_ours && is_file(flag) => return Candidates::Files,
        _ => Vec::new(),
    };
    Candidates::Words(words)
}

fn is_file(flag: &Arg) -> bool {
    let mut names = flag.get_value_names().unwrap_or_default().iter();
    let is_named = names.any(|name| matches!(name.as_str(), "FILE" | "FOLDER" | "PATH" | "DIR"));
    let hints = [ValueHint::AnyPath, ValueHint::FilePath, ValueHint::DirPath];
    is_named || hints.contains(&flag.get_value_hint())
}

fn operations(session: &Session<'_>) -> Vec<Candidate> {
    let operations = session.catalog.operations().iter();
    let words = operations.map(|meta| Candidate::new(kebab(meta.name), meta.summary));
    words.collect()
}

fn profiles(session: &Session<'_>) -> Vec<Candidate> {
    let path = settings::keys_path(&session.io.variables);
    // A file that is wrong is for the command to complain about.
    let keys = path.and_then(|path| Keys::read(&path).ok());
    let keys = keys.unwrap_or_default();
    let names = keys.sections().into_iter();
    names.map(|name| Candidate::new(name, "")).collect()
}

async fn listed(session: &Session<'_>, kind: Kind, word: fn(Known) -> Candidate) -> Vec<Candidate> {
    let cache = session.cache().await;
    let known = cache.map(|cache| cache.read(kind)).unwrap_or_default();
    known.into_iter().map(word).collect()
}

fn by_id(known: Known) -> Candidate {
    Candidate::new(known.id, known.name)
}

fn by_name(known: Known) -> Candidate {
    Candidate::new(known.name, known.id)
}
