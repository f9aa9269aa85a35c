"""Bar charts as SVG: small enough to travel in a check's metadata, without a drawing library."""

from base64 import b64encode
from collections.abc import Sequence

WIDTH, HEIGHT = 640, 220
LEFT, RIGHT, TOP, BOTTOM = 10, 10, 24, 34
SMALLEST_LABEL_STEP = 46

BAR, LIMIT, TEXT = "#4f6bed", "#d13438", "#57606a"


def bar_chart(title: str, bars: Sequence[tuple[str, float]], limit: float | None = None) -> str:
    """Draw bars with their names below and a line at the limit, where that is in sight.

    Args:
        title: What the bars show; also the text of the image where it cannot be drawn.
        bars: Name and value of each, none of them negative.
        limit: Value at which a line is drawn.
    """
    highest = max([value for _, value in bars] + ([limit] if limit else []), default=0) or 1
    step = (WIDTH - LEFT - RIGHT) / max(len(bars), 1)
    # Names that would lie on each other are left out, from the newest backwards.
    named_every = max(1, round(SMALLEST_LABEL_STEP / step + 0.5))
    parts = [_text(LEFT, 15, title, anchor="start")]

    for place, (name, value) in enumerate(bars):
        left, top = LEFT + place * step, _height(value, highest)
        parts.append(
            f'<rect x="{left + step * 0.1:.1f}" y="{top:.1f}" width="{step * 0.8:.1f}" '
            f'height="{HEIGHT - BOTTOM - top:.1f}" fill="{BAR}"/>'
        )
        if (len(bars) - 1 - place) % named_every == 0:
            middle = left + step / 2
            parts.append(_text(middle, HEIGHT - 18, name))
            parts.append(_text(middle, HEIGHT - 4, f"{value:,.4g}"))
    if limit is not None:
        top = _height(limit, highest)
        parts.append(
            f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{top:.1f}" y2="{top:.1f}" '
            f'stroke="{LIMIT}" stroke-dasharray="4 3"/>'
        )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" '
        f'font-family="sans-serif" font-size="11">{"".join(parts)}</svg>'
    )


def as_markdown(title: str, svg: str) -> str:
    """Return a drawing as an image that a page of Markdown holds within itself."""
    return f"![{title}](data:image/svg+xml;base64,{b64encode(svg.encode()).decode()})"


def _height(value: float, highest: float) -> float:
    return TOP + (HEIGHT - TOP - BOTTOM) * (1 - value / highest)


def _text(left: float, top: float, text: str, anchor: str = "middle") -> str:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;")
    return f'<text x="{left:.1f}" y="{top}" text-anchor="{anchor}" fill="{TEXT}">{escaped}</text>'
