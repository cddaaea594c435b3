//! A value and its explanation: `ON: It is lit.`, `ON（亮）`, `ON 亮`, `0 indicates off`.

use crate::describe::is_han;

use super::is_value;

/// A value of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Item<'t> {
    pub(super) value: String,
    pub(super) form: Form,
    /// What stands behind the value.
    pub(super) rest: &'t str,
}

/// How a value and its explanation are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// There is no explanation.
    Bare,
    /// By a mark: `ON: lit`, `ON (lit)`, `ON - lit`, `ON = lit`; or by a word: `0 indicates off`, `0表示关闭`.
    Explained,
    /// By a space, or by nothing: `ON 亮`, `ON Lit`, `ON亮`. Any sentence can begin so.
    Run,
}

/// Words between a value and its meaning.
pub(super) const VERBS: &[&str] = &[
    "indicates",
    "indicate",
    "means",
    "represents",
    "refers to",
    "stands for",
    "denotes",
    "specifies",
    "is for",
    "for ",
    "表示",
    "代表",
    "指",
    "即",
    "意为",
    "对应",
];

/// Such words behind numbers and names in capitals; behind other names they begin a sentence on a parameter.
const IS: &[&str] = &["为", "是"];

/// Words before a value.
const BEFORE: &[&str] = &[
    "the value ",
    "value ",
    "取值为",
    "取值",
    "值为",
    "设置为",
    "值",
];

/// Words of Chinese that go on a sentence behind a word of another language.
const GOES_ON: &[&str] = &[
    "或", "和", "与", "及", "的", "时", "等于", "文件", "格式", "协议", "编码", "之",
];

/// The value that a text begins with. Of a value that is a `number`, a name before `=` is its explanation.
pub(super) fn read(text: &str, number: bool) -> Option<Item<'_>> {
    let text = text.trim();
    let text = without_words(text);
    let (value, rest) = quoted(text).or_else(|| plain(text, number))?;
    let glued = !rest.starts_with(char::is_whitespace);
    let rest = rest.trim_start();
    let first = rest.chars().next();
    let form = match first {
        None => Form::Bare,
        Some('.' | '。' | ';' | '；' | '、') if rest.chars().count() == 1 => Form::Bare,
        Some(',' | '，') if rest.chars().count() == 1 => Form::Bare,
        Some(':' | '：' | '(' | '（' | ',' | '，' | '=' | '–' | '—' | '|' | '→' | '[' | '【') => {
            Form::Explained
        }
        Some('-') if !glued || rest.chars().nth(1).is_some_and(|c| is_han(c) || c == ' ') => {
            Form::Explained
        }
        Some('/') if rest.chars().nth(1) == Some('/') => Form::Explained,
        _ if VERBS.iter().any(|verb| begins_with(rest, verb)) => Form::Explained,
        _ if IS.iter().any(|verb| rest.starts_with(verb)) => {
            let is_name = value.contains(|c: char| c.is_ascii_lowercase());
            return (!is_name && (!number || value.parse::<i64>().is_ok())).then_some(Item {
                value,
                form: Form::Explained,
                rest,
            });
        }
        _ if rest == "等" || GOES_ON.iter().any(|word| rest.starts_with(word)) => return None,
        Some(c) if is_han(c) => Form::Run,
        Some(c) if !glued && c.is_alphanumeric() => Form::Run,
        _ => return None,
    };
    if number
        && value.parse::<i64>().is_err()
        && let Some(named) = rest.strip_prefix('=')
    {
        return read(named, number).filter(|it| it.value.parse::<i64>().is_ok());
    }
    (!number || value.parse::<i64>().is_ok()).then_some(Item { value, form, rest })
}

fn begins_with(text: &str, word: &str) -> bool {
    text.get(..word.len())
        .is_some_and(|it| it.eq_ignore_ascii_case(word))
}

fn without_words(text: &str) -> &str {
    let word = BEFORE.iter().find(|word| begins_with(text, word));
    word.and_then(|word| text.get(word.len()..))
        .map_or(text, str::trim_start)
}

/// A value in quotes, and what follows.
fn quoted(text: &str) -> Option<(String, &str)> {
    let open = text.chars().next()?;
    let close = match open {
        '"' | '\'' | '`' => open,
        '“' => '”',
        '‘' => '’',
        '「' => '」',
        _ => return None,
    };
    let inner = text.get(open.len_utf8()..)?;
    let (value, rest) = inner.split_once(close)?;
    is_value(value.trim()).then(|| (value.trim().to_owned(), rest))
}

/// A value without quotes, and what follows.
fn plain(text: &str, number: bool) -> Option<(String, &str)> {
    let end = text
        .find(|c: char| {
            !(c.is_ascii_alphanumeric()
                || matches!(c, '_' | '-' | '.' | '/' | '+' | '*' | '#' | '%' | '@'))
        })
        .unwrap_or(text.len());
    let run = text.get(..end)?;
    let mut value = run.trim_end_matches(['.', '-', '/']);
    if value.is_empty() || !value.contains(|c: char| c.is_ascii_alphanumeric()) {
        return None;
    }
    // `0-off`, `ON-It is lit`: the part before the dash.
    if let Some((before, after)) = value
        .split_once('-')
        .filter(|(before, _)| !before.is_empty())
    {
        let number_of_it = number && before.parse::<i64>().is_ok() && after.parse::<i64>().is_err();
        let word = after.chars().all(|c| c.is_ascii_lowercase()) && after.len() > 2;
        let sentence = after.chars().all(|c| c.is_ascii_alphabetic())
            && text.get(end..).is_some_and(|it| it.starts_with(' '));
        if number_of_it || is_marked(before) && before.len() > 1 && (word || sentence) {
            value = before;
        }
    }
    let rest = text.get(value.len()..)?;
    // A slash or a point belongs to no value at its end, and to no explanation.
    let rest = if value.len() == run.trim_end_matches(['.', '/']).len() {
        text.get(end..)?
    } else {
        rest
    };
    is_value(value).then(|| (value.to_owned(), rest))
}

/// Whether a word is rather a value than a word of a language: it has no small letters, or a digit or `_` in it.
pub(super) fn is_marked(value: &str) -> bool {
    value.contains(|c: char| c.is_ascii_digit() || c == '_')
        || !value.contains(|c: char| c.is_ascii_lowercase())
}

/// Whether a word has either capitals or small letters.
pub(super) fn has_one_case(value: &str) -> bool {
    is_marked(value) || !value.contains(|c: char| c.is_ascii_uppercase())
}

impl Item<'_> {
    /// Whether it is written in capitals.
    pub(super) fn is_capital(&self) -> bool {
        self.value.len() > 1
            && self.value.starts_with(|c: char| c.is_ascii_uppercase())
            && !self.value.contains(|c: char| c.is_ascii_lowercase())
    }

    /// Whether it is clearly a value, whatever stands around it.
    pub(super) fn is_plain(&self) -> bool {
        match self.form {
            Form::Explained if self.rest.starts_with([':', '：', '=']) => {
                has_one_case(&self.value)
            }
            Form::Explained => is_marked(&self.value),
            Form::Bare | Form::Run => is_marked(&self.value) && self.value.len() < 40,
        }
    }

    /// Whether its explanation says that it is the default.
    pub(super) fn is_default(&self) -> bool {
        let rest = super::fold(self.rest);
        let mut brackets = rest.split('(').skip(1).filter_map(|it| it.split_once(')'));
        brackets.any(|(inner, _)| {
            matches!(
                inner.trim(),
                "default"
                    | "default value"
                    | "by default"
                    | "the default"
                    | "默认"
                    | "默认值"
                    | "缺省"
            )
        })
    }
}
