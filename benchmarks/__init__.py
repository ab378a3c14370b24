"""Speed and memory, measured against peers as ratios in one run; never asserted as seconds in a test."""
