"""From mentions to references inside one article, and from references to entities across articles."""
