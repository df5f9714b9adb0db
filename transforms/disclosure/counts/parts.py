"""A task in parts that have nothing to do with each other.

Tables of other persons, such as the residents of today and the participants of a programme since years,
share no hidden cell and no relation. What is published of the one proves nothing about the other, so each
part is searched for itself: a joint search would have to prove that the sum of the costs is lowest.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from transforms.disclosure.counts.task import Task
from transforms.disclosure.model.joint import Relation


def parts(task: Task) -> list[tuple[Task, list[int]]]:
    """The independent parts, in order of their first count.

    Returns:
        Per part the task, and per position in it the position in the whole. Their tables are not told.
    """
    owner = _components(task)
    members: dict[int, list[int]] = {}
    for count, columns in enumerate(task.system.sums):
        # A count of nobody at all belongs to no part, so it is one.
        members.setdefault(owner[columns[0]] if columns else -1 - count, []).append(count)
    hidden: dict[int, list[int]] = {}
    for column, first in enumerate(owner):
        hidden.setdefault(first, []).append(column)
    return [(_part(task, own, hidden.get(first, [])), own) for first, own in members.items()]


def _components(task: Task) -> list[int]:
    """Per hidden column the first column of its component."""
    first = list(range(task.system.hidden))

    def root(column: int) -> int:
        while first[column] != column:
            first[column] = first[first[column]]
            column = first[column]
        return column

    for columns in _links(task):
        roots = sorted({root(column) for column in columns})
        for one in roots[1:]:
            first[one] = roots[0]
    return [root(column) for column in range(task.system.hidden)]


def _links(task: Task) -> Iterable[Sequence[int]]:
    """Hidden columns that belong together: by a count, a relation, or what must not be ruled out."""
    yield from task.system.sums
    yield from ([column for column, _ in relation.terms] for relation in task.system.relations)
    for demand in task.demands:
        yield [column for count, _ in demand.form for column in task.system.sums[count]]


def _part(task: Task, own: Sequence[int], columns: Sequence[int]) -> Task:
    new = {column: place for place, column in enumerate(columns)}
    system = replace(
        task.system,
        keys=tuple(task.system.keys[count] for count in own),
        places=(),
        hidden=len(columns),
        sums=tuple(tuple(new[column] for column in task.system.sums[count]) for count in own),
        relations=tuple(
            Relation(tuple((new[column], one) for column, one in relation.terms), relation.exact)
            for relation in task.system.relations
            if relation.terms[0][0] in new
        ),
    )
    return task.of(own, system)
