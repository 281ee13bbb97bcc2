"""Whether a quotation is what the source says."""
