"""The rules, pure: values in, values out; no clock, no path, no words."""
