//! Domain names that media assets are played from.

use super::table::Record;
use crate::data::data;

data! {
    /// The HTTPS settings of a domain name. The private key is not kept.
    pub(crate) struct Domain {
        /// The name, in small letters.
        name: String,
        /// `user` or `scm`.
        source: String,
        cert_name: Option<String>,
        cert_id: Option<String>,
        certificate: Option<String>,
        https: bool,
        redirect: bool,
        http2: bool,
    }
}

impl Record for Domain {
    fn id(&self) -> &str {
        &self.name
    }
}
