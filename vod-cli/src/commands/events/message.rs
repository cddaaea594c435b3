//! A notification as text: an HTTP request, or its body and headers apart.

use vod_api::http::{HeaderMap, HeaderName, HeaderValue};

use crate::exit::Failure;

/// The headers and the body of a notification.
#[derive(Debug, Default)]
pub(super) struct Message {
    pub(super) headers: HeaderMap,
    pub(super) body: Vec<u8>,
}

impl Message {
    /// A body, with headers as `NAME: VALUE`.
    pub(super) fn of_body<'h>(
        body: Vec<u8>,
        headers: impl Iterator<Item = &'h str>,
    ) -> Result<Self, Failure> {
        let mut message = Self {
            body,
            ..Self::default()
        };
        for header in headers {
            let added = message.add(header);
            added.map_err(|why| Failure::usage(format!("--header: {why}")))?;
        }
        Ok(message)
    }

    /// A request as it is sent: a first line, which can be missing, headers, an empty line, and the
    /// body as it came.
    pub(super) fn read(bytes: &[u8]) -> Result<Self, Failure> {
        let failed = |why: String| {
            Failure::usage_with(
                format!("this is no HTTP request: {why}"),
                "give the body, and its headers by --header 'auth_sign: …'",
            )
        };
        let mut message = Self::default();
        let mut rest = bytes;
        let mut first = true;
        loop {
            let end = rest.iter().position(|byte| *byte == b'\n');
            let Some((line, after)) = end.and_then(|end| rest.split_at_checked(end + 1)) else {
                return Err(failed("no empty line stands before the body".to_owned()));
            };
            rest = after;
            let line = String::from_utf8_lossy(line);
            match line.trim() {
                "" => break,
                line if first && is_first(line) => {}
                line => message.add(line).map_err(failed)?,
            }
            first = false;
        }
        message.body = message.cut(rest).map_err(failed)?.to_vec();
        Ok(message)
    }

    fn add(&mut self, header: &str) -> Result<(), String> {
        let (name, value) = header.split_once(':').ok_or("a header is NAME: VALUE")?;
        let name = name.trim();
        let key =
            HeaderName::try_from(name).map_err(|_| format!("{name:?} is no name of a header"))?;
        let value = HeaderValue::try_from(value.trim());
        let value = value.map_err(|_| format!("the value of {name} has control characters"))?;
        self.headers.append(key, value);
        Ok(())
    }

    /// The body without what an editor has put behind it.
    fn cut<'b>(&self, rest: &'b [u8]) -> Result<&'b [u8], String> {
        if self.headers.contains_key("transfer-encoding") {
            return Err("its body is in chunks".to_owned());
        }
        let Some(length) = self.headers.get("content-length") else {
            return Ok(rest);
        };
        let length = length.to_str().ok().and_then(|text| text.parse().ok());
        let length = length.ok_or("Content-Length is no number")?;
        let body = rest.get(..length);
        body.ok_or_else(|| format!("the body has {} bytes, not {length}", rest.len()))
    }
}

/// Whether a line is the first of a request.
fn is_first(line: &str) -> bool {
    let version = line.rsplit(' ').next().unwrap_or_default();
    version.starts_with("HTTP/") && !line.starts_with("HTTP/")
}
