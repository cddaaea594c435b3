//! The words that give a page its structure, in both languages.
//!
//! The languages share no word, so one look-up serves both. Words are compared by their letters and digits alone:
//! spaces, case and the width of punctuation differ between copies of one page.

pub(super) use crate::describe::is_none;
use crate::describe::key;
use crate::facts::Place;

/// Language of a heading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Language {
    English,
    Chinese,
}

/// A section of a page; sections follow each other in this order.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Section {
    /// Above the first heading: breadcrumb, date and title.
    #[default]
    Start,
    Function,
    Constraints,
    /// How to try the API out; states nothing.
    Debugging,
    Authorization,
    Uri,
    Request,
    Response,
    ExampleRequests,
    ExampleResponses,
    /// Code for the vendor's SDKs; states nothing.
    SdkCode,
    StatusCodes,
    ErrorCodes,
    /// Below the page: links and forms for comments.
    End,
}

const SECTIONS: &[(Section, &[&str], &[&str])] = &[
    (
        Section::Function,
        &["function", "functions", "functiondescription"],
        &["功能介绍", "功能描述", "功能"],
    ),
    (
        Section::Constraints,
        &["constraints", "restrictions", "constraintsandlimitations"],
        &["接口约束", "约束与限制", "约束限制", "约束"],
    ),
    (
        Section::Debugging,
        &["debugging", "callingmethod"],
        &["调试", "调用方法"],
    ),
    (
        Section::Authorization,
        &["authorizationinformation"],
        &["授权信息"],
    ),
    (Section::Uri, &["uri"], &["请求uri", "请求url"]),
    (
        Section::Request,
        &["requestparameters", "requestmessage", "request"],
        &["请求参数", "请求消息", "请求"],
    ),
    (
        Section::Response,
        &["responseparameters", "responsemessage", "response"],
        &["响应参数", "响应消息", "返回参数", "响应"],
    ),
    (
        Section::ExampleRequests,
        &["examplerequests", "examplerequest", "samplerequests"],
        &["请求示例", "请求样例"],
    ),
    (
        Section::ExampleResponses,
        &["exampleresponses", "exampleresponse", "sampleresponses"],
        &["响应示例", "返回样例", "返回示例"],
    ),
    (
        Section::SdkCode,
        &["sdksamplecode", "samplesdkcode"],
        &["sdk代码示例"],
    ),
    (
        Section::StatusCodes,
        &[
            "statuscodes",
            "statuscode",
            "returnvalues",
            "returnedvalues",
        ],
        &["状态码", "返回值", "返回码"],
    ),
    (
        Section::ErrorCodes,
        &["errorcodes", "errorcode"],
        &["错误码"],
    ),
];

/// What a line below a page begins with.
const END: &[&str] = &[
    "parenttopic",
    "previoustopic",
    "wasthispagehelpful",
    "父主题",
    "上一篇",
    "文档内容是否对您有帮助",
];

impl Section {
    /// Whether a line without the mark of a heading opens this section, after the given one. Sections go forward only;
    /// and above the first one there may be a menu, which names pages such as "Error Codes".
    pub(super) fn follows(self, current: Self) -> bool {
        self > current && (current != Self::Start || self <= Self::Response)
    }
}

/// A column of one of the tables that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
    Name,
    Mandatory,
    Type,
    Description,
    Action,
    Access,
    Resource,
    ConditionKey,
    Alias,
    Dependency,
    Status,
}

impl Column {
    /// Whether it is a column of the tables that begin with another one.
    pub(super) fn is_of(self, first: Self) -> bool {
        self == first || first.others().contains(&self)
    }

    /// The other columns of the tables that begin with this one.
    pub(super) fn others(self) -> &'static [Self] {
        match self {
            Self::Name => &[Self::Mandatory, Self::Type, Self::Description],
            Self::Action => &[
                Self::Access,
                Self::Resource,
                Self::ConditionKey,
                Self::Alias,
                Self::Dependency,
            ],
            Self::Status => &[Self::Description],
            _ => &[],
        }
    }
}

const COLUMNS: &[(Column, &[&str])] = &[
    (Column::Name, &["parameter", "参数", "参数名", "参数名称"]),
    (
        Column::Mandatory,
        &[
            "mandatory",
            "required",
            "是否必选",
            "是否必填",
            "必选项m可选项o",
        ],
    ),
    (Column::Type, &["type", "parametertype", "参数类型", "类型"]),
    (
        Column::Description,
        &["description", "描述", "说明", "参数说明", "参数描述"],
    ),
    (Column::Action, &["action", "授权项"]),
    (Column::Access, &["accesslevel", "访问级别"]),
    (
        Column::Resource,
        &[
            "resourcetyperequired",
            "resourcetype",
            "资源类型为必须",
            "资源类型",
        ],
    ),
    (Column::ConditionKey, &["conditionkey", "条件键"]),
    (Column::Alias, &["alias", "别名"]),
    (
        Column::Dependency,
        &["dependencies", "dependency", "依赖的授权项"],
    ),
    (Column::Status, &["statuscode", "httpstatuscode", "状态码"]),
];

/// What the caption of a table says that it lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Caption {
    Parameters(Place),
    ResponseBody,
    ResponseHeader,
    Statuses,
    /// The fields of a type.
    Type(String),
    /// Something else.
    Other,
}

fn is_capital(c: char) -> bool {
    c.is_alphabetic() && !c.is_ascii_lowercase()
}

/// The section that a heading opens, and its language.
pub(super) fn section(text: &str) -> Option<(Section, Language)> {
    // A heading is short, begins with a capital and is no sentence: `uri` is a parameter, "Error code." describes one.
    if text.len() > 80 || !text.starts_with(is_capital) || text.ends_with(['.', '。', ';', '；'])
    {
        return None;
    }
    let key = key(text);
    SECTIONS.iter().find_map(|(section, english, chinese)| {
        if english.contains(&key.as_str()) {
            Some((*section, Language::English))
        } else if chinese.contains(&key.as_str()) {
            Some((*section, Language::Chinese))
        } else {
            None
        }
    })
}

/// Whether a text that reads like a heading may as well be the whole of a description, such as `错误码`.
pub(super) fn is_section_or_description(text: &str) -> bool {
    section(text).is_some_and(|(section, _)| {
        matches!(
            section,
            Section::Function | Section::Request | Section::StatusCodes | Section::ErrorCodes
        )
    })
}

/// Whether the page is over here.
pub(super) fn is_end(text: &str) -> bool {
    text.len() <= 400 && {
        let key = key(text);
        END.iter().any(|end| key.starts_with(end))
    }
}

/// The column that a cell of a header names.
pub(super) fn column(text: &str) -> Option<Column> {
    if text.len() > 80 || !text.starts_with(is_capital) {
        return None;
    }
    let key = key(text);
    COLUMNS
        .iter()
        .find(|(_, words)| words.contains(&key.as_str()))
        .map(|(column, _)| *column)
}

/// What a cell of the column "Mandatory" says.
pub(super) fn mandatory(text: &str) -> Option<bool> {
    match text.trim() {
        "Yes" | "yes" | "YES" | "是" | "M" => Some(true),
        "No" | "no" | "NO" | "否" | "O" => Some(false),
        _ => None,
    }
}

/// What follows `Table 3` in the caption of a table.
pub(super) fn captioned(text: &str) -> Option<&str> {
    if text.len() > 160 || text.ends_with(['.', '。']) {
        return None;
    }
    let text = text.trim();
    let rest = text
        .strip_prefix("Table")
        .or_else(|| text.strip_prefix('表'))?
        .trim_start();
    let caption = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    (caption.len() < rest.len()).then(|| caption.trim_matches([' ', ':', '：', '.', '\u{a0}']))
}

/// What a table with this caption lists.
pub(super) fn caption(text: &str) -> Caption {
    let key = key(text);
    let has = |words: &[&str]| words.iter().any(|word| key.contains(word));
    if has(&["parameters", "参数"]) {
        let response = has(&["response", "响应", "返回"]);
        return match () {
            () if response && has(&["header"]) => Caption::ResponseHeader,
            () if response => Caption::ResponseBody,
            () if has(&["header"]) => Caption::Parameters(Place::Header),
            () if has(&["path", "路径", "uri"]) => Caption::Parameters(Place::Path),
            () if has(&["query"]) => Caption::Parameters(Place::Query),
            () if has(&["request", "body", "请求"]) => Caption::Parameters(Place::Body),
            () => type_of_caption(text).map_or(Caption::Other, Caption::Type),
        };
    }
    if has(&["statuscode", "状态码"]) {
        return Caption::Statuses;
    }
    let name = text.trim();
    if may_be_type_name(name) {
        Caption::Type(name.to_owned())
    } else {
        Caption::Other
    }
}

/// The type in a caption such as `Lamp参数说明` or `Parameters of Lamp`.
fn type_of_caption(text: &str) -> Option<String> {
    let text = text.trim();
    let before = ["参数说明", "参数列表", "参数", " parameters", " Parameters"];
    let behind = ["Parameters of ", "Parameters in "];
    let before = before.iter().find_map(|word| text.strip_suffix(word));
    let name = before.or_else(|| behind.iter().find_map(|word| text.strip_prefix(word)))?;
    let name = name.trim();
    may_be_type_name(name).then(|| name.to_owned())
}

/// Whether a text is the name of the row that describes the items of an array, `[数组元素]` or `[Array element]`.
pub(super) fn is_items_row(text: &str) -> bool {
    let inner = text.trim().strip_prefix(['[', '【']);
    let Some(inner) = inner.and_then(|it| it.strip_suffix([']', '】'])) else {
        return false;
    };
    let key = key(inner);
    ["数组元素", "arrayelement", "arrayitem", "items"]
        .iter()
        .any(|word| key.starts_with(word))
}

/// Whether a text can be the name of a type of the API.
pub(super) fn may_be_type_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-'))
}

/// Whether a text can be the name of a parameter or a field.
pub(super) fn may_be_wire_name(text: &str) -> bool {
    is_items_row(text)
        || text.len() <= 100
            && text.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '_' | '$'))
            && text.chars().all(|c| {
                c.is_ascii_alphanumeric() || matches!(c, '_' | '$' | '.' | '-' | '[' | ']')
            })
}

/// The status of a line `Status code: 200`.
pub(super) fn status_line(text: &str) -> Option<u16> {
    if text.len() > 80 {
        return None;
    }
    let key = key(text);
    let digits = key
        .strip_prefix("statuscode")
        .or_else(|| key.strip_prefix("状态码"))?;
    status(digits)
}

/// An HTTP status.
pub(super) fn status(digits: &str) -> Option<u16> {
    let digits = digits.trim();
    (digits.len() == 3)
        .then(|| digits.parse().ok())
        .flatten()
        .filter(|status| (100..=599).contains(status))
}

/// What follows `Updated on` in a line that begins with it.
pub(super) fn updated(text: &str) -> Option<&str> {
    let words = ["Updated on", "Last updated", "更新时间"];
    let rest = words.iter().find_map(|it| text.trim().strip_prefix(it))?;
    Some(rest.trim_start_matches([' ', ':', '：', '\u{a0}']))
}

/// The date that a text such as `2026-03-20 GMT+08:00` begins with.
pub(super) fn date(text: &str) -> Option<&str> {
    let date = text.get(..10)?;
    let mut bytes = date.bytes().enumerate();
    let is_date = bytes.all(|(at, b)| match at {
        4 | 7 => b == b'-',
        _ => b.is_ascii_digit(),
    });
    is_date.then_some(date)
}

/// Whether a line above the title is a control of the web page.
pub(super) fn is_control(text: &str) -> bool {
    matches!(
        key(text).as_str(),
        "share" | "viewpdf" | "copylink" | "分享" | "查看pdf" | "查看pdf文档" | "链接复制成功"
    )
}
