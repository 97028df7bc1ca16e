"""What persons corrected, applied to the statements of one article: pure rules over the model."""
