"""The marks on the samples at hand, as columns: what detectors that look beyond words are given."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Places = NDArray[np.intp]
Values = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class MarkColumn:
    """The scored marks on one criterion: rising places of samples, and a value in [0, 1] for each."""

    samples: Places
    values: Values


@dataclass(frozen=True, slots=True)
class MarksAtHand:
    """Marks by criterion key, and by stratum key how far its points are reached where all of them are marked."""

    criteria: Mapping[str, MarkColumn] = field(default_factory=dict[str, MarkColumn])
    reached: Mapping[str, Values] = field(default_factory=dict[str, Values])


NO_MARKS = MarksAtHand()
