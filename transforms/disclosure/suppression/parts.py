"""Independent parts of a task.

Tables of different persons, such as the residents of today and the participants of a programme since years, share no
hidden cell and no relation. What is published of one part proves nothing about the other, so each is searched by
itself: a joint search would have to prove that the sum of the costs is lowest.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from transforms.disclosure.model.joint import Relation
from transforms.disclosure.suppression.task import Task


def parts(task: Task) -> list[tuple[Task, list[int]]]:
    """Return the independent parts, in order of their first count.

    Returns:
        Per part its task, without tables, and per position in it the position in the whole task.
    """
    owner = _components(task)
    members: dict[int, list[int]] = {}
    for count, columns in enumerate(task.system.sums):
        # A count without hidden cells belongs to no other part, so it is a part of its own.
        members.setdefault(owner[columns[0]] if columns else -1 - count, []).append(count)
    hidden: dict[int, list[int]] = {}
    for column, first in enumerate(owner):
        hidden.setdefault(first, []).append(column)
    return [(_part(task, counts, hidden.get(first, [])), counts) for first, counts in members.items()]


def _components(task: Task) -> list[int]:
    """Return per hidden column the first column of its component."""
    first = list(range(task.system.hidden))

    def root(column: int) -> int:
        while first[column] != column:
            first[column] = first[first[column]]
            column = first[column]
        return column

    for columns in _links(task):
        roots = sorted({root(column) for column in columns})
        for other in roots[1:]:
            first[other] = roots[0]
    return [root(column) for column in range(task.system.hidden)]


def _links(task: Task) -> Iterable[Sequence[int]]:
    """Yield hidden columns that belong together: by a count, a relation or a demand."""
    yield from task.system.sums
    yield from ([column for column, _ in relation.terms] for relation in task.system.relations)
    for demand in task.demands:
        yield [column for count, _ in demand.form for column in task.system.sums[count]]


def _part(task: Task, counts: Sequence[int], columns: Sequence[int]) -> Task:
    """Return the task of one part: these counts over these hidden columns."""
    new = {column: place for place, column in enumerate(columns)}
    system = replace(
        task.system,
        keys=tuple(task.system.keys[count] for count in counts),
        places=(),
        grids=(),
        hidden=len(columns),
        sums=tuple(tuple(new[column] for column in task.system.sums[count]) for count in counts),
        relations=tuple(
            Relation(tuple((new[column], coefficient) for column, coefficient in relation.terms), relation.exact)
            for relation in task.system.relations
            if relation.terms[0][0] in new
        ),
    )
    records = task.records.renumbered([new.get(column, len(columns)) for column in range(task.system.hidden + 1)])
    return replace(task.of(counts, system), records=records)
