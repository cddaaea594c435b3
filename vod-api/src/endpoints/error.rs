//! Why the address of a service cannot be used.

use std::fmt;

use crate::endpoints::endpoint::EndpointError;
use crate::endpoints::region::RegionError;
use crate::variables::NotUtf8;

/// Why the settings do not lead to the address of a service.
#[derive(Debug, PartialEq)]
pub(crate) enum AddressError {
    Endpoint(EndpointError),
    /// The same for the endpoint of IAM.
    Iam(EndpointError),
    Region(RegionError),
    NotUtf8(NotUtf8),
    /// A variable names something that is not an endpoint.
    In {
        variable: String,
        why: EndpointError,
    },
    NoneIn {
        variable: String,
    },
}

impl fmt::Display for AddressError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Endpoint(why) => why.fmt(f),
            Self::Iam(why) => write!(f, "IAM: {why}"),
            Self::Region(why) => why.fmt(f),
            Self::NotUtf8(why) => why.fmt(f),
            Self::In { variable, why } => write!(f, "{variable}: {why}"),
            Self::NoneIn { variable } => write!(f, "{variable} does not name an endpoint"),
        }
    }
}

impl From<EndpointError> for AddressError {
    fn from(why: EndpointError) -> Self {
        Self::Endpoint(why)
    }
}

impl From<RegionError> for AddressError {
    fn from(why: RegionError) -> Self {
        Self::Region(why)
    }
}

impl From<NotUtf8> for AddressError {
    fn from(why: NotUtf8) -> Self {
        Self::NotUtf8(why)
    }
}
