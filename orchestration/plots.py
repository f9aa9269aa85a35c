"""Bar charts as SVG: small enough to travel in Dagster's metadata, without a drawing library."""

from base64 import b64encode
from collections.abc import Sequence

WIDTH, HEIGHT = 640, 220
MARGIN, TOP, BOTTOM = 10, 24, 34
BAR, TEXT = "#4f6bed", "#57606a"


def bar_chart(title: str, bars: Sequence[tuple[str, float]]) -> str:
    """Draw bars with their names and values below; no value may be negative."""
    highest = max((value for _, value in bars), default=0) or 1
    step = (WIDTH - 2 * MARGIN) / max(len(bars), 1)
    parts = [_text(MARGIN, 15, title, anchor="start")]

    for place, (name, value) in enumerate(bars):
        left, height = MARGIN + place * step, (HEIGHT - TOP - BOTTOM) * value / highest
        parts += [
            f'<rect x="{left + step * 0.1:.1f}" y="{HEIGHT - BOTTOM - height:.1f}" '
            f'width="{step * 0.8:.1f}" height="{height:.1f}" fill="{BAR}"/>',
            _text(left + step / 2, HEIGHT - 18, name),
            _text(left + step / 2, HEIGHT - 4, f"{value:,}"),
        ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" '
        f'font-family="sans-serif" font-size="11">{"".join(parts)}</svg>'
    )


def as_markdown(title: str, svg: str) -> str:
    """Return a drawing as an image that a page of Markdown holds within itself."""
    return f"![{title}](data:image/svg+xml;base64,{b64encode(svg.encode()).decode()})"


def _text(left: float, top: float, text: str, anchor: str = "middle") -> str:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;")
    return f'<text x="{left:.1f}" y="{top}" text-anchor="{anchor}" fill="{TEXT}">{escaped}</text>'
