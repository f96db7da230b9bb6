"""Payouts: what platforms say they paid, from their CSV and XLSX files, as entries of a book."""
