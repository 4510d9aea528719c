"""What is kept about persons, beside the ledger: cards that are overwritten and erased, each change in one transaction.

Counted apart from the ledger: `number` grows with every change, so that what is remembered of cards can be made anew.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from typing import TypeVar, cast

import duckdb

from metrics.domain.people import Card
from metrics.domain.refusals import RecordNotFound, SomebodyElseWasFaster
from metrics.store.connection import Connection, sql
from metrics.store.rows import from_row, to_row

CardT = TypeVar("CardT", bound=Card)


class Register:
    """The cards of a store; use `Store.register`."""

    def __init__(
        self, connection: Connection, writing: Callable[[], AbstractContextManager[duckdb.DuckDBPyConnection]]
    ) -> None:
        self._connection, self._writing = connection, writing
        self.number = 0
        self._kept: dict[str, tuple[int, list[Card]]] = {}

    def all(self, card_type: type[CardT]) -> list[CardT]:
        """Every card of a type, in order of id; asked for in every run, so read anew only once a card has changed."""
        number = self.number
        kept = self._kept.get(card_type.kind)
        if kept is None or kept[0] != number:
            kept = self._kept[card_type.kind] = (number, list(self.stored(card_type)))
        return cast(list[CardT], list(kept[1]))

    def find(self, card_type: type[CardT], identifier: str) -> CardT | None:
        """The card of an id."""
        return next((card for card in self.all(card_type) if card.id == identifier), None)

    def put(
        self, card: CardT, expected_version: int, judged: Callable[[list[CardT]], None] = lambda _others: None
    ) -> CardT:
        """Store a card as the successor of a version (0: a new one) and return it with its own.

        The same one sent twice is stored once. `judged` is shown all cards of the type as they stand while nobody else
        writes, and refuses what must not be.
        Raises SomebodyElseWasFaster, RecordNotFound where the card was erased meanwhile, and whatever `judged` raises.
        """
        return self.put_all([(card, expected_version)], judged)[0]

    def put_all(
        self, cards: Sequence[tuple[CardT, int]], judged: Callable[[list[CardT]], None] = lambda _others: None
    ) -> list[CardT]:
        """Store several cards of one type, each as the successor of a version, all of them or none; as `put`."""
        with self._writing() as cursor:
            stored = [self._successor(card, expected) for card, expected in cards]
            judged(self.stored(type(stored[0])))
            for card in stored:
                cursor.execute(sql("queries", "erase_" + card.kind), {"id": card.id})
                self._insert(cursor, card)
        self.number += 1
        return stored

    def stored(self, card_type: type[CardT]) -> list[CardT]:
        """As it is in the store right now: whoever writes trusts no memory."""
        rows = self._connection.rows("cards", {"table": "z." + card_type.kind})
        return [from_row(card_type, row) for row in rows]

    def _successor(self, card: CardT, expected: int) -> CardT:
        known = next((one for one in self.stored(type(card)) if one.id == card.id), None)
        if known is None and expected:
            raise RecordNotFound(kind=card.kind, id=card.id)
        actual, successor = known.version if known else 0, card.model_copy(update={"version": expected + 1})
        if actual != expected and known != successor:  # what was sent twice stands there already
            raise SomebodyElseWasFaster(kind=card.kind, id=card.id, expected=expected, actual=actual)
        return successor

    def erase(self, card_type: type[Card], identifier: str) -> None:
        """Remove a card; raises RecordNotFound."""
        with self._writing() as cursor:
            if all(card.id != identifier for card in self.stored(card_type)):
                raise RecordNotFound(kind=card_type.kind, id=identifier)
            cursor.execute(sql("queries", "erase_" + card_type.kind), {"id": identifier})
        self.number += 1

    def moved_on(self) -> None:
        """What is remembered of cards no longer holds; called by whoever erases them together with other rows."""
        self.number += 1

    @staticmethod
    def _insert(cursor: duckdb.DuckDBPyConnection, card: Card) -> None:
        import pandas as pd  # as in the ledger: only writing needs it

        cursor.append(card.kind, pd.DataFrame([to_row(card)], dtype=object), by_name=True)
