"""Claims that no text of ours may make.

Each has no source, or has been shown to be untrue. The example is a sentence that must be caught.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Claim:
    """One claim: its name, what gives it away, and a sentence that makes it."""

    name: str
    pattern: str
    example: str


PERCENT = r"\d+\s*(?:%|percent|per cent)"
GAIN = (
    r"(?:better|improve\w*|recover\w*|reli(?:ef|eve\w*)|less pain|pain-free|faster|stronger"
    r"|success\w*|reduc\w+|cured?|function)"
)
ALMOST_ALL = r"(?:7|8|9|seven|eight|nine) (?:in|out of) (?:10|ten)"
PEOPLE = r"(?:people|patients|users|adults|members|of you)"

CLAIMS = (
    # Promises without a source
    Claim(
        "percent of people who improve",
        rf"{PERCENT}[^.!?]{{0,50}}\b{PEOPLE}\b[^.!?]{{0,50}}\b{GAIN}\b",
        "70% of patients improve.",
    ),
    Claim(
        "percent gain",
        rf"{PERCENT}\s+(?:\w+\s+){{0,3}}{GAIN}\b",
        "A study shows 30% better function.",
    ),
    Claim(
        "gain by percent",
        rf"\b{GAIN}\b[^.!?]{{0,40}}\bby\b[^.!?]{{0,20}}{PERCENT}",
        "Our users reduced their pain by 41 percent.",
    ),
    Claim(
        "most recover in weeks",
        rf"(?:{PERCENT}|{ALMOST_ALL})[^.!?]{{0,40}}\brecover|\brecovers?\b[^.!?]{{0,20}}\bin (?:just )?\d+ weeks",
        "9 in 10 people recover in 6 weeks.",
    ),
    Claim(
        "percent caused by posture, core or sitting",
        rf"{PERCENT}[^.!?]{{0,30}}\bback pain\b",
        "80% of back pain is from weak cores.",
    ),
    Claim(
        "clinically proven",
        r"\b(?:clinically|scientifically|medically) prove[nd]",
        "Clinically proven.",
    ),
    Claim(
        "proven to work",
        r"\bproven (?:to|results?|method|program|exercises?)\b",
        "Proven to ease pain.",
    ),
    Claim(
        "cleverer, so better",
        r"\bAI[- ]?(?:powered|personali[sz]ed|driven|tailored)|\bpowered by AI\b",
        "AI-personalized, so it works better.",
    ),
    Claim(
        "spares an operation",
        r"\b(?:prevents?|avoids?|instead of|no need for|without|replaces?|spares? you)\b[^.!?]{0,20}"
        r"\b(?:surgery|an operation|injections?)\b",
        "It prevents surgery.",
    ),
    Claim(
        "replaces your clinician",
        r"(?<!not )(?<!n't )(?<!never )\breplac(?:es|ing|e) (?:your|a|the) "
        r"(?:\w+ )?(?:physio\w*|doctor|therapist|clinician|nurse)",
        "This app replaces your physio.",
    ),
    Claim(
        "moves the disc",
        r"\b(?:push|put|slid|mov|squeez|suck)\w*\b[^.!?]{0,20}\bdis[ck]s?\b[^.!?]{0,15}\b(?:back|in)\b",
        "Cobra pushes the disc back in.",
    ),
    Claim("decompresses the spine", r"\bdecompress", "It decompresses the spine."),
    Claim(
        "realigns",
        r"\b(?:fix|correct|restor|improv|straighten)\w*\b[^.!?]{0,15}\b(?:alignment|posture|spine)\b"
        r"|\bre-?align",
        "This move fixes posture and alignment.",
    ),
    Claim(
        "hamstrings fix backs",
        r"\b(?:tight )?hamstrings?\b[^.!?]{0,30}\b(?:fix|cure|cause)\w*\b[^.!?]{0,15}\b(?:back|pain)\b",
        "Stretch your hamstrings to fix back pain.",
    ),
    Claim("sitting as smoking", r"\bsitting is the new smoking\b", "Sitting is the new smoking."),
    Claim(
        "no side effects",
        r"\b(?:no|without|zero|free of) (?:any )?(?:side[- ]effects?|risks?)\b",
        "It works with no side effects.",
    ),
    Claim(
        "wholly safe",
        r"\b(?:100\s*%|completely|totally|perfectly|always|absolutely|wholly) safe\b|\brisk-free\b",
        "These moves are 100% safe.",
    ),
    Claim(
        "cure or guarantee",
        r"\bguaranteed\b|\b(?:we|it|this|program) guarantees?\b|\bmiracle\b|\bquick fix\b"
        r"|(?<!not a )(?<!no )\bcures?\b",
        "A guaranteed cure for your back.",
    ),
    Claim(
        "pain gone for good",
        r"\b(?:end|get rid of|eliminat\w+|banish|goodbye to)\b[^.!?]{0,15}\b(?:back )?pain\b"
        r"|\bpain[^.!?]{0,10}\b(?:for good|forever)\b",
        "Get rid of back pain.",
    ),
    Claim(
        "before and after",
        r"\bbefore[- ]and[- ]after (?:results?|pictures?|photos?|scores?)\b",
        "See our before-and-after results.",
    ),
    # Myths about backs
    Claim("slipped disc", r"\bslipped dis[ck]s?\b", "You have a slipped disc."),
    Claim("wear and tear", r"\bwear[- ]and[- ]tear\b", "Wear and tear means harm."),
    Claim(
        "crumbling spine",
        r"\bdegenerat(?:e|ed|ing|ive)\b(?! spondylolisthesis)|\bcrumbl\w+|\bout of (?:place|line|alignment)\b",
        "Your spine is crumbling.",
    ),
    Claim(
        "the scan will show it",
        r"\b(?:scan|x-?ray|MRI)s? (?:will|can|would|always) (?:show|tell|find|prove)",
        "A scan will show it.",
    ),
    Claim("bad posture", r"\b(?:bad|poor|wrong|faulty) posture\b", "Bad posture causes pain."),
    Claim(
        "weak core",
        r"\bweak (?:core|back|trunk|stomach|abs|belly)\b|\bcore (?:weakness|stability)\b",
        "A weak core causes pain.",
    ),
    Claim(
        "weight as a condition",
        r"\b(?:lose weight|weight loss)\b[^.!?]{0,30}\b(?:or|recover|cure|fix)\b",
        "Lose weight or you will not recover.",
    ),
    Claim(
        "pain means damage",
        r"\bpain (?:is|means|equals|=|always means) (?:damage|harm|injury)\b|\b(?:is|was) damag(?:ed|ing)\b",
        "Pain means damage.",
    ),
    Claim(
        "no pain, no gain",
        r"\bno pain,? no gain\b|\bpush through (?:the |your )?pain\b",
        "No pain, no gain.",
    ),
    Claim(
        "rest until it is gone",
        r"\brest\b[^.!?]{0,15}\buntil\b[^.!?]{0,25}\b(?:pain-free|pain is gone|no pain)\b",
        "Rest until you are pain-free.",
    ),
    Claim(
        "hard bed",
        r"\b(?:sleep|lie) (?:only )?on a (?:hard|firm) (?:bed|mattress) only\b"
        r"|\bonly (?:sleep )?on a (?:hard|firm)\b",
        "Sleep only on a hard bed.",
    ),
    Claim(
        "all in your head",
        r"\b(?:all|just|only) in (?:your|the) (?:head|mind)\b",
        "It's all in your head.",
    ),
    Claim(
        "never bend",
        r"\b(?:never|always avoid|don't ever|do not ever) (?:bend|twist|lift|round|bending|twisting|lifting)\b",
        "Never bend or twist your back.",
    ),
    Claim(
        "buy this",
        r"\b(?:chair|belt|corset|brace|mattress|insoles?)\b[^.!?]{0,30}\b(?:cures?|fix(?:es)?|heals?)\b"
        r"|\bbuy (?:this|our)\b",
        "Buy this chair to cure pain.",
    ),
    Claim(
        "a flare-up is an injury",
        r"\bflare(?:-?up)?s? (?:is|are|means?|=) (?:a |an )?(?:new )?(?:injur|damage|harm)",
        "A flare-up is a new injury.",
    ),
    Claim(
        "bed rest",
        r"\b(?:get|take|need|needs|try|stay on|go on) (?:\w+ )?bed rest\b|\bstay in bed until\b",
        "Take bed rest for a week.",
    ),
    Claim("wait and see", r"\bwait and see\b", "Numb between the legs? Wait and see."),
    # Words that frighten
    Claim(
        "words that frighten",
        r"\b(?:unsafe|dangerous|contra-?indicat\w+|forbidden)\b",
        "This exercise is unsafe for you.",
    ),
)
PATTERNS = tuple((claim.name, re.compile(claim.pattern, re.IGNORECASE)) for claim in CLAIMS)


def banned(text: str) -> list[str]:
    """The names of the claims that ``text`` makes, in the order of the list; none is well.

    A page that names a myth in order to answer it must be read without that quotation.
    """
    plain = text.replace("’", "'")
    return [name for name, pattern in PATTERNS if pattern.search(plain)]
