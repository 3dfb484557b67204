"""The pages of communities themselves: the list, home, people, ways in and out, settings."""
