//! Lists of values, in whatever way a copy shows them.

use super::told;

/// A description, and the values that it lists.
struct List {
    name: &'static str,
    ty: &'static str,
    text: &'static str,
    values: &'static [&'static str],
}

fn check(cases: &[List]) {
    for List {
        name,
        ty,
        text,
        values,
    } in cases
    {
        let (_, found, troubles) = told(ty, text);
        assert_eq!(found, *values, "{name}: {text}");
        assert_eq!(troubles, [""; 0], "{name}: {text}");
    }
}

const LAMP: &[&str] = &["ON", "OFF"];

#[test]
fn lists_that_lost_their_breaks() {
    check(&[
        List {
            name: "bullets",
            ty: "String",
            text: "取值如下： • ON：灯亮。 • OFF：灯灭。",
            values: LAMP,
        },
        List {
            name: "bullets without explanations",
            ty: "String",
            text: "Options: • ON • OFF",
            values: LAMP,
        },
        List {
            name: "bullets without spaces",
            ty: "String",
            text: "取值如下：●ON：灯亮●OFF：灯灭",
            values: LAMP,
        },
        List {
            name: "dashes, and a bracket",
            ty: "Integer",
            text: "Light. The options are as follows: - 0: off (default value) - 1: on - 2: dim",
            values: &["0", "1", "2"],
        },
        List {
            name: "a dash within an explanation",
            ty: "String",
            text: "Options: - ON: lit - for good - OFF: dark",
            values: LAMP,
        },
        List {
            name: "stars",
            ty: "String",
            text: "Options: * ON: lit * OFF: dark",
            values: LAMP,
        },
        List {
            name: "points in the middle",
            ty: "String",
            text: "取值包括： · ON：灯亮； · OFF：灯灭。",
            values: LAMP,
        },
        List {
            name: "breaks of HTML",
            ty: "String",
            text: "取值如下：<br>ON：灯亮<br/>OFF：灯灭",
            values: LAMP,
        },
        List {
            name: "numbers in brackets",
            ty: "String",
            text: "取值如下：1）ON：灯亮；2）OFF：灯灭。",
            values: LAMP,
        },
        List {
            name: "numbers with a bracket",
            ty: "String",
            text: "Options: 1) ON: lit 2) OFF: dark",
            values: LAMP,
        },
        List {
            name: "numbers in circles",
            ty: "String",
            text: "灯的状态：①ON 灯亮②OFF 灯灭",
            values: LAMP,
        },
        List {
            name: "sentences",
            ty: "String",
            text: "取值如下： ON：灯亮。 OFF：灯灭。 默认值：ON。",
            values: LAMP,
        },
        List {
            name: "semicolons, and commas within explanations",
            ty: "String",
            text: "Options: ON: lit, warm; OFF: dark, cold",
            values: LAMP,
        },
        List {
            name: "numbered lines",
            ty: "String",
            text: "Options:\n1) ON: lit\n2) OFF: dark",
            values: LAMP,
        },
        List {
            name: "a list within an item",
            ty: "Array of strings",
            text: "What is shown.\n- Everything, if it is absent.\n- Otherwise these values:\n- - base_info: basics\n- - lamp_info: lamps",
            values: &["base_info", "lamp_info"],
        },
        List {
            name: "groups",
            ty: "String",
            text: "取值如下：\n- 纸书：PAPER、CARD\n- 电子书：EPUB、PDF。",
            values: &["PAPER", "CARD", "EPUB", "PDF"],
        },
    ]);
}

#[test]
fn values_without_a_colon() {
    for text in [
        "灯的状态\n- ON 亮着\n- OFF 灭了",
        "灯的状态\n- ON（亮）\n- OFF（灭）",
        "灯的状态\n- ON-亮\n- OFF-灭",
        "灯的状态\n- ON，亮\n- OFF，灭",
        "灯的状态\n- ON\n- OFF",
        "取值如下：\nON\nOFF",
        "State of the lamp.\n- ON - The lamp is lit.\n- OFF - The lamp is dark.",
        "State of the lamp.\n- ON The lamp is lit.\n- OFF The lamp is dark.",
        "State of the lamp.\n- ON (lit)\n- OFF (dark)",
        "State of the lamp.\n- \"ON\": lit\n- \"OFF\": dark",
        "ON：灯亮\nOFF：灯灭",
        "灯的状态，仅支持ON,OFF",
        "灯的状态，仅支持“ON”和“OFF”。",
        "灯的状态，支持ON、OFF，默认ON。",
        "灯的状态，目前只支持ON或OFF两种。",
        "灯的状态，取值为ON、OFF",
        "灯的状态，可以是ON（亮）或OFF（灭）。",
        "灯的状态，ON表示亮，OFF表示灭。",
        "灯的状态，ON亮着，OFF灭了",
        "State of the lamp. The value can be ON or OFF.",
        "State of the lamp. The value can be ON (lit) or OFF (dark).",
        "State of the lamp. Only ON and OFF are supported.",
        "State of the lamp, which must be either ON or OFF.",
        "ON indicates that it is lit, and OFF indicates that it is dark.",
        "Options: ON, OFF",
        "Options: ON | OFF",
        "Options: ON/OFF",
        "Options: ON (lit), OFF (dark)",
        "The options are ON and OFF.",
        "取值：ON（亮）、OFF（灭）。",
        "枚举值： ON, OFF",
        "取值范围：ON、OFF",
        "取值范围：\n- ON：亮\n- OFF：灭",
    ] {
        check(&[List {
            name: "two values",
            ty: "String",
            text,
            values: LAMP,
        }]);
    }
    check(&[
        List {
            name: "three values in a sentence",
            ty: "String",
            text: "支持PAPER、EPUB和PDF",
            values: &["PAPER", "EPUB", "PDF"],
        },
        List {
            name: "values with a clause between them",
            ty: "String",
            text: "Where the book is from. The value can be user, indicating one's own book, or loan.",
            values: &["user", "loan"],
        },
        List {
            name: "one value",
            ty: "String",
            text: "书的格式，目前仅支持“PDF”。",
            values: &["PDF"],
        },
        List {
            name: "numbers in a sentence",
            ty: "Integer",
            text: "是否借出，0表示未借出，1表示已借出。",
            values: &["0", "1"],
        },
        List {
            name: "numbers, with another verb",
            ty: "Integer",
            text: "灯，0为关灯，1为开灯，默认0",
            values: &["0", "1"],
        },
        List {
            name: "numbers in English",
            ty: "Integer",
            text: "The value 0 indicates off, and the value 1 indicates on.",
            values: &["0", "1"],
        },
        List {
            name: "names of numbers",
            ty: "Integer",
            text: "取值如下：\n- PACE_SLOW = 1,\n- PACE_FAST = 2 // fast",
            values: &["1", "2"],
        },
        List {
            name: "values in small letters",
            ty: "String",
            text: "取值如下：\n- paper\n- epub",
            values: &["paper", "epub"],
        },
        List {
            name: "values after a clause",
            ty: "String",
            text: "书的格式，PAPER、EPUB（默认EPUB）、PDF。",
            values: &["PAPER", "EPUB", "PDF"],
        },
    ]);
}

#[test]
fn sentences_that_list_no_values() {
    for (ty, text) in [
        ("String", "The name can be changed or deleted."),
        ("String", "It can be empty."),
        ("String", "This parameter can be used only once."),
        ("String", "书名，仅支持数字、字母、下划线。"),
        ("String", "kind取值为PAPER时必填。"),
        ("String", "若kind为PAPER，则必填。"),
        ("String", "ALL表示全部书。"),
        ("Integer", "层数，0表示全部，1表示一层，取值范围：[0,9]。"),
        ("String", "格式为yyyymmddhhmmss，必须是UTC时间。"),
        ("String", "例如：ON、OFF、DIM"),
        (
            "String",
            "The name can contain letters, digits, and underscores.",
        ),
        (
            "String",
            "Path of the book - including the shelf - in the library.",
        ),
        ("Integer", "支持9路"),
    ] {
        let (_, values, troubles) = told(ty, text);
        assert_eq!((values, troubles), (vec![], vec![]), "{text}");
    }
}

#[test]
fn a_list_that_goes_on_is_noted() {
    for text in [
        "取值：ON、OFF等",
        "支持PDF、EPUB等格式",
        "仅支持PDF、EPUB格式的书",
        "快灯FAST，慢灯SLOW",
        "- ON：灯亮\n- OFF：灯灭\n- 其它：坏了",
    ] {
        let (_, values, troubles) = told("String", text);
        assert_eq!(values, [""; 0], "{text}");
        assert_eq!(troubles.len(), 1, "{text}: {troubles:?}");
    }
}

#[test]
fn what_is_said_of_one_value_holds_for_no_other() {
    let (states, values, troubles) = told(
        "String",
        "Options:\n- ON: at most 64 characters\n- OFF: deprecated",
    );
    assert_eq!((states, troubles), (vec![], vec![]));
    assert_eq!(values, LAMP);
}
