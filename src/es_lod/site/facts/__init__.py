"""What is found out of an edition before it is shown: plain values, no HTML."""
