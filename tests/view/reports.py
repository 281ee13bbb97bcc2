"""Statements and families of invented reports, for tests of the page of families."""

from __future__ import annotations

from collections.abc import Sequence

from quotes.linking import link
from quotes.models import Family, Statement
from quotes.view.families import Key
from tests.linking.reports_of_a_visit import said

BRIDGE = (
    "We will close the bridge on the first of July and we will not open it again before the last crack has been sealed"
)
CUT = "We will close the bridge on the first of July and not open it before the last crack has been sealed"
MENDED = "she would not open the bridge “again before the last crack has been mended”"
FERRY = "a free ferry would carry up to 400 cars a day"
OTHERS = (
    "the fleet would lose its best month",
    "ice had to be bought in Karsk",
    "nobody asked those who mend nets",
)
HOSTILE = "</p></details><script>window.broken = 1</script><img src=x onerror='window.broken = 2'> \u202e&amp; \x00"


def press_conference() -> list[Statement]:
    """What a wire, a copy of it and two other outlets report of one press conference."""
    found = []
    for document, published in (("wire", "2024-06-11"), ("courier", "2024-06-12")):
        about = {"document": document, "published": published, "speaker": "Ines Baptiste"}
        found += [said(BRIDGE, kind="direct", at=40, **about), said(FERRY, at=300, sentence=1, **about)]
    about = {"document": "gazette", "published": "2024-06-12", "speaker": "Ines Baptiste"}
    found += [said(CUT, kind="direct", at=9, **about), said(FERRY.replace("up to ", ""), at=300, sentence=1, **about)]
    other = {**about, "speaker": "Piet Oyelaran"}
    found += [said(each, at=500 + 50 * n, sentence=3 + n, **other) for n, each in enumerate(OTHERS)]
    ledger = {"document": "ledger", "published": "2024-06-14", "speaker": "Baptiste"}
    return [*found, said(MENDED, kind="mixed", at=77, medium="Wire", **ledger)]


def by_key(statements: Sequence[Statement]) -> dict[Key, Statement]:
    """Statements as the page takes them."""
    return {(each.provenance.document.id, each.id): each for each in statements}


def reported() -> tuple[list[Family], dict[Key, Statement]]:
    """The families of the press conference, with the statements."""
    statements = press_conference()
    return link(statements, min_confidence=0.4), by_key(statements)


def many(number: int) -> tuple[list[Family], dict[Key, Statement]]:
    """Two times a number of families, each pair with documents of its own and one of twenty speakers."""
    families, statements = reported()
    found: list[Family] = []
    every: dict[Key, Statement] = {}
    for count in range(number):
        for family in families:
            members = tuple(
                each.model_copy(
                    update={
                        "document": f"{each.document}-{count}",
                        "copy_of": each.copy_of and f"{each.copy_of}-{count}",
                    }
                )
                for each in family.members
            )
            speaker = family.speaker.model_copy(update={"name": f"Speaker {count % 20}"})
            found.append(family.model_copy(update={"members": members, "speaker": speaker}))
        every |= {(f"{document}-{count}", key): each for (document, key), each in statements.items()}
    return found, every


def hostile() -> tuple[list[Family], dict[Key, Statement]]:
    """Families whose every text is markup."""
    families, statements = reported()
    made = []
    for family in families:
        members = tuple(each.model_copy(update={"publisher": HOSTILE}) for each in family.members)
        speaker = family.speaker.model_copy(update={"name": HOSTILE, "names": (HOSTILE, "x" + HOSTILE)})
        occasion = family.occasion.model_copy(update={"medium": HOSTILE, "addressee": HOSTILE})
        change = {"members": members, "speaker": speaker, "occasion": occasion, "wording": HOSTILE}
        made.append(family.model_copy(update=change))
    changed = {}
    for key, each in statements.items():
        document = each.provenance.document.model_copy(update={"title": HOSTILE})
        provenance = each.provenance.model_copy(update={"document": document})
        span = each.content.spans[0].model_copy(update={"text": each.content.text + HOSTILE})
        content = each.content.model_copy(update={"text": span.text, "spans": (span,)})
        changed[key] = each.model_copy(update={"provenance": provenance, "content": content})
    return made, changed
