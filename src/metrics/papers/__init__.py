"""Papers: a paper's model in, the bytes of a file out; nothing here fetches, and nothing looks at the clock.

One module for each format, `model.py` what they all read, `public.py` what the public may not see.
"""
