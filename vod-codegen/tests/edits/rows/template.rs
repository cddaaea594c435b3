//! The newer template, with a line for each kind of fact.

use vod_spec::Rule;

use super::Edit;

pub(super) const EDITS: &[Edit] = &[
    Edit {
        name: "newer template: a length",
        page: "tariff.en.md",
        from: "3 to 30 characters",
        to: "3 to 50 characters",
        due: &[(Rule::LimitChanged, "body.name")],
    },
    Edit {
        name: "newer template: a bare range",
        page: "tariff.en.md",
        from: "10 to 900",
        to: "10 to 2,000",
        due: &[(Rule::LimitChanged, "body.price")],
    },
    Edit {
        name: "newer template: items",
        page: "tariff.en.md",
        from: "A maximum of 8 cities",
        to: "A maximum of 12 cities",
        due: &[(Rule::LimitChanged, "body.cities")],
    },
    Edit {
        name: "newer template: a default",
        page: "tariff.en.md",
        from: "- RIDE: by the ride<br>Default Value<br>HOUR",
        to: "- RIDE: by the ride<br>Default Value<br>DAY",
        due: &[(Rule::DefaultChanged, "body.billing")],
    },
    Edit {
        name: "newer template: a value is added",
        page: "tariff.en.md",
        from: "- RIDE: by the ride",
        to: "- RIDE: by the ride<br>- WEEK: by the week",
        due: &[(Rule::ValueAdded, "body.billing.WEEK")],
    },
    Edit {
        name: "newer template: a value with a comma",
        page: "tariff.en.md",
        from: "HELMET, LIGHT, or BASKET",
        to: "HELMET, LIGHT, BASKET, or LOCK",
        due: &[(Rule::ValueAdded, "type.TariffExtra.item.LOCK")],
    },
    Edit {
        name: "newer template: a value of a reply",
        page: "tariff.en.md",
        from: "- DRAFT<br>- LIVE",
        to: "- DRAFT<br>- LIVE<br>- ENDED",
        due: &[(Rule::ValueAdded, "response.201.state.ENDED")],
    },
    Edit {
        name: "newer template: the least and the most",
        page: "tariff.en.md",
        from: "the maximum value is 500",
        to: "the maximum value is 700",
        due: &[(Rule::LimitChanged, "type.TariffExtra.cents")],
    },
    Edit {
        name: "newer template, Chinese: a length",
        page: "tariff.zh.md",
        from: "长度为3-30个字符",
        to: "长度为3-60个字符",
        due: &[(Rule::LimitChanged, "body.name")],
    },
    Edit {
        name: "newer template, Chinese: a bare range",
        page: "tariff.zh.md",
        from: "10-900",
        to: "10-9000",
        due: &[(Rule::LimitChanged, "body.price")],
    },
    Edit {
        name: "newer template, Chinese: items",
        page: "tariff.zh.md",
        from: "最多支持8个城市",
        to: "最多支持16个城市",
        due: &[(Rule::LimitChanged, "body.cities")],
    },
    Edit {
        name: "newer template, Chinese: a value",
        page: "tariff.zh.md",
        from: "DAY：按天<br>",
        to: "DAY：按天<br>WEEK：按周<br>",
        due: &[(Rule::ValueAdded, "body.billing.WEEK")],
    },
    Edit {
        name: "newer template, Chinese: a default in one line",
        page: "tariff.zh.md",
        from: "**默认取值**：30。",
        to: "**默认取值**：60。",
        due: &[(Rule::DefaultChanged, "body.days")],
    },
    Edit {
        name: "newer template, Chinese: a range in one line",
        page: "tariff.zh.md",
        from: "1~365",
        to: "1~730",
        due: &[(Rule::LimitChanged, "body.days")],
    },
    Edit {
        name: "newer template, Chinese: a default of a truth value",
        page: "tariff.zh.md",
        from: "<br>false |",
        to: "<br>true |",
        due: &[(Rule::DefaultChanged, "body.visible")],
    },
    Edit {
        name: "newer template, Chinese: a length with a unit",
        page: "tariff.zh.md",
        from: "字符长度1-64位",
        to: "字符长度1-36位",
        due: &[(Rule::LimitChanged, "path.tariff_id")],
    },
];
