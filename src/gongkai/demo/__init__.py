"""A made-up district and its annual reports, in all layouts: for tests, benchmarks and ``gongkai demo``."""

from gongkai.demo.samples import write_samples

__all__ = ["write_samples"]
