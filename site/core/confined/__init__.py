"""Work on files that strangers send, in a process of its own; never imports Django."""
