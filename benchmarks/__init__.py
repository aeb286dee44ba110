"""What is fast is measured here, against peers, in one run: `python -m benchmarks`."""
