"""Wrong jurisdiction: an answer in which countries, courts and codes are those of somewhere else."""

from rubric_studio.domain.probes.authority import NO_REASONS
from rubric_studio.domain.probes.form import room_for_reasons
from rubric_studio.domain.probes.probe import Case, DoesNotApply, Expectation, Generator, replaced_words

NAME = "wrong_jurisdiction"

# Each line is one role in one language; a name is replaced by the next of its line, the last by the first.
_ROLES = (
    "Germany|France|Italy|Spain|Austria|Belgium|Ireland|Poland|Greece|Portugal|Sweden|Denmark|Finland",
    "German|French|Italian|Spanish|Austrian|Belgian|Irish|Polish|Greek|Portuguese|Swedish|Danish|Finnish",
    "Deutschland|Österreich|Frankreich|Italien|Spanien|Polen|Griechenland|Belgien",
    "deutsches|österreichisches|französisches|italienisches",
    "deutschen|österreichischen|französischen|italienischen",
    "deutsche|österreichische|französische|italienische",
    "Allemagne|Italie|Espagne|Autriche|Belgique|Pologne|Grèce",
    "allemand|italien|espagnol|autrichien|belge|grec",
    "European Union|United States of America",
    "Europäischen Union|Schweizerischen Eidgenossenschaft",
    "Union européenne|Confédération suisse",
    "Ευρωπαϊκής Ένωσης|Ελβετικής Συνομοσπονδίας",
    "EU|US",
    "UE|USA",
    "United Kingdom|United States",
    "England|Scotland",
    "English|Scots",
    "UK|U.S.",
    "Court of Justice of the European Union|Supreme Court of the United States",
    "Court of Justice|Supreme Court of the United States",
    "European Court of Justice|Supreme Court of Canada",
    "CJEU|SCOTUS",
    "House of Lords|High Court of Australia",
    "Internal Revenue Service|Canada Revenue Agency",
    "Internal Revenue Code|Income Tax Assessment Act",
    "IRS|HMRC",
    "IRC|ITAA",
    "BGH|OGH",
    "BFH|VwGH",
    "BVerfG|VfGH",
    "EuGH|EFTA-Gerichtshof",
    "Bundesfinanzhof|Verwaltungsgerichtshof",
    "Bundesgerichtshof|Oberster Gerichtshof",
    "BGB|ABGB",
    "EStG|öEStG",
    "UStG|MWSTG",
    "HGB|UGB",
    "GG|B-VG",
    "Cour de cassation|Tribunal fédéral",
    "Conseil d'État|Tribunal administratif fédéral",
    "Code civil|Code des obligations",
    "CGI|LIFD",
    "California|Texas",
    "New York|Delaware",
    "Delaware|Nevada",
)


def swaps() -> dict[str, str]:
    """Every name with the one that takes its place."""
    found: dict[str, str] = {}
    for line in _ROLES:
        names = line.split("|")
        for at, name in enumerate(names):
            found.setdefault(name, names[(at + 1) % len(names)])
    return found


_SWAPS = swaps()


def _elsewhere(case: Case) -> tuple[str, ...]:
    if not room_for_reasons(case.facts, case.samples):
        raise DoesNotApply(NO_REASONS)
    for text in (case.facts.text, *(each.text for each in case.samples)):
        moved = replaced_words(text, _SWAPS)
        if moved != text:
            return (moved,)
    raise DoesNotApply("no country, court or code that we know is named in the reference or in an answer")


WRONG_JURISDICTION = Generator(
    NAME, "An answer with the countries, courts and codes of somewhere else.", Expectation.LOW, _elsewhere
)
