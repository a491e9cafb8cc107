"""Plain geometry, hrefs and words in, inline SVG out."""
