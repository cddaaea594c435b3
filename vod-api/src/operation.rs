//! The facts about each operation of the service, for code that works with any of them.
//!
//! [`Operation`] is a bound for all requests. [`Paginated`], [`Batched`] and [`StartsTask`] are
//! bounds for those that list, take several values, or start a task. [`Operation::META`] says where
//! each parameter travels and what its limits are:
//!
//! ```
//! use vod_api::{Batched, Operation};
//! use vod_api::model::DeleteThumbnailsRequest;
//!
//! let meta = DeleteThumbnailsRequest::META;
//! assert_eq!((meta.method.as_str(), meta.idempotent), ("DELETE", true));
//! let tasks = meta.parameters.iter().find(|parameter| parameter.property.name == "task_id");
//! let limits = tasks.map(|parameter| parameter.property.schema.item_limits());
//! assert_eq!(limits, Some((0, DeleteThumbnailsRequest::BATCH_SIZE)));
//! ```

pub use crate::facts::{
    BatchFacts, Batched, Condition, Constraint, Demand, Described, ItemOutcomes, LengthUnit,
    ListedByTime, Literal, ObjectFacts, Operation, OperationMeta, OutcomeFacts, PageStyle,
    Paginated, Pagination, Parameter, Place, Property, RateLimit, Schema, SchemaKind, StartsTask,
    Success, TaskFacts, Test, Window,
};

/// All operations, in the order of the docs.
pub fn all() -> &'static [&'static OperationMeta] {
    crate::generated::OPERATIONS
}

/// Finds an operation by its name, such as `DeleteThumbnails`.
pub fn find(name: &str) -> Option<&'static OperationMeta> {
    all().iter().find(|meta| meta.name == name).copied()
}
