"""SC93x: limits and baselines asked for with a run."""

SENTENCES = {
    "SC930": "the scorecard has no node '{name}'",
    "SC931": "--fail-under takes a score, or a node and a score: 60, or csat=50; not '{text}'",
    "SC932.unreadable": "the baseline {file} cannot be read: {problem}",
    "SC932.no_result": "the baseline {file} is no result of scorecard run; make one with --out {file}",
    "SC932.other": "the baseline {file} is a result of '{found}', or of other entities, and not of '{wanted}'",
    "SC932.empty": "the baseline {file} holds no score to compare with",
    "SC933": "the baseline {file} is of {day}, {days} days old, and at most {most} are allowed; make a new one with --out",
}
CHINESE = {
    "SC930": "评分卡没有节点 '{name}'",
    "SC931": "--fail-under 需要一个分数，或节点与分数：60 或 csat=50；而不是 '{text}'",
    "SC932.unreadable": "无法读取基准文件 {file}：{problem}",
    "SC932.no_result": "基准文件 {file} 不是 scorecard run 的结果；可用 --out {file} 生成",
    "SC932.other": "基准文件 {file} 是 '{found}' 或其他对象的结果，不是 '{wanted}' 的",
    "SC932.empty": "基准文件 {file} 没有可比较的得分",
    "SC933": "基准文件 {file} 生成于 {day}，已有 {days} 天，最多允许 {most} 天；请用 --out 重新生成",
}
