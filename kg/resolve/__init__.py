"""From mentions to references inside one article: who is named, who speaks, and the statements."""
