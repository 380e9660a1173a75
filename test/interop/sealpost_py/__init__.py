"""The Sealpost envelope, version 1, written from spec/envelope-v1.md alone.

It shares no code and no author's view with the packages of this repository: what both
implementations agree on is what the specification says. It is a test instrument, not a product:
whole files are held in memory, and nothing here is hardened against who watches the process.

Section numbers in this package are those of spec/envelope-v1.md.
"""
