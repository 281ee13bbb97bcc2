"""Who heard the words, what carried them, when, and whether they were said at all."""
