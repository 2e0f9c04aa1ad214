"""What is measured, and against what: each module here has ``run() -> list[Row]``; ``./run bench`` runs them all."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One measured figure.

    ``yardstick`` says what the figure is held against and ``against`` is its measure, taken in the same run and unit;
    without one the figure stands by itself. ``at_most`` and ``at_least`` are the aim: for the ratio of figure to
    yardstick where there is a yardstick, else for the figure.
    """

    figure: str
    value: float
    unit: str = ""
    yardstick: str = ""
    against: float | None = None
    at_most: float | None = None
    at_least: float | None = None
    note: str = ""

    @property
    def ratio(self) -> float | None:
        """Figure divided by yardstick; None without a yardstick, or where that is zero."""
        return self.value / self.against if self.against else None

    @property
    def met(self) -> bool | None:
        """Whether the aim is met; None where there is no aim. An aim that cannot be judged is not met."""
        if self.at_most is None and self.at_least is None:
            return None
        judged = self.value if self.against is None else self.ratio
        if judged is None:
            return False
        low = self.at_least is None or judged >= self.at_least
        high = self.at_most is None or judged <= self.at_most
        return low and high

    @property
    def aim(self) -> str:
        """The aim in signs: ``≤ 2×``, ``≥ 99 %``; empty where there is none."""
        unit = "×" if self.against is not None else f" {self.unit}".rstrip()
        bounds = (("≥", self.at_least), ("≤", self.at_most))
        return ", ".join(f"{sign} {bound:g}{unit}" for sign, bound in bounds if bound is not None)
