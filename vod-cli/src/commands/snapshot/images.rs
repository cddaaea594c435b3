//! The pictures of a media asset, and their numbers.

use serde_json::{Value, json};
use vod_api::Client;

use crate::commands::asset;
use crate::exit::{Exit, Failure};

/// The lists of the reply that have them, by the way in which they were taken.
const WAYS: [&str; 3] = ["sample", "dots", "quantity"];

/// The pictures, numbered from 1: rows with `number`, `type`, `offset` in seconds and `url`.
///
/// # Errors
///
/// There are none.
pub(super) async fn of(client: &Client, id: &str) -> Result<Vec<Value>, Failure> {
    let detail = asset::detail(client, id, &["thumbnail_info"]).await?;
    let mut rows = Vec::new();
    for way in WAYS {
        let images = detail.pointer(&format!("/thumbnail_info/{way}"));
        for image in images.and_then(Value::as_array).into_iter().flatten() {
            rows.push(json!({
                "number": rows.len() + 1,
                "type": way,
                "offset": image["offset"],
                "url": image["url"],
            }));
        }
    }
    if rows.is_empty() {
        return Err(Failure::other_with(
            Exit::NotFound,
            "there are no snapshots: none were taken, or they are not ready",
            format!("`vod snapshot take {id} --count 3 --wait` takes some"),
        ));
    }
    Ok(rows)
}

/// The picture with a number.
///
/// # Errors
///
/// There is none.
pub(super) fn numbered(images: &[Value], number: u64) -> Result<&Value, Failure> {
    let mut images_with = images.iter().filter(|image| image["number"] == number);
    images_with.next().ok_or_else(|| {
        Failure::other_with(
            Exit::NotFound,
            format!("there is no snapshot {number}"),
            format!("they have the numbers 1 to {}", images.len()),
        )
    })
}
