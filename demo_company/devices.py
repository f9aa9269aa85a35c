"""The browsers and apps through which the web shop sees people."""

from dataclasses import dataclass

from demo_company.chance import Chance
from demo_company.households import Household
from demo_company.people import Person

_AGENTS = {
    "desktop": ("Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0", "Mozilla/5.0 (Windows NT 10.0)"),
    "mobile": (
        "Mozilla/5.0 (Linux; Android 15) Mobile",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1)",
    ),
    "ios": ("ShopApp/4.2 (iOS 18)",),
    "android": ("ShopApp/4.2 (Android 15)",),
}
_APPS = ("ios", "android")


@dataclass(frozen=True, slots=True)
class Device:
    """One browser or app installation: its cookie lives until somebody clears it."""

    cookie: str
    device_id: str
    kind: str
    user_agent: str
    is_shared: bool = False

    @property
    def platform(self) -> str:
        """Return what the tracker calls it."""
        return self.kind if self.kind in _APPS else "web"


def draw_devices(chance: Chance, person: Person, household: Household) -> list[Device]:
    """Draw what a person browses with, the favourite first."""
    kinds = ["mobile" if chance.happens(0.6) else "desktop"]
    if person.accounts and chance.happens(0.45):
        kinds.append(chance.pick(("desktop", "ios", "android")))
    devices = [device for kind in kinds for device in _installations(chance, kind)]

    if household.home_computer:
        devices.insert(0, _home_computer(household))
    return devices


def _installations(chance: Chance, kind: str) -> list[Device]:
    """Make one device; some people clear its cookie or install the app again."""
    device_id = chance.uuid() if kind in _APPS else ""
    user_agent = chance.pick(_AGENTS[kind])
    return [
        Device(chance.uuid(), device_id, kind, user_agent)
        for _ in range(2 if chance.happens(0.15) else 1)
    ]


def _home_computer(household: Household) -> Device:
    agent = _AGENTS["desktop"][0]
    return Device(household.home_computer, "", "desktop", agent, is_shared=True)
