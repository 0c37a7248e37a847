"""Small widgets used all over the window. Each one is accessible, follows the palette and speaks both languages."""
