"""The job, what starts it, and what becomes of failures."""
