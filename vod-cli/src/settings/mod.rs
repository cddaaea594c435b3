//! What all commands take: where the service is, who calls, how the output is written.

mod client;
mod duration;
mod flags;
mod folders;
mod keys;
mod moment;

pub(crate) use self::client::{Found, Place, client, client_as, origins, place};
pub(crate) use self::duration::duration;
pub(crate) use self::flags::{Settings, flags};
pub(crate) use self::folders::state_folder;
pub(crate) use self::keys::{Keys, path as keys_path};
pub(crate) use self::moment::Moment;
