"""German words for the doctor: only lists, no rule."""

from rubric_studio.domain.doctor.words.language import Language, listed

GERMAN = Language(
    name="de",
    little=listed(
        "der die das und oder ist sind nicht ein eine einen einer eines dem den des mit für von zu im"
        " auf dass ob wird werden muss soll antwort sich auch bei nach"
    ),
    joiners=("und", "sowie"),
    verbs=listed(
        "begründet benennt berechnet berücksichtigt beschreibt bestimmt bezeichnet definiert diskutiert"
        " empfiehlt erkennt erklärt erläutert ermittelt erwähnt formuliert gibt grenzt leitet legt nennt"
        " ordnet prüft schlägt stellt subsumiert unterscheidet vergleicht verweist warnt weist wendet"
        " würdigt zeigt zieht zitiert"
    ),
    unsure_verbs=frozenset(),
    openers=frozenset(),
    commands=listed(
        "begründen benennen berechnen beschreiben bestimmen definieren empfehlen erkennen erklären"
        " erläutern ermitteln erwähnen nennen prüfen vergleichen zitieren"
    ),
    unsure_commands=frozenset(),
    musts=listed("muss soll sollte"),
    claims=listed("dass ob wie warum weshalb wieso"),
    that=listed("dass ob"),
    fixed=(
        "und/oder", "treu und glauben", "gewinn und verlust", "forschung und entwicklung", "grund und boden",
        "und so weiter", "nach und nach", "mehr und mehr", "ganz und gar", "art und weise", "hab und gut",
        "handel und gewerbe", "soll und haben", "null und nichtig", "grund und höhe", "sinn und zweck",
        "und dergleichen", "recht und gesetz", "fristen und form",
    ),
    all_of=("alle folgenden", "alles folgende", "sämtliche der folgenden", "beide folgenden"),
    some_of=(
        r"mindestens (?:eine[nrs]?|zwei|drei|vier|\d+)\b[^.;:]*?(?:der|von|aus)\b",
        r"(?:eine[nrs]?|zwei|drei) der folgenden",
    ),
    examples=("wie etwa", "z. b.", "z.b.", "d. h.", "d.h.", "beispielsweise", "zum beispiel"),
    vague=listed(
        "angemessen angemessene angemessenen angemessener angemessenes ausreichend ausreichende"
        " ausreichenden ausreichender hinreichend hinreichende hinreichenden genügend ordentlich"
        " ordentliche geeignet geeignete geeigneten geeigneter sachgerecht sachgerechte generell"
        " grundsätzlich sinnvoll sinnvolle entsprechend zufriedenstellend weitgehend"
        " einigermaßen"
    ),
    vague_terms_of_art=(
        "angemessene frist", "angemessene vergütung", "angemessenen vergütung", "angemessene entschädigung",
        "hinreichend bestimmt", "hinreichende bestimmtheit", "hinreichender tatverdacht", "ordentliche kündigung",
        "ordentliche gerichtsbarkeit", "grundsätzlich steuerpflichtig", "guten sitten", "guter glaube",
        "gute sitten", "guten glauben", "geeignet, erforderlich", "entsprechend anzuwenden", "entsprechend §",
    ),
    articles=listed("ein eine einen"),
    explained_by=(
        "z. b", "z.b", "d. h", "d.h", "etwa", "beispielsweise", "zum beispiel", "nämlich", "das heißt",
        "mindestens", "höchstens", "indem", "wenn", "wie", "also", "durch", "im sinne", "gemäß", "nach §",
    ),
    list_openers=("einschließlich", "darunter", "insbesondere"),
    together=listed(
        "zwischen vergleicht vergleichen unterscheidet unterscheiden grenzt abgrenzung verhältnis"
        " zusammenhang abwägung sowohl als"
    ),
    consequences=(r"(?:deren|dessen|ihre|seine|die) (?:\w+ )?(?:folgen?|auswirkung(?:en)?|rechtsfolgen?|begründung)",),
    both="sowohl",
)  # fmt: skip
