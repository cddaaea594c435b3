//! Work on media assets: it begins, and can be canceled while it waits.

mod audio;
mod cover;
mod process;
mod review;

use super::{Call, Refusal};
use crate::machine::{Storage, Upload};
use crate::state::{Asset, Project};

pub(crate) use audio::{cancel_extraction, extract};
pub(crate) use cover::set_cover;
pub(crate) use process::{cancel_transcoding, process};
pub(crate) use review::review;

/// The media asset that is to be worked on; its file has to be there.
fn ready<'p>(project: &'p mut Project, call: &Call<'_>) -> Result<&'p mut Asset, Refusal> {
    let asset = call.asset(project)?;
    check_ready(asset)?;
    Ok(asset)
}

/// Whether the source file of a media asset can be worked on.
pub(super) fn check_ready(asset: &Asset) -> Result<(), Refusal> {
    let problem = if asset.upload != Upload::Created {
        "The file of the media asset is not there."
    } else if asset.without_source {
        "The source file of the media asset was deleted."
    } else if asset.storage == Storage::Cold {
        "The files of the media asset are in the archive: restore them first."
    } else {
        return Ok(());
    };
    Err(Refusal::state(problem))
}
