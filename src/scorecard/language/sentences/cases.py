"""SC91x: cases, and what came out of them."""

SENTENCES = {
    "SC911": "case '{name}' gives neither values of metrics (given:) nor records of sources (records:)",
    "SC912": "case '{name}' lacks 'period': the definition has periods, and targets, rules and windows depend on it; a period is written like {example}",
    "SC913": "nothing is called '{name}' there",
    "SC914": "{owner} expects '{name}', and nothing of that kind has this name",
    "SC915": "'{name}' cannot be {value}",
    "SC916": "no case of {files} can be run: it has none",
    "SC917": "no case is called '{name}'",
    "SC918": "case '{name}' brings records of {roster}, and must say in entity: which of them is judged, by {key}",
}
CHINESE = {
    "SC911": "案例 '{name}' 既没有给出指标取值（given:），也没有给出数据源记录（records:）",
    "SC912": "案例 '{name}' 缺少 'period'：定义按期评分，目标、规则和统计窗口都取决于它；期的写法如 {example}",
    "SC913": "那里没有 '{name}'",
    "SC914": "{owner} 期望“{name}”，但没有这个名称",
    "SC915": "'{name}' 不可能是 {value}",
    "SC916": "{files} 中没有可运行的案例",
    "SC917": "没有名为 '{name}' 的案例",
    "SC918": "案例 '{name}' 带有 {roster} 的记录，须在 entity: 中用 {key} 指明评的是哪一个",
}
