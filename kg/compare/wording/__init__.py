"""The sentences that tell what was compared and why."""
