"""Many practices from a table, and all of them as one; an import publishes nothing."""
