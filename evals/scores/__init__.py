"""What an answer is worth: scores of one case, figures with intervals, bars, comparison of runs."""
