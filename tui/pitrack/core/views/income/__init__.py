"""Views of income: growth, stacking, break-even, and the payouts that are missing."""
