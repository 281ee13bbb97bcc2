"""One HTML page of families: each utterance with its reports side by side, in the order of their publication."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import NamedTuple

from quotes.models import Difference, Family, Member, Note, Statement, TextSpan, Verification
from quotes.statements import PIECES_JOINED_BY
from quotes.verification.alignment import alignments
from quotes.verification.differences import CONCERNS
from quotes.verification.wording import Part, compared
from quotes.verification.words import Words, words_of
from quotes.view.page import asset, colour_rules, content_policy, environment
from quotes.view.speakers import UNNAMED
from quotes.view.verified import spaced

Key = tuple[str, str]
"""Ids of a document and of a statement in it: copies of one text have the same statements."""
HUES = {"verbatim": "c2", "trimmed": "c4", "altered": "c1", "paraphrase": "unnamed"}
"""The colour of each relation, as a class of the style sheet."""
MEANINGS = {
    "verbatim": "quotes the same words",
    "trimmed": "quotes the same words, some left out",
    "altered": "quotes other words in some places",
    "paraphrase": "tells it in words of its own",
}
"""What each relation says of a report beside the fullest wording."""
NAMES = ("name", "alias", "aliases")
"""Columns of a table of people that the page shows elsewhere."""
OPEN_UP_TO = 25
"""Families up to which all are open when the page opens; of more, each is a line until it is asked for."""


class _Report(NamedTuple):
    """A report as the template writes it, with the copies that were made of it."""

    outlet: str
    published: date | None
    title: str | None
    kind: str
    relation: str | None
    """None for the fullest wording."""
    parts: Sequence[Part]
    facts: Sequence[str]
    concerns: Sequence[str]
    link: str | None
    copies: Sequence[tuple[str, date | None, str | None]]
    """Of each copy outlet, day and link."""


class _Filter:
    """The values of a filter in the order of the list, the most common first."""

    def __init__(self, values: Iterable[str]) -> None:
        ranked = sorted(Counter(values).items(), key=lambda each: (-each[1], each[0]))
        self.listed = ranked
        self._places = {name: place for place, (name, _) in enumerate(ranked)}

    def places(self, names: Iterable[str]) -> str:
        """Return the places of some values in the list: "0 4"."""
        return " ".join(str(place) for place in sorted({self._places[name] for name in names}))


def render_families(
    families: Iterable[Family],
    statements: Mapping[Key, Statement],
    links: Mapping[Key, str] | None = None,
) -> str:
    """Return a page that shows families, the reports of each side by side, and how their wordings differ.

    It is a whole HTML document that needs nothing from outside and can always be encoded as UTF-8.

    Args:
        families: What `quotes.link` gave.
        statements: What the members report, at least theirs, by document and id.
        links: The address of a member's place on a page that shows its article, where there is one.
    """
    given = list(families)
    people = _Filter(each.speaker.name or UNNAMED for each in given)
    outlets = _Filter(name for each in given for name in {outlet(member) for member in each.members})
    copies = sum(_has_original(member, each.members) for each in given for member in each.members)
    style = asset("page.css") + colour_rules() + asset("differences.css") + asset("families.css")
    script = asset("theme.js") + asset("common.js") + asset("families.js")
    return (
        environment()
        .get_template("families.html.j2")
        .render(
            families=[_shown(each, statements, links or {}, people, outlets) for each in given],
            people=people.listed,
            outlets=outlets.listed,
            reports=sum(len(each.members) for each in given) - copies,
            copies=copies,
            are_open=len(given) <= OPEN_UP_TO,
            hues=HUES,
            meanings=MEANINGS,
            style=style,
            script=script,
            policy=content_policy(style, script),
        )
    )


def outlet(member: Member) -> str:
    """Return who published a report, the document where that is not known."""
    return member.publisher or member.document


def _shown(
    family: Family, statements: Mapping[Key, Statement], links: Mapping[Key, str], people: _Filter, outlets: _Filter
) -> dict[str, object]:
    members, speaker = family.members, family.speaker.name or UNNAMED
    fullest = next((each for each in members if each.statement == family.wording_of), None)
    reports = _reports(family, fullest, statements, links)
    first = statements[_key(fullest or members[0])]
    return {
        "speaker": speaker,
        "also": [name for name in family.speaker.names if name != speaker],
        "wording": (family.wording or first.content.text).rstrip(" ,"),
        "is_quoted": family.wording is not None,
        "occasion": _occasion(family),
        "first": outlet(members[0]) if members[0].published else None,
        "first_day": members[0].published,
        "known": [
            (name, value) for name, value in (family.speaker.person or {}).items() if value and name not in NAMES
        ],
        "own": len(reports),
        "copies": len(members) - len(reports),
        "outlets": len({outlet(each) for each in members}),
        "days": _days(members),
        "chain": list(_chain(family)),
        "reports": reports,
        "confidence": family.confidence,
        "person": people.places([speaker]),
        "in_outlets": outlets.places(map(outlet, members)),
        "relations": " ".join(sorted({each.relation for each in members})),
    }


def _key(member: Member) -> Key:
    return member.document, member.statement


def _occasion(family: Family) -> list[str]:
    """Return what is known of when and where, as phrases."""
    known = family.occasion
    told = [f"to {known.addressee}" if known.addressee else None, f"through {known.medium}" if known.medium else None]
    return list(filter(None, told))


def _days(members: Sequence[Member]) -> list[tuple[date | None, list[tuple[str, bool]]]]:
    """Return for each day who published, and whether a copy; reports without a day come last."""
    ordered = sorted(members, key=lambda each: each.published or date.max)
    return [
        (day, list({outlet(each): each.copy_of is not None for each in own}.items()))
        for day, own in groupby(ordered, key=lambda each: each.published)
    ]


def _chain(family: Family) -> Iterator[str]:
    """Yield in sentences who had it first and who names whom."""
    dated = [each for each in family.members if each.published]
    undated = len(family.members) - len(dated)
    if not dated:
        yield "Who had it first is not known: no report has a day."
    else:
        first = min(each.published for each in dated if each.published)
        names = list(dict.fromkeys(outlet(each) for each in dated if each.published == first and not each.copy_of))
        names = names or [outlet(dated[0])]
        same = ", all on one day" if len(names) > 1 else ""
        yield f"First: {_listed(names)}{same}{', of those with a day' if undated else ''}."
    by_id = {each.statement: each for each in family.members}
    for each in family.members:
        if each.source in by_id:
            yield f"{outlet(each)} names {outlet(by_id[each.source])} as its source."


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _reports(
    family: Family, fullest: Member | None, statements: Mapping[Key, Statement], links: Mapping[Key, str]
) -> list[_Report]:
    """Return the reports of a family, the fullest wording first, copies with what they are copies of."""
    source = statements[_key(fullest)] if fullest else None
    wording = words_of(source.content.text) if source else None
    reports = []
    for member, copies in _folded(sorted(family.members, key=lambda each: each is not fullest), statements):
        statement = statements[_key(member)]
        report = _Report(
            outlet=outlet(member),
            published=member.published,
            title=statement.provenance.document.title,
            kind=member.kind,
            relation=None if fullest in (member, *copies) else member.relation,
            parts=_marked(member, statement, source, wording),
            facts=list(_facts(statement)),
            concerns=[name for name in CONCERNS if name in {each.concerns for each in member.differences}],
            link=links.get(_key(member)),
            copies=[(outlet(copy), copy.published, links.get(_key(copy))) for copy in copies],
        )
        reports.append(report)
    return reports


def _folded(members: Sequence[Member], statements: Mapping[Key, Statement]) -> list[tuple[Member, list[Member]]]:
    """Return members that are no copies, each with the copies of it: those of its document, by its words if there."""
    own: list[tuple[Member, list[Member]]] = [(each, []) for each in members if not _has_original(each, members)]
    for each in members:
        if _has_original(each, members):
            text = statements[_key(each)].content.text
            originals = [pair for pair in own if pair[0].document == each.copy_of]
            same = (pair for pair in originals if statements[_key(pair[0])].content.text == text)
            next(same, originals[0])[1].append(each)
    return own


def _has_original(member: Member, members: Sequence[Member]) -> bool:
    """Return whether a member is a copy of a report that is in the family and itself none."""
    return any(other.document == member.copy_of and other.copy_of is None for other in members)


def _facts(statement: Statement) -> Iterator[str]:
    """Yield what a report tells of the saying: to whom, through what, when."""
    role = statement.speaker.role.text if statement.speaker and statement.speaker.role else None
    if statement.speaker and (statement.speaker.name or statement.speaker.mention):
        mention = statement.speaker.mention.text if statement.speaker.mention else ""
        yield (statement.speaker.name or mention) + (f", {role}" if role else "")
    if statement.addressee and (name := statement.addressee.name):
        yield f"told {name}"
    if statement.medium and (name := statement.medium.name):
        yield f"through {name}"
    if statement.when:
        yield statement.when.text


def _marked(member: Member, statement: Statement, source: Statement | None, wording: Words | None) -> list[Part]:
    """Return what a report says with, in place, what the fullest wording has instead or besides."""
    notes = [] if wording is None or source is None else list(_left_out(member, statement, source, wording))
    beside = Verification(
        statement=statement,
        verdict=None,
        passages=(),
        differences=member.differences,
        notes=tuple(notes),
        other_speaker=False,
        occasion_differs=False,
        score=0.0,
    )
    return list(spaced(compared(beside)))


def _left_out(member: Member, statement: Statement, source: Statement, wording: Words) -> Iterator[Note]:
    """Yield where a report leaves out words of the wording: a difference tells only which."""
    dropped = [each for each in member.differences if each.kind == "dropped" and each.source is not None]
    if not dropped:
        return
    words = words_of(statement.content.text)
    alignment = next(iter(alignments(words, wording)), None)
    if alignment is None:
        return
    for each in dropped:
        place = _inside(each, source)
        for step in alignment.steps:
            if (
                step.kind == "dropped"
                and wording.starts[step.source.start] <= place < wording.ends[step.source.stop - 1]
            ):
                at = _in_document(alignment.words.ends[step.quotation.start - 1], statement)
                article = TextSpan(start=at, end=at, text="")
                yield Note(kind="unmarked_omission", article=article, source=each.source, words=None, concerns=None)
                break


def _inside(difference: Difference, statement: Statement) -> int:
    """Return where in a statement's content the words are that only it has; -1 for nowhere."""
    offset, span = 0, difference.source
    for piece in statement.content.spans:
        if span is not None and piece.start <= span.start < piece.end:
            return offset + span.start - piece.start
        offset += len(piece.text) + len(PIECES_JOINED_BY)
    return -1


def _in_document(place: int, statement: Statement) -> int:
    """Return where a place of the content is in the document, the end of the last piece for one after that."""
    offset = 0
    for piece in statement.content.spans:
        if place <= offset + len(piece.text):
            return piece.start + max(place - offset, 0)
        offset += len(piece.text) + len(PIECES_JOINED_BY)
    return statement.content.spans[-1].end
