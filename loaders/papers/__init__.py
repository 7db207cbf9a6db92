"""Committee papers: a file in any usual format becomes a document of passages, with what they mention.

``reading`` turns the file into lines, ``passages`` puts the lines together into headings, paragraphs, items and
table rows that can be quoted, ``metadata`` says whose paper it is, ``abbreviations`` and ``mentions`` say what is
named in it, ``quads`` writes it down as RDF. What the paper *states* is found by :mod:`dutygraph.facts`.
"""
