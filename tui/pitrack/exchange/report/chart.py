"""A chart as an SVG picture within a page: stacked bars and a line, in the colours of the page's style sheet.

Ours, because no library draws one that does without scripts, takes its colours from the page (light, dark, printed) and
has a name and a description for those who do not see it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from html import escape
from typing import NamedTuple

from pitrack.exchange.report.blocks import Chart, Series
from pitrack.text.plain import cells, fit

NAMES = 20
"""Cells of a name beside the bars."""
MOST_STEPS = 5
LINE_HEIGHT = 16
WIDEST = 64
"""Pixels of a bar at most."""
LETTER, GAP = 7, 8
"""Pixels of a letter at most, and between a text and what it stands beside."""
LABEL = 32
"""Pixels that the name of a month needs."""
NICE = (Decimal(1), Decimal(2), Decimal(5), Decimal(10))


class Frame(NamedTuple):
    """The size of a picture and of what stands around its bars, in pixels of its own. ``right`` has room for names."""

    width: int
    height: int
    right: int
    top: int = 24
    bottom: int = 38


WIDE = Frame(760, 320, 168)
NARROW = Frame(344, 260, 14)


class Scale(NamedTuple):
    """Round values from ``low`` to ``high``, a ``step`` apart."""

    low: Decimal
    high: Decimal
    step: Decimal

    def ticks(self) -> Iterator[Decimal]:
        count = int((self.high - self.low) / self.step)
        return (self.low + self.step * number for number in range(count + 1))


def scale_for(values: Iterable[Decimal]) -> Scale:
    """The scale that holds nothing and all of ``values``."""
    known = [Decimal(0), *values]
    low, high = min(known), max(known)
    rough = (high - low) / MOST_STEPS or Decimal(1)
    power = Decimal(1).scaleb(rough.adjusted())
    step = next(power * nice for nice in NICE if power * nice >= rough)
    first = (low / step).to_integral_value(ROUND_FLOOR) * step
    last = (high / step).to_integral_value(ROUND_CEILING) * step
    return Scale(first, max(last, first + step), step)


def as_svg(chart: Chart, key: str, frame: Frame) -> str:
    """The picture; ``key`` tells its ids from those of others on the page."""
    return "\n".join(_Drawing(chart, key, frame).lines())


class _Drawing:
    def __init__(self, chart: Chart, key: str, frame: Frame) -> None:
        self.chart, self.key, self.frame = chart, key, frame
        self.tops = [_over(chart.series, at) for at in range(len(chart.columns))]
        bottoms = [_under(chart.series, at) for at in range(len(chart.columns))]
        self.scale = scale_for([*self.tops, *bottoms, *(chart.line.values if chart.line else ())])
        self.left = LETTER * max(cells(chart.axis(value)) for value in self.scale.ticks()) + 2 * GAP
        self.step = Decimal(frame.width - self.left - frame.right) / max(len(chart.columns), 1)

    def lines(self) -> Iterator[str]:
        width, height = self.frame.width, self.frame.height
        ids = f"{self.key}-title {self.key}-told"
        yield f'<svg viewBox="0 0 {width} {height}" role="img" aria-labelledby="{ids}">'
        yield f'<title id="{self.key}-title">{escape(self.chart.title)}</title>'
        yield f'<desc id="{self.key}-told">{escape(self.chart.told)}</desc>'
        yield f"<defs>{''.join(map(self.pattern, range(len(self.chart.series))))}</defs>"
        yield from self.grid()
        for at in range(len(self.chart.columns)):
            yield from self.bar(at)
        yield from self.months()
        if self.chart.line:
            yield from self.line(self.chart.line)
        yield from self.names()
        yield "</svg>"

    def x(self, at: int) -> Decimal:
        """The middle of a bar."""
        return self.left + self.step * (Decimal(at) + Decimal("0.5"))

    def y(self, value: Decimal) -> Decimal:
        room = self.frame.height - self.frame.top - self.frame.bottom
        return self.frame.top + room * (self.scale.high - value) / (self.scale.high - self.scale.low)

    def pattern(self, number: int) -> str:
        """A series' own hatching, so that it needs no colour; the first has none."""
        turn = (0, 45, 135, 90, 0, 60)[number % 6]
        size = 7 + 2 * (number // 4)
        stripe = "" if not number else f'<rect class="hatch" width="{size}" height="1.2"/>'
        area = f'width="{size}" height="{size}"'
        kind = f'patternUnits="userSpaceOnUse" patternTransform="rotate({turn})"'
        return f'<pattern id="{self.key}-p{number}" {area} {kind}><rect class="s{number}" {area}/>{stripe}</pattern>'

    def grid(self) -> Iterator[str]:
        end = self.frame.width - self.frame.right
        for value in self.scale.ticks():
            y = _px(self.y(value))
            name = "zero" if not value else "grid"
            yield f'<line class="{name}" x1="{self.left}" x2="{end}" y1="{y}" y2="{y}"/>'
            yield _text(self.chart.axis(value), self.left - GAP, self.y(value) + 4, "axis end")

    def bar(self, at: int) -> Iterator[str]:
        """The parts of a column: what came above nothing, what was given back below it."""
        up = down = Decimal(0)
        wide = min(self.step * Decimal("0.68"), Decimal(WIDEST))
        for number, series in enumerate(self.chart.series):
            value = series.values[at]
            if value > 0:
                start, up = up, up + value
                high, low = up, start
            elif value < 0:
                start, down = down, down + value
                high, low = start, down
            else:
                continue
            yield (
                f'<rect class="part" fill="url(#{self.key}-p{number})" x="{_px(self.x(at) - wide / 2)}" '
                f'y="{_px(self.y(high))}" width="{_px(wide)}" height="{_px(self.y(low) - self.y(high))}"/>'
            )

    def months(self) -> Iterator[str]:
        """The months below the bars, as many as have room, each new year under its first; over the last bar what it
        comes to."""
        last = len(self.chart.columns) - 1
        base = Decimal(self.frame.height - self.frame.bottom)
        every = 1 if self.step >= LABEL else 2
        known = ""
        for at in range(last % every, last + 1, every):
            name, year = self.chart.columns[at]
            yield _text(name, self.x(at), base + LINE_HEIGHT, "axis middle")
            if year != known:
                yield _text(year, self.x(at), base + 2 * LINE_HEIGHT - 2, "axis middle")
            known = year
        yield _text(self.chart.last, self.x(last), self.y(self.tops[last]) - 8, "sum middle")

    def line(self, series: Series) -> Iterator[str]:
        points = [(_px(self.x(at)), _px(self.y(value))) for at, value in enumerate(series.values)]
        path = " ".join(f"{x},{y}" for x, y in points)
        yield f'<polyline class="halo" points="{path}"/><polyline class="line" points="{path}"/>'
        yield from (f'<circle class="dot" cx="{x}" cy="{y}" r="3"/>' for x, y in points)

    def names(self) -> Iterator[str]:
        """The names of the series beside the last bar, where there is room, none over another."""
        if self.frame.right < 100 or not self.chart.columns:
            return
        end = Decimal(self.frame.width - self.frame.right)
        wanted = [
            (at, name, f'fill="url(#{self.key}-p{number})"')
            for number, (name, at) in enumerate(self.last_parts())
            if at is not None
        ]
        if self.chart.line:
            wanted.append((self.y(self.chart.line.values[-1]), self.chart.line.name, 'class="line"'))
        free = Decimal(self.frame.height - self.frame.bottom)
        for at, name, fill in sorted(wanted, key=lambda each: -each[0]):
            y = min(at, free)
            free = y - LINE_HEIGHT
            yield f'<path class="lead" d="M{_px(end - 2)} {_px(at)} L{_px(end + 10)} {_px(y)}"/>'
            yield f'<rect {fill} x="{_px(end + 14)}" y="{_px(y - 5)}" width="10" height="10" rx="2"/>'
            yield _text(fit(name, NAMES), end + 30, y + 4, "name")

    def last_parts(self) -> Iterator[tuple[str, Decimal | None]]:
        """Each series with the middle of its part of the last bar, None where it has none."""
        up = Decimal(0)
        for series in self.chart.series:
            value = max(series.values[-1], Decimal(0))
            yield series.name, self.y(up + value / 2) if value else None
            up += value


def _over(series: Sequence[Series], at: int) -> Decimal:
    return sum((each.values[at] for each in series if each.values[at] > 0), Decimal(0))


def _under(series: Sequence[Series], at: int) -> Decimal:
    return sum((each.values[at] for each in series if each.values[at] < 0), Decimal(0))


def _text(text: str, x: Decimal | int, y: Decimal, style: str) -> str:
    return f'<text class="{style}" x="{_px(Decimal(x))}" y="{_px(y)}">{escape(text)}</text>'


def _px(value: Decimal) -> str:
    return f"{value.quantize(Decimal('0.1')).normalize():f}"
