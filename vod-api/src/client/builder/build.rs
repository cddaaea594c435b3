//! From settings to a client: what is wrong or missing is said here.

use std::sync::Arc;

use super::{ClientBuilder, Provider};
use crate::client::Client;
use crate::credentials::{Chain, ProvideCredentials, check_project_id};
use crate::endpoints::Endpoints;
use crate::endpoints::endpoint::Endpoint;
use crate::endpoints::iam::Iam;
use crate::error::Error;
use crate::identity::keyring::Keyring;
use crate::identity::project::Project;
use crate::pipeline::{Limiter, Shared};
use crate::retry::Budget;
use crate::time::chance::Chance;
use crate::time::clock::Clock;
use crate::transport::proxy::Route;
use crate::transport::{Patience, Transport};

impl ClientBuilder {
    /// Checks the settings and makes the client. Nothing is sent, and no file of credentials or
    /// regions is read; the TLS library can load the certificates of the system, so make one client
    /// and keep it.
    ///
    /// # Errors
    ///
    /// An error of kind [`Configuration`](crate::ErrorKind::Configuration) that says what is
    /// missing or wrong. This includes a proxy that cannot be used, and an `https` endpoint if no
    /// feature for TLS is enabled. The files of credentials and regions are checked by the first
    /// call.
    pub fn build(self) -> Result<Client, Error> {
        let endpoints = self.endpoints()?;
        self.options.check().map_err(Error::configuration)?;
        if let Some(id) = &self.project_id {
            check_project_id(id).map_err(Error::configuration)?;
        }
        let provider = self.provider()?;
        let iam = self.iam()?;
        let transport = self.transport(&endpoints)?;
        Ok(Client(Arc::new(Shared {
            transport,
            endpoints,
            project: Project::new(self.project_id, self.region, iam),
            keyring: Keyring::new(provider),
            options: Arc::new(self.options),
            #[cfg(feature = "upload")]
            allow_http: self.allow_http,
            clock: Clock::new(self.clock.clone()),
            iam_clock: Clock::new(self.clock),
            chance: Chance::new(self.seed),
            budget: Budget::default(),
            limiter: self.rate_limiting.then(Limiter::default),
        })))
    }

    fn endpoints(&self) -> Result<Endpoints, Error> {
        match (&self.endpoint, &self.region) {
            (Some(endpoint), _) => {
                let endpoint = Endpoint::parse(endpoint, self.allow_http);
                endpoint.map(Endpoints::given).map_err(Error::configuration)
            }
            (None, Some(region)) => Endpoints::of_region(region, &self.variables, self.allow_http)
                .map_err(Error::configuration),
            (None, None) => Err(Error::configuration(
                "there is no region: call ClientBuilder::region or ClientBuilder::endpoint",
            )),
        }
    }

    fn provider(&self) -> Result<Arc<dyn ProvideCredentials>, Error> {
        Ok(match &self.credentials {
            Some(Provider::Given(credentials)) => {
                credentials.check().map_err(Error::configuration)?;
                Arc::new(credentials.clone())
            }
            Some(Provider::Asked(provider)) => provider.clone(),
            None => Arc::new(Chain::of(self.variables.clone())),
        })
    }

    fn iam(&self) -> Result<Iam, Error> {
        let (given, variables) = (self.iam_endpoint.clone(), self.variables.clone());
        Iam::new(given, variables, self.allow_http).map_err(Error::configuration)
    }

    /// HTTP to all endpoints that are known.
    fn transport(&self, endpoints: &Endpoints) -> Result<Transport, Error> {
        let transport = match (&self.http, &self.route) {
            (None, _) => self.own_transport(endpoints)?,
            (Some(client), Route::System) => {
                Transport::over(client.clone(), self.max_response_size)
            }
            (Some(_), _) => {
                return Err(Error::configuration(
                    "ClientBuilder::http_client takes a client with its own proxies: set them \
                     there, without ClientBuilder::proxy and ClientBuilder::no_proxy",
                ));
            }
        };
        for endpoint in endpoints.known() {
            transport.check(endpoint.origin())?;
        }
        Ok(transport.limit_values(self.max_response_values))
    }

    /// HTTP by a client that is set up here.
    fn own_transport(&self, endpoints: &Endpoints) -> Result<Transport, Error> {
        let route = match &self.route {
            // A proxy would connect to its own machine instead.
            Route::System if endpoints.are_loopback() => &Route::Direct,
            route => route,
        };
        let limits = [self.options.timeout, self.options.attempt_timeout];
        let patience = Patience {
            connecting: self.connect_timeout,
            attempt: limits.into_iter().flatten().min(),
        };
        Transport::new(patience, self.max_response_size, route)
    }
}
