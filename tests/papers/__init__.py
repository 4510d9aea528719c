"""Tests of the papers: the same content gives the same bytes, and what people typed stays text."""
