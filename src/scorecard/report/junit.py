"""JUnit XML, which build servers show."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, indent, tostring

_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def document(root: Element) -> str:
    """The document of its root, indented."""
    indent(root)
    return tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def attribute(text: str) -> str:
    """A text of which no character is forbidden in XML."""
    return _NOT_IN_XML.sub("\ufffd", text)
