//! Descriptions, and what is read in them.

mod labels;
mod lists;
mod phrases;
mod wordings;

use crate::describe::{Part, bullet};
use crate::facts::{CellType, Statement};

/// What a description of this type states: statements, values and troubles. Lines that begin with `-` are items.
fn told(ty: &str, text: &str) -> (Vec<Statement>, Vec<String>, Vec<String>) {
    let parts: Vec<Part> = (1..)
        .zip(text.lines())
        .map(|(line, text)| Part {
            line,
            item: bullet(text).is_some(),
            text: bullet(text).unwrap_or(text).to_owned(),
        })
        .collect();
    let told = super::read(&parts, Some(&CellType::parse(ty)));
    (
        told.states.into_iter().map(|state| state.value).collect(),
        told.values.into_iter().map(|value| value.value).collect(),
        told.troubles.into_iter().map(|(_, why)| why).collect(),
    )
}

fn states(ty: &str, text: &str) -> Vec<Statement> {
    let (states, _, troubles) = told(ty, text);
    assert_eq!(troubles, [""; 0], "{text}");
    states
}

fn values(ty: &str, text: &str) -> Vec<String> {
    let (_, values, troubles) = told(ty, text);
    assert_eq!(troubles, [""; 0], "{text}");
    values
}

#[test]
fn limits_of_numbers() {
    for text in [
        "Value range: 1 to 100",
        "Value range: 1-100",
        "Value range: [1,100]",
        "Value range: (0, 100].",
        "Size of a page. The value ranges from 1 to 100.",
        "取值范围[1,100]，以条计。",
        "取值范围：1~100",
        "取值范围：1到100。",
    ] {
        assert_eq!(
            states("Integer", text),
            [Statement::Range(Some(1), Some(100))],
            "{text}"
        );
    }
    assert_eq!(
        states("Long", "Minimum value: 2,700"),
        [Statement::Range(Some(2_700), None)]
    );
    assert_eq!(
        states("Integer", "最小值：-1"),
        [Statement::Range(Some(-1), None)]
    );
    assert_eq!(
        states("Integer", "最大值：20"),
        [Statement::Range(None, Some(20))]
    );
    assert_eq!(
        states("Integer", "At most 30."),
        [Statement::Range(None, Some(30))]
    );
}

#[test]
fn limits_of_texts() {
    for text in [
        "The value can contain 1 to 128 characters.",
        "Length: 1-128",
        "长度为1~128个字符。",
        "字符长度1~128。",
        "长度：1 - 128",
    ] {
        assert_eq!(
            states("String", text),
            [Statement::Length(Some(1), Some(128))],
            "{text}"
        );
    }
    for text in [
        "At most 64 bytes.",
        "最大64字节。",
        "长度不超过64个字节，UTF8编码。",
    ] {
        assert_eq!(
            states("String", text),
            [Statement::Bytes(None, Some(64))],
            "{text}"
        );
    }
    for text in [
        "Up to 64 characters.",
        "The name cannot exceed 64 characters.",
        "Maximum length: 64",
        "最大长度：64",
        "长度不超过64个字符",
        "不超过64个字符。",
    ] {
        assert_eq!(
            states("String", text),
            [Statement::Length(None, Some(64))],
            "{text}"
        );
    }
    assert_eq!(
        states("String", "最小长度：1"),
        [Statement::Length(Some(1), None)]
    );
}

#[test]
fn limits_of_arrays() {
    for text in [
        "A maximum of 10 snapshots can be deleted at a time.",
        "Up to 10 formats can be queried.",
        "No more than 10 IDs.",
        "一次最多10个",
        "不超过10个。",
    ] {
        assert_eq!(
            states("Array of strings", text),
            [Statement::Items(None, Some(10))],
            "{text}"
        );
    }
    for text in [
        "Array length: 1 - 10",
        "数组长度：1 - 10",
        "取值范围[1,10]。",
        "Value range: 1 to 10",
    ] {
        assert_eq!(
            states("Array of strings", text),
            [Statement::Items(Some(1), Some(10))],
            "{text}"
        );
    }
}

#[test]
fn defaults_and_deprecation() {
    for (text, value) in [
        ("Default value: 0", "0"),
        (
            "The default value is false, which means that it is off.",
            "false",
        ),
        ("Default value: `cover.jpg`", "cover.jpg"),
        ("默认值：0。", "0"),
        ("位置，默认TOPRIGHT。", "TOPRIGHT"),
        ("默认值是0，单位为秒。", "0"),
        ("缺省值：\"a b\"", "a b"),
    ] {
        assert_eq!(
            states("String", text),
            [Statement::Default(value.to_owned())],
            "{text}"
        );
    }
    assert_eq!(states("String", "该参数已废弃。"), [Statement::Deprecated]);
    assert_eq!(
        states(
            "Integer",
            "Records on a page. Value range: 1 to 100 Default value: 10"
        ),
        [
            Statement::Range(Some(1), Some(100)),
            Statement::Default("10".to_owned())
        ]
    );
}

#[test]
fn sentences_that_state_no_limit() {
    for text in [
        "It is up to you.",
        "Everything is deleted by default.",
        "Whether it is the default template.",
        "不填的话走默认删除整个媒资。",
        "The default value of TTL is a day.",
        "The default value of TTL is 30.",
        "Default value: None",
        "默认值：无",
        "Maximum bitrate of the stream.",
        "It starts at second 10.",
        "The format is yyyymmddhhmmss.",
    ] {
        assert_eq!(states("String", text), [], "{text}");
    }
}

#[test]
fn what_is_not_certain_is_no_statement() {
    for (ty, text) in [
        ("String", "Each tag contains up to 24 characters."),
        ("String", "At most 64 MB."),
        ("Integer", "At most 64 bytes."),
        ("String", "取值范围：[0,4096]"),
        ("Integer", "Value range: 0.5 to 2"),
        ("Integer", "A maximum of 10 records are returned."),
        ("Boolean", "At most 3 of them."),
        ("String", "Default value: the same as above"),
    ] {
        let (states, values, troubles) = told(ty, text);
        assert_eq!((states, values), (vec![], vec![]), "{text}");
        assert_eq!(troubles.len(), 1, "{text}: {troubles:?}");
    }
}

#[test]
fn a_number_that_goes_on_is_no_statement() {
    for text in [
        "取值范围：0到10万",
        "取值范围：[0,10]万",
        "取值范围：1万到10万",
        "Value range: 0 to 5 million",
        "Value range: 0 to 2^31-1",
        "Value range: 0 to 1e6",
        "Value range: 0 to 99K",
        "Value range: 0 to 99 k",
        "Value range: 0 to 99 or 200 to 300",
        "Value range: 0 to 99, 200 to 300",
        "Value range: 0 to 99 or -1",
        "取值范围：0到99、200到300",
        "取值范围：0到99或200",
        "Value range: 1, 2, 3",
        "Value range: 5",
        "Maximum value: 2^31",
        "最大值：1亿",
        "At most 10 thousand.",
        "Default value: 2^10",
        "Default value: 10 million",
        "默认值：10万",
        "Default value: 1 or 2",
    ] {
        let (states, values, troubles) = told("Integer", text);
        assert_eq!((states, values), (vec![], vec![]), "{text}");
        assert_eq!(troubles.len(), 1, "{text}: {troubles:?}");
    }
    for text in [
        "Value range: 0 to 100%",
        "Value range: 0 to 100, in steps of 5",
        "Value range: 0 to 100 (or none)",
        "Value range: 0 to 100 and nothing else",
        "取值范围：0到100，默认为空",
        "取值范围：0到100秒",
    ] {
        let limit = Statement::Range(Some(0), Some(100));
        assert_eq!(states("Integer", text), [limit], "{text}");
    }
    let default = |value: &str| [Statement::Default(value.to_owned())];
    assert_eq!(states("Integer", "Default value: 1,000"), default("1000"));
    assert_eq!(states("Integer", "Default value: -1."), default("-1"));
    assert_eq!(states("Double", "Default value: 1.5"), default("1.5"));
    assert_eq!(
        states("String", "Default: 2026-03-20"),
        default("2026-03-20")
    );
}

#[test]
fn lists_of_values() {
    for text in [
        "Options:\n- ON: It is lit.\n- OFF: It is dark.",
        "The options are as follows:\n- ON\n- OFF",
        "Possible values are:\n- ON (lit)\n- OFF (dark)",
        "Enumeration values: ON, OFF",
        "Options: ON or OFF.",
        "取值如下：\n- ON：亮\n- OFF：灭",
        "目前包括：\n- ON：亮\n- OFF：灭",
        "取值：ON、OFF。",
        "枚举值：\nON：亮\nOFF：灭",
        "取值如下： - ON：亮。 - OFF：灭。",
        "Whether it is lit.\n- ON: It is lit.\n- OFF: It is dark.",
    ] {
        assert_eq!(values("String", text), ["ON", "OFF"], "{text}");
    }
    assert_eq!(
        values("Integer", "取值为：\n- 0：停用\n- 1：启用"),
        ["0", "1"]
    );
    for text in [
        "取值如下:\n-0:表示停用\n-1:表示启用",
        "取值如下，默认为0：\n- 0：停用\n- 1：启用",
        "不填默认为0，取值如下：\n0：停用\n1：启用",
    ] {
        assert_eq!(values("Integer", text), ["0", "1"], "{text}");
    }
    assert_eq!(
        values("Integer", "取值为：\n- -1：未知\n- 0：停用"),
        ["-1", "0"]
    );
    assert_eq!(values("Array of strings", "Options:\n- a\n- b"), ["a", "b"]);
}

#[test]
fn lists_of_other_things() {
    for (ty, text) in [
        (
            "String",
            "Set it in one of two ways:\n- Integer: pixels\n- Decimal: share of the width",
        ),
        ("String", "设置方法有两种：\n- 整数型：像素\n- 小数型：比率"),
        ("Lamp object", "Options:\n- ON\n- OFF"),
        ("Boolean", "Options:\n- true: yes\n- false: no"),
        ("String", "The default value is: ABC"),
        ("Integer", "默认取值：0"),
        ("String", "This is optional: id"),
    ] {
        assert_eq!(values(ty, text), [""; 0], "{text}");
    }
}

#[test]
fn lists_that_cannot_be_read() {
    for (text, why) in [
        (
            "Options:",
            "the values that are announced here are missing in this copy",
        ),
        (
            "取值如下：",
            "the values that are announced here are missing in this copy",
        ),
        (
            "Options:\n- ON\n- when it is dark",
            "a list of values that are not all values on the wire",
        ),
        (
            "Options: on sunny days",
            "values that are not understood: on sunny days",
        ),
    ] {
        let (states, values, troubles) = told("String", text);
        assert_eq!((states, values), (vec![], vec![]), "{text}");
        assert_eq!(troubles, [why], "{text}");
    }
}
