"""Who covers whom: the page of coverage with its calendar, sheets and dialogs; what somebody is asked each morning."""
