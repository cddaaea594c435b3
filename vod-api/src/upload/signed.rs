//! Uploads whose parts somebody else sends, such as a page in a browser.

use std::fmt;
use std::sync::Arc;

use crate::Client;
use crate::error::{Error, ErrorKind, Sent};
use crate::model::{CreateAssetByFileUploadRequest, UploadStatus};
use crate::secret::Secret;
use crate::upload::order::Settings;
use crate::upload::parts::{self, Multipart, SentPart};
use crate::upload::preparation::Preparation;
use crate::upload::sender::Sender;
use crate::upload::step::{HeaderSet, Payload, Step};
use crate::upload::store::Store;

/// An upload in parts that somebody else sends, each to a URL that is signed when it is needed.
/// Made by [`Client::sign_upload`].
///
/// The one who sends needs no credentials:
///
/// ```no_run
/// use vod_api::model::CreateAssetByFileUploadRequest;
///
/// # async fn example(client: &vod_api::Client) -> Result<(), vod_api::Error> {
/// let request = CreateAssetByFileUploadRequest::new("My holidays", "holidays.mp4", "MP4");
/// let upload = client.sign_upload(request).await?;
/// let part = upload.sign_part(1, None).await?;
/// // Somebody sends the part: `PUT part.url()`, with `part.headers()`.
/// upload.finish(1).await?;
/// println!("{}", upload.asset_id());
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct SignedUpload {
    asset_id: String,
    multipart: Multipart,
}

/// A request that sends one part: `PUT` to the URL, with these headers and no others that HTTP does
/// not need. `Debug` does not show the URL: anyone who has it can send the part until it expires.
#[derive(Clone)]
pub struct SignedPart {
    url: Secret,
    headers: Vec<(&'static str, String)>,
}

impl Client {
    /// Makes a media asset and starts an upload in parts that somebody else sends, such as a page
    /// in a browser.
    ///
    /// # Errors
    ///
    /// Those of the calls, and of object storage. If the upload cannot be started, the media asset
    /// is there, and waits for its file.
    pub async fn sign_upload(
        &self,
        request: CreateAssetByFileUploadRequest,
    ) -> Result<SignedUpload, Error> {
        let preparation = Preparation::Create(Box::new(request));
        let prepared = preparation.send(self).await?;
        let target = prepared.target.ok_or_else(|| preparation.lacks("target"))?;
        let sender = Arc::new(Sender::new(Store::new(self, &Settings::default())));
        let content_type = preparation.content_type();
        let started = parts::start(self, &sender, &target, &content_type).await;
        let upload_id = started.map_err(|error| {
            let id = &prepared.asset_id;
            error.with_hint(&format!("the media asset {id} waits for its file"))
        })?;
        Ok(SignedUpload {
            asset_id: prepared.asset_id,
            multipart: Multipart {
                client: self.clone(),
                sender,
                target,
                upload_id,
                verify: true,
            },
        })
    }
}

impl SignedUpload {
    /// The media asset.
    pub fn asset_id(&self) -> &str {
        &self.asset_id
    }

    /// Signs the request for one part: its number, from 1 to 10,000, and the MD5 hash of its bytes
    /// in Base64. With the hash, the store refuses other bytes; the docs ask for it, but a browser
    /// has none without a library. All parts but the last need 102,400 bytes or more.
    ///
    /// # Errors
    ///
    /// Those of [`ShowAssetTempAuthority`](Client::show_asset_temp_authority).
    pub async fn sign_part(
        &self,
        number: u32,
        content_md5: Option<&str>,
    ) -> Result<SignedPart, Error> {
        let payload = Payload::empty(Step::Part(number));
        let url = self
            .multipart
            .signed()
            .url_with(&payload, content_md5)
            .await?;
        let content_type = payload.content_type(HeaderSet::Vendor);
        let content_type = content_type.map(|it| ("Content-Type", it.to_owned()));
        let content_md5 = content_md5.map(|it| ("Content-MD5", it.to_owned()));
        Ok(SignedPart {
            url,
            headers: content_type.into_iter().chain(content_md5).collect(),
        })
    }

    /// Joins the parts, whose number is given, and tells VOD that the file is there. Which parts
    /// there are is asked of the store, not of the one who sent them.
    ///
    /// # Errors
    ///
    /// Parts are missing, or there are others; nothing is joined then. Otherwise those of the calls
    /// and of object storage.
    pub async fn finish(&self, parts: u32) -> Result<(), Error> {
        let Some(listed) = self.multipart.list().await? else {
            let message = "OBS does not know the upload: it was joined, in which case \
                           confirm_asset_upload is left to call, or aborted";
            return Err(Error::new(ErrorKind::Source, Sent::Yes, message));
        };
        let numbers: Vec<_> = listed.iter().map(|part| part.number).collect();
        if parts == 0 || !(1..=parts).eq(numbers.iter().copied()) {
            let message = format!("the store has the parts {numbers:?}, and not 1 to {parts}");
            return Err(Error::new(ErrorKind::Source, Sent::No, message));
        }
        let sent: Vec<_> = listed.iter().map(SentPart::of_others).collect();
        let joined = self.multipart.join(&sent).await;
        joined.map_err(|failure| failure.error)?;
        let client = &self.multipart.client;
        let call = client.confirm_asset_upload(&self.asset_id, UploadStatus::Created);
        call.await?;
        Ok(())
    }

    /// Drops the parts, and tells VOD that the upload is canceled.
    ///
    /// # Errors
    ///
    /// Those of the calls and of object storage.
    pub async fn abort(&self) -> Result<(), Error> {
        self.multipart.abort().await?;
        let client = &self.multipart.client;
        let call = client.confirm_asset_upload(&self.asset_id, UploadStatus::Cancelled);
        call.await?;
        Ok(())
    }
}

impl SignedPart {
    /// Where the part is sent with `PUT`.
    pub fn url(&self) -> &str {
        self.url.expose()
    }

    /// The headers that the URL is signed for.
    pub fn headers(&self) -> &[(&'static str, String)] {
        &self.headers
    }
}

impl fmt::Debug for SignedUpload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SignedUpload")
            .field("asset_id", &self.asset_id)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for SignedPart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SignedPart")
            .field("url", &self.url)
            .field("headers", &self.headers)
            .finish()
    }
}
