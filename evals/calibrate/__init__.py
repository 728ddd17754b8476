"""What is fitted to data, and where it is kept.

- `python -m evals.calibrate`: thresholds, for one embedding model (`assistant/decide/calibration.toml`); so
  `fit_confirmation` (how sure an answer is) and `fit_paragraphs` (which 款 are quoted).
- `fit_breadth`, `fit_spread`, `fit_wholes`, `fit_matter`, `fit_stated`: heads over a question's vector
  (`assistant/decide/heads`, a folder for each model); after `fit_stated` `fit_absences`, whether what a sentence calls
  unstated is.
- `fit_query_map`: from people's words to the law's (`vectorstore/ranking/query_maps`, a file for each model).
- `fit_members`, `fit_talks`: for every model (`assistant/decide/whole/members.toml`,
  `assistant/understand/thread/weights.toml`).

Each prints what questions left out come to, and writes where it is told `--write`. `rules_or_head`
only compares.
"""
