"""Records in, frozen results out; what is computed never becomes part of what was written."""
