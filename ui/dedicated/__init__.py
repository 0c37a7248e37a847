"""The dedicated-analyst mode: one department at a time, with its strip, its lists, its dossier."""
