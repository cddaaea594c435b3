//! Uploads of files: the parameters that `upload` names exist.

use super::Validator;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Parameter, Upload};
use crate::near::near;
use crate::raw;
use crate::yaml::read::Text;

impl Validator<'_> {
    pub(super) fn upload(&mut self, raw: &raw::Upload, parameters: &[Parameter]) -> Upload {
        for (index, name) in raw.own.iter().enumerate() {
            self.known_parameter(name, parameters);
            let mut earlier = raw.own.iter().take(index);
            if let Some(first) = earlier.find(|it| it.value == name.value) {
                let message = format!("`{}` is given twice", name.value);
                self.report(
                    Diagnostic::new(Code::UploadField, name.span, message)
                        .related(first.span, "the first one")
                        .help("keep one of the two"),
                );
            }
        }
        Upload {
            own: raw.own.clone(),
        }
    }

    fn known_parameter(&mut self, name: &Text, parameters: &[Parameter]) {
        let names = parameters.iter().map(|it| it.field.name.value.as_str());
        if names.clone().any(|it| it == name.value) {
            return;
        }
        let message = format!("the request has no `{}`", name.value);
        let help = match near(&name.value, names) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "name a parameter that the request has".to_owned(),
        };
        self.report(Diagnostic::new(Code::UploadField, name.span, message).help(help));
    }
}
