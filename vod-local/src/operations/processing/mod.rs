//! Work on media assets: it begins, and can be canceled while it waits.

mod audio;
mod cover;
mod process;
mod review;

use super::{Call, Refusal};
use crate::machine::Upload;
use crate::state::{Asset, Project};

pub(crate) use audio::{cancel_extraction, extract};
pub(crate) use cover::set_cover;
pub(crate) use process::{cancel_transcoding, process};
pub(crate) use review::review;

/// The media asset that is to be worked on; its file has to be there.
fn ready<'p>(project: &'p mut Project, call: &Call<'_>) -> Result<&'p mut Asset, Refusal> {
    let asset = call.asset(project)?;
    if asset.upload != Upload::Created {
        return Err(Refusal::state("The file of the media asset is not there."));
    }
    if asset.without_source {
        return Err(Refusal::state(
            "The source file of the media asset was deleted.",
        ));
    }
    Ok(asset)
}
