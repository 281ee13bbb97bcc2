"""An older home of `mention_of`."""

from quotes.syntax.noun_phrases import SUBJECTS, mention_of

__all__ = ["SUBJECTS", "mention_of"]
