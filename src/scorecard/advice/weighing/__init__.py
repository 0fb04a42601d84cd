"""Weighing: weights with a reason, from judgements, from a ranking, from the spread of scores, or fitted to an outcome."""
