//! The phrases of limits, defaults and deprecation, and the words around them, in both languages.

/// What a phrase announces.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Cue {
    /// Two numbers, smallest and largest.
    Both(What),
    /// Two numbers, where they follow at once; anything else may follow as well.
    Maybe(What),
    Least(What),
    Most(What),
    /// A number that is not possible itself, but those above it.
    Above,
    /// The same of those below it.
    Below,
    Default,
    Deprecated,
}

/// What is limited.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum What {
    /// The value itself, or the number of items of an array.
    Value,
    /// The value itself; of a text its length, of an array the number of items.
    Size,
    Length,
    Items,
    /// What the word after the number says, or else the type.
    Counted,
}

/// The phrases; where one begins like another one, the longer one comes first.
pub(super) const CUES: &[(&str, Cue)] = &[
    ("value ranges from", Cue::Both(What::Value)),
    ("value range", Cue::Both(What::Value)),
    ("values range from", Cue::Both(What::Value)),
    ("ranges from", Cue::Both(What::Value)),
    ("range from", Cue::Both(What::Value)),
    ("range is", Cue::Both(What::Value)),
    ("range of", Cue::Maybe(What::Value)),
    ("range:", Cue::Both(What::Value)),
    ("range [", Cue::Maybe(What::Value)),
    ("between", Cue::Maybe(What::Value)),
    ("array length", Cue::Both(What::Items)),
    ("minimum length", Cue::Least(What::Length)),
    ("maximum length", Cue::Most(What::Length)),
    ("min length", Cue::Least(What::Length)),
    ("max length", Cue::Most(What::Length)),
    ("length:", Cue::Both(What::Length)),
    ("length ranges from", Cue::Both(What::Length)),
    ("length range", Cue::Both(What::Length)),
    ("length is", Cue::Maybe(What::Length)),
    ("length of", Cue::Maybe(What::Length)),
    ("minimum value", Cue::Least(What::Value)),
    ("maximum value", Cue::Most(What::Value)),
    ("minimum:", Cue::Least(What::Size)),
    ("maximum:", Cue::Most(What::Size)),
    ("a maximum of", Cue::Most(What::Counted)),
    ("a minimum of", Cue::Least(What::Counted)),
    ("maximum", Cue::Most(What::Counted)),
    ("minimum", Cue::Least(What::Counted)),
    ("up to", Cue::Most(What::Counted)),
    ("at most", Cue::Most(What::Counted)),
    ("no more than", Cue::Most(What::Counted)),
    ("not more than", Cue::Most(What::Counted)),
    ("no longer than", Cue::Most(What::Counted)),
    ("not be longer than", Cue::Most(What::Counted)),
    ("no greater than", Cue::Most(What::Counted)),
    ("not be greater than", Cue::Most(What::Counted)),
    ("less than or equal to", Cue::Most(What::Counted)),
    ("cannot exceed", Cue::Most(What::Counted)),
    ("not exceed", Cue::Most(What::Counted)),
    ("limited to", Cue::Most(What::Counted)),
    ("at least", Cue::Least(What::Counted)),
    ("no less than", Cue::Least(What::Counted)),
    ("no fewer than", Cue::Least(What::Counted)),
    ("not be less than", Cue::Least(What::Counted)),
    ("greater than or equal to", Cue::Least(What::Counted)),
    ("greater than", Cue::Above),
    ("more than", Cue::Above),
    ("larger than", Cue::Above),
    ("less than", Cue::Below),
    ("fewer than", Cue::Below),
    ("smaller than", Cue::Below),
    ("default value", Cue::Default),
    ("default:", Cue::Default),
    ("default is", Cue::Default),
    ("defaults to", Cue::Default),
    ("deprecated", Cue::Deprecated),
    ("no longer used", Cue::Deprecated),
    ("no longer supported", Cue::Deprecated),
    ("no longer recommended", Cue::Deprecated),
    ("is discarded", Cue::Deprecated),
    ("been discarded", Cue::Deprecated),
    ("is obsolete", Cue::Deprecated),
    ("brought offline", Cue::Deprecated),
    ("taken offline", Cue::Deprecated),
    ("discontinued", Cue::Deprecated),
    ("数组长度", Cue::Both(What::Items)),
    ("最小长度", Cue::Least(What::Length)),
    ("最大长度", Cue::Most(What::Length)),
    ("长度范围", Cue::Both(What::Length)),
    ("长度不超过", Cue::Most(What::Length)),
    ("长度", Cue::Both(What::Length)),
    ("字符数", Cue::Maybe(What::Length)),
    ("取值范围", Cue::Both(What::Value)),
    ("范围", Cue::Both(What::Value)),
    ("取值", Cue::Maybe(What::Value)),
    ("最小值", Cue::Least(What::Value)),
    ("最大值", Cue::Most(What::Value)),
    ("最多", Cue::Most(What::Counted)),
    ("至多", Cue::Most(What::Counted)),
    ("上限", Cue::Most(What::Counted)),
    ("下限", Cue::Least(What::Counted)),
    ("不超过", Cue::Most(What::Counted)),
    ("不能超过", Cue::Most(What::Counted)),
    ("不可超过", Cue::Most(What::Counted)),
    ("不得超过", Cue::Most(What::Counted)),
    ("不允许超过", Cue::Most(What::Counted)),
    ("不大于", Cue::Most(What::Counted)),
    ("不能大于", Cue::Most(What::Counted)),
    ("不多于", Cue::Most(What::Counted)),
    ("不高于", Cue::Most(What::Counted)),
    ("小于等于", Cue::Most(What::Counted)),
    ("小于或等于", Cue::Most(What::Counted)),
    ("≤", Cue::Most(What::Counted)),
    ("<=", Cue::Most(What::Counted)),
    ("最大", Cue::Most(What::Counted)),
    ("至少", Cue::Least(What::Counted)),
    ("最少", Cue::Least(What::Counted)),
    ("最小", Cue::Least(What::Counted)),
    ("不小于", Cue::Least(What::Counted)),
    ("不能小于", Cue::Least(What::Counted)),
    ("不少于", Cue::Least(What::Counted)),
    ("不低于", Cue::Least(What::Counted)),
    ("大于等于", Cue::Least(What::Counted)),
    ("大于或等于", Cue::Least(What::Counted)),
    ("≥", Cue::Least(What::Counted)),
    (">=", Cue::Least(What::Counted)),
    ("大于", Cue::Above),
    ("小于", Cue::Below),
    ("少于", Cue::Below),
    ("默认取值", Cue::Default),
    ("默认值", Cue::Default),
    ("缺省值", Cue::Default),
    ("缺省", Cue::Default),
    ("默认", Cue::Default),
    ("废弃", Cue::Deprecated),
    ("弃用", Cue::Deprecated),
    ("不再使用", Cue::Deprecated),
    ("不再支持", Cue::Deprecated),
    ("停止使用", Cue::Deprecated),
    ("下线", Cue::Deprecated),
];

/// Words between a phrase and its numbers.
pub(super) const FILLERS: &[&str] = &[
    ":", "is", "are", "of", "from", "for", "within", "between", "in", "to", "为", "是", "在",
    "支持", "可以", "the", "=",
];

/// Words after a number that count the characters of a text.
pub(super) const CHARACTERS: &[&str] = &[
    "character",
    "char",
    "letter",
    "个字符",
    "字符",
    "个字",
    "位",
    "个英文字符",
    "个中文字符",
];

/// Words that make another number of the one before them.
pub(super) const MULTIPLIERS: &[&str] = &[
    "hundred", "thousand", "million", "billion", "k", "m", "百", "千", "万", "亿",
];

/// Words before another number or range that is possible as well.
pub(super) const ALTERNATIVES: &[&str] = &["or", "and", "或", "和", "、"];

/// Words that count something else than characters or items.
pub(super) const BYTES: &[&str] = &["byte", "个字节", "字节", "kb", "mb", "gb"];

/// Words after a number that measure a value.
pub(super) const MEASURES: &[&str] = &[
    "second",
    "minute",
    "hour",
    "day",
    "week",
    "month",
    "year",
    "milli",
    "ms",
    "pixel",
    "px",
    "bit",
    "kbit",
    "mbit",
    "fps",
    "%",
    "percent",
    "秒",
    "分钟",
    "小时",
    "个小时",
    "天",
    "日",
    "周",
    "个月",
    "月",
    "年",
    "毫秒",
    "像素",
    "帧",
    "之间",
    "的整数",
    "（",
    "(",
];

/// Words after a number that count how often something is done.
pub(super) const TIMES: &[&str] = &["次", "times", "call", "request"];

/// Words that speak of a part of the value.
pub(super) const PARTS: &[&str] = &["each", "every", "every single", "per ", "每", "单个"];

/// Such words that speak of all of it.
pub(super) const WHOLES: &[&str] = &[
    "每页",
    "每次",
    "每个请求",
    "per page",
    "each page",
    "per request",
    "each request",
    "each time",
    "per call",
];

/// Words that begin a condition.
pub(super) const CONDITIONS: &[&str] = &["若", "如果", "如", "当", "if ", "when ", "for "];

/// Conditions under which a value is absent: what is said of the default then is always true.
pub(super) const ABSENCE: &[&str] = &[
    "不填",
    "未填",
    "不传",
    "未传",
    "不设置",
    "未设置",
    "不指定",
    "未指定",
    "为空",
    "不配置",
    "未配置",
    "not specif",
    "not set",
    "left blank",
    "empty",
    "omitted",
    "not provided",
    "not config",
    "unspecified",
    "this parameter is",
    "is absent",
    "not given",
];

/// Words of limits: a number by one of them is read, or noted.
pub(super) const LIMITS: &[&str] = &[
    "maximum",
    "minimum",
    "at most",
    "at least",
    "exceed",
    "limit",
    "range",
    "characters",
    "up to",
    "上限",
    "下限",
    "最多",
    "最少",
    "最大",
    "最小",
    "至多",
    "至少",
    "不超过",
    "范围",
    "个字符",
    "以内",
];

/// Words that say that a value is a number of something.
pub(super) const COUNTS: &[&str] = &[
    "数",
    "每页",
    "单页",
    "number of",
    "count",
    "per page",
    "on a page",
    "how many",
];

/// Numbers in words.
pub(super) const NUMBERS: &[(&str, i64)] = &[
    ("one", 1),
    ("two", 2),
    ("three", 3),
    ("four", 4),
    ("five", 5),
    ("six", 6),
    ("seven", 7),
    ("eight", 8),
    ("nine", 9),
    ("ten", 10),
    ("twelve", 12),
    ("fifteen", 15),
    ("twenty", 20),
    ("thirty", 30),
    ("fifty", 50),
    ("hundred", 100),
];
