//! The words around the phrases of limits and defaults, in both languages.

/// Words between a phrase and its numbers.
pub(super) const FILLERS: &[&str] = &[
    ":", "is", "are", "of", "from", "for", "within", "between", "in", "to", "为", "是", "在",
    "支持", "可以", "the", "=", "限制", "必须", "须", "应", "固定",
];

/// Words between a phrase of absence and the value that is assumed then.
pub(super) const ASSUMED: &[&str] = &[
    ",",
    "it is",
    "the value is",
    "则",
    "取值为",
    "取值",
    "取",
    "值为",
    "为",
    "是",
];

/// Words behind a number that is the largest one.
pub(super) const OR_LESS: &[&str] = &[
    "or less",
    "or fewer",
    "at most",
    "or shorter",
    "以内",
    "之内",
    "以下",
];

/// Words behind numbers that count the items of an array.
pub(super) const ITEMS: &[&str] = &["element", "item", "id", "record", "个", "条", "项"];

/// Words behind a number that limits the value itself: what follows is another limit.
pub(super) const JOINS: &[&str] = &["and", "but", "且", "并", "而"];

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
pub(super) const BYTES: &[&str] = &["byte", "个字节", "字节"];

/// Words after a number that say how large something is.
pub(super) const SIZES: &[&str] = &["kb", "mb", "gb", "tb"];

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
