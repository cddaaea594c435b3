//! The same fact in other words.

use crate::facts::Statement::{self, Bytes, Default, Deprecated, Items, Length, Range};

use super::told;

/// A description, and all that it states.
struct Wording {
    name: &'static str,
    ty: &'static str,
    text: &'static str,
    states: Vec<Statement>,
    values: &'static [&'static str],
}

const STRING: &str = "String";
const INTEGER: &str = "Integer";
const BOOLEAN: &str = "Boolean";
const STRINGS: &str = "Array of strings";

fn states(name: &'static str, ty: &'static str, text: &'static str, state: Statement) -> Wording {
    Wording {
        name,
        ty,
        text,
        states: vec![state],
        values: &[],
    }
}

fn values(text: &'static str, ty: &'static str, values: &'static [&'static str]) -> Wording {
    Wording {
        name: "values",
        ty,
        text,
        states: vec![],
        values,
    }
}

fn check(cases: &[Wording]) {
    for case in cases {
        let Wording { name, ty, text, .. } = case;
        let (states, values, troubles) = told(ty, text);
        assert_eq!(troubles, [""; 0], "{name}: {text}");
        assert_eq!(states, case.states, "{name}: {text}");
        assert_eq!(values, case.values, "{name}: {text}");
    }
}

#[test]
fn limits() {
    let ten = || Items(Some(1), Some(10));
    check(&[
        states(
            "cannot be",
            STRING,
            "It cannot be longer than 64 bytes.",
            Bytes(None, Some(64)),
        ),
        states(
            "short",
            STRING,
            "Max. 64 characters",
            Length(None, Some(64)),
        ),
        states(
            "or less",
            STRING,
            "Title of 64 characters or less.",
            Length(None, Some(64)),
        ),
        states(
            "within",
            STRING,
            "书名，128个字符以内",
            Length(None, Some(128)),
        ),
        states(
            "longest",
            STRING,
            "书名，最长64个字符",
            Length(None, Some(64)),
        ),
        states(
            "number of characters",
            STRING,
            "字符数不大于100",
            Length(None, Some(100)),
        ),
        states(
            "length",
            STRING,
            "长度须在4~20之间",
            Length(Some(4), Some(20)),
        ),
        states(
            "length, compared",
            STRING,
            "The string length is less than or equal to 64",
            Length(None, Some(64)),
        ),
        states(
            "of a condition",
            STRING,
            "当kind为1时必填，最多10个字符",
            Length(None, Some(10)),
        ),
        states(
            "of another sentence",
            STRING,
            "Mandatory when kind is 1. At most 10 characters.",
            Length(None, Some(10)),
        ),
        states(
            "from",
            INTEGER,
            "The value is from 1 to 100.",
            Range(Some(1), Some(100)),
        ),
        states(
            "through",
            INTEGER,
            "A value from 1 through 100.",
            Range(Some(1), Some(100)),
        ),
        states(
            "valid",
            INTEGER,
            "Valid values: 1-100.",
            Range(Some(1), Some(100)),
        ),
        states(
            "valid in Chinese",
            INTEGER,
            "有效值1~100",
            Range(Some(1), Some(100)),
        ),
        states(
            "interval",
            INTEGER,
            "取值区间：1～100",
            Range(Some(1), Some(100)),
        ),
        states(
            "larger",
            INTEGER,
            "It must be larger than or equal to 1.",
            Range(Some(1), None),
        ),
        states(
            "upper",
            INTEGER,
            "The upper limit is 100",
            Range(None, Some(100)),
        ),
        states("number", STRINGS, "个数为1到10个", ten()),
        states("limit of a number", STRINGS, "数量限制：1~10", ten()),
        states("IDs", STRINGS, "1 to 10 IDs can be given.", ten()),
        states(
            "elements",
            STRINGS,
            "The array contains 1 to 10 elements.",
            ten(),
        ),
        states(
            "max",
            STRINGS,
            "IDs, separated by commas. Max: 10.",
            Items(None, Some(10)),
        ),
        states(
            "of each text",
            STRINGS,
            "Each label has a maximum of 20 characters.",
            Length(None, Some(20)),
        ),
        Wording {
            name: "both ends",
            ty: STRINGS,
            text: "At least one ID and at most 10 IDs are needed.",
            states: vec![Items(Some(1), None), Items(None, Some(10))],
            values: &[],
        },
        Wording {
            name: "both ends in signs",
            ty: INTEGER,
            text: ">= 1 and <= 100",
            states: vec![Range(Some(1), None), Range(None, Some(100))],
            values: &[],
        },
    ]);
}

#[test]
fn defaults_and_deprecation() {
    let ten = || Default("10".to_owned());
    let is = |text: &str| Default(text.to_owned());
    check(&[
        states("before", BOOLEAN, "It is false by default.", is("false")),
        states("before, alone", BOOLEAN, "true by default", is("true")),
        states("absent", BOOLEAN, "不填时为true", is("true")),
        states(
            "absent in English",
            BOOLEAN,
            "If omitted, it is false.",
            is("false"),
        ),
        states("absent, taken", INTEGER, "不传时取10", ten()),
        states("bare", INTEGER, "Default 10.", ten()),
        states("is the default", INTEGER, "10 is the default", ten()),
        states("by default", INTEGER, "By default, 10.", ten()),
        states(
            "left blank",
            INTEGER,
            "If this parameter is left blank, 10 is used.",
            ten(),
        ),
        states(
            "removed",
            STRING,
            "It will be removed in the future.",
            Deprecated,
        ),
        states("removed in Chinese", STRING, "后续版本将删除", Deprecated),
    ]);
}

#[test]
fn numbers_by_the_word_default_that_are_none() {
    for text in [
        "Whether it is the default.",
        "Up to you by default.",
        "Use the default shelf.",
        "不填时不返回",
    ] {
        check(&[Wording {
            name: "no default",
            ty: INTEGER,
            text,
            states: vec![],
            values: &[],
        }]);
    }
}

#[test]
fn lists() {
    check(&[
        values(
            "Enumeration values: ON; OFF; DIM",
            STRING,
            &["ON", "OFF", "DIM"],
        ),
        values("取值：A；B；C。", STRING, &["A", "B", "C"]),
        values("枚举值：A；B。", STRING, &["A", "B"]),
        values("取值：A;B;C", STRING, &["A", "B", "C"]),
        values(
            "Values can be: ON; OFF; or DIM.",
            STRING,
            &["ON", "OFF", "DIM"],
        ),
        values(
            "取值为lent、moved或closed。",
            STRING,
            &["lent", "moved", "closed"],
        ),
        values("It can be asc or desc.", STRING, &["asc", "desc"]),
        values(
            "书脊：LEFT-左侧；RIGHT-右侧；TOP-上方",
            STRING,
            &["LEFT", "RIGHT", "TOP"],
        ),
        values("灯，0-关，1-开", INTEGER, &["0", "1"]),
        values(
            "取值如下：<ul><li>ON：亮</li><li>OFF：灭</li></ul>",
            STRING,
            &["ON", "OFF"],
        ),
        values("可选值：A、B，默认全部。", STRINGS, &["A", "B"]),
        Wording {
            name: "a default behind a slash",
            ty: STRING,
            text: "取值：Y/N，默认N。",
            states: vec![Default("N".to_owned())],
            values: &["Y", "N"],
        },
        Wording {
            name: "a default behind lines",
            ty: STRING,
            text: "Enumeration values:\nON\nOFF\nDefault: ON",
            states: vec![Default("ON".to_owned())],
            values: &["ON", "OFF"],
        },
    ]);
}
