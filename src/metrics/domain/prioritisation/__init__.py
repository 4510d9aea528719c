"""Ranking measures: weights of criteria, how robust an order is, how far raters agree, other methods."""
