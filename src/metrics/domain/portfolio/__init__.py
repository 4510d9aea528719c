"""The whole plan against the office that has to carry it: overloads, the way out of them, and the best choice."""
