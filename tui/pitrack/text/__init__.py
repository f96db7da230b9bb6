"""Words, numbers and dates as a person reads and types them."""
