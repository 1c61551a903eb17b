"""French words for the doctor: only lists, no rule."""

from rubric_studio.domain.doctor.words.language import Language, listed

FRENCH = Language(
    name="fr",
    little=listed(
        "le la les un une des du de et ou est sont que qui ne pas pour avec dans sur au aux ce cette il"
        " elle doit réponse par"
    ),
    joiners=("et", "ainsi que"),
    verbs=listed(
        "analyse applique calcule chiffre cite compare conclut décrit définit démontre détermine discute"
        " distingue donne explique expose fournit identifie illustre indique justifie mentionne motive"
        " nomme précise présente propose quantifie rappelle recommande relève renvoie signale souligne"
        " suggère vérifie évalue énonce énumère examine"
    ),
    unsure_verbs=frozenset(),
    openers=frozenset(),
    commands=listed(
        "analyser appliquer calculer chiffrer citer comparer conclure décrire définir déterminer"
        " distinguer donner expliquer identifier indiquer justifier mentionner nommer préciser présenter"
        " proposer recommander signaler vérifier évaluer énoncer"
    ),
    unsure_commands=frozenset(),
    musts=listed("doit devrait"),
    claims=listed("que qu comment pourquoi"),
    that=listed("que qu"),
    fixed=(
        "et/ou", "pertes et profits", "recherche et développement", "droits et obligations", "dommages et intérêts",
        "de plus en plus", "et ainsi de suite", "us et coutumes", "biens et services", "actif et passif",
        "clauses et conditions", "tenants et aboutissants",
    ),
    all_of=("tous les éléments suivants", "toutes les", "l'ensemble des éléments suivants", "chacun des"),
    some_of=(
        r"au moins (?:une?|deux|trois|quatre|\d+)\b[^.;:]*?(?:des|de|parmi)\b",
        r"(?:une?|deux|trois) des (?:éléments|points) suivants",
    ),
    examples=("tel que", "telle que", "tels que", "telles que", "p. ex.", "par exemple", "c'est-à-dire"),
    vague=listed(
        "approprié appropriée appropriés appropriées suffisant suffisante suffisants suffisamment"
        " adéquat adéquate adéquatement convenable convenablement généralement correctement satisfaisant"
        " satisfaisante globalement"
    ),
    vague_terms_of_art=(
        "bonne foi", "bon père de famille", "bonnes mœurs", "intérêt suffisant", "garanties appropriées",
        "bonne administration", "délai approprié", "bonne exécution", "bon de commande",
    ),
    articles=listed("un une"),
    explained_by=(
        "p. ex", "par exemple", "c'est-à-dire", "tel que", "telle que", "tels que", "telles que", "notamment",
        "à savoir", "au moins", "au plus", "en citant", "en indiquant", "lorsque", "si elle", "au sens", "selon",
    ),
    list_openers=("y compris", "dont", "notamment"),
    together=listed("entre compare comparer distingue distinguer lien rapport différence parmi"),
    consequences=(r"(?:ses|leurs?|son|sa|les) (?:\w+ )?(?:conséquences?|effets?|motifs?|justification|portée)",),
)  # fmt: skip
