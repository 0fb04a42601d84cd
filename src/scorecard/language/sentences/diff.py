"""SC901 to SC903: comparing two definitions."""

SENTENCES = {
    "SC901": "'{name}' is the only definition named; name the one to compare it with, or a revision of it, such as main:{name}",
    "SC902": "the definitions cannot be compared",
    "SC902.key": "the definitions cannot be compared: the old one scores by {before}, the new one by {after}",
    "SC902.scale": "the definitions cannot be compared: the old scale is {before}, the new one {after}, and a point is not a point on both",
    "SC902.period": "the definitions cannot be compared: the old one has periods of {before}, the new one of {after}",
    "SC903": "'{text}' is no limit of band changes; write a number, such as 12, or a share of everybody, such as 5%",
}
CHINESE = {
    "SC901": "只给出了一个定义“{name}”；请再给出要比较的定义，或它的一个修订版，例如 main:{name}",
    "SC902": "两个定义无法比较",
    "SC902.key": "两个定义无法比较：旧定义按 {before} 计分，新定义按 {after} 计分",
    "SC902.scale": "两个定义无法比较：旧分制为 {before}，新分制为 {after}，分值含义不同",
    "SC902.period": "两个定义无法比较：旧定义的周期为 {before}，新定义的周期为 {after}",
    "SC903": "“{text}”不是等级变化的上限；请写数量，例如 12，或占全部对象的比例，例如 5%",
}
