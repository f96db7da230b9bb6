"""Modal dialogs: short forms that give back a change or a value."""
