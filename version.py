"""The version of the package. The ontology and the register carry versions of their own."""

__version__ = "0.1.0"
