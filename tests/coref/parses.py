"""Hand-built parses in short, and what coreference makes of them.

A token is ``form[/extra][:dep[:head]]``: ``Tull/PERSON:nsubj``, ``met/meet:ROOT``,
``mayor:appos:Tull``. The extra is an entity label (a proper noun), a tag of the Penn
Treebank, or the lemma of a verb in the past tense. A head is the first token of the
sentence with that form, its root when not given; the dependency is "dep" when not given.
The words before the last of ``Ione_Tull/PERSON:nsubj`` are compounds of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from quotes.candidates.candidate import Candidate
from quotes.coref.binding import bind
from quotes.coref.discourse import Discourse
from quotes.syntax.article import Article
from quotes.syntax.mention import Mention
from quotes.syntax.trace import Trace
from quotes.text.document import make_document
from quotes.text.quotations import find_quotations
from tests.builders import attributed, parse_from_rows

TAGS = {
    "the a": ("DET", "DT"),
    "he she it they him her them": ("PRON", "PRP"),
    "his its their": ("PRON", "PRP$"),
    "who": ("PRON", "WP"),
    "of in for to from with by at": ("ADP", "IN"),
    "and": ("CCONJ", "CC"),
    "'s": ("PART", "POS"),
    ". , : “ ”": ("PUNCT", "."),
}
"""Part of speech and tag of small words and marks."""
KNOWN = {word: tags for words, tags in TAGS.items() for word in words.split()}


def rows(*sentences: str) -> str:
    """The rows of `parse_from_rows` for some sentences."""
    blocks: list[str] = []
    base = 0
    for sentence in sentences:
        tokens = [token for word in sentence.split() for token in _tokens(word)]
        forms = [form for form, _, _, _ in tokens]
        root = next(i for i, (_, _, dep, _) in enumerate(tokens) if dep == "ROOT")
        lines: list[str] = []
        for form, extra, dep, head in tokens:
            lemma, pos, tag, label = _columns(form, extra)
            above = forms.index(head) if head else root
            lines.append(f"{form} {lemma} {pos} {tag} {dep or 'dep'} {base + above} {label}")
        blocks.append("\n".join(lines))
        base += len(tokens)
    return "\n\n".join(blocks)


def _tokens(word: str) -> Iterator[tuple[str, str, str, str]]:
    """Form, extra, dependency and head of the tokens of a word."""
    full, _, relation = word.partition(":") if word != ":" else (word, "", "")
    dep, _, head = relation.partition(":")
    form, _, extra = full.partition("/")
    *first, last = form.split("_")
    for each in first:
        yield each, extra, "compound", last
    yield last, extra, dep, head


def _columns(form: str, extra: str) -> tuple[str, str, str, str]:
    """Lemma, part of speech, tag and entity label of a token."""
    lemma = form.lower()
    if extra in ("NNS", "NNPS", "NNP", "NN", "JJ", "PRP$"):
        pos = {"NNP": "PROPN", "NNPS": "PROPN", "JJ": "ADJ", "PRP$": "PRON"}.get(extra, "NOUN")
        return lemma.removesuffix("s") if extra == "NNS" else lemma, pos, extra, ""
    if extra.isupper():
        return lemma, "PROPN", "NNP", extra
    if extra:
        return extra, "VERB", "VBD", ""
    if lemma in KNOWN:
        return lemma, *KNOWN[lemma], ""
    return (lemma, "PROPN", "NNP", "") if form[0].isupper() else (lemma, "NOUN", "NN", "")


def article(*sentences: str, paragraphs: Sequence[int] = (), trace: Trace | None = None) -> Article:
    """The article of some sentences; ``paragraphs`` has one number a sentence."""
    parse = parse_from_rows(rows(*sentences))
    if paragraphs:
        numbers = tuple(paragraphs[sentence] for sentence in parse.sentences)
        parse = parse_from_rows(rows(*sentences), paragraphs=numbers)
    document = make_document(parse.text)
    return Article.of(document, parse, find_quotations(document.text, document.paragraphs), trace)


def at(source: Article, form: str, occurrence: int = 0) -> int:
    """Index of the token with a form, the first one unless told otherwise."""
    return [token for token, word in enumerate(source.parse.words) if word == form][occurrence]


def mention(source: Article, *forms: str, occurrence: int = 0) -> Mention:
    """The mention from a form to another, headed by the last."""
    last = at(source, forms[-1], occurrence)
    first = last if len(forms) == 1 else last - len(forms) + 1
    return Mention(source.parse.span(first, last), last)


def said(source: Article, speaker: Mention | None, content: str, cue: str | None = "said", **more: Any) -> Candidate:
    """A candidate with a speaker and words given by their text."""
    span = source.parse.span(at(source, content.split(maxsplit=1)[0]), at(source, content.rsplit(maxsplit=1)[-1]))
    tokens = () if cue is None else (at(source, cue),)
    head = tokens[0] if tokens else None
    return attributed("said", tokens, head, (span,), speaker, **more)


def bound(source: Article, *candidates: Candidate) -> Discourse:
    """The discourse of an article, bound."""
    discourse = Discourse(source, candidates)
    bind(discourse)
    return discourse


def meant(source: Article, form: str, *candidates: Candidate, occurrence: int = 0) -> str | None:
    """Name of whom a token is bound to, "-" for somebody without a name, None for nobody."""
    referent = bound(source, *candidates).meaning_of(at(source, form, occurrence))
    return None if referent is None else referent.name or "-"
