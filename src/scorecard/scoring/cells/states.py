"""What became of a node, row by row."""

from __future__ import annotations

import numpy as np

from scorecard.model.state import Reason, State
from scorecard.scoring.arrays import Flags

STATES = tuple(state.name.lower() for state in State)
INSUFFICIENT = "insufficient"


class States:
    """State and reason per row; what is set later stands above what was set before."""

    def __init__(self, rows: int) -> None:
        self.state = np.zeros(rows, dtype=np.int8)
        self.reason = np.zeros(rows, dtype=np.int8)
        self.untouched = True
        """nothing was set: every row is measured"""

    def set(self, state: State, reason: Reason, where: Flags | np.bool_) -> None:
        if self.untouched:  # several times as quick as a masked copy
            np.multiply(where, np.int8(state), out=self.state)
            np.multiply(where, np.int8(reason), out=self.reason)
            self.untouched = False
        else:
            np.copyto(self.state, np.int8(state), where=where)
            np.copyto(self.reason, np.int8(reason), where=where)
