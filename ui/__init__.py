"""What people see: the only place that imports PySide6."""
