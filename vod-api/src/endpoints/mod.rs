//! Where calls go: the endpoint that was given, or those of a region, which the user's environment
//! can redirect.

pub(crate) mod endpoint;
mod error;
mod file;
pub(crate) mod iam;
pub(crate) mod region;
mod yaml;

pub use self::region::Region;

use std::fmt;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::sync::OnceCell;

#[cfg(fuzzing)]
pub(crate) use self::file::endpoints as read_file_of_regions;
use crate::endpoints::endpoint::{Endpoint, EndpointError};
pub(crate) use crate::endpoints::error::AddressError;
use crate::error::Error;
use crate::files::{self, is_absent};
use crate::variables::{Place, Variables};

/// What variables and the file call the service.
const SERVICE: &str = "VOD";

/// Names the file.
const FILE: &str = "HUAWEICLOUD_SDK_REGIONS_FILE";

/// One endpoint or several. If a connection fails or there is no answer, the next one is used from
/// then on.
pub(crate) struct Endpoints {
    /// Known from the start: the first of the list, unless the file says otherwise.
    own: Endpoint,
    list: OnceCell<Vec<Endpoint>>,
    current: AtomicUsize,
    file: Option<File>,
    /// A hint for an unknown region: the known one that may have been meant.
    hint: Option<String>,
}

/// The file that can name other endpoints for a region; read when the first call needs it.
struct File {
    place: Place,
    region: Region,
    allow_http: bool,
}

impl Endpoints {
    /// The endpoint that was given.
    pub(crate) fn given(endpoint: Endpoint) -> Self {
        Self::new(endpoint.clone(), Some(vec![endpoint]), None)
    }

    /// Those that a variable names for the region, or else the file, or else the region's own.
    pub(crate) fn of_region(
        region: &Region,
        variables: &Variables,
        allow_http: bool,
    ) -> Result<Self, AddressError> {
        region.check()?;
        let variable = region.as_str().replace('-', "_").to_uppercase();
        let variable = format!("HUAWEICLOUD_SDK_REGION_{SERVICE}_{variable}");
        if let Some(texts) = variables.get(&variable)? {
            let list = match parse(texts.split(','), allow_http) {
                Ok(list) => list,
                Err(why) => return Err(AddressError::In { variable, why }),
            };
            let Some(first) = list.first() else {
                return Err(AddressError::NoneIn { variable });
            };
            return Ok(Self::new(first.clone(), Some(list), None));
        }
        let own = Endpoint::parse(&region.endpoint(), allow_http)?;
        let hint = region.hint();
        let Some(place) = variables.file(FILE, "regions.yaml") else {
            return Ok(Self {
                hint,
                ..Self::given(own)
            });
        };
        let file = File {
            place,
            region: region.clone(),
            allow_http,
        };
        Ok(Self {
            hint,
            ..Self::new(own, None, Some(file))
        })
    }

    fn new(own: Endpoint, list: Option<Vec<Endpoint>>, file: Option<File>) -> Self {
        Self {
            own,
            list: OnceCell::new_with(list),
            current: AtomicUsize::new(0),
            file,
            hint: None,
        }
    }

    /// All of them, beginning with the one to try first.
    pub(crate) async fn in_order(&self) -> Result<Vec<&Endpoint>, Error> {
        let list = self.list.get_or_try_init(|| self.read()).await?;
        let current = self.current.load(Ordering::Relaxed);
        let (later, first) = list.split_at(current.min(list.len()));
        Ok(first.iter().chain(later).collect())
    }

    /// The one to try first, as far as is known without reading the file.
    pub(crate) fn first(&self) -> &Endpoint {
        let list = self.list.get();
        let current = self.current.load(Ordering::Relaxed);
        list.and_then(|list| list.get(current)).unwrap_or(&self.own)
    }

    /// Remembers which one to try first.
    pub(crate) fn prefer(&self, endpoint: &Endpoint) {
        if let Some((index, _)) = self.find(endpoint) {
            self.current.store(index, Ordering::Relaxed);
        }
    }

    /// Tries the next endpoint first from now on, unless another call has already changed that.
    pub(crate) fn leave(&self, endpoint: &Endpoint) {
        if let Some((index, next)) = self.find(endpoint) {
            let (order, current) = (Ordering::Relaxed, &self.current);
            // If this fails, another call has changed it.
            let _ = current.compare_exchange(index, next, order, order);
        }
    }

    /// Its index in the list, and the index of the next one.
    fn find(&self, endpoint: &Endpoint) -> Option<(usize, usize)> {
        let list = self.list.get()?;
        let index = list.iter().position(|it| std::ptr::eq(it, endpoint))?;
        Some((index, (index + 1) % list.len()))
    }

    /// Adds the likely reason to an error that no endpoint could be connected to.
    pub(crate) fn explain(&self, error: Error) -> Error {
        let is_own = || self.first().origin() == self.own.origin();
        match &self.hint {
            Some(hint) if error.is_connect() && is_own() => error.with_hint(hint),
            _ => error,
        }
    }

    /// Whether all of them are on this machine, as far as is known without reading the file.
    pub(crate) fn are_loopback(&self) -> bool {
        let list = self.list.get();
        list.is_some_and(|list| list.iter().all(Endpoint::is_loopback))
    }

    /// The endpoints that are known without reading the file.
    pub(crate) fn known(&self) -> &[Endpoint] {
        let own = std::slice::from_ref(&self.own);
        self.list.get().map_or(own, Vec::as_slice)
    }

    async fn read(&self) -> Result<Vec<Endpoint>, Error> {
        let list = match &self.file {
            Some(file) => file.read().await?,
            None => Vec::new(),
        };
        Ok(if list.is_empty() {
            vec![self.own.clone()]
        } else {
            list
        })
    }
}

impl File {
    /// The endpoints of the region in the file. The default file may be missing, or have nothing
    /// about this service.
    async fn read(&self) -> Result<Vec<Endpoint>, Error> {
        let Self { region, place, .. } = self;
        let by = if place.named {
            format!(" ({FILE})")
        } else {
            String::new()
        };
        let name = format!("the regions file {}{by}", place.path.display());
        let refuse = |why: &dyn fmt::Display| Error::configuration(format!("{name}: {why}"));
        let text = match files::read(&place.path).await {
            Ok(text) => text,
            Err(error) if is_absent(&error) && !place.named => return Ok(Vec::new()),
            Err(error) => return Err(Error::configuration(name).with_source(error)),
        };
        let texts = file::endpoints(&text, SERVICE, region.as_str());
        let texts = match texts.map_err(|why| refuse(&why))? {
            None if place.named => {
                return Err(refuse(&format!("there is no service {SERVICE}")));
            }
            texts => texts.unwrap_or_default(),
        };
        let texts = texts.iter().map(String::as_str);
        let list = parse(texts, self.allow_http);
        list.map_err(|why| refuse(&format!("{region}: {why}")))
    }
}

fn parse<'a>(
    texts: impl Iterator<Item = &'a str>,
    allow_http: bool,
) -> Result<Vec<Endpoint>, EndpointError> {
    texts
        .map(|text| Endpoint::parse(text, allow_http))
        .collect()
}

impl fmt::Debug for Endpoints {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list()
            .entries(self.known().iter().map(Endpoint::origin))
            .finish()
    }
}

#[cfg(test)]
mod tests;
