"""Records that sources keep of a person: CRM contacts, loyalty cards, accounts of the web shop."""

from dataclasses import dataclass, field

from demo_company.catalog import BRANDS
from demo_company.people import Person
from demo_company.scene import Scene
from demo_company.spelling import (
    JUNK_EMAILS,
    JUNK_PHONES,
    spelt_email,
    spelt_home,
    spelt_names,
    spelt_phone,
)
from demo_company.timeline import DAY, utc_text

HOME_COLUMNS = ("street", "city", "region", "postcode")
PLACEHOLDER_BIRTH_DATE = "1900-01-01"


@dataclass(frozen=True, slots=True)
class Form:
    """How a source asks for personal data: its words for sex, and what is often left empty."""

    sexes: dict[str, str]
    empty: dict[str, float] = field(default_factory=dict)


CRM_FORM = Form(
    sexes={"male": "M", "female": "F"},
    empty={"email": 0.12, "phone": 0.2, "middle_name": 0.5, "birth_date": 0.4, "home": 0.25},
)
TILL_FORM = Form(
    sexes={"male": "male", "female": "female"},
    empty={"email": 0.3, "phone": 0.08, "birth_date": 0.25, "home": 0.6, "sex": 0.2},
)
SHOP_FORM = Form(
    sexes={"male": "m", "female": "f"},
    empty={"phone": 0.3, "middle_name": 0.7, "birth_date": 0.6, "home": 0.35, "sex": 0.5},
)


def write_records(scene: Scene, person: Person) -> None:
    """Write the records a person has with the company's own systems."""
    chance, habits = scene.chance, person.habits

    if chance.happens(habits.has_contact):
        for _ in range(2 if chance.happens(0.12) else 1):
            _write_contact(scene, person)
    if chance.happens(habits.has_card):
        for _ in range(2 if chance.happens(0.05) else 1):
            _write_card(scene, person)
    if chance.happens(habits.has_account):
        for _ in range(2 if chance.happens(0.04) else 1):
            _open_account(scene, person)


def remember(scene: Scene, person: Person, record: tuple[str, str, str]) -> None:
    """Note a record that stands in the files as one of this person's."""
    person.records.append(record)
    scene.landing.write_truth(record, person.entity_id)


def personal_columns(scene: Scene, person: Person, form: Form, moment: int) -> dict[str, object]:
    """Write a person's data into a form as it was filled in at a moment."""
    chance, naming = scene.chance, person.naming
    columns: dict[str, object] = {
        **_contact_columns(scene, person, form, moment),
        **spelt_names(chance, person.country, naming),
        **spelt_home(chance, person.country, person.home.at(moment)),
        "birth_date": naming.birth_date.isoformat(),
        "sex": form.sexes[naming.sex],
        "country": person.country.code,
    }
    if chance.happens(0.01):
        columns["birth_date"] = PLACEHOLDER_BIRTH_DATE
    if chance.happens(0.05):
        columns["country"] = person.country.code.lower()

    for column in ("middle_name", "birth_date", "sex"):
        if chance.happens(form.empty.get(column, 0)):
            columns[column] = ""
    if chance.happens(form.empty.get("home", 0)):
        columns |= dict.fromkeys(HOME_COLUMNS, "")
    return columns


def _contact_columns(scene: Scene, person: Person, form: Form, moment: int) -> dict[str, str]:
    """Write e-mail and phone: at least one of them, now and then with junk in the other."""
    chance = scene.chance
    email = spelt_email(chance, person.any_email(chance, moment))
    phone = spelt_phone(chance, person.country, person.phone.at(moment))
    gap = chance.random()
    if gap < form.empty.get("email", 0):
        return {"email": chance.pick(JUNK_EMAILS) if chance.happens(0.1) else "", "phone": phone}
    if gap > 1 - form.empty.get("phone", 0):
        return {"email": email, "phone": chance.pick(JUNK_PHONES) if chance.happens(0.1) else ""}
    return {"email": email, "phone": phone}


def _write_contact(scene: Scene, person: Person) -> None:
    chance = scene.chance
    contact_id = scene.serials.label("C")
    created_at, updated_at = _lifetime(scene, person)
    is_deleted = chance.happens(0.02)
    row = {
        **personal_columns(scene, person, CRM_FORM, updated_at),
        "contact_id": contact_id,
        "brand": chance.pick(BRANDS),
        "created_at": utc_text(created_at),
        "updated_at": utc_text(updated_at),
        "deleted_at": utc_text(updated_at) if is_deleted else "",
    }
    former_row = {
        **row,
        **personal_columns(scene, person, CRM_FORM, created_at),
        "updated_at": utc_text(created_at),
        "deleted_at": "",
    }
    _write_versions(scene, "crm.contacts", row, former_row)

    if not is_deleted:
        remember(scene, person, ("crm", "contact", contact_id))


def _write_card(scene: Scene, person: Person) -> None:
    loyalty_id = f"{scene.serials.number('card') + 4_100_000_000}"
    joined_at, updated_at = _lifetime(scene, person)
    row = {
        **personal_columns(scene, person, TILL_FORM, updated_at),
        "loyalty_id": loyalty_id,
        "tier": scene.chance.pick_early(("base", "silver", "gold")),
        "points": scene.chance.between(0, 2_000),
        "joined_at": utc_text(joined_at),
        "updated_at": utc_text(updated_at),
    }
    former_row = {**row, "tier": "base", "points": 0, "updated_at": utc_text(joined_at)}
    _write_versions(scene, "pos.loyalty_members", row, former_row)

    person.cards.append(loyalty_id)
    remember(scene, person, ("pos", "loyalty_member", loyalty_id))


def _open_account(scene: Scene, person: Person) -> None:
    """Open a login; a few of them exist on the web only, without a customer in the shop."""
    chance = scene.chance
    user_id = scene.serials.label("U")
    created_at, updated_at = _lifetime(scene, person)
    person.accounts.append((created_at, user_id))
    person.accounts.sort()
    if chance.happens(0.04):
        return

    row = {
        **personal_columns(scene, person, SHOP_FORM, updated_at),
        "user_id": user_id,
        "brand": chance.pick(BRANDS),
        "created_at": utc_text(created_at),
        "updated_at": utc_text(updated_at),
    }
    former_row = {**row, "street": "", "updated_at": utc_text(created_at)}
    _write_versions(scene, "shop.customers", row, former_row)
    remember(scene, person, ("shop", "customer", user_id))


def _lifetime(scene: Scene, person: Person) -> tuple[int, int]:
    """Draw when a record was made and when it was last changed."""
    chance, (first, last) = scene.chance, person.active
    is_early = chance.happens(0.8)
    created_at = chance.between(first, min(first + 30 * DAY, last) if is_early else last)
    return created_at, chance.between(created_at, last) if chance.happens(0.4) else created_at


def _write_versions(
    scene: Scene, table: str, row: dict[str, object], former_row: dict[str, object]
) -> None:
    """Write a record; a few stand in the file twice, not always the former version first."""
    chance = scene.chance
    is_changed = row["updated_at"] != former_row["updated_at"]
    versions = [former_row, row] if is_changed and chance.happens(0.08) else [row]
    if chance.happens(0.25):
        versions.reverse()
    for version in versions:
        scene.landing.write(table, version)
