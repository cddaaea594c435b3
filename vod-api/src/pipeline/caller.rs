//! What an attempt needs before it can be signed: credentials, project and endpoints.

use std::sync::Arc;
use std::time::SystemTime;

use crate::endpoints::endpoint::Endpoint;
use crate::error::{Error, reply_time};
use crate::identity::keyring::Snapshot;
use crate::pipeline::{Shared, iam};
use crate::time::clock::Clock;

/// The service that a call goes to.
#[derive(Clone, Copy)]
pub(super) enum Target<'a> {
    Service,
    /// IAM, to look up a project.
    Iam(&'a Endpoint),
}

pub(super) struct Caller<'a> {
    pub(super) keys: Arc<Snapshot>,
    /// `None` for IAM, which needs none.
    pub(super) project_id: Option<String>,
    /// At least one, the one to try first in front.
    pub(super) endpoints: Vec<&'a Endpoint>,
}

impl<'a> Target<'a> {
    /// For spans: the endpoint that is tried first, as far as is known.
    pub(super) fn endpoint(self, shared: &'a Shared) -> &'a Endpoint {
        match self {
            Self::Service => shared.endpoints.first(),
            Self::Iam(endpoint) => endpoint,
        }
    }

    /// Its name in spans.
    pub(super) fn service(self) -> &'static str {
        match self {
            Self::Service => "VOD",
            Self::Iam(_) => "IAM",
        }
    }

    /// The clock for its signatures. The service and IAM each correct their own clock only.
    pub(super) fn clock(self, shared: &Shared) -> &Clock {
        match self {
            Self::Service => &shared.clock,
            Self::Iam(_) => &shared.iam_clock,
        }
    }

    /// The time in a refusal, if it comes from the called server itself. A proxy or cache in
    /// between can send any time, but does not use the error codes of the service.
    pub(super) fn time_of(self, refusal: &Error) -> Option<SystemTime> {
        let is_own = match self {
            Self::Service => refusal.code().is_some_and(is_service_code),
            Self::Iam(_) => true,
        };
        let headers = refusal.headers().filter(|_| is_own);
        headers.and_then(reply_time::service_time)
    }

    /// Gets credentials, project and endpoints. The first call of a client may have to wait for
    /// them.
    pub(super) async fn caller(self, shared: &'a Shared) -> Result<Caller<'a>, Error> {
        let (now, random) = (shared.clock.proven(), shared.chance.next());
        let keys = shared.keyring.current(now, random).await?;
        if let Self::Iam(endpoint) = self {
            return Ok(Caller {
                keys,
                project_id: None,
                endpoints: vec![endpoint],
            });
        }
        let look_up = |endpoint, call| iam::send(shared, endpoint, call);
        let project_id = shared.project.id(&keys.credentials, look_up).await?;
        Ok(Caller {
            project_id: Some(project_id),
            endpoints: shared.endpoints.in_order().await?,
            keys,
        })
    }
}

/// Whether a code has the form of those of the service and its gateway: `VOD.10053` or
/// `APIGW.0301`.
fn is_service_code(code: &str) -> bool {
    code.split_once('.').is_some_and(|(name, number)| {
        let is_name = |byte: u8| byte.is_ascii_uppercase();
        let is_number = |byte: u8| byte.is_ascii_digit();
        !name.is_empty()
            && name.bytes().all(is_name)
            && !number.is_empty()
            && number.bytes().all(is_number)
    })
}
