//! Where the service runs.

use std::borrow::Cow;
use std::convert::Infallible;
use std::fmt;
use std::str::FromStr;

use crate::constants::{ENDPOINT, REGIONS};
use crate::error::text;
use crate::nearest::nearest;

/// A region, by its id, such as `cn-north-4`. Other ids can be used as well: the constants are
/// those that the docs list for VOD.
///
/// The id is checked by [`ClientBuilder::build`](crate::ClientBuilder::build): it may contain
/// `a-z`, `0-9` and `-` only, and must not be a known id with the hyphens in other places, such as
/// `cn-north4`.
///
/// ```
/// use vod_api::Region;
///
/// assert_eq!(Region::from("cn-north-4"), Region::CN_NORTH_4);
/// let region = Region::new("eu-west-101");
/// assert_eq!(region.endpoint(), "https://vod.eu-west-101.myhuaweicloud.com");
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

    /// The endpoint of VOD in the region: `https://vod.{region}.myhuaweicloud.com`. Variables and
    /// files that name another endpoint are not considered here.
    pub fn endpoint(&self) -> String {
        ENDPOINT.replace("{region}", &self.0)
    }

    /// Refuses an id that would lead to another host, or to none.
    pub(crate) fn check(&self) -> Result<(), RegionError> {
        let id = &*self.0;
        if id.is_empty() {
            return Err(RegionError::Empty);
        }
        let meant = self.meant();
        let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        if !id.bytes().all(plain) {
            let id = text::line(id, text::NAME);
            return Err(RegionError::Characters { id, meant });
        }
        let letters = |id: &str| id.replace('-', "");
        match meant {
            Some(meant) if letters(meant) == letters(id) => Err(RegionError::Hyphens {
                id: id.to_owned(),
                meant,
            }),
            _ => Ok(()),
        }
    }

    /// A likely reason if the region has no host: it is unknown, and similar to a known one.
    pub(crate) fn hint(&self) -> Option<String> {
        let (id, known) = (self.as_str(), self.meant()?);
        Some(format!(
            "the region {id:?} is not known: did you mean {known:?}?"
        ))
    }

    /// The known region that may have been meant, if this one is unknown.
    fn meant(&self) -> Option<&'static str> {
        let known = REGIONS.iter().copied();
        nearest(&self.0, known).filter(|known| *known != self.0)
    }
}

/// Why an id is not that of a region, and the known region that was probably meant.
#[derive(Debug, PartialEq)]
pub(crate) enum RegionError {
    Empty,
    /// It has characters that could lead to another host.
    Characters {
        id: String,
        meant: Option<&'static str>,
    },
    /// It has the hyphens in other places than a known one.
    Hyphens {
        id: String,
        meant: &'static str,
    },
}

impl fmt::Display for RegionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let meant = match self {
            Self::Empty => {
                let known = REGIONS.join(", ");
                return write!(f, "the region is empty; the docs list {known}");
            }
            Self::Characters { id, meant } => {
                write!(f, "the region {id:?} can only contain a-z, 0-9 and -")?;
                *meant
            }
            Self::Hyphens { id, meant } => {
                write!(f, "there is no region {id:?}")?;
                Some(*meant)
            }
        };
        match meant {
            Some(meant) => write!(f, "; did you mean {meant:?}?"),
            None => Ok(()),
        }
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

    #[test]
    fn says_what_was_probably_meant() {
        let error = |id| Region::from(id).check().unwrap_err();
        for (id, message) in [
            (
                "cn-north4",
                r#"there is no region "cn-north4"; did you mean "cn-north-4"?"#,
            ),
            (
                "CN North 4",
                r#"the region "CN North 4" can only contain a-z, 0-9 and -; did you mean "cn-north-4"?"#,
            ),
            (
                "cn_north_4",
                r#"the region "cn_north_4" can only contain a-z, 0-9 and -; did you mean "cn-north-4"?"#,
            ),
            (
                "beijing.4",
                r#"the region "beijing.4" can only contain a-z, 0-9 and -"#,
            ),
        ] {
            assert_eq!(error(id).to_string(), message);
        }
        let empty = error("").to_string();
        assert!(empty.starts_with("the region is empty; the docs list cn-north-4, "));
        assert!(error(&"X".repeat(100_000)).to_string().len() < 500);
        // The docs need not know all regions.
        for (id, meant) in [
            ("cn-north-9", Some("cn-north-1")),
            ("cn-nroth-4", Some("cn-north-4")),
            ("eu-west-101", None),
            ("cn-north-4", None),
        ] {
            assert_eq!(Region::from(id).check(), Ok(()), "{id}");
            assert_eq!(Region::from(id).meant(), meant, "{id}");
        }
    }
}
