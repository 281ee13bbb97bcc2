"""Reads what people have: pages, documents, subtitles, mails and records, each as plain text.

What a kind is, `quotes.inputs.kinds` tells by content; each kind has a module of its own, and the libraries
that some of them need are extras, imported when the first file of that kind is read.
"""
