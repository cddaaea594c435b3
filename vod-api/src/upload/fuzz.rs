//! What fuzz targets call of uploads.

use crate::upload::state::State;
use crate::upload::xml::Reply;

pub(crate) fn store_reply(text: &str) -> Result<String, String> {
    let reply = Reply::read(text).map_err(|error| error.to_string())?;
    Ok(format!("{:?} {:?}", reply.text("Code"), reply.part_list()))
}

pub(crate) fn journal(text: &str) -> Result<String, String> {
    let state = State::read(text).map_err(|error| error.to_string())?;
    Ok(state.write())
}
