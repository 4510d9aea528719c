"""Words, numbers and dates in the reader's language: gettext catalogues, Babel's formats, and their way back."""
