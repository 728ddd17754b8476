"""Small indexes for the tests of what must hold; the helpers are those of the index's own tests."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "vectorstore"))
