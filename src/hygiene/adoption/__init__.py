"""What a repository adopts: a first configuration that fits it, and waivers, each planned before a byte is written."""
