"""Common first names and what friends, tills and forms make of them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NameTable:
    """Common names by sex, and their short forms."""

    common_names: dict[str, tuple[str, ...]]
    nicknames: dict[str, tuple[str, ...]]


def _table(male: str, female: str) -> NameTable:
    common_names: dict[str, tuple[str, ...]] = {}
    nicknames: dict[str, tuple[str, ...]] = {}
    for sex, text in (("male", male), ("female", female)):
        entries = [entry.split(":") for entry in text.split()]
        common_names[sex] = tuple(name for name, _ in entries)
        nicknames |= {name: tuple(short.split("/")) for name, short in entries if short}
    return NameTable(common_names, nicknames)


RUSSIAN = _table(
    male=(
        "Александр:Саша/Шура Дмитрий:Дима/Митя Сергей:Серёжа Алексей:Лёша/Алёша Михаил:Миша"
        " Иван:Ваня Николай:Коля Владимир:Володя/Вова Пётр:Петя Павел:Паша Евгений:Женя"
        " Константин:Костя Юрий:Юра Артём:Тёма Семён:Сеня Фёдор:Федя Борис:Боря Максим:Макс"
        " Андрей: Игорь: Олег: Роман:Рома Илья: Антон:Тоша"
    ),
    female=(
        "Александра:Саша Екатерина:Катя Мария:Маша Анна:Аня/Нюра Елена:Лена Ольга:Оля"
        " Наталья:Наташа Татьяна:Таня Анастасия:Настя Ирина:Ира Светлана:Света Юлия:Юля"
        " Дарья:Даша Виктория:Вика Елизавета:Лиза Людмила:Люда Алёна: Ксения:Ксюша"
        " София:Соня Полина:Поля Вера: Надежда:Надя"
    ),
)

GERMAN = _table(
    male=(
        "Alexander:Alex/Sascha Thomas:Tom Michael:Micha Andreas:Andi Matthias:Matze"
        " Johannes:Hannes Maximilian:Max Christian:Chris Stefan: Wolfgang:Wolf Friedrich:Fritz"
        " Sebastian:Basti Benjamin:Ben Jürgen: Klaus: Tobias:Tobi Florian:Flo Heinrich:Heinz"
    ),
    female=(
        "Elisabeth:Lisa/Elli Katharina:Kathi/Käthe Susanne:Susi Johanna:Hanna Margarete:Grete"
        " Franziska:Franzi Stefanie:Steffi Christine:Tine Gabriele:Gabi Petra: Sabine:Bine"
        " Ursula:Uschi Alexandra:Alex Monika:Moni Anna: Julia:Jule Barbara:Babsi Magdalena:Lena"
    ),
)

AMERICAN = _table(
    male=(
        "William:Bill/Will Robert:Bob/Rob James:Jim Richard:Dick/Rick Michael:Mike Thomas:Tom"
        " Charles:Chuck Joseph:Joe Daniel:Dan Matthew:Matt Anthony:Tony Andrew:Andy Edward:Ed"
        " Benjamin:Ben Alexander:Alex Nicholas:Nick David:Dave Steven:Steve Kevin: Brian:"
    ),
    female=(
        "Elizabeth:Liz/Beth Jennifer:Jen Patricia:Pat/Patty Margaret:Peggy/Meg Katherine:Kate"
        " Susan:Sue Jessica:Jess Deborah:Debbie Rebecca:Becky Barbara:Barb Kimberly:Kim"
        " Christine:Chris Victoria:Vicky Samantha:Sam Amanda:Mandy Abigail:Abby Laura: Emily:"
    ),
)
