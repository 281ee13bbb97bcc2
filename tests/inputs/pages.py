"""Pages as common site templates have them: an article with all that is put around it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape

MENU = "".join(
    f'<li class="menu-item"><a href="/{name.lower()}">{name}</a></li>'
    for name in ("Home", "News", "Politics", "Business", "Sport", "Culture", "Opinion", "Video", "Log in", "Subscribe")
)
RELATED = "".join(
    f'<li><a href="/story-{number}">{title}</a></li>'
    for number, title in enumerate(
        (
            "Council “will not pay” for new pier, says treasurer",
            "Storm leaves three villages without power",
            "How to keep bees on a balcony",
            "Mayor said to be furious over leak",
        )
    )
)
SCRIPT = (
    "<script>window.dataLayer = window.dataLayer || []; function gtag() { dataLayer.push(arguments); }"
    ' var quote = "“Never,” said Script Person.";</script><style>.a { color: red }</style>'
)
COOKIES = (
    '<div id="cookie-banner" class="cookie-consent"><p>We use cookies to make this site better for you. '
    "By going on you say that you agree.</p><button>Accept all</button></div>"
)
FOOTER = "<footer><p>© 2024 The Daily Ledger. All rights reserved.</p><a href='/terms'>Terms</a></footer>"


def metadata(title: str) -> str:
    """The head of a page with its metadata."""
    return (
        f'<meta charset="utf-8"><title>{escape(title)} | The Daily Ledger</title>'
        f'<meta property="og:title" content="{escape(title)}"><meta property="og:site_name" content="The Daily Ledger">'
        '<meta name="author" content="Jo Berg"><meta property="article:published_time" content="2024-05-03T08:00:00Z">'
        '<link rel="canonical" href="https://ledger.example/story">'
    )


def lines(paragraphs: Sequence[str], tag: str = "p") -> str:
    """Paragraphs, each in its tag."""
    return "".join(f"<{tag}>{escape(each)}</{tag}>\n" for each in paragraphs)


def semantic(title: str, paragraphs: Sequence[str]) -> str:
    """An article element, with a menu, a sidebar and a footer."""
    return (
        f"<!DOCTYPE html><html lang='en'><head>{metadata(title)}{SCRIPT}</head><body>{COOKIES}"
        f"<header><nav><ul>{MENU}</ul></nav></header><main><article><h1>{escape(title)}</h1>"
        f"<p class='byline'>By <a href='/jo'>Jo Berg</a></p>{lines(paragraphs)}</article>"
        f"<aside><h2>Most read</h2><ul>{RELATED}</ul></aside></main>{FOOTER}</body></html>"
    )


def blog(title: str, paragraphs: Sequence[str]) -> str:
    """A blog's theme: entry-content, buttons to share, comments below."""
    half = len(paragraphs) // 2
    return (
        f"<!doctype html><html><head>{metadata(title)}</head><body class='single-post'><div id='page' class='site'>"
        f"<div class='nav-menu'><ul>{MENU}</ul></div><div id='content'><div class='post hentry'>"
        f"<h1 class='entry-title'>{escape(title)}</h1><div class='entry-meta'>Posted on May 3, 2024 by Jo Berg</div>"
        f"<div class='entry-content'>{lines(paragraphs[:half])}{SCRIPT}{lines(paragraphs[half:])}"
        "<div class='sharedaddy'><ul><li><a href='#'>Share</a></li><li><a href='#'>Tweet</a></li></ul></div>"
        "</div></div><div id='comments'><h3>2 comments</h3><ol><li class='comment'><p>Wally42 says: this is nonsense, "
        "the mayor told me so himself.</p></li><li class='comment'><p>“Rubbish,” said my aunt.</p></li></ol></div>"
        f"<div class='sidebar widget'><ul>{RELATED}</ul></div></div></div>{FOOTER}</body></html>"
    )


def divs(title: str, paragraphs: Sequence[str]) -> str:
    """A portal without semantic elements: the story in nested div elements with advertisements between."""
    middle = "<div class='ad-slot'><span>Advertisement</span></div>"
    body = "".join(
        f"<div class='story-body__inner'><p class='story-text'>{escape(each)}</p></div>{middle if at == 2 else ''}"
        for at, each in enumerate(paragraphs)
    )
    return (
        f"<html><head>{metadata(title)}{SCRIPT}</head><body><div class='wrap'><div class='topbar'><ul>{MENU}</ul></div>"
        f"<div class='story'><div class='headline'><h1>{escape(title)}</h1></div><div class='story-body'>{body}</div>"
        f"</div><div class='teaser-list'><h3>More on this</h3><ul>{RELATED}</ul></div></div>{FOOTER}{COOKIES}"
        "</body></html>"
    )


def old(title: str, paragraphs: Sequence[str]) -> str:
    """A page laid out with tables, paragraphs parted by line breaks, in upper-case tags."""
    body = "<BR><BR>".join(map(escape, paragraphs))
    return (
        f"<HTML><HEAD>{metadata(title)}</HEAD><BODY><TABLE WIDTH='100%'><TR><TD WIDTH='150'><UL>{MENU}</UL></TD>"
        f"<TD><H1>{escape(title)}</H1><FONT SIZE='2'><P>{body}</P></FONT></TD></TR></TABLE>{FOOTER}</BODY></HTML>"
    )


def amp(title: str, paragraphs: Sequence[str]) -> str:
    """A page for telephones: sections, pictures with captions, a box to sign up for a newsletter."""
    half = len(paragraphs) // 2
    picture = "<figure><amp-img src='a.jpg'></amp-img><figcaption>The harbour. Photo: P. Lind</figcaption></figure>"
    sign_up = (
        "<section class='newsletter'><p>Sign up for our newsletter.</p><form><input type='email'></form></section>"
    )
    return (
        f"<!doctype html><html amp><head>{metadata(title)}</head><body><amp-sidebar><ul>{MENU}</ul></amp-sidebar>"
        f"<article class='amp-wp-article'><header><h1>{escape(title)}</h1></header>{picture}"
        f"<div class='amp-wp-article-content'>{lines(paragraphs[:half])}{sign_up}{lines(paragraphs[half:])}</div>"
        f"</article>{FOOTER}</body></html>"
    )


TEMPLATES: dict[str, Callable[[str, Sequence[str]], str]] = {
    "semantic": semantic,
    "blog": blog,
    "divs": divs,
    "old": old,
    "amp": amp,
}
