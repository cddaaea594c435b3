//! Types of a draft: what they are called, and which are new.

use std::collections::BTreeSet;

use vod_page::{CellType, Row, Source, Stated};

use crate::format::type_expr::is_type_name;
use crate::model::{Api, Direction, TypeDef, TypeKind};

use super::{BLANK, Draft, Owner, key, once};

impl<'p> Draft<'p> {
    /// The type of a row; values that it lists become an enum.
    pub(super) fn field_type(
        &mut self,
        row: &'p Row,
        cell: Option<&CellType>,
        owner: &str,
    ) -> Option<String> {
        let is_text = |cell: &CellType| match cell {
            CellType::Array(inner) => **inner == CellType::String,
            cell => *cell == CellType::String,
        };
        let cell = cell?;
        if row.values.is_empty() || !is_text(cell) {
            return self.type_text(cell, row.name.line);
        }
        let mut known = BTreeSet::new();
        let values = row.values.iter().map(|it| it.value.as_str());
        let values: Vec<_> = values.filter(|it| known.insert(*it)).collect();
        let wanted = format!("{owner}{}", pascal(&row.name.value));
        let same = |(name, other): &&(String, Vec<&str>)| *name == wanted && *other == values;
        let name = match self.enums.iter().find(same) {
            Some((name, _)) => name.clone(),
            None => {
                let name = self.names.free(wanted);
                self.enums.push((name.clone(), values));
                name
            }
        };
        Some(if matches!(cell, CellType::Array(_)) {
            format!("array<{name}>")
        } else {
            name
        })
    }

    pub(super) fn type_text(&self, cell: &CellType, line: usize) -> Option<String> {
        Some(match cell {
            CellType::String => "string".to_owned(),
            CellType::Boolean => "bool".to_owned(),
            CellType::Integer => "int32".to_owned(),
            CellType::Long => "int64".to_owned(),
            CellType::Number => "double".to_owned(),
            CellType::Array(inner) => format!("array<{}>", self.type_text(inner, line)?),
            CellType::Map(inner) => format!("map<{}>", self.type_text(inner, line)?),
            CellType::Object(name) => self.type_name(name, line),
            CellType::AnyObject => "any".to_owned(),
            CellType::Unknown(_) => return None,
        })
    }

    /// What names begin with that say nothing by themselves: the operation, or where it has no name
    /// yet, what its path ends with.
    pub(super) fn prefix(&self) -> String {
        let path = self.page.http.as_ref().map(|it| it.value.1.as_str());
        let mut words = path.unwrap_or_default().rsplit('/');
        let word = words.find(|it| !it.is_empty() && !it.contains('{'));
        self.name
            .map_or_else(|| pascal(word.unwrap_or_default()), str::to_owned)
    }

    /// Chooses what the types of the page are called here: names are unique in the whole
    /// description. A page can have several tables of one name.
    pub(super) fn name_types(&mut self) {
        let page = self.page;
        for (index, table) in page.types.iter().enumerate() {
            let wire = table.name.value.as_str();
            let earlier = page.types.iter().take(index);
            let same = earlier
                .filter(|it| it.name.value == wire)
                .find(|it| is_same(&it.fields, &table.fields));
            if let Some(same) = same {
                let name = self.type_name(wire, same.name.line.saturating_sub(1));
                self.names.of_tables.push((table.name.clone(), name));
                continue;
            }
            let plain = if is_type_name(wire) {
                wire.to_owned()
            } else {
                pascal(wire)
            };
            let taken = self.taken(&plain);
            let is_shared = taken.is_some_and(|ty| self.is_shared(ty, wire));
            let needs_more = taken.is_some() || is_common(&plain) || !is_type_name(&plain);
            let name = match is_shared {
                true => plain,
                false if needs_more => {
                    let prefix = self.prefix();
                    self.names.free(format!("{prefix}{plain}"))
                }
                false => self.names.free(plain),
            };
            self.names.of_tables.push((table.name.clone(), name));
        }
    }

    /// What a type is called here that the page names on a line: the next table of that name, or
    /// else the first one, is its.
    pub(super) fn type_name(&self, page: &str, line: usize) -> String {
        let tables = self.names.of_tables.iter();
        let tables = || tables.clone().filter(|(it, _)| it.value == page);
        let next = tables().find(|(it, _)| it.line >= line);
        let chosen = next.or_else(|| tables().next());
        chosen.map_or_else(
            || {
                if is_type_name(page) {
                    page.to_owned()
                } else {
                    pascal(page)
                }
            },
            |(_, name)| name.clone(),
        )
    }

    /// The type of another file that has a name.
    fn taken(&self, name: &str) -> Option<&'p TypeDef> {
        let own = self.known.map(|it| it.file.as_str());
        self.api
            .types
            .iter()
            .find(|ty| ty.name.value == name && Some(ty.file.as_str()) != own)
    }

    /// Whether a type of `types/` is what the table of the page describes.
    fn is_shared(&self, ty: &TypeDef, page: &str) -> bool {
        let table = self.page.types.iter().find(|it| it.name.value == page);
        let theirs: BTreeSet<_> = table
            .into_iter()
            .flat_map(|it| &it.fields)
            .map(|row| row.name.value.as_str())
            .collect();
        let TypeKind::Object(fields) = &ty.kind else {
            return false;
        };
        let ours: BTreeSet<_> = fields.iter().map(|it| it.name.value.as_str()).collect();
        ty.file.starts_with("types/") && ours == theirs
    }

    pub(super) fn types(&mut self) {
        let mut written = BTreeSet::new();
        let page = self.page;
        // Errors have one body for all operations.
        let used = (page.source == Source::ApiExplorer).then(|| self.used());
        let used = used.as_ref();
        for table in &page.types {
            let name = self.type_name(&table.name.value, table.name.line);
            let taken = self.taken(&name);
            let is_shared = taken.is_some_and(|ty| self.is_shared(ty, &table.name.value));
            let is_used = used.is_none_or(|it| it.contains(table.name.value.as_str()));
            if is_shared || !is_used || !written.insert(name.clone()) {
                continue;
            }
            self.types_key(written.len());
            // What a reply alone holds is never required.
            let is_sent = table.fields.iter().any(|row| row.mandatory.is_some());
            let owner = Owner {
                name: &name,
                direction: if is_sent {
                    Direction::Request
                } else {
                    Direction::Reply
                },
                place: None,
            };
            let first = page
                .types
                .iter()
                .find(|it| it.name.value == table.name.value);
            if first.is_some_and(|it| it.name.line != table.name.line) {
                self.out.comment(&format!(
                    "The page has several tables `{}`: this is that of line {}.",
                    table.name.value, table.name.line
                ));
            }
            self.out.open(&name);
            self.out.entry("doc", BLANK);
            self.fields("fields", &once(&table.fields), owner);
            self.out.close();
        }
        for (name, values) in std::mem::take(&mut self.enums) {
            if !written.insert(name.clone()) {
                continue;
            }
            self.types_key(written.len());
            self.out.open(&name);
            self.out.entry("doc", BLANK);
            self.out.open("values");
            for value in values {
                self.out.entry(&key(value), BLANK);
            }
            self.out.close();
            self.out.close();
        }
        if !written.is_empty() {
            self.out.close();
        }
    }

    /// The names of the types that the request and the replies lead to that say that it worked.
    fn used(&self) -> BTreeSet<&'p str> {
        let page = self.page;
        let worked = page.responses.iter();
        let worked = worked.filter(|it| (200..300).contains(&it.status.value));
        let cells = |rows: &'p [Row]| rows.iter().filter_map(|row| row.ty.as_ref());
        let mut due: Vec<&CellType> = page
            .parameters
            .iter()
            .filter_map(|(_, row)| row.ty.as_ref())
            .chain(worked.flat_map(|it| cells(&it.fields).chain(&it.body)))
            .map(|it| &it.value)
            .collect();
        let mut used = BTreeSet::new();
        while let Some(cell) = due.pop() {
            match cell {
                CellType::Array(inner) | CellType::Map(inner) => due.push(inner),
                CellType::Object(name) if used.insert(name.as_str()) => {
                    let table = page.types.iter().find(|it| it.name.value == *name);
                    let rows = table.map_or(&[][..], |it| it.fields.as_slice());
                    due.extend(cells(rows).map(|it| &it.value));
                }
                _ => {}
            }
        }
        used
    }

    /// The key that all types stand below, before the first one.
    fn types_key(&mut self, count: usize) {
        if count == 1 {
            self.out.gap();
            self.out.open("types");
        }
    }
}

/// The names of the types of a draft.
pub(super) struct Names {
    /// Of the tables of the page: what each is called there, on which line, and here.
    of_tables: Vec<(Stated<String>, String)>,
    /// Those of the description and of the draft.
    used: BTreeSet<String>,
}

impl Names {
    /// With the types of the description that stand in other files than this one.
    pub(super) fn beside(api: &Api, own: Option<&str>) -> Self {
        let others = api.types.iter().filter(|ty| Some(ty.file.as_str()) != own);
        Self {
            of_tables: Vec::new(),
            used: others.map(|ty| ty.name.value.clone()).collect(),
        }
    }

    /// The name, or that with a number if there is one already.
    fn free(&mut self, name: String) -> String {
        let mut chosen = name.clone();
        let mut count = 1;
        while !self.used.insert(chosen.clone()) {
            count += 1;
            chosen = format!("{name}{count}");
        }
        chosen
    }
}

/// Names that say nothing outside of their document.
const COMMON: &[&str] = &[
    "Action",
    "Audio",
    "Base",
    "Body",
    "Common",
    "Config",
    "Content",
    "Data",
    "Detail",
    "Details",
    "Entry",
    "Error",
    "Filter",
    "Group",
    "Image",
    "Info",
    "Input",
    "Item",
    "Job",
    "Key",
    "Kind",
    "Link",
    "List",
    "Log",
    "Map",
    "Meta",
    "MetaData",
    "Metadata",
    "Name",
    "Object",
    "Option",
    "Output",
    "Page",
    "Param",
    "Parameter",
    "Params",
    "Port",
    "Property",
    "Record",
    "Ref",
    "Request",
    "Resource",
    "Response",
    "Result",
    "Results",
    "Rule",
    "Set",
    "Setting",
    "Settings",
    "Source",
    "Stat",
    "State",
    "Status",
    "String",
    "Tag",
    "Tags",
    "Target",
    "Task",
    "Template",
    "Time",
    "Type",
    "Url",
    "User",
    "Value",
    "Values",
    "Vec",
    "Video",
];

fn is_common(name: &str) -> bool {
    COMMON.contains(&name)
}

/// Whether two tables state the same of the same fields.
fn is_same(a: &[Row], b: &[Row]) -> bool {
    let facts = |rows: &[Row]| {
        let rows = rows.iter().map(|row| {
            let ty = row.ty.as_ref().map(|it| it.value.clone());
            let states = row.states.iter().map(|it| it.value.clone());
            let values = row.values.iter().map(|it| it.value.clone());
            (
                row.name.value.clone(),
                row.mandatory.as_ref().map(|it| it.value),
                ty,
                states.collect::<Vec<_>>(),
                values.collect::<Vec<_>>(),
            )
        });
        rows.collect::<Vec<_>>()
    };
    facts(a) == facts(b)
}

/// `task_id` as a part of the name of a type.
fn pascal(name: &str) -> String {
    let words = name.split(|c: char| !c.is_ascii_alphanumeric());
    words
        .filter_map(|word| {
            let first = word.chars().next()?;
            Some(first.to_ascii_uppercase().to_string() + word.get(1..)?)
        })
        .collect()
}
