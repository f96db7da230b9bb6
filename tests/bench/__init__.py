"""Benchmarks: ``python -m tests.bench`` prints what the budgets say beside what is measured. They are no tests."""
