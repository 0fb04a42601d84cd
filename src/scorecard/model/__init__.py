"""What everything else speaks of: frozen records, standard library only."""
