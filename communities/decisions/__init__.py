"""The register of what a community has decided."""
