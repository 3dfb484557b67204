"""Files on posts and in libraries: judged and cleaned before they are stored, kept private."""
