"""SC701 to SC709: periods and frames that do not fit the definition."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    "SC701": "a frame was given for '{name}', and the definition has no such source",
    "SC702": "the definition has no period:, so '{period}' cannot be asked for",
    "SC703": "'{period}' is no {every} of this scorecard; write one like {example}, or two with .. between them",
    "SC704": "'{period}' names no period here; the first of two comes first",
    "SC705": "there are no records for {period}; they reach from {first} to {last}",
    "SC709": "scorecards read each other's results: {circle}",
}
CHINESE: dict[str, str] = {
    "SC701": "为“{name}”提供了数据表，而定义中没有这个数据源",
    "SC702": "定义没有 period:，因此不能要求“{period}”",
    "SC703": "“{period}”不是这个评分卡的期间（每期{every}）；请写成 {example}，或用 .. 连接两个",
    "SC704": "“{period}”不是一段期间；两者中请先写早的",
    "SC705": "{period} 没有记录；记录从 {first} 到 {last}",
    "SC709": "这些评分卡循环读取彼此的结果：{circle}",
}
