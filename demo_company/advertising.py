"""Third-party segments, which describe and never link, and what advertising cost."""

from hashlib import sha256

from demo_company.devices import Device
from demo_company.people import Person
from demo_company.scene import Scene
from demo_company.timeline import DAY, day_text, utc_text

PROVIDER = "trendmeter"
SEGMENTS = ("home_lovers", "young_parents", "bargain_hunters", "travellers")
# Platform, campaign, usual cost of a day in cents.
SPENDING = (
    ("findly", "brand_search", 4_200),
    ("findly", "season_sale", 9_800),
    ("picstream", "lookbook", 7_400),
)


def write_segments(scene: Scene, person: Person, devices: list[Device]) -> None:
    """Write what a provider believes to know of a cookie or an e-mail."""
    chance = scene.chance
    if devices and chance.happens(0.15):
        _write_segment(scene, {"anonymous_id": devices[-1].cookie})
    if person.records and chance.happens(0.08):
        digest = sha256(person.email.now.encode()).hexdigest()
        _write_segment(scene, {"email_sha256": digest})


def _write_segment(scene: Scene, subject: dict[str, str]) -> None:
    chance, until = scene.chance, scene.timeline.until
    observed_at = until - chance.between(1, 180) * DAY
    row = {
        **subject,
        "provider": PROVIDER,
        "segment": chance.pick(SEGMENTS),
        "observed_at": utc_text(observed_at),
        "expires_at": utc_text(observed_at + 90 * DAY),
    }
    scene.landing.write("partner.segments", row)


def write_ad_spend(scene: Scene) -> None:
    """Write what each campaign cost on each full day."""
    chance, timeline = scene.chance, scene.timeline
    for moment in range(timeline.start, timeline.until - DAY, DAY):
        for platform, campaign, usual_cost in SPENDING:
            cost = int(usual_cost * (0.6 + 0.8 * chance.random()))
            impressions = cost * chance.between(8, 14) // 10
            row = {
                "date": day_text(moment),
                "platform": platform,
                "campaign": campaign,
                "cost": f"{cost // 100}.{cost % 100:02d}",
                "currency": "EUR",
                "impressions": impressions,
                "clicks": impressions // chance.between(30, 80),
            }
            scene.landing.write("ads.spend", row)
