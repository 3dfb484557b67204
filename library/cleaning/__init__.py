"""Takes out of a file who made it and where, in a process of its own; never imports Django."""
