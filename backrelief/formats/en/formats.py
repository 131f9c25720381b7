"""Dates as a person says them: Wed, Sep 17."""

DATE_FORMAT = "D, M j"
SHORT_DATE_FORMAT = "M j"
DATETIME_FORMAT = "D, M j, g:i A"
TIME_FORMAT = "g:i A"
