//! The path of a call, made from a template of the docs.

use std::borrow::Cow;

use crate::check::Misfit;
use crate::facts::Property;
use crate::uri;

/// An escaped path without the project id, which may have to be looked up in IAM first.
#[derive(Debug, PartialEq)]
pub(crate) struct Path {
    text: String,
    /// The position where the project id is inserted.
    gap: Option<usize>,
}

impl Path {
    /// Fills a template with the values of its parameters.
    pub(crate) fn fill(
        template: &str,
        values: &[(&'static Property, Cow<'_, str>)],
    ) -> Result<Self, Misfit> {
        // Space for one or two ids.
        let mut text = String::with_capacity(template.len() + 64);
        let mut gap = None;
        let mut rest = template;
        while let Some((before, after)) = rest.split_once('{') {
            let (name, after) = after.split_once('}').unwrap_or((after, ""));
            text.push_str(before);
            rest = after;
            if name == "project_id" {
                gap = Some(text.len());
                continue;
            }
            let mut known = values.iter();
            let Some(&(property, ref value)) = known.find(|(known, _)| known.name == name) else {
                return Err(Misfit::new("is required, but missing").inside(name, name));
            };
            // Such a segment would be removed on the way, and the request would reach another
            // resource.
            if matches!(&**value, "" | "." | "..") {
                let message = format!("cannot be {value:?} in a path");
                return Err(Misfit::of(property, message));
            }
            text.push_str(&uri::encode(value));
        }
        text.push_str(rest);
        Ok(Self { text, gap })
    }

    /// A path that is already escaped and contains `{project_id}` at most once.
    pub(crate) fn escaped(text: &str) -> Self {
        let (text, gap) = match text.split_once("{project_id}") {
            Some((before, after)) => ([before, after].concat(), Some(before.len())),
            None => (text.to_owned(), None),
        };
        Self { text, gap }
    }

    /// Its length without the project id.
    pub(crate) fn len(&self) -> usize {
        self.text.len()
    }

    /// The path for a project.
    pub(crate) fn of_project(&self, id: &str) -> String {
        let Some(gap) = self.gap else {
            return self.text.clone();
        };
        let (before, after) = self.text.split_at(gap);
        [before, id, after].concat()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::Schema;

    static ASSET_ID: Property = Property::new("asset_id", Schema::STRING);

    const TEMPLATE: &str = "/v1/{project_id}/asset/{asset_id}/x";

    fn filled(asset_id: &str) -> Result<String, String> {
        let path = Path::fill(TEMPLATE, &[(&ASSET_ID, asset_id.into())]);
        let path = path.map_err(|error| error.to_string())?;
        Ok(path.of_project("p1"))
    }

    #[test]
    fn escapes_what_it_fills_in() {
        assert_eq!(filled("a b/c{}").unwrap(), "/v1/p1/asset/a%20b%2Fc%7B%7D/x");
        assert_eq!(filled("...").unwrap(), "/v1/p1/asset/.../x");
        let plain = Path::fill("/v3/projects", &[]).unwrap();
        assert_eq!(plain.of_project("p1"), "/v3/projects");
    }

    #[test]
    fn refuses_values_that_change_the_path() {
        for value in ["", ".", ".."] {
            let error = filled(value).unwrap_err();
            assert_eq!(error, format!("asset_id cannot be {value:?} in a path"));
        }
        assert_eq!(
            Path::fill(TEMPLATE, &[]).unwrap_err().to_string(),
            "asset_id is required, but missing"
        );
    }

    #[test]
    fn leaves_what_is_escaped() {
        let path = |text| Path::escaped(text).of_project("p1");
        assert_eq!(path("/v1/{project_id}/a%2Fb"), "/v1/p1/a%2Fb");
        assert_eq!(path("/{project_id}"), "/p1");
        assert_eq!(path("/v3/projects"), "/v3/projects");
    }
}
