//! What all commands take: where the service is, who calls, how the output is written.

mod client;
mod duration;
mod flags;
mod folders;
mod keys;
mod moment;
mod playback;
mod size;

pub(crate) use self::client::{Found, Place, client, client_as, origins, place, secret};
pub(crate) use self::duration::duration;
pub(crate) use self::flags::{Settings, flags};
pub(crate) use self::folders::state_folder;
pub(crate) use self::keys::{Keys, path as keys_path};
pub(crate) use self::moment::Moment;
pub(crate) use self::playback::{PlaySigner, play_signer};
pub(crate) use self::size::size;
