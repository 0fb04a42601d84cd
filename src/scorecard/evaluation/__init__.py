"""The conclusion for one scorecard: scores, why they are what they are, and whether the gates hold."""
