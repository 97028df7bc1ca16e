"""Everything that is English and needs no parse: word lists, dates, numerals, forms of words, titles, places, the blocks of a page."""
