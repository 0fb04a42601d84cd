"""Uncertainty and sensitivity of the ASEM index, as the vignette "sensitivity" of COINr 1.1.14 (MIT licence) publishes them.

`coinr_asem_rank_statistics.csv` are the ranks of its 200 random runs, `PUBLISHED` the bounds of its Sobol indices over 100
bootstraps. Its runs vary the number of winsorised points, which is treatment of data before a scorecard reads them and the
least of its four factors (total index 0.05); here the data are treated as in its nominal run and the three others vary as it says:
min-max to 1-100 or z-scores of mean 10 and standard deviation 2; weights of groups up to a quarter more or less; arithmetic or
geometric means. R's random numbers cannot be had again, so distributions are compared.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from scorecard import Evaluation
from scorecard.advice.certainty.indices import sobol
from scorecard.evaluation.ranking import ranker
from scorecard.model.definition import Aggregation, Change, Constant, Ranking
from scorecard.scoring.trials import trials

STATISTICS = Path(__file__).with_name("coinr_asem_rank_statistics.csv")
FACTORS = ("normalisation", "weights", "aggregation")
PUBLISHED = {
    "first": ((-0.0078, 0.5219), (-0.0121, 0.4939), (-0.0217, 0.7135)),
    "total": ((0.1864, 0.3703), (0.1408, 0.2181), (0.4066, 0.8366)),
}
REPLICATES = 100
NOISE = 0.25


class Asem:
    """The index under each way of making the three choices."""

    def __init__(self, evaluation: Evaluation) -> None:
        ((_, self.period),) = evaluation.periods
        self.plan = evaluation.plan
        self.countries = evaluation.names.of("country", self.period.table.entity)
        card = evaluation.scorecard
        self.normalisations = (tuple(self._min_max(card)), tuple(self._z_scores(card)))
        self.aggregations = tuple(
            tuple(Change(node=group, key=("aggregation",), value=Aggregation(kind=kind)) for group in ("total", *card.groups))
            for kind in ("arithmetic", "geometric")
        )
        self.rank = ranker(evaluation, self.period, card.total.rank or Ranking())
        self.nominal = self.rank(np.asarray(self.period.cells["total.score"]))
        self.noisy = {group: 1 + np.random.default_rng([7, k]).uniform(-NOISE, NOISE, REPLICATES) for k, group in enumerate(card.groups)}

    def ranks(self, inputs: np.ndarray) -> np.ndarray:
        """[3, runs] on [0, 1) to [countries, runs]."""
        countries = len(self.period)
        found = np.empty((countries, inputs.shape[1]))
        normalised, weighed, aggregated = (np.floor(part * ways).astype(int) for part, ways in zip(inputs, (2, REPLICATES, 2), strict=True))
        for one, other in ((0, 0), (0, 1), (1, 0), (1, 1)):
            runs = np.flatnonzero((normalised == one) & (aggregated == other))
            own = {(group, ("weight",)): np.tile(noisy[weighed[runs]], countries) for group, noisy in self.noisy.items()}
            changes = self.normalisations[one] + self.aggregations[other]
            cells = trials(self.plan, self.period, np.repeat(np.arange(countries), len(runs)), own, ["total.score"], changes)
            found[:, runs] = np.asarray(cells["total.score"]).reshape(countries, len(runs))
        return np.stack([self.rank(run) for run in np.ascontiguousarray(found.T)], axis=1)

    def _min_max(self, card) -> Iterator[Change]:
        for id, values, rises in self._values(card):
            worst, best = (values.min(), values.max()) if rises else (values.max(), values.min())
            yield from _ends(id, worst - (best - worst) / 99, best)

    def _z_scores(self, card) -> Iterator[Change]:
        """Mean 10 and standard deviation 2 on a scale of 0 to 100: 0 is five deviations below the mean, 100 forty-five above."""
        for id, values, rises in self._values(card):
            deviation = values.std(ddof=1) * (1 if rises else -1)
            yield from _ends(id, values.mean() - 5 * deviation, values.mean() + 45 * deviation)

    def _values(self, card) -> Iterator[tuple[str, np.ndarray, bool]]:
        for id, metric in card.metrics.items():
            values = np.asarray(self.period.cells[f"{id}.value"])
            yield id, values[~np.isnan(values)], metric.worst.text == "peer_min()"


def _ends(metric: str, worst: float, target: float) -> Iterator[Change]:
    yield Change(node=metric, key=("worst",), value=Constant(float(worst)))
    yield Change(node=metric, key=("target",), value=Constant(float(target)))


@pytest.fixture
def asem(score: Callable[..., Evaluation]) -> Asem:
    return Asem(score("coinr_asem/coinr_asem"))


def test_ranks_under_uncertainty(asem: Asem) -> None:
    expected = pd.read_csv(STATISTICS).set_index("uCode").loc[asem.countries]
    assert len(expected) == 51
    assert asem.nominal.tolist() == expected["Nominal"].tolist()
    ranks = asem.ranks(np.random.default_rng(1).random((3, 600)))
    low, median, high = np.quantile(ranks, (0.05, 0.5, 0.95), axis=1)
    assert ((median >= expected["Q5"]) & (median <= expected["Q95"])).all()
    for found, column in ((low, "Q5"), (median, "Median"), (high, "Q95")):
        apart = np.abs(found - expected[column])
        assert apart.max() <= 4
        assert apart.mean() < 0.75


def test_sobol_indices_of_the_mean_shift_in_rank(asem: Asem) -> None:
    def shift(inputs: np.ndarray) -> np.ndarray:
        return np.abs(asem.ranks(inputs) - asem.nominal[:, None]).mean(axis=0)[None, :]

    (indices,) = sobol(shift, len(FACTORS), 512, seed=1)
    for found, kind in ((indices.first, "first"), (indices.total, "total")):
        for factor, index, (low, high) in zip(FACTORS, found, PUBLISHED[kind], strict=True):
            assert low <= index <= high, (kind, factor)
    assert np.argsort(-indices.total).tolist() == [2, 0, 1]
