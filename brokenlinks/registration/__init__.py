"""What the registries say of a domain: is it registered, and since when."""
