"""The secretariat's desk: what waits, the work plan, the annual report, figures, the chair."""
