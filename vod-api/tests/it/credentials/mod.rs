//! Where credentials and the project id come from, over HTTP and in files: a module for each source; and the time by which
//! credentials expire.

mod chain;
mod clock;
mod iam;
mod metadata;
#[cfg(feature = "rustls")]
mod process;
mod project;
mod renewal;

use vod_api::{Client, ClientBuilder};
use vod_local::Service;

/// A client of the service that knows neither project nor credentials.
fn open_client(service: &Service) -> ClientBuilder {
    let endpoint = service.endpoint();
    let variable = "HUAWEICLOUD_SDK_REGION_VOD_CN_NORTH_4";
    Client::builder()
        .region("cn-north-4")
        .variables(move |name| (name == variable).then(|| endpoint.clone()))
}
