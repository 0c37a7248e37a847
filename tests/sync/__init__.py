"""Several replicas on one shared log, with faults."""
