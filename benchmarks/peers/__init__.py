"""The programs that M3M is measured against. Each answers the same hello route."""
