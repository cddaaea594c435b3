//! What is mandatory, types and defaults; parameters, fields and types that come and go.

use vod_spec::Rule;

use super::Edit;

pub(super) const EDITS: &[Edit] = &[
    Edit {
        name: "mandatory becomes optional",
        page: "reserve.txt",
        from: "rider_id\n\nYes",
        to: "rider_id\n\nNo",
        due: &[(Rule::RequiredChanged, "body.rider_id")],
    },
    Edit {
        name: "optional becomes mandatory in a type",
        page: "station.zh.html",
        from: "<td><p>from</p></td>\n<td><p>否</p>",
        to: "<td><p>from</p></td>\n<td><p>是</p>",
        due: &[(Rule::RequiredChanged, "type.OpeningHours.from")],
    },
    Edit {
        name: "optional becomes mandatory, document",
        page: "repair.json",
        from: "\"fault\"\n      ]",
        to: "\"fault\",\n        \"hours\"\n      ]",
        due: &[(Rule::RequiredChanged, "body.hours")],
    },
    Edit {
        name: "a number becomes a long",
        page: "return.zh.md",
        from: "| distance | 否 | Integer |",
        to: "| distance | 否 | Long |",
        due: &[(Rule::TypeChanged, "body.distance")],
    },
    Edit {
        name: "a text becomes a list",
        page: "station.zh.html",
        from: "<td><p>to</p></td>\n<td><p>否</p></td>\n<td><p>String</p>",
        to: "<td><p>to</p></td>\n<td><p>否</p></td>\n<td><p>Array of strings</p>",
        due: &[(Rule::TypeChanged, "type.OpeningHours.to")],
    },
    Edit {
        name: "a list becomes an object",
        page: "reserve.txt",
        from: "Array of HeldBicycle objects",
        to: "HeldBicycle object",
        due: &[(Rule::TypeChanged, "response.201.bicycles")],
    },
    Edit {
        name: "a default in a sentence",
        page: "reserve.txt",
        from: "The default value is 15.",
        to: "The default value is 30.",
        due: &[(Rule::DefaultChanged, "body.minutes")],
    },
    Edit {
        name: "a default behind a value list, Chinese",
        page: "return.zh.md",
        from: "默认为0",
        to: "默认为1",
        due: &[(Rule::DefaultChanged, "body.mode")],
    },
    Edit {
        name: "a default with another word",
        page: "return.zh.md",
        from: "缺省值：5",
        to: "缺省值：3",
        due: &[(Rule::DefaultChanged, "body.score")],
    },
    Edit {
        name: "a default behind a list, HTML",
        page: "station.zh.html",
        from: "默认值：1",
        to: "默认值：0",
        due: &[(Rule::DefaultChanged, "body.notify")],
    },
    Edit {
        name: "a default of a letter",
        page: "lock.zh.txt",
        from: "默认N",
        to: "默认Y",
        due: &[(Rule::DefaultChanged, "query.force")],
    },
    Edit {
        name: "a default in a document",
        page: "repair.json",
        from: r#""default": 4"#,
        to: r#""default": 8"#,
        due: &[(Rule::DefaultChanged, "body.hours")],
    },
    Edit {
        name: "a parameter is added, text",
        page: "reserve.txt",
        from: "coupon\n\nNo\n\nString",
        to: "voucher\n\nNo\n\nString\n\nVoucher.\n\ncoupon\n\nNo\n\nString",
        due: &[(Rule::ParameterAdded, "body.voucher")],
    },
    Edit {
        name: "a parameter is removed, text",
        page: "reserve.txt",
        from: "coupon\n\nNo\n\nString\n\nCoupon of the rider.\n\n",
        to: "",
        due: &[(Rule::ParameterRemoved, "body.coupon")],
    },
    Edit {
        name: "a parameter is renamed, Markdown",
        page: "return.zh.md",
        from: "| distance |",
        to: "| metres |",
        due: &[
            (Rule::ParameterAdded, "body.metres"),
            (Rule::ParameterRemoved, "body.distance"),
        ],
    },
    Edit {
        name: "a field is added to a type",
        page: "reserve.txt",
        from: "dock\n\nInteger",
        to: "battery\n\nInteger\n\nCharge.\n\ndock\n\nInteger",
        due: &[(Rule::FieldAdded, "type.HeldBicycle.battery")],
    },
    Edit {
        name: "a field of a reply is renamed",
        page: "rides.en.html",
        from: "<td><p>metres</p>",
        to: "<td><p>distance</p>",
        due: &[
            (Rule::FieldAdded, "type.RideRecord.distance"),
            (Rule::FieldRemoved, "type.RideRecord.metres"),
        ],
    },
    Edit {
        name: "a query parameter is added, HTML",
        page: "rides.en.html",
        from: "<tr><td><p>unit</p>",
        to: "<tr><td><p>city</p></td>\n<td><p>No</p></td>\n<td><p>String</p></td>\n<td><p>City.</p></td></tr>\n<tr><td><p>unit</p>",
        due: &[(Rule::ParameterAdded, "query.city")],
    },
    Edit {
        name: "a field of a nested type is added, Chinese",
        page: "return.zh.md",
        from: "| price | Double | 价格。 |",
        to: "| price | Double | 价格。 |\n| count | Integer | 数量。 |",
        due: &[(Rule::FieldAdded, "type.BillItem.count")],
    },
    Edit {
        name: "a property of a document",
        page: "repair.json",
        from: r#""count": {"#,
        to: "\"colour\": {\n          \"description\": \"颜色。\",\n          \"type\": \"string\"\n        },\n        \"count\": {",
        due: &[(Rule::FieldAdded, "type.RepairPart.colour")],
    },
    Edit {
        name: "a new nested type",
        page: "rides.en.html",
        from: "<td><p>Long</p></td>\n<td><p>Length of the stop.</p>",
        to: "<td><p>StopLength object</p></td>\n<td><p>Length of the stop.</p></td></tr>\n</tbody></table></div>\n<div class=\"tablenoborder\"><table><caption><b>Table 9 StopLength</b></caption>\n<thead><tr><th><p>Parameter</p></th><th><p>Type</p></th><th><p>Description</p></th></tr></thead>\n<tbody>\n<tr><td><p>seconds</p></td>\n<td><p>Long</p></td>\n<td><p>Seconds.</p>",
        due: &[
            (Rule::TypeChanged, "type.RideStop.seconds"),
            (Rule::TypeAdded, "type.StopLength"),
        ],
    },
];
