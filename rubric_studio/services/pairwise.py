"""How far two raters taken at random agree, sample by sample: the agreement that people feel. Corrects no chance."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from rubric_studio.domain.estimate import Estimate
from rubric_studio.domain.pair_agreement import clustered_share, mean_estimate
from rubric_studio.domain.rating_table import RatingTable, pairable, unit_disagreement

Numbers = NDArray[np.float64]
Clusters = NDArray[np.int64]


def pairwise_agreement(table: RatingTable, *, graded: bool = True) -> Numbers:
    """For each line with two ratings or more the mean over its pairs, in order of lines.

    A pair counts 1 - the distance of what the two grades are worth, in [0, 1] where worths are; with `graded`
    False 1 for the same and 0 for another.
    """
    reach = table.scale[-1] - table.scale[0] if graded and table.scale else 1.0
    apart = unit_disagreement(table, "linear" if graded else "plain") * reach
    return 1 - apart[pairable(table)]


def pairwise_estimate(table: RatingTable, samples: Clusters, *, graded: bool = True) -> Estimate:
    """The mean of `pairwise_agreement`; its interval is drawn by the samples behind the lines."""
    return mean_estimate(pairwise_agreement(table, graded=graded), samples[pairable(table)], least=1)


def same_share(tables: Sequence[tuple[RatingTable, Clusters]]) -> Estimate:
    """Share of pairs of ratings that are the same, over several criteria; n counts pairs, the interval is by sample.

    Each table comes with the number of the sample behind each of its lines.
    """
    same: list[Numbers] = [np.empty(0)]
    clusters: list[Clusters] = [np.empty(0, dtype=np.int64)]
    for table, samples in tables:
        counts = table.counts.astype(np.int64)
        ratings = counts.sum(axis=1)
        pairs = ratings * (ratings - 1) // 2
        alike = (counts * (counts - 1) // 2).sum(axis=1)
        often = np.stack([alike, pairs - alike], axis=1).ravel()
        same.append(np.repeat(np.tile([1.0, 0.0], len(counts)), often))
        clusters.append(np.repeat(samples, pairs))
    return clustered_share(np.concatenate(same), np.concatenate(clusters))
