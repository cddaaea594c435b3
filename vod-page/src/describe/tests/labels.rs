//! Descriptions in parts with labels.

use crate::facts::Statement;

use super::told;

/// A description in the parts of the newer template.
struct Labelled {
    name: &'static str,
    ty: &'static str,
    text: &'static str,
    states: &'static [Statement],
    default: Option<&'static str>,
    values: &'static [&'static str],
}

#[test]
fn parts_with_labels() {
    for case in [
        Labelled {
            name: "nothing to say",
            ty: "String",
            text: "Definition\nName of the shelf.\nConstraints\nN/A\nRange\nN/A\nDefault Value\nN/A",
            states: &[],
            default: None,
            values: &[],
        },
        Labelled {
            name: "a range",
            ty: "Integer",
            text: "参数解释：\n一页的条数。\n约束限制：\n不涉及\n取值范围：\n1-100\n默认取值：\n20",
            states: &[Statement::Range(Some(1), Some(100))],
            default: Some("20"),
            values: &[],
        },
        Labelled {
            name: "a range in words",
            ty: "Integer",
            text: "Definition\nPlace in the room.\nRange\nThe value ranges from 0 to 99.\nDefault Value\n10",
            states: &[Statement::Range(Some(0), Some(99))],
            default: Some("10"),
            values: &[],
        },
        Labelled {
            name: "characters",
            ty: "String",
            text: "Definition\nName.\nConstraints\nNone.\nRange\n0 to 85 characters\nDefault Value\nN/A",
            states: &[Statement::Length(Some(0), Some(85))],
            default: None,
            values: &[],
        },
        Labelled {
            name: "characters in the constraints",
            ty: "String",
            text: "Definition\nName.\nConstraints\nThe name consists of 1 to 64 characters.\nRange\nN/A",
            states: &[Statement::Length(Some(1), Some(64))],
            default: None,
            values: &[],
        },
        Labelled {
            name: "a list of values",
            ty: "String",
            text: "参数解释\n灯的状态。\n取值范围\n- ON：亮\n- OFF：灭\n默认取值\n不涉及",
            states: &[],
            default: None,
            values: &["ON", "OFF"],
        },
        Labelled {
            name: "values in lines",
            ty: "String",
            text: "Definition\nState of the lamp.\nRange\nON: lit\nOFF: dark",
            states: &[],
            default: None,
            values: &["ON", "OFF"],
        },
        Labelled {
            name: "values in one line",
            ty: "String",
            text: "Definition\nState of the lamp.\nRange\nON, OFF",
            states: &[],
            default: None,
            values: &["ON", "OFF"],
        },
        Labelled {
            name: "numbers with meanings",
            ty: "Integer",
            text: "Definition\nWhether it is lit.\nRange\n0: off\n1: on",
            states: &[],
            default: None,
            values: &["0", "1"],
        },
        Labelled {
            name: "labels before their texts",
            ty: "Integer",
            text: "参数解释：一页的条数。\n约束限制：不涉及。\n取值范围：1~100\n默认取值：20",
            states: &[Statement::Range(Some(1), Some(100))],
            default: Some("20"),
            values: &[],
        },
        Labelled {
            name: "all in one line",
            ty: "Integer",
            text: "参数解释： 一页的条数。 约束限制： 不涉及。 取值范围： 1-100 默认取值： 20",
            states: &[Statement::Range(Some(1), Some(100))],
            default: Some("20"),
            values: &[],
        },
        Labelled {
            name: "all in one line, without colons",
            ty: "Integer",
            text: "Definition Books on a page. Constraints N/A Range 1 to 100 Default Value 20",
            states: &[Statement::Range(Some(1), Some(100))],
            default: Some("20"),
            values: &[],
        },
        Labelled {
            name: "items and deprecation",
            ty: "Array of strings",
            text: "Definition\nBooks. This parameter is deprecated.\nConstraints\nA maximum of 10 books can be lent.\nRange\nN/A",
            states: &[Statement::Deprecated, Statement::Items(None, Some(10))],
            default: None,
            values: &[],
        },
        Labelled {
            name: "a single label",
            ty: "Integer",
            text: "一页的条数。\n取值范围：\n1-100\n默认值：\n20\n单位：条",
            states: &[Statement::Range(Some(1), Some(100))],
            default: Some("20"),
            values: &[],
        },
    ] {
        let (states, values, troubles) = told(case.ty, case.text);
        let default = case.default.map(|it| Statement::Default(it.to_owned()));
        let due: Vec<_> = case.states.iter().cloned().chain(default).collect();
        assert_eq!(states, due, "{}", case.name);
        assert_eq!(values, case.values, "{}", case.name);
        assert_eq!(troubles, [""; 0], "{}", case.name);
    }
}

#[test]
fn what_stands_below_a_label_and_is_not_understood_is_noted() {
    for (text, trouble) in [
        (
            "Definition\nA number.\nRange\nAny positive integer",
            "a range that is not understood: Any positive integer",
        ),
        (
            "参数解释\n数字。\n默认取值\n与上一页相同",
            "a default that is not understood: 与上一页相同",
        ),
    ] {
        let (states, values, troubles) = told("Integer", text);
        assert_eq!((states, values), (vec![], vec![]), "{text}");
        assert_eq!(troubles, [trouble], "{text}");
    }
}
