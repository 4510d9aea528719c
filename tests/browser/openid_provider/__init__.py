"""A real OpenID provider for the tests: Django with its OAuth toolkit, in a process of its own."""
