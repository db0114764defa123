"""Scripts that print tables: `python -m benchmarks.hello` from the project's folder. Not tests: they assert nothing."""
