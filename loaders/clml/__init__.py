"""Crown Legislation Markup Language (CLML), legislation.gov.uk's XML: what is in a file, and what it says as quads."""
