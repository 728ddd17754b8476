"""What is fitted to data, and where it is kept.

- `python -m evals.calibrate`: thresholds, for one embedding model (`assistant/decide/calibration.toml`); so
  `fit_confirmation` (how sure an answer is; `without_questions` has what it needs for regulations without likely
  questions) and `fit_paragraphs` (which 款 are quoted).
- `sets`: how much a question asks for, and what belongs to it (`assistant/decide/heads`, a folder for each model;
  `assistant/decide/whole/members.toml` for every model).
- `fit_stated`: whether an article states what is asked (`assistant/decide/heads`); after it `fit_absences`,
  whether what a sentence calls unstated is.
- `fit_query_map`: from people's words to the law's (`vectorstore/ranking/query_maps`, two files for each model).
- `talks`: how a turn is read (`assistant/understand/thread/weights.toml`, for every model), and whether it is about
  something else; `sets.fit_treated`: whether a regulation treats a matter (both in `assistant/decide/heads`).

Each prints what questions left out come to, and writes where it is told `--write`. `rules_or_head`
only compares.
"""
