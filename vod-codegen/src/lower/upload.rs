//! Uploads of files: the parameters that users set on them.

use vod_spec::{Code, Diagnostic, model};

use super::Lowering;
use super::reserved::RESERVED_PARAMETERS_OF_UPLOADS;
use crate::rust::{Field, Struct};

impl Lowering<'_> {
    /// The fields of the request that an upload has setters for: all but those that it sets itself.
    pub(super) fn upload(&mut self, operation: &model::Operation, request: &Struct) -> Vec<Field> {
        let Some(upload) = &operation.upload else {
            return Vec::new();
        };
        let mut set = Vec::new();
        for (parameter, field) in operation.parameters.iter().zip(&request.fields) {
            if upload.own.iter().any(|own| own.value == field.wire) {
                continue;
            }
            if RESERVED_PARAMETERS_OF_UPLOADS.contains(&field.name.as_str()) {
                let model = &parameter.field;
                self.diagnostics.push(
                    Diagnostic::new(
                        Code::ReservedName,
                        model.rust.as_ref().unwrap_or(&model.name).span,
                        format!(
                            "a field cannot be called `{}`: uploads have a method of that name",
                            field.name
                        ),
                    )
                    .help("add `rust:` with another name"),
                );
            }
            set.push(field.clone());
        }
        set
    }
}
