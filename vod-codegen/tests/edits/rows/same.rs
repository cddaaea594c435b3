//! The same in other words, or in another layout: nothing is found.

use super::Edit;

pub(super) const EDITS: &[Edit] = &[
    Edit {
        name: "columns in another order",
        page: "return.zh.md",
        from: "| 参数 | 是否必选 | 参数类型 | 描述 |\n| :--- | :--- | :--- | :--- |\n| url | 是 | String | 照片地址，最大长度为512。 |\n| side | 否 | String |",
        to: "| 参数 | 参数类型 | 是否必选 | 描述 |\n| :--- | :--- | :--- | :--- |\n| url | String | 是 | 照片地址，最大长度为512。 |\n| side | String | 否 |",
        due: &[],
    },
    Edit {
        name: "the column of what is mandatory is called otherwise",
        page: "return.zh.md",
        from: "| 参数 | 是否必选 | 参数类型 | 描述 |\n| :--- | :--- | :--- | :--- |\n| url |",
        to: "| 参数 | 是否必填 | 参数类型 | 描述 |\n| :--- | :--- | :--- | :--- |\n| url |",
        due: &[],
    },
    Edit {
        name: "a section of the reply says that there is no body",
        page: "lock.zh.txt",
        from: "状态码： 204\n\n请求成功，无响应体。\n\n状态码： 400",
        to: "状态码： 204\n\n无\n\n状态码： 400",
        due: &[],
    },
    Edit {
        name: "whole cells in bold and code",
        page: "return.zh.md",
        from: "| distance | 否 | Integer |",
        to: "| **distance** | 否 | `Integer` |",
        due: &[],
    },
    Edit {
        name: "a link in the type",
        page: "return.zh.md",
        from: "| Array of ReturnPhoto objects |",
        to: "| Array of [ReturnPhoto](#ReturnPhoto) objects |",
        due: &[],
    },
    Edit {
        name: "spaces that are none",
        page: "return.zh.md",
        from: "最多只能上传5张",
        to: "最多只能上传 5 张",
        due: &[],
    },
    Edit {
        name: "a range in other words",
        page: "rides.en.html",
        from: "Value range: [1, 50].",
        to: "The value ranges from 1 to 50.",
        due: &[],
    },
    Edit {
        name: "a comma of thousands",
        page: "return.zh.md",
        from: "1～200000",
        to: "1～200,000",
        due: &[],
    },
    Edit {
        name: "another order of limit and default",
        page: "reserve.txt",
        from: "The value ranges from 5 to 90. The default value is 15.",
        to: "The default value is 15. The value ranges from 5 to 90.",
        due: &[],
    },
    Edit {
        name: "values in another order",
        page: "station.zh.html",
        from: "<li>OPEN（营业）</li><li>CLOSED（停业）</li>",
        to: "<li>CLOSED（停业）</li><li>OPEN（营业）</li>",
        due: &[],
    },
    Edit {
        name: "another word for the values",
        page: "return.zh.md",
        from: "取值如下： ● SUNNY",
        to: "可选值包括： ● SUNNY",
        due: &[],
    },
    Edit {
        name: "the example has another layout",
        page: "return.zh.md",
        from: "{\n  \"bill\" : {\n    \"amount\" : 2.5,",
        to: r#"{ "bill" : { "amount" : 2.5,"#,
        due: &[],
    },
    Edit {
        name: "English words in a Chinese page",
        page: "return.zh.md",
        from: "| refund | 否 | Boolean |",
        to: "| refund | No | Boolean |",
        due: &[],
    },
];
