//! Where calls go: the endpoint that was given, or those of a region, which the user's environment can redirect.

mod file;

use std::fmt;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::sync::OnceCell;

use crate::endpoint::Endpoint;
use crate::error::Error;
use crate::region::Region;
use crate::variables::{Variables, read_file};

/// What variables and the file call the service.
const SERVICE: &str = "VOD";

/// One endpoint or several. Where a connection fails, the next one takes over and stays.
pub(crate) struct Endpoints {
    list: OnceCell<Vec<Endpoint>>,
    current: AtomicUsize,
    /// How to make the list when the first call needs it.
    source: Option<Source>,
}

/// A file that can name other endpoints than a region's own.
struct Source {
    path: PathBuf,
    region: Region,
    own: Endpoint,
    allow_http: bool,
}

impl Endpoints {
    pub(crate) fn given(list: Vec<Endpoint>) -> Self {
        Self {
            list: OnceCell::new_with(Some(list)),
            current: AtomicUsize::new(0),
            source: None,
        }
    }

    /// Those that a variable names for the region, or else the regions file, or else its own.
    pub(crate) fn of_region(
        region: &Region,
        variables: &Variables,
        allow_http: bool,
    ) -> Result<Self, String> {
        region.check()?;
        let variable = region.as_str().replace('-', "_").to_uppercase();
        let variable = format!("HUAWEICLOUD_SDK_REGION_{SERVICE}_{variable}");
        if let Some(list) = variables.get(&variable) {
            let list = list.split(',').map(|text| Endpoint::parse(text, allow_http));
            let list: Result<Vec<_>, _> = list.collect();
            return Ok(Self::given(list.map_err(|why| format!("{variable}: {why}"))?));
        }
        let own = Endpoint::parse(&region.endpoint(), allow_http)?;
        Ok(match variables.file("HUAWEICLOUD_SDK_REGIONS_FILE", "regions.yaml") {
            None => Self::given(vec![own]),
            Some(path) => Self {
                list: OnceCell::new(),
                current: AtomicUsize::new(0),
                source: Some(Source {
                    path,
                    region: region.clone(),
                    own,
                    allow_http,
                }),
            },
        })
    }

    /// All of them, the one to try first in front.
    pub(crate) async fn in_order(&self) -> Result<impl Iterator<Item = &Endpoint>, Error> {
        let list = self.list().await?;
        let (after, first) = list.split_at(self.current.load(Ordering::Relaxed).min(list.len()));
        Ok(first.iter().chain(after))
    }

    /// Remembers which one to try first.
    pub(crate) fn prefer(&self, endpoint: &Endpoint) {
        let list = self.list.get().into_iter().flatten();
        let index = list.into_iter().position(|known| std::ptr::eq(known, endpoint));
        if let Some(index) = index {
            self.current.store(index, Ordering::Relaxed);
        }
    }

    /// Whether all of them are on this machine, as far as is known.
    pub(crate) fn are_loopback(&self) -> bool {
        let list = self.list.get();
        list.is_some_and(|list| list.iter().all(Endpoint::is_loopback))
    }

    async fn list(&self) -> Result<&[Endpoint], Error> {
        let list = self.list.get_or_try_init(|| async {
            match &self.source {
                Some(source) => source.list().await,
                None => Ok(Vec::new()),
            }
        });
        Ok(list.await?)
    }
}

impl Source {
    async fn list(&self) -> Result<Vec<Endpoint>, Error> {
        let refuse = |why: String| {
            let path = self.path.display();
            Error::configuration(format!("the regions file {path}: {why}"))
        };
        let text = match read_file(self.path.clone()).await {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return Ok(vec![self.own.clone()]);
            }
            Err(error) => return Err(refuse(error.to_string())),
        };
        let texts = file::endpoints(&text, SERVICE, self.region.as_str()).map_err(refuse)?;
        if texts.is_empty() {
            return Ok(vec![self.own.clone()]);
        }
        let list = texts.iter().map(|text| Endpoint::parse(text, self.allow_http));
        let list: Result<_, _> = list.collect();
        list.map_err(|why| refuse(format!("{}: {why}", self.region)))
    }
}

impl fmt::Debug for Endpoints {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.list.get(), &self.source) {
            (Some(list), _) => {
                let origins = list.iter().map(Endpoint::origin);
                f.debug_list().entries(origins).finish()
            }
            // Not read yet: these it will be unless the file says otherwise.
            (None, source) => {
                let own = source.iter().map(|source| source.own.origin());
                f.debug_list().entries(own).finish()
            }
        }
    }
}

#[cfg(test)]
mod tests;
