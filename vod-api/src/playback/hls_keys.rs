//! The keys of encrypted HLS streams, for a service that players ask for them.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use tokio::time::Instant;
use zeroize::Zeroizing;

use crate::client::Client;
use crate::codes;
use crate::error::{Error, ErrorKind, Sent};
use crate::facts::Operation;
use crate::generated::model::ShowAssetCipherRequest;
use crate::identity::single_flight::SingleFlight;
use crate::lock::lock;

/// How many keys are kept.
const KEPT: usize = 1000;
/// How long a key is kept by default.
const KEEP: Duration = Duration::from_secs(60 * 60);

impl Client {
    /// The keys of encrypted HLS streams, kept in memory for a while; see [`HlsKeys`].
    pub fn hls_keys(&self) -> HlsKeys {
        HlsKeys(Arc::new(Keys {
            client: self.clone(),
            keep: KEEP,
            kept: Mutex::default(),
            look_ups: Mutex::default(),
        }))
    }
}

/// The keys of encrypted HLS streams, for a key service: what players ask for the key of a stream.
///
/// A key is looked up by [`show_asset_cipher`](Client::show_asset_cipher), once for all that ask at
/// the same time, and kept for an hour by default; of more than 1,000 keys, those go that would go
/// first. Failures are not kept. Make one and clone it: clones share the keys. They are wiped from
/// memory when they go.
///
/// ```no_run
/// # async fn example(client: &vod_api::Client) -> Result<(), vod_api::Error> {
/// let keys = client.hls_keys();
/// match keys.get("f488337c31c8e4622f1590735b134c65").await? {
///     // The body of the answer to the player, after a check that the viewer may watch.
///     Some(key) => println!("{} bytes", key.as_bytes().len()),
///     None => println!("the media asset is not encrypted"),
/// }
/// # Ok(())
/// # }
/// ```
///
/// The example `key_service` is such a service.
#[derive(Clone)]
pub struct HlsKeys(Arc<Keys>);

struct Keys {
    client: Client,
    keep: Duration,
    kept: Mutex<HashMap<String, Kept>>,
    look_ups: Mutex<HashMap<String, Arc<LookUp>>>,
}

struct Kept {
    key: HlsKey,
    until: Instant,
}

type LookUp = SingleFlight<Option<HlsKey>>;

/// A key of AES-128, as players need it. Wiped from memory when it is dropped, and never shown.
#[derive(Clone)]
pub struct HlsKey(Zeroizing<[u8; 16]>);

impl HlsKey {
    /// The bytes of the key: the whole body of an answer to a player.
    pub fn as_bytes(&self) -> &[u8; 16] {
        &self.0
    }
}

impl HlsKeys {
    /// How long keys are kept from now on; an hour by default. Keys of before are dropped.
    pub fn keep_for(self, duration: Duration) -> Self {
        let client = &self.0.client;
        Self(Arc::new(Keys {
            client: client.clone(),
            keep: duration,
            kept: Mutex::default(),
            look_ups: Mutex::default(),
        }))
    }

    /// The key of a media asset; `None` if the service says that it is not encrypted.
    ///
    /// # Errors
    ///
    /// Those of the call, and one of kind [`Decode`](ErrorKind::Decode) if the reply has no key of
    /// 16 bytes.
    pub async fn get(&self, asset_id: &str) -> Result<Option<HlsKey>, Error> {
        if let Some(key) = self.0.kept(asset_id) {
            return Ok(Some(key));
        }
        let turn = Turn::take(&self.0, asset_id);
        turn.look_up.join(self.0.look_up(asset_id)).await
    }
}

impl Keys {
    fn kept(&self, asset_id: &str) -> Option<HlsKey> {
        let kept = lock(&self.kept);
        let kept = kept.get(asset_id)?;
        (Instant::now() < kept.until).then(|| kept.key.clone())
    }

    async fn look_up(&self, asset_id: &str) -> Result<Option<HlsKey>, Error> {
        // Another caller may have been faster.
        if let Some(key) = self.kept(asset_id) {
            return Ok(Some(key));
        }
        let reply = match self.client.show_asset_cipher(asset_id).await {
            Ok(reply) => reply,
            Err(error) if error.code() == Some(codes::ASSET_NOT_ENCRYPTED) => return Ok(None),
            Err(error) => return Err(error),
        };
        let text = Zeroizing::new(reply.into_body().key.unwrap_or_default());
        let key = decode(&text).ok_or_else(|| {
            let message = "the reply has no key of 16 bytes in Base64";
            Error::new(ErrorKind::Decode, Sent::Yes, message)
                .in_call(ShowAssetCipherRequest::META.name, 1)
        })?;
        self.keep(asset_id, &key);
        Ok(Some(key))
    }

    fn keep(&self, asset_id: &str, key: &HlsKey) {
        let now = Instant::now();
        // A time that the clock cannot represent is far enough.
        let Some(until) = now.checked_add(self.keep) else {
            return;
        };
        let mut kept = lock(&self.kept);
        if kept.len() >= KEPT {
            kept.retain(|_, it| now < it.until);
        }
        if kept.len() >= KEPT
            && let Some(first) = kept.iter().min_by_key(|(_, it)| it.until)
        {
            let first = first.0.clone();
            kept.remove(&first);
        }
        let key = key.clone();
        kept.insert(asset_id.to_owned(), Kept { key, until });
    }
}

/// A look-up that others can join. The last one to leave takes it away.
struct Turn<'k> {
    keys: &'k Keys,
    asset_id: &'k str,
    look_up: Arc<LookUp>,
}

impl<'k> Turn<'k> {
    fn take(keys: &'k Keys, asset_id: &'k str) -> Self {
        let mut look_ups = lock(&keys.look_ups);
        let look_up = look_ups
            .entry(asset_id.to_owned())
            .or_insert_with(|| Arc::new(LookUp::new()));
        Self {
            keys,
            asset_id,
            look_up: look_up.clone(),
        }
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        let mut look_ups = lock(&self.keys.look_ups);
        // One is this, the other that of the map.
        if Arc::strong_count(&self.look_up) <= 2 {
            look_ups.remove(self.asset_id);
        }
    }
}

fn decode(text: &str) -> Option<HlsKey> {
    let bytes = Zeroizing::new(BASE64_STANDARD.decode(text.trim()).ok()?);
    let key: [u8; 16] = bytes.as_slice().try_into().ok()?;
    Some(HlsKey(Zeroizing::new(key)))
}

impl fmt::Debug for HlsKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}

impl fmt::Debug for HlsKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HlsKeys")
            .field("kept", &lock(&self.0.kept).len())
            .field("keep", &self.0.keep)
            .finish_non_exhaustive()
    }
}
