"""Which references of different articles are one actor: rules over profiles, and the groups that judgements form. No store."""
