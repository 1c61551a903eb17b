"""Blind marking: made for reading, one key a mark. It sees one expert's packet and nothing else."""
