"""What a person's device did without the network, and how it gets into the record once."""
