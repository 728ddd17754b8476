"""What is fitted to data: thresholds, how sure an answer is, the map from people's words to the law's.

Each module is a command: `python -m evals.calibrate` (thresholds), `evals.calibrate.confirmation`, `.lay`, `.head`.
"""
