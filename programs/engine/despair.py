"""E20: words that may tell of despair or of self-harm. It may cry wolf; it must not miss.

A word list of our own, in plain matching: no clever reading of a sentence may hide a cry for help. Only
a short list of everyday phrases and a direct *not* before a phrase are taken out again, and never where
a second sign stands beside them.
"""

from __future__ import annotations

import re
from typing import Final

SIGNS: Final = (
    r"suicid\w*",
    r"kill(?:ing)? (?:my ?self|me)",
    r"end(?:ing)? (?:it all|my (?:own )?life|myself|things for good)",
    r"end it (?:now|tonight|today|for good)",
    r"(?:take|taking|took) my (?:own )?life",
    r"want(?:ed)? (?:it|this|everything|my life) (?:all )?(?:to be over|to end|over)",
    r"(?:want|wanna|wish|going|like|ready|rather|hope) (?:to |i could |i would |i )?(?:just )?(?:die|be dead|was dead|were dead)",
    r"(?:better|best) off (?:dead|without me)",
    r"(?:wish(?:ed)?|hope) (?:i|that i) (?:was|were|had|would|did|could|don'?t|do not|won'?t|never)\b[^.!?]{0,24}"
    r"\b(?:dead|die|born|wake up|woken up|exist)",
    r"(?:don'?t|do not|didn'?t|not|never) want(?:ed)? to (?:live|be alive|exist|wake up|be here|go on|carry on)",
    r"(?:can'?t|cannot|can not|couldn'?t) (?:go on|carry on|live like this|live with this|take (?:it|this) any ?more"
    r"|take any ?more|face another|do this any ?more|bear (?:it|this) any ?more|cope any ?more)",
    r"(?:no|not any|isn'?t any) (?:reason|point|will) (?:to|in) (?:live|living|go(?:ing)? on|carry(?:ing)? on|life|being alive)",
    r"(?:nothing|not much|no ?thing) (?:left )?to live for",
    r"(?:life|living) (?:is|isn'?t|is not|feels?|has) (?:not |no longer )?(?:pointless|hopeless|worth living|worth it|meaningless|no meaning)",
    r"not worth (?:living|going on|it any ?more|being alive)",
    r"(?:harm|cut|cutting|harming) my ?self",
    # "I hurt myself lifting" is daily talk about backs; with a wish or a purpose it is a sign.
    r"(?:want|wanna|wish|going|gonna|plan\w*|thought|think\w*|thoughts|urge|feel|keep|kept|try|tried|might|may|will|'ll|could)"
    r"\b[^.!?]{0,30}\bhurt(?:ing)? my ?self",
    r"hurt(?:ing)? my ?self (?:on purpose|again|tonight|badly)",
    r"self[- ]?harm\w*",
    r"overdos\w*",
    r"(?:take|taking|taken|took) (?:all|too many|a lot) (?:of )?(?:my|the|these) (?:pills|tablets|medicine|meds)",
    r"(?:jump|jumping) (?:off|in front of|from)",
    r"hang(?:ing)? my ?self",
    r"hopeless\w*",
    r"(?:lost|no|without|given up|gave up|giving up|give up|out of)(?: all| any)? hope",
    r"no way out",
    r"no hope",
    r"(?:give|giving|given|gave) up on (?:life|living|everything|myself)",
    r"despair\w*",
    r"desperat\w*",
    r"(?:i am|i'?m|im|feel|feeling)(?: like)?(?: such)? (?:a burden|worthless|trapped)",
    r"burden (?:to|on|for) (?:everyone|everybody|my|others|them|people)",
    r"(?:everyone|everybody|they|you|family|kids|children) (?:would|will|'?d) be better (?:off )?without me",
    r"goodbye (?:everyone|all|forever|world)",
    r"(?:sleep|asleep) (?:and|to) never wake",
    r"never wake up",
    r"kms\b|\bkys",
    r"tired of (?:living|life|being alive)",
    r"done with (?:life|living)",
    r"unalive",
    r"(?:don'?t|do not) (?:see|have) (?:a|any) (?:future|point|reason to live)",
    r"what'?s the point (?:of|in) (?:living|life|going on|anything|it all)",
)
# Phrases of every day that hold one of the words above.
HARMLESS: Final = (
    r"desperate(?:ly)? (?:for|to) (?:a |some |my )?(?:coffee|tea|break|holiday|vacation|nap|sleep|sun|spring|weekend"
    r"|get back|garden|walk|run|play)\w*",
    r"hopeless (?:at|with) (?:the |my |doing |remembering )?\w+",
    r"(?:hurt|cut|hurting|cutting) myself (?:while |when |on |with a |cooking|shaving|gardening|in the kitchen)\w*",
    r"jump(?:ing)? (?:off|from) (?:the |a )?(?:bed|couch|sofa|chair|step|bus|box|bench)",
    r"(?:can'?t|cannot) go on (?:a |the |my )?(?:walk|holiday|vacation|trip|run|bike|ride|hike)\w*",
)
# A plain denial right before the sign, as in "not suicidal" or "no thoughts of killing myself".
DENIED: Final = (
    r"(?:i'?m |i am |am |was |feel |feeling )?(?:not|never|neither|isn'?t|wasn'?t) (?:at all |really )?$",
    r"(?:don'?t|do not|didn'?t|did not|no longer|never) (?:feel |think of |think about |want to |have thoughts of )$",
    r"no (?:thoughts? |plans? |wish |intention )(?:of |to |about )$",
)
_SIGNS = [re.compile(rf"\b(?:{sign})", re.IGNORECASE) for sign in SIGNS]
_HARMLESS = [re.compile(rf"\b(?:{phrase})", re.IGNORECASE) for phrase in HARMLESS]
_DENIED = [re.compile(rf"(?:^|\b){phrase}", re.IGNORECASE) for phrase in DENIED]


def tells_of_despair(text: str) -> bool:
    """Whether the text may tell of despair or self-harm."""
    if not text:
        return False
    plain = re.sub(r"[’`´]", "'", text)
    plain = re.sub(r"[\s*_~-]+", " ", plain)
    for phrase in _HARMLESS:
        plain = phrase.sub(" ", plain)
    return any(
        not _is_denied(plain[: found.start()]) for sign in _SIGNS for found in sign.finditer(plain)
    )


def _is_denied(before: str) -> bool:
    return any(phrase.search(before) for phrase in _DENIED)
