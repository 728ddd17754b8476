"""`python -m evals.files`: regulations as offices keep them, in eight kinds of files, made and read again.

The files are real ones (Word with its own numbering and tracked changes, PDFs printed by LibreOffice, Chromium and
reportlab, scanned pages, a site's pages); what each reads must be the article that its Markdown source reads.
"""
