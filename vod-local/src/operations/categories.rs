//! Categories of media assets.

use serde_json::{Value, json};
use vod_api::codes;

use super::view::OTHER;
use super::{Answer, Call, Refusal};
use crate::state::{Category, Project};

/// How many categories a category has below it at most; the first level as well.
const CHILDREN: usize = 128;
const LEVELS: usize = 3;

/// `CreateAssetCategory`.
pub(crate) fn create(project: &mut Project, call: &Call<'_>) -> Answer {
    let name = call.text("name").unwrap_or_default();
    let parent = call
        .number("parent_id")
        .filter(|id| *id != 0)
        .map(|id| id.to_string());
    if let Some(parent) = &parent {
        let parent = project.categories.get(parent).ok_or_else(missing)?;
        if level(project, parent) >= LEVELS {
            let message = "The tree of categories has three levels at most.";
            return Err(Refusal::new(codes::CATEGORY_TOO_DEEP, message));
        }
    }
    check_name(project, name, parent.as_deref())?;
    if below(project, parent.as_deref()).count() >= CHILDREN {
        let message = "A category has 128 categories below it at most.";
        return Err(Refusal::new(codes::TOO_MANY_CATEGORIES, message));
    }
    let category = Category {
        id: free_id(project),
        name: name.to_owned(),
        parent,
    };
    let reply = shown(project, call, &category);
    project.categories.insert(category);
    Ok(reply)
}

/// `UpdateAssetCategory`.
pub(crate) fn update(project: &mut Project, call: &Call<'_>) -> Answer {
    let id = call.number("id").unwrap_or_default().to_string();
    let name = call.text("name").unwrap_or_default();
    let category = project.categories.get(&id).ok_or_else(missing)?;
    if category.name != name {
        check_name(project, name, category.parent.as_deref())?;
    }
    let category = project.categories.get_mut(&id).ok_or_else(missing)?;
    name.clone_into(&mut category.name);
    let category = category.clone();
    Ok(shown(project, call, &category))
}

/// `DeleteAssetCategory`.
pub(crate) fn delete(project: &mut Project, call: &Call<'_>) -> Answer {
    let id = call.number("id").unwrap_or_default();
    let roots: Vec<_> = if id == 0 {
        below(project, None)
            .map(|category| category.id.clone())
            .collect()
    } else {
        let category = project
            .categories
            .get(&id.to_string())
            .ok_or_else(missing)?;
        vec![category.id.clone()]
    };
    for root in roots {
        remove(project, &root);
    }
    Ok(Value::Null)
}

/// `ListCategoryInfo`.
pub(crate) fn list(project: &mut Project, call: &Call<'_>) -> Answer {
    let ids = call.parameters["id"].as_array().into_iter().flatten();
    let mut found = Vec::new();
    for id in ids.filter_map(Value::as_i64) {
        let named = match id {
            0 => below(project, None).collect(),
            -1 => {
                let (id, name) = OTHER;
                found.push(json!({"id": id, "name": name, "sub_categories": []}));
                Vec::new()
            }
            id => vec![
                project
                    .categories
                    .get(&id.to_string())
                    .ok_or_else(missing)?,
            ],
        };
        found.extend(named.into_iter().map(|category| {
            let below = below(project, Some(&category.id));
            let below = below.map(|it| json!({"id": it.number(), "name": it.name}));
            let below: Vec<_> = below.collect();
            json!({"id": category.number(), "name": category.name, "sub_categories": below})
        }));
    }
    Ok(found.into())
}

/// `ListAssetCategory`.
pub(crate) fn list_as_text(project: &mut Project, call: &Call<'_>) -> Answer {
    let id = call.number("id").unwrap_or_default();
    let found: Vec<_> = if id == 0 {
        below(project, None).collect()
    } else {
        vec![
            project
                .categories
                .get(&id.to_string())
                .ok_or_else(missing)?,
        ]
    };
    let found = found.into_iter().map(|category| {
        let below = below(project, Some(&category.id));
        let below = below.map(|it| json!({"id": it.id, "name": it.name, "children": []}));
        let below: Vec<_> = below.collect();
        json!({"id": category.id, "name": category.name, "children": below})
    });
    Ok(found.collect())
}

/// An id that no category has: those of a seed are not counted.
fn free_id(project: &mut Project) -> String {
    loop {
        let id = project.count("category").to_string();
        if project.categories.get(&id).is_none() {
            return id;
        }
    }
}

fn missing() -> Refusal {
    Refusal::new(codes::CATEGORY_NOT_FOUND, "The category does not exist.")
}

/// The categories right below one, or those of the first level.
fn below<'p>(project: &'p Project, parent: Option<&'p str>) -> impl Iterator<Item = &'p Category> {
    let all = project.categories.iter();
    all.filter(move |category| category.parent.as_deref() == parent)
}

fn check_name(project: &Project, name: &str, parent: Option<&str>) -> Result<(), Refusal> {
    if below(project, parent).any(|category| category.name == name) {
        let message = format!("There is a category {name} already.");
        return Err(Refusal::new(codes::CATEGORY_EXISTS, message));
    }
    Ok(())
}

/// The level of a category, from 1.
fn level(project: &Project, category: &Category) -> usize {
    let above = |category: &&Category| project.categories.get(category.parent.as_deref()?);
    // A document that somebody wrote can have a circle.
    std::iter::successors(Some(category), above)
        .take(LEVELS + 1)
        .count()
}

fn shown(project: &Project, call: &Call<'_>, category: &Category) -> Value {
    json!({
        "id": category.number(),
        "name": category.name,
        "parent_id": category.parent_number(),
        "level": level(project, category),
        "projectId": call.context.project_id,
    })
}

/// Removes a category and those below it. Media assets go to the built-in category.
fn remove(project: &mut Project, id: &str) {
    let Some(category) = project.categories.remove(id) else {
        return;
    };
    let number = category.number();
    for asset in project.assets.iter_mut() {
        asset.category_id = asset.category_id.filter(|id| *id != number);
    }
    let below: Vec<_> = below(project, Some(id)).map(|it| it.id.clone()).collect();
    for id in below {
        remove(project, &id);
    }
}
