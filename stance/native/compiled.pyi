from collections.abc import Callable
from typing import Self

import numpy as np
import numpy.typing as npt

TEMPLATES: int

class Scorer:
    def __new__(
        cls,
        arrays: dict[str, npt.NDArray[np.generic]],
        page: Callable[[int], bytes],
    ) -> Self: ...
    def score(
        self,
        texts: list[str],
        rows: npt.NDArray[np.float64],
        words: npt.NDArray[np.intp] | None,
        topical: npt.NDArray[np.bool_] | None,
        probabilities: bool,
        /,
    ) -> None: ...
