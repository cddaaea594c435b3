//! `service.yaml`.

use super::types::Names;
use super::{Validator, kebab};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{AuthScheme, Basis, ErrorCode, Header, Section, Service};
use crate::raw;
use crate::read::Text;
use crate::source::SourceId;

impl Validator<'_> {
    pub(super) fn service(
        &mut self,
        source: SourceId,
        service: &raw::Service,
        names: &Names<'_>,
    ) -> Service {
        if let Some(endpoint) = &service.endpoint
            && (!endpoint.value.starts_with("https://") || !endpoint.value.contains("{region}"))
        {
            self.bad_value(
                endpoint,
                format!("`{}` is no endpoint", endpoint.value),
                "write an https address with `{region}` in it",
            );
        }
        for (region, _) in &service.regions {
            let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
            if region.value.is_empty() || !region.value.chars().all(plain) {
                self.bad_value(
                    region,
                    format!("`{}` is no region id", region.value),
                    "use small letters, digits and `-`",
                );
            }
        }
        Service {
            name: plain(service.name.as_ref()),
            title: plain(service.title.as_ref()),
            endpoint: plain(service.endpoint.as_ref()),
            regions: service
                .regions
                .iter()
                .map(|(id, name)| (id.clone(), plain(name.as_ref())))
                .collect(),
            project_id: self.prose(service.project_id.as_ref()),
            auth: service
                .auth
                .iter()
                .map(|scheme| self.scheme(scheme))
                .collect(),
            query_arrays: self.query_arrays(service.query_arrays.as_ref()),
            error: self.fields(&service.error, source, names),
            error_codes: service
                .error_codes
                .iter()
                .map(|code| self.error_code(code))
                .collect(),
            sections: service
                .sections
                .iter()
                .map(|(title, doc)| Section {
                    title: title.value.clone(),
                    doc: self.prose(doc.as_ref()),
                    folder: kebab(&title.value),
                })
                .collect(),
        }
    }

    fn error_code(&mut self, raw: &raw::ErrorCode) -> ErrorCode {
        let status = raw.status.as_ref().and_then(|status| {
            let number = u16::try_from(status.value).ok();
            let number = number.filter(|number| (200..600).contains(number));
            if number.is_none() {
                self.report(
                    Diagnostic::new(
                        Code::BadValue,
                        status.span,
                        format!("{} is no status of a reply", status.value),
                    )
                    .help("write a number from 200 to 599"),
                );
            }
            number
        });
        ErrorCode {
            code: raw.code.clone(),
            status: status.unwrap_or_default(),
            doc: self.prose(raw.doc.as_ref()),
            failure: raw.failure.as_ref().is_none_or(|failure| failure.value),
        }
    }

    fn scheme(&mut self, scheme: &raw::AuthScheme) -> AuthScheme {
        AuthScheme {
            name: scheme.name.value.clone(),
            doc: self.prose(scheme.doc.as_ref()),
            headers: scheme
                .headers
                .iter()
                .map(|header| Header {
                    name: header.name.value.clone(),
                    doc: self.prose(header.doc.as_ref()),
                    sensitive: header.sensitive,
                })
                .collect(),
        }
    }

    fn query_arrays(&mut self, arrays: Option<&raw::QueryArrays>) -> Basis {
        let Some(arrays) = arrays else {
            return Basis::Inferred;
        };
        // The client knows one style; another one in the docs would need code first.
        if let Some(style) = &arrays.style {
            self.word(style, "style of arrays in a query", &["repeat"], |it| it);
        }
        self.prose(arrays.because.as_ref());
        arrays
            .basis
            .as_ref()
            .and_then(|basis| self.word(basis, "basis", Basis::ALL, Basis::as_str))
            .unwrap_or(Basis::Inferred)
    }
}

/// Text that needs no check.
pub(super) fn plain(text: Option<&Text>) -> String {
    text.map(|text| text.value.clone()).unwrap_or_default()
}
