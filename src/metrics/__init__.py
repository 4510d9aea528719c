"""Zukunftsplan: the strategy of a municipal economic-development office, kept alive.

The package is laid out in rings (see docs/architecture.md); a module may import only what stands below it:

    ui | cli  →  usecases  →  store | charts | exchange  →  locale  →  domain
"""

__version__ = "0.1.0"
