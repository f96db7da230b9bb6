"""Why a figure is what it is: the numbers it is made of, and the records behind them."""
