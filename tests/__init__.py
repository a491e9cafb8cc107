"""The tests, as one package: `tests.browser` and its like can be imported by name."""
