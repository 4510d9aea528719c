"""What the README's figures come from: `make bench`, or one of them with `python -m benchmarks NAME`."""
