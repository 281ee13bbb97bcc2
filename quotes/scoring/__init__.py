"""Decides which candidates are attributions, and how far their contents reach."""
