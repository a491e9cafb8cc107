"""The real site, built by the real MkDocs and read by a real browser."""
