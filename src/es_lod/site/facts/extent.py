"""How far a dataset reaches: in time, and to the data of others."""

from es_lod.dataset import Dataset
from es_lod.model import kinds
from es_lod.values import PartialDate


def period(dataset: Dataset) -> tuple[PartialDate, PartialDate] | None:
    """From the first to the last day that a record speaks of, as precise as they are stated."""
    days = sorted(
        PartialDate(value[:10])
        for record in dataset
        for field in type(record).fields()
        if isinstance(field.kind, kinds.DateKind) and (value := getattr(record, field.name))
    )
    return (days[0], days[-1]) if days else None


def is_linked(dataset: Dataset) -> bool:
    """Whether any record says what it is called elsewhere."""
    return any(record.same_as for record in dataset)
