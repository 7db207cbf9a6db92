"""Loaders: one module for each kind of source; each turns its source into quads, and nothing else."""
