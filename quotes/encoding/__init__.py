"""An encoder beside the parse: it reads the paragraphs and scores candidates and extents (extra ``encoder``)."""
