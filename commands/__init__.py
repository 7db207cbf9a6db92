"""The commands by what they do; ``cli.py`` puts them together."""
