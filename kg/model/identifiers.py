"""What things are called where an identifier must be the same each time: slugs and digests."""

from __future__ import annotations

import hashlib
import re
import unicodedata


def slug(name: str) -> str:
    """``name`` in lower-case ASCII letters, digits and hyphens, for IRIs; other scripts keep a short hash.

    >>> slug("RFE/RL's Kyrgyz service")
    'rfe-rls-kyrgyz-service'
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    plain = re.sub(r"['’`]", "", plain)
    plain = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:80].strip("-")
    lost = any(ch.isalpha() and not unicodedata.normalize("NFKD", ch).encode("ascii", "ignore") for ch in name)
    return f"{plain}-{digest(name)[:8]}".strip("-") if lost or not plain else plain


def digest(*parts: object) -> str:
    """A short stable hash (16 hexadecimal digits of SHA-256) over ``parts``."""
    joined = "\x1f".join(str(part) for part in parts)
    return hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()[:16]
