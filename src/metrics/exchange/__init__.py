"""Plan files and tables, in and out, through the same models as the forms."""
