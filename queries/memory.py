"""What is read again and again from a graph that cannot change is kept, so that pages answer at once.

Only a store that says of itself that it is ``fixed`` (opened read-only) is remembered; any other is asked anew.
"""

from __future__ import annotations

from _thread import LockType
from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, TypeVar
from weakref import WeakKeyDictionary, WeakValueDictionary

from ..graph.store import GraphStore

_KEPT = {"rows": 2_000, "pages": 200}
_KEPT_OTHERS = 20_000
"""Values of each sort kept for each store: the least lately used go first."""

Key = tuple[str, Hashable]
"""What sort of value it is, and which."""

_held: WeakKeyDictionary[GraphStore, dict[str, OrderedDict[Hashable, Any]]] = WeakKeyDictionary()
_lock = Lock()
_MADE_ONCE = ("labels", "pages", "words")
"""Sorts of values that take long to make; none is made out of another of its sort, so nobody waits in a ring."""
_turns: WeakValueDictionary[Hashable, LockType] = WeakValueDictionary()
Value = TypeVar("Value")


def recall(store: GraphStore, key: Key) -> Any:
    """Return what is kept for this store under this key, or None."""
    if not getattr(store, "fixed", False):
        return None
    with _lock:
        values = _held.get(store, {}).get(key[0], OrderedDict())
        if key[1] not in values:
            return None
        values.move_to_end(key[1])
        return values[key[1]]


def keep(store: GraphStore, key: Key, value: Any) -> None:
    """Keep a value, which nobody may change afterwards, if the store is fixed."""
    if not getattr(store, "fixed", False):
        return
    with _lock:
        values = _held.setdefault(store, {}).setdefault(key[0], OrderedDict())
        values[key[1]] = value
        if len(values) > _KEPT.get(key[0], _KEPT_OTHERS):
            values.popitem(last=False)


def remembered(store: GraphStore, key: Key, make: Callable[[], Value]) -> Value:
    """Return what is kept for this store under this key, else make it and keep it.

    Args:
        store: the graph.
        key: what it is.
        make: how it is made; nobody may change the value afterwards.
    """
    value = recall(store, key)
    if value is None and key[0] in _MADE_ONCE:
        with _turn(store, key):
            value = recall(store, key)
            if value is None:
                value = make()
                keep(store, key, value)
    elif value is None:
        value = make()
        keep(store, key, value)
    return value  # type: ignore[no-any-return]


def _turn(store: GraphStore, key: Key) -> LockType:
    """A lock for one value: of many who ask for it at once one makes it, and the others wait."""
    with _lock:
        return _turns.setdefault((id(store), *key), Lock())
