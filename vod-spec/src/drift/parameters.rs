//! Tables of parameters: path, query, headers and body.

use vod_page::{Place, Row, Source, Subject};

use crate::format::rule::Rule;
use crate::model::{self, Field, Limits, PROJECT_ID, ScalarType, StatedIn, Type};
use crate::source::{Span, Spanned};

use super::rows::Table;
use super::values::Match;
use super::{Comparer, Direction};

/// Headers that the client sends by itself, whoever authenticates how. They are part of no description.
const OWN_HEADERS: &[&str] = &["Content-Type", "Host"];

impl<'p> Comparer<'_, 'p> {
    pub(super) fn parameters(&mut self) {
        for (place, ours) in [
            (Place::Path, Some(model::Place::Path)),
            (Place::Query, Some(model::Place::Query)),
            (Place::Header, None),
            (Place::Body, Some(model::Place::Body)),
        ] {
            let table = Table {
                at: Subject::from(place).into(),
                direction: Direction::Request,
                headers: place == Place::Header,
                added: Rule::ParameterAdded,
                removed: Rule::ParameterRemoved,
                line: self
                    .page
                    .http
                    .as_ref()
                    .map_or_else(|| self.top(), |it| it.line),
                place: self.operation.places.http,
            };
            let page = self.page;
            let of_place = page.parameters.iter().filter(|(it, _)| *it == place);
            let rows: Vec<_> = of_place.map(|(_, row)| row).collect();
            let implied = match place {
                Place::Path => self.project_id(),
                Place::Header => self.headers(),
                Place::Query | Place::Body => Vec::new(),
            };
            self.implied(&table, &implied, &rows);
            let is_own = |name: &str| OWN_HEADERS.iter().any(|own| own.eq_ignore_ascii_case(name));
            let is_implied = |name: &str| {
                implied.iter().any(|it| table.is_same(&it.name.value, name))
                    || place == Place::Header && is_own(name)
            };
            let others: Vec<_> = rows
                .into_iter()
                .filter(|row| !is_implied(&row.name.value))
                .collect();
            let operation = self.operation;
            let fields = operation
                .parameters
                .iter()
                .filter(|it| Some(it.place) == ours);
            self.rows(&table, fields.map(|it| &it.field), &others);
        }
    }

    /// Parameters that the operation does not list itself: only that they are there, mandatory or not, and their
    /// types can differ.
    fn implied(&mut self, table: &Table, fields: &[Field], rows: &[&'p Row]) {
        let whole = self.whole(rows);
        let others = self.findings.len();
        for field in fields {
            let same = table.named(&whole, &field.name.value);
            if same.is_empty() {
                // Documents leave headers out that the vendor's own client adds.
                if !(table.headers && self.page.source == Source::ApiExplorer) {
                    self.row_removed(table, field, rows);
                }
                continue;
            }
            self.presence(table, field, &same);
            let at = table.at.member(&field.name.value);
            for row in same {
                self.cell_type(Match {
                    at: &at,
                    direction: table.direction,
                    field,
                    row,
                });
            }
        }
        // They have no entry that could be edited.
        for finding in self.findings.iter_mut().skip(others) {
            finding.fix = None;
        }
    }

    fn project_id(&self) -> Vec<Field> {
        let has_it = self.operation.path.contains(&format!("{{{PROJECT_ID}}}"));
        let field = text_field(PROJECT_ID, true, self.operation.places.http);
        has_it.then_some(field).into_iter().collect()
    }

    /// The headers of the auth schemes; one is mandatory if no scheme does without it.
    fn headers(&self) -> Vec<Field> {
        let is_accepted = |name: &String| self.operation.auth.contains(name);
        let schemes = self
            .api
            .service
            .auth
            .iter()
            .filter(|it| is_accepted(&it.name));
        let schemes: Vec<_> = schemes.map(|it| it.headers.as_slice()).collect();
        let mut fields = Vec::<Field>::new();
        for header in schemes.iter().copied().flatten() {
            let has_it = |scheme: &&[model::Header]| scheme.iter().any(|it| it.name == header.name);
            if !fields.iter().any(|it| it.name.value == header.name) {
                let required = schemes.iter().all(has_it);
                fields.push(text_field(
                    &header.name,
                    required,
                    self.operation.places.auth,
                ));
            }
        }
        fields
    }
}

fn text_field(name: &str, required: bool, place: Span) -> Field {
    Field {
        name: Spanned::new(name.to_owned(), place),
        ty: Type::Scalar(ScalarType::String),
        doc: String::new(),
        required,
        default: None,
        flag: false,
        time: None,
        only: None,
        limits: Limits::default(),
        stated_in: StatedIn::default(),
        blank: true,
        batch: false,
        aliases: Vec::new(),
        absent: None,
        sensitive: false,
        deprecated: None,
        rust: None,
    }
}
