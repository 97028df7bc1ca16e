"""What the desk changes: who may, what a form holds, articles that are added, and corrections of what was read of them."""
