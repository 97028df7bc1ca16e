"""What follows from the stored articles, kept up to date as they come and go: identity, comparison, and the index of both."""
