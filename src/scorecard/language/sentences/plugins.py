"""SC5xx: plugins that could not be loaded or do not keep their contract."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    "SC501": "plugin '{plugin}' ({version}, {origin}) raised while it was imported: {error}",
    "SC502": "plugin '{plugin}' ({version}, {origin}) has no hook",
    "SC503": "plugin '{plugin}' ({version}, {origin}) has a function {hook}() without @hookimpl, so it is never called",
    "SC504": "plugin '{plugin}' ({version}, {origin}) marks {hook}() as a hook, and there is none of this name",
    "SC505": "plugin '{plugin}' ({version}, {origin}) wants {hook}() to wrap those of others; hooks only return records",
    "SC506": "plugin '{plugin}' ({version}, {origin}) raised in {hook}(): {error}",
    "SC507": "plugin '{plugin}' ({version}, {origin}) returns {found} from {hook}(); it returns a list of records",
    "SC507.endless": "plugin '{plugin}' ({version}, {origin}) returns more than {most} records from {hook}(); none is used",
    "SC508": "plugin '{plugin}' ({version}, {origin}) returns a {found} from {hook}(), where {expected} is expected",
    "SC509": "plugin '{plugin}' ({version}, {origin}) calls a {kind} '{id}'; an id is letters, digits and _ and begins with no digit",
    "SC510": "plugin '{plugin}' ({version}, {origin}): the params of {kind} '{id}' are no JSON Schema: they {problem}",
    "SC511": "plugin '{plugin}' ({version}, {origin}): {kind} '{id}' has no {missing}",
    "SC512": "plugin '{plugin}' ({version}, {origin}) offers a {kind} '{id}', which {other} offers already; this one is not used",
    "SC513": "plugin '{plugin}' ({version}, {origin}) offers a {kind} '{id}', an id of scorecard itself; this one is not used",
    "SC514": "the plugin folder '{folder}' does not exist",
    "SC514.file": "the plugin folder '{folder}' is a file; name the folder it lies in",
    "SC515": "plugin '{plugin}' ({version}, {origin}): {kind} '{id}' contradicts its contract: {problem}",
    "SC516": "plugin '{plugin}' ({version}, {origin}) could not be registered: {error}",
}
CHINESE = {
    "SC501": "插件“{plugin}”（{version}，{origin}）在导入时出错：{error}",
    "SC502": "插件“{plugin}”（{version}，{origin}）没有钩子",
    "SC503": "插件“{plugin}”（{version}，{origin}）的函数 {hook}() 没有 @hookimpl，因此不会被调用",
    "SC504": "插件“{plugin}”（{version}，{origin}）把 {hook}() 标为钩子，但没有这个名称的钩子",
    "SC505": "插件“{plugin}”（{version}，{origin}）要让 {hook}() 包裹他人的钩子；钩子只返回记录",
    "SC506": "插件“{plugin}”（{version}，{origin}）在 {hook}() 中出错：{error}",
    "SC507": "插件“{plugin}”（{version}，{origin}）的 {hook}() 返回了 {found}；它应返回记录的列表",
    "SC507.endless": "插件“{plugin}”（{version}，{origin}）的 {hook}() 返回了超过 {most} 条记录；一条也不采用",
    "SC508": "插件“{plugin}”（{version}，{origin}）的 {hook}() 返回了 {found}，而应为 {expected}",
    "SC509": "插件“{plugin}”（{version}，{origin}）把一个{kind}叫作“{id}”；编号由字母、数字和 _ 组成，不以数字开头",
    "SC510": "插件“{plugin}”（{version}，{origin}）：{kind}“{id}”的参数不是 JSON Schema：{problem}",
    "SC511": "插件“{plugin}”（{version}，{origin}）：{kind}“{id}”没有 {missing}",
    "SC512": "插件“{plugin}”（{version}，{origin}）提供的{kind}“{id}”已由 {other} 提供；不采用这一个",
    "SC513": "插件“{plugin}”（{version}，{origin}）提供的{kind}“{id}”用了 scorecard 自己的编号；不采用这一个",
    "SC514": "插件文件夹“{folder}”不存在",
    "SC514.file": "插件文件夹“{folder}”是一个文件；请写它所在的文件夹",
    "SC515": "插件“{plugin}”（{version}，{origin}）：{kind}“{id}”不符合约定：{problem}",
    "SC516": "插件“{plugin}”（{version}，{origin}）无法登记：{error}",
}
