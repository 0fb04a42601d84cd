"""The ends of a band as scores are shown."""

import math

import numpy as np
import pytest
from numpy.testing import assert_array_equal

from scorecard.model.definition import Rounding, Scale
from scorecard.scoring.bands import band_of
from scorecard.scoring.shown import bottom_of, top_of

STARTS = [0.0, 60.0, 80.0]
OPEN = Scale(low=None, high=None)
ONE = Rounding(decimals=1)


def test_the_highest_score_shown_as_a_band():
    assert top_of(1, STARTS, ONE, Scale()) == 79.9
    assert top_of(1, STARTS, Rounding(decimals=0), Scale()) == 79
    assert top_of(0, [0.0, 59.95], ONE, Scale()) == 59.9
    assert top_of(1, [0.0, 55.0, 75.0], Rounding(decimals=-1), Scale()) == 70
    assert top_of(2, STARTS, None, Scale()) == 100
    assert top_of(2, STARTS, ONE, OPEN) == math.inf
    with pytest.raises(ValueError, match="decimals"):
        top_of(1, STARTS, None, Scale())
    with pytest.raises(ValueError, match="lies in the band"):
        top_of(0, [71.0, 75.0], Rounding(decimals=-1), Scale())


def test_the_lowest_score_shown_as_a_band():
    assert bottom_of(1, STARTS, ONE, Scale()) == 60
    assert bottom_of(1, [0.0, 59.95], ONE, Scale()) == 60.0
    assert bottom_of(1, [0.0, 59.95], None, Scale()) == 59.95
    with pytest.raises(ValueError, match="lies in the band"):
        bottom_of(0, [71.0, 75.0], Rounding(decimals=-1), Scale())


@pytest.mark.parametrize("decimals", [0, 1, 2, 3])
def test_top_and_bottom_lie_in_their_band(decimals):
    starts = [0.0, 33.333, 66.6667, 79.95]
    for place in range(len(starts)):
        ends = [top_of(place, starts, Rounding(decimals=decimals), Scale()), bottom_of(place, starts, Rounding(decimals=decimals), Scale())]
        assert_array_equal(band_of(np.array(ends), starts, Scale()), place)
