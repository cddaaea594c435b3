//! What a page says of its operation as a whole: that it is deprecated, and how often it can be called.

use crate::Subject;
use crate::facts::{Note, Page, Stated};

/// Adds what the title and the sentences of a page say of its operation.
pub(crate) fn add(page: &mut Page) {
    let facts = read(page.function.iter().chain(&page.constraints));
    let is_deprecated = |title: &&Stated<String>| is_deprecated(&title.value);
    let title = page.title.as_ref().filter(is_deprecated);
    let line = facts.deprecated.or(title.map(|it| it.line));
    let is_known = page.deprecated.as_ref().is_some_and(|it| it.value);
    if let Some(line) = line.filter(|_| !is_known) {
        page.deprecated = Some(Stated { value: true, line });
    }
    page.calls_per_minute = facts.per_minute;
    let notes = facts.troubles.into_iter().map(|(line, message)| Note {
        line,
        at: Subject::Description.into(),
        message,
    });
    page.notes.extend(notes);
    page.notes.sort_by_key(|note| note.line);
}

/// What was found in sentences.
#[derive(Default)]
struct Facts {
    /// The line that says that the operation is deprecated.
    deprecated: Option<usize>,
    per_minute: Option<Stated<u32>>,
    /// Lines that could not be read, and why.
    troubles: Vec<(usize, String)>,
}

/// Words for the operation.
const OPERATION: &[&str] = &["api", "接口", "operation", "feature", "功能"];

/// Words for what an operation can no longer do.
const DEPRECATED: &[&str] = &[
    "deprecated",
    "discontinued",
    "no longer maintained",
    "no longer available",
    "no longer recommended",
    "no longer supported",
    "no longer used",
    "be brought offline",
    "been brought offline",
    "be taken offline",
    "been taken offline",
    "go offline",
    "be removed",
    "be retired",
    "废弃",
    "弃用",
    "不再使用",
    "不再维护",
    "不再演进",
    "不再推荐",
    "停止维护",
    "停止服务",
    "即将下线",
    "将下线",
    "将会下线",
    "已下线",
    "已经下线",
    "计划下线",
    "日下线",
    "月下线",
    "后下线",
];

/// Words for parts of an operation: then they are what is deprecated.
const PARTS: &[&str] = &[
    "parameter",
    "field",
    "value",
    "format",
    "参数",
    "字段",
    "取值",
    "格式",
];

/// Words of limits.
const LIMITS: &[&str] = &[
    "up to",
    "at most",
    "maximum",
    "no more than",
    "exceed",
    "limit",
    "can be called",
    "最多",
    "至多",
    "不超过",
    "不能超过",
    "上限",
    "限制",
    "流控",
    "频率",
    "允许",
    "可以调用",
    "可调用",
];

/// Words for the tenants together.
const ALL: &[&str] = &[
    "all tenants",
    "all users",
    "all accounts",
    "in total",
    "所有租户",
    "所有用户",
    "全部租户",
    "全局",
    "总共",
];

/// Words behind the number of calls.
const CALLS: &[&str] = &["次", "call", "time", "request", "api call"];

/// Words for the time in which so many calls are possible; how many calls in a minute one call in it is, and in how many
/// minutes.
const PERIODS: &[(&str, u32, u32)] = &[
    ("minute", 1, 1),
    ("分钟", 1, 1),
    ("/min", 1, 1),
    ("second", 60, 1),
    ("每秒", 60, 1),
    ("/秒", 60, 1),
    ("秒内", 60, 1),
    ("/s", 60, 1),
    ("hour", 1, 60),
    ("小时", 1, 60),
    ("day", 1, 1440),
    ("每天", 1, 1440),
    ("每日", 1, 1440),
];

/// Reads the sentences that say what an operation does and what holds it back.
fn read<'t>(texts: impl IntoIterator<Item = &'t Stated<String>>) -> Facts {
    let mut facts = Facts::default();
    for text in texts {
        for sentence in sentences(&text.value) {
            let folded = sentence.to_lowercase();
            facts.deprecation(sentence, &folded, text.line);
            facts.rate(sentence, &folded, text.line);
        }
    }
    facts
}

/// Whether the title of a page says that its operation is deprecated: `Lending a Book (Deprecated)`.
fn is_deprecated(title: &str) -> bool {
    let lower = title.to_lowercase();
    let brackets = lower.split(['(', '（', '[', '【']).skip(1);
    let mut inner = brackets.filter_map(|it| it.split([')', '）', ']', '】']).next());
    inner.any(|it| {
        has(it, DEPRECATED)
            || ["offline", "下线", "discarded", "obsolete"]
                .iter()
                .any(|word| it.contains(word))
    })
}

fn clauses(sentence: &str) -> impl Iterator<Item = &str> {
    let clauses = sentence.split('，').flat_map(|it| it.split(", "));
    clauses.flat_map(|it| it.split(" and "))
}

fn has(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| text.contains(word))
}

fn sentences(text: &str) -> impl Iterator<Item = &str> {
    let sentences = text.split(['。', '；', ';', '\n']);
    sentences.flat_map(|it| it.split(". "))
}

impl Facts {
    fn deprecation(&mut self, sentence: &str, folded: &str, line: usize) {
        let negated = ["not deprecated", "not be", "未废弃", "不会"];
        if !has(folded, DEPRECATED) || has(folded, &negated) {
            return;
        }
        if has(folded, PARTS) || !has(folded, OPERATION) {
            let why = format!(
                "what is deprecated here is not understood: {}",
                sentence.trim()
            );
            self.troubles.push((line, why));
        } else {
            self.deprecated.get_or_insert(line);
        }
    }

    fn rate(&mut self, sentence: &str, folded: &str, line: usize) {
        if !has(folded, LIMITS) {
            return;
        }
        for clause in clauses(folded) {
            let mut periods = PERIODS.iter().filter(|(word, ..)| clause.contains(word));
            let counts = counts(clause);
            // What all tenants can do together limits none of them.
            let of_all = has(clause, ALL);
            let (Some((_, times, minutes)), false) = (periods.next(), counts.is_empty() || of_all)
            else {
                continue;
            };
            let calls = match counts.as_slice() {
                [count] if periods.next().is_none() => count.checked_mul(*times),
                _ => None,
            };
            let per_minute = calls
                .filter(|calls| calls % minutes == 0)
                .map(|calls| calls / minutes);
            let known = self.per_minute.as_ref().map(|it| it.value);
            match per_minute {
                Some(value) if known.is_none_or(|it| it == value) => {
                    self.per_minute.get_or_insert(Stated { value, line });
                }
                _ => {
                    // Of two limits that both hold, none is the one.
                    self.per_minute.take_if(|_| per_minute.is_some());
                    let why = format!("a rate that is not understood: {}", sentence.trim());
                    self.troubles.push((line, why));
                }
            }
        }
    }
}

/// The numbers of calls in a sentence: `1,000 calls`, `最多1000次`.
fn counts(folded: &str) -> Vec<u32> {
    let mut counts = Vec::new();
    let mut rest = folded;
    while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
        let number = rest.get(at..).unwrap_or_default();
        let is_part = |c: char| c.is_ascii_digit() || c == ',';
        let end = number.find(|c: char| !is_part(c)).unwrap_or(number.len());
        let after = number.get(end..).unwrap_or_default();
        let digits: String = number
            .chars()
            .take(end)
            .filter(char::is_ascii_digit)
            .collect();
        let unit = after.trim_start().trim_start_matches("api ");
        if CALLS.iter().any(|word| unit.starts_with(word))
            && let Ok(count) = digits.parse()
        {
            counts.push(count);
        }
        rest = after;
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_one(text: &str) -> (bool, Option<u32>, usize) {
        let text = Stated {
            value: text.to_owned(),
            line: 1,
        };
        let facts = read([&text]);
        (
            facts.deprecated.is_some(),
            facts.per_minute.map(|it| it.value),
            facts.troubles.len(),
        )
    }

    #[test]
    fn sentences_on_the_operation() {
        for (text, deprecated, per_minute, troubles) in [
            (
                "Lends a book. This API will be brought offline soon.",
                true,
                None,
                0,
            ),
            (
                "This API has been deprecated. Use another one.",
                true,
                None,
                0,
            ),
            ("当前API已废弃，请使用别的接口。", true, None, 0),
            ("此接口即将下线。", true, None, 0),
            ("该接口将于2027年1月1日下线。", true, None, 0),
            ("This API is not deprecated.", false, None, 0),
            ("该接口用于下线图书。", false, None, 0),
            ("This API takes books offline.", false, None, 0),
            ("该接口的参数colour已废弃。", false, None, 1),
            (
                "The API can be called up to 1,000 times per minute.",
                false,
                Some(1_000),
                0,
            ),
            (
                "Up to 1,000 calls a minute are accepted.",
                false,
                Some(1_000),
                0,
            ),
            (
                "A maximum of 20 API requests are allowed every second.",
                false,
                Some(1_200),
                0,
            ),
            ("每分钟最多调用1000次。", false, Some(1_000), 0),
            ("单用户每秒最多20次", false, Some(1_200), 0),
            ("流控限制为100次/分钟", false, Some(100), 0),
            ("调用频率不超过每小时600次", false, Some(10), 0),
            ("每天最多调用100次", false, None, 1),
            ("每分钟最多调用1000次，每秒最多100次", false, None, 1),
            (
                "单租户每分钟最多调用1000次，所有租户每分钟最多调用12000次",
                false,
                Some(1_000),
                0,
            ),
            ("一次最多借10本。", false, None, 0),
        ] {
            assert_eq!(read_one(text), (deprecated, per_minute, troubles), "{text}");
        }
    }

    #[test]
    fn titles_that_say_that_an_operation_is_deprecated() {
        assert!(is_deprecated("Lending a Book (Deprecated)"));
        assert!(is_deprecated("借书（废弃）"));
        assert!(is_deprecated("借书（即将下线）"));
        assert!(!is_deprecated("Lending a Book (from a Shelf)"));
    }
}
