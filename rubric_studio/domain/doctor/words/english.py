"""English words for the doctor: only lists, no rule."""

from rubric_studio.domain.doctor.words.language import Language, listed

ENGLISH = Language(
    name="en",
    little=listed(
        "the a an and or of to in is are be that with for by on not it its as at from this must should"
        " whether response answer states explains"
    ),
    joiners=("and", "as well as"),
    verbs=listed(
        "acknowledges addresses advises analyzes applies argues articulates asks assesses calculates"
        " cautions clarifies compares computes concludes confirms connects considers converts correctly"
        " defines demonstrates derives describes determines differentiates directs discusses"
        " distinguishes emphasizes emphasises establishes evaluates examines explains explores frames"
        " gives identifies illustrates includes incorporates indicates integrates interprets justifies"
        " mentions offers presents prioritizes proposes provides quantifies quotes recognizes recognises"
        " recommends reconciles relates refers separates specifies stresses suggests summarizes summarises verifies"
        " warns"
    )
    - {"correctly"},
    unsure_verbs=listed(
        "accounts analyses benchmarks checks cites contrasts details estimates flags highlights links lists maps"
        " measures models names notes outlines points ranks references reports shows states tests ties"
        " uses"
    ),
    openers=listed(
        "the a an that whether how why what which who when where its their this these each any all both"
        " no at it if as to for out either one two three four specific explicit explicitly clear clearly"
        " relevant every some potential possible key"
    ),
    commands=listed(
        "acknowledge address advise analyze analyse apply argue articulate ask assess calculate clarify"
        " compare compute conclude confirm connect consider convert define demonstrate derive describe"
        " determine differentiate discuss distinguish emphasize evaluate examine explain explore frame"
        " give identify illustrate include incorporate indicate integrate interpret justify mention"
        " present propose provide quantify quote recognize recommend reconcile relate refer specify"
        " stress suggest summarize verify warn"
    ),
    unsure_commands=listed(
        "account check cite contrast detail estimate flag highlight link list map measure model name"
        " note outline point rank reference report show state test tie use"
    ),
    musts=listed("must should shall to"),
    claims=listed("that whether how why what"),
    that=listed("that whether"),
    fixed=(
        "terms and conditions", "profit and loss", "research and development", "checks and balances", "and/or",
        "more and more", "mergers and acquisitions", "health and safety", "supply and demand", "risk and return",
        "goods and services", "products and services", "books and records", "null and void", "due and payable",
        "again and again", "over and above", "each and every", "time and again", "try and", "and so on",
        "and so forth", "and the like", "and others", "then and there", "principal and interest",
        "assets and liabilities", "facts and circumstances", "rights and obligations", "policies and procedures",
        "dependent and independent", "buy and hold", "goodwill and intangibles",
        "pros and cons", "advantages and disadvantages", "costs and benefits", "income and expenses",
        "cash and cash equivalents", "property, plant and equipment", "know and understand", "aid and abet",
        "cease and desist", "full and final", "give and take", "wear and tear", "ways and means",
        "by and large", "first and foremost", "now and then", "hand and seal", "law and order",
    ),
    all_of=("all of the following", "both of the following", "each of the following", "every one of the following"),
    some_of=(
        r"at least (?:one|two|three|four|five|six|\d+)(?: or more)?\b[^.;:]*?(?:of|from)\b",
        r"(?:any|one|two|three|either) (?:one |two )?(?:or more )?(?:of|from) (?:the|these|those)",
        r"(?:at least|or more) [^.;:]*:",
    ),
    examples=("such as", "e.g.", "e.g,", "i.e.", "for example", "for instance", "example:"),
    vague=listed(
        "appropriate appropriately sufficient sufficiently adequate adequately proper properly generally"
        " suitable suitably satisfactory satisfactorily acceptable acceptably decent somewhat mostly"
        " largely roughly reasonably fairly nicely well-written meaningful meaningfully"
        " thorough thoroughly comprehensive comprehensively in-depth insightful well-structured"
    ),
    vague_terms_of_art=(
        "comprehensive income", "comprehensive loss", "adequate consideration", "adequate protection",
        "adequate procedures", "adequate public notice",
        "adequate disclosure", "adequately capitalized", "adequately disclosed",
        "sufficient consideration", "sufficient nexus", "sufficient interest", "sufficient cause", "sufficient funds",
        "sufficient substance", "sufficient evidence", "sufficient collateral", "appropriate adjustment",
        "appropriate safeguards", "appropriate technical", "appropriate authority", "appropriate court",
        "competent and sufficient", "suitable for treatment", "proper purpose", "proper law", "proper party",
        "proper service", "good faith", "good cause", "good title", "good standing", "goods", "good repute",
        "common good", "public good", "good practice", "good leaver", "generally accepted", "fairly presented",
        "present fairly", "fairly present", "meaningful human", "properly incurred", "reasonably practicable",
        "reasonably foreseeable", "reasonably necessary", "reasonably believed", "acceptable use",
        "widely acceptable", "suitable equivalent", "most appropriate", "where appropriate", "if appropriate",
        "as appropriate", "appropriate for", "appropriate to", "suitable for", "proper accounting", "acceptable to",
    ),
    articles=listed("a an one two three"),
    explained_by=(
        "e.g", "i.e", "such as", "including", "for example", "for instance", "that is", "namely", "meaning",
        "defined as", "in the sense", "at least", "within", "more than", "no more than", "not exceeding",
        "by stating", "by naming", "by citing", "by referring", "if it", "when it", "measured by", "to meet",
        "to cover", "to show", "to enable", "so that", "because", "rather than", "instead of", "according to",
        "consistent with", "in line with", "under", "for all of", "without", "avoiding", "specifying",
    ),
    list_openers=("including", "listing", "covering", "specifying", "with details on", "consisting of", "reporting"),
    together=listed(
        "between among across amongst compare compares comparing contrast contrasts contrasting"
        " distinguish distinguishes distinguishing differentiate differentiates differentiating link"
        " links linking relate relates relating reconcile reconciles reconciling combine combines"
        " combining combined combination integrate integrates connect connects balance balances balancing"
        " versus vs both as interaction correlation relationship mix trade-off tradeoff split conflict"
        " difference intersection"
    ),
    consequences=tuple(
        rf"(?:its|their|the|any|what) (?:\w+ ){{0,2}}{word}"
        for word in (
            "impacts?", "effects?", "implications?", "consequences?", "rationale", "reasons?", "justifications?",
            "role", "significance", "treatment", "remed(?:y|ies)",
        )
    ),
    both="both",
    telling=listed(
        "explaining justifying ranking comparing outlining showing noting quantifying identifying stating"
        " describing citing specifying calculating discussing mentioning clarifying recommending detailing"
        " evaluating assessing interpreting"
    ),
    methods=listed("calculates computes derives models applies"),
    results=listed("calculates computes reports shows states presents gives"),
    second_claims=listed("is are was were can cannot do does did has have will must should may might not"),
)  # fmt: skip
