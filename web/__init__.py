"""The web: pages for every thing, the question box, and what is mounted beside them."""
