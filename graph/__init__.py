"""The graph: the store, how it is built, the rules that derive facts, networks and maps."""
