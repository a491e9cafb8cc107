"""Records and results in, pages out: each a template and the data that it shows."""
