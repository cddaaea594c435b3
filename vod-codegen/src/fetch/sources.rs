//! Where the vendor publishes what it states, and how much is asked of it: all addresses and limits
//! of [`fetch`].
//!
//! [`fetch`]: super::fetch()

use std::time::Duration;

use super::Address;

/// Where the API Explorer is.
///
/// Inferred: this address, the paths below it and the shape of the replies are those that a public
/// project has asked every day for years. The vendor documents none of them.
pub const API_EXPLORER: &str = "https://console.huaweicloud.com/apiexplorer/new";

/// Where the docs are.
pub const DOCS: &str = "https://support.huaweicloud.com";

/// The time between two requests to one host, if not set. The API Explorer refuses more than five
/// requests in five seconds.
pub const PAUSE: Duration = Duration::from_millis(1200);

/// The largest size of a document or page.
pub const MAX_BYTES: usize = 4 << 20;

/// How often something is asked for, before it is given up.
pub(super) const MAX_TRIES: u32 = 5;

/// The time before the second try; it doubles with each further one.
pub(super) const FIRST_WAIT: Duration = Duration::from_secs(2);

/// The time after which the API Explorer answers again, once it has refused for its rate.
pub(super) const RATE_WINDOW: Duration = Duration::from_secs(6);

/// The longest `Retry-After` that is kept to.
pub(super) const MAX_WAIT: Duration = Duration::from_secs(120);

/// How many redirects are followed.
pub(super) const MAX_REDIRECTS: usize = 3;

/// After how many failures in a row a host is given up.
pub(super) const MAX_FAILURES: u32 = 3;

/// How many operations or links of a menu there can be.
pub(super) const MAX_ENTRIES: usize = 2000;

/// The name by which `robots.txt` can speak of us.
pub(super) const ROBOT: &str = env!("CARGO_PKG_NAME");

/// The product's name in the API Explorer.
const PRODUCT: &str = "VOD";

/// The region whose documents are read; those of other regions are the same.
const REGION: &str = "cn-north-4";

/// The folder of the API reference in the docs.
const REFERENCE: &str = "api-vod";

/// The folder of the service in the docs.
const SERVICE: &str = "vod";

/// How many operations the list is asked for at once.
pub(super) const LIST_LIMIT: usize = 100;

/// The list of operations, from `offset` on.
pub(super) fn list(api_explorer: &Address, offset: usize) -> Address {
    api_explorer.below(&format!(
        "/v3/apis?offset={offset}&limit={LIST_LIMIT}&product_short={PRODUCT}"
    ))
}

/// The document of an operation.
pub(super) fn document(api_explorer: &Address, name: &str) -> Address {
    api_explorer.below(&format!(
        "/v4/apis/detail?product_short={PRODUCT}&name={name}&region_id={REGION}"
    ))
}

/// A language of the docs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Language {
    English,
    Chinese,
}

impl Language {
    pub(super) const ALL: [Self; 2] = [Self::English, Self::Chinese];

    /// The folder that its pages are written to.
    pub(super) fn folder(self) -> &'static str {
        match self {
            Self::English => "en-us",
            Self::Chinese => "zh-cn",
        }
    }

    /// What its addresses begin with.
    fn prefix(self) -> &'static str {
        match self {
            Self::English => "/intl/en-us",
            Self::Chinese => "",
        }
    }

    /// The title of the page *Change History*.
    pub(super) fn is_history(self, title: &str) -> bool {
        match self {
            Self::English => title == "Change History",
            Self::Chinese => title == "修订记录" || title == "修改记录",
        }
    }

    /// The menu of the docs of the service: all pages, with their titles. Inferred: it is what the
    /// pages load for themselves.
    pub(super) fn menu(self, docs: &Address) -> Address {
        let prefix = self.prefix();
        docs.below(&format!(
            "{prefix}/{SERVICE}/v3_support_leftmenu_fragment.html"
        ))
    }

    /// A page of the API reference.
    pub(super) fn page(self, docs: &Address, file: &str) -> Address {
        docs.below(&format!("{}/{REFERENCE}/{file}", self.prefix()))
    }

    /// The name of a page of the API reference in this language, from its address.
    pub(super) fn name_of(self, path: &str) -> Option<&str> {
        let path = path.strip_prefix(self.prefix())?;
        let name = path.strip_prefix('/')?.strip_prefix(REFERENCE)?;
        name.strip_prefix('/')?.strip_suffix(".html")
    }
}

/// The name of a page, from the address that the description has: in whatever language.
pub(super) fn page_name(address: &str) -> Option<&str> {
    let path = address.strip_prefix(DOCS)?;
    let path = match path.strip_prefix("/intl/") {
        Some(rest) => rest.split_once('/').map(|(_language, rest)| rest)?,
        None => path.strip_prefix('/')?,
    };
    let name = path.strip_prefix(REFERENCE)?.strip_prefix('/')?;
    name.strip_suffix(".html")
}

/// Whether the text can be the name of a file: nothing that leads elsewhere, and nothing that is
/// hidden.
pub(super) fn is_name(text: &str) -> bool {
    let allowed = |c: char| c.is_ascii_alphanumeric() || "_-.".contains(c);
    (1..=100).contains(&text.len()) && !text.starts_with('.') && text.chars().all(allowed)
}
