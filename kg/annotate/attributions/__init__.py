"""Who said what: sources, cues and contents."""
