"""What every page shares: base page, classification, images, blocks, template tags."""
