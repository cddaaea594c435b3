//! `Deserialize` of requests: strict, unlike that of replies.

use serde::de::{Deserialize, Deserializer, Error as _};

use crate::check::{read_request, read_value};
use crate::facts::{Described, OperationMeta, Schema};
use crate::wire::{Document, Wire};

/// `Deserialize` for a request: members that its operation does not have are refused.
pub fn deserialize_request<'de, T, D>(
    deserializer: D,
    meta: &'static OperationMeta,
) -> Result<T, D::Error>
where
    T: Wire,
    D: Deserializer<'de>,
{
    let document = Document::deserialize(deserializer)?;
    read_request(meta, document.root())
        .map_err(|misfit| D::Error::custom(format!("{}: {misfit}", meta.name)))?;
    document.read().map_err(D::Error::custom)
}

/// The same for a type that only requests have.
pub fn deserialize_part<'de, T, D>(deserializer: D) -> Result<T, D::Error>
where
    T: Wire + Described,
    D: Deserializer<'de>,
{
    let document = Document::deserialize(deserializer)?;
    let schema = Schema::object::<T>();
    read_value(&schema, document.root()).map_err(D::Error::custom)?;
    document.read().map_err(D::Error::custom)
}
