"""Small widgets used all over the window: accessible, following the palette, speaking both languages."""
