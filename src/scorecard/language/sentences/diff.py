"""SC901 to SC903: comparing two definitions."""

SENTENCES = {
    "SC901": "'{name}' is the only definition named; name the one to compare it with, or a revision of it, such as main:{name}",
    "SC902": "the definitions cannot be compared",
    "SC902.key": "the definitions cannot be compared: the old one scores by {before}, the new one by {after}",
    "SC902.scale": "the definitions cannot be compared: the old scale is {before}, the new one {after}, and a point is not a point on both",
    "SC902.period": "the definitions cannot be compared: the old one has periods of {before}, the new one of {after}",
    "SC903": "'{text}' is no limit of band changes; write a number, such as 12, or a share of everybody, such as 5%",
}
