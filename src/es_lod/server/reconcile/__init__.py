"""Reconciliation: which records the names, numbers and addresses in a table mean.

The Reconciliation Service API 0.2 of a W3C community group, which OpenRefine speaks. `Reconciler`
answers; `routes` is its door to HTTP.
https://reconciliation-api.github.io/specs/0.2/
"""

from es_lod.server.reconcile.reconciler import Reconciler
from es_lod.server.reconcile.refusals import Refused

__all__ = ["Reconciler", "Refused"]
