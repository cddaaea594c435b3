//! Where the service runs.

use std::borrow::Cow;
use std::convert::Infallible;
use std::fmt;
use std::str::FromStr;

use crate::generated::ENDPOINT;

/// A region, by its id, as `cn-north-4`. Any other id works, too: the constants are those that the docs list for VOD.
///
/// The id is checked by [`ClientBuilder::build`](crate::ClientBuilder::build): it may hold `a-z`, `0-9` and `-` only.
///
/// ```
/// use vod_api::Region;
///
/// assert_eq!(Region::from("cn-north-4"), Region::CN_NORTH_4);
/// assert_eq!(Region::new("eu-west-101").endpoint(), "https://vod.eu-west-101.myhuaweicloud.com");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Region(Cow<'static, str>);

impl Region {
    /// For the constants, which come from the description of the API.
    pub(crate) const fn known(id: &'static str) -> Self {
        Self(Cow::Borrowed(id))
    }

    /// The region with this id.
    pub fn new(id: impl Into<Cow<'static, str>>) -> Self {
        Self(id.into())
    }

    /// The id.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The endpoint of VOD in the region: `https://vod.{region}.myhuaweicloud.com`. Variables and files that name
    /// another one do not count here.
    pub fn endpoint(&self) -> String {
        ENDPOINT.replace("{region}", &self.0)
    }

    /// Refuses an id that would lead to another host.
    pub(crate) fn check(&self) -> Result<(), String> {
        let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        if self.0.is_empty() || !self.0.bytes().all(plain) {
            return Err(format!(
                "the region {:?} may hold a-z, 0-9 and - only",
                self.0
            ));
        }
        Ok(())
    }
}

impl fmt::Display for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl From<&str> for Region {
    fn from(id: &str) -> Self {
        Self(Cow::Owned(id.to_owned()))
    }
}

impl From<String> for Region {
    fn from(id: String) -> Self {
        Self(Cow::Owned(id))
    }
}

impl FromStr for Region {
    type Err = Infallible;

    fn from_str(id: &str) -> Result<Self, Self::Err> {
        Ok(Self::from(id))
    }
}

impl AsRef<str> for Region {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leads_to_the_endpoint() {
        assert_eq!(
            Region::CN_NORTH_4.endpoint(),
            "https://vod.cn-north-4.myhuaweicloud.com"
        );
        assert_eq!("cn-north-4".parse(), Ok(Region::CN_NORTH_4));
        assert_eq!(Region::new("cn-x-9").to_string(), "cn-x-9");
    }

    #[test]
    fn refuses_ids_that_break_the_host() {
        for id in [
            "",
            "evil.com/",
            "a.b",
            "a@b",
            "CN-NORTH-4",
            "cn north",
            "a#",
            "é",
        ] {
            assert!(Region::from(id).check().is_err(), "{id}");
        }
        assert_eq!(Region::CN_EAST_2.check(), Ok(()));
    }
}
