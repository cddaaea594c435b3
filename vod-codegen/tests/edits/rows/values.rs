//! Values, in many forms of lists.

use vod_spec::Rule;

use super::Edit;

pub(super) const EDITS: &[Edit] = &[
    Edit {
        name: "a value with or",
        page: "reserve.txt",
        from: "APP, KIOSK, or PHONE",
        to: "APP, KIOSK, PHONE, or WEB",
        due: &[(Rule::ValueAdded, "body.channel.WEB")],
    },
    Edit {
        name: "a bullet is gone",
        page: "reserve.txt",
        from: "• prepaid\n\n• postpaid",
        to: "• prepaid",
        due: &[(Rule::ValueRemoved, "body.payment.postpaid")],
    },
    Edit {
        name: "a number is added to listed ones",
        page: "reserve.txt",
        from: "2: staff",
        to: "2: staff\n\n3: emergency",
        due: &[
            (Rule::ValueAdded, "body.priority.3"),
            (Rule::LimitChanged, "body.priority"),
        ],
    },
    Edit {
        name: "a value with round brackets",
        page: "reserve.txt",
        from: "CHILD (for children)",
        to: "CHILD (for children), TANDEM (for two)",
        due: &[(Rule::ValueAdded, "type.BicycleWish.kind.TANDEM")],
    },
    Edit {
        name: "either, or",
        page: "reserve.txt",
        from: "Either STEEL or FABRIC.",
        to: "Either STEEL, CHAIN, or FABRIC.",
        due: &[(Rule::ValueAdded, "type.LockChoice.material.CHAIN")],
    },
    Edit {
        name: "enumerated values of a reply",
        page: "reserve.txt",
        from: "HELD, TAKEN, EXPIRED",
        to: "HELD, TAKEN, EXPIRED, FAILED",
        due: &[(Rule::ValueAdded, "response.201.state.FAILED")],
    },
    Edit {
        name: "round bullets in one line",
        page: "return.zh.md",
        from: "● SNOWY：雪天。",
        to: "● SNOWY：雪天。 ● WINDY：大风。",
        due: &[(Rule::ValueAdded, "body.weather.WINDY")],
    },
    Edit {
        name: "a bullet in one line is renamed",
        page: "return.zh.md",
        from: "● RAINY：雨天。",
        to: "● WET：雨天。",
        due: &[
            (Rule::ValueAdded, "body.weather.WET"),
            (Rule::ValueRemoved, "body.weather.RAINY"),
        ],
    },
    Edit {
        name: "middle dots without a colon",
        page: "return.zh.md",
        from: "· BELL 车铃",
        to: "· BELL 车铃 · SEAT 车座",
        due: &[(Rule::ValueAdded, "body.damage.SEAT")],
    },
    Edit {
        name: "numbers with a verb, Chinese",
        page: "return.zh.md",
        from: "1表示月底结算",
        to: "1表示月底结算，2表示年底结算",
        due: &[
            (Rule::ValueAdded, "body.mode.2"),
            (Rule::LimitChanged, "body.mode"),
        ],
    },
    Edit {
        name: "only these are supported",
        page: "return.zh.md",
        from: "仅支持zh、en、fr",
        to: "仅支持zh、en、fr、de",
        due: &[(Rule::ValueAdded, "body.language.de")],
    },
    Edit {
        name: "a numbered list",
        page: "return.zh.md",
        from: "2. PAID：已支付",
        to: "2. PAID：已支付<br>3. VOID：已作废",
        due: &[(Rule::ValueAdded, "type.RideBill.status.VOID")],
    },
    Edit {
        name: "bullets of a list in HTML",
        page: "rides.en.html",
        from: "<li>LOST: The bicycle was lost.</li>",
        to: "<li>LOST: The bicycle was lost.</li><li>PAUSED: It stands.</li>",
        due: &[(Rule::ValueAdded, "query.state.PAUSED")],
    },
    Edit {
        name: "values that are not announced, with a hyphen",
        page: "rides.en.html",
        from: "<li>MI - miles</li>",
        to: "<li>MI - miles</li><li>M - metres</li>",
        due: &[(Rule::ValueAdded, "query.unit.M")],
    },
    Edit {
        name: "bare values of a reply",
        page: "rides.en.html",
        from: "<li>GROUP</li>",
        to: "<li>GROUP</li><li>TOUR</li>",
        due: &[(Rule::ValueAdded, "type.RideRecord.kind.TOUR")],
    },
    Edit {
        name: "either, Chinese",
        page: "station.zh.html",
        from: "可以为STREET或者MALL",
        to: "可以为STREET、MALL或者CAMPUS",
        due: &[(Rule::ValueAdded, "body.type.CAMPUS")],
    },
    Edit {
        name: "values with wide brackets",
        page: "station.zh.html",
        from: "<li>BUILDING（建设中）</li>",
        to: "<li>BUILDING（建设中）</li><li>MOVED（已迁移）</li>",
        due: &[(Rule::ValueAdded, "body.status.MOVED")],
    },
];
