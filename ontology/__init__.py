"""The vocabulary: `dutygraph.ttl` (OWL 2), `shapes.ttl` (SHACL), the namespaces, and checks on all three."""
