"""Practices on their way to the public: reviewers, comments, clearance."""
