"""A repository in, its past and what changed in it out."""
