"""Gives a statement the speaker that an encoder finds, where the construction has another one or none.

"Asked whether <the mayor> would resign, <Ole Farr>, an aide, shrugged and said [he could not say]": the subject that
the parse gives "said" is not always who speaks. The construction's own speaker is kept unless the encoder all but
rules it out and takes it to be another: on articles that it did not learn from, six of seven such changes are right.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from quotes.candidates.candidate import Candidate
from quotes.encoding.encoder import Encoded
from quotes.scoring.selection import LEAST_PROBABILITY
from quotes.syntax.article import Article
from quotes.syntax.noun_phrases import mention_of
from quotes.syntax.parse import Parse

RULED_OUT = 0.03
"""Probability below which the construction's own speaker is doubted."""
SURE, SURE_ALONE = 0.5, 0.6
"""Least probability of somebody else who takes their place, and of a speaker where the construction has none."""
_PARTS = frozenset({"compound", "amod", "det", "poss", "nummod", "nmod", "case", "punct", "prep", "pobj", "advmod"})
_NAMING = frozenset({"NOUN", "PROPN", "PRON", "DET", "NUM"})


def with_likeliest_speakers(
    article: Article, choices: Iterable[Candidate], encoded: Encoded | None
) -> tuple[Candidate, ...]:
    """Return choices, each with a cue with the speaker that the encoder is sure of."""
    if encoded is None:
        return tuple(choices)
    return tuple(_judged(article, each, encoded) if _is_doubtful(each) else each for each in choices)


def _is_doubtful(choice: Candidate) -> bool:
    """Return whether the rule of a choice leaves open who speaks: "according to <a transcript>" names nobody."""
    return choice.cue_head is not None and choice.rule != "according_to" and choice.rule not in LEAST_PROBABILITY


def _judged(article: Article, choice: Candidate, encoded: Encoded) -> Candidate:
    parse, own = article.parse, choice.speaker
    shares = encoded.speaker(choice)
    if own is not None and sum(shares.get(token, 0.0) for token in parse.tokens_in(own.span)) >= RULED_OUT:
        return choice
    of_head: dict[int, float] = defaultdict(float)
    for token, share in shares.items():
        if token is not None and share > 0:
            of_head[_head(parse, token)] += share
    head, share = max(of_head.items(), key=lambda pair: (pair[1], -pair[0]), default=(0, 0.0))
    if share < (SURE if own else SURE_ALONE) or parse.pos[head] not in _NAMING or head in choice.tokens:
        return choice
    speaker = mention_of(parse, head)
    if not choice.tokens.isdisjoint(parse.tokens_in(speaker.span)):
        return choice
    if article.trace is not None:
        instead = f" instead of “{own.span.of(parse.text)}”" if own else ""
        message = f"the encoder gives the words to “{speaker.span.of(parse.text)}”{instead} ({share:.2f})"
        article.trace.note("speaker", choice.pieces[0], message, choice.key)
    return choice._replace(speaker=speaker)


def _head(parse: Parse, token: int) -> int:
    """Return the head of the noun phrase that a token is in: of "by <the mayor of> [Hull]" it is "mayor"."""
    while parse.deps[token] in _PARTS:
        above = parse.heads[token]
        above = parse.heads[above] if parse.pos[above] == "ADP" else above
        if parse.pos[above] not in _NAMING:
            break
        token = above
    return token
