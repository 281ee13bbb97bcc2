"""The parse of a document and the questions that every stage asks of it."""
