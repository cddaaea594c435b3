//! The keys of the format: one table per kind of map.
//!
//! The reader refuses every other key, and `spec/README.md` documents exactly these; a test holds the two together.

pub(crate) mod rule;
pub(crate) mod type_expr;

/// The keys that one kind of map may have.
#[derive(Debug)]
pub struct Keys {
    /// What the map describes.
    pub of: &'static str,
    /// The keys, in the order in which they are documented.
    pub keys: &'static [Key],
}

/// One key of a map.
#[derive(Debug)]
pub struct Key {
    /// The key.
    pub name: &'static str,
    /// Whether the map is incomplete without it.
    pub required: bool,
}

const fn must(name: &'static str) -> Key {
    Key {
        name,
        required: true,
    }
}

const fn may(name: &'static str) -> Key {
    Key {
        name,
        required: false,
    }
}

impl Keys {
    pub(crate) fn get(&self, name: &str) -> Option<&Key> {
        self.keys.iter().find(|key| key.name == name)
    }
}

/// All tables, in the order in which they are documented.
pub static TABLES: &[&Keys] = &[
    &OPERATION,
    &PERMISSION,
    &IDEMPOTENT,
    &FIELD,
    &LIMIT,
    &LENGTH,
    &TIME,
    &FROM,
    &CONSTRAINT,
    &PAGINATION,
    &WINDOW,
    &WAIT,
    &UPLOAD,
    &OUTCOME,
    &RESPONSE,
    &TYPE,
    &VALUE,
    &DEVIATION,
    &EVENT,
    &SERVICE,
    &AUTH_SCHEME,
    &HEADER,
    &QUERY_ARRAYS,
    &ERROR_CODE,
    &RATE,
    &SECTION,
    &SHARED_TYPES,
];

pub(crate) static OPERATION: Keys = Keys {
    of: "operation",
    keys: &[
        must("operation"),
        must("title"),
        must("section"),
        may("updated"),
        may("page"),
        must("summary"),
        may("description"),
        may("deprecated"),
        may("search"),
        must("http"),
        must("auth"),
        may("permission"),
        may("idempotent"),
        may("path"),
        may("query"),
        may("body"),
        may("example"),
        may("constraints"),
        may("pagination"),
        may("wait"),
        may("upload"),
        may("outcome"),
        must("responses"),
        may("types"),
        may("deviations"),
    ],
};

pub(crate) static PERMISSION: Keys = Keys {
    of: "permission",
    keys: &[
        must("action"),
        must("access"),
        may("resource"),
        may("condition_keys"),
        may("alias"),
        may("dependencies"),
        may("from"),
    ],
};

pub(crate) static IDEMPOTENT: Keys = Keys {
    of: "idempotent",
    keys: &[must("value"), must("basis")],
};

pub(crate) static FIELD: Keys = Keys {
    of: "field",
    keys: &[
        must("type"),
        must("doc"),
        may("required"),
        may("default"),
        may("flag"),
        may("time"),
        may("only"),
        may("range"),
        may("length"),
        may("blank"),
        may("min_items"),
        may("max_items"),
        may("from"),
        may("batch"),
        may("aliases"),
        may("absent"),
        may("sensitive"),
        may("deprecated"),
        may("rust"),
    ],
};

pub(crate) static LIMIT: Keys = Keys {
    of: "limit",
    keys: &[may("min"), may("max")],
};

pub(crate) static LENGTH: Keys = Keys {
    of: "length",
    keys: &[may("min"), may("max"), may("unit")],
};

pub(crate) static TIME: Keys = Keys {
    of: "time",
    keys: &[must("form"), may("zone"), may("basis")],
};

pub(crate) static FROM: Keys = Keys {
    of: "from",
    keys: &[may("limits"), may("default"), may("values")],
};

pub(crate) static CONSTRAINT: Keys = Keys {
    of: "constraint",
    keys: &[
        may("at_least_one"),
        may("exactly_one"),
        may("at_most_one"),
        may("together"),
        may("required"),
        may("allowed"),
        may("if"),
        must("basis"),
        may("doc"),
    ],
};

/// The keys of a constraint that name the fields it is about. Each constraint has one of them.
pub(crate) const DEMANDS: &[&str] = &[
    "at_least_one",
    "exactly_one",
    "at_most_one",
    "together",
    "required",
    "allowed",
];

pub(crate) static PAGINATION: Keys = Keys {
    of: "pagination",
    keys: &[
        must("style"),
        must("position"),
        must("size"),
        must("items"),
        may("total"),
        may("next"),
        may("first"),
        may("ceiling"),
        may("window"),
    ],
};

pub(crate) static WINDOW: Keys = Keys {
    of: "window",
    keys: &[must("from"), must("to"), must("id"), must("basis")],
};

pub(crate) static WAIT: Keys = Keys {
    of: "wait",
    keys: &[
        may("asked_by"),
        must("operation"),
        must("pass"),
        may("set"),
        may("since"),
        must("state"),
        must("done"),
        must("failed"),
        may("earlier"),
        may("together"),
        may("reason"),
        may("reason_part"),
        may("explained_by"),
    ],
};

pub(crate) static UPLOAD: Keys = Keys {
    of: "upload",
    keys: &[must("own")],
};

pub(crate) static OUTCOME: Keys = Keys {
    of: "outcome",
    keys: &[
        must("items"),
        may("state"),
        may("ok"),
        may("error"),
        must("basis"),
    ],
};

pub(crate) static RESPONSE: Keys = Keys {
    of: "response",
    keys: &[
        must("doc"),
        may("error"),
        may("headers"),
        may("fields"),
        may("type"),
        may("example"),
    ],
};

pub(crate) static TYPE: Keys = Keys {
    of: "type",
    keys: &[
        must("doc"),
        may("fields"),
        may("constraints"),
        may("values"),
        may("rust"),
    ],
};

pub(crate) static VALUE: Keys = Keys {
    of: "value",
    keys: &[must("doc"), may("aliases"), may("rust"), may("deprecated")],
};

pub(crate) static DEVIATION: Keys = Keys {
    of: "deviation",
    keys: &[
        must("rule"),
        must("at"),
        may("source"),
        may("states"),
        must("because"),
    ],
};

pub(crate) static EVENT: Keys = Keys {
    of: "event",
    keys: &[
        must("event"),
        must("title"),
        may("updated"),
        must("page"),
        must("summary"),
        may("description"),
        must("member"),
        may("fields"),
        must("examples"),
        may("types"),
        may("deviations"),
    ],
};

pub(crate) static SERVICE: Keys = Keys {
    of: "service",
    keys: &[
        must("service"),
        must("title"),
        must("endpoint"),
        must("regions"),
        must("project_id"),
        must("auth"),
        must("query_arrays"),
        must("error"),
        may("error_codes"),
        may("event"),
        may("rates"),
        must("sections"),
    ],
};

pub(crate) static AUTH_SCHEME: Keys = Keys {
    of: "auth scheme",
    keys: &[must("doc"), must("headers")],
};

pub(crate) static HEADER: Keys = Keys {
    of: "header",
    keys: &[must("doc"), may("sensitive")],
};

pub(crate) static QUERY_ARRAYS: Keys = Keys {
    of: "query arrays",
    keys: &[must("style"), must("basis"), must("because")],
};

pub(crate) static ERROR_CODE: Keys = Keys {
    of: "error code",
    keys: &[
        must("name"),
        may("kind"),
        must("status"),
        may("failure"),
        may("basis"),
        must("doc"),
    ],
};

pub(crate) static RATE: Keys = Keys {
    of: "rate",
    keys: &[
        must("per_minute"),
        may("all_tenants"),
        must("operations"),
        must("basis"),
        must("doc"),
    ],
};

pub(crate) static SECTION: Keys = Keys {
    of: "section",
    keys: &[must("doc"), may("order")],
};

pub(crate) static SHARED_TYPES: Keys = Keys {
    of: "shared types",
    keys: &[must("types")],
};
