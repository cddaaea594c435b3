//! The URL that is signed, as a client reads it.

use reqwest::Url;

use crate::playback::error::SignUrlError;
use crate::playback::stamp::Stamp;

pub(super) struct Target(Url);

/// The first two segments of a path, and the path after them.
pub(super) struct Prefix<'a> {
    pub(super) first: &'a str,
    pub(super) second: &'a str,
    pub(super) rest: &'a str,
}

impl Target {
    /// Reads a URL as browsers do, so that what is signed is what is sent.
    pub(super) fn read(url: &str) -> Option<Self> {
        let url = Url::parse(url).ok()?;
        matches!(url.scheme(), "http" | "https").then_some(Self(url))
    }

    /// The path, escaped.
    pub(super) fn path(&self) -> &str {
        self.0.path()
    }

    /// Whether this leads to a playlist of HLS or a manifest of DASH.
    pub(super) fn is_playlist(&self) -> bool {
        let path = self.path().to_ascii_lowercase();
        path.ends_with(".m3u8") || path.ends_with(".mpd")
    }

    /// The value of a parameter, escaped, if it is there once.
    pub(super) fn parameter(&self, name: &str) -> Option<&str> {
        let mut values = self.parameters().filter(|pair| pair.0 == name);
        let (_, value) = values.next()?;
        values.next().is_none().then_some(value)
    }

    fn parameters(&self) -> impl Iterator<Item = (&str, &str)> {
        let pairs = self.0.query().unwrap_or_default().split('&');
        pairs.map(|pair| pair.split_once('=').unwrap_or((pair, "")))
    }

    /// That there is a file to play, no signature in the path, and none of these parameters.
    pub(super) fn check(&self, names: &[&'static str]) -> Result<(), SignUrlError> {
        if self.path() == "/" {
            return Err(SignUrlError::NoPath);
        }
        let given = |name: &&&str| self.parameters().any(|pair| pair.0 == **name);
        if let Some(place) = names.iter().find(given) {
            return Err(SignUrlError::AlreadySigned { place });
        }
        if self.prefix().is_some_and(|prefix| prefix.is_signature()) {
            return Err(SignUrlError::AlreadySigned { place: "path" });
        }
        Ok(())
    }

    /// What algorithms B and C put before the path, and the path; None without two segments more
    /// than a path has.
    pub(super) fn prefix(&self) -> Option<Prefix<'_>> {
        let (first, rest) = self.path().strip_prefix('/')?.split_once('/')?;
        let (second, _) = rest.split_once('/')?;
        let rest = rest.strip_prefix(second)?;
        Some(Prefix {
            first,
            second,
            rest,
        })
    }

    /// The URL with something at the end of its query.
    pub(super) fn with_query(mut self, added: &str) -> String {
        let query = match self.0.query() {
            None | Some("") => added.to_owned(),
            Some(query) => [query, "&", added].concat(),
        };
        self.0.set_query(Some(&query));
        self.0.into()
    }

    /// The URL with two segments before its path.
    pub(super) fn with_prefix(mut self, first: &str, second: &str) -> String {
        let path = ["/", first, "/", second, self.path()].concat();
        self.0.set_path(&path);
        self.0.into()
    }
}

impl Prefix<'_> {
    /// Whether algorithm B or C can have written this.
    fn is_signature(&self) -> bool {
        let is_hash =
            |text: &str| text.len() == 32 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        let is_b = is_hash(self.second) && Stamp::from_minutes_text(self.first).is_some();
        let is_c = is_hash(self.first) && Stamp::from_hexadecimal(self.second).is_some();
        is_b || is_c
    }
}

/// The path up to its last slash.
pub(super) fn folder(path: &str) -> &str {
    path.rfind('/')
        .and_then(|at| path.get(..=at))
        .unwrap_or(path)
}
