"""The therapist's rooms: who needs me, why, and what to do."""
