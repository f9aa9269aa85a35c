"""Goods and shops of the company, and the baskets that people fill."""

from dataclasses import dataclass

from demo_company.chance import Chance
from demo_company.landing import LandingFolder
from demo_company.locales import COUNTRIES, Country

BRANDS = ("Velmora", "Kirnholt", "Osterline", "Pinafel")

_GOODS = {
    "clothing": (("Sweater", 4990), ("Shirt", 3490), ("Jacket", 8990), ("Dress", 5990)),
    "shoes": (("Boots", 9990), ("Sneakers", 7490), ("Slippers", 1990)),
    "home": (("Lamp", 4590), ("Blanket", 3290), ("Mug", 990), ("Candle", 1290)),
    "kitchen": (("Pan", 3990), ("Kettle", 4490), ("Knife", 2790)),
    "beauty": (("Soap", 590), ("Cream", 1890), ("Perfume", 6990)),
    "toys": (("Puzzle", 1590), ("Blocks", 2490), ("Bear", 1790)),
}
_FINISHES = ("blue", "red", "linen", "wool", "oak", "classic", "light", "winter", "mint", "grey")


@dataclass(frozen=True, slots=True)
class Product:
    """Something on the shelf; prices in euro cents."""

    product_id: str
    name: str
    category: str
    brand: str
    price: int


@dataclass(frozen=True, slots=True)
class Store:
    """A shop with tills; its habits are those of its till software."""

    store_id: str
    country: Country
    city: str
    writes_returns_negative: bool
    names_sales: bool


@dataclass(frozen=True, slots=True)
class BasketLine:
    """One product of a basket; money in cents of the buyer's currency."""

    product: Product
    quantity: int
    unit_price: int
    discount: int

    @property
    def amount(self) -> int:
        """What the line costs."""
        return self.quantity * self.unit_price - self.discount


class Catalog:
    """All products and shops."""

    def __init__(self) -> None:
        self.products = tuple(
            Product(f"SKU-{number:04d}", f"{noun} {finish}", category, brand, price + extra)
            for number, (category, noun, price, finish, brand, extra) in enumerate(
                (
                    (category, noun, price, finish, BRANDS[place % len(BRANDS)], place * 100)
                    for category, goods in _GOODS.items()
                    for noun, price in goods
                    for place, finish in enumerate(_FINISHES)
                ),
                start=1,
            )
        )
        self.stores = tuple(
            Store(
                store_id=f"{country.code}-{city.latin_name[:3].upper()}-{number}",
                country=country,
                city=city.name,
                writes_returns_negative=number % 2 == 0,
                names_sales=country.code != "DE",
            )
            for country in COUNTRIES
            for number, city in enumerate(country.cities[:4], start=1)
        )

    def stores_near(self, country: Country, city: str) -> tuple[Store, ...]:
        """Return the shops of a person's town, or all of the country where the town has none."""
        national = tuple(store for store in self.stores if store.country is country)
        return tuple(store for store in national if store.city == city) or national

    def basket(self, chance: Chance, country: Country) -> list[BasketLine]:
        """Fill a basket."""
        return [
            self._line(chance, country) for _ in range(1 + min(4, int(chance.expovariate(1.1))))
        ]

    def _line(self, chance: Chance, country: Country) -> BasketLine:
        product = chance.pick_early(self.products)
        unit_price = product.price * country.price_factor
        quantity = 1 if chance.happens(0.8) else chance.between(2, 4)
        is_reduced = chance.happens(0.2)
        discount = unit_price * quantity * chance.between(1, 6) // 20 if is_reduced else 0
        return BasketLine(product, quantity, unit_price, discount)


def money(cents: int) -> str:
    """Write an amount with its two decimals."""
    sign, cents = ("-", -cents) if cents < 0 else ("", cents)
    return f"{sign}{cents // 100}.{cents % 100:02d}"


def total(lines: list[BasketLine]) -> int:
    """Add up a basket."""
    return sum(line.amount for line in lines)


def write_products(landing: LandingFolder, catalog: Catalog) -> None:
    """Write the list of products."""
    for product in catalog.products:
        landing.write(
            "shop.products",
            {
                "product_id": product.product_id,
                "name": product.name,
                "category": product.category,
                "brand": product.brand,
                "price": money(product.price),
                "currency": "EUR",
            },
        )


def line_rows(
    owner: dict[str, object], lines: list[BasketLine], sign: int = 1
) -> list[dict[str, object]]:
    """Write the lines of a receipt or an order; `owner` holds its id."""
    return [
        {
            **owner,
            "line_number": number,
            "product_id": line.product.product_id,
            "quantity": sign * line.quantity,
            "unit_price": money(line.unit_price),
            "discount": money(sign * line.discount),
            "amount": money(sign * line.amount),
        }
        for number, line in enumerate(lines, start=1)
    ]
