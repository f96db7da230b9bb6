"""Plan and its rooms: goals, ideas, the launch method, automations, the review, the portfolio."""
