"""What the paragraphs of a page are, by the words that pages use: prose, headlines, captions, bylines, furniture."""
