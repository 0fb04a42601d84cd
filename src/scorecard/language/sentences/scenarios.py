"""SC790: files of scenarios."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    "SC790": "scenarios are not written like this",
    "SC790.key": "unknown key '{key}' in a file of scenarios",
    "SC790.schema": "a file of scenarios starts with schema: {expected}",
    "SC790.scenarios": "scenarios: takes names, each with what is supposed: {recover: {csat: 85, weight.csat: 3}}",
    "SC790.many": "{count} scenarios are too many to be read side by side; at most {most}",
    "SC790.empty": "'{name}' supposes nothing; write {csat: 85, weight.csat: 3} or [csat=85, weight.csat=3]",
    "SC790.number": "'{key}' takes a number, such as 85 or 98%",
    "SC790.sweep": "'{text}' tries several numbers; a scenario takes one, sweeps go with --set",
}
CHINESE: dict[str, str] = {
    "SC790": "情景不是这样写的",
    "SC790.key": "情景文件中有未知的键“{key}”",
    "SC790.schema": "情景文件以 schema: {expected} 开头",
    "SC790.scenarios": "scenarios: 下是各情景的名称及其假设：{recover: {csat: 85, weight.csat: 3}}",
    "SC790.many": "{count} 个情景太多，无法并排阅读；最多 {most} 个",
    "SC790.empty": "“{name}”没有任何假设；请写 {csat: 85, weight.csat: 3} 或 [csat=85, weight.csat=3]",
    "SC790.number": "“{key}”需要一个数，例如 85 或 98%",
    "SC790.sweep": "“{text}”要试多个数；一个情景只取一个，逐个试请用 --set",
}
