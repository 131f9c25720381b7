"""The moving figure of one way to do an exercise, fetched by the player when it is needed."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from exercises import drawn
from exercises.looks import look_for
from exercises.ranges import percent_for

AN_HOUR = 60 * 60


@login_not_required
@require_safe
def figure(request: HttpRequest, slug: str, variant: str) -> HttpResponse:
    """An SVG with its key poses; ``pose`` alone where the other half of a movement is barred.

    The several people that everybody sees may be kept by any cache, a person's own figure only by
    that person's. Ids begin with the figure's own name.
    """
    if slug not in drawn.drawn_exercises():
        raise Http404
    side, pose = request.GET.get("side", ""), request.GET.get("pose", "")
    uid = f"player-{slug}-{variant}-{side if side in ('left', 'right') else 'both'}"
    look = look_for(request, slug)
    share = percent_for(request.user, slug) / 100
    if pose:
        shown = drawn.still(slug, variant, pose, look, uid=uid, side=side, share=share)
    else:
        shown = drawn.moving(slug, variant, look, uid=uid, side=side, share=share)
    response = HttpResponse(shown)
    if look is None and not request.user.is_authenticated:
        patch_cache_control(response, public=True, max_age=AN_HOUR)
    else:
        patch_cache_control(response, private=True, no_cache=True)
    return response
