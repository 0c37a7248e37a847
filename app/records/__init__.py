"""The rows a desk is set up with (queues, analysts, departments, machines, calendars ...): what they consist of, and
reading and changing them. One description of each (`kinds`) serves the administration page and the command line."""
