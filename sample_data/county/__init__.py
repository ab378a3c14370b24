"""An invented county, 990101 (样例省样例市样例县): its people, its books, and the faults planted in them."""
