//! Finds the operation that a request is for.

use http::Method;

use crate::uri;
use vod_api::operation::OperationMeta;

/// An operation, and the values in its path, unescaped, by name; the project id is one of them.
pub(crate) struct Route {
    pub(crate) meta: &'static OperationMeta,
    pub(crate) values: Vec<(&'static str, String)>,
}

impl Route {
    pub(crate) fn project_id(&self) -> Option<&str> {
        let mut values = self.values.iter();
        let (_, id) = values.find(|(name, _)| *name == "project_id")?;
        Some(id)
    }
}

/// The operation whose path fits best: the one with the fewest variable parts.
pub(crate) fn find(
    operations: &[&'static OperationMeta],
    method: &Method,
    path: &str,
) -> Option<Route> {
    let fits = operations.iter().filter_map(|meta| {
        let values = matches(meta.path, path)?;
        (meta.method == *method).then_some(Route { meta, values })
    });
    fits.min_by_key(|route| route.values.len())
}

fn matches(template: &'static str, path: &str) -> Option<Vec<(&'static str, String)>> {
    let (template, path) = (template.split('/'), path.split('/'));
    if template.clone().count() != path.clone().count() {
        return None;
    }
    let mut values = Vec::new();
    for (template, segment) in template.zip(path) {
        let Some((before, rest)) = template.split_once('{') else {
            if template != segment {
                return None;
            }
            continue;
        };
        let (name, after) = rest.split_once('}')?;
        let value = segment.strip_prefix(before)?.strip_suffix(after)?;
        if value.is_empty() {
            return None;
        }
        values.push((name, uri::decode(value).into_owned()));
    }
    Some(values)
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn operation(name: &'static str, method: Method, path: &'static str) -> OperationMeta {
        OperationMeta {
            name,
            method,
            path,
            section: "Tests",
            title: "Test",
            summary: "Is a test.",
            deprecated: None,
            docs: None,
            idempotent: false,
            body: false,
            parameters: &[],
            constraints: &[],
            success: 200,
            reply: None,
            example: None,
            pagination: None,
            batch: None,
            outcome: None,
            tasks: &[],
            rate: None,
            normalize: vod_api::support::normalize::<serde_json::Value>,
        }
    }

    static OPERATIONS: &[&OperationMeta] = &[
        &operation("Show", Method::GET, "/v1/{project_id}/asset/{asset_id}"),
        &operation("List", Method::GET, "/v1/{project_id}/asset/all"),
        &operation("Drop", Method::DELETE, "/v1/{project_id}/asset/{asset_id}"),
        &operation("Stop", Method::POST, "/v1/{project_id}/asset/x-{task}:stop"),
    ];

    fn name(method: Method, path: &str) -> Option<(&'static str, Vec<String>)> {
        let route = find(OPERATIONS, &method, path)?;
        let values = route.values.into_iter().map(|(_, value)| value).collect();
        Some((route.meta.name, values))
    }

    #[test]
    fn finds_by_method_and_path() {
        let values = |values: &[&str]| values.iter().map(|&value| value.to_owned()).collect();
        assert_eq!(
            name(Method::GET, "/v1/p/asset/a%2Fb%20c"),
            Some(("Show", values(&["p", "a/b c"])))
        );
        assert_eq!(
            name(Method::GET, "/v1/p/asset/all"),
            Some(("List", values(&["p"])))
        );
        assert_eq!(
            name(Method::DELETE, "/v1/p/asset/all"),
            Some(("Drop", values(&["p", "all"])))
        );
        assert_eq!(
            name(Method::POST, "/v1/p/asset/x-7:stop"),
            Some(("Stop", values(&["p", "7"])))
        );
        for path in [
            "/v1/p/asset",
            "/v1/p/asset/",
            "/v1//asset/a",
            "/v1/p/asset/a/",
            "/v2/p/asset/a",
            "",
        ] {
            assert_eq!(name(Method::GET, path), None, "{path}");
        }
        assert_eq!(name(Method::PUT, "/v1/p/asset/a"), None);
    }
}
