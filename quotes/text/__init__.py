"""Texts: their paragraphs, what surrounds the article in them, and their quotation marks."""
