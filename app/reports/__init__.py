"""Reports on paper: figures first (data apart from drawing), then pages."""
