"""The REST service: one model behind HTTP."""
