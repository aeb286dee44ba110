"""Whose viewpoint a sentence reports."""

from stance.viewpoint.attribute import attribute
from stance.viewpoint.attribution import Attribution

__all__ = ["Attribution", "attribute"]
