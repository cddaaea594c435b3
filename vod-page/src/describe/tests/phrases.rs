//! Limits, defaults and deprecation, in the words of pages.

use crate::facts::Statement;

use super::{states, told};

/// A description, and the one thing that it states.
struct Phrase {
    ty: &'static str,
    text: &'static str,
    state: Statement,
}

fn check(cases: &[Phrase]) {
    for Phrase { ty, text, state } in cases {
        assert_eq!(states(ty, text), std::slice::from_ref(state), "{text}");
    }
}

#[test]
fn words_between_a_phrase_and_its_number() {
    let most = |most| Statement::Items(None, Some(most));
    for (text, count) in [
        ("书的ID，最多同时查询10个。", 10),
        ("书的ID，一次最多只能借阅10本书。", 10),
        ("最多返回200条", 200),
        ("支持多种格式，最多不超过20个。", 20),
        ("一次性最多可以归还10个ID", 10),
        ("书的列表，个数上限为50。", 50),
        ("一次最多能归还十个", 10),
        ("一次最多归还二十五个", 25),
        ("A maximum of 10 IDs can be queried at a time", 10),
        ("The maximum number of IDs is 10.", 10),
        ("The number of IDs cannot exceed 10.", 10),
        ("Up to ten books can be lent.", 10),
        ("At most 10 books can be lent.", 10),
        ("数量不能超过10个", 10),
    ] {
        check(&[Phrase {
            ty: "Array of strings",
            text,
            state: most(count),
        }]);
    }
}

#[test]
fn limits_of_values() {
    let range = Statement::Range;
    let length = Statement::Length;
    check(&[
        Phrase {
            ty: "Integer",
            text: "每页记录数，最多返回100条。",
            state: range(None, Some(100)),
        },
        Phrase {
            ty: "Integer",
            text: "Number of books per page. A maximum of 100 books can be returned.",
            state: range(None, Some(100)),
        },
        Phrase {
            ty: "Integer",
            text: "一页的条数，最大支持100",
            state: range(None, Some(100)),
        },
        Phrase {
            ty: "Integer",
            text: "进度，取值0-100",
            state: range(Some(0), Some(100)),
        },
        Phrase {
            ty: "Integer",
            text: "取值：1-100",
            state: range(Some(1), Some(100)),
        },
        Phrase {
            ty: "Integer",
            text: "The value is between 1 and 100.",
            state: range(Some(1), Some(100)),
        },
        Phrase {
            ty: "Integer",
            text: "取值大于等于1",
            state: range(Some(1), None),
        },
        Phrase {
            ty: "Integer",
            text: "The value must be greater than 0.",
            state: range(Some(1), None),
        },
        Phrase {
            ty: "Integer",
            text: "Loan period. At most 30 days.",
            state: range(None, Some(30)),
        },
        Phrase {
            ty: "String",
            text: "Minimum: 1",
            state: length(Some(1), None),
        },
        Phrase {
            ty: "String",
            text: "Maximum: 64",
            state: length(None, Some(64)),
        },
        Phrase {
            ty: "String",
            text: "书名，最大长度支持64。",
            state: length(None, Some(64)),
        },
        Phrase {
            ty: "String",
            text: "The length ranges from 1 to 64.",
            state: length(Some(1), Some(64)),
        },
        Phrase {
            ty: "String",
            text: "The name must be 1-64 characters long.",
            state: length(Some(1), Some(64)),
        },
    ]);
}

#[test]
fn limits_that_are_not_understood_are_noted() {
    for (ty, text) in [
        ("Integer", "最多返回200条"),
        ("Integer", "当类型为PAPER时，最大值为9"),
        ("Integer", "If the book is lent, the maximum value is 9."),
        ("Integer", "PAPER的取值范围：[1,9]\nEPUB的取值范围：[2,9]"),
        ("String", "Minimum value: 1"),
        ("String", "一次最多归还10个，用逗号分隔"),
        ("String", "The value contains 32 characters."),
        ("String", "时间跨度不能超过90天"),
        ("Array of strings", "每次借阅最多保存30天"),
        ("Array of strings", "单个ID的长度不能超过64"),
        ("Integer", "The limit is 20."),
    ] {
        let (states, values, troubles) = told(ty, text);
        assert_eq!((states, values), (vec![], vec![]), "{text}");
        assert_eq!(troubles.len(), 1, "{text}: {troubles:?}");
    }
}

#[test]
fn numbers_that_limit_nothing() {
    for (ty, text) in [
        ("Integer", "若书的页数小于1，则该值为1。"),
        (
            "Integer",
            "When the number is greater than 5, the lamp is lit.",
        ),
        ("Integer", "Level of the shelf. The root has the level 0."),
        ("String", "ID of the book, such as b-100."),
    ] {
        assert_eq!(states(ty, text), [], "{text}");
    }
}

#[test]
fn more_defaults() {
    for (text, value) in [
        ("默认取值：20", "20"),
        ("不传默认取值为20", "20"),
        ("Default value: 20 Unit: day", "20"),
        ("每页条数，默认20，不能为空", "20"),
        ("Options:\n- 20 (default)\n- 30", "20"),
        ("取值如下：\n- 20：慢（默认）\n- 30：快", "20"),
    ] {
        let default = Statement::Default(value.to_owned());
        assert_eq!(states("Integer", text), [default], "{text}");
    }
    let (states, _, troubles) = told("Integer", "纸书默认为1，电子书默认为2");
    assert_eq!(states, []);
    assert_eq!(
        troubles,
        ["several defaults: it is not understood which holds when"]
    );
}

#[test]
fn deprecation() {
    for text in [
        "该字段会逐渐废弃，请使用height字段。",
        "This parameter is no longer supported.",
        "Deprecated. Use colour instead.",
        "(Discontinued) Colour of the shelf.",
        "该参数即将下线。",
    ] {
        assert_eq!(states("String", text), [Statement::Deprecated], "{text}");
    }
    for text in ["The value OLD is deprecated.", "MOBI格式已废弃。"] {
        let (states, _, troubles) = told("String", text);
        assert_eq!(states, [], "{text}");
        assert_eq!(troubles.len(), 1, "{text}: {troubles:?}");
    }
    assert_eq!(states("String", "This parameter is not deprecated."), []);
}
