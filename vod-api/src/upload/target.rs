//! Where in object storage a media file goes, and the URLs for the steps of an upload in parts.

use http::Uri;
use percent_encoding::percent_decode_str;

use crate::Client;
use crate::error::Error;
use crate::facts::Operation;
use crate::model::{HttpVerb, ShowAssetTempAuthorityRequest};
use crate::secret::Secret;
use crate::upload::preparation::lacks;
use crate::upload::step::{Payload, Step};

/// A place in object storage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Target {
    pub(super) bucket: String,
    pub(super) object: String,
}

/// Where the URL of a request comes from.
pub(super) enum Signed<'a> {
    /// VOD gave it with the media asset, and gives no other.
    Given(&'a Secret),
    /// Each attempt asks for one.
    Asked {
        client: &'a Client,
        target: &'a Target,
        upload_id: Option<&'a str>,
    },
}

impl Target {
    /// Reads it from the URL for a file in one piece. The bucket is the first label of the host,
    /// or the first segment of the path.
    pub(super) fn of_url(url: &Secret) -> Option<Self> {
        let uri: Uri = url.expose().parse().ok()?;
        let host = uri.host()?;
        let path = uri.path().strip_prefix('/')?;
        let is_address = host.parse::<std::net::IpAddr>().is_ok() || host.starts_with('[');
        let (bucket, object) = match host.split_once('.') {
            Some((bucket, rest)) if !is_address && rest.starts_with("obs.") => (bucket, path),
            _ => path.split_once('/')?,
        };
        let object = percent_decode_str(object).decode_utf8().ok()?;
        (!bucket.is_empty() && !object.is_empty()).then(|| Self {
            bucket: bucket.to_owned(),
            object: object.into_owned(),
        })
    }
}

impl Signed<'_> {
    pub(super) fn can_be_renewed(&self) -> bool {
        matches!(self, Self::Asked { .. })
    }

    pub(super) async fn url(&self, payload: &Payload) -> Result<Secret, Error> {
        let md5 = payload.md5.map(|md5| md5.base64());
        self.url_with(payload, md5.as_deref()).await
    }

    /// The same for bytes that are not here.
    pub(super) async fn url_with(
        &self,
        payload: &Payload,
        md5: Option<&str>,
    ) -> Result<Secret, Error> {
        let (client, target, upload_id) = match self {
            Self::Given(url) => return Ok((*url).clone()),
            Self::Asked {
                client,
                target,
                upload_id,
            } => (client, target, upload_id),
        };
        let verb = match payload.step {
            Step::Put(_) | Step::Part(_) => HttpVerb::Put,
            Step::Start | Step::Join => HttpVerb::Post,
            Step::List => HttpVerb::Get,
            Step::Abort => HttpVerb::Delete,
        };
        let part = match payload.step {
            Step::Part(number) => i32::try_from(number).ok(),
            _ => None,
        };
        let reply = client
            .show_asset_temp_authority(verb, &target.bucket, &target.object)
            .maybe(payload.content_type.as_deref(), |call, it| {
                call.content_type(it)
            })
            .maybe(md5, |call, md5| call.content_md5(md5))
            .maybe(*upload_id, |call, id| call.upload_id(id))
            .maybe(part, |call, number| call.part_number(number))
            .await?;
        let lacks = || lacks(ShowAssetTempAuthorityRequest::META, "sign_str");
        url(reply.into_body().signed_url).ok_or_else(lacks)
    }
}

/// A URL as VOD gives it, in which `&` can be escaped as in HTML.
pub(super) fn url(text: Option<String>) -> Option<Secret> {
    let text = text.filter(|text| !text.is_empty())?;
    Some(Secret::new(text.replace("&amp;", "&")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_read_from_both_forms_of_a_url() {
        struct Case {
            name: &'static str,
            url: &'static str,
            target: Option<(&'static str, &'static str)>,
        }

        let cases = [
            Case {
                name: "the bucket in the host",
                url: "https://vod-bucket-81.obs.cn-north-4.myhuaweicloud.com:443/p/a/b%20c.mp4?Expires=1",
                target: Some(("vod-bucket-81", "p/a/b c.mp4")),
            },
            Case {
                name: "the bucket in the path",
                url: "https://obs.cn-north-4.myhuaweicloud.com:443/obs-vod-1/p/a/b.mp4",
                target: Some(("obs-vod-1", "p/a/b.mp4")),
            },
            Case {
                name: "an address",
                url: "http://127.0.0.1:4000/obs-vod-1/p/a/b.mp4?x",
                target: Some(("obs-vod-1", "p/a/b.mp4")),
            },
            Case {
                name: "no object",
                url: "https://obs.cn-north-4.myhuaweicloud.com/obs-vod-1",
                target: None,
            },
            Case {
                name: "not a URL",
                url: "…",
                target: None,
            },
        ];
        for Case { name, url, target } in cases {
            let read = Target::of_url(&Secret::new(url.to_owned()));
            let read = read.as_ref();
            let read = read.map(|it| (it.bucket.as_str(), it.object.as_str()));
            assert_eq!(read, target, "{name}");
        }
    }

    #[test]
    fn ampersands_are_unescaped() {
        let read = url(Some("https://h/o?a=1&amp;b=2".to_owned())).unwrap();
        assert_eq!(read.expose(), "https://h/o?a=1&b=2");
        assert!(url(Some(String::new())).is_none());
    }
}
