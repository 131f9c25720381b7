"""What leaves: a person's whole record as JSON, CSV and FHIR, its way back in, and its end."""
