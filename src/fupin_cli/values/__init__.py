"""One value in, one value out; never raises on bad text."""
