"""What use cases return: frozen, complete, and without a word of layout."""
