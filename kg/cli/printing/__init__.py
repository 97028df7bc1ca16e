"""What commands print: streams and options that all share, tables, the summary of a build."""
