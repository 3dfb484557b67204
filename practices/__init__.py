"""Good practices: experiences that others can adapt."""
