"""Documents with a form: what a table counts, and when the posts of a live page were written."""
