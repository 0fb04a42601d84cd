"""SC67x: databases that cannot be reached, or are asked for what they do not give; files that change while they are read; no room for records."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    "SC670": "source '{source}': there is no way to {origin}: {problem}",
    "SC671": "source '{source}': the connection to {origin} ended after {count} [row|rows], and no part of the records is used: {problem}",
    "SC672": "source '{source}': only a query that begins with select or with is run, and this one begins with '{word}'",
    "SC672.into": "source '{source}': a query that writes into something is not run",
    "SC672.several": "source '{source}': several queries at once are not run; write one, without a semicolon in it",
    "SC673": "source '{source}': the query has the name :{name}, and params: has no value for it",
    "SC673.unused": "source '{source}': params: has a value for {name}, and the query has no :{name}",
    "SC673.quoted": "source '{source}': ':{name}' stands in quotes in the query, so it is a text; write :{name} without them",
    "SC674": "source '{source}': {origin} does not know the time zone {zone}; load its time zone tables (mysql_tzinfo_to_sql)",
    "SC675": "source '{source}': {origin} was changed while it was read, so no part of it is used; run again when it is complete",
    "SC676": "records could not be laid aside in {folder}: {problem}; set TMPDIR to a folder with more room",
    "SC676.nowhere": "there is no folder in which records could be laid aside; set TMPDIR to one that can be written to",
}
CHINESE: dict[str, str] = {
    "SC670": "数据源“{source}”：无法连接 {origin}：{problem}",
    "SC671": "数据源“{source}”：与 {origin} 的连接在读取 {count} 行后中断，已读的记录一概不用：{problem}",
    "SC672": "数据源“{source}”：只运行以 select 或 with 开头的查询，而这一条以“{word}”开头",
    "SC672.into": "数据源“{source}”：不运行会写入数据的查询",
    "SC672.several": "数据源“{source}”：不能一次运行多条查询；请只写一条，其中不带分号",
    "SC673": "数据源“{source}”：查询中有 :{name}，而 params: 没有给出它的值",
    "SC673.unused": "数据源“{source}”：params: 给出了 {name} 的值，而查询中没有 :{name}",
    "SC673.quoted": "数据源“{source}”：查询中的 ':{name}' 在引号里，成了文本；请去掉引号写 :{name}",
    "SC674": "数据源“{source}”：{origin} 不认识时区 {zone}；请载入它的时区表（mysql_tzinfo_to_sql）",
    "SC675": "数据源“{source}”：{origin} 在读取时被改动，因此一概不用；等它完整后请再运行",
    "SC676": "记录无法暂存到 {folder}：{problem}；请把 TMPDIR 设为空间更大的文件夹",
    "SC676.nowhere": "没有可以暂存记录的文件夹；请把 TMPDIR 设为可以写入的文件夹",
}
