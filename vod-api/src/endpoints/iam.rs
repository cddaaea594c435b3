//! Where IAM is.

use crate::endpoints::endpoint::Endpoint;
use crate::endpoints::error::AddressError;
use crate::endpoints::region::Region;
use crate::variables::Variables;

/// The endpoint of IAM, as it was given or as the region has it.
#[derive(Debug)]
pub(crate) struct Iam {
    given: Option<Endpoint>,
    variables: Variables,
    allow_http: bool,
}

impl Iam {
    pub(crate) fn new(
        given: Option<String>,
        variables: Variables,
        allow_http: bool,
    ) -> Result<Self, AddressError> {
        let given = given
            .map(|text| Endpoint::parse(&text, allow_http))
            .transpose();
        Ok(Self {
            given: given.map_err(AddressError::Iam)?,
            variables,
            allow_http,
        })
    }

    /// As given, as the credentials or the environment say, or the region's own.
    pub(crate) fn endpoint(
        &self,
        named: Option<&str>,
        region: &Region,
    ) -> Result<Endpoint, AddressError> {
        if let Some(given) = &self.given {
            return Ok(given.clone());
        }
        let text = match named {
            Some(endpoint) => Some(endpoint.to_owned()),
            None => self.variables.get("HUAWEICLOUD_SDK_IAM_ENDPOINT")?,
        };
        let text = match text {
            Some(endpoint) => endpoint,
            None => {
                region.check()?;
                format!("https://iam.{region}.myhuaweicloud.com")
            }
        };
        Endpoint::parse(&text, self.allow_http).map_err(AddressError::Iam)
    }
}
