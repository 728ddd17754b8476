"""Arrays that many rooms speak of."""

import numpy as np
import numpy.typing as npt

#: (n, dimension), or one of (dimension,).
Vectors = npt.NDArray[np.float32]
#: (articles,) one number for each.
Scores = npt.NDArray[np.float64]
#: Where articles stand in every score array.
Places = npt.NDArray[np.intp]
