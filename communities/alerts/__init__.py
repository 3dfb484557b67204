"""What people follow, in their digest and in private feeds."""
