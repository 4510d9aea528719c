"""Words, numbers and dates in the reader's language: gettext catalogues (de, en), formats through Babel, and their way back."""
