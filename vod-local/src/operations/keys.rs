//! Keys of encrypted streams.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;
use vod_api::codes;

use super::{Answer, Call, Refusal};
use crate::digest::{hex, md5};
use crate::machine::Transcode;
use crate::state::Project;

/// `ShowAssetCipher`.
pub(crate) fn show_cipher(project: &mut Project, call: &Call<'_>) -> Answer {
    let asset = call.asset(project)?;
    let is_encrypted = asset.outputs.iter().any(|output| output.encrypted);
    if !is_encrypted || asset.transcode != Transcode::Succeeded {
        let message = "The media asset is not encrypted.";
        return Err(Refusal::new(codes::ASSET_NOT_ENCRYPTED, message));
    }
    // The same each time, and another one for each media asset.
    let key = md5(format!("key {}", asset.id).as_bytes());
    let sealed = hex(&md5(&key));
    Ok(json!({"asset_id": asset.id, "dk": STANDARD.encode(key), "edk": sealed}))
}
