"""Progress: what compounds, a view a module."""
