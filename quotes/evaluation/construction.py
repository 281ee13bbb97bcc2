"""How an annotated content hangs together with its cue in the parse."""

from __future__ import annotations

from collections.abc import Iterable

from quotes.evaluation.corpus import Relation
from quotes.syntax.parse import Parse
from quotes.text.spans import Span


def cue_lemma(parse: Parse, spans: Iterable[Span]) -> str | None:
    """Return the lemma of the token that heads a cue.

    Args:
        parse: The article's parse.
        spans: The cue, such as "did not say".

    Returns:
        The head's lemma ("say"), None without a cue or where the parse has no
        token for it.
    """
    head = _head(parse, _tokens(parse, spans))
    return None if head is None else parse.lemmas[head]


def annotated_construction(parse: Parse, relation: Relation) -> str:
    """Name the dependency between an annotated content and its cue.

    Args:
        parse: The article's parse.
        relation: The annotated relation.

    Returns:
        "ccomp of cue" when the content is a dependent of the cue (or of a word
        in the cue), "cue within content" when the cue hangs on a word of the
        content, "no cue", or "apart" for anything else; "not parsed" where the
        parse has no token for the content.
    """
    content = _tokens(parse, relation.content)
    cue = _tokens(parse, relation.cue) - content
    head = _head(parse, content)
    if head is None:
        return "not parsed"
    if not cue:
        return "no cue"
    # A content may hang on its cue by several words: in "said: “Crews left.”" the mark does too.
    dependents = [token for token in content if parse.heads[token] in cue]
    if dependents:
        return f"{parse.deps[_widest(parse, dependents)]} of cue"
    if any(parse.heads[token] in content for token in cue):
        return "cue within content"
    return "apart"


def _tokens(parse: Parse, spans: Iterable[Span]) -> frozenset[int]:
    return frozenset(token for span in spans for token in parse.tokens_in(span))


def _head(parse: Parse, tokens: frozenset[int]) -> int | None:
    """Return the token with the widest subtree among those whose head lies outside."""
    heads = parse.heads
    tops = [token for token in tokens if heads[token] not in tokens or heads[token] == token]
    return _widest(parse, tops) if tops else None


def _widest(parse: Parse, tokens: Iterable[int]) -> int:
    """Return the token with the widest subtree, the first of several."""
    return max(tokens, key=lambda token: (parse.right[token] - parse.left[token], -token))
