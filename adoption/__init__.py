"""What others make of a practice: feedback, adaptations, whether it still holds."""
