"""Training: the corpus, the recipe, the evaluation and the reports."""
