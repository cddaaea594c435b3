//! What people say of media assets that they create.

use clap::{Arg, ArgMatches};
use serde_json::{Map, Value, json};
use vod_api::Client;
use vod_api::operation::OperationMeta;
use vod_api::support::preview::{Limits, preview};

use crate::commands::flag;
use crate::commands::lookup;
use crate::exit::Failure;

/// What is said of each media asset. The members of requests have the same names in all operations
/// that create media assets.
#[derive(Debug, Clone, Default)]
pub(super) struct Media {
    pub(super) title: Option<String>,
    pub(super) description: Option<String>,
    /// As it was given, until it is looked up.
    pub(super) category: Option<String>,
    pub(super) category_id: Option<i32>,
    pub(super) tags: Option<String>,
    pub(super) template: Option<String>,
    pub(super) publish: Option<bool>,
}

/// The flags.
pub(super) fn flags() -> Vec<Arg> {
    let flags = [
        flag::value("title", "TITLE", "Title; by default the name of the file"),
        flag::value("description", "TEXT", "Description"),
        flag::value("category", "NAME", "Category: its name, path or id"),
        flag::value("tags", "TAGS", "Tags, with commas between them"),
        flag::value("template", "GROUP", "Transcodes by this template group"),
        flag::switch(
            "publish",
            "Publishes when all is done, as the service does by default",
        ),
        flag::switch("no-publish", "Does not publish").overrides_with("publish"),
    ];
    flags
        .map(|flag| flag.help_heading("Media asset"))
        .into_iter()
        .collect()
}

impl Media {
    /// What the flags say.
    pub(super) fn read(matches: &ArgMatches) -> Self {
        let text = |name| matches.get_one::<String>(name).cloned();
        let publish = match (matches.get_flag("publish"), matches.get_flag("no-publish")) {
            (_, true) => Some(false),
            (true, false) => Some(true),
            (false, false) => None,
        };
        Self {
            title: text("title"),
            description: text("description"),
            category: text("category"),
            category_id: None,
            tags: text("tags"),
            template: text("template"),
            publish,
        }
    }

    /// Finds the category by its name.
    ///
    /// # Errors
    ///
    /// There is none of the name, or several, or a call has failed.
    pub(super) async fn look_up(&mut self, client: &Client) -> Result<(), Failure> {
        let Some(name) = &self.category else {
            return Ok(());
        };
        let id = lookup::category(client, name).await?;
        let id = i32::try_from(id)
            .map_err(|_| Failure::usage(format!("--category: there can be no category {id}")))?;
        self.category_id = Some(id);
        Ok(())
    }

    /// The members of a request.
    pub(super) fn members(&self) -> Map<String, Value> {
        let members = [
            ("title", self.title.as_ref().map(|it| json!(it))),
            ("description", self.description.as_ref().map(|it| json!(it))),
            ("category_id", self.category_id.map(|it| json!(it))),
            ("tags", self.tags.as_ref().map(|it| json!(it))),
            (
                "template_group_name",
                self.template.as_ref().map(|it| json!(it)),
            ),
            ("auto_publish", self.publish.map(|it| json!(it))),
        ];
        let given = members
            .into_iter()
            .filter_map(|(name, value)| Some((name.to_owned(), value?)));
        given.collect()
    }
}

/// Refuses a request that breaks a documented limit, before anything is sent.
///
/// # Errors
///
/// The first mistake, with the flag that has it.
pub(super) fn check(meta: &'static OperationMeta, request: &Value) -> Result<(), Failure> {
    let Err(mistake) = preview(meta, request, Limits::Checked) else {
        return Ok(());
    };
    let inside = mistake.inside();
    // In a list of files, the member that is at fault stands behind the place in the list.
    let member = match inside.rsplit_once('.') {
        Some((_, member)) => member,
        None => mistake.parameter().unwrap_or_default(),
    };
    let flag = match member {
        "template_group_name" => "--template",
        "category_id" => "--category",
        "auto_publish" => "--publish",
        "title" => "--title",
        "description" => "--description",
        "tags" => "--tags",
        member => member,
    };
    let message = mistake.message(str::to_owned);
    Err(Failure::usage(format!(
        "{flag} {message} (nothing was sent)"
    )))
}
