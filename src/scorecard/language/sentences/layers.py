"""SC890 and up: what could be tidier about a file. SC951 and up: revisions of a definition, what lies in its layers, and bringing the changes of a base into it."""

SENTENCES = {
    "SC890": "no line names the schema, so editors neither complete nor check; '{schema}' is there",
    "SC891": "'{key}' stands before sections that the reference has before it: {order}",
    "SC951": "'{name}' is no file, and no revision of one; write it as git does, main:configs/acme.scorecard.yaml",
    "SC952": "these {count} definitions extend no layer that all of them have; name the base with --base, or fewer of them",
    "SC952.base": "'{file}' does not extend '{base}'",
    "SC951.repository": "'{name}' is no file, and this folder is in no git repository in which to look for a revision",
    "SC951.revision": "'{name}' is no file, and git knows no revision '{revision}' here",
    "SC951.outside": "'{name}' leaves the repository; a revision holds only what lies in it",
    "SC951.git": "'{name}' is no file, and to look for a revision git is needed, which is not installed",
}

CHINESE = {
    "SC890": "没有一行写明模式文件，编辑器无法补全和检查；已有 '{schema}'",
    "SC891": "'{key}' 排在了参考文档中先于它的部分之前；顺序为：{order}",
    "SC951": "'{name}' 既不是文件，也不是文件的某个版本；请按 git 的写法，如 main:configs/acme.scorecard.yaml",
    "SC951.repository": "'{name}' 不是文件，而当前文件夹不在任何 git 仓库中，无从查找版本",
    "SC951.revision": "'{name}' 不是文件，git 也不知道版本 '{revision}'",
    "SC951.outside": "'{name}' 超出了仓库；版本中只有仓库内的文件",
    "SC951.git": "'{name}' 不是文件，查找版本需要 git，而 git 没有安装",
    "SC952": "这 {count} 个定义没有共同继承的层；请用 --base 指明基础层，或减少定义",
    "SC952.base": "'{file}' 没有继承 '{base}'",
}
