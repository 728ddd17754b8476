"""`python -m evals.calibrate`: the thresholds."""

from evals.calibrate.thresholds import main

if __name__ == "__main__":
    main()
