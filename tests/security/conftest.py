"""Doors on loopback for attacks; their helper is that of the door's own tests."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "fatiao" / "door"))
