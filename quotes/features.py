"""Named, readable features of a proposal, for the scorer.

A feature is a short text such as ``cue=say`` or ``frame+cue=infinitive|urge``.
All are binary; numbers are put into buckets. The names are what
``quotes explain`` prints.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from quotes.frames.proposal import Proposal, Variant
from quotes.frames.setting import Setting
from quotes.lexicon import table, words
from quotes.marks import Quotation
from quotes.parse import Parse

_LENGTHS = (1, 2, 3, 5, 8, 12, 20, 35, 60)
_DISTANCES = (0, 1, 2, 3, 5, 8, 13, 21)
_SPEAKER_KINDS = ("person_nouns", "organization_nouns", "group_nouns", "document_nouns", "place_nouns")
_AUXILIARIES = ("aux", "auxpass")


@cache
def _attitudes() -> dict[str, str]:
    return {lemma: fields[1].split(",")[0] for lemma, fields in table("cues").items()}


def bucket(number: int, steps: Sequence[int]) -> str:
    """Return the bucket of a number: the smallest step not below it, or "more".

    >>> bucket(4, (1, 2, 5))
    '5'
    """
    return next((str(step) for step in steps if number <= step), "more")


def features_of(setting: Setting, proposal: Proposal) -> list[str]:
    """Return the features of a proposal, whatever reading of its content is taken.

    Args:
        setting: The document's setting.
        proposal: The proposal.

    Returns:
        Feature names, without repeats of meaning; order carries none.
    """
    frame = proposal.frame
    out = ["bias", f"frame={frame}", *_place(setting, proposal)]
    if proposal.cue_head is not None:
        out += _cue(setting.parse, proposal, setting)
    out += _speaker(setting.parse, proposal)
    if proposal.argument is not None:
        out += _argument(setting, proposal)
    if proposal.quotation is not None:
        out += _quotation(setting, proposal)
    out += _content(setting, proposal)
    return out


def _place(setting: Setting, proposal: Proposal) -> list[str]:
    first = proposal.variants[0].pieces[0][0]
    paragraph = setting.parse.paragraphs[first]
    kind = setting.document.paragraphs[paragraph].kind
    sentence = setting.parse.sentence_bounds[setting.parse.sentences[first]]
    return [
        f"place={kind}",
        f"first paragraph={min(paragraph, 2)}|{kind}",
        f"sentence opens={setting.parse.lemmas[sentence[0]]}|{proposal.frame}",
        f"sentence length={bucket(sentence[1] - sentence[0], _LENGTHS)}|{proposal.frame}",
    ]


def _cue(parse: Parse, proposal: Proposal, setting: Setting) -> list[str]:
    head = proposal.cue_head
    assert head is not None
    lemma, frame, tag = parse.lemmas[head], proposal.frame, parse.tags[head]
    parent = parse.heads[head]
    attitude = _attitudes().get(lemma, "none")
    out = [
        f"cue={lemma}",
        f"frame+cue={frame}|{lemma}",
        f"cue+tag={lemma}|{tag}",
        f"frame+tag={frame}|{tag}",
        f"frame+attitude={frame}|{attitude}",
        f"cue dependency={parse.deps[head]}",
        f"frame+cue dependency={frame}|{parse.deps[head]}",
        f"cue quoted={setting.quotation_at[head] >= 0}",
        f"frame+cue quoted={frame}|{setting.quotation_at[head] >= 0}",
    ]
    before, after = parse.lemmas[proposal.cue[0] - 1] if proposal.cue[0] else "none", proposal.cue[-1] + 1
    out += [
        f"word before cue={before}|{frame}",
        f"word after cue={parse.lemmas[after] if after < len(parse) else 'none'}|{frame}",
        f"tags around cue={parse.tags[proposal.cue[0] - 1] if proposal.cue[0] else 'none'}|"
        f"{parse.tags[after] if after < len(parse) else 'none'}|{frame}",
    ]
    if parent != head:
        above = _attitudes().get(parse.lemmas[parent], "none")
        out += [
            f"cue under={parse.deps[head]}|{parse.lemmas[parent]}",
            f"cue path={parse.deps[head]}|{parse.deps[parent]}|{frame}",
            f"attitude above={above}|{parse.deps[head]}|{attitude}",
            f"attitude above+cue={above}|{parse.deps[head]}|{lemma}",
        ]
    if parse.pos[head] in ("NOUN", "PROPN"):
        determiner = next((parse.lemmas[c] for c in parse.children[head] if parse.deps[c] in ("det", "poss")), "none")
        out += [
            f"cue noun={determiner}|{parse.deps[head]}|{parse.lemmas[parent]}",
            f"cue noun determiner={determiner}|{lemma}",
            f"cue noun under={parse.lemmas[parent]}|{parse.deps[head]}",
        ]
    out.append(f"cue ending={lemma[-4:]}|{parse.pos[head]}|{frame}")
    shape = []
    for child in parse.children[head]:
        dep = parse.deps[child]
        if dep in ("dobj", "xcomp", "prep", "acomp", "attr", "npadvmod", "oprd") and child != proposal.argument:
            out.append(f"cue's other {dep}={parse.lemmas[child]}|{frame}")
        if dep in _AUXILIARIES:
            out.append(f"auxiliary={parse.lemmas[child]}|{tag}")
            out.append(f"auxiliary+attitude={parse.lemmas[child]}|{attitude}")
        elif dep == "neg":
            out += ["negated", f"negated cue={lemma}"]
        elif dep == "prt":
            out.append(f"particle={lemma}|{parse.lemmas[child]}")
        elif dep == "mark":
            out.append(f"cue mark={parse.lemmas[child]}")
        elif dep == "advmod":
            out.append(f"cue adverb={parse.lemmas[child]}")
        elif dep == "prep" and child > head:
            out.append(f"cue preposition={lemma}|{parse.lemmas[child]}")
        if dep not in ("punct", "advmod", "cc", "aux", "neg"):
            shape.append(("<" if child < head else ">") + dep)
    out += [f"shape={frame}|{' '.join(shape)}", f"cue+shape={lemma}|{' '.join(sorted(set(shape)))}"]
    if len(proposal.cue) > 1 and proposal.cue[-1] > head:
        out.append(f"cue phrase={lemma} {parse.lemmas[proposal.cue[-1]]}|{frame}")
    if proposal.cue[0] != head and parse.pos[proposal.cue[0]] == "VERB":
        out.append(f"chain={parse.lemmas[proposal.cue[0]]}")
    return out


def _speaker(parse: Parse, proposal: Proposal) -> list[str]:
    frame = proposal.frame
    if proposal.speaker is None:
        return [f"no speaker|{frame}"]
    head = proposal.speaker.head
    lemma, pos, entity = parse.lemmas[head], parse.pos[head], parse.entity_types[head] or "none"
    out = [
        f"speaker part of speech={pos}|{frame}",
        f"speaker entity={entity}|{frame}",
        f"speaker dependency={parse.deps[head]}|{frame}",
    ]
    if pos != "PROPN":
        out.append(f"speaker={lemma}")
    for kind in _SPEAKER_KINDS:
        if lemma in words(kind):
            out.append(f"speaker kind={kind}|{frame}")
    if pos in ("NOUN", "PROPN"):
        modifier = parse.lemmas[proposal.speaker.head - 1] if head else "none"
        out.append(f"speaker opens={parse.lemmas[parse.left[head]]}|{frame}")
        out.append(f"speaker modifier={modifier}|{frame}")
    if proposal.cue_head is not None:
        side = "before" if head < proposal.cue_head else "after"
        out += [f"speaker {side}|{frame}", f"speaker+attitude={entity}|{pos}|{parse.lemmas[proposal.cue_head]}"]
        out.append(f"speaker distance={bucket(abs(head - proposal.cue_head), _DISTANCES)}|{side}")
    return out


def _argument(setting: Setting, proposal: Proposal) -> list[str]:
    parse, frame = setting.parse, proposal.frame
    token, head = proposal.argument, proposal.cue_head
    assert token is not None and head is not None
    lemma, cue = parse.lemmas[token], parse.lemmas[head]
    opening = parse.left[token]
    finite = any(parse.deps[c] in ("nsubj", "nsubjpass") for c in parse.children[token])
    mark = next((parse.lemmas[c] for c in parse.children[token] if parse.deps[c] in ("mark", "aux") and c < token), "none")
    out = [
        f"argument part of speech={parse.tags[token]}|{frame}",
        f"argument entity={parse.entity_types[token] or 'none'}|{frame}",
        f"argument={lemma}|{frame}",
        f"finite={finite}|{frame}",
        f"cue+finite={cue}|{finite}",
        f"opening={parse.lemmas[opening]}|{frame}",
        f"opening+cue={parse.lemmas[opening]}|{cue}",
        f"mark={mark}|{frame}",
        f"cue+mark={cue}|{mark}",
        f"argument side={'after' if token > head else 'before'}|{frame}",
        f"gap={bucket(max(opening - head, 0), _DISTANCES)}|{frame}",
        f"attitude+argument={_attitudes().get(cue, 'none')}|{parse.pos[token]}",
    ]
    shape = " ".join(
        ("<" if c < token else ">") + parse.deps[c] for c in parse.children[token] if parse.deps[c] not in ("punct", "advmod")
    )
    first, last = parse.left[token], parse.right[token]
    for child in parse.children[token]:
        dep = parse.deps[child]
        if dep in ("dobj", "attr", "acomp", "xcomp", "prep", "amod", "compound", "relcl", "acl", "neg"):
            out.append(f"argument {dep}={parse.lemmas[child]}|{frame}")
            out.append(f"argument+cue {dep}={parse.lemmas[child]}|{cue}")
    out += [
        f"words at content={parse.lemmas[first]} {parse.lemmas[min(first + 1, last)]}|{frame}",
        f"last word of content={parse.lemmas[last]}|{frame}",
        f"word before content={parse.lemmas[first - 1] if first else 'none'}|{frame}",
    ]
    helpers = [parse.lemmas[c] for c in parse.children[token] if parse.deps[c] in _AUXILIARIES]
    inner = parse.child(token, "nsubj", "nsubjpass")
    out += [
        f"argument shape={shape}|{frame}",
        f"argument helper={helpers[0] if helpers else 'none'}|{cue}",
        f"argument helpers={' '.join(helpers)}|{frame}",
        f"argument subject={'none' if inner is None else parse.tags[inner]}|{frame}",
        f"argument attitude={_attitudes().get(lemma, 'none')}|{parse.pos[token]}|{frame}",
        f"argument ending={lemma[-4:]}|{parse.pos[token]}|{frame}",
    ]
    if frame == "prepositional_content":
        out.append(f"preposition={parse.lemmas[parse.heads[token]]}|{cue}")
    if frame in ("nominal_object", "prepositional_content", "object_predicate"):
        determiner = next((parse.lemmas[c] for c in parse.children[token] if parse.deps[c] in ("det", "poss")), "none")
        kind = _attitudes().get(lemma, "none") if parse.pos[token] == "NOUN" else "no noun"
        out.append(f"object={cue}|{lemma}")
        out.append(f"object determiner={determiner}|{frame}")
        out.append(f"object attitude={kind}|{_attitudes().get(cue, 'none')}|{frame}")
        out.append(f"object attitude+cue={kind}|{cue}")
        out.append(f"object size={bucket(parse.right[token] - parse.left[token] + 1, _LENGTHS)}|{cue}")
    return out


def _quoted_share(setting: Setting, variant: Variant) -> str:
    tokens = [t for a, b in variant.pieces for t in range(a, b + 1)]
    inside = sum(setting.quotation_at[t] >= 0 for t in tokens)
    if inside == 0:
        return "none"
    return "all" if inside == len(tokens) else "most" if 2 * inside > len(tokens) else "some"


def _content(setting: Setting, proposal: Proposal) -> list[str]:
    parse, frame, variant = setting.parse, proposal.frame, proposal.variants[0]
    length = sum(b - a + 1 for a, b in variant.pieces)
    share = _quoted_share(setting, variant)
    out = [
        f"length={bucket(length, _LENGTHS)}|{frame}",
        f"quoted={share}|{frame}",
        f"pieces={len(variant.pieces)}|{frame}",
    ]
    if proposal.cue_head is not None:
        lemma = parse.lemmas[proposal.cue_head]
        out += [f"quoted+cue={share}|{lemma}", f"length+cue={bucket(length, _LENGTHS)}|{lemma}"]
    return out


def _quotation(setting: Setting, proposal: Proposal) -> list[str]:
    parse, text, frame = setting.parse, setting.parse.text, proposal.frame
    index = proposal.quotation
    assert index is not None
    quotation = setting.quotations[index]
    first, last = proposal.variants[-1].pieces[0][0], proposal.variants[-1].pieces[-1][1]
    inner = quotation.inner.of(text)
    before = text[max(0, quotation.outer.start - 2) : quotation.outer.start].strip()[-1:]
    after = text[quotation.outer.end : quotation.outer.end + 2].strip()[:1]
    ending = inner[-1:] if inner[-1:] in ",.?!;:…-—" else "word"
    start_kind = "capital" if inner[:1].isupper() else "lower"
    words = inner.count(" ") + 1
    out = [
        f"quotation ending={ending}|{frame}",
        f"quotation start={start_kind}|{frame}",
        f"quotation edges={before or 'edge'}|{after or 'edge'}|{frame}",
        f"quotation size={bucket(words, _LENGTHS)}|{frame}",
        f"quotation look={start_kind}|{ending}|{bucket(words, (1, 2, 4, 8))}|{frame}",
        f"word before quotation={parse.lemmas[first - 2] if first > 1 else 'none'}|{before}|{frame}",
        f"opens sentence={parse.sentences[max(first - 2, 0)] != parse.sentences[first]}|{frame}",
    ]
    if not quotation.closed:
        out.append(f"not closed|{frame}")
    if proposal.cue_head is None:
        return out + _floating(setting, quotation, first)
    return out + _link(setting, proposal, quotation, first, last)


def _link(setting: Setting, proposal: Proposal, quotation: Quotation, first: int, last: int) -> list[str]:
    """How a quotation and a verb hang together."""
    parse, verb, frame = setting.parse, proposal.cue_head, proposal.frame
    assert verb is not None
    lemma = parse.lemmas[verb]
    after = verb > last
    low, high = (last + 1, verb) if after else (verb + 1, first)
    between = range(low, high)
    verbs = sum(parse.pos[t] == "VERB" and setting.quotation_at[t] < 0 for t in between)
    stops = sum(parse.words[t] in (".", "?", "!") and setting.quotation_at[t] < 0 for t in between)
    quoted = len({setting.quotation_at[t] for t in between} - {-1, setting.quotation_at[first]})
    gap = parse.text[parse.ends[low - 1] : parse.starts[high]] if low < high else ""
    governed = _governed(parse, verb, first, last)
    subject = proposal.speaker
    own = [parse.deps[c] for c in parse.children[verb] if parse.deps[c] in ("ccomp", "dobj", "xcomp") and not first <= c <= last]
    return [
        f"distance={bucket(high - low, _DISTANCES)}|{frame}",
        f"verbs between={min(verbs, 3)}|{frame}",
        f"verbs between+cue={min(verbs, 2)}|{lemma}",
        f"stops between={min(stops, 2)}|{frame}",
        f"quotations between={min(quoted, 2)}|{frame}",
        f"paragraph break={parse.paragraphs[verb] != parse.paragraphs[first]}|{frame}",
        f"sentence apart={abs(parse.sentences[verb] - parse.sentences[last if after else first])}|{frame}",
        f"governed={governed}|{frame}",
        f"governed+cue={governed}|{lemma}",
        f"nearest={verbs == 0}|{governed}|{stops > 0}|{frame}",
        f"nearest+attitude={verbs == 0}|{stops > 0}|{_attitudes().get(lemma, 'none')}|{frame}",
        f"colon between={':' in gap}|{frame}",
        f"own complement={'/'.join(sorted(set(own))) or 'none'}|{frame}",
        f"own complement+cue={'/'.join(sorted(set(own))) or 'none'}|{lemma}",
        f"speaker nearer={subject is not None and low <= subject.head < high}|{frame}",
        f"resumed={proposal.variants[0].name == 'resumed'}|{frame}",
    ]


def _governed(parse: Parse, verb: int, first: int, last: int) -> str:
    """Return the label by which a verb governs the quotation, "no" when it does not."""
    for token in (first, last):
        step, child = token, token
        for _ in range(30):
            if step == verb:
                return parse.deps[child]
            if parse.heads[step] == step:
                break
            child, step = step, parse.heads[step]
    return "no"


def _floating(setting: Setting, quotation: Quotation, first: int) -> list[str]:
    """What stands between a quotation without a cue and the one before it."""
    parse = setting.parse
    previous = None
    token = first - 1
    for _ in range(120):
        if token < 0:
            break
        if setting.quotation_at[token] >= 0 and setting.quotation_at[token] != setting.quotation_at[first]:
            previous = token
            break
        token -= 1
    if previous is None:
        return ["no quotation before"]
    breaks = parse.paragraphs[first] - parse.paragraphs[previous]
    end = parse.sentence_bounds[parse.sentences[first]][1]
    own = [
        t for t in range(parse.sentence_bounds[parse.sentences[first]][0], min(end, first + 80))
        if parse.pos[t] == "VERB" and setting.quotation_at[t] < 0
    ]
    verb = parse.lemmas[own[0]] if own else "none"
    gap = range(previous + 1, first)
    saying = [parse.lemmas[t] for t in gap if _attitudes().get(parse.lemmas[t]) == "statement" and parse.pos[t] == "VERB"]
    return [
        f"paragraphs since={min(breaks, 3)}",
        f"tokens since={bucket(first - previous, (2, 4, 8, 16, 32, 64))}|{min(breaks, 2)}",
        f"sentences since={min(parse.sentences[first] - parse.sentences[previous], 4)}|{min(breaks, 2)}",
        f"verb in its sentence={verb}",
        f"stands alone={not own}|{min(breaks, 2)}",
        f"saying between={saying[-1] if saying else 'none'}|{min(breaks, 2)}",
    ]


def reading_features(setting: Setting, proposal: Proposal, variant: Variant) -> list[str]:
    """Return the features of one reading of a proposal's content.

    Args:
        setting: The document's setting.
        proposal: The proposal.
        variant: One of its variants.
    """
    parse, frame, name = setting.parse, proposal.frame, variant.name
    first, last = variant.pieces[0][0], variant.pieces[-1][1]
    plain = proposal.variants[0].pieces
    cut = plain[-1][1] - last
    lemma = parse.lemmas[proposal.cue_head] if proposal.cue_head is not None else "none"
    size = "same" if cut == 0 else ("shorter" if cut > 0 else "longer") + bucket(abs(cut), (2, 5, 10, 20))
    out = [
        f"reading={name}|{frame}",
        f"reading+cue={name}|{lemma}",
        f"reading size={name}|{size}",
        f"reading quoted={_quoted_share(setting, variant)}|{name}",
        f"balanced={_balanced(setting, variant)}|{name}",
        f"balanced={_balanced(setting, variant)}",
        f"reading pieces={len(variant.pieces)}|{name}|{frame}",
        f"reading length={bucket(sum(b - a + 1 for a, b in variant.pieces), _LENGTHS)}|{frame}",
        f"reading length+cue={bucket(sum(b - a + 1 for a, b in variant.pieces), _LENGTHS)}|{lemma}",
        f"first word={parse.lemmas[first]}|{name}",
        f"same start={first == plain[0][0]}|{name}",
        *_end(parse, proposal, last),
    ]
    if cut:
        out += _phrase(parse, proposal, "cut" if cut > 0 else "added", min(last, plain[-1][1]) + 1, max(last, plain[-1][1]))
    for other in proposal.variants:
        if other is not variant and other.pieces[-1][1] > last:
            out += _phrase(parse, proposal, "beyond", last + 1, other.pieces[-1][1])
            break
    return out


def _end(parse: Parse, proposal: Proposal, last: int) -> list[str]:
    """What stands where a reading ends."""
    if last + 1 >= len(parse):
        return ["ends text"]
    here, following, dep = parse.lemmas[last], parse.lemmas[last + 1], parse.deps[last + 1]
    sentence_end = parse.sentences[last] != parse.sentences[last + 1]
    return [
        f"next word={following}",
        f"next word+frame={following}|{proposal.frame}",
        f"next tag={parse.tags[last + 1]}|{dep}",
        f"last tag={parse.tags[last]}",
        f"around end={parse.tags[last]}|{parse.tags[last + 1]}",
        f"last word={here}",
        f"sentence end={sentence_end}",
    ]


def _phrase(parse: Parse, proposal: Proposal, how: str, start: int, end: int) -> list[str]:
    """Describe the phrase by which a reading is shorter or longer than the plain one."""
    comma = parse.words[start] in (",", "-", "—", "–", "--", ";", "(")
    while start < end and parse.pos[start] in ("PUNCT", "SPACE", "CCONJ"):
        start += 1
    token = start
    for _ in range(15):
        parent = parse.heads[token]
        if parent == token or parent < start or parent > end:
            break
        token = parent
    dep, tag, word = parse.deps[token], parse.tags[token], parse.lemmas[start]
    cue = parse.lemmas[proposal.cue_head] if proposal.cue_head is not None else "none"
    parent = parse.heads[token]
    to = "cue" if parent == proposal.cue_head else "argument" if parent == proposal.argument else parse.pos[parent]
    entity = parse.entity_types[token]
    dated = any(parse.entity_types[t] in ("DATE", "TIME") for t in range(start, min(end, start + 4) + 1))
    clausal = any(parse.deps[t] in ("nsubj", "nsubjpass") for t in parse.children[token])
    return [
        f"{how}={dep}|{tag}|{comma}",
        f"{how} word={word}|{comma}",
        f"{how} word+dependency={word}|{dep}",
        f"{how} word+cue={word}|{cue}",
        f"{how} head={parse.lemmas[token]}|{dep}",
        f"{how} to={to}|{dep}|{comma}",
        f"{how} to+word={to}|{word}",
        f"{how} dated={dated}|{dep}",
        f"{how} entity={entity}|{word}",
        f"{how} size={bucket(end - start + 1, _LENGTHS)}|{dep}|{comma}",
        f"{how} clause={clausal}|{dep}|{word}",
        f"{how} frame={proposal.frame}|{dep}|{comma}",
        f"{how} pair={word}|{parse.lemmas[min(start + 1, len(parse) - 1)]}",
    ]


def _balanced(setting: Setting, variant: Variant) -> bool:
    """Return whether a reading cuts no quotation in two."""
    at = setting.quotation_at
    first, last = variant.pieces[0][0], variant.pieces[-1][1]
    starts_inside = at[first] >= 0 and first > 0 and at[first - 1] == at[first]
    ends_inside = at[last] >= 0 and last + 1 < len(at) and at[last + 1] == at[last]
    return not starts_inside and not ends_inside
