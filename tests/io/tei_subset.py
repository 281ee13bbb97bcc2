"""Makes ``schemas/tei_said.rng`` from TEI's own ``tei_all.rng``.

The full schema (1 MB) takes ten seconds to load. Leaving out every element
that `quotes.io.tei` never writes gives a schema that loads at once and
accepts only what the full one accepts too, since each content model keeps
its alternatives and loses some of them::

    python tests/io/tei_subset.py tei_all.rng > tests/io/schemas/tei_said.rng
"""

from __future__ import annotations

import sys
from pathlib import Path

from lxml import etree

RNG = "http://relaxng.org/ns/structure/1.0"
KEPT = """
    TEI teiCorpus teiHeader fileDesc titleStmt title publicationStmt sourceDesc bibl publisher date idno
    encodingDesc appInfo application label editorialDecl quotation classDecl taxonomy category catDesc
    standOff listPerson person personGrp persName affiliation listOrg org orgName listPlace place placeName
    listBibl listAnnotation annotation note ref text body p ab said g
"""
IMPOSSIBLE_WHEN_ANY_IS = {
    "element",
    "attribute",
    "define",
    "group",
    "interleave",
    "list",
    "oneOrMore",
    "start",
}
HEADING = """
A part of TEI P5 4.3.0 (tei_all.rng as the TEI Consortium made it on 31 August 2021), made by
tests/io/tei_subset.py.
Copyright TEI Consortium. Used under the BSD 2-Clause licence, whose text is in LICENSE-TEI beside this file.
"""


def subset(schema: etree._ElementTree) -> etree._ElementTree:
    """Leave out the elements that are not kept, and whatever can then no longer be."""
    root = schema.getroot()
    for foreign in [each for each in root.iter() if not str(each.tag).startswith(f"{{{RNG}}}")]:
        if foreign.getparent() is not None:
            foreign.getparent().remove(foreign)
    kept = frozenset(KEPT.split())
    for element in root.iter(f"{{{RNG}}}element"):
        if element.get("name") not in kept:
            _forbid(element)
    while _simplified(root):
        pass
    _drop_empty(root)
    used = _reachable(root)
    for define in root.findall(f"{{{RNG}}}define"):
        if define.get("name") not in used:
            root.remove(define)
    for element in root.iter():
        for attribute in [name for name in element.attrib if name.startswith("{")]:
            del element.attrib[attribute]
    etree.cleanup_namespaces(root)
    root.insert(0, etree.Comment(HEADING))
    return schema


def _forbid(pattern: etree._Element) -> None:
    for child in list(pattern):
        pattern.remove(child)
    pattern.attrib.clear()
    pattern.tag = f"{{{RNG}}}notAllowed"


def _simplified(root: etree._Element) -> bool:
    """Draw one round of conclusions from what is not allowed; return whether there were any."""
    names = {
        define.get("name")
        for define in root.findall(f"{{{RNG}}}define")
        if len(define) == 1 and _local(define[0]) == "notAllowed"
    }
    changed = False
    for pattern in list(root.iter()):
        name = _local(pattern)
        if pattern is not root and pattern.getparent() is None:
            continue  # cut off by an earlier conclusion
        if name == "ref" and pattern.get("name") in names:
            _forbid(pattern)
            changed = True
        if name == "choice":
            changed |= _shortened(pattern)
        dead = [child for child in pattern if _local(child) == "notAllowed"]
        if dead and name in {"optional", "zeroOrMore"}:
            pattern.getparent().replace(pattern, etree.Element(f"{{{RNG}}}empty"))
            changed = True
        elif dead and name in IMPOSSIBLE_WHEN_ANY_IS and (name != "define" or len(pattern) > 1):
            if name == "define":
                _only(pattern, dead[0])
            else:
                _forbid(pattern)
            changed = True
    return changed


def _drop_empty(root: etree._Element) -> None:
    """Leave out patterns that only the empty sequence matches, where there is something else beside them."""
    for name in ("zeroOrMore", "optional", "oneOrMore"):
        for pattern in list(root.iter(f"{{{RNG}}}{name}")):
            if all(_local(child) == "empty" for child in pattern):
                pattern.getparent().replace(pattern, etree.Element(f"{{{RNG}}}empty"))
    for empty in list(root.iter(f"{{{RNG}}}empty")):
        parent = empty.getparent()
        if len(parent) > 1 and _local(parent) in {"group", "element", "define", "zeroOrMore"}:
            parent.remove(empty)
    _flatten(root)


def _flatten(root: etree._Element) -> None:
    """Take away groups of one and repetitions of repetitions, on which libxml2 runs for ever."""
    for group in list(root.iter(f"{{{RNG}}}group")):
        if len(group) == 1:
            group.getparent().replace(group, group[0])
    for inner in list(root.iter(f"{{{RNG}}}oneOrMore")):
        outer = inner.getparent()
        if len(outer) == 1 and _local(outer) == "oneOrMore":
            outer.getparent().replace(outer, inner)


def _shortened(choice: etree._Element) -> bool:
    dead = [child for child in choice if _local(child) == "notAllowed"]
    for child in dead:
        choice.remove(child)
    if not len(choice):
        _forbid(choice)
        return True
    return bool(dead)


def _only(define: etree._Element, child: etree._Element) -> None:
    for other in list(define):
        if other is not child:
            define.remove(other)


def _reachable(root: etree._Element) -> set[str]:
    defines: dict[str, list[etree._Element]] = {}
    for define in root.findall(f"{{{RNG}}}define"):
        defines.setdefault(define.get("name"), []).append(define)
    used: set[str] = set()
    waiting = [ref.get("name") for ref in root.findall(f"{{{RNG}}}start//{{{RNG}}}ref")]
    while waiting:
        name = waiting.pop()
        if name not in used:
            used.add(name)
            waiting += [ref.get("name") for each in defines[name] for ref in each.iter(f"{{{RNG}}}ref")]
    return used


def _local(pattern: etree._Element) -> str:
    return str(pattern.tag).rpartition("}")[2]


if __name__ == "__main__":
    made = subset(etree.parse(Path(sys.argv[1]), etree.XMLParser(remove_blank_text=True, remove_comments=True)))
    sys.stdout.buffer.write(etree.tostring(made, pretty_print=True, encoding="utf-8", xml_declaration=True))
